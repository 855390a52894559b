//! Numbers and what is reckoned with them, as far as both engines come to the same.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Value, Visit, Visitor};

use super::calls;
use crate::say;

/// A number as written: whole within 64 bits, or a decimal that binary holds exactly. Spark takes 0.001 for a
/// decimal and polars for the nearest double: at the edge of a comparison they would differ.
pub(super) fn literal(digits: &str) -> Result<(), String> {
    if digits.chars().all(|c| c.is_ascii_digit()) {
        return digits.parse::<i64>().map(drop).map_err(|_| say!("check-too-large", digits = digits));
    }
    let exact = digits.split_once('.').is_some_and(|(whole, part)| {
        let all_digits = whole.chars().chain(part.chars()).all(|c| c.is_ascii_digit());
        all_digits && !whole.is_empty() && !part.is_empty() && is_dyadic(part)
    });
    if exact { Ok(()) } else { Err(say!("check-decimal", digits = digits)) }
}

/// Whether the digits behind the point are a sum of halves, quarters, eighths …: with n digits they are times
/// 10ⁿ a multiple of 5ⁿ.
fn is_dyadic(digits: &str) -> bool {
    let (Ok(number), Ok(places)) = (digits.parse::<u64>(), u32::try_from(digits.len())) else { return false };
    5u64.checked_pow(places).is_some_and(|fives| number % fives == 0)
}

/// A sum, a difference or a product: not of numbers alone, which Spark reckons in 32 bits.
pub(super) fn reckoned(left: &Expr, right: &Expr) -> Result<(), String> {
    match names_column(left) || names_column(right) {
        true => Ok(()),
        false => Err(say!("check-constants", left = left, right = right)),
    }
}

/// A quotient: by nothing that may be 0, which is NULL in Spark and infinite in polars.
pub(super) fn divided(left: &Expr, right: &Expr) -> Result<(), String> {
    reckoned(left, right)?;
    let safe = match bare(right) {
        Expr::Function(call) => calls::is_nullif_zero(call),
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => digits.chars().any(|c| matches!(c, '1'..='9')),
            _ => false,
        },
        _ => false,
    };
    if safe { Ok(()) } else { Err(say!("check-by-zero", right = right)) }
}

/// An expression without its brackets.
fn bare(mut expr: &Expr) -> &Expr {
    while let Expr::Nested(inner) = expr {
        expr = inner;
    }
    expr
}

struct Names;

impl Visitor for Names {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        let counts = matches!(expr, Expr::Function(call) if calls::is_aggregate(&calls::name(call)));
        if counts || matches!(expr, Expr::Identifier(_)) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// Whether an expression looks at a row at all.
fn names_column(expr: &Expr) -> bool {
    expr.visit(&mut Names).is_break()
}
