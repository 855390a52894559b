//! 总览: who leads, who lags, by how much, and why, on one page.
//!
//! The opening sentence, the key figures as live formulas, grades and both ends of each ranking, charts, the
//! other books' figures.

use rust_xlsxwriter::{Chart, FormatAlign, Worksheet, XlsxError};

use super::live::{Line, Live, RATE_LAST_YEAR, shown, title, values};
use super::members::{Aggregate, Members, shown_value};
use super::ranking_sheet::RankingSheet;
use super::report::TOTALS;
use super::style::{Shown, Style, page, span};
use super::table::Cell;
use super::{charts, definitions, names, widths, words, workbook};
use crate::amount::Fraction;
use crate::measure::Figure;
use crate::origin::cell_address;
use crate::profile::{Measure, Order, RankingPlan};
use crate::rank::{Ranked, Ranking};

/// Columns A to L, all of one width.
const LAST: u16 = 11;
const WIDTH: f64 = 11.5;
/// The height of the rows that both blocks share, in points.
const ROW: f64 = 20.0;
/// Where the right-hand block begins.
const RIGHT: u16 = 6;
/// Percent at which the columns fit the width of A4 even where the default font is replaced by a wider one.
const SCALE: u16 = 74;
/// How many of each end of a ranking are named.
const NAMED: usize = 3;

/// The worksheet.
pub(super) fn write(live: Live, rankings: &[RankingSheet]) -> Result<Worksheet, XlsxError> {
    let style = Style { cents: false };
    let mut page = Overview { live, style, sheet: Worksheet::new(), causes: None, breaks: Vec::new() };
    page.sheet.set_name(names::OVERVIEW)?;
    for column in 0..=LAST {
        page.sheet.set_column_width(column, WIDTH)?;
    }
    page.opening()?;
    let left = page.key_figures(4)?;
    let right = page.standings(rankings, 4)?;
    let next = page.charts(rankings, left.max(right) + 1)?;
    let last = page.others(next)?;
    page.print_setup(last)?;
    Ok(page.sheet)
}

/// The sheet as it grows; rows from 0.
struct Overview<'o, 'a> {
    live: Live<'o, 'a>,
    style: Style,
    sheet: Worksheet,
    /// Whose causes of delay stand in which rows, and the column with the counts.
    causes: Option<(String, u32, u32, u16)>,
    /// Rows that begin a page.
    breaks: Vec<u32>,
}

impl<'a> Overview<'_, 'a> {
    fn opening(&mut self) -> Result<(), XlsxError> {
        let report = self.live.report;
        let title = format!("{}{}{}排名", report.county, report.period.in_words(), self.live.book.short());
        span(&mut self.sheet, 0, (0, LAST), &title, &self.style.title().set_font_size(20))?;
        self.sheet.set_row_height(0, 38)?;
        let (office, unit) = workbook::caption(report);
        span(&mut self.sheet, 1, (0, 5), &office, &self.style.caption(FormatAlign::Left))?;
        span(&mut self.sheet, 1, (RIGHT, LAST), &unit, &self.style.caption(FormatAlign::Right))?;
        let sentence = words::headline(report);
        span(&mut self.sheet, 2, (0, LAST), &sentence, &self.style.sentence())?;
        // Thirteen points against the ten that widths are reckoned in.
        let lines = widths::lines(&sentence, f64::from(LAST + 1) * WIDTH * 10.0 / 13.0);
        self.sheet.set_row_height(2, lines as f64 * 20.0 + 10.0)?;
        Ok(())
    }

    /// Gives the row after the block.
    fn key_figures(&mut self, top: u32) -> Result<u32, XlsxError> {
        let wholes: Vec<&Ranking> = self.live.report.wholes().take(2).collect();
        if wholes.is_empty() {
            return Ok(top);
        }
        span(&mut self.sheet, top, (0, 4), "一、主要指标", &self.style.heading())?;
        let header = self.style.header();
        span(&mut self.sheet, top + 1, (0, 1), "指标", &header)?;
        self.sheet.write_string_with_format(top + 1, 2, "单位", &header)?;
        self.sheet.set_row_height(top + 1, 32)?;
        for (at, ranking) in wholes.iter().enumerate() {
            let title = self.title_of(ranking);
            self.sheet.write_string_with_format(top + 1, 3 + at as u16, title, &header)?;
        }
        let measures = self.measures(&wholes);
        self.names(&measures, top + 2)?;
        for (at, ranking) in wholes.iter().enumerate() {
            self.whole(ranking, &measures, top + 2, 3 + at as u16)?;
        }
        if let Some(last) = wholes.last() {
            self.mark_causes(last, &measures, top + 2, 2 + wholes.len() as u16);
        }
        Ok(top + 2 + measures.len() as u32)
    }

    /// All that any of the wholes shows, each once.
    fn measures(&self, wholes: &[&Ranking]) -> Vec<&'a Measure> {
        let report = self.live.report;
        let mut measures: Vec<&Measure> = Vec::new();
        for plan in wholes.iter().filter_map(|ranking| report.plan(ranking)) {
            for measure in plan.measures.iter().filter_map(|id| report.measure(&plan.book, id)) {
                if !measures.iter().any(|at| at.id == measure.id) {
                    measures.push(measure);
                }
            }
        }
        measures
    }

    fn title_of(&self, whole: &Ranking) -> String {
        match whole.id.as_str() {
            "county" | TOTALS => self.live.report.profile.county.whole.clone(),
            _ => {
                // One group may be called as the whole is; then the ranking's title tells them apart.
                let name = whole
                    .rows
                    .first()
                    .map(|row| &row.group)
                    .filter(|name| *name != &self.live.report.profile.county.whole);
                name.unwrap_or(&whole.title).clone()
            }
        }
    }

    fn names(&mut self, measures: &[&Measure], top: u32) -> Result<(), XlsxError> {
        for (at, measure) in measures.iter().enumerate() {
            let row = top + at as u32;
            span(&mut self.sheet, row, (0, 1), title(measure), &self.style.cell(Shown::Text))?;
            let unit = match shown(measure) {
                Shown::Lead | Shown::Shift => "百分点",
                _ => definitions::unit(measure),
            };
            self.sheet.write_string_with_format(row, 2, unit, &self.style.cell(Shown::Centre))?;
            self.sheet.set_row_height(row, ROW)?;
        }
        Ok(())
    }

    /// A whole's figures down a column.
    fn whole(&mut self, ranking: &Ranking, measures: &[&Measure], top: u32, column: u16) -> Result<(), XlsxError> {
        let (Some(row), Some(plan)) = (ranking.rows.first(), self.live.report.plan(ranking)) else { return Ok(()) };
        let at = |id: &str| {
            let position = measures.iter().position(|measure| measure.id == id)?;
            Some(cell_address(top + position as u32 + 1, u32::from(column) + 1))
        };
        let members = members(self.live, plan, row);
        let mut values = values(row);
        values.remove(RATE_LAST_YEAR);
        let line = Line { members, name_at: String::new(), values, at: &at };
        for (position, measure) in measures.iter().enumerate() {
            let cell = match row.figure(&measure.id) {
                Some(_) => self.live.cell(measure, &line),
                None => Cell::blank(),
            };
            let format = self.style.cell(shown(measure)).set_align(FormatAlign::Right);
            cell.write(&mut self.sheet, top + position as u32, column, &format)?;
        }
        Ok(())
    }

    fn mark_causes(&mut self, whole: &Ranking, measures: &[&Measure], top: u32, column: u16) {
        let nothing = Fraction::from_integer(0);
        let known = |id: &str| whole.rows.first()?.figure(id)?.value.filter(|count| *count > nothing);
        let cause = |measure: &&Measure| measure.id.starts_with("delayed_by_");
        if !measures.iter().any(|measure| cause(measure) && known(&measure.id).is_some()) {
            return;
        }
        let first = measures.iter().position(cause);
        let count = measures.iter().filter(|measure| cause(measure)).count();
        let together = first.is_some_and(|first| measures[first..].iter().take(count).all(cause));
        self.causes = first.filter(|_| together && count > 1).map(|first| {
            let first = top + first as u32;
            (self.title_of(whole), first, first + count as u32 - 1, column)
        });
    }

    /// Grades of each ranking, then both of its ends; gives the row after the block.
    fn standings(&mut self, rankings: &[RankingSheet], top: u32) -> Result<u32, XlsxError> {
        if rankings.iter().all(|sheet| sheet.ranking.rows.is_empty()) {
            return Ok(top);
        }
        span(&mut self.sheet, top, (RIGHT, LAST), "二、排名概况", &self.style.heading())?;
        let below = self.grade_counts(rankings, top + 1)?;
        let mut row = below;
        for ranking in rankings {
            let text = ends(self.live, ranking.ranking);
            if text.is_empty() {
                continue;
            }
            // The rows are shared with the key figures and stay as high as those: longer text takes more rows.
            let lines = widths::lines(&text, 4.0 * WIDTH).max(widths::lines(&ranking.ranking.title, 2.0 * WIDTH));
            let last = row + (widths::height(lines, ROW) / ROW).ceil().max(2.0) as u32 - 1;
            let format = self.style.cell(Shown::Text);
            self.sheet.merge_range(row, RIGHT, last, RIGHT + 1, &ranking.ranking.title, &format)?;
            self.sheet.merge_range(row, RIGHT + 2, last, LAST, &text, &format)?;
            for row in row..=last {
                self.sheet.set_row_height(row, ROW)?;
            }
            row = last + 1;
        }
        Ok(row)
    }

    fn grade_counts(&mut self, rankings: &[RankingSheet], top: u32) -> Result<u32, XlsxError> {
        let bands: Vec<&str> =
            self.live.report.profile.county.grades.iter().map(|band| band.name.as_str()).take(3).collect();
        let graded: Vec<&RankingSheet> = rankings.iter().filter(|sheet| sheet.grade_column().is_some()).collect();
        if bands.is_empty() || graded.is_empty() {
            return Ok(top);
        }
        let header = self.style.header();
        span(&mut self.sheet, top, (RIGHT, RIGHT + 1), "等次分布", &header)?;
        for (at, word) in ["参与排名"].iter().chain(&bands).enumerate() {
            self.sheet.write_string_with_format(top, RIGHT + 2 + at as u16, *word, &header)?;
        }
        for (at, sheet) in graded.iter().enumerate() {
            let row = top + 1 + at as u32;
            span(&mut self.sheet, row, (RIGHT, RIGHT + 1), &sheet.ranking.title, &self.style.cell(Shown::Text))?;
            self.grade_row(sheet, &bands, row)?;
        }
        Ok(top + 1 + graded.len() as u32)
    }

    fn grade_row(&mut self, sheet: &RankingSheet, bands: &[&str], row: u32) -> Result<(), XlsxError> {
        let name = names::quoted(&sheet.table.sheet);
        let format = self.style.cell(Shown::Count).set_align(FormatAlign::Center);
        let rows = &sheet.ranking.rows;
        let placed = rows.iter().filter(|row| row.place.is_some()).count();
        let places = format!("=COUNT({name}!{})", sheet.frame().range(0));
        Cell::number(placed as f64).by(places).write(&mut self.sheet, row, RIGHT + 2, &format)?;
        for (at, band) in bands.iter().enumerate() {
            let Some(column) = sheet.grade_column() else { continue };
            let count = rows.iter().filter(|row| row.grade.as_deref() == Some(*band)).count();
            let formula = format!("=COUNTIF({name}!{},\"{band}\")", sheet.frame().range(column));
            Cell::number(count as f64).by(formula).write(&mut self.sheet, row, RIGHT + 3 + at as u16, &format)?;
        }
        Ok(())
    }

    /// Causes of delay under the figures, comparisons on the next page; gives the row after them.
    fn charts(&mut self, rankings: &[RankingSheet], top: u32) -> Result<u32, XlsxError> {
        let mut row = top;
        if let Some((whole, first, last, column)) = self.causes.take() {
            let title = format!("{whole}：进度滞后原因（项目个数）");
            let mut chart = charts::counts(names::OVERVIEW, &title, (first, last), (0, column));
            row = self.chart(&mut chart, row, 7)?;
        }
        let due = self.live.report.schedule.map_or_else(String::new, words::rate_in_words);
        let schedule = format!("序时进度{due}");
        let comparisons: Vec<Chart> =
            rankings.iter().filter_map(|sheet| charts::completion(sheet, &schedule)).take(2).collect();
        if !comparisons.is_empty() {
            // A chart is not to be cut in two; the figures fill the first page.
            self.breaks.push(row);
        }
        for mut chart in comparisons {
            row = self.chart(&mut chart, row, 14)?;
        }
        Ok(row + 1)
    }

    /// A chart over so many rows of the default height; gives the row after it.
    fn chart(&mut self, chart: &mut Chart, row: u32, rows: u32) -> Result<u32, XlsxError> {
        chart.set_width(1010).set_height(rows * 20 - 5);
        self.sheet.insert_chart_with_offset(row, 0, chart, 4, 4)?;
        Ok(row + rows)
    }

    /// The other books' figures; gives the last row used.
    fn others(&mut self, top: u32) -> Result<u32, XlsxError> {
        let others = self.live.report.others.iter().filter(|book| !book.figures.is_empty());
        let lines: Vec<(&str, &Measure, &Figure)> = others
            .filter_map(|of| Some((self.live.report.profile.book(&of.book)?, of)))
            .flat_map(|(book, of)| {
                let measure = |id: &str| book.measures.iter().find(|measure| measure.id == id);
                of.figures.iter().filter_map(move |f| Some((book.title.as_str(), measure(&f.measure)?, f)))
            })
            .collect();
        if lines.is_empty() {
            return Ok(top.saturating_sub(1));
        }
        span(&mut self.sheet, top, (0, LAST), "三、其他台账", &self.style.heading())?;
        let half = lines.len().div_ceil(2);
        self.other_block(&lines[..half], top + 1, 0)?;
        self.other_block(&lines[half..], top + 1, RIGHT)?;
        Ok(top + 1 + half as u32)
    }

    fn other_block(&mut self, lines: &[(&str, &Measure, &Figure)], top: u32, left: u16) -> Result<(), XlsxError> {
        if lines.is_empty() {
            return Ok(());
        }
        let header = self.style.header();
        span(&mut self.sheet, top, (left, left + 1), "台账", &header)?;
        span(&mut self.sheet, top, (left + 2, left + 3), "指标", &header)?;
        self.sheet.write_string_with_format(top, left + 4, "单位", &header)?;
        self.sheet.write_string_with_format(top, left + 5, "数值", &header)?;
        for (at, (book, measure, figure)) in lines.iter().enumerate() {
            let row = top + 1 + at as u32;
            let text = self.style.cell(Shown::Text);
            span(&mut self.sheet, row, (left, left + 1), book, &text)?;
            span(&mut self.sheet, row, (left + 2, left + 3), &measure.title, &text)?;
            let unit = definitions::unit(measure);
            self.sheet.write_string_with_format(row, left + 4, unit, &self.style.cell(Shown::Centre))?;
            let format = self.style.cell(shown(measure)).set_align(FormatAlign::Right);
            let value = figure.value.map(|value| shown_value(measure, value));
            Cell::number_or_dash(value).write(&mut self.sheet, row, left + 5, &format)?;
            self.sheet.set_row_height(row, widths::height(widths::lines(&measure.title, 2.0 * WIDTH), 20.0))?;
        }
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

/// The projects of a one-row ranking.
fn members(live: Live, plan: &RankingPlan, row: &Ranked) -> Option<Members> {
    let found = (live.book.id == plan.book).then(|| Members::of_row(live.report, live.book, plan, row))??;
    // A group has no cell of its own here that a formula could name.
    let sums = row.figures.iter().filter_map(|figure| live.report.measure(&plan.book, &figure.measure));
    let counted = sums.filter(|measure| Aggregate::of(measure, live.book).is_some()).count() > 0;
    (counted && !matches!(found, Members::Group { .. })).then_some(found)
}

/// The first and the last of a ranking, with what decides their places, a line each.
fn ends(live: Live, ranking: &Ranking) -> String {
    let placed: Vec<&Ranked> = ranking.rows.iter().filter(|row| row.place.is_some()).collect();
    let named = |rows: &mut dyn Iterator<Item = &&Ranked>| {
        rows.map(|row| named(live, ranking, row)).collect::<Vec<_>>().join("、")
    };
    match placed.len() {
        0 => String::new(),
        few if few < 2 * NAMED => {
            let lowest = live.report.plan(ranking).is_some_and(|plan| plan.order == Order::Lowest);
            format!("{}：{}", if lowest { "由低到高" } else { "由高到低" }, named(&mut placed.iter()))
        }
        all => {
            let (first, last) = (named(&mut placed.iter().take(NAMED)), named(&mut placed.iter().skip(all - NAMED)));
            format!("前{NAMED}名：{first}\n后{NAMED}名：{last}")
        }
    }
}

fn named(live: Live, ranking: &Ranking, row: &Ranked) -> String {
    let name: String = match row.group.chars().count() {
        0..=24 => row.group.clone(),
        _ => row.group.chars().take(23).chain(['…']).collect(),
    };
    // A ranking by score still tells the rate that leaders ask for first.
    let shown = row.figure("completion").or_else(|| row.figure(&ranking.by));
    let told = shown.and_then(|figure| {
        Some(words::figure_in_words(live.report.measure(&ranking.book, &figure.measure)?, figure.value?))
    });
    told.map_or(name.clone(), |told| format!("{name}（{told}）"))
}
