//! The eight shapes that give points, as pure functions over exact numbers.
//!
//! Take a value as it is shown (35.6 for 35.6%) and what the term states, give points before weight,
//! cap and rounding. Nothing here knows a group, a measure or a profile's keys.

use num_traits::{Signed, Zero};

use crate::amount::{Exact, Fraction, widened};
use crate::profile::{Condition, Order, PlaceStep, Rate, Step};

/// (a) `points × value ÷ at`; `None` where the target is not above 0.
pub(super) fn ratio(points: Fraction, value: &Exact, at: &Exact) -> Option<Exact> {
    at.is_positive().then(|| widened(points) * value / at)
}

/// What a term says of the way up and down from its reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slope {
    pub(super) points: Fraction,
    pub(super) up: Fraction,
    pub(super) down: Fraction,
    pub(super) each: Fraction,
    pub(super) whole: bool,
}

/// (b) Full marks at the reference, so many points for every step above, off for every step below.
pub(super) fn per_point(slope: Slope, value: &Exact, at: &Exact) -> Exact {
    let distance = value - at;
    let steps = steps_in(&distance.abs(), slope.each, slope.whole);
    match distance.is_negative() {
        true => widened(slope.points) - steps * widened(slope.down),
        false => widened(slope.points) + steps * widened(slope.up),
    }
}

/// How many steps a distance takes; only the whole ones where a rule says 每满.
pub(super) fn steps_in(distance: &Exact, each: Fraction, whole: bool) -> Exact {
    let steps = distance / widened(each);
    if whole { steps.trunc() } else { steps }
}

/// (c) Which step is reached: the first whose value and conditions all hold.
///
/// `None` where a condition that would decide cannot be computed: a step is never passed over for
/// want of a figure.
pub(super) fn step(steps: &[Step], value: &Exact, holds: impl Fn(&Condition) -> Option<bool>) -> Option<usize> {
    for (at, step) in steps.iter().enumerate() {
        if step.at_least.is_some_and(|least| *value < widened(least.0)) {
            continue;
        }
        let outcomes: Vec<Option<bool>> = step.and.iter().map(&holds).collect();
        match outcomes.contains(&Some(false)) {
            true => continue,
            false if outcomes.contains(&None) => return None,
            false => return Some(at),
        }
    }
    None
}

/// (d) The place of a value among all, sorted: equals share one, the next is skipped (1-2-2-4).
pub(super) fn place(value: &Exact, all: &[Exact], order: Order) -> u32 {
    let better = match order {
        Order::Highest => all.len() - all.partition_point(|other| other <= value),
        Order::Lowest => all.partition_point(|other| other < value),
    };
    u32::try_from(better).map_or(u32::MAX, |better| better.saturating_add(1))
}

/// (d) Points by place.
pub(super) fn place_points(place: u32, places: &[PlaceStep]) -> Fraction {
    let reached = places.iter().find(|step| step.to.is_none_or(|to| place <= to));
    reached.map_or_else(Fraction::zero, |step| step.points.0)
}

/// (d) Points of the first place, less for each place after it.
pub(super) fn per_place(place: u32, points: Fraction, less: Fraction) -> Exact {
    widened(points) - widened(less) * widened(Fraction::from_integer(i128::from(place.saturating_sub(1))))
}

/// (e) 功效系数: from `base` at the worst to `points` at the best.
///
/// Where worst and best are the same, nobody is behind anybody: all get `equal`.
pub(super) fn efficacy(
    value: &Exact,
    (worst, best): (&Exact, &Exact),
    (base, points, equal): (Fraction, Fraction, Fraction),
) -> Exact {
    match worst == best {
        true => widened(equal),
        false => widened(base) + widened(points - base) * (value - worst) / (best - worst),
    }
}

/// The worst and the best of all, sorted; `None` where there are none.
pub(super) fn ends(all: &[Exact], order: Order) -> Option<(&Exact, &Exact)> {
    let (least, most) = (all.first()?, all.last()?);
    Some(match order {
        Order::Highest => (least, most),
        Order::Lowest => (most, least),
    })
}

/// (f) So many points for every step of what goes beyond a number.
pub(super) fn count(value: &Exact, points: Fraction, each: Fraction, beyond: Fraction, whole: bool) -> Exact {
    let over = value - widened(beyond);
    match over.is_positive() {
        true => steps_in(&over, each, whole) * widened(points),
        false => Exact::zero(),
    }
}

/// (g) What one deduction takes off: never less than nothing, never more than its most.
pub(super) fn deduction(value: &Exact, points: Fraction, each: Fraction, most: Option<Fraction>) -> Exact {
    let off = count(value, points, each, Fraction::zero(), false);
    match most.map(widened) {
        Some(most) if off > most => most,
        _ => off,
    }
}

/// (h) Full marks at the reference, with rates that change band by band outwards.
pub(super) fn bands(points: Fraction, (above, below): (&[Rate], &[Rate]), value: &Exact, at: &Exact) -> Exact {
    let distance = value - at;
    match distance.is_negative() {
        true => widened(points) - climbed(below, &distance.abs()),
        false => widened(points) + climbed(above, &distance),
    }
}

/// What a distance gives: each band's part of it at the band's own rate.
fn climbed(rates: &[Rate], distance: &Exact) -> Exact {
    let mut sum = Exact::zero();
    let mut from = Exact::zero();
    for rate in rates {
        let to = rate.to.map(widened).filter(|to| to < distance).unwrap_or_else(|| distance.clone());
        if to <= from {
            break;
        }
        sum += (&to - &from) * widened(rate.per);
        from = to;
    }
    sum
}

/// Weight, then floor, then cap; half up to `decimals` if it is to be rounded.
pub(super) fn settled(
    raw: &Exact,
    weight: Option<Fraction>,
    (floor, cap): (Option<Fraction>, Option<Fraction>),
) -> Exact {
    let weighted = raw * widened(weight.unwrap_or(Fraction::from_integer(1)));
    clamped(weighted, floor, cap)
}

/// Not below the floor, not above the cap.
pub(super) fn clamped(value: Exact, floor: Option<Fraction>, cap: Option<Fraction>) -> Exact {
    let value = match floor.map(widened) {
        Some(floor) if value < floor => floor,
        _ => value,
    };
    match cap.map(widened) {
        Some(cap) if value > cap => cap,
        _ => value,
    }
}
