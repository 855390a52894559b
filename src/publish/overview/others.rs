//! 其他台账: the other books' figures of the whole, in three blocks beside one another.

use rust_xlsxwriter::{FormatAlign, XlsxError};

use super::{LAST, Overview, ROW};
use crate::measure::Figure;
use crate::profile::Measure;
use crate::publish::definitions;
use crate::publish::live::shown;
use crate::publish::members::shown_value;
use crate::publish::style::{Shown, span};
use crate::publish::table::Cell;

/// How many blocks stand side by side, four columns each.
const BLOCKS: usize = 3;

/// A book with its figures.
type Of<'m> = (&'m str, Vec<(&'m Measure, &'m Figure)>);

impl<'a> Overview<'_, 'a> {
    /// The figures of all other books; gives the row below them.
    pub(super) fn others(&mut self, top: u32) -> Result<u32, XlsxError> {
        let books = self.other_books();
        if books.is_empty() {
            return Ok(top);
        }
        self.heading(top, (0, LAST), "三、其他台账")?;
        let all: usize = books.iter().map(|(_, figures)| 1 + figures.len()).sum();
        let each = all.div_ceil(BLOCKS);
        let (mut block, mut row, mut last) = (0, top + 1, top + 1);
        for (title, figures) in books {
            // A book is not cut in two; the last block takes what is left.
            let filled = (row - top) as usize + figures.len();
            if filled > each && row > top + 1 && block + 1 < BLOCKS {
                (block, row) = (block + 1, top + 1);
            }
            row = self.book_block(title, &figures, row, block as u16 * 4)?;
            last = last.max(row);
        }
        Ok(last)
    }

    /// Those that departments report; how they report is told in a workbook of its own.
    fn other_books(&self) -> Vec<Of<'a>> {
        let report = self.live.report;
        let of = |of: &'a crate::publish::BookFigures| {
            let book = report.profile.book(&of.book).filter(|book| !book.internal)?;
            let measure = |id: &str| book.measures.iter().find(|measure| measure.id == id);
            let figures: Vec<_> =
                of.figures.iter().filter_map(|figure| Some((measure(&figure.measure)?, figure))).collect();
            (!figures.is_empty()).then_some((book.title.as_str(), figures))
        };
        report.others.iter().filter_map(of).collect()
    }

    fn book_block(
        &mut self,
        title: &str,
        figures: &[(&Measure, &Figure)],
        top: u32,
        left: u16,
    ) -> Result<u32, XlsxError> {
        span(&mut self.sheet, top, (left, left + 3), title, &self.style.header())?;
        self.sheet.set_row_height(top, ROW)?;
        for (at, (measure, figure)) in figures.iter().enumerate() {
            let row = top + 1 + at as u32;
            let name = self.style.cell(Shown::Text).set_shrink();
            span(&mut self.sheet, row, (left, left + 1), &measure.title, &name)?;
            let unit = definitions::unit(measure);
            self.sheet.write_string_with_format(row, left + 2, unit, &self.style.cell(Shown::Centre))?;
            let format = self.style.cell(shown(measure)).set_align(FormatAlign::Right).set_indent(1);
            let value = figure.value.map(|value| shown_value(measure, value));
            Cell::number_or_dash(value).write(&mut self.sheet, row, left + 3, &format)?;
            self.sheet.set_row_height(row, ROW)?;
        }
        Ok(top + 1 + figures.len() as u32)
    }
}
