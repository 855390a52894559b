//! The bulletin of a month, and the number that it has among its year's issues.
//!
//! A number is given once: a month that is run again keeps the one that its last run recorded, a new one gets the
//! next after all of its series, so that a month that comes late takes no number that another already bears.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Office, Outcome, RunError, manifest, ranking};
use crate::ledger::{Ledger, LedgerError, Run};
use crate::period::Period;
use crate::profile::BulletinPlan;
use crate::publish::{self, Bulletin, BulletinReport};
use crate::workspace::Workspace;

/// Makes the bulletin of an outcome.
pub(super) fn bulletin(workspace: &Workspace, office: &Office, outcome: &Outcome) -> Result<Bulletin, RunError> {
    let names = ranking::names(office, outcome);
    let attachments: Vec<String> = names.iter().map(|name| name.trim_end_matches(".xlsx").to_owned()).collect();
    let county = &office.profile.county;
    let report = BulletinReport {
        profile: &office.profile,
        templates: &office.templates,
        period: office.period,
        county: workspace.county.as_deref().unwrap_or_default(),
        facts: &outcome.merged.facts,
        rankings: &outcome.rankings,
        reports: &outcome.reporting.register.reports,
        attachments: &attachments,
        issue: issue(&Ledger::of(workspace), &county.bulletin, office.period)?,
    };
    Ok(publish::bulletin(&report)?)
}

/// The number of a period's issue.
fn issue(ledger: &Ledger, plan: &BulletinPlan, period: Period) -> Result<u32, LedgerError> {
    if let Some(number) = plan.number(period) {
        return Ok(number);
    }
    let of_series = |other: Period| other.year() == period.year() && other.grain() == period.grain();
    let given = plan.numbers.iter().filter(|(text, _)| text.parse().is_ok_and(of_series));
    let mut taken: BTreeSet<u32> = given.map(|(_, number)| *number).collect();
    let mut own = None;
    for other in ledger.periods()?.into_iter().filter(|other| of_series(*other)) {
        let number = ledger.current(other)?.as_ref().map(recorded).transpose()?.flatten();
        match other == period {
            true => own = number,
            false => taken.extend(number),
        }
    }
    let first = plan.first_of(period.grain());
    let next = taken.last().map_or(first, |last| first.max(last + 1));
    Ok(own.filter(|number| *number >= first && !taken.contains(number)).unwrap_or(next))
}

/// The number that a run gave; `None` for one from before there were bulletins.
fn recorded(run: &Run) -> Result<Option<u32>, LedgerError> {
    let Some(bytes) = run.file(&format!("documents/{}", manifest::NAME))? else { return Ok(None) };
    let manifest: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    Ok(manifest["bulletin"]["issue"].as_u64().and_then(|number| u32::try_from(number).ok()))
}
