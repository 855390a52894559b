//! Every case of `cluster/sql_cases.json` on polars; `cluster/sql_cases.py` holds the same on Spark.

use polars::prelude::{AnyValue, Column, DataFrame, IntoLazy};
use serde_json::{Value, json};

use super::portable;

fn cases() -> Value {
    serde_json::from_str(include_str!("../../../cluster/sql_cases.json")).unwrap()
}

fn frame(cases: &Value) -> DataFrame {
    let rows = cases["rows"].as_array().unwrap();
    let column = |(name, kind): (&String, &Value)| {
        let cells = || rows.iter().map(|row| &row[name]);
        let name = name.as_str().into();
        match kind.as_str().unwrap() {
            "whole" => Column::new(name, cells().map(Value::as_i64).collect::<Vec<_>>()),
            "number" => Column::new(name, cells().map(Value::as_f64).collect::<Vec<_>>()),
            "truth" => Column::new(name, cells().map(Value::as_bool).collect::<Vec<_>>()),
            _ => Column::new(name, cells().map(Value::as_str).collect::<Vec<_>>()),
        }
    };
    DataFrame::new(rows.len(), cases["columns"].as_object().unwrap().iter().map(column).collect()).unwrap()
}

/// What an expression gives over a frame.
fn given(sql: &str, frame: &DataFrame) -> Vec<Value> {
    let expr = polars::sql::sql_expr(sql).unwrap();
    let out =
        frame.clone().lazy().select([expr.alias("it")]).collect().unwrap_or_else(|error| panic!("{sql}: {error}"));
    let cell = |value: AnyValue| match value {
        AnyValue::Null => Value::Null,
        AnyValue::Boolean(truth) => json!(truth),
        AnyValue::String(text) => json!(text),
        AnyValue::Int64(whole) => json!(whole),
        AnyValue::Int32(whole) => json!(whole),
        AnyValue::UInt32(whole) => json!(whole),
        other => panic!("{sql}: {other:?}"),
    };
    let column = &out.columns()[0];
    (0..out.height()).map(|row| cell(column.get(row).unwrap())).collect()
}

/// A truth or a constant over no column stands once.
fn spread(mut cells: Vec<Value>, height: usize) -> Vec<Value> {
    if cells.len() == 1 {
        cells = vec![cells[0].clone(); height];
    }
    cells
}

#[test]
fn each_case_comes_out_as_on_spark() {
    let cases = cases();
    let frame = frame(&cases);
    let mut wrong = Vec::new();
    let mut hold = |case: &Value, frame: &DataFrame, expected: &Value| {
        let sql = case["sql"].as_str().unwrap();
        assert_eq!(portable(sql, frame.schema()), Ok(()), "{sql}");
        let found = given(sql, frame);
        if json!(found) != *expected {
            wrong.push(format!("{}: {sql}: expected {expected}, found {}", case["why"], json!(found)));
        }
    };
    for case in cases["of_rows"].as_array().unwrap() {
        hold(case, &frame, &case["expected"]);
    }
    for case in cases["of_sums"].as_array().unwrap() {
        hold(case, &frame, &json!([case["expected"]]));
        hold(case, &frame.clear(), &json!([case["nothing"]]));
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn what_comes_out_otherwise_is_refused() {
    let cases = cases();
    let frame = frame(&cases);
    for case in cases["refused"].as_array().unwrap() {
        let sql = case["sql"].as_str().unwrap();
        assert!(portable(sql, frame.schema()).is_err(), "{sql}");
        assert_eq!(json!(spread(given(sql, &frame), frame.height())), case["here"], "{sql}");
        assert_ne!(case["here"], case["spark"], "{sql}");
    }
}
