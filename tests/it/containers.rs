//! Files within files: archives, mails, locked workbooks, and what must not be read.

use std::io::{Cursor, Write};
use std::path::Path;

use wuzhang::collect::{Limits, Password, SourceFile, Value, list_inbox, read_all};
use wuzhang::finding::Level;
use wuzhang::workspace::Workspace;
use zip::write::SimpleFileOptions;

const TABLE: &[u8] = "项目名称,完成投资\n云山大道,1200\n".as_bytes();
const AGILE: &[u8] = include_bytes!("../data/locked_agile.xlsx");
const LOCKED_ZIP: &[u8] = include_bytes!("../data/locked.zip");
const STANDARD: &[u8] = include_bytes!("../data/locked_standard.xlsx");

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len() - from.len()).filter(|&at| bytes[at..].starts_with(from)).collect();
    assert_eq!(places.len(), 2, "once at the file and once in the directory");
    places.iter().for_each(|&at| bytes[at..at + to.len()].copy_from_slice(to));
    bytes
}

fn read_with(bytes: &[u8], name: &str, limits: &Limits, passwords: &[&str]) -> Vec<SourceFile> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let passwords: Vec<Password> = passwords.iter().map(|word| Password::new(*word)).collect();
    let read = read_all(&path, name, limits, &passwords);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is unpacked to disk");
    read
}

fn read(bytes: &[u8], name: &str) -> Vec<SourceFile> {
    read_with(bytes, name, &Limits::default(), &[])
}

/// The files' names, each with the rule of its first finding.
fn told(files: &[SourceFile]) -> Vec<(&str, &str)> {
    files.iter().map(|file| (&*file.name, file.findings.first().map_or("", |finding| &*finding.rule))).collect()
}

fn amount(file: &SourceFile) -> Option<&Value> {
    Some(&file.grids.first()?.cell(2, 2)?.value)
}

#[test]
fn each_file_of_an_archive_is_one_of_its_own() {
    let inner = zipped(&[("丁.csv", TABLE)]);
    let bytes = zipped(&[
        ("10月/乙.csv", TABLE),
        ("10月/甲.xlsx", b"PK\x03\x04broken"),
        ("__MACOSX/10月/._乙.csv", TABLE),
        ("10月/~$乙.xlsx", b"lock"),
        ("10月/.DS_Store", b"x"),
        ("./丙.csv", TABLE),
        ("各镇.zip", &inner),
    ]);
    let files = read(&bytes, "收/报送.zip");
    let expected = [
        ("收/报送.zip/10月/乙.csv", ""),
        ("收/报送.zip/10月/甲.xlsx", "file.unreadable"),
        ("收/报送.zip/丙.csv", ""),
        ("收/报送.zip/各镇.zip/丁.csv", ""),
    ];
    assert_eq!(told(&files), expected);
    assert_eq!(amount(&files[0]), Some(&Value::Text("1200".into())));
    assert!(files[0].digest == files[2].digest && files[0].digest.len() == 64 && files[0].size == TABLE.len() as u64);
}

#[test]
fn names_in_gbk_and_names_that_lead_astray() {
    let gbk = b"\xB3\xC7\xB9\xD8\xD5\xF2.csv";
    let files = read(&replaced(&zipped(&[("ABCDEF.csv", TABLE)]), b"ABCDEF.csv", gbk), "a.zip");
    assert_eq!(told(&files), [("a.zip/城关镇.csv", "")]);
    let long = format!("{}.csv", "长".repeat(10_000));
    let bytes = zipped(&[("../../甲.csv", TABLE), ("/甲.csv", TABLE), ("乙\u{7}\u{202E}.csv", TABLE), (&long, TABLE)]);
    let files = read(&bytes, "a.zip");
    let mut names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
    names.sort_unstable();
    assert_eq!(names[..3], ["a.zip/乙\u{FFFD}\u{FFFD}.csv", "a.zip/甲(2).csv", "a.zip/甲.csv"]);
    assert!(names[3].chars().count() < 130 && names[3].ends_with("长.csv"), "{}", names[3]);
}

#[test]
fn an_archive_without_a_table_is_told_and_one_with_a_scan_beside_it_excused() {
    assert_eq!(told(&read(&zipped(&[]), "空.zip")), [("空.zip", "file.no_files")]);
    assert_eq!(told(&read(&zipped(&[("__MACOSX/._a", b"x")]), "空.zip")), [("空.zip", "file.no_files")]);
    let levels =
        |files: &[SourceFile]| files.iter().flat_map(|file| &file.findings).map(|f| f.level).collect::<Vec<_>>();
    assert_eq!(levels(&read(&zipped(&[("盖章.pdf", b"%PDF-1.7")]), "a.zip")), [Level::Error]);
    let beside = zipped(&[("盖章.pdf", b"%PDF-1.7"), ("甲.csv", TABLE), ("更多.rar", b"Rar!\x1A\x07\x01\0")]);
    assert_eq!(levels(&read(&beside, "a.zip")), [Level::Error, Level::Note]);
}

#[test]
fn depth_number_and_size_have_limits() {
    let mut bytes = zipped(&[("甲.csv", TABLE)]);
    for _ in 0..5 {
        bytes = zipped(&[("x.zip", &bytes)]);
    }
    assert_eq!(told(&read(&bytes, "a")), [("a/x.zip/x.zip/x.zip/x.zip", "file.too_large")]);
    let files = zipped(&[("a.csv", TABLE), ("b.csv", TABLE), ("c.csv", TABLE)]);
    let limits = Limits { files: 2, ..Limits::default() };
    let two = [("z/a.csv", ""), ("z/b.csv", ""), ("z", "file.too_large")];
    assert_eq!(told(&read_with(&files, "z", &limits, &[])), two);
    let limits = Limits { bytes_unpacked: 2 * TABLE.len() as u64, ..Limits::default() };
    assert_eq!(told(&read_with(&files, "z", &limits, &[])), two);
}

#[test]
fn mails_give_their_attachments_and_who_sent_them() {
    use std::fmt::Write;
    let zip = zipped(&[("乙.csv", TABLE)]);
    let mut hex = String::new();
    zip.iter().for_each(|byte| write!(hex, "={byte:02X}=\r\n").unwrap());
    let text = "From: \"ZJJ\" <zjj@Yunshan.example>\r\nTo: tjj@yunshan.example\r\nDate: Fri, 05 Jun 2026 09:30:00 +0800\r\n\
                Subject: 5\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n";
    let mail = format!(
        "{text}--b\r\nContent-Type: text/csv; name=\"=?utf-8?B?55SyLmNzdg==?=\"\r\nContent-Disposition: attachment\r\n\r\n{}\
         \r\n--b\r\nContent-Type: application/zip; name=z.zip\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{hex}\r\n--b--\r\n",
        std::str::from_utf8(TABLE).unwrap()
    );
    let files = read(mail.as_bytes(), "邮件.eml");
    assert_eq!(told(&files), [("邮件.eml/甲.csv", ""), ("邮件.eml/z.zip/乙.csv", "")]);
    for file in &files {
        assert_eq!(amount(file), Some(&Value::Text("1200".into())));
        assert_eq!(file.sender.as_deref(), Some("zjj@yunshan.example"));
        assert_eq!(file.sent.as_deref(), Some("Fri, 05 Jun 2026 09:30:00 +0800"));
    }
    let bare = format!("{text}--b\r\nContent-Type: text/plain\r\n\r\n见附件\r\n--b--\r\n");
    assert_eq!(told(&read(bare.as_bytes(), "邮件.eml")), [("邮件.eml", "file.no_files")]);
}

#[test]
fn locked_workbooks_open_with_a_listed_password_only() {
    for (bytes, word) in [(AGILE, "Yunshan2026"), (STANDARD, "2026")] {
        let files = read_with(bytes, "甲.xlsx", &Limits::default(), &["wrong", word]);
        assert_eq!(told(&files), [("甲.xlsx", "")]);
        assert_eq!((&*files[0].grids[0].sheet, amount(&files[0])), ("重点项目", Some(&Value::Number(1200.0))));
        let files = read_with(bytes, "甲.xlsx", &Limits::default(), &["secret-1"]);
        assert_eq!(told(&files), [("甲.xlsx", "file.encrypted")]);
        assert!(files[0].grids.is_empty() && !format!("{files:?}").contains("secret-1"));
        assert!(files[0].findings[0].in_words().contains("密码"));
    }
    let within = zipped(&[("甲.xlsx", STANDARD)]);
    assert_eq!(told(&read_with(&within, "a.zip", &Limits::default(), &["2026"])), [("a.zip/甲.xlsx", "")]);
}

#[test]
fn locked_archives_open_with_a_listed_password_only() {
    let files = read_with(LOCKED_ZIP, "a.zip", &Limits::default(), &["wrong", "mima123"]);
    assert_eq!(told(&files), [("a.zip/甲.csv", "")]);
    assert_eq!(amount(&files[0]), Some(&Value::Text("1200".into())));
    for passwords in [&[][..], &["wrong", "mima124"]] {
        let files = read_with(LOCKED_ZIP, "a.zip", &Limits::default(), passwords);
        assert_eq!(told(&files), [("a.zip/甲.csv", "file.encrypted")]);
    }
}

#[test]
fn formats_that_we_do_not_read_are_named() {
    let page = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
                --b\r\nContent-Type: text/html\r\n\r\n<table></table>\r\n--b--\r\n";
    for (bytes, words) in [(page.as_bytes(), "MHTML"), (b"7z\xBC\xAF\x27\x1C", "7z")] {
        let files = read(bytes, "甲.xls");
        let finding = &files[0].findings[0];
        assert!(finding.message.contains(words) && finding.advice.starts_with("请"), "{finding:?}");
    }
}

#[test]
fn what_cannot_be_opened_is_told_and_a_folder_is_no_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("x.xlsx");
    std::fs::create_dir(&inner).unwrap();
    std::fs::write(inner.join("甲.csv"), TABLE).unwrap();
    let listed = list_inbox(folder.path()).unwrap();
    assert_eq!(listed.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["x.xlsx/甲.csv"]);
    for path in [inner.as_path(), Path::new("does/not/exist.zip")] {
        let files = read_all(path, "x", &Limits::default(), &[]);
        assert_eq!(told(&files), [("x", "file.unreadable")]);
    }
}

/// A workspace whose roster has two units, one of them with an address.
fn office(folder: &Path) {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("单位").unwrap();
    let rows = [["单位名称", "类别", "邮箱"], ["县水利局", "部门", "SLJ@yunshan.example"], ["城关镇", "乡镇", ""]];
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    Workspace::init(folder, &workbook.save_to_buffer().unwrap()).unwrap();
    std::fs::create_dir_all(folder.join("inbox/2026-05")).unwrap();
}

#[test]
fn the_sender_tells_the_unit_where_the_sheet_does_not() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    let mail = |from: &str, name: &str, project: &str| {
        let table =
            format!("项目名称,总投资(万元),年度计划投资(万元),累计完成投资(万元)\r\n{project},9000,1000,500\r\n");
        let text = format!(
            "From: {from}\r\nTo: tjj@yunshan.example\r\nMIME-Version: 1.0\r\nContent-Type: text/csv; charset=utf-8\r\n\
             Content-Disposition: attachment; filename={name}\r\n\r\n{table}"
        );
        std::fs::write(folder.path().join(format!("inbox/2026-05/{name}.eml")), text).unwrap();
    };
    mail("slj@Yunshan.example", "a.csv", "清水河治理");
    mail("nobody@yunshan.example", "b.csv", "云山大道");
    let workspace = Workspace::open(folder.path()).unwrap();
    let outcome = wuzhang::pipeline::run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
    let names: Vec<&str> = outcome.files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["a.csv.eml/a.csv", "b.csv.eml/b.csv"]);
    let facts = &outcome.merged.facts["key_projects"];
    let units: Vec<_> =
        (0..facts.height()).map(|row| (facts.text("name", row), facts.text("reporting_unit", row))).collect();
    assert!(units.contains(&(Some("清水河治理"), Some("县水利局"))), "{units:?}");
    assert!(units.iter().all(|(name, unit)| *name == Some("清水河治理") || *unit != Some("县水利局")), "{units:?}");
}
