//! What each row is: title, caption, header, section, data, subtotal, total, note or blank.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::RowKind;
use super::columns::Assigned;
use super::sheet::{Sheet, is_figure, is_text, text_of};
use crate::collect::{Row, Value};
use crate::profile::{Book, Kind};
use crate::text::{is_placeholder, label};

static COUNT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(]?共?计?(\d+)[个项户宗件条类家]?[)]?$"));
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(.{0,8}?)(?:合计|总计|共计|累计)[(:]?共?计?\d*[个项户宗件条家]?[)]?[:]?$"));
static SUBTOTAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:.{0,12})小计[(:]?共?计?\d*[个项户宗件条家]?[)]?[:]?$"));
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[一二三四五六七八九十]+[、.,:]|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+[部分类篇章]|[ivx]+[、.])",
    )
});
static NUMERAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(?[一二三四五六七八九十]+\)?[、.]?$"));
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\(共?计?\d+[个项户宗件条家]\)|共?\d+[个项户宗件条家])$"));
/// A column's number, perhaps with how it is reckoned: 7, (7), 7=6/5.
static NUMBERING: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(?(\d{1,2})\)?(?:=[\d()+\-*/×÷%]+)?$"));
static SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\(?\d+(?:\.0|[-.]\d+)?\)?[●*★、.]?$"));
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:注|说明|备注|附注|填表说明|填报说明|填报要求|注意事项|指标解释|口径说明)[:]|^(?:注|说明|备注)\d?[.、]|^\*?注意",
    )
});
static SIGNED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:填报人|审核人|填表人|制表人|单位负责人|负责人|经办人|联系人|联系电话|分管领导|主要领导|统计负责人|复核人|签发人|联系方式|填报日期|填表日期|填报时间|制表|审核|审批|填报|填表|复核|校对|统计员|报表人|编制人|签发|联络员)(?:\((?:签字|签名|盖章|签章)\))?[:]",
    )
});
static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"单位(?:\([^)]*\))?[:]|部门[:]|单位名称|日期[:]?|时间[:]|报告期|截至|截止|^\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?$|^\(?(?:金额)?(?:单位)?(?:万元|亿元|元)\)?$|^表号|制定机关|批准机关|有效期|文号",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// What a table's row rests on: its subject, its serial number, its figures.
pub(super) struct Table<'a> {
    sheet: &'a Sheet<'a>,
    header: (u32, u32),
    subject: Option<u32>,
    serial: Option<u32>,
    amounts: Columns,
    /// Columns whose words only a record has: not its name, class or remarks.
    particulars: Columns,
    header_words: Vec<(u32, HashSet<String>)>,
    has_of_which_rows: bool,
}

/// Columns, asked for in every row.
#[derive(Debug, Default)]
struct Columns(Vec<bool>);

impl Columns {
    fn contains(&self, column: u32) -> bool {
        self.0.get(column as usize).copied().unwrap_or_default()
    }

    fn remove(&mut self, column: u32) {
        if let Some(known) = self.0.get_mut(column as usize) {
            *known = false;
        }
    }
}

impl FromIterator<u32> for Columns {
    fn from_iter<I: IntoIterator<Item = u32>>(columns: I) -> Self {
        let mut known = Vec::new();
        for column in columns {
            known.resize(known.len().max(column as usize + 1), false);
            known[column as usize] = true;
        }
        Self(known)
    }
}

impl<'a> Table<'a> {
    pub(super) fn new(sheet: &'a Sheet<'a>, header: (u32, u32), columns: &[Assigned], book: &Book) -> Self {
        let field = |assigned: &Assigned| assigned.field.map(|field| &book.fields[field]);
        let subject = columns.iter().find(|c| field(c).is_some_and(|f| f.id == book.subject)).map(|c| c.column);
        let serial = columns
            .iter()
            .find(|c| c.field.is_none() && ["序号", "编号", "序", "no"].contains(&c.heading.own.as_str()))
            .map(|c| c.column);
        let of_kind = |wanted: &dyn Fn(Kind) -> bool| {
            columns.iter().filter(|c| field(c).is_some_and(|f| wanted(f.kind))).map(|c| c.column).collect::<Columns>()
        };
        let header_words = columns
            .iter()
            .map(|c| (c.column, c.heading.written.split('|').map(label).filter(|word| !word.is_empty()).collect()))
            .collect();
        let mut particulars = of_kind(&|kind| matches!(kind, Kind::Text | Kind::Choice | Kind::Date));
        subject.iter().for_each(|&subject| particulars.remove(subject));
        Self {
            sheet,
            header,
            subject,
            serial,
            amounts: of_kind(&|kind| matches!(kind, Kind::Amount | Kind::Rate | Kind::Count | Kind::Number)),
            particulars,
            header_words,
            // In a table of indicators 其中 is an indicator of its own.
            has_of_which_rows: book.fields.iter().any(|field| field.kind == Kind::Amount),
        }
    }

    /// The kind of every row from the first used to the last.
    pub(super) fn classify(&self) -> (u32, Vec<RowKind>) {
        let rows = &self.sheet.grid.rows;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return (1, Vec::new()) };
        let mut kinds = vec![RowKind::Blank; (last.number - first.number + 1) as usize];
        // A header merged downwards may cover rows that hold nothing of their own.
        for number in self.header.0..=self.header.1.min(last.number) {
            kinds[(number - first.number) as usize] = RowKind::Header;
        }
        let mut before = RowKind::Header;
        let mut noted = false;
        for row in rows {
            let kind = match row.number {
                number if number < self.header.0 => above(self.sheet, row),
                number if number <= self.header.1 => RowKind::Header,
                _ => self.below(row, before, noted),
            };
            noted |= kind == RowKind::Note && row.number > self.header.1;
            noted &= kind != RowKind::Data;
            if kind != RowKind::Blank {
                before = kind;
            }
            kinds[(row.number - first.number) as usize] = kind;
        }
        self.see_page_heads(first.number, &mut kinds);
        (first.number, kinds)
    }

    /// A printed page begins with the title and caption again, above its repeated header.
    fn see_page_heads(&self, first: u32, kinds: &mut [RowKind]) {
        let is_loose = |kind: RowKind| matches!(kind, RowKind::Section | RowKind::Note | RowKind::Data);
        for at in 1..kinds.len() {
            let starts_page = kinds[at] == RowKind::Header && first + at as u32 > self.header.1 + 1;
            if !starts_page || kinds[at - 1] == RowKind::Header {
                continue;
            }
            for above_it in (0..at).rev().take(4) {
                let row = self.sheet.grid.row(first + above_it as u32);
                match (kinds[above_it], row) {
                    (RowKind::Blank, _) => {}
                    (kind, Some(row)) if is_loose(kind) => match page_head(self.sheet, row) {
                        Some(head) => kinds[above_it] = head,
                        None => break,
                    },
                    _ => break,
                }
            }
        }
    }

    fn below(&self, row: &Row, before: RowKind, noted: bool) -> RowKind {
        if before != RowKind::Header && self.is_plainly_data(row) {
            return RowKind::Data;
        }
        if row.cells.iter().all(|cell| text_of(cell).is_none_or(|text| label(&text).is_empty()))
            && !self.carries_merged_subject(row)
        {
            return RowKind::Blank;
        }
        if self.repeats_header(row) || self.numbers_columns(row, before) {
            return RowKind::Header;
        }
        let texts = self.sheet.texts(row);
        let words: Vec<String> = texts.iter().map(|(_, text)| label(text)).collect();
        let lead = words.first().map_or("", String::as_str);
        let has_figures = row.cells.iter().any(|cell| self.amounts.contains(cell.column) && is_figure(cell));
        if !has_figures && self.is_note(row, &words, noted) {
            return RowKind::Note;
        }
        if let Some(kind) = self.sum_row(row, &words, before) {
            return kind;
        }
        if self.is_section(row, &texts, lead, has_figures) {
            return RowKind::Section;
        }
        RowKind::Data
    }

    /// A serial number, figures and several particulars: what nearly every row of a table has, and
    /// no other kind of row. Says nothing that the closer looks would not say too.
    fn is_plainly_data(&self, row: &Row) -> bool {
        let cell = self.serial.and_then(|serial| row.cell(serial));
        let numbered = cell.is_some_and(|cell| matches!(&cell.value, Value::Number(number) if number.fract() == 0.0));
        let leads = row.cells.first().map(|cell| cell.column) == self.serial;
        numbered && leads && self.particulars_of(row) >= 3 && self.figures_of(row) > 0
    }

    fn is_note(&self, row: &Row, words: &[String], noted: bool) -> bool {
        let lead = words.first().map_or("", String::as_str);
        if NOTE.is_match(lead) || words.iter().filter(|word| SIGNED.is_match(word)).count() * 2 >= words.len().max(1) {
            return true;
        }
        let alone = words.len() == 1 && row.cells.iter().all(is_text);
        // A numbered remark after the first, or one long sentence across the table.
        alone && (noted || lead.chars().count() > 40 && !NUMBERED.is_match(lead))
    }

    /// Totals, subtotals and 其中 rows, told by the words at their head.
    fn sum_row(&self, row: &Row, words: &[String], before: RowKind) -> Option<RowKind> {
        let serial = self.serial_number(row);
        let particulars = self.particulars_of(row);
        for word in words.iter().take(2) {
            if SUBTOTAL.is_match(word) && particulars <= 2 {
                return Some(RowKind::Subtotal);
            }
            if let Some(parts) = TOTAL.captures(word).filter(|_| particulars <= 2 && !serial) {
                let whole = ["", "全县", "总", "全镇", "全乡", "全部", "县", "全市", "项目", "全区", "投资", "本页"]
                    .contains(&&parts[1]);
                return Some(if whole { RowKind::Total } else { RowKind::Subtotal });
            }
            if self.has_of_which_rows && word.starts_with("其中") && particulars <= 1 && !serial {
                return Some(RowKind::Subtotal);
            }
        }
        // The second and later of several 其中 rows: 新开工项目（5个） without the word.
        let follows = before == RowKind::Subtotal || before == RowKind::Total;
        let counted = words.len() <= 1 + self.figures_of(row)
            && words
                .first()
                .is_some_and(|word| COUNTED.is_match(word) && !NUMBERED.is_match(word) && !NUMERAL.is_match(word));
        let indented = row
            .cells
            .first()
            .is_some_and(|cell| matches!(&cell.value, Value::Text(text) if text.starts_with([' ', '\u{3000}'])));
        (self.has_of_which_rows
            && follows
            && counted
            && !serial
            && (indented || particulars == 0)
            && self.figures_of(row) > 0
            && before == RowKind::Subtotal)
            .then_some(RowKind::Subtotal)
    }

    fn is_section(&self, row: &Row, texts: &[(u32, std::borrow::Cow<str>)], lead: &str, has_figures: bool) -> bool {
        if self.serial_number(row) {
            return false;
        }
        let particulars = self.particulars_of(row);
        if NUMERAL.is_match(lead) && texts.len() >= 2 {
            return particulars == 0 || particulars <= 1 && texts.len() == 2;
        }
        if NUMBERED.is_match(lead) && particulars <= 1 {
            return true;
        }
        let worded = texts.iter().filter(|(column, _)| row.cell(*column).is_some_and(is_text)).count();
        if worded != 1 {
            return false;
        }
        let first = texts.iter().find(|(column, _)| row.cell(*column).is_some_and(is_text));
        let across = first
            .and_then(|(column, _)| self.sheet.merge_at(row.number, *column))
            .is_some_and(|merge| merge.right > merge.left + 1);
        let word = first.map_or(String::new(), |(_, text)| label(text));
        if COUNTED.is_match(&word) && word.chars().count() <= 30 {
            return true;
        }
        let outside_subject = first.is_some_and(|(column, _)| {
            Some(*column) != self.subject && self.subject.is_none_or(|subject| *column < subject)
        });
        !has_figures
            && (across
                || outside_subject
                || self.serial.is_some() && word.chars().count() <= 20 && !self.has_serial_cell(row))
    }

    /// Whether a region merged downwards gives this row its subject.
    fn carries_merged_subject(&self, row: &Row) -> bool {
        self.subject
            .and_then(|subject| self.sheet.merge_at(row.number, subject))
            .is_some_and(|merge| merge.bottom > merge.top && merge.top > self.header.1)
            && !row.cells.is_empty()
    }

    fn has_serial_cell(&self, row: &Row) -> bool {
        self.serial.is_some_and(|serial| row.cell(serial).is_some())
    }

    fn serial_number(&self, row: &Row) -> bool {
        let Some(text) = self.serial.and_then(|serial| row.cell(serial)).and_then(text_of) else { return false };
        SERIAL.is_match(&label(&text))
    }

    fn particulars_of(&self, row: &Row) -> usize {
        let says = |cell: &crate::collect::Cell| {
            self.particulars.contains(cell.column) && !matches!(&cell.value, Value::Text(text) if is_placeholder(text))
        };
        row.cells.iter().filter(|cell| says(cell)).count()
    }

    fn figures_of(&self, row: &Row) -> usize {
        row.cells.iter().filter(|cell| self.amounts.contains(cell.column) && is_figure(cell)).count()
    }

    /// The header once more, at the head of a printed page.
    fn repeats_header(&self, row: &Row) -> bool {
        let same = |cell: &&crate::collect::Cell| {
            let words = self.header_words.iter().find(|(column, _)| *column == cell.column).map(|(_, words)| words);
            words.zip(text_of(cell)).is_some_and(|(words, text)| words.contains(&label(&text)))
        };
        let repeated = row.cells.iter().filter(same).count();
        repeated >= 2 && repeated * 5 >= row.cells.len() * 3
    }

    /// A row that numbers the columns: 1 2 3 … or 甲 乙 1 2 ….
    fn numbers_columns(&self, row: &Row, before: RowKind) -> bool {
        if before != RowKind::Header || row.cells.len() < 4 {
            return false;
        }
        let number = |text: &str| -> Option<i64> { NUMBERING.captures(&label(text))?.get(1)?.as_str().parse().ok() };
        let numbers: Vec<i64> = row.cells.iter().filter_map(text_of).filter_map(|text| number(&text)).collect();
        let letters = row
            .cells
            .iter()
            .filter_map(text_of)
            .filter(|text| "甲乙丙丁戊己".contains(text.trim()) || label(text) == "栏次")
            .count();
        numbers.len() + letters == row.cells.len()
            && numbers.len() >= 3
            && numbers.windows(2).all(|two| two[1] == two[0] + 1)
    }
}

/// A row above the header: title, caption or note.
pub(super) fn above(sheet: &Sheet, row: &Row) -> RowKind {
    let words: Vec<String> =
        sheet.texts(row).iter().map(|(_, text)| label(text)).filter(|word| !word.is_empty()).collect();
    let Some(lead) = words.first() else { return RowKind::Blank };
    let is_date = row.cells.len() == 1 && matches!(row.cells[0].value, Value::Date(_));
    if NOTE.is_match(lead) || words.len() == 1 && lead.chars().count() > 60 {
        return RowKind::Note;
    }
    if is_date || words.iter().any(|word| CAPTION.is_match(word) && !is_title_like(word)) {
        return RowKind::Caption;
    }
    RowKind::Title
}

/// What a row at the head of a printed page is: its title or its caption.
fn page_head(sheet: &Sheet, row: &Row) -> Option<RowKind> {
    let texts = sheet.texts(row);
    if texts.len() > 4 {
        return None;
    }
    match above(sheet, row) {
        RowKind::Caption => Some(RowKind::Caption),
        _ => {
            let title = texts.iter().map(|(_, text)| label(text)).find(|word| !word.is_empty())?;
            let title = title.trim_end_matches("(续)").trim_end_matches("(续表)");
            (texts.len() <= 2 && !NUMBERED.is_match(title) && is_title_like(title)).then_some(RowKind::Title)
        }
    }
}

/// Whether a row is a remark or a signature: it ends a table and begins none.
pub(super) fn is_remark(row: &Row) -> bool {
    row.cells.iter().filter_map(text_of).any(|text| {
        let word = label(&text);
        NOTE.is_match(&word) || SIGNED.is_match(&word)
    })
}

/// A heading that merely mentions a date: 2026年重点项目截至10月进展情况表.
fn is_title_like(word: &str) -> bool {
    let ends = ["表", "台账", "清单", "情况", "汇总", "一览", "月报", "统计", "通报"];
    !word.contains(':') && ends.iter().any(|end| word.trim_end_matches(')').ends_with(end) || word.contains("表("))
}

/// The count that a label states (合计37个), if any.
pub(crate) fn stated_count(text: &str) -> Option<u64> {
    let text = label(text);
    let found = COUNTED.find(&text).or_else(|| TOTAL.find(&text))?;
    COUNT.captures(found.as_str()).and_then(|parts| parts[1].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_state_their_counts() {
        for (text, count) in [
            ("合计37个", Some(37)),
            ("一、续建项目（23个）", Some(23)),
            ("（一）工业项目82个", Some(82)),
            ("合计12项", Some(12)),
            ("合 计", None),
            ("二、新开工项目", None),
            ("老旧小区改造（2025年）", None),
        ] {
            assert_eq!(stated_count(text), count, "{text}");
        }
    }

    #[test]
    fn words_around_a_table() {
        for word in ["单位:万元", "填报单位(盖章):城关镇", "2026年11月1日", "填表日期:2026年10月31日", "(万元)"]
        {
            assert!(CAPTION.is_match(word), "{word}");
        }
        assert!(!CAPTION.is_match("云山县2026年重点项目建设月调度表"));
        for word in ["填报人:陆某", "审核人(签字):", "单位负责人:"] {
            assert!(SIGNED.is_match(word), "{word}");
        }
    }
}
