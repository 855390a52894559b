//! Makes `sample-data/yunshan`: the workbooks that the fictional 云山县 sends for 2025 and 2026.
//!
//! `cargo run --example yunshan -- sample-data/yunshan` writes the same bytes each time. The generator shares
//! no code with the program: it knows the truth first and lays it out in workbooks afterwards, so that what
//! the program reads from them can be held against what was meant.
//!
//! - [`truth`]: what the county's units know, drawn with [`dice`] so that the sums are those of S003;
//! - [`forms`]: how each unit lays its sheets out; [`columns`], [`fill`], [`words`], [`date`], [`extras`] do it;
//! - [`sheet`]: a workbook without a format; [`xlsx`], [`xls`] (with [`biff`]), [`ods`], [`csv`] write it;
//! - [`settings`]: the office's own workbook; [`inbox`]: all the files together, by [`month`] and some by [`mail`];
//! - [`planted`]: what was put in on purpose; `--planted` prints the list of the sample's README.

pub mod biff;
pub mod columns;
pub mod csv;
pub mod date;
pub mod dice;
pub mod extras;
pub mod fill;
pub mod forms;
pub mod inbox;
pub mod mail;
pub mod month;
pub mod ods;
pub mod planted;
pub mod settings;
pub mod sheet;
pub mod truth;
pub mod words;
pub mod xls;
pub mod xlsx;

/// What can go wrong while files are written; the generator's own data never does.
pub type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let folder = std::env::args().nth(1).ok_or("usage: yunshan FOLDER | --planted")?;
    if folder == "--planted" {
        print!("{}", planted::table());
        return Ok(());
    }
    let folder = std::path::Path::new(&folder);
    for (path, bytes) in inbox::files()? {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().ok_or("every file lies in a folder")?)?;
        std::fs::write(&path, bytes)?;
    }
    Ok(())
}
