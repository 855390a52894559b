//! A term's keys made into the shape that is computed, or every key that does not fit the shape.

use num_traits::{One, Zero};

use super::{BandRate, Deduction, Number, Order, PlaceStep, ShapeKind, Step, TermPlan};
use crate::amount::Fraction;
use crate::say;

/// A key that does not fit, and why.
pub(super) type Unfit = (&'static str, String);

/// How a term's points come about; all numbers as they are shown (percent, 百分点, 万元 or 亿元).
#[derive(Debug, Clone)]
pub enum Shape {
    /// `points × value ÷ at`.
    Ratio {
        /// Full marks.
        points: Fraction,
        /// The target.
        at: Reference,
    },
    /// `points` at `at`, and a rate for every step above and below.
    PerPoint {
        /// Full marks.
        points: Fraction,
        /// Where they are given.
        at: Reference,
        /// Points for a step above.
        up: Fraction,
        /// Points off for a step below.
        down: Fraction,
        /// How much a step is.
        each: Fraction,
        /// Only whole steps count.
        whole: bool,
    },
    /// The points of the first step that is reached.
    Steps(Vec<Step>),
    /// Points by place, the steps in order and the last one open.
    Places(Order, Vec<PlaceStep>),
    /// Points of the first place, less for each place after it.
    PerPlace {
        /// Which end is the first.
        order: Order,
        /// Of the first place.
        points: Fraction,
        /// Off for each place.
        less: Fraction,
    },
    /// `base + (points − base) × (value − worst) ÷ (best − worst)`.
    Efficacy {
        /// Points of the worst.
        base: Fraction,
        /// Points of the best.
        points: Fraction,
        /// Points where best and worst are the same.
        equal: Fraction,
        /// Fixed ends, worst and best; else those of the groups.
        ends: Option<(Fraction, Fraction)>,
        /// Which of the groups' ends is the best.
        order: Order,
    },
    /// `points` for every step of what goes beyond a number.
    Count {
        /// For each step.
        points: Fraction,
        /// How much a step is.
        each: Fraction,
        /// What does not count yet.
        beyond: Fraction,
        /// Only whole steps count.
        whole: bool,
    },
    /// `points` less deductions.
    Deductions(Fraction, Vec<Deduction>),
    /// `points` at `at`, with rates that change band by band.
    Bands {
        /// Full marks.
        points: Fraction,
        /// Where they are given.
        at: Reference,
        /// Outwards above.
        above: Vec<Rate>,
        /// Outwards below; points off.
        below: Vec<Rate>,
    },
}

/// What a value is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A number.
    Number(Fraction),
    /// A measure of the same group.
    Measure(String),
    /// The mean of all groups that have a value.
    Average,
}

/// A band and its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How far from the reference it reaches; `None` for the last.
    pub to: Option<Fraction>,
    /// Points for each unit in it.
    pub per: Fraction,
}

impl Shape {
    /// Full marks before weighting, where the shape knows them.
    pub fn full_marks(&self) -> Option<Fraction> {
        match self {
            Self::Ratio { points, .. }
            | Self::PerPoint { points, .. }
            | Self::PerPlace { points, .. }
            | Self::Efficacy { points, .. }
            | Self::Deductions(points, _)
            | Self::Bands { points, .. } => Some(*points),
            Self::Steps(steps) => steps.iter().map(|step| step.points.0).max(),
            Self::Places(_, places) => places.iter().map(|place| place.points.0).max(),
            Self::Count { .. } => None,
        }
        .filter(|full| *full > Fraction::zero())
    }
}

/// A key, and whether a term writes it.
type Key = (&'static str, fn(&TermPlan) -> bool);

/// Every key that a shape may have.
const KEYS: [Key; 20] = [
    ("measure", |t| t.measure.is_some()),
    ("points", |t| t.points.is_some()),
    ("at", |t| t.at.is_some()),
    ("at_measure", |t| t.at_measure.is_some()),
    ("at_average", |t| t.at_average),
    ("up", |t| t.up.is_some()),
    ("down", |t| t.down.is_some()),
    ("each", |t| t.each.is_some()),
    ("whole", |t| t.whole),
    ("steps", |t| t.steps.is_some()),
    ("places", |t| t.places.is_some()),
    ("less", |t| t.less.is_some()),
    ("order", |t| t.order.is_some()),
    ("base", |t| t.base.is_some()),
    ("equal", |t| t.equal.is_some()),
    ("best", |t| t.best.is_some()),
    ("worst", |t| t.worst.is_some()),
    ("beyond", |t| t.beyond.is_some()),
    ("above", |t| t.above.is_some()),
    ("below", |t| t.below.is_some()),
];

impl ShapeKind {
    /// How the file writes it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::PerPoint => "per_point",
            Self::Steps => "steps",
            Self::Rank => "rank",
            Self::Efficacy => "efficacy",
            Self::Count => "count",
            Self::Deductions => "deductions",
            Self::Bands => "bands",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Ratio => &["measure", "points", "at", "at_measure", "at_average"],
            Self::PerPoint => &["measure", "points", "at", "at_measure", "at_average", "up", "down", "each", "whole"],
            Self::Steps => &["measure", "steps"],
            Self::Rank => &["measure", "places", "points", "less", "order"],
            Self::Efficacy => &["measure", "points", "base", "equal", "best", "worst", "order"],
            Self::Count => &["measure", "points", "each", "beyond", "whole"],
            Self::Deductions => &["points", "deduct"],
            Self::Bands => &["measure", "points", "at", "at_measure", "at_average", "above", "below"],
        }
    }
}

impl TermPlan {
    /// The shape that the term's keys state.
    ///
    /// # Errors
    ///
    /// Every key that is missing, out of place for the shape, or out of range.
    pub fn shape(&self) -> Result<Shape, Vec<(&'static str, String)>> {
        let mut unfit = self.out_of_place();
        let shape = match self.shape {
            ShapeKind::Ratio => {
                self.points(&mut unfit).zip(self.reference(&mut unfit)).map(|(points, at)| Shape::Ratio { points, at })
            }
            ShapeKind::PerPoint => self.per_point(&mut unfit),
            ShapeKind::Steps => self.stepped(&mut unfit),
            ShapeKind::Rank => self.placed(&mut unfit),
            ShapeKind::Efficacy => self.efficacy(&mut unfit),
            ShapeKind::Count => {
                let each = self.each(&mut unfit);
                let beyond = self.beyond.map_or_else(Fraction::zero, |n| n.0);
                let whole = self.whole;
                self.points(&mut unfit).map(|points| Shape::Count { points, each, beyond, whole })
            }
            ShapeKind::Deductions => self.deductions(&mut unfit),
            ShapeKind::Bands => self.banded(&mut unfit),
        };
        match shape {
            Some(shape) if unfit.is_empty() => Ok(shape),
            _ => Err(unfit),
        }
    }

    fn out_of_place(&self) -> Vec<Unfit> {
        let keys = self.shape.keys();
        let mut unfit: Vec<Unfit> = KEYS
            .iter()
            .filter(|(key, written)| written(self) && !keys.contains(key))
            .map(|(key, _)| {
                let shape = self.shape.id();
                (*key, say!("profile-shape-key", keys = crate::lang::list(keys), shape = shape, key = key))
            })
            .collect();
        if self.deduct.is_some() && self.shape != ShapeKind::Deductions {
            unfit.push(("deduct", say!("profile-shape-deduct")));
        }
        if self.shape != ShapeKind::Deductions && self.measure.is_none() {
            unfit.push(("measure", say!("profile-shape-measure")));
        }
        unfit
    }

    fn points(&self, unfit: &mut Vec<Unfit>) -> Option<Fraction> {
        if self.points.is_none() {
            unfit.push(("points", say!("profile-shape-points")));
        }
        self.points.map(|points| points.0)
    }

    fn each(&self, unfit: &mut Vec<Unfit>) -> Fraction {
        let each = self.each.map_or_else(Fraction::one, |each| each.0);
        if each <= Fraction::zero() {
            unfit.push(("each", say!("profile-shape-each")));
        }
        each
    }

    fn reference(&self, unfit: &mut Vec<Unfit>) -> Option<Reference> {
        let average = self.at_average.then_some(Reference::Average);
        let measure = self.at_measure.clone().map(Reference::Measure);
        let number = self.at.map(|at| Reference::Number(at.0));
        let mut stated: Vec<Reference> = [number, measure, average].into_iter().flatten().collect();
        if stated.len() != 1 {
            unfit.push(("at", say!("profile-shape-at")));
            return None;
        }
        let reference = stated.remove(0);
        if self.shape == ShapeKind::Ratio && matches!(reference, Reference::Number(at) if at <= Fraction::zero()) {
            unfit.push(("at", say!("profile-shape-target")));
        }
        Some(reference)
    }

    fn per_point(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let (points, at, each) = (self.points(unfit), self.reference(unfit), self.each(unfit));
        if self.up.is_none() && self.down.is_none() {
            unfit.push(("up", say!("profile-shape-up-down")));
        }
        let rate = |key, rate: Option<Number>, unfit: &mut Vec<Unfit>| {
            let rate = rate.map_or_else(Fraction::zero, |rate| rate.0);
            if rate < Fraction::zero() {
                unfit.push((key, say!("profile-shape-signs", key = key)));
            }
            rate
        };
        let (up, down) = (rate("up", self.up, unfit), rate("down", self.down, unfit));
        Some(Shape::PerPoint { points: points?, at: at?, up, down, each, whole: self.whole })
    }

    fn stepped(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let steps = self.steps.clone().unwrap_or_default();
        let open = |step: &Step| step.at_least.is_none() && step.and.is_empty();
        if !steps.last().is_some_and(open) {
            unfit.push(("steps", say!("profile-shape-last")));
        }
        if steps.iter().rev().skip(1).any(open) {
            unfit.push(("steps", say!("profile-shape-only-last")));
        }
        // A step with further conditions may stand at any height; the plain ones go down.
        let plain: Vec<Fraction> =
            steps.iter().filter(|step| step.and.is_empty()).filter_map(|step| step.at_least.map(|n| n.0)).collect();
        if plain.windows(2).any(|pair| pair[1] >= pair[0]) {
            unfit.push(("steps", say!("profile-shape-descending")));
        }
        (!steps.is_empty()).then_some(Shape::Steps(steps))
    }

    fn placed(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let order = self.order.unwrap_or_default();
        let Some(places) = self.places.clone() else {
            if self.less.is_none() {
                unfit.push(("places", say!("profile-shape-places")));
                return None;
            }
            let less = self.less.map_or_else(Fraction::zero, |less| less.0);
            return self.points(unfit).map(|points| Shape::PerPlace { order, points, less });
        };
        if self.points.is_some() || self.less.is_some() {
            unfit.push(("places", say!("profile-shape-places-one")));
        }
        let to: Vec<Option<u32>> = places.iter().map(|place| place.to).collect();
        let ends = to.split_last().is_some_and(|(last, rest)| last.is_none() && rest.iter().all(Option::is_some));
        if !ends || to.windows(2).any(|pair| pair[1].is_some() && pair[1] <= pair[0]) || to.contains(&Some(0)) {
            unfit.push(("places", say!("profile-shape-places-to")));
        }
        Some(Shape::Places(order, places))
    }

    fn efficacy(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let base = self.base.unwrap_or(Number::whole(60)).0;
        let points = self.points.unwrap_or(Number::whole(100)).0;
        if base > points {
            unfit.push(("base", say!("profile-shape-base")));
        }
        let ends = match (self.worst, self.best) {
            (None, None) => None,
            (Some(worst), Some(best)) if worst != best => Some((worst.0, best.0)),
            _ => {
                unfit.push(("best", say!("profile-shape-best")));
                None
            }
        };
        if ends.is_some() && (self.order.is_some() || self.equal.is_some()) {
            unfit.push(("best", say!("profile-shape-best-alone")));
        }
        let equal = self.equal.map_or(points, |equal| equal.0);
        Some(Shape::Efficacy { base, points, equal, ends, order: self.order.unwrap_or_default() })
    }

    fn deductions(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let deduct = self.deduct.clone().unwrap_or_default();
        if deduct.is_empty() {
            unfit.push(("deduct", say!("profile-shape-no-deduct")));
        }
        let zero = Fraction::zero();
        let each = |one: &Deduction| one.each.is_some_and(|each| each.0 <= zero);
        if deduct.iter().any(|one| one.points.0 < zero || each(one) || one.most.is_some_and(|most| most.0 < zero)) {
            unfit.push(("deduct", say!("profile-shape-deduct-signs")));
        }
        self.points(unfit).map(|points| Shape::Deductions(points, deduct))
    }

    fn banded(&self, unfit: &mut Vec<Unfit>) -> Option<Shape> {
        let (points, at) = (self.points(unfit), self.reference(unfit));
        if self.above.is_none() && self.below.is_none() {
            unfit.push(("above", say!("profile-shape-no-sides")));
        }
        let above = rates("above", self.above.as_deref(), unfit);
        let below = rates("below", self.below.as_deref(), unfit);
        Some(Shape::Bands { points: points?, at: at?, above, below })
    }
}

/// Bands from the reference outwards, without a gap: each begins where the one before ends.
fn rates(key: &'static str, bands: Option<&[BandRate]>, unfit: &mut Vec<Unfit>) -> Vec<Rate> {
    let rates: Vec<Rate> =
        bands.unwrap_or_default().iter().map(|band| Rate { to: band.to.map(|to| to.0), per: band.per.0 }).collect();
    let Some((last, rest)) = rates.split_last() else { return rates };
    let mut reached = Fraction::zero();
    let outwards = rest.iter().all(|rate| {
        let further = rate.to.is_some_and(|to| to > reached);
        reached = rate.to.unwrap_or(reached);
        further
    });
    if !outwards || last.to.is_some() {
        unfit.push((key, say!("profile-shape-sides-to", key = key)));
    }
    if rates.iter().any(|rate| rate.per < Fraction::zero()) {
        unfit.push((key, say!("profile-shape-sides-per", key = key)));
    }
    rates
}
