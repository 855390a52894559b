//! How cells and pages look: fonts that Windows, WPS on 银河麒麟 and Linux all have or replace by name, thin borders, A4.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::period::Period;

/// Text in tables.
pub(super) const SONG: &str = "宋体";
/// Headings.
pub(super) const HEI: &str = "黑体";
/// The character set of simplified Chinese, as workbooks number it.
pub(super) const GB2312: u8 = 134;
/// The family that Excel gives Chinese fonts.
const MODERN: u8 = 3;
/// The colour of headers.
pub(super) const HEADER_FILL: u32 = 0xDCE6F1;
/// The colour of headings between rows.
const SECTION_FILL: u32 = 0xF2F2F2;
const TOTAL_FILL: u32 = 0xFFF8E1;
const GRID: u32 = 0x7F7F7F;
const LINK: u32 = 0x1F4E9E;

/// How a cell's value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Text from the left, wrapped.
    Text,
    /// Short text or a place, centred.
    Centre,
    /// A whole number.
    Count,
    /// 万元; with two decimals where an amount of the workbook has any.
    Wan,
    /// A fraction as percent.
    Percent,
    /// 百分点 ahead of the schedule: 快2.0, 慢6.1.
    Lead,
    /// 百分点 against last year: 升2.0, 降11.7.
    Shift,
    /// A fraction against last year: 增8.9%, 降10.3%.
    Growth,
    /// 百分点 between two.
    Gap,
    /// Places risen or fallen: ↑2, ↓1.
    Movement,
    /// A small line drawn over other cells.
    Curve,
    /// Points of a score: two decimals, four where it has them.
    Score,
}

impl Shown {
    /// The number format; `cents` where amounts of the workbook are not all whole 万元.
    fn number_format(self, cents: bool) -> &'static str {
        match self {
            Self::Text | Self::Centre | Self::Curve => "General",
            Self::Movement => r#""↑"0;"↓"0;"—""#,
            Self::Count => "#,##0",
            Self::Wan if cents => "#,##0.00",
            Self::Wan => "#,##0",
            Self::Percent => "0.0%",
            Self::Lead => r#""快"0.0;"慢"0.0;"持平""#,
            Self::Shift => r#""升"0.0;"降"0.0;"持平""#,
            Self::Growth => r#""增"0.0%;"降"0.0%;"持平""#,
            Self::Gap => "0.0",
            Self::Score => "0.00##",
        }
    }

    /// Differences of less than this are 持平, because they round to nothing.
    pub(super) fn level_below(self) -> Option<f64> {
        match self {
            Self::Lead | Self::Shift => Some(0.05),
            Self::Growth => Some(0.0005),
            _ => None,
        }
    }

    /// As a reader sees a number, for widths.
    pub(super) fn text(self, number: f64, cents: bool) -> String {
        let grouped = |digits: usize| {
            let plain = format!("{:.digits$}", number.abs());
            let whole = plain.split('.').next().map_or(0, str::len);
            format!("{plain}{}", ",".repeat(whole.saturating_sub(1) / 3))
        };
        match self {
            Self::Text | Self::Centre | Self::Curve => number.to_string(),
            Self::Movement => format!("↑{:.0}", number.abs()),
            Self::Count => grouped(0),
            Self::Wan => grouped(if cents { 2 } else { 0 }),
            Self::Percent => format!("{:.1}%", number * 100.0),
            Self::Lead | Self::Shift => format!("慢{:.1}", number.abs()),
            Self::Growth => format!("增{:.1}%", number.abs() * 100.0),
            Self::Gap => format!("{number:.1}"),
            Self::Score => format!("{number:.2}"),
        }
    }

    /// Whether a number is shown with all the digits that it has.
    pub(super) fn has_own_digits(self) -> bool {
        matches!(self, Self::Text | Self::Centre | Self::Curve)
    }

    fn align(self) -> FormatAlign {
        match self {
            Self::Text => FormatAlign::Left,
            Self::Count | Self::Wan => FormatAlign::Right,
            _ => FormatAlign::Center,
        }
    }
}

/// The office's look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Whether amounts show two decimals.
    pub(super) cents: bool,
}

impl Style {
    /// A table cell.
    pub(super) fn cell(self, shown: Shown) -> Format {
        let format = of_font(SONG)
            .set_font_size(10)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(GRID))
            .set_align(FormatAlign::VerticalCenter)
            .set_align(shown.align())
            .set_num_format(shown.number_format(self.cents));
        match shown {
            Shown::Text => format.set_text_wrap().set_indent(1),
            Shown::Centre => format.set_text_wrap(),
            Shown::Count | Shown::Wan => format.set_indent(1),
            _ => format,
        }
    }

    /// A heading between rows.
    pub(super) fn strong(self) -> Format {
        let fill = Color::RGB(SECTION_FILL);
        self.cell(Shown::Centre).set_align(FormatAlign::Left).set_font_name(HEI).set_background_color(fill)
    }

    /// A cell that holds a dash instead of a number.
    pub(super) fn dash(self, shown: Shown) -> Format {
        self.cell(shown).set_indent(0).set_align(FormatAlign::Center)
    }

    /// A cell of the total row.
    pub(super) fn total(self, shown: Shown) -> Format {
        let format = self.cell(shown).set_bold().set_background_color(Color::RGB(TOTAL_FILL));
        match shown {
            Shown::Text => format.set_indent(0).set_align(FormatAlign::Center),
            _ => format,
        }
    }

    /// A cell that leads to another place in the workbook.
    pub(super) fn link(self, shown: Shown) -> Format {
        self.cell(shown).set_font_color(Color::RGB(LINK))
    }

    /// A column's name.
    pub(super) fn header(self) -> Format {
        self.cell(Shown::Centre).set_font_name(HEI).set_background_color(Color::RGB(HEADER_FILL))
    }

    /// The title over a table.
    pub(super) fn title(self) -> Format {
        self.free(18).set_bold().set_align(FormatAlign::Center)
    }

    /// Unit and date under the title.
    pub(super) fn caption(self, align: FormatAlign) -> Format {
        self.free(10).set_align(align)
    }

    /// A heading within a sheet.
    pub(super) fn heading(self) -> Format {
        self.free(12).set_font_name(HEI).set_align(FormatAlign::Left)
    }

    /// The opening sentence.
    pub(super) fn sentence(self) -> Format {
        self.free(13).set_text_wrap().set_align(FormatAlign::Left).set_bold()
    }

    /// Remarks under a table.
    pub(super) fn note(self) -> Format {
        self.free(9).set_text_wrap().set_align(FormatAlign::Left)
    }

    fn free(self, size: u32) -> Format {
        of_font(SONG).set_font_size(size).set_align(FormatAlign::VerticalCenter)
    }
}

/// A font by its Chinese name, with the character set and the family by which a system that lacks it finds another.
fn of_font(name: &str) -> Format {
    Format::new().set_font_name(name).set_font_charset(GB2312).set_font_family(MODERN)
}

/// A coloured mark: 优, 差, 红. Dark fills get white letters.
pub(super) fn mark(colour: &str) -> Option<Format> {
    let rgb = u32::from_str_radix(colour.trim_start_matches('#'), 16).ok().filter(|rgb| *rgb <= 0xFF_FFFF)?;
    let (red, green, blue) = (rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
    let dark = red * 299 + green * 587 + blue * 114 < 140_000;
    let letters = if dark { Color::White } else { Color::Black };
    Some(Format::new().set_background_color(Color::RGB(rgb)).set_font_color(letters))
}

/// A4 landscape, one page wide, numbered.
pub(super) fn page(sheet: &mut Worksheet) {
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_print_fit_to_pages(1, 0)
        .set_print_center_horizontally(true)
        .set_screen_gridlines(false)
        .set_footer("&C&9第 &P 页 共 &N 页");
}

/// Text over one cell or several of a row.
pub(super) fn span(
    sheet: &mut Worksheet,
    row: u32,
    (first, last): (u16, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    match first == last {
        true => sheet.write_string_with_format(row, first, text, format)?,
        false => sheet.merge_range(row, first, row, last, text, format)?,
    };
    Ok(())
}

/// A document's properties, dated on the period's last day: the clock would make bytes differ.
pub(super) fn properties(title: &str, period: Period) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = super::words::last_day(period);
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}
