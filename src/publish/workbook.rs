//! The ranking workbook: its sheets in order, its names and properties, its bytes.

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::detail::{BEHIND, Detail, MONTHS_LEFT, NOT_STARTED, SCHEDULE};
use super::index::Indexed;
use super::live::Live;
use super::members_list::MembersList;
use super::ranking_sheet::RankingSheet;
use super::style::Style;
use super::{PublishError, Report, definitions, grouped, lists, names, overview, scores, sources, wall, words};
use crate::amount::YUAN_PER_WAN;
use crate::profile::{Book, Kind};

/// How hard a workbook is packed that has many rows, of 1 to 9; others as is usual (6): sooner, to a fourth more bytes.
const LIGHT: u8 = 2;
/// More than a county's month has.
const MANY: usize = 2_000;

/// The workbook that goes to the leaders: overview, a sheet a ranking, detail, lists, definitions, sources.
///
/// # Errors
/// Where the profile has no book for the facts, or the workbook cannot be written (a name Excel refuses, no memory).
pub fn ranking_workbook(report: &Report) -> Result<Vec<u8>, PublishError> {
    let book = report.book().ok_or_else(|| PublishError::NoBook(report.facts.book.clone()))?;
    let style = Style { cents: has_cents(report, book) };
    let mut workbook = Workbook::new();
    for sheet in sheets(report, book, style)? {
        workbook.push_worksheet(sheet);
    }
    let definitions = names::quoted(names::DEFINITIONS);
    workbook.define_name(SCHEDULE, &format!("={definitions}!{}", definitions::SCHEDULE_AT))?;
    workbook.define_name(MONTHS_LEFT, &format!("={definitions}!{}", definitions::MONTHS_LEFT_AT))?;
    workbook.set_properties(&properties(report, book)?);
    packed(workbook, report.facts.height())
}

/// The bytes of a workbook of so many projects or findings.
pub(super) fn packed(mut workbook: Workbook, rows: usize) -> Result<Vec<u8>, PublishError> {
    if rows > MANY {
        workbook.set_zip_compression_level(LIGHT);
    }
    Ok(workbook.save_to_buffer()?)
}

fn sheets(report: &Report, book: &Book, style: Style) -> Result<Vec<Worksheet>, XlsxError> {
    let detail = Detail::new(report, book);
    let indexed = Indexed::new(report);
    let live = Live { report: &indexed, book, detail: &detail };
    let members = MembersList::new(&indexed, book, &detail);
    let titles = names::sheet_names(report.sheets().map(|ranking| ranking.title.as_str()));
    let mut files: HashMap<&str, String> = report.by_ends().map(|all| (&*all.ranking.id, all.file)).collect();
    let rankings: Vec<RankingSheet> = report
        .sheets()
        .zip(titles)
        .filter_map(|(ranking, name)| RankingSheet::new(live, &members, (ranking, files.remove(&*ranking.id)), name))
        .collect();
    let mut sheets = vec![overview::write(live, &rankings)?];
    let mut used: Vec<String> = rankings.iter().map(|ranking| ranking.table.sheet.clone()).collect();
    // A ranking of many groups is large: none is held once its sheet is made.
    for ranking in rankings {
        sheets.push(ranking.write()?);
        let name = names::sheet_name_beside(&format!("{}（分组）", ranking.ranking.title), &used);
        if let Some(sheet) = grouped::write(&ranking, name.clone(), Style { cents: false })? {
            used.push(name);
            sheets.push(sheet);
        }
    }
    sheets.extend(scores::sheets(report, style)?);
    sheets.push(detail.table.write(style)?);
    if let Some(table) = &members.table {
        sheets.push(table.write(style)?);
    }
    if report.elsewhere == 0 {
        sheets.extend(of_rows(live, report, style)?);
    }
    sheets.push(definitions::write(report, book, style)?);
    if report.elsewhere == 0 {
        sheets.push(sources::table(report).write(style)?);
    }
    Ok(sheets)
}

/// The sheets that list projects; where their rows stay on a cluster, an empty list would say that there are none.
fn of_rows(live: Live, report: &Report, style: Style) -> Result<Vec<Worksheet>, XlsxError> {
    let (mut sheets, detail) = (Vec::new(), live.detail);
    if detail.column(BEHIND).is_some() {
        sheets.push(lists::behind(live).write(style)?);
    }
    if detail.column(NOT_STARTED).is_some() {
        sheets.push(lists::not_started(live).write(style)?);
    }
    if let Some(table) = lists::bottlenecks(report) {
        sheets.push(table.write(style)?);
    }
    sheets.extend(wall::write(live, style)?);
    Ok(sheets)
}

/// Dated on the period's last day: the clock would make every run's bytes differ.
pub(super) fn properties(report: &Report, book: &Book) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = words::last_day(report.period);
    let office = office(report);
    Ok(DocProperties::new()
        .set_title(format!("{}{}{}排名", report.county, report.period.in_words(), book.short()))
        .set_subject(format!("{}完成情况排名", book.title))
        .set_author(&office)
        .set_company(&office)
        .set_category("月度排名")
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

/// Who issues the workbook.
fn office(report: &Report) -> String {
    format!("{}统计局", report.county)
}

/// What stands under every title.
pub(super) fn caption(report: &Report) -> (String, String) {
    let money = report.book().is_none_or(|book| book.fields.iter().any(|field| field.kind == Kind::Amount));
    let unit = if money { "万元" } else { "个" };
    (format!("编制单位：{}", office(report)), format!("单位：{unit}    {}", until(report)))
}

/// How far the figures reach.
pub(super) fn until(report: &Report) -> String {
    report.period.as_of()
}

/// Whether an amount of the facts is not whole 万元.
pub(super) fn has_cents(report: &Report, book: &Book) -> bool {
    let amounts = book.fields.iter().filter(|field| field.kind == Kind::Amount);
    let mut cells = amounts.map(|field| report.facts.cells(&field.id));
    let is_not_whole = |yuan: i64| yuan % YUAN_PER_WAN != 0;
    cells.any(|cells| (0..report.facts.height()).filter_map(|row| cells.whole(row)).any(is_not_whole))
}
