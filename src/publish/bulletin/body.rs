//! The blocks of the text as WordprocessingML: paragraphs, numbered headings, tables with repeated header rows.

use super::frame;
use super::letter::Letter;
use super::markup::{Block, Table, Text};
use super::measures::WIDTH;
use super::widths;
use super::xml::{BREAK, bold, paragraph, run};
use crate::text::numeral;

/// The margins of a table's cells.
const MARGINS: &str = r#"<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>"#;
/// How many of a table's first rows stay on its header's page.
const KEPT: usize = 2;
/// Halves of a character from which on a table's text stands at the left and not in the middle.
const LEFT_FROM: usize = 15;

/// All of the document between masthead and imprint.
pub(super) fn body(blocks: &[Block], letter: &Letter) -> String {
    let mut body = Body::default();
    let mut names = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Title(lines) => body.xml += &(frame::title(&balanced(lines)) + &frame::to(letter)),
            Block::Heading(level, text) => body.heading(*level, text),
            Block::Paragraph(text) => body.paragraph(text, is_last(&blocks[at + 1..])),
            Block::Table(table) => body.table(table, matches!(blocks.get(at + 1), Some(Block::Note(_)))),
            Block::Note(text) => body.xml += &paragraph("Note", "", &runs(text)),
            Block::Attachment(name) => names.push(name.clone()),
        }
    }
    body.xml + &frame::attachments(&names) + &frame::signature(letter)
}

/// Whether no more text comes, only names of annexes.
fn is_last(rest: &[Block]) -> bool {
    rest.iter().all(|block| matches!(block, Block::Attachment(_)))
}

/// Characters of 2号 that fit a line.
const TITLE_LINE: usize = 20;
/// Words behind which a title may break, the last character of each staying above.
const TITLE_BREAKS: [&str; 8] = ["关于", "年", "月", "周", "日）", "项目", "任务", "的"];

/// A title that nobody has broken, on as many lines of like length as it needs, broken where a word ends.
fn balanced(lines: &[String]) -> Vec<String> {
    let [line] = lines else { return lines.to_vec() };
    let characters: Vec<char> = line.chars().collect();
    let wide = widths::halves(line).div_ceil(2);
    if wide <= TITLE_LINE {
        return lines.to_vec();
    }
    let count = wide.div_ceil(TITLE_LINE);
    let mut broken = Vec::new();
    let mut from = 0;
    for left in (2..=count).rev() {
        let ideal = from + (characters.len() - from) / left;
        let ends = |at: &usize| {
            let before: String = characters[from..*at].iter().collect();
            TITLE_BREAKS.iter().any(|word| before.ends_with(word))
        };
        let near = (from + 4..characters.len().saturating_sub(3)).filter(ends).min_by_key(|at| at.abs_diff(ideal));
        let at = near.filter(|at| at.abs_diff(ideal) <= 5).unwrap_or(ideal);
        broken.push(characters[from..at].iter().collect());
        from = at;
    }
    broken.push(characters[from..].iter().collect());
    broken
}

#[derive(Default)]
struct Body {
    xml: String,
    /// How many headings of each level stand since the one above them.
    headings: [u32; 3],
    tables: u32,
}

impl Body {
    fn heading(&mut self, level: usize, text: &Text) {
        self.headings[level - 1] += 1;
        self.headings[level..].fill(0);
        let number = self.headings[level - 1];
        let number = match level {
            1 => format!("{}、", numeral(number)),
            2 => format!("（{}）", numeral(number)),
            _ => format!("{number}."),
        };
        self.xml += &paragraph(&format!("Heading{level}"), "", &(run(&number) + &runs(text)));
    }

    /// The last paragraph stays with the signature, which must not stand alone on a page.
    fn paragraph(&mut self, text: &Text, last: bool) {
        self.xml += &paragraph("Normal", if last { "<w:keepNext/>" } else { "" }, &runs(text));
    }

    fn table(&mut self, table: &Table, noted: bool) {
        let table = &without_blank_columns(table);
        if let Some(caption) = &table.caption {
            self.tables += 1;
            self.xml += &paragraph("Caption", "", &run(&format!("表{}　{caption}", self.tables)));
        }
        self.xml += &written(table);
        if !noted {
            self.xml += &paragraph("AfterTable", "", "");
        }
    }
}

/// A table without the columns that nothing is known for: they only take the room of the others.
fn without_blank_columns(table: &Table) -> Table {
    let says = |at: &usize| table.rows.iter().any(|row| !["", "—", "…"].contains(&row[*at].as_str()));
    let kept: Vec<usize> = (0..table.header.len()).filter(|at| table.rows.is_empty() || *at == 0 || says(at)).collect();
    let of = |row: &Vec<String>| kept.iter().map(|at| row[*at].clone()).collect();
    Table { caption: table.caption.clone(), header: of(&table.header), rows: table.rows.iter().map(of).collect() }
}

fn runs(text: &Text) -> String {
    text.0.iter().map(|(text, is_bold)| if *is_bold { bold(text) } else { run(text) }).collect()
}

/// A column's heading, its unit on a line of its own.
fn heading(text: &str) -> String {
    let (words, unit) = widths::of_unit(text);
    let broken = if unit.is_empty() { run(words) } else { format!("{}{BREAK}{}", run(words), run(unit)) };
    paragraph("TableHead", "<w:keepNext/>", &broken)
}

fn written(table: &Table) -> String {
    let widths = widths::columns(table);
    let left: Vec<bool> =
        (0..table.header.len()).map(|at| table.rows.iter().any(|row| widths::halves(&row[at]) > LEFT_FROM)).collect();
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width}"/>"#)).collect();
    let head: Vec<String> = table.header.iter().map(|cell| heading(cell)).collect();
    let mut rows = row(&head, &widths, "<w:tblHeader/>");
    for (at, cells) in table.rows.iter().enumerate() {
        // The header and the first rows stay together, so that no page ends with a header alone.
        let keep = if at < KEPT && at + 1 < table.rows.len() { "<w:keepNext/>" } else { "" };
        let style = |at: usize| if left[at] { "TableText" } else { "TableFigure" };
        let cells: Vec<String> =
            cells.iter().enumerate().map(|(at, cell)| paragraph(style(at), keep, &run(cell))).collect();
        rows += &row(&cells, &widths, "");
    }
    let rule = |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(rule).concat();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>{MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

/// A row that stands on one page; at least 7 mm high.
fn row(cells: &[String], widths: &[u32], header: &str) -> String {
    let cells: String = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| {
            format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{cell}</w:tc>"#
            )
        })
        .collect();
    format!(r#"<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>{header}</w:trPr>{cells}</w:tr>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_breaks_where_a_word_ends() {
        let broken = |title: &str| balanced(&[title.to_owned()]);
        assert_eq!(broken("关于五月重点项目的通报"), ["关于五月重点项目的通报"]);
        let lines = broken("云山县2026年1—5月重点建设项目进展情况督查通报");
        assert_eq!(lines, ["云山县2026年1—5月", "重点建设项目进展情况督查通报"]);
        let long = "很".repeat(65);
        let lines = broken(&long);
        assert!(lines.len() == 4 && lines.iter().all(|line| line.chars().count() <= 20) && lines.concat() == long);
        assert_eq!(balanced(&["甲".into(), "乙".into()]), ["甲", "乙"]);
    }

    #[test]
    fn headings_count_by_level() {
        let mut body = Body::default();
        for level in [1, 2, 2, 1, 2] {
            body.heading(level, &Text(vec![("题".into(), false)]));
        }
        let numbers: Vec<&str> = ["一、", "（一）", "（二）", "二、", "（一）"].to_vec();
        let mut rest = body.xml.as_str();
        for number in numbers {
            let at = rest.find(&format!(">{number}<")).expect(number);
            rest = &rest[at + 1..];
        }
    }
}
