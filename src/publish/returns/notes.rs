//! Notes on cells: the comments part, and the drawing that says where each note's box stands.
//!
//! Takes both parts as text, or nothing, gives them with our notes added. What others wrote stays; where a cell
//! has a note already, ours is put behind it. Notes of an earlier return are known by their first word and
//! taken away before new ones are added.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::sheet::Sheet;
use super::styles::prefixed;
use crate::origin::{cell_address, parse_address};
use crate::package::{Edits, PackageError, TagKind, Tags, escape_text};

/// Who writes the notes.
const AUTHOR: &str = "五账核验";
/// What each of our notes begins with.
const SIGN: &str = "【核验·";
/// The first word of an author whose note is a conversation of its own, which hides this note.
const THREADED: &str = "tc=";

const BLANK: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors></authors>\
    <commentList></commentList></comments>";
const BLANK_DRAWING: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";
const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
    <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// One thing that a note says: its first word, set in bold, and the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// 强制性 …
    pub(super) level: &'static str,
    /// What was found, what was expected, what to do.
    pub(super) text: String,
}

/// The notes of a sheet by row and column.
pub(super) type Notes = BTreeMap<(u32, u32), Vec<Said>>;

/// A comment that is there.
struct Comment {
    cell: (u32, u32),
    whole: Range<usize>,
    /// Its text element, tags included.
    text: Range<usize>,
    threaded: bool,
}

/// A comments part as it stands.
struct Comments {
    prefix: String,
    list: Vec<Comment>,
    /// Where another author goes, and how many there are.
    author_place: usize,
    authors: Vec<String>,
    list_end: usize,
}

impl Comments {
    fn of(text: &str) -> Result<Self, PackageError> {
        let mut found =
            Self { prefix: String::new(), list: Vec::new(), author_place: 0, authors: Vec::new(), list_end: 0 };
        let mut from = 0;
        let (mut author, mut cell, mut begun, mut body) = (0, None, 0, None);
        for tag in Tags::of(text) {
            let tag = tag?;
            match (tag.local(), tag.kind) {
                ("comments", TagKind::Open) => tag.prefix().clone_into(&mut found.prefix),
                ("author", TagKind::Open) => from = tag.range.end,
                ("author", TagKind::Close) => found.authors.push(text[from..tag.range.start].to_owned()),
                ("author", TagKind::Empty) => found.authors.push(String::new()),
                ("authors", TagKind::Close) => found.author_place = tag.range.start,
                ("commentList", TagKind::Close) => found.list_end = tag.range.start,
                ("comment", TagKind::Open) => {
                    (begun, body) = (tag.range.start, None);
                    cell = tag.attribute("ref").and_then(|said| parse_address(&said));
                    author = tag.attribute("authorId").and_then(|said| said.parse().ok()).unwrap_or(usize::MAX);
                }
                ("text", TagKind::Open) => body = Some(tag.range.start..tag.range.end),
                ("text", TagKind::Close) => body = body.map(|body: Range<usize>| body.start..tag.range.end),
                ("comment", TagKind::Close) => {
                    let threaded = found.authors.get(author).is_some_and(|name| name.starts_with(THREADED));
                    let whole = begun..tag.range.end;
                    found.list.extend(cell.zip(body.take()).map(|(cell, text)| Comment {
                        cell,
                        whole,
                        text,
                        threaded,
                    }));
                }
                _ => {}
            }
        }
        match found.author_place > 0 && found.list_end > 0 {
            true => Ok(found),
            false => Err(PackageError::Unexpected("comments.xml".to_owned())),
        }
    }
}

/// The comments with ours added, and the cells whose note is new and needs a box.
pub(super) fn comments(text: Option<&str>, notes: &Notes) -> Result<(String, BTreeSet<(u32, u32)>), PackageError> {
    let text = text.unwrap_or(BLANK);
    // A part that names nobody or comments on nothing has its lists opened first.
    let opened = opened(text)?;
    let known = Comments::of(&opened)?;
    let prefix = known.prefix.as_str();
    let (mut edits, mut new) = (Edits::new(), BTreeSet::new());
    let author = known.authors.iter().position(|name| name == AUTHOR).unwrap_or(known.authors.len());
    let mut added = String::new();
    for (cell, said) in notes {
        match known.list.iter().find(|comment| comment.cell == *cell) {
            Some(there) if there.threaded => {}
            Some(there) => {
                let body = &opened[there.text.clone()];
                in_a_run(body, there.text.start, prefix, &mut edits)?;
                let close = body.rfind("</").map_or(there.text.end, |at| there.text.start + at);
                edits.insert(close, prefixed(&runs(said, "\n"), prefix));
            }
            None => {
                let address = cell_address(cell.0, cell.1);
                let text = runs(said, "");
                let one = format!("<comment ref=\"{address}\" authorId=\"{author}\"><text>{text}</text></comment>");
                added.push_str(&prefixed(&one, prefix));
                new.insert(*cell);
            }
        }
    }
    if !added.is_empty() {
        if author == known.authors.len() {
            edits.insert(known.author_place, prefixed(&format!("<author>{AUTHOR}</author>"), prefix));
        }
        edits.insert(known.list_end, added);
    }
    Ok((edits.apply(&opened), new))
}

/// Puts a note's plain text into a run, since runs are to follow it; `from` is where the note stands.
fn in_a_run(body: &str, from: usize, prefix: &str, edits: &mut Edits) -> Result<(), PackageError> {
    for tag in Tags::of(body) {
        let tag = tag?;
        match (tag.local(), tag.kind, tag.depth) {
            ("t", TagKind::Open, 1) => edits.insert(from + tag.range.start, format!("<{prefix}r>")),
            ("t", TagKind::Close, 1) => edits.insert(from + tag.range.end, format!("</{prefix}r>")),
            _ => {}
        }
    }
    Ok(())
}

fn opened(text: &str) -> Result<String, PackageError> {
    let mut edits = Edits::new();
    for tag in Tags::of(text) {
        let tag = tag?;
        if tag.kind == TagKind::Empty && ["authors", "commentList"].contains(&tag.local()) {
            edits.replace(tag.range.end - 2..tag.range.end, format!("></{}>", tag.name));
        }
    }
    Ok(edits.apply(text))
}

fn runs(said: &[Said], before: &str) -> String {
    let mut before = before;
    let mut text = String::new();
    for one in said {
        let (level, words) = (one.level, escape_text(&one.text));
        let font =
            "<sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"宋体\"/><family val=\"3\"/><charset val=\"134\"/>";
        text.push_str(&format!(
            "<r><rPr><b/>{font}</rPr><t xml:space=\"preserve\">{before}{SIGN}{level}】</t></r>\
             <r><rPr>{font}</rPr><t xml:space=\"preserve\">\n{words}</t></r>"
        ));
        before = "\n\n";
    }
    text
}

/// The comments without ours, and the cells that have no note any longer.
pub(super) fn without_ours(text: &str) -> Result<(String, BTreeSet<(u32, u32)>), PackageError> {
    let known = Comments::of(&opened(text)?)?;
    let text = opened(text)?;
    let (mut edits, mut gone) = (Edits::new(), BTreeSet::new());
    for comment in &known.list {
        let Some(ours) = text[comment.text.clone()].find(SIGN) else { continue };
        match before_ours(&text, &comment.text, comment.text.start + ours)? {
            Some(cut) => edits.replace(cut.0, cut.1),
            None => {
                edits.replace(comment.whole.clone(), "");
                gone.insert(comment.cell);
            }
        }
    }
    Ok((edits.apply(&text), gone))
}

/// What is to be cut out of a note that others began, and what stays in its place; `None` where nobody else
/// wrote in it.
fn before_ours(text: &str, body: &Range<usize>, ours: usize) -> Result<Option<(Range<usize>, String)>, PackageError> {
    let (mut run, mut others) = (None, false);
    for tag in Tags::of(&text[body.clone()]) {
        let tag = tag?;
        let at = body.start + tag.range.start;
        if at > ours {
            break;
        }
        match (tag.local(), tag.kind) {
            ("r", TagKind::Open) => run = Some((at, tag.name)),
            ("t", TagKind::Open) => {
                let from = body.start + tag.range.end;
                let until = text[from..].find("</").map_or(body.end, |length| from + length);
                others |= !text[from..until.min(ours)].trim().is_empty();
            }
            _ => {}
        }
    }
    let close = text[body.clone()].rfind("</").map_or(body.end, |at| body.start + at);
    if !others {
        return Ok(None);
    }
    // Programs may have drawn our words into the run before; then that run is closed where ours begin.
    let from = text[..ours].trim_end_matches('\n').len();
    Ok(Some(match run {
        Some((at, _)) if text[at..ours].find("<t").is_some_and(|t| is_blank_after(&text[at + t..ours])) => {
            (at..close, String::new())
        }
        Some((_, name)) => {
            let prefix = name.strip_suffix('r').unwrap_or_default();
            (from..close, format!("</{prefix}t></{prefix}r>"))
        }
        None => {
            let prefix = text[body.start + 1..].split("text").next().unwrap_or_default();
            (from..close, format!("</{prefix}t>"))
        }
    }))
}

/// Whether an opening tag is followed by nothing but white space.
fn is_blank_after(text: &str) -> bool {
    text.split_once('>').is_some_and(|(_, rest)| rest.trim().is_empty())
}

/// The drawing without the boxes of cells that have no note any longer.
pub(super) fn without_boxes(drawing: &str, gone: &BTreeSet<(u32, u32)>) -> String {
    let (mut edits, mut behind) = (Edits::new(), 0);
    // Drawings of Excel are not always well formed, so they are searched as text.
    for (at, _) in drawing.match_indices("<v:shape ") {
        if at < behind {
            continue;
        }
        let Some(end) = drawing[at..].find("</v:shape>").map(|end| at + end + "</v:shape>".len()) else { break };
        behind = end;
        let stated = |name: &str| -> Option<u32> {
            let (_, rest) = drawing[at..end].split_once(&format!("<x:{name}>"))?;
            rest.split('<').next()?.trim().parse().ok()
        };
        let cell = stated("Row").zip(stated("Column")).map(|(row, column)| (row + 1, column + 1));
        if cell.is_some_and(|cell| gone.contains(&cell)) {
            edits.replace(at..end, "");
        }
    }
    edits.apply(drawing)
}

/// The drawing with boxes for more notes; `number` is the sheet's, for ids of its own.
pub(super) fn boxes(
    drawing: Option<&str>,
    notes: &Notes,
    new: &BTreeSet<(u32, u32)>,
    sheet: &Sheet,
    number: usize,
) -> Result<String, PackageError> {
    let text = drawing.unwrap_or(BLANK_DRAWING);
    let end = text.rfind("</xml>").ok_or_else(|| PackageError::Unexpected("vmlDrawing.vml".to_owned()))?;
    let known = text.match_indices("_x0000_s").filter_map(|(at, sign)| {
        text[at + sign.len()..].split(|c: char| !c.is_ascii_digit()).next()?.parse::<usize>().ok()
    });
    let last = known.max().unwrap_or(number * 4096);
    let mut added = String::new();
    if drawing.is_none() {
        let blocks = (0..=new.len() / 1024).map(|n| (number * 4 + n).to_string()).collect::<Vec<_>>().join(",");
        added = format!("<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{blocks}\"/></o:shapelayout>");
    }
    if !text.contains("id=\"_x0000_t202\"") {
        added.push_str(SHAPE_TYPE);
    }
    for (at, cell) in new.iter().enumerate() {
        let said = notes.get(cell).map_or(&[][..], Vec::as_slice);
        added.push_str(&shape(last + 1 + at, *cell, said, sheet));
    }
    Ok(format!("{}{added}{}", &text[..end], &text[end..]))
}

/// Pixels of a note's box.
const BOX_WIDTH: f64 = 300.0;
const LINE: f64 = 15.0;
const TALLEST: f64 = 450.0;

fn shape(id: usize, (row, column): (u32, u32), said: &[Said], sheet: &Sheet) -> String {
    let lines: usize = said.iter().map(|one| 1 + crate::publish::widths::lines(&one.text, BOX_WIDTH / 6.5)).sum();
    let height = ((lines + said.len()) as f64 * LINE + 10.0).min(TALLEST);
    let (right, right_rest) = reached(column, BOX_WIDTH + 15.0, |column| sheet.width(column + 1));
    let (bottom, bottom_rest) = reached(row.saturating_sub(1), height, |row| sheet.height(row + 1));
    let anchor = format!("{column}, 15, {}, 4, {right}, {right_rest}, {bottom}, {bottom_rest}", row.saturating_sub(1));
    format!(
        "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;\
         width:{}pt;height:{}pt;z-index:{id};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        (BOX_WIDTH * 0.75) as u32,
        (height * 0.75) as u32,
        row - 1,
        column - 1,
    )
}

/// The column or row, from 0, that so many pixels reach into, and how far.
fn reached(from: u32, pixels: f64, size: impl Fn(u32) -> f64) -> (u32, u32) {
    let (mut at, mut left) = (from, pixels);
    while left > size(at) && at < from + 500 {
        left -= size(at);
        at += 1;
    }
    (at, left as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(cells: &[(u32, u32)]) -> Notes {
        let said = |text: &str| vec![Said { level: "强制性", text: text.to_owned() }];
        cells.iter().map(|cell| (*cell, said("发现：<1>大于2"))).collect()
    }

    const THEIRS: &str = "<comments><authors><author>tc={1}</author><author>张</author></authors><commentList>\
        <comment ref=\"B2\" authorId=\"1\"><text><r><t>原有批注</t></r></text></comment>\
        <comment ref=\"C3\" authorId=\"0\"><text><t>[线程]</t></text></comment>\
        <comment ref=\"D4\" authorId=\"1\"><text><t>直写</t></text></comment></commentList></comments>";

    #[test]
    fn what_others_wrote_stays_and_ours_comes_off_again() {
        let cells = [(2, 2), (3, 3), (4, 4), (5, 5)];
        let (text, new) = comments(Some(THEIRS), &notes(&cells)).unwrap();
        assert_eq!(new, BTreeSet::from([(5, 5)]), "only a cell without a note needs a box");
        assert!(text.contains("<t>原有批注</t></r><r><rPr><b/>") && text.contains("&lt;1&gt;大于2"));
        assert!(text.contains("authorId=\"2\"") && text.contains("<author>五账核验</author></authors>"));
        assert!(text.contains("<text><t>[线程]</t></text>"), "a conversation is left alone");
        let (again, gone) = without_ours(&text).unwrap();
        assert_eq!(gone, BTreeSet::from([(5, 5)]));
        let theirs = THEIRS.replace("<t>直写</t>", "<r><t>直写</t></r>");
        assert_eq!(again.replace("<author>五账核验</author>", ""), theirs);
    }

    #[test]
    fn words_that_a_program_drew_together_are_taken_apart() {
        let theirs = "<s:comments><s:authors/><s:commentList><s:comment ref=\"A1\"><s:text><s:r><s:t>他们的\n【核验·强制性】\n\
                      发现</s:t></s:r><s:r><s:t>更多</s:t></s:r></s:text></s:comment></s:commentList></s:comments>";
        let (again, gone) = without_ours(theirs).unwrap();
        assert!(gone.is_empty());
        assert!(again.contains("<s:text><s:r><s:t>他们的</s:t></s:r></s:text>"), "{again}");
    }

    #[test]
    fn a_box_for_every_new_note() {
        let cells = [(2, 2), (70, 1)];
        let new = BTreeSet::from(cells);
        let sheet = Sheet::default();
        let drawing = boxes(None, &notes(&cells), &new, &sheet, 3).unwrap();
        assert!(drawing.contains("_x0000_s12289") && drawing.contains("<x:Row>69</x:Row><x:Column>0</x:Column>"));
        let more = boxes(Some(&drawing), &notes(&[(1, 1)]), &BTreeSet::from([(1, 1)]), &sheet, 3).unwrap();
        assert!(more.contains("_x0000_s12291"));
        assert_eq!(more.matches("<v:shapetype").count(), 1);
        let less = without_boxes(&more, &new);
        assert_eq!((more.matches("<v:shape ").count(), less.matches("<v:shape ").count()), (3, 1));
        assert!(boxes(Some("<xml>"), &Notes::new(), &new, &sheet, 0).is_err());
    }

    #[test]
    fn a_new_part_is_made_where_there_is_none() {
        let (text, new) = comments(None, &notes(&[(1, 1)])).unwrap();
        assert_eq!(new.len(), 1);
        assert_eq!(Comments::of(&text).unwrap().authors, ["五账核验"]);
    }
}
