//! A report with its projects looked up by group once, so that a figure costs its own projects and not all.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, Range};
use std::rc::Rc;

use super::detail::Judge;
use super::members::{Aggregate, Members};
use super::report::Report;
use crate::merge::{Cells, Facts};
use crate::profile::Measure;
use crate::text::TextMap;

/// A report and which rows of its facts each group of each grouping column has.
pub(super) struct Indexed<'a> {
    report: Report<'a>,
    columns: BTreeMap<String, OnceCell<Grouping<'a>>>,
    /// How projects are judged.
    pub(super) judge: Judge<'a>,
    /// What has been added up over all projects, or all that anyone answers for: each ranking's row asks again.
    known: RefCell<BTreeMap<(Aggregate, Members), i64>>,
    /// What SQL of the report's book adds up: read once, not for each cell of a column.
    read: RefCell<TextMap<String, Option<Rc<Aggregate>>>>,
}

/// The rows by group of one column, in the few bytes that a province's projects leave for each.
struct Grouping<'a> {
    cells: Cells<'a>,
    /// The place of each group's rows in `rows`.
    groups: TextMap<&'a str, Range<usize>>,
    /// The rows, group by group. Frames count theirs in 32 bits too.
    rows: Vec<u32>,
    /// How many rows name any group.
    filled: usize,
    /// Whether a row names several groups, joined with 、.
    joined: bool,
}

impl<'a> Indexed<'a> {
    /// Indexes the columns that the book's rankings group by.
    pub(super) fn new(report: &Report<'a>) -> Self {
        let plans = report.profile.county.rankings.iter().filter(|plan| plan.book == report.facts.book);
        let grouped: BTreeSet<&str> = plans.map(|plan| plan.group.as_str()).chain(["leader_group"]).collect();
        let grouped = grouped.into_iter().filter(|column| report.facts.cells(column).any());
        let columns = grouped.map(|column| (column.to_owned(), OnceCell::new())).collect();
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
    pub(super) fn rows_of<'s>(&'s self, column: &str, name: &str) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let rows = self.grouping(column).and_then(|of| Some(&of.rows[of.groups.get(name)?.clone()]));
        rows.unwrap_or_default().iter().map(|row| *row as usize)
    }

    /// The rows that name any group.
    pub(super) fn rows_with<'s>(&'s self, column: &str) -> impl Iterator<Item = usize> + use<'s, 'a> {
        let cells = self.grouping(column).map(|of| of.cells).into_iter();
        cells.flat_map(|cells| (0..self.report.facts.height()).filter(move |row| named(cells, *row).is_some()))
    }

    /// How many rows name any group.
    pub(super) fn count_with(&self, column: &str) -> usize {
        self.grouping(column).map_or(0, |of| of.filled)
    }

    /// Whether some row of a column names several groups.
    pub(super) fn is_joined(&self, column: &str) -> bool {
        self.grouping(column).is_some_and(|of| of.joined)
    }

    /// A column's groups, looked up when they are first asked for.
    fn grouping(&self, column: &str) -> Option<&Grouping<'a>> {
        Some(self.columns.get(column)?.get_or_init(|| Grouping::new(self.report.facts, column)))
    }
}

/// What a row says of its groups, where it says anything.
fn named(cells: Cells<'_>, row: usize) -> Option<&str> {
    cells.text(row).filter(|text| !text.is_empty())
}

impl<'a> Grouping<'a> {
    fn new(facts: &'a Facts, column: &str) -> Self {
        let cells = facts.cells(column);
        let (mut filled, mut joined) = (0, false);
        // Of each group how many rows it has, and the last of them; of each row the groups that it names.
        let mut known: TextMap<&str, usize> = TextMap::default();
        let mut sizes: Vec<(usize, u32)> = Vec::new();
        let mut claims: Vec<(u32, u32)> = Vec::with_capacity(facts.height());
        for (row, text) in (0..facts.height()).filter_map(|row| Some((row as u32, named(cells, row)?))) {
            filled += 1;
            joined |= text.contains('、');
            for name in text.split('、') {
                let group = *known.entry(name).or_insert(sizes.len());
                match sizes.get_mut(group) {
                    // A name that a cell has twice has its row once.
                    Some((_, last)) if *last == row => continue,
                    Some((size, last)) => (*size, *last) = (*size + 1, row),
                    None => sizes.push((1, row)),
                }
                claims.push((group as u32, row));
            }
        }
        let mut ends: Vec<usize> =
            sizes.iter().scan(0, |from, (size, _)| Some(std::mem::replace(from, *from + size))).collect();
        let mut rows = vec![0; claims.len()];
        for (group, row) in claims {
            let end = &mut ends[group as usize];
            rows[*end] = row;
            *end += 1;
        }
        let range = |group: usize| ends[group] - sizes[group].0..ends[group];
        let groups = known.into_iter().map(|(name, group)| (name, range(group))).collect();
        Self { cells, groups, rows, filled, joined }
    }
}

impl<'a> Deref for Indexed<'a> {
    type Target = Report<'a>;

    fn deref(&self) -> &Report<'a> {
        &self.report
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;

    #[test]
    fn a_group_has_the_rows_that_name_it_once_each_in_order() {
        let cells = [Some("甲"), Some("乙、甲"), None, Some(""), Some("甲、甲"), Some("丙"), Some("乙")];
        let book = sample::key_projects();
        let rows = cells.map(|town| sample::Project { town, ..sample::sound() });
        let facts = Facts { frame: sample::frame(&book, &rows).0, book: book.id };
        let of = Grouping::new(&facts, "town");
        let rows = |name: &str| of.groups.get(name).map(|range| &of.rows[range.clone()]);
        assert_eq!(rows("甲"), Some(&[0, 1, 4][..]));
        assert_eq!((rows("乙"), rows("丙"), rows("丁")), (Some(&[1, 6][..]), Some(&[5][..]), None));
        assert_eq!((of.filled, of.joined), (5, true));
        let none = Grouping::new(&facts, "no_such_column");
        assert_eq!((none.groups.len(), none.filled, none.joined), (0, 0, false));
    }
}
