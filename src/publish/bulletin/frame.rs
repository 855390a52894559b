//! The parts around the text: 版头 above it, 落款 below, 版记 at the foot of the last page, the page numbers.

use super::letter::Letter;
use super::measures::*;
use super::styles::MAIN;
use super::xml::{BREAK, paragraph, run, typed};

/// The masthead in red, the number and the red rule below.
pub(super) fn head(letter: &Letter) -> String {
    let size = masthead_size(&letter.masthead);
    let line =
        format!(r#"<w:spacing w:before="{ABOVE_MASTHEAD}" w:after="0" w:line="{}" w:lineRule="exact"/>"#, size * 12);
    let text = typed(&letter.masthead, &format!(r#"<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>"#));
    paragraph("Masthead", &line, &text) + &paragraph("Number", "", &run(&letter.number))
}

/// In half points: as large as one line of the type area allows, at most 50 pt, for the longest names 2号 in two lines.
fn masthead_size(masthead: &str) -> u32 {
    let width = super::widths::halves(masthead).max(1) as u32;
    // A half of a character is as wide as a quarter of its half points in points; the area has 442 points.
    (2 * 2 * (WIDTH / 20) / width).clamp(SIZE_2, 100)
}

/// The title over its lines, two blank lines below the rule.
pub(super) fn title(lines: &[String]) -> String {
    let runs: Vec<String> = lines.iter().map(|line| run(line)).collect();
    let before = format!(r#"<w:spacing w:before="{}" w:after="0" w:line="680" w:lineRule="exact"/>"#, 2 * LINE);
    paragraph("Title", &before, &runs.join(BREAK))
}

/// 主送机关.
pub(super) fn to(letter: &Letter) -> String {
    if letter.to.is_empty() { String::new() } else { paragraph("To", "", &run(&format!("{}：", letter.to))) }
}

/// The annexes' names a blank line below the text, one under the other.
pub(super) fn attachments(names: &[String]) -> String {
    let many = names.len() > 1;
    let line = |(at, name): (usize, &String)| {
        let number = if many { format!("{}. ", at + 1) } else { String::new() };
        // 附件： takes three characters; the names below begin where the first does.
        let (label, left) = if at == 0 { ("附件：", 0) } else { ("", 3 * CHARACTER) };
        let hanging = (3 + if many { 1 } else { 0 }) * CHARACTER;
        let hanging = if at == 0 { hanging } else { hanging - 3 * CHARACTER };
        let before = if at == 0 { LINE } else { 0 };
        let more = format!(
            r#"<w:keepNext/><w:spacing w:before="{before}" w:after="0" w:line="{LINE}" w:lineRule="exact"/><w:ind w:left="{}" w:leftChars="0" w:hanging="{hanging}" w:hangingChars="0" w:firstLineChars="0"/>"#,
            2 * CHARACTER + left + hanging
        );
        paragraph("Attachment", &more, &run(&format!("{label}{number}{name}")))
    };
    names.iter().enumerate().map(line).collect()
}

/// The issuer centred over the date, which stands four characters in from the right.
pub(super) fn signature(letter: &Letter) -> String {
    let date = letter.dated();
    let wide = |text: &str| super::widths::halves(text) as i32 * 160;
    let right = 4 * 320;
    let issuer_right = (right + (wide(&date) - wide(&letter.issuer)) / 2).max(0);
    let before = |lines: u32| {
        format!(r#"<w:spacing w:before="{}" w:after="0" w:line="{LINE}" w:lineRule="exact"/>"#, lines * LINE)
    };
    let line = |text: &str, before: String, right: i32, keep: &str| {
        let more = format!(
            r#"{keep}{before}<w:ind w:right="{right}" w:rightChars="0" w:firstLineChars="0" w:firstLine="0"/>"#
        );
        paragraph("Signature", &more, &run(text))
    };
    let last = r#"<w:keepNext w:val="0"/>"#;
    match letter.issuer.is_empty() {
        true => line(&date, before(2), right, last),
        false => line(&letter.issuer, before(2), issuer_right, "") + &line(&date, before(0), right, last),
    }
}

/// 版记 as a table that stands at the foot of the type area of the page on which the text ends. It is placed by the
/// page's edge: LibreOffice lets a table as wide as the text float in no other way.
pub(super) fn imprint(letter: &Letter) -> String {
    let mut rows = Vec::new();
    if !letter.copy_to.is_empty() {
        let hanging = r#"<w:ind w:left="1120" w:leftChars="0" w:right="280" w:rightChars="0" w:hanging="840" w:hangingChars="0" w:firstLineChars="0"/>"#;
        rows.push(paragraph("Imprint", hanging, &run(&format!("抄送：{}。", letter.copy_to))));
    }
    let tabs = format!(r#"<w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs>"#, WIDTH - 280);
    let indent = r#"<w:ind w:left="280" w:leftChars="0" w:firstLineChars="0" w:firstLine="0"/>"#;
    let printed = format!("{}<w:r><w:tab/></w:r>{}", run(&letter.printed_by), run(&format!("{}印发", letter.dated())));
    rows.push(paragraph("Imprint", &format!("{tabs}{indent}"), &printed));
    let cell = format!(r#"<w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/></w:tcPr>"#);
    let row = |text: &String| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>{cell}{text}</w:tc></w:tr>");
    let rows: String = rows.iter().map(row).collect();
    // The outer rules 0.35 mm, the inner 0.25 mm; Word counts eighths of a point.
    let rule =
        |side: &str, size: u32| format!(r#"<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>"#);
    let rules = [rule("top", 8), rule("bottom", 8), rule("insideH", 6)].concat();
    format!(
        r#"<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="120" w:bottomFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{LEFT}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{WIDTH}"/></w:tblGrid>{rows}</w:tbl>"#
    )
}

/// The last paragraph, which holds the imprint and takes no room.
pub(super) const END: &str = r#"<w:p><w:pPr><w:pStyle w:val="AfterTable"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>"#;

/// The page's number between dashes: on odd pages right, on even pages left, a character in.
pub(super) fn footer(odd: bool) -> String {
    let (side, indent) = if odd { ("right", "right") } else { ("left", "left") };
    let more = format!(
        r#"<w:ind w:{indent}="280" w:{indent}Chars="0" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>"#
    );
    let page = format!(
        "{}<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}",
        run("— "),
        run("1"),
        run(" —")
    );
    let paragraph = paragraph("PageNumber", &more, &page);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:ftr {MAIN}>{paragraph}</w:ftr>")
}
