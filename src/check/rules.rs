//! A book's rules over its rows: true, false or NULL, each counted.

use polars::prelude::{BooleanChunked, DataFrame, IntoLazy};

use super::{CheckError, Origins, RowPlace, sql, words};
use crate::finding::{Finding, Level};
use crate::profile::{Book, Rule};

/// What the rules of a book had to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckOutcome {
    /// A finding for each row and rule that failed, in order of place.
    pub findings: Vec<Finding>,
    /// How each rule went, in the book's order.
    pub rules: Vec<RuleCount>,
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

/// Holds every rule of a book against every row of a frame with the columns of its facts.
pub fn check_rows(book: &Book, frame: &DataFrame, origins: &Origins) -> Result<CheckOutcome, CheckError> {
    let mut outcome = CheckOutcome::default();
    for rule in &book.rules {
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
        outcome.findings.extend(failed.into_iter().map(|row| finding(rule, book, frame, row, origins)));
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

/// What to say about a row that fails a rule, at the cell of the rule's first column.
fn finding(rule: &Rule, book: &Book, frame: &DataFrame, row: usize, origins: &Origins) -> Finding {
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
    let place = origins.place(&book.id, &text("key"), &known_by, field);
    Finding::new(rule.level, &rule.id, place, words::filled(&rule.message, book, frame, row), rule.advice.as_str())
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
