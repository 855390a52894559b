//! A grid as a reader sees it: merged cells counted for all they cover, text beside values.

use std::borrow::Cow;

use super::merges::Merges;
use crate::collect::{Cell, Grid, Merge, Row, Value};
use crate::text::is_blank;
use crate::value::{Reading, read_money, read_rate};

/// A grid with its merges indexed.
pub(crate) struct Sheet<'a> {
    /// The grid itself.
    pub(crate) grid: &'a Grid,
    merges: Merges,
}

impl<'a> Sheet<'a> {
    /// Indexes a grid's merges.
    pub(crate) fn new(grid: &'a Grid) -> Self {
        Self { grid, merges: Merges::of(&grid.merges) }
    }

    /// The merged region that covers a cell.
    pub(crate) fn merge_at(&self, row: u32, column: u32) -> Option<Merge> {
        self.merges.at(row, column)
    }

    /// The cell that counts for a data row: its own, or that of a region merged downwards over
    /// it; a region merged sideways counts for its first column only.
    pub(crate) fn data_cell(&self, row: &'a Row, column: u32) -> Option<&'a Cell> {
        if self.merges.is_empty() {
            return row.cell(column);
        }
        match self.merge_at(row.number, column) {
            Some(merge) if merge.left == column => self.grid.cell(merge.top, merge.left),
            Some(_) => None,
            None => row.cell(column),
        }
    }

    /// The texts of a row's cells, in order, with their columns; covered cells left out.
    pub(crate) fn texts(&self, row: &'a Row) -> Vec<(u32, Cow<'a, str>)> {
        row.cells.iter().filter_map(|cell| Some((cell.column, text_of(cell)?))).collect()
    }

    /// First and last column used in a row.
    pub(crate) fn span(row: &Row) -> (u32, u32) {
        (row.cells.first().map_or(0, |cell| cell.column), row.cells.last().map_or(0, |cell| cell.column))
    }
}

/// What a cell says as text; `None` where nothing can be seen.
pub(crate) fn text_of(cell: &Cell) -> Option<Cow<'_, str>> {
    match &cell.value {
        Value::Text(text) if is_blank(text) => None,
        Value::Text(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(yes) => Some(Cow::Borrowed(if *yes { "是" } else { "否" })),
        Value::Date(serial) => Some(Cow::Owned(serial.to_string())),
        Value::Error(error) => Some(Cow::Borrowed(error)),
        Value::Uncalculated => Some(Cow::Borrowed("")),
    }
}

/// Whether a cell is text (not a number, a date or an error).
pub(crate) fn is_text(cell: &Cell) -> bool {
    matches!(&cell.value, Value::Text(text) if !is_blank(text))
}

/// Whether a cell holds a number in any form that a table of figures has: also as text or percent.
pub(crate) fn is_figure(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(_) | Value::Uncalculated | Value::Date(_) => true,
        Value::Text(text) => {
            // Every figure ends in a digit, a point, a bracket, a unit of money or a percent sign.
            let ends_so = text
                .trim_end()
                .ends_with(|c: char| c.is_numeric() || matches!(c, '.' | '元' | '万' | '亿' | '%' | '％'));
            ends_so
                && !has_words(text)
                && (matches!(read_money(text), Reading::Plain(_)) || matches!(read_rate(text), Reading::Plain(_)))
        }
        Value::Error(_) => true,
        Value::Bool(_) => false,
    }
}

/// Whether a text has letters or marks that no plain figure has: 36号, 2026-03, 1#.
fn has_words(text: &str) -> bool {
    let strange = |c: char| match c {
        '元' | '万' | '亿' | '萬' | '億' | '整' | '人' | '民' | '币' => false,
        '0'..='9' | '+' | '-' | '.' | ',' | '%' | 'r' | 'm' | 'b' | 'R' | 'M' | 'B' => false,
        c => c.is_ascii_graphic() || matches!(c, '\u{4e00}'..='\u{9fa5}'),
    };
    text.contains(strange) || text.as_bytes().windows(2).any(|two| two[0].is_ascii_digit() && two[1] == b'-')
}
