//! `wuzhang trace`: the cells that a figure is made from, for people.

use std::fmt::Write;

use super::aligned::{Side, aligned, shortened};
use super::trace_args::TraceArgs;
use super::trace_json::trace_json;
use super::words::{figure, period, yuan};
use super::{CommandError, Exit, Said};
use crate::amount::YUAN_PER_WAN;
use crate::finding::Finding;
use crate::lang::{self, term};
use crate::measure::Figure;
use crate::pipeline::{Changed, Tracing};
use crate::profile::MeasuredIn;
use crate::say;
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
pub fn trace_text(traced: &Traced, changed: &[Changed], all: bool) -> String {
    let mut text = String::new();
    if !changed.is_empty() {
        let _ = writeln!(text, "{}", say!("trace-changed"));
        for change in changed {
            let _ = writeln!(text, "  {}", change.told());
        }
        text.push('\n');
    }
    tell(&mut text, traced, 0, all);
    let faults = traced.faults();
    if faults.is_empty() {
        let _ = writeln!(text, "\n{}", say!("trace-adds-up"));
    } else {
        let _ = writeln!(text, "\n{}", say!("trace-does-not"));
        for fault in faults {
            let _ = writeln!(text, "  {fault}");
        }
        let _ = writeln!(text, "  {}", say!("trace-report"));
    }
    text
}

/// A figure and what it is made from, further in for each step down.
fn tell(text: &mut String, traced: &Traced, depth: usize, all: bool) {
    let indent = "  ".repeat(depth);
    let _ = writeln!(text, "{indent}{}", head_of(traced));
    let _ = writeln!(text, "{indent}{}", say!("trace-words", words = traced.words));
    match &traced.basis {
        Basis::Rows(rows) => tell_rows(text, traced, rows, &indent, all),
        Basis::Reckoned(sources) => {
            for source in sources {
                tell_source(text, source, depth + 1, all);
            }
        }
    }
}

/// Whose figure of which period it is; a rate with its two sides.
fn head_of(traced: &Traced) -> String {
    let (of, group, title) = (&traced.figure, &traced.group, &traced.title);
    let (period, shown) = (period(traced.period), figure(of));
    match (of.numerator, of.denominator) {
        (Some(above), Some(below)) => {
            let (above, below) = (number(of, above), number(of, below));
            say!(
                "trace-ratio",
                period = period,
                group = group,
                title = title,
                figure = shown,
                above = above,
                below = below
            )
        }
        _ => say!("trace-figure", period = period, group = group, title = title, figure = shown),
    }
}

fn tell_source(text: &mut String, source: &Source, depth: usize, all: bool) {
    let indent = "  ".repeat(depth);
    let role = term(&source.role);
    let told = match &source.what {
        What::Figure(traced) => {
            let _ = writeln!(text, "{indent}{}", say!("trace-role", role = role));
            return tell(text, traced, depth, all);
        }
        What::Number { words, value } => {
            say!("trace-number", role = role, number = plain(*value), words = words)
        }
        What::Setting { place, written, value, measured_in } => {
            let written = written.as_ref().map_or("", |written| written.text.as_str());
            let read = match measured_in {
                MeasuredIn::Yuan => yuan(*value),
                _ => value.to_string(),
            };
            say!("trace-setting", role = role, place = place.in_words(), written = written, read = read)
        }
        What::Missing(why) => say!("trace-missing", role = role, why = why),
    };
    let _ = writeln!(text, "{indent}{told}");
}

/// One side of a figure: 万元 for large numbers of yuan, else as it is.
fn number(figure: &Figure, number: i64) -> String {
    let money = figure.measured_in == MeasuredIn::Yuan || number.unsigned_abs() >= YUAN_PER_WAN.unsigned_abs();
    if money { yuan(number) } else { number.to_string() }
}

fn tell_rows(text: &mut String, traced: &Traced, rows: &Rows, indent: &str, all: bool) {
    let gives = |row: &Row| [row.numerator, row.denominator].into_iter().flatten().any(|number| number != 0);
    let told: Vec<&Row> = rows.rows.iter().filter(|row| all || gives(row)).collect();
    let ratio = traced.figure.denominator.is_some();
    let mut lines = vec![head(ratio)];
    for row in &told {
        lines.extend(row_lines(row, traced, ratio));
    }
    let mut sum = vec![
        say!("trace-sum"),
        say!("trace-rows", count = rows.rows.len()),
        String::new(),
        String::new(),
        String::new(),
    ];
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
        let _ = writeln!(text, "{indent}  {}", say!("trace-others", count = others));
    }
    if !(rows.adds_above && rows.adds_below) {
        let _ = writeln!(text, "{indent}  {}", say!("trace-no-sum"));
    }
}

fn head(ratio: bool) -> Vec<String> {
    let mut head = vec![say!("trace-project"), say!("trace-cell"), say!("trace-content")];
    head.extend([say!("trace-written"), say!("trace-read"), say!("trace-above")]);
    head.extend(ratio.then(|| say!("trace-below")));
    head.push(say!("trace-said"));
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
        let roles: Vec<String> = cell.roles.iter().map(|role| term(role.title())).collect();
        let mut line = vec![
            if first { shortened(&row.name, WIDEST) } else { String::new() },
            place(cell),
            say!("trace-column", title = cell.title, roles = lang::list(&roles)),
            written(cell),
            cell.read.as_ref().map_or_else(|| "—".to_owned(), read),
        ];
        line.push(if first { given(row.numerator, row.whole_numerator) } else { String::new() });
        line.extend(ratio.then(|| if first { given(row.denominator, row.whole_denominator) } else { String::new() }));
        let found = |finding: &Finding| say!("trace-finding", rule = finding.rule, finding = finding.message);
        let mut said: Vec<String> = cell.findings.iter().map(found).collect();
        if let Some(reported) = &cell.reported {
            said.push(say!("trace-reported", value = read(reported)));
        }
        if first {
            said.extend(row.decisions.iter().cloned());
        }
        line.push(lang::statements(&said));
        lines.push(line);
    }
    lines
}

/// Where a cell stands; in a merged region at the region's first.
fn place(cell: &CellTrace) -> String {
    let file = &cell.place.file;
    let Some(sheet) = &cell.place.sheet else { return say!("trace-of-register", file = file) };
    match (&cell.written, cell.place.column()) {
        (Some(written), _) => format!("{file} › {sheet} › {}", written.cell),
        (None, Some(_)) => cell.place.in_words(),
        (None, None) => say!("trace-no-column", place = cell.place.in_words()),
    }
}

fn written(cell: &CellTrace) -> String {
    let Some(written) = &cell.written else { return String::new() };
    let text = shortened(&written.text.replace(['\n', '\r'], " "), WIDEST);
    if written.formula { say!("trace-formula", text = text) } else { text }
}

fn read(value: &Value) -> String {
    match value {
        Value::Yuan(amount) => yuan(*amount),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => shortened(&text.replace(['\n', '\r'], " "), WIDEST),
    }
}
