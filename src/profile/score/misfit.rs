//! What of a score does not fit the rest of the profile, by the path to its line.

use std::collections::BTreeSet;

use num_traits::Zero;

use super::{Condition, Effect, Input, Missing, MoneyUnit, SCORE, ScorePlan, TermPlan};
use crate::amount::Fraction;
use crate::profile::misfit::{Misfit, is_name};
use crate::profile::reading::Step;
use crate::profile::wording::advice;
use crate::profile::{Book, County, Measure, MeasuredIn, WHOLE};
use crate::say;

/// Decimals beyond which nobody reads points.
const MOST_DECIMALS: u32 = 4;

/// What is wrong with the scores of a county, given the books.
pub(in crate::profile) fn of_scores(county: &County, books: &[Book]) -> Vec<Misfit> {
    let mut found = Vec::new();
    let mut ids = BTreeSet::new();
    let mut scored = BTreeSet::new();
    for (at, plan) in county.scores.iter().enumerate() {
        let mut look = Look { county, books, plan, at, found: Vec::new() };
        if !ids.insert(&plan.id) {
            look.tell("id", say!("profile-id-taken", id = plan.id));
        }
        if !scored.insert((&plan.book, &plan.ranking)) {
            look.tell("ranking", say!("profile-score-again", book = plan.book, ranking = plan.ranking));
        }
        look.score();
        found.extend(look.found);
    }
    found
}

/// One score that is looked at.
struct Look<'p> {
    county: &'p County,
    books: &'p [Book],
    plan: &'p ScorePlan,
    at: usize,
    found: Vec<Misfit>,
}

impl<'p> Look<'p> {
    fn tell(&mut self, key: &str, message: impl Into<String>) {
        self.tell_in(&[], key, message);
    }

    /// A fault of a key of one of the score's tables, such as `term` 2.
    fn tell_in(&mut self, table: &[(&str, usize)], key: &str, message: impl Into<String>) {
        let mut path = vec![Step::Key("score".into()), Step::At(self.at)];
        for (name, at) in table {
            path.extend([Step::Key((*name).into()), Step::At(*at)]);
        }
        path.push(Step::Key(key.into()));
        self.found
            .push(Misfit { path, message: say!("profile-score-fault", score = self.plan.id, fault = message.into()) });
    }

    fn score(&mut self) {
        let plan = self.plan;
        if !is_name(&plan.id) {
            self.tell("id", say!("profile-id-name-bare"));
        }
        if plan.decimals > MOST_DECIMALS {
            self.tell("decimals", say!("profile-decimals", most_decimals = MOST_DECIMALS));
        }
        if upside_down(plan.cap, plan.floor) {
            self.tell("cap", say!("profile-cap"));
        }
        self.ranking();
        if plan.terms.is_empty() {
            self.tell("term", say!("profile-score-terms"));
        }
        let terms: Vec<&str> = plan.terms.iter().map(|term| term.id.as_str()).collect();
        self.ids("term", &terms);
        for (at, term) in plan.terms.iter().enumerate() {
            self.term(at, term);
        }
        self.parts();
        self.vetoes();
        for (key, cap) in [("bonus_cap", plan.entries.bonus_cap), ("penalty_cap", plan.entries.penalty_cap)] {
            if cap.is_some_and(|cap| cap.0 < Fraction::zero()) {
                self.tell("entries", say!("profile-not-negative", key = key));
            }
        }
    }

    fn ranking(&mut self) {
        let plan = self.plan;
        let known: Vec<&str> =
            self.county.rankings.iter().filter(|one| one.book == plan.book).map(|one| one.id.as_str()).collect();
        match self.county.rankings.iter().find(|one| one.book == plan.book && one.id == plan.ranking) {
            None if known.is_empty() => {
                let ids: Vec<&str> = self.books.iter().map(|book| book.id.as_str()).collect();
                let advice = advice(&plan.book, &ids);
                self.tell("book", say!("profile-no-rankings", book = plan.book, advice = advice));
            }
            None => {
                let advice = advice(&plan.ranking, &known);
                self.tell(
                    "ranking",
                    say!("profile-no-ranking", book = plan.book, ranking = plan.ranking, advice = advice),
                );
            }
            Some(ranking) if ranking.group == WHOLE => {
                self.tell("ranking", say!("profile-score-whole", ranking = plan.ranking));
            }
            Some(_) => {}
        }
    }

    fn ids(&mut self, table: &str, ids: &[&str]) {
        for (at, id) in ids.iter().enumerate() {
            if ids[..at].contains(id) {
                self.tell_in(&[(table, at)], "id", say!("profile-id-taken", id = id));
            } else if !is_name(id) {
                self.tell_in(&[(table, at)], "id", say!("profile-id-name", id = id));
            }
        }
    }

    fn term(&mut self, at: usize, term: &TermPlan) {
        let table = [("term", at)];
        let full = match term.shape() {
            Ok(shape) => shape.full_marks(),
            Err(unfit) => {
                for (key, message) in unfit {
                    self.tell_in(&table, key, format!("“{}”：{message}", term.id));
                }
                // The shape's own faults are told; nothing more is to be said of its full marks.
                Some(Fraction::zero())
            }
        };
        if term.missing == Missing::Exclude && full.is_none() {
            self.tell_in(&table, "missing", say!("profile-score-missing"));
        }
        if term.weight.is_some_and(|weight| weight.0 <= Fraction::zero()) {
            self.tell_in(&table, "weight", say!("profile-score-weight"));
        }
        if upside_down(term.cap, term.floor) {
            self.tell_in(&table, "cap", say!("profile-cap"));
        }
        if term.decimals.is_some_and(|decimals| decimals > MOST_DECIMALS) {
            self.tell_in(&table, "decimals", say!("profile-decimals", most_decimals = MOST_DECIMALS));
        }
        if let Some(part) = term.part.as_ref().filter(|part| self.plan.parts.iter().all(|one| one.id != **part)) {
            let known: Vec<&str> = self.plan.parts.iter().map(|part| part.id.as_str()).collect();
            self.tell_in(&table, "part", say!("profile-score-part", advice = advice(part, &known), part = part));
        }
        self.term_measures(&table, term);
    }

    fn term_measures(&mut self, table: &[(&str, usize)], term: &TermPlan) {
        let from = term.from.as_deref();
        let own = term.measure.as_deref();
        let own = own.and_then(|measure| self.measure(table, "measure", Input { measure, from }, term.unit));
        let other = term.at_measure.as_deref();
        let other = other.and_then(|measure| self.measure(table, "at_measure", Input { measure, from }, term.unit));
        if let (Some(own), Some(other)) = (own, other)
            && kind(own.measured_in) != kind(other.measured_in)
        {
            let message = say!("profile-score-unlike", one = own.title, other = other.title);
            self.tell_in(table, "at_measure", message);
        }
        for condition in term.steps.iter().flatten().flat_map(|step| &step.and) {
            self.condition(table, "steps", condition);
        }
        for one in term.deduct.iter().flatten() {
            let input = Input { measure: &one.measure, from: one.from.as_deref() };
            self.measure(table, "deduct", input, one.unit);
        }
    }

    fn condition(&mut self, table: &[(&str, usize)], key: &str, condition: &Condition) {
        self.measure(table, key, condition.input(), condition.unit);
        let (least, below) = (condition.at_least, condition.below);
        if least.is_none() && below.is_none() {
            self.tell_in(table, key, say!("profile-score-condition", measure = condition.measure));
        }
        if least.zip(below).is_some_and(|(least, below)| below <= least) {
            self.tell_in(table, key, say!("profile-score-below", measure = condition.measure));
        }
    }

    /// The measure of an input; tells where there is none, or where `unit` does not fit it.
    fn measure(
        &mut self,
        table: &[(&str, usize)],
        key: &str,
        input: Input,
        unit: Option<MoneyUnit>,
    ) -> Option<&'p Measure> {
        let (book, ranking) = match input.from {
            None => (self.plan.book.as_str(), self.plan.ranking.as_str()),
            Some(from) => from.split_once('/').unwrap_or((from, "")),
        };
        let rankings: Vec<String> = self.county.rankings.iter().map(|one| format!("{}/{}", one.book, one.id)).collect();
        let there = self.county.rankings.iter().any(|one| one.book == book && one.id == ranking);
        if let Some(from) = input.from.filter(|_| !there) {
            let message = say!("profile-score-from", advice = advice(from, &rankings), from = from);
            self.tell_in(table, key, message);
            return None;
        }
        let book = self.books.iter().find(|one| one.id == book)?;
        let known: Vec<&str> = book.measures.iter().map(|one| one.id.as_str()).filter(|id| *id != SCORE).collect();
        let Some(measure) = book.measures.iter().find(|one| one.id == input.measure && one.id != SCORE) else {
            let advice = advice(input.measure, &known);
            self.tell_in(
                table,
                key,
                say!("profile-score-measure", book = book.id, measure = input.measure, advice = advice),
            );
            return None;
        };
        if unit.is_some() && measure.measured_in != MeasuredIn::Yuan {
            self.tell_in(table, "unit", say!("profile-score-unit", measure = measure.title));
        }
        Some(measure)
    }

    fn parts(&mut self) {
        let plan = self.plan;
        let ids: Vec<&str> = plan.parts.iter().map(|part| part.id.as_str()).collect();
        self.ids("part", &ids);
        for (at, part) in plan.parts.iter().enumerate() {
            if upside_down(part.cap, part.floor) {
                self.tell_in(&[("part", at)], "cap", say!("profile-cap"));
            }
            if plan.terms.iter().all(|term| term.part.as_ref() != Some(&part.id)) {
                self.tell_in(&[("part", at)], "id", say!("profile-score-no-term", part = part.id));
            }
        }
    }

    fn vetoes(&mut self) {
        let plan = self.plan;
        let ids: Vec<&str> = plan.vetoes.iter().map(|veto| veto.id.as_str()).collect();
        self.ids("veto", &ids);
        for (at, veto) in plan.vetoes.iter().enumerate() {
            let table = [("veto", at)];
            if veto.when.is_empty() {
                self.tell_in(&table, "when", say!("profile-score-when"));
            }
            for condition in &veto.when {
                self.condition(&table, "when", condition);
            }
            match (veto.effect, &veto.grade) {
                (Effect::GradeAtMost, None) => {
                    self.tell_in(&table, "effect", say!("profile-score-grade-wanted"));
                }
                (Effect::GradeAtMost, Some(grade)) => self.grade(&table, grade),
                (_, Some(_)) => self.tell_in(&table, "grade", say!("profile-score-grade-only")),
                (_, None) => {}
            }
        }
    }

    fn grade(&mut self, table: &[(&str, usize)], grade: &str) {
        let plan = self.plan;
        let ranking = self.county.rankings.iter().find(|one| one.book == plan.book && one.id == plan.ranking);
        let grades = ranking.map_or(&self.county.grades[..], |ranking| self.county.grades_of(ranking));
        let known: Vec<&str> = grades.iter().map(|band| band.name.as_str()).collect();
        if !known.contains(&grade) {
            self.tell_in(table, "grade", say!("profile-score-grade", advice = advice(grade, &known), grade = grade));
        }
    }
}

fn upside_down(cap: Option<super::Number>, floor: Option<super::Number>) -> bool {
    cap.zip(floor).is_some_and(|(cap, floor)| cap < floor)
}

/// What may be compared: rates with differences of rates, both shown times 100.
fn kind(measured_in: MeasuredIn) -> MeasuredIn {
    match measured_in {
        MeasuredIn::Points => MeasuredIn::Fraction,
        other => other,
    }
}
