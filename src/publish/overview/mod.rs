//! 总览: who leads, who lags, by how much, and why, on two pages.
//!
//! The first page has the opening sentence, six figures large, the comparison as a chart, both ends of every
//! ranking; the second all key figures with what has changed, the year's trend, causes, the other books.
//! Figures, names and charts follow the cells that they are made from.

mod figures;
mod others;
mod plots;
mod standings;
mod tiles;

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::live::Live;
use super::ranking_sheet::RankingSheet;
use super::style::{Style, page, span};
use super::{names, widths, words, workbook};
use crate::profile::Measure;
use crate::rank::Ranking;

/// Columns A to L, all of one width.
const LAST: u16 = 11;
const WIDTH: f64 = 11.5;
/// The height of all rows that tables and charts share, in points.
const ROW: f64 = 18.0;
/// Where the right-hand half begins.
const RIGHT: u16 = 6;
/// Percent at which the columns fit the width of A4 even where the default font is replaced by a wider one.
const SCALE: u16 = 74;
/// What a page holds at that scale, in points, with something to spare for other fonts.
const PAGE: f64 = 682.0;
/// Where what charts are drawn from stands, beyond the printed page.
const DATA: u16 = LAST + 2;
/// The rows of the large figures.
const TILES: u32 = 4;

/// The worksheet.
pub(super) fn write<'a>(live: Live<'_, 'a>, rankings: &[RankingSheet<'_, 'a>]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(names::OVERVIEW)?;
    for column in 0..=LAST {
        sheet.set_column_width(column, WIDTH)?;
    }
    let style = Style { cents: false };
    let wholes: Vec<&Ranking> = live.report.wholes().take(2).collect();
    let mut page = Overview { live, style, sheet, rankings, wholes, figures_top: 0, data: 3, breaks: Vec::new() };
    let used = page.opening()?;
    let compared = standings::compared(rankings);
    // Charts fill what the table of both ends leaves of the first page.
    let ends = if compared.is_empty() { 0 } else { 1 + 2 * compared.len() as u32 };
    let spare = ((PAGE - used) / ROW) as u32;
    let charts = if compared.is_empty() { 0 } else { spare.saturating_sub(ends + 2).clamp(9, 20) };
    let top = TILES + 4;
    page.figures_top = top + charts + ends + u32::from(ends > 0);
    if ends > 0 {
        page.breaks.push(page.figures_top);
    }
    page.tiles()?;
    let second = page.comparison(top, charts)?;
    page.standings(&compared, top + charts)?;
    let below_table = page.key_figures()?;
    let below_charts = page.plots(second, below_table)?;
    let last = page.others(below_table.max(below_charts))?;
    page.print_setup(last.saturating_sub(1))?;
    Ok(page.sheet)
}

/// The sheet as it grows; rows from 0.
struct Overview<'o, 'a> {
    live: Live<'o, 'a>,
    style: Style,
    sheet: Worksheet,
    rankings: &'o [RankingSheet<'o, 'a>],
    /// The wholes whose figures stand in columns.
    wholes: Vec<&'a Ranking>,
    /// The heading over the key figures.
    figures_top: u32,
    /// The next free row of what charts are drawn from.
    data: u32,
    /// Rows that begin a page.
    breaks: Vec<u32>,
}

impl<'a> Overview<'_, 'a> {
    /// Title, caption and opening sentence; gives their height with that of the large figures.
    fn opening(&mut self) -> Result<f64, XlsxError> {
        let report = self.live.report;
        let title = format!("{}{}{}排名", report.county, report.period.in_words(), self.live.book.short());
        span(&mut self.sheet, 0, (0, LAST), &title, &self.style.title().set_font_size(20))?;
        let (office, unit) = workbook::caption(report);
        span(&mut self.sheet, 1, (0, RIGHT - 1), &office, &self.style.caption(FormatAlign::Left))?;
        span(&mut self.sheet, 1, (RIGHT, LAST), &unit, &self.style.caption(FormatAlign::Right))?;
        let sentence = words::headline(report);
        span(&mut self.sheet, 2, (0, LAST), &sentence, &self.style.sentence())?;
        // Thirteen points against the ten that widths are reckoned in.
        let lines = widths::lines(&sentence, f64::from(LAST + 1) * WIDTH * 10.0 / 13.0);
        let heights = [38.0, ROW, lines as f64 * 20.0 + 10.0, 6.0, 20.0, 38.0, ROW, 10.0];
        for (row, height) in heights.iter().enumerate() {
            self.sheet.set_row_height(row as u32, *height)?;
        }
        Ok(heights.iter().sum())
    }

    /// All that any of the wholes shows, each once.
    fn measures(&self) -> Vec<&'a Measure> {
        let report = self.live.report;
        let mut measures: Vec<&Measure> = Vec::new();
        for plan in self.wholes.iter().filter_map(|ranking| report.plan(ranking)) {
            for measure in plan.measures.iter().filter_map(|id| report.measure(&plan.book, id)) {
                if !measures.iter().any(|at| at.id == measure.id) {
                    measures.push(measure);
                }
            }
        }
        measures
    }

    /// A heading within the sheet, over some of its columns.
    fn heading(&mut self, row: u32, columns: (u16, u16), text: &str) -> Result<(), XlsxError> {
        span(&mut self.sheet, row, columns, text, &self.style.heading())?;
        self.sheet.set_row_height(row, 24)?;
        Ok(())
    }

    fn print_setup(&mut self, last: u32) -> Result<(), XlsxError> {
        page(&mut self.sheet);
        // Excel forgets page breaks when it fits to a width, so twelve equal columns are scaled to A4 by number.
        self.sheet.set_print_scale(SCALE);
        self.breaks.retain(|row| *row <= last);
        self.sheet.set_page_breaks(&self.breaks)?;
        self.sheet.set_print_area(0, 0, last, LAST)?;
        self.sheet.set_active(true);
        Ok(())
    }
}
