//! Grades and lights: what a group must reach for each of them.

use serde::Deserialize;

use super::number::Number;
use crate::amount::Fraction;

/// A mark (优, 中, 差; 绿, 黄, 红) and the least that earns it; the bands of a set stand best first.
///
/// All bands of a set but the last state their lower end by the same one of `from`, `relative`,
/// `score` and `share`; the last takes all that is left. What a band's upper end is follows from the
/// band before it; where it is written all the same, both must be the same, so that a rule copied
/// from a document which leaves a gap is told and not filled in silence.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 优, 中, 差; 绿, 黄, 红.
    pub name: String,
    /// The least lead over the schedule in 百分点 (negative is behind). Where `marked_by` names another
    /// measure, its least value as shown: percent, 万元, 个.
    #[serde(default)]
    pub from: Option<Number>,
    /// The least lead as percent of what the schedule expects: -50 is half of it missing.
    #[serde(default)]
    pub relative: Option<Number>,
    /// The least score.
    #[serde(default)]
    pub score: Option<Number>,
    /// Its share of the groups that have a place, as a fraction: 0.3 are three of ten, "1/3" is a third.
    #[serde(default)]
    pub share: Option<Number>,
    /// How `share` becomes a whole number of groups.
    #[serde(default)]
    pub rounds: Rounds,
    /// Whether the lower end itself is not enough (以上，不含本数).
    #[serde(default)]
    pub open: bool,
    /// Its upper end, itself included.
    #[serde(default)]
    pub up_to: Option<Number>,
    /// Its upper end, itself not included.
    #[serde(default)]
    pub below: Option<Number>,
    /// The colour of its cell, as RRGGBB.
    pub colour: String,
}

/// How a share of the groups becomes a number of them, counted from the first place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounds {
    /// Half up: 0.3 of 15 are 5.
    #[default]
    Nearest,
    /// Every part counts as one.
    Up,
    /// Parts do not count.
    Down,
}

/// What the bands of a set look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The lead in 百分点, or the value of the measure that `marked_by` names.
    Value,
    /// The lead as percent of what the schedule expects.
    Relative,
    /// The score.
    Score,
    /// The place among all.
    Share,
}

impl Band {
    /// The ends that it states, with what they are of; a sound band states at most one.
    pub fn ends(&self) -> Vec<(Basis, Fraction)> {
        let ends = [
            (Basis::Value, self.from),
            (Basis::Relative, self.relative),
            (Basis::Score, self.score),
            (Basis::Share, self.share),
        ];
        ends.into_iter().filter_map(|(basis, end)| Some((basis, end?.0))).collect()
    }

    /// Its lower end; `None` for the last of a set.
    pub fn end(&self) -> Option<Fraction> {
        self.ends().first().map(|(_, end)| *end)
    }
}

impl Basis {
    /// The key that states it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Value => "from",
            Self::Relative => "relative",
            Self::Score => "score",
            Self::Share => "share",
        }
    }

    /// What a sound set of bands looks at; a set of one band looks at nothing.
    pub fn of(bands: &[Band]) -> Option<Self> {
        bands.first().and_then(|band| band.ends().first().map(|(basis, _)| *basis))
    }
}
