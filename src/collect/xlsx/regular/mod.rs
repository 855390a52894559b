//! A workbook as nearly all programs write it, read by its bytes instead of by events.
//!
//! Takes a package, gives the same sheets and findings as the reader of events beside it, at a fraction of
//! its cost, or [`Irregular`]: prefixes where there should be none, comments, CDATA, other encodings, odd
//! spacing, anything damaged, anything beyond a limit. Whatever it is not sure of the reader of events
//! decides, so that nothing is read here that would be read otherwise there.

mod markup;
mod sheet;
mod strings;
mod styles;
#[cfg(test)]
mod tests;
mod window;

use std::io::Read;

use super::workbook::Workbook;
use super::{Shared, strings as runs};
use crate::collect::package::Package;
use crate::collect::reading::{Reading, Sheets};
use markup::{Does, Step, Stop, declaration};
use styles::LazyStyles;
use window::Window;

/// A workbook, or a part of it, is left to the reader of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) struct Irregular;

impl From<Stop> for Irregular {
    fn from(_: Stop) -> Self {
        Self
    }
}

/// Reads every worksheet of a package.
pub(super) fn read(package: &Package, workbook: &Workbook, reading: &Reading) -> Result<Sheets, Irregular> {
    if workbook.sheets.len() > reading.limits.sheets {
        return Err(Irregular);
    }
    let window = |part: &str| package.plain_part(part).map(|(part, claimed)| Window::new(part, claimed));
    let own = workbook.strings.as_deref().unwrap_or("xl/sharedStrings.xml");
    let strings = window(own).map(|part| strings::shared(part, reading)).transpose()?.unwrap_or_default();
    let mut shared = Shared::new(strings, workbook.is_1904);
    let own = workbook.styles.as_deref().unwrap_or("xl/styles.xml");
    let mut styles = LazyStyles::new(package.plain_part(own).map(|(part, _)| Window::by_and_by(part)));
    let mut sheets = Sheets::default();
    for part in &workbook.sheets {
        let xml = window(&part.part).ok_or(Irregular)?;
        let built = sheet::read(xml, part.name.clone(), (&mut shared, &mut styles), reading)?;
        sheets.add(reading.file, &part.name, part.hidden, Ok(built));
    }
    Ok(sheets)
}

/// Takes steps over a part from its beginning to its end, each as many bytes as it says.
fn walk<R: Read>(window: &mut Window<R>, mut step: impl FnMut(&str) -> Step<usize>) -> Result<(), Irregular> {
    begin(window)?;
    loop {
        match some_steps(window.rest(), &mut step) {
            Ok(taken) => window.take(taken),
            Err(Stop::Short) if window.more()? => {}
            // Text that ends in the middle of a step is a part cut short.
            Err(Stop::Short) if window.rest().is_empty() => return Ok(()),
            Err(_) => return Err(Irregular),
        }
    }
}

/// Passes a part's declaration.
fn begin<R: Read>(window: &mut Window<R>) -> Result<(), Irregular> {
    loop {
        match declaration(window.rest()) {
            Ok(taken) => {
                window.take(taken);
                return Ok(());
            }
            Err(Stop::Short) if window.more()? => {}
            Err(_) => return Err(Irregular),
        }
    }
}

/// Steps as far as the text goes.
fn some_steps(text: &str, step: &mut impl FnMut(&str) -> Step<usize>) -> Step<usize> {
    let mut at = 0;
    while at < text.len() {
        match step(&text[at..]) {
            Ok(taken) => at += taken,
            Err(Stop::Short) if at > 0 => return Ok(at),
            Err(stop) => return Err(stop),
        }
    }
    if at > 0 { Ok(at) } else { Err(Stop::Short) }
}

/// How many elements are open; an end without a beginning is irregular.
#[derive(Debug, Default)]
struct Depth(usize);

impl Depth {
    fn note(&mut self, does: Does) -> Step<()> {
        match does {
            Does::Open => self.0 += 1,
            Does::Close => self.0 = self.0.checked_sub(1).ok_or(Stop::Irregular)?,
            Does::Both => {}
        }
        Ok(())
    }
}
