//! Types a sheet's data cells by their fields.

use std::collections::HashMap;

use super::rates::rate_column;
use super::{Table, TypedColumn, Values, sections, stated, sums};
use crate::amount;
use crate::collect::{Cell, Grid, SourceFile, Value};
use crate::finding::{Finding, Level, Place};
use crate::layout::{Column, Layout, MoneyUnit, RowKind, Sheet};
use crate::period::Period;
use crate::profile::{Book, Field, Kind};
use crate::text::{SharedText, canonical, is_canonical, is_placeholder};
use crate::value::{Date, Reading, read_date, read_date_number, read_date_serial, read_money};

/// A column on its way from cells to values: its field, its place, and what there is to say.
pub(super) struct ColumnReader<'a> {
    pub(super) field: &'a Field,
    pub(super) column: &'a Column,
    pub(super) place: Place,
    pub(super) rows: &'a [u32],
    pub(super) findings: Vec<Finding>,
    /// Dates that were read before, by their wording.
    dates: HashMap<SharedText, Date>,
}

/// More wordings than these are not remembered.
const MOST_WORDINGS: usize = 10_000;

/// Reads the data rows that a layout found in a book's sheet.
pub fn read(file: &SourceFile, grid: &Grid, layout: &Layout, book: &Book, period: Period) -> Table {
    let sheet = Sheet::new(grid);
    let is_data = |number: u32| layout.kind(number) == Some(RowKind::Data);
    let rows: Vec<&crate::collect::Row> = grid.rows.iter().filter(|row| is_data(row.number)).collect();
    let cells = |column: u32| rows.iter().map(|row| sheet.data_cell(row, column)).collect::<Vec<_>>();
    let place = Place::sheet(&file.name, &grid.sheet);
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    let mut table = Table {
        book: book.id.clone(),
        file: file.name.clone(),
        sheet: grid.sheet.clone(),
        reporting_unit: layout.reporting_unit.as_deref().unwrap_or_default().into(),
        sections: sections::above_each(grid, layout, &numbers),
        columns: Vec::new(),
        row_kinds: layout.count_kinds(),
        stated: stated::columns(&sheet, layout, book),
        findings: Vec::new(),
        rows: numbers,
    };
    // Rates come last: a bare 35.6 is told from 0.356 by the amounts beside it.
    let mut fields: Vec<&Field> = book.fields.iter().collect();
    fields.sort_by_key(|field| field.kind == Kind::Rate);
    for field in fields {
        let Some(column) = layout.columns.iter().find(|column| column.field.as_deref() == Some(&field.id)) else {
            continue;
        };
        let (place, rows) = (place.clone(), &table.rows);
        let mut reader = ColumnReader { field, column, place, rows, findings: Vec::new(), dates: HashMap::new() };
        // On a card a field's value stands wherever its label put it.
        let cells = column.row.map_or_else(|| cells(column.column), |row| vec![grid.cell(row, column.column)]);
        let values = reader.read(&cells, &table, period, field.id == book.subject);
        let mut said = reader.findings;
        table.findings.append(&mut said);
        table.columns.push(TypedColumn { field: field.id.clone(), column: column.column, row: column.row, values });
    }
    table.columns.sort_by_key(|column| book.fields.iter().position(|field| field.id == column.field));
    let sums = sums::check(&sheet, layout, &table, &place);
    table.findings.extend(sums.findings);
    table.stated.extend(sums.stated);
    table.findings.sort();
    table
}

impl ColumnReader<'_> {
    fn read(&mut self, cells: &[Option<&Cell>], table: &Table, period: Period, is_subject: bool) -> Values {
        let each = cells.iter().zip(&table.rows);
        match self.field.kind {
            Kind::Amount => {
                Values::Amount(each.map(|(cell, &row)| cell.and_then(|cell| self.amount(cell, row))).collect())
            }
            Kind::Date => {
                Values::Date(each.map(|(cell, &row)| cell.and_then(|cell| self.date(cell, row, period))).collect())
            }
            Kind::Rate => Values::Number(rate_column(self, cells, table)),
            Kind::Number => {
                Values::Number(each.map(|(cell, &row)| cell.and_then(|cell| self.number(cell, row))).collect())
            }
            Kind::Count => {
                Values::Count(each.map(|(cell, &row)| cell.and_then(|cell| self.count(cell, row))).collect())
            }
            Kind::Text | Kind::Choice => {
                Values::Text(each.map(|(cell, &row)| cell.and_then(|cell| self.text(cell, row, is_subject))).collect())
            }
        }
    }

    fn amount(&mut self, cell: &Cell, row: u32) -> Option<i64> {
        let unit = self.column.measured_in.unwrap_or(MoneyUnit::Wan);
        let yuan = match &cell.value {
            Value::Number(number) => amount::yuan_of(*number, unit.in_yuan()),
            Value::Text(text) => {
                let money = self.settle(read_money(text), row, "amount")?;
                amount::yuan(money.number, money.unit.unwrap_or(unit).in_yuan())
            }
            _ => return self.no_figure(cell, row, "amount"),
        };
        if yuan.is_none() {
            self.say(Level::Error, row, "amount.too_large", "数字超出金额的范围".to_owned(), "请改为正确的金额");
        }
        yuan
    }

    fn number(&mut self, cell: &Cell, row: u32) -> Option<f64> {
        match &cell.value {
            Value::Number(number) => Some(*number).filter(|number| number.is_finite()),
            Value::Text(text) => {
                let money = self.settle(read_money(text), row, "number")?;
                if money.unit.is_some() {
                    self.say(
                        Level::Query,
                        row,
                        "number.interpreted",
                        format!("“{text}”带有单位，按所写数字读取"),
                        "请只填数字，单位写在计量单位列",
                    );
                }
                rust_decimal::prelude::ToPrimitive::to_f64(&money.number)
            }
            _ => self.no_figure(cell, row, "number"),
        }
    }

    fn count(&mut self, cell: &Cell, row: u32) -> Option<i64> {
        let text = match &cell.value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) if is_placeholder(text) => return None,
            Value::Text(text) => {
                canonical(text).trim_start_matches('第').trim_end_matches(['位', '名', '个', '项']).trim().to_owned()
            }
            _ => return self.no_figure(cell, row, "count"),
        };
        let whole = text.parse::<i64>().ok().or_else(|| text.strip_suffix(".0").and_then(|text| text.parse().ok()));
        if whole.is_none() && text != "无" && !text.is_empty() {
            self.say(Level::Error, row, "count.unreadable", format!("“{text}”不是整数"), "请填写整数");
        }
        whole
    }

    fn date(&mut self, cell: &Cell, row: u32, period: Period) -> Option<Date> {
        if let Value::Text(text) = &cell.value {
            // Departments write the same few months again and again.
            if let Some(date) = self.dates.get(text) {
                return Some(*date);
            }
            let reading = read_date(text, period.year());
            if let (Reading::Plain(date), true) = (&reading, self.dates.len() < MOST_WORDINGS) {
                self.dates.insert(text.clone(), *date);
            }
            return self.settle(reading, row, "date");
        }
        let reading = match &cell.value {
            Value::Number(number) => read_date_number(*number, cell.shown),
            Value::Date(serial) => read_date_serial(*serial, cell.shown),
            _ => return self.no_figure(cell, row, "date"),
        };
        self.settle(reading, row, "date")
    }

    fn text(&mut self, cell: &Cell, row: u32, is_subject: bool) -> Option<SharedText> {
        let text = match &cell.value {
            Value::Text(text) if is_placeholder(text) => return None,
            // As it is in nearly every cell: the text is the cell's own, and no copy of it.
            Value::Text(text) if is_canonical(text) && !(is_subject && text.starts_with(is_mark)) => {
                return (!says_nothing(text)).then(|| text.clone());
            }
            Value::Text(text) => canonical(text),
            Value::Number(number) => {
                amount::decimal(*number).map_or_else(|| number.to_string(), |number| number.to_string())
            }
            Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Value::Date(serial) => read_date_serial(*serial, cell.shown)
                .value()
                .map_or_else(|| serial.to_string(), |date| date.to_string()),
            Value::Error(_) | Value::Uncalculated => return self.no_figure(cell, row, "text"),
        };
        let text = if is_subject { self.without_marks(text, row) } else { text };
        (!says_nothing(&text)).then(|| text.into())
    }

    /// ★, ● and the like before a name say that it is a key project; they are not its name.
    fn without_marks(&mut self, text: String, row: u32) -> String {
        let bare = text.trim_start_matches(is_mark);
        if bare.len() == text.len() || bare.is_empty() {
            return text;
        }
        self.say(Level::Info, row, "text.mark", format!("名称“{text}”前的标记没有算作名称"), "");
        bare.to_owned()
    }

    /// An error cell, a formula without a value, a value of another kind: absent, and said so.
    fn no_figure<T>(&mut self, cell: &Cell, row: u32, kind: &str) -> Option<T> {
        let message = match &cell.value {
            Value::Error(error) => format!("单元格是错误值{error}"),
            Value::Uncalculated => "公式没有保存计算结果".to_owned(),
            Value::Bool(_) => "单元格是逻辑值".to_owned(),
            Value::Date(_) => "数字被设成了日期格式".to_owned(),
            _ => "单元格的内容不能用在这一列".to_owned(),
        };
        self.say(Level::Error, row, &format!("{kind}.unreadable"), message, "请改为具体的数值后重新报送");
        None
    }

    /// The value of a reading, with what it leaves to ask said.
    pub(super) fn settle<T>(&mut self, reading: Reading<T>, row: u32, kind: &str) -> Option<T> {
        match reading {
            Reading::Empty => None,
            Reading::Plain(value) => Some(value),
            Reading::Asked(value, why) => {
                self.say(Level::Query, row, &format!("{kind}.interpreted"), why, "请核实，并改为规范的写法");
                Some(value)
            }
            Reading::Unsaid(why) => {
                self.say(
                    Level::Query,
                    row,
                    &format!("{kind}.words"),
                    format!("{why}，按未填读取"),
                    "没有的请留空，并在备注中说明",
                );
                None
            }
            Reading::Unreadable(why) => {
                self.say(
                    Level::Error,
                    row,
                    &format!("{kind}.unreadable"),
                    format!("{why}，没有读取"),
                    "请改为规范的写法后重新报送",
                );
                None
            }
        }
    }

    pub(super) fn say(&mut self, level: Level, row: u32, rule: &str, message: String, advice: &str) {
        let place = self
            .place
            .clone()
            .at_row(self.column.row.unwrap_or(row))
            .at_column(self.column.column)
            .of_field(&self.field.id);
        let message = format!("{}：{message}", self.field.title);
        self.findings.push(Finding::new(level, rule, place, message, advice));
    }
}

/// Whether a character is a mark before a name and no part of it.
fn is_mark(c: char) -> bool {
    "★☆●○◆◇△▲※■□*＊".contains(c) || c.is_whitespace()
}

/// Whether a text in canonical form says that there is nothing to say.
fn says_nothing(text: &str) -> bool {
    matches!(text, "" | "无" | "暂无" | "无。")
}
