//! Formats of a table's cells, told to its sheet for many cells at once.
//!
//! A worksheet that is handed a cell with its format looks it up by all that the format says; of a column's cells most
//! look alike. So a cell whose format the sheet knows is written without it, and one range then gives it to all of them.
//! A format's first cell is written with it: formats are numbered in the order in which they come.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

/// The cells of each column that still lack their format.
pub(super) struct Runs<'f> {
    columns: Vec<Column<'f>>,
}

/// What is known of a column.
#[derive(Default)]
struct Column<'f> {
    /// Formats that cells of the column were written with.
    known: Vec<&'f Format>,
    /// Cells one below the other that get one format: it, the first and the last row.
    open: Option<(&'f Format, u32, u32)>,
}

impl<'f> Runs<'f> {
    /// For a table of so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { columns: (0..columns).map(|_| Column::default()).collect() }
    }

    /// Whether a cell, the next of its column, is to be written without its format: it gets it later.
    pub(super) fn take(
        &mut self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        format: &'f Format,
    ) -> Result<bool, XlsxError> {
        let Some(of) = self.columns.get_mut(usize::from(column)) else { return Ok(false) };
        if let Some((open, _, last)) = &mut of.open
            && std::ptr::eq(*open, format)
            && *last + 1 == row
        {
            *last = row;
            return Ok(true);
        }
        of.close(sheet, column)?;
        let known = of.known.iter().any(|known| std::ptr::eq(*known, format));
        match known {
            true => of.open = Some((format, row, row)),
            false => of.known.push(format),
        }
        Ok(known)
    }

    /// Gives the cells that are left their formats.
    pub(super) fn end(mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        self.columns.iter_mut().zip(0..).try_for_each(|(of, column)| of.close(sheet, column))
    }
}

impl Column<'_> {
    fn close(&mut self, sheet: &mut Worksheet, column: u16) -> Result<(), XlsxError> {
        if let Some((format, first, last)) = self.open.take() {
            sheet.set_range_format(first, column, last, column, format)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::super::style::{Shown, Style};
    use super::super::table::{Cell, Column, Table};
    use super::*;

    /// A table in which formats, formulas, links, blanks and headings take turns.
    fn table() -> Table {
        let cell = |row: usize, column: usize| match (row * 7 + column * 3) % 11 {
            0 => Cell::blank(),
            1 => Cell::text("—"),
            2 => Cell::text("城关镇"),
            3 => Cell::text("甲").to("表", "A5"),
            4 => Cell::number(4.0).by("=A4+1"),
            5 => Cell::text("乙").by("=A4").to("表", "A6"),
            6 => Cell::text("一、").strong(),
            _ => Cell::number(row as f64),
        };
        Table {
            sheet: "表".to_owned(),
            title: "题".to_owned(),
            caption: ("左".to_owned(), "右".to_owned()),
            above: None,
            columns: [Shown::Text, Shown::Wan, Shown::Percent, Shown::Wan]
                .map(|shown| Column::of("列", shown))
                .to_vec(),
            total: None,
            rows: (0..60)
                .map(|row| (0..4).map(|column| cell(if row < 30 { row } else { 7 }, column)).collect())
                .collect(),
            notes: Vec::new(),
            printed: 4,
            frozen: 1,
            filter: false,
            row_height: 20.0,
        }
    }

    #[test]
    fn a_sheet_is_the_same_as_if_each_cell_came_with_its_format() {
        let bytes = |of: &dyn Fn(&mut Worksheet)| {
            let mut book = Workbook::new();
            let mut sheet = table().write(Style { cents: false }).unwrap();
            of(&mut sheet);
            book.push_worksheet(sheet);
            book.save_to_buffer().unwrap()
        };
        let again = |sheet: &mut Worksheet| {
            let (table, style) = (table(), Style { cents: false });
            for (at, cells) in table.rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let shown = table.columns[column].shown;
                    let format = match (cell.link(), cell.is_strong()) {
                        (_, true) => style.strong(),
                        (Some(_), _) => style.link(shown),
                        _ if *cell == Cell::text("—") => style.dash(shown),
                        _ => style.cell(shown),
                    };
                    cell.write(sheet, table.frame().first - 1 + at as u32, column as u16, &format).unwrap();
                }
            }
        };
        assert_eq!(bytes(&|_| ()), bytes(&again));
    }
}
