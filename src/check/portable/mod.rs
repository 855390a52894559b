//! Which SQL the books may use: what polars here and Spark SQL on a cluster understand alike.
//!
//! Takes the text of an expression, gives the first thing in it that the two would take differently, with what to
//! write instead. It is a list of what is allowed, not of what is forbidden; each kind of expression on it has a
//! case in `cluster/sql_cases.json`, which is run on both engines.

mod calls;
#[cfg(test)]
mod cases;
mod numbers;
mod types;

use std::ops::ControlFlow;

use polars::prelude::Schema;
use sqlparser::ast::{BinaryOperator, CastKind, DataType, Expr, Ident, UnaryOperator, Value, Visit, Visitor};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

/// What of an expression over the columns of a schema is not common to both engines.
///
/// # Errors
///
/// The fault and what to write instead.
pub(super) fn portable(sql: &str, schema: &Schema) -> Result<(), String> {
    let expr = parsed(sql)?;
    any(&expr)?;
    types::alike(&expr, schema)
}

/// A column that a sum over rows names outside of its SUM, COUNT, MIN and MAX: of which row would it be?
pub(super) fn outside(sql: &str) -> Option<String> {
    match parsed(sql).ok()?.visit(&mut Outside { within: 0 }) {
        ControlFlow::Break(name) => Some(name),
        ControlFlow::Continue(()) => None,
    }
}

struct Outside {
    within: usize,
}

impl Outside {
    fn counts(expr: &Expr) -> bool {
        matches!(expr, Expr::Function(call) if calls::is_aggregate(&calls::name(call)))
    }
}

impl Visitor for Outside {
    type Break = String;

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<String> {
        self.within += usize::from(Self::counts(expr));
        match expr {
            Expr::Identifier(name) if self.within == 0 => ControlFlow::Break(name.value.clone()),
            _ => ControlFlow::Continue(()),
        }
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<String> {
        self.within -= usize::from(Self::counts(expr));
        ControlFlow::Continue(())
    }
}

/// Whether an SQL text is one sum or one count over rows, so that those of parts of the rows add up to that of all.
pub(crate) fn adds_up(sql: &str) -> bool {
    let Ok(Expr::Function(call)) = parsed(sql) else { return false };
    matches!(calls::name(&call).as_str(), "SUM" | "COUNT")
}

fn parsed(sql: &str) -> Result<Expr, String> {
    let fault = |error: sqlparser::parser::ParserError| format!("不是有效的 SQL 表达式：{error}");
    let mut parser = Parser::new(&GenericDialect {}).try_with_sql(sql).map_err(fault)?;
    parser.parse_expr().map_err(fault)
}

/// Refuses an expression or any part of it.
fn any(expr: &Expr) -> Result<(), String> {
    match expr {
        Expr::Identifier(name) => column(name),
        Expr::Value(value) => literal(&value.value),
        Expr::Nested(inner) | Expr::IsNull(inner) | Expr::IsNotNull(inner) => any(inner),
        Expr::UnaryOp { op: UnaryOperator::Not | UnaryOperator::Minus | UnaryOperator::Plus, expr } => any(expr),
        Expr::BinaryOp { left, op, right } => {
            any(left)?;
            any(right)?;
            operator(left, op, right)
        }
        Expr::Between { expr, low, high, .. } => all([&**expr, low, high]),
        Expr::InList { expr, list, .. } => {
            any(expr)?;
            list.iter().try_for_each(member)
        }
        Expr::Like { any: false, expr: of, pattern, escape_char: None, .. } => {
            any(of)?;
            like(pattern)
        }
        Expr::Case { operand: None, conditions, else_result, .. } => {
            all(conditions.iter().flat_map(|when| [&when.condition, &when.result]))?;
            all(else_result.as_deref())
        }
        Expr::Case { .. } => Err("CASE 后直接写条件：CASE WHEN 列 = 值 THEN … END".into()),
        Expr::Cast { kind: CastKind::Cast, expr, data_type: DataType::BigInt(None) | DataType::Double(_), .. } => {
            any(expr)
        }
        Expr::Cast { .. } => Err("CAST 只能转成 BIGINT 或 DOUBLE".into()),
        Expr::Floor { expr, .. } | Expr::Ceil { expr, .. } => any(expr),
        Expr::Substring { expr, substring_from, substring_for, .. } => {
            any(expr)?;
            calls::substring(substring_from.as_deref(), substring_for.as_deref())
        }
        Expr::Function(call) => calls::call(call),
        Expr::ILike { .. } | Expr::SimilarTo { .. } | Expr::RLike { .. } => {
            Err("各引擎的正则表达式、大小写规则不同，请用 LIKE".into())
        }
        other => Err(format!("“{other}”的写法不是各引擎通用的，请改用 CASE、AND、OR、IN、LIKE 等写法")),
    }
}

/// Refuses any of several parts.
fn all<'e>(parts: impl IntoIterator<Item = &'e Expr>) -> Result<(), String> {
    parts.into_iter().try_for_each(any)
}

/// A name without quotes, of letters that need none: `"plan"` is a text to Spark.
fn column(name: &Ident) -> Result<(), String> {
    if name.quote_style.is_some() {
        return Err(format!("列名不加引号：{name}（双引号在集群上表示文字；文字用单引号）"));
    }
    let plain = name.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { Ok(()) } else { Err(format!("列名只能用英文字母、数字和下划线：{name}")) }
}

fn literal(value: &Value) -> Result<(), String> {
    match value {
        Value::Number(digits, _) => numbers::literal(digits),
        Value::SingleQuotedString(text) if text.contains(['\\', '\'']) => {
            Err(format!("文字“{text}”里不能有反斜线和单引号：各引擎的写法不同"))
        }
        Value::SingleQuotedString(_) | Value::Boolean(_) | Value::Null => Ok(()),
        other => Err(format!("“{other}”不是通用的写法：文字用单引号，数用阿拉伯数字")),
    }
}

fn operator(left: &Expr, op: &BinaryOperator, right: &Expr) -> Result<(), String> {
    use BinaryOperator as Op;
    match op {
        Op::And | Op::Or | Op::Eq | Op::NotEq | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq | Op::StringConcat => Ok(()),
        Op::Plus | Op::Minus | Op::Multiply => numbers::reckoned(left, right),
        Op::Divide => numbers::divided(left, right),
        Op::Modulo => Err("不能用 %：负数的余数各引擎不同".into()),
        other => Err(format!("运算符 {other} 不是各引擎通用的")),
    }
}

/// A member of an IN list.
fn member(expr: &Expr) -> Result<(), String> {
    match expr {
        Expr::Value(value) if matches!(value.value, Value::Null) => {
            Err("IN 的清单里不能有 NULL：请另写 OR 列 IS NULL".into())
        }
        Expr::Value(value) => literal(&value.value),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => member(expr),
        other => Err(format!("IN 的清单里只能是文字和数：{other}")),
    }
}

/// A pattern of LIKE.
fn like(pattern: &Expr) -> Result<(), String> {
    match pattern {
        Expr::Value(value) if matches!(value.value, Value::SingleQuotedString(_)) => literal(&value.value),
        other => Err(format!("LIKE 后面写单引号中的文字：{other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        let text = ["name", "owner", "unit", "town", "nature", "status", "problem", "period_last"];
        let text = text.map(|name| (name.into(), polars::prelude::DataType::String));
        let whole = ["plan", "done"].map(|name| (name.into(), polars::prelude::DataType::Int64));
        let own = [
            ("growth".into(), polars::prelude::DataType::Float64),
            ("behind".into(), polars::prelude::DataType::Boolean),
        ];
        text.into_iter().chain(whole).chain(own).collect()
    }

    fn portable(sql: &str) -> Result<(), String> {
        super::portable(sql, &schema())
    }

    #[test]
    fn kinds_are_not_mixed() {
        for (sql, words) in [
            ("plan = '0'", "文字"),
            ("SUM(behind)", "真假"),
            ("CAST(name AS BIGINT) > 0", "文字"),
            ("COALESCE(plan, '无') = '无'", "不能放在一起"),
            ("CASE WHEN behind THEN 1 ELSE '无' END = 1", "不能放在一起"),
            ("plan AND behind", "应是真假"),
            ("name || plan = ''", "应是文字"),
            ("plan IN (1, '2')", "不能放在一起"),
            ("plan LIKE '1%'", "应是文字"),
        ] {
            let fault = portable(sql).expect_err(sql);
            assert!(fault.contains(words), "{sql}: {fault}");
        }
        assert_eq!(outside("SUM(done) - plan").as_deref(), Some("plan"));
        assert_eq!(outside("SUM(done - plan) + COUNT(*)"), None);
    }

    #[test]
    fn what_engines_take_differently_is_refused_with_what_to_write() {
        for (sql, words) in [
            ("done / plan > 1", "NULLIF"),
            ("done / 0 > 1", "0"),
            ("done % 2 = 0", "余数"),
            ("plan > 0.001 * done", "1000"),
            ("plan > 1e3", "1e3"),
            ("plan > 99999999999999999999", "99999999999999999999"),
            ("plan * (100000 * 100000) > 0", "结果"),
            ("\"plan\" > 0", "引号"),
            ("计划 > 0", "英文"),
            ("name = 'it''s'", "单引号"),
            (r"name LIKE '%\_%'", "反斜线"),
            ("name ILIKE 'a%'", "LIKE"),
            ("name LIKE owner", "LIKE"),
            ("LENGTH(name) > 3", "LENGTH"),
            ("AVG(plan)", "AVG"),
            ("COUNT(DISTINCT town)", "DISTINCT"),
            ("SUM(done) FILTER (WHERE done > 0)", "CASE"),
            ("SUM(SUM(done))", "汇总"),
            ("SUBSTR(name, -2)", "SUBSTR"),
            ("SUBSTR(name, 0, 2) = '甲'", "SUBSTR"),
            ("CASE nature WHEN '新建' THEN 1 END = 1", "CASE WHEN"),
            ("CAST(name AS VARCHAR) = ''", "BIGINT"),
            ("TRY_CAST(name AS BIGINT) > 0", "BIGINT"),
            ("status IN ('在建', NULL)", "NULL"),
            ("done IS DISTINCT FROM plan", "通用"),
            ("done > 0 IS TRUE", "通用"),
            ("CONCAT(name, unit) = ''", "CONCAT"),
            ("DATE '2026-01-01' < period_last", "通用"),
            ("COALESCE(done) > 0", "COALESCE"),
            ("name ~ '甲'", "通用"),
        ] {
            let fault = portable(sql).expect_err(sql);
            assert!(fault.contains(words), "{sql}: {fault}");
        }
    }

    #[test]
    fn what_books_use_passes() {
        for sql in [
            "SUM(CASE WHEN behind THEN 1 WHEN NOT behind THEN 0 END)",
            "COUNT(*)",
            "CAST(FLOOR(growth * 1000000 + 0.5) AS BIGINT)",
            "SUBSTR(period_last, 1, 4) || '-01-01' <= period_last",
            "CAST(done AS DOUBLE) / NULLIF(plan, 0) >= 0.5",
            "done BETWEEN -1 AND 100 AND name NOT LIKE '%（一期）_'",
            "COALESCE(problem, '无') NOT IN ('无', '暂无')",
        ] {
            assert_eq!(portable(sql), Ok(()), "{sql}");
        }
        assert!(adds_up("SUM(done)") && adds_up("count(*)") && !adds_up("MAX(done)") && !adds_up("SUM(a) - SUM(b)"));
    }
}
