//! Which columns the detail has, in their order, and what each is made from.

use super::judge::Judge;
use super::{BEHIND, DUE, LEAD, NOT_STARTED, PRINTED_GROUPS, RATE};
use crate::merge::Cells;
use crate::profile::{Book, Field, Kind};
use crate::publish::report::Report;
use crate::publish::style::Shown;
use crate::publish::table::Column;

/// What the cells of a column are made from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Making<'a> {
    /// The row's number on the sheet.
    Number,
    /// The file, leading to the account of its sheet.
    File(Cells<'a>),
    /// Yuan, shown as 万元.
    Amount(Cells<'a>),
    /// As it stands.
    Plain(Cells<'a>),
    /// Yes or no.
    Derived(Cells<'a>),
    /// The same; what cannot be told is a dash.
    NotStarted(Cells<'a>),
    Rate,
    Due,
    Lead,
    Behind,
}

/// The columns of the detail.
pub(super) struct Columns<'a> {
    pub(super) keys: Vec<String>,
    pub(super) columns: Vec<Column>,
    pub(super) making: Vec<Making<'a>>,
    /// How many of them are printed.
    pub(super) printed: usize,
}

impl<'a> Columns<'a> {
    /// The columns of a report's facts.
    pub(super) fn of(report: &Report<'a>, book: &Book, judge: &Judge<'a>) -> Self {
        let own_schedules = (0..report.facts.height()).any(|row| judge.due(row) != report.schedule);
        let mut chosen = Chosen { report, book, keys: Vec::new(), columns: Vec::new() };
        chosen.main(own_schedules);
        let printed = chosen.keys.len();
        chosen.beside();
        chosen.rest();
        let Chosen { keys, columns, .. } = chosen;
        let making = keys.iter().map(|key| making(report, book, key)).collect();
        Self { keys, columns, making, printed }
    }
}

fn making<'a>(report: &Report<'a>, book: &Book, key: &str) -> Making<'a> {
    let cells = report.facts.cells(key);
    match key {
        "=number" => Making::Number,
        "file" => Making::File(cells),
        RATE => Making::Rate,
        DUE => Making::Due,
        LEAD => Making::Lead,
        BEHIND => Making::Behind,
        _ => match book.field(key.strip_suffix("_reported").unwrap_or(key)).map(|field| field.kind) {
            Some(Kind::Amount) => Making::Amount(cells),
            None if key == NOT_STARTED => Making::NotStarted(cells),
            None if book.derived.iter().any(|derived| derived.id == key) => Making::Derived(cells),
            _ => Making::Plain(cells),
        },
    }
}

/// The columns as they are chosen.
struct Chosen<'r, 'a> {
    report: &'r Report<'a>,
    book: &'r Book,
    keys: Vec<String>,
    columns: Vec<Column>,
}

impl Chosen<'_, '_> {
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
    fn main(&mut self, own_schedules: bool) {
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
            if own_schedules {
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
            self.add(&field.id, column(field.kind, &self.title_beside(field)));
        }
        for derived in &book.derived {
            if self.filled(&derived.id) {
                self.add(&derived.id, Column::text(&derived.title, 18.0));
            }
        }
    }

    /// A field's title, told from a column of the same title that is ours.
    fn title_beside(&self, field: &Field) -> String {
        match self.columns.iter().any(|column| column.title == field.title) {
            true => format!("{}(填报)", field.title),
            false => field.title.clone(),
        }
    }

    fn filled(&self, column: &str) -> bool {
        self.report.facts.cells(column).any()
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
