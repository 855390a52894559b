//! What several files of an office report, merged beside one another, on a worker.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{ClusterFault, Done, Post, own_name, receipts};
use crate::cluster::{Part, SheetLine};
use crate::finding::Finding;
use crate::history::Earlier;
use crate::merge::{self, Facts, Roster};
use crate::pipeline::intake::{listed, read_each};
use crate::pipeline::{RunError, TakenFile, check_all, reporting};
use crate::record::Table;
use crate::register::{Before, Receipt};

/// A sheet of which rows have to be merged beside those of others.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Meant {
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: String,
    /// The book's id.
    pub book: String,
    /// Whether all of it is meant, since the unit sent the book in several files.
    pub whole: bool,
    /// Else the rows.
    #[serde(default)]
    pub rows: Vec<u32>,
}

impl Meant {
    /// Reads a list, an object a line.
    ///
    /// # Errors
    ///
    /// A line that is none of ours.
    pub fn read(text: &str) -> Result<Vec<Self>, RunError> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = |(at, line)| {
            serde_json::from_str(line).map_err(|error: serde_json::Error| {
                ClusterFault::Line { line: at + 1, fault: error.to_string() }.into()
            })
        };
        lines.map(read).collect()
    }
}

/// By file, sheet and book what of it is meant.
type BySheet<'m> = BTreeMap<(&'m str, &'m str, &'m str), (bool, BTreeSet<u32>)>;

/// Reads the files of an office's rows that cannot stand alone again and merges these as a run does: later reports,
/// duplicates, what two units report, decisions; says what each unit reported, by what the readers have registered
/// below `to`. Writes there:
///
/// ```text
/// settled/book=key_projects/period=2026-05/<office>.parquet   the merged rows, and the book of the reports
/// settled_sheets/<office>.parquet                             what became of the rows given
/// settled_findings/<office>.parquet
/// ```
///
/// # Errors
///
/// As [`run`](crate::pipeline::run); a list that names what is not there, a file that nobody has read.
pub fn settle(post: &Post, meant: &[Meant], to: &Path) -> Result<Done, RunError> {
    let by_sheet = by_sheet(meant);
    let listed = listed(&post.workspace, post.office.period)?;
    let names: Vec<&str> = listed.iter().map(|(name, _)| name.as_str()).collect();
    let came = receipts::read(post, &names, to)?;
    let read = read_each(&post.workspace, &post.office, &paths(listed, &by_sheet)?);
    let is_meant = |file: &TakenFile| by_sheet.keys().any(|(name, ..)| *name == &*file.name);
    let (mut files, tables): (Vec<TakenFile>, Vec<Vec<Table>>) =
        read.into_iter().filter(|(file, _)| is_meant(file)).unzip();
    let tables: Vec<Table> = tables.into_iter().flatten().filter_map(|table| kept(table, &by_sheet)).collect();
    let given = given(&tables);
    let (office, ledger) = (&post.office, &post.workspace.ledger);
    let before = Before::read(ledger, office.period, office.profile.county.reports.remember)?;
    let roster = Roster::of(&office.settings, &tables);
    let mut again = reporting::receipts(office, &files, &tables, (&roster, &before));
    let tables = reporting::replace(office, &mut files, tables, (&roster, &mut again));
    let known = Earlier::read(ledger, &office.profile, office.period)?.known(&office.profile);
    let mut merged = merge::merge_after(&known, &tables, &office.profile, &office.settings, office.period)?;
    merged.facts.extend(reported(post, came, &again, (&roster, &before))?.map(|facts| (facts.book.clone(), facts)));
    let checks = check_all(office, &merged)?;
    let replaced = files.iter().flat_map(|file| &file.findings).filter(|finding| finding.rule.starts_with("report."));
    let said = replaced.chain(&merged.findings).chain(checks.values().flat_map(|outcome| &outcome.findings));
    let mut findings: Vec<(&str, &Finding)> = said.map(|finding| ("settled", finding)).collect();
    findings.sort_by_key(|(_, finding)| *finding);
    let own = own_name(post);
    let mut written = 0;
    for facts in merged.facts.values().filter(|facts| facts.height() > 0) {
        let Some(written_facts) = post.as_written(facts)? else { continue };
        let name = post.book_folder("settled", &facts.book).join(format!("{own}.parquet"));
        written += post.write(to, &name.to_string_lossy(), Part::Settled(&written_facts))?;
    }
    written += post.write(to, &format!("settled_findings/{own}.parquet"), Part::Findings(&findings))?;
    let sheets = account(given, &merged.account);
    written += post.write(to, &format!("settled_sheets/{own}.parquet"), Part::Sheets(&sheets))?;
    let rows = sheets.iter().map(|line| usize::try_from(line.data).unwrap_or_default()).sum();
    Ok(Done { files: files.len(), unopened: 0, rows, findings: findings.len(), written })
}

/// What each unit reported, as facts of the book of the reports.
fn reported(
    post: &Post,
    mut came: Vec<Receipt>,
    again: &[Receipt],
    (roster, before): (&Roster, &Before),
) -> Result<Option<Facts>, RunError> {
    receipts::take_replaced(&mut came, again);
    Ok(reporting::of_receipts(&post.office, came, roster, (before, String::new()))?.facts)
}

fn by_sheet(meant: &[Meant]) -> BySheet<'_> {
    let mut by_sheet = BySheet::new();
    for one in meant {
        let (whole, rows) = by_sheet.entry((&one.file, &one.sheet, &one.book)).or_default();
        *whole |= one.whole;
        rows.extend(&one.rows);
    }
    by_sheet
}

/// The files of the inbox that the meant ones are, or lie in: `报送.zip` for `报送.zip/城关镇.xlsx`.
fn paths(listed: Vec<(String, PathBuf)>, by_sheet: &BySheet) -> Result<Vec<(String, PathBuf)>, RunError> {
    let holds = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let wanted: BTreeSet<&str> = by_sheet.keys().map(|(file, ..)| *file).collect();
    if let Some(file) = wanted.iter().find(|file| !listed.iter().any(|(name, _)| holds(name, file))) {
        return Err(ClusterFault::NoFile((*file).to_string()).into());
    }
    let paths = listed.into_iter().filter(|(name, _)| wanted.iter().any(|file| holds(name, file)));
    Ok(paths.collect())
}

/// What of a table is meant.
fn kept(table: Table, by_sheet: &BySheet) -> Option<Table> {
    let (whole, rows) = by_sheet.get(&(&*table.file, &*table.sheet, &*table.book))?;
    if *whole {
        return Some(table);
    }
    let others: Vec<usize> = (0..table.rows.len()).filter(|&at| !rows.contains(&table.rows[at])).collect();
    (others.len() < table.rows.len()).then(|| table.without(&others))
}

type Given = BTreeMap<(String, String, String), i64>;

fn given(tables: &[Table]) -> Given {
    let mut given = Given::new();
    for table in tables {
        let key = (table.file.to_string(), table.sheet.to_string(), table.book.clone());
        *given.entry(key).or_default() += i64::try_from(table.rows.len()).unwrap_or(i64::MAX);
    }
    given
}

/// What became of the rows given: those that the merge never saw, a later report replaced.
fn account(given: Given, accounts: &[merge::SheetAccount]) -> Vec<SheetLine> {
    let line = |((file, sheet, book), data): ((String, String, String), i64)| {
        let of_sheet = accounts.iter().filter(|one| one.file == file && one.sheet == sheet && one.book == book);
        let mut line =
            SheetLine { file: file.clone(), sheet: sheet.clone(), book: book.clone(), data, ..SheetLine::default() };
        let mut seen = 0;
        for one in of_sheet.map(SheetLine::of) {
            seen += one.data;
            line.merged += one.merged;
            line.joined += one.joined;
            line.set_aside += one.set_aside;
            line.taken_off += one.taken_off;
        }
        line.replaced = data - seen;
        line
    };
    given.into_iter().map(line).collect()
}
