//! Each kind of measure at its edges.

use super::*;

fn investment(targets: Vec<Target>, period: &str) -> Month {
    let text = "name signed contract\n甲 2026-01 600\n乙 2026-07 500";
    let settings = Settings { targets, ..Settings::default() };
    Month::of("investment", period, settings, &[sheet("investment", "县商务局", &lines(text))])
}

const OF_TARGET: [&str; 5] = [
    "investment_target_amount",
    "investment_rate_amount",
    "investment_lag_amount",
    "investment_left_amount",
    "investment_pace_amount",
];

#[test]
fn nobody_who_has_no_target_is_measured_against_one() {
    let month = investment(Vec::new(), "2026-09");
    assert_eq!(month.shown("totals", "全县", OF_TARGET), ["—"; 5]);
    let rate = month.group("totals", "全县").figure("investment_rate_amount").unwrap();
    assert_eq!((rate.numerator, rate.denominator), (Some(11_000_000), None), "what is done stands all the same");
}

#[test]
fn a_target_of_nothing_is_no_denominator() {
    let month = investment(vec![target("investment", "全县", "investment_new_contract", 0)], "2026-09");
    assert_eq!(month.shown("totals", "全县", OF_TARGET), ["0", "—", "—", "0", "0"]);
}

#[test]
fn nothing_is_left_beyond_the_target_and_no_pace_after_december() {
    let targets = vec![target("investment", "全县", "investment_new_contract", 10_000_000)];
    let month = investment(targets.clone(), "2026-09");
    assert_eq!(month.shown("totals", "全县", OF_TARGET), ["1000", "110.0", "-35.0", "0", "0"]);
    let december = investment(targets, "2026-12");
    assert_eq!(december.shown("totals", "全县", ["investment_left_amount", "investment_pace_amount"]), ["0", "—"]);
}

#[test]
fn what_is_stated_for_the_whole_stands_before_the_sum_of_the_units() {
    let targets = vec![
        target("investment", "城关镇", "investment_new", 3),
        target("investment", "县商务局", "investment_new", 4),
        target("reserve", "县商务局", "reserve_count", 90),
    ];
    assert_eq!(investment(targets.clone(), "2026-09").shown("totals", "全县", ["investment_target_count"]), ["7"]);
    let stated = [targets, vec![target("investment", "全县", "investment_new", 9)]].concat();
    let month = investment(stated, "2026-09");
    assert_eq!(month.shown("totals", "全县", ["investment_target_count"]), ["9"]);
    assert_eq!(
        month.shown("departments", "县商务局", ["investment_target_count", "investment_rate_count"]),
        ["4", "50.0"]
    );
}

#[test]
fn a_share_of_nothing_cannot_be_computed() {
    let month = Month::one("investment", "2026-09", "县商务局", "name signed contract\n甲 2025-01 600");
    let share = ["investment_new", "investment_share_count", "investment_share_amount"];
    assert_eq!(month.shown("departments", "县商务局", share), ["0", "—", "—"]);
}
