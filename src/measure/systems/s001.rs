//! S001: the district's investment promotion after nine months, to the digit (domain 6.1).

use super::*;

/// A line a project: name, town, month of signing, 万元, industry.
fn row(name: &str, town: &str, signed: &str, wan: i64, industry: &str) -> String {
    format!("{name} {town} {signed} {wan} {industry} - -")
}

/// So many projects that together have so many 万元, the last with what does not divide.
fn projects(label: &str, town: &str, signed: &str, (count, wan): (i64, i64), industry: &str) -> Vec<String> {
    let each = wan / count;
    let amount = |at| if at == count { wan - each * (count - 1) } else { each };
    (1..=count).map(|at| row(&format!("{label}{at}"), town, signed, amount(at), industry)).collect()
}

/// 74 projects with 77.64 亿元, of them 59 industrial with 45.89; 31 in 龙塘镇; 21 with 11.49 in the third quarter, of
/// them four of 横荷街道 in September with just under 6; 12 carried over.
fn district() -> Month {
    let mut text = vec!["name town signed contract industry stage actual_start".to_owned()];
    text.extend(projects("龙塘工业", "龙塘镇", "2026-03", (31, 250_000), "装备制造"));
    text.extend(projects("源潭工业", "源潭镇", "2026-05", (12, 109_000), "工业"));
    text.extend(projects("源潭服务", "源潭镇", "2026-06", (10, 302_500), "现代服务业"));
    text.extend(projects("东城工业", "东城街道", "2026-07", (12, 40_000), "新材料"));
    text.extend(projects("东城服务", "东城街道", "2026-08", (5, 15_000), "第三产业"));
    text.extend(projects("横荷工业", "横荷街道", "2026-09", (4, 59_900), "电子信息"));
    text.extend(projects("结转", "源潭镇", "2025-11", (12, 56_000), "工业"));
    let mut settings = Settings {
        units: [("龙塘镇", "甲组"), ("源潭镇", "甲组"), ("石角镇", "甲组"), ("东城街道", "乙组"), ("横荷街道", "乙组")]
            .map(|(name, group)| town(name, group))
            .into(),
        ..Settings::default()
    };
    settings.targets = vec![
        target("investment", "龙塘镇", "investment_new", 40),
        target("investment", "源潭镇", "investment_new", 25),
        target("investment", "全县", "investment_new_contract", 10_000_000_000),
        target("investment", "东城街道", "investment_new", 20),
        target("investment", "横荷街道", "investment_new", 15),
        // A target in the words of what shows it counts as well.
        target("investment", "横荷街道", "investment_target_amount", 600_000_000),
    ];
    Month::of("investment", "2026-09", settings, &[sheet("investment", "区招商局", &text)])
}

#[test]
fn the_district_against_its_targets_and_the_schedule() {
    let month = district();
    let counts = ["investment_new", "investment_target_count", "investment_rate_count", "investment_lag_count"];
    assert_eq!(month.shown("totals", "全县", counts), ["74", "100", "74.0", "1.0"], "the whole's target is the sum");
    let amounts =
        ["investment_new_contract", "investment_target_amount", "investment_rate_amount", "investment_lag_amount"];
    assert_eq!(month.shown("totals", "全县", amounts), ["776400", "1000000", "77.6", "-2.6"]);
    let left = ["investment_left_count", "investment_left_amount", "investment_pace_amount", "investment_pace_count"];
    // 22.36 亿元 in the three months that are left.
    assert_eq!(month.shown("totals", "全县", left), ["26", "223600", "74533.33", "8.7"]);
    let others = ["investment_count", "investment_carried_over", "investment_new_quarter", "investment_new_month"];
    let group = month.group("towns", "横荷街道");
    assert_eq!(month.shown("totals", "全县", ["investment_count", "investment_carried_over"]), ["86", "12"]);
    assert_eq!(others[2..].iter().map(|id| shown(&group, id)).collect::<Vec<_>>(), ["4", "4"]);
    assert_eq!(shown(&group, "investment_new_month_contract"), "59900", "just under 6 亿元");
    assert_eq!(shown(&group, "investment_rate_amount"), "99.8");
}

#[test]
fn shares_by_industry_and_town() {
    let month = district();
    let shares = ["investment_new", "investment_share_count", "investment_new_contract", "investment_share_amount"];
    // 59.2 is what the speech says; 45.89 of 77.64 is 59.1.
    assert_eq!(month.shown("sectors", "工业", shares), ["59", "79.7", "458900", "59.1"]);
    assert_eq!(month.shown("sectors", "第三产业", shares), ["15", "20.3", "317500", "40.9"]);
    assert_eq!(month.shown("towns", "龙塘镇", ["investment_new", "investment_share_count"]), ["31", "41.9"]);
    let share = month.group("sectors", "工业").figure("investment_share_amount").unwrap();
    assert_eq!((share.numerator, share.denominator), (Some(4_589_000_000), Some(7_764_000_000)));
}

#[test]
fn quarters_show_the_slide() {
    let month = district();
    let shown = ["investment_new", "investment_new_contract", "investment_step_count", "investment_share_count"];
    assert_eq!(month.shown("quarters", "2026年一季度", shown), ["31", "250000", "—", "41.9"]);
    assert_eq!(month.shown("quarters", "2026年二季度", shown), ["22", "411500", "-9", "29.7"]);
    assert_eq!(month.shown("quarters", "2026年三季度", shown), ["21", "114900", "-1", "28.4"]);
    assert_eq!(
        month.shown("quarters", "2026年三季度", ["investment_step_amount", "investment_share_amount"]),
        ["-296600", "14.8"]
    );
    // Nothing was signed in April: May is held against nothing, not against March.
    assert_eq!(month.shown("months", "2026-05", ["investment_step_count"]), ["12"]);
}

#[test]
fn who_has_brought_nothing_this_quarter() {
    let month = district();
    let none = ["investment_new_quarter", "investment_new_quarter_contract"];
    for town in ["龙塘镇", "源潭镇"] {
        assert_eq!(month.shown("towns", town, none), ["0", "0"], "{town}");
    }
    assert_eq!(month.shown("towns", "东城街道", none), ["17", "55000"]);
    // 石角镇 has no project at all; it stands on the roster.
    assert_eq!(month.shown("towns", "石角镇", none), ["0", "0"]);
    assert_eq!(month.shown("towns", "石角镇", ["investment_new_contract", "investment_share_amount"]), ["0", "0.0"]);
}

#[test]
fn small_and_large_projects_by_their_bounds() {
    let text = "name signed contract\n 甲 2026-01 999.9999\n 乙 2026-01 1000\n 丙 2026-01 9999\n 丁 2026-01 10000\n 戊 2026-01 -\n 己 2025-06 500";
    let month = Month::one("investment", "2026-09", "县商务局", text);
    let bounds = ["investment_new", "investment_new_small", "investment_new_large", "investment_large"];
    assert_eq!(month.shown("totals", "全县", bounds), ["5", "1", "1", "1"]);
    assert_eq!(
        month.shown("totals", "全县", ["investment_rate_count", "investment_left_count"]),
        ["—", "—"],
        "no target"
    );
}

#[test]
fn conversion_by_cohort_of_signing() {
    let text = "
        name intended signed fulfilled landed actual_start in_production stage contract
        甲 2025-10 2026-01 2026-02 2026-03 2026-04 2026-08 投产 5000
        乙 2025-11 2026-02 2026-03 2026-05 2026-06 - 在建 5000
        丙 - 2026-03 - - - - 签约 5000
        丁 - 2026-03 - - 2026-12 - 拟开工 5000
        戊 2026-05 2026-05 2026-06 - - - 已签合同 5000
        己 2026-07 - - - - - 在谈 5000";
    let month = Month::one("investment", "2026-09", "县商务局", text);
    let rates = [
        "conversion_signed",
        "conversion_fulfilment",
        "conversion_landing",
        "conversion_start",
        "conversion_production",
    ];
    assert_eq!(month.shown("cohorts", "2026年一季度", rates), ["4", "50.0", "50.0", "50.0", "25.0"]);
    assert_eq!(month.shown("cohorts", "2026年二季度", rates), ["1", "100.0", "0.0", "0.0", "0.0"]);
    let intent = ["conversion_intended", "conversion_signing", "conversion_intent_to_landing"];
    assert_eq!(month.shown("totals", "全县", intent), ["6", "83.3", "33.3"]);
    assert_eq!(month.failing("investment.stage_future"), [8], "丁 is to start in December");
}
