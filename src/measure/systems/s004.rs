//! S004: leader-linked items by state, and the county's indicators against city, province and nation.

use super::*;

const ITEMS: &str = "
    item category leader unit goal state status
    建化工园 重大项目 甲一 县工信局 投产 达到 已完成
    帮扶甲厂 重点企业 甲一 县工信局 产值增长 基本达到 推进
    创文明县 创先争优 乙二 县文明办 获评 未达到 滞后
    审批改革 重点改革 乙二 县政务服务局 压减时限 - 基本完成目标
    党建示范 党建工作 乙二 县委组织部 - - 正在推进
    修高速 重大项目 丙三 县交通局 待定 - 尚未启动";

#[test]
fn items_are_ranked_by_their_state() {
    let month = Month::one("initiatives", "2026-09", "县委办公室", ITEMS);
    let states = ["initiatives_reached", "initiatives_nearly", "initiatives_missed", "initiatives_unrated"];
    assert_eq!(month.shown("totals", "全县", states), ["1", "2", "2", "1"]);
    let shares = ["initiatives_reached_share", "initiatives_nearly_share", "initiatives_no_goal"];
    assert_eq!(month.shown("leaders", "甲一", shares), ["50.0", "100.0", "0"]);
    // 党建 is not rated: two are, one of them nearly.
    assert_eq!(month.shown("leaders", "乙二", shares), ["0.0", "50.0", "1"]);
    assert_eq!(month.failing("initiatives.goal_missing"), [9, 10]);
    let kinds: Vec<String> = month.groups("kinds").into_iter().map(|group| group.name).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn a_state_that_its_progress_contradicts_is_asked_about() {
    let text = "item leader goal state status\n甲 甲一 投产 达到 尚未启动\n乙 甲一 投产 未达到目标 滞后";
    let month = Month::one("initiatives", "2026-09", "县委办公室", text);
    assert_eq!(month.failing("initiatives.state_unlike"), [5]);
    assert_eq!(month.shown("totals", "全县", ["initiatives_missed"]), ["1"], "未达到目标 is no 达到");
}

#[test]
fn indicators_differ_in_points_and_move_in_rank() {
    let text = "
        indicator measured_in value growth growth_city growth_province rank rank_before
        规上工业增加值 亿元 25.3 0.082 0.075 0.068 3 5
        固定资产投资 亿元 88.1 -0.041 0.021 - 8 7
        社会消费品零售总额 亿元 30 0.05 0.05 0.05 4 -";
    let month = Month::one("indicators", "2026-09", "县统计局", text);
    let figures = [
        "indicators_growth",
        "indicators_to_city",
        "indicators_to_province",
        "indicators_rank",
        "indicators_rank_change",
    ];
    assert_eq!(month.shown("standing", "规上工业增加值", figures), ["8.2", "0.7", "1.4", "3", "2"]);
    assert_eq!(month.shown("standing", "固定资产投资", figures), ["-4.1", "-6.2", "—", "8", "-1"]);
    assert_eq!(month.shown("standing", "社会消费品零售总额", figures), ["5.0", "0.0", "0.0", "4", "—"]);
    assert_eq!(month.shown("totals", "全县", ["indicators_above_city", "indicators_below_city"]), ["2", "1"]);
}
