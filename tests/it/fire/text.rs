//! What departments wrote is text in every output: no formula, no markup, no link, no program.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

/// What a project may be called by one who means harm, or who only likes brackets.
const NAMES: [&str; 9] = [
    "=HYPERLINK(\"http://x.example/\",\"点\")",
    "=cmd|'/c calc'!A0",
    "+cmd|'/c calc'!A0",
    "@SUM(1+1)*cmd|'/c calc'!A0",
    "-2+3+cmd|'/c calc'!A0",
    "<script>alert(1)</script>",
    "&lt;b&gt;&amp;amp;]]>",
    "{{ county }}{% for x in y %}",
    "https://x.example/水厂",
];

/// A workspace with its own full profile, whose projects are called so.
fn workspace() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    let inbox = root.path().join("inbox/2026-05");
    fs::create_dir_all(&inbox).unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("重点项目").unwrap();
    let header =
        ["项目名称", "责任单位", "总投资（万元）", "2026年计划投资（万元）", "1-5月完成投资（万元）", "存在问题"];
    sheet.write_row(0, 0, header).unwrap();
    for (row, name) in (1u32..).zip(NAMES) {
        sheet.write_string(row, 0, format!("{name}{row}")).unwrap();
        sheet.write_string(row, 1, "城关镇").unwrap();
        sheet.write_row(row, 2, [9_000.0, 1_000.0, 100.0 * f64::from(row)]).unwrap();
        sheet.write_string(row, 5, name).unwrap();
    }
    workbook.save(inbox.join("=城关镇.xlsx")).unwrap();
    root
}

fn wuzhang(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_wuzhang")).current_dir(root).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// Every part of a package that is XML.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let part = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        (file.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
    };
    (0..count).map(part).collect()
}

/// The text of every formula of a sheet.
fn formulas(sheet: &str) -> Vec<String> {
    let opened = sheet.split("<f").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    opened.filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</f>")?.0.to_owned())).collect()
}

#[test]
fn text_of_departments_is_text_in_every_document() {
    let root = workspace();
    let (status, _) = wuzhang(root.path(), &["run", ".", "--period", "2026-05"]);
    assert!(matches!(status, Some(0 | 1)), "{status:?}");
    let mut documents = Vec::new();
    let mut folders = vec![root.path().join("out/2026-05")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => folders.push(path),
                false => documents.push(path),
            }
        }
    }
    let mut seen = 0;
    for path in documents.iter().filter(|path| path.extension().is_some_and(|kind| kind == "xlsx" || kind == "docx")) {
        let shown = path.file_name().unwrap().to_string_lossy().into_owned();
        for (name, text) in parts(&fs::read(path).unwrap()) {
            assert!(!name.contains("externalLink") && !name.contains("vbaProject"), "{shown}: {name}");
            for formula in formulas(&text) {
                let runs = ["cmd|", "HYPERLINK", "WEBSERVICE", "x.example", "alert("]
                    .iter()
                    .any(|word| formula.contains(word));
                assert!(!runs, "{shown} {name}: ={formula}");
            }
            assert!(!text.contains("<script>"), "{shown} {name}: markup from a cell");
            let links = name.ends_with(".rels") && text.contains("x.example");
            assert!(!links, "{shown} {name}: a link that nobody asked for");
            seen += usize::from(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        }
    }
    assert!(seen > 0, "the text itself stands in the documents");
}

#[test]
fn text_of_departments_is_text_in_csv() {
    let root = workspace();
    wuzhang(root.path(), &["run", ".", "--period", "2026-05"]);
    let (status, csv) = wuzhang(root.path(), &["query", ".", "SELECT name FROM key_projects", "--csv"]);
    assert_eq!(status, Some(0), "{csv}");
    assert_eq!(csv.lines().count(), 1 + NAMES.len(), "{csv}");
    for line in csv.lines() {
        let cell = line.trim_start_matches('"');
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
    }
}
