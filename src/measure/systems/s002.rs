//! S002: the campaign's tasks and the five ones.

use super::*;

const TASKS: &str = "
    name town leader team scheme follow_through plan done_week done state deadline
    甲厂 城关镇 甲一 工作专班 县办〔2026〕9号 周调度 1000 50 300 推进中 2026-12
    乙路 城关镇 甲一 工作专班 - 周调度 1000 10 100 滞后 2026-12
    丙园 柳河乡 乙二 专班 正在制定 周调度 500 0 500 - 2026-12
    丁改革 柳河乡 乙二 专班 方案 月调度 - - - 已完成 2026-12
    戊创建 柳河乡 - 无 方案 月调度 - - - 未启动 2026-12";

#[test]
fn the_five_ones_are_held_for_completeness() {
    let month = Month::one("campaign", "2026-09", "县委督查室", TASKS);
    let ones = ["campaign_five_ones_share", "campaign_ones_missing"];
    assert_eq!(month.shown("towns", "城关镇", ones), ["50.0", "1"], "乙路 has no scheme");
    assert_eq!(
        month.shown("towns", "柳河乡", ones),
        ["33.3", "3"],
        "丙园 is still drafting; 戊创建 lacks leader and team"
    );
    assert_eq!(month.failing("campaign.five_ones"), [6, 7, 9]);
}

#[test]
fn tasks_with_money_and_without() {
    let month = Month::one("campaign", "2026-09", "县委督查室", TASKS);
    let done = ["campaign_count", "campaign_plan", "campaign_week", "campaign_done", "campaign_completion"];
    assert_eq!(month.shown("totals", "全县", done), ["5", "2500", "60", "900", "36.0"]);
    let states = ["campaign_finished", "campaign_not_started", "campaign_finished_share"];
    assert_eq!(month.shown("towns", "柳河乡", states), ["2", "1", "66.7"]);
    assert_eq!(month.shown("leaders", "甲一", ["campaign_completion"]), ["20.0"]);
}

#[test]
fn the_campaign_has_days_of_its_own_beside_the_year() {
    // September is 30 of its 100 days: 36% done leads by 6, 20% is behind by 10; the year would expect 75%.
    let month = Month::one("campaign", "2026-09", "县委督查室", TASKS);
    let standing = ["campaign_schedule", "campaign_lag", "campaign_behind"];
    assert_eq!(month.shown("totals", "全县", standing), ["30.0", "-6.0", "1"]);
    assert_eq!(
        month.shown("towns", "城关镇", standing),
        ["30.0", "10.0", "1"],
        "甲厂 has 30% and is not behind; 乙路 is"
    );
    // A week's cut-off: the 20th of September is its twentieth day.
    let week = Month::one("campaign", "2026-W38", "县委督查室", TASKS);
    assert_eq!(week.shown("totals", "全县", standing), ["20.0", "-16.0", "1"]);
    let before = Month::one("campaign", "2026-08", "县委督查室", TASKS);
    assert_eq!(before.shown("totals", "全县", ["campaign_schedule"]), ["0.0"]);
}
