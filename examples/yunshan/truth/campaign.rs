//! The hundred days from September 1st to December 9th: tasks with a leader, a team, a scheme and somebody who sees them through.

use super::super::date::{Day, day};
use super::super::dice::Dice;
use super::county::LEADERS;
use super::{Row, Value, WAN, projects};

/// First and last day.
pub const DAYS: ((i32, u32, u32), (i32, u32, u32)) = ((2026, 9, 1), (2026, 12, 9));
/// Who has tasks.
pub const REPORTERS: [&str; 12] = [
    "城关镇",
    "双河镇",
    "金坪镇",
    "石桥镇",
    "白沙镇",
    "黄泥岗镇",
    "县交通运输局",
    "县水利局",
    "县住建局",
    "县教育局",
    "县城投公司",
    "云山经开区管委会",
];
/// How many projects each has in it, at most.
const EACH: usize = 3;
/// By task, how far it gets: in per mille of the plan after the hundred days.
const PACES: [i64; 7] = [1050, 820, 960, 610, 1010, 880, 0];

/// The tasks as they stand at a day's end.
pub fn rows(until: Day) -> Vec<Row> {
    let may = projects::rows();
    let mut rows = Vec::new();
    for unit in REPORTERS {
        let own = may
            .iter()
            .filter(|row| row.reporters[0] == unit && !row.off_list && row.amount("done") * 2 < row.amount("plan"));
        for row in own.take(EACH) {
            let at = rows.len();
            rows.push(task(at, unit, row, until));
        }
    }
    rows
}

/// How many of the hundred days are over by a day's end.
fn over(until: Day) -> i64 {
    let ((y, m, d), _) = DAYS;
    ((until - day(y, m, d)).num_days() + 1).clamp(0, 100)
}

fn task(at: usize, unit: &'static str, project: &Row, until: Day) -> Row {
    let mut dice = Dice::new(100 + at as u64);
    let plan = (project.amount("plan") * dice.between(25, 40) / 100 / (10 * WAN)).max(5) * 10 * WAN;
    let pace = PACES[at % PACES.len()];
    let done = |days: i64| (plan * pace / 1000 * days / 100 / WAN * WAN).min(plan * pace / 1000);
    let (now, before) = (done(over(until)), done((over(until) - 7).max(0)));
    let state = match (now >= plan, pace) {
        (true, _) => "已完成",
        (_, 0) => "未启动",
        (_, pace) if pace < 800 => "滞后",
        _ => "推进中",
    };
    let status = match state {
        "已完成" => "攻坚任务全部完成",
        "未启动" => "正在办理施工许可，计划下月进场",
        "滞后" => "施工力量不足，进度慢于计划",
        _ => "主体工程有序推进",
    };
    let row = Row::of(unit)
        .words("name", project.text("name"))
        .words("kind", project.text("category"))
        .words("town", project.text("town"))
        .words("unit", unit)
        .words("goal", "完成年度投资计划，形成实物工作量")
        .yuan("plan", plan)
        .yuan("done", now)
        .yuan("done_week", now - before)
        .day("deadline", day(2026, 12, 9))
        .words("state", state)
        .words("status", status)
        .words("problem", if state == "滞后" { "施工单位投入人员、机械不足" } else { "无" })
        .words("measure", if state == "滞后" { "约谈施工单位，倒排工期" } else { "" });
    let mut row = ones(row, at);
    row.values.insert("rate", Value::Rate(now, plan));
    row
}

/// The "five ones": a project, and what it must have beside; some lack one.
fn ones(row: Row, at: usize) -> Row {
    let leader = LEADERS[at % LEADERS.len()].0;
    row.words("leader", if at % 17 == 4 { "" } else { leader })
        .words("team", if at % 19 == 5 { "" } else { "由牵头单位主要负责人任组长，抽调5人" })
        .words("scheme", if at % 15 == 6 { "正在制定" } else { "云攻坚办〔2026〕3号" })
        .words("follow_through", if at % 16 == 7 { "" } else { "每周调度、每月通报、销号管理" })
}
