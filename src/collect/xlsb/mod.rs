//! .xlsb through calamine's streaming reader.
//!
//! Takes a package, gives its worksheets as grids. The crate gives the values; merges, formats,
//! formulas and what is hidden come from a scan of the records beside it. Whether a formula was
//! ever calculated, neither tells: the format has no cell without a value.

mod facts;
mod records;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xlsb, XlsbError};

use super::build::GridBuilder;
use super::fault::{Fault, Lock};
use super::grid::{Cell, Shown, Value};
use super::package::Package;
use super::reading::{Built, Reading, Sheets};
use super::{number_format, serial};
use crate::finding::{Finding, Level, Place};
use facts::{CellFacts, SheetFacts};

/// Reads every worksheet.
pub(super) fn read(mut package: Package, bytes: &[u8], reading: &Reading) -> Result<Sheets, Fault> {
    package.prove_within_limits()?;
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(fault)?;
    let is_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    let facts = facts::read(&mut Package::open(bytes, reading.limits)?, reading.limits.cells)?;
    let mut sheets = Sheets::default();
    for sheet in listed.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let name: Arc<str> = sheet.name.as_str().into();
        let read = read_sheet(&mut book, &name, facts.get(&sheet.name), is_1904, reading);
        sheets.add(reading.file, &name, sheet.visible != SheetVisible::Visible, read);
        let is_known = facts.contains_key(&sheet.name);
        sheets.findings.extend((!is_known).then(|| untold(&sheets, reading)).flatten());
    }
    Ok(sheets)
}

/// What is not known of the sheet that was read last may change its meaning.
fn untold(sheets: &Sheets, reading: &Reading) -> Option<Finding> {
    let grid = sheets.grids.last().filter(|grid| !grid.rows.is_empty())?;
    let message = "这个 xlsb 工作表的合并单元格、隐藏行列、百分比和年月格式无法识别，数值按原样读取";
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
    facts: Option<&SheetFacts>,
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
        let known = facts.map(|facts| facts.cell(row, column));
        let Some((value, shown)) = looked_at(&data, known, is_1904) else { continue };
        let known = known.unwrap_or_default();
        if known.look.1 && matches!(value, Value::Number(_)) {
            grid.scaled(row, column);
        }
        grid.put(row, Cell { column, value, shown, formula: known.formula })?;
    }
    if let Some(facts) = facts {
        facts.hidden_rows.iter().for_each(|&row| grid.hide_rows(row, row));
        facts.hidden_columns.iter().for_each(|&(first, last)| grid.hide_columns(first, last));
        facts.widths.iter().for_each(|&(first, last, digits)| grid.widen(first, last, digits));
        facts.merges.iter().try_for_each(|&merge| grid.merge(merge))?;
    }
    Ok(grid.finish())
}

/// A value as its format shows it, where that is known.
fn looked_at(data: &Data, known: Option<CellFacts>, is_1904: bool) -> Option<(Value, Shown)> {
    let number = match data {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::DateTime(date) => Some(date.as_f64()),
        _ => None,
    };
    match (number, known) {
        (Some(number), Some(facts)) => Some(numeric(number, facts.look.0, is_1904)),
        _ => value(data, is_1904),
    }
}

/// A number as its format shows it: dates are told apart by that alone.
pub(super) fn numeric(number: f64, shown: Shown, is_1904: bool) -> (Value, Shown) {
    match number_format::is_date(shown) {
        true => (Value::Date(serial::of_count(number, is_1904)), shown),
        false => (Value::Number(number), shown),
    }
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

#[cfg(test)]
mod tests {
    use super::records::{kind, tests::record};
    use crate::collect::package::tests::zipped_bytes;
    use crate::collect::{Limits, Merge, Shown, SourceFile, Value, read_bytes};

    fn numbers(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    fn text(text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [numbers(&[units.len() as u32 / 2]), units].concat()
    }

    /// A row's record; the fifth bit of its twelfth byte hides it.
    fn row(number: u32, hidden: bool) -> Vec<u8> {
        let flags = [0, 0, 0, if hidden { 0x10 } else { 0 }, 0, 0, 0, 0, 0];
        record(kind::ROW, &[&numbers(&[number, 0])[..], &flags].concat())
    }

    /// A number in a cell, or the result of a formula with an empty expression.
    fn real(kind: u16, column: u32, style: u32, value: f64) -> Vec<u8> {
        let expression = if kind == 5 { vec![] } else { [vec![0, 0], numbers(&[0, 0])].concat() };
        record(kind, &[numbers(&[column, style]), value.to_le_bytes().to_vec(), expression].concat())
    }

    /// A workbook of one sheet, 表, whose style 1 is a percent and style 2 a month.
    fn source(sheet: &[Vec<u8>]) -> SourceFile {
        let bundle = record(kind::SHEET, &[numbers(&[0, 1]), text("rId1"), text("表")].concat());
        let workbook = [record(131, &[]), record(143, &[]), bundle, record(144, &[]), record(132, &[])].concat();
        let xf = |format: u16| record(kind::XF, &[&[0, 0][..], &format.to_le_bytes(), &[0; 12]].concat());
        let code = record(kind::FORMAT, &[&176u16.to_le_bytes()[..], &text("yyyy年m月")].concat());
        let styles = [
            [record(615, &numbers(&[1])), code, record(616, &[])].concat(),
            [record(kind::CELL_STYLES, &numbers(&[3])), xf(0), xf(10), xf(176), record(kind::CELL_STYLES_END, &[])]
                .concat(),
        ];
        let dimension = record(148, &numbers(&[0, 9, 0, 9]));
        let sheet = [record(129, &[]), dimension, sheet.concat(), record(130, &[])].concat();
        let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
        let bytes = zipped_bytes(&[
            ("xl/workbook.bin", &workbook),
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/styles.bin", &styles.concat()),
            ("xl/worksheets/sheet1.bin", &sheet),
        ]);
        read_bytes(bytes, "甲.xlsb", &Limits::default())
    }

    #[test]
    fn values_and_what_the_records_say_of_them() {
        let columns = record(kind::COLUMNS, &[&numbers(&[2, 3, 0, 0])[..], &[1, 0]].concat());
        let begin = record(145, &[]);
        let cells = [row(0, false), real(5, 0, 1, 0.356), real(9, 1, 0, 7.0), row(4, true), real(5, 1, 2, 46_326.0)];
        let end = record(146, &[]);
        let merge = record(kind::MERGE, &numbers(&[0, 1, 3, 4]));
        let source = source(&[columns, begin, cells.concat(), end, merge]);
        assert_eq!(source.findings, []);
        let grid = &source.grids[0];
        let cell =
            |row, column| grid.cell(row, column).map(|cell| (cell.value.clone(), cell.shown, cell.formula)).unwrap();
        assert_eq!(cell(1, 1), (Value::Number(0.356), Shown::Percent, false));
        assert_eq!(cell(1, 2), (Value::Number(7.0), Shown::Plain, true));
        assert_eq!(cell(5, 2), (Value::Date(46_326.0), Shown::Month, false));
        assert_eq!(grid.merges, [Merge { top: 1, left: 4, bottom: 2, right: 5 }]);
        assert_eq!((Vec::from_iter(&grid.hidden_rows), Vec::from_iter(&grid.hidden_columns)), (vec![&5], vec![&3, &4]));
    }
}
