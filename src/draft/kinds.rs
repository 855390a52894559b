//! How a column's cells are typed, by its heading and by what they hold.

use std::collections::BTreeSet;

use crate::collect::{Cell, Grid, Shown, Value};
use crate::layout::{UnknownColumn, UnknownTable};
use crate::profile::Kind;
use crate::text::label;
use crate::value::{Rate, Reading, read_date, read_money, read_rate};

/// Words of headings that speak for money.
const MONEY: [&str; 10] = ["投资", "资金", "金额", "额", "支出", "收入", "产值", "税", "款", "费"];
/// Words of headings that speak for a number of things.
const THINGS: [&str; 9] = ["个数", "户数", "人数", "次数", "宗数", "项数", "家数", "数量", "位次"];
/// Words that a heading of a rate ends with.
const RATES: [&str; 6] = ["率", "占比", "比重", "增速", "增幅", "比例"];
/// Words of headings that speak for a date.
const DATES: [&str; 5] = ["时间", "日期", "时限", "年月", "期限"];

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Whole,
    Decimal,
    Percent,
    Date,
    Text,
}

/// How a column is typed; what holds nothing is text.
pub(super) fn kind(grid: &Grid, table: &UnknownTable, column: &UnknownColumn) -> Kind {
    let looks: Vec<Look> = cells(grid, table, column.column).filter_map(look).collect();
    let most = |wanted: &[Look]| {
        let count = looks.iter().filter(|look| wanted.contains(look)).count();
        count * 2 > looks.len()
    };
    let says = |words: &[&str]| words.iter().any(|word| column.own.contains(word));
    let of_money = says(&MONEY) || MONEY.iter().any(|word| column.group.contains(word));
    let numbers = [Look::Whole, Look::Decimal, Look::Percent];
    let ends = |words: &[&str]| words.iter().any(|word| column.own.ends_with(word));
    match () {
        () if most(&[Look::Date]) || (says(&DATES) && most(&[Look::Date, Look::Whole, Look::Decimal])) => Kind::Date,
        () if !most(&numbers) => Kind::Text,
        () if most(&[Look::Percent]) || column.percent || ends(&RATES) => Kind::Rate,
        () if column.unit.is_none() && says(&THINGS) => Kind::Count,
        () if column.unit.is_some() || of_money => Kind::Amount,
        () => Kind::Number,
    }
}

/// How many different texts a column holds.
pub(super) fn distinct(grid: &Grid, table: &UnknownTable, column: u32) -> usize {
    let texts = cells(grid, table, column).filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(label(text)),
        _ => None,
    });
    texts.collect::<BTreeSet<_>>().len()
}

fn cells<'a>(grid: &'a Grid, table: &'a UnknownTable, column: u32) -> impl Iterator<Item = &'a Cell> {
    table.rows.iter().filter_map(move |&row| grid.cell(row, column))
}

fn look(cell: &Cell) -> Option<Look> {
    match &cell.value {
        Value::Date(_) => Some(Look::Date),
        Value::Number(_) if cell.shown == Shown::Percent => Some(Look::Percent),
        Value::Number(number) if number.fract() == 0.0 => Some(Look::Whole),
        Value::Number(_) => Some(Look::Decimal),
        Value::Text(text) => Some(text_look(text)),
        Value::Bool(_) => Some(Look::Text),
        Value::Error(_) | Value::Uncalculated => None,
    }
}

fn text_look(text: &str) -> Look {
    if let Reading::Plain(Rate::Fraction(_)) = read_rate(text) {
        return Look::Percent;
    }
    if let Reading::Plain(money) | Reading::Asked(money, _) = read_money(text) {
        return if money.number.fract().is_zero() { Look::Whole } else { Look::Decimal };
    }
    // The year only matters where a date leaves it out.
    match read_date(text, 2000) {
        Reading::Plain(_) => Look::Date,
        _ => Look::Text,
    }
}
