//! The SQL measures of a book over grouped rows, as whole numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, Expr, Int64Chunked, IntoLazy, LazyFrame, col, len};

use super::calendar::Calendar;
use super::groups::{GROUP, Grouped, PICKED};
use super::needed;
use super::shares::is_of_money;
use crate::check::sql;
use crate::profile::{Book, Measure, MeasuredIn, Reckoning, Schedule};

/// The sums and counts of a group, by measure.
pub(super) type Sums = BTreeMap<Arc<str>, Sum>;

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

/// The SQL measures that a ranking needs for every group, each over rows as its schedule judges them.
pub(super) fn sums(calendar: Calendar, grouped: &Grouped) -> Result<BTreeMap<String, Sums>, String> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    // Every group that a row counts for is there, though nothing may be left of it under a filter.
    for name in grouped.names()? {
        sums.insert(name, Sums::new());
    }
    let planned = calendar.planned();
    let needed = needed::measures(calendar.plan, calendar.book, calendar.county).into_iter();
    let of_sql = needed.filter(|one| one.kind == Reckoning::Sql).chain(&planned);
    let mut by_schedule: BTreeMap<&str, (&Schedule, Vec<&Measure>)> = BTreeMap::new();
    for measure in of_sql {
        let schedule = calendar.schedule(measure);
        by_schedule.entry(&schedule.id).or_insert_with(|| (schedule, Vec::new())).1.push(measure);
    }
    for (schedule, measures) in by_schedule.into_values() {
        add(&mut sums, calendar.book, &calendar.judged(grouped, schedule)?, measures)?;
    }
    Ok(sums)
}

/// Adds some measures to the sums of every group.
fn add(
    sums: &mut BTreeMap<String, Sums>,
    book: &Book,
    grouped: &Grouped,
    mut of_sql: Vec<&Measure>,
) -> Result<(), String> {
    of_sql.sort_by_key(|one| (is_shared(one, book, grouped), one.filter.clone()));
    let alike = |one: &&Measure, other: &&Measure| {
        one.filter == other.filter && is_shared(one, book, grouped) == is_shared(other, book, grouped)
    };
    for measures in of_sql.chunk_by(alike) {
        let rows = Rows::of(measures, book, grouped)?;
        let mut found = rows.by_group(grouped.whole.as_deref())?;
        let mut nothing = None;
        for (name, group) in sums.iter_mut() {
            group.append(&mut match (found.remove(name), &nothing) {
                (Some(found), _) => found,
                (None, Some(nothing)) => Sums::clone(nothing),
                (None, None) => nothing.insert(rows.of_nothing()?).clone(),
            });
        }
    }
    Ok(())
}

/// Measures of a book, as far as they are SQL, for a group without any row: counts are 0, also those that sum ones.
pub(super) fn of_nothing(measures: &[&Measure], book: &Book, grouped: &Grouped) -> Result<Sums, String> {
    let mut sums = over_nothing(measures, book, grouped)?;
    for measure in measures.iter().filter(|measure| counts_cases(measure)) {
        sums.entry(measure.id.as_str().into()).and_modify(|sum| sum.numerator = sum.numerator.or(Some(0)));
    }
    Ok(sums)
}

/// The same over no rows, as SQL has it: counts are 0, sums are not there.
pub(super) fn over_nothing(measures: &[&Measure], book: &Book, grouped: &Grouped) -> Result<Sums, String> {
    let mut sums = Sums::new();
    for measure in measures.iter().filter(|measure| measure.kind == Reckoning::Sql) {
        sums.extend(Rows::of(&[*measure], book, grouped)?.of_nothing()?);
    }
    Ok(sums)
}

/// Whether a measure counts rows by summing ones: SQL knows no sum of nothing, but a count of it is 0.
pub(super) fn counts_cases(measure: &Measure) -> bool {
    let counted = measure.measured_in == MeasuredIn::Count && measure.denominator.is_none();
    counted && measure.numerator.trim_start().starts_with("SUM(CASE ")
}

fn is_shared(measure: &Measure, book: &Book, grouped: &Grouped) -> bool {
    grouped.shared.is_some() && is_of_money(measure, book)
}

/// Rows under one filter, and what is aggregated over them.
pub(super) struct Rows<'m> {
    measures: &'m [&'m Measure],
    /// The rows, each with its group.
    frame: DataFrame,
    /// Which of them count.
    filter: Option<Expr>,
    /// What is aggregated: `n0` and `d0` of the first measure, and so on.
    pub(super) exprs: Vec<Expr>,
}

impl<'m> Rows<'m> {
    /// The rows that measures of one filter see.
    pub(super) fn of(measures: &'m [&'m Measure], book: &Book, grouped: &Grouped) -> Result<Self, String> {
        let of_money = measures.first().is_some_and(|first| is_of_money(first, book));
        let mut shared = grouped.shared.clone().filter(|_| of_money);
        let schema = grouped.counted.schema();
        let mut exprs = vec![len().cast(DataType::Int64).alias("rows")];
        for (at, measure) in measures.iter().enumerate() {
            for expr in columns(measure, at, schema)? {
                exprs.push(match &mut shared {
                    Some(shared) => shared.over_parts(expr)?,
                    None => expr,
                });
            }
        }
        let frame = shared.map_or_else(|| grouped.counted.clone(), |shared| shared.frame);
        let filter = measures.first().and_then(|first| first.filter.as_deref());
        let filter = filter.map(|filter| sql::over(filter, schema)).transpose()?;
        Ok(Self { measures, frame, filter, exprs })
    }

    /// The rows that count, as a plan: whoever asks for some columns makes no others.
    fn counted(&self) -> LazyFrame {
        let rows = match self.frame.schema().contains(PICKED) {
            true => self.frame.clone().lazy().filter(col(PICKED)),
            false => self.frame.clone().lazy(),
        };
        match &self.filter {
            Some(filter) => rows.filter(filter.clone()),
            None => rows,
        }
    }

    /// The rows that count.
    pub(super) fn rows(&self) -> Result<DataFrame, String> {
        self.counted().collect().map_err(|error| error.to_string())
    }

    /// The sums of each group that has rows; of the only group, also without.
    pub(super) fn by_group(&self, whole: Option<&str>) -> Result<BTreeMap<String, Sums>, String> {
        let rows = self.counted();
        let out = match whole {
            Some(_) => rows.select(self.exprs.clone()),
            None => rows.group_by([col(GROUP)]).agg(self.exprs.clone()),
        };
        let out = out.collect().map_err(|error| error.to_string())?;
        let names = match whole {
            Some(_) => None,
            None => Some(out.column(GROUP).and_then(|column| column.cast(&DataType::String))),
        };
        let names = names.transpose().map_err(|error| error.to_string())?;
        let names = names.as_ref().map(Column::str).transpose().map_err(|error| error.to_string())?;
        let name = |row| names.map_or(whole, |names| names.get(row)).unwrap_or_default().to_owned();
        let columns = self.columns(&out)?;
        Ok((0..out.height()).map(|row| (name(row), sums_in(&columns, row))).collect())
    }

    pub(super) fn of_nothing(&self) -> Result<Sums, String> {
        let none = self.frame.clear().lazy().select(self.exprs.clone());
        let out = none.collect().map_err(|error| error.to_string())?;
        Ok(sums_in(&self.columns(&out)?, 0))
    }

    /// The columns of each measure, looked up once for all groups.
    fn columns<'o>(&self, out: &'o DataFrame) -> Result<Vec<(Arc<str>, Columns<'o>)>, String> {
        let one = |(at, measure): (usize, &&Measure)| Ok((measure.id.as_str().into(), Columns::of(out, at)?));
        self.measures.iter().enumerate().map(one).collect()
    }
}

fn sums_in(columns: &[(Arc<str>, Columns)], row: usize) -> Sums {
    columns.iter().map(|(id, columns)| (id.clone(), columns.sum(row))).collect()
}

/// The expressions of a measure, named by its place.
pub(super) fn columns(measure: &Measure, at: usize, schema: &polars::prelude::Schema) -> Result<Vec<Expr>, String> {
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
pub(super) fn own_last_year(measure: &Measure, schema: &polars::prelude::Schema) -> Option<String> {
    let column = format!("{}_last_year", summed(&measure.numerator)?);
    (measure.denominator.is_none() && schema.get(&column) == Some(&DataType::Int64)).then_some(column)
}

/// The column that an SQL text sums, if it does no more than that.
pub(crate) fn summed(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case("SUM("))
        .and_then(|_| text[4..].strip_suffix(')'))?
        .trim();
    (!inner.is_empty() && inner.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(inner)
}

/// What was aggregated for a measure: a cell a group.
struct Columns<'o> {
    rows: &'o Int64Chunked,
    numerator: Option<&'o Int64Chunked>,
    denominator: Option<&'o Int64Chunked>,
    last_year: Option<&'o Int64Chunked>,
    /// The rows that do not fill the column of last year.
    without_last_year: Option<&'o Int64Chunked>,
}

impl<'o> Columns<'o> {
    fn of(out: &'o DataFrame, at: usize) -> Result<Self, String> {
        let whole = |name: &str| match out.get_column_index(name) {
            Some(at) => out.columns()[at].i64().map(Some).map_err(|error| error.to_string()),
            None => Ok(None),
        };
        Ok(Self {
            rows: whole("rows")?.ok_or("no rows were counted")?,
            numerator: whole(&format!("n{at}"))?,
            denominator: whole(&format!("d{at}"))?,
            last_year: whole(&format!("l{at}"))?,
            without_last_year: whole(&format!("m{at}"))?,
        })
    }

    fn sum(&self, row: usize) -> Sum {
        let cell = |cells: Option<&Int64Chunked>| cells.and_then(|cells| cells.get(row));
        let complete = cell(self.without_last_year) == Some(0) && cell(Some(self.rows)).is_some_and(|rows| rows > 0);
        Sum {
            numerator: cell(self.numerator),
            denominator: cell(self.denominator),
            own_last_year: cell(self.last_year).filter(|_| complete),
        }
    }
}
