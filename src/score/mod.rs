//! Score: points of a ranking's groups, term by term, with the entries and vetoes that the office decides.
//!
//! Takes measured rankings, the profile's scores and the settings' entries, gives a [`Scored`] a group;
//! the total also becomes the figure `score` of the group, so that a ranking can be decided by it.
//! Values count as they are shown (percent, 百分点, 万元 or 亿元). All is exact; points are rounded half up
//! where the score says: each term, so that what is shown adds up, or the total alone.

mod desk;
mod entries;
mod evidence;
#[cfg(test)]
mod shape_tests;
mod shapes;
#[cfg(test)]
mod tests;
mod total;
mod vetoes;
mod words;

use std::collections::BTreeMap;

pub use evidence::plain;
pub use total::total_again;
pub use words::{entries_in_words, term_in_words, veto_in_words};

use crate::amount::{Exact, Fraction};
use crate::finding::Finding;
use crate::measure::{Figure, Measured};
use crate::period::Period;
use crate::profile::{Effect, MeasuredIn, Missing, Profile, SCORE};
use crate::settings::{ScoreEntry, Settings};

/// A group's score, apart to its terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The group.
    pub group: String,
    /// The score, rounded; `None` where it cannot be computed.
    pub total: Option<Fraction>,
    /// Why there is none.
    pub lost: Option<String>,
    /// Its terms, in the order of the profile.
    pub terms: Vec<ScoredTerm>,
    /// What the terms of each part give together, after its cap and floor.
    pub parts: Vec<(String, Fraction)>,
    /// What the terms were multiplied by, where one of them was left out.
    pub scale: Option<Fraction>,
    /// Bonus entries together, after their cap.
    pub bonus: Fraction,
    /// Penalty entries together, after their cap; above 0.
    pub penalty: Fraction,
    /// The entries that count, in the order of the settings.
    pub entries: Vec<ScoreEntry>,
    /// What lifts, lowers, caps or voids it.
    pub verdicts: Vec<Verdict>,
    /// Vetoes that could not be decided, and why.
    pub undecided: Vec<String>,
}

/// One term of a group's score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoredTerm {
    /// The term's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The figures it looked at, its own first.
    pub inputs: Vec<InputFigure>,
    /// Points before weight, floor and cap, to twelve decimals.
    pub raw: Option<Fraction>,
    /// Points that count.
    pub points: Option<Fraction>,
    /// What was done where it could not be computed.
    pub missing: Option<Missing>,
    /// How the points came about, with the figures in it.
    pub evidence: String,
}

/// A figure that a term looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct InputFigure {
    /// `book/ranking` that it is of.
    pub from: String,
    /// The measure's title.
    pub title: String,
    /// The figure; `None` where that ranking does not have the group.
    pub figure: Option<Figure>,
}

/// A veto that holds, or an entry that works as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it does.
    pub effect: Effect,
    /// For [`Effect::GradeAtMost`]: the best grade still possible.
    pub grade: Option<String>,
    /// What happened, with its figures or its document.
    pub why: String,
}

/// The scores of a month.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Scores {
    /// By book and ranking, a [`Scored`] for every group by name.
    pub of: BTreeMap<(String, String), BTreeMap<String, Scored>>,
    /// Entries that count for nobody.
    pub findings: Vec<Finding>,
}

impl Scores {
    /// The scores of a ranking; `None` where it has none.
    pub fn ranking(&self, book: &str, ranking: &str) -> Option<&BTreeMap<String, Scored>> {
        self.of.get(&(book.to_owned(), ranking.to_owned()))
    }
}

impl Scored {
    /// Why the group has neither place nor grade, where a veto says so.
    pub fn barred(&self) -> Option<&str> {
        self.verdicts.iter().find(|one| one.effect == Effect::Unranked).map(|one| one.why.as_str())
    }

    /// The grade after vetoes: `grades` best first, `reached` the one that the bands give.
    ///
    /// Steps up and down add up and stop at either end; then no better than the lowest of the caps.
    pub fn graded(&self, grades: &[&str], reached: Option<&str>) -> Option<String> {
        if self.barred().is_some() {
            return None;
        }
        let place = |name: &str| grades.iter().position(|grade| *grade == name);
        let steps = |effect| self.verdicts.iter().filter(|one| one.effect == effect).count();
        let Some(at) = reached.and_then(place) else { return reached.map(str::to_owned) };
        let moved = (at + steps(Effect::GradeDown)).saturating_sub(steps(Effect::GradeUp));
        let caps = self.verdicts.iter().filter_map(|one| one.grade.as_deref().and_then(place));
        let at = caps.fold(moved.min(grades.len() - 1), usize::max);
        Some(grades[at].to_owned())
    }
}

/// Scores every ranking that has a `[[score]]`, and puts the total among its groups' figures.
pub fn score(profile: &Profile, settings: &Settings, period: Period, measured: &mut [Measured]) -> Scores {
    let mut scores = Scores::default();
    for plan in &profile.county.scores {
        let desk = desk::Desk::new(profile, plan, measured);
        let Some(groups) = desk.groups() else { continue };
        let (entries, findings) = entries::entries(plan, settings, period, &groups);
        scores.findings.extend(findings);
        let of = groups.iter().map(|group| ((*group).to_owned(), desk.scored(group, entries.get(*group))));
        scores.of.insert((plan.book.clone(), plan.ranking.clone()), of.collect());
    }
    for one in measured {
        let Some(of) = scores.ranking(&one.plan.book, &one.plan.id) else { continue };
        let with_score = one.groups.first().and_then(|group| group.figures.of_with(SCORE, MeasuredIn::Score));
        for group in &mut one.groups {
            let total = of.get(&group.name).and_then(|scored| scored.total);
            group.figures.set(SCORE, total, with_score.as_ref());
        }
    }
    scores
}

/// What is shown of a number that is not rounded: twelve decimals hold any rate to the last digit that counts.
fn shown(value: &Exact) -> Option<Fraction> {
    crate::amount::narrowed(value, 12)
}
