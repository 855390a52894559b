//! The records of a BIFF8 stream: a number, a length, a body.

/// The kind of stream that a BOF record begins: the workbook's globals.
pub const GLOBALS: u16 = 0x0005;
/// The kind of stream that a BOF record begins: a sheet.
pub const SHEET: u16 = 0x0010;
/// The longest body of a record; what is longer goes on in CONTINUE records.
const LONGEST: usize = 8224;
const CONTINUE: u16 = 0x003C;

/// A stream of records.
#[derive(Default)]
pub struct Records(Vec<u8>);

impl Records {
    /// Adds a record.
    pub fn add(&mut self, number: u16, body: &[u8]) {
        self.0.extend(number.to_le_bytes());
        self.0.extend((body.len() as u16).to_le_bytes());
        self.0.extend(body);
    }

    /// Adds the record that begins a stream of BIFF8.
    pub fn begin(&mut self, kind: u16) {
        self.add(0x0809, &[shorts(&[0x0600, kind, 0x0DBB, 0x07CC]), vec![0x41, 0, 0, 0, 6, 0, 0, 0]].concat());
    }

    /// Adds the record that ends a stream, and gives its bytes.
    pub fn end(mut self) -> Vec<u8> {
        self.add(0x000A, &[]);
        self.0
    }

    /// Adds the table of shared strings. A string that no longer fits begins a CONTINUE record, so
    /// that none is ever cut in two.
    pub fn strings(&mut self, uses: u32, list: &[String]) {
        let mut number = 0x00FC;
        let mut body = [uses.to_le_bytes(), (list.len() as u32).to_le_bytes()].concat();
        for text in list {
            let next = wide(text);
            if body.len() + next.len() > LONGEST {
                self.add(number, &body);
                number = CONTINUE;
                body.clear();
            }
            body.extend(next);
        }
        self.add(number, &body);
    }
}

/// Shorts in little-endian order.
pub fn shorts(list: &[u16]) -> Vec<u8> {
    list.iter().flat_map(|short| short.to_le_bytes()).collect()
}

/// A string with a two-byte length, in UTF-16.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [&(units.len() as u16).to_le_bytes()[..], &[1], &shorts(&units)].concat()
}

/// A string with a one-byte length, in UTF-16: names of sheets and fonts.
pub fn short_name(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [&[units.len() as u8, 1][..], &shorts(&units)].concat()
}

/// The body of a FONT record; the character set is the Chinese one.
pub fn font(points: u16, bold: bool, name: &str) -> Vec<u8> {
    let head = shorts(&[points * 20, 0, 0x7FFF, if bold { 700 } else { 400 }, 0]);
    [&head[..], &[0, 0, 134, 0], &short_name(name)].concat()
}

/// The body of an XF record: how a cell (or the style it descends from) looks.
pub fn xf(font: u16, format: u16, style: bool, bordered: bool, centred: bool) -> Vec<u8> {
    let kind = if style { 0xFFF5 } else { 0x0001 };
    let align = 0x10 | if bordered { 0x08 } else { 0 } | if centred { 0x02 } else { 0 };
    let lines: u32 = if bordered { 0x1111 | 0x0040 << 16 | 0x0040 << 23 } else { 0 };
    let colours: u32 = if bordered { 0x0040 | 0x0040 << 7 } else { 0 };
    let mut body = shorts(&[font, format, kind]);
    body.extend([align, 0, 0, if style { 0x00 } else { 0xFC }]);
    body.extend(lines.to_le_bytes());
    body.extend(colours.to_le_bytes());
    body.extend(shorts(&[0x20C0]));
    body
}
