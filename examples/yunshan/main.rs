//! Makes `sample-data/yunshan`: the workbooks that the fictional 云山县 sends for 2025 and 2026.
//!
//! `cargo run --example yunshan -- sample-data/yunshan` writes the same bytes each time. The generator shares
//! no code with the program: it knows the truth first and lays it out in workbooks afterwards, so that what
//! the program reads from them can be held against what was meant.
//!
//! - [`truth`]: what the county's units know, drawn with [`dice`] so that the sums are those of S003;
//! - [`forms`]: how each unit lays its sheets out; [`columns`], [`fill`], [`words`], [`date`], [`extras`] do it;
//! - [`sheet`]: a workbook without a format; [`xlsx`], [`xls`] (with [`biff`]), [`ods`], [`csv`] write it;
//! - [`settings`]: the office's own workbook, with the [`receipts`] it registered, the [`recipients`] of its mail and the [`decisions`] it took; [`inbox`]: all the files together, by [`month`] and some by [`mail`];
//! - [`city`]: two more counties, for a city of three (`--city sample-data/yunzhou`);
//! - [`planted`]: what was put in on purpose; `--planted` prints the list of the sample's README.

// Whatever cannot be written ends the one program that calls any of this.
#![allow(clippy::missing_errors_doc)]

pub mod biff;
pub mod city;
pub mod columns;
pub mod csv;
pub mod date;
pub mod decisions;
pub mod dice;
pub mod extras;
pub mod fill;
pub mod forms;
pub mod inbox;
pub mod mail;
pub mod month;
pub mod ods;
pub mod planted;
pub mod receipts;
pub mod recipients;
pub mod settings;
pub mod sheet;
pub mod truth;
pub mod words;
pub mod xls;
pub mod xlsx;

/// What can go wrong while files are written; the generator's own data never does.
pub type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (folder, files) = match words[..] {
        ["--planted"] => {
            print!("{}", planted::table());
            return Ok(());
        }
        ["--city", folder] => (folder, city::files()?),
        [folder] => (folder, inbox::files()?),
        _ => return Err("usage: yunshan FOLDER | --city FOLDER | --planted".into()),
    };
    for (path, bytes) in files {
        let path = std::path::Path::new(folder).join(path);
        std::fs::create_dir_all(path.parent().ok_or("every file lies in a folder")?)?;
        std::fs::write(&path, bytes)?;
    }
    Ok(())
}
