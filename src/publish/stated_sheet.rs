//! 填报数复算: the rates, shares and totals that departments state, held against what they are made from.
//!
//! Takes the stated figures of every sheet, gives the worksheet that stands in the check report.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use super::style::{Shown, Style};
use super::table::{Cell, Column, Table};
use crate::amount;
use crate::origin::cell_address;
use crate::period::Period;
use crate::profile::Kind;
use crate::record::StatedFigure;
use crate::stated::Verdict;

/// Excel ends at 1,048,576 rows; a title and the headings stand above.
const MOST: usize = 1_000_000;

/// A stated figure with the words that readers know its place by.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedLine {
    /// The file below the inbox.
    pub file: Arc<str>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// What readers call its field.
    pub title: String,
    /// How its field is typed: rates are in percent, amounts in 万元.
    pub kind: Kind,
    /// The figure.
    pub figure: StatedFigure,
}

/// The stated figures of a month.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stated<'a> {
    /// Those shown one by one, in order of place.
    pub lines: &'a [StatedLine],
    /// How many more were right as they stand and are only counted.
    pub reproduced: usize,
}

/// The sheet of the stated figures.
pub(super) fn write(stated: Stated, period: Period, style: Style) -> Result<Worksheet, XlsxError> {
    let shown = &stated.lines[..stated.lines.len().min(MOST)];
    let table = table(shown, summary(stated), period);
    let mut sheet = table.write(style)?;
    let wrong = style.cell(Shown::Centre).set_background_color(Color::RGB(0xFF_C7CE));
    for (row, line) in (table.frame().first - 1..).zip(shown) {
        if line.figure.verdict == Verdict::NotReproduced {
            sheet.write_string_with_format(row, 7, line.figure.verdict.title(), &wrong)?;
        }
    }
    Ok(sheet)
}

fn table(lines: &[StatedLine], summary: String, period: Period) -> Table {
    let columns = vec![
        Column::text("文件", 26.0),
        Column::text("工作表", 14.0),
        Column::of("单元格", Shown::Centre),
        Column::text("字段", 14.0),
        Column::of("所在行", Shown::Centre),
        Column::of("填报数", Shown::Centre),
        Column::of("复算数", Shown::Centre),
        Column::of("结论", Shown::Centre),
    ];
    let nothing = "各表没有写出比率、占比和合计，无数可复算。";
    Table {
        sheet: "填报数复算".to_owned(),
        title: format!("{}填报的比率、占比和合计复算表", period.in_words()),
        caption: (summary, "按表中印出的数复算，四舍五入一次；印出的数本身经过舍入的，按区间判断".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: lines.iter().map(row).collect(),
        notes: if lines.is_empty() { vec![nothing.to_owned()] } else { Vec::new() },
        frozen: 0,
        filter: true,
        row_height: 20.0,
    }
}

/// How many figures there are of each verdict.
fn summary(stated: Stated) -> String {
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::from([(Verdict::Reproduced, stated.reproduced)]);
    for line in stated.lines {
        *counts.entry(line.figure.verdict).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let each = counts.iter().filter(|(_, count)| **count > 0);
    let each: Vec<String> = each.map(|(verdict, count)| format!("{}{count}个", verdict.title())).collect();
    format!("共{total}个填报数：{}", each.join("，"))
}

fn row(line: &StatedLine) -> Vec<Cell> {
    let figure = &line.figure;
    let text = |number: Decimal| match line.kind {
        Kind::Rate => format!("{number}%"),
        _ => format!("{number}万元"),
    };
    // Two decimals more than stated show which way the figure would have rounded.
    let digits = figure.stated.scale() + 2;
    let recomputed = figure.recomputed.and_then(|value| amount::rounded(value, 1, digits.min(10)));
    vec![
        Cell::text(&*line.file),
        Cell::text(&*line.sheet),
        Cell::text(cell_address(figure.row, figure.column)),
        Cell::text(&line.title),
        Cell::text(figure.of.title()),
        Cell::text(text(figure.stated)),
        Cell::text(recomputed.map_or_else(|| "—".to_owned(), |number| text(number.normalize()))),
        Cell::text(figure.verdict.title()),
    ]
}
