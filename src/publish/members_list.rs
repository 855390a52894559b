//! 分组项目: for every ranking after the first, whose projects stand together in the detail, the projects of
//! each group, so that each figure of a ranking leads to the rows that make it.

use std::collections::BTreeMap;

use super::detail::{BEHIND, Detail, LEAD, RATE};
use super::index::Indexed;
use super::report::Report;
use super::style::Shown;
use super::table::{Cell, Column, Frame, Table, Value};
use super::{names, workbook};
use crate::profile::Book;

/// More rows than these nobody looks through; rankings beyond them lead to the detail.
const MOST: usize = 60_000;

/// The sheet, and where each group of each ranking stands.
pub(super) struct MembersList {
    /// The sheet; `None` where there is but one ranking, or none that counts projects.
    pub(super) table: Option<Table>,
    /// The cell of a group, by the ranking's id and the group's name.
    at: BTreeMap<(String, String), String>,
}

impl MembersList {
    /// The projects by the groups of a report's rankings.
    pub(super) fn new(report: &Indexed, book: &Book, detail: &Detail) -> Self {
        let mut list = Self { table: None, at: BTreeMap::new() };
        if detail.is_summed() {
            return list;
        }
        let keys = keys(report, book, detail);
        let columns: Vec<Column> = keys.iter().filter_map(|key| column(detail, key)).collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let frame = Frame::of(false, false, 1);
        for ranking in report.sheets().skip(1) {
            let Some(plan) = report.plan(ranking).filter(|plan| plan.book == book.id) else { continue };
            let groups = ranking.rows.iter().map(|row| (&row.group, ordered(report, detail, &plan.group, &row.group)));
            let groups: Vec<_> = groups.filter(|(_, members)| !members.is_empty()).collect();
            let all: usize = groups.iter().map(|(_, members)| members.len() + 1).sum();
            if groups.is_empty() || rows.len() + all + 1 > MOST {
                continue;
            }
            rows.push(headed(&keys, &format!("【{}】", ranking.title)));
            for (group, members) in groups {
                let address = frame.address(rows.len(), 1);
                list.at.insert((ranking.id.clone(), group.clone()), address);
                rows.push(headed(&keys, &format!("　{group}（{}个）", members.len())));
                let line = |(at, row): (usize, &usize)| -> Vec<Cell> {
                    keys.iter().map(|key| cell(detail, key, at, *row)).collect()
                };
                rows.extend(members.iter().enumerate().map(line));
            }
        }
        list.table = (!rows.is_empty()).then(|| table(report, columns, rows));
        list
    }

    /// The sheet and the cell of a group's projects: the heading here, else its first project in the detail.
    pub(super) fn place(
        &self,
        live: super::live::Live,
        (ranking, column): (&str, &str),
        group: &str,
    ) -> Option<(&'static str, String)> {
        if let Some(address) = self.at.get(&(ranking.to_owned(), group.to_owned())) {
            return Some((names::MEMBERS, address.clone()));
        }
        if live.detail.is_summed() {
            return None;
        }
        let first = live.report.rows_of(column, group).min_by_key(|row| live.detail.position(*row))?;
        Some((names::DETAIL, live.detail.address(&live.book.subject, first)?))
    }
}

/// The rows of a group in the order of the detail.
fn ordered(report: &Indexed, detail: &Detail, column: &str, group: &str) -> Vec<usize> {
    let rows = report.rows_of(column, group);
    let mut rows: Vec<usize> = rows.filter(|row| detail.position(*row) != usize::MAX).collect();
    rows.sort_by_key(|row| detail.position(*row));
    rows
}

/// What of each project is shown, as far as the detail has it.
fn keys(report: &Report, book: &Book, detail: &Detail) -> Vec<String> {
    let groups = report.sheets().filter_map(|ranking| report.plan(ranking)).map(|plan| plan.group.as_str()).take(2);
    let figures = ["plan", "done", RATE, LEAD, BEHIND, "problem"];
    let amounts = book.fields.iter().filter(|field| field.kind == crate::profile::Kind::Amount);
    let amounts = amounts.map(|field| field.id.as_str()).filter(|_| !book.has_plan()).take(3);
    let wanted = ["=number", book.subject.as_str()].into_iter().chain(groups).chain(amounts).chain(figures);
    let mut keys: Vec<String> = Vec::new();
    for key in wanted {
        if detail.column(key).is_some() && !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }
    keys
}

fn column(detail: &Detail, key: &str) -> Option<Column> {
    let column = detail.looks(key)?.clone();
    Some(if key == "problem" { Column { widest: 44.0, ..column } } else { column })
}

/// A heading over projects.
fn headed(keys: &[String], words: &str) -> Vec<Cell> {
    let cell = |at: usize| if at == 1 { Cell::text(words).strong() } else { Cell::blank().strong() };
    (0..keys.len()).map(cell).collect()
}

fn cell(detail: &Detail, key: &str, at: usize, row: usize) -> Cell {
    if key == "=number" {
        return Cell::number((at + 1) as f64);
    }
    let source = detail.cell(key, row).unwrap_or_else(Cell::blank);
    let address = detail.address(key, row).unwrap_or_default();
    let plain = source.clone().plain();
    match &plain.value {
        Value::Text(_) if detail.column(key) == Some(1) => plain.to(names::DETAIL, &address),
        Value::Number(_) => plain.by(format!("={}!{address}", names::quoted(names::DETAIL))),
        // Yes and no, and a dash for what cannot be reckoned, follow the detail too.
        Value::Text(_) if source.formula().is_some() => {
            plain.by(format!("={}!{address}", names::quoted(names::DETAIL)))
        }
        _ => plain,
    }
}

fn table(report: &Report, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        sheet: names::MEMBERS.to_owned(),
        title: format!("{}{}各排名项目清单", report.county, report.period.in_words()),
        caption: workbook::caption(report),
        above: None,
        printed: columns.iter().filter(|column| column.shown != Shown::Curve).count(),
        columns,
        total: None,
        rows,
        notes: vec!["注：一行列有几个对象的，在各对象下分别列出；数据随“项目明细”变动。".to_owned()],
        frozen: 2,
        filter: false,
        row_height: 18.0,
    }
}
