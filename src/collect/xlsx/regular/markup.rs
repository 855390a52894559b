//! Tags, attributes and text of XML as spreadsheet programs write it.
//!
//! Takes text that begins with a tag, gives the tag; [`Stop`] says that more text is needed, or that what
//! stands there is legal perhaps but not regular: comments, CDATA, entities of its own, odd spacing.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use super::Irregular;

/// Why a step could not be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The text ends too early.
    Short,
    /// What stands there is left to the reader of events.
    Irregular,
}

impl From<Irregular> for Stop {
    fn from(_: Irregular) -> Self {
        Self::Irregular
    }
}

/// What a step gives, or why it could not be taken.
pub(super) type Step<T> = Result<T, Stop>;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    Open,
    Close,
    Both,
}

/// A tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its name, with its prefix.
    pub(super) name: &'t str,
    /// What stands between its name and its end.
    pub(super) attributes: &'t str,
    /// What it does.
    pub(super) does: Does,
    /// Its bytes, brackets included.
    pub(super) len: usize,
}

impl<'t> Tag<'t> {
    /// The tag that a text begins with.
    pub(super) fn at(text: &'t str) -> Step<Self> {
        let bytes = text.as_bytes();
        let first = match bytes.get(1).ok_or(Stop::Short)? {
            b'!' | b'?' => return Err(Stop::Irregular),
            b'/' => 2,
            _ => 1,
        };
        let end = end_of_tag(bytes, first)?;
        let (inside, does) = match (first, bytes[end - 1]) {
            (2, _) => (&text[2..end], Does::Close),
            (_, b'/') => (&text[1..end - 1], Does::Both),
            _ => (&text[1..end], Does::Open),
        };
        let name_end = inside.bytes().position(is_white).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b));
        let is_regular = is_name && (does != Does::Close || attributes.bytes().all(is_white));
        if is_regular { Ok(Self { name, attributes, does, len: end + 1 }) } else { Err(Stop::Irregular) }
    }

    /// Whether its name without a prefix is one of these though it has a prefix: the reader of events goes by
    /// names without prefixes, and shall see to it.
    pub(super) fn hides(&self, names: &[&str]) -> bool {
        self.name.rsplit_once(':').is_some_and(|(_, name)| names.contains(&name))
    }
}

/// Where the tag ends that is open at a place: at a `>` outside of quotes. A value stands between `=` and what may
/// follow it; where a quote is missing, everything behind would be taken for something else.
pub(super) fn end_of_tag(bytes: &[u8], from: usize) -> Step<usize> {
    let mut at = from;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', bytes.get(at..).ok_or(Stop::Short)?).ok_or(Stop::Short)?;
        match bytes[found] {
            b'>' => return Ok(found),
            quote => {
                let close = found + 1 + memchr(quote, &bytes[found + 1..]).ok_or(Stop::Short)?;
                let behind = *bytes.get(close + 1).ok_or(Stop::Short)?;
                if bytes[..found].last() != Some(&b'=') || !(is_white(behind) || b"/>?".contains(&behind)) {
                    return Err(Stop::Irregular);
                }
                at = close + 1;
            }
        }
    }
}

/// The attributes of a tag in order: names with prefixes, and values as they are written.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = Step<(&str, &str)>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let spaced = rest.trim_start_matches(|c: char| c.is_ascii() && is_white(c as u8));
        if spaced.is_empty() {
            return None;
        }
        let next = if spaced.len() < rest.len() { attribute(spaced) } else { None };
        let (name, value, behind) = match next {
            Some(found) => found,
            None => {
                rest = "";
                return Some(Err(Stop::Irregular));
            }
        };
        rest = behind;
        Some(Ok((name, value)))
    })
}

fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, behind) = text.split_once('=')?;
    let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, behind) = behind[1..].split_once(quote)?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b));
    is_name.then_some((name, value, behind))
}

/// An attribute that is the only one of its name, whatever its prefix; `None` where there is none.
pub(super) fn single<'t>(tag: &Tag<'t>, name: &str) -> Step<Option<&'t str>> {
    let mut found = None;
    for attribute in attributes(tag.attributes) {
        let (key, value) = attribute?;
        if key.rsplit(':').next() == Some(name) {
            if found.is_some() || key != name || value.contains('&') {
                return Err(Stop::Irregular);
            }
            found = Some(value);
        }
    }
    Ok(found)
}

/// A whole number as programs write it: digits and nothing else.
pub(super) fn whole(text: &str) -> Step<u32> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 9 || !bytes.iter().all(u8::is_ascii_digit) {
        return Err(Stop::Irregular);
    }
    Ok(bytes.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// White space of XML.
pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// The declaration and the byte order mark that a part may begin with, in bytes; only UTF-8 is regular.
pub(super) fn declaration(text: &str) -> Step<usize> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mark = text.len() - bare.len();
    if bare.len() < "<?xml ".len() {
        return Err(Stop::Short);
    }
    let Some(inside) = bare.strip_prefix("<?xml ") else { return Ok(mark) };
    let end = inside.find("?>").ok_or(Stop::Short)?;
    let encoding = inside[..end].split_once("encoding").map(|(_, behind)| behind);
    let encoding = encoding.map(|word| word.trim_start_matches(['=', ' ', '"', '\'']));
    let is_utf_8 = encoding.is_none_or(|word| word.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("utf-8")));
    if is_utf_8 { Ok(mark + "<?xml ".len() + end + 2) } else { Err(Stop::Irregular) }
}

/// Text with its references resolved and its line ends as XML has them.
pub(super) fn resolved(text: &str) -> Step<Cow<'_, str>> {
    if memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Ok(Cow::Borrowed(text));
    }
    let mut pieces = text.split('&');
    let mut plain = with_line_ends(pieces.next().unwrap_or_default()).into_owned();
    for piece in pieces {
        let (reference, behind) = piece.split_once(';').ok_or(Stop::Irregular)?;
        plain.push(meant_by(reference).ok_or(Stop::Irregular)?);
        plain.push_str(&with_line_ends(behind));
    }
    Ok(Cow::Owned(plain))
}

fn with_line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

fn meant_by(reference: &str) -> Option<char> {
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = reference.strip_prefix('#')?;
            let number = match digits.strip_prefix('x') {
                Some(digits) if is_all(digits, u8::is_ascii_hexdigit) => u32::from_str_radix(digits, 16).ok()?,
                None if is_all(digits, u8::is_ascii_digit) => digits.parse().ok()?,
                _ => return None,
            };
            let is_allowed = number >= 0x20 || matches!(number, 9 | 10 | 13);
            char::from_u32(number).filter(|_| is_allowed)?
        }
    })
}

fn is_all(digits: &str, is: impl Fn(&u8) -> bool) -> bool {
    !digits.is_empty() && digits.len() <= 7 && digits.as_bytes().iter().all(is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_outside_of_quotes() {
        let tag = Tag::at(r#"<a:b x="1>2" y='"'/>…"#).unwrap();
        assert_eq!((tag.name, tag.attributes, tag.does, tag.len), ("a:b", r#" x="1>2" y='"'"#, Does::Both, 20));
        assert_eq!(attributes(tag.attributes).collect::<Step<Vec<_>>>().unwrap(), [("x", "1>2"), ("y", "\"")]);
        assert_eq!(Tag::at("</row >").map(|tag| (tag.name, tag.does)), Ok(("row", Does::Close)));
        assert!(tag.hides(&["b"]) && !tag.hides(&["a"]));
        for short in ["<", "<a", "<a b=\"", "<a b=\">\" ", "</"] {
            assert_eq!(Tag::at(short), Err(Stop::Short), "{short}");
        }
        for odd in ["<!-- -->", "<?x?>", "<>", "< a>", "</a b>", "<甲>"] {
            assert_eq!(Tag::at(odd), Err(Stop::Irregular), "{odd}");
        }
    }

    #[test]
    fn odd_attributes_are_irregular() {
        for odd in [" a", " a=1", " a=\"1\"b=\"2\"", " a =\"1\"", " a=\"1", "a=\"1\""] {
            assert!(attributes(odd).any(|each| each.is_err()), "{odd}");
        }
        let single = |attributes| single(&Tag { name: "c", attributes, does: Does::Both, len: 0 }, "id");
        assert_eq!(single(" a=\"1\" id='2'"), Ok(Some("2")));
        assert_eq!(single(" a=\"1\""), Ok(None));
        for odd in [" x:id=\"1\"", " id=\"1\" id=\"2\"", " id=\"&#49;\""] {
            assert_eq!(single(odd), Err(Stop::Irregular), "{odd}");
        }
    }

    #[test]
    fn references_and_line_ends() {
        assert_eq!(resolved("甲&amp;乙&#10;&#x4E2D;\r\n丙\r&lt;").unwrap(), "甲&乙\n中\n丙\n<");
        for odd in ["a&b", "&nbsp;", "&#0;", "&#xD800;", "&#x;", "&;", "&#-1;", "&#99999999;"] {
            assert_eq!(resolved(odd), Err(Stop::Irregular), "{odd}");
        }
        assert_eq!([whole("0"), whole("042")], [Ok(0), Ok(42)]);
        assert!(["", "+1", "1.0", "1234567890"].iter().all(|text| whole(text).is_err()));
    }

    #[test]
    fn only_utf_8_is_regular() {
        for (text, end) in [
            ("<?xml version=\"1.0\" encoding=\"utf-8\"?><a/>", Ok(38)),
            ("\u{feff}<?xml version='1.0'?><a/>", Ok(24)),
            ("<sheetData/>", Ok(0)),
            ("<?xml version=\"1.0\" encoding=\"GBK\"?><a/>", Err(Stop::Irregular)),
            ("<?xml version=\"1.0\"", Err(Stop::Short)),
        ] {
            assert_eq!(declaration(text), end, "{text}");
        }
    }
}
