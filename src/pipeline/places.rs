//! The rankings of a period, with what the earlier periods of its year tell about them.
//!
//! Takes the merged month and the ledger, gives rankings with movement and curve. Earlier periods are
//! measured and ranked anew from the ledger's facts with today's profile, so that one curve has one
//! definition; what the office says of last year holds for the period of the run and not for those.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Office, RunError};
use crate::check;
use crate::finding::Finding;
use crate::ledger;
use crate::measure::{self, Frame, Measured};
use crate::merge::{Facts, Merged};
use crate::period::Period;
use crate::profile::{RankingPlan, Reckoning};
use crate::rank::{self, Ranking};
use crate::score;
use crate::settings::Settings;
use crate::workspace::{STOP, Workspace};

/// The rankings of a period with those of the year's earlier ones.
pub(super) struct Places {
    /// The rankings, which remember the earlier ones.
    pub(super) rankings: Vec<Ranking>,
    /// What is to be said of the entries of their scores.
    pub(super) findings: Vec<Finding>,
    /// The rankings of the year's earlier periods, the first first.
    pub(super) earlier: Vec<(Period, Vec<Ranking>)>,
}

/// The rankings, now and earlier in the year.
pub(super) fn rank_all(workspace: &Workspace, office: &Office, merged: &Merged) -> Result<Places, RunError> {
    let last_year = facts_of(workspace, merged.facts.keys(), office.period.last_year())?;
    let frame = Frame { profile: &office.profile, settings: &office.settings, period: office.period };
    let measured = measure::measure_all(frame, &merged.facts, &last_year)?;
    rank_measured_with(workspace, office, merged, measured)
}

/// The same of what was measured elsewhere.
pub(super) fn rank_measured_with(
    workspace: &Workspace,
    office: &Office,
    merged: &Merged,
    measured: Vec<Measured>,
) -> Result<Places, RunError> {
    let frame = Frame { profile: &office.profile, settings: &office.settings, period: office.period };
    let (mut rankings, findings) = rank_measured(frame, measured);
    let earlier = earlier(workspace, office, merged)?;
    rank::remember(&mut rankings, office.period, &earlier);
    Ok(Places { rankings, findings, earlier })
}

/// Scores and ranks what was measured in a period.
fn rank_measured(frame: Frame, mut measured: Vec<Measured>) -> (Vec<Ranking>, Vec<Finding>) {
    let mut scores = score::score(frame.profile, frame.settings, frame.period, &mut measured);
    let rank = |measured: Measured| {
        let of = scores.of.remove(&(measured.plan.book.clone(), measured.plan.id.clone()));
        rank::rank_scored(measured, &frame.profile.county, of)
    };
    (measured.into_iter().map(rank).collect(), scores.findings)
}

/// The books' facts of a period, as far as the ledger has them.
pub(super) fn facts_of<'b>(
    workspace: &Workspace,
    books: impl Iterator<Item = &'b String>,
    period: Period,
) -> Result<BTreeMap<String, Facts>, RunError> {
    let mut facts = BTreeMap::new();
    for book in books {
        if let Some(of_book) = ledger::read_period(&workspace.ledger, book, period)? {
            facts.insert(book.clone(), of_book);
        }
    }
    Ok(facts)
}

/// The rankings of the year's earlier periods, the first first.
fn earlier(workspace: &Workspace, office: &Office, merged: &Merged) -> Result<Vec<(Period, Vec<Ranking>)>, RunError> {
    let settings = Settings { last_year: Vec::new(), ..office.settings.clone() };
    let before = std::iter::successors(Some(office.period.previous()), |period| Some(period.previous()));
    let mut earlier = Vec::new();
    // One after another: the rows of a single one are in memory.
    for period in before.take_while(|period| period.year() == office.period.year()) {
        STOP.go_on()?;
        let facts = facts_of(workspace, merged.facts.keys(), period)?;
        if facts.is_empty() {
            continue;
        }
        let last_year = match needs_last_year(office) {
            true => facts_of(workspace, merged.facts.keys(), period.last_year())?,
            false => BTreeMap::new(),
        };
        let frame = Frame { profile: &office.profile, settings: &settings, period };
        let measured = measured_again(frame, &facts, &last_year);
        earlier.push((period, rank_measured(frame, measured).0));
    }
    earlier.reverse();
    Ok(earlier)
}

/// What of an earlier period can be measured as today: of a part that lacks what today's SQL names,
/// there is nothing to tell.
fn measured_again<'a>(
    frame: Frame<'a>,
    facts: &BTreeMap<String, Facts>,
    last_year: &BTreeMap<String, Facts>,
) -> Vec<Measured<'a>> {
    let complete = |(id, facts): (&String, &Facts)| {
        let frame = check::completed(frame.profile.book(id)?, &facts.frame)?;
        Some((id.clone(), Facts { book: facts.book.clone(), frame }))
    };
    let completed: BTreeMap<String, Facts> = facts.iter().filter_map(complete).collect();
    let measure_one = |plan: &'a RankingPlan| {
        let book = frame.profile.book(&plan.book)?;
        let groups = measure::measure(frame, plan, completed.get(&plan.book)?, last_year.get(&plan.book)).ok()?;
        Some(Measured { plan, book, groups })
    };
    frame.profile.county.rankings.par_iter().filter_map(measure_one).collect()
}

/// Whether a ranking's places rest on last year's figures.
fn needs_last_year(office: &Office) -> bool {
    office.profile.county.rankings.iter().any(|plan| {
        let measures = office.profile.book(&plan.book).map_or(&[][..], |book| &book.measures);
        let deciding = |id: &str| plan.by == id || plan.then.iter().any(|other| other == id);
        let of_last_year = |kind| matches!(kind, Reckoning::LastYear | Reckoning::Change);
        measures.iter().any(|measure| deciding(&measure.id) && of_last_year(measure.kind))
    })
}
