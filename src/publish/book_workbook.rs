//! The rankings of one book beside the key projects: investment, bottlenecks, leader-linked items.
//!
//! Takes a [`Report`] of the book's facts and rankings, gives a workbook: the whole's figures, a sheet a
//! ranking or series, the scores taken apart, the rows in detail, definitions.

use rust_xlsxwriter::{FormatAlign, Workbook, Worksheet, XlsxError};

use super::detail::{Detail, MONTHS_LEFT, SCHEDULE};
use super::index::Indexed;
use super::live::{Live, shown, title};
use super::members::shown_value;
use super::ranking_sheet::RankingSheet;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Table};
use super::{PublishError, Report, definitions, names, scores, workbook};
use crate::profile::{Book, Measure};
use crate::rank::Ranking;

/// The workbook of a book's rankings; `None` where the book has none besides the whole.
///
/// # Errors
///
/// As the ranking workbook's.
pub fn book_workbook(report: &Report) -> Result<Option<Vec<u8>>, PublishError> {
    let book = report.book().ok_or_else(|| PublishError::NoBook(report.facts.book.clone()))?;
    if report.sheets().next().is_none() {
        return Ok(None);
    }
    let style = Style { cents: workbook::has_cents(report, book) };
    let mut workbook = Workbook::new();
    for sheet in sheets(report, book, style)? {
        workbook.push_worksheet(sheet);
    }
    let definitions = names::quoted(names::DEFINITIONS);
    workbook.define_name(SCHEDULE, &format!("={definitions}!{}", definitions::SCHEDULE_AT))?;
    workbook.define_name(MONTHS_LEFT, &format!("={definitions}!{}", definitions::MONTHS_LEFT_AT))?;
    workbook.set_properties(&workbook::properties(report, book)?);
    Ok(Some(workbook.save_to_buffer()?))
}

fn sheets(report: &Report, book: &Book, style: Style) -> Result<Vec<Worksheet>, XlsxError> {
    let detail = Detail::new(report, book);
    let indexed = Indexed::new(report);
    let live = Live { report: &indexed, book, detail: &detail };
    let mut sheets: Vec<Worksheet> = wholes(report, book, style)?.into_iter().collect();
    let titles = names::sheet_names(report.sheets().map(|ranking| ranking.title.as_str()));
    for (ranking, name) in report.sheets().zip(titles) {
        if let Some(sheet) = RankingSheet::new(live, ranking, name) {
            sheets.push(sheet.write()?);
        }
    }
    sheets.extend(scores::sheets(report, style)?);
    sheets.push(detail.table.write(style)?);
    sheets.push(definitions::write(report, book, style)?);
    Ok(sheets)
}

/// The figures of the wholes, a measure a row and a whole a column; none where there is no whole.
fn wholes(report: &Report, book: &Book, style: Style) -> Result<Option<Worksheet>, XlsxError> {
    let wholes: Vec<&Ranking> = report.wholes().collect();
    let shown_by = |measure: &&Measure| {
        wholes.iter().any(|whole| report.plan(whole).is_some_and(|plan| plan.measures.contains(&measure.id)))
    };
    let measures: Vec<&Measure> = book.measures.iter().filter(shown_by).collect();
    if measures.is_empty() {
        return Ok(None);
    }
    let named =
        wholes.iter().map(|whole| Column { title: whole.rows[0].group.clone(), shown: Shown::Centre, widest: 24.0 });
    let columns = [Column::text("指标", 36.0), Column::of("单位", Shown::Centre)].into_iter().chain(named);
    let columns = columns.chain([Column::text("口径", 72.0)]);
    let row = |measure: &&Measure| {
        let figure = |whole: &&Ranking| whole.rows[0].figure(&measure.id).and_then(|figure| figure.value);
        let cell = |whole| Cell::number_or_dash(figure(whole).map(|value| shown_value(measure, value)));
        let heads = [Cell::text(title(measure)), Cell::text(definitions::unit(measure))];
        heads.into_iter().chain(wholes.iter().map(cell)).chain([Cell::text(&measure.words)]).collect::<Vec<_>>()
    };
    let table = Table {
        sheet: names::FIGURES.to_owned(),
        title: format!("{}{}{}主要指标", report.county, report.period.in_words(), book.title),
        caption: workbook::caption(report),
        above: None,
        columns: columns.collect(),
        total: None,
        rows: measures.iter().map(row).collect(),
        notes: Vec::new(),
        printed: 3 + wholes.len(),
        frozen: 1,
        filter: false,
        row_height: 20.0,
    };
    let mut sheet = table.write(style)?;
    // Each row is of another kind: money, counts and rates below one another.
    let first = table.frame().first - 1;
    for (at, (measure, cells)) in measures.iter().zip(&table.rows).enumerate() {
        let format = style.cell(shown(measure)).set_align(FormatAlign::Right);
        for (column, cell) in cells.iter().enumerate().skip(2).take(wholes.len()) {
            cell.write(&mut sheet, first + at as u32, column as u16, &format)?;
        }
    }
    Ok(Some(sheet))
}
