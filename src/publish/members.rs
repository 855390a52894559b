//! Which projects a figure counts, and the same in formulas over the detail sheet.
//!
//! Takes a ranking's row, gives the [`Members`] whose own counting reproduces the row's sums; formulas are
//! written from these, so a filter that the workbook cannot express never turns into a wrong formula.

use std::rc::Rc;

use super::detail::{BEHIND, Detail, wan};
use super::index::Indexed;
use super::live::Live;
use crate::amount::Fraction;
use crate::profile::{Book, Kind, Measure, MeasuredIn, RankingPlan, Reckoning};
use crate::rank::Ranked;

/// The projects that a row counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Members {
    /// All of them.
    All,
    /// Those whose group column names the group, alone or among several joined with 、.
    Group { column: String, name: String },
    /// Those whose group column names anyone.
    Anyone { column: String },
}

/// What is added up over the members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aggregate {
    /// How many there are.
    Rows,
    /// An amount.
    Sum(String),
    /// How many have a derived column true.
    Flag(String),
    /// Of how many a derived column can tell.
    Known(String),
    /// How many have a derived column true and one of the words in a text: causes of delay.
    Words { flag: String, field: String, words: Vec<String> },
}

impl Aggregate {
    /// What a measure adds up, where the workbook can follow it.
    pub(super) fn of(measure: &Measure, book: &Book) -> Option<Self> {
        Self::is_plain(measure).then(|| Self::of_sql(&measure.numerator, book)).flatten()
    }

    /// Whether a measure is one aggregate over all rows of its group.
    pub(super) fn is_plain(measure: &Measure) -> bool {
        measure.denominator.is_none() && measure.filter.is_none()
    }

    /// What an SQL aggregate adds up; only texts of which every word is understood.
    pub(super) fn of_sql(sql: &str, book: &Book) -> Option<Self> {
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        if sql.eq_ignore_ascii_case("COUNT(*)") {
            return Some(Self::Rows);
        }
        let derived = |id: &str| book.derived.iter().any(|derived| derived.id == id);
        if let Some(known) = sql.strip_prefix("COUNT(").and_then(|rest| rest.strip_suffix(')')) {
            return derived(known).then(|| Self::Known(known.to_owned()));
        }
        let inner = sql.strip_prefix("SUM(")?.strip_suffix(')')?;
        if let Some(case) = inner.strip_prefix("CASE WHEN ").and_then(|rest| rest.strip_suffix(" END")) {
            let (condition, rest) = case.split_once(" THEN 1")?;
            let flag = condition.split(' ').next().filter(|flag| derived(flag))?;
            let rest = rest.trim();
            let rest_known = ["", "ELSE 0"].contains(&rest) || rest == format!("WHEN NOT {flag} THEN 0");
            return match condition == flag {
                true => rest_known.then(|| Self::Flag(flag.to_owned())),
                false => words(flag, condition).filter(|_| rest_known),
            };
        }
        let amount = book.field(inner).is_some_and(|field| field.kind == Kind::Amount);
        amount.then(|| Self::Sum(inner.to_owned()))
    }

    /// The figure over the members: yuan or a count.
    pub(super) fn value(&self, report: &Indexed, members: &Members) -> i64 {
        report.known(self, members, || self.added_up(report, members))
    }

    fn added_up(&self, report: &Indexed, members: &Members) -> i64 {
        let rows = members.rows(report);
        match self {
            Self::Rows => rows.count() as i64,
            Self::Sum(field) => {
                let yuan = report.facts.cells(field);
                rows.filter_map(|row| yuan.whole(row)).sum()
            }
            Self::Flag(derived) => {
                let truth = truth(report, derived);
                rows.filter(|row| truth(*row) == Some(true)).count() as i64
            }
            Self::Known(derived) => {
                let truth = truth(report, derived);
                rows.filter(|row| truth(*row).is_some()).count() as i64
            }
            Self::Words { flag, field, words } => {
                let (truth, texts) = (truth(report, flag), report.facts.cells(field));
                let named = |text: &str| words.iter().any(|word| text.contains(word));
                let counts = |row: &usize| truth(*row) == Some(true) && texts.text(*row).is_some_and(named);
                rows.filter(counts).count() as i64
            }
        }
    }

    /// The same as a formula; `name_at` is the cell that holds the group's name.
    pub(super) fn formula(&self, live: Live, members: &Members, name_at: &str) -> Option<String> {
        let (detail, book) = (live.detail, live.book);
        let choice = members.choice(live.report, detail, name_at)?;
        if detail.is_summed() {
            return self.formula_over_sums(detail, book, choice, name_at);
        }
        let column = match self {
            Self::Rows => detail.range(&book.subject)?,
            Self::Sum(key) | Self::Flag(key) | Self::Known(key) | Self::Words { flag: key, .. } => detail.range(key)?,
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
            (Self::Known(_), choice) => {
                format!("=SUMPRODUCT({}({column}=\"是\")+({column}=\"否\"))", choice.factor(name_at))
            }
            (Self::Words { field, words, .. }, choice) => {
                let field = detail.range(field)?;
                let found =
                    words.iter().map(|word| format!("ISNUMBER(FIND(\"{}\",{field}))", word.replace('"', "\"\"")));
                let found = found.collect::<Vec<_>>().join("+");
                format!("=SUMPRODUCT({}({column}=\"是\")*(({found})>0))", choice.factor(name_at))
            }
        })
    }
}

impl Aggregate {
    /// The formula where the sheet has sums in place of projects: all that is counted is added up there.
    fn formula_over_sums(&self, detail: &Detail, book: &Book, choice: Choice, name_at: &str) -> Option<String> {
        let column = match self {
            Self::Rows => detail.range(&book.subject)?,
            Self::Sum(key) | Self::Flag(key) => detail.range(key)?,
            Self::Known(_) | Self::Words { .. } => return None,
        };
        let sum = match choice {
            Choice::All => format!("SUM({column})"),
            Choice::Equal(range) => format!("SUMIF({range},{name_at},{column})"),
            Choice::Mask(mask) => format!("SUMPRODUCT({mask},{column})"),
        };
        Some(if matches!(self, Self::Sum(_)) { format!("=ROUND({sum},4)") } else { format!("={sum}") })
    }
}

/// `behind AND (problem LIKE '%征迁%' OR problem LIKE '%拆迁%')`.
fn words(flag: &str, condition: &str) -> Option<Aggregate> {
    let likes = condition.strip_prefix(flag)?.strip_prefix(" AND (")?.strip_suffix(')')?;
    let mut of: Option<&str> = None;
    let mut words = Vec::new();
    for like in likes.split(" OR ") {
        let (field, pattern) = like.split_once(" LIKE ")?;
        let word = pattern.strip_prefix("'%")?.strip_suffix("%'")?;
        let same = *of.get_or_insert(field) == field;
        if !same || word.is_empty() || word.contains(['%', '_', '\'', '(', ')']) {
            return None;
        }
        words.push(word.to_owned());
    }
    Some(Aggregate::Words { flag: flag.to_owned(), field: of?.to_owned(), words })
}

/// A derived column's yes or no in each row, as the detail shows it.
fn truth<'a>(report: &Indexed<'a>, derived: &str) -> impl Fn(usize) -> Option<bool> + use<'a> {
    let (judge, cells) = (report.judge, report.facts.cells(derived));
    let is_behind = derived == BEHIND;
    move |row| if is_behind { judge.behind(row) } else { cells.flag(row) }
}

/// How a formula picks rows.
enum Choice {
    All,
    /// A range that equals the group's cell; only for names that Excel reads as themselves.
    Equal(String),
    /// An array of ones and zeros.
    Mask(String),
}

impl Choice {
    /// What stands before a product of arrays to keep only the chosen rows; the rest is in brackets after it.
    fn factor(&self, name_at: &str) -> String {
        match self {
            Self::All => String::new(),
            Self::Equal(range) => format!("--EXACT({range},{name_at}),"),
            Self::Mask(mask) => format!("{mask},"),
        }
    }
}

impl Members {
    /// Their rows in the facts.
    fn rows<'r>(&self, report: &'r Indexed) -> Box<dyn Iterator<Item = usize> + 'r> {
        match self {
            Self::All => Box::new(0..report.facts.height()),
            Self::Group { column, name } => Box::new(report.rows_of(column, name)),
            Self::Anyone { column } => Box::new(report.rows_with(column)),
        }
    }

    fn choice(&self, report: &Indexed, detail: &Detail, name_at: &str) -> Option<Choice> {
        Some(match self {
            Self::All => Choice::All,
            Self::Anyone { column } => Choice::Mask(format!("--(LEN({})>0)", detail.range(column)?)),
            Self::Group { column, name } => {
                let range = detail.range(column)?;
                let joined = report.is_joined(column);
                match joined {
                    true => Choice::Mask(format!("--ISNUMBER(FIND(\"、\"&{name_at}&\"、\",\"、\"&{range}&\"、\"))")),
                    false if is_plain(name) => Choice::Equal(range),
                    false => Choice::Mask(format!("--EXACT({range},{name_at})")),
                }
            }
        })
    }

    /// Whether their own counting gives a stated sum.
    fn give(&self, report: &Indexed, (sum, stated): &(Rc<Aggregate>, Fraction)) -> bool {
        Fraction::from_integer(sum.value(report, self).into()) == *stated
    }

    /// Whether a row's group, and nothing else, explains all its sums: then the ranking leaves no project out.
    pub(super) fn is_whole_group(report: &Indexed, plan: &RankingPlan, row: &Ranked) -> bool {
        let group = Self::Group { column: plan.group.clone(), name: row.group.clone() };
        sums(report, plan, row).iter().all(|sum| group.give(report, sum))
    }

    /// The members under which the row's sums come out as the row states them.
    pub(super) fn of_row(report: &Indexed, plan: &RankingPlan, row: &Ranked) -> Option<Self> {
        let candidates = [
            Self::Group { column: plan.group.clone(), name: row.group.clone() },
            Self::All,
            Self::Anyone { column: "leader_group".to_owned() },
        ];
        let sums = sums(report, plan, row);
        let agreeing = |members: &Self| sums.iter().filter(|sum| members.give(report, sum)).count();
        let mut best: Option<(usize, Self)> = None;
        for members in candidates {
            let score = agreeing(&members);
            if score > 0 && score == sums.len() {
                return Some(members);
            }
            if score > best.as_ref().map_or(0, |(most, _)| *most) {
                best = Some((score, members));
            }
        }
        best.map(|(_, members)| members)
    }
}

/// What a row states of all that the workbook can add up.
fn sums(report: &Indexed, plan: &RankingPlan, row: &Ranked) -> Vec<(Rc<Aggregate>, Fraction)> {
    let stated = row.figures.iter().filter_map(|figure| {
        let measure = report.measure(&plan.book, &figure.measure)?;
        Some((report.aggregate_of(measure)?, figure.value?))
    });
    stated.collect()
}

/// Whether a criterion means just this text: no wildcard, no comparison, no number, no letter case, not too long.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= 200
        && !name.chars().any(|c| {
            c.is_ascii() || c.is_numeric() || "＊？～＝＜＞".contains(c) || c.is_lowercase() || c.is_uppercase()
        })
}

/// A measure's value in the unit it is shown in; of the lag, the lead in 百分点.
pub fn shown_value(measure: &Measure, value: Fraction) -> f64 {
    let hundred = Fraction::from_integer(100);
    match (measure.kind, measure.measured_in) {
        (Reckoning::Lag, _) => crate::amount::to_f64(-value * hundred),
        (_, MeasuredIn::Points) => crate::amount::to_f64(value * hundred),
        (_, MeasuredIn::Yuan) if value.is_integer() => {
            i64::try_from(*value.numer()).map_or_else(|_| crate::amount::to_f64(value / 10_000), wan)
        }
        (_, MeasuredIn::Yuan) => crate::amount::to_f64(value / 10_000),
        (_, MeasuredIn::Count | MeasuredIn::Fraction | MeasuredIn::Score) => crate::amount::to_f64(value),
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

    #[test]
    fn only_sql_that_is_understood_to_its_end_becomes_a_formula() {
        let book: Book = toml::from_str(
            r#"
            id = "b"
            title = "账"
            row = "项目"
            words = []
            subject = "name"
            field = [{ id = "done", title = "完成", kind = "amount", spellings = [] }, { id = "name", title = "名", kind = "text", spellings = [] }]
            derived = [{ id = "behind", title = "慢", sql = "done < 1" }]
            "#,
        )
        .unwrap();
        let of = |sql: &str| Aggregate::of_sql(sql, &book);
        assert_eq!(of("SUM(done)"), Some(Aggregate::Sum("done".into())));
        assert_eq!(
            of("SUM(CASE WHEN behind THEN 1 WHEN NOT behind THEN 0 END)"),
            Some(Aggregate::Flag("behind".into()))
        );
        assert_eq!(of("COUNT(behind)"), Some(Aggregate::Known("behind".into())));
        let causes = "SUM(CASE WHEN behind AND (name LIKE '%征迁%' OR name LIKE '%拆迁%') THEN 1 ELSE 0 END)";
        let words = vec!["征迁".to_owned(), "拆迁".to_owned()];
        assert_eq!(of(causes), Some(Aggregate::Words { flag: "behind".into(), field: "name".into(), words }));
        for other in [
            "SUM(done) - 1",
            "SUM(name)",
            "SUM(CASE WHEN behind AND done > 5 THEN 1 ELSE 0 END)",
            "SUM(CASE WHEN behind AND (name LIKE '%征_迁%') THEN 1 ELSE 0 END)",
            "SUM(CASE WHEN behind AND (name LIKE '%征迁%' OR done LIKE '%1%') THEN 1 ELSE 0 END)",
            "COUNT(done)",
            "",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
