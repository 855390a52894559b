//! Scores (得分): what `[[score]]` of `county.toml` states, term by term.
//!
//! A [`ScorePlan`] scores the groups of one ranking. Each of its terms has one of eight shapes, the
//! ninth is the veto (domain 2: capped ratio, ±k per point, steps, rank to points, 功效系数, count,
//! deductions, diminishing bands). What is written is one flat table a term, so that every fault has
//! its line; [`TermPlan::shape`] makes the checked [`Shape`] of it.

mod misfit;
mod shape;
#[cfg(test)]
mod tests;

use serde::Deserialize;

pub(super) use misfit::of_scores;
pub use shape::{Rate, Reference, Shape};

use super::number::Number;
use super::ranking::Order;

/// The id under which a ranking names its score: `by = "score"`.
pub const SCORE: &str = "score";

/// A score: its terms, what is added to them, what may void them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorePlan {
    /// Its id: `towns_monthly`.
    pub id: String,
    /// Its title: 月度综合得分.
    pub title: String,
    /// The book of the ranking.
    pub book: String,
    /// The ranking whose groups are scored.
    pub ranking: String,
    /// The decimals of its points, 2 unless stated.
    #[serde(default = "two")]
    pub decimals: u32,
    /// Where points are rounded (half up).
    #[serde(default)]
    pub rounding: Rounding,
    /// The most it can be.
    #[serde(default)]
    pub cap: Option<Number>,
    /// The least it can be.
    #[serde(default)]
    pub floor: Option<Number>,
    /// Where it comes from and what it is for, for 口径说明.
    pub words: String,
    /// Its terms, in the order in which they are shown.
    #[serde(rename = "term")]
    pub terms: Vec<TermPlan>,
    /// Terms that have a cap or a floor together.
    #[serde(default, rename = "part")]
    pub parts: Vec<Part>,
    /// What changes the grade or takes the place away.
    #[serde(default, rename = "veto")]
    pub vetoes: Vec<VetoPlan>,
    /// How bonus and penalty entries of the settings workbook count.
    #[serde(default)]
    pub entries: EntryPlan,
}

fn two() -> u32 {
    2
}

/// Where points are rounded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// Each term is rounded, so that the terms that are shown add up to the score.
    #[default]
    Terms,
    /// Only the score itself.
    Total,
}

/// Terms that are capped together: 加分合计不超过10分.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its id, which terms name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The most its terms give together.
    #[serde(default)]
    pub cap: Option<Number>,
    /// The least.
    #[serde(default)]
    pub floor: Option<Number>,
}

/// One term as the file states it; which of the later keys it needs depends on its shape.
///
/// Measures count as they are shown: rates in percent, differences of rates in 百分点, money in 万元
/// unless `unit` says 亿元.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermPlan {
    /// Its id.
    pub id: String,
    /// Its title: 投资完成情况.
    pub title: String,
    /// How points come about.
    pub shape: ShapeKind,
    /// The measure it looks at.
    pub measure: Option<String>,
    /// The ranking that the measure is of, as `book/ranking`; without it, the score's own.
    pub from: Option<String>,
    /// The unit of money.
    pub unit: Option<MoneyUnit>,
    /// The part it is capped with.
    pub part: Option<String>,
    /// What its points are multiplied by: 0.3 of a hundred.
    pub weight: Option<Number>,
    /// The most it gives, after weighting.
    pub cap: Option<Number>,
    /// The least it gives, after weighting.
    pub floor: Option<Number>,
    /// Its own decimals.
    pub decimals: Option<u32>,
    /// What happens where it cannot be computed.
    #[serde(default)]
    pub missing: Missing,
    /// What the rule does not say by itself: its source, its reason.
    pub words: Option<String>,
    /// Full marks; of a count, the points of each.
    pub points: Option<Number>,
    /// ratio, per_point, bands: the value that full marks are given for.
    pub at: Option<Number>,
    /// Instead of `at`: a measure of the same ranking, such as the schedule or a target.
    pub at_measure: Option<String>,
    /// Instead of `at`: the mean of all groups.
    #[serde(default)]
    pub at_average: bool,
    /// per_point: points for each step above.
    pub up: Option<Number>,
    /// per_point: points off for each step below.
    pub down: Option<Number>,
    /// per_point, count: how much a step is; 1 unless stated.
    pub each: Option<Number>,
    /// per_point, count: only whole steps count.
    #[serde(default)]
    pub whole: bool,
    /// steps: best first, the last without conditions.
    pub steps: Option<Vec<Step>>,
    /// rank: points by place.
    pub places: Option<Vec<PlaceStep>>,
    /// rank, instead of `places`: points off for each place after the first.
    pub less: Option<Number>,
    /// rank, efficacy: which end is the best.
    pub order: Option<Order>,
    /// efficacy: points of the worst; 60 unless stated.
    pub base: Option<Number>,
    /// efficacy: points where all groups are equal; full marks unless stated.
    pub equal: Option<Number>,
    /// efficacy: a fixed best value instead of the groups' own.
    pub best: Option<Number>,
    /// efficacy: a fixed worst value.
    pub worst: Option<Number>,
    /// count: only what goes beyond this counts.
    pub beyond: Option<Number>,
    /// deductions: what points are taken off for.
    pub deduct: Option<Vec<Deduction>>,
    /// bands: points for each unit above, band by band outwards.
    pub above: Option<Vec<BandRate>>,
    /// bands: points off for each unit below, band by band outwards.
    pub below: Option<Vec<BandRate>>,
}

/// The shapes of domain 2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeKind {
    /// (a) The share of a target, times full marks.
    #[default]
    Ratio,
    /// (b) Full marks, more or less for every step above or below.
    PerPoint,
    /// (c) A table of steps.
    Steps,
    /// (d) Points by place.
    Rank,
    /// (e) 功效系数: between the worst and the best of all groups.
    Efficacy,
    /// (f) Points for each.
    Count,
    /// (g) A base less deductions.
    Deductions,
    /// (h) Rates that change band by band.
    Bands,
}

/// What happens to a score where one of its terms cannot be computed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The score cannot be computed either.
    #[default]
    None,
    /// The term gives 0 points.
    Zero,
    /// The term does not count: the score is scaled up from the full marks of the others.
    Exclude,
}

/// A unit of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum MoneyUnit {
    /// 10,000 yuan.
    #[serde(rename = "万元")]
    Wan,
    /// 100 million yuan.
    #[serde(rename = "亿元")]
    Yi,
}

/// A step: its points where the value reaches it and all else holds too.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The least value, itself included; the last step has none.
    #[serde(default)]
    pub at_least: Option<Number>,
    /// What else must hold.
    #[serde(default)]
    pub and: Vec<Condition>,
    /// Its points.
    pub points: Number,
}

/// Something that holds of a measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The measure.
    pub measure: String,
    /// The ranking it is of, as `book/ranking`; without it, the score's own.
    #[serde(default)]
    pub from: Option<String>,
    /// The unit of money.
    #[serde(default)]
    pub unit: Option<MoneyUnit>,
    /// The least it may be, itself included.
    #[serde(default)]
    pub at_least: Option<Number>,
    /// What it must stay below.
    #[serde(default)]
    pub below: Option<Number>,
}

/// Points of the places up to one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceStep {
    /// The last place that gets them; the last step has none.
    #[serde(default)]
    pub to: Option<u32>,
    /// The points.
    pub points: Number,
}

/// Points off for every step of a measure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deduction {
    /// The measure: missing reports, days late.
    pub measure: String,
    /// The ranking it is of, as `book/ranking`; without it, the score's own.
    #[serde(default)]
    pub from: Option<String>,
    /// The unit of money.
    #[serde(default)]
    pub unit: Option<MoneyUnit>,
    /// Points off for each step.
    pub points: Number,
    /// How much a step is; 1 unless stated.
    #[serde(default)]
    pub each: Option<Number>,
    /// The most that is taken off for it.
    #[serde(default)]
    pub most: Option<Number>,
}

/// The rate of a band.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandRate {
    /// How far from the reference it reaches; the last band has none.
    #[serde(default)]
    pub to: Option<Number>,
    /// Points for each unit within it.
    pub per: Number,
}

/// What voids a score, whatever its points: the ninth shape.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VetoPlan {
    /// Its id.
    pub id: String,
    /// Its title: 重大项目未开工.
    pub title: String,
    /// All must hold; what cannot be computed does not hold, and is told.
    pub when: Vec<Condition>,
    /// What follows.
    pub effect: Effect,
    /// For `grade_at_most`: the best grade still possible.
    #[serde(default)]
    pub grade: Option<String>,
}

/// What a veto does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// 取消评优: neither place nor grade.
    Unranked,
    /// The score is 0.
    Zero,
    /// No better grade than the one stated.
    GradeAtMost,
    /// One grade lower; several add up.
    GradeDown,
    /// One grade higher: an extra achievement.
    GradeUp,
}

/// How the entries of the settings sheet 加减分 count.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryPlan {
    /// How long an entry counts.
    #[serde(default)]
    pub hold: Hold,
    /// The most that bonus entries give together.
    #[serde(default)]
    pub bonus_cap: Option<Number>,
    /// The most that penalty entries take off together.
    #[serde(default)]
    pub penalty_cap: Option<Number>,
}

/// How long an entry counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hold {
    /// From its month to the end of its year, as cumulative figures do.
    #[default]
    Year,
    /// In its month only.
    Month,
}

/// A measure of a ranking that a score looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input<'p> {
    /// The measure's id.
    pub measure: &'p str,
    /// `book/ranking`; `None` for the score's own ranking.
    pub from: Option<&'p str>,
}

impl ScorePlan {
    /// Every measure that it looks at, in the order of its terms; some more than once.
    pub fn inputs(&self) -> Vec<Input<'_>> {
        let terms = self.terms.iter().flat_map(TermPlan::inputs);
        terms.chain(self.vetoes.iter().flat_map(|veto| veto.when.iter().map(Condition::input))).collect()
    }

    /// The measures that it looks at in a ranking, by id.
    pub fn measures_of(&self, book: &str, ranking: &str) -> Vec<&str> {
        let own = self.book == book && self.ranking == ranking;
        let meant = |input: &Input| match input.from {
            None => own,
            Some(from) => from.split_once('/') == Some((book, ranking)),
        };
        self.inputs().into_iter().filter(meant).map(|input| input.measure).collect()
    }
}

impl TermPlan {
    /// Every measure that it looks at, its own first.
    pub fn inputs(&self) -> Vec<Input<'_>> {
        let input = |measure| Input { measure, from: self.from.as_deref() };
        let mut inputs: Vec<Input> = self.measure.iter().chain(&self.at_measure).map(|id| input(id)).collect();
        let steps = self.steps.iter().flatten().flat_map(|step| &step.and);
        inputs.extend(steps.map(Condition::input));
        let deductions = self.deduct.iter().flatten();
        inputs.extend(deductions.map(|one| Input { measure: &one.measure, from: one.from.as_deref() }));
        inputs
    }
}

impl Condition {
    /// The measure that it looks at.
    pub fn input(&self) -> Input<'_> {
        Input { measure: &self.measure, from: self.from.as_deref() }
    }
}

impl Effect {
    /// What an entry or a veto with this effect is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unranked => "一票否决",
            Self::Zero => "计零分",
            Self::GradeAtMost => "限定等次",
            Self::GradeDown => "降一档",
            Self::GradeUp => "升一档",
        }
    }
}
