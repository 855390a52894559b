//! Where the values of a book's merged rows stand, a line a column of a sheet.
//!
//! Takes the facts and what merging noted, gives the lines that the ledger keeps and that a county hands up; a
//! million values are looked at in passing, and only those that stand apart are written down one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Office, Outcome};
use crate::check::{Held, Origins, RowPlace};
use crate::ledger::CellOrigin;
use crate::merge::Facts;
use crate::origin::cell_address;
use crate::profile::Book;
use crate::text::TextMap;

/// The lines of all books.
pub(super) fn all(office: &Office, outcome: &Outcome) -> BTreeMap<String, Vec<CellOrigin>> {
    let of = |(id, facts): (&String, &Facts)| {
        Some((id.clone(), lines(office.profile.book(id)?, &outcome.merged.origins, facts)))
    };
    outcome.merged.facts.iter().filter_map(of).collect()
}

/// The lines of a book, sorted.
pub(super) fn lines(book: &Book, origins: &Origins, facts: &Facts) -> Vec<CellOrigin> {
    let fields = book.fields.iter().map(|field| Arc::<str>::from(field.id.as_str()));
    let mut pass = Pass {
        origins,
        fields: fields.map(|field| (facts.filled(&field), field)).collect(),
        taken: BTreeMap::new(),
        sheets: Vec::new(),
        lines: Vec::new(),
    };
    for (key, field, place) in origins.taken_of(&facts.book) {
        pass.taken.entry(key).or_default().push((field, place));
    }
    let mut known: TextMap<(&str, &str), usize> = TextMap::default();
    let [files, sheets, keys, numbers] = ["file", "sheet", "key", "row"].map(|column| facts.cells(column));
    for row in 0..facts.height() {
        let (file, sheet) = (files.text(row).unwrap_or_default(), sheets.text(row).unwrap_or_default());
        let at = *known.entry((file, sheet)).or_insert_with(|| pass.add(file, sheet));
        let number = numbers.whole(row).and_then(|row| u32::try_from(row).ok()).unwrap_or_default();
        pass.row(at, (row, number), keys.text(row).unwrap_or_default());
    }
    pass.finish()
}

/// A sheet, and where it holds each field.
struct Sheet<'o> {
    file: Arc<str>,
    name: Arc<str>,
    tables: Vec<&'o [Held]>,
    /// The column of each field that most of its values stand in, once one has been seen.
    columns: Vec<Option<Option<u32>>>,
}

struct Pass<'o> {
    origins: &'o Origins,
    /// Which rows have anything in a field, and the field.
    fields: Vec<(Vec<bool>, Arc<str>)>,
    /// The values of a key that come from other rows.
    taken: BTreeMap<&'o str, Vec<(&'o str, &'o RowPlace)>>,
    sheets: Vec<Sheet<'o>>,
    lines: Vec<CellOrigin>,
}

impl<'o> Pass<'o> {
    fn add(&mut self, file: &str, name: &str) -> usize {
        let (file, name): (Arc<str>, Arc<str>) = (file.into(), name.into());
        let tables = self.fields.iter().map(|(_, field)| self.origins.tables(&file, &name, field)).collect();
        self.sheets.push(Sheet { file, name, tables, columns: vec![None; self.fields.len()] });
        self.sheets.len() - 1
    }

    /// A row of the facts, which stands in a row of a sheet.
    fn row(&mut self, at: usize, (row, number): (usize, u32), key: &str) {
        let taken = self.taken.get(key).map_or(&[][..], Vec::as_slice);
        for (of, (filled, field)) in self.fields.iter().enumerate() {
            if filled.get(row) != Some(&true) {
                continue;
            }
            if let Some((_, from)) = taken.iter().find(|(taken, _)| *taken == &**field) {
                let place = self.origins.cell(from, field);
                let row = place.row().unwrap_or(from.row);
                let cell = address(row, place.column());
                self.lines.push(one((&from.file, &from.sheet, field), key, cell));
                continue;
            }
            let sheet = &mut self.sheets[at];
            let held = sheet.tables[of].iter().find(|(rows, _)| rows.contains(&number)).map(|(_, cell)| *cell);
            let column = held.map(|(_, column)| column);
            let own_row = held.and_then(|(row, _)| row);
            if own_row.is_none() && *sheet.columns[of].get_or_insert(column) == column {
                continue;
            }
            let cell = address(own_row.unwrap_or(number), column);
            self.lines.push(one((&sheet.file, &sheet.name, field), key, cell));
        }
    }

    fn finish(self) -> Vec<CellOrigin> {
        let mut lines = self.lines;
        for sheet in &self.sheets {
            let seen =
                sheet.columns.iter().zip(&self.fields).filter_map(|(column, (_, field))| Some(((*column)?, field)));
            lines.extend(seen.map(|(column, field)| CellOrigin {
                file: sheet.file.clone(),
                sheet: sheet.name.clone(),
                field: field.clone(),
                column: Some(CellOrigin::letters(column)),
                one: None,
            }));
        }
        lines.sort();
        lines
    }
}

/// A cell; only its row where the column is not known.
fn address(row: u32, column: Option<u32>) -> String {
    column.map_or_else(|| format!("第{row}行"), |column| cell_address(row, column))
}

fn one((file, sheet, field): (&Arc<str>, &Arc<str>, &Arc<str>), key: &str, cell: String) -> CellOrigin {
    let (file, sheet, field) = (file.clone(), sheet.clone(), field.clone());
    CellOrigin { file, sheet, field, column: None, one: Some((key.to_owned(), cell)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;
    use crate::ledger::origins_by_cell;

    /// Every value's cell by the lines is the one that merging noted, whatever the tables on the sheet are.
    #[test]
    fn the_lines_say_of_every_value_what_was_noted() {
        let book = sample::key_projects();
        let rows = ["水厂", "北路", "南桥"].map(|name| sample::Project { name, ..sample::sound() });
        let (frame, _) = sample::frame(&book, &rows);
        let facts = Facts { book: book.id.clone(), frame };
        let text = |column: &str, row: usize| facts.text(column, row).unwrap();
        let place = |row: usize| RowPlace {
            file: text("file", row).into(),
            sheet: text("sheet", row).into(),
            row: u32::try_from(facts.whole("row", row).unwrap()).unwrap(),
        };
        let mut noted = Origins::default();
        let (file, sheet) = (place(0).file, place(0).sheet);
        let (first, last) = (place(0).row, place(2).row);
        // 计划 in two tables, 完成 in one, 名称 on a card; one value from elsewhere.
        noted.note_column(&file, &sheet, "plan", first..=first, (None, 5));
        noted.note_column(&file, &sheet, "plan", first + 1..=last, (None, 9));
        noted.note_column(&file, &sheet, "done", first..=last, (None, 7));
        noted.note_column(&file, &sheet, "name", first..=last, (Some(2), 3));
        noted.note_column(&"乙.xlsx".into(), &"表".into(), "done", 9..=9, (None, 8));
        noted.note_taken(
            &book.id,
            text("key", 1),
            "done",
            RowPlace { file: "乙.xlsx".into(), sheet: "表".into(), row: 9 },
        );
        let lines = lines(&book, &noted, &facts);
        let fields: Vec<&str> = book.fields.iter().map(|field| field.id.as_str()).collect();
        let by_cell = origins_by_cell(&lines, &facts, &fields);
        let mut values = 0;
        for row in 0..facts.height() {
            for field in fields.iter().filter(|field| facts.filled(field)[row]) {
                let expected = noted.place(&book.id, text("key", row), &place(row), field);
                let cell = address(expected.row().unwrap(), expected.column());
                let found = by_cell.iter().find(|origin| origin.key == text("key", row) && origin.field == **field);
                let found = found.unwrap_or_else(|| panic!("{field} of row {row}"));
                assert_eq!((&*found.file, &found.cell), (&*expected.file, &cell), "{field} of row {row}");
                values += 1;
            }
        }
        assert_eq!(by_cell.len(), values);
        assert!(lines.len() < values, "{} lines for {values} values", lines.len());
        assert_eq!(by_cell.iter().filter(|origin| &*origin.cell == "H9").count(), 1, "the one from elsewhere");
    }
}
