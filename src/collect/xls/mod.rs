//! .xls and .et: BIFF in an OLE container, its values through calamine.
//!
//! Takes an OLE file, gives its worksheets as grids. calamine is handed a container of our own
//! making with nothing but the workbook in it, and no sheet larger than the limits: it would
//! otherwise reserve whatever a broken file claims.

mod facts;
mod records;

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::build::GridBuilder;
use super::fault::{Fault, Lock};
use super::grid::{Cell, Merge, Shown, Value};
use super::reading::{Built, Reading, Sheets};
use super::xlsb;
use facts::{Facts, Formula, SheetFacts};

/// BIFF has locks of its own, which no crate opens.
const OLD_LOCK: Lock = Lock::NotHere("旧版 .xls");

/// Reads every worksheet of a workbook.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let mut stream = workbook_stream(bytes)?;
    let facts = Facts::read(&stream);
    if facts.encrypted {
        return Err(Fault::Encrypted(OLD_LOCK));
    }
    if facts.dense_cells() > reading.limits.cells {
        return Err(Fault::TooLarge(format!("单元格范围超过{}个", reading.limits.cells)));
    }
    for (at, length) in &facts.dimensions {
        stream[*at..at + length].fill(0);
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(packed(&stream)?)).map_err(fault)?;
    let mut sheets = Sheets::default();
    for (nth, sheet) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.typ == SheetType::WorkSheet {
            let name: Arc<str> = sheet.name.as_str().into();
            let read = read_sheet(&mut book, &name, facts.sheets.get(nth), facts.is_1904, reading);
            sheets.add(reading.file, &name, sheet.visible != SheetVisible::Visible, read);
        }
    }
    Ok(sheets)
}

fn fault(error: XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Encrypted(OLD_LOCK),
        other => Fault::unreadable(other),
    }
}

/// The stream that holds the workbook.
fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut ole = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Fault::unreadable)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| ole.is_stream(name));
    let name = name.ok_or_else(|| without_workbook(&ole))?;
    let mut stream = Vec::new();
    // No stream is longer than the file it stands in, whatever its directory entry says.
    let part = ole.open_stream(name).map_err(Fault::unreadable)?;
    part.take(bytes.len() as u64).read_to_end(&mut stream).map_err(Fault::unreadable)?;
    Ok(stream)
}

/// What an OLE file is that holds no workbook.
fn without_workbook(ole: &cfb::CompoundFile<Cursor<&[u8]>>) -> Fault {
    match () {
        () if ole.exists("/WordDocument") => Fault::UnknownFormat("文件是 Word 文档".into()),
        () if ole.exists("/PowerPoint Document") => Fault::UnknownFormat("文件是演示文稿".into()),
        () if ole.exists("/__properties_version1.0") => Fault::ForeignArchive("文件是 Outlook 邮件（.msg）".into()),
        () => Fault::UnknownFormat("文件不含工作簿".into()),
    }
}

/// A container with the workbook alone in it.
fn packed(stream: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut ole =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).map_err(Fault::unreadable)?;
    let mut part = ole.create_stream("/Workbook").map_err(Fault::unreadable)?;
    part.write_all(stream).and_then(|()| part.flush()).map_err(Fault::unreadable)?;
    drop(part);
    Ok(ole.into_inner().into_inner())
}

fn read_sheet(
    book: &mut Xls<Cursor<Vec<u8>>>,
    name: &Arc<str>,
    facts: Option<&SheetFacts>,
    is_1904: bool,
    reading: &Reading,
) -> Result<Built, Fault> {
    let mut grid = GridBuilder::new(reading, name.clone());
    let range = book.worksheet_range(name).map_err(fault)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (top + row as u32 + 1, left + column as u32 + 1);
        if let Some(cell) = cell(data, row, column, facts, is_1904) {
            let scaled = facts.and_then(|facts| facts.cell(row, column)).is_some_and(|facts| facts.scaled);
            if scaled && matches!(cell.value, Value::Number(_)) {
                grid.scaled(row, column);
            }
            grid.put(row, cell)?;
        }
    }
    for merge in book.merge_cells_by_sheet_name(name).map_err(fault)? {
        let ((top, left), (bottom, right)) = (merge.start, merge.end);
        grid.merge(Merge { top: top + 1, left: left + 1, bottom: bottom + 1, right: right + 1 })?;
    }
    if let Some(facts) = facts {
        add_facts(&mut grid, facts)?;
    }
    Ok(grid.finish())
}

/// A cell with a value; its format is the file's, where that is known.
fn cell(data: &Data, row: u32, column: u32, facts: Option<&SheetFacts>, is_1904: bool) -> Option<Cell> {
    let known = facts.and_then(|facts| facts.cell(row, column));
    let formula = known.is_some_and(|facts| facts.formula != Formula::No);
    if known.is_some_and(|facts| facts.formula == Formula::Uncalculated) {
        return None;
    }
    let number = match data {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::DateTime(date) => Some(date.as_f64()),
        _ => None,
    };
    let (value, shown) = match (number, known) {
        (Some(number), Some(facts)) => xlsb::numeric(number, facts.shown, is_1904),
        _ => xlsb::value(data, is_1904)?,
    };
    Some(Cell { column, value, shown, formula })
}

fn add_facts(grid: &mut GridBuilder, facts: &SheetFacts) -> Result<(), Fault> {
    facts.hidden_rows.iter().for_each(|&row| grid.hide_rows(row, row));
    facts.hidden_columns.iter().for_each(|&(first, last)| grid.hide_columns(first, last));
    facts.widths.iter().for_each(|&(first, last, digits)| grid.widen(first, last, digits));
    facts.uncalculated().try_for_each(|(row, column)| {
        grid.put(row, Cell { column, value: Value::Uncalculated, shown: Shown::Plain, formula: true })
    })
}

#[cfg(test)]
mod tests {
    use super::records::{kind, tests::record};
    use super::*;
    use crate::collect::{Limits, SourceFile, read_bytes};

    fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
        let mut ole = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        ole.create_stream(name).unwrap().write_all(stream).unwrap();
        ole.into_inner().into_inner()
    }

    fn words(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn number(row: u16, column: u16, style: u16, value: f64) -> Vec<u8> {
        record(kind::NUMBER, &[&words(&[row, column, style])[..], &value.to_le_bytes()].concat())
    }

    /// A workbook of one sheet, 表, with these records; style 1 is a percent, style 2 a date.
    fn workbook(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> SourceFile {
        let xf = |id: u16| record(kind::XF, &[&words(&[0, id])[..], &[0; 16]].concat());
        let mut stream =
            [record(kind::BOF, &words(&[0x600, 5, 0, 0, 0, 0, 0, 0])), globals.concat(), xf(0), xf(10), xf(14)]
                .concat();
        let name = [&[1, 1][..], &words(&[0x8868])].concat();
        let start = (stream.len() + 4 + 6 + name.len() + 4) as u32;
        stream.extend(record(kind::BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0], &name].concat()));
        stream.extend(record(kind::EOF, &[]));
        stream.extend(record(kind::BOF, &words(&[0x600, 16, 0, 0, 0, 0, 0, 0])));
        stream.extend(sheet.concat());
        stream.extend(record(kind::EOF, &[]));
        read_bytes(ole("/Workbook", &stream), "甲.xls", &Limits::default())
    }

    #[test]
    fn values_and_what_the_records_say_of_them() {
        let huge = record(kind::DIMENSIONS, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0]);
        let date_1904 = record(kind::DATE_MODE, &words(&[1]));
        let hidden = record(kind::ROW, &words(&[3, 0, 0, 0, 0, 0, 0x20, 0]));
        let source = workbook(&[date_1904], &[huge, hidden, number(1, 1, 1, 0.356), number(3, 0, 2, 0.0)]);
        assert_eq!(source.findings, []);
        let grid = &source.grids[0];
        let cell = |row, column| grid.cell(row, column).map(|cell| (cell.value.clone(), cell.shown)).unwrap();
        assert_eq!((&*grid.sheet, grid.rows.len()), ("表", 2));
        assert_eq!(cell(2, 2), (Value::Number(0.356), Shown::Percent));
        assert_eq!(cell(4, 1), (Value::Date(1462.0), Shown::Day));
        assert_eq!(Vec::from_iter(&grid.hidden_rows), [&4]);
    }

    #[test]
    fn a_range_that_would_take_the_machine_is_refused() {
        let source = workbook(&[], &[number(0, 0, 0, 1.0), number(65_535, 65_535, 0, 1.0)]);
        assert_eq!(&*source.findings[0].rule, "file.too_large");
    }

    #[test]
    fn what_is_no_open_workbook_is_told() {
        let rule = |bytes: Vec<u8>| read_bytes(bytes, "甲.xlsx", &Limits::default()).findings[0].rule.to_string();
        assert_eq!(rule(ole("/EncryptedPackage", b"x")), "file.encrypted");
        assert_eq!(rule(ole("/WordDocument", b"x")), "file.unknown_format");
        let locked = workbook(&[record(kind::FILE_PASS, &words(&[1, 1]))], &[]);
        assert_eq!(&*locked.findings[0].rule, "file.encrypted");
    }
}
