//! The columns of a book's facts, in order: what rules and measures may name.

use polars::prelude::{Column, DataFrame, DataType, Expr, IntoLazy, Schema};

use super::sql;
use crate::profile::{Book, Kind};
use crate::say;

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
    ("decisions", DataType::String),
    ("town_group", DataType::String),
    ("department_group", DataType::String),
    ("category_group", DataType::String),
    ("leader_group", DataType::String),
    ("county_group", DataType::String),
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
    columns.extend(book.fields.iter().map(|field| (format!("{}_reported", field.id), dtype(field.kind))));
    columns.extend(TAIL.iter().map(named));
    columns
}

/// How a field's values are kept.
pub fn dtype(kind: Kind) -> DataType {
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
        match sql::over(&derived.sql, frame.schema()).and_then(|expr| typed(expr, &frame)) {
            Ok(dtype) => {
                let column = Column::new_empty(derived.id.as_str().into(), &dtype);
                frame.with_column(column).expect("the frame has no rows, like the column");
            }
            Err(fault) => faults.push(say!("check-derived", book = book.id, id = derived.id, fault = fault)),
        }
    }
    (frame, faults)
}

/// The type that an expression has over a frame's columns, as planning tells it; nothing is evaluated.
pub(super) fn typed(expr: Expr, frame: &DataFrame) -> Result<DataType, String> {
    let mut plan = frame.clone().lazy().select([expr.alias(IT)]);
    let schema = plan.collect_schema().map_err(|error| error.to_string())?;
    match schema.get(IT) {
        Some(dtype) if dtype.is_known() => Ok(dtype.clone()),
        // A bare number has a type only once it stands somewhere.
        _ => Ok(plan.collect().map_err(|error| error.to_string())?.columns()[0].dtype().clone()),
    }
}

/// What an expression that is only looked at is called.
const IT: &str = "it";

/// Facts that an earlier profile wrote, with the columns that the book has today: what is new is empty,
/// derived columns are made anew. `None` where that cannot be, as for a column of another type.
pub fn completed(book: &Book, facts: &DataFrame) -> Option<DataFrame> {
    let made: Option<Vec<Column>> = columns(book)
        .into_iter()
        .map(|(name, dtype)| match facts.column(&name) {
            Ok(column) => column.cast(&dtype).ok(),
            Err(_) => Some(Column::full_null(name.as_str().into(), facts.height(), &dtype)),
        })
        .collect();
    let mut frame = DataFrame::new(facts.height(), made?).ok()?;
    for derived in &book.derived {
        let expr = sql::over(&derived.sql, frame.schema()).ok()?;
        frame = frame.lazy().with_columns([expr.alias(derived.id.as_str())]).collect().ok()?;
    }
    Some(frame)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;

    #[test]
    fn planning_tells_the_type_that_evaluating_gives() {
        for book in sample::profile().books {
            let (frame, faults) = empty(&book);
            assert_eq!(faults, [""; 0]);
            let sums =
                book.measures.iter().flat_map(|measure| [Some(&measure.numerator), measure.denominator.as_ref()]);
            let texts = sums.flatten().chain(book.derived.iter().map(|derived| &derived.sql));
            for text in texts.filter(|text| !text.is_empty()) {
                let expr = sql::over(text, frame.schema()).unwrap();
                let given = frame.clone().lazy().select([expr.clone().alias(IT)]).collect().unwrap();
                assert_eq!(typed(expr, &frame).as_ref(), Ok(given.columns()[0].dtype()), "{}: {text}", book.id);
            }
        }
    }

    #[test]
    fn facts_of_an_earlier_profile_are_completed() {
        let mut book = sample::key_projects();
        let (frame, _) = sample::frame(&book, &[sample::sound()]);
        let old = frame.drop("unit_shares").and_then(|frame| frame.drop("behind")).unwrap();
        let now = completed(&book, &old).unwrap();
        assert_eq!((now.height(), now.column("unit_shares").unwrap().null_count()), (1, 1));
        assert_eq!(now.column("behind").unwrap().bool().unwrap().get(0), Some(false));
        assert!(now.equals_missing(&frame));
        book.derived[0].sql = "no_such_column > 0".into();
        assert!(completed(&book, &old).is_none());
    }
}
