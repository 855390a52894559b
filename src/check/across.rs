//! Rules across months: a row beside the same project's row of the latest earlier period.
//!
//! Such a rule (`across = "months"`) may name, beside the columns of its book's facts:
//!
//! | column | type | what |
//! |---|---|---|
//! | `last_<column>` | as the column | its value in the latest earlier period that has the project |
//! | `last_period` | String | that period: `2026-04` |
//! | `last_in_year` | Boolean | whether that is in the same year, so that cumulative figures go on |
//! | `periods_since_last` | Int64 | how many periods back that is: 1 is the one before |
//! | `<field>_unchanged` | Int64 | of an amount, count or number: in how many periods of the year on end up to the last it was what it is now |
//! | `unchanged_limit` | Int64 | `unchanged` of `county.toml`'s `[history]` |
//!
//! All are NULL for a project that no earlier period has.

use polars::prelude::{DataFrame, DataType, Schema};

use super::rules::{CheckOutcome, check_with};
use super::{CheckError, Origins, schema};
use crate::profile::{Across, Book, Kind};

/// Columns of the facts that say nothing about last period.
const OWN: [&str; 14] = [
    "period",
    "key",
    "file",
    "sheet",
    "row",
    "section",
    "schedule_num",
    "schedule_den",
    "year_first",
    "year_last",
    "period_last",
    "period_last_day",
    "year_first_day",
    "decisions",
];

/// The columns that a rule across months knows beside those of the facts, with their types, in order.
pub fn columns_across(book: &Book) -> Vec<(String, DataType)> {
    let (frame, _) = schema::empty(book);
    let shared = frame.schema().iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    let mut columns: Vec<(String, DataType)> =
        shared.map(|(name, dtype)| (format!("last_{name}"), dtype.clone())).collect();
    columns.extend([
        ("last_period".to_owned(), DataType::String),
        ("last_in_year".to_owned(), DataType::Boolean),
        ("periods_since_last".to_owned(), DataType::Int64),
        ("unchanged_limit".to_owned(), DataType::Int64),
    ]);
    let counted = book.fields.iter().filter(|field| matches!(field.kind, Kind::Amount | Kind::Count | Kind::Number));
    columns.extend(counted.map(|field| (format!("{}_unchanged", field.id), DataType::Int64)));
    columns
}

/// A frame without rows that has all columns a rule across months may name.
pub(super) fn empty(book: &Book) -> DataFrame {
    let (frame, _) = schema::empty(book);
    let own = frame.schema().iter().map(|(name, dtype)| (name.clone(), dtype.clone()));
    let across = columns_across(book).into_iter().map(|(name, dtype)| (name.into(), dtype));
    let schema: Schema = own.chain(across).collect();
    DataFrame::empty_with_schema(&schema)
}

/// Holds every rule across months of a book against a frame with the columns above.
///
/// # Errors
///
/// A rule that validation would have refused.
pub fn check_across(book: &Book, frame: &DataFrame, origins: &Origins) -> Result<CheckOutcome, CheckError> {
    check_with(book, &|rule| rule.across == Some(Across::Months), frame, origins)
}
