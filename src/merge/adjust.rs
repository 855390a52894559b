//! Named decisions of the office: a project off the list or onto it, another plan for the year.

use std::collections::BTreeMap;

use super::entry::{Cell, Entry, Tables};
use crate::amount;
use crate::check::RowPlace;
use crate::finding::{Finding, Level, Place};
use crate::period::Period;
use crate::settings::{Adjustment, Corrected, Decision, Settings};

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
pub(crate) struct Adjusted<'a> {
    /// Those still on the list.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Those off the list, with the entry for the row account.
    pub(crate) taken_off: Vec<(Entry<'a>, TakenOff)>,
    /// Those with another plan.
    pub(crate) replanned: Vec<Replanned>,
    /// The decisions that took effect, in order of when they came into force.
    pub(crate) decisions: Vec<Adjustment>,
    /// Decisions that found no project, or several, or that contradict one another.
    pub(crate) findings: Vec<Finding>,
}

/// What the decisions about one project come to in a period.
#[derive(Default)]
struct Standing<'d> {
    /// The decision that keeps it off the list.
    off: Option<&'d Adjustment>,
    /// The decision that put it onto the list.
    on: Option<&'d Adjustment>,
    /// The decision that sets its plan.
    plan: Option<&'d Adjustment>,
}

/// Applies the decisions in force, in order of when they came into force.
pub(crate) fn adjust<'a>(
    tables: &Tables<'a>,
    mut entries: Vec<Entry<'a>>,
    settings: &Settings,
    period: Period,
) -> Adjusted<'a> {
    let mut adjusted = Adjusted::default();
    let mut decisions: Vec<&Adjustment> =
        settings.adjustments.iter().filter(|one| one.book == tables.book.id).collect();
    decisions.sort_by_key(|one| one.from);
    let mut of_entry: BTreeMap<usize, Vec<&Adjustment>> = BTreeMap::new();
    for &decision in &decisions {
        let means = |at: &usize| entries[*at].is_called(tables, &decision.project, decision.code.as_deref());
        let meant: Vec<usize> = (0..entries.len()).filter(means).collect();
        match meant.as_slice() {
            &[at] => of_entry.entry(at).or_default().push(decision),
            several if in_force(decision, period) => adjusted.findings.push(unmatched(decision, several.len())),
            _ => {}
        }
    }
    let mut off: BTreeMap<usize, &Adjustment> = BTreeMap::new();
    for (at, of_one) in of_entry {
        let standing = match standing(&of_one, period) {
            Ok(standing) => standing,
            Err((first, second)) => {
                adjusted.findings.push(contradiction(first, second));
                continue;
            }
        };
        let applied = [standing.off, standing.on, standing.plan].into_iter().flatten().cloned();
        adjusted.decisions.extend(applied);
        if let Some(decision) = standing.off {
            off.insert(at, decision);
        }
        if let Some(on) = standing.on {
            entries[at].more_mut().said.push(format!("调入（{}，{}）", on.document, on.reason));
        }
        adjusted.replanned.extend(standing.plan.and_then(|plan| replan(tables, &mut entries[at], plan)));
    }
    adjusted.decisions.sort_by_key(|one| decisions.iter().position(|known| *known == one));
    if off.is_empty() {
        adjusted.entries = std::mem::take(&mut entries);
    }
    for (at, entry) in entries.into_iter().enumerate() {
        match off.get(&at) {
            Some(decision) => {
                adjusted.taken_off.push((entry.clone(), taken_off(tables, entry, decision, period)));
            }
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
    begun && (same_year || !matches!(decision.decision, Decision::Replan(_)))
}

/// What a project's decisions, in order of their start, come to; two that cannot both be meant otherwise.
fn standing<'d>(
    decisions: &[&'d Adjustment],
    period: Period,
) -> Result<Standing<'d>, (&'d Adjustment, &'d Adjustment)> {
    let of_list = |one: &&&Adjustment| !matches!(one.decision, Decision::Replan(_));
    let mut standing = Standing::default();
    match decisions.iter().filter(of_list).rfind(|one| in_force(one, period)) {
        Some(last) if last.decision == Decision::Out => standing.off = Some(last),
        Some(last) => standing.on = Some(last),
        // What is to come onto the list later is not on it yet.
        None => {
            standing.off = decisions.iter().find(of_list).filter(|first| first.decision == Decision::In).copied();
        }
    }
    let plans = decisions.iter().filter(|one| matches!(one.decision, Decision::Replan(_)));
    standing.plan = plans.copied().rfind(|one| in_force(one, period));
    match (standing.off, standing.plan) {
        // A plan for the time after a project went off can only mean that one of the two is wrong.
        (Some(off), Some(plan)) if off.decision == Decision::Out && plan.from >= off.from => Err((off, plan)),
        (Some(_), _) => {
            standing.plan = None;
            Ok(standing)
        }
        _ => Ok(standing),
    }
}

fn taken_off(tables: &Tables, entry: Entry, decision: &Adjustment, period: Period) -> TakenOff {
    let early =
        decision.from.filter(|from| decision.decision == Decision::In && !period.lies_within(Some(*from), None));
    let reason = match early {
        Some(from) => format!("{}（自{}起调入，本期尚未列入）", decision.reason, from.in_words()),
        None => decision.reason.clone(),
    };
    TakenOff {
        book: tables.book.id.clone(),
        name: tables.subject(entry.source).to_owned(),
        at: tables.place(entry.source),
        key: entry.key.into_owned(),
        document: decision.document.clone(),
        reason,
    }
}

/// Sets an entry's plan; the reported one stays beside it.
fn replan(tables: &Tables, entry: &mut Entry, decision: &Adjustment) -> Option<Replanned> {
    let Decision::Replan(plan) = decision.decision else { return None };
    let reported = match tables.cell(entry.source_of("plan"), "plan") {
        Some(Cell::Whole(yuan)) => Some(yuan),
        _ => None,
    };
    let was = reported.map_or_else(|| "（空）".to_owned(), |yuan| format!("{}万元", amount::wan(yuan)));
    let (document, reason) = (decision.document.clone(), decision.reason.clone());
    entry
        .more_mut()
        .said
        .push(format!("计划调整：年度计划由{was}改为{}万元（{document}，{reason}）", amount::wan(plan)));
    entry.more_mut().decided.insert("plan".to_owned(), Corrected::Whole(plan));
    Some(Replanned {
        book: tables.book.id.clone(),
        key: entry.key.clone().into_owned(),
        name: tables.subject(entry.source).to_owned(),
        reported,
        plan,
        document,
        reason,
    })
}

/// That two decisions about a project cannot both be meant.
fn contradiction(first: &Adjustment, second: &Adjustment) -> Finding {
    let row = |one: &Adjustment| one.place.row().map_or(String::new(), |row| format!("第{row}行"));
    let message = format!(
        "“{}”{}移出（{}），{}又作计划调整（{}），互相矛盾，两项都未生效",
        first.project,
        row(first),
        first.document,
        row(second),
        second.document
    );
    let advice = "请核实项目是否移出：重新列入的请加一行“调入”，否则删去其中一项";
    Finding::new(Level::Error, "adjustment.contradict", second.place.clone(), message, advice)
}

/// That a decision was not applied, because it means no project or several.
fn unmatched(decision: &Adjustment, found: usize) -> Finding {
    let place = match decision.place.sheet {
        Some(_) => decision.place.clone(),
        None => Place::sheet(&"settings.xlsx".into(), &"调整".into()),
    };
    let what = format!("调整“{}”（{}）", decision.project, decision.document);
    if found == 0 {
        let message = format!("{what}本期没有对应的项目，未生效");
        let advice = "请核对项目名称、代码，或删去已不需要的调整";
        return Finding::new(Level::Note, "adjustment.stale", place, message, advice).about(&decision.project);
    }
    let message = format!("{what}对应{found}个项目，未生效");
    Finding::new(Level::Query, "adjustment.ambiguous", place, message, "请填写项目代码，以便认定是哪一个")
}
