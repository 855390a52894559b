//! Lines of a CSV file that spreadsheets open: numbers rounded once, text guarded, files of no more lines than a sheet.
//!
//! Takes cells, gives bytes: UTF-8 with its mark, lines that end as Windows ends them.

use std::io::{self, Write};
use std::ops::Range;

use rust_decimal::Decimal;

use super::PublishError;
use super::table::{Cell, Value};
use crate::amount::{self, Fraction};

/// Lines of one file: spreadsheets that open it end a little above.
const PART: usize = 1_000_000;
/// The mark by which spreadsheets know UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// Digits that a spreadsheet keeps of a number; longer codes stand as text.
const DIGITS: usize = 11;

/// Writes the lines of an item, all but the end of the last.
type Writing<'a> = Box<dyn Fn(usize, &mut Line) + 'a>;

/// A table in files of its own: one, or several that say so in their names.
pub struct Listing<'a> {
    parts: Vec<(String, Range<usize>)>,
    headings: Vec<String>,
    of: Writing<'a>,
}

impl<'a> Listing<'a> {
    /// Items under headings; `lines` tells how many lines each item has, `of` writes them. None stands in two files.
    pub(super) fn new(
        file: &str,
        headings: impl Iterator<Item = impl Into<String>>,
        lines: impl Iterator<Item = usize>,
        of: impl Fn(usize, &mut Line) + 'a,
    ) -> Self {
        Self { parts: parts(file, lines), headings: headings.map(Into::into).collect(), of: Box::new(of) }
    }

    /// The files by name, each with the items it has.
    pub fn parts(&self) -> &[(String, Range<usize>)] {
        &self.parts
    }

    /// Writes the items of one file, some at a time.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&self, items: Range<usize>, to: &mut dyn Write) -> Result<(), PublishError> {
        self.write_lines(items, to).map_err(|error| PublishError::Csv(error.into()))
    }

    fn write_lines(&self, items: Range<usize>, to: &mut dyn Write) -> io::Result<()> {
        let mut line = Line { text: Vec::with_capacity(1 << 17) };
        line.text.extend_from_slice(MARK);
        self.headings.iter().for_each(|heading| line.words(&heading.replace('\n', "")));
        line.end();
        for at in items {
            (self.of)(at, &mut line);
            line.end();
            if line.text.len() > 1 << 16 {
                to.write_all(&line.text)?;
                line.text.clear();
            }
        }
        to.write_all(&line.text)
    }
}

/// The files of items that have so many lines each, with the items of each file.
fn parts(file: &str, lines: impl Iterator<Item = usize>) -> Vec<(String, Range<usize>)> {
    let cut = cut(lines, PART);
    let count = cut.len();
    let name = |part: usize| match count {
        1 => file.to_owned(),
        _ => file.replace(".csv", &format!("（第{}部分，共{count}部分）.csv", part + 1)),
    };
    cut.into_iter().enumerate().map(|(part, items)| (name(part), items)).collect()
}

/// Items by files of at most so many lines.
fn cut(lines: impl Iterator<Item = usize>, most: usize) -> Vec<Range<usize>> {
    let (mut cut, mut begun, mut end, mut used) = (Vec::new(), 0, 0, 0);
    for lines in lines {
        if used > 0 && used + lines > most {
            cut.push(begun..end);
            (begun, used) = (end, 0);
        }
        (end, used) = (end + 1, used + lines);
    }
    cut.push(begun..end);
    cut
}

/// A line as it grows.
pub(super) struct Line {
    text: Vec<u8>,
}

impl Line {
    /// Nothing.
    pub(super) fn empty(&mut self) {
        self.text.push(b',');
    }

    /// Writes the digits of a whole number, of so many decimals: millions of them are too many for `format!`.
    fn digits(&mut self, parts: i64, decimals: usize) {
        let (mut digits, mut from, mut rest, mut written) = ([0; 44], 44, parts.unsigned_abs(), 0);
        while rest > 0 || written <= decimals {
            if written == decimals && decimals > 0 {
                from -= 1;
                digits[from] = b'.';
            }
            from -= 1;
            digits[from] = b'0' + (rest % 10) as u8;
            (rest, written) = (rest / 10, written + 1);
        }
        if parts < 0 {
            self.text.push(b'-');
        }
        self.text.extend_from_slice(&digits[from..]);
    }

    /// What a cell of a workbook holds.
    pub(super) fn cell(&mut self, cell: &Cell) {
        match &cell.value {
            Value::Blank => self.empty(),
            Value::Number(number) => {
                // A vector takes whatever is written to it.
                let _ = write!(self.text, "{number}");
                self.empty();
            }
            Value::Text(text) => self.words(text),
        }
    }

    /// A whole number.
    pub(super) fn whole(&mut self, number: i64) {
        self.digits(number, 0);
        self.empty();
    }

    /// A number with the digits that it has; a dash where there is none.
    pub(super) fn number(&mut self, number: Option<Decimal>, unit: &str) {
        match number {
            Some(number) => {
                match (i64::try_from(number.mantissa()), number.scale()) {
                    (Ok(parts), decimals @ 0..=20) => self.digits(parts, decimals as usize),
                    // A vector takes whatever is written to it.
                    _ => drop(write!(self.text, "{number}")),
                }
                self.text.extend_from_slice(unit.as_bytes());
                self.empty();
            }
            None => self.words("—"),
        }
    }

    /// A rate or a difference of rates a hundred times over, with one decimal.
    pub(super) fn tenths(&mut self, rate: Option<Fraction>, unit: &str) {
        self.number(rate.and_then(|rate| amount::rounded(rate, 100, 1)), unit);
    }

    /// Text as text: quoted where it must be, and with an apostrophe where a spreadsheet would take it for a formula or
    /// cut the digits of a code.
    pub(super) fn words(&mut self, text: &str) {
        let digits = text.len() > DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        let guarded = digits || super::answer::opens_formula(text);
        // Without an end before the end, many bytes are looked at together.
        let quoted = text.bytes().fold(false, |quoted, byte| quoted | matches!(byte, b',' | b'"' | b'\n' | b'\r'));
        if quoted {
            self.text.push(b'"');
        }
        if guarded {
            self.text.push(b'\'');
        }
        match quoted {
            true => self.text.extend_from_slice(text.replace('"', "\"\"").as_bytes()),
            false => self.text.extend_from_slice(text.as_bytes()),
        }
        self.text.extend_from_slice(if quoted { b"\"," } else { b"," });
    }

    /// Ends a line after its last cell.
    pub(super) fn end(&mut self) {
        if self.text.last() == Some(&b',') {
            self.text.pop();
        }
        self.text.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(of: impl Fn(&mut Line)) -> String {
        let mut line = Line { text: Vec::new() };
        of(&mut line);
        line.end();
        String::from_utf8(line.text).unwrap()
    }

    #[test]
    fn figures_are_rounded_once_and_half_up() {
        let tenths = |above, below| written(|line| line.tenths(amount::fraction(above, below), "%"));
        assert_eq!(tenths(567, 1000), "56.7%\r\n");
        assert_eq!(tenths(5_665, 100_000), "5.7%\r\n", "5.665 % of which the half goes up");
        assert_eq!(tenths(1, 2_000), "0.1%\r\n");
        assert_eq!(tenths(-61, 1000), "-6.1%\r\n");
        assert_eq!(tenths(-1, 2_000), "-0.1%\r\n", "away from zero");
        assert_eq!(tenths(-1, 3_000), "0.0%\r\n", "nothing has no sign");
        assert_eq!(tenths(61, -1000), "-6.1%\r\n");
        assert_eq!(tenths(1, 0), "—\r\n");
        assert_eq!(written(|line| line.number(Some(amount::wan(123_450_000)), "")), "12345\r\n");
        assert_eq!(written(|line| line.number(Some(amount::wan(-5)), "")), "-0.0005\r\n");
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_written_as_they_are_displayed(parts: i64, cut in 0u32..63, decimals in 0u32..28) {
            for parts in [parts, parts >> cut, 0, 1, -1, 10, i64::MIN, i64::MAX] {
                let number = Decimal::from_i128_with_scale(parts.into(), decimals);
                proptest::prop_assert_eq!(written(|line| line.number(Some(number), "%")), format!("{number}%\r\n"));
                proptest::prop_assert_eq!(written(|line| line.whole(parts)), format!("{parts}\r\n"));
            }
        }
    }

    #[test]
    fn no_file_has_more_lines_than_a_sheet() {
        let cut = |lines: &[usize]| cut(lines.iter().copied(), 10);
        assert_eq!((cut(&[]).len(), cut(&[1; 10]).len()), (1, 1), "one file, be there lines or not");
        assert_eq!(cut(&[1; 21]), [0..10, 10..20, 20..21]);
        assert_eq!(cut(&[4, 4, 4, 10, 1, 12, 1]), [0..2, 2..3, 3..4, 4..5, 5..6, 6..7], "items are whole");
        let single = |items| std::iter::repeat_n(1, items);
        let named = parts("甲.csv", single(PART + 1));
        assert_eq!(named[1], ("甲（第2部分，共2部分）.csv".to_owned(), PART..PART + 1));
        assert_eq!(parts("甲.csv", [PART / 2 + 1; 2].into_iter()).len(), 2);
        assert_eq!(parts("甲.csv", single(PART)), [("甲.csv".to_owned(), 0..PART)]);
    }

    #[test]
    fn text_of_departments_stays_text() {
        assert_eq!(written(|line| line.words("城关镇")), "城关镇\r\n");
        assert_eq!(written(|line| line.words("=1+1")), "'=1+1\r\n");
        assert_eq!(written(|line| line.words("征迁，\"慢\",缺钱")), "\"征迁，\"\"慢\"\",缺钱\"\r\n");
        assert_eq!(written(|line| line.words("230512202601010001")), "'230512202601010001\r\n");
        assert_eq!(written(|line| (line.words("甲"), line.empty(), line.whole(3)).2), "甲,,3\r\n");
    }
}
