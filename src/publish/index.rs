//! A report with its projects looked up by group once, so that a figure costs its own projects and not all.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::rc::Rc;

use super::detail::Judge;
use super::members::{Aggregate, Members};
use super::report::Report;
use crate::profile::Measure;
use crate::text::TextMap;

/// A report and which rows of its facts each group of each grouping column has.
pub(super) struct Indexed<'a> {
    report: Report<'a>,
    columns: BTreeMap<String, Grouping>,
    /// How projects are judged.
    pub(super) judge: Judge<'a>,
    /// What has been added up over all projects, or all that anyone answers for: each ranking's row asks again.
    known: RefCell<BTreeMap<(Aggregate, Members), i64>>,
    /// What SQL of the report's book adds up: read once, not for each cell of a column.
    read: RefCell<TextMap<String, Option<Rc<Aggregate>>>>,
}

/// The rows by group of one column.
struct Grouping {
    rows: TextMap<String, Vec<usize>>,
    /// Rows that name any group.
    anyone: Vec<usize>,
    /// Whether a row names several groups, joined with 、.
    joined: bool,
}

impl<'a> Indexed<'a> {
    /// Indexes the columns that the book's rankings group by.
    pub(super) fn new(report: &Report<'a>) -> Self {
        let plans = report.profile.county.rankings.iter().filter(|plan| plan.book == report.facts.book);
        let grouped: BTreeSet<&str> = plans.map(|plan| plan.group.as_str()).chain(["leader_group"]).collect();
        let grouped = grouped.into_iter().filter(|column| report.facts.cells(column).any());
        let columns = grouped.map(|column| (column.to_owned(), Grouping::new(report, column))).collect();
        Self {
            report: *report,
            columns,
            judge: Judge::new(report),
            known: RefCell::default(),
            read: RefCell::default(),
        }
    }

    /// A sum over projects, added up once unless it is of one group.
    pub(super) fn known(&self, sum: &Aggregate, members: &Members, add_up: impl FnOnce() -> i64) -> i64 {
        if matches!(members, Members::Group { .. }) {
            return add_up();
        }
        let key = (sum.clone(), members.clone());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let value = add_up();
        self.known.borrow_mut().insert(key, value);
        value
    }

    /// As [`Aggregate::of`], of the report's own book.
    pub(super) fn aggregate_of(&self, measure: &Measure) -> Option<Rc<Aggregate>> {
        Aggregate::is_plain(measure).then(|| self.aggregate(&measure.numerator)).flatten()
    }

    /// As [`Aggregate::of_sql`], of the report's own book.
    pub(super) fn aggregate(&self, sql: &str) -> Option<Rc<Aggregate>> {
        if let Some(known) = self.read.borrow().get(sql) {
            return known.clone();
        }
        let aggregate = self.report.book().and_then(|book| Aggregate::of_sql(sql, book)).map(Rc::new);
        self.read.borrow_mut().insert(sql.to_owned(), aggregate.clone());
        aggregate
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
        let mut grouping = Self { rows: TextMap::default(), anyone: Vec::new(), joined: false };
        let cells = report.facts.cells(column);
        // Projects of one group often stand one after another.
        let mut last: (&str, Vec<usize>) = ("", Vec::new());
        for row in 0..report.facts.height() {
            let Some(text) = cells.text(row).filter(|text| !text.is_empty()) else { continue };
            grouping.anyone.push(row);
            grouping.joined |= text.contains('、');
            for name in text.split('、') {
                if name != last.0 {
                    grouping.put(std::mem::replace(&mut last, (name, Vec::new())));
                }
                if last.1.last() != Some(&row) {
                    last.1.push(row);
                }
            }
        }
        grouping.put(last);
        grouping
    }

    /// Adds rows of a group.
    fn put(&mut self, (name, mut rows): (&str, Vec<usize>)) {
        match self.rows.get_mut(name) {
            // A name that a cell has twice has its row once.
            Some(known) if known.last() == rows.first() => known.extend(rows.drain(1..)),
            Some(known) => known.append(&mut rows),
            None if rows.is_empty() => {}
            None => {
                self.rows.insert(name.to_owned(), rows);
            }
        }
    }
}

impl<'a> Deref for Indexed<'a> {
    type Target = Report<'a>;

    fn deref(&self) -> &Report<'a> {
        &self.report
    }
}
