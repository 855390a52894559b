//! The sample county's year: twelve months run one after the other, each with what its units reported, and every event that
//! was put in told where it was put.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use wuzhang::amount::{Fraction, rounded};
use wuzhang::finding::Finding;
use wuzhang::measure::Figure;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

use crate::sample::yunshan::month::Month;
use crate::sample::yunshan::truth::{Row, last_year};
use crate::sample::yunshan::{inbox, planted};

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

fn of(month: u32) -> &'static Outcome {
    &year().months[&Month::of_2026(month)]
}

fn figure<'a>(outcome: &'a Outcome, measure: &str) -> &'a Figure {
    let rankings = outcome.rankings.iter().filter(|ranking| ranking.id == "county");
    let rows = rankings.flat_map(|ranking| &ranking.rows);
    rows.filter_map(|row| row.figure(measure)).next().unwrap()
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

/// Every file below a folder, by its name from there.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for path in std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn the_last_month_run_twice_more_changes_no_byte() {
    let year = year();
    let made = || ["out", "ledger"].map(|name| bytes(&year.folder.path().join(name)));
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
