//! A report with its projects looked up by group once, so that a figure costs its own projects and not all.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;

use super::report::Report;

/// A report and which rows of its facts each group of each grouping column has.
pub(super) struct Indexed<'a> {
    report: Report<'a>,
    columns: BTreeMap<String, Grouping>,
}

/// The rows by group of one column.
struct Grouping {
    rows: HashMap<String, Vec<usize>>,
    /// Rows that name any group.
    anyone: Vec<usize>,
    /// Whether a row names several groups, joined with 、.
    joined: bool,
}

impl<'a> Indexed<'a> {
    /// Indexes the columns that the book's rankings group by.
    pub(super) fn new(report: &Report<'a>) -> Self {
        let plans = report.profile.county.rankings.iter().filter(|plan| plan.book == report.facts.book);
        let grouped = plans.map(|plan| plan.group.as_str()).chain(["leader_group"]);
        let columns = grouped.map(|column| (column.to_owned(), Grouping::new(report, column))).collect();
        Self { report: *report, columns }
    }

    /// The rows that a group's name stands in, alone or among several.
    pub(super) fn rows_of(&self, column: &str, name: &str) -> &[usize] {
        self.columns.get(column).and_then(|grouping| grouping.rows.get(name)).map_or(&[], Vec::as_slice)
    }

    /// The rows that name any group.
    pub(super) fn rows_with(&self, column: &str) -> &[usize] {
        self.columns.get(column).map_or(&[], |grouping| &grouping.anyone)
    }

    /// Whether some row of a column names several groups.
    pub(super) fn is_joined(&self, column: &str) -> bool {
        self.columns.get(column).is_some_and(|grouping| grouping.joined)
    }
}

impl Grouping {
    fn new(report: &Report, column: &str) -> Self {
        let mut grouping = Self { rows: HashMap::new(), anyone: Vec::new(), joined: false };
        for row in 0..report.facts.height() {
            let Some(text) = report.facts.text(column, row).filter(|text| !text.is_empty()) else { continue };
            grouping.anyone.push(row);
            grouping.joined |= text.contains('、');
            for name in text.split('、') {
                let rows = grouping.rows.entry(name.to_owned()).or_default();
                if rows.last() != Some(&row) {
                    rows.push(row);
                }
            }
        }
        grouping
    }
}

impl<'a> Deref for Indexed<'a> {
    type Target = Report<'a>;

    fn deref(&self) -> &Report<'a> {
        &self.report
    }
}
