//! Which bonus and penalty entries count for which group this month, and which count for nobody.

use std::collections::BTreeMap;

use crate::finding::{Finding, Level};
use crate::period::Period;
use crate::profile::{Hold, ScorePlan};
use crate::settings::{ScoreEntry, Settings};

/// The entries in force by group; an entry for a group that the ranking does not have is a finding.
pub(super) fn entries(
    plan: &ScorePlan,
    settings: &Settings,
    period: Period,
    groups: &[&str],
) -> (BTreeMap<String, Vec<ScoreEntry>>, Vec<Finding>) {
    let mut counted: BTreeMap<String, Vec<ScoreEntry>> = BTreeMap::new();
    let mut findings = Vec::new();
    for entry in settings.entries.iter().filter(|entry| entry.score == plan.id) {
        match (in_force(plan.entries.hold, entry.from, period), groups.contains(&entry.group.as_str())) {
            (true, true) => counted.entry(entry.group.clone()).or_default().push(entry.clone()),
            (true, false) => findings.push(unknown(plan, entry, groups)),
            (false, _) if is_past(entry.from, period) => findings.push(stale(plan, entry)),
            (false, _) => {}
        }
    }
    (counted, findings)
}

fn in_force(hold: Hold, from: Period, period: Period) -> bool {
    let same_year = from.year() == period.year();
    match hold {
        // By month: an entry of September counts in its weeks too.
        Hold::Year => same_year && from.month() <= period.month(),
        Hold::Month => same_year && from.month() == period.month(),
    }
}

/// Entries of earlier years; those of earlier months of this one are the record of the year.
fn is_past(from: Period, period: Period) -> bool {
    from.year() < period.year()
}

fn unknown(plan: &ScorePlan, entry: &ScoreEntry, groups: &[&str]) -> Finding {
    let message = format!("{}：本期“{}”的排名里没有“{}”，没有计入", told(entry), plan.title, entry.group);
    let nearest = crate::profile::nearest(&entry.group, groups);
    let advice = match nearest {
        Some(nearest) => format!("请核对名称，是否应为“{nearest}”；确已不参加排名的，请删去这一行"),
        None => "请核对名称，确已不参加排名的，请删去这一行".to_owned(),
    };
    Finding::new(Level::Query, "score_entry.unknown", entry.place.clone(), message, advice)
}

fn stale(plan: &ScorePlan, entry: &ScoreEntry) -> Finding {
    let message = format!("{}：是往年的事项，不再计入“{}”", told(entry), plan.title);
    Finding::new(Level::Note, "score_entry.stale", entry.place.clone(), message, "请删去这一行，或改正生效时间")
}

fn told(entry: &ScoreEntry) -> String {
    format!("{}“{}”（{}）", entry.kind.title(), entry.reason, entry.document)
}
