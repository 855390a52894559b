//! The year before, as the county's office for key projects kept it: the projects that went on into this year and those that
//! were finished, so that the sums for January to May are the ones that S003 compares with.

use super::super::dice::{Dice, split};
use super::county::TOWNS;
use super::kinds::CATEGORIES;
use super::{Row, Value, WAN};

/// Plan and done from January to May by category, in 万元. Infrastructure's 45,708 is what this year's 41,000 is 10.3% less
/// than; the whole, 125,345 of 265,000, is 47.3%.
pub const MAY: [(i64, i64); 5] =
    [(96_000, 45_708), (74_000, 35_937), (46_000, 21_400), (31_000, 13_800), (18_000, 8_500)];
/// The unit that keeps the sheet.
pub const KEEPER: &str = "县重点项目办公室";

/// How far the whole of a year's plan was by the end of each month, in per mille of what May had: January to May, then of the rest.
const BEFORE: [i64; 5] = [130, 245, 480, 730, 1000];
const AFTER: [i64; 7] = [150, 280, 410, 570, 715, 860, 1000];

/// Projects that were finished last year: what they are called in a town; four a category, none in infrastructure.
const FINISHED: [(&str, [&str; 4]); 4] = [
    ("产业发展", ["{t}竹制品加工厂", "{t}仓储物流园", "{t}茶叶精制加工园", "{t}建材产业园"]),
    ("社会民生", ["{t}第二幼儿园", "{T}卫生院门诊楼", "{t}文体活动中心", "{T}保障性住房项目"]),
    ("生态环保", ["{t}生活垃圾中转站", "{t}河清淤疏浚工程", "{T}集镇雨污分流工程", "{t}山体复绿工程"]),
    ("乡村振兴", ["{T}2025年高标准农田建设项目", "{t}蔬菜种植基地", "{T}农村人居环境整治项目", "{t}农机服务中心"]),
];

/// The rows of a month of 2025, from this year's rows of May.
pub fn rows(may: &[Row], month: u32) -> Vec<Row> {
    let mut rows = Vec::new();
    for (category, (plan, done)) in CATEGORIES.iter().zip(MAY) {
        let going_on: Vec<&Row> =
            may.iter().filter(|row| row.text("category") == *category && row.amount("done_last_year") > 0).collect();
        let (plans, others) = plans(category, &going_on, plan * WAN, done * WAN);
        rows.extend(going_on.iter().zip(plans).map(|(row, plan)| went_on(row, plan, month)));
        rows.extend(others.into_iter().map(|other| other.row(category, month)));
    }
    rows
}

/// What a project that goes on had done by a month of last year; 0 where it had not begun.
pub fn done(row: &Row, month: u32) -> i64 {
    let may = row.amount("done_last_year");
    by(month, may, row.amount("done_before").min(may * 204 / 100).max(may))
}

/// Between the year's beginning, what May had, and what the year had in the end.
fn by(month: u32, may: i64, end: i64) -> i64 {
    let at = month as usize;
    match at {
        0 => 0,
        1..5 => may / 1000 * BEFORE[at - 1] / WAN * WAN,
        5 => may,
        _ => may + (end - may) / 1000 * AFTER[at - 6] / WAN * WAN,
    }
}

/// A finished project while it is being made up.
struct Other {
    at: usize,
    plan: i64,
    may: i64,
}

/// The plans of those that go on, and the finished ones that bring the sums in.
fn plans(category: &str, going_on: &[&Row], plan: i64, done: i64) -> (Vec<i64>, Vec<Other>) {
    let known: Vec<i64> = going_on.iter().map(|row| row.amount("done_last_year")).collect();
    let sum: i64 = known.iter().sum();
    if sum == done {
        return (split(plan, &known, 10 * WAN), Vec::new());
    }
    let plans: Vec<i64> = known.iter().map(|may| may * 21 / 10 / (10 * WAN) * (10 * WAN)).collect();
    let first = CATEGORIES.iter().position(|known| *known == category).unwrap_or(0) * 4;
    let mut dice = Dice::new(2025 + first as u64);
    let weights: Vec<i64> = (0..4).map(|_| dice.between(70, 130)).collect();
    let left = split(plan - plans.iter().sum::<i64>(), &weights, 10 * WAN);
    let spent = split(done - sum, &weights, 10 * WAN);
    let others = left.into_iter().zip(spent).enumerate();
    (plans, others.map(|(at, (plan, may))| Other { at: first + at, plan, may }).collect())
}

fn went_on(row: &Row, plan: i64, month: u32) -> Row {
    let mut old = Row::of(KEEPER);
    for field in ["name", "code", "category", "town", "unit", "leader", "scale", "total"] {
        if let Some(value) = row.values.get(field) {
            old.values.insert(field, value.clone());
        }
    }
    finish(old, plan, done(row, month), done(row, month - 1))
}

impl Other {
    fn row(&self, category: &str, month: u32) -> Row {
        let town = &TOWNS[(self.at * 5 + 3) % TOWNS.len()];
        let names = FINISHED.iter().find(|(known, _)| *known == category).expect("only these categories have any").1;
        let name = names[self.at % 4].replace("{t}", town.stem).replace("{T}", town.name);
        let unit = ["县商务局", "县住建局", "县生态环境分局", "县农业农村局"][self.at / 4 - 1];
        let row = Row::of(KEEPER)
            .words("name", name)
            .words("code", format!("2024-369921-{:02}-01-{:06}", 20 + self.at, 310_407 + self.at * 1_013))
            .words("category", category)
            .words("town", town.name)
            .words("unit", unit)
            .yuan("total", self.plan * 13 / 10 / (10 * WAN) * (10 * WAN));
        let by = |month: u32| if month == 0 { 0 } else { by(month, self.may, self.plan) };
        finish(row, self.plan, by(month), by(month - 1))
    }
}

fn finish(row: Row, plan: i64, done: i64, before: i64) -> Row {
    let mut row = row.yuan("plan", plan).yuan("done", done).yuan("done_month", done - before);
    row.values.insert("rate", Value::Rate(done, plan));
    row
}
