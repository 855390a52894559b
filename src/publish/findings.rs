//! `核验报告.xlsx`: every finding on a line of its own, to filter by file, level and rule.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::PublishError;
use super::style::properties;
use crate::finding::{Finding, Level};
use crate::origin::cell_address;
use crate::period::Period;

/// The document's name.
pub const FINDINGS: &str = "核验报告.xlsx";

const HEADINGS: [(&str, f64); 9] = [
    ("级别", 8.0),
    ("文件", 34.0),
    ("工作表", 16.0),
    ("单元格", 9.0),
    ("字段", 12.0),
    ("规则", 20.0),
    ("问题", 52.0),
    ("怎么办", 36.0),
    ("说明（由填报单位填写）", 24.0),
];
/// Excel ends at 1,048,576 rows; a title and the headings stand above.
const MOST: usize = 1_000_000;

/// The findings of a month, gravest first, then by place; those of level info are left to
/// `run.json`, which counts them.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn findings_workbook(findings: &[Finding], period: Period) -> Result<Vec<u8>, PublishError> {
    let mut shown: Vec<&Finding> = findings.iter().filter(|finding| finding.level != Level::Info).collect();
    shown.sort_by_key(|finding| finding.level);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&format!("{}核验报告", period.in_words()), period)?);
    let sheet = workbook.add_worksheet().set_name("问题清单")?;
    frame(sheet, period, shown.len())?;
    for (at, finding) in shown.iter().take(MOST).enumerate() {
        line(sheet, at as u32 + 3, finding)?;
    }
    let last = shown.len().min(MOST) as u32 + 2;
    sheet.autofilter(2, 0, last.max(3), HEADINGS.len() as u16 - 1)?;
    Ok(workbook.save_to_buffer()?)
}

fn frame(sheet: &mut Worksheet, period: Period, count: usize) -> Result<(), XlsxError> {
    let last = HEADINGS.len() as u16 - 1;
    let title = Format::new().set_font_name("黑体").set_font_size(16).set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last, &format!("{}报表核验问题清单", period.in_words()), &title)?;
    let caption = Format::new().set_font_name("宋体").set_font_size(10);
    let counted = format!("共{count}条：强制性须改正，核实性须确认或说明，提示性供参考");
    sheet.merge_range(1, 0, 1, last, &counted, &caption)?;
    let heading = cell_format().set_bold().set_background_color("#DDEBF7").set_align(FormatAlign::Center);
    for (at, (text, width)) in HEADINGS.iter().enumerate() {
        sheet.write_string_with_format(2, at as u16, *text, &heading)?;
        sheet.set_column_width(at as u16, *width)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_repeat_rows(2, 2)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&C第 &P 页 共 &N 页");
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let place = &finding.place;
    let cell = match (place.row, place.column) {
        (Some(row), Some(column)) => cell_address(row, column),
        (Some(row), None) => format!("第{row}行"),
        (None, Some(column)) => format!("{}列", crate::origin::column_letters(column)),
        (None, None) => String::new(),
    };
    let colour = match finding.level {
        Level::Error => "#FFC7CE",
        Level::Query => "#FFEB9C",
        Level::Note | Level::Info => "#FFFFFF",
    };
    sheet.write_string_with_format(row, 0, finding.level.title(), &cell_format().set_background_color(colour))?;
    let texts = [
        &*place.file,
        place.sheet.as_deref().unwrap_or(""),
        &cell,
        place.field.as_deref().unwrap_or(""),
        &finding.rule,
        &finding.message,
        &finding.advice,
        "",
    ];
    let format = cell_format();
    for (at, text) in texts.iter().enumerate() {
        // Excel keeps 32,767 characters in a cell.
        let text: String = text.chars().take(32_000).collect();
        sheet.write_string_with_format(row, at as u16 + 1, text, &format)?;
    }
    Ok(())
}

fn cell_format() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(10)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
}
