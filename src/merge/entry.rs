//! A project on its way into the facts: the row it is known by, the rows joined to it, whom it counts for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::corrections::as_cell;
use super::names;
use super::units::Known;
use crate::check::RowPlace;
use crate::finding::Place;
use crate::profile::Book;
use crate::record::{Date, Table, Values};
use crate::settings::Corrected;

/// A record of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Source {
    /// Which of the merge's tables.
    pub(crate) table: u32,
    /// Which of its records.
    pub(crate) at: u32,
}

impl Source {
    /// A record by the numbers of its table and of itself.
    pub(crate) fn of(table: usize, at: usize) -> Self {
        let number = |number| u32::try_from(number).expect("no month has as many rows");
        Self { table: number(table), at: number(at) }
    }

    /// Which of the merge's tables.
    pub(crate) fn table(self) -> usize {
        self.table as usize
    }

    /// Which of its records.
    pub(crate) fn at(self) -> usize {
        self.at as usize
    }
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
    pub(crate) fn of(book: &'a Book, all: &'a [Cow<'_, Table>]) -> Self {
        let all = all.iter().map(AsRef::as_ref).enumerate();
        let mut tables: Vec<(usize, &Table)> = all.filter(|(_, table)| table.book == book.id).collect();
        tables.sort_by(|(a, one), (b, other)| (&one.file, &one.sheet, a).cmp(&(&other.file, &other.sheet, b)));
        let by_field =
            |table: &'a Table| table.columns.iter().map(|column| (column.field.as_str(), &column.values)).collect();
        let columns = tables.iter().map(|(_, table)| by_field(table)).collect();
        Self { book, tables, columns }
    }

    /// The table of a record.
    pub(crate) fn table(&self, source: Source) -> &'a Table {
        self.tables[source.table()].1
    }

    /// The values of a field in each table that has it: what is looked up once for a column and not for each cell.
    pub(crate) fn column(&self, field: &str) -> Vec<Option<&'a Values>> {
        self.columns.iter().map(|columns| columns.get(field).copied()).collect()
    }

    /// The value of a field in a record.
    pub(crate) fn cell(&self, source: Source, field: &str) -> Option<Cell<'a>> {
        cell_of(self.columns[source.table()].get(field)?, source.at())
    }

    /// The text of a field in a record.
    pub(crate) fn text(&self, source: Source, field: &str) -> Option<&'a str> {
        match self.cell(source, field)? {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of a record's row on its sheet.
    pub(crate) fn row(&self, source: Source) -> u32 {
        self.table(source).rows[source.at()]
    }

    /// The sheet's row of a record.
    pub(crate) fn place(&self, source: Source) -> RowPlace {
        let table = self.table(source);
        RowPlace { file: table.file.clone(), sheet: table.sheet.clone(), row: self.row(source) }
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

/// The value of a record in a column.
pub(crate) fn cell_of(values: &Values, at: usize) -> Option<Cell<'_>> {
    match values {
        Values::Amount(cells) | Values::Count(cells) => cells.get(at).map(Cell::Whole),
        Values::Number(cells) => cells.get(at).map(Cell::Number),
        Values::Date(cells) => cells.get(at).copied().flatten().map(Cell::Date),
        Values::Text(cells) => {
            let text = cells.get(at);
            text.filter(|text| !text.trim().is_empty()).map(Cell::Text)
        }
    }
}

/// Whom a record counts for; records that say the same share it.
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
pub(crate) struct Entry<'a> {
    /// The record it is known by.
    pub(crate) source: Source,
    /// Whom it counts for.
    pub(crate) who: Arc<Attribution>,
    /// Its name as it compares.
    pub(crate) name: Cow<'a, str>,
    /// Its platform code.
    pub(crate) code: Option<Cow<'a, str>>,
    /// Its identity in the facts.
    pub(crate) key: Cow<'a, str>,
    more: Option<Box<More>>,
}

/// What few entries have.
#[derive(Debug, Clone, Default)]
pub(crate) struct More {
    /// Records of other units joined to it.
    pub(crate) joined: Vec<Source>,
    /// Fields whose value another record gives.
    pub(crate) taken: BTreeMap<String, Source>,
    /// Names as they compare that it had in earlier periods, by decision.
    pub(crate) formers: Vec<String>,
    /// Where the decisions stand that say so.
    pub(crate) links: Vec<Place>,
    /// Values that decisions set in place of reported ones, by field.
    pub(crate) decided: BTreeMap<String, Corrected>,
    /// The decisions that touched it, a sentence each.
    pub(crate) said: Vec<String>,
}

/// What most entries have.
static NO_MORE: More = More {
    joined: Vec::new(),
    taken: BTreeMap::new(),
    formers: Vec::new(),
    links: Vec::new(),
    decided: BTreeMap::new(),
    said: Vec::new(),
};

impl<'a> Entry<'a> {
    /// A record that nothing has happened to yet.
    pub(crate) fn new(source: Source, who: Arc<Attribution>, name: Cow<'a, str>, code: Option<Cow<'a, str>>) -> Self {
        Self { source, who, name, code, key: Cow::Borrowed(""), more: None }
    }

    /// What happened to it.
    pub(crate) fn more(&self) -> &More {
        self.more.as_deref().unwrap_or(&NO_MORE)
    }

    /// The same, to be added to.
    pub(crate) fn more_mut(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Its records: the one it is known by first.
    pub(crate) fn sources(&self) -> impl Iterator<Item = Source> {
        [self.source].into_iter().chain(self.more().joined.iter().copied())
    }

    /// Whether the office means it by a name and, maybe, a code: by code where both have one, else by name,
    /// also one that it had before.
    pub(crate) fn is_called(&self, tables: &Tables, project: &str, code: Option<&str>) -> bool {
        if let (Some(code), Some(known)) = (code.and_then(names::code_in), &self.code) {
            return code == *known;
        }
        let name = names::project_in(project);
        self.goes_by(tables, &name) || self.more().formers.iter().any(|former| *former == name)
    }

    /// The record that gives a field.
    pub(crate) fn source_of(&self, field: &str) -> Source {
        self.more().taken.get(field).copied().unwrap_or(self.source)
    }

    /// The value of a field that counts: the decided one, else the reported one.
    pub(crate) fn cell<'e>(&'e self, tables: &Tables<'e>, field: &str) -> Option<Cell<'e>> {
        match self.more().decided.get(field) {
            Some(decided) => Some(as_cell(decided)),
            None => tables.cell(self.source_of(field), field),
        }
    }

    /// Whether one of its records names it so; the name as it compares.
    pub(crate) fn goes_by(&self, tables: &Tables, name: &str) -> bool {
        self.sources().any(|source| names::project_in(tables.subject(source)) == name)
    }
}
