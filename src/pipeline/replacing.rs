//! Reports that later ones replace: their rows leave the tables, and their accounts say where to.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::TakenFile;
use crate::finding::{Finding, Level, Place};
use crate::merge::Roster;
use crate::record::Table;
use crate::register::{Receipt, Replacement};

/// What the row account says of replaced rows.
const REPLACED: &str = "已由更正的报表代替";
/// Subjects named in one finding; of more their number is told.
const NAMED: usize = 5;

/// The tables without what is replaced; files and receipts say by what.
pub(super) fn replace(
    tables: Vec<Table>,
    replacements: &[Replacement],
    files: &mut [TakenFile],
    receipts: &mut [Receipt],
    roster: &Roster,
) -> Vec<Table> {
    let by_table: BTreeMap<usize, &Replacement> = replacements.iter().map(|by| (by.table, by)).collect();
    // Which of its sheet's tables each is, counted before any is taken away.
    let mut seen: BTreeMap<(Arc<str>, Arc<str>), usize> = BTreeMap::new();
    let mut left = Vec::new();
    let file_at: HashMap<Arc<str>, usize> =
        files.iter().enumerate().map(|(at, file)| (file.name.clone(), at)).collect();
    let receipt_at: HashMap<Arc<str>, usize> =
        receipts.iter().enumerate().map(|(at, receipt)| (receipt.file.clone(), at)).collect();
    for (at, table) in tables.into_iter().enumerate() {
        let nth = seen.entry((table.file.clone(), table.sheet.clone())).or_default();
        *nth += 1;
        let Some(replacement) = by_table.get(&at) else {
            left.push(table);
            continue;
        };
        if let Some(&file) = file_at.get(&table.file) {
            tell_file(&mut files[file], &table, *nth - 1, replacement);
        }
        if let Some(&receipt) = receipt_at.get(&table.file) {
            tell_receipt(&mut receipts[receipt], &table, replacement, roster);
        }
        if !replacement.whole {
            left.push(table.without(&replacement.records));
        }
    }
    tell_gone(replacements, files, &file_at);
    left
}

/// The file's sheet passes its rows over, and says for what.
fn tell_file(file: &mut TakenFile, table: &Table, nth: usize, replacement: &Replacement) {
    let place = Place::sheet(&table.file, &table.sheet);
    let rows = replacement.records.len();
    if replacement.whole {
        // What was to be asked about a report that no longer counts is asked of the one that does.
        file.findings.retain(|finding| finding.place.sheet.as_ref() != Some(&table.sheet));
    }
    let of_sheet = file.sheets.iter_mut().filter(|sheet| sheet.name == table.sheet && sheet.book.is_some());
    if let Some(sheet) = of_sheet.into_iter().nth(nth) {
        match replacement.whole {
            true => sheet.pass_over(REPLACED),
            false => sheet.pass_over_rows(rows, REPLACED),
        }
        sheet.replaced_by = Some(replacement.by.clone());
    }
    let message = match replacement.whole {
        true => format!("已由“{}”代替，本表{rows}行不再汇总", replacement.by),
        false => format!("其中{rows}行已由“{}”更正，其余各行仍以本表为准", replacement.by),
    };
    let advice = "如两份都应汇总，请在设置表“收文”中登记相同的收到时间，并改去文件名中的更正字样";
    file.findings.push(Finding::new(Level::Note, "report.replaced", place, message, advice));
}

fn tell_receipt(receipt: &mut Receipt, table: &Table, replacement: &Replacement, roster: &Roster) {
    let unit = roster.find_or_as_written(&table.reporting_unit).name;
    let mut entries = receipt.entries.iter_mut();
    if let Some(entry) = entries.find(|entry| entry.unit == unit && entry.book == table.book) {
        entry.replaced += replacement.records.len();
        entry.replaced_by = Some(replacement.by.clone());
    }
}

/// Projects that a correction no longer has are asked about, at the correction.
fn tell_gone(replacements: &[Replacement], files: &mut [TakenFile], file_at: &HashMap<Arc<str>, usize>) {
    for replacement in replacements.iter().filter(|replacement| !replacement.gone.is_empty()) {
        let Some(&file) = file_at.get(&replacement.by) else { continue };
        let count = replacement.gone.len();
        let named = replacement.gone.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
        let more = if count > NAMED { "等" } else { "" };
        let message = format!("比被代替的报表少了{count}个：{named}{more}，已不再汇总");
        let place = Place::sheet(&replacement.by, &replacement.by_sheet);
        let advice = "请核实是否应当去掉；漏填的请补上后重报";
        files[file].findings.push(Finding::new(Level::Query, "report.shrunk", place, message, advice));
    }
}
