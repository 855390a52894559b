//! The layout of a form that the office issued: what its stamp says, the sheet itself only as a check.

use super::decide::{Reader, no_book};
use super::sheet::{Sheet, text_of};
use super::stamp::{Filled, Stamp};
use super::{Column, Layout, RowKind, caption, rows};
use crate::collect::{Grid, Row, SourceFile};
use crate::finding::{Finding, Level, Place};
use crate::profile::{Book, Kind};
use crate::text::label;
use crate::value::MoneyUnit;

/// Rows that are searched for the form's headings.
const SEARCHED: usize = 60;

/// What a sheet of a file is, as far as a stamp tells.
pub(super) enum Issued {
    /// The sheet that was to be filled in, or one beside it.
    Laid(Layout),
    /// A form that is no longer as it was issued: who it was issued to, and what is to be said.
    Changed(Option<String>, Finding),
    /// No form.
    No,
}

/// A form's sheet that is as it was issued.
struct Form<'a> {
    stamp: &'a Stamp,
    book: &'a Book,
    sheet: &'a Sheet<'a>,
    header: u32,
    place: &'a Place,
}

impl Reader<'_> {
    /// What the stamp of a file says of one of its sheets.
    pub(super) fn issued(&self, file: &SourceFile, grid: &Grid, sheet: &Sheet, place: &Place) -> Issued {
        let changed = |unit: Option<&str>, why: &str| {
            let message = format!("{why}，改按表头判读");
            let advice = "请不要改动表单的列和表头；已经改了的请核对各列的读法";
            let finding = Finding::new(Level::Note, "form.changed", place.clone(), message, advice);
            Issued::Changed(unit.map(str::to_owned), finding)
        };
        let stamp = match Stamp::of(&file.properties) {
            None => return Issued::No,
            Some(Err(why)) => return changed(None, why),
            Some(Ok(stamp)) => stamp,
        };
        let unit = Some(stamp.unit.as_str());
        if let Some(header) = header_of(&stamp, grid) {
            let Some(book) = self.profile.book(&stamp.book) else {
                return changed(unit, &format!("表单的账册“{}”现在没有了", stamp.book));
            };
            let unknown =
                stamp.columns.iter().filter_map(|c| c.field.as_ref()).find(|field| book.field(field).is_none());
            if let Some(field) = unknown {
                return changed(unit, &format!("表单的字段“{field}”在账册“{}”里没有了", book.title));
            }
            return Issued::Laid(self.lay_out_form(&Form { stamp: &stamp, book, sheet, header, place }));
        }
        if stamp.beside.iter().any(|name| **name == *grid.sheet) {
            let finding = Finding::new(Level::Info, "form.beside", place.clone(), "表单附带的说明和选项，没有数据", "");
            return Issued::Laid(no_book(None, finding));
        }
        match *stamp.sheet == *grid.sheet {
            true => changed(unit, "表单的列或表头改动过"),
            false => Issued::No,
        }
    }

    /// Whether a sheet is a form's as it was issued, or one beside it: one table, whatever is in it.
    pub(super) fn is_of_form(&self, file: &SourceFile, grid: &Grid) -> bool {
        let Some(Ok(stamp)) = Stamp::of(&file.properties) else { return false };
        header_of(&stamp, grid).is_some() || stamp.beside.iter().any(|name| **name == *grid.sheet)
    }

    fn lay_out_form(&self, form: &Form) -> Layout {
        let Form { stamp, book, sheet, header, place } = form;
        let words = format!("按表单的标记读取：{}发给{}的“{}”", stamp.period.in_words(), stamp.unit, book.title);
        let mut findings = vec![Finding::new(Level::Info, "form.recognised", (*place).clone(), words, "")];
        let (first_row, mut rows) = form.rows();
        if stamp.period != self.period {
            let message = format!("这是{}的表单，本期是{}", stamp.period.in_words(), self.period.in_words());
            let advice = "请用本期的表单重新填报；表单各列的月份是固定的，改标题没有用";
            findings.push(Finding::new(Level::Error, "period.mismatch", (*place).clone(), message, advice));
        }
        let caption = caption::reporter_above(sheet, *header).filter(|unit| label(unit) != label(&stamp.unit));
        if let Some(caption) = &caption {
            let message = format!("表单是发给{}的，表上写的填报单位是{caption}，按表上写的计", stamp.unit);
            let advice = "请核对是哪个单位的数；请各用各的表单";
            findings.push(Finding::new(Level::Query, "form.unit", (*place).clone(), message, advice));
        }
        findings.extend(form.beyond());
        let prefilled = rows.iter().filter(|kind| **kind == RowKind::Data).count();
        if !form.is_begun() {
            rows.iter_mut().filter(|kind| **kind == RowKind::Data).for_each(|kind| *kind = RowKind::Blank);
            let message = match prefilled {
                0 => "表单没有填写".to_owned(),
                rows => format!("表单没有填写：预先填好的{rows}行都没有本期的数，没有汇总"),
            };
            findings.push(Finding::new(Level::Error, "form.blank", (*place).clone(), message, "请填写后重新报送"));
        }
        Layout {
            book: Some(book.id.clone()),
            reporting_unit: caption.or_else(|| Some(stamp.unit.clone())),
            stated_period: Some(stamp.period),
            header: Some((*header, *header)),
            columns: form.columns(),
            rows,
            first_row,
            findings,
        }
    }
}

impl Form<'_> {
    /// The columns as they were issued.
    fn columns(&self) -> Vec<Column> {
        let heading =
            |column| self.sheet.grid.cell(self.header, column).and_then(text_of).map(|text| text.into_owned());
        let columns = (1u32..).zip(&self.stamp.columns).map(|(column, issued)| {
            let kind = issued.field.as_ref().and_then(|field| self.book.field(field)).map(|field| field.kind);
            Column {
                column,
                field: issued.field.clone(),
                header: heading(column).unwrap_or_default(),
                row: None,
                measured_in: (kind == Some(Kind::Amount)).then_some(MoneyUnit::Wan),
            }
        });
        columns.collect()
    }

    /// Whether anything that was asked has been filled in, or a row that was not there.
    fn is_begun(&self) -> bool {
        let fixed = |row: &Row| self.has(row, Filled::Fixed);
        self.below().any(|row| self.has_typed(row, Filled::Asked) || !fixed(row) && self.has(row, Filled::Kept))
            || self.stamp.columns.iter().all(|column| column.filled != Filled::Asked)
    }

    /// The rows below the headings that hold anything.
    fn below(&self) -> impl Iterator<Item = &Row> {
        self.sheet.grid.rows.iter().filter(|row| row.number > self.header && self.kind(row) == RowKind::Data)
    }

    fn has(&self, row: &Row, filled: Filled) -> bool {
        self.cells(row, filled).next().is_some()
    }

    /// The same, of what is no formula of ours.
    fn has_typed(&self, row: &Row, filled: Filled) -> bool {
        self.cells(row, filled).any(|cell| !cell.formula)
    }

    fn cells<'r>(&self, row: &'r Row, filled: Filled) -> impl Iterator<Item = &'r crate::collect::Cell> {
        let columns = (1u32..).zip(&self.stamp.columns).filter(move |(_, column)| column.filled == filled);
        columns.filter_map(|(column, _)| row.cell(column)).filter(|cell| text_of(cell).is_some())
    }

    fn rows(&self) -> (u32, Vec<RowKind>) {
        let all = &self.sheet.grid.rows;
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return (1, Vec::new()) };
        let kind = |number: u32| match self.sheet.grid.row(number) {
            None => RowKind::Blank,
            Some(row) if number < self.header => rows::above(self.sheet, row),
            Some(_) if number == self.header => RowKind::Header,
            Some(row) => self.kind(row),
        };
        (first.number, (first.number..=last.number).map(kind).collect())
    }

    /// What a row below the headings is: with something of a record in it, a record.
    fn kind(&self, row: &Row) -> RowKind {
        let lead = row.cell(1).and_then(text_of).map_or(String::new(), |text| label(&text));
        let holds = [Filled::Fixed, Filled::Kept, Filled::Asked].into_iter().any(|filled| self.has(row, filled));
        match holds {
            _ if lead.starts_with("合计") => RowKind::Total,
            true if row.cells.len() == 1 && rows::is_remark(row) => RowKind::Note,
            true => RowKind::Data,
            false if lead.is_empty() || lead.bytes().all(|byte| byte.is_ascii_digit()) => RowKind::Blank,
            false => RowKind::Note,
        }
    }

    /// Columns that were added beside the form's own: they mean nothing to it, and it is said so.
    fn beyond(&self) -> Option<Finding> {
        let last = self.stamp.columns.len() as u32;
        let below = self.sheet.grid.rows.iter().filter(|row| row.number >= self.header);
        let column = below.flat_map(|row| &row.cells).map(|cell| cell.column).filter(|column| *column > last).min()?;
        let place = self.place.clone().at_row(self.header).at_column(column);
        let message = "表单右边另外填写的内容没有读取";
        let advice = "要说明的请写在“备注”列；要加列的请与统计局联系";
        Some(Finding::new(Level::Note, "form.extra", place, message, advice))
    }
}

/// The row on which all of a form's headings stand in their columns.
fn header_of(stamp: &Stamp, grid: &Grid) -> Option<u32> {
    let columns = stamp.columns.len() as u32;
    let digest = |row: &Row| {
        let texts: Vec<_> =
            (1..=columns).map(|column| row.cell(column).and_then(text_of).unwrap_or_default()).collect();
        Stamp::digest(texts.iter().map(|text| &**text))
    };
    grid.rows.iter().take(SEARCHED).find(|row| digest(row) == stamp.headings).map(|row| row.number)
}
