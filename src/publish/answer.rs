//! The answer to a query as a workbook, or as CSV for other programs.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::PublishError;
use super::style::{Shown, Style};
use super::widths;
use crate::ledger::{Answer, Value};

/// Excel ends at 1,048,576 rows, the headings among them.
const MOST: usize = 1_048_575;
/// The largest whole number that a spreadsheet keeps to the last digit.
const EXACT: u64 = 1 << 53;
/// The widest column.
const WIDEST: usize = 60;

/// An answer as a workbook: the rows on one sheet, the question on another. Text is written as text,
/// never as a formula.
///
/// # Errors
///
/// More rows than a sheet holds; what the writer of workbooks refuses.
pub fn answer_workbook(question: &str, answer: &Answer) -> Result<Vec<u8>, PublishError> {
    if answer.rows.len() > MOST {
        return Err(PublishError::TooManyRows(answer.rows.len()));
    }
    let style = Style { cents: false };
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title("台账查询").set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?),
    );
    rows(workbook.add_worksheet().set_name("查询结果")?, answer, style)?;
    let sheet = workbook.add_worksheet().set_name("查询语句")?;
    sheet.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, question, &style.note())?;
    Ok(workbook.save_to_buffer()?)
}

fn rows(sheet: &mut Worksheet, answer: &Answer, style: Style) -> Result<(), XlsxError> {
    let (text, number) = (style.cell(Shown::Text), style.cell(Shown::Text).set_num_format("General"));
    for (at, name) in (0u16..).zip(&answer.columns) {
        sheet.write_string_with_format(0, at, name, &style.header())?;
        let cells = answer.rows.iter().filter_map(|row| row.get(usize::from(at)));
        let widest = cells.map(|cell| widths::width(&shown(cell))).max().unwrap_or(0).max(widths::width(name));
        sheet.set_column_width(at, widest.min(WIDEST) as f64 + 2.0)?;
    }
    for (row, cells) in (1u32..).zip(&answer.rows) {
        for (column, value) in (0u16..).zip(cells) {
            cell(sheet, (row, column), value, &text, &number)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    text: &Format,
    number: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Missing => sheet.write_blank(row, column, text)?,
        Value::Whole(whole) if whole.unsigned_abs() <= EXACT => {
            sheet.write_number_with_format(row, column, *whole as f64, number)?
        }
        Value::Number(value) => sheet.write_number_with_format(row, column, *value, number)?,
        Value::Truth(truth) => sheet.write_boolean_with_format(row, column, *truth, text)?,
        Value::Text(_) | Value::Whole(_) => sheet.write_string_with_format(row, column, shown(value), text)?,
    };
    Ok(())
}

/// An answer as CSV: UTF-8, a comma, a line a row, empty where nothing is. Text that a spreadsheet would
/// take for a formula has an apostrophe before it, as one would type it there: departments wrote it.
///
/// # Errors
///
/// What the writer refuses.
pub fn answer_csv(answer: &Answer) -> Result<String, PublishError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&answer.columns)?;
    for row in &answer.rows {
        writer.write_record(row.iter().map(as_text))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What begins with one of these is a formula to a spreadsheet that opens a CSV file, the wide ones to some that are
/// made for writing of their width.
const OPENS_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would take a text in a CSV file for a formula.
pub(super) fn opens_formula(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(OPENS_FORMULA)
}

fn as_text(value: &Value) -> String {
    match value {
        Value::Text(text) if opens_formula(text) => format!("'{text}"),
        _ => shown(value),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => text.clone(),
        Value::Whole(whole) => whole.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        let text = |word: &str| Value::Text(word.into());
        Answer {
            columns: vec!["unit".into(), "done".into(), "rate".into()],
            rows: vec![
                vec![text("城关镇"), Value::Whole(88_448_600), Value::Number(0.356)],
                vec![text("=1+1,\"甲\""), Value::Whole(0), Value::Missing],
            ],
        }
    }

    #[test]
    fn csv_quotes_what_needs_it_and_leaves_gaps_empty() {
        let csv = answer_csv(&answer()).unwrap();
        assert_eq!(csv, "unit,done,rate\n城关镇,88448600,0.356\n\"'=1+1,\"\"甲\"\"\",0,\n");
    }

    #[test]
    fn the_workbook_reads_back_as_it_was_asked() {
        let bytes = answer_workbook("SELECT 1", &answer()).unwrap();
        assert_eq!(bytes, answer_workbook("SELECT 1", &answer()).unwrap(), "the same bytes");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("答.xlsx");
        std::fs::write(&path, bytes).unwrap();
        let files = crate::collect::read_all(&path, "答.xlsx", &crate::collect::Limits::default(), &[]);
        let grid = &files[0].grids[0];
        assert_eq!(&*grid.sheet, "查询结果");
        assert_eq!(grid.rows.len(), 3);
        assert!(files[0].findings.is_empty(), "no formula, nothing to ask about");
    }
}
