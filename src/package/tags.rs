//! Where the tags of an XML text stand.
//!
//! Takes a text, gives its tags one by one with their byte ranges, so that a change can be put exactly
//! where it belongs and all else stays as it was written.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3, memmem};
use quick_xml::escape::unescape;
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
    /// Whether the text has comments or CDATA, within which what looks like a tag is none.
    has_declarations: bool,
    /// Where the next tag is looked for.
    at: usize,
    depth: usize,
}

impl<'t> Tags<'t> {
    /// The tags of a text that has no byte order mark.
    pub fn of(text: &'t str) -> Self {
        Self { text, has_declarations: text.contains("<!"), at: 0, depth: 0 }
    }

    /// Passes over what the element holds that was opened last, in which none of its name may stand: the next tag is
    /// the one that closes it. Where that one is not found for certain, the next tag is the next one as ever.
    pub fn pass_over(&mut self, opened: &Tag) {
        if self.has_declarations || opened.kind != TagKind::Open {
            return;
        }
        let rest = &self.text.as_bytes()[self.at..];
        let closing = format!("</{}", opened.name);
        let ends = |at: &usize| matches!(rest.get(at + closing.len()), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n'));
        self.at += memmem::find_iter(rest, closing.as_bytes()).find(ends).unwrap_or(0);
    }

    /// The next piece of markup, angle brackets included; `None` where there is none left.
    fn markup(&mut self) -> Option<Result<Range<usize>, PackageError>> {
        let from = self.at + memchr(b'<', &self.text.as_bytes()[self.at..])?;
        let rest = &self.text[from..];
        let until = |end: &str| rest.find(end).map(|at| at + end.len());
        let length = match rest.as_bytes().get(1) {
            Some(b'?') => until("?>"),
            Some(b'!') if rest.starts_with("<!--") => until("-->"),
            Some(b'!') if rest.starts_with("<![CDATA[") => until("]]>"),
            _ => tag_length(rest),
        };
        let Some(length) = length else {
            self.at = self.text.len();
            return Some(Err(PackageError::Unexpected(rest.chars().take(40).collect())));
        };
        self.at = from + length;
        Some(Ok(from..self.at))
    }

    fn tag(&mut self, kind: TagKind, range: Range<usize>) -> Tag<'t> {
        let named = self.text[range.clone()].trim_start_matches(['<', '/']);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/' || *byte == b'>';
        let end = named.as_bytes().iter().position(ends).unwrap_or(named.len());
        if kind == TagKind::Close {
            self.depth = self.depth.saturating_sub(1);
        }
        let tag = Tag { range, kind, name: &named[..end], depth: self.depth, text: self.text };
        if kind == TagKind::Open {
            self.depth += 1;
        }
        tag
    }
}

/// How long a tag is that a text begins with: to the first `>` that no quotes are around.
fn tag_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote => at += memchr(quote, &bytes[at + 1..])? + 2,
        }
    }
}

impl<'t> Iterator for Tags<'t> {
    type Item = Result<Tag<'t>, PackageError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let range = match self.markup()? {
                Ok(range) => range,
                Err(error) => return Some(Err(error)),
            };
            let bytes = self.text[range.clone()].as_bytes();
            let kind = match (bytes.get(1), bytes.get(bytes.len().saturating_sub(2))) {
                (Some(b'?' | b'!'), _) => continue,
                (Some(b'/'), _) => TagKind::Close,
                (_, Some(b'/')) => TagKind::Empty,
                _ => TagKind::Open,
            };
            return Some(Ok(self.tag(kind, range)));
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
        for broken in ["<a><b", "<a b=\"1></a>", "<a><!-- no end", "<a><![CDATA[ no end ]>", "<"] {
            assert!(Tags::of(broken).any(|tag| tag.is_err()), "{broken}");
        }
    }

    #[test]
    fn what_an_element_holds_is_passed_over() {
        let left = |text: &str, name: &str| {
            let (mut tags, mut seen) = (Tags::of(text), Vec::new());
            while let Some(tag) = tags.next() {
                let tag = tag.unwrap();
                seen.push((text[tag.range.clone()].to_owned(), tag.depth));
                if tag.name == name {
                    tags.pass_over(&tag);
                }
            }
            seen
        };
        let seen =
            |all: &[(&str, usize)]| all.iter().map(|(tag, depth)| ((*tag).to_owned(), *depth)).collect::<Vec<_>>();
        let text = "<a><row r='1'><c/><rows></rows></row ><row/><row><c>1</c></row></a>";
        let rows = [("<row r='1'>", 1), ("</row >", 1), ("<row/>", 1), ("<row>", 1), ("</row>", 1)];
        assert_eq!(left(text, "row"), seen(&[&[("<a>", 0)], &rows[..], &[("</a>", 0)]].concat()));
        // A comment may hold words that look like the end; an end that is not there is not looked for further.
        assert_eq!(left("<a><!--</a>--><b/></a>", "a").len(), 3);
        assert_eq!(left("<a><b/><c/>", "a").len(), 3);
    }

    #[test]
    fn a_bracket_in_quotes_ends_no_tag() {
        let tags: Vec<Tag> = Tags::of("<a b='x>y\"'><c d=\">'\"/></a>").collect::<Result<_, _>>().unwrap();
        assert_eq!(
            tags.iter().map(|tag| tag.kind).collect::<Vec<_>>(),
            [TagKind::Open, TagKind::Empty, TagKind::Close]
        );
        assert_eq!((&*tags[0].attribute("b").unwrap(), &*tags[1].attribute("d").unwrap()), ("x>y\"", ">'"));
    }
}
