//! Variants of a set: every workbook with thousands of styles that nothing uses, as copies of copies have
//! them; and a set of which one workbook was corrected.

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use rayon::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::Outcome;
use crate::truth::FEN;
use crate::yardstick::workbooks;

const STYLES: &str = "xl/styles.xml";
const FIRST_SHEET: &str = "xl/worksheets/sheet1.xml";

/// Copies a set with so many unused styles in each workbook.
pub(crate) fn with_styles(set: &Path, to: &Path, count: usize) -> Outcome {
    std::fs::create_dir_all(to)?;
    std::fs::copy(set.join("truth.json"), to.join("truth.json"))?;
    workbooks(set)?.par_iter().try_for_each(|path| {
        let name = path.file_name().ok_or("a file without a name")?;
        let styled = changed(&std::fs::read(path)?, STYLES, |text| more_styles(&text, count))?;
        Ok(std::fs::write(to.join(name), styled)?)
    })
}

/// Adds one 万元 to what the first project of a workbook has done: how a correction comes in.
///
/// The file is replaced by a new one, so that hard links to it keep the old. Gives the hundredths of 万元.
pub(crate) fn corrected(path: &Path) -> Outcome<i64> {
    let bytes = changed(&std::fs::read(path)?, FIRST_SHEET, |text| one_more(&text, "I6"))?;
    let new = path.with_extension("new");
    std::fs::write(&new, bytes)?;
    std::fs::rename(&new, path)?;
    Ok(10_000 / FEN)
}

/// A workbook with one part changed.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> Outcome<String>) -> Outcome<Vec<u8>> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..package.len() {
        let mut entry = package.by_index(at)?;
        if entry.name()? != part {
            out.raw_copy_file(entry)?;
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text)?;
        out.start_file(part, SimpleFileOptions::default())?;
        out.write_all(change(text)?.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

fn more_styles(text: &str, count: usize) -> Outcome<String> {
    let plain = r#"<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>"#;
    let text = longer(text, "cellStyleXfs", count, |_| plain.to_owned())?;
    let text = longer(&text, "cellXfs", count, |_| plain.replace("/>", r#" xfId="0"/>"#))?;
    longer(&text, "cellStyles", count, |at| format!(r#"<cellStyle name="常规 {at}" xfId="{at}"/>"#))
}

/// A list of a part with more items at its end and its count mended.
fn longer(text: &str, list: &str, count: usize, item: impl Fn(usize) -> String) -> Outcome<String> {
    let missing = || format!("no list {list} with a count");
    let (before, rest) = text.split_once(&format!(r#"<{list} count=""#)).ok_or_else(missing)?;
    let (had, rest) = rest.split_once('"').ok_or_else(missing)?;
    let (items, after) = rest.split_once(&format!("</{list}>")).ok_or_else(missing)?;
    let had: usize = had.parse()?;
    let more: String = (had..had + count).map(item).collect();
    Ok(format!(r#"{before}<{list} count="{}"{items}{more}</{list}>{after}"#, had + count))
}

/// A sheet with one more in a cell that holds a number.
fn one_more(text: &str, cell: &str) -> Outcome<String> {
    let missing = || format!("no number in {cell}");
    let at = text.find(&format!(r#"<c r="{cell}""#)).ok_or_else(missing)?;
    let first = at + text[at..].find("<v>").ok_or_else(missing)? + 3;
    let last = first + text[first..].find("</v>").ok_or_else(missing)?;
    let number: f64 = text[first..last].parse()?;
    Ok(format!("{}{:.2}{}", &text[..first], number + 1.0, &text[last..]))
}

/// Makes the workspace that a set is run in: its files as hard links where the disk has them, else as copies.
pub(crate) fn workspace(set: &Path, root: &Path, period: &str) -> Outcome {
    let inbox = root.join("inbox").join(period);
    std::fs::create_dir_all(&inbox)?;
    writeln!(File::create(root.join("wuzhang.toml"))?, "county = \"云山县\"")?;
    for path in workbooks(set)? {
        let to = inbox.join(path.file_name().ok_or("a file without a name")?);
        if std::fs::hard_link(&path, &to).is_err() {
            std::fs::copy(&path, &to)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_grows_and_says_so() {
        let text = r#"<a/><cellXfs count="2"><xf/><xf/></cellXfs><b/>"#;
        let longer = longer(text, "cellXfs", 3, |at| format!("<xf at={at}/>")).unwrap();
        assert_eq!(longer, r#"<a/><cellXfs count="5"><xf/><xf/><xf at=2/><xf at=3/><xf at=4/></cellXfs><b/>"#);
        assert!(super::longer("<a/>", "cellXfs", 1, |_| String::new()).is_err());
    }

    #[test]
    fn a_correction_adds_one() {
        let text = r#"<c r="H6"><v>5</v></c><c r="I6" s="3"><v>12.25</v></c>"#;
        assert!(one_more(text, "I6").unwrap().ends_with(r#"<c r="I6" s="3"><v>13.25</v></c>"#));
        assert!(one_more(text, "J6").is_err());
    }
}
