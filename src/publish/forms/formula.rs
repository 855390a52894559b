//! Rules as spreadsheet formulas: when a row breaks a rule, as the office's own check would say.
//!
//! Takes an [`Expr`] and where a row's values stand ([`RowCells`]), gives a formula that is TRUE exactly where
//! the expression is FALSE in SQL; what could not be evaluated breaks nothing. `None` for what a form does not
//! show: groups of the ranking, the last day of a month that may have been typed as its first.

use std::collections::BTreeMap;

use super::sql::{Expr, parsed};
use crate::amount::YUAN_PER_WAN;
use crate::profile::{Book, Kind};

/// Derived columns within one another go no deeper in any book.
const DEEPEST: usize = 8;

/// Where the values of a row stand.
pub(super) struct RowCells<'a> {
    /// The book, for kinds and derived columns.
    pub(super) book: &'a Book,
    /// The cell of each field's value: `$K6`.
    pub(super) fields: BTreeMap<&'a str, String>,
    /// The cell of each field's value of the last period.
    pub(super) last: BTreeMap<&'a str, String>,
    /// What is the same for all rows, as numbers: days as serials.
    pub(super) constants: BTreeMap<&'static str, i64>,
}

/// A value: how it is written, and when it is there.
#[derive(Clone)]
struct Scalar {
    text: bool,
    value: String,
    /// `None`: always.
    known: Option<String>,
}

/// A truth: when it is TRUE and when it is FALSE; neither where it cannot be evaluated.
struct Truth {
    yes: String,
    no: String,
}

impl RowCells<'_> {
    /// The formula, without `=`, that is TRUE where an SQL predicate is FALSE.
    pub(super) fn breaks(&self, holds: &str) -> Option<String> {
        Some(self.truth(&parsed(holds)?, 0)?.no)
    }

    fn truth(&self, expr: &Expr, depth: usize) -> Option<Truth> {
        let of = |expr| self.truth(expr, depth);
        Some(match expr {
            Expr::Truth(true) => Truth { yes: "TRUE".into(), no: "FALSE".into() },
            Expr::Truth(false) => Truth { yes: "FALSE".into(), no: "TRUE".into() },
            Expr::Not(inner) => of(inner).map(|Truth { yes, no }| Truth { yes: no, no: yes })?,
            Expr::And(a, b) => of(a)?.joined("AND", "OR", &of(b)?),
            Expr::Or(a, b) => of(a)?.joined("OR", "AND", &of(b)?),
            Expr::IsNull(inner) => {
                let known = self.known(inner, depth)?;
                Truth { yes: format!("NOT({known})"), no: known }
            }
            Expr::Compared(sign, a, b) => {
                let (a, b) = (self.scalar(a, depth)?, self.scalar(b, depth)?);
                let test = (a.text == b.text).then(|| format!("{}{sign}{}", a.value, b.value))?;
                Truth::of(&[&a.known, &b.known], &test)
            }
            Expr::Holds(inner, words) => {
                let inner = self.scalar(inner, depth).filter(|inner| inner.text)?;
                Truth::of(&[&inner.known], &format!("ISNUMBER(FIND({},{}))", quoted(words), inner.value))
            }
            Expr::In(inner, list) => {
                let inner = self.scalar(inner, depth)?;
                let same = |one: &Expr| {
                    let one = self.scalar(one, depth).filter(|one| one.text == inner.text && one.known.is_none())?;
                    Some(format!("{}={}", inner.value, one.value))
                };
                let tests: Option<Vec<String>> = list.iter().map(same).collect();
                Truth::of(&[&inner.known], &format!("OR({})", tests?.join(",")))
            }
            Expr::Case(cases, otherwise) => self.truth_by_case(cases, otherwise.as_deref(), depth)?,
            Expr::Call(name, args) => match (name.as_str(), args.as_slice()) {
                ("COALESCE", [first, Expr::Truth(else_)]) => {
                    let first = of(first)?;
                    match else_ {
                        true => Truth { yes: format!("NOT({})", first.no), no: first.no },
                        false => Truth { no: format!("NOT({})", first.yes), yes: first.yes },
                    }
                }
                _ => return None,
            },
            Expr::Column(name) if name == "last_in_year" => {
                Truth { yes: format!("{}<>\"\"", self.last.values().next()?), no: "FALSE".into() }
            }
            Expr::Column(name) => self.truth(&self.derived(name, depth)?, depth + 1)?,
            Expr::Number(_) | Expr::Text(_) | Expr::Reckoned(..) => return None,
        })
    }

    fn truth_by_case(&self, cases: &[(Expr, Expr)], otherwise: Option<&Expr>, depth: usize) -> Option<Truth> {
        let mut truth = match otherwise {
            Some(otherwise) => self.truth(otherwise, depth)?,
            None => Truth { yes: "FALSE".into(), no: "FALSE".into() },
        };
        for (when, then) in cases.iter().rev() {
            let (when, then) = (self.truth(when, depth)?.yes, self.truth(then, depth)?);
            let (yes, no) = (then.yes, then.no);
            truth =
                Truth { yes: format!("IF({when},{yes},{})", truth.yes), no: format!("IF({when},{no},{})", truth.no) };
        }
        Some(truth)
    }

    /// The tree of a derived column.
    fn derived(&self, name: &str, depth: usize) -> Option<Expr> {
        let derived = self.book.derived.iter().find(|derived| derived.id == name).filter(|_| depth < DEEPEST)?;
        parsed(&derived.sql)
    }

    /// When a value is there.
    fn known(&self, expr: &Expr, depth: usize) -> Option<String> {
        if let Expr::Column(name) = expr
            && let Some((kind, cell)) = self.cell(name)
        {
            return Some(filled(kind, cell));
        }
        Some(self.scalar(expr, depth)?.known.unwrap_or_else(|| "TRUE".into()))
    }

    fn scalar(&self, expr: &Expr, depth: usize) -> Option<Scalar> {
        Some(match expr {
            Expr::Number(number) => Scalar { text: false, value: number.clone(), known: None },
            Expr::Text(text) => Scalar { text: true, value: quoted(text), known: None },
            Expr::Column(name) => self.column(name, depth)?,
            Expr::Reckoned(sign, a, b) => {
                let (a, b) = (self.scalar(a, depth)?, self.scalar(b, depth)?);
                // A quotient by nothing is NULL in SQL and a fault in a spreadsheet.
                if a.text || b.text || *sign == '/' {
                    return None;
                }
                let value = format!("({}{sign}{})", a.value, b.value);
                Scalar { text: false, value, known: both(&[&a.known, &b.known]) }
            }
            Expr::Call(name, args) => self.call(name, args, depth)?,
            Expr::Case(cases, otherwise) => self.scalar_by_case(cases, otherwise.as_deref(), depth)?,
            _ => return None,
        })
    }

    fn scalar_by_case(&self, cases: &[(Expr, Expr)], otherwise: Option<&Expr>, depth: usize) -> Option<Scalar> {
        let first = self.scalar(&cases.first()?.1, depth)?;
        let nothing = if first.text { "\"\"" } else { "0" };
        let mut made = match otherwise {
            Some(otherwise) => self.scalar(otherwise, depth)?,
            None => Scalar { text: first.text, value: nothing.into(), known: Some("FALSE".into()) },
        };
        for (when, then) in cases.iter().rev() {
            let (when, then) = (self.truth(when, depth)?.yes, self.scalar(then, depth)?);
            if then.text != made.text {
                return None;
            }
            let known = |scalar: &Scalar| scalar.known.clone().unwrap_or_else(|| "TRUE".into());
            made = Scalar {
                text: then.text,
                value: format!("IF({when},{},{})", then.value, made.value),
                known: Some(format!("IF({when},{},{})", known(&then), known(&made))),
            };
        }
        Some(made)
    }

    fn call(&self, name: &str, args: &[Expr], depth: usize) -> Option<Scalar> {
        match (name, args) {
            ("ABS" | "FLOOR", [inner]) => {
                let inner = self.scalar(inner, depth).filter(|inner| !inner.text)?;
                let function = if name == "ABS" { "ABS" } else { "INT" };
                Some(Scalar { value: format!("{function}({})", inner.value), ..inner })
            }
            ("COALESCE", [args @ .., last]) => {
                let mut made = self.scalar(last, depth)?;
                for arg in args.iter().rev() {
                    let arg = self.scalar(arg, depth).filter(|arg| arg.text == made.text)?;
                    let Some(known) = arg.known.clone() else {
                        made = arg;
                        continue;
                    };
                    let either = made.known.as_ref().map(|other| format!("OR({known},{other})"));
                    made = Scalar {
                        text: made.text,
                        value: format!("IF({known},{},{})", arg.value, made.value),
                        known: either,
                    };
                }
                Some(made)
            }
            _ => None,
        }
    }

    fn column(&self, name: &str, depth: usize) -> Option<Scalar> {
        if let Some(number) = self.constants.get(name) {
            return Some(Scalar { text: false, value: number.to_string(), known: None });
        }
        if let Some((kind, cell)) = self.cell(name) {
            let value = match kind {
                // To the yuan, as the office reckons.
                Kind::Amount => format!("ROUND(N({cell})*{YUAN_PER_WAN},0)"),
                Kind::Rate | Kind::Count | Kind::Number => format!("N({cell})"),
                Kind::Choice | Kind::Text => format!("{cell}&\"\""),
                // As precise as it was typed, which no formula can tell.
                Kind::Date => return None,
            };
            let text = matches!(kind, Kind::Choice | Kind::Text);
            return Some(Scalar { text, value, known: Some(filled(kind, cell)) });
        }
        if let Some((Kind::Date, cell)) = name.strip_suffix("_first").and_then(|field| self.cell(field)) {
            let known = format!("N({cell})>{FIRST_DAY}");
            return Some(Scalar { text: false, value: format!("N({cell})"), known: Some(known) });
        }
        if let Some((Kind::Choice, _)) = name.strip_suffix("_choice").and_then(|field| self.cell(field)) {
            return self.column(name.strip_suffix("_choice")?, depth);
        }
        self.scalar(&self.derived(name, depth)?, depth + 1)
    }

    /// The cell of a field, or of its last value, and the field's kind.
    fn cell(&self, name: &str) -> Option<(Kind, &str)> {
        let here = self.fields.get_key_value(name).map(|(field, cell)| (*field, cell));
        let found =
            here.or_else(|| self.last.get_key_value(name.strip_prefix("last_")?).map(|(field, cell)| (*field, cell)));
        let (field, cell) = found?;
        Some((self.book.field(field)?.kind, cell))
    }
}

/// Serials up to this (1979) are years or counts, and no days.
pub(super) const FIRST_DAY: i64 = 29_000;

/// When a cell holds a value of a kind.
fn filled(kind: Kind, cell: &str) -> String {
    match kind {
        Kind::Amount | Kind::Rate | Kind::Count | Kind::Number => format!("ISNUMBER({cell})"),
        Kind::Date | Kind::Choice | Kind::Text => format!("TRIM({cell})<>\"\""),
    }
}

impl Truth {
    /// A test of values that must all be there.
    fn of(known: &[&Option<String>], test: &str) -> Self {
        match both(known) {
            None => Self { yes: test.to_owned(), no: format!("NOT({test})") },
            Some(known) => Self { yes: format!("AND({known},{test})"), no: format!("AND({known},NOT({test}))") },
        }
    }

    fn joined(&self, yes: &str, no: &str, other: &Self) -> Self {
        Self { yes: format!("{yes}({},{})", self.yes, other.yes), no: format!("{no}({},{})", self.no, other.no) }
    }
}

fn both(known: &[&Option<String>]) -> Option<String> {
    let mut known: Vec<&str> = known.iter().filter_map(|known| known.as_deref()).collect();
    known.dedup();
    match known.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        many => Some(format!("AND({})", many.join(","))),
    }
}

/// A text as formulas write it.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn breaks(holds: &str) -> Option<String> {
        let profile = Profile::built_in();
        let book = profile.book("key_projects").unwrap();
        let cells = [("plan", "$C5"), ("done", "$D5"), ("rate", "$E5"), ("problem", "$F5"), ("actual_start", "$G5")];
        let fields = cells.map(|(field, cell)| (field, cell.to_owned())).into();
        let last = [("done", "$B5".to_owned())].into();
        let constants = [("schedule_num", 5), ("schedule_den", 12), ("period_last", 46_173)].into();
        RowCells { book, fields, last, constants }.breaks(holds)
    }

    #[test]
    fn amounts_are_compared_to_the_yuan_and_only_where_both_are_there() {
        let plan = "ROUND(N($C5)*10000,0)";
        let done = "ROUND(N($D5)*10000,0)";
        let known = "AND(ISNUMBER($D5),ISNUMBER($C5))";
        assert_eq!(breaks("done <= plan").unwrap(), format!("AND({known},NOT({done}<={plan}))"));
        assert_eq!(
            breaks("done >= last_done").unwrap(),
            "AND(AND(ISNUMBER($D5),ISNUMBER($B5)),NOT(ROUND(N($D5)*10000,0)>=ROUND(N($B5)*10000,0)))"
        );
        assert_eq!(breaks("plan IS NOT NULL").unwrap(), "NOT(ISNUMBER($C5))");
    }

    #[test]
    fn truths_of_three_values_are_turned_around_as_sql_does() {
        // NOT (a OR b) is broken where a OR b is TRUE: where one of them is.
        let broken = breaks("NOT (done > 0 OR plan > 0)").unwrap();
        assert_eq!(broken, "OR(AND(ISNUMBER($D5),ROUND(N($D5)*10000,0)>0),AND(ISNUMBER($C5),ROUND(N($C5)*10000,0)>0))");
        assert_eq!(
            breaks("problem LIKE '%征迁%'").unwrap(),
            "AND(TRIM($F5)<>\"\",NOT(ISNUMBER(FIND(\"征迁\",$F5&\"\"))))"
        );
        assert_eq!(breaks("actual_start_first <= period_last").unwrap(), "AND(N($G5)>29000,NOT(N($G5)<=46173))");
    }

    #[test]
    fn what_a_form_cannot_show_is_left_to_the_office() {
        for holds in [
            "leader_group IS NOT NULL",
            "actual_start_last >= period_last",
            "SUBSTR(problem, 1, 2) = '无'",
            "done / plan < 1",
            "total > 0",
        ] {
            assert_eq!(breaks(holds), None, "{holds}");
        }
    }

    #[test]
    fn a_derived_column_is_followed_into_its_own_words() {
        let behind = breaks("NOT behind").unwrap();
        assert!(
            behind.contains("*12") && behind.contains("*5") && behind.starts_with("IF(AND(ISNUMBER($C5)"),
            "{behind}"
        );
    }
}
