//! `核验报告.xlsx`: every finding on a line of its own, to filter by file, level and rule.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{Color, Workbook, Worksheet, XlsxError};

use super::answer::opens_formula;
use super::check_rules::RuleLine;
use super::report::SourceSheet;
use super::reporting::{self, ReportingView};
use super::stated_sheet::{self, Stated};
use super::style::{Shown, Style, properties};
use super::table::{Cell, Column, Frame, Table};
use super::workbook::packed;
use super::{PublishError, check_rules, check_sheets};
use crate::finding::{Finding, Level, Place};
use crate::origin::{cell_address, column_letters};
use crate::period::Period;

/// The document's name.
pub const FINDINGS: &str = "核验报告.xlsx";

/// The file with all findings, where they are more than the report lists.
pub const FINDINGS_CSV: &str = "核验问题清单.csv";

/// The sheet of the findings.
pub(super) const SHEET: &str = "问题清单";
/// Its first row below the headings, as Excel counts.
pub(super) const FIRST: u32 = 4;
/// The column of the levels, from 0.
pub(super) const LEVEL_COLUMN: u16 = 0;
/// The column of the units.
pub(super) const UNIT_COLUMN: u16 = 1;
/// The column that the department fills in.
const ANSWER: u16 = 9;
/// The columns: their titles, and how they look.
const COLUMNS: [(&str, Option<f64>); 11] = [
    ("级别", None),
    ("报送单位", Some(18.0)),
    ("台账", Some(14.0)),
    ("文件", Some(22.0)),
    ("工作表", Some(12.0)),
    ("单元格", None),
    ("字段", Some(14.0)),
    ("问题", Some(44.0)),
    ("怎么办", Some(30.0)),
    ("说明（由填报单位填写）", Some(22.0)),
    ("规则编号", Some(18.0)),
];

/// What 核验报告.xlsx says.
#[derive(Clone, Copy)]
pub struct CheckReport<'a> {
    /// The findings of the month, by place.
    pub findings: &'a [Finding],
    /// How many of them are listed at most, and of the stated figures.
    pub most: usize,
    /// The month.
    pub period: Period,
    /// What readers call the field of a place, where its book has the field.
    pub title: &'a (dyn Fn(&Place) -> Option<&'a str> + Sync),
    /// Who reported what stands on the sheet of a place; empty where nothing tells.
    pub unit: &'a (dyn Fn(&Place) -> &'a str + Sync),
    /// The title of the book that the sheet of a place was read as.
    pub book: &'a (dyn Fn(&Place) -> &'a str + Sync),
    /// Every sheet of every file with its row account.
    pub sources: &'a [SourceSheet],
    /// How the books' rules went.
    pub rules: &'a [RuleLine],
    /// The rates and totals that sheets state.
    pub stated: Stated<'a>,
    /// What the units owed and what came.
    pub reporting: ReportingView<'a>,
}

/// The findings of a month, gravest first, then by place; those of level info are left to
/// `run.json`, which counts them. Behind them how the units reported, and the figures that sheets
/// state, recomputed.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn findings_workbook(report: CheckReport) -> Result<Vec<u8>, PublishError> {
    let CheckReport { period, stated, reporting, .. } = report;
    let all = report.count();
    let style = Style { cents: false };
    let (sheet, frame) = list(&report, all, style)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&format!("{}核验报告", period.in_words()), period)?);
    workbook.push_worksheet(sheet);
    // Counted from the list only where that has them all.
    let last = (all <= report.most).then_some(frame.last);
    workbook.push_worksheet(check_sheets::by_unit(&report, last).write(style)?);
    workbook.push_worksheet(reporting::table(reporting, period).write(style)?);
    for ranking in reporting::rankings(reporting, period) {
        workbook.push_worksheet(ranking.write(style)?);
    }
    workbook.push_worksheet(check_sheets::accounts(&report).write(style)?);
    workbook.push_worksheet(check_rules::rules(&report).write(style)?);
    workbook.push_worksheet(check_rules::doubts(&report).write(style)?);
    workbook.push_worksheet(stated_sheet::write(stated, report.most, period, style)?);
    packed(workbook, all)
}

/// The sheet of the findings, of so many in all, and where they stand on it.
fn list(report: &CheckReport, all: usize, style: Style) -> Result<(Worksheet, Frame), XlsxError> {
    let shown: Vec<&Finding> = report.told().take(report.most).collect();
    let table = table(report, &shown, all);
    let mut sheet = table.write(style)?;
    // Empty when it leaves the office: room for what the department will write.
    sheet.set_column_width(ANSWER, 24)?;
    colour(&mut sheet, table.frame(), &shown, style)?;
    Ok((sheet, table.frame()))
}

/// All findings as CSV, as the report lists them, where they are more than it does; whether there was anything to
/// write.
///
/// # Errors
///
/// What the writer says.
pub fn findings_csv(report: &CheckReport, to: &mut dyn Write) -> Result<bool, PublishError> {
    if report.count() <= report.most {
        return Ok(false);
    }
    // The mark by which spreadsheets know UTF-8.
    to.write_all("\u{feff}".as_bytes()).map_err(csv::Error::from)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(COLUMNS.map(|(title, _)| title))?;
    let mut lines = Lines { report, sheet: None };
    for finding in report.told() {
        let words = lines.words(finding).map(|text| match opens_formula(&text) {
            true => format!("'{text}").into(),
            false => text,
        });
        writer.write_record(words.iter().map(|text| text.as_bytes()))?;
    }
    writer.flush().map_err(csv::Error::from)?;
    Ok(true)
}

impl<'a> CheckReport<'a> {
    /// What departments are told, gravest first, then by place.
    fn told(&self) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let findings = self.findings;
        let of_level = move |level: Level| findings.iter().filter(move |finding| finding.level == level);
        Level::ALL.into_iter().filter(|level| *level != Level::Info).flat_map(of_level)
    }

    /// How much departments are told.
    fn count(&self) -> usize {
        self.findings.iter().filter(|finding| finding.level != Level::Info).count()
    }
}

fn table<'a>(report: &CheckReport<'a>, shown: &[&'a Finding], all: usize) -> Table {
    let column = |(title, width): &(&str, Option<f64>)| match width {
        Some(width) => Column::text(*title, *width),
        None => Column::of(*title, Shown::Centre),
    };
    let columns: Vec<Column> = COLUMNS.iter().map(column).collect();
    let notes = match (all, shown.len()) {
        (0, _) => vec!["本期没有发现问题。".to_owned()],
        (all, shown) if shown < all => {
            vec![format!("共{all}条，这里按级别列前{shown}条，全部见同一文件夹的“{FINDINGS_CSV}”。")]
        }
        _ => Vec::new(),
    };
    let mut lines = Lines { report, sheet: None };
    Table {
        sheet: SHEET.to_owned(),
        title: format!("{}报表核验问题清单", report.period.in_words()),
        caption: (format!("共{all}条"), "强制性须改正，核实性须确认或说明，提示性供参考".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: shown.iter().map(|finding| lines.words(finding).into_iter().map(Cell::text).collect()).collect(),
        notes,
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

/// The findings as lines; what is known of a sheet is looked up once for those of it that follow one another.
struct Lines<'r, 'a> {
    report: &'r CheckReport<'a>,
    /// A place on the last sheet, its unit and its book.
    sheet: Option<(&'a Place, &'a str, &'a str)>,
}

impl<'a> Lines<'_, 'a> {
    /// The unit and the book of a place.
    fn of_sheet(&mut self, place: &'a Place) -> (&'a str, &'a str) {
        if let Some((_, unit, book)) = self.sheet.filter(|(last, ..)| is_same_sheet(last, place)) {
            return (unit, book);
        }
        let unit = Some((self.report.unit)(place)).filter(|unit| !unit.is_empty());
        let known = (unit.unwrap_or(check_sheets::NO_UNIT), (self.report.book)(place));
        self.sheet = Some((place, known.0, known.1));
        known
    }

    /// A finding by the columns.
    fn words(&mut self, finding: &'a Finding) -> [Cow<'a, str>; 11] {
        words(finding, self.of_sheet(&finding.place), (self.report.title)(&finding.place))
    }
}

/// Whether two places are on one sheet of one file.
pub(super) fn is_same_sheet(a: &Place, b: &Place) -> bool {
    a.file == b.file && a.sheet == b.sheet
}

fn words<'f>(finding: &'f Finding, (unit, book): (&'f str, &'f str), title: Option<&'f str>) -> [Cow<'f, str>; 11] {
    let place = &finding.place;
    [
        finding.level.title().into(),
        unit.into(),
        book.into(),
        (&*place.file).into(),
        place.sheet.as_deref().unwrap_or_default().into(),
        where_in(place).into(),
        title.or(place.field.as_deref()).unwrap_or_default().into(),
        (&*finding.message).into(),
        (&*finding.advice).into(),
        finding.answer().map_or("", |answer| &*answer.text).into(),
        (&*finding.rule).into(),
    ]
}

/// The cell, row or column of a place, as its sheet calls it.
pub(super) fn where_in(place: &Place) -> String {
    match (place.row(), place.column()) {
        (Some(row), Some(column)) => cell_address(row, column),
        (Some(row), None) => format!("第{row}行"),
        (None, Some(column)) => format!("{}列", column_letters(column)),
        (None, None) => String::new(),
    }
}

/// What must be mended is red, what must be confirmed yellow.
fn colour(sheet: &mut Worksheet, frame: Frame, shown: &[&Finding], style: Style) -> Result<(), XlsxError> {
    for (row, finding) in (frame.first - 1..).zip(shown) {
        let fill = match finding.level {
            Level::Error => 0xFF_C7CE,
            Level::Query => 0xFF_EB9C,
            Level::Note | Level::Info => continue,
        };
        let format = style.cell(Shown::Centre).set_background_color(Color::RGB(fill));
        sheet.write_string_with_format(row, 0, finding.level.title(), &format)?;
    }
    Ok(())
}
