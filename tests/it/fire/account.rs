//! The row account through the whole program: random workbooks with known rows, each of them merged,
//! set aside or passed over, and the county's total the exact sum of what was accepted.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use wuzhang::layout::RowKind;
use wuzhang::pipeline::{TakenSheet, run};
use wuzhang::workspace::Workspace;

use super::office::small_profile;

/// A row as a department may write it.
#[derive(Debug, Clone)]
enum Line {
    /// A project with so many yuan done, or with a word that is no amount.
    Project(Result<u32, &'static str>),
    Blank,
    Section,
    /// The sum of the projects above it in the section.
    Subtotal,
    /// No name, but an amount.
    Nameless(u32),
}

fn line() -> impl Strategy<Value = Line> {
    prop_oneof![
        6 => (0u32..900_000_000).prop_map(|yuan| Line::Project(Ok(yuan))),
        1 => prop_oneof![Just("待定"), Just("约三千"), Just("见附件")].prop_map(|word| Line::Project(Err(word))),
        1 => Just(Line::Blank),
        1 => Just(Line::Section),
        1 => Just(Line::Subtotal),
        1 => (1u32..1000).prop_map(Line::Nameless),
    ]
}

/// Writes a report, in yuan; gives how many used rows it has below its heading.
fn write(path: &Path, unit: &str, lines: &[Line]) -> usize {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("重点项目").unwrap();
    sheet.write(0, 0, format!("{unit}重点项目进度表")).unwrap();
    sheet.write_row(1, 0, ["项目名称", "责任单位", "累计完成投资(元)"]).unwrap();
    let (mut sum, mut used) = (0u64, 0);
    for (nth, line) in (0u32..).zip(lines) {
        let row = nth + 2;
        used += usize::from(!matches!(line, Line::Blank));
        match line {
            Line::Project(done) => {
                sheet.write(row, 0, format!("{unit}第{nth}号水厂")).unwrap();
                sheet.write(row, 1, unit).unwrap();
                match done {
                    Ok(yuan) => sheet.write(row, 2, *yuan).unwrap(),
                    Err(word) => sheet.write(row, 2, *word).unwrap(),
                };
                sum += u64::from(*done.as_ref().unwrap_or(&0));
            }
            Line::Blank => {}
            Line::Section => drop(sheet.write(row, 0, "一、续建项目").unwrap()),
            Line::Subtotal => {
                sheet.write(row, 0, "小计").unwrap();
                sheet.write(row, 2, sum as f64).unwrap();
                sum = 0;
            }
            Line::Nameless(yuan) => drop(sheet.write(row, 2, *yuan).unwrap()),
        }
    }
    workbook.save(path).unwrap();
    used
}

/// What the projects come to whose amount is one.
fn accepted(lines: &[Line]) -> i128 {
    lines.iter().map(|line| if let Line::Project(Ok(yuan)) = line { i128::from(*yuan) } else { 0 }).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_every_workbook_is_accounted_for_and_totals_are_exact(reports in proptest::collection::vec(proptest::collection::vec(line(), 0..25), 1..4)) {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
        small_profile(&root.path().join("profile"));
        let inbox = root.path().join("inbox/2026-05");
        fs::create_dir_all(&inbox).unwrap();
        let units = ["城关镇", "柳河乡", "石桥镇"];
        let used: Vec<usize> = reports.iter().zip(units).map(|(lines, unit)| write(&inbox.join(format!("{unit}.xlsx")), unit, lines)).collect();
        let workspace = Workspace::open(root.path()).unwrap();
        let outcome = run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
        // Every used row is counted once: two of each sheet are its title and its heading.
        for (nth, file) in outcome.files.iter().enumerate() {
            let at = units.iter().position(|unit| file.name.starts_with(unit)).unwrap();
            let used_rows = |sheet: &TakenSheet| {
                let kinds = sheet.kinds.iter().filter(|(kind, _)| *kind != RowKind::Blank);
                sheet.passed_over + kinds.map(|(_, count)| count).sum::<usize>()
            };
            let counted: usize = file.sheets.iter().map(used_rows).sum();
            prop_assert_eq!(counted, used[at] + 2, "{} {:?}", nth, file.sheets);
        }
        prop_assert!(outcome.merged.account.iter().all(|sheet| sheet.balances()));
        // The county's total is the exact sum of what was accepted.
        let facts = outcome.merged.facts.get("key_projects");
        let done: i128 = facts.map_or(0, |facts| (0..facts.height()).filter_map(|row| facts.whole("done", row)).map(i128::from).sum());
        prop_assert_eq!(done, reports.iter().map(|lines| accepted(lines)).sum::<i128>());
        // A sheet without any amount may be taken for no report, which is told and passed over whole.
        let is_read = |unit: &str| {
            let of_unit = outcome.files.iter().filter(|file| file.name.starts_with(unit));
            of_unit.flat_map(|file| &file.sheets).any(|sheet| sheet.passed_over == 0)
        };
        let read = reports.iter().zip(units).filter(|(_, unit)| is_read(unit)).flat_map(|(lines, _)| lines);
        let projects = read.filter(|line| matches!(line, Line::Project(_))).count();
        let merged: usize = outcome.merged.account.iter().map(|sheet| sheet.merged).sum();
        let aside: usize = outcome.merged.account.iter().map(|sheet| sheet.set_aside).sum();
        prop_assert!(merged <= projects && merged + aside >= projects, "{} merged, {} set aside, {} projects", merged, aside, projects);
    }
}
