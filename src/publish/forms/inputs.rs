//! What may be typed into a column: numbers, dates, words of a list, with what to do told at once.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, Worksheet, XlsxError,
};

use super::columns::{Columns, Role};
use super::{IssuedForm, LISTS};
use crate::origin::column_letters;
use crate::profile::{Field, Kind};
use crate::publish::names;

/// The longest list that a validation itself holds, its commas included.
const LONGEST: usize = 255;
/// The greatest amount that a project may have, in 万元: the merge refuses more.
const GREATEST: f64 = 1e11;
/// The first and last year that a date may lie in.
const YEARS: (i64, i64) = (1990, 2100);
/// The first and last day of those years, as serial numbers.
const DAYS: (i64, i64) = (32_874, 73_415);

/// The words to choose from, on a hidden sheet.
pub(super) struct Lists<'a> {
    /// By field, in the order of the columns.
    all: Vec<(&'a Field, &'a [String])>,
    book: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Lists<'a> {
    /// The lists that the columns of a form need.
    pub(super) fn of(form: &'a IssuedForm<'a>, columns: &Columns<'a>) -> Self {
        let fields = columns.all.iter().filter_map(|column| match column.role {
            Role::Field(field, _) => Some(field),
            _ => None,
        });
        let fields: Vec<&Field> = fields.collect();
        let words = |field: &&'a Field| {
            let words = form.lists.get(&field.id).filter(|words| !words.is_empty() && field.kind != Kind::Choice)?;
            Some((*field, words.as_slice()))
        };
        let choices = |field: &&'a Field| {
            let choices: Vec<String> = field.choices.iter().map(|choice| choice.value.clone()).collect();
            (!choices.is_empty()).then_some((field.id.as_str(), choices))
        };
        Self { all: fields.iter().filter_map(words).collect(), book: fields.iter().filter_map(choices).collect() }
    }

    /// The hidden sheet.
    pub(super) fn write(&self) -> Result<Worksheet, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(LISTS)?.set_hidden(true);
        for (column, (field, words)) in (0u16..).zip(&self.all) {
            sheet.write_string_with_format(0, column, &field.title, &Format::new().set_bold())?;
            for (row, word) in (1u32..).zip(words.iter()) {
                sheet.write_string(row, column, word)?;
            }
        }
        sheet.protect();
        Ok(sheet)
    }

    /// What may be typed into the cells of a field, the first of which stands in `row`.
    pub(super) fn validation(&self, field: &Field, cell: &str) -> Result<Option<DataValidation>, XlsxError> {
        let title = short(&field.title);
        let made = match field.kind {
            Kind::Amount => {
                between(-GREATEST, GREATEST).set_error_message("这里填数字，以万元为单位，不要写“万元”等字")?
            }
            Kind::Number => between(-1e15, 1e15).set_error_message("这里填数字，不要写单位")?,
            Kind::Rate => between(-1.0, 10.0).set_error_message("这里填百分比，如 35.6%")?,
            Kind::Count => {
                let rule = DataValidationRule::Between(0, i32::MAX);
                DataValidation::new().allow_whole_number(rule).set_error_message("这里填整数")?
            }
            Kind::Date => {
                let date = DataValidation::new().allow_custom(Formula::new(date(cell)));
                date.set_error_message("这里填日期，如 2026-09-15；只定到月的写 2026年9月")?
            }
            Kind::Choice => match self.book.get(field.id.as_str()) {
                Some(choices) if choices.join(",").chars().count() <= LONGEST => {
                    DataValidation::new().allow_list_strings(choices)?.set_error_message("请从下拉列表中选择")?
                }
                _ => return Ok(None),
            },
            Kind::Text => match self.reference(field) {
                Some(reference) => DataValidation::new()
                    .allow_list_formula(Formula::new(reference))
                    .set_error_style(DataValidationErrorStyle::Warning)
                    .set_error_message("列表中没有这一项，请核对写法；确实没有的可以继续")?,
                None => return Ok(None),
            },
        };
        Ok(Some(made.set_error_title(title)?))
    }

    /// Where the words for a field stand.
    fn reference(&self, field: &Field) -> Option<String> {
        let at = self.all.iter().position(|(known, _)| known.id == field.id)?;
        let letters = column_letters(at as u32 + 1);
        Some(format!("={}!${letters}$2:${letters}${}", names::quoted(LISTS), self.all[at].1.len() + 1))
    }
}

fn between(least: f64, most: f64) -> DataValidation {
    DataValidation::new().allow_decimal_number(DataValidationRule::Between(least, most))
}

/// A day, a year alone, or words that begin with a year, as the reader takes them all.
fn date(cell: &str) -> String {
    let ((first, last), (from, to)) = (DAYS, YEARS);
    format!(
        "=IF(ISNUMBER({cell}),OR(AND({cell}>={from},{cell}<={to}),AND({cell}>={first},{cell}<={last})),\
         IFERROR(AND(VALUE(LEFT({cell},4))>={from},VALUE(LEFT({cell},4))<={to},LEN({cell})>4),FALSE))"
    )
}

/// A title of a message holds at most 32 characters.
fn short(title: &str) -> String {
    title.chars().take(30).collect()
}
