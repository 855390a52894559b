//! The key projects of every month but May, from May's rows and each project's course.

use super::super::date::day;
use super::course::{self, Course};
use super::kinds::progress;
use super::{Row, Value, WAN, events, last_year, projects, reserve};

/// What holds a project up that had no trouble in May.
const TROUBLE: [&str; 4] = [
    "施工单位投入人员、机械不足",
    "受连续降雨影响，施工进度滞后",
    "征迁工作滞后，红线内坟墓尚未迁移",
    "专项债资金拨付较慢",
];
/// What the project that is taken off the list had completed by the end of each month, in 万元; from June on nobody reports it.
const OFF_THE_LIST: [i64; 6] = [0, 0, 300, 800, 1_000, 1_200];

/// The idea of May's reserve list that is prepared from June and built from October: its reporter and its name.
pub const MOVED: (&str, &str) = ("县教育局", "云溪中学迁建工程二期工程");
/// When it is prepared, and when it is a key project.
pub const MOVED_IN: (u32, u32) = (6, 10);
/// Its plan for the rest of the year, in 万元.
pub const MOVED_PLAN: i64 = 600;
/// The department that is opened in July, and its project.
pub const OPENED: (&str, &str) = ("县数据局", "云山县政务服务数据平台项目");
/// Since when it reports.
pub const OPENED_FROM: u32 = 7;

/// What is reported for a month of 2026 that is not May.
pub fn key_projects(month: u32) -> Vec<Row> {
    let may = projects::rows();
    let old = may.iter().enumerate().flat_map(|(at, row)| of_month(at, row, month));
    old.chain(moved(month)).chain(opened(month)).collect()
}

/// A project's rows in a month: one for each unit that reports it, and for each part that it is split into.
fn of_month(at: usize, may: &Row, month: u32) -> Vec<Row> {
    let mut course = course::of(may, at);
    if may.off_list {
        if month as usize >= OFF_THE_LIST.len() {
            return Vec::new();
        }
        course.done[..OFF_THE_LIST.len()].copy_from_slice(&OFF_THE_LIST.map(|done| done * WAN));
    }
    events::bend(&mut course, may.text("name"));
    let row = row(at, may, &course, month);
    let each = may.reporters.iter().map(|unit| Row { reporters: vec![unit], ..row.clone() });
    each.flat_map(|row| events::happen(row, month)).collect()
}

fn row(at: usize, may: &Row, course: &Course, month: u32) -> Row {
    let (plan, done) = (may.amount("plan"), course.done[month as usize]);
    let behind = done * 12 < plan * i64::from(month);
    let step = match done * 100 / plan.max(1) {
        _ if done == 0 => 0,
        rate if rate < 33 => 1,
        rate if rate < 60 => 2,
        _ => 3,
    };
    let mut row = Row { said: Default::default(), off_list: may.off_list && month >= 4, ..may.clone() };
    row = row
        .yuan("done", done)
        .yuan("done_month", done - course.done[month as usize - 1])
        .yuan("done_last_year", last_year::done(may, month))
        .words("status", if may.off_list { "厂房基础施工" } else { progress(may.text("category"))[step] });
    row.values.insert("rate", Value::Rate(done, plan));
    if !row.values.contains_key("total") {
        row = row.yuan("total", may.amount("done_before") + plan * 2);
    }
    row.values.remove("actual_start");
    let begun = course.begun;
    if begun <= month {
        // Begun as planned, or later than that.
        let known = match may.values.get("actual_start").or(may.values.get("planned_start")) {
            Some(Value::Date(start)) if begun == chrono::Datelike::month(start) || begun == 0 => *start,
            _ => day(2026, begun, 20),
        };
        row = row.day("actual_start", known);
    }
    troubled(row, behind, at, month)
}

/// Whoever is behind says why: as in May, or whatever is in the way now.
fn troubled(mut row: Row, behind: bool, at: usize, month: u32) -> Row {
    if !behind {
        row.values.remove("measure");
        return row.words("problem", "无");
    }
    if matches!(row.text("problem"), "" | "无") {
        row = row.words("problem", TROUBLE[(at + month as usize) % TROUBLE.len()]);
    }
    if month > 5 {
        let measure = row.text("measure").replace("6月底", "年底");
        row = row.words("measure", measure);
    }
    row
}

/// The idea that has become a key project.
fn moved(month: u32) -> Option<Row> {
    let idea = reserve::rows().into_iter().find(|row| row.text("name") == MOVED.1)?;
    let done = [120, 290, 470][(month.checked_sub(MOVED_IN.1)?) as usize] * WAN;
    let before = if month == MOVED_IN.1 { 0 } else { [120, 290][(month - MOVED_IN.1 - 1) as usize] * WAN };
    let row = Row::of(MOVED.0)
        .words("name", MOVED.1)
        .words("code", "2026-369921-83-01-410236")
        .words("category", "社会民生")
        .words("nature", "新开工")
        .words("town", "云溪镇")
        .words("unit", MOVED.0)
        .words("owner", MOVED.0)
        .words("scale", idea.text("scale"))
        .words("years", "2026-2028年")
        .words("status", "完成场地平整，正在进行基础施工")
        .words("problem", "无")
        .words("note", "由前期转入")
        .day("planned_start", day(2026, 10, 8))
        .day("actual_start", day(2026, 10, 8))
        .day("planned_finish", day(2028, 8, 28));
    Some(with_money(row, idea.amount("total"), MOVED_PLAN * WAN, done, done - before))
}

/// The project of the department that is opened in mid-year.
fn opened(month: u32) -> Option<Row> {
    let at = month.checked_sub(OPENED_FROM)? as usize;
    let by = [60, 180, 310, 420, 560, 760];
    let before = if at == 0 { 0 } else { by[at - 1] };
    let row = Row::of(OPENED.0)
        .words("name", OPENED.1)
        .words("code", "2026-369921-65-01-520118")
        .words("category", "社会民生")
        .words("nature", "新开工")
        .words("town", "城关镇")
        .words("unit", OPENED.0)
        .words("owner", OPENED.0)
        .words("scale", "建设政务数据平台1个，接入部门系统26个")
        .words("status", if at < 3 { "平台设计完成，设备采购中" } else { "已上线试运行，接入系统18个" })
        .words("problem", "无")
        .day("planned_start", day(2026, 7, 6))
        .day("actual_start", day(2026, 7, 6))
        .day("planned_finish", day(2027, 6, 28));
    Some(with_money(row, 2_600 * WAN, 800 * WAN, by[at] * WAN, (by[at] - before) * WAN))
}

fn with_money(row: Row, total: i64, plan: i64, done: i64, month: i64) -> Row {
    let mut row = row.yuan("total", total).yuan("plan", plan).yuan("done", done).yuan("done_month", month);
    row.values.insert("rate", Value::Rate(done, plan));
    row
}
