//! What the ledger and the settings give to a form: the unit's projects, words to choose from.

use std::collections::{BTreeMap, BTreeSet};

use super::Office;
use crate::history::Earlier;
use crate::merge::{Facts, Roster, platform_code, project_name};
use crate::period::Period;
use crate::profile::{Book, Kind};
use crate::publish::{Known, KnownRow};
use crate::settings::{Adjustment, Decision, UnitKind};

/// A list of more words helps nobody to choose.
const MOST_WORDS: usize = 15;
/// A longer word is a sentence.
const LONGEST_WORD: usize = 12;

/// The projects that a unit reported last, in the order of its own sheet, and when; those that a decision takes
/// off the list left out, others with the plan that a decision sets.
pub(super) fn known_rows(
    office: &Office,
    roster: &Roster,
    earlier: &Earlier,
    book: &Book,
    unit: &str,
) -> Option<(Period, Vec<KnownRow>)> {
    let is_its = |facts: &Facts, row: usize| {
        let reporter = facts.text("reporting_unit", row).unwrap_or_default();
        reporter == unit || roster.find(reporter).is_some_and(|known| known.name == unit)
    };
    let (period, facts, rows) = earlier.of_book(&book.id).find_map(|(period, facts)| {
        let rows: Vec<usize> = (0..facts.height()).filter(|row| is_its(facts, *row)).collect();
        (!rows.is_empty()).then_some((period, facts, rows))
    })?;
    let place = |row: usize| {
        (
            facts.text("file", row).unwrap_or_default(),
            facts.text("sheet", row).unwrap_or_default(),
            facts.whole("row", row),
        )
    };
    let mut rows = rows;
    rows.sort_by(|&a, &b| place(a).cmp(&place(b)));
    let known = rows.into_iter().filter_map(|row| decided(office, book, facts, row));
    Some((period, known.collect()))
}

/// A project with what the office has decided of it; `None` where it is off the list.
fn decided(office: &Office, book: &Book, facts: &Facts, row: usize) -> Option<KnownRow> {
    let mut known = KnownRow::of(book, facts, row);
    let is_it = |adjustment: &&Adjustment| {
        let codes =
            adjustment.code.as_deref().and_then(platform_code).zip(facts.text("code", row).and_then(platform_code));
        adjustment.book == book.id
            && adjustment.from.is_none_or(|from| office.period.lies_within(Some(from), None))
            && match codes {
                Some((meant, own)) => meant == own,
                None => {
                    project_name(&adjustment.project)
                        == project_name(facts.text(&book.subject, row).unwrap_or_default())
                }
            }
    };
    let mut decisions: Vec<&Adjustment> = office.settings.adjustments.iter().filter(is_it).collect();
    decisions.sort_by_key(|adjustment| adjustment.from);
    let mut listed = true;
    for adjustment in decisions {
        match adjustment.decision {
            Decision::Out => listed = false,
            Decision::In => listed = true,
            Decision::Replan(plan) => drop(known.values.insert("plan".to_owned(), Known::Yuan(plan))),
        }
    }
    listed.then_some(known)
}

/// Words to choose from by field: the roster's units and leaders, and what most rows of the county say where
/// there are only a few such words.
pub(super) fn word_lists(office: &Office, earlier: &Earlier, book: &Book) -> BTreeMap<String, Vec<String>> {
    let units = || office.settings.units.iter().filter(|unit| unit.is_open(office.period));
    let names = |all: Vec<&String>| all.into_iter().cloned().collect::<Vec<_>>();
    let roster = [
        ("unit", names(units().map(|unit| &unit.name).collect())),
        ("town", names(units().filter(|unit| unit.kind == UnitKind::Town).map(|unit| &unit.name).collect())),
        ("leader", names(office.settings.leaders.iter().map(|leader| &leader.name).collect())),
    ];
    let mut lists: BTreeMap<String, Vec<String>> =
        roster.into_iter().filter(|(_, words)| !words.is_empty()).map(|(id, words)| (id.to_owned(), words)).collect();
    let Some((_, facts)) = earlier.of_book(&book.id).next() else { return lists };
    let own = ["code", "unit", "town", "leader", "owner", "status", "problem", "measure", "note"];
    let names_row = |id: &String| *id == book.subject || book.told_by.contains(id);
    for field in book.fields.iter().filter(|field| field.kind == Kind::Text && !names_row(&field.id)) {
        if own.contains(&field.id.as_str()) {
            continue;
        }
        lists.extend(usual_words(facts, &field.id).map(|words| (field.id.clone(), words)));
    }
    lists
}

/// The words of a column that stand in most of its rows, more than once each; `None` where it is no matter of choice.
fn usual_words(facts: &Facts, field: &str) -> Option<Vec<String>> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in (0..facts.height()).filter_map(|row| facts.text(field, row)) {
        *counts.entry(text).or_default() += 1;
    }
    let filled: usize = counts.values().sum();
    let usual: BTreeSet<&str> = counts.iter().filter(|(_, count)| **count > 1).map(|(word, _)| *word).collect();
    let told: usize = usual.iter().map(|word| counts[word]).sum();
    let few = (2..=MOST_WORDS).contains(&usual.len()) && usual.iter().all(|word| word.chars().count() <= LONGEST_WORD);
    (few && told * 5 >= filled * 4).then(|| usual.into_iter().map(str::to_owned).collect())
}
