//! .xls and .et: BIFF in an OLE container, its values through calamine.
//!
//! Takes an OLE file, gives its worksheets as grids.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};

use super::build::{Built, GridBuilder, Reading, Sheets};
use super::fault::Fault;
use super::grid::{Cell, Merge};
use super::xlsb::value;

/// Reads every worksheet of a workbook.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    let ole = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(Fault::unreadable)?;
    if ole.exists("/EncryptedPackage") {
        return Err(Fault::Encrypted);
    }
    if !ole.exists("/Workbook") && !ole.exists("/Book") {
        let what = if ole.exists("/WordDocument") { "文件是 Word 文档" } else { "文件不含工作簿" };
        return Err(Fault::UnknownFormat(what.into()));
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(fault)?;
    let is_1904 = book.has_1904_epoch();
    let mut sheets = Sheets::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ == SheetType::WorkSheet {
            let name: Arc<str> = sheet.name.as_str().into();
            let read = read_sheet(&mut book, &name, is_1904, reading);
            sheets.add(reading.file, &name, sheet.visible != SheetVisible::Visible, read);
        }
    }
    Ok(sheets)
}

fn fault(error: XlsError) -> Fault {
    match error {
        XlsError::Password => Fault::Encrypted,
        other => Fault::unreadable(other),
    }
}

fn read_sheet(
    book: &mut Xls<Cursor<&[u8]>>,
    name: &Arc<str>,
    is_1904: bool,
    reading: &Reading,
) -> Result<Built, Fault> {
    let mut grid = GridBuilder::new(reading, name.clone());
    let range = book.worksheet_range(name).map_err(fault)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let (row, column) = (top + row as u32 + 1, left + column as u32 + 1);
        if let Some((value, shown)) = value(data, is_1904) {
            grid.put(row, Cell { column, value, shown, formula: false })?;
        }
    }
    for merge in book.merge_cells_by_sheet_name(name).map_err(fault)? {
        let ((top, left), (bottom, right)) = (merge.start, merge.end);
        grid.merge(Merge { top: top + 1, left: left + 1, bottom: bottom + 1, right: right + 1 })?;
    }
    Ok(grid.finish())
}
