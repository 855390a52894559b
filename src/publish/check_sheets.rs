//! Sheets of 核验报告.xlsx beside the findings: how many each unit has, and where every row of every file went.

use super::findings::{CheckReport, FIRST, LEVEL_COLUMN, SHEET, UNIT_COLUMN, is_same_sheet};
use super::members::is_plain;
use super::report::SourceSheet;
use super::style::Shown;
use super::table::{Cell, Column, Frame, Table};
use super::{names, sources};
use crate::finding::{Level, Place};
use crate::layout::RowKind;
use crate::origin::column_letters;
use crate::register::UnitState;
use crate::text::TextMap;

/// The levels that departments are asked about.
const ASKED: [Level; 3] = [Level::Error, Level::Query, Level::Note];

/// 按单位汇总: each unit with the state of its reports and its findings by level, the gravest first; `last` is the
/// last row of the findings' sheet, `None` where that has not all of them.
pub(super) fn by_unit(report: &CheckReport, last: Option<u32>) -> Table {
    let units = counted(report);
    let mut states: TextMap<&str, &UnitState> = TextMap::default();
    for unit in report.reporting.units {
        states.entry(&unit.unit).or_insert(unit);
    }
    let frame = Frame::of(false, true, units.len());
    let rows = units.iter().enumerate().map(|(at, (unit, counts))| {
        let state = states.get(unit).and_then(|known| known.state).map_or("—", |state| state.title());
        unit_row((at, unit, state), counts, frame, last)
    });
    let columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("报送单位", 40.0),
        Column::of("报送状态", Shown::Centre),
        Column::of("强制性", Shown::Count),
        Column::of("核实性", Shown::Count),
        Column::of("提示性", Shown::Count),
        Column::of("合计", Shown::Count),
    ];
    Table {
        sheet: "按单位汇总".to_owned(),
        title: format!("{}各单位核验情况", report.period.in_words()),
        caption: (format!("{}个单位", units.len()), "单位：条".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: Some(unit_total(&units, frame)),
        rows: rows.collect(),
        notes: vec![
            "注：报送状态取该单位各报表中最差的一种；没有单位的是看不出由谁报送的文件。改动“问题清单”后本表自动重算。"
                .to_owned(),
        ],
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

/// The units that owe reports or are asked about some, each with its findings by level, the gravest first.
fn counted<'a>(report: &CheckReport<'a>) -> Vec<(&'a str, [usize; 3])> {
    let mut counts: TextMap<&str, [usize; 3]> =
        report.reporting.units.iter().map(|unit| (unit.unit.as_str(), [0; 3])).collect();
    // Findings come by place.
    for of_sheet in report.findings.chunk_by(|a, b| is_same_sheet(&a.place, &b.place)) {
        let count = |level| of_sheet.iter().filter(|finding| finding.level == level).count();
        let found = ASKED.map(count);
        if found != [0; 3] {
            let unit = counts.entry((report.unit)(&of_sheet[0].place)).or_default();
            unit.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
        }
    }
    let mut units: Vec<(&str, [usize; 3])> = counts.into_iter().collect();
    units.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    units
}

fn unit_row((at, unit, state): (usize, &str, &str), counts: &[usize; 3], frame: Frame, last: Option<u32>) -> Vec<Cell> {
    let name = if unit.is_empty() { NO_UNIT } else { unit };
    let mut cells = vec![Cell::number((at + 1) as f64), Cell::text(name), Cell::text(state)];
    let range = |column: u16| {
        let letters = column_letters(u32::from(column) + 1);
        let last = last.unwrap_or_default().max(FIRST);
        format!("{}!${letters}${FIRST}:${letters}${last}", names::quoted(SHEET))
    };
    let name_at = frame.address(at, 1);
    for (level, count) in ASKED.iter().zip(counts) {
        let (units, levels, level) = (range(UNIT_COLUMN), range(LEVEL_COLUMN), level.title());
        let formula = match is_plain(name) {
            true => format!("=COUNTIFS({units},{name_at},{levels},\"{level}\")"),
            false => format!("=SUMPRODUCT(--EXACT({units},{name_at}),--({levels}=\"{level}\"))"),
        };
        let cell = Cell::number(*count as f64);
        cells.push(if last.is_some() { cell.by(formula) } else { cell });
    }
    let sum = format!("=SUM({}:{})", frame.address(at, 3), frame.address(at, 5));
    cells.push(Cell::number(counts.iter().sum::<usize>() as f64).by(sum));
    cells
}

/// What stands for the unit of findings that none is known for.
pub(super) const NO_UNIT: &str = "（未明单位）";

fn unit_total(units: &[(&str, [usize; 3])], frame: Frame) -> Vec<Cell> {
    let mut cells = vec![Cell::blank(), Cell::text("合计"), Cell::blank()];
    for column in 0..4 {
        let sum: usize =
            units.iter().map(|(_, counts)| counts.get(column).map_or_else(|| counts.iter().sum(), |n| *n)).sum();
        cells.push(Cell::number(sum as f64).by(format!("=SUM({})", frame.range(3 + column))));
    }
    cells
}

/// Counts of rows of a file: a title and what it counts.
type Count = (&'static str, fn(&SourceSheet) -> usize);

/// What the rows of a file are, then what became of those with data.
const COUNTS: [Count; 7] = [
    ("标题表头等", |s| {
        let heads = [RowKind::Title, RowKind::Caption, RowKind::Header, RowKind::Section];
        sources::rows(s, &heads) + sources::rows(s, &[RowKind::Note, RowKind::Blank])
    }),
    ("小计合计", |s| sources::rows(s, &[RowKind::Subtotal, RowKind::Total])),
    ("非账册", |s| s.passed_over),
    ("数据行", |s| sources::rows(s, &[RowKind::Data])),
    ("汇总", |s| s.merged),
    ("搁置", |s| s.set_aside),
    ("按决定移出", |s| s.taken_off),
];
/// Where the counts begin.
const FIRST_COUNT: usize = 5;
/// The count of data rows, among the counts.
const DATA: usize = 3;

/// 行数核对: every file with where its rows went; what data rows became adds up to them.
pub(super) fn accounts(report: &CheckReport) -> Table {
    let files: Vec<&[SourceSheet]> = report.sources.chunk_by(|a, b| a.file == b.file).collect();
    let mut columns = vec![
        Column::of("序号", Shown::Centre),
        Column::text("文件", 46.0),
        Column::text("报送单位", 24.0),
        Column::of("工作表数", Shown::Count),
        Column::of("总行数", Shown::Count),
    ];
    columns.extend(COUNTS.iter().map(|(title, _)| Column::of(*title, Shown::Count)));
    columns.push(Column::of("差额", Shown::Count));
    columns.push(Column::text("说明", 20.0));
    let frame = Frame::of(false, true, files.len());
    let rows = files.iter().enumerate().map(|(at, sheets)| account(report, at, sheets, frame));
    Table {
        sheet: "行数核对".to_owned(),
        title: format!("{}报表行数核对", report.period.in_words()),
        caption: (format!("{}个文件", files.len()), "单位：行".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        rows: rows.collect(),
        total: Some(account_total(report.sources, frame)),
        notes: vec![
            "注：差额＝数据行－汇总－搁置－按决定移出，应为0；“非账册”是封面、说明等工作表、重复的文件和已由更正报表代替的行；\
             搁置的行没有计入，原因见“问题清单”。"
                .to_owned(),
        ],
        frozen: 2,
        filter: true,
        row_height: 20.0,
    }
}

fn account(report: &CheckReport, at: usize, sheets: &[SourceSheet], frame: Frame) -> Vec<Cell> {
    let count = |of: fn(&SourceSheet) -> usize| sheets.iter().map(of).sum::<usize>();
    let opened = sheets.iter().filter(|sheet| sheet.sheet.is_some()).count();
    let place = Place::file(&sheets[0].file);
    let address = |column: usize| frame.address(at, FIRST_COUNT + column);
    let all: usize = COUNTS[..=DATA].iter().map(|(_, of)| count(*of)).sum();
    let mut cells = vec![
        Cell::number((at + 1) as f64),
        Cell::text(&*sheets[0].file),
        Cell::text((report.unit)(&place)),
        Cell::number(opened as f64),
        Cell::number(all as f64).by(format!("=SUM({}:{})", address(0), address(DATA))),
    ];
    cells.extend(COUNTS.iter().map(|(_, of)| Cell::number(count(*of) as f64)));
    let left = COUNTS[DATA + 1..].iter().fold(count(COUNTS[DATA].1) as f64, |left, (_, of)| left - count(*of) as f64);
    let formula = format!("={}-{}-{}-{}", address(DATA), address(DATA + 1), address(DATA + 2), address(DATA + 3));
    cells.push(Cell::number(left).by(formula));
    cells.push(Cell::text(if opened == 0 { "未能打开" } else { "" }));
    cells
}

fn account_total(all: &[SourceSheet], frame: Frame) -> Vec<Cell> {
    let mut cells = vec![Cell::blank(), Cell::text("合计"), Cell::blank()];
    let mut add = |column: usize, sum: f64| cells.push(Cell::number(sum).by(format!("=SUM({})", frame.range(column))));
    let count = |of: fn(&SourceSheet) -> usize| all.iter().map(of).sum::<usize>() as f64;
    add(3, all.iter().filter(|sheet| sheet.sheet.is_some()).count() as f64);
    add(4, COUNTS[..=DATA].iter().map(|(_, of)| count(*of)).sum());
    for (at, (_, of)) in COUNTS.iter().enumerate() {
        add(FIRST_COUNT + at, count(*of));
    }
    let left = COUNTS[DATA + 1..].iter().fold(count(COUNTS[DATA].1), |left, (_, of)| left - count(*of));
    add(FIRST_COUNT + COUNTS.len(), left);
    cells.push(Cell::blank());
    cells
}
