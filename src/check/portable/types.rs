//! That an expression sets like against like: text with text, numbers with numbers, truths with truths.
//!
//! Where they are mixed, each engine casts in its own way (Spark makes a number of a text, or NULL).

use polars::prelude::{DataType, Schema};
use sqlparser::ast::{BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Value};

use super::calls;
use crate::say;

/// What a part of an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Truth,
    /// NULL, or a column that is told elsewhere not to be there.
    Any,
}

impl Kind {
    fn title(self) -> String {
        match self {
            Self::Number => say!("check-a-number"),
            Self::Text => say!("check-a-text"),
            Self::Truth => say!("check-a-truth"),
            Self::Any => say!("check-a-null"),
        }
    }
}

type Known<'s> = &'s Schema;

/// Refuses an expression that mixes kinds.
pub(super) fn alike(expr: &Expr, schema: &Schema) -> Result<(), String> {
    kind(expr, schema).map(drop)
}

fn kind(expr: &Expr, known: Known) -> Result<Kind, String> {
    match expr {
        Expr::Identifier(name) => Ok(known.get(name.value.as_str()).map_or(Kind::Any, of_column)),
        Expr::Value(value) => Ok(of_literal(&value.value)),
        Expr::Nested(inner) => kind(inner, known),
        Expr::IsNull(inner) | Expr::IsNotNull(inner) => kind(inner, known).map(|_| Kind::Truth),
        Expr::UnaryOp { op: sqlparser::ast::UnaryOperator::Not, expr } => is(expr, Kind::Truth, known),
        Expr::UnaryOp { expr, .. } => is(expr, Kind::Number, known),
        Expr::BinaryOp { left, op, right } => operation(left, op, right, known),
        Expr::Between { expr, low, high, .. } => one_kind([&**expr, low, high], known).map(|_| Kind::Truth),
        Expr::InList { expr, list, .. } => one_kind(std::iter::once(&**expr).chain(list), known).map(|_| Kind::Truth),
        Expr::Like { expr, pattern, .. } => {
            is(expr, Kind::Text, known)?;
            is(pattern, Kind::Text, known).map(|_| Kind::Truth)
        }
        Expr::Case { conditions, else_result, .. } => {
            conditions.iter().try_for_each(|when| is(&when.condition, Kind::Truth, known).map(drop))?;
            one_kind(conditions.iter().map(|when| &when.result).chain(else_result.as_deref()), known)
        }
        Expr::Cast { expr, .. } | Expr::Floor { expr, .. } | Expr::Ceil { expr, .. } => is(expr, Kind::Number, known),
        Expr::Substring { expr, .. } => is(expr, Kind::Text, known),
        Expr::Function(call) => of_call(call, known),
        _ => Ok(Kind::Any),
    }
}

fn of_column(dtype: &DataType) -> Kind {
    match dtype {
        DataType::String => Kind::Text,
        DataType::Boolean => Kind::Truth,
        DataType::Null => Kind::Any,
        _ => Kind::Number,
    }
}

fn of_literal(value: &Value) -> Kind {
    match value {
        Value::Number(..) => Kind::Number,
        Value::Boolean(_) => Kind::Truth,
        Value::Null => Kind::Any,
        _ => Kind::Text,
    }
}

/// An expression that has to give one kind.
fn is(expr: &Expr, wanted: Kind, known: Known) -> Result<Kind, String> {
    match kind(expr, known)? {
        found if found == wanted || found == Kind::Any => Ok(wanted),
        found => Err(say!("check-unlike", found = found.title(), wanted = wanted.title(), expr = expr)),
    }
}

/// Expressions that have to give the same kind.
fn one_kind<'e>(parts: impl IntoIterator<Item = &'e Expr>, known: Known) -> Result<Kind, String> {
    let mut first: Option<(&Expr, Kind)> = None;
    for part in parts {
        match (kind(part, known)?, first) {
            (Kind::Any, _) => {}
            (found, None) => first = Some((part, found)),
            (found, Some((_, wanted))) if found == wanted => {}
            (found, Some((one, wanted))) => {
                return Err(say!(
                    "check-mixed",
                    first = wanted.title(),
                    second = found.title(),
                    one = one,
                    part = part
                ));
            }
        }
    }
    Ok(first.map_or(Kind::Any, |(_, kind)| kind))
}

fn operation(left: &Expr, op: &BinaryOperator, right: &Expr, known: Known) -> Result<Kind, String> {
    use BinaryOperator as Op;
    let both = |wanted: Kind| is(left, wanted, known).and_then(|_| is(right, wanted, known));
    match op {
        Op::And | Op::Or => both(Kind::Truth),
        Op::StringConcat => both(Kind::Text),
        Op::Plus | Op::Minus | Op::Multiply | Op::Divide => both(Kind::Number),
        _ => one_kind([left, right], known).map(|_| Kind::Truth),
    }
}

fn of_call(call: &Function, known: Known) -> Result<Kind, String> {
    let FunctionArguments::List(list) = &call.args else { return Ok(Kind::Any) };
    let arguments: Vec<&Expr> = list
        .args
        .iter()
        .filter_map(|argument| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        })
        .collect();
    match (calls::name(call).as_str(), arguments.as_slice()) {
        ("COUNT", _) => one_kind(arguments, known).map(|_| Kind::Number),
        ("SUM" | "ABS", [one]) => is(one, Kind::Number, known),
        ("MIN" | "MAX", [one]) => match kind(one, known)? {
            Kind::Truth => Err(say!("check-truth-order", one = one)),
            found => Ok(found),
        },
        ("SUBSTR", [of, ..]) => is(of, Kind::Text, known),
        _ => one_kind(arguments, known),
    }
}
