//! What an expression says of cells that are [few texts](super::few) it is asked once a text, not once a row.
//!
//! Takes a frame and expressions as [`over`](super::sql::over) gives them; gives the frame with a column for each part
//! of them that looks at one such column, and the expressions with these columns in place of the parts.

use std::collections::{BTreeMap, BTreeSet};

use polars::lazy::dsl::{BooleanFunction, FunctionExpr};
use polars::prelude::{
    AggExpr, Column, DataFrame, DataType, Expr, IdxCa, IdxSize, IntoLazy, NamedFrom, PolarsResult, Series, col,
};

use super::FewTexts;
use super::sql::columns;

/// Of fewer rows asking each is done before the texts are looked up.
const LEAST_ROWS: usize = 4_096;

/// What begins the names of the columns that are added; no field is called so.
const ASKED: &str = "asked ";

/// The parts that look at each column of few texts.
type Parts = BTreeMap<String, Vec<Expr>>;

/// A frame with what parts of the expressions say of its texts, and the expressions over that frame.
///
/// # Errors
///
/// What polars says of an expression.
pub(crate) fn by_text(frame: &DataFrame, exprs: Vec<Expr>) -> PolarsResult<(DataFrame, Vec<Expr>)> {
    let (mut frame, mut exprs) = (frame.clone(), exprs);
    if frame.height() < LEAST_ROWS {
        return Ok((frame, exprs));
    }
    let parts = parts_of(&exprs, &frame);
    for (column, parts) in &parts {
        for answer in answers(&frame, column, parts)? {
            frame.with_column(answer)?;
        }
    }
    let named =
        parts.iter().flat_map(|(column, parts)| (0..).zip(parts).map(move |(at, part)| (name(column, at), part)));
    let mut named: Vec<(String, &Expr)> = named.collect();
    // A part that stands alone may stand within a larger one too.
    named.sort_by_key(|(_, part)| std::cmp::Reverse(part.into_iter().count()));
    for (name, part) in named {
        let in_its_place = |expr: Expr| expr.map_expr(|other| if other == *part { col(name.as_str()) } else { other });
        exprs = exprs.into_iter().map(in_its_place).collect();
    }
    Ok((frame, exprs))
}

fn name(column: &str, at: usize) -> String {
    format!("{ASKED}{column} {at}")
}

/// The largest conditions in expressions that ask one column of few texts and nothing else.
fn parts_of(exprs: &[Expr], frame: &DataFrame) -> Parts {
    let mut parts = Parts::new();
    for expr in exprs {
        let mut within: BTreeSet<*const Expr> = BTreeSet::new();
        for part in expr {
            if within.contains(&std::ptr::from_ref(part)) {
                continue;
            }
            if let Some(column) = looks_at(part, frame) {
                within.extend(part.into_iter().map(std::ptr::from_ref));
                let known = parts.entry(column).or_default();
                if !known.contains(part) {
                    known.push(part.clone());
                }
            }
        }
    }
    parts
}

/// The column of few texts that a condition looks at, row by row, where all else in it is the same for all rows.
fn looks_at(part: &Expr, frame: &DataFrame) -> Option<String> {
    if matches!(part, Expr::Column(_) | Expr::Literal(_)) || !part.into_iter().all(is_of_one_row) {
        return None;
    }
    let of_frame = columns(part).into_iter().map(|name| frame.column(&name).ok());
    let of_frame: Vec<&Column> = of_frame.collect::<Option<_>>()?;
    let mut varied = of_frame.into_iter().filter(|column| !matches!(column, Column::Scalar(_)));
    let one = varied.next().filter(|column| matches!(column.dtype(), DataType::Enum(..)))?;
    // Numbers and texts could be of another type alone than within the whole; yes and no are not.
    let is_condition = || part.to_field(frame.schema()).is_ok_and(|field| field.dtype == DataType::Boolean);
    (varied.next().is_none() && is_condition()).then(|| one.name().to_string())
}

/// Whether what a part says of a row rests on that row alone, as far as is known here.
fn is_of_one_row(part: &Expr) -> bool {
    use BooleanFunction::{IsIn, IsNotNull, IsNull, Not};
    use FunctionExpr::{Boolean, Coalesce, StringExpr};
    match part {
        Expr::Function { function: Boolean(function), .. } => {
            matches!(function, IsIn { .. } | IsNotNull | IsNull | Not)
        }
        Expr::Function { function, .. } => matches!(function, Coalesce | StringExpr(_)),
        // The list of an IN.
        Expr::Agg(aggregate) => matches!(aggregate, AggExpr::Implode { .. }),
        Expr::Column(_) | Expr::Literal(_) | Expr::BinaryExpr { .. } => true,
        Expr::Cast { .. } | Expr::Ternary { .. } => true,
        _ => false,
    }
}

/// What parts say of each row of a column: of each of its texts, and of none.
fn answers(frame: &DataFrame, column: &str, parts: &[Expr]) -> PolarsResult<Vec<Column>> {
    let cells = frame.column(column)?;
    let DataType::Enum(categories, _) = cells.dtype() else { return Ok(Vec::new()) };
    let mut texts: Vec<Option<&str>> = categories.categories().values_iter().map(Some).collect();
    let none = texts.len() as IdxSize;
    texts.push(None);
    let same = frame.columns().iter().filter_map(|column| match column {
        Column::Scalar(same) => Some(same.resize(texts.len()).into()),
        _ => None,
    });
    let of_texts: Vec<Column> = same.chain([Series::new(column.into(), &texts).into()]).collect();
    let asked = (0..).zip(parts).map(|(at, part)| part.clone().alias(name(column, at)));
    let said = DataFrame::new(texts.len(), of_texts)?.lazy().select(asked.collect::<Vec<_>>()).collect()?;
    let numbers = FewTexts::of(cells).map(|cells| cells.numbers(none)).unwrap_or_default();
    let numbers = IdxCa::from_vec("".into(), numbers);
    said.columns().iter().map(|said| said.take(&numbers)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::few::few_of;
    use super::super::sql::over;
    use super::*;

    /// Projects of which many say the same, some nothing.
    fn frame() -> DataFrame {
        let rows = LEAST_ROWS + 1_000;
        let texts = |name: &str, of: &dyn Fn(usize) -> Option<&'static str>| {
            few_of(name, (0..rows).map(|row| of(row).map(Into::into)), rows).expect("few")
        };
        let problems = [Some("征迁慢"), None, Some("缺资金，征迁慢"), Some(""), Some("无")];
        let days = [Some("2026-01-05"), Some("2026-11-30"), None];
        let plans: Vec<Option<i64>> = (0..).take(rows).map(|row| (row % 11 != 4).then_some(row)).collect();
        let columns = vec![
            texts("problem", &|row| problems[row % 5]),
            texts("start", &|row| days[row % 3]),
            texts("period_last", &|_| Some("2026-10-31")),
            Series::new("plan".into(), plans).into(),
        ];
        DataFrame::new(rows, columns).expect("columns of one height")
    }

    #[test]
    fn what_is_asked_once_a_text_is_what_each_row_says() {
        let frame = frame();
        for (text, parts) in [
            ("problem LIKE '%征迁%' OR problem LIKE '%拆迁%'", 1),
            ("COALESCE(problem LIKE '%资金%', FALSE)", 1),
            ("problem IS NULL", 1),
            ("problem IN ('无', '') OR start > period_last", 2),
            ("start > period_last AND plan > 700", 1),
            ("CASE WHEN problem LIKE '%征迁%' AND start <= period_last THEN plan ELSE 7 END", 2),
            ("SUM(CASE WHEN problem LIKE '%征迁%' THEN plan END)", 1),
            ("SUM(CASE WHEN start IS NULL THEN 1 ELSE 0 END) - COUNT(DISTINCT problem)", 1),
            ("(problem = '无' AND plan > 9) OR (problem = '无' OR COALESCE(problem, '') = '')", 2),
            ("SUBSTR(start, 1, 7)", 0),
            ("start > problem", 0),
            ("plan > 8", 0),
            ("problem", 0),
        ] {
            let expr = over(text, frame.schema()).unwrap().alias("it");
            let (with, exprs) = by_text(&frame, vec![expr.clone()]).unwrap();
            let it = |frame: &DataFrame, expr: Expr| frame.clone().lazy().select([expr]).collect().unwrap();
            let (asked, each) = (it(&with, exprs[0].clone()), it(&frame, expr));
            assert!(asked.equals_missing(&each) && asked.schema() == each.schema(), "{text}");
            assert_eq!(with.width() - frame.width(), parts, "{text}: {:?}", exprs[0]);
        }
    }

    #[test]
    fn of_few_rows_each_is_asked() {
        let frame = frame().head(Some(LEAST_ROWS - 1));
        let expr = over("problem LIKE '%征迁%'", frame.schema()).unwrap();
        let (with, exprs) = by_text(&frame, vec![expr.clone()]).unwrap();
        assert_eq!((with.width(), exprs), (frame.width(), vec![expr]));
    }
}
