//! The reports as a book like any other, so that their states are measured, ranked and scored.

use super::state::Report;
use crate::layout::RowKind;
use crate::merge::{self, Facts, MergeError};
use crate::period::Period;
use crate::profile::{Profile, REPORTS};
use crate::record::{Date, Table, TypedColumn, Values};
use crate::settings::Settings;
use crate::text::SharedText;
use crate::value::Moment;

/// What a report is called that is owed by no book's name.
pub const ANY_REPORT: &str = "全部报表";
/// Where the rows of these facts stand: in the register, a row a report; the reports' own files are a field.
const REGISTER: &str = "收文登记";

/// The facts of the reports that were owed; `None` where the profile has no such book, or nothing was owed.
///
/// # Errors
///
/// Where the office's own `reports.toml` lacks what these facts fill.
pub fn facts(
    reports: &[Report],
    profile: &Profile,
    settings: &Settings,
    period: Period,
) -> Result<Option<Facts>, MergeError> {
    let Some(book) = profile.book(REPORTS) else { return Ok(None) };
    let owed = reports.iter().filter(|report| report.owed);
    let mut tables: Vec<Table> = (1..).zip(owed).map(|(row, report)| table(row, report, profile)).collect();
    for column in tables.iter_mut().map(|table| &mut table.columns) {
        column.retain(|column| book.field(&column.field).is_some());
    }
    Ok(merge::merge(&tables, profile, settings, period)?.facts.remove(REPORTS))
}

/// A report as the only row of a table.
fn table(row: u32, report: &Report, profile: &Profile) -> Table {
    let text = |text: &str| {
        Values::Text([Some(text.into()).filter(|text: &SharedText| !text.is_empty())].into_iter().collect())
    };
    let count = |count: Option<i64>| Values::Count([count].into_iter().collect());
    let day = |moment: Option<Moment>| Values::Date(vec![moment.map(|moment| Date::from(moment.day))]);
    let values = [
        ("form", text(title(report, profile))),
        ("unit", text(&report.unit)),
        ("state", text(report.state.title())),
        ("due", day(Some(report.due))),
        ("received", day(report.received.map(|received| received.at))),
        ("days_late", count(report.days_late)),
        ("returns", count(Some(report.returns.into()))),
        ("rows_reported", count(Some(report.rows as i64))),
        ("files", text(&report.files.join("、"))),
        ("note", text(&report.note)),
    ];
    let columns = (1..).zip(values).map(|(column, (field, values))| TypedColumn {
        field: field.into(),
        column,
        row: None,
        values,
    });
    Table {
        book: REPORTS.to_owned(),
        file: REGISTER.into(),
        sheet: report.unit.as_str().into(),
        reporting_unit: report.unit.as_str().into(),
        rows: vec![row],
        sections: [None].into_iter().collect(),
        columns: columns.collect(),
        row_kinds: vec![(RowKind::Data, 1)],
        stated: Vec::new(),
        findings: Vec::new(),
    }
}

/// What readers call a report.
pub fn title<'p>(report: &Report, profile: &'p Profile) -> &'p str {
    let book = report.book.as_deref().and_then(|book| profile.book(book));
    book.map_or(ANY_REPORT, |book| &book.title)
}
