//! SQL expressions over one table: the only place where the books' SQL becomes polars.
//!
//! Takes the text of an expression, gives a polars [`Expr`]: no joins, no windows, no subqueries, no
//! ROUND (rounding happens once, where a figure is shown). What else other engines take differently is refused by
//! [`portable`](super::portable) when a profile is loaded.

use std::collections::BTreeMap;

use polars::lazy::dsl::{FunctionExpr, StringFunction};
use polars::prelude::{AggExpr, DataFrame, DataType, Expr, IntoLazy, PolarsError, Schema, col, lit};

use super::by_text::by_text;
use crate::say;

/// A word, and why it must not be used.
type Forbidden = (&'static str, fn() -> String);

/// Words that a book's SQL must not use, with the reason.
const FORBIDDEN: [Forbidden; 6] = [
    ("SELECT", || say!("check-one-expression")),
    ("JOIN", || say!("check-one-table")),
    ("UNION", || say!("check-one-table")),
    ("EXISTS", || say!("check-no-query")),
    ("OVER", || say!("check-no-window")),
    ("ROUND", || say!("check-no-round")),
];

/// The polars form of an SQL expression, or what is wrong with it.
pub(crate) fn expression(sql: &str) -> Result<Expr, String> {
    if let Some((word, why)) = FORBIDDEN.iter().find(|(word, _)| has_word(sql, word)) {
        return Err(say!("check-forbidden", word = word, why = why()));
    }
    let expr = polars::sql::sql_expr(sql).map_err(|error| say!("check-not-sql", error = error))?;
    if (&expr).into_iter().any(|part| matches!(part, Expr::Selector(_))) {
        return Err(say!("check-no-star"));
    }
    Ok(expr.map_expr(searched))
}

/// `LIKE '%…%'` as a search for what stands between the percent signs. Polars makes an anchored pattern of it,
/// `^(?s).*….*$`, whose every character is walked through; the same unanchored is a search for a word.
fn searched(expr: Expr) -> Expr {
    let Expr::Function { mut input, function } = expr else { return expr };
    if is_search(&function)
        && let [_, Expr::Literal(pattern)] = input.as_slice()
        && let Some(within) =
            pattern.extract_str().and_then(|pattern| pattern.strip_prefix("^(?s).*")?.strip_suffix(".*$"))
    {
        input[1] = lit(format!("(?s){within}"));
    }
    Expr::Function { input, function }
}

/// The same, and sure to name only columns of the schema.
pub(crate) fn over(sql: &str, schema: &Schema) -> Result<Expr, String> {
    let expr = expression(sql)?;
    match columns(&expr).into_iter().find(|name| !schema.contains(name)) {
        Some(name) => Err(unknown(&name, schema)),
        None => {
            let searched = expr.map_expr(|part| match search_name(&part) {
                Some(name) if schema.contains(&name) => col(name),
                _ => part,
            });
            Ok(spoken(searched, schema))
        }
    }
}

/// An expression that sees text where a schema has the [numbers of texts](super::few).
pub(super) fn spoken(expr: Expr, schema: &Schema) -> Expr {
    let is_few = |name: &str| matches!(schema.get(name), Some(DataType::Enum(..)));
    expr.map_expr(|part| match &part {
        Expr::Column(name) if is_few(name) => part.cast(DataType::String),
        _ => part,
    })
}

/// A frame with a column for each `LIKE` of some texts over its columns, which [`over`] then takes in its place: what
/// many rankings ask of every row is looked for once.
pub(crate) fn with_searches<'t>(
    frame: &DataFrame,
    texts: impl Iterator<Item = &'t String>,
) -> Result<DataFrame, String> {
    let mut searches: BTreeMap<String, Expr> = BTreeMap::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        let expr = expression(text)?;
        let of_frame = |part: &&Expr| columns(part).iter().all(|column| frame.schema().contains(column));
        let found = expr.into_iter().filter(of_frame).filter_map(|part| Some((search_name(part)?, part.clone())));
        searches.extend(found);
    }
    let (names, searches): (Vec<String>, Vec<Expr>) = searches.into_iter().unzip();
    let searches = searches.into_iter().map(|search| spoken(search, frame.schema())).collect();
    let error = |error: PolarsError| error.to_string();
    let (asked, found) = by_text(frame, searches).map_err(error)?;
    let found = found.into_iter().zip(&names).map(|(search, name)| search.alias(name.as_str()));
    let found = asked.lazy().select(found.collect::<Vec<_>>()).collect().map_err(error)?;
    frame.hstack(found.columns()).map_err(error)
}

/// What begins the names of the columns that [`with_searches`] adds; no field is called so.
pub(crate) const SEARCH: &str = "search ";

/// Whether a function is what `LIKE` becomes: a search for a pattern.
fn is_search(function: &FunctionExpr) -> bool {
    matches!(function, FunctionExpr::StringExpr(StringFunction::Contains { literal: false, .. }))
}

/// What the column of a search is called: by whom it looks through, and for what.
fn search_name(expr: &Expr) -> Option<String> {
    let Expr::Function { input, function } = expr else { return None };
    match input.as_slice() {
        [Expr::Column(column), Expr::Literal(pattern)] if is_search(function) => {
            Some(format!("{SEARCH}{column} {}", pattern.extract_str()?))
        }
        _ => None,
    }
}

/// The columns that an expression names, in order, each once.
pub(crate) fn columns(expr: &Expr) -> Vec<String> {
    let mut names: Vec<String> = expr
        .into_iter()
        .filter_map(|part| match part {
            Expr::Column(name) => Some(name.to_string()),
            _ => None,
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Whether an expression sums or counts over rows.
pub(crate) fn aggregates(expr: &Expr) -> bool {
    // The list of an IN is an aggregate to polars.
    let over_rows = |part: &Expr| match part {
        Expr::Agg(aggregate) => !matches!(aggregate, AggExpr::Implode { .. }),
        other => matches!(other, Expr::Len),
    };
    expr.into_iter().any(over_rows)
}

/// Whether a type holds whole numbers, the only ones that sum exactly.
pub(crate) fn is_whole(dtype: &DataType) -> bool {
    dtype.is_integer()
}

/// That there is no such column, with the nearest there is.
fn unknown(name: &str, schema: &Schema) -> String {
    let nearest = schema
        .iter_names()
        .map(|known| (strsim::normalized_levenshtein(name, known), known))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    match nearest {
        Some((_, known)) => say!("check-unknown-column-near", name = name, known = known),
        None => say!("check-unknown-column", name = name),
    }
}

/// Whether a word stands in SQL outside its quotes.
fn has_word(sql: &str, word: &str) -> bool {
    let bare: String = sql.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
    bare.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use polars::prelude::{DataFrame, df};

    use super::*;

    #[test]
    fn only_portable_expressions_pass() {
        for bad in [
            "ROUND(done, 2) > 0",
            "SUM(done) OVER (PARTITION BY town)",
            "done IN (SELECT done FROM facts)",
            "done >",
            "done > 0; DROP",
            "*",
            "",
        ] {
            assert!(expression(bad).is_err(), "{bad}");
        }
        assert!(!aggregates(&expression("status IN ('在建', '停工')").unwrap()));
        assert!(aggregates(&expression("SUM(done) > 0").unwrap()));
        assert!(expression("status LIKE '%ROUND%'").is_ok(), "words in quotes are text");
    }

    #[test]
    fn what_is_looked_for_once_is_what_like_finds() {
        let texts = ["征迁慢", "资金\n征迁", "无", ""].map(Some).into_iter().chain([None]).collect::<Vec<_>>();
        let frame: DataFrame = df!("problem" => texts).unwrap();
        let asked = [
            ("problem LIKE '%征迁%'", [Some(true), Some(true), Some(false), Some(false), None]),
            ("problem LIKE '征迁%'", [Some(true), Some(false), Some(false), Some(false), None]),
            ("problem LIKE '%资金%迁%'", [Some(false), Some(true), Some(false), Some(false), None]),
            ("problem LIKE '%征_慢%'", [Some(true), Some(false), Some(false), Some(false), None]),
            ("problem LIKE '%.%'", [Some(false), Some(false), Some(false), Some(false), None]),
            ("problem NOT LIKE '%征迁%'", [Some(false), Some(false), Some(true), Some(true), None]),
        ];
        let searched = with_searches(&frame, asked.map(|(text, _)| text.to_owned()).iter()).unwrap();
        assert_eq!(searched.width(), 1 + 5, "the same search of two texts is one column");
        for (text, held) in asked {
            for (frame, names) in [(&frame, "problem"), (&searched, SEARCH)] {
                let expr = over(text, frame.schema()).unwrap();
                assert!(columns(&expr).iter().all(|column| column.starts_with(names)), "{text}: {expr}");
                let out = frame.clone().lazy().select([expr.alias("it")]).collect().unwrap();
                let given: Vec<Option<bool>> = out.column("it").unwrap().bool().unwrap().iter().collect();
                assert_eq!(given, held, "{text} by {names}");
            }
        }
    }

    #[test]
    fn an_unknown_column_names_its_nearest() {
        let frame: DataFrame = df!("done" => [1i64]).unwrap();
        let fault = over("dnoe > 0", frame.schema()).unwrap_err();
        assert!(fault.contains("dnoe") && fault.contains("done"), "{fault}");
    }
}
