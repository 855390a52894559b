//! Native charts over the ranking sheets, so that they follow when figures change.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartSolidFill, Color,
};

use super::ranking_sheet::RankingSheet;
use super::style::SONG;

/// More bars than these cannot be told apart on a page.
const MOST_BARS: u32 = 40;
const BAR: u32 = 0x9DC3E6;
const LINE: u32 = 0xC00000;

/// A sheet and the corners of a range, from 0.
type Range<'s> = (&'s str, u32, u16, u32, u16);

/// Completion of each group as bars against the schedule as a line; `None` where there is nothing to compare.
pub(super) fn completion(sheet: &RankingSheet, schedule: &str) -> Option<Chart> {
    let completion = sheet.measure_column("completion")?;
    let ranked = sheet.ranking.rows.iter().filter(|row| row.place.is_some()).count() as u32;
    if ranked < 2 {
        return None;
    }
    let shown = ranked.min(MOST_BARS);
    let (first, last) = (sheet.frame().first - 1, sheet.frame().first + shown - 2);
    let range = |column: usize| (sheet.table.sheet.as_str(), first, column as u16, last, column as u16);
    let names = range(sheet.group_column()?);

    let mut chart = Chart::new_column();
    let mut bars = ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(BAR))).clone();
    // At the foot of the bars, where the schedule's line does not cross the figures.
    let mut label = ChartDataLabel::new();
    label.show_value().set_num_format("0.0%").set_position(ChartDataLabelPosition::InsideBase).set_font(&font(8));
    let series = chart.add_series();
    series.set_name("完成率").set_categories(names).set_values(range(completion)).set_format(&mut bars).set_gap(60);
    if shown <= 24 {
        series.set_data_label(&label);
    }
    if let Some(column) = sheet.measure_column("schedule") {
        chart.combine(&line(schedule, names, range(column)));
    }
    let more = if shown < ranked { format!("（前{shown}名）") } else { String::new() };
    dress(&mut chart, &format!("{}：完成率与序时进度{more}", sheet.ranking.title));
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

/// Counts as bars: causes of delay. Rows and columns from 0.
pub(super) fn counts(sheet: &str, title: &str, (first, last): (u32, u32), (names, values): (u16, u16)) -> Chart {
    let mut chart = Chart::new_bar();
    let mut bars = ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(BAR))).clone();
    let mut label = ChartDataLabel::new();
    label.show_value().set_font(&font(9));
    chart
        .add_series()
        .set_name("项目个数")
        .set_categories((sheet, first, names, last, names))
        .set_values((sheet, first, values, last, values))
        .set_format(&mut bars)
        .set_gap(60)
        .set_data_label(&label);
    chart.title().set_name(title).set_font(&font(12));
    chart.legend().set_hidden();
    // The axes of a bar chart keep their names and change their places: y is the one with the words.
    chart.y_axis().set_font(&font(9)).set_reverse().set_major_gridlines(false);
    chart.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    chart
}

fn dress(chart: &mut Chart, title: &str) {
    chart.title().set_name(title).set_font(&font(12));
    chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(9));
    chart.x_axis().set_font(&font(9));
    let faint = ChartLine::new().set_color(Color::RGB(0xD9D9D9)).clone();
    chart.y_axis().set_num_format("0%").set_font(&font(9)).set_min(0).set_major_gridlines_line(&faint);
}

fn font(size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(SONG).set_size(size);
    font
}
