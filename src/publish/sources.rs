//! 数据来源: every sheet of every file, what became of its rows, what was found in it; the sums on top.

use std::collections::HashMap;
use std::sync::Arc;

use super::names;
use super::report::{Report, SourceSheet};
use super::style::Shown;
use super::table::{Cell, Column, Frame, Table};
use super::workbook;
use crate::finding::Level;
use crate::layout::RowKind;

/// Text columns before the counts.
const WORDS: usize = 5;

/// A column of counts: its title and what it counts.
type Count = (&'static str, fn(&SourceSheet) -> usize);

const COUNTS: [Count; 12] = [
    ("标题表头行", |s| rows(s, &[RowKind::Title, RowKind::Caption, RowKind::Header, RowKind::Section])),
    ("小计合计行", |s| rows(s, &[RowKind::Subtotal, RowKind::Total])),
    ("附注行", |s| rows(s, &[RowKind::Note])),
    ("空行", |s| rows(s, &[RowKind::Blank])),
    ("非账册行", |s| s.passed_over),
    ("数据行", |s| rows(s, &[RowKind::Data])),
    ("并入", |s| s.merged),
    ("退回待改", |s| s.set_aside),
    ("移出", |s| s.taken_off),
    ("强制性", |s| found(s, Level::Error)),
    ("核实性", |s| found(s, Level::Query)),
    ("提示性", |s| found(s, Level::Note)),
];

/// The cells of 数据来源 by file and sheet.
pub(super) struct Addresses(SheetsOfFiles);

/// The sheets of each file, by its name, with their cells.
type SheetsOfFiles = HashMap<Arc<str>, Vec<(Option<Arc<str>>, String)>>;

impl Addresses {
    /// The cell that tells of a sheet.
    pub(super) fn of(&self, file: &str, sheet: &str) -> Option<&str> {
        let sheets = self.0.get(file)?.iter();
        let mut found = sheets.filter(|(name, _)| name.as_deref().unwrap_or_default() == sheet);
        found.next().map(|(_, address)| address.as_str())
    }
}

/// Where each sheet of each file stands.
pub(super) fn addresses(report: &Report) -> Addresses {
    let frame = Frame::of(false, true, report.sources.len());
    let mut found = SheetsOfFiles::new();
    // Of two tables on one sheet the first is found.
    for (at, source) in report.sources.iter().enumerate() {
        found.entry(source.file.clone()).or_default().push((source.sheet.clone(), frame.address(at, 1)));
    }
    Addresses(found)
}

/// The sheet.
pub(super) fn table(report: &Report) -> Table {
    let mut columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("来源文件", 46.0),
        Column::of("内容摘要", Shown::Centre),
        Column::text("工作表", 24.0),
        Column::text("台账", 20.0),
    ];
    columns.extend(COUNTS.iter().map(|(title, _)| Column::of(*title, Shown::Count)));
    let (office, _) = workbook::caption(report);
    Table {
        sheet: names::SOURCES.to_owned(),
        title: format!("{}{}数据来源", report.county, report.period.in_words()),
        caption: (office, format!("单位：行、条    {}", workbook::until(report))),
        above: None,
        printed: columns.len(),
        columns,
        total: Some(total(report.sources)),
        rows: report.sources.iter().enumerate().map(|(at, source)| row(at, source)).collect(),
        notes: vec![
            "注：内容摘要是文件内容 SHA-256 的前几位，同名文件内容不同则摘要不同。“退回待改”的行没有计入，原因见核验报告；“移出”的行按口径说明中的决定不计入；“非账册行”是封面、说明等工作表和重复文件的行，以及已由更正的报表代替的行。".to_owned(),
        ],
        frozen: 0,
        filter: false,
        row_height: 20.0,
    }
}

fn row(at: usize, source: &SourceSheet) -> Vec<Cell> {
    let sheet = match &source.sheet {
        Some(sheet) => Cell::text(sheet.as_ref()),
        None => Cell::text("（未能打开）"),
    };
    let book = Cell::text(source.book.as_deref().unwrap_or("—"));
    let words =
        [Cell::number((at + 1) as f64), Cell::text(source.file.as_ref()), Cell::text(&source.digest), sheet, book];
    let counts = COUNTS.iter().map(|(_, count)| Cell::number(count(source) as f64));
    words.into_iter().chain(counts).collect()
}

fn total(sources: &[SourceSheet]) -> Vec<Cell> {
    let frame = Frame::of(false, true, sources.len());
    let mut cells = vec![Cell::blank(), Cell::text("合计"), Cell::blank(), Cell::blank(), Cell::blank()];
    cells.extend(COUNTS.iter().enumerate().map(|(at, (_, count))| {
        let sum: usize = sources.iter().map(count).sum();
        Cell::number(sum as f64).by(format!("=SUM({})", frame.range(WORDS + at)))
    }));
    cells
}

/// How many rows of some kinds a sheet has.
pub(super) fn rows(source: &SourceSheet, kinds: &[RowKind]) -> usize {
    source.rows.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, count)| count).sum()
}

fn found(source: &SourceSheet, level: Level) -> usize {
    source.findings.iter().filter(|(of, _)| *of == level).map(|(_, count)| count).sum()
}
