//! Sheets of 核验报告.xlsx beside the findings: how every rule went, and the layouts that are in doubt.

use super::findings::{CheckReport, where_in};
use super::style::Shown;
use super::table::{Cell, Column, Table};
use crate::finding::{Finding, Level};

/// How a rule of a book went.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLine {
    /// The book's title.
    pub book: String,
    /// The rule's id.
    pub rule: String,
    /// What a failure asks for.
    pub level: Level,
    /// What it holds, in words; empty for a rule that the program holds itself.
    pub words: String,
    /// The fields that it looks at, as readers call them.
    pub fields: String,
    /// Rows that it held for.
    pub held: usize,
    /// Rows that failed it.
    pub failed: usize,
    /// Rows that lack a value it needs.
    pub not_evaluated: usize,
}

/// 规则执行: every rule with how it went, those that could not be evaluated for most rows first.
pub(super) fn rules(report: &CheckReport) -> Table {
    let mut lines: Vec<&RuleLine> = report.rules.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.not_evaluated));
    let silent = lines.iter().filter(|line| line.not_evaluated > 0).count();
    let never = lines.iter().filter(|line| line.not_evaluated > 0 && line.held + line.failed == 0).count();
    let columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("台账", 20.0),
        Column::text("规则编号", 30.0),
        Column::of("级别", Shown::Centre),
        Column::text("不通过时的提示", 56.0),
        Column::text("所看字段", 26.0),
        Column::of("通过", Shown::Count),
        Column::of("不通过", Shown::Count),
        Column::of("无法判断", Shown::Count),
        Column::of("执行情况", Shown::Centre),
    ];
    let row = |(at, line): (usize, &&RuleLine)| {
        let state = match (line.not_evaluated, line.held + line.failed) {
            (0, 0) => "没有数据行",
            (0, _) => "全部判断",
            (_, 0) => "全部无法判断",
            _ => "部分无法判断",
        };
        vec![
            Cell::number((at + 1) as f64),
            Cell::text(&line.book),
            Cell::text(&line.rule),
            Cell::text(line.level.title()),
            Cell::text(&line.words),
            Cell::text(&line.fields),
            Cell::number(line.held as f64),
            Cell::number(line.failed as f64),
            Cell::number(line.not_evaluated as f64),
            Cell::text(state),
        ]
    };
    Table {
        sheet: "规则执行".to_owned(),
        title: format!("{}审核规则执行情况", report.period.in_words()),
        caption: (format!("共{}条规则，{silent}条有无法判断的行，其中{never}条全部无法判断", lines.len()), "单位：行".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: lines.iter().enumerate().map(row).collect(),
        notes: vec![
            "注：无法判断是规则要看的数没有填报（或无法识别），既不算通过，也不算不通过；跨期规则对没有上期数的行无法判断。".to_owned(),
        ],
        frozen: 3,
        filter: true,
        row_height: 18.0,
    }
}

/// What a finding's rule begins with where it is about how a sheet was read, and not about its figures.
const OF_LAYOUT: [&str; 4] = ["header.", "layout.", "column.", "sheet."];

/// Whether a finding leaves in doubt how a sheet is to be read.
pub fn is_doubt(finding: &Finding) -> bool {
    finding.level != Level::Info && OF_LAYOUT.iter().any(|start| finding.rule.starts_with(start))
}

/// 版式存疑: what is in doubt about how sheets were read, with what settles it.
pub(super) fn doubts(report: &CheckReport) -> Table {
    let doubts: Vec<&Finding> = report.findings.iter().filter(|finding| is_doubt(finding)).collect();
    let columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("报送单位", 22.0),
        Column::text("文件", 34.0),
        Column::text("工作表", 18.0),
        Column::text("读作", 16.0),
        Column::of("位置", Shown::Centre),
        Column::of("级别", Shown::Centre),
        Column::text("疑问", 56.0),
        Column::text("怎么办", 40.0),
    ];
    let row = |(at, finding): (usize, &&Finding)| {
        let place = &finding.place;
        vec![
            Cell::number((at + 1) as f64),
            Cell::text((report.unit)(place)),
            Cell::text(&*place.file),
            Cell::text(place.sheet.as_deref().unwrap_or_default()),
            Cell::text((report.book)(place)),
            Cell::text(where_in(place)),
            Cell::text(finding.level.title()),
            Cell::text(&*finding.message),
            Cell::text(&*finding.advice),
        ]
    };
    let notes = match doubts.is_empty() {
        true => "本期各表的版式都认得清楚。",
        false => {
            "注：统计局认定一次版式后不再询问：wuzhang layout confirm 文件 --sheet 工作表 --column 列=字段；也可以请单位改正表头。"
        }
    };
    Table {
        sheet: "版式存疑".to_owned(),
        title: format!("{}版式存疑的工作表", report.period.in_words()),
        caption: (format!("共{}处", doubts.len()), "看不清的列没有采用，或按所写的理解采用".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: doubts.iter().enumerate().map(row).collect(),
        notes: vec![notes.to_owned()],
        frozen: 0,
        filter: true,
        row_height: 20.0,
    }
}
