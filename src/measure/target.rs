//! What a target, a whole or a neighbour in a series says of a group: how much of the target is done and
//! left, the pace it needs, the group's share, the slide from one quarter to the next.
//!
//! Targets come from the settings' sheet 目标: a unit's own; for the whole what is stated for it, else the
//! sum of the units'. A group that nobody gave a target has none: nothing of it can be computed.

use super::Frame;
use super::aggregate::Sum;
use super::reckon::{Made, Reckoner};
use super::span::Span;
use crate::amount::{Fraction, fraction};
use crate::period::Period;
use crate::profile::{Measure, RankingPlan, Reckoning, Until, WHOLE};
use crate::settings::Target;

impl Reckoner<'_> {
    /// A measure that is reckoned from the target of another.
    pub(super) fn by_target(&self, measure: &Measure, of: &Measure, group: &str, sum: Sum) -> Made {
        let Some(target) = self.target(measure, of, group) else {
            return Made {
                numerator: sum.numerator.filter(|_| measure.kind == Reckoning::OfTarget),
                ..Made::default()
            };
        };
        let left = sum.numerator.map(|done| target.saturating_sub(done).max(0));
        match measure.kind {
            Reckoning::Target => plain(Some(target)),
            Reckoning::OfTarget => quotient(sum.numerator, Some(target)),
            Reckoning::Left => plain(left),
            _ => self.spread(left, measure),
        }
    }

    /// What the settings state for a group; they may name the measure itself or the one that shows its target.
    fn target(&self, measure: &Measure, of: &Measure, group: &str) -> Option<i64> {
        let targets = targets_of(self.frame, self.plan, measure, of, group);
        (!targets.is_empty()).then(|| targets.iter().map(|target| target.value).sum())
    }

    /// What is missing for each month that is left; parts of months are taken above the line.
    fn spread(&self, missing: Option<i64>, measure: &Measure) -> Made {
        let months = self.calendar.months_left(measure);
        let whole = |number: i128| i64::try_from(number).ok();
        let above = missing.and_then(|missing| whole(i128::from(missing) * months.denom()));
        quotient(above, whole(*months.numer()))
    }

    /// The group's part of the whole.
    pub(super) fn share(&self, of: &Measure, sum: Sum) -> Made {
        quotient(sum.numerator, self.whole.get(&*of.id).and_then(|whole| whole.numerator))
    }

    /// How much more (less is negative) than in the span before; a span that nobody has a row of, between
    /// others that somebody has, had none.
    pub(super) fn step(&self, of: &Measure, group: &str, now: Sum) -> Made {
        let Some(span) = Span::of(group) else { return Made::default() };
        let began = self.all.keys().filter_map(|name| Span::of(name)).any(|other| span.comes_after(other));
        let before = match self.all.get(&span.before().name()) {
            Some(sums) => sums.get(&*of.id).and_then(|sum| sum.numerator),
            None => began.then_some(0),
        };
        plain(now.numerator.zip(before).map(|(now, before)| now.saturating_sub(before)))
    }

    /// What is missing to be on schedule again at the end of a span.
    pub(super) fn due(&self, measure: &Measure, sum: Sum) -> Made {
        let end = measure.until.and_then(|until| end_of(until, self.frame.period));
        let (Some(end), Some(done), Some(plan)) = (end, sum.numerator, sum.denominator) else {
            return Made::default();
        };
        // A plan of its own month by month does not say how far it will have come.
        let share = self.calendar.at(end, measure);
        let Some(wanted) = share.map(|share| share * Fraction::from_integer(plan.into())) else {
            return Made::default();
        };
        let missing = (wanted - Fraction::from_integer(done.into())).max(Fraction::from_integer(0));
        let whole = i64::try_from(missing.ceil().to_integer()).ok();
        Made { value: Some(missing), numerator: whole, denominator: None }
    }
}

/// What the settings state for a group as the target of the measure `of`: its own; for the whole what is stated
/// for it, else all the units'. They may name the measure itself or the one that shows its target.
pub fn targets_of<'a>(
    frame: Frame<'a>,
    plan: &RankingPlan,
    measure: &Measure,
    of: &Measure,
    group: &str,
) -> Vec<&'a Target> {
    let measures = frame.profile.book(&plan.book).map_or(&[][..], |book| &book.measures);
    let shown = |id: &str| {
        let known = measures.iter().find(|known| known.id == id);
        known.is_some_and(|known| known.kind.needs_target() && known.of.as_deref() == Some(&of.id))
    };
    let ours = |target: &&Target| {
        let named = target.measure == of.id || target.measure == measure.id || shown(&target.measure);
        target.book == plan.book && named
    };
    let all: Vec<&Target> = frame.settings.targets.iter().filter(ours).collect();
    let stated = |name: &str| all.iter().find(|target| target.unit == name).map(|target| vec![*target]);
    // A whole of some rows only (领导联系) has a target only where one is stated under its name.
    if plan.group != WHOLE || plan.named.is_some() || plan.filter.is_some() {
        return stated(group).unwrap_or_default();
    }
    stated(&frame.profile.county.whole).unwrap_or(all)
}

/// The last month of the span that a period is in.
pub fn end_of(until: Until, period: Period) -> Option<Period> {
    let month = match until {
        Until::Quarter => period.month().div_ceil(3) * 3,
        Until::HalfYear => period.month().div_ceil(6) * 6,
        Until::Year => 12,
    };
    Period::new(period.year(), month)
}

/// A sum or a count itself.
fn plain(number: Option<i64>) -> Made {
    Made { value: number.map(|number| Fraction::from_integer(number.into())), numerator: number, denominator: None }
}

/// One number over another, where the other is more than nothing.
fn quotient(numerator: Option<i64>, denominator: Option<i64>) -> Made {
    let value = match (numerator, denominator) {
        (Some(above), Some(below)) if below > 0 => fraction(above, below),
        _ => None,
    };
    Made { value, numerator, denominator }
}
