//! 未达序时进度项目 and 未开工项目: the projects a leader asks about first, each leading to its detail row.

use super::detail::{self, Detail, LEAD, NOT_STARTED, RATE, flag};
use super::live::Live;
use super::style::Shown;
use super::table::{Cell, Column, Table, Value};
use super::{names, workbook};
use crate::amount::Fraction;
use crate::origin::column_letters;
use crate::profile::Kind;

/// The projects behind schedule, the furthest behind first.
pub(super) fn behind(live: Live) -> Table {
    let report = live.report;
    let mut rows: Vec<usize> =
        live.detail.order.iter().copied().filter(|row| detail::behind(report, *row) == Some(true)).collect();
    // Without a rate last; equal rates in the order of the detail.
    rows.sort_by_key(|row| {
        let rate = detail::rate(report.facts, *row);
        (rate.is_none(), rate.unwrap_or(Fraction::from_integer(0)))
    });
    let keys = ["total", "plan", "done", RATE, LEAD, "problem", "measure"];
    list(live, names::BEHIND, &rows, &keys, "本期没有未达序时进度的项目。")
}

/// The projects not started, in the order of the detail.
pub(super) fn not_started(live: Live) -> Table {
    let facts = live.report.facts;
    let rows: Vec<usize> =
        live.detail.order.iter().copied().filter(|row| flag(facts, NOT_STARTED, *row) == Some(true)).collect();
    let keys = ["total", "plan", "done", "planned_start", "status", "problem", "measure"];
    list(live, names::NOT_STARTED, &rows, &keys, "本期没有未开工的项目。")
}

fn list(live: Live, sheet: &str, rows: &[usize], keys: &[&str], none: &str) -> Table {
    let report = live.report;
    let keys = keys_of(live, keys);
    let columns: Vec<Column> = keys.iter().map(|key| column(live, key)).collect();
    let cells: Vec<Vec<Cell>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| keys.iter().map(|key| cell(live.detail, key, at, *row)).collect())
        .collect();
    let mut table = Table {
        sheet: sheet.to_owned(),
        title: format!("{}{}{sheet}", report.county, report.period.in_words()),
        caption: workbook::caption(report),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: cells,
        notes: Vec::new(),
        frozen: 2,
        filter: true,
        row_height: 20.0,
    };
    match rows.is_empty() {
        true => table.notes.push(none.to_owned()),
        false => table.above = Some(sums(live, &keys, rows, &table)),
    }
    table
}

/// The columns that the detail has, with the groups after the name.
fn keys_of(live: Live, keys: &[&str]) -> Vec<String> {
    let subject = live.book.subject.as_str();
    let groups = live.report.sheets().filter_map(|ranking| live.report.plan(ranking)).map(|plan| plan.group.as_str());
    let mut chosen: Vec<String> = Vec::new();
    let wanted = ["=number", subject].into_iter().chain(groups).chain(["leader_group"]).chain(keys.iter().copied());
    for key in wanted.chain(["file", "sheet", "row"]) {
        if live.detail.column(key).is_some() && !chosen.iter().any(|at| at == key) {
            chosen.push(key.to_owned());
        }
    }
    chosen
}

fn column(live: Live, key: &str) -> Column {
    let column = live.detail.column(key).and_then(|at| live.detail.table.columns.get(at));
    let fallback = || Column::of(key, Shown::Centre);
    let column = column.cloned().unwrap_or_else(fallback);
    match key {
        "problem" | "measure" => Column { widest: 36.0, ..column },
        "file" => Column { widest: 22.0, ..column },
        _ => column,
    }
}

/// Figures follow the detail; text is copied.
fn cell(detail: &Detail, key: &str, at: usize, row: usize) -> Cell {
    if key == "=number" {
        return Cell::number((at + 1) as f64);
    }
    let source = detail.cell(key, row).cloned().unwrap_or_else(Cell::blank);
    let address = detail.address(key, row).unwrap_or_default();
    let plain = Cell { formula: None, ..source };
    match (&plain.value, key) {
        (Value::Number(_), "row") => plain,
        (Value::Number(_), _) => {
            let (letters, number) = address.split_at(address.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
            plain.by(format!("={}!${letters}${number}", names::quoted(names::DETAIL)))
        }
        (Value::Text(_), key) if detail.column(key) == Some(1) => plain.to(names::DETAIL, &address),
        _ => plain,
    }
}

/// How many there are and what they sum to, following the filter.
fn sums(live: Live, keys: &[String], rows: &[usize], table: &Table) -> Vec<Cell> {
    let first = 5;
    let last = first + table.rows.len() - 1;
    let cell = |(at, key): (usize, &String)| {
        let letters = column_letters(at as u32 + 1);
        let range = format!("{letters}{first}:{letters}{last}");
        match live.book.field(key).map(|field| field.kind) {
            _ if at == 0 => Cell::number(rows.len() as f64).by(format!("=SUBTOTAL(103,{range})")),
            _ if at == 1 => Cell::text("个项目，合计"),
            Some(Kind::Amount) => {
                let sum: i64 = rows.iter().filter_map(|row| live.report.facts.whole(key, *row)).sum();
                Cell::number(detail::wan(sum)).by(format!("=ROUND(SUBTOTAL(109,{range}),4)"))
            }
            _ => Cell::blank(),
        }
    };
    keys.iter().enumerate().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::Frame;

    /// `sums` is made before the table knows of it.
    #[test]
    fn the_sums_stand_over_the_rows() {
        assert_eq!(Frame::of(true, false, 3).first, 5);
    }
}
