//! 填报数复算: the rates, shares and totals that departments state, held against what they are made from.
//!
//! Takes the stated figures of every sheet, gives the worksheet that stands in the check report; of very many it lists
//! those that are not plainly right, and all stand in a CSV beside it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use super::PublishError;
use super::lines::{self, Line};
use super::style::{Shown, Style};
use super::table::{Cell, Column, Table};
use crate::amount;
use crate::origin::cell_address;
use crate::period::Period;
use crate::profile::Kind;
use crate::record::StatedFigure;
use crate::stated::Verdict;

/// The file with all stated figures, where they are more than the report lists.
pub const STATED_CSV: &str = "填报数复算清单.csv";

/// The columns: their titles, and how they look.
const COLUMNS: [(&str, Option<f64>); 8] = [
    ("文件", Some(26.0)),
    ("工作表", Some(14.0)),
    ("单元格", None),
    ("字段", Some(14.0)),
    ("所在行", None),
    ("填报数", None),
    ("复算数", None),
    ("结论", None),
];

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

/// The sheet of the stated figures: all, or of more than `most` those that are not reproduced as they stand.
pub(super) fn write(stated: Stated, most: usize, period: Period, style: Style) -> Result<Worksheet, XlsxError> {
    let shown = shown(stated, most);
    let table = table(&shown, (summary(stated), note(stated, most, shown.len())), period);
    let mut sheet = table.write(style)?;
    let wrong = style.cell(Shown::Centre).set_background_color(Color::RGB(0xFF_C7CE));
    for (row, line) in (table.frame().first - 1..).zip(&shown) {
        if line.figure.verdict == Verdict::NotReproduced {
            sheet.write_string_with_format(row, 7, line.figure.verdict.title(), &wrong)?;
        }
    }
    Ok(sheet)
}

/// All stated figures as CSV in order of place, where they are more than the sheet lists; whether there was anything to
/// write.
///
/// # Errors
///
/// What the writer says.
pub fn stated_csv(stated: Stated, most: usize, to: &mut dyn Write) -> Result<bool, PublishError> {
    if stated.lines.len() <= most {
        return Ok(false);
    }
    let of = |at: usize, line: &mut Line| words(&stated.lines[at]).iter().for_each(|text| line.words(text));
    let headings = COLUMNS.iter().map(|(title, _)| *title);
    lines::write(headings, 0..stated.lines.len(), of, to).map_err(|error| PublishError::Csv(error.into()))?;
    Ok(true)
}

/// What the sheet lists: of very many the wrong ones first, then those that nothing tells, then those that rounding
/// explains.
fn shown<'a>(stated: Stated<'a>, most: usize) -> Vec<&'a StatedLine> {
    if stated.lines.len() <= most {
        return stated.lines.iter().collect();
    }
    let odd = |line: &&StatedLine| line.figure.verdict != Verdict::Reproduced;
    let mut shown: Vec<&StatedLine> = stated.lines.iter().filter(odd).collect();
    shown.sort_by_key(|line| match line.figure.verdict {
        Verdict::NotReproduced => 0,
        Verdict::NotCheckable => 1,
        _ => 2,
    });
    shown.truncate(most);
    shown
}

/// What is said of the figures that the sheet does not list.
fn note(stated: Stated, most: usize, shown: usize) -> Option<String> {
    let all = stated.lines.len();
    let words = match (all, shown) {
        (0, _) => "各表没有写出比率、占比和合计，无数可复算。".to_owned(),
        _ if all <= most => return None,
        (_, 0) => format!("{all}个填报数全部复算一致，这里不逐个列出，见同一文件夹的“{STATED_CSV}”。"),
        _ => format!(
            "共{all}个填报数，超过{most}个：这里先后列复算不符、无法复算和因舍入有出入的，共{shown}个；全部见同一文件夹的“{STATED_CSV}”。"
        ),
    };
    Some(words)
}

fn table(lines: &[&StatedLine], (summary, note): (String, Option<String>), period: Period) -> Table {
    let column = |(title, width): &(&str, Option<f64>)| match width {
        Some(width) => Column::text(*title, *width),
        None => Column::of(*title, Shown::Centre),
    };
    let columns: Vec<Column> = COLUMNS.iter().map(column).collect();
    Table {
        sheet: "填报数复算".to_owned(),
        title: format!("{}填报的比率、占比和合计复算表", period.in_words()),
        caption: (summary, "按表中印出的数复算，四舍五入一次；印出的数本身经过舍入的，按区间判断".to_owned()),
        above: None,
        printed: columns.len(),
        columns,
        total: None,
        rows: lines.iter().map(|line| words(line).into_iter().map(Cell::text).collect()).collect(),
        notes: note.into_iter().collect(),
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

/// A figure by the columns.
fn words(line: &StatedLine) -> [Cow<'_, str>; 8] {
    let figure = &line.figure;
    let text = |number: Decimal| match line.kind {
        Kind::Rate => format!("{number}%"),
        _ => format!("{number}万元"),
    };
    // Two decimals more than stated show which way the figure would have rounded.
    let digits = figure.stated.scale() + 2;
    let recomputed = figure.recomputed.and_then(|value| amount::rounded(value, 1, digits.min(10)));
    [
        (&*line.file).into(),
        (&*line.sheet).into(),
        cell_address(figure.row, figure.column).into(),
        line.title.as_str().into(),
        figure.of.title().into(),
        text(figure.stated).into(),
        recomputed.map_or("—".into(), |number| text(number.normalize()).into()),
        figure.verdict.title().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::RowKind;

    fn line(row: u32, verdict: Verdict) -> StatedLine {
        let figure = StatedFigure {
            row,
            column: 7,
            field: "completion".into(),
            of: RowKind::Total,
            stated: Decimal::new(417, 1),
            recomputed: None,
            verdict,
        };
        let (file, sheet) = ("甲.xlsx".into(), "表".into());
        StatedLine { file, sheet, title: "完成率".into(), kind: Kind::Rate, figure }
    }

    #[test]
    fn of_very_many_the_wrong_ones_are_listed_first_and_a_file_has_all() {
        use Verdict::{NotCheckable, NotReproduced, Reproduced, Truncated};
        let verdicts = [Reproduced, Truncated, NotCheckable, Reproduced, NotReproduced];
        let lines: Vec<StatedLine> = (1..).zip(verdicts).map(|(row, verdict)| line(row, verdict)).collect();
        let stated = Stated { lines: &lines, reproduced: 90 };
        let rows = |most| shown(stated, most).iter().map(|line| line.figure.row).collect::<Vec<_>>();
        assert_eq!(rows(5), [1, 2, 3, 4, 5], "few stand in order of place");
        assert_eq!(rows(4), [5, 3, 2]);
        assert_eq!(rows(2), [5, 3]);
        assert_eq!(note(stated, 5, 5), None);
        assert!(note(stated, 2, 2).unwrap().contains("共5个填报数，超过2个") && summary(stated).contains("共95个"));
        let csv = |most| {
            let mut bytes = Vec::new();
            let written = stated_csv(stated, most, &mut bytes).unwrap();
            (written, String::from_utf8(bytes).unwrap().lines().count())
        };
        assert_eq!((csv(5), csv(4)), ((false, 0), (true, 6)));
    }
}
