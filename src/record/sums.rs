//! Totals, subtotals and counts in labels, held against the rows they speak of.

use super::{Table, Values};
use crate::amount;
use crate::collect::{Row, Value};
use crate::finding::{Finding, Level, Place};
use crate::layout::{Layout, MoneyUnit, RowKind, Sheet, stated_count};
use crate::value::read_money;

/// Findings on totals and counts that do not fit their rows.
pub(super) fn check(sheet: &Sheet, layout: &Layout, table: &Table, place: &Place) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in &sheet.grid.rows {
        let scope = match layout.kind(row.number) {
            Some(RowKind::Total) => table.rows.clone(),
            Some(RowKind::Section) => rows_of_section(layout, table, row.number),
            Some(RowKind::Subtotal) => continue,
            _ => continue,
        };
        check_count(row, &scope, layout, place, &mut findings);
        check_sums(row, &scope, layout, table, place, &mut findings);
    }
    findings
}

/// Data rows below a section title up to the next section or total: only asked about where no
/// deeper section follows at once.
fn rows_of_section(layout: &Layout, table: &Table, section: u32) -> Vec<u32> {
    let ends = |row: &u32| !matches!(layout.kind(*row), Some(RowKind::Section | RowKind::Total));
    let last = (section + 1..layout.end()).take_while(ends).last().unwrap_or(section);
    table.rows.iter().copied().filter(|row| (section + 1..=last).contains(row)).collect()
}

fn check_count(row: &Row, scope: &[u32], layout: &Layout, place: &Place, findings: &mut Vec<Finding>) {
    if scope.is_empty() {
        return;
    }
    let texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) => Some((cell.column, stated_count(text)?)),
        _ => None,
    });
    for (column, count) in texts.take(1) {
        if count as usize != scope.len() && !is_partial(layout, row.number) {
            let place = place.clone().at_row(row.number).at_column(column);
            let message = format!("标注{count}个，下面有{}行", scope.len());
            findings.push(Finding::new(Level::Query, "count.mismatch", place, message, "请核对个数，看是否漏报或多报"));
        }
    }
}

/// A section with deeper sections below it: its count speaks of all of them.
fn is_partial(layout: &Layout, row: u32) -> bool {
    layout.kind(row) == Some(RowKind::Section) && layout.kind(row + 1) == Some(RowKind::Section)
}

fn check_sums(row: &Row, scope: &[u32], layout: &Layout, table: &Table, place: &Place, findings: &mut Vec<Finding>) {
    if scope.is_empty() {
        return;
    }
    for typed in &table.columns {
        let Values::Amount(values) = &typed.values else { continue };
        let unit = layout
            .columns
            .iter()
            .find(|column| column.column == typed.column)
            .and_then(|column| column.measured_in)
            .unwrap_or(MoneyUnit::Wan);
        let Some(stated) = row.cell(typed.column).and_then(|cell| stated(&cell.value, unit)) else { continue };
        let in_scope = table.rows.iter().zip(values).filter(|(row, _)| scope.contains(row));
        let sum: i64 = in_scope.clone().filter_map(|(_, value)| *value).sum();
        // Rounded parts need not add up to a rounded total: half a unit's last digit a row.
        let tolerance = (unit.in_yuan() / 200).max(1) * scope.len() as i64;
        if (stated - sum).abs() > tolerance {
            let place = place.clone().at_row(row.number).at_column(typed.column).of_field(&typed.field);
            let message = format!("合计数为{}万元，各行相加为{}万元", amount::wan(stated), amount::wan(sum));
            findings.push(Finding::new(Level::Query, "total.mismatch", place, message, "请核对合计数和各行数"));
        }
    }
}

fn stated(value: &Value, unit: MoneyUnit) -> Option<i64> {
    match value {
        Value::Number(number) => amount::yuan(amount::decimal(*number)?, unit.in_yuan()),
        Value::Text(text) => {
            let money = read_money(text).value()?;
            amount::yuan(money.number, money.unit.unwrap_or(unit).in_yuan())
        }
        _ => None,
    }
}
