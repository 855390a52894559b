//! The columns of a book's facts, in order: what rules and measures may name.

use polars::prelude::{DataFrame, DataType, IntoLazy, Schema};

use super::sql;
use crate::profile::{Book, Kind};

/// Columns that every facts frame starts with.
const HEAD: [(&str, DataType); 7] = [
    ("period", DataType::String),
    ("key", DataType::String),
    ("file", DataType::String),
    ("sheet", DataType::String),
    ("row", DataType::Int64),
    ("reporting_unit", DataType::String),
    ("section", DataType::String),
];

/// Columns that follow the fields.
const TAIL: &[(&str, DataType)] = &[
    ("town_group", DataType::String),
    ("department_group", DataType::String),
    ("category_group", DataType::String),
    ("leader_group", DataType::String),
    ("unit_shares", DataType::String),
    ("schedule_num", DataType::Int64),
    ("schedule_den", DataType::Int64),
    ("year_first", DataType::String),
    ("year_last", DataType::String),
    ("period_last", DataType::String),
    ("year_first_day", DataType::Int64),
    ("period_last_day", DataType::Int64),
];

/// Columns that go with a date field, named behind its id: the days that it may mean, as ISO text and counted
/// from 1970-01-01, and the month and quarter that it lies in, where it is precise enough.
const OF_DATE: [(&str, DataType); 6] = [
    ("first", DataType::String),
    ("last", DataType::String),
    ("first_day", DataType::Int64),
    ("last_day", DataType::Int64),
    ("month", DataType::String),
    ("quarter", DataType::String),
];

/// The columns of a book's facts before the derived ones, with their types.
pub fn columns(book: &Book) -> Vec<(String, DataType)> {
    let named = |(name, dtype): &(&str, DataType)| ((*name).to_owned(), dtype.clone());
    let mut columns: Vec<_> = HEAD.iter().map(named).collect();
    columns.extend(book.fields.iter().map(|field| (field.id.clone(), dtype(field.kind))));
    for field in &book.fields {
        match field.kind {
            Kind::Date => {
                let with = |(name, dtype): &(&str, DataType)| (format!("{}_{name}", field.id), dtype.clone());
                columns.extend(OF_DATE.iter().map(with));
            }
            Kind::Choice => columns.push((format!("{}_choice", field.id), DataType::String)),
            _ => {}
        }
    }
    if book.field("plan").is_some() {
        columns.push(("plan_reported".to_owned(), DataType::Int64));
    }
    columns.extend(TAIL.iter().map(named));
    columns
}

/// How a field's values are kept.
fn dtype(kind: Kind) -> DataType {
    match kind {
        Kind::Amount | Kind::Count => DataType::Int64,
        Kind::Rate | Kind::Number => DataType::Float64,
        Kind::Date | Kind::Choice | Kind::Text => DataType::String,
    }
}

/// A facts frame without rows, derived columns included, and what is wrong with those.
pub fn empty(book: &Book) -> (DataFrame, Vec<String>) {
    let schema: Schema = columns(book).into_iter().map(|(name, dtype)| (name.into(), dtype)).collect();
    let mut frame = DataFrame::empty_with_schema(&schema);
    let mut faults = Vec::new();
    for derived in &book.derived {
        let added = sql::over(&derived.sql, frame.schema()).and_then(|expr| {
            let with = frame.clone().lazy().with_columns([expr.alias(derived.id.as_str())]).collect();
            with.map_err(|error| error.to_string())
        });
        match added {
            Ok(with) => frame = with,
            Err(fault) => faults.push(format!("{}.toml 的 derived “{}”：{fault}", book.id, derived.id)),
        }
    }
    (frame, faults)
}
