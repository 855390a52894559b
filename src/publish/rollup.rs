//! `汇总上报表.xlsx`: what a county hands to the higher office, for people to look at and for the program to
//! read back to the last digit.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::style::{Shown, Style, properties};
use super::workbook::packed;
use super::{PublishError, names, widths};
use crate::ledger::Value;
use crate::rollup::{BookSheet, FORM, IDS_ROW, MARK, ORIGINS_SHEET, STAMP_SHEET, Submission, TOTALS_SHEET, stamp};

/// The largest whole number that a spreadsheet keeps to the last digit.
const EXACT: u64 = 1 << 53;
/// The widest column of a book's sheet.
const WIDEST: usize = 40;

/// The workbook's bytes.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn rollup_workbook(submission: &Submission) -> Result<Vec<u8>, PublishError> {
    let style = Style { cents: false };
    let mut workbook = Workbook::new();
    let title = format!("{}{}汇总上报表", submission.office, submission.period.in_words());
    workbook.set_properties(&properties(&title, submission.period)?);
    let taken = [STAMP_SHEET, TOTALS_SHEET, ORIGINS_SHEET];
    let titles = taken.into_iter().chain(submission.books.iter().map(|book| book.title.as_str()));
    let sheets = names::sheet_names(titles).split_off(taken.len());
    stamped(workbook.add_worksheet().set_name(STAMP_SHEET)?, submission, &title, &sheets, style)?;
    totals(workbook.add_worksheet().set_name(TOTALS_SHEET)?, submission, style)?;
    for (book, name) in submission.books.iter().zip(&sheets) {
        rows(workbook.add_worksheet().set_name(name)?, book, style)?;
    }
    origins(workbook.add_worksheet().set_name(ORIGINS_SHEET)?, submission, style)?;
    packed(workbook, submission.books.iter().map(|book| book.rows.rows.len()).sum())
}

fn stamped(
    sheet: &mut Worksheet,
    submission: &Submission,
    title: &str,
    sheets: &[String],
    style: Style,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &style.heading())?;
    let note =
        "本表供上级汇总用，由程序生成，请原样上报，不要改动：数字有误的，请改正原报表后重新运行。金额以元为单位。";
    sheet.write_string_with_format(1, 0, note, &Format::new())?;
    let cell = style.cell(Shown::Text);
    let lines = [
        (stamp::MARK, MARK.to_owned()),
        (stamp::FORM, FORM.to_string()),
        (stamp::PROGRAM, submission.program.clone()),
        (stamp::OFFICE, submission.office.clone()),
        (stamp::PERIOD, submission.period.to_string()),
    ];
    for (row, (key, value)) in (2u32..).zip(&lines) {
        sheet.write_string_with_format(row, 0, *key, &cell)?;
        sheet.write_string_with_format(row, 1, value, &cell)?;
    }
    let mut row = 2 + lines.len() as u32;
    line(sheet, row, &[stamp::BOOKS, "名称", "工作表", "行数", "校验码"], &style.header())?;
    for (book, name) in submission.books.iter().zip(sheets) {
        row += 1;
        let count = book.rows.rows.len().to_string();
        line(sheet, row, &[&book.id, &book.title, name, &count, &book.rows.digest()], &cell)?;
    }
    for (column, width) in (0u16..).zip([16.0, 24.0, 24.0, 10.0, 70.0]) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

/// 账册, 名称, 列, 合计: for people and as a check of the rows.
fn totals(sheet: &mut Worksheet, submission: &Submission, style: Style) -> Result<(), XlsxError> {
    line(sheet, 0, &["账册", "名称", "列", "合计（金额为元）"], &style.header())?;
    let mut row = 0;
    for book in &submission.books {
        for (id, total) in &book.totals {
            row += 1;
            let title = book.titles.get(id).unwrap_or(id);
            let name = format!("{} {title}", book.title);
            line(sheet, row, &[&book.id, &name, id, &total.to_string()], &style.cell(Shown::Text))?;
        }
    }
    for (column, width) in (0u16..).zip([16.0, 40.0, 20.0, 24.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A book's rows: title, titles of the columns, their ids, their kinds, the rows.
fn rows(sheet: &mut Worksheet, book: &BookSheet, style: Style) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, format!("{}（{}行）", book.title, book.rows.rows.len()), &style.heading())?;
    for (column, (id, kind)) in (0u16..).zip(&book.rows.columns) {
        let title = book.titles.get(id).unwrap_or(id);
        sheet.write_string_with_format(IDS_ROW - 2, column, title, &style.header())?;
        sheet.write_string(IDS_ROW - 1, column, id)?;
        sheet.write_string(IDS_ROW, column, kind.word())?;
        sheet.set_column_width(column, widths::width(title).clamp(10, WIDEST) as f64 + 2.0)?;
    }
    for (row, cells) in (IDS_ROW + 1..).zip(&book.rows.rows) {
        for (column, value) in (0u16..).zip(cells) {
            match value {
                Value::Missing => continue,
                Value::Text(text) => sheet.write_string(row, column, text)?,
                Value::Whole(whole) if whole.unsigned_abs() <= EXACT => {
                    sheet.write_number(row, column, *whole as f64)?
                }
                Value::Whole(whole) => sheet.write_string(row, column, whole.to_string())?,
                Value::Number(number) => sheet.write_number(row, column, *number)?,
                Value::Truth(truth) => sheet.write_boolean(row, column, *truth)?,
            };
        }
    }
    // The ids and kinds are for the program.
    sheet.set_row_hidden(IDS_ROW - 1)?.set_row_hidden(IDS_ROW)?;
    sheet.set_freeze_panes(IDS_ROW + 1, 0)?;
    Ok(())
}

/// 账册, 文件, 工作表, 字段, 列, 主键, 单元格.
fn origins(sheet: &mut Worksheet, submission: &Submission, style: Style) -> Result<(), XlsxError> {
    line(sheet, 0, &["账册", "文件", "工作表", "字段", "列", "主键", "单元格"], &style.header())?;
    let mut row = 0;
    for book in &submission.books {
        for origin in &book.origins {
            row += 1;
            let column = origin.column.as_deref().unwrap_or_default();
            let (key, cell) = origin.one.as_ref().map_or(("", ""), |(key, cell)| (key, cell));
            let cells = [&*book.id, &*origin.file, &*origin.sheet, &*origin.field, column, key, cell];
            for (at, text) in (0u16..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, at, text)?;
            }
        }
    }
    for (column, width) in (0u16..).zip([16.0, 40.0, 20.0, 20.0, 8.0, 40.0, 12.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[&str], format: &Format) -> Result<(), XlsxError> {
    for (column, text) in (0u16..).zip(cells) {
        sheet.write_string_with_format(row, column, *text, format)?;
    }
    Ok(())
}
