//! Which schedule a measure is held against, and the rows as that schedule judges them.

use polars::prelude::DataFrame;

use super::aggregate::{Sum, Sums};
use super::groups::Grouped;
use super::needed;
use super::reckon::Made;
use super::shares::Shared;
use crate::amount::Fraction;
use crate::merge;
use crate::period::Period;
use crate::profile::{Book, County, Measure, RankingPlan, Reckoning, Schedule, ScheduleKind, Share};
/// The calendar of one ranking at a period's end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar<'a> {
    pub(super) county: &'a County,
    pub(super) book: &'a Book,
    pub(super) plan: &'a RankingPlan,
    pub(super) period: Period,
}

impl<'a> Calendar<'a> {
    /// The schedule of a measure.
    pub(super) fn schedule(&self, measure: &Measure) -> &'a Schedule {
        self.county.schedule(self.book, Some(self.plan), Some(measure))
    }

    /// The rows with the columns of a schedule, and what is derived from them, as that schedule says.
    pub(super) fn judged(&self, grouped: &Grouped, schedule: &Schedule) -> Result<Grouped, String> {
        // The facts were judged by their book's schedule when they were merged.
        if schedule.id == self.county.schedule(self.book, None, None).id {
            return Ok(grouped.clone());
        }
        let judged = |rows: &DataFrame| merge::judged(rows.clone(), self.book, self.county, schedule, self.period);
        let shared = grouped
            .shared
            .as_ref()
            .map(|shared| Ok::<_, String>(Shared { frame: judged(&shared.frame)?, parts: shared.parts.clone() }));
        Ok(Grouped { whole: grouped.whole.clone(), counted: judged(&grouped.counted)?, shared: shared.transpose()? })
    }

    /// The sums that the schedule of a measure needs where it is the plan's own: over the rows that
    /// the measure it is held against is computed over.
    pub(super) fn planned(&self) -> Vec<Measure> {
        let of_plan = |measure: &&Measure| {
            matches!(measure.kind, Reckoning::Schedule | Reckoning::Lag)
                && self.schedule(measure).kind == ScheduleKind::Plan
        };
        let needed = needed::measures(self.plan, self.book, self.county).into_iter();
        needed.filter(of_plan).map(|measure| self.sum_of_plan(measure)).collect()
    }

    /// The sum that the schedule of one measure is, where it is the plan's own.
    pub(super) fn planned_of(&self, measure: &Measure) -> Option<Measure> {
        (self.schedule(measure).kind == ScheduleKind::Plan).then(|| self.sum_of_plan(measure))
    }

    fn sum_of_plan(&self, measure: &Measure) -> Measure {
        let (schedule, of) = (self.schedule(measure), measure.of.as_deref());
        let of = of.and_then(|of| self.book.measures.iter().find(|other| other.id == of));
        Measure {
            id: planned_id(measure),
            kind: Reckoning::Sql,
            of: None,
            numerator: schedule.numerator.clone().unwrap_or_default(),
            denominator: schedule.denominator.clone(),
            filter: of.and_then(|of| of.filter.clone()),
            ..measure.clone()
        }
    }

    /// How far the schedule of a measure has come for a group.
    pub(super) fn due(&self, measure: &Measure, sums: &Sums) -> Made {
        match self.county.share(self.schedule(measure), self.period) {
            Some(share) => due(share),
            None => Made::quotient(sums.get(&*planned_id(measure)).copied().unwrap_or_default()),
        }
    }

    /// How far the schedule of a measure will have come at another period's end; `None` for a plan's own figures.
    pub(super) fn at(&self, period: Period, measure: &Measure) -> Option<Fraction> {
        self.county.share(self.schedule(measure), period).map(Share::value)
    }

    /// The months from the period's end to the last day of a measure's schedule.
    pub(super) fn months_left(&self, measure: &Measure) -> Fraction {
        self.period.months_until(self.county.ends(self.schedule(measure), self.period))
    }
}

/// No measure of a book can be called so.
fn planned_id(measure: &Measure) -> String {
    format!("{}=planned", measure.id)
}

fn due(share: Share) -> Made {
    let (numerator, denominator) = (Some(share.numerator), Some(share.denominator));
    Made::quotient(Sum { numerator, denominator, own_last_year: None })
}
