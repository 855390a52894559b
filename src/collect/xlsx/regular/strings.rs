//! The shared strings, and the runs that any string is made of.

use std::io::Read;

use memchr::memchr;

use super::markup::{Does, Step, Stop, Tag, resolved};
use super::runs::unescaped;
use super::{Depth, Irregular, Window, walk};
use crate::collect::reading::Reading;
use crate::text::SharedText;

/// What a string costs beside its text.
const OVERHEAD: u64 = 40;

/// The shared strings, by index.
pub(super) fn shared<R: Read>(mut part: Window<R>, reading: &Reading) -> Result<Vec<SharedText>, Irregular> {
    let mut pass = Pass { most: reading.limits.cells, nothing: "".into(), ..Pass::default() };
    pass.memory = reading.limits.memory_mib.saturating_mul(1 << 20) / 2;
    walk(&mut part, |text| pass.step(text))?;
    if pass.closed && pass.depth.0 == 0 { Ok(pass.strings) } else { Err(Irregular) }
}

#[derive(Debug)]
struct Pass {
    strings: Vec<SharedText>,
    most: usize,
    memory: u64,
    nothing: SharedText,
    text: String,
    depth: Depth,
    closed: bool,
}

impl Default for Pass {
    fn default() -> Self {
        Self {
            strings: Vec::new(),
            most: 0,
            memory: 0,
            nothing: "".into(),
            text: String::new(),
            depth: Depth::default(),
            closed: false,
        }
    }
}

const PLAIN: &str = "<si><t>";
const PLAIN_END: &str = "</t></si>";

impl Pass {
    fn step(&mut self, text: &str) -> Step<usize> {
        if let Some(behind) = text.strip_prefix(PLAIN) {
            let end = memchr(b'<', behind.as_bytes()).ok_or(Stop::Short)?;
            let tail = behind.as_bytes().get(end..end + PLAIN_END.len()).ok_or(Stop::Short)?;
            if tail == PLAIN_END.as_bytes() {
                self.push(&unescaped(&resolved(&behind[..end])?))?;
                return Ok(PLAIN.len() + end + PLAIN_END.len());
            }
        }
        let start = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        if start > 0 {
            return Ok(start);
        }
        let tag = Tag::at(text)?;
        match (tag.name, tag.does) {
            ("si", Does::Open) => {
                let mut joined = std::mem::take(&mut self.text);
                joined.clear();
                let taken = runs(&text[tag.len..], "si", &mut joined)?;
                self.push(&unescaped(&joined))?;
                self.text = joined;
                return Ok(tag.len + taken);
            }
            ("si", Does::Both) => self.push("")?,
            ("sst", Does::Close) => self.closed = true,
            _ if tag.hides(&["si", "sst"]) => return Err(Stop::Irregular),
            _ => {}
        }
        self.depth.note(tag.does)?;
        Ok(tag.len)
    }

    fn push(&mut self, text: &str) -> Step<()> {
        let cost = text.len() as u64 + OVERHEAD;
        self.memory = self.memory.checked_sub(cost).ok_or(Stop::Irregular)?;
        if self.strings.len() >= self.most {
            return Err(Stop::Irregular);
        }
        self.strings.push(if text.is_empty() { self.nothing.clone() } else { text.into() });
        Ok(())
    }
}

/// Adds the text of an element that was just opened, up to its end; how many bytes that are.
pub(super) fn runs(text: &str, element: &str, joined: &mut String) -> Step<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut open, mut guides) = (0, Depth::default(), 0usize);
    loop {
        at += memchr(b'<', &bytes[at..]).ok_or(Stop::Short)?;
        let tag = Tag::at(&text[at..])?;
        at += tag.len;
        match (tag.name, tag.does) {
            (name, Does::Close) if name == element && open.0 == 0 => return Ok(at),
            ("si" | "is", _) => return Err(Stop::Irregular),
            // Phonetic guides are no part of the text.
            ("rPh", Does::Open) => guides += 1,
            ("rPh", Does::Close) => guides = guides.checked_sub(1).ok_or(Stop::Irregular)?,
            ("t", Does::Open) if guides == 0 => {
                let end = at + memchr(b'<', &bytes[at..]).ok_or(Stop::Short)?;
                joined.push_str(&resolved(&text[at..end])?);
                at = end;
                match bytes.get(at..at + "</t>".len()) {
                    None => return Err(Stop::Short),
                    Some(b"</t>") => {}
                    Some(_) => return Err(Stop::Irregular),
                }
            }
            _ if tag.hides(&["t", "rPh", "si", "is"]) => return Err(Stop::Irregular),
            _ => {}
        }
        open.note(tag.does)?;
    }
}
