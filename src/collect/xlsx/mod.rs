//! .xlsx and .xlsm: one streaming pass over each sheet's XML.
//!
//! Takes a package, gives its worksheets as grids. Own reader because calamine's does not tell a
//! formula without a value from 0, hides hidden rows and columns, and fails a sheet for one
//! unknown error value.

mod cell;
mod regular;
mod sheet;
mod strings;
mod styles;
mod workbook;

use std::cell::RefCell;
use std::collections::HashSet;

use super::fault::Fault;
use super::package::Package;
use super::reading::{Built, Reading, Sheets};
use crate::text::SharedText;
use styles::Styles;
pub(super) use workbook::relation_targets;
use workbook::{SheetPart, Workbook};

/// What the cells of a workbook refer to.
struct Shared {
    strings: Vec<SharedText>,
    styles: Styles,
    is_1904: bool,
    /// Texts that stand in cells themselves, each kept once.
    own: RefCell<HashSet<SharedText>>,
}

/// More texts than these are not looked for again.
const MOST_KNOWN: usize = 100_000;

impl Shared {
    fn new(strings: Vec<SharedText>, is_1904: bool) -> Self {
        Self { strings, styles: Styles::default(), is_1904, own: RefCell::default() }
    }

    /// A text that stands in a cell itself: the same one for the same words.
    fn own_text(&self, text: &str) -> SharedText {
        let mut own = self.own.borrow_mut();
        if let Some(known) = own.get(text) {
            return known.clone();
        }
        let text: SharedText = text.into();
        if own.len() < MOST_KNOWN {
            own.insert(text.clone());
        }
        text
    }
}

/// Reads every worksheet of a package as nearly all programs write it; `None` where it is otherwise, damaged or
/// beyond a limit, and [`read`] has to see. What both read is the same.
pub(super) fn read_regular(package: &mut Package, reading: &Reading) -> Option<Sheets> {
    let workbook = Workbook::read(package).ok()?;
    regular::read(package, &workbook, reading).ok()
}

/// Reads every worksheet of a package.
pub(super) fn read(package: &mut Package, reading: &Reading) -> Result<Sheets, Fault> {
    let workbook = Workbook::read(package)?;
    if workbook.sheets.len() > reading.limits.sheets {
        return Err(Fault::TooLarge(format!("工作表超过{}个", reading.limits.sheets)));
    }
    let shared = shared(package, &workbook, reading.limits.cells)?;
    let mut sheets = Sheets::default();
    for part in &workbook.sheets {
        let read = read_sheet(package, part, &shared, reading);
        sheets.add(reading.file, &part.name, part.hidden, read);
    }
    Ok(sheets)
}

fn shared(package: &mut Package, workbook: &Workbook, most: usize) -> Result<Shared, Fault> {
    let strings = workbook.strings.as_deref().unwrap_or("xl/sharedStrings.xml");
    let strings = package.xml(strings)?.map(|xml| strings::shared(xml, most)).transpose()?;
    let styles = workbook.styles.as_deref().unwrap_or("xl/styles.xml");
    let styles = package.xml(styles)?.map(Styles::read).transpose()?;
    let shared = Shared::new(strings.unwrap_or_default(), workbook.is_1904);
    Ok(Shared { styles: styles.unwrap_or_default(), ..shared })
}

fn read_sheet(package: &mut Package, part: &SheetPart, shared: &Shared, reading: &Reading) -> Result<Built, Fault> {
    let xml = package.xml(&part.part)?.ok_or_else(|| Fault::Unreadable("文件中缺少该工作表的内容".into()))?;
    sheet::read(xml, part.name.clone(), shared, reading)
}
