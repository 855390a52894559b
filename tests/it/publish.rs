//! The ranking workbook: the same bytes twice, text that stays text, and sheets that hold for every month.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use wuzhang::amount::Fraction;
use wuzhang::publish::{headline, ranking_file_name, ranking_workbook};
use wuzhang::rank::Ranked;

use crate::publish_report::{Month, Project, projects};

pub(crate) type Book = Xlsx<Cursor<Vec<u8>>>;

pub(crate) fn open(bytes: &[u8]) -> Book {
    calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("our workbook opens")
}

fn made(projects: &[Project]) -> Vec<u8> {
    let month = Month::of(projects);
    let bytes = ranking_workbook(&month.report()).expect("the workbook is made");
    if let Ok(dir) = std::env::var("WUZHANG_KEEP") {
        let book = month.report().profile.book("key_projects").expect("a built-in book");
        let path = format!("{dir}/{}-{}", projects.len(), ranking_file_name(book, month.report().period));
        std::fs::write(path, &bytes).expect("the workbook can be kept");
    }
    bytes
}

pub(crate) fn cells(book: &mut Book, sheet: &str) -> Vec<Vec<String>> {
    let range = book.worksheet_range(sheet).expect("the sheet is there");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("a part is text");
    text
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = made(&projects(109));
    assert_eq!(bytes, made(&projects(109)));
    let properties = part(&bytes, "docProps/core.xml");
    assert!(properties.contains("2026-05-31T00:00:00Z"), "{properties}");
    assert!(part(&bytes, "docProps/app.xml").contains("云山县统计局"));
}

#[test]
fn the_sheets_stand_in_the_order_of_their_readers() {
    let mut book = open(&made(&projects(109)));
    let names = book.sheet_names();
    let expected = [
        "总览",
        "乡镇（街道）排名",
        "部门排名",
        "县领导联系项目排名",
        "分类别完成情况",
        "项目明细",
        "分组项目",
        "未达序时进度项目",
        "未开工项目",
        "挂图作战",
        "口径说明",
        "数据来源",
    ];
    assert_eq!(names, expected);
    let towns = cells(&mut book, "乡镇（街道）排名");
    assert_eq!(towns[0][0], "云山县2026年5月乡镇（街道）排名");
    assert_eq!((towns[3][1].as_str(), towns[4][0].as_str()), ("合计", "1"));
}

#[test]
fn every_ranking_figure_is_a_live_formula() {
    let mut book = open(&made(&projects(109)));
    for (sheet, columns) in [("乡镇（街道）排名", 'C'..='O'), ("县领导联系项目排名", 'C'..='O')] {
        let formulas = book.worksheet_formula(sheet).expect("the sheet has formulas");
        let values = book.worksheet_range(sheet).expect("the sheet has values");
        let header: Vec<String> = values.rows().nth(2).expect("a header").iter().map(Data::to_string).collect();
        for column in columns {
            let at = column as u32 - 'A' as u32;
            let formula = formulas.get_value((4, at)).map_or("", String::as_str);
            let fixed = header[at as usize] == "上年同期完成率";
            assert_eq!(formula.is_empty(), fixed, "{sheet}!{column}5 {}", header[at as usize]);
        }
        assert!(formulas.get_value((4, 0)).is_some_and(|place| place.contains("SUMPRODUCT")), "{sheet}");
    }
    let plain = book.worksheet_formula("部门排名").expect("the sheet has formulas");
    let sum = plain.get_value((4, 5)).expect("the amount done is a formula");
    assert!(sum.starts_with("ROUND(SUMIF('项目明细'!"), "{sum}");
}

#[test]
fn text_from_departments_is_never_a_formula() {
    let mut odd = projects(20);
    odd[0].name = "=HYPERLINK(\"http://example.invalid\",\"点我\")".into();
    odd[1].problem = Some("+1-2@cmd".into());
    odd[2].town = Some("=1+1".into());
    odd[3].town = Some("*镇?~".into());
    odd[4].town = Some("A镇".into());
    odd[5].town = Some("a镇".into());
    let bytes = made(&odd);
    let mut book = open(&bytes);
    let detail = cells(&mut book, "项目明细");
    assert!(detail.iter().any(|row| row[1] == odd[0].name));
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).expect("the sheet can be read");
        assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("HYPERLINK")), "{sheet}");
    }
}

#[test]
fn a_long_name_wraps_and_stays_whole() {
    let mut long = projects(3);
    long[1].name = "很长的项目名称".repeat(29);
    let mut book = open(&made(&long));
    assert!(cells(&mut book, "项目明细").iter().any(|row| row[1] == long[1].name));
}

#[test]
fn one_project_or_none_still_make_a_workbook() {
    let one = &projects(1)[..];
    let towns = cells(&mut open(&made(one)), "乡镇（街道）排名");
    assert_eq!(towns[4][1], "城关镇");
    let mut none = open(&made(&[]));
    assert_eq!(cells(&mut none, "项目明细").len(), 4);
    assert!(cells(&mut none, "未开工项目").iter().any(|row| row[0].contains("本期没有未开工的项目")));
}

#[test]
fn what_cannot_be_computed_is_a_dash_and_stands_last() {
    let mut projects = projects(40);
    for project in projects.iter_mut().filter(|p| p.town.as_deref() == Some("城关镇")) {
        (project.plan, project.last_year) = (None, None);
    }
    let towns = cells(&mut open(&made(&projects)), "乡镇（街道）排名");
    let last = towns.iter().rfind(|row| row[1] == "城关镇").expect("the town is listed");
    assert_eq!((last[0].as_str(), last[6].as_str()), ("—", "—"));
    assert!(last.iter().any(|cell| cell == "没有年度计划，不能计算完成率"), "{last:?}");
    assert_eq!(towns.iter().filter(|row| row[0].parse::<u32>().is_ok()).count(), 15);
}

/// The opening figures of the field: 11 亿元 of 30.9, last year 47.3%.
#[test]
fn the_headline_is_a_sentence_of_the_field() {
    let project = |plan, done, last_year| Project {
        name: "一".into(),
        plan: Some(plan),
        done: Some(done),
        last_year: Some(last_year),
        ..Project::default()
    };
    let month = Month::of(&[project(3_090_000_000, 1_100_000_000, 1_461_570_000)]);
    assert_eq!(
        headline(&month.report()),
        "全县1个重点建设项目前5个月完成投资11亿元，完成年度投资计划的35.6%，比去年同期下降11.7个百分点，\
         比序时进度慢6.1个百分点。未达序时进度项目1个。"
    );
}

#[test]
fn two_thousand_projects_behind_schedule_fit() {
    let mut all = projects(2000);
    for project in &mut all {
        (project.plan, project.done) = (Some(10_000_000), Some(1_000_000));
    }
    let mut book = open(&made(&all));
    assert_eq!(cells(&mut book, "项目明细").len(), 2004);
    let behind = cells(&mut book, "未达序时进度项目");
    assert_eq!((behind.len(), behind[2][0].as_str()), (2004, "2000"));
    // Two rows a project below four rows of heads, and the remark.
    assert_eq!(cells(&mut book, "挂图作战").len(), 4 + 2 * 2000 + 1);
}

#[test]
fn a_unit_name_of_two_hundred_characters_is_whole_in_its_ranking() {
    let mut long = projects(40);
    let name = "很长的单位名称".repeat(29);
    for project in long.iter_mut().take(9) {
        project.town = Some(name.clone());
    }
    let mut book = open(&made(&long));
    assert!(cells(&mut book, "乡镇（街道）排名").iter().any(|row| row[1] == name));
    let overview = cells(&mut book, "总览");
    assert!(overview.iter().flatten().all(|cell| cell.chars().count() < 120), "the overview cuts long names");
}

#[test]
fn the_overview_says_who_leads_and_who_lags_as_the_ranking_does() {
    let mut book = open(&made(&projects(109)));
    let towns = cells(&mut book, "乡镇（街道）排名");
    let names: Vec<&str> = towns[4..20].iter().map(|row| row[1].as_str()).collect();
    let overview = cells(&mut book, "总览");
    let at = overview.iter().position(|row| row[0] == "乡镇（街道）排名").expect("the ranking is named");
    let named = |row: usize| [&*overview[row][3], &*overview[row][6], &*overview[row][9]];
    assert_eq!(named(at), [names[0], names[1], names[2]]);
    assert_eq!(named(at + 1), [names[15], names[14], names[13]]);
}

#[test]
fn more_projects_than_a_sheet_holds_are_said_so_and_still_counted() {
    let projects = projects(60);
    let mut month = Month::of(&projects);
    let whole = ranking_workbook(&month.report()).expect("the workbook is made");
    month.sheet_rows = 45;
    let cut = ranking_workbook(&month.report()).expect("the workbook is made");
    let (mut whole, mut cut) = (open(&whole), open(&cut));
    let detail = cells(&mut cut, "项目明细");
    assert_eq!(detail.len(), 45, "as many rows as fit, the remark the last");
    assert!(detail[44][0].contains("共60个项目") && detail[44][0].contains("前40个"), "{}", detail[44][0]);
    let towns = "乡镇（街道）排名";
    assert_eq!(cells(&mut cut, towns), cells(&mut whole, towns), "figures are of all projects");
    let formulas = cut.worksheet_formula(towns).expect("the sheet can be read");
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("项目明细")), "none counts a part");
}

/// Reckoning each place against all others would take hours: beyond some number they are values.
#[test]
fn thirty_thousand_units_are_ranked_by_value() {
    let mut month = Month::of(&projects(40));
    let towns = month.rankings.iter_mut().find(|ranking| ranking.id == "towns").expect("towns are ranked");
    let first = towns.rows[0].clone();
    let row = |at: u32| Ranked { group: format!("第{at}村"), place: Some(at), ..first.clone() };
    towns.rows = (1..=30_000).map(row).collect();
    let sheet = "乡镇（街道）排名";
    let mut book = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let rows = cells(&mut book, sheet);
    assert_eq!(rows.iter().filter(|row| row[1].starts_with('第')).count(), 200, "both ends");
    assert!(rows.iter().any(|row| row[0].contains("共30000个对象")), "the reader is told");
    month.profile.county.large.groups = 50_000;
    let bytes = ranking_workbook(&month.report()).expect("the workbook is made");
    let mut book = open(&bytes);
    let rows = cells(&mut book, sheet);
    assert_eq!(rows.iter().filter(|row| row[1].starts_with('第')).count(), 30_000);
    assert!(rows.iter().any(|row| row[0].contains("不随明细重算")), "the reader is told");
    let formulas = book.worksheet_formula(sheet).expect("the sheet can be read");
    assert!(formulas.used_cells().all(|(_, _, formula)| !formula.contains("SUMPRODUCT(ISNUMBER")));
}

/// A gap is counted as what decides the places is, also where what breaks ties has no column.
#[test]
fn gaps_are_counted_as_what_decides_is() {
    let mut month = Month::of(&projects(20));
    let plan = month.profile.county.rankings.iter_mut().find(|plan| plan.id == "towns").expect("towns are ranked");
    (plan.by, plan.then) = ("done".into(), vec!["behind_share".into()]);
    plan.measures.retain(|id| id != "behind_share");
    let towns = month.rankings.iter_mut().find(|ranking| ranking.id == "towns").expect("towns are ranked");
    towns.by = "done".into();
    towns.rows[1].gap_ahead = Some(Fraction::from_integer(1_751_100)).into();
    let second = towns.rows[1].group.clone();
    let mut book = open(&ranking_workbook(&month.report()).expect("the workbook is made"));
    let rows = cells(&mut book, "乡镇（街道）排名");
    let gap = rows[2].iter().position(|title| title.starts_with("距标兵")).expect("a column");
    let row = rows.iter().find(|row| row[1] == second).expect("the second town");
    assert_eq!(row[gap].parse(), Ok(175.11), "{row:?}");
}
