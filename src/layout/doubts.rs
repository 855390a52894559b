//! What a layout leaves open: shared headings settled by arithmetic, stale periods, near rivals,
//! missing columns.

use std::collections::HashSet;

use super::columns::Assigned;
use super::sheet::Sheet;
use crate::collect::{Cell, Value};
use crate::finding::{Finding, Level, Place};
use crate::profile::{Book, Field, Kind};
use crate::value::read_money;

/// A column assigned on a shared wording (累计完成投资: since the year's beginning or the
/// project's?) is held against plan, rate and earlier years; without support it is asked about.
pub(super) fn settle_shared(
    sheet: &Sheet,
    header_row: u32,
    columns: &mut [Assigned],
    book: &Book,
    is_spelled: impl Fn(&Assigned) -> bool,
    place: &Place,
) -> Vec<Finding> {
    let on_shared = |c: &Assigned| c.field.is_some_and(|field| !book.fields[field].shared.is_empty()) && !is_spelled(c);
    let Some(at) = columns.iter().position(on_shared) else { return Vec::new() };
    let heading = columns[at].heading.written.clone();
    let message = match evidence(sheet, header_row, columns, at, book) {
        Some(true) => return Vec::new(),
        Some(false) => {
            columns[at].field = None;
            columns[at].stranger = true;
            format!("“{heading}”与年度计划、完成率对不上，像是开工以来累计完成投资，没有作为今年累计完成投资读取")
        }
        None => format!("“{heading}”没有写明是今年以来还是开工以来，按今年以来累计完成投资读取"),
    };
    let mark = place.clone().at_row(header_row).at_column(columns[at].column);
    let advice = "请在列名中写明“今年以来”或“开工以来”";
    vec![Finding::new(Level::Query, "header.ambiguous", mark, message, advice)]
}

/// Amounts in a foreign currency are no 元: such a column is not read as money, and said so.
pub(super) fn set_foreign_aside(header_row: u32, columns: &mut [Assigned], book: &Book, place: &Place) -> Vec<Finding> {
    let is_amount = |c: &Assigned| c.field.is_some_and(|field| book.fields[field].kind == Kind::Amount);
    let mut findings = Vec::new();
    for column in columns.iter_mut().filter(|column| is_amount(column)) {
        let Some(currency) = FOREIGN.iter().find(|currency| column.heading.written.contains(**currency)) else {
            continue;
        };
        let mark = place.clone().at_row(header_row).at_column(column.column);
        let message = format!("列名“{}”以{currency}为单位，没有按人民币读取", column.heading.written);
        findings.push(Finding::new(Level::Query, "header.foreign_money", mark, message, "请另列折合人民币的金额"));
        column.field = None;
        column.stranger = true;
    }
    findings
}

/// Currencies that promotion sheets name.
const FOREIGN: [&str; 6] = ["美元", "港元", "港币", "欧元", "日元", "英镑"];

/// Whether the figures speak for (true) or against (false) "this year's cumulative figure".
fn evidence(sheet: &Sheet, header_row: u32, columns: &[Assigned], at: usize, book: &Book) -> Option<bool> {
    let column =
        |id: &str| columns.iter().find(|c| c.field.is_some_and(|field| book.fields[field].id == id)).map(|c| c.column);
    let (plan, rate, before) = (column("plan")?, column("rate"), column("done_before"));
    let (mut fits, mut misses, mut beyond, mut seen) = (0, 0, 0, 0);
    for row in sheet.grid.rows.iter().filter(|row| row.number > header_row).take(60) {
        let value = |column: u32| row.cell(column).and_then(number);
        let (Some(done), Some(plan)) = (value(columns[at].column), value(plan).filter(|plan| *plan > 0.0)) else {
            continue;
        };
        seen += 1;
        beyond += i32::from(done > plan * 1.5 && before.and_then(value).is_none_or(|before| done >= before));
        if let Some(rate) = rate.and_then(value) {
            let close = |rate: f64| (done / plan - rate).abs() < 0.006;
            if close(rate) || close(rate / 100.0) { fits += 1 } else { misses += 1 }
        }
    }
    if fits + misses >= 2 {
        return Some(fits > misses);
    }
    (seen >= 3 && beyond * 2 > seen).then_some(false)
}

fn number(cell: &Cell) -> Option<f64> {
    match &cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => {
            let text = text.trim().trim_end_matches(['%', '％']);
            read_money(text).value().and_then(|money| rust_decimal::prelude::ToPrimitive::to_f64(&money.number))
        }
        _ => None,
    }
}

/// A filled column that is no field and no known stranger either: left out, and not in silence.
fn unknown_column(assigned: &Assigned, mark: Place) -> Option<Finding> {
    if assigned.stranger || assigned.contents.filled == 0 {
        return None;
    }
    let level = if assigned.contents.is_mostly_figures() { Level::Query } else { Level::Note };
    let message = format!("列名“{}”不是账册里的列，没有读取", assigned.heading.written);
    let advice = "如应读取，请改用账册的列名，或请统计局补上这种写法";
    Some(Finding::new(level, "column.unknown", mark, message, advice))
}

/// Findings about columns: unknown, a stale period, a rival field, a required field that is missing.
/// Columns in `said` have been asked about for their wording already.
pub(super) fn about_columns(
    header_row: u32,
    columns: &[Assigned],
    book: &Book,
    place: &Place,
    said: &HashSet<u32>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for assigned in columns {
        let mark = place.clone().at_row(header_row).at_column(assigned.column);
        let Some(field) = assigned.field.map(|field| &book.fields[field]) else {
            findings.extend(unknown_column(assigned, mark));
            continue;
        };
        let mark = mark.of_field(&field.id);
        if let Some(stale) = &assigned.heading.stale {
            let message = format!("列名“{}”中的“{stale}”不是本期，按“{}”读取", assigned.heading.written, field.title);
            findings.push(Finding::new(
                Level::Query,
                "header.stale_period",
                mark.clone(),
                message,
                "请核对该列是否为本期数，并更新列名",
            ));
        }
        if let Some(rival) = assigned.rival.map(|rival| &book.fields[rival]) {
            let message = format!(
                "列名“{}”可能是“{}”，也可能是“{}”，按前者读取",
                assigned.heading.written, field.title, rival.title
            );
            findings.push(Finding::new(Level::Query, "header.ambiguous", mark.clone(), message, "请确认该列的含义"));
        } else if assigned.fit < 0.75 && is_amount_or_date(field) && !said.contains(&assigned.column) {
            let message = format!("列名“{}”与账册的写法不一致，按“{}”读取", assigned.heading.written, field.title);
            findings.push(Finding::new(Level::Query, "header.unusual", mark, message, "请确认该列的含义"));
        }
    }
    for field in book
        .fields
        .iter()
        .enumerate()
        .filter(|(index, field)| field.required && !columns.iter().any(|c| c.field == Some(*index)))
        .map(|(_, field)| field)
    {
        let message = format!("没有找到必需的列“{}”", field.title);
        findings.push(Finding::new(
            Level::Error,
            "column.missing",
            place.clone(),
            message,
            format!("请补充“{}”列后重新报送", field.title),
        ));
    }
    findings
}

fn is_amount_or_date(field: &Field) -> bool {
    !matches!(field.kind, Kind::Text | Kind::Choice)
}
