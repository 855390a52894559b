//! 报送情况: what each unit owed, how it came, and how many are in each state; a sheet of 核验报告.xlsx.

use super::style::Shown;
use super::table::{Cell, Column, Table};
use crate::period::Period;
use crate::profile::Profile;
use crate::register::{self, Report, Share, UnitState};

/// The sheet's name.
const SHEET: &str = "报送情况";

/// What the sheet is made from.
#[derive(Debug, Clone, Copy)]
pub struct ReportingView<'a> {
    /// The books' titles.
    pub profile: &'a Profile,
    /// The reports in the order of the roster.
    pub reports: &'a [Report],
    /// The units with the gravest state of each.
    pub units: &'a [UnitState],
}

/// The sheet's table.
pub(super) fn table(view: ReportingView, period: Period) -> Table {
    let columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("报送单位", 26.0),
        Column::text("报表", 20.0),
        Column::of("报送状态", Shown::Centre),
        Column::of("报送期限", Shown::Centre),
        Column::of("收到时间", Shown::Centre),
        Column::of("时间依据", Shown::Centre),
        Column::of("迟报天数", Shown::Count),
        Column::of("退改次数", Shown::Count),
        Column::of("数据行数", Shown::Count),
        Column::text("报表文件", 46.0),
        Column::text("说明", 40.0),
    ];
    let owed = view.reports.iter().filter(|report| report.owed).count();
    Table {
        sheet: SHEET.to_owned(),
        title: format!("{}报送情况", period.in_words()),
        caption: (format!("应报{owed}份，{}个单位", view.units.len()), "单位：天、次、行".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: view.reports.iter().enumerate().map(|(at, report)| row(at, report, view.profile)).collect(),
        notes: notes(view),
        frozen: 3,
        filter: true,
        row_height: 20.0,
    }
}

fn row(at: usize, report: &Report, profile: &Profile) -> Vec<Cell> {
    let dash = |text: Option<String>| Cell::text(text.unwrap_or_else(|| "—".to_owned()));
    let state = if report.owed { report.in_words() } else { format!("{}（额外）", report.in_words()) };
    let came = report.received;
    vec![
        Cell::number((at + 1) as f64),
        Cell::text(&report.unit),
        Cell::text(register::title(report, profile)),
        Cell::text(state),
        Cell::text(report.due.to_string()),
        dash(came.map(|came| came.at.to_string())),
        dash(came.map(|came| came.by.title().to_owned())),
        Cell::number_or_dash(report.days_late.map(|days| days as f64)),
        Cell::number(report.returns.into()),
        Cell::number(report.rows as f64),
        Cell::text(report.files.join("、")),
        Cell::text(&report.note),
    ]
}

fn notes(view: ReportingView) -> Vec<String> {
    let list = |shares: Vec<Share>, unit: &str| {
        let each = shares.iter().map(|share| format!("{}{}{unit}（{}）", share.title, share.count, share.percent()));
        each.collect::<Vec<_>>().join("，")
    };
    vec![
        format!("按份数：{}。", list(register::by_report(view.reports), "份")),
        format!("按单位（各取最差的一份）：{}。", list(register::by_unit(view.units), "个")),
        "注：状态互不重复，占比合计100%。没有收到的为未报，收到而没有数据的为空表，收到后又由更正的报表代替的为退改，\
         超过期限收到的为迟报；不知道收到时间的为已收。“额外”是不在应报之列的，不计入份数和占比。"
            .to_owned(),
    ]
}
