//! One sheet a ranking: place, group, figures, gaps, grade and light, the total on top.
//!
//! Takes a ranking and the detail it rests on, gives its table and worksheet.

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType, Worksheet, XlsxError};

use super::live::{Line, Live, RATE_LAST_YEAR, shown, title, values};
use super::members::Members;
use super::places::Places;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Frame, Table};
use super::{detail, grades, names, workbook};
use crate::amount::to_f64;
use crate::profile::{Measure, RankingPlan};
use crate::rank::{Ranked, Ranking};

const BAR: u32 = 0x9DC3E6;

/// A column of the sheet.
#[derive(Clone, Copy, PartialEq)]
enum Part<'a> {
    Place,
    Group,
    Measure(&'a str),
    RateLastYear,
    Ahead,
    Behind,
    Grade,
    Light,
    Remark,
}

/// A ranking's sheet before it is written.
pub(super) struct RankingSheet<'s, 'a> {
    /// The ranking.
    pub(super) ranking: &'s Ranking,
    /// Its table.
    pub(super) table: Table,
    live: Live<'s, 'a>,
    plan: &'s RankingPlan,
    parts: Vec<Part<'s>>,
    total: Option<Members>,
}

impl<'s, 'a> RankingSheet<'s, 'a> {
    /// The sheet of a ranking; `None` where the profile does not state it.
    pub(super) fn new(live: Live<'s, 'a>, ranking: &'s Ranking, sheet: String) -> Option<Self> {
        let plan = live.report.plan(ranking)?;
        let report = live.report;
        let title = format!("{}{}{}", report.county, report.period.in_words(), ranking.title);
        let (place, unit) = workbook::caption(report);
        let table = Table {
            sheet,
            title,
            caption: (place, unit),
            above: None,
            columns: Vec::new(),
            total: None,
            rows: Vec::new(),
            notes: notes(live, plan),
            printed: 0,
            frozen: 2,
            filter: false,
            row_height: 25.0,
        };
        let mut this = Self { ranking, table, live, plan, parts: parts(live, plan, ranking), total: None };
        this.total = this.total_members();
        this.table.columns = this.parts.iter().map(|part| this.column(*part)).collect();
        this.table.printed = this.parts.len();
        this.table.rows = this.rows();
        this.table.total = this.total_row();
        Some(this)
    }

    /// The column of a measure.
    pub(super) fn measure_column(&self, measure: &str) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Measure(measure))
    }

    /// The column of the groups' names.
    pub(super) fn group_column(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Group)
    }

    /// The column of the grades.
    pub(super) fn grade_column(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Grade)
    }

    /// Where its rows stand.
    pub(super) fn frame(&self) -> Frame {
        Frame::of(false, self.total.is_some(), self.ranking.rows.len())
    }

    /// The worksheet, with bars and colours.
    pub(super) fn write(&self) -> Result<Worksheet, XlsxError> {
        // Leaders read whole 万元; the detail has the rest.
        let mut sheet = self.table.write(Style { cents: false })?;
        let county = &self.live.report.profile.county;
        let frame = self.frame();
        let rows = (frame.first - 1, frame.last - 1);
        for (column, part) in self.parts.iter().enumerate() {
            let column = column as u16;
            match part {
                Part::Grade => grades::colour(&mut sheet, &county.grades, rows, column)?,
                Part::Light => grades::colour(&mut sheet, &county.lights, rows, column)?,
                Part::Measure("completion") => bar(&mut sheet, rows, column)?,
                _ => {}
            }
        }
        Ok(sheet)
    }

    fn measure(&self, id: &str) -> Option<&'s Measure> {
        self.live.report.measure(&self.plan.book, id)
    }

    fn column(&self, part: Part) -> Column {
        match part {
            Part::Place => Column::of("名次", Shown::Centre),
            Part::Group => Column::text(&self.plan.group_title, 30.0),
            Part::Measure(id) => self.measure(id).map_or(Column::of(id, Shown::Count), |measure| {
                Column::of(titled(title(measure), shown(measure)), shown(measure))
            }),
            Part::RateLastYear => Column::of("上年同期完成率", Shown::Percent),
            Part::Ahead => Column::of(self.gap_title("距标兵"), self.gap_shown()),
            Part::Behind => Column::of(self.gap_title("距追兵"), self.gap_shown()),
            Part::Grade => Column::of("等次", Shown::Centre),
            Part::Light => Column::of("亮灯", Shown::Centre),
            Part::Remark => Column::text("备注", 24.0),
        }
    }

    fn gap_shown(&self) -> Shown {
        match self.measure(&self.plan.by).map(shown) {
            Some(shown @ (Shown::Wan | Shown::Count | Shown::Score)) => shown,
            _ => Shown::Gap,
        }
    }

    fn gap_title(&self, word: &str) -> String {
        match self.gap_shown() {
            Shown::Gap => format!("{word}\n(百分点)"),
            _ => word.to_owned(),
        }
    }

    fn rows(&self) -> Vec<Vec<Cell>> {
        let frame = self.frame();
        let column = |id: &str| Some((self.measure_column(id)?, self.measure(id)?.measured_in));
        let places = Places::new(self.plan, &self.ranking.rows, frame, 0, column);
        let rows = self.ranking.rows.iter().enumerate();
        rows.map(|(at, row)| {
            let members = match self.live.book.id == self.plan.book {
                true => Members::of_row(self.live.report, self.live.book, self.plan, row),
                false => None,
            };
            self.row(row, at, members, &places)
        })
        .collect()
    }

    fn row(&self, row: &Ranked, at: usize, members: Option<Members>, places: &Places) -> Vec<Cell> {
        let frame = self.frame();
        let address = |id: &str| self.address_of(id).map(|column| frame.address(at, column));
        let name_at = self.group_column().map_or(String::new(), |column| format!("${}", frame.address(at, column)));
        let line = Line { members, name_at, values: values(row), at: &address };
        let county = &self.live.report.profile.county;
        let (lag, lead_at) = (line.values.get("lag").copied().flatten(), address("lag"));
        let cell = |part: &Part| match part {
            Part::Place => places.place(at),
            Part::Group => self.group(row),
            Part::Measure(id) => self.measure(id).map_or_else(Cell::blank, |measure| self.live.cell(measure, &line)),
            Part::RateLastYear => Cell::number_or_dash(line.values.get(RATE_LAST_YEAR).copied().flatten().map(to_f64)),
            Part::Ahead => places.ahead(at),
            Part::Behind => places.behind(at),
            Part::Grade => grades::cell(&county.grades, row.grade.as_deref(), lag, lead_at.as_deref()),
            Part::Light => grades::cell(&county.lights, row.light.as_deref(), lag, lead_at.as_deref()),
            Part::Remark => Cell::text(row.unranked.clone().unwrap_or_default()),
        };
        self.parts.iter().map(cell).collect()
    }

    /// The column of a measure or of last year's rate.
    fn address_of(&self, id: &str) -> Option<usize> {
        match id {
            RATE_LAST_YEAR => self.parts.iter().position(|part| *part == Part::RateLastYear),
            id => self.measure_column(id),
        }
    }

    /// The group's name, leading to its first project.
    fn group(&self, row: &Ranked) -> Cell {
        let cell = Cell::text(&row.group);
        let live = self.live;
        let first = detail::first_of(live.detail, live.report, &self.plan.group, &row.group);
        let address = first.and_then(|first| live.detail.address(&live.book.subject, *first));
        match address {
            Some(address) if cell != Cell::blank() => cell.to(names::DETAIL, &address),
            _ => cell,
        }
    }

    /// All projects, or those that anyone answers for; none where the ranking is of other rows.
    fn total_members(&self) -> Option<Members> {
        let (facts, column) = (self.live.report.facts, &self.plan.group);
        let named = (0..facts.height()).filter(|row| facts.text(column, *row).is_some_and(|text| !text.is_empty()));
        let Live { report, book, .. } = self.live;
        let of_facts = book.id == self.plan.book
            && self.ranking.rows.iter().all(|row| Members::is_whole_group(report, book, self.plan, row));
        match named.count() {
            0 => None,
            _ if !of_facts => None,
            all if all == facts.height() => Some(Members::All),
            _ => Some(Members::Anyone { column: column.clone() }),
        }
    }

    /// A project with several leaders is counted for each, and once in the total.
    fn total_title(&self) -> &'static str {
        let facts = self.live.report.facts;
        let joined = |row| facts.text(&self.plan.group, row).is_some_and(|names| names.contains('、'));
        match (0..facts.height()).any(joined) {
            true => "合计（不重复计）",
            false => "合计",
        }
    }

    fn total_row(&self) -> Option<Vec<Cell>> {
        let members = self.total.clone()?;
        let row = self.frame().header + 1;
        let address = |id: &str| self.address_of(id).map(|column| crate::origin::cell_address(row, column as u32 + 1));
        let values = self.live.totals(self.plan, &members);
        let line = Line { members: Some(members), name_at: String::new(), values, at: &address };
        let cell = |part: &Part| match part {
            Part::Group => Cell::text(self.total_title()),
            Part::Measure(id) => self.measure(id).map_or_else(Cell::blank, |measure| self.live.cell(measure, &line)),
            Part::RateLastYear => Cell::number_or_dash(line.values.get(RATE_LAST_YEAR).copied().flatten().map(to_f64)),
            _ => Cell::blank(),
        };
        Some(self.parts.iter().map(cell).collect())
    }
}

/// A measure's title with its unit on a line of its own, where the number alone would not tell.
fn titled(title: &str, shown: Shown) -> String {
    match shown {
        Shown::Lead | Shown::Shift if !title.contains("百分点") => format!("{title}\n(百分点)"),
        _ => title.to_owned(),
    }
}

fn parts<'s>(live: Live, plan: &'s RankingPlan, ranking: &Ranking) -> Vec<Part<'s>> {
    let mut parts = vec![Part::Place, Part::Group];
    for id in &plan.measures {
        if id == "completion_change" && plan.measures.iter().any(|id| id == "completion") {
            parts.push(Part::RateLastYear);
        }
        parts.push(Part::Measure(id));
    }
    parts.extend([Part::Ahead, Part::Behind]);
    let county = &live.report.profile.county;
    if !county.grades.is_empty() && ranking.rows.iter().any(|row| row.grade.is_some()) {
        parts.push(Part::Grade);
    }
    if !county.lights.is_empty() && ranking.rows.iter().any(|row| row.light.is_some()) {
        parts.push(Part::Light);
    }
    if ranking.rows.iter().any(|row| row.unranked.is_some()) {
        parts.push(Part::Remark);
    }
    parts
}

fn notes(live: Live, plan: &RankingPlan) -> Vec<String> {
    let county = &live.report.profile.county;
    let mut notes = vec![format!("注：1. 排名办法：{}。", plan.tie_words.trim_end_matches('。'))];
    notes.push(format!("2. 序时进度：{}。", county.schedule().words.trim_end_matches('。')));
    if !county.grades.is_empty() {
        notes.push(format!("3. 等次：{}。", grades::in_words(&county.grades)));
    }
    if !county.lights.is_empty() {
        notes.push(format!("4. 亮灯：{}。", grades::in_words(&county.lights)));
    }
    notes
}

/// From nothing to the whole plan; a group beyond its plan fills its cell.
fn bar(sheet: &mut Worksheet, (first, last): (u32, u32), column: u16) -> Result<(), XlsxError> {
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(rust_xlsxwriter::Color::RGB(BAR))
        .set_solid_fill(true)
        .set_border_off(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1);
    sheet.add_conditional_format(first, column, last, column, &bar)?;
    Ok(())
}
