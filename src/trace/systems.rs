//! Measures against a target, a whole, or a neighbour in a series: what they are reckoned from.

use num_traits::Zero;

use super::cells::Reported;
use super::reckoned::{Again, number, source};
use super::{Seat, Source, Traced, Tracer, What};
use crate::amount::{Fraction, fraction};
use crate::measure::{self, MeasureError};
use crate::profile::{Measure, RankingPlan, Reckoning, WHOLE};
use crate::rank::Ranked;
use crate::settings::Target;

impl Tracer<'_> {
    /// What is missing to be on schedule again at the end of a span.
    pub(super) fn due(&self, seat: Seat, measure: &Measure, now: Traced) -> (Vec<Source>, Again) {
        let share = measure::share_until(self.frame(), seat.plan, measure);
        let (done, plan) = (now.figure.numerator, now.figure.denominator);
        let mut sources = vec![source("本期", now)];
        let Some(share) = share else { return (sources, (None, Some((None, None)))) };
        sources.push(number("期限时的序时进度", "赶上进度的期限时应完成的比例", share));
        let missing = done.zip(plan).map(|(done, plan)| {
            (share * Fraction::from_integer(plan.into()) - Fraction::from_integer(done.into())).max(Fraction::zero())
        });
        let whole = missing.and_then(|missing| i64::try_from(missing.ceil().to_integer()).ok());
        (sources, (missing, Some((whole, None))))
    }

    /// What a target of the settings workbook says of a measure.
    pub(super) fn by_target(&self, seat: Seat, measure: &Measure, of: &Measure, now: Traced) -> (Vec<Source>, Again) {
        let targets = measure::targets_of(self.frame(), seat.plan, measure, of, &seat.row.group);
        let done = now.figure.numerator;
        let mut sources = if measure.kind == Reckoning::Target { Vec::new() } else { vec![source("本期", now)] };
        sources.extend(targets.iter().map(|target| self.target(target, of)));
        if targets.is_empty() {
            let why = "设置表“目标”没有写".to_owned();
            sources.push(Source { role: "目标".to_owned(), what: What::Missing(why) });
            let above = done.filter(|_| measure.kind == Reckoning::OfTarget);
            return (sources, (None, Some((above, None))));
        }
        let target: i64 = targets.iter().map(|target| target.value).sum();
        let left = done.map(|done| target.saturating_sub(done).max(0));
        let again = match measure.kind {
            Reckoning::Target => plain(Some(target)),
            Reckoning::OfTarget => quotient(done, Some(target)),
            Reckoning::Left => plain(left),
            _ => {
                let months = measure::months_left(self.frame(), seat.plan, measure).unwrap_or_else(Fraction::zero);
                sources.push(number("剩余月数", "报告期末至期限的月数", months));
                let value = left.filter(|_| months > Fraction::zero());
                (value.map(|left| Fraction::from_integer(left.into()) / months), None)
            }
        };
        (sources, again)
    }

    fn target(&self, target: &Target, of: &Measure) -> Source {
        let written = (self.of.written)(self.of.period, &target.at);
        let what =
            What::Setting { place: target.at.clone(), written, value: target.value, measured_in: of.measured_in };
        Source { role: format!("目标（{}）", target.unit), what }
    }

    /// This span of a series, and the one before it.
    pub(super) fn step(&self, seat: Seat, of: &Measure, now: Reported) -> Result<(Vec<Source>, Again), MeasureError> {
        let own = self.own(seat, of, now)?;
        let this = own.figure.numerator;
        let mut sources = vec![source("本期", own)];
        let mut rankings = self.of.rankings.iter();
        let ranking = rankings.find(|one| one.book == seat.plan.book && one.id == seat.plan.id);
        let rows = ranking.map_or(&[][..], |ranking| &ranking.rows);
        let groups = rows.iter().map(|row| row.group.as_str());
        let Some((name, began)) = measure::span_before(&seat.row.group, groups) else {
            return Ok((sources, (None, Some((None, None)))));
        };
        let before = match rows.iter().find(|row| row.group == name) {
            Some(row) => {
                let before = self.own(Seat { row, ..seat }, of, now)?;
                let number = before.figure.numerator;
                sources.push(source("上一时段", before));
                number
            }
            None if began => {
                sources.push(number("上一时段", &format!("{name}没有项目"), Fraction::zero()));
                Some(0)
            }
            None => {
                let what = What::Missing(format!("没有{name}的数"));
                sources.push(Source { role: "上一时段".to_owned(), what });
                None
            }
        };
        Ok((sources, plain(this.zip(before).map(|(this, before)| this.saturating_sub(before)))))
    }

    /// The group, and all rows of the ranking together.
    pub(super) fn share(&self, seat: Seat, of: &Measure, now: Reported) -> Result<(Vec<Source>, Again), MeasureError> {
        let own = self.own(seat, of, now)?;
        let plan = RankingPlan { group: WHOLE.to_owned(), ..seat.plan.clone() };
        let name = plan.named.clone().unwrap_or_else(|| self.of.profile.county.whole.clone());
        let row = Ranked { group: name, ..Ranked::default() };
        let whole = self.own(Seat { plan: &plan, row: &row, ..seat }, of, now)?;
        let again = quotient(own.figure.numerator, whole.figure.numerator);
        Ok((vec![source("本期", own), source("合计", whole)], again))
    }
}

fn plain(number: Option<i64>) -> Again {
    (number.map(|number| Fraction::from_integer(number.into())), Some((number, None)))
}

fn quotient(above: Option<i64>, below: Option<i64>) -> Again {
    let value = above.zip(below.filter(|below| *below > 0)).and_then(|(above, below)| fraction(above, below));
    (value, Some((above, below)))
}
