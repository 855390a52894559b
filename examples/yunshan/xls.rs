//! A workbook as .xls: BIFF8 records in an OLE container.

use std::collections::BTreeMap;
use std::io::Write;

use super::Fault;
use super::biff::{self, Records, wide};
use super::sheet::{Area, Cell, Content, Formula, Look, Sheet, Workbook};

/// The least a stream must hold to stay out of the container's small-stream store, as older readers expect.
const LEAST: usize = 4096;
/// The first format number that is free for a workbook's own formats.
const OWN_FORMATS: u16 = 164;
/// Style records come before cell records in the XF table.
const STYLE_XFS: u16 = 16;

/// The bytes of the file; the container's times are fixed, so that they are the same each time.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Fault> {
    let mut stream = workbook_stream(workbook);
    stream.resize(stream.len().max(LEAST), 0);
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, std::io::Cursor::new(Vec::new()))?;
    file.create_new_stream("/Workbook")?.write_all(&stream)?;
    file.set_modified_time("/", std::time::SystemTime::UNIX_EPOCH)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

fn workbook_stream(workbook: &Workbook) -> Vec<u8> {
    let mut strings = Strings::default();
    let sheets: Vec<Vec<u8>> = workbook.sheets.iter().map(|sheet| sheet_stream(sheet, &mut strings)).collect();
    // The sheet positions are part of the globals, whose length does not depend on them: write twice.
    let length = globals(workbook, &strings, &vec![0; sheets.len()]).len();
    let mut places = Vec::new();
    let mut place = length;
    for sheet in &sheets {
        places.push(place as u32);
        place += sheet.len();
    }
    let mut stream = globals(workbook, &strings, &places);
    sheets.iter().for_each(|sheet| stream.extend(sheet));
    stream
}

/// The shared strings in the order of first use.
#[derive(Default)]
struct Strings {
    places: BTreeMap<String, u32>,
    list: Vec<String>,
    uses: u32,
}

impl Strings {
    fn place(&mut self, text: &str) -> u32 {
        self.uses += 1;
        let next = self.list.len() as u32;
        *self.places.entry(text.to_string()).or_insert_with(|| {
            self.list.push(text.to_string());
            next
        })
    }
}

fn globals(workbook: &Workbook, strings: &Strings, places: &[u32]) -> Vec<u8> {
    let mut records = Records::default();
    records.begin(biff::GLOBALS);
    records.add(0x0042, &1200u16.to_le_bytes());
    records.add(0x003D, &biff::shorts(&[0, 0, 0x4000, 0x2000, 0x38, 0, 0, 1, 0x258]));
    records.add(0x0022, &[0, 0]);
    // Font 4 does not exist in BIFF: what is written fifth is numbered 5.
    for (size, bold) in [(10, false), (18, true), (10, true), (10, false), (10, false)] {
        records.add(0x0031, &biff::font(size, bold, "宋体"));
    }
    for (at, look) in Look::ALL.into_iter().enumerate() {
        if let Some(code) = look.format() {
            records.add(0x041E, &[&(OWN_FORMATS + at as u16).to_le_bytes()[..], &wide(code)].concat());
        }
    }
    for _ in 0..STYLE_XFS {
        records.add(0x00E0, &biff::xf(0, 0, true, false, false));
    }
    for (at, look) in Look::ALL.into_iter().enumerate() {
        let font = if look == Look::Title { 1 } else { 2 * u16::from(look.bold()) };
        let format = look.format().map_or(0, |_| OWN_FORMATS + at as u16);
        records.add(0x00E0, &biff::xf(font, format, false, look.bordered(), look.centred()));
    }
    records.add(0x0293, &[0x00, 0x80, 0x00, 0xFF]);
    for (sheet, place) in workbook.sheets.iter().zip(places) {
        let name = biff::short_name(&sheet.name);
        records.add(0x0085, &[&place.to_le_bytes()[..], &[u8::from(sheet.hidden), 0], &name].concat());
    }
    records.strings(strings.uses, &strings.list);
    records.end()
}

fn sheet_stream(sheet: &Sheet, strings: &mut Strings) -> Vec<u8> {
    let mut records = Records::default();
    records.begin(biff::SHEET);
    // Fit to the page's width, A4, landscape.
    records.add(0x0081, &0x05C1u16.to_le_bytes());
    let margins = [0.3f64.to_le_bytes(), 0.3f64.to_le_bytes()].concat();
    records.add(0x00A1, &[biff::shorts(&[9, 100, 1, 1, 0, 0, 600, 600]), margins, vec![1, 0]].concat());
    for column in 0..sheet.width() {
        let width = sheet.widths.get(&column).copied().unwrap_or(9) as u16 * 256;
        let hidden = u16::from(sheet.hidden_columns.contains(&column));
        records.add(0x007D, &biff::shorts(&[column as u16, column as u16, width, STYLE_XFS - 1, hidden, 0]));
    }
    let (height, width) = (sheet.height(), sheet.width());
    records
        .add(0x0200, &[&0u32.to_le_bytes()[..], &height.to_le_bytes(), &biff::shorts(&[0, width as u16, 0])].concat());
    for row in 0..height {
        let hidden = if sheet.hidden_rows.contains(&row) { 0x20 } else { 0 };
        let flags: u32 = 0x000F_0140 | hidden;
        let twips = if sheet.titled(row) { 520 } else { sheet.lines(row) as u16 * 260 };
        let start = biff::shorts(&[row as u16, 0, width as u16, twips, 0, 0]);
        records.add(0x0208, &[&start[..], &flags.to_le_bytes()].concat());
    }
    for (at, cell) in &sheet.cells {
        write_cell(&mut records, *at, cell, strings);
    }
    records.add(0x023E, &biff::shorts(&[0x06B6, 0, 0, 0x40, 0, 0, 0, 0, 0]));
    if !sheet.merges.is_empty() {
        let mut list = vec![sheet.merges.len() as u16];
        for m in &sheet.merges {
            list.extend([m.top as u16, m.bottom as u16, m.left as u16, m.right as u16]);
        }
        records.add(0x00E5, &biff::shorts(&list));
    }
    records.end()
}

fn write_cell(records: &mut Records, (row, column): (u32, u32), cell: &Cell, strings: &mut Strings) {
    let look = Look::ALL.iter().position(|look| *look == cell.look).unwrap_or(0) as u16;
    let head = biff::shorts(&[row as u16, column as u16, STYLE_XFS + look]);
    match &cell.content {
        Content::Blank => records.add(0x0201, &head),
        Content::Text(text) => records.add(0x00FD, &[&head[..], &strings.place(text).to_le_bytes()].concat()),
        Content::Number(number) => records.add(0x0203, &[&head[..], &number.to_le_bytes()].concat()),
        Content::Formula(formula, value) => {
            let tokens = tokens(formula);
            let mut body = [&head[..], &value.to_le_bytes(), &[0; 6]].concat();
            body.extend((tokens.len() as u16).to_le_bytes());
            body.extend(tokens);
            records.add(0x0006, &body);
        }
    }
}

/// The formula in reverse Polish tokens.
fn tokens(formula: &Formula) -> Vec<u8> {
    match formula {
        Formula::Sum(areas) => {
            let mut list: Vec<u8> = areas.iter().flat_map(|area| area_token(*area)).collect();
            // SUM with a number of arguments: function 4 of those that take any number.
            list.extend([0x42, areas.len() as u8, 4, 0]);
            list
        }
        Formula::Ratio(over, under) => {
            let mut list = point_token(*over);
            list.extend(point_token(*under));
            list.push(0x06);
            list
        }
    }
}

/// Both row and column are relative in an ordinary formula: the two high bits of the column.
const RELATIVE: u16 = 0xC000;

fn area_token(area: Area) -> Vec<u8> {
    let corners = [area.top as u16, area.bottom as u16, area.left as u16 | RELATIVE, area.right as u16 | RELATIVE];
    [&[0x25][..], &biff::shorts(&corners)].concat()
}

fn point_token((row, column): (u32, u32)) -> Vec<u8> {
    [&[0x44][..], &biff::shorts(&[row as u16, column as u16 | RELATIVE])].concat()
}
