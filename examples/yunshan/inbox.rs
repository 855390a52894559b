//! All the files of the workspace, by their paths.

use std::collections::BTreeMap;

use super::forms::{Format, Submission, departments::DEPARTMENTS, towns::TOWNS};
use super::sheet::Workbook;
use super::truth::Truth;
use super::{Fault, csv, extras, fill, ods, settings, xls, xlsx};

const INBOX: &str = "inbox/2026-05";
/// The department whose first file broke on the way; it sent another.
const BROKEN: (&str, &str) = ("县林业局", "县林业局重点项目进度.xlsx");

/// Path and bytes of every file.
pub fn files() -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let truth = Truth::of_may();
    let mut files = BTreeMap::from([
        ("wuzhang.toml".to_string(), "county = \"云山县\"\n".as_bytes().to_vec()),
        ("settings.xlsx".to_string(), xlsx::write(&settings::workbook())?),
    ]);
    for submission in TOWNS.iter().chain(DEPARTMENTS) {
        let bytes = write(&workbook(submission, &truth), submission.format)?;
        files.insert(format!("{INBOX}/{}", submission.file), bytes);
        if submission.unit == BROKEN.0 {
            files.insert(format!("{INBOX}/{}", BROKEN.1), broken(&workbook(submission, &truth))?);
        }
    }
    Ok(files)
}

/// The workbook that a unit sends, before it has a format.
pub fn workbook(submission: &Submission, truth: &Truth) -> Workbook {
    let extra = |leading: bool| {
        let chosen = submission.extras.iter().filter(move |extra| extras::leads(**extra) == leading);
        chosen.map(|extra| extras::sheet(*extra, submission.unit))
    };
    let books = submission.forms.iter().map(|form| fill::fill(form, &truth.reported(form.book, submission.unit)));
    Workbook { sheets: extra(true).chain(books).chain(extra(false)).collect() }
}

fn write(workbook: &Workbook, format: Format) -> Result<Vec<u8>, Fault> {
    match format {
        Format::Xlsx => xlsx::write(workbook),
        Format::Xls => xls::write(workbook),
        Format::Ods => ods::write(workbook),
        Format::Csv(encoding) => csv::write(workbook, encoding),
    }
}

/// A file of which only the first part arrived.
fn broken(workbook: &Workbook) -> Result<Vec<u8>, Fault> {
    let mut bytes = xlsx::write(workbook)?;
    bytes.truncate(bytes.len() * 3 / 5);
    Ok(bytes)
}
