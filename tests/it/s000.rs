//! S000's bottlenecks in the sample county: a difficulty's life from the first report to the return visit.

use crate::history::{of, whole_of};
use crate::sample::yunshan::month::Month;
use crate::sample::yunshan::truth::{Row, Value, matters};

const COUNTY: (&str, &str) = ("bottlenecks", "county");

fn count(rows: &[Row], keep: impl Fn(&Row) -> bool) -> i64 {
    rows.iter().filter(|row| keep(row)).count() as i64
}

fn overdue(row: &Row, month: Month) -> bool {
    let open = ["推进中", "未启动"].contains(&row.text("closing"));
    open && matches!(row.values.get("deadline"), Some(Value::Date(day)) if *day < month.last_day())
}

#[test]
fn states_are_those_that_the_ledgers_tell() {
    for month in [6, 9, 12].map(Month::of_2026) {
        let rows = matters::bottlenecks_of(month);
        let whole = |measure: &str| whole_of(of(month.month), COUNTY, "全县", measure);
        assert_eq!(whole("bottlenecks_count"), rows.len() as i64);
        let closed = count(&rows, |row| row.text("closing") == "已销号");
        assert_eq!(whole("bottlenecks_resolved"), closed, "{month:?}");
        assert_eq!(whole("bottlenecks_applied"), count(&rows, |row| row.text("closing") == "申请销号"), "{month:?}");
        assert_eq!(whole("bottlenecks_overdue"), count(&rows, |row| overdue(row, month)), "{month:?}");
        assert_eq!(whole("bottlenecks_visits_due"), closed);
    }
}

#[test]
fn one_that_was_closed_is_opened_again() {
    assert_eq!(whole_of(of(6), COUNTY, "全县", "bottlenecks_reopened"), 0);
    assert_eq!(whole_of(of(9), COUNTY, "全县", "bottlenecks_reopened"), 1);
}

#[test]
fn towns_are_told_apart_by_where_the_difficulty_is() {
    let rows = matters::bottlenecks_of(Month::of_2026(9));
    let home = |row: &Row, town: &str| row.text("town") == town;
    for town in ["高桥镇", "石桥镇"] {
        let expected = count(&rows, |row| home(row, town));
        assert_eq!(whole_of(of(9), ("bottlenecks", "towns"), town, "bottlenecks_count"), expected, "{town}");
    }
}
