//! .ods: one streaming pass over the content.
//!
//! Takes a package, gives its sheets as grids. Own reader because calamine's gives no merges, no
//! number formats and nothing of what is hidden, and expands repeats without limits.

mod cell;
mod content;
mod styles;

use quick_xml::events::Event;

use super::fault::{Fault, Lock};
use super::package::{Package, xml_fault};
use super::reading::{Reading, Sheets};
use styles::Styles;

/// Reads every sheet of a package.
pub(super) fn read(package: &mut Package, reading: &Reading) -> Result<Sheets, Fault> {
    if is_encrypted(package)? {
        return Err(Fault::Encrypted(Lock::NotHere(".ods")));
    }
    let mut styles = Styles::default();
    read_styles(package, &mut styles)?;
    let content = package.xml("content.xml")?.ok_or_else(|| Fault::Unreadable("缺少表格内容".into()))?;
    content::read(content, styles, reading)
}

/// An encrypted package says so in its manifest; its parts then are no XML.
fn is_encrypted(package: &mut Package) -> Result<bool, Fault> {
    let manifest = package.bytes("META-INF/manifest.xml")?.unwrap_or_default();
    let mark = b"encryption-data";
    Ok(manifest.windows(mark.len()).any(|bytes| bytes == mark))
}

/// The styles that all documents of an office share stand in a part of their own.
fn read_styles(package: &mut Package, styles: &mut Styles) -> Result<(), Fault> {
    let Some(mut xml) = package.xml("styles.xml")? else { return Ok(()) };
    let mut buf = Vec::new();
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) => styles.start(&e),
            Event::Empty(e) => {
                styles.start(&e);
                styles.end(e.local_name().as_ref());
            }
            Event::End(e) => styles.end(e.local_name().as_ref()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
