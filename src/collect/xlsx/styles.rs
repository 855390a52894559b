//! Number formats of a workbook: which style shows a number how.
//!
//! Takes `xl/styles.xml`, gives a [`Shown`] for every cell style; fonts, fills and borders are passed by.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use crate::collect::fault::Fault;
use crate::collect::grid::Shown;
use crate::collect::number_format;
use crate::collect::package::{PartXml, attribute, xml_fault};

/// How each cell style shows a number, by its index.
#[derive(Debug, Default)]
pub(super) struct Styles {
    shown: Vec<Shown>,
    scaled: Vec<bool>,
}

impl Styles {
    /// Reads the styles part.
    pub(super) fn read(mut xml: PartXml<'_>) -> Result<Self, Fault> {
        let (mut buf, mut codes, mut ids) = (Vec::new(), HashMap::new(), Vec::new());
        // Conditional formats have formats of their own under numbers of their own.
        let (mut in_formats, mut in_cell_styles) = (false, false);
        loop {
            buf.clear();
            match xml.read_event_into(&mut buf).map_err(xml_fault)? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "numFmts" => in_formats = true,
                    "numFmt" if in_formats => codes.extend(number_format_of(&e)),
                    "cellXfs" => (in_formats, in_cell_styles) = (false, true),
                    "xf" if in_cell_styles => ids.push(format_id(&e)),
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "numFmts" => in_formats = false,
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
                Event::Eof => break,
                _ => {}
            }
        }
        let of = |id: &u32| codes.get(id).copied().unwrap_or_else(|| (number_format::of_builtin(*id), false));
        let (shown, scaled) = ids.iter().map(of).unzip();
        Ok(Self { shown, scaled })
    }

    /// How many styles are known.
    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }

    /// Takes the next style.
    pub(super) fn push(&mut self, shown: Shown, scales: bool) {
        self.shown.push(shown);
        self.scaled.push(scales);
    }

    /// How a cell of a style shows its number.
    pub(super) fn shown(&self, style: usize) -> Shown {
        self.shown.get(style).copied().unwrap_or_default()
    }

    /// Whether a cell of a style shows its number smaller than it is.
    pub(super) fn scales(&self, style: usize) -> bool {
        self.scaled.get(style).copied().unwrap_or_default()
    }
}

fn number_format_of(element: &BytesStart) -> Option<(u32, (Shown, bool))> {
    let id = attribute(element, "numFmtId")?.parse().ok()?;
    let code = attribute(element, "formatCode")?;
    Some((id, (number_format::of_code(&code), number_format::scales(&code))))
}

fn format_id(element: &BytesStart) -> u32 {
    attribute(element, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::{Package, tests::zipped};
    use crate::workspace::Limits;

    #[test]
    fn cell_styles_only_and_own_codes_over_built_in_ones() {
        let part = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="176"><alignment/></xf><xf numFmtId="10"/><xf numFmtId="58"/></cellXfs>
            <dxfs><dxf><numFmt numFmtId="14" formatCode="0.00"/></dxf></dxfs></styleSheet>"#;
        let bytes = zipped(&[("s.xml", part)]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        let styles = Styles::read(package.xml("s.xml").unwrap().unwrap()).unwrap();
        assert_eq!(styles.shown, [Shown::Plain, Shown::Month, Shown::Percent, Shown::Day]);
        assert_eq!(styles.shown(99), Shown::Plain);
    }
}
