//! Where each field of a merged row stands: made when the tables are merged, carried from there.

use std::collections::{HashMap, HashSet};
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

/// A field of a table on a sheet: the table's rows, the column, and the row where that is not each record's own.
#[derive(Debug, Clone, PartialEq)]
struct Held {
    field: Arc<str>,
    rows: RangeInclusive<u32>,
    row: Option<u32>,
    column: u32,
}

/// The fields of each sheet of a file.
type Sheets = HashMap<Arc<str>, Vec<Held>>;

/// The columns of every sheet, and the fields that a merged row took from another row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Origins {
    /// By file.
    columns: HashMap<Arc<str>, Sheets>,
    /// By book and key: the fields that come from elsewhere.
    taken: HashMap<String, HashMap<String, Vec<(String, RowPlace)>>>,
    /// Each name of a field once.
    fields: HashSet<Arc<str>>,
}

impl Origins {
    /// Notes that a table on a sheet, which takes some rows of it, has a field in a column; on a card, in one row.
    pub fn note_column(
        &mut self,
        file: &Arc<str>,
        sheet: &Arc<str>,
        field: &str,
        rows: RangeInclusive<u32>,
        (row, column): (Option<u32>, u32),
    ) {
        let field = self.fields.get(field).cloned().unwrap_or_else(|| {
            let field: Arc<str> = field.into();
            self.fields.insert(field.clone());
            field
        });
        let sheets = self.columns.entry(file.clone()).or_default();
        sheets.entry(sheet.clone()).or_default().push(Held { field, rows, row, column });
    }

    /// Notes that a merged row's field comes from another row than the one it is known by.
    pub fn note_taken(&mut self, book: &str, key: &str, field: &str, from: RowPlace) {
        let of_book = self.taken.entry(book.to_owned()).or_default();
        let of_key = of_book.entry(key.to_owned()).or_default();
        of_key.retain(|(known, _)| known != field);
        of_key.push((field.to_owned(), from));
    }

    /// The cell that a field of a merged row comes from; without a column where the sheet lacks it.
    pub fn place(&self, book: &str, key: &str, known_by: &RowPlace, field: &str) -> Place {
        let taken = self.taken.get(book).and_then(|of_book| of_book.get(key));
        let taken = taken.and_then(|fields| fields.iter().find(|(known, _)| known == field));
        self.cell(taken.map_or(known_by, |(_, from)| from), field)
    }

    /// The cell of a field in a row of a sheet.
    pub fn cell(&self, at: &RowPlace, field: &str) -> Place {
        let place = Place::sheet(&at.file, &at.sheet).at_row(at.row);
        let held = self.columns.get(&at.file).and_then(|sheets| sheets.get(&at.sheet));
        let is_it = |held: &&Held| *held.field == *field && held.rows.contains(&at.row);
        match held.and_then(|held| held.iter().find(is_it)) {
            Some(held) => Place {
                row: Some(held.row.unwrap_or(at.row)),
                column: Some(held.column),
                field: Some(held.field.clone()),
                ..place
            },
            None => place.of_field(field),
        }
    }
}
