//! Finds the header: which rows name the columns, and in which book's words.
//!
//! Takes a sheet and the vocabulary, gives the best [`Header`]: every start row and depth is
//! scored by how many fields of a book its headings name to the letter.

use std::borrow::Cow;
use std::sync::Arc;

use super::heading::{Heading, Words};
use super::sheet::{Sheet, is_figure, text_of};
use super::vocabulary::{Fit, Meaning, Vocabulary};
use crate::collect::{Cell, Row, Value};
use crate::period::Period;

/// Rows that are searched for a header.
pub(super) const SEARCHED_ROWS: usize = 60;
/// The deepest header.
const DEEPEST: u32 = 4;
/// Columns beyond this are no table of the field.
const WIDEST: u32 = 300;

/// Rows that name columns, and their headings.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    /// Each column that has a heading.
    pub(super) headings: Vec<(u32, Arc<Heading>)>,
    /// How well each book's words are met, in the profile's order.
    pub(super) scores: Vec<f64>,
}

impl Header {
    fn best(&self) -> f64 {
        self.scores.iter().copied().fold(0.0, f64::max) - 0.3 * f64::from(self.last_row - self.first_row)
    }
}

/// The best header of a sheet; `None` where no two fields of any book are named.
pub(super) fn find(sheet: &Sheet, vocabulary: &Vocabulary, books: usize, period: Period) -> Option<Header> {
    let rows: Vec<&Row> = sheet.grid.rows.iter().take(SEARCHED_ROWS).collect();
    let mut best: Option<Header> = None;
    for (at, row) in rows.iter().enumerate() {
        if !can_name_columns(row) {
            continue;
        }
        for depth in 1..=DEEPEST {
            let last = row.number + depth - 1;
            if depth > 1 && !rows[at + 1..].iter().filter(|below| below.number <= last).all(|below| can_continue(below))
            {
                break;
            }
            let header = compose(sheet, row.number, last, vocabulary, books, period);
            if header.best() >= 2.0 && best.as_ref().is_none_or(|known| header.best() > known.best() + 1e-9) {
                best = Some(header);
            }
        }
    }
    best.map(|header| with_merges_below(sheet, header, vocabulary, books, period))
        .map(|header| with_rest_of_merge(sheet, header))
}

/// CSV keeps no merges: of a three-row header merged downwards it leaves an empty third row.
fn with_rest_of_merge(sheet: &Sheet, mut header: Header) -> Header {
    let used = |number: u32| sheet.grid.row(number).is_some();
    let has_depth = header.last_row > header.first_row && header.last_row < header.first_row + 2;
    if sheet.grid.merges.is_empty() && has_depth && !used(header.last_row + 1) && used(header.last_row + 2) {
        header.last_row += 1;
    }
    header
}

/// A heading merged downwards reaches below the last row that was needed to name the fields.
fn with_merges_below(sheet: &Sheet, header: Header, vocabulary: &Vocabulary, books: usize, period: Period) -> Header {
    let deepest = header
        .headings
        .iter()
        .filter_map(|(column, _)| sheet.merge_at(header.last_row, *column))
        .map(|merge| merge.bottom)
        .filter(|&bottom| bottom < header.first_row + DEEPEST)
        .max()
        .unwrap_or(header.last_row);
    if deepest <= header.last_row {
        return header;
    }
    let deeper = compose(sheet, header.first_row, deepest, vocabulary, books, period);
    if deeper.best() + 1.0 >= header.best() { deeper } else { header }
}

/// Whether a row could be the first of a header: two short texts at least and no figures.
pub(super) fn can_name_columns(row: &Row) -> bool {
    let texts = row.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    texts >= 2 && can_continue(row)
}

pub(super) fn can_continue(row: &Row) -> bool {
    let is_long = |cell: &&Cell| matches!(&cell.value, Value::Text(text) if text.chars().nth(40).is_some());
    !row.cells.iter().any(is_figure) && row.cells.iter().filter(is_long).count() * 3 <= row.cells.len()
}

fn compose(
    sheet: &Sheet,
    first_row: u32,
    last_row: u32,
    vocabulary: &Vocabulary,
    books: usize,
    period: Period,
) -> Header {
    let named: Vec<_> = columns_of(sheet, first_row, last_row)
        .filter_map(|column| {
            let levels = levels(sheet, first_row, last_row, column, &|text| vocabulary.words(text, period));
            (!levels.is_empty()).then(|| (column, vocabulary.named(&levels, period)))
        })
        .collect();
    let scores = (0..books).map(|book| score(named.iter().map(|(_, named)| named.exact[book]))).collect();
    let headings = named.iter().map(|(column, named)| (*column, named.heading.clone())).collect();
    Header { first_row, last_row, headings, scores }
}

/// The headings of the columns that some rows name.
pub(super) fn headings(sheet: &Sheet, first_row: u32, last_row: u32, period: Period) -> Vec<(u32, Heading)> {
    columns_of(sheet, first_row, last_row)
        .filter_map(|column| {
            let levels = levels(sheet, first_row, last_row, column, &|text| Arc::new(Words::new(text, period)));
            (!levels.is_empty()).then(|| (column, Heading::of(&levels)))
        })
        .collect()
}

/// How many different fields of a book the headings name, a known stranger counting a little.
fn score(headings: impl Iterator<Item = Option<(Meaning, Fit)>>) -> f64 {
    let mut seen = Vec::new();
    let mut total = 0.0;
    for meaning in headings {
        match meaning {
            Some((Meaning::Field(field), fit)) if !seen.contains(&field) => {
                seen.push(field);
                total += fit;
            }
            Some((Meaning::Ignored, _)) => total += 0.25,
            _ => {}
        }
    }
    total
}

fn columns_of(sheet: &Sheet, first_row: u32, last_row: u32) -> std::ops::RangeInclusive<u32> {
    let mut range = (u32::MAX, 0);
    let start = sheet.grid.rows.partition_point(|row| row.number < first_row);
    for row in sheet.grid.rows[start..].iter().take_while(|row| row.number <= last_row) {
        let (left, right) = Sheet::span(row);
        let right = sheet.merge_at(row.number, right).map_or(right, |merge| merge.right);
        range = (range.0.min(left), range.1.max(right));
    }
    range.0..=range.1.min(range.0.saturating_add(WIDEST))
}

/// The distinct texts above a column, from the top of the header down.
fn levels(
    sheet: &Sheet,
    first_row: u32,
    last_row: u32,
    column: u32,
    words: &impl Fn(&str) -> Arc<Words>,
) -> Vec<Arc<Words>> {
    let mut levels: Vec<Arc<Words>> = Vec::new();
    let mut origins = Vec::new();
    for row in first_row..=last_row {
        let origin = sheet.merge_at(row, column).map_or((row, column), |merge| (merge.top, merge.left));
        if origins.contains(&origin) {
            continue;
        }
        origins.push(origin);
        let text = sheet.grid.cell(origin.0, origin.1).and_then(text_of);
        let text = text.or_else(|| group_to_the_left(sheet, row, last_row, column));
        let level = text.map(|text| words(&text));
        levels.extend(level.filter(|level| levels.last().is_none_or(|above| above.label != level.label)));
    }
    levels
}

/// Without merges (CSV, streaming writers) a group's name stands over its first column only: an
/// empty cell with a heading of its own below it belongs to the group on its left.
fn group_to_the_left<'a>(sheet: &Sheet<'a>, row: u32, last_row: u32, column: u32) -> Option<Cow<'a, str>> {
    let below =
        |column: u32| (row + 1..=last_row).any(|below| sheet.grid.cell(below, column).and_then(text_of).is_some());
    if sheet.merge_at(row, column).is_some() || !below(column) {
        return None;
    }
    let left = (1..column).rev().find(|&left| sheet.grid.cell(row, left).and_then(text_of).is_some())?;
    // The neighbour is a group only if it is not merged itself and has a heading below it too.
    let is_group = sheet.merge_at(row, left).is_none() && (left..column).all(below);
    is_group.then(|| sheet.grid.cell(row, left).and_then(text_of))?
}
