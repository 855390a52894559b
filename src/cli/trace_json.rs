//! `wuzhang trace --json`: a figure and what it is made from, for programs.
//!
//! Numerators, denominators and what rows give are whole yuan or counts; a `value` and a `read` in
//! money are in 万元, a rate a fraction.

use serde_json::{Number, Value as Json, json};

use super::measures::{number, unit};
use crate::amount;
use crate::finding::{Finding, Place};
use crate::lang::Language;
use crate::origin::cell_address;
use crate::pipeline::Changed;
use crate::profile::MeasuredIn;
use crate::trace::{Basis, CellTrace, Row, Source, Traced, Value, What, Written};

/// The figure of a book's ranking with what it is made from, and what has changed since the month's last run.
pub fn trace_json([book, ranking]: &[String; 2], traced: &Traced, changed: &[Changed]) -> Json {
    let mut out = json!({
        "book": book,
        "ranking": ranking,
        "changed": changed.iter().map(|change| change.told_in(Language::Zh)).collect::<Json>(),
        "adds_up": traced.adds_up(),
        "faults": traced.faults(),
    });
    if let (Json::Object(out), Json::Object(own)) = (&mut out, figure(traced)) {
        out.extend(own);
    }
    out
}

fn figure(traced: &Traced) -> Json {
    let of = &traced.figure;
    let mut out = json!({
        "period": traced.period,
        "group": traced.group,
        "measure": of.measure,
        "title": traced.title,
        "words": traced.words,
        "measured_in": unit(of.measured_in),
        "value": of.value.and_then(|value| number(value, of.measured_in)),
        "exact": of.value.map(|value| format!("{}/{}", value.numer(), value.denom())),
        "numerator": of.numerator,
        "denominator": of.denominator,
    });
    match &traced.basis {
        Basis::Rows(rows) => {
            out["rows"] = rows.rows.iter().map(row).collect();
            out["sums"] = json!({"numerator": rows.adds_above, "denominator": rows.adds_below});
        }
        Basis::Reckoned(sources) => out["sources"] = sources.iter().map(source).collect(),
    }
    out
}

fn source(source: &Source) -> Json {
    let what = match &source.what {
        What::Figure(traced) => json!({"figure": figure(traced)}),
        What::Number { words, value } => {
            json!({"words": words, "number": Number::from_f64(amount::to_f64(*value)), "exact": format!("{}/{}", value.numer(), value.denom())})
        }
        What::Setting { place, written, value, measured_in } => {
            let money = *measured_in == MeasuredIn::Yuan;
            json!({"at": at(place, written.as_ref()), "written": written.as_ref().map(|one| &one.text), "value": value, "counted_in": if money { "元" } else { "个" }})
        }
        What::Missing(why) => json!({"missing": why}),
    };
    json!({"role": source.role, "what": what})
}

fn row(row: &Row) -> Json {
    json!({
        "key": row.key,
        "name": row.name,
        "unit": row.unit,
        "file": row.place.file,
        "sheet": row.place.sheet,
        "row": row.place.row(),
        "share": row.share.map(|share| share.to_string()),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "whole_numerator": row.whole_numerator,
        "whole_denominator": row.whole_denominator,
        "decisions": row.decisions,
        "cells": row.cells.iter().map(cell).collect::<Json>(),
    })
}

fn cell(cell: &CellTrace) -> Json {
    json!({
        "field": cell.field,
        "title": cell.title,
        "roles": cell.roles.iter().map(|role| role.title()).collect::<Vec<_>>(),
        "at": at(&cell.place, cell.written.as_ref()),
        "written": cell.written.as_ref().map(|written| &written.text),
        "formula": cell.written.as_ref().is_some_and(|written| written.formula),
        "read": cell.read.as_ref().map(value),
        "reported": cell.reported.as_ref().map(value),
        "findings": cell.findings.iter().map(finding).collect::<Json>(),
    })
}

/// File, sheet and cell; without a cell where the sheet has no such column.
fn at(place: &Place, written: Option<&Written>) -> Json {
    let own = place.row().zip(place.column()).map(|(row, column)| cell_address(row, column));
    let cell = written.map(|written| written.cell.clone()).or(own);
    json!({"file": place.file, "sheet": place.sheet, "cell": cell})
}

fn finding(finding: &Finding) -> Json {
    json!({"rule": finding.rule, "level": finding.level, "message": finding.message})
}

/// As `inspect --json` writes values: money in 万元.
fn value(value: &Value) -> Json {
    match value {
        Value::Yuan(yuan) => amount::wan(*yuan).to_string().parse::<Number>().map_or(Json::Null, Json::Number),
        Value::Count(count) => json!(count),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(text),
    }
}
