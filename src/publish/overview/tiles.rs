//! The six figures that are read first, large, each with how it stands against the period or the year before.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, XlsxError};

use super::figures::Changed;
use super::{Overview, TILES};
use crate::measure::Figures;
use crate::profile::Measure;
use crate::publish::live::{shown, title};
use crate::publish::members::shown_value;
use crate::publish::style::{HEI, SONG, Shown};
use crate::publish::table::Cell;

/// How many stand side by side.
const TILES_ACROSS: usize = 6;
const FILL: u32 = 0xF2F6FC;
const EDGE: u32 = 0xB7C9E2;
/// 亿元 in 万元: from here on a figure is shown in 亿元.
const YI: f64 = 10_000.0;

/// What stands under a figure.
enum Beside {
    /// Another figure of the same whole, with its own format.
    Figure(&'static str, &'static str),
    /// How it has changed since the period before.
    Change,
}

impl Overview<'_, '_> {
    /// The large figures of the first whole.
    pub(super) fn tiles(&mut self) -> Result<(), XlsxError> {
        let Some(row) = self.wholes.first().and_then(|whole| whole.rows.first()) else { return Ok(()) };
        let chosen = chosen(&row.figures, &self.measures());
        for (at, (measure, beside)) in chosen.iter().enumerate() {
            let Some(value) = row.figure(&measure.id).and_then(|figure| figure.value) else { continue };
            let column = at as u16 * 2;
            self.tile(measure, shown_value(measure, value), column)?;
            self.beside(measure, beside, column)?;
        }
        Ok(())
    }

    fn tile(&mut self, measure: &Measure, value: f64, column: u16) -> Result<(), XlsxError> {
        let large = shown(measure) == Shown::Wan && value.abs() >= YI;
        let (unit, scale) = match shown(measure) {
            Shown::Wan if large => ("（亿元）", YI),
            Shown::Wan => ("（万元）", 1.0),
            Shown::Lead | Shown::Shift => ("（百分点）", 1.0),
            _ => ("", 1.0),
        };
        let label = format!("{}{unit}", title(measure));
        let format = face(10, Top::Label).set_font_name(SONG);
        self.sheet.merge_range(TILES, column, TILES, column + 1, &label, &format)?;
        let number = match shown(measure) {
            Shown::Wan if large => "#,##0.00",
            Shown::Wan | Shown::Count => "#,##0.##",
            Shown::Percent => "0.0%",
            Shown::Lead => r#"[Color10]"快"0.0;[Red]"慢"0.0;"持平""#,
            Shown::Shift => r#""升"0.0;"降"0.0;"持平""#,
            Shown::Growth => r#""增"0.0%;"降"0.0%;"持平""#,
            _ => "0.0#",
        };
        let number = if number == "#,##0.##" && value.fract() == 0.0 { "#,##0" } else { number };
        let format = face(22, Top::Figure).set_font_name(HEI).set_num_format(number);
        let cell = Cell::number(value / scale);
        let cell = match self.figure_at(&measure.id, 0) {
            Some(at) if scale > 1.0 => cell.by(format!("={at}/{scale}")),
            Some(at) => cell.by(format!("={at}")),
            None => cell,
        };
        self.merged(TILES + 1, column, &cell, &format)
    }

    fn beside(&mut self, measure: &Measure, beside: &Beside, column: u16) -> Result<(), XlsxError> {
        let plain = face(9, Top::Foot).set_font_name(SONG);
        match beside {
            Beside::Figure(id, format) => {
                let whole = self.wholes.first().and_then(|whole| whole.rows.first());
                let value = whole.and_then(|row| row.figure(id)).and_then(|figure| figure.value);
                let measure = self.measures().into_iter().find(|measure| measure.id == *id);
                let cell = match value.zip(measure) {
                    Some((value, measure)) => Cell::number(shown_value(measure, value)),
                    None => Cell::blank(),
                };
                let cell = match self.figure_at(id, 0) {
                    Some(at) if value.is_some() => cell.by(format!("={at}")),
                    _ => cell,
                };
                self.merged(TILES + 2, column, &cell, &plain.set_num_format(*format))
            }
            Beside::Change => match self.changed(0, measure) {
                Some(Changed { cell, in_words, .. }) => {
                    self.merged(TILES + 2, column, &cell, &plain.set_num_format(in_words))
                }
                None => self.merged(TILES + 2, column, &Cell::blank(), &plain),
            },
        }
    }

    /// A cell over two columns.
    pub(super) fn merged(&mut self, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
        self.sheet.merge_range(row, column, row, column + 1, "", format)?;
        cell.write(&mut self.sheet, row, column, format)
    }
}

/// The parts of a tile, from above.
#[derive(Clone, Copy, PartialEq)]
enum Top {
    Label,
    Figure,
    Foot,
}

fn face(size: u32, part: Top) -> Format {
    let edge = Color::RGB(EDGE);
    let format = Format::new()
        .set_font_size(size)
        .set_font_charset(134)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(FILL))
        .set_border_left(FormatBorder::Medium)
        .set_border_left_color(Color::White)
        .set_border_right(FormatBorder::Medium)
        .set_border_right_color(Color::White);
    match part {
        Top::Label => format.set_border_top(FormatBorder::Thick).set_border_top_color(edge),
        Top::Figure => format.set_bold(),
        Top::Foot => format.set_font_color(Color::RGB(0x595959)),
    }
}

/// What leaders ask for first where a book has a plan; else the first figures that the whole has.
fn chosen<'m>(figures: &Figures, measures: &[&'m Measure]) -> Vec<(&'m Measure, Beside)> {
    let known = |id: &str| figures.value(id).is_some();
    let find = |id: &str| measures.iter().find(|measure| measure.id == id).copied().filter(|_| known(id));
    let stated = [
        ("count", Beside::Change),
        ("done", Beside::Figure("done_change", r#""同比 ↑"0.0%;"同比 ↓"0.0%;"同比持平""#)),
        (
            "completion",
            Beside::Figure("completion_change", r#""同比 ↑"0.0"个百分点";"同比 ↓"0.0"个百分点";"同比持平""#),
        ),
        ("lag", Beside::Figure("schedule", r#""序时进度 "0.0%"#)),
        ("behind", Beside::Figure("behind_share", r#""占 "0.0%"#)),
        ("not_started", Beside::Change),
    ];
    let planned = find("completion").is_some();
    let stated: Vec<_> = stated.into_iter().filter_map(|(id, beside)| Some((find(id)?, beside))).collect();
    match planned {
        true => stated,
        false => {
            let all = measures.iter().filter(|measure| known(&measure.id)).take(TILES_ACROSS);
            all.map(|measure| (*measure, Beside::Change)).collect()
        }
    }
}
