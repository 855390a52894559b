//! Measure: numerators and denominators by group, exact, by polars from the SQL of the books.
//!
//! Takes the facts of a book and the profile, gives a [`Figure`] a group and measure. What no SQL
//! over one table can say (the schedule, the lag, last year, the run rate) is reckoned here from
//! the SQL measures, in exact fractions.
//!
//! Last year's figures of a group come from the ledger's period a year earlier; else from the
//! settings' sheet 上年同期; else, for an amount, from the rows' own column (`done_last_year`) where
//! every row of the group fills it; else there are none.

mod aggregate;
mod calendar;
mod contributions;
mod figures;
mod groups;
mod needed;
mod reckon;
mod roster;
mod schedules;
mod series;
mod shares;
mod span;
mod summed;
#[cfg(test)]
mod summed_tests;
#[cfg(test)]
mod systems;
mod target;
#[cfg(test)]
mod tests;
mod used;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

pub(crate) use aggregate::summed;
pub use contributions::{
    Contribution, Contributions, Given, contributions, months_left, planned, share_until, span_before,
};
pub use figures::Figures;
pub use schedules::{ScheduleUsed, schedule_in_words, schedules_used};
pub(crate) use series::in_series;
pub use summed::{Query, Sought, Summed, measure_summed, queries};
pub use target::{end_of, targets_of};
pub use used::{Used, used};

use crate::amount::Fraction;
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::{Book, MeasuredIn, Profile, RankingPlan, Reckoning, WHOLE};
use crate::say;
use crate::settings::Settings;

/// A measure of one group, with what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The measure's id.
    pub measure: Arc<str>,
    /// What its value is counted in.
    pub measured_in: MeasuredIn,
    /// The value: yuan, a count, or a fraction; `None` where it cannot be computed.
    pub value: Option<Fraction>,
    /// Above the line, in yuan or as a count.
    pub numerator: Option<i64>,
    /// Below the line; `None` for sums and counts.
    pub denominator: Option<i64>,
}

/// A group of a ranking with its figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// A town's, a department's, a leader's name; what the whole is called.
    pub name: String,
    /// Its figures: the ranking's measures in order, then those that only decide places or scores.
    pub figures: Figures,
    /// How far it leads the schedule (negative is behind); `None` where that cannot be computed.
    pub lead: Option<Fraction>,
    /// What the schedule expects of the rate that leads or lags.
    pub expected: Option<Fraction>,
    /// Its group among its like, where the ranking gives places within such groups.
    pub within: Option<String>,
    /// Whether no row counts for it: it is on the ranking's roster only.
    pub empty: bool,
    /// Why it stands apart from the comparison: a unit that has been closed.
    pub apart: Option<String>,
}

impl Group {
    /// The figure of a measure.
    pub fn figure(&self, measure: &str) -> Option<Figure> {
        self.figures.get(measure)
    }
}

/// The groups of a ranking, by name.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    /// The ranking.
    pub plan: &'a RankingPlan,
    /// The book it ranks.
    pub book: &'a Book,
    /// Its groups, sorted by name.
    pub groups: Vec<Group>,
}

/// SQL that validation would have refused; told to the operator.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{}", say!("run-measure", ranking = ranking, book = book, fault = fault))]
pub struct MeasureError {
    /// The ranking's id.
    pub ranking: String,
    /// The book's id.
    pub book: String,
    /// What is wrong.
    pub fault: String,
}

/// What figures are reckoned with besides the facts themselves.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The books, the calendar.
    pub profile: &'a Profile,
    /// Last year's figures, where the office gives them.
    pub settings: &'a Settings,
    /// The period.
    pub period: Period,
}

/// Every ranking of the profile whose book has facts, in the profile's order.
///
/// `last_year` holds the facts of the period a year earlier, as far as the ledger has them.
///
/// # Errors
///
/// SQL that validation would have refused.
pub fn measure_all<'a>(
    frame: Frame<'a>,
    facts: &BTreeMap<String, Facts>,
    last_year: &BTreeMap<String, Facts>,
) -> Result<Vec<Measured<'a>>, MeasureError> {
    let mut searched: BTreeMap<&str, Facts> = BTreeMap::new();
    let mut plans = Vec::new();
    for plan in &frame.profile.county.rankings {
        let (Some(book), Some(of_book)) = (frame.profile.book(&plan.book), facts.get(&plan.book)) else { continue };
        if let Entry::Vacant(free) = searched.entry(&book.id) {
            free.insert(needed::searched(plan, book, frame.profile, of_book)?);
        }
        plans.push((plan, book));
    }
    let measured = plans.into_par_iter().map(|(plan, book)| {
        let groups = measure(frame, plan, &searched[book.id.as_str()], last_year.get(&plan.book))?;
        Ok(Measured { plan, book, groups })
    });
    // Of several that cannot be measured the first is told.
    measured.collect::<Vec<_>>().into_iter().collect()
}

/// The groups of one ranking with their figures, sorted by name.
///
/// With a roster, its groups without rows are among them; what is counted is 0 for those.
///
/// # Errors
///
/// As [`measure_all`].
pub fn measure(
    frame: Frame,
    plan: &RankingPlan,
    facts: &Facts,
    last_year: Option<&Facts>,
) -> Result<Vec<Group>, MeasureError> {
    let fault = |fault: String| MeasureError { ranking: plan.id.clone(), book: plan.book.clone(), fault };
    let book = frame.profile.book(&plan.book).ok_or_else(|| fault("没有这本账册".into()))?;
    let whole = &frame.profile.county.whole;
    let calendar = calendar::Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    let rows = needed::rows(plan, book, &frame.profile.county, &facts.frame).map_err(fault)?;
    let grouped = groups::grouped(plan, whole, &rows).map_err(fault)?;
    let now = aggregate::sums(calendar, &grouped).map_err(fault)?;
    let needed = needed::measures(plan, book, &frame.profile.county);
    let nothing = || aggregate::of_nothing(&needed, book, &grouped).map_err(fault);
    // A ledger written under another profile may lack a column: then it tells nothing about last year.
    let past = last_year.and_then(|facts| {
        let rows = needed::rows(plan, book, &frame.profile.county, &facts.frame).ok()?;
        let grouped = groups::grouped(plan, whole, &rows).ok()?;
        let then = calendar::Calendar { period: frame.period.last_year(), ..calendar };
        aggregate::sums(then, &grouped).ok()
    });
    // Only shares are held against all rows.
    let shares = needed.iter().any(|one| one.kind == Reckoning::Share);
    let whole = match shares {
        true => {
            let undivided = RankingPlan { group: WHOLE.to_owned(), ..plan.clone() };
            let all_rows = groups::grouped(&undivided, whole, &rows).map_err(fault)?;
            aggregate::sums(calendar, &all_rows).map_err(fault)?.into_values().next().unwrap_or_default()
        }
        false => aggregate::Sums::new(),
    };
    groups_of(frame, calendar, now, (past.as_ref(), &whole), nothing)
}

/// The groups of a ranking from the sums of those that have rows; with a roster also of those that have none.
fn groups_of(
    frame: Frame,
    calendar: calendar::Calendar,
    mut now: BTreeMap<String, aggregate::Sums>,
    (past, whole): (Option<&BTreeMap<String, aggregate::Sums>>, &aggregate::Sums),
    nothing: impl FnOnce() -> Result<aggregate::Sums, MeasureError>,
) -> Result<Vec<Group>, MeasureError> {
    let (plan, book) = (calendar.plan, calendar.book);
    let roster = roster::Roster::of(plan, frame.settings, frame.period);
    now.retain(|name, _| roster.allows(name));
    let empty = roster.without_rows(now.keys());
    if !empty.is_empty() {
        let nothing = nothing()?;
        now.extend(empty.iter().map(|name| (name.clone(), nothing.clone())));
    }
    let empty: BTreeSet<String> = empty.into_iter().collect();
    let reckoner = reckon::Reckoner { frame, plan, book, calendar, past, all: &now, whole };
    let listed = |group: Group| Group {
        within: roster.within(&group.name),
        empty: empty.contains(&group.name),
        apart: roster.apart(&group.name),
        ..group
    };
    Ok(reckoner.groups().map(listed).collect())
}
