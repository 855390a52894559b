//! The SQL measures of a book over grouped rows, as whole numbers.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, DataType, Expr, IntoLazy, col, len};

use super::calendar::Calendar;
use super::groups::{GROUP, Grouped};
use crate::check::sql;
use crate::profile::{Measure, Reckoning, Schedule};

/// The sums and counts of a group, by measure.
pub(super) type Sums = BTreeMap<String, Sum>;

/// What a measure's SQL gives for a group; no values at all give `None`, never 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    /// The numerator.
    pub(super) numerator: Option<i64>,
    /// The denominator, for measures that have one.
    pub(super) denominator: Option<i64>,
    /// The same sum over the rows' column of last year, where every row fills it.
    pub(super) own_last_year: Option<i64>,
}

/// Every SQL measure of a book for every group, each over rows as its schedule judges them.
pub(super) fn sums(calendar: Calendar, grouped: &Grouped) -> Result<BTreeMap<String, Sums>, String> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    let planned = calendar.planned();
    let all = calendar.book.measures.iter().filter(|measure| measure.kind == Reckoning::Sql).chain(&planned);
    let mut by_schedule: BTreeMap<&str, (&Schedule, Vec<&Measure>)> = BTreeMap::new();
    for measure in all {
        let schedule = calendar.schedule(measure);
        by_schedule.entry(&schedule.id).or_insert_with(|| (schedule, Vec::new())).1.push(measure);
    }
    for (schedule, measures) in by_schedule.into_values() {
        let rows = grouped.with_rows(calendar.judged(grouped.frame(), schedule)?);
        let (filtered, plain): (Vec<&Measure>, Vec<&Measure>) =
            measures.into_iter().partition(|measure| measure.filter.is_some());
        // The unfiltered first, be there any or not: they see every group.
        aggregate(&rows, &plain, None, &mut sums)?;
        for measure in filtered {
            aggregate(&rows, &[measure], measure.filter.as_deref(), &mut sums)?;
        }
    }
    Ok(sums)
}

/// Adds some measures to the sums of every group that has rows under a filter.
fn aggregate(
    grouped: &Grouped,
    measures: &[&Measure],
    filter: Option<&str>,
    sums: &mut BTreeMap<String, Sums>,
) -> Result<(), String> {
    let schema = grouped.frame().schema();
    let mut exprs = vec![len().cast(DataType::Int64).alias("rows")];
    for (at, measure) in measures.iter().enumerate() {
        exprs.extend(columns(measure, at, schema)?);
    }
    let mut rows = grouped.frame().clone().lazy();
    if let Some(filter) = filter {
        rows = rows.filter(sql::over(filter, schema)?);
    }
    let out = match grouped {
        Grouped::Whole(..) => rows.select(exprs),
        Grouped::Each(_) => rows.group_by([col(GROUP)]).agg(exprs),
    };
    let out = out.collect().map_err(|error| error.to_string())?;
    for row in 0..out.height() {
        let name = match grouped {
            Grouped::Whole(name, _) => name.clone(),
            Grouped::Each(_) => text(&out, row)?,
        };
        let group = sums.entry(name).or_default();
        for (at, measure) in measures.iter().enumerate() {
            group.insert(measure.id.clone(), sum(&out, at, row)?);
        }
    }
    Ok(())
}

/// The expressions of a measure, named by its place.
fn columns(measure: &Measure, at: usize, schema: &polars::prelude::Schema) -> Result<Vec<Expr>, String> {
    let whole = |text: &str| sql::over(text, schema).map(|expr| expr.cast(DataType::Int64));
    let mut exprs = vec![whole(&measure.numerator)?.alias(format!("n{at}"))];
    if let Some(denominator) = &measure.denominator {
        exprs.push(whole(denominator)?.alias(format!("d{at}")));
    }
    if let Some(last_year) = own_last_year(measure, schema) {
        exprs.push(col(last_year.as_str()).sum().cast(DataType::Int64).alias(format!("l{at}")));
        exprs.push(col(last_year.as_str()).null_count().cast(DataType::Int64).alias(format!("m{at}")));
    }
    Ok(exprs)
}

/// The rows' own column of last year for a plain sum: `done_last_year` for `SUM(done)`.
fn own_last_year(measure: &Measure, schema: &polars::prelude::Schema) -> Option<String> {
    let column = format!("{}_last_year", summed(&measure.numerator)?);
    (measure.denominator.is_none() && schema.get(&column) == Some(&DataType::Int64)).then_some(column)
}

/// The column that an SQL text sums, if it does no more than that.
pub(super) fn summed(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case("SUM("))
        .and_then(|_| text[4..].strip_suffix(')'))?
        .trim();
    (!inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(inner)
}

fn sum(out: &DataFrame, at: usize, row: usize) -> Result<Sum, String> {
    let cell = |name: String| -> Result<Option<i64>, String> {
        match out.column(&name) {
            Ok(column) => Ok(column.i64().map_err(|error| error.to_string())?.get(row)),
            Err(_) => Ok(None),
        }
    };
    let complete = cell(format!("m{at}"))? == Some(0) && cell("rows".into())?.is_some_and(|rows| rows > 0);
    Ok(Sum {
        numerator: cell(format!("n{at}"))?,
        denominator: cell(format!("d{at}"))?,
        own_last_year: cell(format!("l{at}"))?.filter(|_| complete),
    })
}

fn text(out: &DataFrame, row: usize) -> Result<String, String> {
    let names = out.column(GROUP).and_then(|column| column.str().cloned()).map_err(|error| error.to_string())?;
    Ok(names.get(row).unwrap_or_default().to_owned())
}
