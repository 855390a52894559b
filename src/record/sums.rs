//! Totals, subtotals and counts in labels, held against the rows they speak of.

use super::{StatedColumn, StatedFigure, Table, Values};
use crate::amount;
use crate::collect::{Row, Value};
use crate::finding::{Finding, Level, Place};
use crate::layout::{Layout, MoneyUnit, RowKind, Sheet, stated_count};
use crate::stated::Verdict;
use crate::text::label;
use crate::value::read_money;

/// Findings on totals, subtotals, section sums and counts that do not fit their rows.
///
/// Which rows a sum speaks of is not written down: the nearest block and every larger one that a
/// reader could mean are tried, and only a sum that fits none of them is asked about.
pub(super) fn check(sheet: &Sheet, layout: &Layout, table: &Table, place: &Place) -> Checked {
    let mut checked = Checked::default();
    for row in &sheet.grid.rows {
        let scopes = match layout.kind(row.number) {
            Some(RowKind::Total) => [vec![table.rows.clone()], blocks_above(layout, table, row.number)].concat(),
            Some(RowKind::Section) => blocks_below(layout, table, row.number),
            Some(RowKind::Subtotal) if !is_of_which(row) => blocks_above(layout, table, row.number),
            _ => continue,
        };
        let scopes: Vec<Vec<u32>> = scopes.into_iter().filter(|scope| !scope.is_empty()).collect();
        if let Some(nearest) = scopes.first() {
            checked.findings.extend(count_finding(row, nearest, &scopes, place));
            sums_of_row(row, nearest, &scopes, layout, table, place, &mut checked);
        }
    }
    checked
}

/// What holding the totals against their rows gave.
#[derive(Debug, Default)]
pub(super) struct Checked {
    /// Totals and counts that fit no rows.
    pub(super) findings: Vec<Finding>,
    /// Every total of an amount, recomputed, a column each.
    pub(super) stated: Vec<StatedColumn>,
}

impl Checked {
    fn note(&mut self, figure: StatedFigure) {
        match self.stated.iter_mut().find(|column| column.field == figure.field) {
            Some(column) => column.figures.push(figure),
            None => {
                let field = figure.field.clone();
                self.stated.push(StatedColumn { field, figures: vec![figure], reproduced: 0 });
            }
        }
    }
}

/// 其中 rows pick projects by what they are, wherever they stand.
fn is_of_which(row: &Row) -> bool {
    let texts = row.cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(label(text)),
        _ => None,
    });
    !texts.take(2).any(|text| text.contains("计"))
}

/// Data rows above a row, back to each section, subtotal or header before it: nearest first.
fn blocks_above(layout: &Layout, table: &Table, row: u32) -> Vec<Vec<u32>> {
    let ends = |above: &u32| {
        matches!(layout.kind(*above), Some(RowKind::Section | RowKind::Subtotal | RowKind::Total | RowKind::Header))
    };
    let starts: Vec<u32> = (layout.first_row..row).rev().filter(ends).collect();
    let block = |start: &u32| table.rows.iter().copied().filter(|data| (start + 1..row).contains(data)).collect();
    starts.iter().map(block).collect()
}

/// Data rows below a section's title, up to each section or total after it: nearest first.
fn blocks_below(layout: &Layout, table: &Table, section: u32) -> Vec<Vec<u32>> {
    let ends = |below: &u32| matches!(layout.kind(*below), Some(RowKind::Section | RowKind::Total));
    let stops = (section + 1..layout.end()).filter(ends).chain([layout.end()]);
    stops.map(|stop| table.rows.iter().copied().filter(|data| (section + 1..stop).contains(data)).collect()).collect()
}

fn count_finding(row: &Row, nearest: &[u32], scopes: &[Vec<u32>], place: &Place) -> Option<Finding> {
    let (column, count) = row.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) => Some((cell.column, stated_count(text)?)),
        _ => None,
    })?;
    if scopes.iter().any(|scope| scope.len() as u64 == count) {
        return None;
    }
    let place = place.clone().at_row(row.number).at_column(column);
    let message = format!("标注{count}个，实际有{}行", nearest.len());
    Some(Finding::new(Level::Query, "count.mismatch", place, message, "请核对个数，看是否漏报或多报"))
}

fn sums_of_row(
    row: &Row,
    nearest: &[u32],
    scopes: &[Vec<u32>],
    layout: &Layout,
    table: &Table,
    place: &Place,
    checked: &mut Checked,
) {
    let Some(kind) = layout.kind(row.number) else { return };
    for typed in &table.columns {
        let Values::Amount(values) = &typed.values else { continue };
        let column = layout.columns.iter().find(|column| column.column == typed.column);
        let unit = column.and_then(|column| column.measured_in).unwrap_or(MoneyUnit::Wan);
        let Some(stated) = row.cell(typed.column).and_then(|cell| stated(&cell.value, unit)) else { continue };
        let sum = |scope: &[u32]| -> i64 {
            let rows = table.rows.iter().zip(values).filter(|(row, _)| scope.binary_search(row).is_ok());
            rows.filter_map(|(_, value)| *value).sum()
        };
        // Rounded parts need not add up to a rounded total: half a unit's last digit a row.
        let allowed = |scope: &[u32]| (unit.in_yuan() / 200).max(1) * scope.len() as i64;
        let sums = scopes.iter().map(|scope| (sum(scope), allowed(scope)));
        let fitting = sums.into_iter().find(|(sum, allowed)| (stated - sum).abs() <= *allowed).map(|(sum, _)| sum);
        let recomputed = fitting.unwrap_or_else(|| sum(nearest));
        let verdict = match fitting {
            Some(sum) if sum == stated => Verdict::Reproduced,
            Some(_) => Verdict::WithinRounding,
            None => Verdict::NotReproduced,
        };
        checked.note(StatedFigure {
            row: row.number,
            column: typed.column,
            field: typed.field.clone(),
            of: kind,
            stated: amount::wan(stated),
            recomputed: amount::fraction(recomputed, amount::YUAN_PER_WAN),
            verdict,
        });
        if fitting.is_none() {
            let place = place.clone().at_row(row.number).at_column(typed.column).of_field(&typed.field);
            let (stated, sum) = (amount::wan(stated), amount::wan(recomputed));
            let message = format!("合计数为{stated}万元，各行相加为{sum}万元");
            checked.findings.push(Finding::new(Level::Query, "total.mismatch", place, message, "请核对合计数和各行数"));
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
