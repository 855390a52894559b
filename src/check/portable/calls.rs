//! The functions that both engines know alike, and how many arguments they take.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments, Value, Visit, Visitor,
};

use crate::say;

/// Functions over a row, with the least and the greatest number of their arguments.
const OF_ROW: [(&str, usize, usize); 6] = [
    ("ABS", 1, 1),
    ("COALESCE", 2, usize::MAX),
    ("NULLIF", 2, 2),
    ("LEAST", 2, usize::MAX),
    ("GREATEST", 2, usize::MAX),
    ("SUBSTR", 2, 3),
];

/// Functions over rows.
const OVER_ROWS: [&str; 4] = ["SUM", "COUNT", "MIN", "MAX"];

/// A function's name in capitals.
pub(super) fn name(call: &Function) -> String {
    call.name.to_string().to_uppercase()
}

/// Whether a function sums or counts over rows.
pub(super) fn is_aggregate(name: &str) -> bool {
    OVER_ROWS.contains(&name)
}

/// Refuses a call, or any of its arguments.
pub(super) fn call(call: &Function) -> Result<(), String> {
    let name = name(call);
    let FunctionArguments::List(list) = &call.args else { return Err(unknown(&name)) };
    if list.duplicate_treatment.is_some() {
        return Err(say!("check-distinct", name = name));
    }
    if call.filter.is_some() {
        return Err(say!("check-filter", name = name));
    }
    let plain = call.over.is_none()
        && call.within_group.is_empty()
        && call.null_treatment.is_none()
        && list.clauses.is_empty()
        && matches!(call.parameters, FunctionArguments::None);
    if !plain {
        return Err(say!("check-plain-call", name = name));
    }
    if name == "COUNT" && matches!(list.args.as_slice(), [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)]) {
        return Ok(());
    }
    let arguments = arguments(list).ok_or_else(|| unknown(&name))?;
    arguments.iter().try_for_each(|argument| super::any(argument))?;
    if is_aggregate(&name) {
        return over_rows(&name, &arguments);
    }
    let Some((_, least, most)) = OF_ROW.iter().find(|(known, ..)| *known == name) else { return Err(unknown(&name)) };
    if !(*least..=*most).contains(&arguments.len()) {
        return Err(say!("check-arguments", given = arguments.len(), name = name, least = least));
    }
    match (name.as_str(), arguments.as_slice()) {
        ("SUBSTR", [_, from]) => substring(Some(from), None),
        ("SUBSTR", [_, from, length]) => substring(Some(from), Some(length)),
        _ => Ok(()),
    }
}

fn unknown(name: &str) -> String {
    let known: Vec<&str> = OVER_ROWS.iter().copied().chain(OF_ROW.iter().map(|(name, ..)| *name)).collect();
    say!("check-function", known = crate::lang::list(&known), name = name)
}

/// The arguments, where all are plain expressions.
fn arguments(list: &FunctionArgumentList) -> Option<Vec<&Expr>> {
    let mut plain = Vec::new();
    for argument in &list.args {
        let FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) = argument else { return None };
        plain.push(expr);
    }
    Some(plain)
}

struct Aggregates;

impl Visitor for Aggregates {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(call) if is_aggregate(&name(call)) => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

fn over_rows(name: &str, arguments: &[&Expr]) -> Result<(), String> {
    match arguments {
        [one] if one.visit(&mut Aggregates).is_break() => Err(say!("check-nested-sum", name = name)),
        [_] => Ok(()),
        _ => Err(say!("check-one-argument", name = name)),
    }
}

/// Where a part of a text begins and how long it is: written out and from 1 on, since before the first character
/// each engine counts in its own way.
pub(super) fn substring(from: Option<&Expr>, length: Option<&Expr>) -> Result<(), String> {
    let at_least = |expr: Option<&Expr>, least: u32| match expr {
        Some(Expr::Value(value)) => match &value.value {
            Value::Number(digits, _) => digits.parse::<u32>().is_ok_and(|number| number >= least),
            _ => false,
        },
        Some(_) => false,
        None => true,
    };
    match from.is_some() && at_least(from, 1) && at_least(length, 0) {
        true => Ok(()),
        false => Err(say!("check-substr")),
    }
}

/// Whether a call is `NULLIF(…, 0)`.
pub(super) fn is_nullif_zero(call: &Function) -> bool {
    let FunctionArguments::List(list) = &call.args else { return false };
    let zero = |expr: &Expr| matches!(expr, Expr::Value(value) if matches!(&value.value, Value::Number(digits, _) if digits == "0"));
    name(call) == "NULLIF" && arguments(list).is_some_and(|list| list.len() == 2 && zero(list[1]))
}
