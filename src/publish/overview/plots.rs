//! The overview's charts, native and over cells: comparison, trend of the year, counts such as causes of delay.
//!
//! What no sheet shows as it is drawn stands beyond the printed page, as formulas over the key figures where
//! these hold it.

use rust_xlsxwriter::{Chart, FormatAlign, XlsxError};

use super::{DATA, Overview, RIGHT, ROW};
use crate::amount::to_f64;
use crate::period::Period;
use crate::profile::{Measure, Reckoning};
use crate::publish::charts::{self, Cells};
use crate::publish::live::{shown, title};
use crate::publish::members::shown_value;
use crate::publish::names;
use crate::publish::past::Bars;
use crate::publish::style::Shown;
use crate::publish::table::Cell;
use crate::publish::words;
use crate::rank::Point;

/// The width of the page and of half of it, in pixels.
const WHOLE: u32 = 1008;
const HALF: u32 = 494;
/// Two thirds of it and the rest, and the column at which the rest begins.
const WIDE: u32 = 672;
const NARROW: u32 = 324;
const BESIDE: u16 = 8;
/// A chart lower than these rows cannot be read.
const LEAST: u32 = 6;
/// How many share the height of the table beside them.
const MOST: u32 = 3;

impl Overview<'_, '_> {
    /// The first ranking's comparison, and beside it the year's trend; gives the second ranking's comparison, for
    /// another place.
    pub(super) fn comparison(&mut self, top: u32, rows: u32) -> Result<Option<Chart>, XlsxError> {
        let due = self.live.report.schedule.map_or_else(String::new, words::rate_in_words);
        let schedule = format!("序时进度{due}");
        let mut comparisons = self.rankings.iter().filter_map(|sheet| charts::comparison(sheet, &schedule));
        let (first, second) = (comparisons.next(), comparisons.next());
        if rows == 0 {
            return Ok(second);
        }
        let trend = self.trend()?;
        let beside = first.is_some() && trend.is_some();
        if let Some(mut chart) = first {
            self.place(&mut chart, (top, 0), (if beside { WIDE } else { WHOLE }, rows))?;
        }
        if let Some(mut chart) = trend {
            let (column, width) = if beside { (BESIDE, NARROW) } else { (0, WHOLE) };
            self.place(&mut chart, (top, column), (width, rows))?;
        }
        Ok(second)
    }

    /// The charts beside the key figures; gives the row below them.
    pub(super) fn plots(&mut self, second: Option<Chart>, below_table: u32) -> Result<u32, XlsxError> {
        let mut charts = Vec::new();
        for bars in self.live.report.bars {
            charts.push(self.counts(bars)?);
        }
        if charts.len() < 2 {
            charts.extend(second);
        }
        if charts.is_empty() {
            return Ok(self.figures_top);
        }
        let beside = below_table.saturating_sub(self.figures_top + 1);
        let count = (charts.len() as u32).min(MOST).min((beside / LEAST).max(1));
        let rows = (beside / count).max(LEAST);
        let mut row = self.figures_top + 1;
        for chart in charts.iter_mut().take(count as usize) {
            self.place(chart, (row, RIGHT), (HALF, rows))?;
            row += rows;
        }
        Ok(row)
    }

    /// A chart from a cell on, over so many rows.
    fn place(
        &mut self,
        chart: &mut Chart,
        (row, column): (u32, u16),
        (width, rows): (u32, u32),
    ) -> Result<(), XlsxError> {
        let height = (f64::from(rows) * ROW * 96.0 / 72.0) as u32;
        chart.set_width(width).set_height(height.saturating_sub(8));
        let indent = if column == 0 { 4 } else { 10 };
        self.sheet.insert_chart_with_offset(row, column, chart, indent, 4)?;
        for row in row..row + rows {
            // The heads of the table beside are higher.
            if row >= self.figures_top + 2 || row < self.figures_top {
                self.sheet.set_row_height(row, ROW)?;
            }
        }
        Ok(())
    }

    /// The whole's deciding measure through the year, against its schedule; nothing before the second period.
    fn trend(&mut self) -> Result<Option<Chart>, XlsxError> {
        let report = self.live.report;
        let Some(ranking) = self.wholes.first().copied() else { return Ok(None) };
        let Some(row) = ranking.rows.first() else { return Ok(None) };
        let Some(measure) = report.measure(&ranking.book, &ranking.by) else { return Ok(None) };
        let points: Vec<&Point> = row.trend.iter().collect();
        if points.iter().filter(|point| point.value.is_some()).count() < 2 {
            return Ok(None);
        }
        let name = title(measure).to_owned();
        let due = self.due_by(measure, &points);
        let heads = [String::new(), name.clone(), "序时进度".to_owned()];
        let top = self.data_heads(&heads[..if due.is_some() { 3 } else { 2 }])?;
        for (at, point) in points.iter().enumerate() {
            let row = top + at as u32;
            let value = point.value.get().map(|value| shown_value(measure, value));
            let cell = value.map_or_else(Cell::blank, Cell::number);
            let now = self.figure_at(&measure.id, 0).filter(|_| at + 1 == points.len() && value.is_some());
            let cell = now.map_or(cell.clone(), |at| cell.by(format!("={at}")));
            self.data_cell(row, 0, &Cell::text(label(point.period)), Shown::Centre)?;
            self.data_cell(row, 1, &cell, shown(measure))?;
            if let Some(due) = &due {
                self.data_cell(row, 2, &due[at].map_or_else(Cell::blank, Cell::number), Shown::Percent)?;
            }
        }
        self.data = top + points.len() as u32 + 1;
        let cells = self.cells(top, points.len() as u32, if due.is_some() { 2 } else { 1 });
        Ok(Some(charts::trend(&cells, &format!("{}{name}走势", self.title_of(ranking)), shown(measure))))
    }

    /// How far the schedule of a rate had come at each point, where one lag is held against it.
    fn due_by(&self, measure: &Measure, points: &[&Point]) -> Option<Vec<Option<f64>>> {
        let (report, book) = (self.live.report, self.live.book);
        let held =
            |lag: &&Measure| lag.kind == Reckoning::Lag && lag.of.as_deref().unwrap_or("completion") == measure.id;
        let lag = book.measures.iter().find(held)?;
        let plan = self.wholes.first().and_then(|whole| report.plan(whole));
        let county = &report.profile.county;
        let schedule = county.schedule(book, plan, Some(lag));
        let due = |point: &&Point| Some(to_f64(county.share(schedule, point.period)?.value()));
        let due: Vec<Option<f64>> = points.iter().map(due).collect();
        due.iter().any(Option::is_some).then_some(due)
    }

    /// Counts beside one another, a series for each whole.
    fn counts(&mut self, bars: &Bars) -> Result<Chart, XlsxError> {
        let heads: Vec<String> =
            std::iter::once(String::new()).chain(bars.series.iter().map(|series| series.name.clone())).collect();
        let top = self.data_heads(&heads)?;
        for (at, bar) in bars.titles.iter().enumerate() {
            let row = top + at as u32;
            self.data_cell(row, 0, &Cell::text(bar), Shown::Text)?;
            for (column, series) in bars.series.iter().enumerate() {
                let cell = series.values[at].map_or_else(Cell::blank, Cell::number);
                let own = |whole: &&crate::rank::Ranking| whole.id == series.ranking && whole.book == bars.book;
                let whole = self.wholes.iter().position(own);
                let shown_at = whole.and_then(|whole| self.figure_at(&bars.measures[at], whole));
                let cell = match shown_at.filter(|_| series.values[at].is_some()) {
                    Some(at) => cell.by(format!("={at}")),
                    None => cell,
                };
                self.data_cell(row, 1 + column as u16, &cell, Shown::Count)?;
            }
        }
        self.data = top + bars.titles.len() as u32 + 1;
        Ok(charts::counts(&self.cells(top, bars.titles.len() as u32, bars.series.len() as u16), &bars.title))
    }

    /// The cells of a block of data: names, and so many series with their heads above.
    fn cells(&self, top: u32, rows: u32, series: u16) -> Cells<'static> {
        Cells { sheet: names::OVERVIEW, first: top, last: top + rows - 1, names: DATA, series }
    }

    /// The heads over a block of data; gives the first row below them.
    fn data_heads(&mut self, heads: &[String]) -> Result<u32, XlsxError> {
        if self.data == 3 {
            let format = self.style.caption(FormatAlign::Left);
            self.sheet.write_string_with_format(2, DATA, "图表数据", &format)?;
        }
        for (at, head) in heads.iter().enumerate() {
            let column = DATA + at as u16;
            self.sheet.set_column_width(column, if at == 0 { 18.0 } else { 15.0 })?;
            self.sheet.write_string_with_format(self.data, column, head, &self.style.header().set_shrink())?;
        }
        Ok(self.data + 1)
    }

    fn data_cell(&mut self, row: u32, column: u16, cell: &Cell, shown: Shown) -> Result<(), XlsxError> {
        cell.write(&mut self.sheet, row, DATA + column, &self.style.cell(shown).set_shrink())
    }
}

/// A period on an axis: 3月, 第38周.
pub(super) fn label(period: Period) -> String {
    let words = period.in_words();
    let words = words.split_once('年').map_or(words.as_str(), |(_, rest)| rest);
    words.split('（').next().unwrap_or(words).to_owned()
}
