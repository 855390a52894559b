//! Where a score's figures are looked up, and each term of a group is computed.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use num_traits::Zero;

use super::evidence::{self, Told};
use super::shapes::{self, Slope};
use super::{InputFigure, Scored, ScoredTerm, total, vetoes};
use crate::amount::{Exact, Fraction, YUAN_PER_WAN, widened};
use crate::measure::{Group, Measured};
use crate::profile::{
    Condition, Deduction, Input, MeasuredIn, Missing, MoneyUnit, Order, Profile, Reference, ScorePlan, Shape, TermPlan,
};
use crate::settings::ScoreEntry;

/// A score with the figures of every ranking.
pub(super) struct Desk<'m> {
    profile: &'m Profile,
    pub(super) plan: &'m ScorePlan,
    /// Groups by name, by ranking.
    rankings: BTreeMap<(&'m str, &'m str), BTreeMap<&'m str, &'m Group>>,
    terms: Vec<Term<'m>>,
}

/// A term with its shape, and the values of all groups, once they are asked for.
struct Term<'m> {
    plan: &'m TermPlan,
    shape: Shape,
    /// Sorted.
    all: OnceCell<Vec<Exact>>,
    average: OnceCell<Option<Exact>>,
}

/// A value as it is shown, and the figure that it was taken from.
pub(super) struct Looked {
    pub(super) value: Option<Exact>,
    pub(super) input: InputFigure,
    pub(super) unit: Option<MoneyUnit>,
}

impl<'m> Desk<'m> {
    pub(super) fn new(profile: &'m Profile, plan: &'m ScorePlan, measured: &'m [Measured]) -> Self {
        let by_name = |one: &'m Measured| one.groups.iter().map(|group| (group.name.as_str(), group)).collect();
        let rankings =
            measured.iter().map(|one| ((one.plan.book.as_str(), one.plan.id.as_str()), by_name(one))).collect();
        let term = |plan: &'m TermPlan| Term {
            plan,
            shape: plan.shape().expect("a profile is checked when it is loaded"),
            all: OnceCell::new(),
            average: OnceCell::new(),
        };
        Self { profile, plan, rankings, terms: plan.terms.iter().map(term).collect() }
    }

    /// The names of the groups that are scored, sorted; `None` where the month has no such ranking.
    pub(super) fn groups(&self) -> Option<Vec<&'m str>> {
        let own = self.rankings.get(&(self.plan.book.as_str(), self.plan.ranking.as_str()))?;
        Some(own.keys().copied().collect())
    }

    /// A group's score.
    pub(super) fn scored(&self, group: &str, entries: Option<&Vec<ScoreEntry>>) -> Scored {
        let terms: Vec<(ScoredTerm, Option<Exact>)> = self.terms.iter().map(|term| self.term(group, term)).collect();
        let full: Vec<Option<Fraction>> = self.terms.iter().map(Term::full_marks).collect();
        let entries = entries.cloned().unwrap_or_default();
        let (verdicts, undecided) = vetoes::verdicts(self, group, &entries);
        total::total(self.plan, group, (terms, full), entries, (verdicts, undecided))
    }

    /// The figure of a group that an input means.
    pub(super) fn look(&self, group: &str, input: Input, unit: Option<MoneyUnit>) -> Looked {
        let (book, ranking) = match input.from.and_then(|from| from.split_once('/')) {
            Some(from) => from,
            None => (self.plan.book.as_str(), self.plan.ranking.as_str()),
        };
        let figure = self.rankings.get(&(book, ranking)).and_then(|groups| groups.get(group));
        let figure = figure.and_then(|group| group.figure(input.measure));
        let known = self.profile.book(book).and_then(|book| book.measures.iter().find(|one| one.id == input.measure));
        let title = known.map_or(input.measure, |measure| &measure.title).to_owned();
        let value = figure.as_ref().and_then(|figure| Some(as_shown(figure.value?, figure.measured_in, unit)));
        Looked { value, input: InputFigure { from: format!("{book}/{ranking}"), title, figure }, unit }
    }

    /// Whether a condition holds; `None` where its measure cannot be computed.
    pub(super) fn holds(&self, group: &str, condition: &Condition) -> (Option<bool>, Looked) {
        let looked = self.look(group, condition.input(), condition.unit);
        let within = |value: &Exact| {
            condition.at_least.is_none_or(|least| *value >= widened(least.0))
                && condition.below.is_none_or(|below| *value < widened(below.0))
        };
        (looked.value.as_ref().map(within), looked)
    }

    /// A term of a group: what is shown of it, and its points before they are rounded.
    fn term(&self, group: &str, term: &Term) -> (ScoredTerm, Option<Exact>) {
        let mut inputs = Vec::new();
        let reached = self.reached(group, term, &mut inputs);
        let plan = term.plan;
        let ends = (plan.floor.map(|n| n.0), plan.cap.map(|n| n.0));
        let (raw, told) = reached.map_or((None, None), |(raw, told)| (Some(raw), Some(told)));
        let settled = raw.as_ref().map(|raw| shapes::settled(raw, plan.weight.map(|n| n.0), ends));
        let points = settled.as_ref().and_then(|points| total::rounded(self.plan, plan.decimals, points));
        let missing = points.is_none().then_some(plan.missing);
        let evidence = match (&told, &raw, points) {
            (Some(told), Some(raw), Some(points)) => evidence::reached(plan, told, raw, &inputs, points),
            _ => evidence::missing(&inputs, plan.missing),
        };
        let (points, exact) = match missing {
            Some(Missing::Zero) => (Some(Fraction::zero()), Some(Exact::zero())),
            _ => (points, settled.filter(|_| points.is_some())),
        };
        let term = ScoredTerm {
            id: plan.id.clone(),
            title: plan.title.clone(),
            inputs: inputs.into_iter().map(|looked| looked.input).collect(),
            raw: raw.as_ref().and_then(super::shown),
            points,
            missing,
            evidence,
        };
        (term, exact)
    }

    /// A term's points before weight and caps, with what is to be told of them; `None` where they
    /// cannot be computed. The figures that it looks at join `inputs`.
    fn reached(&self, group: &str, term: &Term, inputs: &mut Vec<Looked>) -> Option<(Exact, Told)> {
        if let Shape::Deductions(points, deductions) = &term.shape {
            return self.deducted(group, (*points, deductions), inputs);
        }
        let measure = term.plan.measure.as_deref()?;
        let input = Input { measure, from: term.plan.from.as_deref() };
        let looked = self.look(group, input, term.plan.unit);
        let value = looked.value.clone();
        inputs.push(looked);
        match &term.shape {
            Shape::Ratio { points, at } => {
                let at = self.reference(group, term, at, inputs)?;
                Some((shapes::ratio(*points, &value?, &at)?, Told::Ratio(*points, at)))
            }
            &Shape::PerPoint { points, ref at, up, down, each, whole } => {
                let at = self.reference(group, term, at, inputs)?;
                let slope = Slope { points, up, down, each, whole };
                Some((shapes::per_point(slope, &value?, &at), Told::PerPoint(slope, at)))
            }
            Shape::Bands { points, at, above, below } => {
                let at = self.reference(group, term, at, inputs)?;
                Some((shapes::bands(*points, (above, below), &value?, &at), Told::Bands(*points, at)))
            }
            Shape::Steps(steps) => {
                let value = value?;
                let at = shapes::step(steps, &value, |condition| {
                    let (holds, _) = self.holds(group, condition);
                    holds
                });
                inputs.extend(steps.iter().flat_map(|step| &step.and).map(|one| self.holds(group, one).1));
                let step = &steps[at?];
                Some((widened(step.points.0), Told::Step(step.at_least.map(|n| n.0))))
            }
            _ => self.among_all(&value?, term),
        }
    }

    /// The shapes that hold a group against all others, and plain counts.
    fn among_all(&self, value: &Exact, term: &Term) -> Option<(Exact, Told)> {
        let place = |order: Order| shapes::place(value, self.all(term), order);
        match &term.shape {
            Shape::Places(order, places) => {
                let place = place(*order);
                Some((widened(shapes::place_points(place, places)), Told::Place(place)))
            }
            &Shape::PerPlace { order, points, less } => {
                let place = place(order);
                Some((shapes::per_place(place, points, less), Told::Place(place)))
            }
            &Shape::Efficacy { base, points, equal, ends, order } => {
                let fixed = ends.map(|(worst, best)| (widened(worst), widened(best)));
                let own = || shapes::ends(self.all(term), order).map(|(worst, best)| (worst.clone(), best.clone()));
                let (worst, best) = fixed.or_else(own)?;
                let reached = shapes::efficacy(value, (&worst, &best), (base, points, equal));
                Some((reached, Told::Efficacy { base, points, worst, best }))
            }
            &Shape::Count { points, each, beyond, whole } => {
                Some((shapes::count(value, points, each, beyond, whole), Told::Count(points, each, beyond)))
            }
            _ => None,
        }
    }

    fn deducted(
        &self,
        group: &str,
        (points, deductions): (Fraction, &[Deduction]),
        inputs: &mut Vec<Looked>,
    ) -> Option<(Exact, Told)> {
        let looked: Vec<Looked> = deductions
            .iter()
            .map(|one| self.look(group, Input { measure: &one.measure, from: one.from.as_deref() }, one.unit))
            .collect();
        let off: Option<Vec<Exact>> = deductions
            .iter()
            .zip(&looked)
            .map(|(one, looked)| {
                let each = one.each.map_or_else(|| Fraction::from_integer(1), |each| each.0);
                Some(shapes::deduction(looked.value.as_ref()?, one.points.0, each, one.most.map(|most| most.0)))
            })
            .collect();
        inputs.extend(looked);
        let off = off?;
        let left = off.iter().fold(widened(points), |left, off| left - off);
        Some((left, Told::Deductions(points, off)))
    }

    fn reference(&self, group: &str, term: &Term, at: &Reference, inputs: &mut Vec<Looked>) -> Option<Exact> {
        match at {
            Reference::Number(at) => Some(widened(*at)),
            Reference::Measure(measure) => {
                let looked = self.look(group, Input { measure, from: term.plan.from.as_deref() }, term.plan.unit);
                let value = looked.value.clone();
                inputs.push(looked);
                value
            }
            Reference::Average => term.average.get_or_init(|| average(self.all(term))).clone(),
        }
    }

    /// The values of all groups that have one, sorted.
    fn all<'t>(&self, term: &'t Term) -> &'t [Exact] {
        term.all.get_or_init(|| {
            let Some(measure) = term.plan.measure.as_deref() else { return Vec::new() };
            let input = Input { measure, from: term.plan.from.as_deref() };
            let groups = self.groups().unwrap_or_default();
            let values = groups.iter().filter_map(|group| self.look(group, input, term.plan.unit).value);
            let mut all: Vec<Exact> = values.collect();
            all.sort_unstable();
            all
        })
    }
}

impl Term<'_> {
    fn full_marks(&self) -> Option<Fraction> {
        marks(&self.shape, self.plan)
    }
}

/// The average of all values; `None` where there are none.
fn average(all: &[Exact]) -> Option<Exact> {
    let count = Fraction::from_integer(i128::try_from(all.len()).ok()?);
    (!all.is_empty()).then(|| all.iter().fold(Exact::zero(), |sum, value| sum + value) / widened(count))
}

/// Full marks of a term, where its shape knows them.
pub(super) fn full_marks(plan: &TermPlan) -> Option<Fraction> {
    marks(&plan.shape().ok()?, plan)
}

/// Full marks after weight and cap.
fn marks(shape: &Shape, plan: &TermPlan) -> Option<Fraction> {
    let weighted = shape.full_marks()? * plan.weight.map_or_else(|| Fraction::from_integer(1), |n| n.0);
    Some(plan.cap.map_or(weighted, |cap| weighted.min(cap.0)))
}

/// A figure's value as it is shown: rates times 100, money in its unit.
fn as_shown(value: Fraction, measured_in: MeasuredIn, unit: Option<MoneyUnit>) -> Exact {
    let scale = match (measured_in, unit) {
        (MeasuredIn::Fraction | MeasuredIn::Points, _) => Fraction::from_integer(100),
        (MeasuredIn::Yuan, Some(MoneyUnit::Yi)) => Fraction::new(1, i128::from(YUAN_PER_WAN) * 10_000),
        (MeasuredIn::Yuan, _) => Fraction::new(1, i128::from(YUAN_PER_WAN)),
        (MeasuredIn::Count | MeasuredIn::Score, _) => Fraction::from_integer(1),
    };
    widened(value) * widened(scale)
}
