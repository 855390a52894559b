//! Places through the whole program: from the roster, within groups, with what is shared, and how they move.

use std::path::Path;

use rust_xlsxwriter::{Workbook, Worksheet};
use wuzhang::amount::fraction;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::rank::{Ranked, Ranking};
use wuzhang::workspace::Workspace;

/// The built-in choices with a ranking of towns of its own kind.
fn county(keys: &str) -> String {
    let built_in = include_str!("../../templates/county/county.toml");
    let towns = "id = \"towns\"\n";
    assert!(built_in.contains(towns), "the county ranks its towns");
    built_in.replacen(towns, &format!("{towns}{keys}\n"), 1)
}

fn rows(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (at, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(at as u32, column as u16, *cell).unwrap();
        }
    }
}

/// Four towns in two groups, one of them closed in March, one without any project; a project of two towns.
fn settings(path: &Path) {
    let mut workbook = Workbook::new();
    let units: &[&[&str]] = &[
        &["单位名称", "类别", "分组", "停用时间"],
        &["城关镇", "乡镇", "一类", ""],
        &["柳河乡", "乡镇", "二类", ""],
        &["双河镇", "乡镇", "一类", ""],
        &["旧街道", "街道", "二类", "2026-03"],
        &["三岔镇", "乡镇", "二类", ""],
    ];
    rows(workbook.add_worksheet().set_name("单位").unwrap(), units);
    let shares: &[&[&str]] = &[
        &["账册", "项目名称", "单位", "份额", "依据文件"],
        &["重点建设项目", "环城路", "城关镇", "2/3", "云政办〔2026〕3号"],
        &["重点建设项目", "环城路", "柳河乡", "1/3", "云政办〔2026〕3号"],
        &["重点建设项目", "没有的项目", "城关镇", "100%", "云政办〔2026〕4号"],
    ];
    rows(workbook.add_worksheet().set_name("分摊").unwrap(), shares);
    workbook.save(path).unwrap();
}

/// The month's sheet: a project a line, with town, plan and what is done in 万元.
fn month(root: &Path, month: u32, projects: &[(&str, &str, u32, u32)]) {
    let folder = root.join(format!("inbox/2026-{month:02}"));
    std::fs::create_dir_all(&folder).unwrap();
    let mut text = format!(
        "2026年1-{month}月重点项目进展情况表（单位：万元）\n序号,项目名称,所在乡镇,总投资,年度计划投资,1-{month}月完成投资\n"
    );
    for (at, (name, town, plan, done)) in projects.iter().enumerate() {
        text += &format!("{},{name},{town},{},{plan},{done}\n", at + 1, plan * 3);
    }
    std::fs::write(folder.join("重点项目.csv"), text).unwrap();
}

fn office(keys: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    std::fs::create_dir(root.path().join("profile")).unwrap();
    std::fs::write(root.path().join("profile/county.toml"), county(keys)).unwrap();
    settings(&root.path().join("settings.xlsx"));
    root
}

fn run_month(root: &Path, period: &str) -> Outcome {
    run(&Workspace::open(root).unwrap(), period.parse().unwrap(), &|_| {}).unwrap_or_else(|error| panic!("{error}"))
}

fn towns(outcome: &Outcome) -> &Ranking {
    outcome.rankings.iter().find(|ranking| ranking.id == "towns").unwrap()
}

fn town<'o>(outcome: &'o Outcome, name: &str) -> &'o Ranked {
    towns(outcome).rows.iter().find(|row| row.group == name).unwrap_or_else(|| panic!("no row of {name}"))
}

const KEYS: &str = "roster = \"towns\"\nwithin = \"unit_group\"";

#[test]
fn the_roster_stands_with_shares_groups_movement_and_reasons() {
    let root = office(KEYS);
    let base: [(&str, &str, u32, u32); 4] = [
        ("环城路", "城关镇", 1000, 200),
        ("菜市场", "柳河乡", 1000, 500),
        ("水厂", "双河镇", 1000, 300),
        ("旧街改造", "旧街道", 1000, 900),
    ];
    month(root.path(), 4, &base);
    let april = run_month(root.path(), "2026-04");
    let order =
        |outcome: &Outcome| towns(outcome).rows.iter().map(|row| (row.group.clone(), row.place)).collect::<Vec<_>>();
    let expected = |rows: &[(&str, Option<u32>)]| {
        rows.iter().map(|(name, place)| ((*name).to_owned(), *place)).collect::<Vec<_>>()
    };
    // 柳河乡: 500 + a third of 200 of 1000 + a third of 1000; 城关镇 keeps two thirds.
    assert_eq!(
        order(&april),
        expected(&[("柳河乡", Some(1)), ("双河镇", Some(2)), ("城关镇", Some(3)), ("三岔镇", None), ("旧街道", None)])
    );
    let yuan = |outcome: &Outcome, name: &str, measure: &str| town(outcome, name).figure(measure).unwrap().numerator;
    assert_eq!(yuan(&april, "城关镇", "done"), Some(1_333_333));
    assert_eq!(yuan(&april, "柳河乡", "done"), Some(5_666_667), "the parts add up to 700 万元");
    assert_eq!((yuan(&april, "城关镇", "count"), yuan(&april, "柳河乡", "count")), (Some(1), Some(1)));
    assert_eq!((yuan(&april, "三岔镇", "count"), yuan(&april, "三岔镇", "done")), (Some(0), None));
    let unranked = |name: &str| town(&april, name).unranked.clone().unwrap();
    assert_eq!(unranked("三岔镇"), "完成率无法计算（本期没有记录），不参与排名");
    assert_eq!(unranked("旧街道"), "单位已于2026年3月停用，不参与排名");
    let within =
        |name: &str| town(&april, name).within.as_ref().map(|within| (within.group.clone(), within.place, within.of));
    assert_eq!(within("双河镇"), Some(("一类".into(), 1, 2)));
    assert_eq!(within("城关镇"), Some(("一类".into(), 2, 2)));
    assert_eq!(within("柳河乡"), Some(("二类".into(), 1, 1)));
    assert_eq!(town(&april, "双河镇").before, None, "there is no March to compare with");
    let stale: Vec<_> = april.findings.iter().filter(|finding| &*finding.rule == "share.stale").collect();
    assert_eq!(stale.len(), 1);

    let mut may = base;
    may[2].3 = 900;
    month(root.path(), 5, &may);
    let may = run_month(root.path(), "2026-05");
    let moved = |name: &str| (town(&may, name).place, town(&may, name).before, town(&may, name).movement);
    assert_eq!(moved("双河镇"), (Some(1), Some(2), Some(1)));
    assert_eq!(moved("柳河乡"), (Some(2), Some(1), Some(-1)));
    assert_eq!(moved("城关镇"), (Some(3), Some(3), Some(0)));
    let curve: Vec<_> =
        town(&may, "双河镇").trend.iter().map(|at| (at.period.to_string(), at.place, at.value.get())).collect();
    let expected = [("2026-04".to_owned(), Some(2), fraction(3, 10)), ("2026-05".to_owned(), Some(1), fraction(9, 10))];
    assert_eq!(curve, expected);
    // 9/10 leads (17/40 of 柳河乡: 566.6667 of 1333.3333) by what its gap says.
    let gap = town(&may, "柳河乡").gap_to_first.get().unwrap();
    assert_eq!(gap, fraction(9, 10).unwrap() - fraction(5_666_667, 13_333_333).unwrap());
}

#[test]
fn shares_that_are_no_whole_stop_the_run_with_their_cell() {
    let root = office(KEYS);
    let mut workbook = Workbook::new();
    let shares: &[&[&str]] = &[
        &["账册", "项目名称", "单位", "份额", "依据文件"],
        &["重点建设项目", "环城路", "城关镇", "50%", "云政办〔2026〕3号"],
        &["重点建设项目", "环城路", "柳河乡", "40%", "云政办〔2026〕3号"],
    ];
    rows(workbook.add_worksheet().set_name("分摊").unwrap(), shares);
    workbook.save(root.path().join("settings.xlsx")).unwrap();
    month(root.path(), 4, &[("环城路", "城关镇", 1000, 200)]);
    let error = run(&Workspace::open(root.path()).unwrap(), "2026-04".parse().unwrap(), &|_| {}).unwrap_err();
    let told = error.to_string();
    assert!(told.contains("分摊 › D2") && told.contains("合计为90%"), "{told}");
}

#[test]
fn grades_by_share_of_those_that_are_large_enough() {
    let keys = "minimum = [{ measure = \"plan\", at_least = 500 }]\norder = \"lowest\"\n\
                grade = [{ name = \"好\", share = 0.5, rounds = \"down\", colour = \"00FF00\" }, { name = \"差\", colour = \"FF0000\" }]";
    let root = office(keys);
    month(
        root.path(),
        4,
        &[
            ("路", "城关镇", 1000, 200),
            ("桥", "柳河乡", 1000, 300),
            ("水厂", "双河镇", 1000, 400),
            ("小桥", "三岔镇", 499, 1),
        ],
    );
    let outcome = run_month(root.path(), "2026-04");
    let rows: Vec<_> =
        towns(&outcome).rows.iter().map(|row| (row.group.as_str(), row.place, row.grade.as_deref())).collect();
    assert_eq!(
        rows,
        [
            ("城关镇", Some(1), Some("好")),
            ("柳河乡", Some(2), Some("差")),
            ("双河镇", Some(3), Some("差")),
            ("三岔镇", None, None)
        ]
    );
    assert_eq!(town(&outcome, "三岔镇").unranked.as_deref(), Some("年度计划投资不足500万元，不参与排名"));
}
