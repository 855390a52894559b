//! Record: each data cell typed by its field, in columns, with the row it came from.
//!
//! Takes a grid and its layout, gives a [`Table`].

mod numbers;
mod rates;
mod read;
mod sections;
mod stated;
mod sums;
mod texts;

use std::sync::Arc;

pub use numbers::Numbers;
pub use read::read;
pub use stated::{StatedColumn, StatedFigure};
pub use texts::Texts;

use crate::finding::Finding;
use crate::layout::RowKind;
pub use crate::value::Date;

/// The typed rows of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The book's id.
    pub book: String,
    /// The file it came from, as in its [`SourceFile`](crate::collect::SourceFile).
    pub file: Arc<str>,
    /// The sheet it came from.
    pub sheet: Arc<str>,
    /// Who reported it, as written; empty where nothing tells.
    pub reporting_unit: Arc<str>,
    /// The sheet's row of each record, in order.
    pub rows: Vec<u32>,
    /// The nearest section title above each record, without its numbering and count.
    pub sections: Texts,
    /// One column for each field that the sheet has, in the book's order, each as long as `rows`.
    pub columns: Vec<TypedColumn>,
    /// How many rows of each kind the sheet has, for the row account.
    pub row_kinds: Vec<(RowKind, usize)>,
    /// The rates, shares and totals that the sheet states, recomputed.
    pub stated: Vec<StatedColumn>,
    /// What reading the cells had to say.
    pub findings: Vec<Finding>,
}

impl Table {
    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<&TypedColumn> {
        self.columns.iter().find(|column| column.field == field)
    }

    /// The same without some of its records, which are taken out of its row account and its findings too.
    pub fn without(mut self, records: &[usize]) -> Self {
        let gone: Vec<bool> = (0..self.rows.len()).map(|record| records.contains(&record)).collect();
        let rows: Vec<u32> = gone.iter().zip(&self.rows).filter(|(gone, _)| **gone).map(|(_, row)| *row).collect();
        self.findings.retain(|finding| finding.place.row().is_none_or(|row| !rows.contains(&row)));
        for (kind, count) in &mut self.row_kinds {
            if *kind == RowKind::Data {
                *count = count.saturating_sub(rows.len());
            }
        }
        for column in &mut self.stated {
            column.figures.retain(|figure| !rows.contains(&figure.row));
        }
        keep(&mut self.rows, &gone);
        self.sections.keep(&gone);
        for column in &mut self.columns {
            match &mut column.values {
                Values::Amount(cells) | Values::Count(cells) => cells.keep(&gone),
                Values::Number(cells) => cells.keep(&gone),
                Values::Date(cells) => keep(cells, &gone),
                Values::Text(cells) => cells.keep(&gone),
            }
        }
        self
    }
}

/// Leaves out the cells of records that are gone.
fn keep<T>(cells: &mut Vec<T>, gone: &[bool]) {
    let mut gone = gone.iter();
    cells.retain(|_| !gone.next().copied().unwrap_or_default());
}

/// A field's values.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedColumn {
    /// The field's id.
    pub field: String,
    /// The sheet's column, A is 1.
    pub column: u32,
    /// The one row in which it stands, where that is not each record's own: on a card.
    pub row: Option<u32>,
    /// A value a record; `None` is empty or unreadable (then with a finding).
    pub values: Values,
}

/// The values of a column, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Whole yuan.
    Amount(Numbers<i64>),
    /// Fractions; numbers in a row's own unit.
    Number(Numbers<f64>),
    /// Whole numbers.
    Count(Numbers<i64>),
    /// Dates with their precision.
    Date(Vec<Option<Date>>),
    /// Text and choices, in canonical form.
    Text(Texts),
}
