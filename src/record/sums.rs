//! Totals, subtotals and counts in labels, held against the rows they speak of.

use std::ops::Range;

use super::{StatedColumn, StatedFigure, Table, TypedColumn, Values};
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
    let blocks = Blocks::new(layout, &table.rows);
    let amounts = amounts(layout, table);
    for row in &sheet.grid.rows {
        let Some(kind) = layout.kind(row.number) else { continue };
        let is_sum = match kind {
            RowKind::Total | RowKind::Section => true,
            RowKind::Subtotal => !is_of_which(row),
            _ => false,
        };
        let scopes = || blocks.of(kind, row.number);
        let Some(nearest) = is_sum.then(scopes).and_then(|mut scopes| scopes.next()) else { continue };
        checked.findings.extend(count_finding(row, &nearest, scopes(), place));
        for amounts in &amounts {
            sum_of_row((row, kind), (&nearest, scopes()), amounts, place, &mut checked);
        }
    }
    checked
}

/// A column of amounts, and what its first records come to.
struct Amounts<'a> {
    column: u32,
    field: &'a str,
    unit: MoneyUnit,
    /// The sum of the first records, from none of them to all.
    sums: Vec<i64>,
}

impl Amounts<'_> {
    fn sum(&self, records: &Range<usize>) -> i64 {
        self.sums[records.end].wrapping_sub(self.sums[records.start])
    }

    /// Rounded parts need not add up to a rounded total: half a unit's last digit a row.
    fn allowed(&self, records: &Range<usize>) -> i64 {
        (self.unit.in_yuan() / 200).max(1) * records.len() as i64
    }
}

fn amounts<'a>(layout: &Layout, table: &'a Table) -> Vec<Amounts<'a>> {
    let of = |typed: &'a TypedColumn| {
        let Values::Amount(values) = &typed.values else { return None };
        let column = layout.columns.iter().find(|column| column.column == typed.column);
        let unit = column.and_then(|column| column.measured_in).unwrap_or(MoneyUnit::Wan);
        let mut sums = Vec::with_capacity(values.len() + 1);
        sums.push(0i64);
        // Sums wrap and unwrap again: only the difference of two is looked at.
        sums.extend(values.iter().scan(0i64, |sum, value| {
            *sum = sum.wrapping_add(value.unwrap_or(0));
            Some(*sum)
        }));
        Some(Amounts { column: typed.column, field: &typed.field, unit, sums })
    };
    table.columns.iter().filter_map(of).collect()
}

/// The rows at which blocks of records begin and end.
struct Blocks<'a> {
    /// The sheet's rows of the records.
    rows: &'a [u32],
    /// Rows before which a block above a sum may begin.
    starts: Vec<u32>,
    /// Rows at which a block below a section's title may end.
    stops: Vec<u32>,
}

/// Records one behind the other, by their places in the table.
type Scopes<'b> = Box<dyn Iterator<Item = Range<usize>> + 'b>;

impl<'a> Blocks<'a> {
    fn new(layout: &Layout, rows: &'a [u32]) -> Self {
        let of = |kinds: &[RowKind]| -> Vec<u32> {
            let numbered = (layout.first_row..).zip(&layout.rows);
            numbered.filter(|(_, kind)| kinds.contains(kind)).map(|(row, _)| row).collect()
        };
        let starts = of(&[RowKind::Section, RowKind::Subtotal, RowKind::Total, RowKind::Header]);
        let mut stops = of(&[RowKind::Section, RowKind::Total]);
        stops.push(layout.end());
        Self { rows, starts, stops }
    }

    /// The blocks that a row of a kind may speak of, those without records left out: nearest first.
    fn of(&self, kind: RowKind, row: u32) -> Scopes<'_> {
        let all = (kind == RowKind::Total).then_some(0..self.rows.len());
        let blocks: Scopes = match kind {
            RowKind::Section => {
                let from = self.stops.partition_point(|&stop| stop <= row);
                Box::new(self.stops[from..].iter().map(move |&stop| self.between(row + 1, stop)))
            }
            _ => {
                let to = self.starts.partition_point(|&start| start < row);
                Box::new(self.starts[..to].iter().rev().map(move |&start| self.between(start + 1, row)))
            }
        };
        Box::new(all.into_iter().chain(blocks).filter(|records| !records.is_empty()))
    }

    /// The records whose rows lie from one row to before another.
    fn between(&self, from: u32, to: u32) -> Range<usize> {
        self.rows.partition_point(|&row| row < from)..self.rows.partition_point(|&row| row < to)
    }
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

fn count_finding(row: &Row, nearest: &Range<usize>, mut scopes: Scopes, place: &Place) -> Option<Finding> {
    let (column, count) = row.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) => Some((cell.column, stated_count(text)?)),
        _ => None,
    })?;
    if scopes.any(|scope| scope.len() as u64 == count) {
        return None;
    }
    let place = place.clone().at_row(row.number).at_column(column);
    let message = format!("标注{count}个，实际有{}行", nearest.len());
    Some(Finding::new(Level::Query, "count.mismatch", place, message, "请核对个数，看是否漏报或多报"))
}

fn sum_of_row(
    (row, kind): (&Row, RowKind),
    (nearest, mut scopes): (&Range<usize>, Scopes),
    amounts: &Amounts,
    place: &Place,
    checked: &mut Checked,
) {
    let Some(stated) = row.cell(amounts.column).and_then(|cell| stated(&cell.value, amounts.unit)) else { return };
    let fits = |scope: &Range<usize>| (stated - amounts.sum(scope)).abs() <= amounts.allowed(scope);
    let fitting = scopes.find(fits).map(|scope| amounts.sum(&scope));
    let recomputed = fitting.unwrap_or_else(|| amounts.sum(nearest));
    let verdict = match fitting {
        Some(sum) if sum == stated => Verdict::Reproduced,
        Some(_) => Verdict::WithinRounding,
        None => Verdict::NotReproduced,
    };
    checked.note(StatedFigure {
        row: row.number,
        column: amounts.column,
        field: amounts.field.to_owned(),
        of: kind,
        stated: amount::wan(stated),
        recomputed: amount::fraction(recomputed, amount::YUAN_PER_WAN),
        verdict,
    });
    if fitting.is_none() {
        let place = place.clone().at_row(row.number).at_column(amounts.column).of_field(amounts.field);
        let (stated, sum) = (amount::wan(stated), amount::wan(recomputed));
        let message = format!("合计数为{stated}万元，各行相加为{sum}万元");
        checked.findings.push(Finding::new(Level::Query, "total.mismatch", place, message, "请核对合计数和各行数"));
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
