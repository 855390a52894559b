//! Named decisions of the office: a project off the list, another plan for the year.

use std::collections::BTreeMap;

use super::entry::{Cell, Entry, Tables};
use crate::check::RowPlace;
use crate::finding::{Finding, Level, Place};
use crate::period::Period;
use crate::settings::{Adjustment, Decision, Settings};

/// A project that a decision takes off the list.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOff {
    /// The book's id.
    pub book: String,
    /// Its identity.
    pub key: String,
    /// Its name as reported.
    pub name: String,
    /// Its row.
    pub at: RowPlace,
    /// The document that decides.
    pub document: String,
    /// Why.
    pub reason: String,
}

/// A project whose plan a decision sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Replanned {
    /// The book's id.
    pub book: String,
    /// Its identity.
    pub key: String,
    /// Its name as reported.
    pub name: String,
    /// The plan as reported, in yuan.
    pub reported: Option<i64>,
    /// The plan that is used, in yuan.
    pub plan: i64,
    /// The document that decides.
    pub document: String,
    /// Why.
    pub reason: String,
}

/// What the decisions did to the entries of a book.
#[derive(Debug, Default)]
pub(crate) struct Adjusted {
    /// Those still on the list.
    pub(crate) entries: Vec<Entry>,
    /// Those off the list, with the entry for the row account.
    pub(crate) taken_off: Vec<(Entry, TakenOff)>,
    /// Those with another plan.
    pub(crate) replanned: Vec<Replanned>,
    /// The decisions that did either, in order of when they came into force.
    pub(crate) decisions: Vec<Adjustment>,
    /// Decisions that found no project, or several.
    pub(crate) findings: Vec<Finding>,
}

/// Applies the decisions in force, in order of when they came into force.
pub(crate) fn adjust(tables: &Tables, mut entries: Vec<Entry>, settings: &Settings, period: Period) -> Adjusted {
    let mut adjusted = Adjusted::default();
    let mut decisions: Vec<&Adjustment> =
        settings.adjustments.iter().filter(|one| one.book == tables.book.id && in_force(one, period)).collect();
    decisions.sort_by_key(|one| one.from);
    let mut off: Vec<(usize, &Adjustment)> = Vec::new();
    let mut plans: BTreeMap<usize, &Adjustment> = BTreeMap::new();
    for &decision in &decisions {
        let meant: Vec<usize> = (0..entries.len()).filter(|&at| means(decision, tables, &entries[at])).collect();
        let &[at] = meant.as_slice() else {
            adjusted.findings.push(unmatched(decision, meant.len()));
            continue;
        };
        match decision.decision {
            Decision::Out => off.push((at, decision)),
            Decision::Replan(plan) => {
                entries[at].replan = Some(plan);
                plans.insert(at, decision);
            }
        }
    }
    off.sort_by_key(|(at, _)| *at);
    off.dedup_by_key(|(at, _)| *at);
    plans.retain(|at, _| off.iter().all(|(gone, _)| gone != at));
    let applied: Vec<&Adjustment> = off.iter().map(|(_, decision)| *decision).chain(plans.values().copied()).collect();
    decisions.retain(|decision| applied.iter().any(|one| std::ptr::eq(*one, *decision)));
    adjusted.decisions = decisions.into_iter().cloned().collect();
    adjusted.replanned = plans.iter().map(|(&at, decision)| replanned(tables, &entries[at], decision)).collect();
    for (at, entry) in entries.into_iter().enumerate() {
        match off.iter().find(|(gone, _)| *gone == at) {
            Some((_, decision)) => adjusted.taken_off.push((entry.clone(), taken_off(tables, entry, decision))),
            None => adjusted.entries.push(entry),
        }
    }
    adjusted.replanned.sort_by(|a, b| a.key.cmp(&b.key));
    adjusted
}

/// Whether a decision holds for a period: from its start on; another plan only within its year.
fn in_force(decision: &Adjustment, period: Period) -> bool {
    let begun = period.lies_within(decision.from, None);
    let same_year = decision.from.is_none_or(|from| from.year() == period.year());
    begun && (same_year || matches!(decision.decision, Decision::Out))
}

/// Whether a decision is about an entry.
fn means(decision: &Adjustment, tables: &Tables, entry: &Entry) -> bool {
    entry.is_called(tables, &decision.project, decision.code.as_deref())
}

fn taken_off(tables: &Tables, entry: Entry, decision: &Adjustment) -> TakenOff {
    TakenOff {
        book: tables.book.id.clone(),
        name: tables.subject(entry.source).to_owned(),
        at: tables.place(entry.source),
        key: entry.key,
        document: decision.document.clone(),
        reason: decision.reason.clone(),
    }
}

fn replanned(tables: &Tables, entry: &Entry, decision: &Adjustment) -> Replanned {
    let reported = match tables.cell(entry.source_of("plan"), "plan") {
        Some(Cell::Whole(yuan)) => Some(yuan),
        _ => None,
    };
    Replanned {
        book: tables.book.id.clone(),
        key: entry.key.clone(),
        name: tables.subject(entry.source).to_owned(),
        reported,
        plan: entry.replan.unwrap_or_default(),
        document: decision.document.clone(),
        reason: decision.reason.clone(),
    }
}

/// That a decision was not applied, because it means no project or several.
fn unmatched(decision: &Adjustment, found: usize) -> Finding {
    let file = "settings.xlsx".into();
    let place = Place::sheet(&file, &"调整".into());
    let what = format!("调整“{}”（{}）", decision.project, decision.document);
    if found == 0 {
        let message = format!("{what}本期没有对应的项目，未生效");
        return Finding::new(
            Level::Note,
            "adjustment.stale",
            place,
            message,
            "请核对项目名称、代码，或删去已不需要的调整",
        );
    }
    let message = format!("{what}对应{found}个项目，未生效");
    Finding::new(Level::Query, "adjustment.ambiguous", place, message, "请填写项目代码，以便认定是哪一个")
}
