//! S003: causes of delay with their overlaps, and what is to be made up by when.

use super::*;

/// Twenty projects behind schedule: ten by clearance, eight by funds, three of them by both; one ahead.
fn county() -> Month {
    let mut text = vec!["name plan done problem".to_owned()];
    let mut add = |count: usize, label: &str, problem: &str| {
        text.extend((0..count).map(|at| format!("{label}{at} 1000 100 {problem}")));
    };
    add(7, "征", "征迁未完成");
    add(3, "双", "征迁未完成、资金紧张");
    add(5, "资", "融资未到位");
    add(3, "他", "天气原因");
    add(2, "无", "-");
    text.push("快 1000 900 征迁已完成".into());
    Month::of("key_projects", "2026-05", Settings::default(), &[sheet("key_projects", "县发改局", &text)])
}

#[test]
fn causes_overlap_and_are_told_apart() {
    let month = county();
    let each = ["behind", "delayed_by_clearance", "delayed_by_funds", "delayed_by_land"];
    assert_eq!(month.shown("county", "全县", each), ["20", "10", "8", "0"], "each cause, overlaps in both");
    let alone = [("只因征迁", "7"), ("征迁＋资金", "3"), ("只因资金", "5"), ("其他原因", "3"), ("没有说明原因", "2")];
    for (cause, count) in alone {
        assert_eq!(month.shown("delays", cause, ["count"]), [count], "{cause}");
    }
    assert_eq!(month.groups("delays").len(), 5, "together they are the twenty");
}

#[test]
fn what_is_to_be_made_up_by_the_quarter_and_the_half() {
    // 11 of 30.9 亿元 by May.
    let text = "name plan done\n甲 309000 110000";
    let due = ["due_quarter", "due_half", "catch_up"];
    let may = Month::one("key_projects", "2026-05", "县发改局", text);
    // Half of the plan by June is 15.45 亿元; the year needs 19.9 in seven months.
    assert_eq!(may.shown("county", "全县", due), ["44500", "44500", "28428.57"]);
    let august = Month::one("key_projects", "2026-08", "县发改局", text);
    // Three quarters by September, all by December.
    assert_eq!(august.shown("county", "全县", due), ["121750", "199000", "49750"]);
    let ahead = Month::one("key_projects", "2026-05", "县发改局", "name plan done\n甲 1000 900");
    assert_eq!(ahead.shown("county", "全县", due), ["0", "0", "14.29"]);
}

#[test]
fn a_project_not_started_says_why_and_when() {
    let text = "
        name plan done problem planned_start
        甲 1000 0 用地未批 2026-09
        乙 1000 0 - 2026-09
        丙 1000 0 用地未批 -
        丁 1000 10 - -";
    let month = Month::one("key_projects", "2026-05", "县发改局", text);
    assert_eq!(month.failing("start.reason_missing"), [6, 7]);
}
