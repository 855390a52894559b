//! S003's figures, from the sample county's workbooks through the whole program.
//!
//! The figures are those of the public speech behind the sample (a county's first five months),
//! stated here as the speech states them; nothing is copied from an output of ours.

use std::path::Path;

use wuzhang::amount::{Fraction, rounded};
use wuzhang::finding::Level;
use wuzhang::measure::Figure;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

use crate::trees::copy;

/// What runs make of a county.
pub(crate) const MADE: &[&str] = &["out", "ledger", ".wuzhang.cache"];

/// The sample county in a folder of its own, so that runs do not touch the repository.
pub(crate) fn county(folder: &Path) -> Workspace {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunshan");
    copy(&sample, folder, MADE);
    Workspace::open(folder).unwrap()
}

fn figure(outcome: &Outcome, ranking: &str, group: &str, measure: &str) -> Figure {
    let rankings = outcome.rankings.iter().filter(|known| known.id == ranking);
    let mut rows = rankings.flat_map(|ranking| &ranking.rows).filter(|row| row.group == group);
    rows.find_map(|row| row.figure(measure)).unwrap_or_else(|| panic!("{ranking} {group} {measure}"))
}

fn whole(outcome: &Outcome, ranking: &str, group: &str, measure: &str) -> i128 {
    let value = figure(outcome, ranking, group, measure).value.unwrap();
    assert!(value.is_integer(), "{measure}");
    value.to_integer()
}

/// A rate as printed: times 100, one decimal, half up.
fn printed(value: Option<Fraction>) -> String {
    rounded(value.unwrap(), 100, 1).unwrap().to_string()
}

const YI: i128 = 100_000_000;

#[test]
fn the_workbooks_give_the_speech_to_the_digit() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = county(folder.path());
    let outcome = run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
    let county = |measure: &str| whole(&outcome, "county", "全县", measure);
    let rate = |ranking: &str, group: &str, measure: &str| printed(figure(&outcome, ranking, group, measure).value);

    // 109 key projects, 11 亿元, 35.6%, 6.1 behind schedule, 11.7 down on last year.
    assert_eq!(county("count"), 109);
    assert_eq!(county("done"), 11 * YI);
    assert_eq!(rate("county", "全县", "completion"), "35.6");
    assert_eq!(rate("county", "全县", "lag"), "6.1");
    assert_eq!(rate("county", "全县", "completion_change"), "-11.7");
    // Infrastructure: 4.1 亿元, down 10.3%.
    assert_eq!(whole(&outcome, "categories", "基础设施", "done"), 41 * YI / 10);
    assert_eq!(rate("categories", "基础设施", "done_change"), "-10.3");
    // 29 linked to leaders: 4.3 亿元, 30.1%, 20 behind, 10 for clearance and 8 for funds.
    let linked = |measure: &str| whole(&outcome, "leader_linked", "县领导联系项目", measure);
    assert_eq!((linked("count"), linked("done")), (29, 43 * YI / 10));
    assert_eq!(rate("leader_linked", "县领导联系项目", "completion"), "30.1");
    assert_eq!((linked("behind"), linked("delayed_by_clearance"), linked("delayed_by_funds")), (20, 10, 8));
    // 44 in preparation: (12 + 6) ÷ 44; 574 in reserve.
    assert_eq!(
        (county("preliminary_count"), county("preliminary_converted"), county("preliminary_completed")),
        (44, 12, 6)
    );
    assert_eq!(rate("county", "全县", "preliminary_completion"), "40.9");
    assert_eq!(county("reserve_count"), 574);
    // 26 attracted, 12 of them carried over, 5 of 1 亿元 and more; 16.1 agreed, 7.3 arrived, 5.6 of it carried over.
    assert_eq!(
        (county("investment_count"), county("investment_carried_over"), county("investment_large")),
        (26, 12, 5)
    );
    assert_eq!(county("investment_contract"), 161 * YI / 10);
    assert_eq!(county("investment_in_place"), 73 * YI / 10);
    assert_eq!(county("investment_in_place_carried"), 56 * YI / 10);
}

#[test]
fn every_row_is_accounted_for_and_every_fault_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = county(folder.path());
    let outcome = run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
    for source in outcome.sources() {
        let data: usize = source.kinds.iter().filter(|(kind, _)| kind.title() == "数据").map(|(_, count)| count).sum();
        let ended = source.merged + source.joined + source.set_aside + source.taken_off;
        assert_eq!(data, ended, "{} {:?}", source.file, source.sheet);
    }
    // What the generator put in (sample-data/yunshan/README.md), found where it put it.
    let told = |file: &str, rule: &str, level: Level| {
        let found =
            outcome.findings.iter().filter(|f| f.place.file.contains(file) && &*f.rule == rule && f.level == level);
        found.count()
    };
    assert_eq!(told("县林业局重点项目进度.xlsx", "file.unreadable", Level::Error), 1);
    assert_eq!(told("县教育局", "amount.unreadable", Level::Error), 1);
    assert_eq!(told("县商务局", "rate.unlike", Level::Error), 1);
    assert_eq!(told("白沙镇", "amount.interpreted", Level::Query), 1);
    assert_eq!(told("石桥镇", "unit.unknown", Level::Query), 1);
    assert_eq!(told("县交通运输局", "total.mismatch", Level::Query), 1);
    assert_eq!(told("和平乡", "done.over_plan", Level::Query), 1);
    let errors = outcome.findings.iter().filter(|finding| finding.level == Level::Error).count();
    assert_eq!(errors, 3, "no error but those that were put in");
    assert_eq!(outcome.merged.taken_off.len(), 1);
    for name in ["2026年5月重点项目排名.xlsx", "核验报告.xlsx", "run.json"] {
        assert!(folder.path().join("out/2026-05").join(name).is_file(), "{name}");
    }
}
