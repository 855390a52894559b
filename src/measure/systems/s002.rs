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
