//! `核验报告.xlsx`: every finding on a line of its own, to filter by file, level and rule.

use rust_xlsxwriter::{Color, Workbook, Worksheet, XlsxError};

use super::PublishError;
use super::reporting::{self, ReportingView};
use super::stated_sheet::{self, Stated};
use super::style::{Shown, Style, properties};
use super::table::{Cell, Column, Table};
use crate::finding::{Finding, Level, Place};
use crate::origin::{cell_address, column_letters};
use crate::period::Period;

/// The document's name.
pub const FINDINGS: &str = "核验报告.xlsx";

/// The column that the department fills in.
const ANSWER: u16 = 7;
/// Excel ends at 1,048,576 rows; a title and the headings stand above.
const MOST: usize = 1_000_000;

/// What 核验报告.xlsx says.
#[derive(Clone, Copy)]
pub struct CheckReport<'a> {
    /// The findings of the month, by place.
    pub findings: &'a [Finding],
    /// The month.
    pub period: Period,
    /// What readers call the field of a place.
    pub title: &'a dyn Fn(&Place) -> String,
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
    let CheckReport { findings, period, title, stated, reporting } = report;
    let mut shown: Vec<&Finding> = findings.iter().filter(|finding| finding.level != Level::Info).collect();
    shown.sort_by_key(|finding| finding.level);
    shown.truncate(MOST);
    let style = Style { cents: false };
    let table = table(&shown, period, title);
    let mut sheet = table.write(style)?;
    // Empty when it leaves the office: room for what the department will write.
    sheet.set_column_width(ANSWER, 26)?;
    colour(&mut sheet, &table, &shown, style)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&format!("{}核验报告", period.in_words()), period)?);
    workbook.push_worksheet(sheet);
    workbook.push_worksheet(reporting::table(reporting, period).write(style)?);
    workbook.push_worksheet(stated_sheet::write(stated, period, style)?);
    Ok(workbook.save_to_buffer()?)
}

fn table(shown: &[&Finding], period: Period, title: &dyn Fn(&Place) -> String) -> Table {
    let columns = vec![
        Column::of("级别", Shown::Centre),
        Column::text("文件", 26.0),
        Column::text("工作表", 14.0),
        Column::of("单元格", Shown::Centre),
        Column::text("字段", 14.0),
        Column::text("问题", 52.0),
        Column::text("怎么办", 36.0),
        Column::text("说明（由填报单位填写）", 26.0),
        Column::text("规则编号", 22.0),
    ];
    Table {
        sheet: "问题清单".to_owned(),
        title: format!("{}报表核验问题清单", period.in_words()),
        caption: (format!("共{}条", shown.len()), "强制性须改正，核实性须确认或说明，提示性供参考".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: shown.iter().map(|finding| line(finding, title(&finding.place))).collect(),
        notes: if shown.is_empty() { vec!["本期没有发现问题。".to_owned()] } else { Vec::new() },
        frozen: 0,
        filter: true,
        row_height: 20.0,
    }
}

fn line(finding: &Finding, field: String) -> Vec<Cell> {
    let place = &finding.place;
    vec![
        Cell::text(finding.level.title()),
        Cell::text(&*place.file),
        Cell::text(place.sheet.as_deref().unwrap_or_default()),
        Cell::text(cell(place)),
        Cell::text(field),
        Cell::text(&finding.message),
        Cell::text(&finding.advice),
        Cell::blank(),
        Cell::text(&*finding.rule),
    ]
}

fn cell(place: &Place) -> String {
    match (place.row, place.column) {
        (Some(row), Some(column)) => cell_address(row, column),
        (Some(row), None) => format!("第{row}行"),
        (None, Some(column)) => format!("{}列", column_letters(column)),
        (None, None) => String::new(),
    }
}

/// What must be mended is red, what must be confirmed yellow.
fn colour(sheet: &mut Worksheet, table: &Table, shown: &[&Finding], style: Style) -> Result<(), XlsxError> {
    for (row, finding) in (table.frame().first - 1..).zip(shown) {
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
