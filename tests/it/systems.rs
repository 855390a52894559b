//! The systems of the field through the whole program: from sheets as departments keep them to a ranking workbook
//! a book, with the words and figures that leaders read.

use std::path::Path;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Workbook, Worksheet};
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

/// A table below a title: headings and rows as text, cells apart by white space, `-` empty.
fn table(sheet: &mut Worksheet, title: &str, text: &str) {
    sheet.write_string(0, 0, title).unwrap();
    for (row, line) in (1u32..).zip(text.lines().map(str::trim).filter(|line| !line.is_empty())) {
        for (column, cell) in (0u16..).zip(line.split_whitespace()).filter(|(_, cell)| *cell != "-") {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
}

fn report(folder: &Path, file: &str, title: &str, text: &str) {
    let mut workbook = Workbook::new();
    table(workbook.add_worksheet(), title, text);
    std::fs::create_dir_all(folder.join("inbox/2026-09")).unwrap();
    workbook.save(folder.join("inbox/2026-09").join(file)).unwrap();
}

fn workspace(folder: &Path) {
    std::fs::write(folder.join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    let mut settings = Workbook::new();
    let sheets = [
        (
            "单位",
            "单位名称 类别 分组\n城关镇 乡镇 一类\n柳河乡 乡镇 二类\n白沙镇 乡镇 一类\n县商务局 部门 -\n县委督查室 部门 -\n县统计局 部门 -",
        ),
        (
            "目标",
            "账册 单位 指标 目标值 计量单位\n招商引资项目 全县 其中新签个数 10 个\n招商引资项目 全县 其中新签协议投资 2 亿元\n招商引资项目 城关镇 其中新签个数 4 个",
        ),
    ];
    for (name, text) in sheets {
        let sheet = settings.add_worksheet().set_name(name).unwrap();
        for (row, line) in (0u32..).zip(text.lines()) {
            for (column, cell) in (0u16..).zip(line.split(' ')).filter(|(_, cell)| *cell != "-") {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
    }
    settings.save(folder.join("settings.xlsx")).unwrap();
}

fn september(folder: &Path) -> Outcome {
    run(&Workspace::open(folder).unwrap(), "2026-09".parse().unwrap(), &|_| {}).unwrap()
}

/// All text and stored values of a sheet of a document of the month.
fn sheet(folder: &Path, document: &str, sheet: &str) -> Vec<Vec<String>> {
    let path = folder.join("out/2026-09").join(document);
    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
    let range = book.worksheet_range(sheet).unwrap_or_else(|_| panic!("{sheet} in {:?}", book.sheet_names()));
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// What stands in a group's row under a heading.
fn at<'t>(table: &'t [Vec<String>], group: &str, heading: &str) -> &'t str {
    let header = table
        .iter()
        .find(|row| row.iter().any(|cell| cell == heading))
        .unwrap_or_else(|| panic!("{heading}: {table:?}"));
    let column = header.iter().position(|cell| cell == heading).unwrap();
    let row =
        table.iter().find(|row| row.iter().any(|cell| cell == group)).unwrap_or_else(|| panic!("{group}: {table:?}"));
    &row[column]
}

const INVESTMENT: &str = "
    序号 项目名称 投资方 产业类别 落户乡镇 签约时间 协议投资额(万元) 开工时间 投产时间 所处阶段
    1 甲厂 甲公司 装备制造 城关镇 2026-01 8000 2026-03 2026-08 投产
    2 乙园 乙公司 现代服务业 城关镇 2026-07 4000 - - 签约
    3 丙厂 丙公司 电子信息 柳河乡 2026-04 3000 2026-06 - 在建
    4 丁厂 丁公司 工业 柳河乡 2025-11 900 - - 意向";

#[test]
fn investment_has_a_workbook_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    report(folder.path(), "县商务局招商.xlsx", "云山县2026年1-9月招商引资项目台账", INVESTMENT);
    let outcome = september(folder.path());
    assert_eq!(outcome.merged.facts["investment"].height(), 4, "{:?}", outcome.findings);
    let towns = sheet(folder.path(), "2026年9月招商引资项目排名.xlsx", "乡镇（街道）招商引资");
    assert_eq!(at(&towns, "城关镇", "其中新签个数"), "2");
    assert_eq!(at(&towns, "城关镇", "完成目标（项目个数）"), "0.5");
    assert_eq!(at(&towns, "城关镇", "其中新签协议投资"), "12000");
    assert_eq!(at(&towns, "城关镇", "占比（合同额）"), "0.8");
    assert_eq!(at(&towns, "白沙镇", "其中新签个数"), "0", "who has nothing stands there with nothing");
    assert_eq!(at(&towns, "白沙镇", "本季度新签个数"), "0");
    let quarters = sheet(folder.path(), "2026年9月招商引资项目排名.xlsx", "招商引资分季度");
    let names: Vec<&String> =
        quarters.iter().flatten().filter(|cell| cell.ends_with("季度") && cell.starts_with("2026")).collect();
    assert_eq!(names, ["2026年一季度", "2026年二季度", "2026年三季度"], "in the calendar's order");
    assert_eq!(at(&quarters, "2026年二季度", "比上期（合同额）"), "-5000");
    let overview = sheet(folder.path(), "2026年9月招商引资项目排名.xlsx", "总览");
    assert!(
        overview
            .concat()
            .iter()
            .any(|cell| cell.contains("招商引资项目：引进项目个数4个，其中结转个数1个，其中新签个数3个")),
        "{overview:?}"
    );
    let figures = overview.iter().position(|row| row[0] == "指标").unwrap();
    assert_eq!(at(&overview[figures..], "尚差（合同额）", "全县"), "5000", "15000 of 20000 万元");
    let words = sheet(folder.path(), "2026年9月招商引资项目排名.xlsx", "口径说明").concat();
    assert!(words.iter().any(|cell| cell.contains("本年新签个数÷年度目标")), "{words:?}");
}

const TASKS: &str = "
    序号 项目名称 责任单位 包联领导 工作专班 实施方案 一抓到底 百日计划投资(万元) 百日累计完成投资(万元) 推进状态
    1 甲路 城关镇 甲一 甲路专班 县办9号 周调度 1000 400 推进中
    2 乙园 柳河乡 乙二 乙园专班 - 周调度 500 600 已完成
    3 丙改革 县商务局 甲一 改革专班 县办10号 月调度 - - 未启动";

#[test]
fn a_campaign_s_tasks_are_read_where_a_sheet_says_so() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    report(folder.path(), "县委督查室.xlsx", "云山县百日攻坚行动任务推进表", TASKS);
    let outcome = september(folder.path());
    let tasks = &outcome.merged.facts["campaign"];
    assert_eq!(tasks.height(), 3, "{:?}", outcome.findings);
    let towns = sheet(folder.path(), "2026年9月百日攻坚排名.xlsx", "百日攻坚乡镇（街道）排名");
    assert_eq!(at(&towns, "柳河乡", "完成率"), "1.2");
    assert_eq!(at(&towns, "城关镇", "五个一齐全率"), "1");
    let rules: Vec<&str> = outcome.findings.iter().map(|finding| &*finding.rule).collect();
    assert!(rules.contains(&"campaign.five_ones"), "乙园 has no scheme: {rules:?}");
}

#[test]
fn the_same_columns_without_the_campaign_s_name_are_no_campaign() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    report(folder.path(), "县委督查室.xlsx", "云山县项目推进表", TASKS);
    let outcome = september(folder.path());
    assert!(!outcome.merged.facts.contains_key("campaign"));
}

#[test]
fn bottlenecks_items_and_indicators_have_theirs() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    report(
        folder.path(),
        "堵点.xlsx",
        "云山县堵点难题清单",
        "序号 督办号 涉及项目 堵点问题 问题类别 责任单位 所在乡镇 解决时限 首次上报月份 进展情况 销号时间 回访情况
         1 督1 甲厂 用地未批 用地 县商务局 城关镇 2026-12 2026-06 推进中 - -
         2 督2 乙厂 贷款未到 资金 县商务局 城关镇 2026-08 2026-06 已解决 2026-07 满意
         3 督3 丙厂 征迁受阻 征迁 县商务局 柳河乡 2026-08 2026-06 推进中 - -",
    );
    report(
        folder.path(),
        "事项.xlsx",
        "云山县领导联系事项推进情况表",
        "序号 事项类别 联系事项 联系领导 责任单位 年度目标 达到情况 进展情况
         1 重大项目 建化工园 甲一 县商务局 投产 达到 已投产
         2 重要企业 帮扶甲厂 甲一 县商务局 增产 未达到 滞后
         3 党建 示范点 乙二 县委督查室 - - 推进",
    );
    report(
        folder.path(),
        "指标.xlsx",
        "云山县2026年1-9月主要经济指标",
        "指标名称 计量单位 1-9月累计 同比增长(%) 全市增速(%) 全市位次 上期位次
         地区生产总值 亿元 120.5 6.2 5.8 3 5
         固定资产投资 亿元 88.1 -4.1 2.1 8 7",
    );
    let outcome = september(folder.path());
    let close_out = sheet(folder.path(), "2026年9月堵点难题排名.xlsx", "乡镇（街道）堵点销号");
    assert_eq!(at(&close_out, "城关镇", "销号率"), "0.5");
    assert_eq!(at(&close_out, "柳河乡", "超期个数"), "1");
    let leaders = sheet(folder.path(), "2026年9月领导联系事项排名.xlsx", "县领导联系事项");
    assert_eq!(at(&leaders, "甲一", "达到率"), "0.5");
    assert_eq!(at(&leaders, "乙二", "没有目标个数"), "1");
    let standing = sheet(folder.path(), "2026年9月经济指标排名.xlsx", "主要指标与全市全省全国比");
    assert_eq!(at(&standing, "地区生产总值", "位次变化"), "2");
    assert_eq!(at(&standing, "固定资产投资", "比全市\n(百分点)"), "-6.2");
    let tickets = &outcome.merged.facts["bottlenecks"];
    assert!((0..3).all(|row| tickets.text("ticket", row).is_some_and(|text| text.starts_with('督'))));
}
