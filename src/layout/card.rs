//! One project on a sheet of its own, as a card: labels left of their values or above them.
//!
//! Takes a sheet, gives a [`Card`]: its book and where the value of each field stands. A table is
//! none: there the names of columns stand together at its head, here they are spread.

use std::collections::{BTreeMap, BTreeSet};

use super::heading::{Heading, money_unit};
use super::sheet::{Sheet, text_of};
use super::vocabulary::{Meaning, Vocabulary};
use crate::collect::{Cell, Value};
use crate::period::Period;
use crate::profile::Book;
use crate::text::label;
use crate::value::MoneyUnit;

/// A card has no more rows than this.
const MOST_ROWS: usize = 60;
/// A label is no longer than this.
const LONGEST_LABEL: usize = 24;
/// Fewer labels make no card.
const LEAST_LABELS: usize = 5;

/// What was found on a card.
pub(super) struct Card {
    /// The book's index in the profile.
    pub(super) book: usize,
    /// Each field's value, by field.
    pub(super) entries: Vec<Entry>,
    /// The rows that hold labels.
    pub(super) label_rows: BTreeSet<u32>,
}

/// A label, the field it names and the cell where the field's value stands.
pub(super) struct Entry {
    pub(super) field: usize,
    pub(super) heading: Heading,
    pub(super) row: u32,
    pub(super) column: u32,
    /// The unit of money that stands behind the value in a cell of its own.
    pub(super) unit: Option<MoneyUnit>,
}

struct Label {
    row: u32,
    column: u32,
    heading: Heading,
}

/// The card on a sheet, if it is one; `spoken` says how clearly other words speak for each book.
pub(super) fn find(
    sheet: &Sheet,
    vocabulary: &Vocabulary,
    books: &[Book],
    period: Period,
    spoken: impl Fn(usize) -> f64,
) -> Option<Card> {
    if sheet.grid.rows.len() > MOST_ROWS || !is_spread(sheet, vocabulary) {
        return None;
    }
    let labels = labels(sheet, period);
    let mut best: Option<(f64, usize)> = None;
    for (index, book) in books.iter().enumerate() {
        let fields = fields_of(&labels, vocabulary, index);
        let subject = fields.iter().filter(|(_, field)| book.fields[*field].id == book.subject).count();
        let distinct: BTreeSet<usize> = fields.iter().map(|(_, field)| *field).collect();
        let spoken = spoken(index);
        if book.only_named && spoken <= 0.0 {
            continue;
        }
        let score = distinct.len() as f64 + spoken;
        // Two subjects would be two cards on one sheet, or a table after all.
        if subject == 1 && distinct.len() >= LEAST_LABELS && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, index));
        }
    }
    let (_, book) = best?;
    let entries = entries(sheet, &labels, &fields_of(&labels, vocabulary, book), vocabulary, book);
    let has_subject = entries.iter().any(|entry| books[book].fields[entry.field].id == books[book].subject);
    let label_rows =
        labels.iter().filter(|label| vocabulary.exact(book, &label.heading).is_some()).map(|label| label.row);
    (has_subject && entries.len() >= LEAST_LABELS).then(|| Card { book, label_rows: label_rows.collect(), entries })
}

/// Whether names of columns stand in three rows or more, and not most of them in one.
fn is_spread(sheet: &Sheet, vocabulary: &Vocabulary) -> bool {
    let mut by_row: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for row in &sheet.grid.rows {
        for cell in &row.cells {
            let Some(words) = short(cell) else { continue };
            let words = words.split('(').next().unwrap_or_default().to_owned();
            if vocabulary.is_name(&words) {
                by_row.entry(row.number).or_default().insert(words);
            }
        }
    }
    let all: BTreeSet<&String> = by_row.values().flatten().collect();
    let most = by_row.values().map(BTreeSet::len).max().unwrap_or(0);
    by_row.len() >= 3 && all.len() >= LEAST_LABELS && most * 5 <= all.len() * 3
}

fn short(cell: &Cell) -> Option<String> {
    let Value::Text(text) = &cell.value else { return None };
    (text.chars().count() <= LONGEST_LABEL).then(|| label(text).trim_end_matches(':').to_owned())
}

fn labels(sheet: &Sheet, period: Period) -> Vec<Label> {
    let cells = sheet.grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    cells
        .filter_map(|(row, cell)| {
            let words = short(cell)?;
            Some(Label { row, column: cell.column, heading: Heading::new(&[words.as_str()], period) })
        })
        .collect()
}

/// The labels that name a field of a book just so, each field's first.
fn fields_of(labels: &[Label], vocabulary: &Vocabulary, book: usize) -> Vec<(usize, usize)> {
    let named = labels.iter().enumerate().filter_map(|(at, label)| match vocabulary.sure(book, &label.heading)? {
        Meaning::Field(field) => Some((at, field)),
        Meaning::Ignored => None,
    });
    named.collect()
}

/// Where the values stand: right of the labels or below them, as most of the card has it.
fn entries(
    sheet: &Sheet,
    labels: &[Label],
    fields: &[(usize, usize)],
    vocabulary: &Vocabulary,
    book: usize,
) -> Vec<Entry> {
    let is_label = |row: u32, column: u32| {
        labels
            .iter()
            .any(|label| (label.row, label.column) == (row, column) && vocabulary.sure(book, &label.heading).is_some())
    };
    let value = |at: (u32, u32)| {
        let used = sheet.grid.cell(at.0, at.1).is_some_and(|cell| text_of(cell).is_some());
        (used && !is_label(at.0, at.1)).then_some(at)
    };
    let right = |label: &Label| value((label.row, edge(sheet, label).1 + 1));
    let below = |label: &Label| value((edge(sheet, label).0 + 1, label.column));
    let named: Vec<&Label> = fields.iter().map(|&(at, _)| &labels[at]).collect();
    let to_the_right = named.iter().filter(|label| right(label).is_some()).count();
    let underneath = named.iter().filter(|label| below(label).is_some()).count();
    let mut seen = BTreeSet::new();
    let mut entries = Vec::new();
    for &(at, field) in fields {
        let label = &labels[at];
        let found = if to_the_right >= underneath { right(label) } else { below(label).or_else(|| right(label)) };
        let Some((row, column)) = found.filter(|_| !seen.contains(&field)) else { continue };
        seen.insert(field);
        let behind = sheet.grid.cell(row, column + 1).and_then(short).and_then(|word| money_unit(&word));
        entries.push(Entry { field, heading: label.heading.clone(), row, column, unit: behind });
    }
    entries
}

/// The last row and column that a label's cell covers.
fn edge(sheet: &Sheet, label: &Label) -> (u32, u32) {
    sheet.merge_at(label.row, label.column).map_or((label.row, label.column), |merge| (merge.bottom, merge.right))
}
