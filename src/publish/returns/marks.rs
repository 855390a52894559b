//! The marked cells of a worksheet: their format changed, and made where they are not there.
//!
//! Takes the part as text and the cells with their levels, gives it with nothing else changed.

use std::collections::BTreeMap;

use super::sheet::{Sheet, column_number, row_number};
use super::styles::{Styles, set};
use crate::finding::Level;
use crate::origin::cell_address;
use crate::package::{Edits, PackageError, Tag, TagKind, Tags};

/// The cells to mark, by row and column, each with its level.
pub(super) type Marks = BTreeMap<u32, BTreeMap<u32, Level>>;

/// Marks cells, and takes off the marks of an earlier return where `again`; adds to the edits of the sheet.
pub(super) fn mark(
    text: &str,
    sheet: &Sheet,
    styles: &mut Styles,
    marks: &Marks,
    again: bool,
    edits: &mut Edits,
) -> Result<(), PackageError> {
    let mut pass = Pass { sheet, styles, marks, again, edits, row: 0, column: 0, row_format: None };
    let mut tags = Tags::of(text);
    while let Some(tag) = tags.next() {
        let tag = tag?;
        match (tag.local(), tag.kind) {
            ("row", TagKind::Open | TagKind::Empty) => {
                pass.row(&tag)?;
                if !pass.concerns_row() {
                    tags.pass_over(&tag);
                }
            }
            ("row", TagKind::Close) => pass.missing_cells(u32::MAX, tag.range.start),
            ("c", TagKind::Open | TagKind::Empty) => {
                pass.cell(&tag)?;
                tags.pass_over(&tag);
            }
            ("sheetData", TagKind::Close) => {
                let rows = pass.missing_rows(u32::MAX);
                pass.edits.insert(tag.range.start, rows);
                return Ok(());
            }
            ("sheetData", TagKind::Empty) if !marks.is_empty() => {
                let rows = pass.missing_rows(u32::MAX);
                pass.edits.replace(tag.range.end - 2..tag.range.end, format!(">{rows}</{}>", tag.name));
                return Ok(());
            }
            _ => {}
        }
    }
    Ok(())
}

struct Pass<'a> {
    sheet: &'a Sheet,
    styles: &'a mut Styles,
    marks: &'a Marks,
    again: bool,
    edits: &'a mut Edits,
    /// The row and the column that were last seen; 0 before the first.
    row: u32,
    column: u32,
    /// The format of the row's cells that have none of their own.
    row_format: Option<usize>,
}

/// Rows or cells that go back in their order cannot be put in place.
fn ascending(before: u32, now: u32) -> Result<(), PackageError> {
    match now > before {
        true => Ok(()),
        false => Err(PackageError::Unexpected("sheetData".to_owned())),
    }
}

/// What stands between two keys; looked up, since it is asked at every row and every cell.
fn between<T>(map: &BTreeMap<u32, T>, behind: u32, before: u32) -> impl Iterator<Item = (&u32, &T)> {
    let from = behind.saturating_add(1);
    map.range(from.min(before)..before)
}

impl Pass<'_> {
    fn row(&mut self, tag: &Tag) -> Result<(), PackageError> {
        let row = row_number(tag, self.row);
        ascending(self.row, row)?;
        let missing = self.missing_rows(row);
        if !missing.is_empty() {
            self.edits.insert(tag.range.start, missing);
        }
        (self.row, self.column) = (row, 0);
        let own = tag.attribute("customFormat").is_some_and(|said| said == "1" || said == "true");
        self.row_format = tag.attribute("s").filter(|_| own).and_then(|said| said.parse().ok());
        if tag.kind == TagKind::Empty && self.marks.contains_key(&row) {
            let cells = self.cells(u32::MAX);
            self.edits.replace(tag.range.end - 2..tag.range.end, format!(">{cells}</{}>", tag.name));
        }
        Ok(())
    }

    /// Whether a cell of the row may change.
    fn concerns_row(&self) -> bool {
        self.again || self.marks.contains_key(&self.row)
    }

    fn cell(&mut self, tag: &Tag) -> Result<(), PackageError> {
        let column = column_number(tag, self.column);
        ascending(self.column, column)?;
        self.missing_cells(column, tag.range.start);
        self.column = column;
        let level = self.marks.get(&self.row).and_then(|cells| cells.get(&column)).copied();
        if level.is_none() && !self.again {
            return Ok(());
        }
        let own = tag.attribute("s").and_then(|said| said.parse().ok()).unwrap_or(0);
        let plain = if self.again { self.styles.unmarked(own) } else { own };
        let wanted = level.and_then(|level| self.styles.marked(plain, level)).unwrap_or(plain);
        if wanted != own {
            set(self.edits, tag, "s", &wanted.to_string());
        }
        Ok(())
    }

    /// Puts in the marked cells between the last seen column and another one.
    fn missing_cells(&mut self, before: u32, at: usize) {
        let cells = self.cells(before);
        if !cells.is_empty() {
            self.edits.insert(at, cells);
        }
    }

    fn cells(&mut self, before: u32) -> String {
        let Some(cells) = self.marks.get(&self.row) else { return String::new() };
        let missing: Vec<(u32, Level)> =
            between(cells, self.column, before).map(|(column, level)| (*column, *level)).collect();
        missing.into_iter().map(|(column, level)| self.cell_made(self.row, column, level)).collect()
    }

    fn missing_rows(&mut self, before: u32) -> String {
        let missing: Vec<u32> = between(self.marks, self.row, before).map(|(row, _)| *row).collect();
        let prefix = &self.sheet.prefix.clone();
        self.row_format = None;
        let made = |row: u32| {
            let cells = self.marks[&row].iter().map(|(column, level)| self.cell_made(row, *column, *level));
            format!("<{prefix}row r=\"{row}\">{}</{prefix}row>", cells.collect::<String>())
        };
        missing.into_iter().map(made).collect()
    }

    fn cell_made(&mut self, row: u32, column: u32, level: Level) -> String {
        let plain = self.row_format.or_else(|| self.sheet.column_format(column)).unwrap_or(0);
        let format = self.styles.marked(plain, level).unwrap_or(plain);
        format!("<{}c r=\"{}\" s=\"{format}\"/>", self.sheet.prefix, cell_address(row, column))
    }
}

#[cfg(test)]
mod tests {
    use super::super::styles::BLANK;
    use super::*;

    fn marked(text: &str, cells: &[(u32, u32)]) -> (String, Styles) {
        let mut marks = Marks::new();
        for (row, column) in cells {
            marks.entry(*row).or_default().insert(*column, Level::Error);
        }
        let mut styles = Styles::of(BLANK.to_owned()).unwrap();
        let sheet = Sheet::of(text, "sheet1.xml", &[]).unwrap();
        let mut edits = Edits::new();
        mark(text, &sheet, &mut styles, &marks, false, &mut edits).unwrap();
        (edits.apply(text), styles)
    }

    #[test]
    fn cells_that_are_there_and_cells_that_are_not() {
        let text = "<worksheet><sheetData><row r=\"2\" spans=\"2:4\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"D2\"/></row>\
                    <row r=\"5\"/></sheetData></worksheet>";
        let (after, _) = marked(text, &[(1, 1), (2, 1), (2, 2), (2, 3), (2, 4), (2, 6), (3, 2), (5, 1), (9, 3)]);
        let expected = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/></row>\
            <row r=\"2\" spans=\"2:4\"><c r=\"A2\" s=\"1\"/><c s=\"1\" r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" s=\"1\"/>\
            <c s=\"1\" r=\"D2\"/><c r=\"F2\" s=\"1\"/></row><row r=\"3\"><c r=\"B3\" s=\"1\"/></row>\
            <row r=\"5\"><c r=\"A5\" s=\"1\"/></row><row r=\"9\"><c r=\"C9\" s=\"1\"/></row></sheetData></worksheet>";
        assert_eq!(after, expected);
    }

    #[test]
    fn rows_and_cells_without_numbers_are_counted() {
        let text =
            "<w:worksheet><w:sheetData><w:row><w:c><w:v>1</w:v></w:c><w:c s='0'/></w:row></w:sheetData></w:worksheet>";
        let (after, _) = marked(text, &[(1, 2), (2, 1)]);
        assert!(
            after.contains("<w:c s='1'/></w:row><w:row r=\"2\"><w:c r=\"A2\" s=\"1\"/></w:row></w:sheetData>"),
            "{after}"
        );
    }

    #[test]
    fn an_empty_sheet_gets_its_cell_and_a_disordered_one_none() {
        let (after, _) = marked("<worksheet><sheetData/></worksheet>", &[(1, 1)]);
        assert_eq!(after, "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"/></row></sheetData></worksheet>");
        let text = "<worksheet><sheetData><row r=\"2\"/><row r=\"1\"/></sheetData></worksheet>";
        let sheet = Sheet::of(text, "sheet1.xml", &[]).unwrap();
        let mut styles = Styles::of(BLANK.to_owned()).unwrap();
        let marks = Marks::from([(1, BTreeMap::from([(1, Level::Note)]))]);
        assert!(mark(text, &sheet, &mut styles, &marks, false, &mut Edits::new()).is_err());
    }

    #[test]
    fn marks_of_an_earlier_round_come_off() {
        let text = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"0\"/><c r=\"B1\"><v>2</v></c></row></sheetData></worksheet>";
        let (first, styles) = marked(text, &[(1, 1), (1, 2)]);
        let mut styles = Styles::of(styles.changed().unwrap()).unwrap();
        let sheet = Sheet::of(&first, "sheet1.xml", &[]).unwrap();
        let mut edits = Edits::new();
        let marks = Marks::from([(1, BTreeMap::from([(2, Level::Note)]))]);
        mark(&first, &sheet, &mut styles, &marks, true, &mut edits).unwrap();
        let second = edits.apply(&first);
        assert!(!second.contains("s=\"1\""), "{second}");
        assert_eq!(styles.unmarked(0), 0);
    }
}
