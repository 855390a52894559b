//! Figures from sums that another engine made: what it is asked, and what becomes of its answers.
//!
//! [`queries`] states, for a ranking, which SQL texts of the book are to be summed over which rows and groups;
//! [`measure_summed`] takes the sums and reckons the figures from them as [`measure`](super::measure) does from rows.
//! Rows whose amounts several groups share are not among those sums: few as they are, they come as rows.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, IntoLazy, Schema, col, lit};

use super::aggregate::{self, Sum, Sums};
use super::calendar::Calendar;
use super::{Frame, Group, MeasureError, groups, groups_of};
use crate::check::{self, adds_up};
use crate::merge::Facts;
use crate::profile::{Book, Joined, Measure, RankingPlan, Reckoning, ScheduleKind, WHOLE};

/// Sums over rows that one statement can make: of one ranking, under one schedule and one filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The column whose names are the groups; `None` for all rows together.
    pub group: Option<String>,
    /// How a row counts that names several groups.
    pub joined: Joined,
    /// The predicate that picks the ranking's rows, which sees them as the facts have them.
    pub picked: Option<String>,
    /// The predicate of the measures, which sees them as the schedule judges them.
    pub filter: Option<String>,
    /// How far the schedule has come, where it is not the one that the facts were judged by.
    pub judged: Option<(i64, i64)>,
    /// What is summed.
    pub sums: Vec<Sought>,
}

/// The sums of one measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The measure's id.
    pub measure: String,
    /// Above the line.
    pub numerator: String,
    /// Below the line.
    pub denominator: Option<String>,
    /// The rows' own column of last year, which is summed and whose empty cells are counted.
    pub last_year: Option<String>,
}

/// A group's answer to one [`Query`], in the order of its sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summed {
    /// How many rows were summed.
    pub rows: i64,
    /// Numerator, denominator, last year, empty cells of last year.
    pub sums: Vec<[Option<i64>; 4]>,
}

/// What is to be summed for a ranking: by group (the first one, without a filter, tells which groups there are), then over all rows.
///
/// # Errors
///
/// A schedule that goes row by row and is not the one that the facts were judged by.
pub fn queries(frame: Frame, plan: &RankingPlan) -> Result<(Vec<Query>, Vec<Query>), MeasureError> {
    let fault = |fault: String| MeasureError { ranking: plan.id.clone(), book: plan.book.clone(), fault };
    let book = frame.profile.book(&plan.book).ok_or_else(|| fault("没有这本账册".into()))?;
    let calendar = Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    let group = Some(plan.group.clone()).filter(|group| group != WHOLE);
    let query = |group: &Option<String>| Query {
        group: group.clone(),
        joined: plan.leaders,
        picked: plan.filter.clone(),
        filter: None,
        judged: None,
        sums: Vec::new(),
    };
    let sought = sought(calendar).map_err(fault)?;
    let of = |group: Option<String>| {
        let mut asked = vec![query(&group)];
        for (judged, filter, sums) in sought.clone() {
            match (judged, &filter) {
                (None, None) => asked[0].sums = sums,
                _ => asked.push(Query { judged, filter, sums, ..query(&group) }),
            }
        }
        asked
    };
    let by_group = if group.is_some() { of(group) } else { Vec::new() };
    Ok((by_group, of(None)))
}

/// A schedule that rows are judged by, and a filter.
type Under = (Option<(i64, i64)>, Option<String>);
/// What is summed under one schedule and one filter.
type Asked = (Option<(i64, i64)>, Option<String>, Vec<Sought>);

/// The measures of a ranking by schedule and filter.
fn sought(calendar: Calendar) -> Result<Vec<Asked>, String> {
    let schema = columns(calendar.book);
    let mut by: BTreeMap<Under, Vec<Sought>> = BTreeMap::new();
    for measure in &of_sql(calendar) {
        let sums = Sought {
            measure: measure.id.clone(),
            numerator: measure.numerator.clone(),
            denominator: measure.denominator.clone(),
            last_year: aggregate::own_last_year(measure, &schema),
        };
        by.entry((judged(calendar, measure)?, measure.filter.clone())).or_default().push(sums);
    }
    Ok(by.into_iter().map(|((judged, filter), sums)| (judged, filter, sums)).collect())
}

/// The columns that a plain sum's last year may stand in: derived ones only where one is called so.
fn columns(book: &Book) -> Schema {
    match book.derived.iter().any(|derived| derived.id.ends_with("_last_year")) {
        true => check::empty(book).0.schema().as_ref().clone(),
        false => check::columns(book).into_iter().map(|(name, dtype)| (name.into(), dtype)).collect(),
    }
}

/// All that is summed for a ranking.
fn of_sql(calendar: Calendar) -> Vec<Measure> {
    let own = calendar.book.measures.iter().filter(|one| one.kind == Reckoning::Sql).cloned();
    own.chain(calendar.planned()).collect()
}

/// The share of another schedule than the one that the facts were judged by.
fn judged(calendar: Calendar, measure: &Measure) -> Result<Option<(i64, i64)>, String> {
    let schedule = calendar.schedule(measure);
    if schedule.id == calendar.county.schedule(calendar.book, None, None).id
        || !looks_at_schedule(calendar.book, measure)
    {
        return Ok(None);
    }
    match calendar.county.share(schedule, calendar.period) {
        Some(share) => Ok(Some((share.numerator, share.denominator))),
        None if schedule.kind == ScheduleKind::Plan => Err(format!(
            "指标 {} 按“{}”逐行计算序时进度，在集群上只能作为账册自己的序时进度：请在账册里写 schedule = \"{}\"",
            measure.id, schedule.id, schedule.id
        )),
        None => Ok(None),
    }
}

/// Whether a measure's SQL comes to look at the schedule's columns, by whatever derived columns.
fn looks_at_schedule(book: &Book, measure: &Measure) -> bool {
    let texts = [Some(&measure.numerator), measure.denominator.as_ref(), measure.filter.as_ref()];
    texts.into_iter().flatten().any(|text| reaches_schedule(book, text, book.derived.len()))
}

/// Derived columns name only those before them.
fn reaches_schedule(book: &Book, text: &str, before: usize) -> bool {
    let Ok(expr) = check::sql::expression(text) else { return false };
    check::sql::columns(&expr).iter().any(|name| {
        let derived = book.derived[..before].iter().rposition(|derived| derived.id == *name);
        name == "schedule_num"
            || name == "schedule_den"
            || derived.is_some_and(|at| reaches_schedule(book, &book.derived[at].sql, at))
    })
}

/// The groups of a ranking with their figures, from sums by query and group, as [`queries`] asked for them:
/// `by_group` holds a map for each of its queries, `whole` one answer for each. `parted` are the rows whose
/// amounts several groups share; none of the sums by group holds them.
///
/// # Errors
///
/// Answers that are not to these questions; parted rows of a measure whose parts cannot be added up.
pub fn measure_summed(
    frame: Frame,
    plan: &RankingPlan,
    (by_group, whole): (&[BTreeMap<String, Summed>], &[Summed]),
    parted: Option<&Facts>,
    last_year: Option<&Facts>,
) -> Result<Vec<Group>, MeasureError> {
    let fault = |fault: String| MeasureError { ranking: plan.id.clone(), book: plan.book.clone(), fault };
    let book = frame.profile.book(&plan.book).ok_or_else(|| fault("没有这本账册".into()))?;
    let calendar = Calendar { county: &frame.profile.county, book, plan, period: frame.period };
    let (asked, asked_whole) = queries(frame, plan)?;
    if asked.len() != by_group.len() || asked_whole.len() != whole.len() {
        return Err(fault("集群的结果与本口径不符，请用同一个程序和配置重新计算".into()));
    }
    let all = &frame.profile.county.whole;
    let empty = groups::grouped(plan, all, &check::empty(book).0).map_err(fault)?;
    let measures: Vec<&Measure> = book.measures.iter().collect();
    let nothing = aggregate::over_nothing(&measures, book, &empty).map_err(fault)?;
    let total = together(&asked_whole, |at| whole.get(at), &nothing);
    let mut now: BTreeMap<String, Sums> = BTreeMap::new();
    match &empty.whole {
        Some(name) => drop(now.insert(name.clone(), total.clone())),
        None => {
            for name in by_group.first().into_iter().flat_map(BTreeMap::keys) {
                now.insert(name.clone(), together(&asked, |at| by_group[at].get(name), &nothing));
            }
            let rows = parted.map(|facts| of_groups(&facts.frame, plan)).transpose().map_err(fault)?;
            if let Some(rows) = rows.filter(|rows| rows.height() > 0) {
                add_parts(&mut now, calendar, &rows, &nothing).map_err(fault)?;
            }
        }
    }
    let past = last_year.and_then(|facts| {
        let grouped = groups::grouped(plan, all, &facts.frame).ok()?;
        aggregate::sums(Calendar { period: frame.period.last_year(), ..calendar }, &grouped).ok()
    });
    let of_nothing = || aggregate::of_nothing(&measures, book, &empty).map_err(fault);
    groups_of(frame, calendar, now, (past.as_ref(), &total), of_nothing)
}

/// One group's sums from its answers to all queries.
fn together<'s>(asked: &[Query], answer: impl Fn(usize) -> Option<&'s Summed>, nothing: &Sums) -> Sums {
    let mut sums = nothing.clone();
    for (at, query) in asked.iter().enumerate() {
        let Some(summed) = answer(at) else { continue };
        for (sought, [numerator, denominator, last_year, missing]) in query.sums.iter().zip(&summed.sums) {
            let complete = *missing == Some(0) && summed.rows > 0;
            let sum =
                Sum { numerator: *numerator, denominator: *denominator, own_last_year: last_year.filter(|_| complete) };
            sums.insert(sought.measure.as_str().into(), sum);
        }
    }
    sums
}

/// The rows whose amounts several groups of a ranking share.
fn of_groups(rows: &DataFrame, plan: &RankingPlan) -> Result<DataFrame, String> {
    let decided = col("unit_shares").is_not_null();
    let parted = match plan.leaders {
        Joined::Shared => decided.or(col(plan.group.as_str()).str().contains_literal(lit("、")).fill_null(lit(false))),
        Joined::Each | Joined::First => decided,
    };
    rows.clone().lazy().filter(parted).collect().map_err(|error| error.to_string())
}

/// Adds what parted rows give to each group.
fn add_parts(
    now: &mut BTreeMap<String, Sums>,
    calendar: Calendar,
    rows: &DataFrame,
    nothing: &Sums,
) -> Result<(), String> {
    let grouped = groups::grouped(calendar.plan, "", rows)?;
    let measures = of_sql(calendar);
    let single = |text: &String| adds_up(text);
    let apart = measures.iter().find(|one| !single(&one.numerator) || !one.denominator.iter().all(single));
    for (name, parts) in aggregate::sums(calendar, &grouped)? {
        if let Some(measure) = apart {
            return Err(format!("有几个单位分摊的项目，指标 {} 不是单个 SUM 或 COUNT，在集群上无法分摊", measure.id));
        }
        let of_group = now.entry(name).or_insert_with(|| nothing.clone());
        for (id, part) in parts {
            let sum = of_group.entry(id).or_default();
            // What a column of last year lacks in either lacks in both, if there is anything in both.
            sum.own_last_year = match (sum.numerator, sum.own_last_year) {
                (None, None) => part.own_last_year,
                (_, own) => own.zip(part.own_last_year).map(|(one, other)| one + other),
            };
            sum.numerator = added(sum.numerator, part.numerator);
            sum.denominator = added(sum.denominator, part.denominator);
        }
    }
    Ok(())
}

fn added(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    match (one, other) {
        (Some(one), Some(other)) => one.checked_add(other),
        (one, other) => one.or(other),
    }
}
