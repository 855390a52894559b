//! A county's workbook read back, and held against its stamp.

use std::collections::BTreeMap;

use super::fault::Refusal;
use super::submission::{BookSheet, Submission};
use super::tabled::{ColumnKind, Tabled};
use super::{FORM, IDS_ROW, MARK, ORIGINS_SHEET, STAMP_SHEET, TOTALS_SHEET, stamp};
use crate::collect::{Grid, Row, SourceFile, Value as Cell};
use crate::ledger::{CellOrigin, Value};

/// Reads a workbook: `None` where it is none of ours.
///
/// # Errors
///
/// A stamp of a newer program; contents that are not what the stamp states.
pub fn of_file(file: &SourceFile) -> Option<Result<Submission, Refusal>> {
    let stamped = file.grids.iter().find(|grid| &*grid.sheet == STAMP_SHEET)?;
    let lines = lines(stamped);
    (lines.get(stamp::MARK)? == MARK).then(|| submission(file, stamped, &lines))
}

/// The stamp's lines: the second column by the first.
fn lines(grid: &Grid) -> BTreeMap<String, String> {
    grid.rows.iter().filter_map(|row| Some((text(row, 1)?, text(row, 2)?))).collect()
}

fn submission(file: &SourceFile, stamped: &Grid, lines: &BTreeMap<String, String>) -> Result<Submission, Refusal> {
    let line = |key: &str| lines.get(key).cloned().ok_or_else(|| Refusal::Altered(format!("“{STAMP_SHEET}”缺少{key}")));
    let form: u32 = line(stamp::FORM)?.parse().map_err(|_| Refusal::Altered("格式不是数字".into()))?;
    if form > FORM {
        return Err(Refusal::Newer { found: form, known: FORM });
    }
    let period = line(stamp::PERIOD)?;
    let period = period.parse().map_err(|_| Refusal::Altered(format!("报告期“{period}”读不懂")))?;
    let (office, program) = (line(stamp::OFFICE)?, line(stamp::PROGRAM)?);
    let listed = stamped.rows.iter().skip_while(|row| text(row, 1).as_deref() != Some(stamp::BOOKS)).skip(1);
    let books = listed.map(|row| book(file, row)).collect::<Result<Vec<_>, Refusal>>()?;
    Ok(Submission { office, period, program, books })
}

/// A book, by its line in the stamp: 账册, 名称, 工作表, 行数, 校验码.
fn book(file: &SourceFile, line: &Row) -> Result<BookSheet, Refusal> {
    let cell = |column: u32| text(line, column).ok_or_else(|| Refusal::Altered("账册清单不完整".into()));
    let (id, title, sheet, digest) = (cell(1)?, cell(2)?, cell(3)?, cell(5)?);
    let altered = |fault: &str| Refusal::Altered(format!("“{title}”{fault}"));
    let grid = file.grids.iter().find(|grid| *grid.sheet == *sheet).ok_or_else(|| altered("的工作表不见了"))?;
    let (rows, titles) = tabled(grid).ok_or_else(|| altered("的列或单元格被改动"))?;
    if cell(4)?.parse() != Ok(rows.rows.len()) {
        return Err(altered("的行数与说明中的不同"));
    }
    if rows.digest() != digest {
        return Err(altered("的内容与校验码不符"));
    }
    let totals = totals(file, &id);
    let summed: Vec<&str> = totals.iter().map(|(id, _)| id.as_str()).collect();
    if rows.totals(&summed) != totals {
        return Err(altered("的合计与明细之和不等"));
    }
    let origins = origins(file, &id);
    Ok(BookSheet { id, title, titles, rows, totals, origins })
}

/// The rows of a book's sheet, and what readers call its columns.
fn tabled(grid: &Grid) -> Option<(Tabled, BTreeMap<String, String>)> {
    let (ids, kinds) = (grid.row(IDS_ROW), grid.row(IDS_ROW + 1));
    let (Some(ids), Some(kinds)) = (ids, kinds) else {
        // A book without a value has no columns.
        return Some((Tabled { columns: Vec::new(), rows: Vec::new() }, BTreeMap::new()));
    };
    let mut columns = Vec::new();
    let mut titles = BTreeMap::new();
    for cell in &ids.cells {
        let id = text(ids, cell.column)?;
        let kind = ColumnKind::of_word(&text(kinds, cell.column)?)?;
        titles.extend(text(grid.row(IDS_ROW - 1)?, cell.column).map(|title| (id.clone(), title)));
        columns.push((id, kind));
    }
    if ids.cells.iter().zip(1u32..).any(|(cell, expected)| cell.column != expected) {
        return None;
    }
    let first = IDS_ROW + 2;
    let last = grid.rows.last().map_or(0, |row| row.number);
    let empty = Row { number: 0, cells: Vec::new() };
    let mut rows = Vec::new();
    for number in first..=last {
        let row = grid.row(number).unwrap_or(&empty);
        if row.cells.iter().any(|cell| cell.column as usize > columns.len()) {
            return None;
        }
        let cells = columns.iter().zip(1u32..).map(|((_, kind), column)| value(row, column, *kind));
        rows.push(cells.collect::<Option<Vec<Value>>>()?);
    }
    Some((Tabled { columns, rows }, titles))
}

/// A cell of a kind; `None` where it is of another.
fn value(row: &Row, column: u32, kind: ColumnKind) -> Option<Value> {
    let Some(cell) = row.cell(column).filter(|cell| !cell.formula) else {
        return row.cell(column).is_none().then_some(Value::Missing);
    };
    Some(match (&cell.value, kind) {
        (Cell::Text(text), ColumnKind::Text) => Value::Text(text.to_string()),
        // Whole numbers beyond what a spreadsheet keeps stand as text.
        (Cell::Text(text), ColumnKind::Whole) => Value::Whole(text.parse().ok()?),
        (Cell::Number(number), ColumnKind::Whole) if number.fract() == 0.0 => Value::Whole(*number as i64),
        (Cell::Number(number), ColumnKind::Number) => Value::Number(*number),
        (Cell::Bool(truth), ColumnKind::Truth) => Value::Truth(*truth),
        _ => return None,
    })
}

/// The stated totals of a book: 账册, 名称, 列, 合计.
fn totals(file: &SourceFile, id: &str) -> Vec<(String, i128)> {
    rows_of(file, TOTALS_SHEET, id).filter_map(|row| Some((text(row, 3)?, text(row, 4)?.parse().ok()?))).collect()
}

/// The origins of a book: 账册, 文件, 工作表, 字段, 列, 主键, 单元格.
fn origins(file: &SourceFile, id: &str) -> Vec<CellOrigin> {
    let line = |row: &Row| {
        Some(CellOrigin {
            file: text(row, 2)?.into(),
            sheet: text(row, 3).unwrap_or_default().into(),
            field: text(row, 4)?.into(),
            column: text(row, 5).map(Into::into),
            one: text(row, 6).zip(text(row, 7)),
        })
    };
    rows_of(file, ORIGINS_SHEET, id).filter_map(line).collect()
}

fn rows_of<'f>(file: &'f SourceFile, sheet: &'static str, id: &'f str) -> impl Iterator<Item = &'f Row> {
    let grids = file.grids.iter().filter(move |grid| &*grid.sheet == sheet);
    grids.flat_map(|grid| &grid.rows).filter(move |row| text(row, 1).as_deref() == Some(id))
}

fn text(row: &Row, column: u32) -> Option<String> {
    match &row.cell(column)?.value {
        Cell::Text(text) => Some(text.to_string()),
        Cell::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
