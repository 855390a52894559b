//! What is written is what is read, and a reader that ends is told of.

use std::sync::Arc;

use super::*;
use crate::collect::grid::{Cell, Grid, Merge, Row, Shown, Value};
use crate::collect::{Attached, Limits, MailKind};
use crate::finding::{Finding, Level, Place};

fn sheets() -> Sheets {
    let values = [
        (Value::Text("项目\n名称".into()), Shown::Plain),
        (Value::Number(-0.1), Shown::Percent),
        (Value::Bool(true), Shown::Plain),
        (Value::Bool(false), Shown::Year),
        (Value::Date(46_326.25), Shown::Day),
        (Value::Date(46_326.0), Shown::Month),
        (Value::Error("#SPILL!".into()), Shown::Plain),
        (Value::Uncalculated, Shown::Plain),
        (Value::Number(f64::MAX), Shown::Decimals(9)),
    ];
    let cell = |(column, (value, shown))| Cell { column, value, shown, formula: column % 2 == 0 };
    let grid = Grid {
        hidden: true,
        rows: vec![Row { number: 1_048_576, cells: (1..).zip(values).map(cell).collect() }],
        merges: vec![Merge { top: 1, left: 2, bottom: 3, right: 4 }],
        hidden_rows: [7, 9].into(),
        hidden_columns: [16_384].into(),
        widths: vec![(2, 3, 10.5)],
        ..Grid::empty("表")
    };
    let place = Place::sheet(&"甲.xls".into(), &"表".into()).at_row(2).at_column(3).of_field("done");
    let findings = [Level::Error, Level::Query, Level::Note, Level::Info]
        .map(|level| Finding::new(level, "cell.unreadable", place.clone(), "读不了", "请重填").about("水厂"));
    let properties = [("wuzhang.unit".to_owned(), "城关镇".to_owned())].into();
    Sheets { grids: vec![grid, Grid::empty("空")], findings: findings.into(), properties }
}

fn written(sheets: &Sheets) -> Vec<u8> {
    let mut bytes = Vec::new();
    codec::write_sheets(&mut bytes, sheets).unwrap();
    bytes
}

#[test]
fn what_is_written_is_what_is_read() {
    let sheets = sheets();
    let read = codec::read_sheets(&mut &written(&sheets)[..]).unwrap();
    assert_eq!((read.grids, read.findings), (sheets.grids, sheets.findings));
}

#[test]
fn a_package_comes_through_as_it_is() {
    for package in [None, Some(&b""[..]), Some(&b"PK\x03\x04"[..])] {
        let mut bytes = Vec::new();
        codec::write_package(&mut bytes, package).unwrap();
        assert_eq!(codec::read_package(&mut &bytes[..]).unwrap().as_deref(), package);
        assert!(codec::read_package(&mut &bytes[..bytes.len() - 1]).is_err());
    }
}

#[test]
fn a_mail_comes_through_as_it_is() {
    let file = |name: &str, bytes: &[u8]| Attached { name: name.into(), bytes: bytes.to_vec() };
    let files = vec![file("甲.xlsx", b"PK\x03\x04"), file("乙", b"")];
    let mail = Mail { kind: MailKind::Bounce, subject: Some("\"5月\"\n".into()), files, ..Mail::default() };
    let finding = Finding::new(Level::Error, "file.too_large", Place::file(&"甲.eml".into()), "过大", "请删除");
    for read in [Ok(&mail), Err(&finding)] {
        let mut bytes = Vec::new();
        codec::write_mail(&mut bytes, read).unwrap();
        assert_eq!(codec::read_mail(&mut &bytes[..]).unwrap().as_ref(), read);
        for end in 0..bytes.len() {
            assert!(codec::read_mail(&mut &bytes[..end]).is_err(), "cut at {end}");
        }
    }
}

#[test]
fn a_reply_cut_short_or_bent_is_an_error_and_no_panic() {
    let bytes = written(&sheets());
    for end in 0..bytes.len() {
        assert!(codec::read_sheets(&mut &bytes[..end]).is_err(), "cut at {end}");
    }
    for at in 0..bytes.len() {
        let mut bent = bytes.clone();
        bent[at] ^= 0x81;
        let _ = codec::read_sheets(&mut &bent[..]);
    }
}

#[test]
fn one_process_answers_many_requests() {
    let passwords = vec!["mima".to_owned()];
    let limits = Limits::default();
    let mut asked = Vec::new();
    for (name, text) in [("甲.csv", "项目,金额\n水厂,1\n"), ("乙.csv", "a,b\n1,2\n")] {
        let request = Request {
            name: name.into(),
            limits,
            memory_mib: limits.memory_mib,
            passwords: passwords.clone(),
            wanted: Wanted::Sheets,
            size: text.len(),
        };
        asked.extend(serde_json::to_vec(&request).unwrap());
        asked.push(b'\n');
        asked.extend(text.as_bytes());
    }
    let mut answers = Vec::new();
    child::answer(&asked[..], &mut answers, &bounds::Unbound).unwrap();
    let mut from = &answers[..];
    for (sheet, cells) in [("甲", 4), ("乙", 4)] {
        let read = codec::read_sheets(&mut from).unwrap();
        assert_eq!((&*read.grids[0].sheet, read.grids[0].rows.iter().map(|row| row.cells.len()).sum()), (sheet, cells));
        assert_eq!(codec::read_u8(&mut from).unwrap(), 1);
    }
    assert!(from.is_empty());
}

/// A program that is no reader: each file costs a finding, whatever the program does.
#[cfg(unix)]
#[test]
fn a_reader_that_ends_or_hangs_costs_a_finding() {
    let limits = Limits { seconds: 0, ..Limits::default() };
    for (program, arguments, rule, words) in [
        ("/bin/false", &[][..], "file.stopped", "2048MiB"),
        ("/bin/sleep", &["600"], "file.stopped", "仍未完成"),
        ("/bin/echo", &["R"], "file.stopped", "2048MiB"),
        ("/does/not/exist", &[], "file.unread", "启动失败"),
    ] {
        let readers = Readers::new(program.into(), arguments);
        let name: Arc<str> = "甲.csv".into();
        let limits = if program == "/bin/sleep" { limits } else { Limits::default() };
        let fault = readers.read(b"a,b\n1,2\n", &Reading::new(&name, &limits), &[]).err().unwrap();
        let finding = fault.of_file(&name);
        assert_eq!(&*finding.rule, rule, "{program}");
        assert!(finding.message.contains(words), "{program}: {}", finding.message);
    }
}
