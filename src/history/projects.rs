//! The project that stands in a row of a sheet, looked up where a finding's is asked for.
//!
//! Few findings are ever asked for theirs, so that none holds its name.

use std::ops::Range;
use std::sync::Arc;

use crate::finding::{Finding, Place};
use crate::merge::{Cells, Merged};
use crate::profile::Profile;
use crate::text::TextMap;

/// The merged rows of every sheet, and what they are about.
pub struct Projects<'a> {
    books: Vec<Book<'a>>,
    /// By file and sheet: rows of the facts that follow one another, in the order of the books.
    runs: TextMap<(&'a str, &'a str), Vec<Run>>,
}

/// A book's rows: the sheet's row of each, and what it is about.
struct Book<'a> {
    numbers: Cells<'a>,
    subjects: Cells<'a>,
}

/// Rows of one sheet that follow one another in a book's facts.
struct Run {
    book: usize,
    rows: Range<usize>,
    ascends: bool,
}

impl Book<'_> {
    fn number(&self, row: usize) -> i64 {
        self.numbers.whole(row).unwrap_or_default()
    }

    /// The last row of a run that is the sheet's row of a number.
    fn last(&self, run: &Run, number: i64) -> Option<usize> {
        let mut rows = run.rows.clone();
        if !run.ascends {
            return rows.rfind(|row| self.number(*row) == number);
        }
        let (mut from, mut to) = (rows.start, rows.end);
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.number(middle) <= number { from = middle + 1 } else { to = middle }
        }
        from.checked_sub(1).filter(|row| run.rows.contains(row) && self.number(*row) == number)
    }
}

impl<'a> Projects<'a> {
    /// The projects of a month.
    pub fn of(profile: &Profile, merged: &'a Merged) -> Self {
        let mut projects = Self { books: Vec::new(), runs: TextMap::default() };
        for (id, facts) in &merged.facts {
            let Some(book) = profile.book(id) else { continue };
            let (file, sheet) = (facts.cells("file"), facts.cells("sheet"));
            let sheets = (0..facts.height())
                .map(|row| (file.text(row).unwrap_or_default(), sheet.text(row).unwrap_or_default()));
            projects.take(Book { numbers: facts.cells("row"), subjects: facts.cells(&book.subject) }, sheets);
        }
        projects
    }

    fn take(&mut self, book: Book<'a>, sheets: impl Iterator<Item = (&'a str, &'a str)>) {
        let at = self.books.len();
        let mut sheets = sheets.enumerate().peekable();
        while let Some((first, sheet)) = sheets.next() {
            let (mut end, mut ascends) = (first + 1, true);
            while sheets.next_if(|(_, next)| *next == sheet).is_some() {
                ascends &= book.number(end - 1) <= book.number(end);
                end += 1;
            }
            self.runs.entry(sheet).or_default().push(Run { book: at, rows: first..end, ascends });
        }
        self.books.push(book);
    }

    /// The project of a finding: the one that it was said to be about, else that of the row that it points to.
    pub fn about(&self, finding: &Finding) -> Option<Arc<str>> {
        let of_row = || self.at(&finding.place).map(Into::into);
        finding.project().cloned().or_else(of_row)
    }

    /// What the row of a place is about; of several, the last of the last book.
    fn at(&self, place: &Place) -> Option<&'a str> {
        let number = i64::from(place.row()?);
        let runs = self.runs.get(&(&*place.file, place.sheet.as_deref().unwrap_or_default()))?;
        let found = |run: &Run| Some((&self.books[run.book], self.books[run.book].last(run, number)?));
        let (book, row) = runs.iter().rev().find_map(found)?;
        book.subjects.text(row)
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Int64Chunked, NewChunkedArray, StringChunked};

    use super::*;

    #[test]
    fn a_row_is_about_what_the_last_of_its_number_says() {
        let numbers: Vec<i64> = vec![5, 6, 6, 9, 4, 9, 7];
        let subjects = ["甲", "乙", "丙", "丁", "戊", "己", "庚"].map(Some);
        let numbers = Int64Chunked::from_slice("row".into(), &numbers);
        let subjects = StringChunked::from_slice_options("name".into(), &subjects);
        let book = Book { numbers: Cells::Whole(&numbers), subjects: Cells::Text(&subjects) };
        let mut projects = Projects { books: Vec::new(), runs: TextMap::default() };
        // The second sheet's rows are in no order, and the first goes on behind it.
        projects.take(book, ["一", "一", "一", "二", "二", "二", "一"].map(|sheet| ("册.xlsx", sheet)).into_iter());
        let about = |sheet: &str, row| {
            let place = Place::sheet(&"册.xlsx".into(), &sheet.into()).at_row(row);
            let finding = Finding::new(crate::finding::Level::Note, "rule", place, "", "");
            projects.about(&finding).map(|name| name.to_string())
        };
        let of = |sheet, rows: Range<u32>| rows.map(|row| about(sheet, row).unwrap_or_default()).collect::<Vec<_>>();
        assert_eq!(of("一", 4..9), ["", "甲", "丙", "庚", ""]);
        assert_eq!(of("二", 4..10), ["戊", "", "", "", "", "己"]);
        assert_eq!(of("三", 4..5), [""]);
    }
}
