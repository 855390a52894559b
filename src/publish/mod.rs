//! Publish: the documents that leave the office.
//!
//! Takes a [`Report`] (the profile, the facts of the key projects, the rankings, the sources), gives the
//! bytes of the ranking workbook. Figures in it are live formulas over its own detail sheet; each formula is
//! written only where following it by hand gives exactly the figure that the program computed, so that the
//! stored value and a recalculation agree. Text from departments is always written as text.
//!
//! The same report gives the same bytes: nothing here knows a clock, a machine or a thread.

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
mod ranking_sheet;
mod report;
mod reporting;
mod returns;
mod rollup;
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
pub use detail::{DetailCsv, detail_csv};
pub use extract::{Extract, ExtractRequest, Standing, extracts, standings};
pub use findings::{CheckReport, FINDINGS, FINDINGS_CSV, findings_csv, findings_workbook};
pub use forms::{IssuedForm, Known, KnownRow, form_workbook};
pub use mail_plan::{MAIL_PLAN, MailLine, MailPlanView, mail_plan};
pub use members::shown_value;
pub use names::{detail_file_name, ranking_file_name};
pub use past::{Bars, Change, Past, Series, Stage};
pub use report::{BookFigures, Report, SHEET_ROWS, SourceSheet};
pub use reporting::ReportingView;
pub use returns::{
    MOST_LINES, ReadSheet, ReturnFile, ReturnLine, ReturnNames, ReturnReport, ReturnStatus, expected, file_name,
    return_workbook,
};
pub use rollup::rollup_workbook;
pub use settings_form::{FormError, settings_form};
pub use stated_sheet::{Stated, StatedLine};
pub use words::{amount_in_words, growth_in_words, headline, lead_in_words, rate_change_in_words};
pub use workbook::ranking_workbook;

/// A document that could not be made. Nothing has been written: the last good one still stands.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The writer of workbooks refused.
    #[error(
        "排名工作簿未能生成：{0}。上次的结果未被改动；请检查 county.toml 中的排名名称和内存、临时目录空间后重新运行"
    )]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The profile has no book for the facts.
    #[error("排名工作簿未能生成：配置中没有台账“{0}”。请在 profile 目录补上它的 TOML 文件后重新运行")]
    NoBook(String),
    /// More rows than a sheet holds.
    #[error("结果有{0}行，一张工作表放不下：请在查询中加条件，或用 --csv")]
    TooManyRows(usize),
    /// A return could not be put together.
    #[error("退改单未能生成：{0}。其他成果未受影响；请检查内存和磁盘空间后重新运行")]
    Return(crate::package::PackageError),
    /// The bulletin's template.
    #[error(transparent)]
    Template(#[from] crate::template::TemplateErrors),
    /// What the bulletin's template gave is no document.
    #[error("督查通报未能生成：{0}")]
    Markup(String),
    /// The writer of packages refused.
    #[error("督查通报未能生成：{0}")]
    Package(#[from] crate::package::PackageError),
    /// The writer of CSV refused.
    #[error("写不出 CSV：{0}")]
    Csv(#[from] csv::Error),
}

impl PublishError {
    /// Whether something that the office wrote is at fault, as against the run.
    pub fn is_wrong_use(&self) -> bool {
        matches!(self, Self::Template(_) | Self::Markup(_))
    }
}
