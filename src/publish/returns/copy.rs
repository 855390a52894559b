//! A file's sheets carried over into an .xlsx: values, merged regions, number formats, widths that fit.
//!
//! Takes grids, gives the bytes of a workbook and what each sheet is called in it, since not every name that a file
//! may have is allowed to a sheet of an .xlsx.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};

use crate::collect::{Cell, Grid, Limits, Merge, Row, Shown, Value};
use crate::package::Package;
use crate::period::Period;
use crate::publish::{names, style, widths};

/// Cells of one merged region that are written; larger ones are nobody's table.
const LARGEST: u64 = 100_000;
/// Widths of columns in digits.
const NARROWEST: usize = 6;
const WIDEST: usize = 36;
/// Excel's widest column.
const LIMIT: f64 = 255.0;
/// Digits that a heading is given before it is wrapped, and rows that it may take.
const HEADING: usize = 10;
const HEADINGS: usize = 5;

/// A package with no sheets.
pub(super) fn blank() -> Package {
    let mut package = Package::new();
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    package.set_part(
        "[Content_Types].xml",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"{main}\"/></Types>"
        ),
    );
    package.set_part(
        "_rels/.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    );
    package.set_part(
        "xl/workbook.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets/></workbook>",
    );
    package
}

/// Bytes that a cell of a copy takes at most while its workbook is made and packed.
const CELL_BYTES: u64 = 1024;

/// How many cells a copy may have.
pub(super) fn most_cells(limits: &Limits) -> u64 {
    limits.memory_mib.saturating_mul(1 << 20) / CELL_BYTES
}

/// How many cells the sheets' copies have, those that are only framed or covered by a merged region counted too.
pub(super) fn cells(grids: &[Grid]) -> u64 {
    let of_grid = |grid: &Grid| {
        let table = TableSpan::of(grid);
        let width = u64::from((table.right + 1).saturating_sub(table.left));
        let of_row = |row: &Row| if table.part(row.number) == Part::Beside { 0 } else { width };
        let rows = grid.rows.iter().map(|row| of_row(row).max(row.cells.len() as u64));
        rows.chain(grid.merges.iter().map(area).filter(|area| *area <= LARGEST)).fold(0, u64::saturating_add)
    };
    grids.iter().map(of_grid).fold(0, u64::saturating_add)
}

/// What each sheet was called, and what it is called in the copy.
pub(super) type Renamed = Vec<(Arc<str>, String)>;

/// The sheets of a file in a workbook, with their names before and after.
pub(super) fn workbook(grids: &[Grid], period: Period) -> Result<(Vec<u8>, Renamed), XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&style::properties("退改单", period)?);
    let named = names::allowed_names(grids.iter().map(|grid| &*grid.sheet));
    for (grid, name) in grids.iter().zip(&named) {
        workbook.push_worksheet(sheet(grid, name)?);
    }
    let before = grids.iter().map(|grid| grid.sheet.clone());
    Ok((workbook.save_to_buffer()?, before.zip(named.iter().cloned()).collect()))
}

fn sheet(grid: &Grid, name: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(name)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let table = TableSpan::of(grid);
    let covered = Covered::of(grid);
    let merges: BTreeSet<(u32, u32)> = grid.merges.iter().map(|merge| (merge.top, merge.left)).collect();
    for merge in grid.merges.iter().filter(|merge| area(merge) <= LARGEST) {
        let (top, left) = (merge.top - 1, column(merge.left)?);
        let format = look(None, table.part(merge.top), true);
        sheet.merge_range(top, left, merge.bottom - 1, column(merge.right)?, "", &format)?;
    }
    for row in &grid.rows {
        let part = table.part(row.number);
        if part != Part::Beside {
            let empty = |at: &u32| row.cell(*at).is_none() && !covered.has(row.number, *at);
            for at in (table.left..=table.right).filter(empty) {
                sheet.write_blank(row.number - 1, column(at)?, &look(None, part, false))?;
            }
        }
        for cell in &row.cells {
            let merged = merges.contains(&(row.number, cell.column));
            write(&mut sheet, row.number, cell, &look(Some(cell), part, merged))?;
        }
    }
    let widths = widths_of(grid, &table, &covered);
    for (&at, &width) in &widths {
        sheet.set_column_width(column(at)?, width)?;
    }
    // Not every program fits rows to their contents when it opens a workbook.
    for row in grid.rows.iter().filter(|row| table.part(row.number) != Part::Beside) {
        let most = lines_of(row, &widths, &covered);
        if most > 1 {
            sheet.set_row_height(row.number - 1, widths::height(most, 15.0))?;
        }
    }
    for &row in &grid.hidden_rows {
        sheet.set_row_hidden(row - 1)?;
    }
    for &at in &grid.hidden_columns {
        sheet.set_column_hidden(column(at)?)?;
    }
    if grid.hidden {
        sheet.set_hidden(true);
    }
    Ok(sheet)
}

/// Where in a sheet a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Over, under or beside the table: a title, a remark.
    Beside,
    /// In the table's heading.
    Heading,
    /// In its body.
    Body,
}

/// The rows and columns that a sheet's table takes, as far as the look of a copy has to know.
struct TableSpan {
    top: u32,
    /// The first row under the heading.
    body: u32,
    bottom: u32,
    left: u32,
    right: u32,
}

impl TableSpan {
    /// Rows that fill at least a third of the widest one's cells, and what stands between them.
    fn of(grid: &Grid) -> Self {
        let widest = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let full = |row: &&Row| row.cells.len() > 1 && row.cells.len() * 3 >= widest;
        let rows = || grid.rows.iter().filter(full);
        let columns = || rows().flat_map(|row| &row.cells).map(|cell| cell.column);
        let top = rows().next().map_or(1, |row| row.number);
        let figure = |cell: &Cell| !matches!(cell.value, Value::Text(_));
        // A row of one cell under the heading names a section.
        let ends = |row: &&Row| row.number > top && (row.cells.len() == 1 || row.cells.iter().any(figure));
        let below = grid.rows.iter().filter(|row| row.number >= top).take(HEADINGS + 1);
        let body = below.filter(|row| ends(row)).map(|row| row.number).next().unwrap_or(top + 1);
        Self {
            top,
            body: body.max(top + 1),
            bottom: rows().next_back().map_or(0, |row| row.number),
            left: columns().min().unwrap_or(1),
            right: columns().max().unwrap_or(0).min(16_384),
        }
    }

    fn part(&self, row: u32) -> Part {
        match row {
            row if row < self.top || row > self.bottom => Part::Beside,
            row if row < self.body => Part::Heading,
            _ => Part::Body,
        }
    }
}

/// A column from 0, as the writer counts.
fn column(at: u32) -> Result<u16, XlsxError> {
    u16::try_from(at - 1).map_err(|_| XlsxError::RowColumnLimitError)
}

fn area(merge: &Merge) -> u64 {
    u64::from(merge.bottom - merge.top + 1) * u64::from(merge.right - merge.left + 1)
}

/// The columns that merged regions cover, by row.
struct Covered(BTreeMap<u32, Vec<(u32, u32)>>);

impl Covered {
    fn of(grid: &Grid) -> Self {
        let mut rows: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        for merge in grid.merges.iter().filter(|merge| area(merge) <= LARGEST) {
            for row in merge.top..=merge.bottom {
                rows.entry(row).or_default().push((merge.left, merge.right));
            }
        }
        Self(rows)
    }

    fn has(&self, row: u32, column: u32) -> bool {
        self.0.get(&row).is_some_and(|spans| spans.iter().any(|(left, right)| (*left..=*right).contains(&column)))
    }

    /// Whether a region of several columns covers a cell.
    fn across(&self, row: u32, column: u32) -> bool {
        let wide = |(left, right): &(u32, u32)| right > left && (*left..=*right).contains(&column);
        self.0.get(&row).is_some_and(|spans| spans.iter().any(wide))
    }
}

fn write(sheet: &mut Worksheet, row: u32, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    let (row, at) = (row - 1, column(cell.column)?);
    match &cell.value {
        Value::Text(text) => {
            let text: String = text.chars().take(32_000).collect();
            sheet.write_string_with_format(row, at, text, format)?
        }
        Value::Number(number) | Value::Date(number) if number.is_finite() => {
            sheet.write_number_with_format(row, at, *number, format)?
        }
        Value::Number(number) | Value::Date(number) => {
            sheet.write_string_with_format(row, at, number.to_string(), format)?
        }
        Value::Bool(truth) => sheet.write_boolean_with_format(row, at, *truth, format)?,
        Value::Error(error)
            if ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"].contains(&&**error) =>
        {
            let formula = Formula::new(format!("={error}")).set_result(&**error);
            sheet.write_formula_with_format(row, at, formula, format)?
        }
        Value::Error(error) => sheet.write_string_with_format(row, at, &**error, format)?,
        Value::Uncalculated => sheet.write_string_with_format(row, at, "（公式，没有保存结果）", format)?,
    };
    Ok(())
}

/// The widths that the file states; of a column without one, what its contents need.
fn widths_of(grid: &Grid, table: &TableSpan, covered: &Covered) -> BTreeMap<u32, f64> {
    let mut found: BTreeMap<u32, usize> = BTreeMap::new();
    for row in grid.rows.iter().filter(|row| table.part(row.number) != Part::Beside) {
        let heading = table.part(row.number) == Part::Heading;
        let alone = |cell: &&Cell| cell.column <= 16_384 && !covered.across(row.number, cell.column);
        for cell in row.cells.iter().filter(alone) {
            let needed = match &cell.value {
                // A heading is wrapped, so that a column is no wider than what stands in it.
                Value::Text(text) if heading => widths::width(text).min(HEADING),
                Value::Text(text) => widths::width(text),
                Value::Number(number) => number.to_string().len().min(14),
                _ => 11,
            };
            let width = found.entry(cell.column).or_default();
            *width = (*width).max(needed + 2);
        }
    }
    let stated = |at: u32| grid.widths.iter().rev().find(|(first, last, _)| (*first..=*last).contains(&at));
    let width = |(at, needed): (u32, usize)| {
        let needed = needed.clamp(NARROWEST, WIDEST) as f64;
        (at, stated(at).map_or(needed, |(_, _, digits)| digits.min(LIMIT)))
    };
    found.into_iter().map(width).collect()
}

/// The lines that the fullest cell of a row takes; one that is merged over others has their room too.
fn lines_of(row: &Row, widths: &BTreeMap<u32, f64>, covered: &Covered) -> usize {
    let alone = |cell: &&Cell| !covered.has(row.number, cell.column);
    let lines = |cell: &Cell| match &cell.value {
        Value::Text(text) => widths::lines(text, widths.get(&cell.column).copied().unwrap_or(WIDEST as f64)),
        _ => 1,
    };
    row.cells.iter().filter(alone).map(lines).max().unwrap_or(1)
}

/// Text of a text file that is a number, as the number it is, with its decimals; codes with more digits than a
/// number holds, and those that begin with a nought, stay text.
pub(super) fn with_numbers(grids: &mut [Grid]) {
    for cell in grids.iter_mut().flat_map(|grid| &mut grid.rows).flat_map(|row| &mut row.cells) {
        let Value::Text(text) = &cell.value else { continue };
        if let Some((number, decimals)) = plain_number(text) {
            cell.value = Value::Number(number);
            cell.shown = decimals.map_or(Shown::Plain, Shown::Decimals);
        }
    }
}

fn plain_number(text: &str) -> Option<(f64, Option<u8>)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = all(whole) && rest.is_none_or(all) && (whole == "0" || !whole.starts_with('0'));
    let short = digits.len() <= 15;
    (plain && short).then_some(())?;
    Some((text.parse().ok()?, rest.map(|rest| rest.len() as u8)))
}

/// The format of a copied cell.
fn look(cell: Option<&Cell>, part: Part, merged: bool) -> Format {
    let mut format = Format::new().set_font_name(style::SONG).set_font_size(10).set_align(FormatAlign::VerticalCenter);
    if part != Part::Beside {
        format = format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x7F_7F7F)).set_text_wrap();
    }
    if part == Part::Heading || merged {
        format = format.set_align(FormatAlign::Center).set_text_wrap();
    }
    if part == Part::Heading {
        format = format.set_bold();
    }
    match cell.and_then(number_format) {
        Some(shown) => format.set_num_format(shown),
        None => format,
    }
}

/// How a number is shown, as far as the file tells.
fn number_format(cell: &Cell) -> Option<String> {
    let number = match &cell.value {
        Value::Number(number) => *number,
        Value::Date(_) => {
            return Some(
                match cell.shown {
                    Shown::Month => "yyyy\"年\"m\"月\"",
                    Shown::Year => "yyyy\"年\"",
                    _ => "yyyy-mm-dd",
                }
                .to_owned(),
            );
        }
        _ => return None,
    };
    match cell.shown {
        Shown::Percent => Some("0.00%".to_owned()),
        Shown::Decimals(0) => Some("0".to_owned()),
        Shown::Decimals(digits) => Some(format!("0.{}", "0".repeat(digits.into()))),
        // A code of eighteen digits would be shown as a power of ten.
        _ if number.fract() == 0.0 && number.abs() >= 1e11 => Some("0".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_text_files_and_what_only_looks_like_one() {
        assert_eq!(plain_number("1200.50"), Some((1200.5, Some(2))));
        assert_eq!((plain_number("-3"), plain_number("0.5")), (Some((-3.0, None)), Some((0.5, Some(1)))));
        for text in
            ["", "-", "007", "1,200", "1e3", "35.6%", "1.", ".5", "2111-360681-04-01-123456", "123456789012345678"]
        {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_copy_would_frame_counts() {
        let cell = |column| Cell { column, value: Value::Number(1.0), shown: Shown::Plain, formula: false };
        let row = |number, columns: &[u32]| Row { number, cells: columns.iter().map(|at| cell(*at)).collect() };
        let grid = Grid { rows: vec![row(1, &[1, 16_384]), row(2, &[1, 2])], ..Grid::empty("表") };
        assert_eq!(cells(std::slice::from_ref(&grid)), 2 * 16_384);
        let merges = vec![Merge { top: 1, left: 1, bottom: 1000, right: 100 }; 3];
        assert_eq!(cells(&[Grid { merges, ..grid }]), 2 * 16_384 + 300_000);
    }
}
