//! The projects and problems that a bulletin names, cut to what a page holds.

use serde::Serialize;

use super::figures;
use crate::amount::{Fraction, fraction};
use crate::merge::Facts;
use crate::profile::{Book, MeasuredIn};
use crate::publish::detail::Judge;

/// Characters of a department's text beyond which it is cut with an ellipsis.
const LONGEST_TEXT: usize = 40;
/// What stands for an empty cell.
const NONE: &str = "—";

/// Rows of a list, the gravest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Listed {
    /// How many there are.
    pub(super) count: usize,
    /// How many of these the rows are taken from.
    pub(super) listed: usize,
    /// Those that are shown.
    pub(super) rows: Vec<Project>,
    /// How many are not.
    pub(super) more: usize,
}

impl Listed {
    /// The first of these rows; the others are only counted.
    fn of(rows: &[usize], most: usize, project: impl Fn(usize) -> Project) -> Self {
        let count = rows.len();
        let rows: Vec<Project> = rows.iter().take(most).map(|row| project(*row)).collect();
        Self { count, listed: count, more: count - rows.len(), rows }
    }
}

/// A project, or a problem of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Project {
    /// Its name.
    pub(super) name: String,
    /// Who answers for it.
    pub(super) unit: String,
    /// The year's plan in 万元, without the unit.
    pub(super) plan: String,
    /// What is done of it.
    pub(super) done: String,
    /// The rate in percent, without the sign.
    pub(super) rate: String,
    /// 慢6.1, in 百分点.
    pub(super) lead: String,
    /// What the department says is the matter.
    pub(super) problem: String,
    /// What it does about it.
    pub(super) measure: String,
    /// When it was to begin.
    pub(super) planned_start: String,
    /// Until when a problem was to be solved.
    pub(super) deadline: String,
    /// How many days a problem has stood.
    pub(super) age: String,
}

/// The rows of a book behind their schedule, the furthest behind first; those that have not begun, which stand in
/// a list of their own, are only counted.
pub(super) fn behind(book: &Book, facts: &Facts, most: usize) -> Listed {
    let (is_behind, not_started) = (facts.cells("behind"), facts.cells("not_started"));
    let behind: Vec<usize> = (0..facts.height()).filter(|row| is_behind.truth(*row) == Some(true)).collect();
    let begun = |row: &usize| not_started.truth(*row) != Some(true);
    let judge = Judge::of(facts);
    // Without a figure last; equals in the order of the facts, which is by key.
    let keyed = |row: usize| match judge.lead(row) {
        Some(lead) => (false, lead, row),
        None => (true, Fraction::from_integer(0), row),
    };
    let mut rows: Vec<_> = behind.iter().copied().filter(begun).map(keyed).collect();
    // A few of maybe tens of thousands are shown: the others need no order.
    let shown = most.min(rows.len());
    if shown < rows.len() {
        rows.select_nth_unstable(shown);
    }
    rows[..shown].sort_unstable();
    let rows: Vec<usize> = rows.into_iter().map(|(.., row)| row).collect();
    let listed = Listed::of(&rows, most, |row| project(book, facts, row));
    Listed { count: behind.len(), ..listed }
}

/// The rows that have not begun, the largest plan first.
pub(super) fn not_started(book: &Book, facts: &Facts, most: usize) -> Listed {
    let (not_started, plans) = (facts.cells("not_started"), facts.cells("plan"));
    let mut rows: Vec<usize> = (0..facts.height()).filter(|row| not_started.truth(*row) == Some(true)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(plans.whole(*row)));
    Listed::of(&rows, most, |row| project(book, facts, row))
}

/// The bottlenecks past their deadline, the oldest first.
pub(super) fn overdue(book: &Book, facts: &Facts, most: usize) -> Listed {
    let mut rows: Vec<usize> = (0..facts.height()).filter(|row| facts.text("state", *row) == Some("超期")).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(facts.whole("age_days", *row)));
    let of_project = |row: usize| {
        // A bottleneck is known by its problem; the project that it holds up is a field of its own.
        let name = facts.text("name", row).map(shortened).filter(|name| !name.is_empty());
        Project { name: name.unwrap_or_else(|| NONE.to_owned()), ..project(book, facts, row) }
    };
    Listed::of(&rows, most, of_project)
}

fn project(book: &Book, facts: &Facts, row: usize) -> Project {
    let text = |column: &str| facts.text(column, row).map(shortened).filter(|text| !text.is_empty());
    let or_none = |column: &str| text(column).unwrap_or_else(|| NONE.to_owned());
    let yuan = |column: &str| facts.whole(column, row).and_then(|yuan| fraction(yuan, 1));
    let wan = |column: &str| yuan(column).map_or(NONE.to_owned(), figures::wan);
    let judge = Judge::of(facts);
    let lag = judge.lead(row).map(|lead| -lead);
    Project {
        name: or_none(&book.subject),
        unit: ["department_group", "town_group", "unit", "reporting_unit"]
            .into_iter()
            .find_map(text)
            .unwrap_or_else(|| NONE.to_owned()),
        plan: wan("plan"),
        done: wan("done"),
        rate: figures::plain(MeasuredIn::Fraction, judge.rate(row)),
        lead: figures::lead(lag),
        problem: or_none("problem"),
        measure: or_none("measure"),
        planned_start: or_none("planned_start"),
        deadline: or_none("deadline"),
        age: facts.whole("age_days", row).map_or(NONE.to_owned(), |days| days.to_string()),
    }
}

/// A department's text on one line, cut where it is too long for a cell.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0..=LONGEST_TEXT => line,
        _ => line.chars().take(LONGEST_TEXT - 1).chain(['…']).collect(),
    }
}
