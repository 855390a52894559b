//! 项目明细: every project in a row, with the columns that all other sheets reckon from.
//!
//! Takes the facts, gives the table and, for formulas elsewhere, the ranges of its columns.

use std::collections::BTreeMap;

use super::report::Report;
use super::style::Shown;
use super::table::{Cell, Column, Frame, Table};
use super::{names, sources};
use crate::amount::{Fraction, fraction, to_f64};
use crate::merge::Facts;
use crate::profile::{Book, Kind};

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
pub(super) struct Detail {
    /// The sheet.
    pub(super) table: Table,
    /// The facts' rows in the order of the sheet.
    pub(super) order: Vec<usize>,
    keys: Vec<String>,
    stands_at: Vec<usize>,
    /// Whether there are more projects than a sheet holds: then no formula can count them.
    cut: bool,
}

impl Detail {
    /// The sheet of a report's facts.
    pub(super) fn new(report: &Report, book: &Book) -> Self {
        let mut keyed = Keyed { report, book, keys: Vec::new(), columns: Vec::new() };
        keyed.main();
        let printed = keyed.keys.len();
        keyed.beside();
        keyed.rest();
        let Keyed { keys, columns, .. } = keyed;
        let mut order = order(report);
        let room = report.sheet_rows.saturating_sub(HEADS);
        let all = order.len() + report.elsewhere;
        let mut stands_at = vec![usize::MAX; order.len()];
        order.truncate(room);
        for (at, row) in order.iter().enumerate() {
            stands_at[*row] = at;
        }
        let table = Table {
            sheet: names::DETAIL.to_owned(),
            title: format!("{}{}{}明细表", report.county, report.period.in_words(), book.title),
            caption: super::workbook::caption(report),
            above: None,
            columns,
            total: None,
            rows: Vec::new(),
            notes: cut_in_words(all, order.len(), report.elsewhere).into_iter().collect(),
            printed,
            frozen: 2,
            filter: true,
            row_height: 20.0,
        };
        let cut = order.len() < all;
        let mut detail = Self { table, order, keys, stands_at, cut };
        detail.fill(report, book);
        detail
    }

    /// The column of a key: a field, a group, a derived column, or one of the keys above.
    pub(super) fn column(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|at| at == key)
    }

    /// A column's range, as formulas of other sheets write it.
    pub(super) fn range(&self, key: &str) -> Option<String> {
        let column = self.column(key).filter(|_| !self.cut)?;
        Some(format!("{}!{}", names::quoted(names::DETAIL), self.frame().range(column)))
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

    /// What a project's cell shows.
    pub(super) fn cell(&self, key: &str, row: usize) -> Option<&Cell> {
        self.table.rows.get(*self.stands_at.get(row)?)?.get(self.column(key)?)
    }

    fn frame(&self) -> Frame {
        // Also asked while the rows are being made, so their number is that of the facts.
        Frame::of(true, false, self.order.len())
    }

    fn fill(&mut self, report: &Report, book: &Book) {
        let sources = sources::addresses(report);
        let rows = self.order.iter().enumerate();
        self.table.rows = rows
            .map(|(at, row)| {
                let maker = Maker { report, book, detail: self, sources: &sources, row: *row, at };
                self.keys.iter().map(|key| maker.cell(key)).collect()
            })
            .collect();
        let above = |(column, key): (usize, &String)| match (column, book.field(key).map(|field| field.kind)) {
            (1, _) => Cell::text("筛选合计"),
            (_, Some(Kind::Amount)) if !self.table.rows.is_empty() => {
                let sum: i64 = self.order.iter().filter_map(|row| report.facts.whole(key, *row)).sum();
                Cell::number(wan(sum)).by(format!("=ROUND(SUBTOTAL(109,{}),4)", self.frame().range(column)))
            }
            _ => Cell::blank(),
        };
        self.table.above = Some(self.keys.iter().enumerate().map(above).collect());
    }
}

/// Yuan as the nearest number of 万元.
pub(super) fn wan(yuan: i64) -> f64 {
    yuan as f64 / crate::amount::YUAN_PER_WAN as f64
}

/// A yes or no of a derived column, however its SQL gives it.
pub(super) fn flag(facts: &Facts, column: &str, row: usize) -> Option<bool> {
    facts.truth(column, row).or_else(|| facts.whole(column, row).filter(|n| (0..=1).contains(n)).map(|n| n == 1))
}

/// A project's completion rate.
pub(super) fn rate(facts: &Facts, row: usize) -> Option<Fraction> {
    let (done, plan) = (facts.whole("done", row)?, facts.whole("plan", row)?);
    (plan > 0).then(|| fraction(done, plan))?
}

/// How far a project should have come: by its own plan where the schedule follows that.
pub(super) fn due(report: &Report, row: usize) -> Option<Fraction> {
    let facts = report.facts;
    if facts.frame.column("schedule_den").is_err() {
        return report.schedule;
    }
    fraction(facts.whole("schedule_num", row)?, facts.whole("schedule_den", row)?)
}

/// Whether a project is behind schedule: as the book's file derives it, else by its rate.
pub(super) fn behind(report: &Report, row: usize) -> Option<bool> {
    let derived = report.book().is_some_and(|book| book.derived.iter().any(|derived| derived.id == BEHIND));
    match derived {
        true => flag(report.facts, BEHIND, row),
        false => rate(report.facts, row).zip(due(report, row)).map(|(rate, due)| rate < due),
    }
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
    order.sort_by_key(|row| {
        report.facts.text(&plan.group, *row).and_then(|g| places.get(g)).map_or(usize::MAX, |at| *at)
    });
    order
}

/// The columns as they are chosen.
struct Keyed<'r, 'a> {
    report: &'r Report<'a>,
    book: &'r Book,
    keys: Vec<String>,
    columns: Vec<Column>,
}

impl Keyed<'_, '_> {
    fn add(&mut self, key: &str, column: Column) {
        if !self.keys.iter().any(|at| at == key) {
            self.keys.push(key.to_owned());
            self.columns.push(column);
        }
    }

    fn field(&mut self, id: &str, title: Option<&str>) {
        if let Some(field) = self.book.field(id) {
            let title = title.unwrap_or(&field.title);
            self.add(id, column(field.kind, title));
        }
    }

    /// What was reported where decisions set other values, beside the field; nothing where they set none.
    fn reported(&mut self, id: &str) {
        let reported = format!("{id}_reported");
        if let Some(field) = self.book.field(id).filter(|_| self.filled(&reported)) {
            self.add(&reported, column(field.kind, &format!("{}\n(单位填报)", field.title)));
        }
    }

    /// What is printed.
    fn main(&mut self) {
        self.add("=number", Column::of("序号", Shown::Centre));
        let subject = self.book.field(&self.book.subject).map_or("项目名称", |field| field.title.as_str());
        self.add(&self.book.subject.clone(), Column::text(subject, 34.0));
        self.groups(PRINTED_GROUPS);
        for id in ["total", "plan", "done"] {
            self.field(id, None);
            self.reported(id);
        }
        if self.book.has_plan() {
            self.add(RATE, Column::of("完成率", Shown::Percent));
            let report = self.report;
            if (0..report.facts.height()).any(|row| due(report, row) != report.schedule) {
                self.add(DUE, Column::of("应达进度", Shown::Percent));
            }
            self.add(LEAD, Column::of("比序时进度\n(百分点)", Shown::Lead));
            self.add(BEHIND, Column::of("未达序时", Shown::Centre));
        }
        if self.book.derived.iter().any(|derived| derived.id == NOT_STARTED) {
            self.add(NOT_STARTED, Column::of("未开工", Shown::Centre));
        }
        self.field("problem", None);
    }

    /// What formulas and readers on the screen look at: other groups, last year, where each row came from.
    fn beside(&mut self) {
        self.groups(usize::MAX);
        if self.filled("done_last_year") {
            self.field("done_last_year", None);
        }
        self.add("file", Column::text("来源文件", 44.0));
        self.add("sheet", Column::text("工作表", 16.0));
        self.add("row", Column::of("行", Shown::Centre));
    }

    /// The columns by which rankings count a project: of so many rankings, the first ones.
    fn groups(&mut self, most: usize) {
        for ranking in self.report.sheets().take(most) {
            let Some(plan) = self.report.plan(ranking).filter(|plan| plan.book == self.book.id) else { continue };
            if self.filled(&plan.group) {
                self.add(&plan.group, Column::text(&plan.group_title, 18.0));
            }
        }
        if self.filled("leader_group") {
            self.add("leader_group", Column::text("联系领导", 18.0));
        }
    }

    /// What else was reported or derived: on the screen, not on paper.
    fn rest(&mut self) {
        let book = self.book;
        if self.filled("decisions") {
            self.add("decisions", Column::text("决定", 40.0));
        }
        for field in &book.fields {
            self.reported(&field.id);
            if !self.filled(&field.id) {
                continue;
            }
            let title = match self.columns.iter().any(|column| column.title == field.title) {
                true => format!("{}(填报)", field.title),
                false => field.title.clone(),
            };
            self.add(&field.id, column(field.kind, &title));
        }
        for derived in &book.derived {
            if self.filled(&derived.id) {
                self.add(&derived.id, Column::text(&derived.title, 18.0));
            }
        }
    }

    fn filled(&self, column: &str) -> bool {
        let facts = self.report.facts;
        (0..facts.height()).any(|row| {
            facts.text(column, row).is_some_and(|text| !text.is_empty())
                || facts.whole(column, row).is_some()
                || facts.number(column, row).is_some()
                || facts.truth(column, row).is_some()
        })
    }
}

fn column(kind: Kind, title: &str) -> Column {
    match kind {
        Kind::Amount => Column::of(title, Shown::Wan),
        Kind::Rate => Column::of(title, Shown::Percent),
        Kind::Count | Kind::Number => Column::of(title, Shown::Centre),
        Kind::Date => Column::of(title, Shown::Centre),
        Kind::Choice | Kind::Text => Column::text(title, 32.0),
    }
}

/// Makes the cells of one project.
struct Maker<'m, 'a> {
    report: &'m Report<'a>,
    book: &'m Book,
    detail: &'m Detail,
    /// Where 数据来源 tells of a sheet.
    sources: &'m sources::Addresses,
    row: usize,
    at: usize,
}

impl Maker<'_, '_> {
    fn cell(&self, key: &str) -> Cell {
        let facts = self.report.facts;
        match key {
            "=number" => Cell::number((self.at + 1) as f64),
            "file" => self.source(),
            "row" => facts.whole("row", self.row).map_or_else(Cell::blank, |row| Cell::number(row as f64)),
            RATE => self.rate(),
            DUE => Cell::number_or_dash(due(self.report, self.row).map(to_f64)),
            LEAD => self.lead(),
            BEHIND => self.behind(),
            _ => match self.book.field(key.strip_suffix("_reported").unwrap_or(key)).map(|field| field.kind) {
                Some(Kind::Amount) => {
                    facts.whole(key, self.row).map_or_else(Cell::blank, |yuan| Cell::number(wan(yuan)))
                }
                Some(_) => self.plain(key),
                None if self.book.derived.iter().any(|derived| derived.id == key) => self.derived(key),
                None => self.plain(key),
            },
        }
    }

    /// The file, leading to the account of its sheet.
    fn source(&self) -> Cell {
        let text = |column: &str| self.report.facts.text(column, self.row).unwrap_or_default().to_owned();
        let (file, sheet) = (text("file"), text("sheet"));
        let cell = Cell::text(&file);
        match self.sources.get(&(file, sheet)) {
            Some(address) if cell != Cell::blank() => cell.to(names::SOURCES, address),
            _ => cell,
        }
    }

    fn plain(&self, key: &str) -> Cell {
        let facts = self.report.facts;
        let number = || facts.whole(key, self.row).map(|n| n as f64).or_else(|| facts.number(key, self.row));
        match facts.text(key, self.row) {
            Some(text) => Cell::text(text),
            None => number().map_or_else(Cell::blank, Cell::number),
        }
    }

    fn derived(&self, key: &str) -> Cell {
        match (flag(self.report.facts, key, self.row), key) {
            (None, NOT_STARTED) => Cell::text("—"),
            (None, _) => self.plain(key),
            (flag, _) => Cell::text(yes_no(flag)),
        }
    }

    fn own(&self, key: &str) -> String {
        self.detail.address(key, self.row).unwrap_or_default()
    }

    fn rate(&self) -> Cell {
        let cell = Cell::number_or_dash(rate(self.report.facts, self.row).map(to_f64));
        if self.detail.column("plan").is_none() || self.detail.column("done").is_none() {
            return cell;
        }
        let (plan, done) = (self.own("plan"), self.own("done"));
        cell.by(format!("=IF(AND(ISNUMBER({done}),N({plan})>0),{done}/{plan},\"—\")"))
    }

    fn lead(&self) -> Cell {
        let hundred = Fraction::from_integer(100);
        let due = due(self.report, self.row);
        let lead = rate(self.report.facts, self.row).zip(due).map(|(rate, due)| to_f64((rate - due) * hundred));
        let (rate, cell) = (self.own(RATE), Cell::number_or_dash(lead));
        match self.detail.column(DUE) {
            Some(_) => {
                let due = self.own(DUE);
                cell.by(format!("=IF(AND(ISNUMBER({rate}),ISNUMBER({due})),({rate}-{due})*100,\"—\")"))
            }
            None => cell.by(format!("=IF(ISNUMBER({rate}),({rate}-{SCHEDULE})*100,\"—\")")),
        }
    }

    /// As a formula where the formula says what the book's file derived.
    fn behind(&self) -> Cell {
        let behind = behind(self.report, self.row);
        let by_rate = rate(self.report.facts, self.row).zip(due(self.report, self.row)).map(|(rate, due)| rate < due);
        let cell = Cell::text(yes_no(behind));
        let lead = self.own(LEAD);
        match behind == by_rate {
            true => cell.by(format!("=IF(ISNUMBER({lead}),IF(ROUND({lead},9)<0,\"是\",\"否\"),\"—\")")),
            false => cell,
        }
    }
}

/// Remaining months of the period's year, parts of months by their days.
pub(super) fn months_left(report: &Report) -> Fraction {
    report.period.months_until(report.period.last_of_year())
}
