//! 未达序时进度项目 and 未开工项目: the projects a leader asks about first, each leading to its detail row.

use super::detail::{self, Detail, LEAD, NOT_STARTED, RATE};
use super::live::Live;
use super::report::Report;
use super::style::Shown;
use super::table::{Cell, Column, Table, Value};
use super::{names, sources, workbook};
use crate::merge::Facts;
use crate::origin::column_letters;
use crate::profile::Kind;

/// The projects behind schedule, the furthest behind first.
pub(super) fn behind(live: Live) -> Table {
    let judge = &live.detail.judge;
    let mut rows: Vec<usize> =
        live.detail.order.iter().copied().filter(|row| judge.behind(*row) == Some(true)).collect();
    // Without a rate last; equal rates in the order of the detail.
    rows.sort_by(|one, other| judge.by_rate(*one, *other));
    let keys = ["plan", "done", RATE, LEAD, "delay", "problem", "measure"];
    list(live, names::BEHIND, &rows, &keys, ("完成率从低到高", "本期没有未达序时进度的项目。"))
}

/// The projects not started, in the order of the detail.
pub(super) fn not_started(live: Live) -> Table {
    let flags = live.report.facts.cells(NOT_STARTED);
    let rows: Vec<usize> = live.detail.order.iter().copied().filter(|row| flags.flag(*row) == Some(true)).collect();
    let keys = ["total", "plan", "done", "planned_start", "status", "problem", "measure"];
    list(live, names::NOT_STARTED, &rows, &keys, ("明细的顺序", "本期没有未开工的项目。"))
}

fn list(live: Live, sheet: &str, all: &[usize], keys: &[&str], (by, none): (&str, &str)) -> Table {
    let report = live.report;
    let rows = &all[..all.len().min(most(live))];
    let keys = keys_of(live, keys);
    let columns: Vec<Column> = keys.iter().map(|key| column(live, key)).collect();
    let cells: Vec<Vec<Cell>> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| keys.iter().map(|key| cell(live.detail, key, at, *row)).collect())
        .collect();
    let mut table = Table {
        sheet: sheet.to_owned(),
        title: format!("{}{}{sheet}", report.county, report.period.in_words()),
        caption: workbook::caption(report),
        above: None,
        printed: keys.iter().position(|key| key == "file").unwrap_or(columns.len()),
        columns,
        total: None,
        rows: cells,
        notes: Vec::new(),
        frozen: 2,
        filter: true,
        row_height: 20.0,
    };
    match rows.is_empty() {
        true => table.notes.push(none.to_owned()),
        false => table.above = Some(sums(live, &keys, rows, &table)),
    }
    match live.detail.is_summed() {
        true => table.notes.extend(left_out(live, rows.len(), all.len(), by)),
        // What the detail has no room for cannot stand here either.
        false => table.notes.extend(live.detail.table.notes.iter().cloned()),
    }
    table
}

/// How many rows a list has at most: some of many, where the projects have no sheet of their own.
fn most(live: Live) -> usize {
    if live.detail.is_summed() { live.report.profile.county.large.listed } else { usize::MAX }
}

/// How many more there are, and where.
fn left_out(live: Live, listed: usize, all: usize, by: &str) -> Option<String> {
    let file = names::detail_file_name(live.book, live.report.period);
    let words = format!("注：共{all}个，按{by}列前{listed}个，其余{}个见“{file}”。", all - listed);
    (listed < all).then_some(words)
}

/// The columns that the detail has, with the groups after the name.
fn keys_of(live: Live, keys: &[&str]) -> Vec<String> {
    let subject = live.book.subject.as_str();
    let plans = live.report.sheets().filter_map(|ranking| live.report.plan(ranking));
    let groups = plans.map(|plan| plan.group.as_str()).take(detail::PRINTED_GROUPS);
    let mut chosen: Vec<String> = Vec::new();
    let wanted = ["=number", subject].into_iter().chain(groups).chain(["leader_group"]).chain(keys.iter().copied());
    for key in wanted.chain(["file", "sheet", "row"]) {
        if live.detail.column(key).is_some() && !chosen.iter().any(|at| at == key) {
            chosen.push(key.to_owned());
        }
    }
    chosen
}

fn column(live: Live, key: &str) -> Column {
    let fallback = || Column::of(key, Shown::Centre);
    let column = live.detail.looks(key).cloned().unwrap_or_else(fallback);
    match key {
        "problem" | "measure" | "status" => Column { widest: 34.0, ..column },
        "file" => Column { widest: 22.0, ..column },
        _ => column,
    }
}

/// Figures follow the detail; text is copied.
fn cell(detail: &Detail, key: &str, at: usize, row: usize) -> Cell {
    if key == "=number" {
        return Cell::number((at + 1) as f64);
    }
    let source = detail.cell(key, row).unwrap_or_else(Cell::blank);
    let link = source.link().filter(|_| key == "file").map(str::to_owned);
    let plain = link.into_iter().fold(source.plain(), Cell::linked);
    let Some(address) = detail.address(key, row) else { return plain };
    match (&plain.value, key) {
        (Value::Number(_), "row") => plain,
        (Value::Number(_), _) => {
            let (letters, number) = address.split_at(address.find(|c: char| c.is_ascii_digit()).unwrap_or(0));
            plain.by(format!("={}!${letters}${number}", names::quoted(names::DETAIL)))
        }
        (Value::Text(_), key) if detail.column(key) == Some(1) => plain.to(names::DETAIL, &address),
        _ => plain,
    }
}

/// The bottlenecks that are not closed, those overdue first, then the oldest; `None` where the report lists none.
pub(super) fn bottlenecks(report: &Report) -> Option<Table> {
    let facts = report.bottlenecks?;
    let book = report.profile.book(&facts.book)?;
    let is_open = facts.cells("is_open");
    let open = |row: &usize| is_open.flag(*row) != Some(false);
    let mut rows: Vec<usize> = (0..facts.height()).filter(open).collect();
    let overdue = |row: usize| facts.text("state", row).is_some_and(|state| state.contains("超期"));
    rows.sort_by_cached_key(|row| (!overdue(*row), -facts.whole("age_days", *row).unwrap_or(0), *row));
    let all = rows.len();
    if report.is_large() || all > report.profile.county.large.projects {
        rows.truncate(report.profile.county.large.listed);
    }
    let wanted = ["problem", "kind", "name", "unit", "leader", "deadline", "state", "age_days", "measure", "status"];
    let title = |id: &str| {
        let field = book.field(id).map(|field| field.title.as_str());
        field.or_else(|| Some(book.derived.iter().find(|derived| derived.id == id)?.title.as_str()))
    };
    let filled = |id: &str| rows.iter().any(|row| !said(facts, id, *row).is_empty());
    let shown: Vec<(&str, &str)> =
        wanted.into_iter().filter(|id| filled(id)).filter_map(|id| Some((id, title(id)?))).collect();
    let mut columns = vec![Column::of("序号", Shown::Centre)];
    columns.extend(shown.iter().map(|(id, title)| match *id {
        "deadline" | "state" | "age_days" => Column::of(*title, Shown::Centre),
        "problem" | "measure" | "status" => Column::text(*title, 34.0),
        _ => Column::text(*title, 20.0),
    }));
    columns.push(Column::text("来源文件", 24.0));
    let sources = sources::addresses(report);
    let line = |(at, row): (usize, &usize)| -> Vec<Cell> {
        let place = (said(facts, "file", *row), said(facts, "sheet", *row));
        let file = Cell::text(&place.0);
        let file = match sources.of(&place.0, &place.1) {
            Some(address) if file != Cell::blank() => file.to(names::SOURCES, address),
            _ => file,
        };
        let number = std::iter::once(Cell::number((at + 1) as f64));
        number.chain(shown.iter().map(|(id, _)| Cell::text(said(facts, id, *row)))).chain([file]).collect()
    };
    let (office, _) = workbook::caption(report);
    Some(Table {
        sheet: names::BOTTLENECKS.to_owned(),
        title: format!("{}{}{}", report.county, report.period.in_words(), names::BOTTLENECKS),
        caption: (office, format!("单位：条、天    {}", workbook::until(report))),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        notes: match (rows.len(), all) {
            (0, _) => vec!["本期没有未销号的堵点。".to_owned()],
            (listed, all) if listed < all => {
                vec![format!("注：共{all}条，先超期、再按天数从多到少列前{listed}条，其余见台账（wuzhang query）。")]
            }
            _ => Vec::new(),
        },
        rows: rows.iter().enumerate().map(line).collect(),
        frozen: 2,
        filter: true,
        row_height: 20.0,
    })
}

/// A value as text; a whole number as its digits.
fn said(facts: &Facts, column: &str, row: usize) -> String {
    let text = facts.text(column, row).map(str::to_owned);
    text.or_else(|| facts.whole(column, row).map(|number| number.to_string())).unwrap_or_default()
}

/// How many there are and what they sum to, following the filter.
fn sums(live: Live, keys: &[String], rows: &[usize], table: &Table) -> Vec<Cell> {
    let first = 5;
    let last = first + table.rows.len() - 1;
    let cell = |(at, key): (usize, &String)| {
        let letters = column_letters(at as u32 + 1);
        let range = format!("{letters}{first}:{letters}{last}");
        match live.book.field(key).map(|field| field.kind) {
            _ if at == 0 => Cell::number(rows.len() as f64).by(format!("=SUBTOTAL(103,{range})")),
            _ if at == 1 => Cell::text("个项目，合计"),
            Some(Kind::Amount) => {
                let sum: i64 = rows.iter().filter_map(|row| live.report.facts.whole(key, *row)).sum();
                Cell::number(detail::wan(sum)).by(format!("=ROUND(SUBTOTAL(109,{range}),4)"))
            }
            _ => Cell::blank(),
        }
    };
    keys.iter().enumerate().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::Frame;

    /// `sums` is made before the table knows of it.
    #[test]
    fn the_sums_stand_over_the_rows() {
        assert_eq!(Frame::of(true, false, 3).first, 5);
    }
}
