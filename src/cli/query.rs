//! `wuzhang query`: SQL over the ledger, as a table, CSV, JSON or a workbook.

use std::fmt::Write;

use serde_json::{Map, Number, Value as Json, json};

use super::aligned::{Side, aligned};
use super::ledger_args::QueryArgs;
use super::{CommandError, Exit, Said};
use crate::lang::term;
use crate::layout::MoneyUnit;
use crate::ledger::{Answer, Ledger, PLACES_TABLE, TableListing, Value};
use crate::profile::{Kind, Profile};
use crate::publish::{answer_csv, answer_workbook};
use crate::say;
use crate::workspace::Doing;
use crate::workspace::{WorkspaceError, write_whole};

/// `wuzhang query`
pub(super) fn query(args: &QueryArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let ledger = Ledger::of(&workspace);
    let Some(sql) = &args.sql else {
        let profile = workspace.load_profile().unwrap_or_else(|_| Profile::built_in());
        return Ok(Said { text: listed(&ledger.tables()?, &profile), exit: Exit::Clean });
    };
    let answer = ledger.query(sql)?;
    let text = match (&args.xlsx, args.csv, args.json) {
        (Some(path), ..) => {
            let bytes = answer_workbook(sql, &answer)?;
            write_whole(path, &bytes).map_err(|source| WorkspaceError::Io {
                action: Doing::Writing,
                path: path.clone(),
                source,
            })?;
            say!("query-written", rows = answer.rows.len(), path = path.display()) + "\n"
        }
        (None, true, _) => answer_csv(&answer)?,
        (None, _, true) => lines(&answer),
        (None, false, false) => table(&answer),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// For programs: an object a row.
fn lines(answer: &Answer) -> String {
    let object = |row: &Vec<Value>| -> Json {
        answer.columns.iter().cloned().zip(row.iter().map(json)).collect::<Map<_, _>>().into()
    };
    answer.rows.iter().map(|row| format!("{}\n", object(row))).collect()
}

pub(super) fn json(value: &Value) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Text(text) => json!(text),
        Value::Whole(whole) => json!(whole),
        Value::Number(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Truth(truth) => json!(truth),
    }
}

/// For people.
fn table(answer: &Answer) -> String {
    let is_text = |at: usize| {
        let cells = answer.rows.iter().filter_map(|row| row.get(at));
        cells.into_iter().any(|cell| matches!(cell, Value::Text(_) | Value::Truth(_)))
    };
    let sides: Vec<Side> =
        (0..answer.columns.len()).map(|at| if is_text(at) { Side::Left } else { Side::Right }).collect();
    let rows = answer.rows.iter().map(|row| row.iter().map(shown).collect());
    let all: Vec<Vec<String>> = std::iter::once(answer.columns.clone()).chain(rows).collect();
    format!("{}{}\n", aligned("", &sides, &all), say!("query-rows", count = answer.rows.len()))
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Missing => "—".to_owned(),
        Value::Text(text) => text.replace(['\n', '\r'], " "),
        Value::Whole(whole) => whole.to_string(),
        // Six decimals tell a rate; the full number stands in --csv and --json.
        Value::Number(number) => {
            let text = format!("{number:.6}");
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Truth(true) => say!("query-yes"),
        Value::Truth(false) => say!("query-no"),
    }
}

/// The tables and their columns, with what readers call them.
fn listed(tables: &[TableListing], profile: &Profile) -> String {
    if tables.is_empty() {
        return say!("query-empty") + "\n";
    }
    let mut text = String::new();
    for table in tables {
        let book = profile.book(&table.name);
        let title = match (book, table.name.as_str()) {
            (Some(book), _) => book.title.clone(),
            (None, PLACES_TABLE) => say!("query-places"),
            _ => String::new(),
        };
        let (first, last) = (table.periods.first(), table.periods.last());
        let span = match (first, last) {
            (Some(first), Some(last)) if first != last => {
                say!("query-span", first = first, last = last, count = table.periods.len())
            }
            (Some(only), _) => only.to_string(),
            _ => String::new(),
        };
        let told = say!("query-table", name = table.name, title = title, periods = span, rows = table.rows);
        let _ = writeln!(text, "{told}");
        let column = |name: &String| {
            let field = book.and_then(|book| book.field(name));
            let derived = book.and_then(|book| book.derived.iter().find(|derived| derived.id == *name));
            let title = field.map(|field| field.title.clone()).or(derived.map(|derived| derived.title.clone()));
            let money = field.is_some_and(|field| field.kind == Kind::Amount);
            let unit = if money { term(MoneyUnit::Yuan.title()) } else { String::new() };
            vec![name.clone(), title.unwrap_or_default(), unit]
        };
        let lines: Vec<Vec<String>> = table.columns.iter().map(column).collect();
        text += &aligned("  ", &[Side::Left, Side::Left, Side::Left], &lines);
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}
