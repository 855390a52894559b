//! The rows and values that differ between two runs, book by book.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use super::diff::{Became, FileChange, RowAt, ValueChange};
use super::{LedgerError, Origin, Run, Value};
use crate::merge::Facts;

/// Columns that say where a row stands, not what it says.
const STANDING: [&str; 6] = ["period", "key", "file", "sheet", "row", "section"];
/// What the names of columns end with that only repeat another: the ends of a date, the choice of a word.
const REPEATING: [&str; 7] = ["_first", "_last", "_first_day", "_last_day", "_month", "_quarter", "_choice"];

type Changes = (Vec<RowAt>, Vec<RowAt>, Vec<ValueChange>);

/// Rows added, rows gone and values changed, in order of book and key.
pub(super) fn books(before: &Run, after: &Run, files: &[FileChange]) -> Result<Changes, LedgerError> {
    let became = files.iter().map(|change| (change.file.as_str(), change.became)).collect();
    let (mut added, mut gone, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let ids: BTreeSet<&str> = before.books().chain(after.books()).collect();
    for id in ids {
        let old = Side::of(before, id, &became)?;
        let new = Side::of(after, id, &became)?;
        added.extend(new.rows.iter().filter(|(key, _)| !old.rows.contains_key(*key)).map(|(_, &row)| new.at(row)));
        gone.extend(old.rows.iter().filter(|(key, _)| !new.rows.contains_key(*key)).map(|(_, &row)| old.at(row)));
        for (key, &row) in &new.rows {
            if let Some(&was) = old.rows.get(key) {
                values.extend(changes(&old, was, &new, row));
            }
        }
    }
    Ok((added, gone, values))
}

/// A book's facts of one run, with its rows by key.
struct Side<'a> {
    facts: Facts,
    rows: BTreeMap<String, usize>,
    origins: BTreeMap<(String, String), Origin>,
    became: &'a BTreeMap<&'a str, Became>,
}

impl<'a> Side<'a> {
    fn of(run: &Run, book: &str, became: &'a BTreeMap<&'a str, Became>) -> Result<Self, LedgerError> {
        let facts = run.facts(book)?;
        let facts = facts.unwrap_or_else(|| Facts { book: book.to_owned(), frame: DataFrame::empty() });
        let rows = (0..facts.height()).filter_map(|row| Some((facts.text("key", row)?.to_owned(), row))).collect();
        Ok(Self { facts, rows, origins: run.origins(book)?, became })
    }

    fn value(&self, column: &str, row: usize) -> Value {
        let cell = self.facts.frame.column(column).ok().and_then(|column| column.get(row).ok());
        cell.map_or(Value::Missing, Value::of)
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.facts.frame.get_column_names().into_iter().map(|name| name.as_str())
    }

    /// Where a row stands.
    fn at(&self, row: usize) -> RowAt {
        let text = |column: &str| self.facts.text(column, row).unwrap_or_default().to_owned();
        let number = self.facts.whole("row", row).unwrap_or_default();
        let texts = self.columns().filter(|column| !STANDING.contains(column));
        let texts = texts.filter_map(|column| Some((column.to_owned(), self.facts.text(column, row)?.to_owned())));
        let file = text("file");
        RowAt {
            book: self.facts.book.clone(),
            key: text("key"),
            texts: texts.collect(),
            became: self.became.get(file.as_str()).copied(),
            place: format!("{file} › {} › 第{number}行", text("sheet")),
        }
    }

    /// Where a value of a row stands.
    fn value_at(&self, row: usize, column: &str) -> RowAt {
        let at = self.at(row);
        let Some(origin) = self.origins.get(&(at.key.clone(), column.to_owned())) else { return at };
        let place = format!("{} › {} › {}", origin.file, origin.sheet, origin.cell);
        RowAt { place, became: self.became.get(origin.file.as_str()).copied(), ..at }
    }
}

fn changes(old: &Side, was: usize, new: &Side, row: usize) -> Vec<ValueChange> {
    let columns = new.columns().chain(old.columns().filter(|column| !new.columns().any(|other| other == *column)));
    let telling = columns.filter(|column| !STANDING.contains(column) && !repeats(column, new));
    telling
        .filter_map(|column| {
            let (before, after) = (old.value(column, was), new.value(column, row));
            (before != after).then(|| ValueChange {
                at: new.value_at(row, column),
                column: column.to_owned(),
                before,
                after,
            })
        })
        .collect()
}

/// Whether a column only repeats another one in other words.
fn repeats(column: &str, side: &Side) -> bool {
    REPEATING.iter().any(|end| column.strip_suffix(end).is_some_and(|of| side.columns().any(|other| other == of)))
}
