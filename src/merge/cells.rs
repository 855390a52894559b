//! A column of the facts, looked up once: for whoever reads many of its cells.

use polars::prelude::{AnyValue, BooleanChunked, Column, DataType, Float64Chunked, Int64Chunked, StringChunked};

use super::Facts;
use crate::check::FewTexts;

/// The cells of a column.
#[derive(Debug, Clone, Copy)]
pub enum Cells<'f> {
    /// There is no such column, or one of a type that no field has.
    None,
    /// One cell for all rows, however many, and its type: so that a column that nobody filled takes no memory.
    Same(&'f AnyValue<'static>, &'f DataType),
    /// Text, choices, dates.
    Text(&'f StringChunked),
    /// The same, where few of them differ.
    Few(FewTexts<'f>),
    /// Yuan and counts.
    Whole(&'f Int64Chunked),
    /// Rates and numbers.
    Number(&'f Float64Chunked),
    /// Yes or no, of derived columns.
    Truth(&'f BooleanChunked),
}

impl Facts {
    /// A column's cells.
    pub fn cells(&self, column: &str) -> Cells<'_> {
        let cells = match self.frame.column(column) {
            Err(_) => return Cells::None,
            // Of no rows none is the same.
            Ok(Column::Scalar(same)) if !same.is_empty() => return Cells::Same(same.scalar().value(), same.dtype()),
            Ok(cells) => cells,
        };
        let text = || FewTexts::of(cells).map(Cells::Few).or_else(|| cells.str().ok().map(Cells::Text));
        let whole = || cells.i64().ok().map(Cells::Whole);
        let number = || cells.f64().ok().map(Cells::Number);
        let truth = || cells.bool().ok().map(Cells::Truth);
        text().or_else(whole).or_else(number).or_else(truth).unwrap_or(Cells::None)
    }
}

impl<'f> Cells<'f> {
    /// A text cell; `None` where empty or of another type.
    pub fn text(self, row: usize) -> Option<&'f str> {
        match self {
            Self::Text(cells) => cells.get(row),
            Self::Few(cells) => cells.get(row),
            Self::Same(cell, _) => cell.get_str(),
            _ => None,
        }
    }

    /// A whole number.
    pub fn whole(self, row: usize) -> Option<i64> {
        match self {
            Self::Whole(cells) => cells.get(row),
            Self::Same(AnyValue::Int64(whole), _) => Some(*whole),
            _ => None,
        }
    }

    /// A rate or a number.
    pub fn number(self, row: usize) -> Option<f64> {
        match self {
            Self::Number(cells) => cells.get(row),
            Self::Same(AnyValue::Float64(number), _) => Some(*number),
            _ => None,
        }
    }

    /// A yes or no of a derived column.
    pub fn truth(self, row: usize) -> Option<bool> {
        match self {
            Self::Truth(cells) => cells.get(row),
            Self::Same(AnyValue::Boolean(truth), _) => Some(*truth),
            _ => None,
        }
    }

    /// A yes or no, however SQL gave it: a whole number of 0 or 1 is one too.
    pub fn flag(self, row: usize) -> Option<bool> {
        let number = || self.whole(row).filter(|number| (0..=1).contains(number)).map(|number| number == 1);
        self.truth(row).or_else(number)
    }

    /// Whether any row has anything in it: empty text is nothing.
    pub fn any(self) -> bool {
        match self {
            Self::None => false,
            Self::Same(cell, _) => !cell.is_null() && cell.get_str() != Some(""),
            Self::Text(cells) => cells.iter().flatten().any(|text| !text.is_empty()),
            Self::Few(cells) => cells.any(),
            Self::Whole(cells) => cells.null_count() < cells.len(),
            Self::Number(cells) => cells.null_count() < cells.len(),
            Self::Truth(cells) => cells.null_count() < cells.len(),
        }
    }

    /// Whether it is a column of text.
    pub fn are_text(self) -> bool {
        matches!(self, Self::Text(_) | Self::Few(_) | Self::Same(_, DataType::String | DataType::Enum(..)))
    }

    /// Whether it is a column of yes or no.
    pub fn are_truth(self) -> bool {
        matches!(self, Self::Truth(_) | Self::Same(_, DataType::Boolean))
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{DataFrame, PlSmallStr, Scalar};

    use super::*;
    use crate::check::sample;

    #[test]
    fn a_column_has_the_cells_that_the_facts_have() {
        let book = sample::key_projects();
        let rows = [sample::sound(), sample::Project { done: None, ..sample::sound() }];
        let (frame, _) = sample::frame(&book, &rows);
        let facts = Facts { book: book.id, frame };
        let (name, done) = (facts.cells("name"), facts.cells("done"));
        for row in 0..facts.height() {
            assert_eq!(name.text(row), facts.text("name", row));
            assert_eq!(done.whole(row), facts.whole("done", row));
            assert_eq!((name.whole(row), done.text(row)), (None, None));
        }
        assert!(done.any() && !facts.cells("no_such_column").any());
        assert!((0..2).any(|row| done.whole(row).is_none()), "the second has no amount");
    }

    #[test]
    fn one_cell_for_all_rows_is_read_as_any_other() {
        let column = |name: &str, cell: Scalar| Column::new_scalar(name.into(), cell, 3);
        let cells = vec![
            column("period", Scalar::from(PlSmallStr::from_static("2026-05"))),
            column("plan", Scalar::from(7i64)),
            column("rate", Scalar::from(0.5f64)),
            column("behind", Scalar::from(true)),
            column("blank", Scalar::null(DataType::String)),
            column("unknown", Scalar::null(DataType::Boolean)),
        ];
        let one = Facts { book: "b".to_owned(), frame: DataFrame::new(3, cells).unwrap() };
        let each = one.frame.columns().iter().map(|column| column.as_materialized_series().clone().into()).collect();
        let many = Facts { book: "b".to_owned(), frame: DataFrame::new(3, each).unwrap() };
        for column in one.frame.columns().iter().map(|column| column.name().as_str()) {
            let (same, each) = (one.cells(column), many.cells(column));
            assert!(matches!(same, Cells::Same(..)) && !matches!(each, Cells::Same(..)), "{column}");
            assert_eq!((same.text(2), same.whole(2)), (each.text(2), each.whole(2)), "{column}");
            assert_eq!((same.number(2), same.truth(2)), (each.number(2), each.truth(2)), "{column}");
            assert_eq!((same.flag(2), same.any()), (each.flag(2), each.any()), "{column}");
            assert_eq!((same.are_text(), same.are_truth()), (each.are_text(), each.are_truth()), "{column}");
        }
    }
}
