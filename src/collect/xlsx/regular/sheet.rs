//! A worksheet, cell by cell, from its bytes.

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

use memchr::memchr;

use super::markup::{Does, Step, Stop, Tag, attributes, end_of_tag, is_white, resolved, single, whole};
use super::strings::runs;
use super::styles::LazyStyles;
use super::{Depth, Irregular, Window, walk};
use crate::collect::build::GridBuilder;
use crate::collect::grid::Merge;
use crate::collect::package::is_set;
use crate::collect::reading::{Built, Reading};
use crate::collect::xlsx::Shared;
use crate::collect::xlsx::cell::{self, Head, Kind};

/// Reads a worksheet.
pub(super) fn read<R: Read, S: Read>(
    mut part: Window<R>,
    name: Arc<str>,
    (shared, styles): (&mut Shared, &mut LazyStyles<S>),
    reading: &Reading,
) -> Result<Built, Irregular> {
    let grid = GridBuilder::new(reading, name);
    let depth = Depth::default();
    let mut pass = Pass { shared, styles, grid, row: 0, column: 0, depth, closed: false };
    walk(&mut part, |text| pass.step(text))?;
    if pass.closed && pass.depth.0 == 0 { Ok(pass.grid.finish()) } else { Err(Irregular) }
}

struct Pass<'a, S> {
    shared: &'a mut Shared,
    styles: &'a mut LazyStyles<S>,
    grid: GridBuilder<'a>,
    row: u32,
    column: u32,
    depth: Depth,
    closed: bool,
}

/// What a cell's element holds.
struct Content<'t> {
    head: Head,
    value: Option<Cow<'t, str>>,
    formula: bool,
    len: usize,
}

/// Elements that the reader of events goes by, whatever their prefix.
const MEANT: [&str; 5] = ["row", "c", "col", "mergeCell", "worksheet"];

impl<S: Read> Pass<'_, S> {
    fn step(&mut self, text: &str) -> Step<usize> {
        let bytes = text.as_bytes();
        if bytes[0] != b'<' {
            return Ok(memchr(b'<', bytes).unwrap_or(bytes.len()));
        }
        if bytes[1..].first() == Some(&b'c') && bytes.get(2).is_some_and(|&b| is_white(b) || b == b'>' || b == b'/') {
            let content = content(text)?;
            self.cell(&content)?;
            return Ok(content.len);
        }
        let tag = Tag::at(text)?;
        match (tag.name, tag.does) {
            ("row", Does::Open | Does::Both) => self.start_row(&tag)?,
            ("col", Does::Open | Does::Both) => self.hide_columns(&tag)?,
            ("mergeCell", Does::Open | Does::Both) => self.merge(&tag)?,
            ("worksheet", Does::Close) => self.closed = true,
            ("c", _) => return Err(Stop::Irregular),
            _ if tag.hides(&MEANT) => return Err(Stop::Irregular),
            _ => {}
        }
        self.depth.note(tag.does)?;
        Ok(tag.len)
    }

    fn start_row(&mut self, tag: &Tag) -> Step<()> {
        self.row = self.row.saturating_add(1);
        self.column = 0;
        let mut hidden = false;
        for attribute in attributes(tag.attributes) {
            match attribute? {
                ("r", number) => self.row = whole(number)?,
                ("hidden", word) => hidden = is_set(plain(word)?),
                ("zeroHeight", word) => hidden |= is_set(plain(word)?),
                _ => {}
            }
        }
        if hidden {
            self.grid.hide_rows(self.row, self.row);
        }
        Ok(())
    }

    fn hide_columns(&mut self, tag: &Tag) -> Step<()> {
        let hidden = single(tag, "hidden")?.is_some_and(is_set);
        if let (true, Some(first), Some(last)) = (hidden, single(tag, "min")?, single(tag, "max")?) {
            self.grid.hide_columns(whole(first)?, whole(last)?);
        }
        Ok(())
    }

    fn merge(&mut self, tag: &Tag) -> Step<()> {
        let reference = single(tag, "ref")?.unwrap_or_default();
        let corners = reference.split_once(':').and_then(|(a, b)| Some((cell::address(a)?, cell::address(b)?)));
        let Some(((top, left), (bottom, right))) = corners else { return Ok(()) };
        self.grid.merge(Merge { top, left, bottom, right }).map_err(|_| Stop::Irregular)
    }

    fn cell(&mut self, content: &Content) -> Step<()> {
        let head = &content.head;
        let (row, column) = head.address.unwrap_or((self.row, self.column.saturating_add(1)));
        self.column = column;
        if content.value.is_none() && !content.formula {
            return Ok(());
        }
        if head.style >= self.shared.styles.len() && matches!(head.kind, Kind::Number | Kind::IsoDate) {
            self.styles.reach(head.style, &mut self.shared.styles)?;
        }
        let said = (content.value.as_deref(), content.formula);
        cell::put(&mut self.grid, (row, column), head, said, self.shared).map_err(|_| Stop::Irregular)
    }
}

/// An attribute's value without references in it.
fn plain(value: &str) -> Step<&str> {
    if value.contains('&') { Err(Stop::Irregular) } else { Ok(value) }
}

/// The cell that a text begins with.
fn content(text: &str) -> Step<Content<'_>> {
    let (head, at, is_empty) = head(text.as_bytes())?;
    let mut content = Content { head, value: None, formula: false, len: at };
    if !is_empty {
        content.children(text)?;
    }
    Ok(content)
}

/// A cell's attributes, where they end, and whether the element ends there too.
fn head(bytes: &[u8]) -> Step<(Head, usize, bool)> {
    let mut head = Head::default();
    let mut at = "<c".len();
    loop {
        let spaced = at;
        while is_white(*bytes.get(at).ok_or(Stop::Short)?) {
            at += 1;
        }
        match bytes[at] {
            b'>' => return Ok((head, at + 1, false)),
            b'/' if *bytes.get(at + 1).ok_or(Stop::Short)? == b'>' => return Ok((head, at + 2, true)),
            _ if at == spaced => return Err(Stop::Irregular),
            _ => {}
        }
        let name = at;
        while bytes.get(at).ok_or(Stop::Short)?.is_ascii_alphabetic() || bytes[at] == b':' {
            at += 1;
        }
        let name = &bytes[name..at];
        let quote = *bytes.get(at + 1).ok_or(Stop::Short)?;
        if bytes[at] != b'=' || !matches!(quote, b'"' | b'\'') || name.is_empty() {
            return Err(Stop::Irregular);
        }
        let value = at + 2;
        at = value;
        while *bytes.get(at).ok_or(Stop::Short)? != quote {
            at += 1;
        }
        let value = &bytes[value..at];
        match name {
            b"r" => head.address = Some(address(value)?),
            b"s" => head.style = number(value)?,
            b"t" => head.kind = kind(value)?,
            _ => {}
        }
        at += 1;
    }
}

/// A cell's row and column, as programs write them: capital letters, digits.
fn address(text: &[u8]) -> Step<(u32, u32)> {
    let (mut at, mut column, mut row) = (0, 0u32, 0u32);
    while let Some(letter @ b'A'..=b'Z') = text.get(at) {
        column = column * 26 + u32::from(letter - b'A') + 1;
        at += 1;
    }
    let digits = &text[at..];
    if !(1..=5).contains(&at) || !(1..=9).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Stop::Irregular);
    }
    for digit in digits {
        row = row * 10 + u32::from(digit - b'0');
    }
    if row > 0 { Ok((row, column)) } else { Err(Stop::Irregular) }
}

fn number(digits: &[u8]) -> Step<usize> {
    if !(1..=9).contains(&digits.len()) || !digits.iter().all(u8::is_ascii_digit) {
        return Err(Stop::Irregular);
    }
    Ok(digits.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
}

fn kind(word: &[u8]) -> Step<Kind> {
    Ok(match word {
        b"s" => Kind::SharedText,
        b"n" => Kind::Number,
        b"str" | b"inlineStr" => Kind::Text,
        b"b" => Kind::Bool,
        b"e" => Kind::Error,
        b"d" => Kind::IsoDate,
        _ => return Err(Stop::Irregular),
    })
}

const VALUE: &[u8] = b"<v>";
const VALUE_END: &[u8] = b"</v></c>";
const LONGEST_NAME: usize = 4;

impl<'t> Content<'t> {
    fn children(&mut self, text: &'t str) -> Step<()> {
        let bytes = text.as_bytes();
        let (mut has_own, mut inline) = (false, false);
        loop {
            while is_white(*bytes.get(self.len).ok_or(Stop::Short)?) {
                self.len += 1;
            }
            let next = bytes.get(self.len..self.len + LONGEST_NAME).ok_or(Stop::Short)?;
            match next {
                [b'<', b'v', b'>', _] if !has_own => {
                    has_own = true;
                    let value = self.text(text, VALUE.len(), VALUE_END)?;
                    if !inline {
                        self.value = Some(value);
                    }
                    if self.is_done(bytes) {
                        return Ok(());
                    }
                }
                b"</c>" => {
                    self.len += next.len();
                    return Ok(());
                }
                [b'<', b'f', b'>' | b' ', _] | b"<f/>" => self.skip_formula(bytes)?,
                b"<is>" if !inline => {
                    inline = true;
                    self.len += next.len();
                    let mut joined = String::new();
                    self.len += runs(&text[self.len..], "is", &mut joined)?;
                    self.value = Some(Cow::Owned(joined));
                }
                [b'<', b'v', b' ' | b'/', _] if !has_own => {
                    has_own = true;
                    let tag = Tag::at(&text[self.len..])?;
                    let value = match tag.does {
                        Does::Both => {
                            self.len += tag.len;
                            Cow::Borrowed("")
                        }
                        _ => self.text(text, tag.len, b"</v>")?,
                    };
                    if !inline {
                        self.value = Some(value);
                    }
                }
                _ => return Err(Stop::Irregular),
            }
        }
    }

    /// The text behind a tag of so many bytes; of an end, only as much as ends the value is taken.
    fn text(&mut self, text: &'t str, tag: usize, end: &[u8]) -> Step<Cow<'t, str>> {
        let bytes = text.as_bytes();
        let start = self.len + tag;
        let mut at = start;
        while *bytes.get(at).ok_or(Stop::Short)? != b'<' {
            at += 1;
        }
        let behind = bytes.get(at..at + end.len()).ok_or(Stop::Short)?;
        if !behind.starts_with(&VALUE_END[..4]) {
            return Err(Stop::Irregular);
        }
        self.len = at + 4;
        resolved(&text[start..at])
    }

    /// Whether the cell ends right here, as nearly all do; then its end is taken.
    fn is_done(&mut self, bytes: &[u8]) -> bool {
        let is_done = bytes[self.len..].starts_with(&VALUE_END[4..]);
        if is_done {
            self.len += VALUE_END.len() - 4;
        }
        is_done
    }

    fn skip_formula(&mut self, bytes: &[u8]) -> Step<()> {
        self.formula = true;
        let end = end_of_tag(bytes, self.len + 2)?;
        if bytes[end - 1] == b'/' {
            self.len = end + 1;
            return Ok(());
        }
        let close = end + 1 + memchr(b'<', &bytes[end + 1..]).ok_or(Stop::Short)?;
        match bytes.get(close..close + LONGEST_NAME).ok_or(Stop::Short)? {
            b"</f>" => self.len = close + LONGEST_NAME,
            _ => return Err(Stop::Irregular),
        }
        Ok(())
    }
}
