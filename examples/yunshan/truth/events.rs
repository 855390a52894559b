//! What happens to key projects in the course of the year: the history's planted events, each at its months.
//! The sample's README lists them with file and cell; `inbox::planted` finds the cells.

use std::ops::RangeInclusive;

use super::super::date::day;
use super::course::Course;
use super::{Row, Value, WAN, projects};

/// Something that happens to one project, in the rows of some months.
pub struct Event {
    /// The project by its name in May.
    pub project: &'static str,
    /// In which months of 2026 its rows are changed.
    pub months: RangeInclusive<u32>,
    /// What happens.
    pub change: Change,
    /// The field whose cell shows it.
    pub field: &'static str,
    /// What it is, for the README.
    pub words: &'static str,
}

/// What happens to a project.
#[derive(Clone, Copy)]
pub enum Change {
    /// It is called otherwise.
    Name(&'static str),
    /// Its plan of the year becomes another, in per mille of the old.
    Plan(i64),
    /// It is no longer reported.
    Gone,
    /// Its progress is said to be this.
    Status(&'static str),
    /// A date is said to be this day.
    Date(&'static str, i32, u32, u32),
    /// An amount is written so many times too small.
    TooSmall(&'static str, i64),
    /// An amount is off by so much, in 万元.
    Off(&'static str, i64),
    /// A reason stands in the note.
    Note(&'static str),
}

const fn event(
    project: &'static str,
    months: RangeInclusive<u32>,
    change: Change,
    field: &'static str,
    words: &'static str,
) -> Event {
    Event { project, months, change, field, words }
}

/// The renamed project that settings.xlsx knows of, and its new name.
pub const RENAMED: (&str, &str) = ("马家集农产品加工园", "马家集绿色食品加工园");
/// The re-planned projects that settings.xlsx knows of, with the new plan in per mille of the old: the one reports it, the other does not.
pub const REPLANNED: [(&str, i64); 2] = [("北门电子元器件产业园", 1_300), ("金坪中学迁建工程", 850)];
/// Since when the second plan holds that its department does not report.
pub const UNREPORTED_FROM: u32 = 9;
/// The project that is split, and its parts with their share in percent.
pub const SPLIT: (&str, [(&str, i64); 2]) = (
    "云溪片区棚户区改造安置房",
    [("云溪片区棚户区改造安置房（一标段）", 60), ("云溪片区棚户区改造安置房（二标段）", 40)],
);
/// The month from which the parts are reported.
pub const SPLIT_FROM: u32 = 10;
/// The department that is closed after July, and the one that takes its projects over.
pub const CLOSED: (&str, &str) = ("县乡村振兴局", "县农业农村局");
/// The month of its last report.
pub const CLOSED_AFTER: u32 = 7;

/// All events of single projects.
pub const EVENTS: [Event; 14] = [
    event(RENAMED.0, 7..=12, Change::Name(RENAMED.1), "name", "更名：上月为马家集农产品加工园，设置表“认定”有依据"),
    event(
        "白沙农产品加工园",
        11..=12,
        Change::Name("白沙食用菌加工园"),
        "name",
        "更名：上月为白沙农产品加工园，没有认定，应提示疑似更名",
    ),
    event(
        REPLANNED[0].0,
        7..=12,
        Change::Plan(REPLANNED[0].1),
        "plan",
        "计划调整：设置表“调整”有依据，部门同时按新计划填报",
    ),
    event("北门数字经济产业园", 8..=12, Change::Plan(1_250), "plan", "计划变了，没有调整依据"),
    event("和平乡区域性养老服务中心", 11..=12, Change::Gone, "name", "项目从表中消失，没有移出决定"),
    event(
        "东风中心卫生院改扩建工程",
        9..=9,
        Change::Status("已完工，正在组织验收"),
        "status",
        "形象进度写明已完工（10月倒退）",
    ),
    event(
        "东风中心卫生院改扩建工程",
        10..=10,
        Change::Status("主体封顶，正在进行砌体施工"),
        "status",
        "形象进度倒退：上月已完工",
    ),
    event(
        "高桥自来水厂扩建工程",
        8..=12,
        Change::Date("actual_start", 2026, 3, 16),
        "actual_start",
        "实际开工时间与上月不同",
    ),
    event(
        "白沙镇区域性养老服务中心",
        10..=10,
        Change::TooSmall("done", 10_000),
        "done",
        "累计完成误按亿元填写，小了一万倍",
    ),
    event(
        "马家集镇农村公路提升改造工程",
        11..=11,
        Change::Off("done_month", 30),
        "done_month",
        "本月加上月累计不等于累计，多30万元",
    ),
    event(DECLINE.0, 9..=9, Change::Note("审计核减"), "done", "累计完成低于上月（审计核减300万元）"),
    event(STANDING.0, 7..=8, Change::Note(""), "done", "累计完成连续三个月相同"),
    event(DIFFERING.0, 6..=6, Change::Off("done", -150), "done", "双河镇所报比县水利局所报少150万元，代码相同"),
    event(DIFFERING.0, 12..=12, Change::Off("total", 200), "total", "双河镇所报总投资比县水利局所报多200万元"),
];

/// The project whose cumulative figure falls: name, month, by how many 万元.
pub const DECLINE: (&str, usize, i64) = ("G356高桥段公路改建工程", 9, 300);
/// The project that stands still: name, after which month, for how many months.
pub const STANDING: (&str, usize, usize) = ("石桥农贸市场改造升级项目", 6, 2);
/// The project that two units report, and the unit whose figure differs.
pub const DIFFERING: (&str, &str) = ("双河水库除险加固工程", "双河镇");

/// What happens to the money itself.
pub fn bend(course: &mut Course, project: &str) {
    if project == DECLINE.0 {
        course.cut_back(DECLINE.1, DECLINE.2 * WAN);
    }
    if project == STANDING.0 {
        course.stand_still(STANDING.1, STANDING.2);
    }
}

/// What becomes of a project's row in a month: gone, changed, or in two parts.
pub fn happen(row: Row, month: u32) -> Vec<Row> {
    let name = row.text("name").to_string();
    let mut rows = if name == SPLIT.0 && month >= SPLIT_FROM { parts(&row) } else { vec![row] };
    for event in EVENTS.iter().filter(|event| event.project == name && event.months.contains(&month)) {
        rows = rows.into_iter().filter_map(|row| changed(row, event)).collect();
    }
    rows.into_iter().map(|row| taken_over(row, month)).collect()
}

fn changed(mut row: Row, event: &Event) -> Option<Row> {
    // Where two units report one project, only the town's row is touched.
    if event.project == DIFFERING.0 && row.reporters != [DIFFERING.1] {
        return Some(row);
    }
    match event.change {
        Change::Gone => return None,
        Change::Name(name) => row = row.words("name", name),
        Change::Status(status) => row = row.words("status", status),
        Change::Note(note) => row = row.words("note", note),
        Change::Date(field, year, month, of_month) => row = row.day(field, day(year, month, of_month)),
        Change::Plan(plan) => {
            row = {
                let plan = replanned(row.amount("plan"), plan);
                row.yuan("plan", plan)
            }
        }
        Change::TooSmall(field, times) => {
            row = {
                let amount = row.amount(field) / times;
                row.yuan(field, amount)
            }
        }
        Change::Off(field, by) => {
            row = {
                let amount = row.amount(field) + by * WAN;
                row.yuan(field, amount)
            }
        }
    }
    let (done, plan) = (row.amount("done"), row.amount("plan"));
    row.values.insert("rate", Value::Rate(done, plan));
    Some(row)
}

/// Another plan, in full 10 万元.
pub fn replanned(plan: i64, per_mille: i64) -> i64 {
    plan / 1000 * per_mille / (10 * WAN) * (10 * WAN)
}

/// The plan that a decision gives a project, from the month that it takes effect.
pub fn new_plan(project: &str) -> i64 {
    let may = projects::rows();
    let old = may.iter().find(|row| row.text("name") == project).map_or(0, |row| row.amount("plan"));
    REPLANNED.iter().find(|(known, _)| *known == project).map_or(old, |(_, per_mille)| replanned(old, *per_mille))
}

/// The parts of the project that is split: each its share of every amount, the last one what is left.
fn parts(row: &Row) -> Vec<Row> {
    let amounts: Vec<&'static str> =
        row.values.iter().filter(|(_, value)| matches!(value, Value::Yuan(_))).map(|(field, _)| *field).collect();
    let [(first, percent), (last, _)] = SPLIT.1;
    let (mut one, mut other) = (row.clone().words("name", first), row.clone().words("name", last));
    for field in amounts {
        let part = row.amount(field) / WAN * percent / 100 * WAN;
        one = one.yuan(field, part);
        other = other.yuan(field, row.amount(field) - part);
    }
    for part in [&mut one, &mut other] {
        let (done, plan) = (part.amount("done"), part.amount("plan"));
        part.values.insert("rate", Value::Rate(done, plan));
        // Each section of the works has a code of its own; the company's sheet has no column for it.
        part.values.remove("code");
    }
    vec![one, other]
}

/// The closed department's projects are another's from the next month on.
fn taken_over(mut row: Row, month: u32) -> Row {
    if month <= CLOSED_AFTER {
        return row;
    }
    row.reporters.iter_mut().filter(|unit| **unit == CLOSED.0).for_each(|unit| *unit = CLOSED.1);
    for field in ["unit", "owner"] {
        if row.text(field) == CLOSED.0 {
            row = row.words(field, CLOSED.1);
        }
    }
    row
}
