//! The text of the bulletin's template, filled in, as blocks: a line a paragraph, told apart by its first mark.
//!
//! ```text
//! # 标题                 the title; ~ breaks the line
//! ## 一级  ### 二级       headings, numbered by the program: 一、 （一）
//! 正文                   a paragraph; **…** is bold
//! ^ 表题                 the caption of the table that follows
//! | 列 | 列 |            a table, its first row the header
//! > 表注                 a note in small type
//! + 附件                 a line of 附件说明
//! ```
//!
//! A backslash takes a mark its meaning, as the template does with all that comes from departments.

/// A block of the document, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// The title, by the lines that it is to have.
    Title(Vec<String>),
    /// A heading of level 1 to 3, without its number.
    Heading(usize, Text),
    /// A paragraph.
    Paragraph(Text),
    /// A table.
    Table(Table),
    /// A note below a table.
    Note(Text),
    /// The name of an annex.
    Attachment(String),
}

/// A table with its header row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) caption: Option<String>,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Text in spans, each with whether it is bold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) Vec<(String, bool)>);

impl Text {
    /// Without what marks it.
    pub(super) fn plain(&self) -> String {
        self.0.iter().map(|(text, _)| text.as_str()).collect()
    }
}

/// The blocks of a text.
///
/// # Errors
///
/// What cannot be a document, in a sentence that quotes the line: a row with too many cells, no title.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    let mut table: Option<Table> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(row) = line.strip_prefix('|') {
            add_row(table.get_or_insert_default(), row, line)?;
            continue;
        }
        end_table(&mut blocks, &mut table)?;
        match marked(line) {
            Marked::Caption(caption) => table = Some(Table { caption: Some(plain(caption)), ..Table::default() }),
            Marked::Block(block) => blocks.push(block),
            Marked::Unknown => {
                return Err(format!("“{}”：标题最多到三级（####），# 后面要空一格", shortened(line)));
            }
        }
    }
    end_table(&mut blocks, &mut table)?;
    match blocks.iter().filter(|block| matches!(block, Block::Title(_))).count() {
        1 => Ok(blocks),
        0 => Err("没有标题：请写一行以“# ”开头的标题".to_owned()),
        _ => Err("标题只能有一个：其余以“# ”开头的行请改成“## ”".to_owned()),
    }
}

enum Marked<'l> {
    Caption(&'l str),
    Block(Block),
    Unknown,
}

fn marked(line: &str) -> Marked<'_> {
    let hashes = line.chars().take_while(|c| *c == '#').count();
    if hashes > 0 {
        let rest = &line[hashes..];
        return match (hashes, rest.starts_with([' ', '\u{3000}'])) {
            (1, true) => Marked::Block(Block::Title(lines(rest.trim()))),
            (2..=4, true) => Marked::Block(Block::Heading(hashes - 1, spans(rest.trim()))),
            _ => Marked::Unknown,
        };
    }
    match line.chars().next() {
        Some('^') => Marked::Caption(line[1..].trim()),
        Some('>') => Marked::Block(Block::Note(spans(line[1..].trim()))),
        Some('+') => Marked::Block(Block::Attachment(plain(line[1..].trim()))),
        _ => Marked::Block(Block::Paragraph(spans(line))),
    }
}

fn add_row(table: &mut Table, row: &str, line: &str) -> Result<(), String> {
    let cells: Vec<String> =
        split(row.strip_suffix('|').unwrap_or(row), '|').iter().map(|cell| plain(cell.trim())).collect();
    if table.header.is_empty() {
        table.header = cells;
        return Ok(());
    }
    match cells.len() == table.header.len() {
        true => table.rows.push(cells),
        false => {
            let (has, wants) = (cells.len(), table.header.len());
            return Err(format!("表格的一行有{has}格，表头有{wants}格：“{}”，请改成一样多", shortened(line)));
        }
    }
    Ok(())
}

/// A table is over with the first line that is none of its rows; a caption alone is a slip.
fn end_table(blocks: &mut Vec<Block>, table: &mut Option<Table>) -> Result<(), String> {
    match table.take() {
        Some(table) if table.header.is_empty() => {
            Err(format!("表题“{}”后面没有表格", shortened(table.caption.as_deref().unwrap_or_default())))
        }
        Some(table) => {
            blocks.push(Block::Table(table));
            Ok(())
        }
        None => Ok(()),
    }
}

/// The parts of a text between a mark that no backslash stands before.
fn split(text: &str, mark: char) -> Vec<&str> {
    let (mut parts, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// A text with the backslashes gone that took marks their meaning.
fn plain(text: &str) -> String {
    spans(text).plain()
}

fn lines(text: &str) -> Vec<String> {
    split(text, '~').into_iter().map(|line| plain(line.trim())).filter(|line| !line.is_empty()).collect()
}

/// Text with what stands between `**` and `**` in bold.
fn spans(text: &str) -> Text {
    let (mut spans, mut span, mut bold) = (Vec::new(), String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => span.extend(rest.next()),
            '*' if rest.peek() == Some(&'*') => {
                rest.next();
                spans.push((std::mem::take(&mut span), bold));
                bold = !bold;
            }
            c => span.push(c),
        }
    }
    spans.push((span, bold));
    spans.retain(|(text, _)| !text.is_empty());
    Text(spans)
}

fn shortened(line: &str) -> String {
    match line.chars().count() {
        0..=40 => line.to_owned(),
        _ => line.chars().take(39).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        Text(vec![(text.to_owned(), false)])
    }

    #[test]
    fn a_line_is_a_paragraph_and_its_first_mark_says_which() {
        let read =
            blocks("# 关于~通报\n\n## 总体\n正文**要点**后\n^ 表题\n| 甲 | 乙 |\n| 1 | a\\|b |\n> 注\n+ 附件名\n");
        let table = Table {
            caption: Some("表题".into()),
            header: vec!["甲".into(), "乙".into()],
            rows: vec![vec!["1".into(), "a|b".into()]],
        };
        let paragraph = [("正文", false), ("要点", true), ("后", false)].map(|(text, bold)| (text.to_owned(), bold));
        let expected = vec![
            Block::Title(vec!["关于".into(), "通报".into()]),
            Block::Heading(1, text("总体")),
            Block::Paragraph(Text(paragraph.to_vec())),
            Block::Table(table),
            Block::Note(text("注")),
            Block::Attachment("附件名".into()),
        ];
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn escaped_marks_are_characters() {
        let read = blocks("# 题\n\\# 不是标题\n\\| 不是表 \\*\\*不加粗\\*\\*").unwrap();
        assert_eq!(read[1..], [Block::Paragraph(text("# 不是标题")), Block::Paragraph(text("| 不是表 **不加粗**"))]);
    }

    #[test]
    fn what_cannot_be_a_document_is_told() {
        for (written, says) in [
            ("正文", "没有标题"),
            ("# 一\n# 二", "只能有一个"),
            ("# 题\n| 甲 | 乙 |\n| 1 |", "有1格，表头有2格"),
            ("# 题\n^ 表\n正文", "“表”后面没有表格"),
            ("# 题\n##### 五级", "最多到三级"),
        ] {
            assert!(blocks(written).unwrap_err().contains(says), "{written}");
        }
    }
}
