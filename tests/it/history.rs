//! The sample county's year: twelve months run one after the other, each with what its units reported, and every event that
//! was put in told where it was put.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wuzhang::amount::{Fraction, rounded};
use wuzhang::finding::Finding;
use wuzhang::measure::Figure;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

use crate::sample::yunshan::month::Month;
use crate::sample::yunshan::truth::{Row, events, last_year};
use crate::sample::yunshan::{inbox, planted, receipts};
use crate::trees::tree;

/// The months of last year that are run as well: May, which S003 compares with, and the year's end.
const OF_LAST_YEAR: [u32; 2] = [5, 12];

/// The whole year, run once for all tests.
struct Year {
    folder: tempfile::TempDir,
    workspace: Workspace,
    months: BTreeMap<Month, Outcome>,
}

fn year() -> &'static Year {
    static YEAR: OnceLock<Year> = OnceLock::new();
    YEAR.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let workspace = crate::s003::county(folder.path());
        let last = OF_LAST_YEAR.map(|month| Month { year: 2025, month });
        let months = last.into_iter().chain((1..=12).map(Month::of_2026));
        let months = months.map(|month| (month, outcome(&workspace, month))).collect();
        Year { folder, workspace, months }
    })
}

fn outcome(workspace: &Workspace, month: Month) -> Outcome {
    run(workspace, month.folder().parse().unwrap(), &|_| {}).unwrap()
}

/// What a month of 2026 came to.
pub(crate) fn of(month: u32) -> &'static Outcome {
    &year().months[&Month::of_2026(month)]
}

/// The workbook of a book's rankings of a month of 2026, by what its name says.
pub(crate) fn workbook(month: u32, named: &str) -> Vec<u8> {
    let folder = year().workspace.out(Month::of_2026(month).folder().parse().unwrap());
    let of_book =
        |path: &PathBuf| path.to_string_lossy().contains(named) && path.extension().is_some_and(|it| it == "xlsx");
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(of_book);
    std::fs::read(found.unwrap()).unwrap()
}

/// A group's figure in a ranking of a book.
pub(crate) fn figure_of(outcome: &Outcome, (book, ranking): (&str, &str), group: &str, measure: &str) -> Figure {
    // The whole county may have its figures in more than one table.
    let shown = |id: &str| id == ranking || (ranking == KEY.1 && group == WHOLE);
    let rankings = outcome.rankings.iter().filter(|known| shown(&known.id) && known.book == book);
    let mut rows = rankings.flat_map(|ranking| &ranking.rows).filter(|row| row.group == group);
    rows.find_map(|row| row.figure(measure)).unwrap_or_else(|| panic!("{book} {ranking} {group} {measure}"))
}

/// A whole number of a group.
pub(crate) fn whole_of(outcome: &Outcome, ranking: (&str, &str), group: &str, measure: &str) -> i64 {
    let value =
        figure_of(outcome, ranking, group, measure).value.unwrap_or_else(|| panic!("{ranking:?} {group} {measure}"));
    assert!(value.is_integer(), "{measure}");
    value.to_integer().try_into().unwrap()
}

/// A rate of a group as printed: times 100, one decimal, half up.
pub(crate) fn percent_of(outcome: &Outcome, ranking: (&str, &str), group: &str, measure: &str) -> String {
    let value = figure_of(outcome, ranking, group, measure).value;
    rounded(value.unwrap_or_else(|| panic!("{ranking:?} {group} {measure}")), 100, 1).unwrap().to_string()
}

const KEY: (&str, &str) = ("key_projects", "county");
const WHOLE: &str = "全县";

fn figure(outcome: &Outcome, measure: &str) -> Figure {
    figure_of(outcome, KEY, WHOLE, measure)
}

fn yuan(outcome: &Outcome, measure: &str) -> i64 {
    let value: Fraction = figure(outcome, measure).value.unwrap();
    assert!(value.is_integer(), "{measure}");
    value.to_integer().try_into().unwrap()
}

fn percent(outcome: &Outcome, measure: &str) -> String {
    rounded(figure(outcome, measure).value.unwrap(), 100, 1).unwrap().to_string()
}

fn sum(rows: &[Row], field: &str) -> i64 {
    rows.iter().map(|row| row.amount(field)).sum()
}

#[test]
fn every_month_gives_what_its_units_reported() {
    for (month, outcome) in year().months.iter().filter(|(month, _)| month.year == 2026) {
        let counted = planted::counted(*month);
        assert_eq!(yuan(outcome, "count"), counted.len() as i64, "{month:?}");
        for field in ["plan", "done"] {
            assert_eq!(yuan(outcome, field), sum(&counted, field), "{month:?} {field}");
        }
    }
}

#[test]
fn last_year_is_what_this_year_is_held_against() {
    let of_2025 = |month: u32| &year().months[&Month { year: 2025, month }];
    let (plan, done) = last_year::MAY.iter().fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    let may = of_2025(5);
    assert_eq!((yuan(may, "plan"), yuan(may, "done")), (plan * 10_000, done * 10_000));
    assert_eq!(percent(may, "completion"), "47.3");
    // Through the ledger as through the settings: S003's 11.7 百分点 down, and 2025's end behind this year's.
    assert_eq!(percent(of(5), "completion_change"), "-11.7");
    assert_eq!(yuan(of(5), "done_last_year"), done * 10_000);
    assert_eq!(yuan(of(12), "done_last_year"), yuan(of_2025(12), "done"));
}

#[test]
fn the_year_goes_on_from_month_to_month() {
    let mut done: Vec<i64> = (1..=12).map(|month| yuan(of(month), "done")).collect();
    assert!(done.is_sorted(), "{done:?}");
    done.dedup();
    assert_eq!(done.len(), 12);
}

#[test]
fn the_last_month_run_twice_more_changes_no_byte() {
    let year = year();
    let made = || ["out", "ledger"].map(|name| tree(&year.folder.path().join(name)));
    let before = made();
    for _ in 0..2 {
        outcome(&year.workspace, Month::of_2026(12));
    }
    let [out, ledger] = made();
    for (known, now) in [(&before[0], &out), (&before[1], &ledger)] {
        assert_eq!(known.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
        for (name, bytes) in known {
            assert!(now[name] == *bytes, "{name} differs");
        }
    }
}

/// The findings of a month in a file.
fn told<'a>(month: u32, file: &'a str, rule: &'a str) -> impl Iterator<Item = &'static Finding> + 'a {
    of(month).findings.iter().filter(move |finding| finding.place.file.contains(file) && &*finding.rule == rule)
}

#[test]
fn what_a_month_alone_can_tell_is_told_where_it_was_put() {
    // The heading of the month before, and the file of the month before.
    assert_eq!(told(8, "和平乡", "header.stale_period").count(), 1);
    assert_eq!(told(11, "县林业局", "header.stale_period").count(), 1);
    // Two offices, one project, two figures.
    let differing: Vec<&Finding> = told(6, "双河镇", "project.reported_twice").collect();
    assert!(differing.iter().any(|finding| finding.message.contains("累计完成投资")), "{differing:?}");
    // The plan was changed by a decision that the department's own rate does not know.
    assert_eq!(told(9, "县教育局", "rate.unlike").count(), 1);
    // In no other month is any of it told.
    for month in [1, 2, 4, 6] {
        assert_eq!(told(month, "和平乡", "header.stale_period").count(), 0);
        assert_eq!(told(month, "县教育局", "rate.unlike").count(), 0);
    }
}

#[test]
fn units_come_and_go() {
    let reports = |month: u32, unit: &str| of(month).files.iter().any(|file| file.name.contains(unit));
    assert!(reports(7, "清水塘乡") && !reports(8, "清水塘乡") && reports(9, "清水塘乡"));
    assert!(reports(7, "县乡村振兴局") && !reports(8, "县乡村振兴局"));
    assert!(!reports(6, "县数据局") && reports(7, "县数据局"));
    assert!(reports(7, "黄泥岗镇上报-7月重点项目建设进展.eml"));
}

#[test]
fn late_missing_empty_and_returned_reports_are_told_apart() {
    let town = |month: u32, unit: &str, measure: &str| whole_of(of(month), ("reports", "towns"), unit, measure);
    // The mail's date says August 9th; the fifth was the last day.
    assert_eq!(town(7, planted::LATE.0, "reports_days_late"), 4);
    for (unit, month, days) in receipts::LATE_BY {
        let ranking = if unit.starts_with('县') { "departments" } else { "towns" };
        let late = whole_of(of(month), ("reports", ranking), unit, "reports_late");
        assert!(late > 0, "{unit}");
        assert_eq!(
            whole_of(of(month), ("reports", ranking), unit, "reports_days_late"),
            late * i64::from(days),
            "{unit}"
        );
    }
    assert_eq!(town(planted::MISSING.1, planted::MISSING.0, "reports_missing"), 1);
    assert_eq!(town(planted::EMPTY.1, planted::EMPTY.0, "reports_empty"), 1);
    assert!(town(receipts::RETURNED.1, receipts::RETURNED.0, "reports_returns") >= receipts::RETURNED.2);
    // Who is closed owes nothing.
    let rankings = of(9).rankings.iter().filter(|ranking| ranking.book == "reports");
    let groups: Vec<&str> = rankings.flat_map(|ranking| &ranking.rows).map(|row| row.group.as_str()).collect();
    assert!(!groups.contains(&"县乡村振兴局") && groups.contains(&"县数据局"), "{groups:?}");
}

#[test]
fn a_second_file_replaces_the_first_and_says_so() {
    let resent: Vec<&Finding> =
        of(planted::RESENT.1).findings.iter().filter(|one| one.place.file.contains(planted::RESENT.0)).collect();
    assert!(!resent.iter().any(|finding| &*finding.rule == "project.duplicate"), "{resent:?}");
    assert!(resent.iter().any(|finding| finding.message.contains("更正")), "{resent:?}");
}

#[test]
fn decisions_hold_from_their_month_on() {
    let off = |month: u32| of(month).merged.taken_off.len();
    assert_eq!([1, 2, 3, 4, 5, 6].map(off), [0, 0, 0, 1, 1, 0], "off the list from April, not reported from June");
}

#[test]
fn the_readme_lists_what_was_put_in() {
    let readme = include_str!("../../sample-data/yunshan/README.md");
    for line in planted::table().lines() {
        assert!(readme.contains(line), "the README lacks: {line}\nrun: cargo run --example yunshan -- --planted");
    }
    for one in planted::all() {
        let there = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan").join(&one.file).exists();
        assert_eq!(there, !one.words.contains("未报"), "{}", one.file);
    }
    assert_eq!(inbox::months().count(), 24);
}

#[test]
fn what_only_the_months_together_tell_is_told_where_it_was_put() {
    let once = |month: u32, file: &str, rule: &str, project: &str| {
        let found: Vec<&Finding> =
            told(month, file, rule).filter(|finding| finding.message.contains(project)).collect();
        assert_eq!(found.len(), 1, "{month} {file} {rule}: {:?}", told(month, file, rule).collect::<Vec<_>>());
    };
    once(8, "北门街道", "plan.changed", "");
    once(8, "高桥镇", "start.moved", "");
    once(8, "石桥镇", "done.unmoved", "");
    once(9, "县交通运输局", "done.fallen", "");
    once(10, "县卫健委", "status.gone_back", "");
    once(11, "马家集镇", "done.not_sum", "");
    once(11, "白沙镇", "project.renamed", "白沙食用菌加工园");
    let gone = of(11).findings.iter().filter(|finding| &*finding.rule == "project.vanished");
    assert!(
        gone.clone().any(|finding| finding.message.contains("和平乡区域性养老服务中心")),
        "{:?}",
        gone.collect::<Vec<_>>()
    );
    // A whole unit that is silent is told once, not project by project.
    let silent = of(8).findings.iter().filter(|finding| &*finding.rule == "unit.silent");
    assert!(silent.clone().any(|finding| finding.place.file.contains("清水塘乡")), "{:?}", silent.collect::<Vec<_>>());
}

#[test]
fn what_was_decided_is_not_asked_about_again() {
    let asked = |month: u32, rule: &str, project: &str| {
        of(month).findings.iter().any(|finding| &*finding.rule == rule && finding.message.contains(project))
    };
    assert!(!asked(7, "project.renamed", events::RENAMED.1), "认定");
    assert!(!asked(10, "project.split", events::SPLIT.0), "认定");
    assert!(!asked(7, "plan.changed", events::REPLANNED[0].0), "调整");
}
