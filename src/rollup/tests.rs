//! Submissions: read back as they were written, held against their stamp, put together.

use std::collections::BTreeMap;

use super::*;
use crate::check::sample;
use crate::collect::{Limits, SourceFile, read_all};
use crate::finding::{Finding, Level};
use crate::ledger::{CellOrigin, Value};
use crate::period::Period;
use crate::profile::Profile;
use crate::publish::rollup_workbook;

fn may() -> Period {
    Period::new(2026, 5).unwrap()
}

fn project(name: &'static str, plan: i64, done: Option<i64>) -> sample::Project {
    sample::Project { name, plan: Some(plan), done, ..sample::sound() }
}

/// A county's submission; its rows stand in 甲.xlsx from row 5 on, all in their columns but for one value.
fn submission(office: &str, projects: &[sample::Project]) -> Submission {
    let profile = Profile::built_in();
    let (frame, _) = sample::frame(&sample::key_projects(), projects);
    let facts = Facts { book: "key_projects".into(), frame };
    let (file, sheet) = (facts.text("file", 0).unwrap(), facts.text("sheet", 0).unwrap());
    let line = |file: &str, field: &str, column: Option<&str>, one| CellOrigin {
        file: file.into(),
        sheet: sheet.into(),
        field: field.into(),
        column: column.map(Into::into),
        one,
    };
    let columns = [("name", "B"), ("plan", "E"), ("done", "G")];
    let mut origins: Vec<CellOrigin> =
        columns.iter().map(|(field, column)| line(file, field, Some(column), None)).collect();
    let taken = (facts.text("key", 0).unwrap().to_owned(), "H9".to_owned());
    origins.push(line("乙.xlsx", "done", None, Some(taken)));
    let books = BTreeMap::from([("key_projects".to_owned(), facts)]);
    Submission::of(office, may(), &profile, &books, &BTreeMap::from([("key_projects".to_owned(), origins)]))
}

fn read_back(bytes: &[u8], name: &str) -> SourceFile {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("上报.xlsx");
    std::fs::write(&path, bytes).unwrap();
    read_all(&path, name, &Limits::default(), &[]).remove(0)
}

fn received(name: &str, content: Result<Submission, Refusal>) -> Received {
    Received {
        name: name.into(),
        digest: String::new(),
        size: 0,
        is_ledger: name.ends_with("ledger"),
        content: Some(content),
        left_out: Vec::new(),
        findings: Vec::new(),
    }
}

fn rules(findings: &[Finding]) -> Vec<(Level, &str)> {
    findings.iter().map(|finding| (finding.level, &*finding.rule)).collect()
}

#[test]
fn a_workbook_reads_back_to_the_last_digit() {
    let odd =
        sample::Project {
            problem: Some("征迁\r\n=1+1，“涨价”"), rate: Some(0.1 + 0.2), ..project("水厂", 7, Some(3))
        };
    let sent = submission("云山县", &[odd, project("北路", 1_000, None)]);
    let bytes = rollup_workbook(&sent).unwrap();
    assert_eq!(bytes, rollup_workbook(&sent).unwrap(), "the same bytes");
    let back = of_file(&read_back(&bytes, "上报.xlsx")).unwrap().unwrap();
    assert_eq!(back.books[0].rows, sent.books[0].rows);
    let sorted = |lines: &[CellOrigin]| {
        let mut lines = lines.to_vec();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&back.books[0].origins), sorted(&sent.books[0].origins));
    assert_eq!(
        (back.office, back.period, back.books[0].totals.clone()),
        ("云山县".into(), may(), sent.books[0].totals.clone())
    );
    let total = |id: &str| sent.books[0].totals.iter().find(|(known, _)| known == id).unwrap().1;
    assert_eq!((total("plan"), total("done")), (10_070_000, 30_000));
}

#[test]
fn what_is_no_submission_or_was_changed_is_told() {
    assert_eq!(of_file(&read_back(&crate::publish::settings_form().unwrap(), "设置.xlsx")), None);
    let sent = submission("云山县", &[project("水厂", 7, Some(3))]);
    // What a hand could change: a figure, the total with it, a row, the period.
    let spoil = |spoil: &dyn Fn(&mut Submission)| {
        let mut changed = sent.clone();
        spoil(&mut changed);
        let bytes = rollup_workbook(&changed).unwrap();
        let mut file = read_back(&bytes, "上报.xlsx");
        // The stamp still is that of what was sent.
        let stamped = read_back(&rollup_workbook(&sent).unwrap(), "上报.xlsx").grids.remove(0);
        file.grids[0] = stamped;
        of_file(&file).unwrap()
    };
    let at = sent.books[0].rows.columns.iter().position(|(id, _)| id == "done").unwrap();
    assert!(spoil(&|_| {}).is_ok());
    let figure = spoil(&|changed| changed.books[0].rows.rows[0][at] = Value::Whole(40_000));
    assert!(matches!(&figure, Err(Refusal::Altered(fault)) if fault.contains("校验码")), "{figure:?}");
    let row = spoil(&|changed| changed.books[0].rows.rows.push(sent.books[0].rows.rows[0].clone()));
    assert!(matches!(&row, Err(Refusal::Altered(fault)) if fault.contains("行数")), "{row:?}");
    let total = spoil(&|changed| changed.books[0].totals[0].1 += 1);
    assert!(matches!(&total, Err(Refusal::Altered(fault)) if fault.contains("合计")), "{total:?}");
}

#[test]
fn counties_stand_below_one_another_with_their_cells() {
    let profile = Profile::built_in();
    let one = submission("云山县", &[project("水厂", 1_000, Some(500)), project("北路", 1_000, None)]);
    let other = submission("清溪县", &[project("水厂", 3_000, Some(600))]);
    let received = [received("云山县/ledger", Ok(one)), received("清溪县/汇总上报表.xlsx", Ok(other))];
    let combined = roll_up(&received, &profile, may(), &["云山县".into(), "清溪县".into()]);
    assert_eq!(combined.findings, []);
    let facts = &combined.facts["key_projects"];
    let text = |column: &str, row| facts.text(column, row).unwrap().to_owned();
    let rows: Vec<_> =
        (0..3).map(|row| (text("county_group", row), text("name", row), text("town_group", row))).collect();
    assert!(rows.contains(&("清溪县".into(), "水厂".into(), "清溪县·城关镇".into())), "{rows:?}");
    assert_eq!(rows.iter().filter(|(county, ..)| county == "云山县").count(), 2);
    let keys: std::collections::BTreeSet<String> = (0..3).map(|row| text("key", row)).collect();
    assert_eq!(keys.len(), 3, "projects of the same name in two counties are two");
    let done: i64 = (0..3).filter_map(|row| facts.whole("done", row)).sum();
    assert_eq!(done, 11_000_000);
    let row = (0..3).find(|&row| text("name", row) == "水厂" && text("county_group", row) == "云山县").unwrap();
    let known_by = crate::check::RowPlace {
        file: text("file", row).as_str().into(),
        sheet: text("sheet", row).as_str().into(),
        row: facts.whole("row", row).unwrap() as u32,
    };
    let place = |field: &str| combined.origins.place("key_projects", &text("key", row), &known_by, field).in_words();
    assert_eq!(place("plan"), format!("云山县/甲.xlsx › 表 › E{}", known_by.row));
    assert_eq!(place("done"), "云山县/乙.xlsx › 表 › H9", "a value taken from another file");
}

#[test]
fn what_cannot_be_counted_is_told_and_the_rest_is() {
    let profile = Profile::built_in();
    let good = || submission("云山县", &[project("水厂", 1_000, Some(500))]);
    let other = |office: &str, done| submission(office, &[project("水厂", 1_000, Some(done))]);
    let counties = ["云山县", "清溪县", "石门区", "北川县", "南湖区"].map(str::to_owned);
    let april = Submission { period: may().previous(), ..other("清溪县", 1) };
    let old = Submission { program: "wuzhang 0.0.1".into(), ..other("北川县", 5) };
    let all = [
        received("云山县/ledger", Ok(good())),
        received("云山县/汇总上报表.xlsx", Ok(other("云山县", 400))),
        received("清溪县/汇总上报表.xlsx", Ok(april)),
        received("石门区/1.xlsx", Ok(other("石门区", 1))),
        received("石门区/2.xlsx", Ok(other("石门区", 2))),
        received("南县/汇总上报表.xlsx", Ok(old)),
        received("外县/汇总上报表.xlsx", Ok(other("外县", 1))),
        received("坏.xlsx", Err(Refusal::Newer { found: 2, known: 1 })),
    ];
    let combined = roll_up(&all, &profile, may(), &counties);
    let taken: Vec<&str> = combined.taken.keys().map(String::as_str).collect();
    assert_eq!(taken, ["云山县/ledger", "南县/汇总上报表.xlsx"]);
    let expected = [
        (Level::Query, "rollup.copy"),
        (Level::Query, "rollup.folder"),
        (Level::Query, "rollup.program"),
        (Level::Error, "rollup.missing"),
        (Level::Error, "rollup.newer"),
        (Level::Error, "rollup.unknown"),
        (Level::Error, "rollup.period"),
        (Level::Error, "rollup.twice"),
        (Level::Error, "rollup.twice"),
    ];
    let mut found = rules(&combined.findings);
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected, "{:#?}", combined.findings);
    let missing = combined.findings.iter().find(|finding| &*finding.rule == "rollup.missing").unwrap();
    assert!(missing.message.contains("南湖区"), "{missing:?}");
}
