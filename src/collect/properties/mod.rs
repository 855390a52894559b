//! A document's own properties (自定义属性), by which a form of the office is known again.
//!
//! Takes a package or an OLE container, gives names and texts. They are looked at and never needed: a
//! document whose properties cannot be read has none.

mod ole;

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::package::{Package, PartXml, attribute, push_reference};

pub(super) use ole::of_ole;

/// Names and texts.
pub type Properties = BTreeMap<String, String>;

/// More than this no form of ours has.
const MOST: usize = 200;
/// A longer text is none of ours.
const LONGEST: usize = 8192;

/// Those of an .xlsx or .xlsb package.
pub(super) fn of_workbook(package: &mut Package) -> Properties {
    of_part(package, "docProps/custom.xml", "property")
}

/// Those of an OpenDocument package.
pub(super) fn of_opendocument(package: &mut Package) -> Properties {
    of_part(package, "meta.xml", "user-defined")
}

fn of_part(package: &mut Package, part: &str, element: &str) -> Properties {
    let Ok(Some(xml)) = package.xml(part) else { return Properties::new() };
    read(xml, element)
}

/// The texts of all elements of a name, by the name that each carries.
fn read(mut xml: PartXml, element: &str) -> Properties {
    let (mut properties, mut open, mut buf) = (Properties::new(), None, Vec::new());
    while properties.len() < MOST {
        buf.clear();
        match xml.read_event_into(&mut buf) {
            Ok(Event::Start(e)) if e.local_name().as_ref() == element => {
                open = attribute(&e, "name").map(|name| (name.into_owned(), String::new()));
            }
            Ok(Event::Text(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::CData(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                if let Some((_, text)) = &mut open {
                    push_reference(text, &reference);
                }
            }
            Ok(Event::End(e)) if e.local_name().as_ref() == element => keep(&mut properties, open.take()),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    properties
}

fn add(open: &mut Option<(String, String)>, more: &str) {
    // A text that is too long already is not kept: no more of it is taken.
    if let Some((_, text)) = open
        && text.len() <= LONGEST
    {
        text.push_str(more);
    }
}

fn keep(properties: &mut Properties, property: Option<(String, String)>) {
    if let Some((name, text)) = property.filter(|(_, text)| text.len() <= LONGEST) {
        properties.insert(name, text.trim().to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::Limits;
    use crate::collect::package::tests::zipped;

    fn opened(part: &str, text: &str, of: fn(&mut Package) -> Properties) -> Properties {
        let bytes = zipped(&[(part, text)]);
        of(&mut Package::open(&bytes, &Limits::default()).unwrap())
    }

    #[test]
    fn workbooks_and_opendocument_say_the_same() {
        let custom = r#"<Properties xmlns:vt="x"><property fmtid="{D5}" pid="2" name="甲&amp;乙"><vt:lpwstr>城关镇&lt;一&gt;</vt:lpwstr></property>
            <property pid="3" name="空"><vt:lpwstr></vt:lpwstr></property></Properties>"#;
        let meta = r#"<office:meta><meta:user-defined meta:name="甲&amp;乙" meta:value-type="string">城关镇&lt;一&gt;</meta:user-defined>
            <meta:user-defined meta:name="空"></meta:user-defined></office:meta>"#;
        let expected = Properties::from([("甲&乙".into(), "城关镇<一>".into()), ("空".into(), String::new())]);
        assert_eq!(opened("docProps/custom.xml", custom, of_workbook), expected);
        assert_eq!(opened("meta.xml", meta, of_opendocument), expected);
        assert_eq!(opened("other.xml", custom, of_workbook), Properties::new());
        assert_eq!(opened("meta.xml", "<broken", of_opendocument), Properties::new());
    }
}
