//! The layout of a sheet that is one project's card: one record, its values where they stand.

use super::card::{self, Card};
use super::decide::Reader;
use super::sheet::Sheet;
use super::{Column, Layout, RowKind, caption, rows, stated};
use crate::collect::{Grid, SourceFile};
use crate::finding::{Finding, Level, Place};
use crate::profile::Kind;
use crate::text::label;
use crate::value::MoneyUnit;

impl Reader<'_> {
    /// The layout of a card; `None` where the sheet is none.
    ///
    /// `in_table` says how many fields the best header of a table names: a card names more.
    pub(super) fn card(
        &self,
        file: &SourceFile,
        grid: &Grid,
        sheet: &Sheet,
        place: &Place,
        in_table: f64,
    ) -> Option<Layout> {
        let (name, file_name) = (label(&grid.sheet), label(&file.name));
        let spoken_for = |book: usize, words: &str| self.vocabulary.spoken_for(book, words);
        let spoken = |book: usize| spoken_for(book, &name) * 1.4 + spoken_for(book, &file_name) * 0.5;
        let card = card::find(sheet, self.vocabulary, &self.profile.books, self.period, spoken)?;
        if (card.entries.len() as f64) < 1.5 * in_table + 1.0 {
            return None;
        }
        let book = &self.profile.books[card.book];
        let subject = card.entries.iter().find(|entry| book.fields[entry.field].id == book.subject)?.row;
        let first_label = card.label_rows.first().copied().unwrap_or(subject);
        let above = caption::money_above(sheet, u32::MAX);
        let mut findings = Vec::new();
        let mut columns = Vec::new();
        for entry in &card.entries {
            let field = &book.fields[entry.field];
            let is_amount = field.kind == Kind::Amount;
            let known = entry.unit.or(entry.heading.unit).or(above);
            let mark = place.clone().at_row(entry.row).at_column(entry.column).of_field(&field.id);
            if is_amount && known.is_none() {
                let message = format!("“{}”没有写明金额单位，按万元读取", entry.heading.written);
                findings.push(Finding::new(
                    Level::Query,
                    "amount.no_unit",
                    mark.clone(),
                    message,
                    "请写明“万元”等单位",
                ));
            }
            if let Some(stale) = &entry.heading.stale {
                let message = format!("“{}”中的“{stale}”不是本期，按“{}”读取", entry.heading.written, field.title);
                findings.push(Finding::new(Level::Query, "header.stale_period", mark, message, "请核对是否为本期数"));
            }
            columns.push(Column {
                column: entry.column,
                field: Some(field.id.clone()),
                header: entry.heading.written.clone(),
                row: Some(entry.row),
                measured_in: is_amount.then(|| known.unwrap_or(MoneyUnit::Wan)),
            });
        }
        columns.sort_by_key(|column| (column.column, column.row));
        let (first_row, rows) = kinds(grid, sheet, &card, subject);
        let titles: Vec<u32> = (first_row..first_label)
            .zip(&rows)
            .filter(|(_, kind)| **kind == RowKind::Title)
            .map(|(row, _)| row)
            .collect();
        let stated_period = stated::stated(grid, sheet, &titles, self.period);
        let reporting_unit = caption::reporter_above(sheet, u32::MAX)
            .or_else(|| caption::reporter_in_title(sheet, first_label))
            .or_else(|| caption::reporter_in_name(&file.name));
        let header = Some((first_label, first_label));
        let book = Some(book.id.clone());
        Some(Layout { book, reporting_unit, stated_period, header, columns, rows, first_row, findings })
    }
}

/// The row that names the project is the record; the card's other rows are its form.
fn kinds(grid: &Grid, sheet: &Sheet, card: &Card, subject: u32) -> (u32, Vec<RowKind>) {
    let (Some(first), Some(last)) = (grid.rows.first(), grid.rows.last()) else { return (1, Vec::new()) };
    let first_label = card.label_rows.first().copied().unwrap_or(subject);
    let kind = |number: u32| match grid.row(number) {
        _ if number == subject => RowKind::Data,
        None => RowKind::Blank,
        Some(row) if number < first_label => rows::above(sheet, row),
        Some(row) if !card.label_rows.contains(&number) && rows::is_remark(row) => RowKind::Note,
        Some(_) => RowKind::Header,
    };
    (first.number, (first.number..=last.number).map(kind).collect())
}
