//! 项目明细: every project in a row, with the columns that all other sheets reckon from.
//!
//! Takes the facts, gives the table and, for formulas elsewhere, the ranges of its columns. Of more projects than a
//! workbook should carry ([`LargePlan`](crate::profile::LargePlan)) the sheet is 汇总底表 instead, a row for those that
//! rankings group alike, and the projects stand in a CSV beside the workbook.

mod columns;
mod csv;
mod judge;
mod project;
mod summary;

use std::collections::BTreeMap;

use super::report::Report;
use super::table::{Cell, Column, Frame, Table};
use super::{names, sources};
use crate::amount::Fraction;
use crate::profile::{Book, Kind};
use columns::Columns;
pub use csv::detail_csv;
pub(super) use judge::Judge;
use project::Maker;
use summary::Summary;

/// The name that formulas use for the schedule; it stands in 口径说明.
pub(super) const SCHEDULE: &str = "序时进度";
/// The name for the months that remain of the year.
pub(super) const MONTHS_LEFT: &str = "剩余月数";
/// The key of a project's own completion rate.
pub(super) const RATE: &str = "=rate";
/// The key of how far it should have come, where projects have schedules of their own.
pub(super) const DUE: &str = "=due";
/// The key of its lead over the schedule in 百分点.
pub(super) const LEAD: &str = "=lead";
/// The key, and the derived column, that says whether it is behind schedule.
pub(super) const BEHIND: &str = "behind";
/// The derived column that says whether it has not started.
pub(super) const NOT_STARTED: &str = "not_started";

/// How many rankings' groups are printed beside a project; with more, figures would be too small to read.
pub(super) const PRINTED_GROUPS: usize = 2;

/// Title, caption, sums, headings, and the remark that more projects follow than a sheet holds.
const HEADS: usize = 5;

/// What is said of projects that the sheet does not hold.
fn cut_in_words(all: usize, shown: usize, elsewhere: usize) -> Option<String> {
    if elsewhere > 0 {
        let words = "在集群的台账（Parquet）里，本表不列；各排名的数是在集群上按全部项目汇总的，为数值，不随本表重算。";
        return Some(format!("注：共{all}个项目，明细{words}"));
    }
    let words = format!(
        "注：共{all}个项目，一张工作表放不下，本表列前{shown}个，各排名的数为全部项目的数；全部明细见台账（wuzhang query）。"
    );
    (shown < all).then_some(words)
}

/// The detail sheet and what formulas need to know of it.
pub(super) struct Detail<'a> {
    /// The sheet: the projects, or where they are too many the sums that stand for them.
    pub(super) table: Table,
    /// The facts' rows in the order of the sheet.
    pub(super) order: Vec<usize>,
    /// The columns of the projects, whether they have a sheet or not.
    columns: Columns<'a>,
    /// How projects are judged.
    pub(super) judge: Judge<'a>,
    report: Report<'a>,
    stands_at: Vec<usize>,
    /// Whether there are more projects than a sheet holds: then no formula can count them.
    cut: bool,
    /// What stands for the projects where they are too many.
    summary: Option<Summary>,
}

impl<'a> Detail<'a> {
    /// The sheet of a report's facts.
    pub(super) fn new(report: &Report<'a>, book: &Book) -> Self {
        let judge = Judge::new(report);
        let columns = Columns::of(report, book, &judge);
        let mut order = order(report);
        let all = order.len() + report.elsewhere;
        let summary = report.is_large().then(|| Summary::of(report, book, &judge));
        let room = report.sheet_rows.saturating_sub(HEADS);
        if summary.is_none() {
            order.truncate(room);
        }
        let mut stands_at = vec![usize::MAX; report.facts.height()];
        for (at, row) in order.iter().enumerate().filter(|_| summary.is_none()) {
            stands_at[*row] = at;
        }
        let cut = order.len() < all;
        let table = match &summary {
            Some(summary) => summary.table(report, book),
            None => table(report, book, &columns, cut_in_words(all, order.len(), report.elsewhere)),
        };
        let mut detail = Self { table, order, columns, judge, report: *report, stands_at, cut, summary };
        if detail.summary.is_none() {
            detail.fill(book);
        }
        detail
    }

    /// The column of a key: a field, a group, a derived column, or one of the keys above.
    pub(super) fn column(&self, key: &str) -> Option<usize> {
        self.columns.keys.iter().position(|at| at == key)
    }

    /// How a key's column looks.
    pub(super) fn looks(&self, key: &str) -> Option<&Column> {
        self.columns.columns.get(self.column(key)?)
    }

    /// A column's range, as formulas of other sheets write it.
    pub(super) fn range(&self, key: &str) -> Option<String> {
        if let Some(summary) = &self.summary {
            return summary.range(key);
        }
        let column = self.column(key).filter(|_| !self.cut)?;
        Some(format!("{}!{}", names::quoted(names::DETAIL), self.frame().range(column)))
    }

    /// Whether the sheet has sums in place of projects.
    pub(super) fn is_summed(&self) -> bool {
        self.summary.is_some()
    }

    /// How many rows a formula over the sheet looks through.
    pub(super) fn rows(&self) -> usize {
        self.summary.as_ref().map_or(self.order.len(), Summary::height)
    }

    /// A project's cell, without the sheet.
    pub(super) fn address(&self, key: &str, row: usize) -> Option<String> {
        let at = self.stands_at.get(row).filter(|at| **at != usize::MAX)?;
        Some(self.frame().address(*at, self.column(key)?))
    }

    /// Where a project stands among the rows, from 0.
    pub(super) fn position(&self, row: usize) -> usize {
        self.stands_at.get(row).copied().unwrap_or(usize::MAX)
    }

    /// What a project's cell shows; made just now where the projects have no sheet.
    pub(super) fn cell(&self, key: &str, row: usize) -> Option<Cell> {
        let column = self.column(key)?;
        if self.summary.is_some() {
            let maker = Maker { detail: self, sources: None };
            return Some(maker.cell(self.columns.making[column], (row, row)));
        }
        self.table.rows.get(*self.stands_at.get(row)?)?.get(column).cloned()
    }

    fn frame(&self) -> Frame {
        // Also asked while the rows are being made, so their number is that of the facts.
        Frame::of(true, false, self.order.len())
    }

    fn fill(&mut self, book: &Book) {
        let sources = sources::addresses(&self.report);
        let maker = Maker { detail: self, sources: Some(&sources) };
        let rows = self.order.iter().enumerate();
        let cells = |(at, row): (usize, &usize)| {
            self.columns.making.iter().map(|making| maker.cell(*making, (at, *row))).collect()
        };
        let rows: Vec<Vec<Cell>> = rows.map(cells).collect();
        self.table.rows = rows;
        let above = |(column, key): (usize, &String)| match (column, book.field(key).map(|field| field.kind)) {
            (1, _) => Cell::text("筛选合计"),
            (_, Some(Kind::Amount)) if !self.table.rows.is_empty() => {
                let yuan = self.report.facts.cells(key);
                let sum: i64 = self.order.iter().filter_map(|row| yuan.whole(*row)).sum();
                Cell::number(wan(sum)).by(format!("=ROUND(SUBTOTAL(109,{}),4)", self.frame().range(column)))
            }
            _ => Cell::blank(),
        };
        self.table.above = Some(self.columns.keys.iter().enumerate().map(above).collect());
    }
}

fn table(report: &Report, book: &Book, columns: &Columns, note: Option<String>) -> Table {
    Table {
        sheet: names::DETAIL.to_owned(),
        title: format!("{}{}{}明细表", report.county, report.period.in_words(), book.title),
        caption: super::workbook::caption(report),
        above: None,
        columns: columns.columns.clone(),
        total: None,
        rows: Vec::new(),
        notes: note.into_iter().collect(),
        printed: columns.printed,
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

/// Yuan as the nearest number of 万元.
pub(super) fn wan(yuan: i64) -> f64 {
    yuan as f64 / crate::amount::YUAN_PER_WAN as f64
}

/// 是, 否 or a dash.
pub(super) fn yes_no(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "是",
        Some(false) => "否",
        None => "—",
    }
}

/// The towns in the order of their places, so that a group's projects stand together.
fn order(report: &Report) -> Vec<usize> {
    let first = report.sheets().find_map(|ranking| Some((ranking, report.plan(ranking)?)));
    let mut order: Vec<usize> = (0..report.facts.height()).collect();
    let Some((ranking, plan)) = first else { return order };
    let places: BTreeMap<&str, usize> =
        ranking.rows.iter().enumerate().map(|(at, ranked)| (ranked.group.as_str(), at)).collect();
    let groups = report.facts.cells(&plan.group);
    let place = |row: &usize| groups.text(*row).and_then(|group| places.get(group)).map_or(usize::MAX, |at| *at);
    order.sort_by_cached_key(place);
    order
}

/// Remaining months of the period's year, parts of months by their days.
pub(super) fn months_left(report: &Report) -> Fraction {
    report.period.months_until(report.period.last_of_year())
}
