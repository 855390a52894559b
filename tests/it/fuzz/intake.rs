//! Whatever lies in the inbox: read, or told of, and never the end of the run.

use std::io::{Cursor, Read};
use std::path::PathBuf;

use wuzhang::collect::{Limits, SourceFile, read_apart_by, read_bytes};
use wuzhang::finding::Level;

use super::{Change, Count, bent};
use crate::hostile::workbooks::{ods, ole, rows, xlsb, xlsx};
use crate::hostile::zips::plain;

/// What a guarded reader says of its own panic: of our own readers it must not come.
const PANICKED: &str = "文件结构异常";

/// Small, so that what inflates or repeats is refused soon.
fn limits() -> Limits {
    Limits { bytes_unpacked: 4 << 20, cells: 200_000, text: 4 << 20, memory_mib: 256, seconds: 10, ..Limits::default() }
}

/// What every reading must hold, whatever the bytes.
fn sound(file: &SourceFile) {
    for grid in &file.grids {
        assert!(grid.rows.is_sorted_by_key(|row| row.number), "rows in order");
        for row in &grid.rows {
            assert!((1..=1_048_576).contains(&row.number) && !row.cells.is_empty());
            assert!(row.cells.is_sorted_by(|a, b| a.column < b.column), "cells in order, each column once");
            assert!(row.cells.iter().all(|cell| (1..=16_384).contains(&cell.column)));
        }
    }
    assert!(
        !file.grids.is_empty() || file.findings.iter().any(|finding| finding.level == Level::Error),
        "nothing in silence"
    );
    for finding in &file.findings {
        assert!(!finding.advice.is_empty(), "{finding:?}");
    }
}

/// The parts of a package.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let part = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

/// A package with a part of it changed: sums and sizes are right, so that the change is read.
fn repacked(parts: &[(String, Vec<u8>)], which: u8, changes: &[Change]) -> Vec<u8> {
    let which = usize::from(which) % parts.len();
    let changed: Vec<(String, Vec<u8>)> = parts
        .iter()
        .enumerate()
        .map(|(at, (name, bytes))| (name.clone(), if at == which { bent(bytes, changes) } else { bytes.clone() }))
        .collect();
    plain(&changed.iter().map(|(name, bytes)| (name.as_str(), &bytes[..])).collect::<Vec<_>>())
}

/// A workbook as a department writes it: heading, merges, formats, a formula, a note, hidden rows.
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{Format, Formula, Note, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 0, 0, 4, "城关镇2026年5月重点项目进度表", &Format::new()).unwrap();
    sheet.write_row(1, 0, ["序号", "项目名称", "总投资（万元）", "开工时间", "完成率"]).unwrap();
    for row in 2..12 {
        sheet.write(row, 0, row).unwrap();
        sheet.write(row, 1, format!("项目{row}<&>")).unwrap();
        sheet.write(row, 2, 1234.5).unwrap();
        sheet.write_with_format(row, 3, 46_000.0, &Format::new().set_num_format("yyyy年m月")).unwrap();
        sheet.write_formula(row, 4, Formula::new("C3/2").set_result("0.5")).unwrap();
    }
    sheet.set_row_hidden(5).unwrap().set_column_hidden(2).unwrap();
    sheet.insert_note(3, 1, &Note::new("批注")).unwrap();
    workbook.save_to_buffer().unwrap()
}

const SPREADSHEET_XML: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="a"><NumberFormat ss:Format="0.0%"/></Style></Styles><Worksheet ss:Name="表"><Table><Column ss:Index="2" ss:Hidden="1"/><Row ss:Index="2"><Cell ss:MergeAcross="1" ss:StyleID="a"><Data ss:Type="Number">0.5</Data></Cell><Cell ss:Index="5"><Data ss:Type="String">水厂&amp;</Data></Cell></Row></Table></Worksheet></Workbook>"#;
const PAGE: &str = "<html><table border=1><tr><th colspan=2>项目</th><th rowspan=3>金额</th></tr><tr><td>水厂&nbsp;</td><td>1,200</td></tr><!-- x --><tr style='display:none'><td>a<br>b</td></tr></table></html>";
const MAIL: &str = "From: =?gb18030?B?s8e52A==?= <a@yunshan.example>\r\nTo: t@yunshan.example\r\nDate: Fri, 05 Jun 2026 09:30:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/csv; name*=utf-8''%E8%A1%A8.csv\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nYSxiCjEsMgo=\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nTo: z@y.example\r\nContent-Type: text/csv; name=c.csv\r\nContent-Disposition: attachment\r\n\r\n1,2\r\n--b--\r\n";

/// Text files and packages of our own readers.
#[test]
fn our_own_readers_never_panic() {
    let tables: [&[u8]; 5] = [
        SPREADSHEET_XML.as_bytes(),
        PAGE.as_bytes(),
        MAIL.as_bytes(),
        "项目;金额\n\"水\n厂\";1\n".as_bytes(),
        b"\xFF\xFEa\0,\0b\0\n\0",
    ];
    let calc = ods(
        r#"<table:table-column table:number-columns-repeated="3" table:visibility="collapse"/><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-spanned="2" office:value-type="percentage" office:value="0.5"><text:p>50%<text:s text:c="3"/></text:p></table:table-cell><table:covered-table-cell/></table:table-row>"#,
    );
    let packages = [
        parts(&workbook()),
        parts(&calc),
        parts(&xlsx(&rows(r#"<c r="B2" t="inlineStr"><is><r><t>a_x000D_</t></r></is></c>"#))),
    ];
    let count = Count::of("intake, own readers");
    bolero::check!().with_iterations(300).with_type::<(u8, u8, Vec<Change>)>().for_each(|(seed, part, changes)| {
        count.one();
        let seed = usize::from(*seed) % (tables.len() + 3 * packages.len());
        let bytes = match seed.checked_sub(tables.len()) {
            None => bent(tables[seed], changes),
            Some(package) => repacked(&packages[package % packages.len()], *part, changes),
        };
        let file = read_bytes(bytes, "甲.xlsx", &limits());
        sound(&file);
        let panicked = file.findings.iter().find(|finding| finding.message.contains(PANICKED));
        assert!(panicked.is_none(), "{panicked:?}");
    });
}

/// Containers whose packing is changed too: archives, and packages with wrong sums.
#[test]
fn bent_containers_are_told_of() {
    let seeds = [workbook(), plain(&[("a/甲.csv", b"a,b\n1,2\n"), ("乙.zip", &plain(&[("丙.csv", b"x\n")]))])];
    let locked: [&[u8]; 2] = [include_bytes!("../../data/locked.zip"), include_bytes!("../../data/locked_agile.xlsx")];
    let count = Count::of("intake, containers");
    let folder = tempfile::tempdir().unwrap();
    bolero::check!().with_iterations(120).with_type::<(u8, Vec<Change>)>().for_each(|(seed, changes)| {
        count.one();
        let seed = usize::from(*seed) % 4;
        let bytes = bent(if seed < 2 { &seeds[seed] } else { locked[seed - 2] }, changes);
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        wuzhang::collect::read_all(&path, "甲.zip", &limits(), &[]).iter().for_each(sound);
    });
}

/// .xls and .xlsb in the reading process, which may die of them; the finding says so.
#[test]
fn old_and_binary_workbooks_never_end_the_run() {
    read_apart_by(PathBuf::from(env!("CARGO_BIN_EXE_wuzhang")), &["read-apart"]);
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample-data/yunshan/inbox/2026-07/县住建局2026年7月重点项目月报.xls");
    let whole = std::fs::read(sample).unwrap();
    let mut stream = Vec::new();
    let mut container = cfb::CompoundFile::open(Cursor::new(&whole)).unwrap();
    container.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    let binary = parts(&xlsb(9, 9, 0));
    let (count, stopped) = (Count::of("intake, .xls and .xlsb"), Count::of("of these ended their reader"));
    bolero::check!().with_iterations(60).with_type::<(u8, u8, Vec<Change>)>().for_each(|(seed, part, changes)| {
        count.one();
        let bytes = match seed % 4 {
            0 => bent(&whole, changes),
            1 | 2 => ole("/Workbook", &bent(&stream, changes)),
            _ => repacked(&binary, *part, changes),
        };
        let file = read_bytes(bytes, "甲.xls", &limits());
        sound(&file);
        if file.findings.iter().any(|finding| &*finding.rule == "file.stopped") {
            stopped.one();
        }
    });
}
