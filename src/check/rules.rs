//! A book's rules over its rows: true, false or NULL, each counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::{AnyValue, BooleanChunked, Column, DataFrame, Expr, Int64Chunked, IntoLazy, StringChunked};

use super::by_text::by_text;
use super::words::Message;
use super::{CheckError, Origins, RowPlace, sql};
use crate::finding::{Finding, Level, Place};
use crate::profile::{Book, Rule};
use crate::text::TextSet;

/// What the rules of a book had to say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CheckOutcome {
    /// A finding for each row and rule that failed, in no order that counts; where a whole sheet lacks the
    /// column that the rule asks for, one for the sheet.
    pub findings: Vec<Finding>,
    /// How each rule went, in the book's order.
    pub rules: Vec<RuleCount>,
}

impl CheckOutcome {
    /// Adds what other rules of the same book had to say.
    pub fn join(&mut self, other: Self) {
        self.findings.extend(other.findings);
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
///
/// # Errors
///
/// SQL that validation would have refused.
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
    let rules: Vec<&Rule> = book.rules.iter().filter(|rule| wanted(rule)).collect();
    let fault = |(rule, fault): (&Rule, String)| CheckError::Rules {
        book: book.id.clone(),
        fault: format!("{}：{fault}", rule.id),
    };
    let mut rows = Rows::of(book, frame, origins);
    let mut outcome = CheckOutcome::default();
    for (rule, held) in rules.iter().zip(truths(&rules, frame).map_err(fault)?) {
        let (held_for, not_evaluated) = (held.sum().unwrap_or_default() as usize, held.null_count());
        let failed = held.len() - held_for - not_evaluated;
        outcome.rules.push(RuleCount {
            rule: rule.id.clone(),
            level: rule.level,
            held: held_for,
            failed,
            not_evaluated,
        });
        outcome.findings.reserve_exact(failed);
        rows.find(rule, &held, &mut outcome.findings);
    }
    Ok(outcome)
}

/// Every rule's outcome for each row, in one pass over the rows.
fn truths<'r>(rules: &[&'r Rule], frame: &DataFrame) -> Result<Vec<BooleanChunked>, (&'r Rule, String)> {
    let expr = |(at, rule): (usize, &&'r Rule)| {
        let expr = sql::over(&rule.holds, frame.schema()).map_err(|fault| (*rule, fault))?;
        Ok(expr.alias(format!("{at}").as_str()))
    };
    let exprs: Vec<Expr> = rules.iter().enumerate().map(expr).collect::<Result<_, _>>()?;
    let select = |exprs: Vec<Expr>| {
        let (asked, exprs) = by_text(frame, exprs)?;
        asked.lazy().select(exprs).collect()
    };
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let out = select(exprs.clone()).map_err(|error| {
        // Which of them it is, is told by each alone.
        let alone =
            rules.iter().zip(exprs).find_map(|(rule, expr)| Some((*rule, select(vec![expr]).err()?.to_string())));
        alone.unwrap_or_else(|| (rules[0], error.to_string()))
    })?;
    let truth =
        |(rule, column): (&&'r Rule, &Column)| column.bool().cloned().map_err(|error| (*rule, error.to_string()));
    rules.iter().zip(out.columns()).map(truth).collect()
}

/// The rows of a frame as findings speak of them: their places and names looked up once.
struct Rows<'a> {
    book: &'a Book,
    frame: &'a DataFrame,
    origins: &'a Origins,
    file: Texts<'a>,
    sheet: Texts<'a>,
    key: Option<&'a StringChunked>,
    row: Option<&'a Int64Chunked>,
}

/// A column of names, each of them kept once.
struct Texts<'a> {
    cells: Option<&'a Column>,
    known: TextSet<Arc<str>>,
}

impl<'a> Texts<'a> {
    fn of(frame: &'a DataFrame, column: &str) -> Self {
        Self { cells: frame.column(column).ok(), known: TextSet::default() }
    }

    fn get(&mut self, row: usize) -> Arc<str> {
        let cell = self.cells.and_then(|cells| cells.get(row).ok());
        let text = cell.as_ref().and_then(AnyValue::get_str).unwrap_or_default();
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let text: Arc<str> = text.into();
        self.known.insert(text.clone());
        text
    }
}

impl<'a> Rows<'a> {
    fn of(book: &'a Book, frame: &'a DataFrame, origins: &'a Origins) -> Self {
        let row = frame.column("row").ok().and_then(|column| column.i64().ok());
        let (file, sheet) = (Texts::of(frame, "file"), Texts::of(frame, "sheet"));
        let key = frame.column("key").ok().and_then(|column| column.str().ok());
        Self { book, frame, origins, file, sheet, key, row }
    }

    /// What to say about the rows that fail a rule: each at the cell of the rule's first column, those of
    /// a sheet without that column all at once.
    fn find(&mut self, rule: &Rule, held: &BooleanChunked, findings: &mut Vec<Finding>) {
        let asked = rule.columns.first().and_then(|column| self.book.field(column));
        let mut lacking: BTreeMap<Place, usize> = BTreeMap::new();
        let (id, advice): (Arc<str>, Arc<str>) = (rule.id.as_str().into(), rule.advice.as_str().into());
        let message = Message::of(&rule.message, self.book, self.frame);
        let finding =
            |place: Place, message: &str| Finding::new(rule.level, id.clone(), place, message, advice.clone());
        let mut words = String::new();
        for (row, _) in held.iter().enumerate().filter(|(_, held)| *held == Some(false)) {
            let place = self.place(rule, row);
            match (asked, place.column(), &place.sheet) {
                (Some(_), None, Some(sheet)) => {
                    *lacking.entry(Place::sheet(&place.file, sheet).of_field(&rule.columns[0])).or_default() += 1;
                }
                _ => {
                    words.clear();
                    message.put_row(row, &mut words);
                    findings.push(finding(place, &words));
                }
            }
        }
        let title = asked.map_or("", |field| field.title.as_str());
        let of_sheet = |(place, rows)| finding(place, &format!("没有“{title}”列（涉及本表{rows}行）"));
        findings.extend(lacking.into_iter().map(of_sheet));
    }

    /// The cell of a rule's first column in a row of the frame.
    fn place(&mut self, rule: &Rule, row: usize) -> Place {
        let number = self.row.and_then(|rows| rows.get(row)).and_then(|row| u32::try_from(row).ok());
        let known_by =
            RowPlace { file: self.file.get(row), sheet: self.sheet.get(row), row: number.unwrap_or_default() };
        let field = rule.columns.first().map(String::as_str).unwrap_or_default();
        let key = self.key.and_then(|keys| keys.get(row)).unwrap_or_default();
        self.origins.place(&self.book.id, key, &known_by, field)
    }
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
            place.column().map_or_else(String::new, |column| cell_address(place.row().unwrap(), column))
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
        assert_eq!((lacking[0].place.row(), &*lacking[0].message), (None, "没有“总投资”列（涉及本表3行）"));
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
