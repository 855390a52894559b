//! A workbook's styles, with those of marked cells and of the added sheets put behind them.
//!
//! Takes the styles part as text, gives it with more fonts, fills, borders and cell formats; those that
//! were there keep their places. What a marked cell looked like is remembered in its fill, so that the
//! mark can be taken off when the return comes back.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::Level;
use crate::package::{Edits, PackageError, Tag, TagKind, Tags};

/// The part of a workbook that has none.
pub(super) const BLANK: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <fonts count=\"1\"><font><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

/// Cell formats that Excel takes in one workbook.
const MOST: usize = 64_000;

/// The colour of a marked cell; nobody else is likely to choose just these.
pub(super) fn colour(level: Level) -> &'static str {
    match level {
        Level::Error => "FFFFC8CE",
        Level::Query => "FFFFEB9E",
        Level::Note | Level::Info => "FFDDEBF8",
    }
}

/// A list in the styles part: fonts, fills, borders, cell formats.
#[derive(Debug, Default)]
struct List {
    /// The value of its `count`.
    count: Option<Range<usize>>,
    /// Where its closing tag stands.
    end: Option<usize>,
    /// Its elements, whole.
    elements: Vec<Range<usize>>,
    added: Vec<String>,
}

impl List {
    fn add(&mut self, xml: String) -> usize {
        if let Some(at) = self.added.iter().position(|known| *known == xml) {
            return self.elements.len() + at;
        }
        self.added.push(xml);
        self.elements.len() + self.added.len() - 1
    }

    fn text<'s>(&'s self, text: &'s str, at: usize) -> Option<&'s str> {
        match self.elements.get(at) {
            Some(range) => text.get(range.clone()),
            None => self.added.get(at.checked_sub(self.elements.len())?).map(String::as_str),
        }
    }
}

/// A list of the styles part that is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Font,
    Fill,
    Border,
    Format,
}

const KINDS: [(&str, Kind); 4] =
    [("fonts", Kind::Font), ("fills", Kind::Fill), ("borders", Kind::Border), ("cellXfs", Kind::Format)];

/// The styles of a workbook while they are added to.
#[derive(Debug)]
pub(super) struct Styles {
    text: String,
    prefix: String,
    lists: [List; 4],
    marked: BTreeMap<(usize, Level), Option<usize>>,
    unmarked: BTreeMap<usize, usize>,
}

impl Styles {
    pub(super) fn of(text: String) -> Result<Self, PackageError> {
        let mut lists: [List; 4] = Default::default();
        let (mut prefix, mut inside, mut from) = (String::new(), None, 0);
        let mut tags = Tags::of(&text);
        while let Some(tag) = tags.next() {
            let tag = tag?;
            match (tag.depth, tag.kind) {
                (0, TagKind::Open) => tag.prefix().clone_into(&mut prefix),
                (1, TagKind::Open) => {
                    inside = KINDS.iter().find(|(name, _)| *name == tag.local()).map(|(_, kind)| *kind as usize);
                    match inside {
                        Some(list) => lists[list].count = tag.attribute_range("count"),
                        // Thousands of named styles that nobody uses are common.
                        None => tags.pass_over(&tag),
                    }
                }
                (1, TagKind::Close) => {
                    if let Some(list) = inside.take() {
                        lists[list].end = Some(tag.range.start);
                    }
                }
                (2, kind) => {
                    if kind != TagKind::Close {
                        from = tag.range.start;
                    }
                    if let Some(list) = inside.filter(|_| kind != TagKind::Open) {
                        lists[list].elements.push(from..tag.range.end);
                    }
                }
                _ => {}
            }
        }
        match lists.iter().all(|list| list.end.is_some() && !list.elements.is_empty()) {
            true => Ok(Self { text, prefix, lists, marked: BTreeMap::new(), unmarked: BTreeMap::new() }),
            false => Err(PackageError::Unexpected("styles.xml".to_owned())),
        }
    }

    /// Adds an element, written without prefixes; gives its number.
    pub(super) fn add(&mut self, kind: Kind, xml: &str) -> usize {
        let xml = prefixed(xml, &self.prefix);
        self.lists[kind as usize].add(xml)
    }

    /// The format of a cell that is marked; `None` where the workbook has no room for more formats.
    pub(super) fn marked(&mut self, format: usize, level: Level) -> Option<usize> {
        if let Some(known) = self.marked.get(&(format, level)) {
            return *known;
        }
        let made = self.mark(format, level);
        self.marked.insert((format, level), made);
        made
    }

    fn mark(&mut self, format: usize, level: Level) -> Option<usize> {
        let formats = &self.lists[Kind::Format as usize];
        if formats.elements.len() + formats.added.len() >= MOST {
            return None;
        }
        let element = formats.text(&self.text, format)?.to_owned();
        let fill = fill_of(&element).and_then(|fill| self.lists[Kind::Fill as usize].text(&self.text, fill));
        let before = fill.and_then(solid).map_or_else(|| "indexed=\"64\"".to_owned(), str::to_owned);
        let fill = self.add(Kind::Fill, &solid_fill(&format!("rgb=\"{}\"", colour(level)), &before));
        Some(self.filled(&element, fill))
    }

    /// The format that a cell had before an earlier return marked it; its own where none did.
    pub(super) fn unmarked(&mut self, format: usize) -> usize {
        if let Some(known) = self.unmarked.get(&format) {
            return *known;
        }
        let made = self.unmark(format).unwrap_or(format);
        self.unmarked.insert(format, made);
        made
    }

    fn unmark(&mut self, format: usize) -> Option<usize> {
        let element = self.lists[Kind::Format as usize].text(&self.text, format)?.to_owned();
        let fill = self.lists[Kind::Fill as usize].text(&self.text, fill_of(&element)?)?;
        let ours = solid(fill)?.to_uppercase();
        let levels = [Level::Error, Level::Query, Level::Note];
        levels.iter().find(|level| ours.contains(colour(**level)))?;
        let before = attributes_of(fill, "bgColor").filter(|before| !before.contains("indexed=\"64\""));
        let fill = match before.map(str::to_owned) {
            Some(before) => self.add(Kind::Fill, &solid_fill(&before, "indexed=\"64\"")),
            None => 0,
        };
        Some(self.filled(&element, fill))
    }

    /// A cell format like another one but for its fill.
    fn filled(&mut self, element: &str, fill: usize) -> usize {
        let mut edits = Edits::new();
        if let Some(Ok(tag)) = Tags::of(element).next() {
            set(&mut edits, &tag, "fillId", &fill.to_string());
            set(&mut edits, &tag, "applyFill", "1");
        }
        let format = edits.apply(element);
        self.lists[Kind::Format as usize].add(format)
    }

    /// The styles part with all that was added; `None` where nothing was.
    pub(super) fn changed(&self) -> Option<String> {
        let mut edits = Edits::new();
        for list in self.lists.iter().filter(|list| !list.added.is_empty()) {
            if let Some(count) = &list.count {
                edits.replace(count.clone(), (list.elements.len() + list.added.len()).to_string());
            }
            edits.insert(list.end.unwrap_or_default(), list.added.concat());
        }
        (!edits.is_empty()).then(|| edits.apply(&self.text))
    }
}

/// Sets an attribute of a tag, whether it is there or not.
pub(super) fn set(edits: &mut Edits, tag: &Tag, name: &str, value: &str) {
    match tag.attribute_range(name) {
        Some(range) => edits.replace(range, value),
        None => edits.insert(tag.attribute_place(), format!(" {name}=\"{value}\"")),
    }
}

/// Elements that are written without prefixes, with one before each name.
pub(super) fn prefixed(xml: &str, prefix: &str) -> String {
    match prefix {
        "" => xml.to_owned(),
        prefix => {
            xml.replace("</", "\u{1}").replace('<', &format!("<{prefix}")).replace('\u{1}', &format!("</{prefix}"))
        }
    }
}

fn solid_fill(front: &str, back: &str) -> String {
    format!("<fill><patternFill patternType=\"solid\"><fgColor {front}/><bgColor {back}/></patternFill></fill>")
}

fn fill_of(format: &str) -> Option<usize> {
    Tags::of(format).next()?.ok()?.attribute("fillId")?.parse().ok()
}

/// The attributes of a solid fill's colour; `None` of any other fill.
fn solid(fill: &str) -> Option<&str> {
    let pattern = Tags::of(fill).flatten().find(|tag| tag.local() == "patternFill")?;
    (pattern.attribute("patternType")? == "solid").then_some(())?;
    attributes_of(fill, "fgColor")
}

fn attributes_of<'t>(xml: &'t str, element: &str) -> Option<&'t str> {
    let tag = Tags::of(xml).flatten().find(|tag| tag.begins() && tag.local() == element)?;
    let inner = xml.get(tag.attribute_place()..tag.range.end)?;
    Some(inner.trim_end_matches('>').trim_end_matches('/').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(prefix: &str) -> Styles {
        let yellow =
            "<fill><patternFill patternType=\"solid\"><fgColor theme=\"4\" tint=\"0.5\"/></patternFill></fill>";
        let text = BLANK
            .replace("<fills count=\"2\">", "<fills count=\"3\">")
            .replace("</fills>", &format!("{yellow}</fills>"));
        let format = "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"2\" borderId=\"0\"><alignment wrapText=\"1\"/></xf>";
        let text = text
            .replace("<cellXfs count=\"1\">", "<cellXfs count=\"2\">")
            .replace("</cellXfs>", &format!("{format}</cellXfs>"));
        let (head, body) = text.split_once('\n').unwrap();
        Styles::of(format!("{head}\n{}", prefixed(body, prefix))).unwrap()
    }

    #[test]
    fn a_mark_is_a_fill_and_nothing_else_and_comes_off_again() {
        for prefix in ["", "x:"] {
            let mut first = styles(prefix);
            let plain = first.marked(0, Level::Error).unwrap();
            let filled = first.marked(1, Level::Query).unwrap();
            assert_eq!((plain, filled, first.marked(0, Level::Error)), (2, 3, Some(2)));
            let text = first.changed().unwrap();
            assert!(text.contains("count=\"4\"") && text.contains("count=\"5\""), "{text}");
            let format = prefixed("<alignment wrapText=\"1\"/></xf>", prefix);
            assert_eq!(text.matches(&format).count(), 2, "all else of the format is copied");
            let mut again = Styles::of(text).unwrap();
            assert_eq!(again.unmarked(0), 0, "a cell that was not marked");
            let unmarked = again.unmarked(filled);
            let element = again.lists[3].text(&again.text, unmarked).unwrap().to_owned();
            let fill = again.lists[1].text(&again.text, fill_of(&element).unwrap()).unwrap();
            assert_eq!(solid(fill), Some("theme=\"4\" tint=\"0.5\""));
            let unmarked = again.unmarked(plain);
            assert_eq!(fill_of(again.lists[3].text(&again.text, unmarked).unwrap()), Some(0));
        }
    }

    #[test]
    fn nothing_added_changes_nothing() {
        assert_eq!(Styles::of(BLANK.to_owned()).unwrap().changed(), None);
        assert!(Styles::of("<styleSheet><fonts/></styleSheet>".to_owned()).is_err());
    }
}
