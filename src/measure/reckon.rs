//! From sums to figures, in exact fractions.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::Signed;

use super::aggregate::{Sum, Sums, summed};
use super::calendar::Calendar;
use super::figures::{Figures, Of};
use super::needed;
use super::{Frame, Group};
use crate::amount::{Fraction, fraction};
use crate::profile::{Book, Measure, MeasuredIn, RankingPlan, Reckoning};
use crate::settings::LastYear;

/// Reckons the figures of a ranking's groups.
pub(super) struct Reckoner<'a> {
    pub(super) frame: Frame<'a>,
    pub(super) plan: &'a RankingPlan,
    pub(super) book: &'a Book,
    /// Which schedule each measure is held against.
    pub(super) calendar: Calendar<'a>,
    /// The sums of the same groups a year earlier, where the ledger has that period.
    pub(super) past: Option<&'a BTreeMap<String, Sums>>,
    /// The sums of all groups.
    pub(super) all: &'a BTreeMap<String, Sums>,
    /// The sums over all rows of the ranking, each row once.
    pub(super) whole: &'a Sums,
}

/// A value with what it was made from.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Made {
    pub(super) value: Option<Fraction>,
    pub(super) numerator: Option<i64>,
    pub(super) denominator: Option<i64>,
}

impl Made {
    /// A share of a positive whole; without one it cannot be computed.
    pub(super) fn quotient(sum: Sum) -> Self {
        let whole = sum.numerator.zip(sum.denominator).filter(|(_, denominator)| *denominator > 0);
        let value = whole.and_then(|(numerator, denominator)| fraction(numerator, denominator));
        Self { value, numerator: sum.numerator, denominator: sum.denominator }
    }
}

impl Reckoner<'_> {
    /// Each group with all figures that its ranking shows or is decided by, or that a score looks at.
    pub(super) fn groups(&self) -> impl Iterator<Item = Group> {
        let asked = needed::asked(self.plan, &self.frame.profile.county);
        let shown: Vec<&Measure> = asked.into_iter().filter_map(|id| self.measure(id)).collect();
        let marking = self.marking();
        let rate = marking.and_then(|lag| self.measure(lag.of.as_deref()?));
        let of: Arc<[Of]> = shown.iter().map(|measure| (measure.id.as_str().into(), measure.measured_in)).collect();
        self.all.iter().map(move |(name, sums)| {
            let made = shown.iter().map(|measure| self.make(measure, name, sums));
            let figures = Figures::new(&of, made.map(|made| (made.value, made.numerator, made.denominator)));
            let value = |of: Option<&Measure>| of.and_then(|of| self.make(of, name, sums).value);
            let lead = value(marking).map(|lag| -lag);
            let expected = lead.zip(value(rate)).map(|(lead, rate)| rate - lead);
            Group { name: name.clone(), figures, lead, expected, ..Group::default() }
        })
    }

    /// The lag that grades and lights look at: the one that the ranking names, else the first that it shows. A
    /// ranking of something else is not marked by a schedule that its readers do not see.
    fn marking(&self) -> Option<&Measure> {
        let lag = |measure: &&Measure| measure.kind == Reckoning::Lag;
        let named = self.plan.marked_by.as_deref().and_then(|id| self.measure(id)).filter(lag);
        named.or_else(|| self.plan.needed().into_iter().filter_map(|id| self.measure(id)).find(lag))
    }

    fn measure(&self, id: &str) -> Option<&Measure> {
        self.book.measures.iter().find(|measure| measure.id == id)
    }

    fn make(&self, measure: &Measure, group: &str, sums: &Sums) -> Made {
        let of = || measure.of.as_deref().and_then(|of| self.measure(of));
        let sum = |measure: &Measure| sums.get(&*measure.id).copied().unwrap_or_default();
        match measure.kind {
            Reckoning::Sql => made(measure, sum(measure)),
            Reckoning::Schedule => self.calendar.due(measure, sums),
            Reckoning::Lag => {
                let due = self.calendar.due(measure, sums).value;
                of().map_or_else(Made::default, |of| difference(due, self.make(of, group, sums).value))
            }
            Reckoning::LastYear => of().map_or_else(Made::default, |of| self.last_year(of, group, sum(of))),
            Reckoning::Change => of().map_or_else(Made::default, |of| {
                change(measure.measured_in, made(of, sum(of)), self.last_year(of, group, sum(of)))
            }),
            // The stage of scores fills it in, from this group's other figures.
            Reckoning::Score => Made::default(),
            Reckoning::CatchUp => of().map_or_else(Made::default, |of| self.catch_up(measure, sum(of))),
            Reckoning::Due => of().map_or_else(Made::default, |of| self.due(measure, sum(of))),
            Reckoning::Step => of().map_or_else(Made::default, |of| self.step(of, group, sum(of))),
            Reckoning::Share => of().map_or_else(Made::default, |of| self.share(of, sum(of))),
            Reckoning::Target | Reckoning::OfTarget | Reckoning::Left | Reckoning::Pace => {
                of().map_or_else(Made::default, |of| self.by_target(measure, of, group, sum(of)))
            }
        }
    }

    /// A measure of a group in the same months of last year.
    fn last_year(&self, of: &Measure, group: &str, now: Sum) -> Made {
        let kept = self.past.and_then(|past| past.get(group)?.get(&*of.id)).map(|sum| made(of, *sum));
        let told = || {
            let mut told = self.frame.settings.last_year.iter();
            let told = told.find(|told| told.is_of(&self.plan.id, group, self.frame.period))?;
            let denominator = of.denominator.as_deref().and_then(|text| said(told, text));
            Some(made(of, Sum { numerator: said(told, &of.numerator), denominator, own_last_year: None }))
        };
        let own = || made(of, Sum { numerator: now.own_last_year, ..Sum::default() });
        let computable = |made: &Made| made.value.is_some();
        kept.filter(computable).or_else(|| told().filter(computable)).unwrap_or_else(own)
    }

    /// What is missing from the plan, spread over the months left; nothing to say when none is.
    /// Parts of months are taken above the line: the denominator is a whole number too.
    fn catch_up(&self, measure: &Measure, sum: Sum) -> Made {
        let months = self.calendar.months_left(measure);
        let (Some(done), Some(plan), true) = (sum.numerator, sum.denominator, months.is_positive()) else {
            return Made::default();
        };
        let missing = plan.saturating_sub(done).max(0);
        let whole = |number: i128| i64::try_from(number).ok();
        let numerator = whole(i128::from(missing) * months.denom());
        Made::quotient(Sum { numerator, denominator: whole(*months.numer()), own_last_year: None })
    }
}

/// The value of an SQL measure: a share of a positive whole, or a sum or count itself.
fn made(measure: &Measure, sum: Sum) -> Made {
    if measure.denominator.is_some() {
        return Made::quotient(sum);
    }
    let value = sum.numerator.map(|numerator| Fraction::from_integer(numerator.into()));
    Made { value, numerator: sum.numerator, denominator: sum.denominator }
}

/// One value less another, where both are.
fn difference(one: Option<Fraction>, other: Option<Fraction>) -> Made {
    Made { value: one.zip(other).map(|(one, other)| one - other), ..Made::default() }
}

/// This year against last: a difference for rates, a growth for amounts.
fn change(measured_in: MeasuredIn, now: Made, before: Made) -> Made {
    if measured_in == MeasuredIn::Points {
        return difference(now.value, before.value);
    }
    match (now.numerator, before.numerator) {
        (Some(now), Some(before)) if before > 0 => {
            let growth = now.saturating_sub(before);
            Made { value: fraction(growth, before), numerator: Some(growth), denominator: Some(before) }
        }
        _ => Made::default(),
    }
}

/// What the settings say of last year for an SQL sum: they know the plan and what was done.
fn said(told: &LastYear, text: &str) -> Option<i64> {
    match summed(text)? {
        "done" => told.done,
        "plan" => told.plan,
        _ => None,
    }
}
