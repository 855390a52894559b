//! S004's review of leader-linked work in the sample county: five kinds of items by state, items without a goal, and the
//! indicators against city, province, nation.

use crate::history::{figure_of, of, percent_of, whole_of};
use crate::sample::yunshan::month::Month;
use crate::sample::yunshan::truth::{Row, Value, indicators, matters};

#[test]
fn five_kinds_of_items_by_what_became_of_them() {
    let rows = matters::initiatives_of(Month::of_2026(9));
    let kinds = ["重大项目", "重要企业", "创先争优", "重点改革", "党建"];
    for kind in kinds {
        let of_kind = |state: &str| {
            rows.iter().filter(|row| row.text("category") == kind && row.text("state") == state).count() as i64
        };
        let whole = |measure: &str| whole_of(of(9), ("initiatives", "kinds"), kind, measure);
        assert_eq!(whole("initiatives_reached"), of_kind("达到"), "{kind}");
        assert_eq!(whole("initiatives_nearly"), of_kind("基本达到"), "{kind}");
        assert_eq!(whole("initiatives_missed"), of_kind("未达到"), "{kind}");
    }
    assert_eq!(rows.iter().filter(|row| kinds.contains(&row.text("category"))).count(), rows.len());
}

#[test]
fn items_without_a_goal_are_counted_and_asked_about() {
    let without = |row: &&Row| ["", "无"].contains(&row.text("goal"));
    let expected = matters::initiatives_of(Month::of_2026(9)).iter().filter(without).count();
    assert_eq!(expected, 3);
    assert_eq!(whole_of(of(9), ("initiatives", "county"), "全县", "initiatives_no_goal"), 3);
    assert_eq!(of(9).findings.iter().filter(|finding| &*finding.rule == "initiatives.goal_missing").count(), 3);
}

#[test]
fn indicators_stand_beside_city_and_nation_with_their_place() {
    let tenths = |row: &Row, field: &str| match row.values[field] {
        Value::Rate(over, 1000) => over,
        ref other => panic!("{other:?}"),
    };
    for row in indicators::rows_of(Month::of_2026(9)) {
        let name = row.text("indicator");
        let points = |field: &str| {
            let gap = tenths(&row, "growth") - tenths(&row, field);
            format!("{}{}.{}", if gap < 0 { "-" } else { "" }, gap.abs() / 10, gap.abs() % 10)
        };
        let shown = |measure: &str| percent_of(of(9), ("indicators", "standing"), name, measure);
        assert_eq!(shown("indicators_to_city"), points("growth_city"), "{name}");
        assert_eq!(shown("indicators_to_nation"), points("growth_nation"), "{name}");
        let Value::Number(rank) = row.values["rank"] else { panic!("a place is a number") };
        let place = figure_of(of(9), ("indicators", "standing"), name, "indicators_rank").value.unwrap();
        assert_eq!(place.to_integer(), rank as i128, "{name}");
    }
}
