//! 填报数复算: the rates, shares and totals that departments state, held against what they are made from.
//!
//! Takes the stated figures of every sheet, gives the worksheet that stands in the check report; of very many it lists
//! those that are not plainly right, and a CSV beside it has all but data rows' that are, which are only counted.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use super::lines::Listing;
use super::style::{Shown, Style};
use super::table::{Cell, Column, Table};
use crate::amount;
use crate::layout::RowKind;
use crate::origin::cell_address;
use crate::period::Period;
use crate::profile::Kind;
use crate::record::StatedFigure;
use crate::stated::Verdict;

/// The file with the stated figures told one by one, where they are more than the report lists.
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
    pub title: Arc<str>,
    /// How its field is typed: rates are in percent, amounts in 万元.
    pub kind: Kind,
    /// Its cell's row, from 1.
    pub row: u32,
    /// Its cell's column, A is 1.
    pub column: u32,
    /// What its row is: data, subtotal, total.
    pub of: RowKind,
    /// As stated.
    pub stated: Decimal,
    /// As recomputed, with two decimals more than stated, which show the way the figure would have rounded; `None`
    /// where it cannot be.
    pub recomputed: Option<Decimal>,
    /// How the two relate.
    pub verdict: Verdict,
}

impl StatedLine {
    /// The line of a figure on a sheet, whose field is called and typed so.
    pub fn of(figure: &StatedFigure, (file, sheet): (&Arc<str>, &Arc<str>), (title, kind): (&Arc<str>, Kind)) -> Self {
        let digits = figure.stated.scale() + 2;
        Self {
            file: file.clone(),
            sheet: sheet.clone(),
            title: title.clone(),
            kind,
            row: figure.row,
            column: figure.column,
            of: figure.of,
            stated: figure.stated,
            recomputed: figure.recomputed.and_then(|value| amount::rounded(value, 1, digits.min(10))),
            verdict: figure.verdict,
        }
    }
}

/// The stated figures of a month.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stated<'a> {
    /// Those shown one by one, in order of place: totals', and data rows' that are not reproduced as they stand.
    pub lines: &'a [StatedLine],
    /// How many more, of data rows, were right as they stand and are only counted.
    pub reproduced: usize,
}

impl Stated<'_> {
    /// What is not listed where the sheet lists no more than `most`, and where it stands; `None` where nothing is.
    pub fn left_out(self, most: usize) -> Option<String> {
        let (lines, reproduced) = (self.lines.len(), self.reproduced);
        let odd = self.lines.iter().filter(|line| is_odd(line)).count();
        let counted = (reproduced > 0).then(|| format!("另有数据行的填报数{reproduced}个复算一致，只计数，不列出"));
        if lines <= most {
            return counted;
        }
        let listed = match odd > most {
            true => format!("列前{most}个"),
            false => "只列这些".to_owned(),
        };
        let file = format!("见同一文件夹的“{STATED_CSV}”");
        let all = match odd {
            0 => format!("合计行的填报数{lines}个全部复算一致，复算表不列，{file}"),
            _ if odd == lines => format!("没有复算一致的共{odd}个，复算表{listed}，全部{file}"),
            _ => format!(
                "没有复算一致的共{odd}个，复算表{listed}；加上合计行里复算一致的{}个，一共{lines}个，全部{file}",
                lines - odd
            ),
        };
        Some([Some(all), counted].into_iter().flatten().collect::<Vec<_>>().join("；"))
    }
}

/// The sheet of the stated figures: all, or of more than `most` those that are not reproduced as they stand.
pub(super) fn write(stated: Stated, most: usize, period: Period, style: Style) -> Result<Worksheet, XlsxError> {
    let shown = shown(stated, most);
    let table = table(&shown, (summary(stated), note(stated, most)), period);
    let mut sheet = table.write(style)?;
    let wrong = style.cell(Shown::Centre).set_background_color(Color::RGB(0xFF_C7CE));
    for (row, line) in (table.frame().first - 1..).zip(&shown) {
        if line.verdict == Verdict::NotReproduced {
            sheet.write_string_with_format(row, 7, line.verdict.title(), &wrong)?;
        }
    }
    Ok(sheet)
}

/// The files of the stated figures told one by one, in order of place; none where the sheet lists them all.
pub fn stated_csv<'a>(stated: Stated<'a>, most: usize) -> Option<Listing<'a>> {
    let lines = stated.lines;
    let headings = COLUMNS.iter().map(|(title, _)| *title);
    let single = std::iter::repeat_n(1, lines.len());
    (lines.len() > most).then(|| {
        Listing::new(STATED_CSV, headings, single, |at, line| {
            words(&lines[at]).iter().for_each(|text| line.words(text));
        })
    })
}

fn is_odd(line: &StatedLine) -> bool {
    line.verdict != Verdict::Reproduced
}

/// What the sheet lists: of very many the wrong ones first, then those that nothing tells, then those that rounding
/// explains.
fn shown<'a>(stated: Stated<'a>, most: usize) -> Vec<&'a StatedLine> {
    if stated.lines.len() <= most {
        return stated.lines.iter().collect();
    }
    let mut shown: Vec<&StatedLine> = stated.lines.iter().filter(|line| is_odd(line)).collect();
    shown.sort_by_key(|line| match line.verdict {
        Verdict::NotReproduced => 0,
        Verdict::NotCheckable => 1,
        _ => 2,
    });
    shown.truncate(most);
    shown
}

/// What is said of the figures that the sheet does not list.
fn note(stated: Stated, most: usize) -> Option<String> {
    if stated.lines.is_empty() && stated.reproduced == 0 {
        return Some("各表没有写出比率、占比和合计，无数可复算。".to_owned());
    }
    let odd = stated.lines.iter().any(is_odd);
    let order = match stated.lines.len() > most && odd {
        true => "。先列复算不符的，再列无法复算的，后列因舍入有出入的",
        false => "",
    };
    stated.left_out(most).map(|left_out| format!("{left_out}{order}。"))
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
        *counts.entry(line.verdict).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let each = counts.iter().filter(|(_, count)| **count > 0);
    let each: Vec<String> = each.map(|(verdict, count)| format!("{}{count}个", verdict.title())).collect();
    format!("共{total}个填报数：{}", each.join("，"))
}

/// A figure by the columns.
fn words(line: &StatedLine) -> [Cow<'_, str>; 8] {
    let text = |number: Decimal| match line.kind {
        Kind::Rate => format!("{number}%"),
        _ => format!("{number}万元"),
    };
    [
        (&*line.file).into(),
        (&*line.sheet).into(),
        cell_address(line.row, line.column).into(),
        (&*line.title).into(),
        line.of.title().into(),
        text(line.stated).into(),
        line.recomputed.map_or("—".into(), |number| text(number.normalize()).into()),
        line.verdict.title().into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

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
        StatedLine::of(&figure, (&"甲.xlsx".into(), &"表".into()), (&"完成率".into(), Kind::Rate))
    }

    #[test]
    fn of_very_many_the_wrong_ones_are_listed_first_and_a_file_has_all() {
        use Verdict::{NotCheckable, NotReproduced, Reproduced, Truncated};
        let verdicts = [Reproduced, Truncated, NotCheckable, Reproduced, NotReproduced];
        let lines: Vec<StatedLine> = (1..).zip(verdicts).map(|(row, verdict)| line(row, verdict)).collect();
        let stated = Stated { lines: &lines, reproduced: 90 };
        let rows = |most| shown(stated, most).iter().map(|line| line.row).collect::<Vec<_>>();
        assert_eq!(rows(5), [1, 2, 3, 4, 5], "few stand in order of place");
        assert_eq!(rows(4), [5, 3, 2]);
        assert_eq!(rows(2), [5, 3]);
        let counted = "另有数据行的填报数90个复算一致，只计数，不列出。";
        assert_eq!(note(stated, 5).as_deref(), Some(counted));
        assert_eq!(note(Stated { reproduced: 0, ..stated }, 5), None);
        assert!(summary(stated).starts_with("共95个填报数"), "5 of the file and 90 counted");
        assert!(stated_csv(stated, 5).is_none());
        let listing = stated_csv(stated, 4).unwrap();
        assert_eq!(listing.parts(), [(STATED_CSV.to_owned(), 0..5)]);
        let mut bytes = Vec::new();
        listing.write(0..5, &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 6);
    }

    #[test]
    fn what_is_not_listed_is_told_by_what_the_file_has() {
        use Verdict::{NotCheckable, NotReproduced, Reproduced, Truncated};
        let told = |verdicts: &[Verdict], reproduced, most| {
            let lines: Vec<StatedLine> = (1..).zip(verdicts).map(|(row, verdict)| line(row, *verdict)).collect();
            note(Stated { lines: &lines, reproduced }, most).unwrap_or_default()
        };
        let all = "没有复算一致的共3个，复算表只列这些；加上合计行里复算一致的2个，一共5个，全部见同一文件夹的";
        let some = [Reproduced, Truncated, NotCheckable, Reproduced, NotReproduced];
        let said = told(&some, 90, 4);
        assert!(said.starts_with(all), "{said}");
        assert!(said.contains("另有数据行的填报数90个复算一致，只计数，不列出。先列复算不符的"), "{said}");
        let said = told(&some, 0, 2);
        assert!(said.contains("没有复算一致的共3个，复算表列前2个") && !said.contains("另有"), "{said}");
        let said = told(&[NotReproduced; 3], 0, 2);
        assert!(said.starts_with("没有复算一致的共3个，复算表列前2个，全部见") && !said.contains("合计行"), "{said}");
        let said = told(&[Reproduced; 5], 90, 4);
        assert!(said.starts_with("合计行的填报数5个全部复算一致，复算表不列，见") && !said.contains("先列"), "{said}");
        assert!(told(&[], 0, 4).contains("无数可复算") && !told(&[], 9, 4).contains("无数可复算"));
    }
}
