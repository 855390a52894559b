//! What changed between two runs of a period: files, rows, values, places; and which file brought it.
//!
//! Takes the earlier and the later run, gives a [`RunDiff`] in order of book and key. A row is known by
//! its key; where it stands in its sheet is no change. A changed value is put down to the file that the
//! later run took it from where that file is new or has other contents, else to what else changed.

use std::collections::{BTreeMap, BTreeSet};

use super::diff_rows::books;
use super::{LedgerError, RecordedFigure, RecordedRow, Run, Value};

/// What changed between two runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunDiff {
    /// Files of the inbox that are new, gone or other than before, by name.
    pub files: Vec<FileChange>,
    /// What else changed of what a run is made from: `settings.xlsx`, `profile/county.toml`,
    /// `layouts.toml`, the program's version, `2026-04` for another run of that period.
    pub others: Vec<String>,
    /// Rows that only the later run has.
    pub added: Vec<RowAt>,
    /// Rows that only the earlier run has.
    pub gone: Vec<RowAt>,
    /// Values that differ.
    pub values: Vec<ValueChange>,
    /// Groups whose place, grade or figures differ.
    pub places: Vec<PlaceChange>,
}

/// What became of a file between two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It was not there before.
    New,
    /// It is not there any longer.
    Gone,
    /// It has other contents.
    Changed,
}

/// A file of the inbox that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its name below the inbox.
    pub file: String,
    /// What became of it.
    pub became: Became,
    /// The name under which the same contents stand in the other run.
    pub same_as: Option<String>,
}

/// A row of a book, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAt {
    /// The book's id.
    pub book: String,
    /// The row's key.
    pub key: String,
    /// What names it: its text cells by column.
    pub texts: BTreeMap<String, String>,
    /// The file, the sheet and the cell or row.
    pub place: String,
    /// What became of that file, where anything did.
    pub became: Option<Became>,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueChange {
    /// The row, placed where the later run took this value from.
    pub at: RowAt,
    /// The column: a field, a derived column, a group.
    pub column: String,
    /// What it was.
    pub before: Value,
    /// What it is.
    pub after: Value,
}

/// A group whose row in a ranking differs.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceChange {
    /// The ranking's id.
    pub ranking: String,
    /// Its book's id.
    pub book: String,
    /// Its title.
    pub title: String,
    /// The group.
    pub group: String,
    /// Its row before; `None` where the ranking did not have it.
    pub before: Option<RecordedRow>,
    /// Its row after.
    pub after: Option<RecordedRow>,
}

impl PlaceChange {
    /// The figures that differ, before and after, in the later row's order.
    pub fn figures(&self) -> Vec<(Option<&RecordedFigure>, Option<&RecordedFigure>)> {
        let (before, after) = (all(&self.before), all(&self.after));
        let find = |of: &[&'_ RecordedFigure], measure: &str| of.iter().position(|figure| figure.measure == measure);
        let only_before = before.iter().filter(|figure| find(&after, &figure.measure).is_none());
        let pairs = after.iter().map(|figure| (find(&before, &figure.measure).map(|at| before[at]), Some(*figure)));
        let pairs = pairs.chain(only_before.map(|figure| (Some(*figure), None)));
        pairs.filter(|(before, after)| before.map(|f| &f.value) != after.map(|f| &f.value)).collect()
    }
}

fn all(row: &Option<RecordedRow>) -> Vec<&RecordedFigure> {
    row.iter().flat_map(|row| &row.figures).collect()
}

/// What changed from one run to another of the same period.
///
/// # Errors
///
/// A run that is damaged.
pub fn diff(before: &Run, after: &Run) -> Result<RunDiff, LedgerError> {
    let files = files(before, after);
    let (added, gone, values) = books(before, after, &files)?;
    Ok(RunDiff { others: others(before, after), places: places(before, after)?, files, added, gone, values })
}

fn files(before: &Run, after: &Run) -> Vec<FileChange> {
    let inputs = |run: &Run| -> BTreeMap<String, String> {
        run.manifest.inputs.iter().map(|input| (input.file.clone(), input.sha256.clone())).collect()
    };
    let (old, new) = (inputs(before), inputs(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let twin = |of: &BTreeMap<String, String>, name: &String, sha256: &String| {
        of.iter().find(|(other, same)| *other != name && *same == sha256).map(|(other, _)| other.clone())
    };
    names
        .into_iter()
        .filter_map(|file| {
            let (became, same_as) = match (old.get(file), new.get(file)) {
                (None, Some(sha256)) => (Became::New, twin(&old, file, sha256)),
                (Some(sha256), None) => (Became::Gone, twin(&new, file, sha256)),
                (Some(one), Some(other)) if one != other => (Became::Changed, None),
                _ => return None,
            };
            Some(FileChange { file: file.clone(), became, same_as })
        })
        .collect()
}

/// What else a run is made from.
fn others(before: &Run, after: &Run) -> Vec<String> {
    // What the program keeps for itself at the top of a record is made, not stated.
    let own = [super::PLACES, super::MADE_FROM];
    let is_stated =
        |name: &&String| name.starts_with("profile/") || !name.contains('/') && !own.contains(&name.as_str());
    let stated = |run: &Run| -> BTreeMap<String, String> {
        let files = run.manifest.files.iter().filter(|(name, _)| is_stated(name));
        let earlier = run.manifest.earlier.iter().map(|(period, digest)| (period.to_string(), digest.clone()));
        files.map(|(name, digest)| (name.clone(), digest.clone())).chain(earlier).collect()
    };
    let (old, new) = (stated(before), stated(after));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut others: Vec<String> = names.into_iter().filter(|name| old.get(*name) != new.get(*name)).cloned().collect();
    if before.manifest.program != after.manifest.program {
        others.push(format!("{} → {}", before.manifest.program, after.manifest.program));
    }
    others
}

fn places(before: &Run, after: &Run) -> Result<Vec<PlaceChange>, LedgerError> {
    type Known = BTreeMap<(String, String), (String, Vec<RecordedRow>)>;
    let known = |run: &Run| -> Result<Known, LedgerError> {
        let rankings = run.places()?;
        Ok(rankings.into_iter().map(|ranking| ((ranking.book, ranking.id), (ranking.title, ranking.rows))).collect())
    };
    let (old, new) = (known(before)?, known(after)?);
    let rankings: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for id in rankings {
        let title = new.get(id).or(old.get(id)).map(|(title, _)| title.clone()).unwrap_or_default();
        let rows = |of: &Known| -> Vec<RecordedRow> { of.get(id).map(|(_, rows)| rows.clone()).unwrap_or_default() };
        let (was, is) = (rows(&old), rows(&new));
        let find = |rows: &[RecordedRow], group: &str| rows.iter().find(|row| row.group == group).cloned();
        let gone = was.iter().filter(|row| find(&is, &row.group).is_none());
        for group in is.iter().chain(gone).map(|row| row.group.clone()) {
            let (before, after) = (find(&was, &group), find(&is, &group));
            if before != after {
                let (book, ranking) = id.clone();
                changes.push(PlaceChange { ranking, book, title: title.clone(), group, before, after });
            }
        }
    }
    Ok(changes)
}
