//! A book's rules over its rows: true, false or NULL, each counted.

use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, DataFrame, IntoLazy};

use super::{CheckError, Origins, RowPlace, sql, words};
use crate::finding::{Finding, Level, Place};
use crate::profile::{Book, Rule};

/// What the rules of a book had to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckOutcome {
    /// A finding for each row and rule that failed, in order of place; where a whole sheet lacks the
    /// column that the rule asks for, one for the sheet.
    pub findings: Vec<Finding>,
    /// How each rule went, in the book's order.
    pub rules: Vec<RuleCount>,
}

impl CheckOutcome {
    /// Adds what other rules of the same book had to say.
    pub fn join(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.findings.sort();
        self.rules.extend(other.rules);
    }
}

/// How often a rule held, failed, or could not be evaluated for want of a value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RuleCount {
    /// The rule's id.
    pub rule: String,
    /// What a failure asks for.
    pub level: Level,
    /// Rows that it held for.
    pub held: usize,
    /// Rows that failed it.
    pub failed: usize,
    /// Rows that lack a value it needs.
    pub not_evaluated: usize,
}

/// Holds every rule of a book that looks at one row alone against every row of a frame with the columns of its facts.
pub fn check_rows(book: &Book, frame: &DataFrame, origins: &Origins) -> Result<CheckOutcome, CheckError> {
    check_with(book, &|rule| rule.across.is_none(), frame, origins)
}

/// Holds some of a book's rules against every row of a frame that has the columns they name.
pub(super) fn check_with(
    book: &Book,
    wanted: &dyn Fn(&Rule) -> bool,
    frame: &DataFrame,
    origins: &Origins,
) -> Result<CheckOutcome, CheckError> {
    let mut outcome = CheckOutcome::default();
    for rule in book.rules.iter().filter(|rule| wanted(rule)) {
        let fault =
            |fault: String| CheckError::Rules { book: book.id.clone(), fault: format!("{}：{fault}", rule.id) };
        let held = truths(rule, frame).map_err(fault)?;
        let failed: Vec<usize> =
            held.iter().enumerate().filter(|(_, held)| *held == Some(false)).map(|(at, _)| at).collect();
        let not_evaluated = held.null_count();
        outcome.rules.push(RuleCount {
            rule: rule.id.clone(),
            level: rule.level,
            held: held.len() - failed.len() - not_evaluated,
            failed: failed.len(),
            not_evaluated,
        });
        outcome.findings.extend(findings(rule, book, frame, &failed, origins));
    }
    outcome.findings.sort();
    Ok(outcome)
}

/// A rule's outcome for each row.
fn truths(rule: &Rule, frame: &DataFrame) -> Result<BooleanChunked, String> {
    let expr = sql::over(&rule.holds, frame.schema())?;
    let out = frame.clone().lazy().select([expr.alias("holds")]).collect().map_err(|error| error.to_string())?;
    out.columns()[0].bool().cloned().map_err(|error| error.to_string())
}

/// What to say about the rows that fail a rule: each at the cell of the rule's first column, those of
/// a sheet without that column all at once.
fn findings(rule: &Rule, book: &Book, frame: &DataFrame, failed: &[usize], origins: &Origins) -> Vec<Finding> {
    let asked = rule.columns.first().and_then(|column| book.field(column));
    let mut lacking: BTreeMap<Place, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for &row in failed {
        let place = place(rule, book, frame, row, origins);
        match (asked, place.column, &place.sheet) {
            (Some(_), None, Some(sheet)) => {
                *lacking.entry(Place::sheet(&place.file, sheet).of_field(&rule.columns[0])).or_default() += 1;
            }
            _ => {
                let message = words::filled(&rule.message, book, frame, row);
                findings.push(Finding::new(rule.level, &rule.id, place, message, rule.advice.as_str()));
            }
        }
    }
    let title = asked.map_or("", |field| field.title.as_str());
    findings.extend(lacking.into_iter().map(|(place, rows)| {
        let message = format!("没有“{title}”列（涉及本表{rows}行）");
        Finding::new(rule.level, &rule.id, place, message, rule.advice.as_str())
    }));
    findings
}

/// The cell of a rule's first column in a row of the frame.
fn place(rule: &Rule, book: &Book, frame: &DataFrame, row: usize, origins: &Origins) -> Place {
    let text = |column: &str| {
        let cells = frame.column(column).ok().and_then(|column| column.str().ok());
        cells.and_then(|cells| cells.get(row)).unwrap_or_default().to_owned()
    };
    let number = frame.column("row").ok().and_then(|column| column.i64().ok()).and_then(|rows| rows.get(row));
    let known_by = RowPlace {
        file: text("file").into(),
        sheet: text("sheet").into(),
        row: number.and_then(|row| u32::try_from(row).ok()).unwrap_or_default(),
    };
    let field = rule.columns.first().map(String::as_str).unwrap_or_default();
    origins.place(&book.id, &text("key"), &known_by, field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;
    use crate::origin::cell_address;

    /// The rules that each of some projects fails, with the cell they point to.
    fn failures(rows: &[sample::Project]) -> Vec<(String, String)> {
        let book = sample::key_projects();
        let (frame, origins) = sample::frame(&book, rows);
        let outcome = check_rows(&book, &frame, &origins).unwrap();
        for count in &outcome.rules {
            assert_eq!(count.held + count.failed + count.not_evaluated, rows.len(), "{}", count.rule);
        }
        let cell = |finding: &Finding| {
            let place = &finding.place;
            place.column.map_or_else(String::new, |column| cell_address(place.row.unwrap(), column))
        };
        let mut said: Vec<_> = outcome.findings.iter().map(|f| (f.rule.to_string(), cell(f))).collect();
        said.sort();
        said
    }

    fn rules_of(row: sample::Project) -> Vec<String> {
        failures(&[row]).into_iter().map(|(rule, _)| rule).collect()
    }

    #[test]
    fn a_sound_project_fails_nothing() {
        assert_eq!(rules_of(sample::sound()), [""; 0]);
    }

    #[test]
    fn each_rule_finds_its_fault() {
        use sample::Project;
        let sound = sample::sound;
        let cases: Vec<(&str, Project)> = vec![
            ("done.negative", Project { done: Some(-1), done_month: None, rate: None, ..sound() }),
            ("done.missing", Project { done: None, ..sound() }),
            ("plan.missing", Project { plan: None, ..sound() }),
            ("total.missing", Project { total: None, ..sound() }),
            ("done.over_plan", Project { done: Some(1_100), rate: None, ..sound() }),
            ("done.far_over_plan", Project { done: Some(1_500), rate: None, ..sound() }),
            ("done_month.over_done", Project { done_month: Some(501), ..sound() }),
            ("total.exceeded", Project { done_before: Some(4_600), plan: None, rate: None, ..sound() }),
            ("plan.over_rest", Project { done_before: Some(4_200), ..sound() }),
            ("plan.over_total", Project { plan: Some(6_000), done_before: None, rate: None, ..sound() }),
            ("rate.unlike", Project { rate: Some(0.6), ..sound() }),
            ("start.money_before", Project { actual_start: None, status: Some("未开工"), ..sound() }),
            ("start.no_money", Project { done: Some(0), done_month: None, rate: None, ..sound() }),
            ("start.in_future", Project { actual_start: Some("2026-07"), ..sound() }),
            ("finish.before_start", Project { planned_finish: Some("2024-01"), ..sound() }),
            ("unit.missing", Project { unit: None, town: None, ..sound() }),
            ("leader.missing", Project { leader: None, total: Some(10_000), ..sound() }),
            ("problem.missing", Project { done: Some(300), done_month: None, rate: None, ..sound() }),
        ];
        for (rule, row) in cases {
            let said = rules_of(row);
            assert!(said.contains(&rule.to_owned()), "{rule} is not among {said:?}");
        }
    }

    #[test]
    fn a_finding_points_to_the_cell() {
        let over = sample::Project { done: Some(1_100), rate: None, ..sample::sound() };
        let done = sample::column_of("done");
        assert_eq!(failures(&[over]), [("done.over_plan".to_owned(), cell_address(5, done))]);
    }

    #[test]
    fn a_column_that_a_sheet_lacks_is_told_once() {
        let book = sample::key_projects();
        let rows = ["甲", "乙", "丙"].map(|name| sample::Project { name, total: None, ..sample::sound() });
        let (frame, origins) = sample::frame(&book, &rows);
        let said = |origins: &Origins| {
            let findings = check_rows(&book, &frame, origins).unwrap().findings;
            findings.into_iter().filter(|finding| &*finding.rule == "total.missing").collect::<Vec<_>>()
        };
        assert_eq!(said(&origins).len(), 3, "empty cells of a column are told one by one");
        let lacking = said(&Origins::default());
        assert_eq!(lacking.len(), 1);
        assert_eq!((lacking[0].place.row, &*lacking[0].message), (None, "没有“总投资”列（涉及本表3行）"));
    }

    #[test]
    fn a_rate_rounded_to_whole_percent_is_no_fault() {
        // 356/1000 shown as 36%.
        let shown = |rate| sample::Project {
            done: Some(356),
            done_month: None,
            rate: Some(rate),
            problem: Some("征迁"),
            ..sample::sound()
        };
        assert_eq!(rules_of(shown(0.36)), [""; 0]);
        assert_eq!(rules_of(shown(0.3565)), [""; 0]);
        assert_eq!(rules_of(shown(0.37)), ["rate.unlike"]);
        assert_eq!(rules_of(shown(35.6)), ["rate.unlike"]);
    }
}
