//! A form's cells: how the ledger's values are written into them, and how they look.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::Known;
use super::columns::Role;
use crate::amount;
use crate::finding::Level;
use crate::layout::Filled;
use crate::profile::Kind;
use crate::publish::style;

/// The colour of what the office has filled in.
pub(super) const LOCKED_FILL: u32 = 0xEDEDED;
/// The colour of what is asked.
pub(super) const ASKED_FILL: u32 = 0xFF_FBEA;
const HEADER_FILL: u32 = 0xDCE6F1;
const ASKED_HEADER: u32 = 0xFFE7A8;
const GRID: u32 = 0x9A9A9A;

pub(super) fn number(known: &Known) -> Option<f64> {
    match known {
        Known::Yuan(yuan) => wan(*yuan),
        Known::Count(count) => Some(*count as f64),
        Known::Number(_) | Known::Text(_) => None,
    }
}

fn wan(yuan: i64) -> Option<f64> {
    rust_decimal::prelude::ToPrimitive::to_f64(&amount::wan(yuan))
}

/// Writes a value of the ledger; dates no more precise than they are.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<&Known>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        None => sheet.write_blank(row, column, format)?,
        Some(Known::Number(number)) => sheet.write_number_with_format(row, column, *number, format)?,
        Some(Known::Text(text)) => match date(text) {
            Some((date, shown)) => {
                sheet.write_datetime_with_format(row, column, &date, &format.clone().set_num_format(shown))?
            }
            None => sheet.write_string_with_format(row, column, in_words(text), format)?,
        },
        Some(known) => sheet.write_number_with_format(row, column, number(known).unwrap_or_default(), format)?,
    };
    Ok(())
}

/// A date of the ledger's form, where a spreadsheet has such, and how it is shown.
fn date(text: &str) -> Option<(ExcelDateTime, &'static str)> {
    let parts: Option<Vec<u16>> =
        text.split('-').map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?).collect();
    let part = |number: u16| u8::try_from(number).ok();
    match (text.len(), parts?.as_slice()) {
        (10, [year, month, day]) => {
            Some((ExcelDateTime::from_ymd(*year, part(*month)?, part(*day)?).ok()?, "yyyy-mm-dd"))
        }
        (7, [year, month]) => Some((ExcelDateTime::from_ymd(*year, part(*month)?, 1).ok()?, "yyyy\"年\"m\"月\"")),
        _ => None,
    }
}

/// A quarter or half a year of the ledger's form in words.
fn in_words(text: &str) -> String {
    let Some((year, part)) = text.split_once('-').filter(|(year, _)| year.len() == 4) else { return text.to_owned() };
    match part {
        "Q1" => format!("{year}年一季度"),
        "Q2" => format!("{year}年二季度"),
        "Q3" => format!("{year}年三季度"),
        "Q4" => format!("{year}年四季度"),
        "H1" => format!("{year}年上半年"),
        "H2" => format!("{year}年下半年"),
        _ => text.to_owned(),
    }
}

pub(super) fn cell(kind: Kind) -> Format {
    let format = Format::new()
        .set_font_name(style::SONG)
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(GRID))
        .set_align(FormatAlign::VerticalCenter);
    // LibreOffice forgets the indent of a number that may wrap.
    match kind {
        Kind::Amount | Kind::Count | Kind::Number => format.set_align(FormatAlign::Right).set_indent(1),
        Kind::Rate => rate(&format),
        Kind::Date | Kind::Choice => format.set_align(FormatAlign::Center).set_text_wrap(),
        Kind::Text => format.set_align(FormatAlign::Left).set_indent(1).set_text_wrap(),
    }
}

pub(super) fn rate(format: &Format) -> Format {
    format.clone().set_num_format("0.00%").set_align(FormatAlign::Right).set_indent(1)
}

pub(super) fn locked(format: Format) -> Format {
    format.set_background_color(Color::RGB(LOCKED_FILL))
}

pub(super) fn header(role: Role) -> Format {
    let fill = if matches!(role, Role::Field(_, Filled::Asked)) { ASKED_HEADER } else { HEADER_FILL };
    cell(Kind::Choice).set_font_name(style::HEI).set_background_color(Color::RGB(fill))
}

/// Fill and letters of a level.
pub(super) fn colours(level: Level) -> (u32, u32) {
    match level {
        Level::Error => (0xFF_C7CE, 0x9C_0006),
        Level::Query => (0xFF_EB9C, 0x7F_6000),
        Level::Note | Level::Info => (0xBD_D7EE, 0x1F_4E79),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_no_more_precise_than_they_are() {
        assert_eq!(date("2026-03-15").map(|(_, shown)| shown), Some("yyyy-mm-dd"));
        assert_eq!(date("2026-03").map(|(_, shown)| shown), Some("yyyy\"年\"m\"月\""));
        assert!(date("2026").is_none() && date("2026-Q1").is_none() && date("2026-H1").is_none());
        assert_eq!(
            (in_words("2026-Q3"), in_words("2026-H2"), in_words("扩建-二期")),
            ("2026年三季度".into(), "2026年下半年".into(), "扩建-二期".into())
        );
    }
}
