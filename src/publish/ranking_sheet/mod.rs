//! One sheet a ranking: place, group, figures, gaps, grade and light, the total on top.
//!
//! Takes a ranking and the detail it rests on, gives its table and worksheet. Of more groups than a sheet is read with
//! ([`LargePlan`](crate::profile::LargePlan)) it lists both ends; all of them stand in a [CSV](super::ranking_csvs).

mod ends;
mod total;

use std::collections::BTreeMap;

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType, Sparkline, Worksheet, XlsxError};

use super::grades::Marks;
use super::live::{Candidate, Line, Live, MOST_GROUPS, RATE_LAST_YEAR, shown, values};
use super::members::{Aggregate, Members, shown_value};
use super::members_list::MembersList;
use super::places::Places;
use super::ranking_columns::{Part, Titles};
use super::style::{Shown, Style};
use super::table::{Cell, Column, Frame, Table};
use super::{balance, ranking_columns, scores, workbook};
use crate::amount::{Fraction, to_f64};
use crate::period::Period;
use crate::profile::{Measure, MeasuredIn, RankingPlan, Reckoning};
use crate::rank::{Ranked, Ranking};
use ends::Listed;

const BAR: u32 = 0x9DC3E6;

/// A ranking's sheet before it is written.
pub(super) struct RankingSheet<'s, 'a> {
    /// The ranking.
    pub(super) ranking: &'s Ranking,
    /// Its table.
    pub(super) table: Table,
    live: Live<'s, 'a>,
    plan: &'s RankingPlan,
    /// Where the projects of a group stand.
    members: &'s MembersList,
    /// Where each group's score is taken apart.
    scores: BTreeMap<String, (String, String)>,
    /// Whether it has more rows than formulas could follow.
    heavy: bool,
    /// The file that has all groups, where the sheet lists both ends.
    file: Option<String>,
    /// Which groups its rows are.
    listed: Listed,
    /// How many have a place.
    placed: usize,
    /// The periods of the curve.
    periods: Vec<Period>,
    /// What the columns add up to that shares are of.
    sums: BTreeMap<String, Fraction>,
    parts: Vec<Part<'s>>,
    total: Option<Members>,
}

impl<'s, 'a> RankingSheet<'s, 'a> {
    /// The sheet of a ranking, of both ends where `file` has all groups; `None` where the profile does not state it.
    pub(super) fn new(
        live: Live<'s, 'a>,
        members: &'s MembersList,
        (ranking, file): (&'s Ranking, Option<String>),
        sheet: String,
    ) -> Option<Self> {
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
            notes: Vec::new(),
            printed: 0,
            frozen: 2,
            filter: false,
            row_height: 25.0,
        };
        let (printed, parts) = ranking_columns::parts(&report.profile.county, live.book, plan, ranking);
        let shown = [parts.contains(&Part::Grade), parts.contains(&Part::Light)];
        let table = Table { notes: ranking_columns::notes(live, plan, shown), ..table };
        let scores = scores::totals_at(report, ranking);
        let ends = file.as_ref().map(|_| report.profile.county.large.ends);
        let mut this = Self {
            heavy: ends.is_some() || live.is_heavy(ranking.rows.len()),
            file,
            listed: ends::listed(ranking, ends),
            placed: ranking.rows.iter().filter(|row| row.place.is_some()).count(),
            periods: ranking_columns::periods(ranking),
            sums: total::sums(ranking, live.book),
            ranking,
            table,
            live,
            plan,
            members,
            scores,
            parts,
            total: None,
        };
        match this.ends_note() {
            Some(note) => {
                this.table.title.push_str(&format!("（{}）", this.ends_in_words()));
                this.note(&note);
            }
            None if this.heavy => this.note(HEAVY),
            None => {}
        }
        this.total = this.total_members().filter(|members| this.can_total(members));
        this.table.columns = this.columns();
        this.table.frozen = this.group_column().map_or(2, |column| column as u16 + 1);
        this.table.printed = printed;
        this.table.rows = this.rows();
        this.table.total = this.total_row();
        this.balance();
        Some(this)
    }

    /// The column of a measure.
    pub(super) fn measure_column(&self, measure: &str) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Measure(measure))
    }

    /// The column of the schedule that its groups are held against.
    pub(super) fn schedule_column(&self) -> Option<usize> {
        let is_schedule = |id: &&String| {
            *id == "schedule" || self.measure(id).is_some_and(|measure| measure.kind == Reckoning::Schedule)
        };
        self.measure_column(self.plan.measures.iter().find(is_schedule)?)
    }

    /// The column of the groups' names.
    pub(super) fn group_column(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Group)
    }

    /// The column of the grades.
    pub(super) fn grade_column(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Grade)
    }

    /// Whether its groups are what a derived column says of projects, and no one who answers for them.
    pub(super) fn groups_are_derived(&self) -> bool {
        self.live.book.derived.iter().any(|derived| derived.id == self.plan.group)
    }

    /// The column of the places.
    pub(super) fn place_column(&self) -> Option<usize> {
        self.parts.iter().position(|part| *part == Part::Place)
    }

    /// What its grades are called, best first.
    pub(super) fn grade_names(&self) -> Vec<&str> {
        let grades = self.grades();
        grades.names().collect()
    }

    /// Where its rows stand.
    pub(super) fn frame(&self) -> Frame {
        Frame::of(false, self.total.is_some(), self.listed.len())
    }

    /// The worksheet, with bars, curves and colours.
    pub(super) fn write(&self) -> Result<Worksheet, XlsxError> {
        // Leaders read whole 万元; the detail has the rest.
        let mut sheet = self.table.write(Style { cents: false })?;
        let frame = self.frame();
        let rows = (frame.first - 1, frame.last - 1);
        for (column, part) in self.parts.iter().enumerate() {
            let column = column as u16;
            match part {
                Part::Grade => self.grades().colour(&mut sheet, rows, column)?,
                Part::Light => self.lights().colour(&mut sheet, rows, column)?,
                Part::Measure("completion") => bar(&mut sheet, rows, column)?,
                Part::Curve => self.curves(&mut sheet, rows, column)?,
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// A small line a row over the periods beyond the page; a group that has but one period has none.
    fn curves(&self, sheet: &mut Worksheet, (first, last): (u32, u32), column: u16) -> Result<(), XlsxError> {
        let periods: Vec<usize> = (0..self.parts.len()).filter(|at| matches!(self.parts[*at], Part::Past(_))).collect();
        let (Some(from), Some(to)) = (periods.first(), periods.last()) else { return Ok(()) };
        // A group of its own for each row is more than a workbook of so many rows should carry.
        for row in (first..=last).take(MOST_GROUPS) {
            let range = (self.table.sheet.as_str(), row, *from as u16, row, *to as u16);
            let line = Sparkline::new().set_range(range).show_markers(true).set_custom_max(1.0).set_custom_min(0.0);
            let line = if self.by_is_rate() { line } else { Sparkline::new().set_range(range).show_markers(true) };
            sheet.add_sparkline(row, column, &line)?;
        }
        Ok(())
    }

    fn by_is_rate(&self) -> bool {
        self.measure(&self.plan.by).map(shown) == Some(Shown::Percent)
    }

    fn grades(&self) -> Marks<'_> {
        Marks::grades(&self.live.report.profile.county, self.plan, self.live.book)
    }

    fn lights(&self) -> Marks<'_> {
        Marks::lights(&self.live.report.profile.county, self.plan, self.live.book)
    }

    /// A measure of the ranking's book.
    pub(super) fn measure(&self, id: &str) -> Option<&'s Measure> {
        self.live.report.measure(&self.plan.book, id)
    }

    fn columns(&self) -> Vec<Column> {
        let titles = Titles { plan: self.plan, ranking: self.ranking, by: self.measure(&self.plan.by) };
        let measure = |part: &Part| match part {
            Part::Measure(id) => self.measure(id),
            _ => None,
        };
        self.parts.iter().map(|part| titles.column(*part, measure(part))).collect()
    }

    /// Amounts as shown add up to their total as shown, where the ranking asks for it.
    fn balance(&mut self) {
        // Both ends are no parts of a total that could be made to add up.
        let balanced = self.plan.balanced.filter(|_| !self.is_by_ends());
        let (Some(balance), Some(total)) = (balanced, &self.table.total) else { return };
        let amounts = self.parts.iter().enumerate().filter(|(_, part)| match part {
            Part::Measure(id) => self.measure(id).map(shown) == Some(Shown::Wan),
            _ => false,
        });
        for (column, _) in amounts.collect::<Vec<_>>() {
            balance::column(&mut self.table.rows, &total[column], column, balance);
        }
        self.note(balance::in_words(balance));
    }

    /// Adds a note below the others, numbered on.
    fn note(&mut self, words: &str) {
        self.table.notes.push(format!("{}. {words}", self.table.notes.len() + 1));
    }

    fn rows(&self) -> Vec<Vec<Cell>> {
        let frame = self.frame();
        let column = |id: &str| Some((self.measure_column(id)?, self.measure(id)?.measured_in));
        let unit = self.measure(&self.plan.by).map_or(MeasuredIn::Fraction, |by| by.measured_in);
        let places = Places::new((self.plan, unit), &self.ranking.rows, frame, 0, !self.is_by_ends(), column);
        let rows = self.listed.iter().enumerate();
        rows.map(|(at, group)| match group {
            Some(group) => self.row(*group, at, &places),
            None => self.between(),
        })
        .collect()
    }

    /// The cells of a group, in a row of the sheet.
    fn row(&self, group: usize, at: usize, places: &Places) -> Vec<Cell> {
        let (frame, row) = (self.frame(), &self.ranking.rows[group]);
        let followed = self.live.book.id == self.plan.book && !self.heavy;
        let members = followed.then(|| Members::of_row(self.live.report, self.plan, row)).flatten();
        let address = |id: &str| self.address_of(id).map(|column| frame.address(at, column));
        let name_at = self.group_column().map_or(String::new(), |column| format!("${}", frame.address(at, column)));
        let sum = |id: &str| self.column_sum(id);
        let line = Line { members, name_at, values: values(row), at: &address, sum: &sum };
        let last_year = || Cell::number_or_dash(line.values.get(RATE_LAST_YEAR).copied().flatten().map(to_f64));
        let cell = |part: &Part| match part {
            Part::Place => places.place(group),
            Part::Group => self.name(row),
            Part::Measure(id) => self.figure(id, row, &line),
            Part::RateLastYear => last_year(),
            Part::Score => self.score(row),
            Part::Ahead => places.ahead(group),
            Part::Behind => places.behind(group),
            Part::ToFirst => places.to_first(group),
            Part::Grade => self.mark(self.grades(), row, row.grade.as_deref(), at),
            Part::Light => self.mark(self.lights(), row, row.light.as_deref(), at),
            part => self.told(*part, row, places),
        };
        self.parts.iter().map(cell).collect()
    }

    /// A cell that no formula makes.
    fn told(&self, part: Part, row: &Ranked, places: &Places) -> Cell {
        let within = row.within.as_ref();
        match part {
            Part::Movement => match (row.movement, row.place) {
                (Some(places), _) => Cell::number(places as f64),
                (None, Some(_)) => Cell::text("新"),
                (None, None) => Cell::text("—"),
            },
            Part::Within => Cell::text(within.map_or("—", |within| &within.group)),
            Part::PlaceWithin => Cell::number_or_dash(within.map(|within| within.place.into())),
            Part::ToFirstWithin => places.gap(within.and_then(|within| within.gap_to_first.get())),
            Part::Past(at) => self.past(row, at),
            Part::Remark => Cell::text(row.unranked.clone().unwrap_or_default()),
            _ => Cell::blank(),
        }
    }

    /// The deciding measure in a period of the curve; a group may be younger than the curve.
    fn past(&self, row: &Ranked, at: usize) -> Cell {
        let period = self.periods.get(at);
        let point = row.trend.iter().find(|point| Some(&point.period) == period);
        let value = point.and_then(|point| Some(shown_value(self.measure(&self.plan.by)?, point.value.get()?)));
        // A gap in the curve is an empty cell, not a dash that would be drawn as nothing.
        value.map_or_else(Cell::blank, Cell::number)
    }

    /// A grade or a light.
    fn mark(&self, marks: Marks, row: &Ranked, stated: Option<&str>, at: usize) -> Cell {
        let frame = self.frame();
        let place = self.parts.iter().position(|part| *part == Part::Place);
        let place_at = place.map_or(String::new(), |column| frame.address(at, column));
        let measure_at = marks.column().and_then(|id| Some(frame.address(at, self.measure_column(id)?)));
        marks.cell(row, stated, u32::try_from(self.placed).unwrap_or(u32::MAX), (&place_at, measure_at.as_deref()))
    }

    /// What a measure's column adds up to.
    fn column_sum(&self, id: &str) -> Option<Candidate> {
        let column = self.measure_column(id).filter(|_| !self.heavy)?;
        Some((format!("SUM({})", self.frame().range(column)), self.sums.get(id).copied()))
    }

    /// Colours grades or lights that stand in a column of another sheet.
    pub(super) fn colour(
        &self,
        sheet: &mut Worksheet,
        part: Part,
        rows: (u32, u32),
        column: u16,
    ) -> Result<(), XlsxError> {
        match part {
            Part::Grade => self.grades().colour(sheet, rows, column),
            Part::Light => self.lights().colour(sheet, rows, column),
            _ => Ok(()),
        }
    }

    /// Its columns.
    pub(super) fn parts(&self) -> &[Part<'s>] {
        &self.parts
    }

    /// The column of a measure or of last year's rate.
    fn address_of(&self, id: &str) -> Option<usize> {
        match id {
            RATE_LAST_YEAR => self.parts.iter().position(|part| *part == Part::RateLastYear),
            id => self.measure_column(id),
        }
    }

    /// The group's name, leading to its projects.
    fn name(&self, row: &Ranked) -> Cell {
        let cell = Cell::text(&row.group);
        if cell == Cell::blank() { cell } else { self.to_members(cell, row) }
    }

    /// A cell that leads to the projects of a row's group.
    fn to_members(&self, cell: Cell, row: &Ranked) -> Cell {
        if self.live.book.id != self.plan.book {
            return cell;
        }
        let ranking = (self.ranking.id.as_str(), self.plan.group.as_str());
        match self.members.place(self.live, ranking, &row.group) {
            Some((sheet, address)) => cell.to(sheet, &address),
            None => cell,
        }
    }

    /// A measure's cell; the number of projects leads to them.
    fn figure(&self, id: &str, row: &Ranked, line: &Line) -> Cell {
        let Some(measure) = self.measure(id) else { return Cell::blank() };
        let cell = self.live.cell(measure, line);
        let counts = self.live.report.aggregate_of(measure).as_deref() == Some(&Aggregate::Rows);
        if counts { self.to_members(cell, row) } else { cell }
    }

    /// A group's score, taken apart where it leads to.
    fn score(&self, row: &Ranked) -> Cell {
        let total = row.score.as_ref().and_then(|score| score.total);
        let cell = Cell::number_or_dash(total.map(to_f64));
        match self.scores.get(&row.group) {
            Some((sheet, address)) => cell.by(format!("={}!{address}", super::names::quoted(sheet))).to(sheet, address),
            None => cell,
        }
    }
}

/// The remark under a ranking whose figures are values.
const HEAVY: &str = "本表行数多，名次、个数和金额为数值，不随明细重算。";

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
