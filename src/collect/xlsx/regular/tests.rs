//! Whatever is read by bytes is what is read by events.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use crate::collect::Limits;
use crate::collect::open::{read_here, regular};
use crate::collect::package::tests::zipped;
use crate::collect::reading::{Reading, Sheets};

const MAIN: &str = r#"<workbook><workbookPr/><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#;
const RELATIONS: &str =
    r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="m"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>
    <numFmt formatCode="0!.0," numFmtId="165"/></numFmts><fonts><font/></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
    <cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs>
    <dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs></styleSheet>"#;
const STRINGS: &str = r#"<sst count="9" uniqueCount="5"><si><t>城关镇</t></si><si><t xml:space="preserve"> a&amp;b&#10;</t></si>
    <si><r><rPr><b/></rPr><t>项目</t></r><r><t>名称</t></r><rPh sb="0" eb="1"><t>xiangmu</t></rPh></si><si/><si><t>一_x000D_二</t></si></sst>"#;

fn workbook(strings: &str, styles: &str, sheet: &str) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", MAIN),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// What both readers give: by bytes, where it is regular, and by events.
fn both(bytes: &[u8], limits: &Limits) -> (Option<Sheets>, Sheets) {
    let name: Arc<str> = "甲.xlsx".into();
    (regular(bytes, &Reading::new(&name, limits)), read_here(bytes.to_vec(), &name, limits, &[]))
}

fn assert_same(by_bytes: &Sheets, by_events: &Sheets, what: &str) {
    assert!(by_bytes.grids == by_events.grids, "{what}: {:?}\n{:?}", by_bytes.grids, by_events.grids);
    assert_eq!(by_bytes.findings, by_events.findings, "{what}");
    assert_eq!(by_bytes.properties, by_events.properties, "{what}");
}

/// One cell's element, at an address or where it comes.
fn cell() -> impl Strategy<Value = String> {
    let plain = "[ -%'-;=?-~一-龥、。（）\u{3000}\n]{0,8}".prop_map(|text| text.replace(['<', '&'], ""));
    let text = prop_oneof![plain, Just("a&lt;b&#x4e2d;\r\nc".to_owned()), Just("_x000D_".to_owned())];
    let number = prop_oneof![
        "-?[0-9]{1,12}(\\.[0-9]{1,6})?",
        "-?[0-9]\\.[0-9]{1,17}E-?[0-9]{1,3}",
        Just("1e400".to_owned()),
        Just(" 5 ".to_owned()),
        Just(String::new())
    ];
    let inline = text.clone().prop_map(|t| format!(r#" t="inlineStr"><is><t xml:space="preserve">{t}</t></is></c>"#));
    let rich = text.clone().prop_map(|t| {
        format!(r#" t="inlineStr"><is><r><rPr><sz val="9"/></rPr><t>{t}</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh></is></c>"#)
    });
    let formula = prop_oneof![
        Just(""),
        Just("<f>SUM(A1:A2)</f>"),
        Just("<f t=\"shared\" si=\"0\"/>"),
        Just("<f t=\"array\" ref=\"A1>2\">A1&lt;5</f>"),
        Just("<f/>")
    ];
    let style = prop_oneof![Just(String::new()), (0u32..7).prop_map(|s| format!(" s=\"{s}\""))];
    let valued = prop_oneof![
        number.clone().prop_map(|n| (String::new(), n)),
        number.prop_map(|n| (" t=\"n\"".to_owned(), n)),
        (0u32..7).prop_map(|i| (" t=\"s\"".to_owned(), i.to_string())),
        text.prop_map(|t| (" t=\"str\"".to_owned(), t)),
        "[01]".prop_map(|b| (" t=\"b\"".to_owned(), b)),
        Just((" t=\"e\"".to_owned(), "#SPILL!".to_owned())),
        Just((" t=\"d\"".to_owned(), "2026-10-31".to_owned())),
    ];
    let valued = (style, valued, formula, 0u8..4).prop_map(|(style, (kind, value), formula, form)| match form {
        0 => format!("{style}{kind}/>"),
        1 => format!("{style}{kind}>{formula}</c>"),
        2 => format!("{kind}{style} >{formula}\n<v xml:space=\"preserve\">{value}</v></c>"),
        _ => format!("{style}{kind}>{formula}<v>{value}</v></c>"),
    });
    prop_oneof![4 => valued, 1 => inline, 1 => rich]
}

fn sheet() -> impl Strategy<Value = String> {
    let address = prop_oneof![Just(None), (1u32..9, 1u32..30).prop_map(Some)];
    let cell = (address, cell()).prop_map(|(address, rest)| match address {
        Some((row, column)) => format!("<c r=\"{}\"{rest}", crate::origin::cell_address(row, column)),
        None => format!("<c{rest}"),
    });
    let row = (proptest::option::of(1u32..9), any::<bool>(), proptest::collection::vec(cell, 0..6));
    let row = row.prop_map(|(number, hidden, cells)| {
        let number = number.map_or(String::new(), |number| format!(" r=\"{number}\" spans=\"1:9\""));
        let hidden = if hidden { " hidden=\"1\"" } else { "" };
        format!("<row{number}{hidden}>{}</row>", cells.concat())
    });
    proptest::collection::vec(row, 0..6).prop_map(|rows| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="m"><cols><col min="2" max="3" width="9.5" hidden="1"/></cols><sheetData>{}</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>
<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1&gt;5</formula></cfRule></conditionalFormatting></worksheet>"#,
            rows.concat()
        )
    })
}

proptest! {
    #[test]
    fn sheets_of_all_kinds_of_cells_are_read_alike(sheet in sheet()) {
        let (by_bytes, by_events) = both(&workbook(STRINGS, STYLES, &sheet), &Limits::default());
        assert_same(&by_bytes.expect("it is regular"), &by_events, &sheet);
    }

    #[test]
    fn whatever_is_bent_is_read_alike_or_left(sheet in sheet(), at in any::<prop::sample::Index>(), by in "[<>/&\"= xcvf1]{0,2}", cut in 0usize..3) {
        let at = at.index(sheet.len());
        prop_assume!(sheet.is_char_boundary(at) && sheet.is_char_boundary((at + cut).min(sheet.len())));
        let bent = format!("{}{by}{}", &sheet[..at], &sheet[(at + cut).min(sheet.len())..]);
        let (by_bytes, by_events) = both(&workbook(STRINGS, STYLES, &bent), &Limits::default());
        if let Some(by_bytes) = by_bytes {
            assert_same(&by_bytes, &by_events, &bent);
        }
    }
}

#[test]
fn the_irregular_is_left_to_the_reader_of_events() {
    let sheet = |inside: &str| format!("<worksheet><sheetData>{inside}</sheetData></worksheet>");
    let one = "<row><c r=\"A1\"><v>1</v></c></row>";
    for odd in [
        sheet(&format!("<!-- x -->{one}")),
        sheet("<row><c t=\"str\"><v><![CDATA[x]]></v></c></row>"),
        sheet("<x:row><x:c><x:v>1</x:v></x:c></x:row>"),
        sheet("<row><c x=1><v>1</v></c></row>"),
        sheet("<row><c r=\"a1\"><v>1</v></c></row>"),
        sheet(
            "<row><c t=\"inlineStr\"><is><t></t><rPh sb=\" eb=\"1\"><t>yi</t></rPh></is></c><c r=\"B2\" t=\"e\"><v>#SPILL!</v></c></row>\
             <row><c t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb=\"0\"><t>yi</t></rPh></is></c></row>",
        ),
        sheet("<row><c><v>1<v/></v></c></row>"),
        sheet("<row><c><f/ t=\"array\" ref=\"A1>2\">A1</f><v>0</v></c></row>"),
        sheet("<row><c t=\"str\"><v>a&nbsp;b</v></c></row>"),
        sheet("<row><c><extLst/><v>1</v></c></row>"),
        sheet(&format!("{one}</x>")),
        format!("<worksheet><sheetData>{one}</sheetData>"),
        format!("<?xml version=\"1.0\" encoding=\"GBK\"?>{}", sheet(one)),
    ] {
        let (by_bytes, by_events) = both(&workbook(STRINGS, STYLES, &odd), &Limits::default());
        assert!(by_bytes.is_none_or(|read| read.grids == by_events.grids), "{odd}");
    }
    let regular = both(&workbook(STRINGS, STYLES, &sheet(one)), &Limits::default());
    assert_same(&regular.0.unwrap(), &regular.1, one);
    for (strings, styles) in [
        ("<sst><si><t>a</t></si>", STYLES),
        ("<sst><x:si><t>a</t></x:si></sst>", STYLES),
        ("<sst><si><t><![CDATA[a]]></t></si></sst>", STYLES),
        (STRINGS, "<x:styleSheet><x:cellXfs><x:xf numFmtId=\"14\"/></x:cellXfs></x:styleSheet>"),
        (STRINGS, "<styleSheet><fonts/><!-- <cellXfs> --><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        (STRINGS, "<styleSheet><cellXfs><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
    ] {
        let (by_bytes, _) = both(&workbook(strings, styles, &sheet(one)), &Limits::default());
        assert!(by_bytes.is_none(), "{strings} {styles}");
    }
}

#[test]
fn what_is_beyond_a_limit_is_left_to_the_reader_that_says_so() {
    let row = "<row><c><v>1</v></c><c t=\"inlineStr\"><is><t>水厂</t></is></c></row>".repeat(9);
    let bytes = workbook(STRINGS, STYLES, &format!("<worksheet><sheetData>{row}</sheetData></worksheet>"));
    let most = Limits::default();
    assert!(both(&bytes, &most).0.is_some());
    for limits in [
        Limits { cells: 10, ..most },
        Limits { rows: 5, ..most },
        Limits { text: 20, ..most },
        Limits { entries: 4, ..most },
        Limits { bytes_unpacked: 300, ..most },
        Limits { memory_mib: 0, ..most },
    ] {
        assert!(both(&bytes, &limits).0.is_none(), "{limits:?}");
    }
}

#[test]
fn styles_that_no_cell_uses_are_not_read() {
    let many = STYLES.replace("</cellXfs>", &format!("{}</broken", "<xf numFmtId=\"0\"/>".repeat(20_000)));
    let sheet = "<worksheet><sheetData><row><c s=\"1\"><v>61</v></c></row></sheetData></worksheet>";
    let read = both(&workbook(STRINGS, &many, sheet), &Limits::default()).0.unwrap();
    assert_eq!(read.grids[0].rows[0].cells[0].value, crate::collect::Value::Date(61.0));
    let beyond = sheet.replace("s=\"1\"", "s=\"30000\"");
    assert!(both(&workbook(STRINGS, &many, &beyond), &Limits::default()).0.is_none());
}

/// Held against any folder of workbooks: `WUZHANG_XLSX_FOLDER=… cargo test --lib foreign -- --nocapture`.
#[test]
fn foreign_workbooks_are_read_alike() {
    let Some(folder) = std::env::var_os("WUZHANG_XLSX_FOLDER") else {
        println!("WUZHANG_XLSX_FOLDER names no folder of workbooks: not compared");
        return;
    };
    let mut files = Vec::new();
    gather(Path::new(&folder), &mut files);
    files.sort();
    let (mut alike, mut left, mut cells) = (0, 0, 0);
    for file in &files {
        let (by_bytes, by_events) = both(&std::fs::read(file).unwrap(), &Limits::default());
        match by_bytes {
            Some(by_bytes) => {
                assert_same(&by_bytes, &by_events, &file.display().to_string());
                cells += by_bytes.grids.iter().flat_map(|grid| &grid.rows).map(|row| row.cells.len()).sum::<usize>();
                alike += 1;
            }
            None => {
                println!("left: {} ({} sheets by events)", file.display(), by_events.grids.len());
                left += 1;
            }
        }
    }
    println!("{} workbooks: {alike} read alike ({cells} cells), {left} left to events", files.len());
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let is_workbook = path.extension().is_some_and(|end| end == "xlsx" || end == "xlsm");
        match path.is_dir() {
            true => gather(&path, files),
            false if is_workbook => files.push(path),
            false => {}
        }
    }
}

/// What stands in memory as a whole, or as entries without end, is left to the process that a limit holds.
#[test]
fn what_is_large_around_the_sheets_is_not_read_here() {
    let sheet = r#"<worksheet><sheetData><row><c r="A1" s="131072"><v>1</v></c></row></sheetData></worksheet>"#;
    let comment = format!("<!--{}-->", " ".repeat(9 << 20));
    let text = format!(r#"<Properties><property name="x"><t>{}</t></property></Properties>"#, "x".repeat(9 << 20));
    let styles = |count| format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(count));
    let with = |part: &str, text: &str| {
        let (mut main, mut related, mut styles) =
            (MAIN, RELATIONS, "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>");
        let mut properties = "<Properties/>";
        let place = match part {
            "xl/workbook.xml" => &mut main,
            "xl/styles.xml" => &mut styles,
            "docProps/custom.xml" => &mut properties,
            _ => &mut related,
        };
        *place = text;
        zipped(&[
            ("docProps/custom.xml", properties),
            ("xl/workbook.xml", main),
            ("xl/_rels/workbook.xml.rels", related),
            ("xl/styles.xml", styles),
            ("xl/worksheets/sheet1.xml", sheet),
        ])
    };
    let is_read = |bytes: &[u8]| both(bytes, &Limits::default()).0.is_some();
    assert!(is_read(&with("xl/styles.xml", &styles(1 << 17))));
    assert!(!is_read(&with("xl/styles.xml", &styles((1 << 17) + 1))));
    assert!(is_read(&with("xl/workbook.xml", &format!("{MAIN}<!-- -->"))));
    assert!(!is_read(&with("xl/workbook.xml", &format!("{MAIN}{comment}"))));
    assert!(!is_read(&with("xl/_rels/workbook.xml.rels", &format!("{RELATIONS}{comment}"))));
    assert!(!is_read(&with("docProps/custom.xml", &text)));
}
