//! The book's rules as the form can hold them while it is filled in.

use std::collections::BTreeMap;

use super::IssuedForm;
use super::columns::{Columns, FormCol, Role};
use super::formula::{RowCells, quoted};
use super::sheet::FIRST_ROW;
use crate::layout::Filled;
use crate::profile::{Kind, Rule};

/// The longest formula that a spreadsheet takes, less room for what goes around.
const LONGEST: usize = 7_500;
/// The day that serial numbers of days are counted from, as 1970-01-01 is counted from it.
const EPOCH: i64 = 25_569;

/// A rule that the form holds.
pub(super) struct Check<'a> {
    pub(super) rule: &'a Rule,
    /// The number of the column that is coloured, from 0.
    pub(super) column: u16,
    /// TRUE where the first row of the table breaks it.
    pub(super) breaks: String,
    /// What is wrong, as an expression that gives the text.
    pub(super) message: String,
}

/// The rules that the form holds.
pub(super) struct Checks<'a> {
    pub(super) all: Vec<Check<'a>>,
    /// How many more the office holds when the form has come back.
    pub(super) left: usize,
}

impl<'a> Checks<'a> {
    /// The rules of a form's book.
    pub(super) fn of(form: &IssuedForm<'a>, columns: &Columns<'a>) -> Self {
        let cells = row_cells(form, columns);
        let mut all: Vec<Check<'a>> = Vec::new();
        let mut length = 0;
        for rule in &form.book.rules {
            let check = check(rule, form, columns, &cells);
            let room = |check: &Check| check.breaks.len() + check.message.len() + 12;
            if let Some(check) = check.filter(|check| length + room(check) < LONGEST) {
                length += room(&check);
                all.push(check);
            }
        }
        Self { left: form.book.rules.len() - all.len(), all }
    }

    /// The formula of the remarks in the first row: nothing before the row is begun.
    pub(super) fn remarks(&self, begun: &str) -> String {
        let parts: Vec<String> =
            self.all.iter().map(|check| format!("IF({},{}&\"；\",\"\")", check.breaks, check.message)).collect();
        if parts.is_empty() { "=\"\"".to_owned() } else { format!("=IF({begun},{},\"\")", parts.join("&")) }
    }
}

fn check<'a>(rule: &'a Rule, form: &IssuedForm<'a>, columns: &Columns<'a>, cells: &RowCells) -> Option<Check<'a>> {
    let breaks = cells.breaks(&rule.holds)?;
    let of_rule = |wanted: &dyn Fn(Filled) -> bool| {
        let is = |field: &String, column: &FormCol| matches!(column.role, Role::Field(own, filled) if own.id == *field && wanted(filled));
        rule.columns.iter().find_map(|field| columns.numbered().find(|(_, column)| is(field, column)))
    };
    // What can be mended is marked before what is locked.
    let (column, _) = of_rule(&|filled| filled != Filled::Fixed).or_else(|| of_rule(&|_| true))?;
    let message = said(&rule.message, form, cells).unwrap_or_else(|| quoted(&rule.advice));
    Some(Check { rule, column, breaks, message })
}

/// Where the values of the first row stand.
fn row_cells<'a>(form: &IssuedForm<'a>, columns: &Columns<'a>) -> RowCells<'a> {
    let (mut fields, mut last) = (BTreeMap::new(), BTreeMap::new());
    for column in &columns.all {
        let cell = format!("${}{}", column.letters, FIRST_ROW + 1);
        match column.role {
            Role::Field(field, _) => drop(fields.insert(field.id.as_str(), cell)),
            Role::Last(field) => drop(last.insert(field.id.as_str(), cell)),
            Role::Serial | Role::Hints => {}
        }
    }
    let serial = |day: chrono::NaiveDate| day.signed_duration_since(chrono::NaiveDate::default()).num_days() + EPOCH;
    let (first, end) = (form.period.first_of_year(), form.period.last_of_year());
    let mut constants: BTreeMap<&'static str, i64> =
        [("period_last", serial(form.period.last_day())), ("year_first", serial(first)), ("year_last", serial(end))]
            .into();
    if let Some(share) = form.schedule {
        constants.extend([("schedule_num", share.numerator), ("schedule_den", share.denominator)]);
    }
    if let Some(back) = form.last.and_then(|last| periods_back(form, last)) {
        constants.insert("periods_since_last", back);
    }
    RowCells { book: form.book, fields, last, constants }
}

/// How many periods back the last one is, up to a year of months.
fn periods_back(form: &IssuedForm, last: crate::period::Period) -> Option<i64> {
    let before = std::iter::successors(Some(form.period.previous()), |at| Some(at.previous()));
    (1i64..=12).zip(before).find(|(_, at)| *at == last).map(|(back, _)| back)
}

/// A rule's message with the row's own values, as an expression; `None` where it names what is not on the form.
fn said(message: &str, form: &IssuedForm, cells: &RowCells) -> Option<String> {
    let mut parts = Vec::new();
    let mut rest = message;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        parts.push(quoted(before));
        rest = behind;
        if name == "last_period" {
            parts.push(quoted(&form.last?.in_words()));
            continue;
        }
        let cell = cells.fields.get(name).or_else(|| cells.last.get(name.strip_prefix("last_")?))?;
        let field =
            form.book.field(name.strip_prefix("last_").filter(|_| !cells.fields.contains_key(name)).unwrap_or(name))?;
        parts.push(match field.kind {
            Kind::Rate => format!("TEXT({cell},\"0.00%\")"),
            Kind::Date => format!("TEXT({cell},\"yyyy-mm-dd\")"),
            _ => cell.clone(),
        });
    }
    parts.push(quoted(rest));
    parts.retain(|part| part != "\"\"");
    Some(parts.join("&"))
}

/// A rule's message for readers: without the values, which differ from row to row.
pub(super) fn in_words(rule: &Rule) -> String {
    let message = rule.message.replace("{last_period}", "上期");
    let mut parts = message.split('{');
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let behind = part.split_once('}').map_or(part, |(_, behind)| behind);
        words += behind.strip_prefix("万元").unwrap_or(behind);
    }
    words.trim_end_matches('：').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    /// The rules that a form of May holds after April's figures.
    fn held(last: Option<&str>) -> Vec<String> {
        let profile = Profile::built_in();
        let book = profile.book("key_projects").unwrap();
        let form = IssuedForm {
            county: "云山县",
            unit: "城关镇",
            book,
            period: "2026-05".parse().unwrap(),
            due: chrono::NaiveDate::from_ymd_opt(2026, 6, 5).unwrap(),
            rows: Vec::new(),
            last: last.map(|last| last.parse().unwrap()),
            schedule: None,
            lists: BTreeMap::new(),
        };
        let plan = form.plan();
        let columns = Columns::of(&form, &plan);
        Checks::of(&form, &columns).all.iter().map(|check| check.rule.id.clone()).collect()
    }

    #[test]
    fn the_checks_that_clerks_need_most_are_in_the_form() {
        let of_april = held(Some("2026-04"));
        for rule in
            ["done.over_plan", "rate.unlike", "done_month.over_done", "done.not_sum", "done.fallen", "start.in_future"]
        {
            assert!(of_april.iter().any(|held| held == rule), "{rule}: {of_april:?}");
        }
        let first = held(None);
        assert!(
            first.iter().any(|held| held == "rate.unlike") && !first.iter().any(|held| held == "done.not_sum"),
            "{first:?}"
        );
    }

    #[test]
    fn a_message_reads_without_its_values() {
        let profile = Profile::built_in();
        let book = profile.book("key_projects").unwrap();
        let words = |id: &str| in_words(book.rules.iter().find(|rule| rule.id == id).unwrap());
        assert_eq!(words("done.over_plan"), "累计完成投资，超过年度计划");
        assert_eq!(words("done.not_sum"), "上期累计加本月，不等于本期累计");
    }
}
