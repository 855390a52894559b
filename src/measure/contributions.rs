//! What each row gives to a measure: the rows behind a figure, one by one.
//!
//! The same SQL that makes a figure of a group's rows is held against each row alone; which fields of
//! the row it looks at is told by [`used`]. Rows that units share give their part.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, DataType, IntoLazy, NamedFrom, Series, col};

use super::aggregate::{self, Rows, Sum};
use super::calendar::Calendar;
use super::groups::{self, GROUP, Grouped};
use super::span::Span;
use super::{Frame, MeasureError};
use crate::amount::Fraction;
use crate::merge::Facts;
use crate::profile::{Book, Measure, RankingPlan};

/// The number of a row among its facts; no book can have fields of these names.
const FACT: &str = "the fact";
/// The number of a row among all that are counted: one that counts for two groups stands there twice.
const ROW: &str = "the row";
/// The part of a row that a group has.
const SHARE: [&str; 2] = ["the share of", "the share in"];

/// What a row gives to a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The row of the facts.
    pub fact: usize,
    /// The group's part of its amounts; `None` has them wholly.
    pub share: Option<Fraction>,
    /// What it gives above the line; `None` where it has no value.
    pub numerator: Option<i64>,
    /// What it gives below the line.
    pub denominator: Option<i64>,
    /// The same above the line before the row was shared.
    pub whole_numerator: Option<i64>,
    /// The same below the line before the row was shared.
    pub whole_denominator: Option<i64>,
    /// What it gives in the row's own column of last year.
    pub own_last_year: Option<i64>,
}

/// The rows of a figure, and what the measure's SQL gives over just these.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contributions {
    /// In the order of the facts.
    pub rows: Vec<Contribution>,
    /// Above the line, over all these rows at once.
    pub numerator: Option<i64>,
    /// Below the line, likewise.
    pub denominator: Option<i64>,
}

/// The rows of a measure in all groups of a ranking.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    groups: BTreeMap<String, Contributions>,
    /// Of a group that stands on the ranking's roster only.
    nothing: Contributions,
}

impl Given {
    /// The rows of a group, and what the measure's SQL gives over them.
    pub fn of(&self, group: &str) -> &Contributions {
        self.groups.get(group).unwrap_or(&self.nothing)
    }
}

/// The rows of an SQL measure, by group.
///
/// # Errors
///
/// SQL that validation would have refused.
pub fn contributions(
    frame: Frame,
    plan: &RankingPlan,
    facts: &Facts,
    measure: &Measure,
) -> Result<Given, MeasureError> {
    let fault = |fault: String| MeasureError { ranking: plan.id.clone(), book: plan.book.clone(), fault };
    let county = &frame.profile.county;
    let book = frame.profile.book(&plan.book).ok_or_else(|| fault("没有这本账册".into()))?;
    let calendar = Calendar { county, book, plan, period: frame.period };
    let numbered = numbered(&facts.frame, FACT).map_err(fault)?;
    let mut grouped = groups::grouped(plan, &county.whole, &numbered).map_err(fault)?;
    note_shares(&mut grouped).map_err(fault)?;
    let grouped = calendar.judged(&grouped, calendar.schedule(measure)).map_err(fault)?;
    by_group(measure, book, &grouped).map_err(fault)
}

/// The sum that the schedule of a measure is where it is the plan's own, for [`contributions`].
pub fn planned(frame: Frame, plan: &RankingPlan, measure: &Measure) -> Option<Measure> {
    let book = frame.profile.book(&plan.book)?;
    let calendar = Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    calendar.planned_of(measure)
}

/// The months from the period's end to the last day of a measure's schedule, as `catch_up` spreads over them.
pub fn months_left(frame: Frame, plan: &RankingPlan, measure: &Measure) -> Option<Fraction> {
    let book = frame.profile.book(&plan.book)?;
    let calendar = Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    Some(calendar.months_left(measure))
}

/// How far the schedule of a measure will have come by the end of its span `until`.
pub fn share_until(frame: Frame, plan: &RankingPlan, measure: &Measure) -> Option<Fraction> {
    let book = frame.profile.book(&plan.book)?;
    let calendar = Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    calendar.at(super::target::end_of(measure.until?, frame.period)?, measure)
}

/// The group of a series just before one, and whether any group of the series is earlier.
pub fn span_before<'n>(group: &str, mut all: impl Iterator<Item = &'n str>) -> Option<(String, bool)> {
    let span = Span::of(group)?;
    let began = all.any(|other| Span::of(other).is_some_and(|other| span.comes_after(other)));
    Some((span.before().name(), began))
}

fn by_group(measure: &Measure, book: &Book, grouped: &Grouped) -> Result<Given, String> {
    let said = |error: polars::prelude::PolarsError| error.to_string();
    let measures = [measure];
    let rows = Rows::of(&measures, book, grouped)?;
    let over_nothing = rows.of_nothing()?.remove(&*measure.id).unwrap_or_default();
    let mut nothing = without_rows(over_nothing);
    let of_name = |name: String| (name, nothing.clone());
    let mut found: BTreeMap<String, Contributions> = grouped.names()?.into_iter().map(of_name).collect();
    if aggregate::counts_cases(measure) {
        nothing.numerator = nothing.numerator.or(Some(0));
    }
    for (name, sums) in rows.by_group(grouped.whole.as_deref())? {
        let sum = sums.get(&*measure.id).copied().unwrap_or_default();
        found.insert(name, without_rows(sum));
    }
    let mut exprs = rows.exprs.clone();
    // Without those of its own last year, which stand behind.
    let lines = if measure.denominator.is_some() { 2 } else { 1 };
    let whole = aggregate::columns(measure, 0, grouped.counted.schema())?.into_iter().take(lines);
    exprs.extend(whole.zip(["whole n0", "whole d0"]).map(|(expr, name)| expr.alias(name)));
    let counted = rows.rows()?;
    let kept = [FACT, GROUP, SHARE[0], SHARE[1]];
    exprs.extend(kept.into_iter().filter(|name| counted.schema().contains(name)).map(|name| col(name).first()));
    let each = numbered(&counted, ROW)?.lazy().group_by_stable([col(ROW)]).agg(exprs).collect().map_err(said)?;
    let texts = each.column(GROUP).and_then(|column| column.cast(&DataType::String)).ok();
    let texts = texts.as_ref().and_then(|texts| texts.str().ok());
    for row in 0..each.height() {
        let name = grouped.whole.as_deref().or_else(|| texts?.get(row)).unwrap_or_default();
        if let Some(of) = found.get_mut(name) {
            of.rows.push(contribution(&each, row).ok_or("行号丢失")?);
        }
    }
    Ok(Given { groups: found, nothing })
}

fn without_rows(sum: Sum) -> Contributions {
    Contributions { rows: Vec::new(), numerator: sum.numerator, denominator: sum.denominator }
}

fn contribution(each: &DataFrame, row: usize) -> Option<Contribution> {
    let whole = |name: &str| each.column(name).ok()?.i64().ok()?.get(row);
    let share = whole(SHARE[0]).zip(whole(SHARE[1])).filter(|(_, below)| *below != 0);
    Some(Contribution {
        fact: usize::try_from(whole(FACT)?).ok()?,
        share: share.map(|(above, below)| Fraction::new(above.into(), below.into())),
        numerator: whole("n0"),
        denominator: whole("d0"),
        whole_numerator: whole("whole n0"),
        whole_denominator: whole("whole d0"),
        own_last_year: whole("l0").filter(|_| whole("m0") == Some(0)),
    })
}

fn numbered(frame: &DataFrame, name: &str) -> Result<DataFrame, String> {
    let numbers: Vec<i64> = (0..).take(frame.height()).collect();
    let mut frame = frame.clone();
    frame.with_column(Column::from(Series::new(name.into(), numbers))).map_err(|error| error.to_string())?;
    Ok(frame)
}

/// Beside each row that units share the part that its group has.
fn note_shares(grouped: &mut Grouped) -> Result<(), String> {
    let Some(shared) = &mut grouped.shared else { return Ok(()) };
    let share = |at: usize| shared.parts[at].as_ref().and_then(|part| part.shares.get(part.at).copied());
    let shares: Vec<Option<Fraction>> = (0..shared.parts.len()).map(share).collect();
    let numbers = |of: fn(&Fraction) -> i128| -> Vec<Option<i64>> {
        shares.iter().map(|share| share.as_ref().and_then(|share| i64::try_from(of(share)).ok())).collect()
    };
    let columns = [numbers(|share| *share.numer()), numbers(|share| *share.denom())];
    for (name, cells) in SHARE.into_iter().zip(columns) {
        let column = Column::from(Series::new(name.into(), cells));
        shared.frame.with_column(column).map_err(|error| error.to_string())?;
    }
    Ok(())
}
