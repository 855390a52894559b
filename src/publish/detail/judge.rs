//! How far each project has come, with its columns looked up once.

use std::cmp::Ordering;

use crate::amount::{Fraction, fraction};
use crate::merge::{Cells, Facts};
use crate::publish::report::Report;

use super::BEHIND;

/// Rates, schedules and leads of projects.
#[derive(Debug, Clone, Copy)]
pub(in crate::publish) struct Judge<'a> {
    done: Cells<'a>,
    plan: Cells<'a>,
    /// How far each row's schedule has come, where rows say so.
    due: Option<(Cells<'a>, Cells<'a>)>,
    /// That of the whole book.
    schedule: Option<Fraction>,
    /// What the book's file derives, where it does.
    behind: Option<Cells<'a>>,
}

impl<'a> Judge<'a> {
    /// The judge of a report's facts.
    pub(in crate::publish) fn new(report: &Report<'a>) -> Self {
        let derived = report.book().is_some_and(|book| book.derived.iter().any(|derived| derived.id == BEHIND));
        let behind = derived.then(|| report.facts.cells(BEHIND));
        Self { schedule: report.schedule, behind, ..Self::of(report.facts) }
    }

    /// The judge of facts by what their own rows say.
    pub(in crate::publish) fn of(facts: &'a Facts) -> Self {
        let due = (facts.cells("schedule_num"), facts.cells("schedule_den"));
        Self {
            done: facts.cells("done"),
            plan: facts.cells("plan"),
            due: (!matches!(due.1, Cells::None)).then_some(due),
            schedule: None,
            behind: None,
        }
    }

    /// What was done and what was planned; `None` where there is no rate.
    pub(in crate::publish) fn parts(&self, row: usize) -> Option<(i64, i64)> {
        let (done, plan) = (self.done.whole(row)?, self.plan.whole(row)?);
        (plan > 0).then_some((done, plan))
    }

    /// A project's completion rate.
    pub(in crate::publish) fn rate(&self, row: usize) -> Option<Fraction> {
        let (done, plan) = self.parts(row)?;
        fraction(done, plan)
    }

    /// How far a project should have come: by its own plan where the schedule follows that.
    pub(in crate::publish) fn due(&self, row: usize) -> Option<Fraction> {
        match self.due {
            Some((num, den)) => fraction(num.whole(row)?, den.whole(row)?),
            None => self.schedule,
        }
    }

    /// The same as two whole numbers, unreduced.
    fn due_parts(&self, row: usize) -> Option<(i128, i128)> {
        match self.due {
            Some((num, den)) => {
                let (num, den) = (num.whole(row)?, den.whole(row)?);
                (den != 0).then_some((num.into(), den.into()))
            }
            None => self.schedule.map(|share| (*share.numer(), *share.denom())),
        }
    }

    /// By how much a project is ahead of its schedule, negative where it is behind: two whole numbers, unreduced.
    pub(in crate::publish) fn lead_parts(&self, row: usize) -> Option<(i128, i128)> {
        let ((done, plan), (num, den)) = (self.parts(row)?, self.due_parts(row)?);
        let (done, plan) = (i128::from(done), i128::from(plan));
        Some((done.checked_mul(den)? - num.checked_mul(plan)?, plan.checked_mul(den)?))
    }

    /// The same as a fraction.
    pub(in crate::publish) fn lead(&self, row: usize) -> Option<Fraction> {
        let (lead, of) = self.lead_parts(row)?;
        // Parts of 64 bits are reduced several times sooner, and nearly all are.
        match (i64::try_from(lead), i64::try_from(of)) {
            (Ok(lead), Ok(of)) => fraction(lead, of),
            _ => Some(Fraction::new(lead, of)),
        }
    }

    /// Whether its rate is below its schedule.
    pub(in crate::publish) fn behind_by_rate(&self, row: usize) -> Option<bool> {
        self.lead_parts(row).map(|(lead, of)| (lead < 0) == (of > 0) && lead != 0)
    }

    /// Whether a project is behind schedule: as the book's file derives it, else by its rate.
    pub(in crate::publish) fn behind(&self, row: usize) -> Option<bool> {
        match self.behind {
            Some(cells) => cells.flag(row),
            None => self.behind_by_rate(row),
        }
    }

    /// The order by rate, the lowest first; projects without one last.
    pub(in crate::publish) fn by_rate(&self, one: usize, other: usize) -> Ordering {
        match (self.parts(one), self.parts(other)) {
            (Some((done, plan)), Some((other_done, other_plan))) => {
                // Plans are positive, and two amounts in yuan multiply well within an i128.
                (i128::from(done) * i128::from(other_plan)).cmp(&(i128::from(other_done) * i128::from(plan)))
            }
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }
}
