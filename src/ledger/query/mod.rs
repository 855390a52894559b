//! SQL over the ledger: every book is a table, its periods below one another.
//!
//! Takes one `SELECT` (or `WITH … SELECT`), gives an [`Answer`]. Beside the books there is the table
//! `places`: the places and figures of every ranking of every period. Reads only; the rows come in the
//! order asked for and, where that leaves it open, in the order of their values, so that the same
//! question has the same answer.

mod fault;
mod statement;
mod tables;
#[cfg(test)]
mod tests;

use polars::prelude::{DataFrame, DataType, LazyFrame, SortMultipleOptions};
use polars::sql::SQLContext;

pub use fault::QueryError;
pub use tables::{PLACES_TABLE, TableListing};

use super::{Ledger, Value};
use statement::Statement;

/// What a query found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

impl Ledger {
    /// Answers a query.
    ///
    /// # Errors
    ///
    /// What is not one `SELECT`; tables and columns that there are not, with the nearest there is; what
    /// the engine refuses; a ledger that cannot be read.
    pub fn query(&self, sql: &str) -> Result<Answer, QueryError> {
        let statement = Statement::parse(sql)?;
        let known = self.table_names()?;
        let mut tables = Vec::new();
        for name in statement.tables() {
            match known.contains(&name) {
                true => tables.push((self.table(&name)?, name)),
                false => return Err(QueryError::no_table(&name, &known)),
            }
        }
        let mut context = SQLContext::new();
        for (frame, name) in &tables {
            context.register(name, frame.clone());
        }
        let frame = run(&mut context, &statement).map_err(|error| {
            let columns = tables.iter().flat_map(|(frame, _)| names_of(frame)).collect::<Vec<_>>();
            statement.diagnosed(&error, &columns)
        })?;
        answer(&frame).map_err(QueryError::Engine)
    }
}

/// Runs a statement in an order that leaves nothing open.
fn run(context: &mut SQLContext, statement: &Statement) -> Result<DataFrame, String> {
    let mut collect = |sql: &str| -> Result<DataFrame, String> {
        let frame = context.execute(sql).and_then(LazyFrame::collect);
        frame.map_err(|error| error.to_string())
    };
    // The number of columns is only known once the question has been asked.
    let asked = collect(&statement.text)?;
    if let Some(frame) = statement.in_order(asked.width()).and_then(|sql| collect(&sql).ok()) {
        return Ok(frame);
    }
    if statement.is_ordered() || asked.width() == 0 {
        return Ok(asked);
    }
    let names: Vec<_> = asked.get_column_names_owned();
    let options = SortMultipleOptions::default().with_nulls_last(true).with_maintain_order(true);
    asked.sort(names, options).map_err(|error| error.to_string())
}

fn names_of(frame: &LazyFrame) -> Vec<String> {
    let schema = frame.clone().collect_schema();
    schema.map(|schema| schema.iter_names().map(|name| name.to_string()).collect()).unwrap_or_default()
}

fn answer(frame: &DataFrame) -> Result<Answer, String> {
    let columns = frame.get_column_names().into_iter().map(|name| name.to_string()).collect();
    let mut rows = vec![Vec::with_capacity(frame.width()); frame.height()];
    for column in frame.columns() {
        // What is neither text nor number (a date, a list) is shown as the engine writes it.
        let texts = match column.dtype() {
            DataType::Date | DataType::Time => Some(column.cast(&DataType::String).map_err(|e| e.to_string())?),
            _ => None,
        };
        let column = texts.as_ref().unwrap_or(column);
        for (row, cells) in rows.iter_mut().enumerate() {
            cells.push(Value::of(column.get(row).map_err(|error| error.to_string())?));
        }
    }
    Ok(Answer { columns, rows })
}
