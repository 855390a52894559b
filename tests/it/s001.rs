//! S001's figures of investment promotion after nine months, from September's workbooks through the whole program.
//!
//! The figures are those of the public speech (74 projects of 100, 77.64 亿元 of 100), stated here as it states them.

use std::io::{Cursor, Read};

use wuzhang::finding::Finding;

use crate::history::{figure_of, of, percent_of, whole_of, workbook};

const WAN: i64 = 10_000;
const COUNTY: (&str, &str) = ("investment", "county");

fn whole(measure: &str) -> i64 {
    whole_of(of(9), COUNTY, "全县", measure)
}

fn of_group(ranking: &str, group: &str, measure: &str) -> i64 {
    whole_of(of(9), ("investment", ranking), group, measure)
}

#[test]
fn seventy_four_of_a_hundred_projects_and_a_little_more_of_the_money() {
    assert_eq!((whole("investment_new"), whole("investment_target_count")), (74, 100));
    assert_eq!(whole("investment_new_contract"), 776_400 * WAN);
    assert_eq!(whole("investment_target_amount"), 1_000_000 * WAN);
    let percent = |measure: &str| percent_of(of(9), COUNTY, "全县", measure);
    assert_eq!((percent("investment_rate_count"), percent("investment_rate_amount")), ("74.0".into(), "77.6".into()));
    // Three quarters of the year are over: one point behind by count, 2.6 ahead by money.
    assert_eq!((percent("investment_lag_count"), percent("investment_lag_amount")), ("1.0".into(), "-2.6".into()));
    assert_eq!((whole("investment_left_count"), whole("investment_left_amount")), (26, 223_600 * WAN));
    assert_eq!((whole("investment_count"), whole("investment_carried_over")), (74 + 12 + 6, 12));
}

#[test]
fn the_towns_share_the_countys_target() {
    let sum = |measure: &str| {
        let ranking = of(9).rankings.iter().find(|known| known.book == "investment" && known.id == "towns").unwrap();
        let figures = ranking.rows.iter().filter_map(|row| row.figure(measure)?.value);
        figures.map(|value| value.to_integer()).sum::<i128>()
    };
    assert_eq!(sum("investment_target_count"), 100);
    assert_eq!(sum("investment_target_amount"), 1_000_000 * i128::from(WAN));
    assert_eq!(sum("investment_new"), 74);
}

#[test]
fn four_fifths_are_industrial_with_59_1_percent_of_the_money() {
    let industry = |measure: &str| of_group("sectors", "工业", measure);
    assert_eq!((industry("investment_new"), industry("investment_new_contract")), (59, 458_900 * WAN));
    let share = |measure: &str| percent_of(of(9), ("investment", "sectors"), "工业", measure);
    assert_eq!(share("investment_share_count"), "79.7");
    // The speech says 59.2; 45.89 of 77.64 is 59.1.
    assert_eq!(share("investment_share_amount"), "59.1");
}

#[test]
fn one_town_has_31_and_another_four_in_september_alone() {
    assert_eq!(of_group("towns", "龙潭镇", "investment_new"), 31);
    assert_eq!(percent_of(of(9), ("investment", "towns"), "龙潭镇", "investment_share_count"), "41.9");
    assert_eq!(of_group("towns", "云溪镇", "investment_new_month"), 4);
    let rush = of_group("towns", "云溪镇", "investment_new_month_contract");
    assert!((59_000 * WAN..60_000 * WAN).contains(&rush), "just under 6 亿元: {rush}");
}

#[test]
fn the_third_quarter_slides() {
    let quarter = |name: &str, measure: &str| of_group("quarters", name, measure);
    assert_eq!(quarter("2026年三季度", "investment_new"), 21);
    assert_eq!(quarter("2026年三季度", "investment_new_contract"), 114_900 * WAN);
    let first = ["2026年一季度", "2026年二季度"];
    assert_eq!(first.map(|name| quarter(name, "investment_new")).iter().sum::<i64>(), 53);
    assert_eq!(first.map(|name| quarter(name, "investment_new_contract")).iter().sum::<i64>(), 661_500 * WAN);
    assert!(
        quarter("2026年三季度", "investment_step_count") < 0 && quarter("2026年三季度", "investment_step_amount") < 0
    );
    let months = ["2026-07", "2026-08", "2026-09"].map(|name| of_group("months", name, "investment_new"));
    assert_eq!(months.iter().sum::<i64>(), 21, "{months:?}");
}

#[test]
fn some_towns_have_nothing_new_this_quarter() {
    for town in ["石桥镇", "和平乡", "清水塘乡"] {
        assert_eq!(of_group("towns", town, "investment_new_quarter"), 0, "{town}");
    }
    let small = figure_of(of(9), COUNTY, "全县", "investment_new_small").value.unwrap().to_integer();
    let large = figure_of(of(9), COUNTY, "全县", "investment_new_large").value.unwrap().to_integer();
    assert!(small > 0 && large > 5, "{small} {large}");
}

#[test]
fn signed_projects_are_followed_by_cohort() {
    let rate = |quarter: &str, measure: &str| {
        let figure = figure_of(of(9), ("investment", "cohorts"), quarter, measure);
        (figure.numerator.unwrap(), figure.denominator.unwrap())
    };
    let early = rate("2026年一季度", "conversion_start");
    let late = rate("2026年三季度", "conversion_start");
    assert!(
        early.0 > 0 && late.0 * early.1 < early.0 * late.1,
        "those who signed earlier have begun more: {early:?} {late:?}"
    );
    assert_eq!(rate("2026年三季度", "conversion_fulfilment").1, 21);
}

#[test]
fn the_share_that_is_stated_as_59_2_cannot_be_reproduced() {
    let stated = |finding: &&Finding| &*finding.rule == "stated.unlike";
    let told: Vec<_> =
        of(9).findings.iter().filter(stated).map(|finding| (finding.place.clone(), &finding.message)).collect();
    let [(place, message)] = told.as_slice() else { panic!("one share and no other: {told:#?}") };
    assert!(place.file.contains("县招商服务中心") && place.sheet.as_deref() == Some("分产业汇总"), "{place:?}");
    assert_eq!((place.row(), place.column()), (Some(4), Some(5)));
    assert_eq!(&***message, "投资额占比：填报59.2%，按表中的数复算为59.1%");
}

#[test]
fn in_december_no_formula_divides_by_the_months_that_are_left() {
    let dividing = |month: u32| {
        let bytes = workbook(month, "招商引资");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let sheets: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let sheets = sheets.into_iter().filter(|name| name.starts_with("xl/worksheets/sheet"));
        let count = |name: String| {
            let mut text = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            text.matches("/剩余月数</f>").count()
        };
        sheets.map(count).sum::<usize>()
    };
    assert!(dividing(11) > 0, "in November what is left is for one month");
    assert_eq!(dividing(12), 0, "LibreOffice showed an error where a dash is stored");
}
