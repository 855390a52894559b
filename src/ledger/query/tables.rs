//! The tables of the ledger: a book's periods below one another, and the places of every ranking.

use polars::prelude::{Column, DataFrame, IntoLazy, LazyFrame, UnionArgs, concat_lf_diagonal};

use super::QueryError;
use crate::ledger::{Ledger, LedgerError, RecordedRanking};
use crate::period::Period;

/// The table of places and figures.
pub const PLACES_TABLE: &str = "places";

/// A table that can be asked, for those who do not know it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableListing {
    /// Its name in SQL: a book's id, or `places`.
    pub name: String,
    /// The periods it has, in order.
    pub periods: Vec<Period>,
    /// How many rows.
    pub rows: usize,
    /// Its columns in order.
    pub columns: Vec<String>,
}

impl Ledger {
    /// The tables there are, by name.
    ///
    /// # Errors
    ///
    /// A ledger that cannot be read.
    pub fn tables(&self) -> Result<Vec<TableListing>, QueryError> {
        self.table_names()?.into_iter().map(|name| self.listing(name)).collect()
    }

    fn listing(&self, name: String) -> Result<TableListing, QueryError> {
        let collected = self.table(&name)?.collect().map_err(|error| QueryError::Engine(error.to_string()))?;
        let mut periods = Vec::new();
        for period in self.periods()? {
            let has = match name.as_str() {
                PLACES_TABLE => self.current(period)?.is_some(),
                _ => self.books(period)?.contains(&name),
            };
            periods.extend(has.then_some(period));
        }
        let columns = collected.get_column_names().into_iter().map(|column| column.to_string()).collect();
        Ok(TableListing { name, periods, rows: collected.height(), columns })
    }

    /// The names of the tables, sorted.
    pub(super) fn table_names(&self) -> Result<Vec<String>, LedgerError> {
        let mut names = Vec::new();
        for period in self.periods()? {
            names.extend(self.books(period)?);
        }
        if !names.is_empty() {
            names.push(PLACES_TABLE.to_owned());
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// A table by its name.
    pub(super) fn table(&self, name: &str) -> Result<LazyFrame, QueryError> {
        let mut frames: Vec<LazyFrame> = Vec::new();
        for period in self.periods()? {
            if name != PLACES_TABLE {
                frames.extend(self.facts(name, period)?.map(|facts| facts.frame.lazy()));
            } else if let Some(run) = self.current(period)? {
                let places = places(period, &run.places()?).map_err(|error| QueryError::Engine(error.to_string()))?;
                frames.push(places.lazy());
            }
        }
        // A book may have gained columns since: earlier periods lack them, and a type may have grown wider.
        let how = UnionArgs { to_supertypes: true, diagonal: true, ..UnionArgs::default() };
        concat_lf_diagonal(frames, how).map_err(|error| QueryError::Engine(error.to_string()))
    }
}

/// The rankings of a period, a row a ranking, group and measure.
fn places(period: Period, rankings: &[RecordedRanking]) -> polars::prelude::PolarsResult<DataFrame> {
    let each = || {
        let rows = rankings.iter().flat_map(|ranking| ranking.rows.iter().map(move |row| (ranking, row)));
        rows.flat_map(|(ranking, row)| row.figures.iter().map(move |figure| (ranking, row, figure)))
    };
    let height = each().count();
    let columns = vec![
        Column::new("period".into(), vec![period.to_string(); height]),
        Column::new("book".into(), each().map(|(ranking, ..)| ranking.book.as_str()).collect::<Vec<_>>()),
        Column::new("ranking".into(), each().map(|(ranking, ..)| ranking.id.as_str()).collect::<Vec<_>>()),
        Column::new("name".into(), each().map(|(_, row, _)| row.group.as_str()).collect::<Vec<_>>()),
        Column::new("place".into(), each().map(|(_, row, _)| row.place.map(i64::from)).collect::<Vec<_>>()),
        Column::new("grade".into(), each().map(|(_, row, _)| row.grade.as_deref()).collect::<Vec<_>>()),
        Column::new("measure".into(), each().map(|(.., figure)| figure.measure.as_str()).collect::<Vec<_>>()),
        Column::new("numerator".into(), each().map(|(.., figure)| figure.numerator).collect::<Vec<_>>()),
        Column::new("denominator".into(), each().map(|(.., figure)| figure.denominator).collect::<Vec<_>>()),
        Column::new("value".into(), each().map(|(.., figure)| figure.number()).collect::<Vec<_>>()),
    ];
    DataFrame::new(height, columns)
}
