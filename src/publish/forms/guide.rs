//! The notes of a form: how each column is filled in and what is checked.

use rust_xlsxwriter::{Color, FormatAlign, Worksheet, XlsxError};

use super::cells::colours;
use super::checks::{Checks, in_words};
use super::columns::{Columns, FormCol, Role};
use super::{GUIDE, IssuedForm, title};
use crate::layout::Filled;
use crate::profile::{Field, Kind};
use crate::publish::style::{self, Shown, Style};
use crate::publish::widths;

/// The widths of the three columns.
const WIDTHS: [f64; 3] = [40.0, 28.0, 62.0];

/// The sheet with the notes.
pub(super) fn write(form: &IssuedForm, columns: &Columns, checks: &Checks) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(GUIDE)?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let style = Style { cents: false };
    style::span(&mut sheet, 0, (0, 2), &format!("{} 填表说明", title(form)), &style.title())?;
    sheet.set_row_height(0, 34)?;
    let mut row = 1;
    for (number, note) in (1..).zip(notes(form)) {
        let note = format!("{number}. {note}");
        style::span(&mut sheet, row, (0, 2), &note, &style.note().set_font_size(11))?;
        sheet.set_row_height(row, widths::height(widths::lines(&note, WIDTHS.iter().sum()), 20.0))?;
        row += 1;
    }
    row = table(
        &mut sheet,
        row + 1,
        "一、各列怎样填",
        ["列", "谁填", "怎样填"],
        columns.all.iter().map(|column| about(form, column)),
    )?;
    let of_check = |check: &super::checks::Check| {
        [in_words(check.rule), level(check.rule.level).to_owned(), check.rule.advice.clone()]
    };
    let heading = "二、边填边核对的内容（不符的变色，原因写在“核对提示”）";
    let first = row + 2;
    row = table(&mut sheet, row, heading, ["什么情况", "程度", "怎样办"], checks.all.iter().map(of_check))?;
    for (at, check) in (first..).zip(&checks.all) {
        let (fill, letters) = colours(check.rule.level);
        let format = style.cell(Shown::Text).set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(letters));
        sheet.write_string_with_format(at, 1, level(check.rule.level), &format)?;
    }
    if checks.left > 0 {
        let more = format!("另有{}项核对要同其他材料比较，由统计局收到后进行，有问题的随退改单退回。", checks.left);
        style::span(&mut sheet, row - 1, (0, 2), &more, &style.note())?;
    }
    style::page(&mut sheet);
    sheet.protect();
    Ok(sheet)
}

/// What holds for the whole form.
fn notes(form: &IssuedForm) -> Vec<String> {
    let mut notes = vec![
        format!(
            "本表由{}填报，{}前报统计局；文件可以改名，另存为 .xlsx、.xls、.ods 都可以。",
            form.unit,
            form.due.format("%Y年%-m月%-d日")
        ),
        "请不要增减列、改表头，也不要把内容复制到别的表里再报：这样各列才能准确认出。".to_owned(),
        "灰底的内容取自台账，已经锁定；确有错误或项目增减、计划调整的，请附依据与统计局联系。".to_owned(),
    ];
    notes.push(match form.last {
        Some(last) => format!(
            "已填的{}个项目是{}报过的。新项目填在后面的空行；空行不够时在中间插入行。",
            form.rows.len(),
            last.in_words()
        ),
        None => "台账中还没有本单位以前各期的数，请逐行填写；空行不够时在中间插入行。".to_owned(),
    });
    notes
}

/// A heading, the columns' names, the lines; gives the row after an empty one.
fn table(
    sheet: &mut Worksheet,
    at: u32,
    heading: &str,
    names: [&str; 3],
    lines: impl Iterator<Item = [String; 3]>,
) -> Result<u32, XlsxError> {
    let style = Style { cents: false };
    style::span(sheet, at, (0, 2), heading, &style.heading())?;
    for (column, name) in (0u16..).zip(names) {
        sheet.write_string_with_format(at + 1, column, name, &style.header())?;
    }
    let mut row = at + 2;
    for line in lines {
        let height = line.iter().zip(WIDTHS).map(|(text, width)| widths::lines(text, width)).max().unwrap_or(1);
        for (column, text) in (0u16..).zip(&line) {
            sheet.write_string_with_format(row, column, text, &style.cell(Shown::Text).set_align(FormatAlign::Left))?;
        }
        sheet.set_row_height(row, widths::height(height, 20.0))?;
        row += 1;
    }
    Ok(row + 1)
}

/// A column, who fills it in, and how.
fn about(form: &IssuedForm, column: &FormCol) -> [String; 3] {
    let (who, how) = match column.role {
        Role::Serial => ("统计局", "新项目不用填".to_owned()),
        Role::Hints => ("自动", "这一行有不符的地方会写在这里；不打印".to_owned()),
        Role::Last(field) => ("统计局", format!("上期报的{}，供核对", field.title)),
        Role::Field(field, Filled::Fixed) => ("统计局；新项目由单位填", typed(form, field)),
        Role::Field(field, Filled::Kept) => ("上次报的，有变化就改", typed(form, field)),
        Role::Field(field, _) => ("填报单位，每期填", typed(form, field)),
    };
    [column.heading.clone(), who.to_owned(), how]
}

/// How a field's kind is typed.
fn typed(form: &IssuedForm, field: &Field) -> String {
    match field.kind {
        Kind::Amount => "数字，以万元为单位；没有的填0，不要空着，也不要写“万元”等字".to_owned(),
        Kind::Count => "整数".to_owned(),
        Kind::Number => "数字，不写单位".to_owned(),
        Kind::Rate => match form.book.stated.iter().any(|stated| stated.field == field.id && stated.whole.is_some()) {
            true => "自动算出；要自己填的写百分比，如 35.6%".to_owned(),
            false => "百分比，如 35.6%".to_owned(),
        },
        Kind::Date => "日期，如 2026-09-15；只定到月的写 2026年9月".to_owned(),
        Kind::Choice => {
            let values: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
            format!("从下拉列表中选：{}", values.join("、"))
        }
        Kind::Text if field.id == form.book.subject => "写全称，每期的写法要一致".to_owned(),
        Kind::Text if form.lists.contains_key(&field.id) => "从下拉列表中选；列表中确实没有的，直接填写".to_owned(),
        Kind::Text => "文字，照实填写".to_owned(),
    }
}

fn level(level: crate::finding::Level) -> &'static str {
    use crate::finding::Level;
    match level {
        Level::Error => "必须改正",
        Level::Query => "请核实，属实的写明原因",
        Level::Note | Level::Info => "提示",
    }
}
