//! The blank settings workbook that `wuzhang init` makes.
//!
//! Takes nothing but [`FORMS`], gives the bytes of a workbook: a sheet a form, its note above the
//! header, lists where only a few values may stand. The same bytes every time.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::say;
use crate::settings::{FORMS, Form, Heading};

/// The row of the headings, from 0; the note stands above.
const HEADER: u32 = 1;
/// Rows below the header that are prepared with borders and lists.
const PREPARED: u32 = 200;

/// The blank workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{}", say!("publish-settings-form", fault = _0))]
pub struct FormError(#[from] XlsxError);

/// The workbook's bytes.
///
/// # Errors
///
/// Limits of the format, which the forms keep.
pub fn settings_form() -> Result<Vec<u8>, FormError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("设置").set_creation_datetime(&made));
    for form in FORMS {
        fill(workbook.add_worksheet(), form)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    sheet.set_name(form.sheet)?;
    let last = last_column(form);
    sheet.merge_range(0, 0, 0, last, form.note, &note_format())?;
    let widths: Vec<f64> = form.columns.iter().map(width).collect();
    sheet.set_row_height(0, note_height(form.note, widths.iter().sum()))?;
    sheet.set_row_height(HEADER, 24)?;
    for ((column, heading), width) in (0u16..).zip(form.columns).zip(&widths) {
        sheet.set_column_width(column, *width)?;
        sheet.write_with_format(HEADER, column, heading.title, &header_format(heading))?;
        for row in HEADER + 1..=HEADER + PREPARED {
            sheet.write_blank(row, column, &cell_format())?;
        }
        if !heading.choices.is_empty() {
            let list = DataValidation::new().allow_list_strings(heading.choices)?;
            let list = list.set_error_title("填写有误")?.set_error_message("请从下拉列表中选择")?;
            sheet.add_data_validation(HEADER + 1, column, HEADER + PREPARED, column, &list)?;
        }
    }
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER, HEADER)?;
    Ok(())
}

fn last_column(form: &Form) -> u16 {
    u16::try_from(form.columns.len()).map_or(u16::MAX, |columns| columns - 1)
}

/// Room for the heading and for what is usually written below it.
fn width(heading: &Heading) -> f64 {
    let least = if heading.required { 18 } else { 16 };
    (heading.title.width() + 4).max(least) as f64
}

/// As many lines as the note takes in the merged cell, at 16 points a line.
fn note_height(note: &str, across: f64) -> f64 {
    (note.width() as f64 / (across - 2.0)).ceil() * 16.0 + 8.0
}

fn base() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11)
}

fn note_format() -> Format {
    base().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_font_color(Color::RGB(0x59_59_59))
}

/// Columns that every row needs stand out.
fn header_format(heading: &Heading) -> Format {
    let fill = if heading.required { 0xFF_F2_CC } else { 0xD9_E2_F3 };
    let centred = base().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    centred.set_border(FormatBorder::Thin).set_background_color(Color::RGB(fill))
}

fn cell_format() -> Format {
    base().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_every_time() {
        let once = settings_form().unwrap();
        assert_eq!(once, settings_form().unwrap());
        assert!(once.starts_with(b"PK"));
    }
}
