//! A month with more than a workbook should carry: sums in place of projects, lists cut, and nothing lost: all of it
//! stands in files beside it, and each document says so.

use std::io::Write;

use calamine::Reader;
use wuzhang::publish::{detail_csv, ranking_workbook};

use crate::publish::{cells, open};
use crate::publish_report::{Month, projects};

const SUMMARY: &str = "汇总底表";

/// A month of 120 projects in a county whose workbooks list 40.
fn month() -> Month {
    let mut month = Month::of(&projects(120));
    (month.profile.county.large.projects, month.profile.county.large.listed) = (40, 10);
    month
}

/// The projects' file, by lines and cells; no cell of the made-up month has a comma or a quote.
fn csv(month: &Month) -> Vec<Vec<String>> {
    let report = month.report();
    let projects = detail_csv(&report).expect("there are too many");
    let parts = projects.parts();
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].0, "2026年5月重点建设项目明细.csv");
    let mut bytes = Vec::new();
    projects.write(parts[0].1.clone(), &mut bytes).expect("it is written");
    bytes.flush().expect("memory takes it");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets know UTF-8 by its mark");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn column(rows: &[Vec<String>], title: &str) -> Vec<f64> {
    let heading = rows.iter().position(|row| row.iter().any(|cell| cell == title)).expect("a heading");
    let at = rows[heading].iter().position(|cell| cell == title).expect("a column");
    rows[heading + 1..].iter().filter_map(|row| row.get(at)?.parse().ok()).collect()
}

#[test]
fn many_projects_stand_in_a_file_of_their_own_and_rankings_say_the_same() {
    let month = month();
    let mut small = month.report().profile.clone();
    small.county.large.projects = 1_000;
    let mut large = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let whole = ranking_workbook(&wuzhang::publish::Report { profile: &small, ..month.report() });
    let mut whole = open(&whole.expect("the workbook is made"));
    let sheets = large.sheet_names();
    assert!(sheets.iter().any(|sheet| sheet == SUMMARY), "{sheets:?}");
    assert!(sheets.iter().all(|sheet| sheet != "项目明细" && sheet != "分组项目"), "{sheets:?}");
    assert!(detail_csv(&wuzhang::publish::Report { profile: &small, ..month.report() }).is_none());
    for ranking in ["乡镇（街道）排名", "部门排名"] {
        let figures = |rows: Vec<Vec<String>>| rows.into_iter().take_while(|row| !row[0].starts_with('注')).collect();
        let (of_sums, of_projects): (Vec<_>, Vec<_>) =
            (figures(cells(&mut large, ranking)), figures(cells(&mut whole, ranking)));
        assert_eq!(of_sums, of_projects, "{ranking}");
        let formulas = large.worksheet_formula(ranking).expect("the sheet can be read");
        assert!(formulas.used_cells().any(|(_, _, formula)| formula.contains(SUMMARY)), "{ranking} is live");
    }
    let lines = csv(&month);
    assert_eq!(lines.len(), 121, "a heading and every project");
    let detail = cells(&mut whole, "项目明细");
    let sums = cells(&mut large, SUMMARY);
    for title in ["年度计划", "累计完成"] {
        let in_lines: f64 = column(&lines, title).iter().sum();
        let (of_projects, of_sums): (f64, f64) =
            (column(&detail, title).iter().sum(), column(&sums, title).iter().sum());
        assert!(in_lines > 0.0);
        assert!((in_lines - of_projects).abs() < 1e-6 && (in_lines - of_sums).abs() < 1e-6, "{title}");
    }
    assert_eq!(column(&sums, "项目个数").iter().sum::<f64>(), 120.0);
    let names = |rows: &[Vec<String>]| {
        let heading = rows.iter().position(|row| row.len() > 1 && row[1] == "项目名称").expect("a heading");
        rows[heading + 1..].iter().map(|row| row[1].clone()).filter(|name| !name.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(names(&lines), names(&detail), "the same projects in the same order");
}

#[test]
fn lists_are_cut_and_say_how_many_more_there_are_and_where() {
    let month = month();
    let mut book = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let behind = csv(&month);
    let at = behind[0].iter().position(|title| title == "未达序时").expect("a column");
    let all = behind.iter().filter(|line| line[at] == "是").count();
    assert!(all > 10, "{all} are behind");
    let list = cells(&mut book, "未达序时进度项目");
    let said = list.iter().flatten().find(|cell| cell.starts_with("注")).expect("a remark");
    assert!(said.contains(&format!("共{all}个")) && said.contains("列前10个"), "{said}");
    assert!(said.contains(&format!("其余{}个", all - 10)) && said.contains("明细.csv"), "{said}");
    let sum = cells(&mut book, SUMMARY);
    let said = sum.iter().flatten().find(|cell| cell.starts_with("注")).expect("a remark");
    assert!(said.contains("共120个项目") && said.contains("2026年5月重点建设项目明细.csv"), "{said}");
    let wall = cells(&mut book, "挂图作战");
    assert!(wall.iter().flatten().any(|cell| cell.contains("共120个项目，本表列前10个")), "the wall says so too");
}

#[test]
fn groupings_that_would_make_too_many_rows_are_left_out_of_the_sums() {
    let mut month = month();
    month.profile.county.large.projects = 17;
    let mut book = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let sums = cells(&mut book, SUMMARY);
    let numbered = sums.iter().filter(|row| row[0].parse::<f64>().is_ok()).count();
    assert!((1..=17).contains(&numbered), "{numbered} rows");
    assert!(sums.iter().flatten().any(|cell| cell.contains("种分组过细")), "the reader is told");
}
