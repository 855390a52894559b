//! Native charts over cells, so that they follow when figures change.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, Color,
};

use super::live::{shown, title};
use super::ranking_sheet::RankingSheet;
use super::style::{GB2312, SONG, Shown};

/// More bars than these cannot be told apart on a page.
const MOST_BARS: u32 = 40;
const BAR: u32 = 0x9DC3E6;
/// The bars of a second whole.
const SECOND: u32 = 0xF4B183;
const LINE: u32 = 0xC00000;
const TREND: u32 = 0x2F5597;

/// A sheet and the corners of a range, from 0.
type Range<'s> = (&'s str, u32, u16, u32, u16);

/// A block of cells that a chart is drawn from: names, beside them the series, their heads in the row above.
pub(super) struct Cells<'s> {
    /// The sheet.
    pub(super) sheet: &'s str,
    /// The first row, from 0.
    pub(super) first: u32,
    /// The last row.
    pub(super) last: u32,
    /// The column of the names.
    pub(super) names: u16,
    /// How many series stand beside them.
    pub(super) series: u16,
}

impl<'s> Cells<'s> {
    fn names(&self) -> Range<'s> {
        (self.sheet, self.first, self.names, self.last, self.names)
    }

    fn values(&self, series: u16) -> Range<'s> {
        let column = self.names + 1 + series;
        (self.sheet, self.first, column, self.last, column)
    }

    /// The cell with a series' name.
    fn head(&self, series: u16) -> (&'s str, u32, u16) {
        (self.sheet, self.first - 1, self.names + 1 + series)
    }
}

/// What decides a ranking as bars, completion against the schedule as a line; `None` where there is nothing to compare.
pub(super) fn comparison(sheet: &RankingSheet, schedule: &str) -> Option<Chart> {
    let rate = sheet.measure_column("completion").map(|column| (column, "完成率".to_owned(), Shown::Percent));
    let by = || {
        let measure = sheet.measure(&sheet.ranking.by)?;
        Some((sheet.measure_column(&measure.id)?, title(measure).to_owned(), shown(measure)))
    };
    let (column, name, kind) = rate.or_else(by)?;
    let ranked = sheet.ranking.rows.iter().filter(|row| row.place.is_some()).count() as u32;
    if ranked < 2 {
        return None;
    }
    let bars = ranked.min(MOST_BARS).min(sheet.first_rows());
    let (first, last) = (sheet.frame().first - 1, sheet.frame().first + bars - 2);
    let range = |column: usize| (sheet.table.sheet.as_str(), first, column as u16, last, column as u16);
    let names = range(sheet.group_column()?);

    let mut chart = Chart::new_column();
    let mut fill = filled(BAR);
    // At the foot of the bars, where the schedule's line does not cross the figures.
    let mut label = ChartDataLabel::new();
    label
        .show_value()
        .set_num_format(format_of(kind))
        .set_position(ChartDataLabelPosition::InsideBase)
        .set_font(&font(8));
    let series = chart.add_series();
    series.set_name(&name).set_categories(names).set_values(range(column)).set_format(&mut fill).set_gap(60);
    if bars <= 24 {
        series.set_data_label(&label);
    }
    let due = sheet.schedule_column().filter(|_| kind == Shown::Percent);
    if let Some(column) = due {
        chart.combine(&line(schedule, names, range(column)));
    }
    let more = if bars < ranked { format!("（前{bars}名）") } else { String::new() };
    let against = if due.is_some() { "与序时进度" } else { "" };
    dress(&mut chart, &format!("{}：{name}{against}{more}", sheet.ranking.title), kind);
    if due.is_none() {
        chart.legend().set_hidden();
    }
    Some(chart)
}

fn line(name: &str, names: Range, values: Range) -> Chart {
    let mut chart = Chart::new_line();
    let stroke = ChartLine::new().set_color(Color::RGB(LINE)).set_width(2).clone();
    chart
        .add_series()
        .set_name(name)
        .set_categories(names)
        .set_values(values)
        .set_marker(ChartMarker::new().set_none())
        .set_format(ChartFormat::new().set_line(&stroke));
    chart
}

/// A measure through the year; the second series, where there is one, is its schedule.
pub(super) fn trend(cells: &Cells, title: &str, kind: Shown) -> Chart {
    let mut chart = Chart::new_line();
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format(format_of(kind)).set_position(ChartDataLabelPosition::Below).set_font(&font(8));
    for series in 0..cells.series {
        let is_due = series > 0;
        let mut stroke = ChartLine::new();
        stroke.set_color(Color::RGB(if is_due { LINE } else { TREND })).set_width(if is_due { 1.5 } else { 2.25 });
        if is_due {
            stroke.set_dash_type(ChartLineDashType::Dash);
        }
        let drawn = chart.add_series();
        drawn.set_name(cells.head(series)).set_categories(cells.names()).set_values(cells.values(series));
        drawn.set_format(ChartFormat::new().set_line(&stroke));
        match is_due {
            true => drawn.set_marker(ChartMarker::new().set_none()),
            false => drawn.set_marker(&marker()).set_data_label(&label),
        };
    }
    dress(&mut chart, title, kind);
    if cells.series < 2 {
        chart.legend().set_hidden();
    }
    chart
}

fn marker() -> ChartMarker {
    let mut marker = ChartMarker::new();
    let mut fill = filled(TREND);
    marker.set_type(ChartMarkerType::Circle).set_size(6).set_format(&mut fill);
    marker
}

/// Counts as bars: causes of delay, the stages of attraction.
pub(super) fn counts(cells: &Cells, title: &str) -> Chart {
    let mut chart = Chart::new_bar();
    let mut label = ChartDataLabel::new();
    label.show_value().set_font(&font(9));
    for series in 0..cells.series {
        let mut fill = filled(if series == 0 { BAR } else { SECOND });
        let drawn = chart.add_series();
        drawn.set_name(cells.head(series)).set_categories(cells.names()).set_values(cells.values(series));
        drawn.set_format(&mut fill).set_gap(60).set_data_label(&label);
    }
    chart.title().set_name(title).set_font(&font(11));
    match cells.series {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9)),
    };
    // The axes of a bar chart keep their names and change their places: y is the one with the words.
    chart.y_axis().set_font(&font(9)).set_reverse().set_major_gridlines(false);
    chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    chart
}

fn filled(colour: u32) -> ChartFormat {
    ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(colour))).clone()
}

fn format_of(kind: Shown) -> &'static str {
    match kind {
        Shown::Percent => "0.0%",
        Shown::Score => "0.00",
        Shown::Lead | Shown::Shift | Shown::Gap => "0.0",
        _ => "#,##0",
    }
}

fn dress(chart: &mut Chart, title: &str, kind: Shown) {
    chart.title().set_name(title).set_font(&font(11));
    chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(9));
    chart.x_axis().set_font(&font(9));
    let faint = ChartLine::new().set_color(Color::RGB(0xD9D9D9)).clone();
    let axis = if kind == Shown::Percent { "0%" } else { format_of(kind) };
    chart.y_axis().set_num_format(axis).set_font(&font(9)).set_min(0).set_major_gridlines_line(&faint);
}

fn font(size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(SONG).set_character_set(GB2312).set_size(size);
    font
}
