//! Values that the office uses in place of reported ones; the reported ones stay beside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::{Cell, Entry, Tables};
use super::names;
use super::units::{Roster, first_unit};
use super::words;
use crate::finding::{Finding, Level};
use crate::period::Period;
use crate::settings::{Corrected, Override, Settings};

/// A value that a decision of the sheet 更正 set.
#[derive(Debug, Clone, PartialEq)]
pub struct Revised {
    /// The decision.
    pub decision: Override,
    /// The project's identity.
    pub key: String,
    /// Its name as reported.
    pub name: String,
    /// The field's title.
    pub title: String,
    /// The reported value as a reader writes it.
    pub reported: String,
    /// The decided value, likewise.
    pub decided: String,
}

/// Applies the corrections in force; what finds no project, several or another correction is told.
pub(crate) fn correct(
    tables: &Tables,
    entries: &mut [Entry],
    roster: &Roster,
    settings: &Settings,
    period: Period,
    findings: &mut Vec<Finding>,
) -> Vec<Revised> {
    let mut given: BTreeMap<(usize, &str), Vec<&Override>> = BTreeMap::new();
    for one in settings.overrides.iter().filter(|one| one.book == tables.book.id && one.holds(period)) {
        let meant = |at: &usize| entries[*at].is_called(tables, &one.project, one.code.as_deref());
        let meant: Vec<usize> = (0..entries.len()).filter(meant).collect();
        match meant.as_slice() {
            &[at] => given.entry((at, &one.field)).or_default().push(one),
            several => findings.push(unmatched(one, several.len())),
        }
    }
    let mut revised = Vec::new();
    for ((at, field), several) in given {
        let entry = &mut entries[at];
        if let Some(finding) = refused(tables, entry, field, &several) {
            findings.push(finding);
        } else {
            revised.push(apply(tables, entry, roster, several[0]));
        }
    }
    revised.sort_by(|a, b| (&a.key, &a.title).cmp(&(&b.key, &b.title)));
    revised
}

/// Why corrections of one field of a project are not applied: they contradict, or say what is reported.
fn refused(tables: &Tables, entry: &Entry, field: &str, several: &[&Override]) -> Option<Finding> {
    let (first, last) = (several[0], several[several.len() - 1]);
    let title = tables.book.field(field).map_or(field, |field| &field.title);
    if several.iter().any(|one| one.value != first.value) {
        let message = format!(
            "更正“{}”的{title}与第{}行矛盾（依据{}、{}），两项都未生效",
            last.project,
            first.place.row().unwrap_or_default(),
            first.document,
            last.document
        );
        let advice = "同一项目的同一字段只能有一个更正值，请只留一项";
        return Some(Finding::new(Level::Error, "override.contradict", last.place.clone(), message, advice));
    }
    if entry.more().decided.get(field).is_some_and(|decided| *decided != first.value) {
        let message = format!("更正“{}”的{title}（{}）与“调整”表的计划调整矛盾，未生效", first.project, first.document);
        let advice = "年度计划的变动写在“调整”表，请删去这项更正";
        return Some(Finding::new(Level::Error, "override.contradict", first.place.clone(), message, advice));
    }
    let reported = tables.cell(entry.source_of(field), field);
    if reported == Some(as_cell(&first.value)) {
        let message = format!("更正“{}”的{title}（{}）与单位填报的已经一致", first.project, first.document);
        let advice = "单位已改正，可以写上截止时间或删去这项更正";
        return Some(Finding::new(Level::Note, "override.needless", first.place.clone(), message, advice));
    }
    None
}

/// A decided value as a cell.
pub(crate) fn as_cell(value: &Corrected) -> Cell<'_> {
    match value {
        Corrected::Whole(whole) => Cell::Whole(*whole),
        Corrected::Number(number) => Cell::Number(*number),
        Corrected::Date(date) => Cell::Date(*date),
        Corrected::Text(text) => Cell::Text(text),
    }
}

fn apply(tables: &Tables, entry: &mut Entry, roster: &Roster, one: &Override) -> Revised {
    let field = tables.book.field(&one.field).expect("settings know the book's fields");
    let reported = tables.cell(entry.source_of(&field.id), &field.id);
    let reported = reported.map_or_else(|| "（空）".to_owned(), |cell| words::cell(cell, field.kind));
    let decided = words::cell(as_cell(&one.value), field.kind);
    let said = format!("更正：{}由{reported}改为{decided}（{}，{}）", field.title, one.document, one.reason);
    entry.more_mut().said.push(said);
    entry.more_mut().decided.insert(field.id.clone(), one.value.clone());
    if let Corrected::Text(text) = &one.value {
        reattribute(entry, roster, &field.id, text);
    }
    Revised {
        decision: one.clone(),
        key: entry.key.clone().into_owned(),
        name: tables.subject(entry.source).to_owned(),
        title: field.title.clone(),
        reported,
        decided,
    }
}

/// Whom the project counts for, where the correction is about that.
fn reattribute(entry: &mut Entry, roster: &Roster, field: &str, text: &str) {
    let who = Arc::make_mut(&mut entry.who);
    match field {
        "town" => who.town = roster.towns_in(text).into_iter().next().or_else(|| who.town.take()),
        "category" => who.category = Some(super::units::tidy(text)),
        "leader" => {
            let (leaders, _) = roster.leaders_in(text);
            who.leaders = (!leaders.is_empty()).then(|| leaders.join("、"));
        }
        "unit" if !names::is_nobody(text) => {
            let unit = roster.find(text).cloned().unwrap_or_else(|| roster.find_or_as_written(first_unit(text)));
            match unit.town {
                true => who.town = Some(unit.name),
                false => who.department = Some(unit.name),
            }
        }
        _ => {}
    }
}

/// That a correction was not applied, because it means no project or several.
fn unmatched(one: &Override, found: usize) -> Finding {
    let what = format!("更正“{}”（{}）", one.project, one.document);
    if found == 0 {
        let message = format!("{what}本期没有对应的项目，未生效");
        let advice = "请核对项目名称、代码，或删去已不需要的更正";
        return Finding::new(Level::Note, "override.stale", one.place.clone(), message, advice);
    }
    let message = format!("{what}对应{found}个项目，未生效");
    Finding::new(Level::Query, "override.ambiguous", one.place.clone(), message, "请填写项目代码，以便认定是哪一个")
}
