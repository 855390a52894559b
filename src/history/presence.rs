//! Who is gone and who is new: projects that a unit reported in its last period of the year and no longer
//! does, and those that it reports for the first time.

use std::collections::{BTreeMap, BTreeSet};

use super::Now;
use crate::finding::{Finding, Level, Place};
use crate::merge::Facts;
use crate::period::Period;

/// From this many projects of one sheet on they are told together.
const TOGETHER: usize = 6;
/// How many of them are named.
const NAMED: usize = 5;

/// A unit's projects in the last period of the year in which it reported the book.
struct Reported<'a> {
    period: Period,
    facts: &'a Facts,
    rows: Vec<usize>,
}

/// What is to be said of projects that came or went within the year.
pub(super) fn presence(now: Now) -> Vec<Finding> {
    let before = reported_before(now);
    let here: BTreeMap<&str, usize> =
        (0..now.facts.height()).rev().map(|row| (reporter(now.facts, row), row)).collect();
    let keys: BTreeSet<&str> = (0..now.facts.height()).filter_map(|row| now.facts.text("key", row)).collect();
    let mut findings = Vec::new();
    for (unit, last) in &before {
        let gone: Vec<usize> = last.rows.iter().copied().filter(|&row| is_gone(now, last.facts, row, &keys)).collect();
        match here.get(unit) {
            Some(&row) => findings.extend(vanished(now, last, &gone, sheet_of(now.facts, row))),
            None => findings.extend(silent(now, unit, last, gone.len())),
        }
    }
    if now.book.fixed_list {
        findings.extend(new(now, &before));
    }
    findings
}

/// For each unit its rows in the latest earlier period of the year that has any.
fn reported_before<'a>(now: Now<'a>) -> BTreeMap<&'a str, Reported<'a>> {
    let mut units: BTreeMap<&str, Reported> = BTreeMap::new();
    let in_year = now.together.periods.iter().filter(|(period, _)| period.year() == now.past.period.year());
    for &(period, facts) in in_year {
        for row in 0..facts.height() {
            let known = units.entry(reporter(facts, row)).or_insert(Reported { period, facts, rows: Vec::new() });
            if known.period == period {
                known.rows.push(row);
            }
        }
    }
    units
}

fn reporter(facts: &Facts, row: usize) -> &str {
    facts.text("reporting_unit", row).unwrap_or_default()
}

fn sheet_of(facts: &Facts, row: usize) -> Place {
    let at = super::place_of(facts, row);
    Place::sheet(&at.file, &at.sheet)
}

/// Whether a project is in no row of the period and no decision took it off.
fn is_gone(now: Now, facts: &Facts, row: usize, keys: &BTreeSet<&str>) -> bool {
    let key = facts.text("key", row).unwrap_or_default();
    let off = |off: &&crate::merge::TakenOff| off.book == now.book.id && off.key == key;
    !keys.contains(key) && !now.merged.taken_off.iter().any(|one| off(&one))
}

/// That a unit's sheet no longer has projects that it had.
fn vanished(now: Now, last: &Reported, gone: &[usize], sheet: Place) -> Vec<Finding> {
    let name = |row: &usize| last.facts.text(&now.book.subject, *row).unwrap_or_default();
    let advice = "请核实是否漏报；已改名、拆分、转入其他账册或经批准移出的请说明，由汇总单位在“认定”或“调整”表登记";
    if gone.len() >= TOGETHER {
        let named: Vec<String> = gone.iter().take(NAMED).map(|row| format!("“{}”", name(row))).collect();
        let message = format!("{}有、本期没有的有{}个：{}等", last.period.in_words(), gone.len(), named.join("、"));
        return vec![Finding::new(Level::Query, "project.vanished", sheet, message, advice)];
    }
    let one = |row: &usize| {
        let message = format!("{}报有“{}”，本期没有", last.period.in_words(), name(row));
        Finding::new(Level::Query, "project.vanished", sheet.clone(), message, advice)
    };
    gone.iter().map(one).collect()
}

/// That a unit which reported has nothing in the period.
fn silent(now: Now, unit: &str, last: &Reported, gone: usize) -> Option<Finding> {
    let message = format!(
        "{}报了{}{gone}行，本期没有报（或整表未能汇总），各项合计不含这些项目",
        last.period.in_words(),
        now.book.title
    );
    let place = Place::file(&unit.into());
    (gone > 0).then(|| Finding::new(Level::Query, "unit.silent", place, message, "请催报；确无数据的也请报空表说明"))
}

/// Projects that no earlier period has, of units that reported earlier in the year.
fn new(now: Now, before: &BTreeMap<&str, Reported>) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for row in 0..now.facts.height() {
        let known = now.together.last(row).is_some();
        if !known && before.contains_key(reporter(now.facts, row)) && !decided(now, row) {
            by_sheet.entry(sheet_of(now.facts, row)).or_default().push(row);
        }
    }
    let advice = "请核实是否经批准新列入；是原有项目改了名称的请说明";
    let mut findings = Vec::new();
    for (sheet, rows) in by_sheet {
        if rows.len() >= TOGETHER {
            let named: Vec<String> = rows.iter().take(NAMED).map(|&row| format!("“{}”", now.subject(row))).collect();
            let message = format!("以前各期没有、本期新报的有{}个：{}等", rows.len(), named.join("、"));
            findings.push(Finding::new(Level::Note, "project.new", sheet, message, advice));
            continue;
        }
        findings.extend(rows.iter().map(|&row| {
            let message = format!("“{}”以前各期没有，本期新报", now.subject(row));
            Finding::new(Level::Note, "project.new", now.cell(row, &now.book.subject), message, advice)
        }));
    }
    findings
}

/// Whether a decision in force put the project onto the list.
fn decided(now: Now, row: usize) -> bool {
    use crate::settings::Decision;
    now.merged.decisions.iter().any(|one| {
        let meant = one.project == now.subject(row)
            || (one.code.is_some() && one.code.as_deref() == now.facts.text("code", row));
        one.book == now.book.id && one.decision == Decision::In && meant
    })
}
