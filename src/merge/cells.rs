//! A column of the facts, looked up once: for whoever reads many of its cells.

use polars::prelude::{BooleanChunked, Float64Chunked, Int64Chunked, StringChunked};

use super::Facts;

/// The cells of a column.
#[derive(Debug, Clone, Copy)]
pub enum Cells<'f> {
    /// There is no such column, or one of a type that no field has.
    None,
    /// Text, choices, dates.
    Text(&'f StringChunked),
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
        let Ok(column) = self.frame.column(column) else { return Cells::None };
        let text = || column.str().ok().map(Cells::Text);
        let whole = || column.i64().ok().map(Cells::Whole);
        let number = || column.f64().ok().map(Cells::Number);
        let truth = || column.bool().ok().map(Cells::Truth);
        text().or_else(whole).or_else(number).or_else(truth).unwrap_or(Cells::None)
    }
}

impl<'f> Cells<'f> {
    /// A text cell; `None` where empty or of another type.
    pub fn text(self, row: usize) -> Option<&'f str> {
        if let Self::Text(cells) = self { cells.get(row) } else { None }
    }

    /// A whole number.
    pub fn whole(self, row: usize) -> Option<i64> {
        if let Self::Whole(cells) = self { cells.get(row) } else { None }
    }

    /// A rate or a number.
    pub fn number(self, row: usize) -> Option<f64> {
        if let Self::Number(cells) = self { cells.get(row) } else { None }
    }

    /// A yes or no of a derived column.
    pub fn truth(self, row: usize) -> Option<bool> {
        if let Self::Truth(cells) = self { cells.get(row) } else { None }
    }

    /// A yes or no, however SQL gave it: a whole number of 0 or 1 is one too.
    pub fn flag(self, row: usize) -> Option<bool> {
        match self {
            Self::Truth(cells) => cells.get(row),
            Self::Whole(cells) => cells.get(row).filter(|number| (0..=1).contains(number)).map(|number| number == 1),
            _ => None,
        }
    }

    /// Whether any row has anything in it: empty text is nothing.
    pub fn any(self) -> bool {
        match self {
            Self::None => false,
            Self::Text(cells) => cells.iter().flatten().any(|text| !text.is_empty()),
            Self::Whole(cells) => cells.null_count() < cells.len(),
            Self::Number(cells) => cells.null_count() < cells.len(),
            Self::Truth(cells) => cells.null_count() < cells.len(),
        }
    }
}

#[cfg(test)]
mod tests {
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
}
