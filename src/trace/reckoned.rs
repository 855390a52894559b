//! Measures that no SQL says: the figures and numbers that they are reckoned from, and that these come to them.

use num_traits::Zero;

use super::cells::Reported;
use super::{Basis, Seat, Source, Traced, Tracer, What};
use crate::amount::{Fraction, fraction};
use crate::measure::{self, Figure, MeasureError, summed};
use crate::profile::{Measure, MeasuredIn, Reckoning};
use crate::say;
use crate::settings::LastYear;

/// What a figure should be by what it is reckoned from.
pub(super) type Again = (Option<Fraction>, Option<(Option<i64>, Option<i64>)>);

impl Tracer<'_> {
    /// A measure of a book for the group of a seat.
    pub(super) fn measure(&self, seat: Seat, measure: &Measure, figure: &Figure) -> Result<Traced, super::TraceError> {
        let Some(facts) = self.of.merged.facts.get(&seat.book.id) else {
            return Err(super::TraceError::Unknown(say!("trace-no-data", book = seat.book.title)));
        };
        let now = Reported { period: self.of.period, facts, earlier: None };
        if measure.kind == Reckoning::Sql {
            return Ok(self.rows(seat, measure, now, figure)?);
        }
        Ok(traced(seat, measure, figure, self.of.period, self.sources(seat, measure, now)?))
    }

    /// What a measure is reckoned from, and what that comes to.
    fn sources(&self, seat: Seat, measure: &Measure, now: Reported) -> Result<(Vec<Source>, Again), MeasureError> {
        let of = measure.of.as_deref().and_then(|of| seat.book.measures.iter().find(|known| known.id == of));
        Ok(match (measure.kind, of) {
            (Reckoning::Schedule, _) => self.schedule(seat, measure, now)?,
            (Reckoning::Lag, Some(of)) => {
                let (mut sources, (due, _)) = self.schedule(seat, measure, now)?;
                let now = self.own(seat, of, now)?;
                let lag = due.zip(now.figure.value).map(|(due, rate)| due - rate);
                sources.push(source("本期", now));
                (sources, (lag, None))
            }
            (Reckoning::LastYear, Some(of)) => {
                let (before, then) = self.last_year(seat, of, now)?;
                let again = (then.value, Some((then.numerator, then.denominator)));
                (vec![Source { role: "上年同期".to_owned(), what: before }], again)
            }
            (Reckoning::Change, Some(of)) => {
                let (before, then) = self.last_year(seat, of, now)?;
                let now = self.own(seat, of, now)?;
                let again = change(measure.measured_in, &now.figure, &then);
                (vec![source("本期", now), Source { role: "上年同期".to_owned(), what: before }], again)
            }
            (Reckoning::CatchUp, Some(of)) => {
                let now = self.own(seat, of, now)?;
                let months = measure::months_left(self.frame(), seat.plan, measure).unwrap_or_else(Fraction::zero);
                let again = catch_up(&now.figure, months);
                (vec![source("本期", now), number("剩余月数", "报告期末至期限的月数", months)], again)
            }
            (Reckoning::Due, Some(of)) => self.due(seat, measure, self.own(seat, of, now)?),
            (Reckoning::Step, Some(of)) => self.step(seat, of, now)?,
            (Reckoning::Share, Some(of)) => self.share(seat, of, now)?,
            (Reckoning::Target | Reckoning::OfTarget | Reckoning::Left | Reckoning::Pace, Some(of)) => {
                self.by_target(seat, measure, of, self.own(seat, of, now)?)
            }
            (Reckoning::Sql | Reckoning::Score, _) | (_, None) => (Vec::new(), (None, None)),
        })
    }

    /// A measure in this period, be it shown in the ranking or not.
    pub(super) fn own(&self, seat: Seat, measure: &Measure, now: Reported) -> Result<Traced, MeasureError> {
        let shown = seat.row.figure(&measure.id);
        if measure.kind == Reckoning::Sql {
            let figure = shown.map_or_else(|| self.figure_of(seat, measure, now), Ok)?;
            return self.rows(seat, measure, now, &figure);
        }
        let (sources, again) = self.sources(seat, measure, now)?;
        let (numerator, denominator) = again.1.unwrap_or_default();
        let reckoned = Figure { value: again.0, ..figure(measure, numerator, denominator) };
        let figure = shown.unwrap_or(reckoned);
        Ok(traced(seat, measure, &figure, now.period, (sources, again)))
    }

    /// A figure as the rows give it.
    pub(super) fn figure_of(&self, seat: Seat, measure: &Measure, of: Reported) -> Result<Figure, MeasureError> {
        let found = self.contributions(seat, measure, (of.period, of.facts))?;
        let sums = found.of(&seat.row.group);
        Ok(figure(measure, sums.numerator, sums.denominator))
    }

    /// How far the schedule of a measure has come: by the calendar, or by the plans of the rows.
    fn schedule(&self, seat: Seat, measure: &Measure, now: Reported) -> Result<(Vec<Source>, Again), MeasureError> {
        if let Some(planned) = measure::planned(self.frame(), seat.plan, measure) {
            let figure = self.figure_of(seat, &planned, now)?;
            let again = (figure.value, Some((figure.numerator, figure.denominator)));
            let rows = Traced { title: "计划进度".to_owned(), ..self.rows(seat, &planned, now, &figure)? };
            return Ok((vec![source("序时进度", rows)], again));
        }
        let county = &self.of.profile.county;
        let schedule = county.schedule(seat.book, Some(seat.plan), Some(measure));
        let Some(share) = county.share(schedule, now.period) else { return Ok((Vec::new(), (None, None))) };
        let words = measure::schedule_in_words(county, schedule, now.period);
        let number = What::Number {
            words: format!("{words}：{}/{}", share.numerator, share.denominator),
            value: share.value(),
        };
        let again = (Some(share.value()), Some((Some(share.numerator), Some(share.denominator))));
        Ok((vec![Source { role: "序时进度".to_owned(), what: number }], again))
    }

    /// A measure in the same months of last year, asked for in the order in which figures are: the ledger,
    /// the settings workbook, the rows' own column.
    fn last_year(&self, seat: Seat, of: &Measure, now: Reported) -> Result<(What, Figure), MeasureError> {
        let period = self.of.period.last_year();
        let earlier = self.of.last_year.get(&seat.book.id).filter(|earlier| earlier.facts.is_some());
        if let Some((earlier, facts)) = earlier.and_then(|earlier| Some((earlier, earlier.facts.as_ref()?))) {
            let then = Reported { period, facts, earlier: Some(earlier) };
            // A ledger written under another profile may lack a column: then it tells nothing.
            let figure = self.figure_of(seat, of, then).ok().filter(|figure| figure.value.is_some());
            if let Some(figure) = figure {
                return Ok((What::Figure(Box::new(self.rows(seat, of, then, &figure)?)), figure));
            }
        }
        if let Some((what, figure)) = self.told(seat, of) {
            return Ok((what, figure));
        }
        self.own_last_year(seat, of, now)
    }

    /// What the settings workbook tells of last year.
    fn told(&self, seat: Seat, of: &Measure) -> Option<(What, Figure)> {
        let mut told = self.of.settings.last_year.iter();
        let told = told.find(|told| told.is_of(&seat.plan.id, &seat.row.group, self.of.period))?;
        let above = said(told, &of.numerator);
        let below = of.denominator.as_deref().map(|text| said(told, text));
        let number = |said: Option<(i64, &crate::finding::Place)>| said.map(|(value, _)| value);
        let figure = figure(of, number(above), below.and_then(number));
        figure.value?;
        let period = self.of.period.last_year();
        let cell = |role: &str, (value, place): (i64, &crate::finding::Place)| Source {
            role: role.to_owned(),
            what: What::Setting {
                place: place.clone(),
                written: (self.of.written)(self.of.period, place),
                value,
                measured_in: MeasuredIn::Yuan,
            },
        };
        let sources = above.map(|said| cell("分子", said)).into_iter();
        let sources = sources.chain(below.flatten().map(|said| cell("分母", said))).collect();
        let traced = Traced {
            title: of.title.clone(),
            words: of.words.clone(),
            group: seat.row.group.clone(),
            period,
            figure: figure.clone(),
            basis: Basis::Reckoned(sources),
            fault: None,
        };
        Some((What::Figure(Box::new(traced)), figure))
    }

    /// Last year by the rows' own column, where every row fills it.
    fn own_last_year(&self, seat: Seat, of: &Measure, now: Reported) -> Result<(What, Figure), MeasureError> {
        let none = figure(of, None, None);
        let column = summed(&of.numerator).map(|column| format!("{column}_last_year"));
        let column = column.filter(|column| of.denominator.is_none() && seat.book.field(column).is_some());
        let Some(column) = column else {
            return Ok((What::Missing("上年同期台账和设置表“上年同期”都没有".to_owned()), none));
        };
        let found = self.contributions(seat, of, (now.period, now.facts))?;
        let rows = &found.of(&seat.row.group).rows;
        let filled = rows.iter().filter(|gives| gives.own_last_year.is_some()).count();
        if rows.is_empty() || filled < rows.len() {
            let wanting = rows.len() - filled;
            let words = format!("上年同期台账和设置表“上年同期”都没有，{}行中有{wanting}行没有填上年同期", rows.len());
            return Ok((What::Missing(words), none));
        }
        let own = Measure { id: format!("{}=last_year", of.id), numerator: format!("SUM({column})"), ..of.clone() };
        let figure = self.figure_of(seat, &own, now)?;
        let traced = self.rows(seat, &own, now, &figure)?;
        Ok((What::Figure(Box::new(traced)), figure))
    }
}

pub(super) fn source(role: &str, traced: Traced) -> Source {
    Source { role: role.to_owned(), what: What::Figure(Box::new(traced)) }
}

pub(super) fn number(role: &str, words: &str, value: Fraction) -> Source {
    Source { role: role.to_owned(), what: What::Number { words: words.to_owned(), value } }
}

/// A figure with the value that its two sides give.
fn figure(measure: &Measure, numerator: Option<i64>, denominator: Option<i64>) -> Figure {
    let value = match measure.denominator {
        None => numerator.and_then(|numerator| fraction(numerator, 1)),
        Some(_) => numerator.zip(denominator.filter(|below| *below > 0)).and_then(|(n, d)| fraction(n, d)),
    };
    Figure { measure: measure.id.as_str().into(), measured_in: measure.measured_in, value, numerator, denominator }
}

/// A reckoned figure, held against what its sources come to.
fn traced(
    seat: Seat,
    measure: &Measure,
    figure: &Figure,
    period: crate::period::Period,
    (sources, (value, sides)): (Vec<Source>, Again),
) -> Traced {
    let differs = value != figure.value;
    let wrong_sides = sides.is_some_and(|sides| sides != (figure.numerator, figure.denominator));
    Traced {
        title: measure.title.clone(),
        words: measure.words.clone(),
        group: seat.row.group.clone(),
        period,
        figure: figure.clone(),
        basis: Basis::Reckoned(sources),
        fault: (differs || wrong_sides).then(|| "由所列各数重新计算，与此数不符".to_owned()),
    }
}

/// This year against last: a difference for rates, a growth for amounts.
fn change(measured_in: MeasuredIn, now: &Figure, then: &Figure) -> Again {
    if measured_in == MeasuredIn::Points {
        return (now.value.zip(then.value).map(|(now, then)| now - then), None);
    }
    match (now.numerator, then.numerator.filter(|then| *then > 0)) {
        (Some(now), Some(then)) => {
            let growth = now.saturating_sub(then);
            (fraction(growth, then), Some((Some(growth), Some(then))))
        }
        _ => (None, Some((None, None))),
    }
}

/// What is missing from the plan, over the months left.
fn catch_up(now: &Figure, months: Fraction) -> Again {
    let (Some(done), Some(plan), true) = (now.numerator, now.denominator, months > Fraction::zero()) else {
        return (None, Some((None, None)));
    };
    let missing = Fraction::from_integer(plan.saturating_sub(done).max(0).into());
    (Some(missing / months), None)
}

/// What the settings say of last year for an SQL sum, and where.
fn said<'s>(told: &'s LastYear, text: &str) -> Option<(i64, &'s crate::finding::Place)> {
    match summed(text)? {
        "done" => told.done.map(|done| (done, &told.done_at)),
        "plan" => told.plan.map(|plan| (plan, &told.plan_at)),
        _ => None,
    }
}
