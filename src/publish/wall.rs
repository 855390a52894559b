//! 挂图作战: every project by month, what is planned above what was done, as coloured cells up to the cut-off's line.
//!
//! Takes the detail, the ledger's earlier months and the schedule; colours follow the cells by rule.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use super::detail::{self, LEAD, RATE};
use super::live::Live;
use super::past::Stage;
use super::report::Report;
use super::style::{Shown, Style, mark, page, span};
use super::table::{Cell, Value};
use super::{names, widths, words, workbook};
use crate::amount::{fraction, to_f64};
use crate::origin::cell_address;
use crate::period::Period;
use crate::profile::{Basis, Schedule};

/// More projects than these make no chart that could hang on a wall.
const MOST: usize = 3_000;
const MONTHS: u16 = 12;
const PLANNED: u32 = 0xDDEBF7;
const NOW: u32 = 0xC00000;
/// The height of a project's two rows each, in points.
const HEIGHT: f64 = 13.5;
/// Percent at which the columns fit A4, and how many projects a page then holds: none is cut in two.
const SCALE: u16 = 58;
const A_PAGE: u32 = 28;
/// The row of the schedule's share of each month, from 0; projects stand below it.
const DUE_ROW: u32 = 3;

/// The sheet; `None` where projects have no plan of the year to be held against.
pub(super) fn write(live: Live, style: Style) -> Result<Option<Worksheet>, XlsxError> {
    if live.detail.column(RATE).is_none() || live.detail.order.is_empty() {
        return Ok(None);
    }
    let wall = Wall::new(live, style);
    let mut sheet = Worksheet::new();
    sheet.set_name(names::WALL)?;
    wall.heads(&mut sheet)?;
    let most = if live.detail.is_summed() { live.report.profile.county.large.listed.min(MOST) } else { MOST };
    let shown = live.detail.order.len().min(most);
    for (at, row) in live.detail.order.iter().take(shown).enumerate() {
        wall.project(&mut sheet, at, *row)?;
    }
    wall.colour(&mut sheet, shown)?;
    wall.finish(&mut sheet, shown)?;
    Ok(Some(sheet))
}

/// A column left of the months: its key in the detail, its head, its width.
struct Side {
    key: String,
    title: String,
    width: f64,
    shown: Shown,
}

/// What the sheet is made with.
struct Wall<'w, 'a> {
    live: Live<'w, 'a>,
    style: Style,
    sides: Vec<Side>,
    /// The schedule's share at the end of each month, as far as it tells.
    due: Vec<Option<f64>>,
    /// The month of the cut-off.
    now: u16,
}

impl<'w, 'a> Wall<'w, 'a> {
    fn new(live: Live<'w, 'a>, style: Style) -> Self {
        let report = live.report;
        let group = report.sheets().filter_map(|ranking| report.plan(ranking)).map(|plan| plan.group.as_str()).next();
        let wanted = [
            (Some("=number"), "序号", 6.0, Shown::Centre),
            (Some(live.book.subject.as_str()), "项目名称", 34.0, Shown::Text),
            (group, "", 14.0, Shown::Text),
            (Some("plan"), "年度计划\n(万元)", 11.0, Shown::Wan),
            (Some(RATE), "完成率", 8.5, Shown::Percent),
            (Some(LEAD), "比序时\n(百分点)", 9.0, Shown::Lead),
        ];
        let side = |(key, title, width, shown): (Option<&str>, &str, f64, Shown)| {
            let key = key?;
            let looks = live.detail.looks(key)?;
            let title = if title.is_empty() { looks.title.clone() } else { title.into() };
            Some(Side { key: key.to_owned(), title, width, shown })
        };
        let schedule = report.profile.county.schedule(live.book, None, None);
        let due = (1..=u32::from(MONTHS)).map(|month| due_at(report, schedule, month)).collect();
        let sides = wanted.into_iter().filter_map(side).collect();
        Self { live, style, sides, due, now: report.period.month() as u16 }
    }

    /// The column that says whether a row is planned or done.
    fn word_column(&self) -> u16 {
        self.sides.len() as u16
    }

    /// The column of a month, from 1.
    fn month_column(&self, month: u16) -> u16 {
        self.word_column() + month
    }

    fn last_column(&self) -> u16 {
        self.month_column(MONTHS)
    }

    fn heads(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let report = self.live.report;
        let title = format!("{}{}{}挂图作战表", report.county, report.period.in_words(), self.live.book.short());
        let last = self.last_column();
        span(sheet, 0, (0, last), &title, &self.style.title())?;
        sheet.set_row_height(0, 32)?;
        let (office, unit) = workbook::caption(report);
        span(sheet, 1, (0, last / 2), &office, &self.style.caption(FormatAlign::Left))?;
        span(sheet, 1, (last / 2 + 1, last), &unit, &self.style.caption(FormatAlign::Right))?;
        sheet.set_row_height(1, 18)?;
        let header = self.style.header();
        for (at, side) in self.sides.iter().enumerate() {
            sheet.set_column_width(at as u16, side.width)?;
            sheet.merge_range(2, at as u16, DUE_ROW, at as u16, &side.title, &header)?;
        }
        let word = self.word_column();
        sheet.set_column_width(word, 6.0)?;
        sheet.write_string_with_format(2, word, "月份", &header)?;
        sheet.write_string_with_format(DUE_ROW, word, "序时", &header)?;
        for month in 1..=MONTHS {
            let column = self.month_column(month);
            sheet.set_column_width(column, 7.2)?;
            let head = self.lined(month, header.clone());
            sheet.write_string_with_format(2, column, format!("{month}月"), &head)?;
            let share = self.due[usize::from(month) - 1].map_or_else(Cell::blank, Cell::number);
            let share = if month == self.now { self.due_now(share) } else { share };
            share.write(sheet, DUE_ROW, column, &head.set_num_format("0.0%"))?;
        }
        sheet.set_row_height(2, 20)?;
        sheet.set_row_height(DUE_ROW, 18)?;
        Ok(())
    }

    /// This month's share is the cell that all other sheets refer to.
    fn due_now(&self, share: Cell) -> Cell {
        let stated = self.live.report.schedule.map(to_f64);
        match &share.value {
            Value::Number(number) if Some(*number) == stated => share.by(format!("={}", detail::SCHEDULE)),
            _ => share,
        }
    }

    /// With the line of the cut-off where a month ends there.
    fn lined(&self, month: u16, format: Format) -> Format {
        match month == self.now {
            true => format.set_border_right(FormatBorder::Thick).set_border_right_color(Color::RGB(NOW)),
            false => format,
        }
    }

    /// The two rows of a project.
    fn project(&self, sheet: &mut Worksheet, at: usize, row: usize) -> Result<(), XlsxError> {
        let top = DUE_ROW + 1 + 2 * at as u32;
        for (column, side) in self.sides.iter().enumerate() {
            self.side(sheet, (top, column as u16), side, (at, row))?;
        }
        let word = self.word_column();
        let format = self.style.cell(Shown::Centre).set_font_size(9);
        sheet.write_string_with_format(top, word, "计划", &format)?;
        sheet.write_string_with_format(top + 1, word, "实际", &format)?;
        let window = Window::of(self.live.report, row);
        let key = self.live.report.facts.text("key", row).unwrap_or_default();
        for month in 1..=MONTHS {
            let stage = self.live.report.past.months.get(&u32::from(month)).and_then(|stages| stages.get(key));
            let column = self.month_column(month);
            let planned = self.planned(&window, month, stage, row);
            let fill = if window.holds(month) { Some(PLANNED) } else { None };
            let format = self.lined(month, self.small(fill));
            planned.write(sheet, top, column, &format)?;
            self.done(month, stage, row).write(sheet, top + 1, column, &self.lined(month, self.small(None)))?;
        }
        sheet.set_row_height(top, HEIGHT)?;
        sheet.set_row_height(top + 1, HEIGHT)?;
        Ok(())
    }

    fn side(
        &self,
        sheet: &mut Worksheet,
        (top, column): (u32, u16),
        side: &Side,
        (at, row): (usize, usize),
    ) -> Result<(), XlsxError> {
        let detail = self.live.detail;
        let address = detail.address(&side.key, row);
        let target = address.map(|address| format!("{}!{address}", names::quoted(names::DETAIL)));
        let source = detail.cell(&side.key, row).unwrap_or_else(Cell::blank);
        let is_name = column == 1 && target.is_some();
        let format = if is_name { self.style.link(side.shown) } else { self.style.cell(side.shown) };
        sheet.merge_range(top, column, top + 1, column, "", &format)?;
        let plain = source.plain();
        let cell = match (&plain.value, &target) {
            _ if side.key == "=number" => Cell::number((at + 1) as f64),
            (Value::Number(_), Some(target)) => plain.by(format!("={target}")),
            (Value::Text(text), Some(target)) if &**text == "—" => plain.by(format!("={target}")),
            _ => plain,
        };
        if let Some(target) = target.filter(|_| is_name) {
            if let Value::Text(text) = &cell.value {
                let link = Url::new(format!("internal:{target}"));
                sheet.write_url_with_options(top, column, link, &**text, "", Some(&format))?;
            }
            return Ok(());
        }
        cell.write(sheet, top, column, &format)
    }

    /// What should have been done by a month's end: by the project's own plan, else as the schedule says.
    fn planned(&self, window: &Window, month: u16, stage: Option<&Stage>, row: usize) -> Cell {
        if window.start == Some(month) {
            return Cell::text("开工");
        }
        if window.finish == Some(month) {
            return Cell::text("竣工");
        }
        if !window.holds(month) {
            return Cell::blank();
        }
        let facts = self.live.report.facts;
        let own = match month == self.now {
            true => facts.whole("plan_to_date", row).zip(facts.whole("plan", row)),
            false => stage.and_then(|stage| stage.plan_to_date.zip(stage.plan)),
        };
        let own = own.filter(|(_, plan)| *plan > 0).and_then(|(by_then, plan)| fraction(by_then, plan)).map(to_f64);
        own.or(self.due[usize::from(month) - 1]).map_or_else(Cell::blank, Cell::number)
    }

    /// What was done by a month's end; this month's follows the detail.
    fn done(&self, month: u16, stage: Option<&Stage>, row: usize) -> Cell {
        if month == self.now {
            let cell = self.live.detail.cell(RATE, row).unwrap_or_else(Cell::blank);
            let plain = cell.plain();
            return match self.live.detail.address(RATE, row) {
                Some(address) => plain.by(format!("={}!{address}", names::quoted(names::DETAIL))),
                None => plain,
            };
        }
        let rate = stage.and_then(|stage| {
            let (done, plan) = (stage.done?, stage.plan.filter(|plan| *plan > 0)?);
            fraction(done, plan)
        });
        rate.filter(|_| month < self.now).map_or_else(Cell::blank, |rate| Cell::number(to_f64(rate)))
    }

    fn small(&self, fill: Option<u32>) -> Format {
        let format = self.style.cell(Shown::Percent).set_font_size(8).set_num_format("0%");
        match fill {
            Some(fill) => format.set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(0x595959)),
            None => format,
        }
    }

    /// Months that are done, by how far they were ahead of what was planned: the county's lights.
    fn colour(&self, sheet: &mut Worksheet, shown: usize) -> Result<(), XlsxError> {
        let lights = &self.live.report.profile.county.lights;
        if Basis::of(lights) != Some(Basis::Value) && lights.len() > 1 {
            return Ok(());
        }
        let (first, last) = (DUE_ROW + 1, DUE_ROW + 2 * shown as u32);
        for month in 1..=self.now {
            let column = self.month_column(month);
            let at = |row: u32| cell_address(row + 1, u32::from(column) + 1);
            let done = at(first);
            let due = at(DUE_ROW);
            let digits = due.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            let (letters, row) = due.split_at(digits);
            // A planned row stands above; where it says no number, the schedule on top does.
            let above = at(first - 1);
            let planned = format!("IF(AND(ISNUMBER({above}),MOD(ROW({above}),2)=1),{above},{letters}${row})");
            for band in lights {
                let Some(format) = mark(&band.colour) else { continue };
                let test = match band.end() {
                    Some(end) => {
                        let compared = if band.open { ">" } else { ">=" };
                        format!("ROUND(({done}-{planned})*100,9){compared}{}", to_f64(end))
                    }
                    None => "TRUE".to_owned(),
                };
                // Planned rows are the odd ones of the sheet, done ones the even.
                let rule = format!("=IF(AND(MOD(ROW({done}),2)=0,ISNUMBER({done})),{test},FALSE)");
                let rule =
                    ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(format).set_stop_if_true(true);
                sheet.add_conditional_format(first, column, last, column, &rule)?;
            }
        }
        Ok(())
    }

    fn finish(&self, sheet: &mut Worksheet, shown: usize) -> Result<(), XlsxError> {
        let last = self.last_column();
        let mut row = DUE_ROW + 1 + 2 * shown as u32;
        let room: f64 = self.sides.iter().map(|side| side.width).sum::<f64>() + 6.0 + 7.2 * f64::from(MONTHS);
        for note in self.notes(shown) {
            span(sheet, row, (0, last), &note, &self.style.note())?;
            sheet.set_row_height(row, widths::height(widths::lines(&note, room), 18.0))?;
            row += 1;
        }
        page(sheet);
        // Excel forgets page breaks when it fits to a width.
        sheet.set_print_scale(SCALE);
        let pages = (shown as u32).div_ceil(A_PAGE);
        let breaks: Vec<u32> = (1..pages.min(1_000)).map(|page| DUE_ROW + 1 + 2 * A_PAGE * page).collect();
        sheet.set_page_breaks(&breaks)?;
        sheet.set_repeat_rows(0, DUE_ROW)?;
        sheet.set_freeze_panes(DUE_ROW + 1, 2)?;
        sheet.set_print_area(0, 0, row - 1, last)?;
        Ok(())
    }

    fn notes(&self, shown: usize) -> Vec<String> {
        let (_, month, day) = words::last_day(self.live.report.period);
        let lights = &self.live.report.profile.county.lights;
        let named: Vec<String> = lights
            .iter()
            .map(|band| match band.end() {
                Some(end) => format!("{}为比计划{}", band.name, points(to_f64(end))),
                None => format!("{}为更慢", band.name),
            })
            .collect();
        let mut notes = vec![format!(
            "注：1. 每个项目两行：上行为计划，蓝色为建设期内的月份，数为到月底应完成年度计划的比例（有分月计划的按分月计划，\
             其余按序时进度）；下行为实际，数为到月底累计完成率，按比计划快慢着色：{}；没有数的月份当月没有报送。2. 红线为数据\
             截止日（{month}月{day}日）。",
            named.join("，"),
        )];
        let all = self.live.detail.order.len();
        if shown < all {
            let rest = match self.live.detail.is_summed() {
                true => names::detail_file_name(self.live.book, self.live.report.period),
                false => names::DETAIL.to_owned(),
            };
            notes.push(format!("3. 共{all}个项目，本表列前{shown}个，其余见“{rest}”。"));
        }
        notes
    }
}

/// 快2个百分点以上, 持平以上, 慢10个百分点以内.
fn points(end: f64) -> String {
    match end {
        end if end > 0.0 => format!("快{end}个百分点以上"),
        end if end < 0.0 => format!("慢{}个百分点以内", -end),
        _ => "持平或快".to_owned(),
    }
}

/// How far the book's schedule has come at a month's end.
fn due_at(report: &Report, schedule: &Schedule, month: u32) -> Option<f64> {
    let period = match month == report.period.month() {
        true => report.period,
        false => Period::new(report.period.year(), month)?,
    };
    Some(to_f64(report.profile.county.share(schedule, period)?.value()))
}

/// The months of the year in which a project is built, by its dates.
struct Window {
    from: u16,
    to: u16,
    /// The month of this year in which it begins.
    start: Option<u16>,
    /// The month of this year in which it ends.
    finish: Option<u16>,
}

impl Window {
    fn of(report: &Report, row: usize) -> Self {
        let facts = report.facts;
        let year = report.period.year();
        let date = |field: &str| facts.text(field, row).and_then(year_and_month);
        let start = date("planned_start").or_else(|| date("actual_start"));
        let finish = date("planned_finish");
        let this = |date: Option<(i32, Option<u16>)>| date.filter(|(of, _)| *of == year).and_then(|(_, month)| month);
        let (start_month, finish_month) = (this(start), this(finish));
        let begins_later = start.is_some_and(|(of, _)| of > year);
        let ended_before = finish.is_some_and(|(of, _)| of < year);
        let from = if begins_later { MONTHS + 1 } else { start_month.unwrap_or(1) };
        let to = if ended_before { 0 } else { finish_month.unwrap_or(MONTHS) };
        Self { from, to, start: start_month, finish: finish_month }
    }

    fn holds(&self, month: u16) -> bool {
        (self.from..=self.to).contains(&month)
    }
}

/// `2026-05-31`, `2026-05`, `2026`: the year and the month, as far as it is told.
fn year_and_month(text: &str) -> Option<(i32, Option<u16>)> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok().filter(|year| (1900..=2200).contains(year))?;
    let month = parts.next().and_then(|month| month.parse().ok()).filter(|month| (1..=MONTHS).contains(month));
    Some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_tell_as_much_as_they_say() {
        assert_eq!(year_and_month("2026-05-31"), Some((2026, Some(5))));
        assert_eq!(year_and_month("2026-12"), Some((2026, Some(12))));
        assert_eq!(year_and_month("2026"), Some((2026, None)));
        for odd in ["", "五月", "26-05", "2026年5月"] {
            assert_eq!(year_and_month(odd), None, "{odd}");
        }
        assert_eq!(year_and_month("2026-Q2"), Some((2026, None)));
    }

    #[test]
    fn lights_read_as_words() {
        assert_eq!([0.0, -10.0, 2.5].map(points), ["持平或快", "慢10个百分点以内", "快2.5个百分点以上"]);
    }
}
