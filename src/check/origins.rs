//! Where each field of a merged row stands: made when the tables are merged, carried from there.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::finding::Place;
use crate::text::{TextMap, TextSet};

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

/// The fields of a sheet, few enough to be looked through, each with the tables that hold it.
type Fields = Vec<(Arc<str>, Vec<Held>)>;

/// The columns of every sheet, and the fields that a merged row took from another row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    /// By file and sheet.
    columns: TextMap<Arc<str>, TextMap<Arc<str>, Fields>>,
    /// By book, key and field.
    taken: BTreeMap<String, BTreeMap<String, BTreeMap<String, RowPlace>>>,
    /// Each name of a field once.
    fields: TextSet<Arc<str>>,
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
        let sheets = self.columns.entry(file.clone()).or_default();
        let fields = sheets.entry(sheet.clone()).or_default();
        match fields.iter_mut().find(|(known, _)| **known == *field) {
            Some((_, tables)) => tables.push((rows, cell)),
            None => {
                let known = self.fields.get(field).cloned().unwrap_or_else(|| field.into());
                self.fields.insert(known.clone());
                fields.push((known, vec![(rows, cell)]));
            }
        }
    }

    /// Notes that a merged row's field comes from another row than the one it is known by.
    pub fn note_taken(&mut self, book: &str, key: &str, field: &str, from: RowPlace) {
        let of_book = self.taken.entry(book.to_owned()).or_default();
        of_book.entry(key.to_owned()).or_default().insert(field.to_owned(), from);
    }

    /// The tables of a sheet that hold a field, each with its rows and where it holds it.
    pub fn tables(&self, file: &Arc<str>, sheet: &Arc<str>, field: &str) -> &[Held] {
        self.held(file, sheet, field).map_or(&[], |(_, tables)| tables)
    }

    fn held(&self, file: &Arc<str>, sheet: &Arc<str>, field: &str) -> Option<&(Arc<str>, Vec<Held>)> {
        self.columns.get(file)?.get(sheet)?.iter().find(|(known, _)| **known == *field)
    }

    /// The values of a book that come from another row than the one that theirs is known by: key, field, place.
    pub fn taken_of<'o>(&'o self, book: &str) -> impl Iterator<Item = (&'o str, &'o str, &'o RowPlace)> + use<'o> {
        let of_book = self.taken.get(book).into_iter().flatten();
        of_book.flat_map(|(key, fields)| fields.iter().map(|(field, place)| (key.as_str(), field.as_str(), place)))
    }

    /// The cell that a field of a merged row comes from; without a column where the sheet lacks it.
    pub fn place(&self, book: &str, key: &str, known_by: &RowPlace, field: &str) -> Place {
        let taken = self.taken.get(book).and_then(|of_book| of_book.get(key)?.get(field));
        self.cell(taken.unwrap_or(known_by), field)
    }

    /// The cell of a field in a row of a sheet.
    pub fn cell(&self, at: &RowPlace, field: &str) -> Place {
        let place = Place::sheet(&at.file, &at.sheet).at_row(at.row);
        let Some((field, tables)) = self.held(&at.file, &at.sheet, field) else { return place.of_field(field) };
        let place = place.with_field(Some(field.clone()));
        match tables.iter().find(|(rows, _)| rows.contains(&at.row)) {
            Some(&(_, (row, column))) => place.at_row(row.unwrap_or(at.row)).at_column(column),
            None => place,
        }
    }
}
