//! Strings of a workbook: the shared table, and the runs that any string is made of.
//!
//! Takes XML events, gives text: rich runs joined, phonetic guides left out, `_x000D_` escapes resolved.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::collect::fault::Fault;
use crate::collect::package::{PartXml, push_reference, skip, xml_fault};
use crate::text::SharedText;

/// The shared strings, by index; there is no use for more of them than of cells.
pub(super) fn shared(mut xml: PartXml<'_>, most: usize) -> Result<Vec<SharedText>, Fault> {
    let (mut buf, mut strings, mut text) = (Vec::new(), Vec::new(), String::new());
    let nothing = SharedText::new();
    loop {
        if strings.len() > most {
            return Err(Fault::TooLarge(format!("共享文字超过{most}条")));
        }
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) if e.local_name().as_ref() == "si" => {
                text.clear();
                runs(&mut xml, "si", &mut text)?;
                strings.push(unescaped(&text).into());
            }
            Event::Empty(e) if e.local_name().as_ref() == "si" => strings.push(nothing.clone()),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Adds the text of an element that was just opened, up to its end.
pub(super) fn runs<R: BufRead>(xml: &mut Reader<R>, element: &str, text: &mut String) -> Result<(), Fault> {
    let (mut buf, mut in_text) = (Vec::new(), false);
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "t" => in_text = true,
                "rPh" => skip(xml, &mut Vec::new())?,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "t" => in_text = false,
                name if name == element => return Ok(()),
                _ => {}
            },
            Event::Text(t) if in_text => text.push_str(&t.xml10_content()),
            Event::CData(t) if in_text => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) if in_text => push_reference(text, &r),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Text with the escapes of control characters (`_x000D_`) resolved.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        match escape_at(&rest[at..]) {
            Some(c) => {
                plain.push(c);
                rest = &rest[at + ESCAPE_LENGTH..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

const ESCAPE_LENGTH: usize = "_x000D_".len();

fn escape_at(text: &str) -> Option<char> {
    let escape = text.get(..ESCAPE_LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
    let digits = escape.bytes().all(|b| b.is_ascii_hexdigit());
    digits.then(|| u32::from_str_radix(escape, 16).ok().and_then(char::from_u32))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::{Package, tests::zipped};
    use crate::workspace::Limits;

    #[test]
    fn runs_are_joined_and_guides_left_out() {
        let part = r#"<sst count="9" uniqueCount="1000000000000"><si><t xml:space="preserve"> a&amp;b </t></si><si/>
            <si><r><rPr><b/></rPr><t>项目</t></r><r><t>名称&#10;</t></r><rPh sb="0" eb="1"><t>xiangmu</t></rPh></si>
            <si><t>一_x000D_二_x5F_三_x</t></si><si><t><![CDATA[<x>]]></t></si><si><t/></si></sst>"#;
        let bytes = zipped(&[("s.xml", part)]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        let strings = shared(package.xml("s.xml").unwrap().unwrap(), 6).unwrap();
        let strings: Vec<&str> = strings.iter().map(|s| &**s).collect();
        assert_eq!(strings, [" a&b ", "", "项目名称\n", "一\r二_x5F_三_x", "<x>", ""]);
        assert!(matches!(shared(package.xml("s.xml").unwrap().unwrap(), 5), Err(Fault::TooLarge(_))));
    }
}
