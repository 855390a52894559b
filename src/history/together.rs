//! Each row beside the same project's rows of earlier periods: the columns `last_…`.

use std::collections::HashMap;

use polars::prelude::{Column, DataFrame, DataType, NamedFrom, PolarsError, Series};

use super::Earlier;
use crate::check::columns_across;
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::{Book, HistoryPlan};

/// A project's row in one of the earlier periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before {
    /// Which of the book's earlier periods, 0 is the newest.
    pub(super) at: usize,
    /// Its row there.
    pub(super) row: usize,
}

/// A book's earlier periods with the rows of each project.
pub(super) struct Together<'a> {
    /// Newest first.
    pub(super) periods: Vec<(Period, &'a Facts)>,
    /// For each row of the period, the project's earlier rows, newest first; empty where there is no earlier period.
    pub(super) rows: Vec<Vec<Before>>,
    period: Period,
}

impl<'a> Together<'a> {
    pub(super) fn of(book: &'a Book, facts: &Facts, earlier: &'a Earlier, period: Period) -> Self {
        let periods: Vec<(Period, &Facts)> = earlier.of_book(&book.id).collect();
        let mut by_key: HashMap<&str, Vec<Before>> = HashMap::new();
        for (at, (_, facts)) in periods.iter().enumerate() {
            for row in 0..facts.height() {
                by_key.entry(facts.text("key", row).unwrap_or_default()).or_default().push(Before { at, row });
            }
        }
        let of = |row| facts.text("key", row).and_then(|key| by_key.get(key)).cloned().unwrap_or_default();
        let rows = match periods.is_empty() {
            true => Vec::new(),
            false => (0..facts.height()).map(of).collect(),
        };
        Self { periods, rows, period }
    }

    /// The project's row in the latest earlier period that has it.
    pub(super) fn last(&self, row: usize) -> Option<(Period, &'a Facts, usize)> {
        let before = self.rows.get(row)?.first()?;
        let (period, facts) = self.periods[before.at];
        Some((period, facts, before.row))
    }

    /// The project's earlier rows of the same year, newest first.
    pub(super) fn in_year(&self, row: usize) -> impl Iterator<Item = (Period, &'a Facts, usize)> {
        let before = self.rows.get(row).map_or(&[][..], Vec::as_slice).iter();
        before
            .map(|before| (self.periods[before.at].0, self.periods[before.at].1, before.row))
            .filter(|(period, ..)| period.year() == self.period.year())
    }

    /// The facts with the columns that rules across months may name.
    ///
    /// Only those that some rule of the book does name: each costs a look at every project's past.
    pub(super) fn frame(&self, book: &Book, facts: &Facts, plan: &HistoryPlan) -> Result<DataFrame, PolarsError> {
        let mut columns: Vec<Column> = facts.frame.columns().to_vec();
        let named = |name: &str| {
            let across = book.rules.iter().filter(|rule| rule.across.is_some());
            across.into_iter().any(|rule| rule.holds.contains(name) || rule.message.contains(name))
        };
        for (name, dtype) in columns_across(book).into_iter().filter(|(name, _)| named(name)) {
            columns.push(match self.periods.is_empty() {
                true => Column::full_null(name.as_str().into(), facts.height(), &dtype),
                false => self.column(&name, &dtype, facts, plan).strict_cast(&dtype)?.into(),
            });
        }
        DataFrame::new(facts.height(), columns)
    }

    fn column(&self, name: &str, dtype: &DataType, facts: &Facts, plan: &HistoryPlan) -> Series {
        let rows = 0..facts.height();
        let wholes = |of: &dyn Fn(usize) -> Option<i64>| {
            Series::new(name.into(), rows.clone().map(of).collect::<Vec<Option<i64>>>())
        };
        match name {
            "last_period" => {
                let of = |row| self.last(row).map(|(period, ..)| period.to_string());
                Series::new(name.into(), rows.map(of).collect::<Vec<_>>())
            }
            "last_in_year" => {
                let of = |row| self.last(row).map(|(period, ..)| period.year() == self.period.year());
                Series::new(name.into(), rows.map(of).collect::<Vec<_>>())
            }
            "periods_since_last" => wholes(&|row| self.last(row).map(|(period, ..)| self.since(period))),
            "unchanged_limit" => wholes(&|row| self.last(row).map(|_| i64::from(plan.unchanged))),
            _ => match (name.strip_suffix("_unchanged"), name.strip_prefix("last_")) {
                (Some(field), _) => wholes(&|row| self.last(row).map(|_| self.unchanged(field, facts, row))),
                (_, Some(column)) => self.last_values(name, column, dtype),
                _ => Series::new_null(name.into(), facts.height()),
            },
        }
    }

    /// How many periods back an earlier one is.
    fn since(&self, earlier: Period) -> i64 {
        let back = std::iter::successors(Some(self.period), |at| Some(at.previous()));
        back.take_while(|at| *at > earlier).count() as i64
    }

    /// In how many periods of the year on end a field was what it is now.
    fn unchanged(&self, field: &str, facts: &Facts, row: usize) -> i64 {
        let value = |facts: &Facts, row: usize| match facts.whole(field, row) {
            Some(whole) => Some(whole as f64),
            None => facts.number(field, row),
        };
        let Some(now) = value(facts, row) else { return 0 };
        self.in_year(row).take_while(|(_, facts, row)| value(facts, *row) == Some(now)).count() as i64
    }

    /// A column's values in the projects' last rows; null where an earlier profile did not have it.
    fn last_values(&self, name: &str, column: &str, dtype: &DataType) -> Series {
        let last = (0..self.rows.len()).map(|row| self.last(row));
        match dtype {
            DataType::Int64 => {
                let of = |(_, facts, row): (_, &Facts, _)| facts.whole(column, row);
                Series::new(name.into(), last.map(|last| last.and_then(of)).collect::<Vec<_>>())
            }
            DataType::Float64 => {
                let of = |(_, facts, row): (_, &Facts, _)| facts.number(column, row);
                Series::new(name.into(), last.map(|last| last.and_then(of)).collect::<Vec<_>>())
            }
            DataType::Boolean => {
                let of = |(_, facts, row): (_, &Facts, _)| facts.truth(column, row);
                Series::new(name.into(), last.map(|last| last.and_then(of)).collect::<Vec<_>>())
            }
            DataType::String => {
                let of = |(_, facts, row): (Period, &'a Facts, usize)| facts.text(column, row);
                Series::new(name.into(), last.map(|last| last.and_then(of)).collect::<Vec<Option<&str>>>())
            }
            _ => Series::new_null(name.into(), self.rows.len()),
        }
    }
}
