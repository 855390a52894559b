//! Number formats, read as far as a style is asked for.
//!
//! Takes the styles part, gives how a style shows a number. Offices' files carry thousands of styles that no
//! cell uses; behind the last one that a cell uses nothing is inflated.

use std::collections::HashMap;
use std::io::Read;

use memchr::{memchr, memchr_iter, memmem};

use super::markup::{Does, Step, Stop, Tag, resolved, single, whole};
use super::{Irregular, Window, begin, some_steps};
use crate::collect::grid::Shown;
use crate::collect::number_format;
use crate::collect::xlsx::styles::Styles;

/// Own formats begin with this number; one that is not defined before the styles is somewhere else.
const FIRST_OWN: u32 = 164;
const STYLES: &[u8] = b"<cellXfs";
/// Styles, and formats, that a workbook may have here: twice what Excel writes.
const MOST: usize = 1 << 17;

/// Styles while they are read.
pub(super) struct LazyStyles<R> {
    part: Option<Window<R>>,
    pass: Pass,
}

#[derive(Debug, Default)]
struct Pass {
    stage: Stage,
    formats: HashMap<u32, (Shown, bool)>,
    /// How many styles are wanted.
    wanted: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Beginning,
    Formats,
    /// Fonts, fills, borders and named styles.
    Between,
    Styles,
    Done,
}

impl<R: Read> LazyStyles<R> {
    /// Those of a part, if there is one.
    pub(super) fn new(part: Option<Window<R>>) -> Self {
        Self { part, pass: Pass::default() }
    }

    /// Has a style be known, unless there is none of its number.
    pub(super) fn reach(&mut self, style: usize, known: &mut Styles) -> Result<(), Irregular> {
        let Some(part) = &mut self.part else { return Ok(()) };
        if self.pass.stage == Stage::Beginning && part.rest().is_empty() {
            begin(part)?;
        }
        self.pass.wanted = style.saturating_add(1);
        while self.pass.stage != Stage::Done && known.len() < self.pass.wanted {
            match some_steps(part.rest(), &mut |text| self.pass.step(text, known)) {
                Ok(taken) => part.take(taken),
                Err(Stop::Short) if part.more()? => {}
                Err(_) => return Err(Irregular),
            }
        }
        Ok(())
    }
}

impl Pass {
    fn step(&mut self, text: &str, known: &mut Styles) -> Step<usize> {
        if self.stage == Stage::Done || known.len() >= self.wanted {
            return Err(Stop::Short);
        }
        if self.stage == Stage::Between {
            return self.skip(text);
        }
        let start = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        if start > 0 {
            return Ok(start);
        }
        let tag = Tag::at(text)?;
        match (self.stage, tag.name, tag.does) {
            (Stage::Beginning, "styleSheet", Does::Open) => {}
            (Stage::Beginning, "numFmts", Does::Open) => self.stage = Stage::Formats,
            (Stage::Beginning, "numFmts", Does::Both) => {}
            (Stage::Beginning, "cellXfs", Does::Open) => self.stage = Stage::Styles,
            (Stage::Beginning, "fonts", _) => self.stage = Stage::Between,
            (Stage::Formats, "numFmt", Does::Open | Does::Both) => self.define(&tag)?,
            (Stage::Formats, "numFmt", Does::Close) => {}
            (Stage::Formats, "numFmts", Does::Close) => self.stage = Stage::Between,
            (Stage::Styles, "xf", Does::Open | Does::Both) => self.style(&tag, known)?,
            (Stage::Styles, "cellXfs", Does::Close) => self.stage = Stage::Done,
            (Stage::Styles, ..) if !tag.hides(&["xf", "cellXfs"]) => {}
            _ => return Err(Stop::Irregular),
        }
        Ok(tag.len)
    }

    /// Passes what stands between the formats and the styles without a look at it.
    fn skip(&mut self, text: &str) -> Step<usize> {
        let bytes = text.as_bytes();
        let found = memmem::find(bytes, STYLES);
        // The beginning of a tag may be the end of what is there.
        let end = found.unwrap_or_else(|| text.floor_char_boundary(bytes.len().saturating_sub(STYLES.len())));
        if memchr_iter(b'!', &bytes[..end]).any(|at| at > 0 && bytes[at - 1] == b'<') {
            return Err(Stop::Irregular);
        }
        match found {
            Some(at) => {
                let tag = Tag::at(&text[at..])?;
                let is_open = tag.name == "cellXfs" && tag.does == Does::Open;
                self.stage = if is_open { Stage::Styles } else { return Err(Stop::Irregular) };
                Ok(at + tag.len)
            }
            None if end > 0 => Ok(end),
            None => Err(Stop::Short),
        }
    }

    fn define(&mut self, tag: &Tag) -> Step<()> {
        let (Some(id), Some(code)) = (single(tag, "numFmtId")?, code(tag)?) else { return Ok(()) };
        if self.formats.len() >= MOST {
            return Err(Stop::Irregular);
        }
        self.formats.insert(whole(id)?, (number_format::of_code(&code), number_format::scales(&code)));
        Ok(())
    }

    fn style(&mut self, tag: &Tag, known: &mut Styles) -> Step<()> {
        let id = single(tag, "numFmtId")?.map_or(Ok(0), whole)?;
        let (shown, scales) = match self.formats.get(&id) {
            Some(format) => *format,
            None if id >= FIRST_OWN => return Err(Stop::Irregular),
            None => (number_format::of_builtin(id), false),
        };
        if known.len() >= MOST {
            return Err(Stop::Irregular);
        }
        known.push(shown, scales);
        Ok(())
    }
}

/// A format's code: the one attribute that may hold references.
fn code(tag: &Tag) -> Step<Option<String>> {
    for attribute in super::markup::attributes(tag.attributes) {
        match attribute? {
            ("formatCode", code) => return Ok(Some(resolved(code)?.into_owned())),
            (name, _) if name.ends_with(":formatCode") => return Err(Stop::Irregular),
            _ => {}
        }
    }
    Ok(None)
}
