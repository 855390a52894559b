//! A month with more than a workbook should carry: sums in place of projects, lists cut, and nothing lost: all of it
//! stands in files beside it, and each document says so.

use std::io::Write;

use calamine::Reader;
use wuzhang::period::Period;
use wuzhang::pipeline::run;
use wuzhang::publish::{detail_csv, ranking_csvs, ranking_workbook};
use wuzhang::workspace::Workspace;

use crate::publish::{cells, open, part};
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

/// The lines of a ranking's file.
fn ranking_lines(month: &Month, title: &str) -> Vec<Vec<String>> {
    let report = month.report();
    let all = ranking_csvs(&report);
    let parts = all.iter().find(|csv| csv.parts()[0].0.contains(title)).expect("it has a file");
    let mut bytes = Vec::new();
    parts.write(parts.parts()[0].1.clone(), &mut bytes).expect("memory takes it");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("spreadsheets know UTF-8 by its mark");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// The rows of a ranking's sheet, from the heading to the remarks.
fn ranking_rows(book: &mut crate::publish::Book, title: &str) -> Vec<Vec<String>> {
    let rows = cells(book, title).into_iter().skip(2);
    rows.take_while(|row| !row[0].starts_with('注')).collect()
}

#[test]
fn a_ranking_of_many_groups_shows_both_ends_and_a_file_has_all_of_it() {
    for most in [1_000, 40] {
        let mut month = month();
        month.profile.county.large.projects = most;
        let mut whole = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
        assert!(ranking_csvs(&month.report()).is_empty());
        (month.profile.county.large.groups, month.profile.county.large.ends) = (10, 3);
        let bytes = ranking_workbook(&month.report()).expect("the workbook is made");
        let mut book = open(&bytes);
        for unchanged in ["部门排名", "分类别完成情况"] {
            assert_eq!(ranking_rows(&mut book, unchanged), ranking_rows(&mut whole, unchanged));
        }
        let towns = "乡镇（街道）排名";
        let (ends, all) = (ranking_rows(&mut book, towns), ranking_rows(&mut whole, towns));
        assert_eq!((ends.len(), all.len()), (2 + 7, 2 + 16), "heading, total, both ends and what is between them");
        assert_eq!(ends[..5], all[..5], "heading, total, the first");
        assert!(ends[5].contains(&"略10个".to_owned()), "{:?}", ends[5]);
        assert_eq!(ends[6..], all[15..], "the last");
        let text = cells(&mut book, towns);
        assert!(text[0][0].ends_with("（前3名、后3名）"), "{}", text[0][0]);
        let file = "2026年5月重点建设项目排名（乡镇（街道）排名）.csv";
        let said = text.iter().flatten().find(|cell| cell.contains(file)).expect("the reader is told");
        assert!(said.contains("共16个对象，只列前3名、后3名，其余10个不在本表"), "{said}");
        let lines = ranking_lines(&month, towns);
        let column = |rows: &[Vec<String>], title: &str| -> Vec<String> {
            let at = rows[0].iter().position(|cell| cell.replace('\n', "") == title).expect("a column");
            rows[1..].iter().map(|row| row[at].clone()).collect()
        };
        assert_eq!(lines.len(), 1 + 16);
        assert_eq!(column(&lines, "乡镇（街道）"), column(&all, "乡镇（街道）")[1..], "in their order");
        assert_eq!(column(&lines, "等次"), column(&all, "等次")[1..]);
        let numbers = |texts: Vec<String>| -> Vec<f64> { texts.iter().filter_map(|text| text.parse().ok()).collect() };
        assert_eq!(numbers(column(&lines, "累计完成(万元)")), numbers(column(&all, "累计完成"))[1..]);
        for (line, sheet) in column(&lines, "完成率").iter().zip(&column(&all, "完成率")[1..]) {
            let (line, sheet): (f64, f64) = (line.trim_end_matches('%').parse().unwrap(), sheet.parse().unwrap());
            assert!((line - sheet * 100.0).abs() < 0.05 + 1e-9, "{line} is {sheet} rounded once");
        }
    }
}

#[test]
fn nothing_leads_to_a_group_that_a_sheet_does_not_list() {
    let mut month = month();
    (month.profile.county.large.groups, month.profile.county.large.ends) = (10, 2);
    let bytes = ranking_workbook(&month.report()).expect("the workbook is made");
    let overview = part(&bytes, "xl/worksheets/sheet1.xml");
    let towns = "'乡镇（街道）排名'!";
    // Three of each end are named on the overview, two of them stand on the sheet.
    let led: Vec<&str> = overview.match_indices("location=\"").map(|(at, _)| &overview[at + 10..]).collect();
    let led: Vec<&str> = led.iter().filter_map(|rest| rest.split('"').next()?.strip_prefix(towns)).collect();
    assert_eq!(led, ["A1", "B5", "B6", "B9", "B8"], "the sheet, the first two, the last two");
    assert!(!overview.contains(&format!("<f>INDEX({towns}")), "no place is looked up among some");
    let mut book = open(&bytes);
    let text = cells(&mut book, "总览");
    assert_eq!(text.iter().flatten().filter(|cell| cell.ends_with('镇') || cell.ends_with('乡')).count(), 5);
    // The total follows 汇总底表, which says of a leader only that there is one.
    month.profile.county.large.groups = 5;
    let mut book = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let sums = cells(&mut book, SUMMARY);
    let at = sums[3].iter().position(|title| title == "有无联系领导").expect("a column");
    assert!(sums[4..].iter().all(|row| ["", "有"].contains(&row[at].as_str()) || row[0].starts_with('注')));
    let formulas = book.worksheet_formula("县领导联系项目排名").expect("the sheet can be read");
    let follows = |text: &String| text.contains("LEN('汇总底表'!") || text.contains("LEN(汇总底表!");
    assert!(formulas.used_cells().any(|(.., text)| follows(text)), "{:?}", formulas.used_cells().collect::<Vec<_>>());
}

/// A county of twelve towns that lists five groups, from its inbox to its documents.
#[test]
fn a_run_tells_where_all_groups_of_a_ranking_stand() {
    let root = tempfile::tempdir().expect("there is room");
    let at = root.path();
    let (profile, inbox) = (at.join("profile"), at.join("inbox/2026-05"));
    std::fs::create_dir_all(&profile).expect("there is room");
    std::fs::create_dir_all(&inbox).expect("there is room");
    std::fs::write(at.join("wuzhang.toml"), "county = \"云山县\"\n").expect("there is room");
    let county = include_str!("../../templates/county/county.toml");
    let county = county.replace("\ngroups = 1000\nends = 100\n", "\ngroups = 5\nends = 2\n");
    std::fs::write(profile.join("county.toml"), county).expect("there is room");
    let mut text = "2026年1-5月重点项目进展情况表（单位：万元）\n\
                    序号,项目名称,所在乡镇,总投资,年度计划投资,1-5月完成投资\n"
        .to_owned();
    let towns =
        ["东", "西", "南", "北", "上", "下", "青", "白", "金", "石", "龙", "柳"].map(|name| format!("{name}河镇"));
    for (at, town) in (1..).zip(&towns) {
        text += &format!("{at},{town}水厂扩建工程,{town},9000,1000,{}\n", at * 50);
    }
    std::fs::write(inbox.join("重点项目.csv"), text).expect("there is room");
    let workspace = Workspace::open(at).expect("a folder of workbooks");
    let outcome = run(&workspace, Period::new(2026, 5).unwrap(), &|_| {}).expect("the month runs");
    let file = "2026年5月重点项目排名（乡镇（街道）排名）.csv";
    let said = outcome
        .notices
        .iter()
        .find(|notice| notice.contains(file))
        .unwrap_or_else(|| panic!("the operator is told: {:?} {:?}", outcome.notices, outcome.findings));
    assert!(said.contains("共12个，超过一张工作表所列的5个") && said.contains("首尾各2个"), "{said}");
    let evidence = "2026年5月重点项目排名（乡镇（街道）排名得分依据）.csv";
    assert!(said.contains(&format!("得分依据全部在“{evidence}”")), "{said}");
    let out = at.join("out/2026-05");
    let lines = std::fs::read_to_string(out.join(file)).expect("the file is there");
    assert_eq!(lines.lines().count(), 13);
    assert!(lines.lines().nth(1).unwrap().starts_with("1,柳河镇,1,9000,1000,600,60.0%"), "{lines}");
    let bytes = std::fs::read(out.join("2026年5月重点项目排名.xlsx")).expect("the workbook is there");
    let listed = ranking_rows(&mut open(&bytes), "乡镇（街道）排名");
    let names: Vec<&str> = listed[2..].iter().map(|row| row[1].as_str()).collect();
    assert_eq!(names, ["柳河镇", "龙河镇", "略8个", "西河镇", "东河镇"]);
    let all: f64 = lines.lines().skip(1).filter_map(|line| line.split(',').nth(5)?.parse::<f64>().ok()).sum();
    assert_eq!(listed[1][5].parse(), Ok(all), "the total is that of all");
    let mut book = open(&bytes);
    let names = |rows: Vec<Vec<String>>| -> Vec<String> {
        rows.into_iter().skip(3).map(|row| row[1].clone()).filter(|name| name.ends_with('镇')).collect()
    };
    let scores = names(cells(&mut book, "得分构成"));
    assert_eq!(scores, ["柳河镇", "石河镇", "西河镇", "东河镇"]);
    let mut taken_apart = names(cells(&mut book, "得分依据"));
    taken_apart.dedup();
    assert_eq!(taken_apart, scores, "both ends of the scores, of which several are full");
    let said = cells(&mut book, "得分构成").into_iter().flatten().find(|cell| cell.contains(file));
    assert!(said.is_some_and(|said| said.contains(&format!("和“{evidence}”"))), "the reader is told too");
    let evidence = std::fs::read_to_string(out.join(evidence)).expect("the file is there");
    assert!(towns.iter().all(|town| evidence.contains(&format!(",{town},"))), "{evidence}");
}
