//! 主要指标: all figures of the whole and of what stands beside it, with how each has changed since last period.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::{Overview, RIGHT, ROW};
use crate::amount::{Fraction, to_f64};
use crate::origin::cell_address;
use crate::profile::{Measure, RankingPlan};
use crate::publish::definitions;
use crate::publish::live::{Line, Live, RATE_LAST_YEAR, no_sum, shown, title, values};
use crate::publish::members::{Aggregate, Members, shown_value};
use crate::publish::report::TOTALS;
use crate::publish::style::{Shown, span};
use crate::publish::table::Cell;
use crate::rank::{Ranked, Ranking};

const ARROW: &str = "\"↑\"#,##0;\"↓\"#,##0;\"—\"";
const POINTS_ARROW: &str = "\"↑\"0.0;\"↓\"0.0;\"—\"";
const COUNT_MORE: &str = "\"比上期 ↑\"#,##0;\"比上期 ↓\"#,##0;\"与上期持平\"";
const WAN_MORE: &str = "\"比上期 ↑\"#,##0\"万元\";\"比上期 ↓\"#,##0\"万元\";\"与上期持平\"";
const POINTS_MORE: &str = "\"比上期 ↑\"0.0\"个百分点\";\"比上期 ↓\"0.0\"个百分点\";\"与上期持平\"";

/// A change since last period.
pub(super) struct Changed {
    /// The difference, live.
    pub(super) cell: Cell,
    /// The format that shows it with an arrow.
    pub(super) arrow: &'static str,
    /// The same as a remark: 比上期 ↑2.
    pub(super) in_words: &'static str,
}

impl Overview<'_, '_> {
    /// The table of all figures; gives the row below it.
    pub(super) fn key_figures(&mut self) -> Result<u32, XlsxError> {
        let top = self.figures_top;
        if self.wholes.is_empty() {
            return Ok(top);
        }
        self.heading(top, (0, RIGHT - 1), "二、主要指标")?;
        let header = self.style.header();
        let columns = self.columns();
        span(&mut self.sheet, top + 1, (0, columns.unit - 1), "指标", &header)?;
        self.sheet.write_string_with_format(top + 1, columns.unit, "单位", &header)?;
        self.sheet.set_row_height(top + 1, 30)?;
        for (at, ranking) in self.wholes.clone().into_iter().enumerate() {
            let title = self.title_of(ranking);
            self.sheet.write_string_with_format(top + 1, columns.wholes[at], title, &header)?;
        }
        if let Some(column) = columns.change {
            self.sheet.write_string_with_format(top + 1, column, "比上期", &header)?;
        }
        let measures = self.measures();
        self.names(&measures, top + 2)?;
        for at in 0..self.wholes.len() {
            self.whole(at, &measures, columns.wholes[at])?;
        }
        if let Some(column) = columns.change {
            self.changes(&measures, column)?;
        }
        Ok(top + 2 + measures.len() as u32)
    }

    /// Which columns the table has: what changed only where there is a period before.
    fn columns(&self) -> Columns {
        let change = self.wholes.first().is_some_and(|whole| self.live.report.whole_before(whole).is_some());
        let used = self.wholes.len() as u16 + u16::from(change);
        let unit = RIGHT - 1 - used;
        let first = unit + 1;
        let change_at = change.then_some(first + 1);
        let second = first + 1 + u16::from(change);
        Columns { unit, wholes: [first, second], change: change_at }
    }

    /// The cell of a figure of a whole, as formulas on the sheet write it.
    pub(super) fn figure_at(&self, measure: &str, whole: usize) -> Option<String> {
        let ranking = self.wholes.get(whole)?;
        ranking.rows.first()?.figure(measure)?;
        let at = self.measures().iter().position(|known| known.id == measure)?;
        let column = *self.columns().wholes.get(whole)?;
        Some(cell_address(self.figures_top + 3 + at as u32, u32::from(column) + 1))
    }

    /// What a whole's column is called.
    pub(super) fn title_of(&self, whole: &Ranking) -> String {
        let all = &self.live.report.profile.county.whole;
        match whole.id.as_str() {
            "county" | TOTALS => all.clone(),
            _ => {
                // One group may be called as the whole is; then the ranking's title tells them apart.
                let name = whole.rows.first().map(|row| &row.group).filter(|name| *name != all);
                name.unwrap_or(&whole.title).clone()
            }
        }
    }

    fn names(&mut self, measures: &[&Measure], top: u32) -> Result<(), XlsxError> {
        let unit_at = self.columns().unit;
        for (at, measure) in measures.iter().enumerate() {
            let row = top + at as u32;
            span(&mut self.sheet, row, (0, unit_at - 1), title(measure), &self.style.cell(Shown::Text).set_shrink())?;
            let unit = match shown(measure) {
                Shown::Lead | Shown::Shift => "百分点",
                _ => definitions::unit(measure),
            };
            self.sheet.write_string_with_format(row, unit_at, unit, &self.style.cell(Shown::Centre))?;
            self.sheet.set_row_height(row, ROW)?;
        }
        Ok(())
    }

    /// A whole's figures down a column.
    fn whole(&mut self, whole: usize, measures: &[&Measure], column: u16) -> Result<(), XlsxError> {
        let ranking = self.wholes[whole];
        let (Some(row), Some(plan)) = (ranking.rows.first(), self.live.report.plan(ranking)) else { return Ok(()) };
        let mut values = values(row);
        values.remove(RATE_LAST_YEAR);
        let cells: Vec<Cell> = {
            let at = |id: &str| self.figure_at(id, whole);
            let members = members(self.live, plan, row);
            let line = Line { members, name_at: String::new(), values, at: &at, sum: &no_sum };
            let cell = |measure: &&Measure| match row.figure(&measure.id) {
                Some(_) => self.live.cell(measure, &line),
                None => Cell::blank(),
            };
            measures.iter().map(cell).collect()
        };
        for (position, (cell, measure)) in cells.iter().zip(measures).enumerate() {
            let format = self.style.cell(shown(measure)).set_align(FormatAlign::Right).set_indent(1);
            cell.write(&mut self.sheet, self.figures_top + 2 + position as u32, column, &format)?;
        }
        Ok(())
    }

    fn changes(&mut self, measures: &[&Measure], column: u16) -> Result<(), XlsxError> {
        for (position, measure) in measures.iter().enumerate() {
            let row = self.figures_top + 2 + position as u32;
            let format = self.style.cell(Shown::Count).set_align(FormatAlign::Right).set_indent(1);
            match self.changed(0, measure) {
                Some(changed) => {
                    let format = format.set_num_format(changed.arrow);
                    changed.cell.write(&mut self.sheet, row, column, &format)?;
                }
                None => Cell::text("—").write(&mut self.sheet, row, column, &format)?,
            }
        }
        Ok(())
    }

    /// How a figure of a whole has changed since last period; nothing for figures that are changes themselves.
    pub(super) fn changed(&self, whole: usize, measure: &Measure) -> Option<Changed> {
        let ranking = self.wholes.get(whole)?;
        let before = self.live.report.before(ranking, &measure.id)?;
        let now = ranking.rows.first()?.figure(&measure.id)?.value?;
        let (then, value) = (shown_value(measure, before), shown_value(measure, now));
        let at = self.figure_at(&measure.id, whole)?;
        let (arrow, in_words) = match shown(measure) {
            Shown::Count => (ARROW, COUNT_MORE),
            Shown::Wan => (ARROW, WAN_MORE),
            Shown::Percent | Shown::Lead => (POINTS_ARROW, POINTS_MORE),
            _ => return None,
        };
        let cell = match shown(measure) {
            // Rates stand as fractions and differ in 百分点.
            Shown::Percent => {
                let points = to_f64((now - before) * Fraction::from_integer(100));
                Cell::number(points).by(format!("=({at}-{then})*100"))
            }
            _ => Cell::number(value - then).by(format!("={at}-{}", literal(then))),
        };
        Some(Changed { cell, arrow, in_words })
    }
}

/// Where the columns of the table stand.
struct Columns {
    unit: u16,
    wholes: [u16; 2],
    change: Option<u16>,
}

/// A number as a formula holds it; a negative one in brackets.
fn literal(number: f64) -> String {
    if number < 0.0 { format!("({number})") } else { number.to_string() }
}

/// The projects of a one-row ranking.
fn members(live: Live, plan: &RankingPlan, row: &Ranked) -> Option<Members> {
    let found = (live.book.id == plan.book).then(|| Members::of_row(live.report, plan, row))??;
    // A group has no cell of its own here that a formula could name.
    let sums = row.figures.iter().filter_map(|figure| live.report.measure(&plan.book, &figure.measure));
    let counted = sums.filter(|measure| Aggregate::of(measure, live.book).is_some()).count() > 0;
    (counted && !matches!(found, Members::Group { .. })).then_some(found)
}
