//! Who is gone and who is new: projects that a unit reported in its last period of the year and no longer
//! does, and those that it reports for the first time.

use std::collections::{BTreeMap, BTreeSet};

use super::{Now, likely};
use crate::finding::{Finding, Level, Place};
use crate::merge::{Facts, TakenOff, project_name};
use crate::period::Period;
use crate::settings::Decision;

/// The rule that a project is new.
pub(super) const NEW: &str = "project.new";
/// From this many projects of one sheet on they are told together.
const TOGETHER: usize = 6;
/// How many of them are named.
const NAMED: usize = 5;

/// A project that its unit no longer reports, though the unit reports.
pub(super) struct Gone<'a> {
    /// The last period that has it.
    pub(super) period: Period,
    /// That period's facts.
    pub(super) facts: &'a Facts,
    /// Its row there.
    pub(super) row: usize,
    /// The unit's sheet of this period.
    sheet: Place,
}

impl<'a> Gone<'a> {
    /// Its name, as it was reported.
    pub(super) fn name(&self, now: Now) -> &'a str {
        self.facts.text(&now.book.subject, self.row).unwrap_or_default()
    }

    /// Whether it has its unit, town or department in common with a row of the period.
    pub(super) fn near(&self, now: Now, row: usize) -> bool {
        ["reporting_unit", "town_group", "department_group"].iter().any(|column| {
            let here = now.facts.text(column, row);
            here.is_some() && here == self.facts.text(column, self.row)
        })
    }
}

/// The projects of a book that came and went within the year.
#[derive(Default)]
pub(super) struct Coming<'a> {
    /// Of units that report, by unit and key.
    pub(super) gone: Vec<Gone<'a>>,
    /// Rows of units that reported before and that no earlier period has.
    pub(super) new: Vec<usize>,
    /// Units that do not report any more, with the period in which they last did and how many rows they had.
    silent: Vec<(&'a str, Period, usize)>,
}

/// A unit's projects in the last period of the year in which it reported the book.
struct Reported<'a> {
    period: Period,
    facts: &'a Facts,
    rows: Vec<usize>,
}

/// What is to be said of projects that came or went within the year.
pub(super) fn presence(now: Now) -> Vec<Finding> {
    if now.together.periods.is_empty() {
        return Vec::new();
    }
    let mut coming = coming(now);
    let likely = likely::likely(now, &coming);
    let mut at = 0..;
    coming.gone.retain(|_| at.next().is_some_and(|at| !likely.gone.contains(&at)));
    let mut at = 0..;
    coming.new.retain(|_| at.next().is_some_and(|at| !likely.new.contains(&at)));
    let mut findings = likely.findings;
    findings.extend(vanished(now, &coming.gone));
    findings.extend(coming.silent.iter().map(|silent| is_silent(now, silent)));
    if now.book.fixed_list {
        findings.extend(new(now, &coming.new));
    }
    findings
}

fn coming<'a>(now: Now<'a>) -> Coming<'a> {
    let before = reported_before(now);
    let here: BTreeMap<&str, usize> =
        (0..now.facts.height()).rev().map(|row| (reporter(now.facts, row), row)).collect();
    let keys: BTreeSet<&str> = (0..now.facts.height()).filter_map(|row| now.facts.text("key", row)).collect();
    let mut coming = Coming::default();
    for (unit, last) in &before {
        let gone = last.rows.iter().copied().filter(|&row| is_gone(now, last.facts, row, &keys));
        match here.get(unit) {
            Some(&row) => {
                let sheet = sheet_of(now.facts, row);
                let gone = gone.map(|row| Gone { period: last.period, facts: last.facts, row, sheet: sheet.clone() });
                coming.gone.extend(gone);
            }
            None => coming.silent.push((unit, last.period, gone.count())),
        }
    }
    coming.silent.retain(|(_, _, rows)| *rows > 0);
    let is_new = |row: &usize| {
        now.together.last(*row).is_none() && before.contains_key(reporter(now.facts, *row)) && !decided(now, *row)
    };
    coming.new = (0..now.facts.height()).filter(is_new).collect();
    coming
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

/// Whether a project is in no row of the period, not even of another book, and no decision says why.
fn is_gone(now: Now, facts: &Facts, row: usize, keys: &BTreeSet<&str>) -> bool {
    let key = facts.text("key", row).unwrap_or_default();
    if keys.contains(key) {
        return false;
    }
    let off = |off: &TakenOff| off.book == now.book.id && off.key == key;
    let went_on =
        |link: &crate::merge::AppliedLink| link.link.from_book == now.book.id && link.old_key.as_deref() == Some(key);
    let name = project_name(facts.text(&now.book.subject, row).unwrap_or_default());
    let stands_elsewhere = now.names.stands_elsewhere(&now.book.id, &name);
    // A decision that has already done its work: the unit has taken the project off its own list.
    let decided_off = now.past.settings.adjustments.iter().any(|one| {
        let in_force = now.past.period.lies_within(one.from, None);
        one.book == now.book.id && one.decision == Decision::Out && in_force && project_name(&one.project) == name
    });
    !(now.merged.taken_off.iter().any(off) || now.merged.links.iter().any(went_on) || stands_elsewhere || decided_off)
}

/// That units' sheets no longer have projects that they had.
fn vanished(now: Now, gone: &[Gone]) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<&Place, Vec<&Gone>> = BTreeMap::new();
    for one in gone {
        by_sheet.entry(&one.sheet).or_default().push(one);
    }
    let advice = "请核实是否漏报；已改名、拆分、转入其他账册或经批准移出的请说明，由汇总单位在“认定”或“调整”表登记";
    let find = |sheet: &Place, message| Finding::new(Level::Query, "project.vanished", sheet.clone(), message, advice);
    let mut findings = Vec::new();
    for (sheet, gone) in by_sheet {
        if gone.len() >= TOGETHER {
            let named: Vec<String> = gone.iter().take(NAMED).map(|gone| format!("“{}”", gone.name(now))).collect();
            let period = gone[0].period.in_words();
            findings.push(find(sheet, format!("{period}有、本期没有的有{}个：{}等", gone.len(), named.join("、"))));
            continue;
        }
        findings.extend(gone.iter().map(|gone| {
            let name = gone.name(now);
            find(sheet, format!("{}报有“{name}”，本期没有", gone.period.in_words())).about(name)
        }));
    }
    findings
}

/// That a unit which reported has nothing in the period.
fn is_silent(now: Now, (unit, period, rows): &(&str, Period, usize)) -> Finding {
    let message = format!(
        "{}报了{}{rows}行，本期没有报（或整表未能汇总），各项合计不含这些项目",
        period.in_words(),
        now.book.title
    );
    let place = Place::file(&(*unit).into());
    Finding::new(Level::Query, "unit.silent", place, message, "请催报；确无数据的也请报空表说明")
}

/// Projects that no earlier period has, of units that reported earlier in the year.
fn new(now: Now, rows: &[usize]) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for &row in rows {
        by_sheet.entry(sheet_of(now.facts, row)).or_default().push(row);
    }
    let advice = "请核实是否经批准新列入，由汇总单位在“调整”表登记“调入”；是原有项目改了名称的请说明";
    let mut findings = Vec::new();
    for (sheet, rows) in by_sheet {
        if rows.len() >= TOGETHER {
            let named: Vec<String> = rows.iter().take(NAMED).map(|&row| format!("“{}”", now.subject(row))).collect();
            let message = format!("以前各期没有、本期新报的有{}个：{}等", rows.len(), named.join("、"));
            findings.push(Finding::new(Level::Note, NEW, sheet, message, advice));
            continue;
        }
        findings.extend(rows.iter().map(|&row| {
            let name = now.subject(row);
            let message = format!("“{name}”以前各期没有，本期新报");
            Finding::new(Level::Note, NEW, now.cell(row, &now.book.subject), message, advice).about(name)
        }));
    }
    findings
}

/// Whether a decision in force put the project onto the list or says whom it goes on.
fn decided(now: Now, row: usize) -> bool {
    let (key, code) = (now.facts.text("key", row), now.facts.text("code", row));
    let name = project_name(now.subject(row));
    let put_on = now.merged.decisions.iter().any(|one| {
        let meant = project_name(&one.project) == name || (one.code.is_some() && one.code.as_deref() == code);
        one.book == now.book.id && one.decision == Decision::In && meant
    });
    put_on || now.merged.links.iter().any(|link| link.link.book == now.book.id && Some(link.key.as_str()) == key)
}
