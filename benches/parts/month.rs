//! What merging, checking, measuring, ranking and the ranking workbook cost, over one county's tables.

use std::collections::BTreeMap;

use criterion::{Criterion, Throughput};
use wuzhang::check;
use wuzhang::collect::{Limits, read_bytes};
use wuzhang::layout::{Confirmed, Reader, Vocabulary};
use wuzhang::measure::{Frame, measure_all};
use wuzhang::merge::{Merged, merge};
use wuzhang::period::Period;
use wuzhang::profile::Profile;
use wuzhang::publish::{Past, Report, SHEET_ROWS, ranking_workbook};
use wuzhang::rank::{Ranking, rank};
use wuzhang::record::{self, Table};
use wuzhang::settings::Settings;

use crate::sheets::workbook;

/// How many towns and how many departments the county has, with a usual sheet each.
const EACH: usize = 10;

/// What they are called: 甲子镇, 甲子局 …
fn units() -> impl Iterator<Item = String> {
    "甲乙丙丁戊己庚辛壬癸".chars().take(EACH).flat_map(|stem| [format!("{stem}子镇"), format!("{stem}子局")])
}
const ROWS: u32 = 40;
const BOOK: &str = "key_projects";

/// From the tables to the workbook, a stage each.
pub(crate) fn month(criterion: &mut Criterion) {
    let (profile, settings) = (Profile::built_in(), Settings::default());
    let period: Period = "2026-10".parse().unwrap();
    let tables = tables(&profile, period);
    let merged = merge(&tables, &profile, &settings, period).unwrap();
    let (facts, book) = (&merged.facts[BOOK], profile.book(BOOK).unwrap());
    assert_eq!(facts.height(), 2 * EACH * ROWS as usize, "every project is merged");
    let frame = Frame { profile: &profile, settings: &settings, period };
    let rankings = rankings(frame, &merged);
    assert!(rankings.iter().any(|ranking| ranking.rows.len() == 10), "towns and departments are ranked");

    let mut group = criterion.benchmark_group("month");
    group.sample_size(20).throughput(Throughput::Elements(facts.height() as u64));
    group.bench_function("merge", |bencher| bencher.iter(|| merge(&tables, &profile, &settings, period).unwrap()));
    group.bench_function("check", |bencher| {
        bencher.iter(|| check::check_rows(book, &facts.frame, &merged.origins).unwrap());
    });
    group.bench_function("measure, rank", |bencher| bencher.iter(|| self::rankings(frame, &merged)));
    let report = Report {
        profile: &profile,
        period,
        county: "云山县",
        facts,
        rankings: &rankings,
        others: &[],
        sources: &[],
        findings: &[],
        decisions: &[],
        revised: &[],
        links: &[],
        shares: &[],
        schedule: None,
        schedules: &[],
        past: &Past::default(),
        bars: &[],
        sheet_rows: SHEET_ROWS,
        elsewhere: 0,
        bottlenecks: None,
    };
    group.bench_function("workbook", |bencher| bencher.iter(|| ranking_workbook(&report).unwrap()));
    group.finish();
}

/// What the offices reported, read and typed.
fn tables(profile: &Profile, period: Period) -> Vec<Table> {
    let vocabulary = Vocabulary::new(profile);
    let reader = Reader { profile, vocabulary: &vocabulary, period, confirmed: Confirmed::NONE };
    let table = |unit: String| {
        let file = read_bytes(workbook(&unit, ROWS), &format!("{unit}.xlsx"), &Limits::default());
        let layout = reader.layout(&file, &file.grids[0]);
        record::read(&file, &file.grids[0], &layout, profile.book(BOOK).unwrap(), period)
    };
    units().map(table).collect()
}

fn rankings(frame: Frame, merged: &Merged) -> Vec<Ranking> {
    let measured = measure_all(frame, &merged.facts, &BTreeMap::new()).unwrap();
    measured.into_iter().filter(|one| one.plan.book == BOOK).map(|one| rank(one, &frame.profile.county)).collect()
}
