//! Hostile workbooks, byte by byte.

use std::io::{Cursor, Read, Write};

use super::zips::{Entry, package, plain};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>"#;

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// The parts of a workbook but for its sheet and its shared strings.
fn frame() -> Vec<Entry> {
    let workbook = [("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", RELATIONS)];
    let all = [("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT)].into_iter().chain(workbook);
    all.map(|(name, text)| Entry::stored(name, text.as_bytes())).collect()
}

/// A workbook of one sheet with these children.
pub(crate) fn xlsx(children: &str) -> Vec<u8> {
    xlsx_of(Entry::stored("xl/worksheets/sheet1.xml", sheet(children).as_bytes()), "<sst/>")
}

pub(crate) fn xlsx_of(sheet: Entry, strings: &str) -> Vec<u8> {
    let mut parts = frame();
    parts.push(Entry::stored("xl/sharedStrings.xml", strings.as_bytes()));
    parts.push(sheet);
    package(&parts)
}

pub(crate) fn xlsx_with_strings(children: &str, strings: Entry) -> Vec<u8> {
    let mut parts = frame();
    parts.extend([Entry::stored("xl/worksheets/sheet1.xml", sheet(children).as_bytes()), strings]);
    package(&parts)
}

/// A workbook of one row, with parts in the place of those of the same name, or beside them.
pub(crate) fn xlsx_with(more: Vec<Entry>, cells: &str) -> Vec<u8> {
    let mut parts = frame();
    parts.push(Entry::stored("xl/worksheets/sheet1.xml", sheet(&rows(cells)).as_bytes()));
    parts.retain(|part| more.iter().all(|other| other.name != part.name));
    parts.extend(more);
    package(&parts)
}

fn sheet(children: &str) -> String {
    format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{children}</worksheet>"#)
}

/// A sheet's rows between their marks.
pub(crate) fn rows(cells: &str) -> String {
    format!("<sheetData><row>{cells}</row></sheetData>")
}

/// An OpenDocument workbook of one table.
pub(crate) fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="表">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    plain(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// A BIFF12 record.
fn record12(kind: u16, data: &[u8]) -> Vec<u8> {
    let kind = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 & 0x7F | 0x80, (kind >> 7) as u8] };
    [&kind[..], &[data.len() as u8 & 0x7F | 0x80, (data.len() >> 7) as u8], data].concat()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn text12(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [numbers(&[units.len() as u32 / 2]), units].concat()
}

/// A binary workbook whose sheet is said to be so large, with cells in two corners.
pub(crate) fn xlsb(rows: u32, columns: u32, strings: u32) -> Vec<u8> {
    let bundle = record12(156, &[numbers(&[0, 1]), text12("r1"), text12("表")].concat());
    let workbook = [record12(131, &[]), record12(143, &[]), bundle, record12(144, &[]), record12(132, &[])].concat();
    let real = |column: u32, value: f64| record12(5, &[numbers(&[column, 0]), value.to_le_bytes().to_vec()].concat());
    let row = |row: u32| record12(0, &[numbers(&[row, 0]), vec![0; 9]].concat());
    let sheet = [
        record12(129, &[]),
        record12(148, &numbers(&[0, rows, 0, columns])),
        record12(145, &[]),
        row(0),
        real(0, 1.0),
        row(rows),
        real(columns, 2.0),
        record12(146, &[]),
        record12(130, &[]),
    ];
    let strings = [record12(159, &numbers(&[strings, strings])), record12(160, &[])].concat();
    let relations = RELATIONS.replace(".xml", ".bin");
    plain(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
        ("xl/sharedStrings.bin", &strings),
    ])
}

/// A BIFF record.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// An old workbook of one sheet with these records.
pub(crate) fn xls(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &words(&[0x600, kind, 0, 0, 0, 0, 0, 0]));
    let mut stream = [begin(5), globals.concat()].concat();
    let name = [&[1, 1][..], &words(&[0x8868])].concat();
    let start = (stream.len() + 4 + 6 + name.len() + 4) as u32;
    stream.extend(record(0x85, &[&start.to_le_bytes()[..], &[0, 0], &name].concat()));
    stream.extend(record(0x0A, &[]));
    stream.extend(begin(16));
    stream.extend(sheet.concat());
    stream.extend(record(0x0A, &[]));
    ole("/Workbook", &stream)
}

/// A number in a cell of an old workbook.
pub(crate) fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&words(&[row, column, 0])[..], &value.to_le_bytes()].concat())
}

/// A container with one stream.
pub(crate) fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
    let container = Cursor::new(Vec::new());
    let mut ole = cfb::CompoundFile::create_with_version(cfb::Version::V3, container).unwrap();
    ole.create_stream(name).unwrap().write_all(stream).unwrap();
    ole.into_inner().into_inner()
}

/// The first sector of the table of sectors of a container, as an offset.
fn table_at(ole: &[u8]) -> usize {
    512 * (1 + u32::from_le_bytes(ole[76..80].try_into().unwrap()) as usize)
}

/// A container whose chains of sectors all lead back to themselves.
pub(crate) fn looped(mut ole: Vec<u8>) -> Vec<u8> {
    let at = table_at(&ole);
    for sector in 0..(ole.len() / 512 - 1).min(128) {
        ole[at + 4 * sector..at + 4 * sector + 4].copy_from_slice(&(sector as u32).to_le_bytes());
    }
    ole
}

/// A container with a number of its head changed.
pub(crate) fn head(mut ole: Vec<u8>, at: usize, number: u32) -> Vec<u8> {
    ole[at..at + 4].copy_from_slice(&number.to_le_bytes());
    ole
}

/// A kilobyte of container whose table of sectors and list of tables are the one sector that it has.
pub(crate) fn one_sector() -> Vec<u8> {
    let mut bytes = ole("/Workbook", b"")[..512].to_vec();
    // The table stands in sector 0, the directory and the list of further tables too, without end.
    [(44, 0xFFFF_FFFF), (48, 0), (60, 0), (64, 0xFFFF_FFFF), (68, 0), (72, 0xFFFF_FFFF), (76, 0)]
        .iter()
        .for_each(|(at, number): &(usize, u32)| bytes[*at..at + 4].copy_from_slice(&number.to_le_bytes()));
    bytes.extend([0; 512]);
    bytes
}

/// A locked workbook whose password would take days to hold against it.
pub(crate) fn slow_lock(locked: &[u8]) -> Vec<u8> {
    let mut from = cfb::CompoundFile::open(Cursor::new(locked)).unwrap();
    let mut to = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in ["/EncryptionInfo", "/EncryptedPackage"] {
        let mut bytes = Vec::new();
        from.open_stream(name).unwrap().read_to_end(&mut bytes).unwrap();
        if name == "/EncryptionInfo" {
            let text = String::from_utf8(bytes.split_off(8)).unwrap();
            assert!(text.contains("spinCount=\"1000\""), "{text}");
            bytes.extend(text.replace("spinCount=\"1000\"", "spinCount=\"2000000000\"").into_bytes());
        }
        to.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    to.into_inner().into_inner()
}

/// The parts of a workbook around a sheet.
pub(crate) fn parts_around(sheet: Entry) -> Vec<Entry> {
    let mut parts = frame();
    parts.push(sheet);
    parts
}
