//! .xlsb through calamine's streaming reader.
//!
//! Takes a package, gives its worksheets as grids, without merges and without what is hidden in
//! them: the crate does not tell, and that is said in a finding.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::build::GridBuilder;
use super::fault::{Fault, Lock};
use super::grid::{Cell, Shown, Value};
use super::package::Package;
use super::reading::{Built, Reading, Sheets};
use super::serial;
use crate::finding::{Finding, Level, Place};

/// Reads every worksheet.
pub(super) fn read(mut package: Package, bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    package.prove_within_limits()?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(fault)?;
    let is_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let mut sheets = Sheets::default();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let name: Arc<str> = sheet.name.as_str().into();
        let read = read_sheet(&mut book, &name, is_1904, reading);
        sheets.add(reading.file, &name, sheet.visible != SheetVisible::Visible, read);
        sheets.findings.extend(untold(&sheets, reading));
    }
    Ok(sheets)
}

/// What the crate does not tell may change the meaning of the sheet that was read last.
fn untold(sheets: &Sheets, reading: &Reading) -> Option<Finding> {
    let grid = sheets.grids.last().filter(|grid| !grid.rows.is_empty())?;
    let message = "xlsb 格式的合并单元格、隐藏行列、百分比和年月格式无法识别,数值按原样读取";
    let place = Place::sheet(reading.file, &grid.sheet);
    Some(Finding::new(Level::Query, "sheet.xlsb", place, message, "请用 Excel 另存为 .xlsx 后重新报送"))
}

fn fault(error: XlsbError) -> Fault {
    match error {
        XlsbError::Password => Fault::Encrypted(Lock::NotHere(".xlsb")),
        other => Fault::unreadable(other),
    }
}

fn read_sheet(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &Arc<str>,
    is_1904: bool,
    reading: &Reading,
) -> Result<Built, Fault> {
    let mut grid = GridBuilder::new(reading, name.clone());
    let mut cells = book.worksheet_cells_reader(name).map_err(fault)?;
    while let Some(cell) = cells.next_cell().map_err(fault)? {
        let (row, column) = (cell.get_position().0 + 1, cell.get_position().1 + 1);
        let data = match cell.get_value() {
            DataRef::SharedString(text) => Data::String((*text).to_owned()),
            other => other.clone().into(),
        };
        if let Some((value, shown)) = value(&data, is_1904) {
            grid.put(row, Cell { column, value, shown, formula: false })?;
        }
    }
    Ok(grid.finish())
}

/// What a value of calamine's is in a grid; nothing where it is empty.
pub(super) fn value(data: &Data, is_1904: bool) -> Option<(Value, Shown)> {
    let plain = |value| Some((value, Shown::Plain));
    match data {
        Data::Empty => None,
        Data::String(text) | Data::DurationIso(text) => plain(Value::Text(text.as_str().into())),
        Data::Float(number) => plain(Value::Number(*number)),
        Data::Int(number) => plain(Value::Number(*number as f64)),
        Data::Bool(truth) => plain(Value::Bool(*truth)),
        Data::DateTime(date) => Some((Value::Date(serial::of_count(date.as_f64(), is_1904)), Shown::Day)),
        Data::DateTimeIso(text) => match serial::of_iso(text) {
            Some(serial) => Some((Value::Date(serial), Shown::Day)),
            None => plain(Value::Text(text.as_str().into())),
        },
        Data::Error(error) => plain(Value::Error(error.to_string().into())),
    }
}
