//! Where the tags of an XML text stand.
//!
//! Takes a text, gives its tags one by one with their byte ranges, so that a change can be put exactly
//! where it belongs and all else stays as it was written.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::PackageError;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `<a>`
    Open,
    /// `<a/>`
    Empty,
    /// `</a>`
    Close,
}

/// A tag and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its bytes in the text, angle brackets included.
    pub range: Range<usize>,
    /// What it does.
    pub kind: TagKind,
    /// Its element's name, prefix included.
    pub name: &'t str,
    /// How many elements its element stands in; the root stands in none.
    pub depth: usize,
    text: &'t str,
}

impl<'t> Tag<'t> {
    /// The element's name without prefix.
    pub fn local(&self) -> &'t str {
        self.name.rsplit_once(':').map_or(self.name, |(_, local)| local)
    }

    /// The prefix with its colon, for names of elements beside this one; empty where it has none.
    pub fn prefix(&self) -> &'t str {
        self.name.rsplit_once(':').map_or("", |(prefix, _)| &self.name[..prefix.len() + 1])
    }

    /// Whether it begins an element.
    pub fn begins(&self) -> bool {
        self.kind != TagKind::Close
    }

    /// An attribute's value, entities resolved, by its name; a name without prefix finds it under any.
    pub fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        let raw = &self.text[self.attribute_range(name)?];
        Some(unescape(raw).unwrap_or(Cow::Borrowed(raw)))
    }

    /// Where an attribute's value stands between its quotes.
    pub fn attribute_range(&self, name: &str) -> Option<Range<usize>> {
        let under_prefix = |known: &str| known.rsplit_once(':').is_some_and(|(_, local)| local == name);
        let found = self.attributes().find(|(known, _)| *known == name);
        found.or_else(|| self.attributes().find(|(known, _)| under_prefix(known))).map(|(_, value)| value)
    }

    /// The attributes as they are written: name with prefix, and where the value stands.
    pub fn attributes(&self) -> impl Iterator<Item = (&'t str, Range<usize>)> + use<'t> {
        let text = self.text;
        let whole = &text[self.range.clone()];
        let inner = whole.trim_start_matches('<').trim_end_matches('>');
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let mut attributes = Attributes::new(inner, self.name.len());
        attributes.with_checks(false);
        attributes.flatten().filter_map(move |one| {
            let Cow::Borrowed(value) = one.value else { return None };
            let at = value.as_ptr() as usize - text.as_ptr() as usize;
            Some((one.key.into_inner(), at..at + value.len()))
        })
    }

    /// Where a new attribute may be put.
    pub fn attribute_place(&self) -> usize {
        self.range.start + 1 + self.name.len()
    }
}

/// The tags of a text in their order; comments, text and instructions between them are passed over.
pub struct Tags<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    depth: usize,
}

impl<'t> Tags<'t> {
    /// The tags of a text that has no byte order mark.
    pub fn of(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        Self { text, reader, depth: 0 }
    }

    fn tag(&mut self, kind: TagKind, from: usize) -> Result<Tag<'t>, PackageError> {
        let range = from..self.reader.buffer_position() as usize;
        let unexpected =
            || PackageError::Unexpected(self.text.get(from..).unwrap_or_default().chars().take(40).collect());
        let whole = self.text.get(range.clone()).ok_or_else(unexpected)?;
        let named = whole.trim_start_matches(['<', '/']);
        let end = named.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(named.len());
        if kind == TagKind::Close {
            self.depth = self.depth.saturating_sub(1);
        }
        let tag = Tag { range, kind, name: &named[..end], depth: self.depth, text: self.text };
        if kind == TagKind::Open {
            self.depth += 1;
        }
        Ok(tag)
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Result<Tag<'t>, PackageError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let from = self.reader.buffer_position() as usize;
            let kind = match self.reader.read_event() {
                Ok(Event::Start(_)) => TagKind::Open,
                Ok(Event::Empty(_)) => TagKind::Empty,
                Ok(Event::End(_)) => TagKind::Close,
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(error) => return Some(Err(error.into())),
            };
            return Some(self.tag(kind, from));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version=\"1.0\"?><!-- <no/> --><x:a r:id='1' id=\"二&amp;3\" >文<x:b/>\
                        <![CDATA[<no/>]]>&lt;<c\n d = '4'/></x:a >";

    #[test]
    fn each_tag_where_it_stands() {
        let tags: Vec<Tag> = Tags::of(TEXT).collect::<Result<_, _>>().unwrap();
        let seen: Vec<_> = tags.iter().map(|tag| (&TEXT[tag.range.clone()], tag.kind, tag.depth)).collect();
        let open = "<x:a r:id='1' id=\"二&amp;3\" >";
        let expected = [
            (open, TagKind::Open, 0),
            ("<x:b/>", TagKind::Empty, 1),
            ("<c\n d = '4'/>", TagKind::Empty, 1),
            ("</x:a >", TagKind::Close, 0),
        ];
        assert_eq!(seen, expected);
        let names: Vec<_> = tags.iter().map(|tag| (tag.name, tag.local(), tag.prefix())).collect();
        assert_eq!(names[0], ("x:a", "a", "x:"));
        assert_eq!(names[2], ("c", "c", ""));
        assert_eq!(names[3].0, "x:a");
    }

    #[test]
    fn attributes_with_their_places() {
        let tags: Vec<Tag> = Tags::of(TEXT).collect::<Result<_, _>>().unwrap();
        assert_eq!(tags[0].attribute("id").unwrap(), "二&3");
        assert_eq!(tags[0].attribute("r:id").unwrap(), "1");
        assert_eq!(&TEXT[tags[2].attribute_range("d").unwrap()], "4");
        assert!(tags[1].attribute("d").is_none());
        let mut text = TEXT.to_owned();
        text.insert_str(tags[2].attribute_place(), " e=\"5\"");
        assert!(text.contains("<c e=\"5\"\n d"));
    }

    #[test]
    fn broken_xml_is_told() {
        assert!(Tags::of("<a><b").any(|tag| tag.is_err()));
    }
}
