//! Recalculation by LibreOffice against the stored values: formulas are emptied of their results first, so that
//! what comes back was reckoned there. Without LibreOffice the test says what it left out and passes.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader};
use regex::Regex;
use wuzhang::publish::ranking_workbook;
use zip::write::SimpleFileOptions;

use crate::publish::open;
use crate::publish_report::{Month, projects};

/// Tells LibreOffice to recalculate whatever it loads.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// Workbooks by name.
pub(crate) type Books = Vec<(String, Vec<u8>)>;

/// The workbook with 77 as the result of every formula that has one.
fn emptied(bytes: &[u8]) -> Vec<u8> {
    let result = Regex::new(r"(</f>|<f [^>]*/>)<v>[^<]*</v>").expect("a fixed pattern");
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("each part is there");
        let name = part.name().expect("our names are UTF-8").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("each part can be read");
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(content).expect("sheets are text");
            assert!(result.find_iter(&text).count() >= text.matches("<f>").count(), "{name}: every result is emptied");
            content = result.replace_all(&text, "$1<v>77</v>").into_owned().into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).expect("a part can be begun");
        to.write_all(&content).expect("a part can be written");
    }
    to.finish().expect("the archive can be closed").into_inner()
}

/// The workbooks as LibreOffice reckons them anew, in the same order; `None` where it is not installed.
fn recalculated(books: &[(String, Vec<u8>)], dir: &Path) -> Option<Vec<Vec<u8>>> {
    let user = dir.join("profile/user");
    std::fs::create_dir_all(&user).expect("a folder can be made");
    std::fs::write(user.join("registrymodifications.xcu"), ALWAYS).expect("the setting can be written");
    let mut command = Command::new("soffice");
    command
        .arg(format!("-env:UserInstallation=file://{}", dir.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(dir.join("out"));
    for (at, (_, bytes)) in books.iter().enumerate() {
        let source = dir.join(format!("in{at}.xlsx"));
        std::fs::write(&source, emptied(bytes)).expect("the workbook can be written");
        command.arg(source);
    }
    let done = command.output().ok()?;
    let read = |at| {
        let path = dir.join(format!("out/in{at}.xlsx"));
        assert!(path.exists(), "LibreOffice: {}", String::from_utf8_lossy(&done.stderr));
        std::fs::read(path).expect("the result can be read")
    };
    Some((0..books.len()).map(read).collect())
}

/// How many formula results were compared in each workbook; every difference is told.
pub(crate) fn compare(books: &[(String, Vec<u8>)]) -> Option<Vec<usize>> {
    let (counts, differences) = differences(books)?;
    let first = &differences[..differences.len().min(20)];
    assert!(differences.is_empty(), "{} of {}: {first:#?}", differences.len(), counts.iter().sum::<usize>());
    Some(counts)
}

/// How many formula results were compared in each workbook, and every difference in words; `None` where LibreOffice is
/// not installed.
pub(crate) fn differences(books: &[(String, Vec<u8>)]) -> Option<(Vec<usize>, Vec<String>)> {
    let dir = tempfile::tempdir().expect("a folder can be made");
    let back = recalculated(books, dir.path())?;
    let mut differences = Vec::new();
    let mut counts = Vec::new();
    for ((name, ours), theirs) in books.iter().zip(&back) {
        let (compared, differing) = differing(ours, theirs, name.contains("returns"));
        differences.extend(differing.into_iter().map(|told| format!("{name} {told}")));
        counts.push(compared);
    }
    Some((counts, differences))
}

/// `theirs_too`: some of the formulas are not ours, but stood in a department's workbook that is given back.
fn differing(ours: &[u8], theirs: &[u8], theirs_too: bool) -> (usize, Vec<String>) {
    let (mut ours, mut theirs) = (open(ours), open(theirs));
    let (mut compared, mut differences) = (0, Vec::new());
    for sheet in ours.sheet_names() {
        let formulas = ours.worksheet_formula(&sheet).expect("our sheet has formulas");
        let stored = ours.worksheet_range(&sheet).expect("our sheet can be read");
        let found = theirs.worksheet_range(&sheet).expect("their sheet can be read");
        let start = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()) {
            let at = (start.0 + row as u32, start.1 + column as u32);
            let (stored, found) = (stored.get_value(at), found.get_value(at));
            // A department's own formula may have been left without a result; ours never are.
            if theirs_too && matches!(stored, None | Some(Data::Empty)) {
                continue;
            }
            compared += 1;
            if !same(stored, found) {
                differences.push(format!("{sheet}{at:?}: {stored:?} / {found:?} = {formula}"));
            }
        }
    }
    (compared, differences)
}

/// Sums and counts to the last digit; quotients to what fifteen digits hold.
fn same(stored: Option<&Data>, found: Option<&Data>) -> bool {
    match (stored, found) {
        (Some(Data::Float(a)), Some(Data::Float(b))) => a == b || (a - b).abs() <= 1e-12 * a.abs().max(1.0),
        (Some(Data::String(a)), Some(Data::String(b))) => a == b,
        (Some(Data::Float(a)), Some(Data::Int(b))) => *a == *b as f64,
        (Some(Data::Bool(a)), Some(Data::Bool(b))) => a == b,
        (Some(Data::Error(a)), Some(Data::Error(b))) => a == b,
        _ => false,
    }
}

#[test]
fn libreoffice_recalculates_what_we_stored() {
    let mut odd = projects(60);
    odd[2].town = Some("=1+1".into());
    odd[3].town = Some("*镇?~".into());
    odd[4].town = Some("A镇".into());
    odd[5].town = Some("a镇".into());
    odd[6].town = Some("12".into());
    // The same rate from unlike amounts: places must be shared or broken by amount, not by binary digits.
    for (at, town, plan, done) in [(7, "甲镇", 30_000, 10_000), (8, "乙镇", 2_100, 700), (9, "丙镇", 2_100, 700)]
    {
        (odd[at].town, odd[at].plan, odd[at].done) = (Some(town.into()), Some(plan), Some(done));
    }
    (odd[10].town, odd[10].plan, odd[10].last_year) = (Some("丁镇".into()), None, None);
    let made = [("109 projects", projects(109)), ("odd names and ties", odd), ("nothing", Vec::new())];
    let books = made.map(|(what, projects)| {
        let bytes = ranking_workbook(&Month::of(&projects).report()).expect("the workbook is made");
        (what.to_owned(), bytes)
    });
    let mut large = Month::of(&projects(109));
    large.profile.county.large.projects = 40;
    let of_sums = ranking_workbook(&large.report()).expect("the workbook is made");
    let books: Vec<_> = books.into_iter().chain([("sums in place of projects".to_owned(), of_sums)]).collect();
    match compare(&books) {
        Some(counts) => println!("{counts:?} formulas recalculated, no difference"),
        None => println!("left out: LibreOffice is not installed, stored values were not compared"),
    }
}
