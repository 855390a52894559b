//! `wuzhang trace`: the cells that a figure is made from, for people.

use std::fmt::Write;

use super::aligned::{Side, aligned, shortened};
use super::measures::shown;
use super::trace_args::TraceArgs;
use super::trace_json::trace_json;
use super::{CommandError, Exit, Said};
use crate::amount::{self, YUAN_PER_WAN};
use crate::measure::Figure;
use crate::pipeline::Tracing;
use crate::profile::MeasuredIn;
use crate::score::plain;
use crate::trace::{Basis, CellTrace, Role, Row, Rows, Source, Traced, Value, Wanted, What};

/// The places of a text on a terminal.
const WIDEST: usize = 40;

/// `wuzhang trace`
pub(super) fn trace(args: &TraceArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let tracing = Tracing::open(&workspace, args.at.period, &|_| {})?;
    let wanted =
        Wanted { book: args.book.as_deref(), ranking: &args.ranking, group: &args.group, measure: &args.measure };
    let (asked, traced) = tracing.with(|tracer| {
        let asked = tracer.find(wanted)?;
        let traced = tracer.trace(asked)?;
        let own = [asked.book, asked.ranking].map(str::to_owned);
        Ok::<_, CommandError>((own, traced))
    })?;
    let text = match args.json {
        true => format!("{:#}\n", trace_json(&asked, &traced, &tracing.changed)),
        false => trace_text(&traced, &tracing.changed, args.all),
    };
    let exit = if traced.adds_up() { Exit::Clean } else { Exit::Unfinished };
    Ok(Said { text, exit })
}

/// For people: the figure, what it is made from, and whether that comes to it.
pub fn trace_text(traced: &Traced, changed: &[String], all: bool) -> String {
    let mut text = String::new();
    if !changed.is_empty() {
        text += "注意：以下按工作区现在的内容计算，与台账记录的运行未必相同：\n";
        for change in changed {
            let _ = writeln!(text, "  {change}");
        }
        text.push('\n');
    }
    tell(&mut text, traced, 0, all);
    let faults = traced.faults();
    if faults.is_empty() {
        text += "\n核对：以上各项合起来与此数完全一致。\n";
    } else {
        text += "\n核对不符：\n";
        for fault in faults {
            let _ = writeln!(text, "  {fault}");
        }
        text += "  这是程序的错误，请连同本页报告。\n";
    }
    text
}

/// A figure and what it is made from, further in for each step down.
fn tell(text: &mut String, traced: &Traced, depth: usize, all: bool) {
    let indent = "  ".repeat(depth);
    let sides = sides(&traced.figure);
    let _ = writeln!(
        text,
        "{indent}{}  {}  {}：{}{sides}",
        traced.period.in_words(),
        traced.group,
        traced.title,
        shown(&traced.figure)
    );
    let _ = writeln!(text, "{indent}口径：{}", traced.words);
    match &traced.basis {
        Basis::Rows(rows) => tell_rows(text, traced, rows, &indent, all),
        Basis::Reckoned(sources) => {
            for source in sources {
                tell_source(text, source, depth + 1, all);
            }
        }
    }
}

fn tell_source(text: &mut String, source: &Source, depth: usize, all: bool) {
    let indent = "  ".repeat(depth);
    match &source.what {
        What::Figure(traced) => {
            let _ = writeln!(text, "{indent}【{}】", source.role);
            tell(text, traced, depth, all);
        }
        What::Number { words, value } => {
            let _ = writeln!(text, "{indent}【{}】{}  {words}", source.role, plain(*value));
        }
        What::Setting { place, written, value, measured_in } => {
            let written = written.as_ref().map_or("", |written| written.text.as_str());
            let read = match measured_in {
                MeasuredIn::Yuan => format!("{}万元", amount::wan(*value)),
                _ => value.to_string(),
            };
            let place = place.in_words();
            let _ = writeln!(text, "{indent}【{}】{place}  原文“{written}”，读作{read}", source.role);
        }
        What::Missing(why) => {
            let _ = writeln!(text, "{indent}【{}】没有：{why}", source.role);
        }
    }
}

/// `（分子 1200 万元，分母 3000 万元）`
fn sides(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(above), Some(below)) => format!("（分子{}，分母{}）", number(figure, above), number(figure, below)),
        _ => String::new(),
    }
}

/// One side of a figure: 万元 for large numbers of yuan, else as it is.
fn number(figure: &Figure, number: i64) -> String {
    let money = figure.measured_in == MeasuredIn::Yuan || number.unsigned_abs() >= YUAN_PER_WAN.unsigned_abs();
    if money { format!("{}万元", amount::wan(number)) } else { number.to_string() }
}

fn tell_rows(text: &mut String, traced: &Traced, rows: &Rows, indent: &str, all: bool) {
    let gives = |row: &Row| [row.numerator, row.denominator].into_iter().flatten().any(|number| number != 0);
    let told: Vec<&Row> = rows.rows.iter().filter(|row| all || gives(row)).collect();
    let ratio = traced.figure.denominator.is_some();
    let mut lines = vec![head(ratio)];
    for row in &told {
        lines.extend(row_lines(row, traced, ratio));
    }
    let mut sum =
        vec!["合计".to_owned(), format!("{}行", rows.rows.len()), String::new(), String::new(), String::new()];
    sum.push(traced.figure.numerator.map_or_else(|| "—".to_owned(), |above| number(&traced.figure, above)));
    sum.extend(
        ratio.then(|| traced.figure.denominator.map_or_else(|| "—".to_owned(), |below| number(&traced.figure, below))),
    );
    lines.push(sum);
    let mut columns = vec![Side::Left, Side::Left, Side::Left, Side::Left, Side::Left, Side::Right];
    columns.extend(ratio.then_some(Side::Right));
    columns.push(Side::Left);
    *text += &aligned(&format!("{indent}  "), &columns, &lines);
    let others = rows.rows.len() - told.len();
    if others > 0 {
        let _ = writeln!(text, "{indent}  另有{others}行计为0或没有数，加 --all 列出");
    }
    if !(rows.adds_above && rows.adds_below) {
        let _ = writeln!(text, "{indent}  此数不是各行之和，是由所列各行按公式算得的");
    }
}

fn head(ratio: bool) -> Vec<String> {
    let mut head = ["项目", "单元格", "内容", "原文", "读作", "计入分子"].map(str::to_owned).to_vec();
    head.extend(ratio.then(|| "计入分母".to_owned()));
    head.push("核验与决定".to_owned());
    head
}

/// A line a cell; what the row gives stands in the first.
fn row_lines(row: &Row, traced: &Traced, ratio: bool) -> Vec<Vec<String>> {
    let given = |counted: Option<i64>, whole: Option<i64>| {
        let counts = counted.map_or_else(|| "—".to_owned(), |counted| number(&traced.figure, counted));
        match (row.share, whole) {
            (Some(share), Some(whole)) if counted != Some(whole) => {
                format!("{}×{share}={counts}", number(&traced.figure, whole))
            }
            _ => counts,
        }
    };
    // What gives the number stands first; the subject names the line, and a column that a sheet lacks says nothing.
    let weight = |cell: &&CellTrace| cell.roles.iter().filter(|role| **role != Role::Subject).min().copied();
    let says = |cell: &&CellTrace| cell.written.is_some() || cell.read.is_some() || !cell.findings.is_empty();
    let decides = |cell: &&CellTrace| weight(cell).is_some_and(|role| says(cell) || role < Role::Group);
    let mut cells: Vec<&CellTrace> = row.cells.iter().filter(decides).collect();
    cells.sort_by_key(weight);
    if cells.is_empty() {
        cells.extend(row.cells.first());
    }
    let mut lines = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let first = at == 0;
        let roles: Vec<&str> = cell.roles.iter().map(|role| role.title()).collect();
        let mut line = vec![
            if first { shortened(&row.name, WIDEST) } else { String::new() },
            place(cell),
            format!("{}（{}）", cell.title, roles.join("、")),
            written(cell),
            cell.read.as_ref().map_or_else(|| "—".to_owned(), read),
        ];
        line.push(if first { given(row.numerator, row.whole_numerator) } else { String::new() });
        line.extend(ratio.then(|| if first { given(row.denominator, row.whole_denominator) } else { String::new() }));
        let mut said: Vec<String> =
            cell.findings.iter().map(|finding| format!("{}：{}", finding.rule, finding.message)).collect();
        if let Some(reported) = &cell.reported {
            said.push(format!("填报{}", read(reported)));
        }
        if first {
            said.extend(row.decisions.iter().cloned());
        }
        line.push(said.join("；"));
        lines.push(line);
    }
    lines
}

/// Where a cell stands; in a merged region at the region's first.
fn place(cell: &CellTrace) -> String {
    let file = &cell.place.file;
    let Some(sheet) = &cell.place.sheet else { return format!("{file}（收文登记）") };
    match (&cell.written, cell.place.column) {
        (Some(written), _) => format!("{file} › {sheet} › {}", written.cell),
        (None, Some(_)) => cell.place.in_words(),
        (None, None) => format!("{}（没有这一列）", cell.place.in_words()),
    }
}

fn written(cell: &CellTrace) -> String {
    let Some(written) = &cell.written else { return String::new() };
    let text = shortened(&written.text.replace(['\n', '\r'], " "), WIDEST);
    if written.formula { format!("{text}（公式）") } else { text }
}

fn read(value: &Value) -> String {
    match value {
        Value::Yuan(yuan) => format!("{}万元", amount::wan(*yuan)),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => shortened(&text.replace(['\n', '\r'], " "), WIDEST),
    }
}
