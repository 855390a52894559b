//! A column of rates: whether its bare numbers are percentages is decided for the whole column.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::read::ColumnReader;
use super::{Numbers, Table, Values};
use crate::amount;
use crate::collect::{Cell, Shown, Value};
use crate::finding::Level;
use crate::value::{Rate, Reading, read_rate};

/// What the bare numbers of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    Fraction,
    Percent,
}

/// Reads a rate column: with a percent sign or format as it says, bare numbers as the amounts
/// beside them, the heading or their size decide.
pub(super) fn rate_column(reader: &mut ColumnReader, cells: &[Option<&Cell>], table: &Table) -> Numbers<f64> {
    let rows = reader.rows;
    let rates: Vec<Option<Rate>> =
        cells.iter().zip(rows).map(|(cell, &row)| cell.and_then(|cell| one(reader, cell, row))).collect();
    // Only a bare number is held against the amounts.
    let has_bare = || rates.iter().any(|rate| matches!(rate, Some(Rate::Bare(_))));
    let recomputed = if reader.field.id == "rate" && has_bare() { recomputed(table) } else { Numbers::default() };
    let scale = scale(reader, &rates, &recomputed);
    let mut value = |at: usize, rate| match rate {
        Rate::Fraction(number) => number.to_f64(),
        Rate::Bare(number) => {
            question_outlier(reader, rows[at], number, scale, recomputed.get(at));
            match scale {
                Scale::Fraction => number.to_f64(),
                Scale::Percent => (number / Decimal::ONE_HUNDRED).to_f64(),
            }
        }
    };
    rates.iter().enumerate().map(|(at, rate)| rate.and_then(|rate| value(at, rate))).collect()
}

fn one(reader: &mut ColumnReader, cell: &Cell, row: u32) -> Option<Rate> {
    let reading = match (&cell.value, cell.shown) {
        (Value::Number(number), shown) => match amount::decimal(*number) {
            Some(number) if shown == Shown::Percent => Reading::Plain(Rate::Fraction(number)),
            Some(number) => Reading::Plain(Rate::Bare(number)),
            None => Reading::Unreadable("数字超出范围".to_owned()),
        },
        (Value::Text(text), _) => read_rate(text),
        (Value::Error(error), _) if &**error == "#DIV/0!" => {
            Reading::Unsaid("单元格是错误值#DIV/0!，比率无法计算".to_owned())
        }
        (Value::Error(error), _) => Reading::Unreadable(format!("单元格是错误值{error}")),
        (Value::Uncalculated, _) => Reading::Unreadable("公式没有保存计算结果".to_owned()),
        (Value::Bool(_) | Value::Date(_), _) => Reading::Unreadable("单元格不是比率".to_owned()),
    };
    reader.settle(reading, row, "rate")
}

/// done ÷ plan of each row, where both are known.
fn recomputed(table: &Table) -> Numbers<f64> {
    let amounts = |field: &str| match table.column(field).map(|column| &column.values) {
        Some(Values::Amount(values)) => Some(values),
        _ => None,
    };
    let (Some(done), Some(plan)) = (amounts("done"), amounts("plan")) else { return Numbers::default() };
    done.iter().zip(plan.iter()).map(|(done, plan)| Some(amount::to_f64(amount::fraction(done?, plan?)?))).collect()
}

fn scale(reader: &mut ColumnReader, rates: &[Option<Rate>], recomputed: &Numbers<f64>) -> Scale {
    let bare: Vec<(usize, f64)> = rates
        .iter()
        .enumerate()
        .filter_map(|(at, rate)| match rate {
            Some(Rate::Bare(number)) => Some((at, number.to_f64()?)),
            _ => None,
        })
        .filter(|(_, number)| *number != 0.0)
        .collect();
    if bare.is_empty() {
        return Scale::Fraction;
    }
    let near =
        |number: f64, at: usize| recomputed.get(at).is_some_and(|rate| (number - rate).abs() <= 0.02 + rate * 0.02);
    let fractions = bare.iter().filter(|(at, number)| near(*number, *at)).count();
    let percents = bare.iter().filter(|(at, number)| near(number / 100.0, *at)).count();
    if fractions != percents {
        return if fractions > percents { Scale::Fraction } else { Scale::Percent };
    }
    if reader.column.header.contains(['%', '％']) {
        return Scale::Percent;
    }
    // Growth rates are small; completion rates beyond 150% are rare.
    let limit = if reader.field.id == "rate" { 2.0 } else { 1.0 };
    let small = bare.iter().filter(|(_, number)| number.abs() <= limit).count();
    let scale = if small * 2 > bare.len() { Scale::Fraction } else { Scale::Percent };
    if small != 0 && small != bare.len() {
        for (at, number) in bare.iter().filter(|(_, number)| (number.abs() <= limit) != (scale == Scale::Fraction)) {
            ask_for_scale(reader, reader.rows[*at], *number);
        }
    }
    scale
}

/// A bare number that only the other scale makes fit its row's amounts is asked about.
fn question_outlier(reader: &mut ColumnReader, row: u32, number: Decimal, scale: Scale, recomputed: Option<f64>) {
    let (Some(number), Some(rate)) = (number.to_f64(), recomputed) else { return };
    let read = if scale == Scale::Percent { number / 100.0 } else { number };
    let other = if scale == Scale::Percent { number } else { number / 100.0 };
    let near = |value: f64| (value - rate).abs() <= 0.006;
    if !near(read) && near(other) && number != 0.0 {
        ask_for_scale(reader, row, number);
    }
}

/// Asks about a bare number that is of another scale than the rest of its column.
fn ask_for_scale(reader: &mut ColumnReader, row: u32, number: f64) {
    let message = format!("{number}是小数还是百分数，与本列其他数不一致");
    reader.say(Level::Query, row, "rate.interpreted", message, "请统一写成百分数");
}
