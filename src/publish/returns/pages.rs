//! What the two added sheets say: 需修改事项 first, 回执 last.

use super::looks::Look;
use super::written::{Cell, Line, Page};
use super::{ReturnLine, ReturnReport, ReturnStatus};
use crate::finding::Level;
use crate::origin::{cell_address, column_letters};
use crate::publish::widths;

/// The first sheet.
pub(super) const FINDINGS: &str = "需修改事项";
/// The last sheet.
pub(super) const RECEIPT: &str = "回执";
/// The row of the first sheet that names its columns; a return that comes back is known by what stands in it.
pub(super) const HEADER_ROW: usize = 5;

const COLUMNS: [(&str, f64); 8] = [
    ("级别", 8.0),
    ("位置", 24.0),
    ("项目", 18.0),
    ("问题", 33.0),
    ("应为", 24.0),
    ("怎么办", 24.0),
    ("说明（请填写）", 24.0),
    ("规则编号", 13.0),
];
const RECEIPT_WIDTHS: [f64; 5] = [22.0, 18.0, 12.0, 12.0, 40.0];

/// Where each line leads: the cell that shows it, as a reader writes it and as a link does.
pub(super) type Shown = Vec<(String, Option<String>)>;

/// 需修改事项; `shown` has one entry for each line.
pub(super) fn findings(report: &ReturnReport, shown: &Shown, remarks: &[String]) -> Page {
    let widths: Vec<f64> = COLUMNS.iter().map(|(_, width)| *width).collect();
    let whole: f64 = widths.iter().sum();
    let unit = report.unit.as_deref().map(|unit| format!("{unit}　　")).unwrap_or_default();
    let mut how = how_to(report, shown.iter().any(|(_, link)| link.is_some())).to_owned();
    for remark in remarks {
        how.push('\n');
        how.push_str(remark);
    }
    let over = |look: Look, text: String, least: f64| {
        let height = widths::height(widths::lines(&text, whole), least);
        Line { height, cells: vec![Cell::of(look, text)] }
    };
    let mood = if report.status() == ReturnStatus::Correct { Look::Strong } else { Look::Calm };
    let mut lines = vec![
        over(Look::Title, format!("{}报表退改单：需修改事项", report.period.in_words()), 28.0),
        over(Look::Sentence, format!("{unit}文件：{}", report.file), 18.0),
        over(mood, state(report), 20.0),
        over(Look::Sentence, how, 18.0),
        Line { height: 20.0, cells: COLUMNS.iter().map(|(title, _)| Cell::of(Look::Header, *title)).collect() },
    ];
    lines.extend(report.lines.iter().zip(shown).map(|(line, shown)| row(line, shown)));
    let last = lines.len();
    let filter = (last > HEADER_ROW + 1).then_some((HEADER_ROW, last));
    let end = column_letters(COLUMNS.len() as u32);
    let mut merges: Vec<String> = (1..HEADER_ROW).map(|row| format!("A{row}:{end}{row}")).collect();
    if report.lines.is_empty() {
        lines.push(over(Look::Sentence, "没有需要修改或核实的事项。".to_owned(), 20.0));
        merges.push(format!("A{}:{end}{}", last + 1, last + 1));
    }
    Page { widths, lines, merges, frozen: HEADER_ROW, filter, chosen: true, landscape: true }
}

fn state(report: &ReturnReport) -> String {
    let open =
        |level: Level| report.lines.iter().filter(|line| line.level == level && line.explanation.is_none()).count();
    let told = [
        (open(Level::Error), "强制性", "须改正"),
        (open(Level::Query), "核实性", "须核实"),
        (open(Level::Note), "提示性", "供参考"),
    ];
    let mut told: Vec<String> = told
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, level, what)| format!("{level}{count}条（{what}）"))
        .collect();
    let explained = report.lines.iter().filter(|line| line.explanation.is_some()).count();
    if explained > 0 {
        told.push(format!("已说明{explained}条"));
    }
    let told = if told.is_empty() { String::new() } else { format!("：{}", told.join("，")) };
    format!("状态：{}{told}", report.status().title())
}

/// `marked` is whether there are cells to see: a file that could not be read has none.
fn how_to(report: &ReturnReport, marked: bool) -> &'static str {
    match report.status() {
        ReturnStatus::Correct | ReturnStatus::Query if !marked => {
            "请按下表的要求处理后重新报送；属实的，在“说明”栏写明原因，把本工作簿发回统计局。"
        }
        ReturnStatus::Correct => {
            "有问题的单元格已标色并加了批注，点“位置”可直接跳到。请在本工作簿中改正强制性问题；核实性问题属实的，在“说明”栏写明原因。\
             改好后把整个工作簿发回统计局，本表和“回执”不用删除。"
        }
        ReturnStatus::Query => {
            "数据已采用。标色的单元格请核实：有误的在本工作簿中改正，属实的在“说明”栏写明原因，然后把整个工作簿发回统计局，\
             本表和“回执”不用删除。"
        }
        ReturnStatus::Accepted => "数据已采用，不需要再报。",
    }
}

fn row(line: &ReturnLine, (place, link): &(String, Option<String>)) -> Line {
    let level = match line.explanation {
        Some(_) => Cell::of(Look::Centre, format!("{}\n（已说明）", line.level.title())),
        None => Cell::of(Look::Level(line.level), line.level.title()),
    };
    let look = if link.is_some() { Look::Link } else { Look::Text };
    let cells = vec![
        level,
        Cell::of(look, place.as_str()).linked(link.clone()),
        Cell::of(Look::Text, line.project.as_deref().unwrap_or_default()),
        Cell::of(Look::Text, line.problem.as_str()),
        Cell::of(Look::Text, line.expected.as_str()),
        Cell::of(Look::Text, line.advice.as_str()),
        Cell::of(Look::Answer, line.explanation.as_deref().unwrap_or_default()),
        Cell::of(Look::Small, &*line.rule),
    ];
    // An indent takes the place of one digit.
    let lines = |(cell, (_, width)): (&Cell, &(&str, f64))| widths::lines(&cell.text, width - 1.5);
    let most = cells.iter().zip(&COLUMNS).map(lines).max().unwrap_or(1);
    Line { height: widths::height(most, 24.0), cells }
}

/// Where a line points, as its reader finds it: the cell, what its column is, the sheet; on one line, since
/// not every program breaks a link.
pub(super) fn place(line: &ReturnLine, cell: Option<(u32, u32)>) -> String {
    let sheet = line.sheet.as_deref().unwrap_or_default();
    let field = &line.field;
    match cell {
        Some((row, column)) if line.column.is_some() || line.row.is_some() => {
            let cell = cell_address(row, column);
            let field = if field.is_empty() { String::new() } else { format!(" {field}") };
            format!("{cell}{field}（{sheet}）")
        }
        _ if sheet.is_empty() => "整个文件".to_owned(),
        _ => format!("整张表（{sheet}）"),
    }
}

/// 回执: what the file was, when it came, what was read of it, and what became of it.
pub(super) fn receipt(report: &ReturnReport) -> Page {
    let end = column_letters(RECEIPT_WIDTHS.len() as u32);
    let mut lines = vec![Line {
        height: 28.0,
        cells: vec![Cell::of(Look::Title, format!("{}报表回执", report.period.in_words()))],
    }];
    let mut merges = vec![format!("A1:{end}1")];
    let digest = if report.digest.is_empty() { "（文件无法读取）" } else { &report.digest };
    let facts = [
        ("报送单位", report.unit.clone().unwrap_or_else(|| "（未能确定）".to_owned())),
        ("文件", report.file.to_string()),
        ("大小", format!("{}字节", report.size)),
        ("内容摘要（SHA-256）", digest.to_owned()),
        ("收到时间", report.received.clone().unwrap_or_else(|| "（未登记）".to_owned())),
        ("状态", report.status().title().to_owned()),
    ];
    let room: f64 = RECEIPT_WIDTHS[1..].iter().sum();
    for (label, said) in facts {
        let row = lines.len() + 1;
        let height = widths::height(widths::lines(&said, room - 2.0), 20.0);
        let mut cells = vec![Cell::of(Look::Label, label), Cell::of(Look::Text, said)];
        cells.resize(RECEIPT_WIDTHS.len(), Cell::of(Look::Text, ""));
        lines.push(Line { height, cells });
        merges.push(format!("B{row}:{end}{row}"));
    }
    lines.push(Line { height: 10.0, cells: Vec::new() });
    let titles = ["工作表", "读作", "采用行数", "未用行数", "情况"];
    lines.push(Line { height: 20.0, cells: titles.iter().map(|title| Cell::of(Look::Header, *title)).collect() });
    for sheet in &report.sheets {
        let book = sheet.book.clone().unwrap_or_else(|| "—".to_owned());
        let said =
            [sheet.sheet.to_string(), book, sheet.used.to_string(), sheet.unused.to_string(), sheet.remark.clone()];
        let fits = said.iter().zip(RECEIPT_WIDTHS).map(|(text, width)| widths::lines(text, width - 1.5));
        let height = widths::height(fits.max().unwrap_or(1), 20.0);
        let looks = [Look::Text, Look::Text, Look::Centre, Look::Centre, Look::Text];
        lines.push(Line {
            height,
            cells: said.into_iter().zip(looks).map(|(text, look)| Cell::of(look, text)).collect(),
        });
    }
    if report.sheets.is_empty() {
        let row = lines.len() + 1;
        let mut cells = vec![Cell::of(Look::Text, "没有读到工作表")];
        cells.resize(RECEIPT_WIDTHS.len(), Cell::of(Look::Text, ""));
        lines.push(Line { height: 20.0, cells });
        merges.push(format!("A{row}:{end}{row}"));
    }
    let row = lines.len() + 1;
    let words = "状态说明：已采用——数据已进入本期汇总；已采用，有核实事项——数据已进入汇总，所列事项请核实；请修改——有强制性问题，\
                 改正后重新报送。本表由程序生成，供双方核对收到的是哪一份文件。";
    let room: f64 = RECEIPT_WIDTHS.iter().sum();
    lines.push(Line {
        height: widths::height(widths::lines(words, room), 30.0),
        cells: vec![Cell::of(Look::Sentence, words)],
    });
    merges.push(format!("A{row}:{end}{row}"));
    Page { widths: RECEIPT_WIDTHS.to_vec(), lines, merges, frozen: 0, filter: None, chosen: false, landscape: false }
}
