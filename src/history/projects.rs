//! The project that stands in a row of a sheet, looked up where a finding's is asked for: no finding holds its name.

use std::sync::Arc;

use crate::finding::{Finding, Place};
use crate::merge::{Cells, Merged};
use crate::profile::Profile;
use crate::text::TextMap;

/// The merged rows of every sheet, and what they are about.
pub struct Projects<'a> {
    /// What the rows of each book are about.
    subjects: Vec<Cells<'a>>,
    /// By file and sheet, in order.
    rows: TextMap<(&'a str, &'a str), Vec<Row>>,
}

/// A merged row: its number on its sheet, its book, and its place in the book's facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    number: u32,
    book: u32,
    row: u32,
}

impl<'a> Projects<'a> {
    /// The projects of a month.
    pub fn of(profile: &Profile, merged: &'a Merged) -> Self {
        let mut projects = Self { subjects: Vec::new(), rows: TextMap::default() };
        for (id, facts) in &merged.facts {
            let Some(book) = profile.book(id) else { continue };
            let (file, sheet) = (facts.cells("file"), facts.cells("sheet"));
            let sheets = (0..facts.height())
                .map(|row| (file.text(row).unwrap_or_default(), sheet.text(row).unwrap_or_default()));
            projects.take((facts.cells("row"), facts.cells(&book.subject)), sheets);
        }
        projects.sort();
        projects
    }

    /// Puts the rows of each sheet in order: facts are in the order of their keys.
    fn sort(&mut self) {
        self.rows.values_mut().for_each(|rows| rows.sort_unstable());
    }

    /// Takes a book's rows: their numbers and subjects, and the sheet of each.
    fn take(&mut self, (numbers, subjects): (Cells<'a>, Cells<'a>), sheets: impl Iterator<Item = (&'a str, &'a str)>) {
        let book = self.subjects.len() as u32;
        for (row, sheet) in (0..).zip(sheets) {
            let number = numbers.whole(row as usize).and_then(|number| u32::try_from(number).ok());
            let row = number.map(|number| Row { number, book, row });
            self.rows.entry(sheet).or_default().extend(row);
        }
        self.subjects.push(subjects);
    }

    /// The project of a finding: the one that it was said to be about, else that of the row that it points to.
    pub fn about(&self, finding: &Finding) -> Option<Arc<str>> {
        let of_row = || self.at(&finding.place).map(Into::into);
        finding.project().cloned().or_else(of_row)
    }

    /// What the row of a place is about; of several, the last of the last book.
    fn at(&self, place: &Place) -> Option<&'a str> {
        let number = place.row()?;
        let rows = self.rows.get(&(&*place.file, place.sheet.as_deref().unwrap_or_default()))?;
        let behind = rows.partition_point(|row| row.number <= number);
        let found = rows[..behind].last().filter(|row| row.number == number)?;
        self.subjects[found.book as usize].text(found.row as usize)
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Int64Chunked, NewChunkedArray, StringChunked};

    use super::*;

    #[test]
    fn a_row_is_about_what_the_last_of_its_number_says() {
        let numbers = [5i64, 6, 6, 9, 4, 9, 7].map(Some);
        let numbers = Int64Chunked::from_slice_options("row".into(), &numbers);
        let of_book = |subjects: [&str; 7]| StringChunked::from_slice_options("name".into(), &subjects.map(Some));
        let (first, second) = (of_book(["甲", "乙", "丙", "丁", "戊", "己", "庚"]), of_book(["辛"; 7]));
        let mut projects = Projects { subjects: Vec::new(), rows: TextMap::default() };
        // The second sheet's rows are in no order, and the first goes on behind it.
        let sheets = ["一", "一", "一", "二", "二", "二", "一"].map(|sheet| ("册.xlsx", sheet));
        projects.take((Cells::Whole(&numbers), Cells::Text(&first)), sheets.into_iter());
        let later = ["四", "四", "四", "四", "四", "二", "四"].map(|sheet| ("册.xlsx", sheet));
        projects.take((Cells::Whole(&numbers), Cells::Text(&second)), later.into_iter());
        projects.sort();
        let about = |sheet: &str, row| {
            let place = Place::sheet(&"册.xlsx".into(), &sheet.into()).at_row(row);
            let finding = Finding::new(crate::finding::Level::Note, "rule", place, "", "");
            projects.about(&finding).map(|name| name.to_string())
        };
        let of = |sheet, rows: std::ops::Range<u32>| -> Vec<String> {
            rows.map(|row| about(sheet, row).unwrap_or_default()).collect()
        };
        assert_eq!(of("一", 4..9), ["", "甲", "丙", "庚", ""]);
        assert_eq!(of("二", 4..10), ["戊", "", "", "", "", "辛"], "of two books the last");
        assert_eq!(of("三", 4..5), [""]);
    }
}
