//! A list of files read, typed and checked into Parquet, on a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{ClusterFault, Done, Post, receipts};
use crate::check;
use crate::cluster::{FileLine, Part, SheetLine};
use crate::finding::Finding;
use crate::history::Earlier;
use crate::ledger::sha256;
use crate::merge::{self, Apart, Roster, SheetAccount};
use crate::pipeline::intake::{listed, read_each};
use crate::pipeline::{RunError, TakenFile, reporting};
use crate::record::Table;
use crate::register::Before;

/// Reads some files of an office's inbox and writes what is in them below `to`:
///
/// ```text
/// rows/book=key_projects/period=2026-05/<task>.parquet    the rows, each file's on their own
/// files/<task>.parquet  sheets/<task>.parquet             the register and the row account
/// findings/<task>.parquet
/// receipts/<office>/<task>.json                           when each file came, from whom, with which books
/// ```
///
/// `<task>` is made from the office's name and the list, so that the same task run again writes the same bytes over
/// its own and touches nobody else's. Whether two files report one project is not looked at here.
///
/// # Errors
///
/// As [`run`](crate::pipeline::run); a list that names what is not there.
pub fn read(post: &Post, names: &[String], to: &Path) -> Result<Done, RunError> {
    let wanted: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    if wanted.is_empty() {
        return Err(ClusterFault::EmptyList.into());
    }
    let paths = listed(&post.workspace, post.office.period)?;
    let known: BTreeSet<&str> = paths.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(name) = wanted.difference(&known).next() {
        return Err(ClusterFault::NoFile((*name).to_owned()).into());
    }
    let paths: Vec<_> = paths.iter().filter(|(name, _)| wanted.contains(name.as_str())).cloned().collect();
    let (files, tables): (Vec<TakenFile>, Vec<Vec<Table>>) =
        read_each(&post.workspace, &post.office, &paths).into_iter().unzip();
    let tables: Vec<Table> = tables.into_iter().flatten().collect();
    let (profile, settings, period) = (&post.office.profile, &post.office.settings, post.office.period);
    let known = Earlier::read(&post.workspace.ledger, profile, period)?.known(profile);
    let apart = merge::apart(&known, &tables, profile, settings, period)?;
    let task = task(&post.name, &wanted);
    let checked = checked(post, &apart)?;
    let said = files.iter().flat_map(|file| &file.findings).chain(tables.iter().flat_map(|table| &table.findings));
    let said = said.chain(&apart.findings).map(|finding| ("read", finding));
    let mut findings: Vec<(&str, &Finding)> = said.chain(checked.iter().map(|finding| ("check", finding))).collect();
    findings.sort_by_key(|(_, finding)| *finding);
    let mut written = rows(post, &apart, &task, to)?;
    written += post.write(to, &format!("findings/{task}.parquet"), Part::Findings(&findings))?;
    let roster = Roster::of(&post.office.settings, &tables);
    written += post.write(to, &format!("sheets/{task}.parquet"), Part::Sheets(&sheets(&roster, &tables, &apart)))?;
    let before = Before::read(&post.workspace.ledger, period, profile.county.reports.remember)?;
    let came = reporting::receipts(&post.office, &files, &tables, (&roster, &before));
    written += receipts::write(post, (&task, &wanted), came, to)?;
    // Last: where this one stands, the task is done.
    written += post.write(to, &format!("files/{task}.parquet"), Part::Files(&register(&files, &tables)))?;
    Ok(Done {
        files: files.len(),
        unopened: files.iter().filter(|file| !file.opened).count(),
        rows: apart.account.iter().map(SheetAccount::data).sum(),
        findings: findings.len(),
        written,
    })
}

/// What a task is called: the same for the same files of an office.
fn task(office: &str, names: &BTreeSet<&str>) -> String {
    let mut text = office.to_owned();
    for name in names {
        text.push('\n');
        text.push_str(name);
    }
    sha256(text.as_bytes()).chars().take(16).collect()
}

fn rows(post: &Post, apart: &Apart, task: &str, to: &Path) -> Result<usize, RunError> {
    let mut written = 0;
    for rows in &apart.books {
        let Some(facts) = post.as_written(&rows.facts)? else { continue };
        let name = post.book_folder("rows", &rows.facts.book).join(format!("{task}.parquet"));
        written += post.write(to, &name.to_string_lossy(), Part::Rows(&facts, rows))?;
    }
    Ok(written)
}

/// The books' rules over each row as it stands alone.
fn checked(post: &Post, apart: &Apart) -> Result<Vec<Finding>, RunError> {
    let mut findings = Vec::new();
    for rows in &apart.books {
        if let Some(book) = post.office.profile.book(&rows.facts.book) {
            findings.extend(check::check_rows(book, &rows.facts.frame, &apart.origins)?.findings);
        }
    }
    Ok(findings)
}

fn register(files: &[TakenFile], tables: &[Table]) -> Vec<FileLine> {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for table in tables {
        *counts.entry(&table.file).or_default() += 1;
    }
    let line = |file: &TakenFile| FileLine {
        file: file.name.to_string(),
        digest: file.digest.clone(),
        size: i64::try_from(file.size).unwrap_or(i64::MAX),
        opened: file.opened,
        tables: counts.get(&*file.name).copied().unwrap_or_default(),
    };
    files.iter().map(line).collect()
}

/// Each table's account, in the account's order.
fn sheets(roster: &Roster, tables: &[Table], apart: &Apart) -> Vec<SheetLine> {
    let mut units: BTreeMap<(&str, &str, &str), String> = BTreeMap::new();
    for table in tables {
        let unit = table.reporting_unit.trim();
        let unit = if unit.is_empty() { String::new() } else { roster.find_or_as_written(unit).name };
        units.insert((&table.file, &table.sheet, &table.book), unit);
    }
    let line = |account: &SheetAccount| SheetLine {
        unit: units.get(&(&*account.file, &*account.sheet, &*account.book)).cloned().unwrap_or_default(),
        ..SheetLine::of(account)
    };
    apart.account.iter().map(line).collect()
}
