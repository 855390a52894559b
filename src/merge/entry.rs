//! A project on its way into the facts: the row it is known by, the rows joined to it, whom it counts for.

use std::collections::BTreeMap;

use super::names;
use super::units::Known;
use crate::check::RowPlace;
use crate::profile::Book;
use crate::record::{Date, Table, Values};

/// A record of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// Which of the merge's tables.
    pub(crate) table: usize,
    /// Which of its records.
    pub(crate) at: usize,
}

/// A value of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Yuan or a count.
    Whole(i64),
    /// A rate or a number.
    Number(f64),
    /// A date.
    Date(Date),
    /// Text.
    Text(&'a str),
}

/// The tables of one book, with their columns by the book's fields.
#[derive(Debug)]
pub(crate) struct Tables<'a> {
    /// The book.
    pub(crate) book: &'a Book,
    /// Its tables, in order of file and sheet, with their place among all tables.
    pub(crate) tables: Vec<(usize, &'a Table)>,
    /// For each table the column of each field.
    columns: Vec<BTreeMap<&'a str, &'a Values>>,
}

impl<'a> Tables<'a> {
    /// The tables of a book among all.
    pub(crate) fn of(book: &'a Book, all: &'a [Table]) -> Self {
        let mut tables: Vec<(usize, &Table)> =
            all.iter().enumerate().filter(|(_, table)| table.book == book.id).collect();
        tables.sort_by(|(a, one), (b, other)| (&one.file, &one.sheet, a).cmp(&(&other.file, &other.sheet, b)));
        let by_field =
            |table: &'a Table| table.columns.iter().map(|column| (column.field.as_str(), &column.values)).collect();
        let columns = tables.iter().map(|(_, table)| by_field(table)).collect();
        Self { book, tables, columns }
    }

    /// The table of a record.
    pub(crate) fn table(&self, source: Source) -> &'a Table {
        self.tables[source.table].1
    }

    /// The value of a field in a record.
    pub(crate) fn cell(&self, source: Source, field: &str) -> Option<Cell<'a>> {
        match *self.columns[source.table].get(field)? {
            Values::Amount(cells) | Values::Count(cells) => cells.get(source.at).copied().flatten().map(Cell::Whole),
            Values::Number(cells) => cells.get(source.at).copied().flatten().map(Cell::Number),
            Values::Date(cells) => cells.get(source.at).copied().flatten().map(Cell::Date),
            Values::Text(cells) => {
                let text = cells.get(source.at).and_then(Option::as_deref);
                text.filter(|text| !text.trim().is_empty()).map(Cell::Text)
            }
        }
    }

    /// The text of a field in a record.
    pub(crate) fn text(&self, source: Source, field: &str) -> Option<&'a str> {
        match self.cell(source, field)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The sheet's row of a record.
    pub(crate) fn place(&self, source: Source) -> RowPlace {
        let table = self.table(source);
        RowPlace { file: table.file.clone(), sheet: table.sheet.clone(), row: table.rows[source.at] }
    }

    /// The subject of a record: what it is about, as written.
    pub(crate) fn subject(&self, source: Source) -> &'a str {
        self.text(source, &self.book.subject).unwrap_or_default()
    }

    /// A record as a reader finds it: `城关镇.xlsx › 重点项目 › 第7行`.
    pub(crate) fn in_words(&self, source: Source) -> String {
        let at = self.place(source);
        crate::finding::Place::sheet(&at.file, &at.sheet).at_row(at.row).in_words()
    }
}

/// Whom a record counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribution {
    /// Who reported it.
    pub(crate) reporting: Known,
    /// The unit it belongs to: its responsible unit, else who reported it.
    pub(crate) unit: String,
    /// See [`super`]'s columns.
    pub(crate) town: Option<String>,
    /// See [`super`]'s columns.
    pub(crate) department: Option<String>,
    /// See [`super`]'s columns.
    pub(crate) category: Option<String>,
    /// See [`super`]'s columns.
    pub(crate) leaders: Option<String>,
    /// See [`super`]'s columns.
    pub(crate) shares: Option<String>,
}

/// A project: one row of the facts to be.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The record it is known by.
    pub(crate) source: Source,
    /// Records of other units joined to it.
    pub(crate) joined: Vec<Source>,
    /// Fields whose value another record gives.
    pub(crate) taken: BTreeMap<String, Source>,
    /// Whom it counts for.
    pub(crate) who: Attribution,
    /// Its name as it compares.
    pub(crate) name: String,
    /// Its platform code.
    pub(crate) code: Option<String>,
    /// Its identity in the facts.
    pub(crate) key: String,
    /// The plan that a decision sets in place of the reported one.
    pub(crate) replan: Option<i64>,
}

impl Entry {
    /// Whether the office means it by a name and, maybe, a code: by code where both have one, else by name.
    pub(crate) fn is_called(&self, tables: &Tables, project: &str, code: Option<&str>) -> bool {
        if let (Some(code), Some(known)) = (code.and_then(names::code), &self.code) {
            return code == *known;
        }
        let name = names::project(project);
        [&self.source].into_iter().chain(&self.joined).any(|&source| names::project(tables.subject(source)) == name)
    }

    /// The record that gives a field.
    pub(crate) fn source_of(&self, field: &str) -> Source {
        self.taken.get(field).copied().unwrap_or(self.source)
    }
}
