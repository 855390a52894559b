//! Publish: the documents that leave the office.
//!
//! Takes a [`Report`] (the profile, the facts of the key projects, the rankings, the sources), gives the
//! bytes of the ranking workbook. Figures in it are live formulas over its own detail sheet; each formula is
//! written only where following it by hand gives exactly the figure that the program computed, so that the
//! stored value and a recalculation agree. Text from departments is always written as text.
//!
//! The same report gives the same bytes: nothing here knows a clock, a machine or a thread.

use crate::say;
mod answer;
mod balance;
mod bulletin;
mod charts;
mod check_rules;
mod check_sheets;
mod definitions;
mod detail;
mod extract;
mod findings;
mod forms;
mod grades;
mod grouped;
mod index;
mod lines;
mod lists;
mod live;
mod mail_plan;
mod members;
mod members_list;
mod names;
mod overview;
mod past;
mod places;
mod ranking_columns;
mod ranking_csv;
mod ranking_sheet;
mod report;
mod reporting;
mod returns;
mod rollup;
mod runs;
mod score_csv;
mod scores;
mod settings_form;
mod sources;
mod stated_sheet;
mod style;
mod table;
mod wall;
mod widths;
mod words;
mod workbook;

pub use answer::{answer_csv, answer_workbook};
pub use bulletin::{BULLETIN, Bulletin, BulletinReport, bulletin};
pub use check_rules::{RuleLine, is_doubt};
pub use detail::detail_csv;
pub use extract::{Extract, ExtractRequest, Standing, extracts, standings};
pub use findings::{CheckReport, FINDINGS, FINDINGS_CSV, findings_csv, findings_workbook};
pub use forms::{IssuedForm, Known, KnownRow, form_workbook};
pub use lines::Listing;
pub use mail_plan::{MAIL_PLAN, MailLine, MailPlanView, mail_plan};
pub use members::shown_value;
pub use names::{detail_file_name, ranking_file_name};
pub use past::{Bars, Change, Past, Series, Stage};
pub use ranking_csv::{ByEnds, ranking_csvs, rankings_by_ends};
pub use report::{BookFigures, Report, SHEET_ROWS, SourceSheet};
pub use reporting::ReportingView;
pub use returns::{
    MOST_LINES, ReadSheet, ReturnFile, ReturnLine, ReturnNames, ReturnReport, ReturnStatus, expected, file_name,
    return_workbook,
};
pub use rollup::rollup_workbook;
pub use score_csv::score_csvs;
pub use settings_form::{FormError, settings_form};
pub use stated_sheet::{STATED_CSV, Stated, StatedLine, stated_csv};
pub use words::{amount_in_words, growth_in_words, headline, lead_in_words, rate_change_in_words};
pub use workbook::ranking_workbook;

/// A document that could not be made. Nothing has been written: the last good one still stands.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The writer of workbooks refused.
    #[error("{}", say!("publish-workbook", fault = _0))]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The profile has no book for the facts.
    #[error("{}", say!("publish-no-book", book = _0))]
    NoBook(String),
    /// More rows than a sheet holds.
    #[error("{}", say!("publish-too-many-rows", rows = _0))]
    TooManyRows(usize),
    /// A return could not be put together.
    #[error("{}", say!("publish-return", fault = _0))]
    Return(crate::package::PackageError),
    /// The bulletin's template.
    #[error(transparent)]
    Template(#[from] crate::template::TemplateErrors),
    /// What the bulletin's template gave is no document.
    #[error("{}", say!("publish-markup", fault = _0))]
    Markup(String),
    /// The writer of packages refused.
    #[error("{}", say!("publish-package", fault = _0))]
    Package(#[from] crate::package::PackageError),
    /// The writer of CSV refused.
    #[error("{}", say!("publish-csv", fault = _0))]
    Csv(#[from] csv::Error),
}

impl PublishError {
    /// Whether something that the office wrote is at fault, as against the run.
    pub fn is_wrong_use(&self) -> bool {
        matches!(self, Self::Template(_) | Self::Markup(_))
    }
}
