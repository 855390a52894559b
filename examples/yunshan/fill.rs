//! Fills a form with a unit's rows: title, header, sections, totals, footers, and the trouble that the form asks for.

use super::columns::{self, Column};
use super::forms::{Form, Habit, Numbers, Rates, Total};
use super::month::Month;
use super::sheet::{Area, Content, Formula, Look, Sheet};
use super::truth::{Row, Value, WAN};
use super::words;

/// A sheet while it is being filled.
pub struct Page<'a> {
    form: &'a Form,
    month: Month,
    columns: Vec<Column>,
    /// What is laid out so far.
    pub sheet: Sheet,
    left: u32,
    next: u32,
    laid: Vec<(u32, &'a Row)>,
    wrong_to_come: bool,
}

/// The filled sheet, in the words of a month.
pub fn fill<'a>(form: &'a Form, rows: &[&'a Row], month: Month) -> Sheet {
    laid(form, rows, month, month).sheet
}

/// Where a project's field stands on the sheet that [`fill`] gives.
pub fn place<'a>(form: &'a Form, rows: &[&'a Row], month: Month, name: &str, field: &str) -> Option<(u32, u32)> {
    let page = laid(form, rows, month, month);
    let row = page.laid.iter().find(|(_, row)| row.text("name") == name)?.0;
    Some((row, page.column_of(field)?))
}

/// The filled sheet with the headers of another month than its lines: left over from the month before.
pub fn laid<'a>(form: &'a Form, rows: &[&'a Row], month: Month, headed: Month) -> Page<'a> {
    let offset = u32::from(form.habits.contains(&Habit::Offset));
    let mut page = Page {
        form,
        month,
        columns: columns::parse(form.columns, headed),
        sheet: Sheet::named(&month.in_words(form.sheet)),
        left: offset,
        next: offset,
        laid: Vec::new(),
        // The wrong sum is a fault of May.
        wrong_to_come: form.habits.contains(&Habit::WrongSubtotal) && month == Month::MAY,
    };
    page.top_lines();
    page.header();
    let reserved = page.reserve_totals(rows);
    page.body(rows, form.sections, 0);
    page.write_totals(reserved, rows);
    page.finish();
    page
}

impl<'a> Page<'a> {
    fn last(&self) -> u32 {
        self.left + self.columns.len() as u32 - 1
    }

    fn has(&self, habit: Habit) -> bool {
        self.form.habits.contains(&habit)
    }

    fn column_of(&self, field: &str) -> Option<u32> {
        self.columns.iter().position(|column| column.field == Some(field)).map(|at| self.left + at as u32)
    }

    fn top_lines(&mut self) {
        for line in self.month.in_words(self.form.top).lines() {
            if let Some(title) = line.strip_prefix('#') {
                self.sheet.text(self.next, self.left, title, Look::Title);
                self.sheet.merge(self.next, self.left, self.next, self.last());
            } else {
                let parts: Vec<&str> = line.split("||").collect();
                let width = self.columns.len() as u32;
                for (at, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
                    let last = at + 1 == parts.len() && at > 0;
                    let column = if last { width - 2 } else { (width / parts.len() as u32) * at as u32 };
                    self.sheet.text(self.next, self.left + column, &part.replace('\t', "    "), Look::Plain);
                }
            }
            self.next += 1;
        }
    }

    fn header(&mut self) {
        let spread = self.has(Habit::SpreadHeader);
        self.next = columns::write_header(&mut self.sheet, &self.columns, self.next, self.left, spread);
    }

    fn reserve_totals(&mut self, rows: &[&Row]) -> u32 {
        let first = self.next;
        self.next += match self.form.total {
            Total::Top => 1,
            Total::TopOfWhich => 1 + words::distinct(rows, "nature").len() as u32,
            _ => 0,
        };
        first
    }

    /// Lays out the rows, in sections where the form has them.
    fn body(&mut self, rows: &[&'a Row], sections: &[&'static str], depth: usize) {
        let Some((field, deeper)) = sections.split_first() else {
            rows.iter().for_each(|row| self.data_row(row));
            return;
        };
        for (at, value) in words::distinct(rows, field).into_iter().enumerate() {
            let members: Vec<&Row> = rows.iter().copied().filter(|row| row.text(field) == value).collect();
            if self.has(Habit::BlankRows) && at > 0 {
                self.next += 1;
            }
            self.section_row(depth, at, &words::section(field, value, members.len()));
            let before = self.laid.len();
            self.body(&members, deeper, depth + 1);
            if self.has(Habit::Subtotals) || self.has(Habit::WrongSubtotal) {
                let laid = self.laid[before..].to_vec();
                self.sum_row(self.next, "小  计", &laid);
                self.next += 1;
            }
        }
    }

    fn section_row(&mut self, depth: usize, at: usize, title: &str) {
        if self.has(Habit::RepeatedHeader) {
            self.sheet.text(self.next, self.left, words::NUMERALS[at], Look::Strong);
            self.sheet.text(self.next, self.left + 1, title, Look::Strong);
        } else {
            let numbered = if depth == 0 {
                format!("{}、{title}", words::NUMERALS[at])
            } else {
                format!("（{}）{title}", words::NUMERALS[at])
            };
            self.sheet.text(self.next, self.left, &numbered, Look::Strong);
            self.sheet.merge(self.next, self.left, self.next, self.last());
        }
        self.next += 1;
    }

    fn data_row(&mut self, row: &'a Row) {
        if self.has(Habit::RepeatedHeader) && self.laid.len() == 4 {
            self.header();
        }
        let (at, place) = (self.laid.len(), self.next);
        for number in 0..self.columns.len() {
            let (content, look) = self.cell(number, row, at);
            self.sheet.put(place, self.left + number as u32, content, look);
        }
        if self.has(Habit::HiddenRow) && at == 1 {
            self.sheet.hidden_rows.insert(place);
        }
        self.laid.push((place, row));
        self.next += 1;
    }

    fn cell(&self, number: usize, row: &Row, at: usize) -> (Content, Look) {
        let column = &self.columns[number];
        let Some(field) = column.field else { return (words::of_no_book(&column.words(), row, at), Look::Body) };
        if let Some(said) = row.said.get(field) {
            return (Content::Text(said.clone()), Look::Body);
        }
        match row.values.get(field) {
            None if self.form.empty.is_empty() => (Content::Blank, Look::Body),
            None => (Content::Text(self.form.empty.to_string()), Look::Body),
            Some(Value::Text(text)) if field == "name" && self.has(Habit::StraySpaces) => {
                (Content::Text(format!("{}{text}{}", [" ", "", ""][at % 3], ["", "  ", ""][at % 3])), Look::Body)
            }
            Some(Value::Text(text)) => (Content::Text(text.clone()), Look::Body),
            Some(Value::Number(number)) => (Content::Number(*number), Look::Body),
            Some(Value::Date(day)) => self.form.dates.cell(*day),
            Some(Value::Rate(over, under)) => self.rate(*over, *under, self.next),
            Some(Value::Yuan(amount)) => (self.amount(column, *amount, at), Look::Body),
        }
    }

    fn amount(&self, column: &Column, amount: i64, at: usize) -> Content {
        let unit = words::yuan_in(column.money.unwrap_or(self.form.money));
        let as_text = match self.form.numbers {
            Numbers::Plain => false,
            Numbers::Text => true,
            Numbers::SomeText => at % 3 == 1,
            Numbers::Thousands => at.is_multiple_of(2),
            Numbers::FullWidth => at % 4 == 2,
        };
        if as_text {
            Content::Text(words::amount(amount, unit, self.form.numbers))
        } else {
            Content::Number(amount as f64 / unit as f64)
        }
    }

    fn rate(&self, over: i64, under: i64, row: u32) -> (Content, Look) {
        let fraction = over as f64 / under as f64;
        let points = (fraction * 1000.0).round() / 10.0;
        match (self.form.rates, self.column_of("done"), self.column_of("plan")) {
            (Rates::Formula, Some(done), Some(plan)) => {
                (Content::Formula(Formula::Ratio((row, done), (row, plan)), fraction), Look::Percent)
            }
            (Rates::Formula | Rates::Percent, ..) => (Content::Number((fraction * 1e4).round() / 1e4), Look::Percent),
            (Rates::Points, ..) => (Content::Number(points), Look::Body),
            (Rates::Text, ..) => (Content::Text(format!("{points:.1}%")), Look::Body),
        }
    }

    fn write_totals(&mut self, reserved: u32, rows: &[&'a Row]) {
        let laid = self.laid.clone();
        match self.form.total {
            Total::None => {}
            Total::Top => self.sum_row(reserved, &format!("合计（{}个）", rows.len()), &laid),
            Total::TopOfWhich => {
                self.sum_row(reserved, &format!("合计（{}个）", rows.len()), &laid);
                for (at, nature) in words::distinct(rows, "nature").into_iter().enumerate() {
                    let part: Vec<_> = laid.iter().copied().filter(|(_, row)| row.text("nature") == nature).collect();
                    let label = format!("{}{nature}项目（{}个）", ["其中：", "      "][at.min(1)], part.len());
                    self.sum_row(reserved + 1 + at as u32, &label, &part);
                }
            }
            Total::Bottom => {
                self.next += u32::from(self.has(Habit::BlankRows));
                self.sum_row(self.next, "合  计", &laid);
                self.next += 1;
            }
        }
    }

    /// A row of sums: live formulas where every cell above is a number, else typed figures.
    fn sum_row(&mut self, place: u32, label: &str, laid: &[(u32, &'a Row)]) {
        for number in 0..self.columns.len() as u32 {
            self.sheet.put(place, self.left + number, Content::Blank, Look::Strong);
        }
        let name = self.columns.iter().position(|c| c.field == Some("name")).unwrap_or(0) as u32;
        if name == 1 && label.starts_with("合计") {
            self.sheet.text(place, self.left, label, Look::Strong);
            self.sheet.merge(place, self.left, place, self.left + 1);
        } else {
            self.sheet.text(place, self.left + name, label, Look::Strong);
        }
        for number in 0..self.columns.len() {
            let column = &self.columns[number];
            let Some(field) = column.field else { continue };
            let at = self.left + number as u32;
            let sum: i64 = laid.iter().map(|(_, row)| row.amount(field)).sum();
            if laid.iter().any(|(_, row)| matches!(row.values.get(field), Some(Value::Yuan(_)))) {
                let content = self.sum(column, field, at, sum, laid);
                self.sheet.put(place, at, content, Look::Strong);
            } else if field == "rate" && laid.iter().any(|(_, row)| row.amount("plan") > 0) {
                let total = |field: &str| laid.iter().map(|(_, row)| row.amount(field)).sum::<i64>();
                let (content, look) = self.rate(total("done") + self.wrong_by("done"), total("plan"), place);
                self.sheet.put(place, at, content, look);
            }
        }
        self.wrong_to_come = false;
    }

    /// By how many yuan the next sum of a field is wrong.
    fn wrong_by(&self, field: &str) -> i64 {
        if self.wrong_to_come && field == "done" { 100 * WAN } else { 0 }
    }

    fn sum(&self, column: &Column, field: &str, at: u32, sum: i64, laid: &[(u32, &Row)]) -> Content {
        let unit = words::yuan_in(column.money.unwrap_or(self.form.money)) as f64;
        let numbers = self.form.numbers == Numbers::Plain && laid.iter().all(|(_, row)| !row.said.contains_key(field));
        let wrong_by = self.wrong_by(field);
        if !numbers || wrong_by != 0 {
            return Content::Number((sum + wrong_by) as f64 / unit);
        }
        let mut areas: Vec<Area> = Vec::new();
        for (row, _) in laid {
            match areas.last_mut() {
                Some(area) if area.bottom + 1 == *row => area.bottom = *row,
                _ => areas.push(Area { top: *row, left: at, bottom: *row, right: at }),
            }
        }
        Content::Formula(Formula::Sum(areas), sum as f64 / unit)
    }

    fn finish(&mut self) {
        for line in self.month.in_words(self.form.bottom).lines() {
            self.sheet.text(self.next, self.left, &line.replace('\t', "            "), Look::Plain);
            self.sheet.merge(self.next, self.left, self.next, self.last());
            self.next += 1;
        }
        for habit in self.form.habits {
            if let Habit::Merged(field) = habit {
                self.merge_down(field);
            }
        }
        for (number, column) in self.columns.iter().enumerate() {
            let at = self.left + number as u32;
            self.sheet.widths.insert(at, column.width());
            let no_book = column.field.is_none() && !column.words().contains('序') && !column.words().contains("编号");
            if self.has(Habit::HiddenColumns) && no_book {
                self.sheet.hidden_columns.insert(at);
            }
        }
    }

    /// Merges cells of a field that hold the same in rows that touch.
    fn merge_down(&mut self, field: &str) {
        let Some(at) = self.column_of(field) else { return };
        let mut runs: Vec<(u32, u32, String)> = Vec::new();
        for (place, row) in &self.laid {
            match runs.last_mut() {
                Some((_, bottom, text)) if *bottom + 1 == *place && text == row.text(field) => *bottom = *place,
                _ => runs.push((*place, *place, row.text(field).to_string())),
            }
        }
        for (top, bottom, _) in runs {
            for row in top + 1..=bottom {
                self.sheet.put(row, at, Content::Blank, Look::Body);
            }
            self.sheet.merge(top, at, bottom, at);
        }
    }
}
