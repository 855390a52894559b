//! Sheet 更正: what the office uses in place of a reported value, on which document and why.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;

use super::cell::{self, Read, compared};
use super::decisions::book;
use super::fault::SettingsFault;
use super::form::{Form, heading, required};
use super::sheet::{Sheet, SheetRow};
use crate::collect::Value;
use crate::finding::Place;
use crate::period::Period;
use crate::profile::{Book, Field, Kind, Profile, advice};
use crate::say;
use crate::value::{Date, read_date};

/// Sheet 更正.
pub const OVERRIDES: Form = Form {
    sheet: "更正",
    others: &["数据更正", "更正事项"],
    columns: &[
        required("账册", &["台账", "账册名称"]),
        required("项目名称", &["项目"]),
        heading("项目代码", &["代码", "项目编码"]),
        required("字段", &["更正字段", "更正内容"]),
        required("更正值", &["值", "更正为", "更正后"]),
        required("生效时间", &["生效", "生效期"]),
        heading("截止时间", &["截止", "有效期"]),
        required("依据文件", &["依据", "文件", "文号"]),
        required("原因", &["更正原因", "理由"]),
    ],
    note: "查实后由本单位更正的数据，每项一行；单位填报的原数不改动，两个数都写进成果表。字段写表中的名称，金额按万元。\
           没有写截止时间的：金额、数量、比率只管生效的那一期，文字和日期一直有效。名称的变化写在“认定”表。\
           例：重点建设项目｜城关镇污水处理厂｜｜累计完成投资｜1200｜2026-05｜｜云山统核〔2026〕3号｜现场核查",
};

/// A value that the office decided.
#[derive(Debug, Clone, PartialEq)]
pub enum Corrected {
    /// Yuan or a count.
    Whole(i64),
    /// A rate as a fraction, or a number.
    Number(f64),
    /// A date.
    Date(Date),
    /// Text.
    Text(String),
}

/// A row of sheet 更正.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The book's id.
    pub book: String,
    /// The project's name as reported.
    pub project: String,
    /// Its platform code, where the row gives one.
    pub code: Option<String>,
    /// The field's id.
    pub field: String,
    /// What is used in place of the reported value.
    pub value: Corrected,
    /// First period it holds for.
    pub from: Period,
    /// Last period it holds for; `None` is without end.
    pub to: Option<Period>,
    /// The document that decides.
    pub document: String,
    /// Why.
    pub reason: String,
    /// Where it stands in the settings.
    pub place: Place,
}

impl Override {
    /// Whether it holds for a period.
    pub fn holds(&self, period: Period) -> bool {
        period.lies_within(Some(self.from), self.to)
    }
}

/// What sheet 更正 states; two rows that give one field of one project for one period are faults.
pub(super) fn overrides(sheet: &Sheet, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Vec<Override> {
    let mut given: BTreeMap<(String, String, String), Vec<Override>> = BTreeMap::new();
    let mut overrides = Vec::new();
    for row in sheet.rows() {
        let Some(one) = one(&row, profile, faults) else { continue };
        let project = one.code.clone().unwrap_or_else(|| one.project.clone());
        let same = given.entry((one.book.clone(), compared(&project), one.field.clone())).or_default();
        match same.iter().find(|other| overlap(other, &one)) {
            Some(other) => {
                let first = other.place.row().unwrap_or_default();
                let message = say!("settings-corrected-twice", first = first);
                faults.push(row.fault("更正值", message));
            }
            None => {
                same.push(one.clone());
                overrides.push(one);
            }
        }
    }
    overrides
}

fn overlap(a: &Override, b: &Override) -> bool {
    let reaches = |one: &Override, other: &Override| one.to.is_none_or(|to| other.from <= to);
    reaches(a, b) && reaches(b, a)
}

fn one(row: &SheetRow, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Option<Override> {
    let book = book(row, profile, faults);
    let project = row.needed("项目名称", faults);
    let code = row.text("项目代码", faults);
    let field = book.and_then(|book| field(row, book, faults));
    let from = row.needed_period("生效时间", faults);
    let until = row.period("截止时间", faults);
    let value = field.and_then(|field| value(row, field, from, faults));
    let document = row.needed("依据文件", faults);
    let reason = row.needed("原因", faults);
    if from.zip(until).is_some_and(|(from, to)| from > to) {
        faults.push(row.fault("截止时间", say!("settings-end-before")));
    }
    let (field, from) = (field?, from?);
    Some(Override {
        book: book?.id.clone(),
        project: project?,
        code,
        field: field.id.clone(),
        value: value?,
        from,
        // A figure of one period says nothing about the next.
        to: until.or_else(|| is_figure(field.kind).then_some(from)),
        document: document?,
        reason: reason?,
        place: row.place("更正值"),
    })
}

fn is_figure(kind: Kind) -> bool {
    matches!(kind, Kind::Amount | Kind::Count | Kind::Rate | Kind::Number)
}

fn field<'b>(row: &SheetRow, book: &'b Book, faults: &mut Vec<SettingsFault>) -> Option<&'b Field> {
    let written = row.needed("字段", faults)?;
    let words = compared(&written);
    let known = book.fields.iter().find(|field| words == field.id || words == compared(&field.title));
    match known {
        Some(field) if field.id == book.subject || field.id == "code" || book.told_by.contains(&field.id) => {
            let message = say!("settings-not-corrected", field = field.title);
            faults.push(row.fault("字段", message));
            None
        }
        Some(field) => Some(field),
        None => {
            let titles: Vec<&str> = book.fields.iter().map(|field| field.title.as_str()).collect();
            let message =
                say!("settings-no-field", book = book.title, advice = advice(&words, &titles), written = written);
            faults.push(row.fault("字段", message));
            None
        }
    }
}

fn value(row: &SheetRow, field: &Field, from: Option<Period>, faults: &mut Vec<SettingsFault>) -> Option<Corrected> {
    let before = faults.len();
    let year = from.map_or(2000, Period::year);
    let value = row.read("更正值", faults, |cell| match field.kind {
        Kind::Amount => Ok(cell::amount(cell)?.map(Corrected::Whole)),
        Kind::Count => Ok(cell::target(cell, None, false)?.map(Corrected::Whole)),
        Kind::Rate => Ok(cell::rate(cell)?.map(Corrected::Number)),
        Kind::Number => Ok(cell::plain_number(cell)?.and_then(|n| n.to_f64()).map(Corrected::Number)),
        Kind::Date => Ok(date(cell, year)?.map(Corrected::Date)),
        Kind::Choice | Kind::Text => Ok(cell::text(cell)?.map(Corrected::Text)),
    });
    if value.is_none() && faults.len() == before {
        faults.push(row.fault("更正值", say!("settings-value-missing")));
    }
    value
}

fn date(value: &Value, year: i32) -> Read<Option<Date>> {
    if let Value::Date(days) = value {
        let read = crate::value::read_date_serial(*days, crate::collect::Shown::Day);
        return read.value().map(Some).ok_or_else(|| say!("settings-date-outside"));
    }
    let Some(text) = cell::text(value)? else { return Ok(None) };
    let wrong = || say!("settings-date", text = text);
    match read_date(&text, year) {
        crate::value::Reading::Plain(date) => Ok(Some(date)),
        _ => Err(wrong()),
    }
}
