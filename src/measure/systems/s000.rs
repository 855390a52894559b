//! S000: a town's bottlenecks: states, age, close-out, return visits.

use super::*;

const LEDGER: &str = "
    name problem unit town kind deadline first_reported status closing applied resolved reopened visit visited
    甲 用地未批 县自然资源局 城关镇 用地 2026-10 2026-06-01 已完成 - - 2026-08 - 满意 -
    乙 征迁受阻 县自然资源局 城关镇 征迁 2026-08 2026-05-01 推进中 - - - - - -
    丙 贷款未到 县财政局 城关镇 资金 2026-12 2026-09-01 推进中 - - - - - -
    丁 缺少工人 县人社局 柳河乡 人才 2026-12 2026-07-01 - 未启动 - - - - -
    戊 电力不足 县发改局 柳河乡 要素 2026-12 2026-03-01 已办结 - - - - - -
    己 道路未通 县交通局 柳河乡 要素 2026-06 2026-03-01 - - 2026-07 - - - -
    庚 污水外排 县生态环境局 柳河乡 环保 2026-08 2026-02-01 反弹后重新整改 - - 2026-05 2026-07 - -
    辛 手续不全 县政务服务局 柳河乡 审批 2026-08 2026-02-01 - 是 - 2026-05 - - 2026-06";

fn month() -> Month {
    let units = [("城关镇", "甲组"), ("柳河乡", "乙组"), ("白沙镇", "甲组")].map(|(name, group)| town(name, group));
    let offices = ["县自然资源局", "县财政局", "县人社局", "县发改局", "县交通局", "县生态环境局", "县政务服务局"];
    let office = |name: &str| Unit { name: name.into(), ..Unit::default() };
    let units = units.into_iter().chain(offices.map(office)).collect();
    let settings = Settings { units, ..Settings::default() };
    Month::of("bottlenecks", "2026-09", settings, &[sheet("bottlenecks", "县政府督查室", &lines(LEDGER))])
}

#[test]
fn every_difficulty_is_in_one_state() {
    let month = month();
    let states = [
        "bottlenecks_count",
        "bottlenecks_not_started",
        "bottlenecks_ongoing",
        "bottlenecks_overdue",
        "bottlenecks_done",
        "bottlenecks_applied",
        "bottlenecks_resolved",
    ];
    // 庚 was closed in May and opened again in July: its time is over.
    assert_eq!(month.shown("totals", "全县", states), ["8", "1", "1", "2", "1", "1", "2"]);
    let rates = ["bottlenecks_close_out", "bottlenecks_reopened", "bottlenecks_visits_due", "bottlenecks_visits_made"];
    assert_eq!(month.shown("towns", "城关镇", rates), ["33.3", "0", "1", "1"]);
    assert_eq!(month.shown("towns", "柳河乡", rates), ["20.0", "1", "1", "1"]);
    assert_eq!(month.shown("kinds", "征迁", ["bottlenecks_overdue", "bottlenecks_overdue_share"]), ["1", "100.0"]);
}

#[test]
fn age_counts_days_of_what_is_open() {
    let month = month();
    // 乙 since May 1st: 152 days to September 30th; 丙 since September 1st: 29.
    assert_eq!(month.shown("towns", "城关镇", ["bottlenecks_age"]), ["90.5"]);
    let text = "name problem first_reported\n甲 用地 2026-09-30\n乙 资金 -";
    let today = Month::one("bottlenecks", "2026-09", "县政府督查室", text);
    assert_eq!(today.shown("totals", "全县", ["bottlenecks_age"]), ["0"], "what has no day has no age");
}

#[test]
fn what_is_closed_is_to_be_visited() {
    let text =
        "name problem resolved visit\n甲 用地 2026-08 -\n乙 资金 2026-08 待回访\n丙 征迁 2026-08 满意\n丁 审批 - -";
    let month = Month::one("bottlenecks", "2026-09", "县政府督查室", text);
    let visits = ["bottlenecks_visits_due", "bottlenecks_visits_made", "bottlenecks_visit_rate"];
    assert_eq!(month.shown("totals", "全县", visits), ["3", "1", "33.3"]);
    assert_eq!(month.failing("bottlenecks.visit_missing"), [6], "where nothing is said of visits, nothing is asked");
}
