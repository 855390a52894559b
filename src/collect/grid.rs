//! A sheet as it stands in its file: used cells, merges, what is hidden.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::text::SharedText;

/// What a cell holds, as typed in the file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, as written: no trimming, inner line breaks kept.
    Text(SharedText),
    /// A number that is not shown as a date.
    Number(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A number shown as a date, as a day count in the 1900 system (1904 files are converted),
    /// so that a year typed into a date cell can still be told from a date.
    Date(f64),
    /// An error cell: `#DIV/0!`, `#SPILL!` …
    Error(SharedText),
    /// A formula whose value the file does not hold: unknown, never 0.
    Uncalculated,
}

/// How a number is displayed, as far as that decides its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Nothing that changes the meaning.
    #[default]
    Plain,
    /// With a percent sign: 0.356 is shown as 35.6%.
    Percent,
    /// A date to the day.
    Day,
    /// A date to the month: `2026年3月`, `2026-03`.
    Month,
    /// A date to the year.
    Year,
    /// A number shown with exactly this many decimals (`0.00` gives 2): tells 2024.10 from 2024.1.
    Decimals(u8),
}

/// A used cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The column, A is 1.
    pub column: u32,
    /// What it holds.
    pub value: Value,
    /// How it is shown.
    pub shown: Shown,
    /// Whether it is a formula.
    pub formula: bool,
}

/// A row that has at least one used cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The row's number, from 1.
    pub number: u32,
    /// Its used cells, by column; cells with empty or white text are kept out.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in a column, if used.
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        // In a full row each cell stands in its column's place.
        let guess = self.cells.get((column as usize).wrapping_sub(1)).filter(|cell| cell.column == column);
        if guess.is_some() {
            return guess;
        }
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
    }
}

/// A merged region, corners included, all from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Merge {
    /// Whether the region covers a cell.
    pub fn covers(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

/// One sheet of a workbook, or a whole CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The sheet's name; of a CSV file its stem.
    pub sheet: Arc<str>,
    /// Whether the sheet itself is hidden.
    pub hidden: bool,
    /// The used rows in order.
    pub rows: Vec<Row>,
    /// Merged regions in order, more than one cell each, none overlapping another.
    pub merges: Vec<Merge>,
    /// Numbers of hidden rows.
    pub hidden_rows: BTreeSet<u32>,
    /// Numbers of hidden columns.
    pub hidden_columns: BTreeSet<u32>,
    /// Widths of columns, first and last, in digits of the usual font, where a format that cannot be given
    /// back as it is states them; nothing else rests on them.
    pub widths: Vec<(u32, u32, f64)>,
}

impl Grid {
    /// A sheet with nothing in it.
    pub fn empty(sheet: impl Into<Arc<str>>) -> Self {
        Self {
            sheet: sheet.into(),
            hidden: false,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_rows: BTreeSet::new(),
            hidden_columns: BTreeSet::new(),
            widths: Vec::new(),
        }
    }

    /// The row of a number, if used.
    pub fn row(&self, number: u32) -> Option<&Row> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|at| &self.rows[at])
    }

    /// The cell at a row and column, if used.
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.row(row)?.cell(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A province's sheets have tens of millions of cells.
    #[test]
    fn a_cell_is_24_bytes() {
        assert_eq!((size_of::<Value>(), size_of::<Cell>()), (16, 24));
    }
}
