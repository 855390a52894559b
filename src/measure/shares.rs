//! Amounts of rows that count for several groups, split between them in whole yuan.
//!
//! Takes rows that stand once for each of their groups, with the part that each has, and SQL sums;
//! gives sums over the parts. What is summed is first reckoned for the whole row, so that a condition
//! on an amount sees the project and not somebody's part of it; the parts of a row add up to the row.

use std::sync::Arc;

use polars::prelude::{AggExpr, Column, DataFrame, DataType, Expr, IntoLazy, NamedFrom, Series, col};

use crate::amount::{self, Fraction};
use crate::check::sql;
use crate::profile::{Book, Kind, Measure, MeasuredIn};

/// The part of a row that a group has: which of the row's shares is its own.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// The shares of all that the row counts for.
    pub(super) shares: Arc<[Fraction]>,
    /// Which of them.
    pub(super) at: usize,
}

/// Rows with the part of each; `None` has it wholly.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    /// The rows.
    pub(super) frame: DataFrame,
    /// Their parts, in the same order.
    pub(super) parts: Vec<Option<Part>>,
}

impl Shared {
    /// An aggregate with each of its sums over parts; the parts join the frame as columns.
    pub(super) fn over_parts(&mut self, expr: Expr) -> Result<Expr, String> {
        let mut fault = None;
        let split = expr.map_expr(|part| match part {
            Expr::Agg(AggExpr::Sum(inner)) => match self.split(inner.as_ref().clone()) {
                Ok(column) => col(column.as_str()).sum(),
                Err(message) => {
                    fault.get_or_insert(message);
                    Expr::Agg(AggExpr::Sum(inner))
                }
            },
            other => other,
        });
        fault.map_or(Ok(split), Err)
    }

    /// A new column with each row's part of an expression.
    fn split(&mut self, inner: Expr) -> Result<String, String> {
        let said = |error: polars::prelude::PolarsError| error.to_string();
        let name = format!("the part {}", self.frame.width());
        let whole = inner.cast(DataType::Int64).alias(name.as_str());
        let whole = self.frame.clone().lazy().select([whole]).collect().map_err(said)?;
        let whole = whole.columns()[0].i64().map_err(said)?.clone();
        let own = |(value, part): (Option<i64>, &Option<Part>)| match (value, part) {
            (Some(value), Some(part)) => amount::split(value, &part.shares).get(part.at).copied(),
            (value, _) => value,
        };
        let parts: Vec<Option<i64>> = whole.iter().zip(&self.parts).map(own).collect();
        self.frame.with_column(Column::from(Series::new(name.as_str().into(), parts))).map_err(said)?;
        Ok(name)
    }
}

/// Whether a measure is of money, whose parts are shared; what is counted is counted for one group.
///
/// A rate is of money where what it is a part of is.
pub(super) fn is_of_money(measure: &Measure, book: &Book) -> bool {
    match measure.measured_in {
        MeasuredIn::Yuan => true,
        MeasuredIn::Fraction | MeasuredIn::Points => {
            measure.denominator.as_deref().is_some_and(|text| names_money(text, book))
        }
        _ => false,
    }
}

fn names_money(text: &str, book: &Book) -> bool {
    let Ok(expr) = sql::expression(text) else { return false };
    sql::columns(&expr).iter().any(|name| {
        let derived = book.derived.iter().find(|derived| derived.id == *name);
        let amount = book.field(name).is_some_and(|field| field.kind == Kind::Amount);
        amount || derived.is_some_and(|derived| derived.sql != text && names_money(&derived.sql, book))
    })
}
