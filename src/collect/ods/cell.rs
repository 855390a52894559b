//! One cell of an OpenDocument sheet: its attributes, its text, its value.
//!
//! Takes a `table:table-cell`, gives a [`Value`] and how it is shown.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::collect::fault::Fault;
use crate::collect::grid::{Shown, Value};
use crate::collect::package::{Unescaped, push_reference, skip, xml_fault};
use crate::collect::{number_format, serial};

/// A cell's attributes.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) repeated: u32,
    pub(super) columns_spanned: u32,
    pub(super) rows_spanned: u32,
    pub(super) style: Option<String>,
    pub(super) formula: bool,
    kind: Option<String>,
    value: Option<String>,
    error: bool,
}

impl Head {
    /// From the element.
    pub(super) fn of(element: &BytesStart) -> Self {
        let mut head = Self { repeated: 1, columns_spanned: 1, rows_spanned: 1, ..Self::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            let count = || attribute.value.parse().unwrap_or(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => head.repeated = count(),
                "table:number-columns-spanned" => head.columns_spanned = count(),
                "table:number-rows-spanned" => head.rows_spanned = count(),
                "table:style-name" => head.style = Some(attribute.unescaped().into_owned()),
                "table:formula" => head.formula = true,
                "office:value-type" => head.kind = Some(attribute.value.into_owned()),
                "calcext:value-type" => head.error = &*attribute.value == "error",
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => head.value = Some(attribute.unescaped().into_owned()),
                _ => {}
            }
        }
        head
    }
}

/// The value of a cell with this text, shown by its style as `styled`; nothing where it is empty.
pub(super) fn value(head: &Head, text: &str, styled: Shown) -> Option<(Value, Shown)> {
    let plain = |value| Some((value, Shown::Plain));
    if head.error {
        return plain(Value::Error(text.into()));
    }
    let stated = head.value.as_deref().unwrap_or_default();
    match head.kind.as_deref() {
        Some("float" | "currency") => {
            number(stated, text, if number_format::is_date(styled) { Shown::Plain } else { styled })
        }
        Some("percentage") => number(stated, text, Shown::Percent),
        Some("date") => date(serial::of_iso(stated), text, styled),
        Some("time") => date(serial::of_iso_duration(stated), text, Shown::Day),
        Some("boolean") => plain(Value::Bool(stated == "true")),
        None if head.formula && text.is_empty() => plain(Value::Uncalculated),
        // The paragraphs are what is seen; the attribute stands in where there are none.
        _ if text.is_empty() && stated.is_empty() => None,
        _ if text.is_empty() => plain(Value::Text(stated.into())),
        _ => plain(Value::Text(text.into())),
    }
}

fn number(stated: &str, text: &str, shown: Shown) -> Option<(Value, Shown)> {
    match stated.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Some((Value::Number(number), shown)),
        _ => Some((Value::Text(text.into()), Shown::Plain)),
    }
}

fn date(serial: Option<f64>, text: &str, styled: Shown) -> Option<(Value, Shown)> {
    let shown = if number_format::is_date(styled) { styled } else { Shown::Day };
    match serial {
        Some(serial) => Some((Value::Date(serial), shown)),
        None => Some((Value::Text(text.into()), Shown::Plain)),
    }
}

/// Spaces and tabs that one element may stand for: a file cannot ask for more.
const MOST_SPACES: usize = 1_000;

/// Reads the paragraphs of a cell that was just opened, up to its end.
pub(super) fn text<R: BufRead>(xml: &mut Reader<R>, text: &mut String) -> Result<(), Fault> {
    let (mut buf, mut inner, mut paragraphs, mut depth) = (Vec::new(), Vec::new(), 0, 0);
    text.clear();
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) => match e.name().as_ref() {
                "text:p" | "text:h" => {
                    paragraph(text, &mut paragraphs);
                    depth += 1;
                }
                name if is_aside(name) => skip(xml, &mut inner)?,
                _ => depth += 1,
            },
            Event::Empty(e) => match e.name().as_ref() {
                "text:p" | "text:h" => paragraph(text, &mut paragraphs),
                _ => text_mark(&e, text),
            },
            Event::Text(t) if depth > 0 => push_collapsed(text, &t.xml10_content()),
            Event::CData(t) if depth > 0 => push_collapsed(text, &t.xml10_content()),
            Event::GeneralRef(r) if depth > 0 => push_reference(text, &r),
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(Fault::Unreadable("表格内容不完整".into())),
            _ => {}
        }
    }
}

fn paragraph(text: &mut String, paragraphs: &mut usize) {
    if *paragraphs > 0 {
        text.push('\n');
    }
    *paragraphs += 1;
}

/// What stands in a cell without being its text: notes, pictures, phonetic guides.
fn is_aside(name: &str) -> bool {
    name == "office:annotation" || name == "text:ruby-text" || name == "text:note" || name.starts_with("draw:")
}

/// Spaces, tabs and line breaks are elements of their own.
fn text_mark(element: &BytesStart, text: &mut String) {
    match element.name().as_ref() {
        "text:s" => {
            let count = element.try_get_attribute("text:c").ok().flatten();
            let count = count.and_then(|count| count.value.parse().ok()).unwrap_or(1);
            text.extend(std::iter::repeat_n(' ', MOST_SPACES.min(count)));
        }
        "text:tab" => text.push('\t'),
        "text:line-break" => text.push('\n'),
        _ => {}
    }
}

/// White space in the XML itself counts as one space, as the format has it.
fn push_collapsed(text: &mut String, written: &str) {
    let mut in_space = false;
    for c in written.chars() {
        let space = matches!(c, ' ' | '\t' | '\r' | '\n');
        if !space {
            text.push(c);
        } else if !in_space {
            text.push(' ');
        }
        in_space = space;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Option<(Value, Shown)> {
        let mut xml = Reader::from_reader(cell.as_bytes());
        let (mut buf, mut words) = (Vec::new(), String::new());
        let head = match xml.read_event_into(&mut buf).unwrap() {
            Event::Start(e) => Head::of(&e),
            other => panic!("{other:?}"),
        };
        text(&mut xml, &mut words).unwrap();
        value(&head, &words, Shown::Month)
    }

    #[test]
    fn values_by_type() {
        let cell =
            |attributes: &str, inner: &str| read(&format!("<table:table-cell {attributes}>{inner}</table:table-cell>"));
        for (attributes, inner, value, shown) in [
            (
                r#"office:value-type="percentage" office:value="0.356""#,
                "<text:p>35.6%</text:p>",
                Value::Number(0.356),
                Shown::Percent,
            ),
            (
                r#"office:value-type="date" office:date-value="2026-10-31""#,
                "<text:p>2026年10月</text:p>",
                Value::Date(46326.0),
                Shown::Month,
            ),
            (r#"office:value-type="float" office:value="3""#, "<text:p>3</text:p>", Value::Number(3.0), Shown::Plain),
            (
                r#"office:value-type="boolean" office:boolean-value="true""#,
                "<text:p>TRUE</text:p>",
                Value::Bool(true),
                Shown::Plain,
            ),
            (
                r#"table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error""#,
                "<text:p>#DIV/0!</text:p>",
                Value::Error("#DIV/0!".into()),
                Shown::Plain,
            ),
            (r#"table:formula="of:=[.A1]""#, "", Value::Uncalculated, Shown::Plain),
            (
                r#"office:value-type="time" office:time-value="PT12H0M0S""#,
                "<text:p>12:00</text:p>",
                Value::Date(0.5),
                Shown::Day,
            ),
            (r#"office:value-type="string" office:string-value="甲""#, "", Value::Text("甲".into()), Shown::Plain),
        ] {
            assert_eq!(cell(attributes, inner), Some((value, shown)), "{attributes}");
        }
        assert_eq!(cell(r#"office:value-type="string""#, ""), None);
    }

    #[test]
    fn text_is_what_is_seen() {
        let inner = "<office:annotation><dc:creator>某</dc:creator><text:p>批注</text:p></office:annotation><text:p>a<text:span>b</text:span>\n  \
            c<text:s text:c=\"3\"/>d&amp;</text:p><text:p/><text:p>e<text:line-break/>f<text:s text:c=\"2000000000\"/></text:p>";
        let (value, _) =
            read(&format!("<table:table-cell office:value-type=\"string\">{inner}</table:table-cell>")).unwrap();
        let Value::Text(text) = value else { panic!("{value:?}") };
        assert_eq!(text.trim_end(), "ab c   d&\n\ne\nf");
        assert!(text.len() < 2_000);
    }
}
