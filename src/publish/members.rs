//! Which projects a figure counts, and the same in formulas over the detail sheet.
//!
//! Takes a ranking's row, gives the [`Members`] whose own counting reproduces the row's sums; formulas are
//! written from these, so a filter that the workbook cannot express never turns into a wrong formula.

use super::detail::{BEHIND, Detail, behind, flag, wan};
use super::report::Report;
use crate::amount::Fraction;
use crate::profile::{Book, Kind, Measure, MeasuredIn, RankingPlan};
use crate::rank::Ranked;

/// The projects that a row counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Members {
    /// All of them.
    All,
    /// Those whose group column names the group, alone or among several joined with 、.
    Group { column: String, name: String },
    /// Those whose group column names anyone.
    Anyone { column: String },
}

/// What is added up over the members.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Aggregate {
    /// How many there are.
    Rows,
    /// An amount.
    Sum(String),
    /// How many have a derived column true.
    Flag(String),
}

impl Aggregate {
    /// What a measure adds up, where the workbook can follow it.
    pub(super) fn of(measure: &Measure, book: &Book) -> Option<Self> {
        if measure.denominator.is_some() {
            return None;
        }
        Self::of_sql(&measure.numerator, measure.filter.as_deref(), book)
    }

    /// What an SQL aggregate adds up.
    pub(super) fn of_sql(sql: &str, filter: Option<&str>, book: &Book) -> Option<Self> {
        let plain: String = sql.chars().filter(|c| !c.is_whitespace()).collect();
        let flags = |sql: &str| {
            let words: Vec<&str> = sql.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let mut named = book.derived.iter().filter(|derived| words.contains(&derived.id.as_str()));
            let only = named.next().map(|derived| Self::Flag(derived.id.clone()));
            only.filter(|_| named.next().is_none())
        };
        if let Some(filter) = filter {
            return flags(filter).filter(|_| plain.eq_ignore_ascii_case("COUNT(*)"));
        }
        if plain.eq_ignore_ascii_case("COUNT(*)") {
            return Some(Self::Rows);
        }
        let inner = plain.to_uppercase().starts_with("SUM(").then(|| plain[4..].trim_end_matches(')'));
        let amount = |field: &&str| book.field(field).is_some_and(|field| field.kind == Kind::Amount);
        inner.filter(amount).map(|field| Self::Sum(field.to_owned())).or_else(|| flags(sql))
    }

    /// The figure over the members: yuan or a count.
    pub(super) fn value(&self, report: &Report, members: &Members) -> i64 {
        let rows = (0..report.facts.height()).filter(|row| members.has(report, *row));
        match self {
            Self::Rows => rows.count() as i64,
            Self::Sum(field) => rows.filter_map(|row| report.facts.whole(field, row)).sum(),
            Self::Flag(derived) if derived == BEHIND => {
                rows.filter(|row| behind(report, *row) == Some(true)).count() as i64
            }
            Self::Flag(derived) => rows.filter(|row| flag(report.facts, derived, *row) == Some(true)).count() as i64,
        }
    }

    /// The same as a formula; `name_at` is the cell that holds the group's name.
    pub(super) fn formula(&self, detail: &Detail, book: &Book, members: &Members, name_at: &str) -> Option<String> {
        let choice = members.choice(detail, name_at)?;
        let column = match self {
            Self::Rows => detail.range(&book.subject)?,
            Self::Sum(key) | Self::Flag(key) => detail.range(key)?,
        };
        Some(match (self, choice) {
            (Self::Rows, Choice::All) => format!("=COUNTA({column})"),
            (Self::Rows, Choice::Equal(range)) => format!("=COUNTIF({range},{name_at})"),
            (Self::Rows, Choice::Mask(mask)) => format!("=SUMPRODUCT({mask})"),
            (Self::Sum(_), Choice::All) => format!("=ROUND(SUM({column}),4)"),
            (Self::Sum(_), Choice::Equal(range)) => format!("=ROUND(SUMIF({range},{name_at},{column}),4)"),
            (Self::Sum(_), Choice::Mask(mask)) => format!("=ROUND(SUMPRODUCT({mask},{column}),4)"),
            (Self::Flag(_), Choice::All) => format!("=COUNTIF({column},\"是\")"),
            (Self::Flag(_), Choice::Equal(range)) => format!("=COUNTIFS({range},{name_at},{column},\"是\")"),
            (Self::Flag(_), Choice::Mask(mask)) => format!("=SUMPRODUCT({mask},--({column}=\"是\"))"),
        })
    }
}

/// How a formula picks rows.
enum Choice {
    All,
    /// A range that equals the group's cell; only for names that Excel reads as themselves.
    Equal(String),
    /// An array of ones and zeros.
    Mask(String),
}

impl Members {
    /// Whether they include a row of the facts.
    pub(super) fn has(&self, report: &Report, row: usize) -> bool {
        match self {
            Self::All => true,
            Self::Group { column, name } => {
                report.facts.text(column, row).is_some_and(|text| text.split('、').any(|one| one == name))
            }
            Self::Anyone { column } => report.facts.text(column, row).is_some_and(|text| !text.is_empty()),
        }
    }

    fn choice(&self, detail: &Detail, name_at: &str) -> Option<Choice> {
        Some(match self {
            Self::All => Choice::All,
            Self::Anyone { column } => Choice::Mask(format!("--(LEN({})>0)", detail.range(column)?)),
            Self::Group { column, name } => {
                let range = detail.range(column)?;
                let joined = detail.order.iter().any(|row| {
                    matches!(detail.cell(column, *row).map(|cell| &cell.value), Some(super::table::Value::Text(text)) if text.contains('、'))
                });
                match joined {
                    true => Choice::Mask(format!("--ISNUMBER(FIND(\"、\"&{name_at}&\"、\",\"、\"&{range}&\"、\"))")),
                    false if is_plain(name) => Choice::Equal(range),
                    false => Choice::Mask(format!("--EXACT({range},{name_at})")),
                }
            }
        })
    }

    /// The members under which the row's sums come out as the row states them.
    pub(super) fn of_row(report: &Report, book: &Book, plan: &RankingPlan, row: &Ranked) -> Option<Self> {
        let candidates = [
            Self::Group { column: plan.group.clone(), name: row.group.clone() },
            Self::All,
            Self::Anyone { column: "leader_group".to_owned() },
        ];
        let agreeing = |members: &Self| {
            let stated = row.figures.iter().filter_map(|figure| {
                let measure = report.measure(&plan.book, &figure.measure)?;
                Some((Aggregate::of(measure, book)?, figure.value?))
            });
            stated.filter(|(sum, value)| Fraction::from_integer(sum.value(report, members).into()) == *value).count()
        };
        let mut best: Option<(usize, Self)> = None;
        for members in candidates {
            let score = agreeing(&members);
            if score > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((score, members));
            }
        }
        best.map(|(_, members)| members)
    }
}

/// Whether a criterion means just this text: no wildcard, no comparison, no number, no letter case, not too long.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 200
        && !name.chars().any(|c| {
            c.is_ascii() || c.is_numeric() || "＊？～＝＜＞".contains(c) || c.is_lowercase() || c.is_uppercase()
        })
}

/// A measure's value in the unit it is shown in; of the lag, the lead in 百分点.
pub(super) fn shown_value(measure: &Measure, value: Fraction) -> f64 {
    let hundred = Fraction::from_integer(100);
    match (measure.id.as_str(), measure.measured_in) {
        ("lag", _) => crate::amount::to_f64(-value * hundred),
        (_, MeasuredIn::Points) => crate::amount::to_f64(value * hundred),
        (_, MeasuredIn::Yuan) if value.is_integer() => {
            i64::try_from(*value.numer()).map_or_else(|_| crate::amount::to_f64(value / 10_000), wan)
        }
        (_, MeasuredIn::Yuan) => crate::amount::to_f64(value / 10_000),
        (_, MeasuredIn::Count | MeasuredIn::Fraction) => crate::amount::to_f64(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_mean_themselves_are_criteria() {
        assert!(is_plain("城关镇") && is_plain("县住房和城乡建设局（本级）"));
        for odd in ["", "A镇", "12", "城*镇", ">5", "=城关镇", "１２", "～镇", &"很".repeat(201)] {
            assert!(!is_plain(odd), "{odd}");
        }
    }
}
