//! The systems of the field over small sheets, with the figures that the five documents state.

mod kinds;
mod s000;
mod s001;
mod s002;
mod s003;
mod s004;

use super::{Frame, Group, measure};
use crate::amount::rounded;
use crate::check::{self, sample};
use crate::layout::RowKind;
use crate::merge::{Facts, merge};
use crate::period::Period;
use crate::profile::{Kind, MeasuredIn, Profile};
use crate::record::{Date, Table, TypedColumn, Values};
use crate::settings::{Settings, Target, Unit, UnitKind};

/// A month of one book as its sheets say it, merged.
struct Month {
    profile: Profile,
    settings: Settings,
    period: Period,
    book: &'static str,
    facts: Facts,
    findings: Vec<(String, u32)>,
}

/// A sheet of a unit: the first line names the fields, each other line is a row from 5 on; `-` is empty,
/// amounts in 万元, dates `2026-03` or `2026-03-15`.
fn sheet(book: &str, unit: &str, lines: &[String]) -> Table {
    let profile = sample::profile();
    let rows: Vec<Vec<Option<&str>>> = lines[1..]
        .iter()
        .map(|line| line.split_whitespace().map(|cell| Some(cell).filter(|c| *c != "-")).collect())
        .collect();
    let column = |(at, field): (usize, &str)| {
        let cells = rows.iter().map(|row| row[at]);
        let kind = profile.book(book).unwrap().field(field).unwrap_or_else(|| panic!("{field}")).kind;
        let values = match kind {
            Kind::Amount => Values::Amount(cells.map(|c| c.map(yuan)).collect()),
            Kind::Date => Values::Date(cells.map(|c| c.map(date)).collect()),
            Kind::Rate | Kind::Number => Values::Number(cells.map(|c| c.map(|c| c.parse().unwrap())).collect()),
            Kind::Count => Values::Count(cells.map(|c| c.map(|c| c.parse().unwrap())).collect()),
            Kind::Choice | Kind::Text => Values::Text(cells.map(|c| c.map(Into::into)).collect()),
        };
        TypedColumn { field: field.to_owned(), column: at as u32 + 1, row: None, values }
    };
    Table {
        book: book.into(),
        file: format!("{unit}.xlsx").into(),
        sheet: "表".into(),
        reporting_unit: unit.into(),
        rows: (0..rows.len() as u32).map(|at| at + 5).collect(),
        sections: rows.iter().map(|_| None).collect(),
        columns: lines[0].split_whitespace().enumerate().map(column).collect(),
        row_kinds: vec![(RowKind::Data, rows.len())],
        stated: vec![],
        findings: vec![],
    }
}

/// 万元 with up to four decimals as yuan.
fn yuan(wan: &str) -> i64 {
    let (whole, part) = wan.split_once('.').unwrap_or((wan, ""));
    whole.parse::<i64>().unwrap() * 10_000 + format!("{part:0<4}").parse::<i64>().unwrap()
}

fn date(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap());
    let (year, month) = (parts.next().unwrap() as i32, parts.next().unwrap() as u8);
    match parts.next() {
        Some(day) => Date::Day(year, month, day as u8),
        None => Date::Month(year, month),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl Month {
    fn of(book: &'static str, period: &str, settings: Settings, tables: &[Table]) -> Self {
        let (profile, period) = (sample::profile(), period.parse::<Period>().unwrap());
        let merged = merge(tables, &profile, &settings, period).unwrap();
        let facts = merged.facts[book].clone();
        let checked = check::check_rows(profile.book(book).unwrap(), &facts.frame, &merged.origins).unwrap();
        let mut findings = checked.findings;
        findings.sort_unstable();
        let findings = findings.iter().map(|f| (f.rule.to_string(), f.place.row().unwrap_or(0))).collect();
        Self { profile, settings, period, book, facts, findings }
    }

    /// One sheet of one unit.
    fn one(book: &'static str, period: &str, unit: &str, text: &str) -> Self {
        Self::of(book, period, Settings::default(), &[sheet(book, unit, &lines(text))])
    }

    fn groups(&self, ranking: &str) -> Vec<Group> {
        let frame = Frame { profile: &self.profile, settings: &self.settings, period: self.period };
        let mut plans = self.profile.county.rankings.iter();
        let plan =
            plans.find(|plan| plan.id == ranking && plan.book == self.book).unwrap_or_else(|| panic!("{ranking}"));
        measure(frame, plan, &self.facts, None).unwrap()
    }

    fn group(&self, ranking: &str, name: &str) -> Group {
        let groups = self.groups(ranking);
        let names: Vec<_> = groups.iter().map(|group| group.name.clone()).collect();
        groups.into_iter().find(|group| group.name == name).unwrap_or_else(|| panic!("{name} not in {names:?}"))
    }

    /// Figures as they are shown: 亿元 or 个 or % or 百分点.
    fn shown<const N: usize>(&self, ranking: &str, group: &str, measures: [&str; N]) -> [String; N] {
        let group = self.group(ranking, group);
        measures.map(|id| shown(&group, id))
    }

    /// The sheet rows that fail a rule.
    fn failing(&self, rule: &str) -> Vec<u32> {
        self.findings.iter().filter(|(id, _)| id == rule).map(|(_, row)| *row).collect()
    }
}

/// A figure in its shown form, money in 万元 with up to two decimals; `—` where there is none.
fn shown(group: &Group, measure: &str) -> String {
    let figure = group.figure(measure).unwrap_or_else(|| panic!("no {measure} in {group:?}"));
    let Some(value) = figure.value else { return "—".into() };
    let (value, scale, digits) = match figure.measured_in {
        MeasuredIn::Yuan => (value / 10_000, 1, 2),
        MeasuredIn::Count | MeasuredIn::Score => (value, 1, 1),
        MeasuredIn::Fraction | MeasuredIn::Points => (value, 100, 1),
    };
    let text = rounded(value, scale, digits).unwrap();
    if scale == 1 { text.normalize().to_string() } else { text.to_string() }
}

fn town(name: &str, group: &str) -> Unit {
    Unit { name: name.into(), kind: UnitKind::Town, group: Some(group.into()), ..Unit::default() }
}

fn target(book: &str, unit: &str, measure: &str, value: i64) -> Target {
    Target { book: book.into(), unit: unit.into(), measure: measure.into(), value, ..Target::default() }
}
