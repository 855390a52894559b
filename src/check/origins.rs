//! Where each field of a merged row stands: made when the tables are merged, carried from there.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::finding::Place;

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// The file.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The row, from 1.
    pub row: u32,
}

/// The rows of a table, the column in which it holds a field, and the row where that is not each record's own.
pub type Held = (RangeInclusive<u32>, (Option<u32>, u32));

/// The columns of every sheet, and the fields that a merged row took from another row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    /// By file, sheet and field: of each table on the sheet, its rows and the column.
    columns: BTreeMap<(Arc<str>, Arc<str>, String), Vec<Held>>,
    /// By book, key and field.
    taken: BTreeMap<(String, String, String), RowPlace>,
}

impl Origins {
    /// Notes that a table on a sheet, which takes some rows of it, has a field in a column; on a card, in one row.
    pub fn note_column(
        &mut self,
        file: &Arc<str>,
        sheet: &Arc<str>,
        field: &str,
        rows: RangeInclusive<u32>,
        cell: (Option<u32>, u32),
    ) {
        self.columns.entry((file.clone(), sheet.clone(), field.to_owned())).or_default().push((rows, cell));
    }

    /// Notes that a merged row's field comes from another row than the one it is known by.
    pub fn note_taken(&mut self, book: &str, key: &str, field: &str, from: RowPlace) {
        self.taken.insert((book.to_owned(), key.to_owned(), field.to_owned()), from);
    }

    /// The cell that a field of a merged row comes from; without a column where the sheet lacks it.
    pub fn place(&self, book: &str, key: &str, known_by: &RowPlace, field: &str) -> Place {
        let taken = self.taken.get(&(book.to_owned(), key.to_owned(), field.to_owned()));
        self.cell(taken.unwrap_or(known_by), field)
    }

    /// The tables of a sheet that hold a field, each with its rows and where it holds it.
    pub fn tables(&self, file: &Arc<str>, sheet: &Arc<str>, field: &str) -> &[Held] {
        self.columns.get(&(file.clone(), sheet.clone(), field.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The values of a book that come from another row than the one that theirs is known by: key, field, place.
    pub fn taken_of<'o>(&'o self, book: &str) -> impl Iterator<Item = (&'o str, &'o str, &'o RowPlace)> + use<'o> {
        let from = (book.to_owned(), String::new(), String::new());
        let of_book = self.taken.range(from.clone()..).take_while(move |((book, _, _), _)| *book == from.0);
        of_book.map(|((_, key, field), place)| (key.as_str(), field.as_str(), place))
    }

    /// The cell of a field in a row of a sheet.
    pub fn cell(&self, at: &RowPlace, field: &str) -> Place {
        let place = Place::sheet(&at.file, &at.sheet).at_row(at.row).of_field(field);
        let tables = self.columns.get(&(at.file.clone(), at.sheet.clone(), field.to_owned()));
        match tables.into_iter().flatten().find(|(rows, _)| rows.contains(&at.row)) {
            Some(&(_, (row, column))) => place.at_row(row.unwrap_or(at.row)).at_column(column),
            None => place,
        }
    }
}
