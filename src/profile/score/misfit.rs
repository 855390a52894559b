//! What of a score does not fit the rest of the profile, by the path to its line.

use std::collections::BTreeSet;

use num_traits::Zero;

use super::{Condition, Effect, Input, Missing, MoneyUnit, SCORE, ScorePlan, TermPlan};
use crate::amount::Fraction;
use crate::profile::misfit::{Misfit, is_name};
use crate::profile::reading::Step;
use crate::profile::wording::advice;
use crate::profile::{Book, County, Measure, MeasuredIn, WHOLE};

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
            look.tell("id", format!("id “{}”已经用过，请换一个", plan.id));
        }
        if !scored.insert((&plan.book, &plan.ranking)) {
            look.tell("ranking", format!("排名“{}/{}”已有一个得分，一个排名只有一个得分", plan.book, plan.ranking));
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
        self.found.push(Misfit { path, message: format!("得分“{}”：{}", self.plan.id, message.into()) });
    }

    fn score(&mut self) {
        let plan = self.plan;
        if !is_name(&plan.id) {
            self.tell("id", "id 只能用小写英文字母、数字和下划线，以字母开头");
        }
        if plan.decimals > MOST_DECIMALS {
            self.tell("decimals", format!("小数位数最多{MOST_DECIMALS}位"));
        }
        if upside_down(plan.cap, plan.floor) {
            self.tell("cap", "上限 cap 不应低于下限 floor");
        }
        self.ranking();
        if plan.terms.is_empty() {
            self.tell("term", "至少要有一项 [[score.term]]");
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
                self.tell("entries", format!("{key} 写不小于0的数"));
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
                self.tell("book", format!("没有账册“{}”的排名{advice}", plan.book));
            }
            None => {
                let advice = advice(&plan.ranking, &known);
                self.tell("ranking", format!("账册 {} 没有排名“{}”{advice}", plan.book, plan.ranking));
            }
            Some(ranking) if ranking.group == WHOLE => {
                self.tell("ranking", format!("“{}”只有一个合计，没有可以评分的单位", plan.ranking));
            }
            Some(_) => {}
        }
    }

    fn ids(&mut self, table: &str, ids: &[&str]) {
        for (at, id) in ids.iter().enumerate() {
            if ids[..at].contains(id) {
                self.tell_in(&[(table, at)], "id", format!("id “{id}”已经用过，请换一个"));
            } else if !is_name(id) {
                self.tell_in(&[(table, at)], "id", format!("id “{id}”只能用小写英文字母、数字和下划线，以字母开头"));
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
            self.tell_in(&table, "missing", "没有满分的一项不能折算，missing 请写 \"none\" 或 \"zero\"");
        }
        if term.weight.is_some_and(|weight| weight.0 <= Fraction::zero()) {
            self.tell_in(&table, "weight", "权重 weight 应大于0");
        }
        if upside_down(term.cap, term.floor) {
            self.tell_in(&table, "cap", "上限 cap 不应低于下限 floor");
        }
        if term.decimals.is_some_and(|decimals| decimals > MOST_DECIMALS) {
            self.tell_in(&table, "decimals", format!("小数位数最多{MOST_DECIMALS}位"));
        }
        if let Some(part) = term.part.as_ref().filter(|part| self.plan.parts.iter().all(|one| one.id != **part)) {
            let known: Vec<&str> = self.plan.parts.iter().map(|part| part.id.as_str()).collect();
            self.tell_in(&table, "part", format!("没有 [[score.part]]“{part}”{}", advice(part, &known)));
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
            let message = format!("“{}”与“{}”计量单位不同，不能相比", own.title, other.title);
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
            self.tell_in(table, key, format!("“{}”的条件没有写 at_least 或 below", condition.measure));
        }
        if least.zip(below).is_some_and(|(least, below)| below <= least) {
            self.tell_in(table, key, format!("“{}”的 below 应大于 at_least", condition.measure));
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
            let message = format!("没有排名“{from}”（写成 账册/排名）{}", advice(from, &rankings));
            self.tell_in(table, key, message);
            return None;
        }
        let book = self.books.iter().find(|one| one.id == book)?;
        let known: Vec<&str> = book.measures.iter().map(|one| one.id.as_str()).filter(|id| *id != SCORE).collect();
        let Some(measure) = book.measures.iter().find(|one| one.id == input.measure && one.id != SCORE) else {
            let advice = advice(input.measure, &known);
            self.tell_in(table, key, format!("账册 {} 没有指标“{}”{advice}", book.id, input.measure));
            return None;
        };
        if unit.is_some() && measure.measured_in != MeasuredIn::Yuan {
            self.tell_in(table, "unit", format!("“{}”不是金额，不用 unit", measure.title));
        }
        Some(measure)
    }

    fn parts(&mut self) {
        let plan = self.plan;
        let ids: Vec<&str> = plan.parts.iter().map(|part| part.id.as_str()).collect();
        self.ids("part", &ids);
        for (at, part) in plan.parts.iter().enumerate() {
            if upside_down(part.cap, part.floor) {
                self.tell_in(&[("part", at)], "cap", "上限 cap 不应低于下限 floor");
            }
            if plan.terms.iter().all(|term| term.part.as_ref() != Some(&part.id)) {
                self.tell_in(&[("part", at)], "id", format!("没有一项写 part = \"{}\"", part.id));
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
                self.tell_in(&table, "when", "没有写明什么情形下生效");
            }
            for condition in &veto.when {
                self.condition(&table, "when", condition);
            }
            match (veto.effect, &veto.grade) {
                (Effect::GradeAtMost, None) => {
                    self.tell_in(&table, "effect", "grade_at_most 要写明最高能评的等次 grade");
                }
                (Effect::GradeAtMost, Some(grade)) => self.grade(&table, grade),
                (_, Some(_)) => self.tell_in(&table, "grade", "只有 effect = \"grade_at_most\" 用 grade"),
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
            self.tell_in(table, "grade", format!("没有等次“{grade}”{}", advice(grade, &known)));
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
