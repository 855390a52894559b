//! Our reading of .xlsx held against calamine's, cell by cell, and against what was written.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetVisible};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use wuzhang::collect::{Grid, Limits, Merge, Shown, SourceFile, Value, read_bytes};

/// The formats that departments use, and how each shows a number.
const FORMATS: [(&str, Shown); 9] = [
    ("General", Shown::Plain),
    ("0.00", Shown::Decimals(2)),
    ("#,##0", Shown::Decimals(0)),
    ("0.0%", Shown::Percent),
    ("yyyy\"年\"m\"月\"", Shown::Month),
    ("yyyy-mm-dd", Shown::Day),
    ("yyyy\"年\"m\"月\"d\"日\";@", Shown::Day),
    ("yyyy", Shown::Year),
    ("h:mm", Shown::Day),
];

fn workbook(fill: impl Fn(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).expect("all that is written is allowed");
    book.save_to_buffer().expect("a buffer takes everything")
}

fn values(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("各种值")?;
    sheet.write(2, 1, "  城关镇\n污水 & <处理>厂 ")?.write(2, 2, "_x000D_")?.write(2, 3, " \u{3000}")?;
    sheet.write_rich_string(3, 1, &[(&Format::new(), "项目"), (&bold, "名称")])?;
    sheet.write(4, 0, 12_345.678)?.write(4, 1, -0.5)?.write(4, 2, 1e-7)?.write(4, 3, 1e15)?.write(4, 16_383, 7)?;
    sheet.write(5, 0, true)?.write(5, 1, false)?;
    sheet.write_formula(6, 0, Formula::new("=1+1").set_result("2"))?;
    sheet.write_formula(6, 1, Formula::new("=\"甲\"&\"乙\"").set_result("甲乙"))?;
    sheet.write_formula(6, 2, Formula::new("=1/0").set_result("#DIV/0!"))?;
    sheet.write_formula(6, 3, Formula::new("=TRUE()").set_result("TRUE"))?;
    sheet.write_blank(7, 0, &bold)?;
    sheet.write(1_048_575, 3, "底")?;
    Ok(())
}

fn formats(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("格式")?;
    for (row, (code, _)) in (0..).zip(FORMATS) {
        sheet.write_with_format(row, 4, 46_326.25, &Format::new().set_num_format(code))?;
    }
    let day = Format::new().set_num_format_index(14);
    sheet.write_with_format(20, 0, ExcelDateTime::from_ymd(2026, 10, 31)?, &day)?;
    Ok(())
}

fn regions(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("区域")?.set_hidden(true);
    let fill = Format::new().set_background_color(Color::Yellow);
    sheet.merge_range(0, 0, 0, 5, "标题", &fill)?.merge_range(2, 1, 4, 1, "纵向", &fill)?;
    sheet.write(5, 0, "隐藏行")?.set_row_hidden(5)?.set_column_hidden(2)?.set_column_hidden(3)?;
    Ok(())
}

fn sample() -> Vec<u8> {
    workbook(|book| {
        values(book.add_worksheet())?;
        formats(book.add_worksheet())?;
        regions(book.add_worksheet())?;
        book.add_worksheet().set_name("空")?;
        Ok(())
    })
}

fn read(bytes: &[u8]) -> SourceFile {
    let source = read_bytes(bytes.to_vec(), "甲.xlsx", &Limits::default());
    assert_eq!(source.findings, []);
    source
}

/// A value in words that both readers share.
fn word(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("text {text}"),
        Value::Number(number) => format!("number {number}"),
        Value::Bool(truth) => format!("bool {truth}"),
        Value::Date(serial) => format!("date {serial}"),
        Value::Error(error) => format!("error {error}"),
        Value::Uncalculated => "uncalculated".into(),
    }
}

fn calamine_word(data: &Data) -> Option<String> {
    match data {
        Data::Empty => None,
        Data::String(text) if text.trim().is_empty() => None,
        Data::String(text) => Some(format!("text {text}")),
        Data::Float(number) => Some(format!("number {number}")),
        Data::Int(number) => Some(format!("number {number}")),
        Data::Bool(truth) => Some(format!("bool {truth}")),
        Data::DateTime(date) => Some(format!("date {}", date.as_f64())),
        Data::Error(error) => Some(format!("error {error}")),
        other => panic!("not written here: {other:?}"),
    }
}

fn our_cells(grid: &Grid) -> BTreeMap<(u32, u32), String> {
    let cells = grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.number, cell)));
    cells.map(|(row, cell)| ((row, cell.column), word(&cell.value))).collect()
}

#[test]
fn every_cell_is_the_one_calamine_reads() {
    let bytes = sample();
    let source = read(&bytes);
    let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&bytes)).unwrap();
    let listed = book.sheets_metadata().to_vec();
    assert_eq!(listed.len(), source.grids.len());
    for (grid, listed) in source.grids.iter().zip(listed) {
        assert_eq!((&*grid.sheet, grid.hidden), (&*listed.name, listed.visible != SheetVisible::Visible));
        let mut cells = BTreeMap::new();
        let mut reader = book.worksheet_cells_reader(&listed.name).unwrap();
        while let Some(cell) = reader.next_cell().unwrap() {
            let (row, column) = cell.get_position();
            cells.extend(calamine_word(&cell.get_value().clone().into()).map(|word| ((row + 1, column + 1), word)));
        }
        assert_eq!(our_cells(grid), cells, "{}", grid.sheet);
        drop(reader);
        let merges = book.merge_cells_by_sheet_name(&listed.name).unwrap_or_default();
        let merges: Vec<_> = merges.iter().map(|m| (m.start.0 + 1, m.start.1 + 1, m.end.0 + 1, m.end.1 + 1)).collect();
        let ours: Vec<_> = grid.merges.iter().map(|m| (m.top, m.left, m.bottom, m.right)).collect();
        assert_eq!(ours, merges, "{}", grid.sheet);
    }
}

#[test]
fn every_cell_is_the_one_that_was_written() {
    let source = read(&sample());
    let grid = &source.grids[0];
    let text = |row, column| grid.cell(row, column).map(|cell| word(&cell.value)).unwrap_or_default();
    assert_eq!(text(3, 2), "text   城关镇\n污水 & <处理>厂 ");
    assert_eq!([text(3, 3), text(3, 4), text(4, 2)], ["text _x000D_", "", "text 项目名称"]);
    assert_eq!([text(7, 1), text(7, 2), text(7, 3)], ["number 2", "text 甲乙", "error #DIV/0!"]);
    assert_eq!(grid.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 1_048_576]);
    let formulas = |row: u32| grid.row(row).unwrap().cells.iter().filter(|cell| cell.formula).count();
    assert_eq!([formulas(6), formulas(7)], [0, 4]);
}

#[test]
fn formats_decide_dates_months_and_percents() {
    let source = read(&sample());
    let grid = &source.grids[1];
    for (row, (code, shown)) in (1..).zip(FORMATS) {
        let cell = grid.cell(row, 5).unwrap();
        let is_date = matches!(shown, Shown::Day | Shown::Month | Shown::Year);
        let value = if is_date { Value::Date(46_326.25) } else { Value::Number(46_326.25) };
        assert_eq!((&cell.value, cell.shown), (&value, shown), "{code}");
    }
    let day = grid.cell(21, 1).unwrap();
    assert_eq!((&day.value, day.shown), (&Value::Date(46_326.0), Shown::Day));
}

#[test]
fn merges_and_what_is_hidden() {
    let source = read(&sample());
    let grid = &source.grids[2];
    let merge = |top, left, bottom, right| Merge { top, left, bottom, right };
    assert!(grid.hidden);
    assert_eq!(grid.merges, [merge(1, 1, 1, 6), merge(3, 2, 5, 2)]);
    assert_eq!(grid.hidden_rows.iter().copied().collect::<Vec<_>>(), [6]);
    assert_eq!(grid.hidden_columns.iter().copied().collect::<Vec<_>>(), [3, 4]);
}
