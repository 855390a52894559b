//! Live figures: for each measure of a row the formula that gives it, checked against the stated value.
//!
//! A formula is written only where following it gives exactly the figure; else the figure itself stands there.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_traits::Signed;

use super::detail::{Detail, MONTHS_LEFT, SCHEDULE, months_left};
use super::index::Indexed;
use super::members::{Members, shown_value};
use super::style::Shown;
use super::table::Cell;
use super::words::quotient;
use crate::amount::Fraction;
use crate::measure;
use crate::profile::{Book, Measure, MeasuredIn, RankingPlan, Reckoning, Share};
use crate::rank::{Ranked, Ranking};

/// What all rows share.
#[derive(Clone, Copy)]
pub(super) struct Live<'l, 'a> {
    /// The report.
    pub(super) report: &'l Indexed<'a>,
    /// The book of the facts.
    pub(super) book: &'l Book,
    /// The sheet that formulas reckon from.
    pub(super) detail: &'l Detail<'a>,
}

/// One group's figures and where they stand.
pub(super) struct Line<'l> {
    /// The projects counted; `None` where the workbook cannot tell.
    pub(super) members: Option<Members>,
    /// The cell with the group's name.
    pub(super) name_at: String,
    /// The figures by measure.
    pub(super) values: BTreeMap<Arc<str>, Option<Fraction>>,
    /// The cell of a measure.
    pub(super) at: &'l dyn Fn(&str) -> Option<String>,
    /// What a measure's column adds up to, as a formula and as a figure.
    pub(super) sum: &'l dyn Fn(&str) -> Option<Candidate>,
}

/// Where no column stands over the cells.
pub(super) fn no_sum(_: &str) -> Option<Candidate> {
    None
}

impl Line<'_> {
    fn value(&self, measure: &str) -> Option<Fraction> {
        self.values.get(measure).copied().flatten()
    }
}

/// Groups times projects beyond which figures are written as values: Excel would reckon for minutes at every change.
const HEAVIEST: usize = 20_000_000;
/// More groups than these are placed by value: each place looks at all others.
pub(super) const MOST_GROUPS: usize = 2_000;

/// A formula and what it gives.
pub(super) type Candidate = (String, Option<Fraction>);

impl Live<'_, '_> {
    /// Whether so many groups, each looking through all projects, are more than a spreadsheet can follow.
    pub(super) fn is_heavy(&self, groups: usize) -> bool {
        groups.saturating_mul(self.detail.rows()) > HEAVIEST || groups > MOST_GROUPS
    }

    /// The cell of a measure.
    pub(super) fn cell(&self, measure: &Measure, line: &Line) -> Cell {
        let value = line.value(&measure.id);
        let cell = Cell::number_or_dash(value.map(|value| shown_value(measure, value)));
        match self.candidates(measure, line).into_iter().find(|(_, gives)| *gives == value) {
            Some((formula, _)) => cell.by(formula),
            None => cell,
        }
    }

    /// The figures of the total row over its members, each as its formula gives it.
    pub(super) fn totals(&self, plan: &RankingPlan, members: &Members) -> BTreeMap<Arc<str>, Option<Fraction>> {
        let anywhere = |_: &str| Some("A1".to_owned());
        let stated = self.stated(plan, members).unwrap_or_default();
        let mut line = Line {
            members: Some(members.clone()),
            name_at: "A1".to_owned(),
            values: stated,
            at: &anywhere,
            sum: &no_sum,
        };
        // A rate can only be made after its sums, and the schedule's distance after the rate.
        for _ in 0..3 {
            for id in &plan.measures {
                let Some(measure) = self.report.measure(&plan.book, id) else { continue };
                // Last year's amounts are not all in the detail: only a stated sum of them can be trusted.
                if line.values.contains_key(&**id) || id == "done_last_year" {
                    continue;
                }
                // A share of the whole is told by its parts only.
                if measure.kind == Reckoning::Share {
                    continue;
                }
                // What is due by their own plans is not told by the named cell.
                if matches!(measure.kind, Reckoning::Schedule | Reckoning::Lag) && !self.is_named(plan, measure) {
                    continue;
                }
                if let Some((_, gives)) = self.candidates(measure, &line).into_iter().next() {
                    line.values.insert(id.as_str().into(), gives);
                }
            }
        }
        line.values
    }

    /// The figures of the whole that counts the same projects.
    fn stated(&self, plan: &RankingPlan, members: &Members) -> Option<BTreeMap<Arc<str>, Option<Fraction>>> {
        let same = |ranking: &&Ranking| {
            let row = ranking.rows.first().zip(self.report.plan(ranking));
            row.is_some_and(|(row, whole)| {
                plan.book == whole.book && Members::of_row(self.report, whole, row).as_ref() == Some(members)
            })
        };
        self.report.wholes().find(same)?.rows.first().map(values)
    }

    fn candidates(&self, measure: &Measure, line: &Line) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = self.sum(measure, line).into_iter().collect();
        match (measure.kind, measure.id.as_str()) {
            (_, "schedule") => found.push((format!("={SCHEDULE}"), self.report.schedule)),
            (Reckoning::Lag, _) | (_, "lag") => found.extend(self.lag(measure, line)),
            (Reckoning::OfTarget, _) => found.extend(self.of_target(measure, line)),
            (Reckoning::Left, _) => found.extend(self.left(measure, line)),
            (Reckoning::Pace, _) => found.extend(self.pace(measure, line)),
            (Reckoning::Due, _) => found.extend(self.due(measure, line)),
            (Reckoning::Share, _) => found.extend(self.share(measure, line)),
            (_, "done_change") => found.extend(self.growth(line)),
            (_, "completion_change") => found.extend(self.shift(line)),
            (_, "done_last_year") => found.extend(self.last_year(line)),
            (_, "catch_up") => found.extend(self.catch_up(line)),
            _ => found.extend(self.rate(measure, line)),
        }
        found
    }

    /// What a measure is reckoned from, and its target: their cells and values in the same row.
    fn towards(&self, measure: &Measure, line: &Line) -> Option<[(String, Fraction); 2]> {
        let of = measure.of.as_deref()?;
        let is_target = |at: &&Measure| at.kind == Reckoning::Target && at.of.as_deref() == Some(of);
        let target = self.book.measures.iter().find(is_target)?;
        let cell = |id: &str| Some(((line.at)(id)?, line.value(id)?));
        Some([cell(of)?, cell(&target.id)?])
    }

    fn of_target(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let [(done_at, done), (target_at, target)] = self.towards(measure, line)?;
        Some((format!("=IF(N({target_at})>0,{done_at}/{target_at},\"—\")"), quotient(done, target)))
    }

    fn left(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let [(done_at, done), (target_at, target)] = self.towards(measure, line)?;
        let left = (target - done).max(Fraction::from_integer(0));
        Some((format!("=MAX(0,{target_at}-{done_at})"), Some(left)))
    }

    /// What is left for each month that is left; where the months are other ones, no formula agrees, and where none is
    /// left, a formula would divide by zero.
    fn pace(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let (formula, left) = self.left(measure, line)?;
        let months = months_left(self.report);
        months.is_positive().then(|| (format!("{formula}/{MONTHS_LEFT}"), left.map(|left| left / months)))
    }

    /// What is missing to be on schedule at the end of the quarter or half-year.
    fn due(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let end = measure::end_of(measure.until?, self.report.period)?;
        let county = &self.report.profile.county;
        let share = county.share(county.schedule(self.book, None, Some(measure)), end)?;
        let (plan_at, plan) = ((line.at)("plan")?, line.value("plan")?);
        let (done_at, done) = ((line.at)("done")?, line.value("done")?);
        let missing = (plan * share.value() - done).max(Fraction::from_integer(0));
        Some((format!("=MAX(0,{plan_at}*{}/{}-{done_at})", share.numerator, share.denominator), Some(missing)))
    }

    /// A group's part of what its column adds up to.
    fn share(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let of = measure.of.as_deref()?;
        let (own_at, own) = ((line.at)(of)?, line.value(of)?);
        let (sum_at, sum) = (line.sum)(of)?;
        Some((format!("=IF(N({sum_at})>0,{own_at}/{sum_at},\"—\")"), quotient(own, sum?)))
    }

    fn sum(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let sum = self.report.aggregate_of(measure)?;
        let members = line.members.as_ref()?;
        let formula = sum.formula(*self, members, &line.name_at)?;
        Some((formula, Some(Fraction::from_integer(sum.value(self.report, members).into()))))
    }

    /// Last year's amounts as the projects reported them.
    fn last_year(&self, line: &Line) -> Option<Candidate> {
        let sum = self.report.aggregate("SUM(done_last_year)")?;
        let members = line.members.as_ref()?;
        let formula = sum.formula(*self, members, &line.name_at)?;
        Some((formula, Some(Fraction::from_integer(sum.value(self.report, members).into()))))
    }

    /// A quotient of two sums, by their cells where they stand in the same row.
    fn rate(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let below = measure.denominator.as_deref()?;
        let below = below.trim().strip_prefix("NULLIF(").map_or(below, |rest| rest.split(',').next().unwrap_or(rest));
        let part = |sql: &str| {
            let wanted = self.report.aggregate(sql)?;
            let same = |at: &&Measure| self.report.aggregate_of(at).as_ref() == Some(&wanted);
            let shown = |at: &Measure| line.values.contains_key(&*at.id).then(|| (line.at)(&at.id)).flatten();
            let cell = self.book.measures.iter().filter(same).find_map(|at| Some((shown(at)?, line.value(&at.id)?)));
            cell.or_else(|| {
                let members = line.members.as_ref()?;
                let formula = wanted.formula(*self, members, &line.name_at)?;
                let value = Fraction::from_integer(wanted.value(self.report, members).into());
                Some((formula.trim_start_matches('=').to_owned(), value))
            })
        };
        let ((above_at, above), (below_at, below)) = (part(&measure.numerator)?, part(below)?);
        Some((format!("=IF(N({below_at})>0,{above_at}/{below_at},\"—\")"), quotient(above, below)))
    }

    /// Ahead of the schedule in 百分点; the measure itself is how far behind.
    fn lag(&self, measure: &Measure, line: &Line) -> Option<Candidate> {
        let of = measure.of.as_deref().unwrap_or("completion");
        let rate = (line.at)(of).filter(|_| line.values.contains_key(of))?;
        let beside = (line.at)("schedule").filter(|_| line.values.contains_key("schedule"));
        // The group's own schedule, where it is another than the book's.
        let (due_at, due) = match beside.filter(|_| line.value("schedule") != self.report.schedule) {
            Some(at) => (at, line.value("schedule")),
            None => (SCHEDULE.to_owned(), self.report.schedule),
        };
        let lag = line.value(of).zip(due).map(|(rate, due)| due - rate);
        let formula = format!("=IF(AND(ISNUMBER({rate}),ISNUMBER({due_at})),({rate}-{due_at})*100,\"—\")");
        Some((formula, lag))
    }

    /// Whether a group's schedule is the one that formulas know by its name.
    fn is_named(&self, plan: &RankingPlan, measure: &Measure) -> bool {
        let county = &self.report.profile.county;
        let share = county.share(county.schedule(self.book, Some(plan), Some(measure)), self.report.period);
        share.is_some() && share.map(Share::value) == self.report.schedule
    }

    fn growth(&self, line: &Line) -> Option<Candidate> {
        let (now, before) = ((line.at)("done")?, (line.at)("done_last_year")?);
        let gives = quotient(line.value("done")?, line.value("done_last_year")?).map(|ratio| ratio - 1);
        Some((format!("=IF(N({before})>0,{now}/{before}-1,\"—\")"), gives))
    }

    /// Against last year's rate, which stands in a column of its own.
    fn shift(&self, line: &Line) -> Option<Candidate> {
        let (now, before) = ((line.at)("completion")?, (line.at)(RATE_LAST_YEAR)?);
        line.value("completion")?;
        let formula = format!("=IF(AND(ISNUMBER({now}),ISNUMBER({before})),({now}-{before})*100,\"—\")");
        Some((formula, line.value("completion_change")))
    }

    /// What each remaining month has to bring; some offices show a surplus as nothing left to do.
    fn catch_up(&self, line: &Line) -> Vec<Candidate> {
        let cells = (line.at)("plan").zip((line.at)("done"));
        let (Some((plan, done)), months) = (cells, months_left(self.report)) else { return Vec::new() };
        let (Some(planned), Some(so_far), true) = (line.value("plan"), line.value("done"), months.is_positive()) else {
            return Vec::new();
        };
        let need = (planned - so_far) / months;
        let nothing = Fraction::from_integer(0);
        vec![
            (format!("=MAX(0,{plan}-{done})/{MONTHS_LEFT}"), Some(need.max(nothing))),
            (format!("=({plan}-{done})/{MONTHS_LEFT}"), Some(need)),
        ]
    }
}

/// The key of the column with last year's completion rate.
pub(super) const RATE_LAST_YEAR: &str = "=rate_last_year";

/// A row's figures by measure, with last year's rate where the change tells it.
pub(super) fn values(row: &Ranked) -> BTreeMap<Arc<str>, Option<Fraction>> {
    let mut values: BTreeMap<_, _> = row.figures.iter().map(|figure| (figure.measure, figure.value)).collect();
    values.insert(RATE_LAST_YEAR.into(), rate_last_year(row));
    values
}

/// Last year's rate, where the change since tells it.
pub(super) fn rate_last_year(row: &Ranked) -> Option<Fraction> {
    row.value("completion").zip(row.value("completion_change")).map(|(now, change)| now - change)
}

/// What a measure is called beside its figures: a lag is shown as 快 or 慢, so it is not called one.
pub(super) fn title(measure: &Measure) -> &str {
    match (measure.kind, measure.id.as_str()) {
        (Reckoning::Lag, "lag") => "比序时进度",
        _ => &measure.title,
    }
}

/// How a measure's column is shown.
pub(super) fn shown(measure: &Measure) -> Shown {
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => Shown::Lead,
        (Reckoning::Change, MeasuredIn::Fraction) => Shown::Growth,
        (_, MeasuredIn::Yuan) => Shown::Wan,
        (_, MeasuredIn::Count) => Shown::Count,
        (_, MeasuredIn::Fraction) => Shown::Percent,
        (_, MeasuredIn::Points) => Shown::Shift,
        (_, MeasuredIn::Score) => Shown::Score,
    }
}
