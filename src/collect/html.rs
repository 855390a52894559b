//! Hypertext that calls itself a workbook.
//!
//! Takes bytes, gives a finding for now: what such a file shows is not what its cells hold.

use super::build::{Reading, Sheets};
use super::fault::Fault;

/// Declines the file in words.
pub(super) fn read(_bytes: &[u8], _reading: &Reading) -> Result<Sheets, Fault> {
    Err(Fault::UnknownFormat("文件实为网页(HTML)".into()))
}
