//! .xlsx and .xlsm: one streaming pass over each sheet's XML.
//!
//! Takes a package, gives its worksheets as grids. Own reader because calamine's does not tell a
//! formula without a value from 0, hides hidden rows and columns, and fails a sheet for one
//! unknown error value.

mod cell;
mod sheet;
mod strings;
mod styles;
mod workbook;

use std::sync::Arc;

use super::fault::Fault;
use super::package::Package;
use super::reading::{Built, Reading, Sheets};
use styles::Styles;
pub(super) use workbook::relation_targets;
use workbook::{SheetPart, Workbook};

/// What the cells of a workbook refer to.
struct Shared {
    strings: Vec<Arc<str>>,
    styles: Styles,
    is_1904: bool,
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
    Ok(Shared { strings: strings.unwrap_or_default(), styles: styles.unwrap_or_default(), is_1904: workbook.is_1904 })
}

fn read_sheet(package: &mut Package, part: &SheetPart, shared: &Shared, reading: &Reading) -> Result<Built, Fault> {
    let xml = package.xml(&part.part)?.ok_or_else(|| Fault::Unreadable("文件中缺少该工作表的内容".into()))?;
    sheet::read(xml, part.name.clone(), shared, reading)
}
