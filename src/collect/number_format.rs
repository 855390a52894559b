//! What a number format decides about the meaning of a number.
//!
//! Takes a format code (`yyyy"年"m"月"`) or the number of a built-in one, gives how the number is
//! [`Shown`]. Dates are those shown as a day, a month or a year; times of day count as days here, so
//! that a ratio such as 1:2 that a spreadsheet took for a time never passes for a number.

use super::grid::Shown;

/// Whether a number so shown is a date.
pub(super) fn is_date(shown: Shown) -> bool {
    matches!(shown, Shown::Day | Shown::Month | Shown::Year)
}

/// How a built-in format shows numbers; 27 to 36 and 50 to 58 as in Chinese Excel.
pub(super) fn of_builtin(id: u32) -> Shown {
    match id {
        1 | 3 | 37 | 38 | 41 | 42 => Shown::Decimals(0),
        2 | 4 | 39 | 40 | 43 | 44 => Shown::Decimals(2),
        9 | 10 => Shown::Percent,
        17 | 27 | 36 | 50 | 52 | 57 => Shown::Month,
        14..=16 | 18..=22 | 28..=35 | 45..=47 | 51 | 53..=56 | 58 => Shown::Day,
        _ => Shown::Plain,
    }
}

/// How a format code shows numbers: by its first section that has anything to show.
pub(super) fn of_code(code: &str) -> Shown {
    let sections = sections(code);
    let first = sections.iter().find(|tokens| tokens.says_something());
    first.map_or(Shown::Plain, Tokens::shown)
}

/// Whether a format code shows a number a thousand times smaller, or more, than it is stored:
/// `0.00,` or, for 万元, `0!.0,`.
pub(super) fn scales(code: &str) -> bool {
    sections(code).iter().find(|tokens| tokens.says_something()).is_some_and(|tokens| tokens.scaled)
}

/// What one section of a format code contains.
#[derive(Debug, Default, Clone)]
struct Tokens {
    year: bool,
    month_or_minute: bool,
    day: bool,
    time: bool,
    percent: bool,
    digits: bool,
    /// Digit places after the point, and whether all of them are forced.
    decimals: Option<(u8, bool)>,
    /// A comma stands after the last digit place.
    scaled: bool,
    /// A fraction or an exponent: the places are not decimals.
    other: bool,
}

impl Tokens {
    fn says_something(&self) -> bool {
        self.year || self.month_or_minute || self.day || self.time || self.digits || self.other
    }

    fn shown(&self) -> Shown {
        match self {
            Self { time: true, .. } | Self { day: true, .. } => Shown::Day,
            Self { month_or_minute: true, .. } => Shown::Month,
            Self { year: true, .. } => Shown::Year,
            Self { percent: true, .. } => Shown::Percent,
            Self { other: true, .. } => Shown::Plain,
            Self { decimals: Some((places, true)), .. } => Shown::Decimals(*places),
            Self { decimals: None, digits: true, .. } => Shown::Decimals(0),
            _ => Shown::Plain,
        }
    }

    /// One character that is neither quoted nor escaped.
    fn take(&mut self, c: char, next: Option<char>) {
        match c.to_ascii_lowercase() {
            'e' if matches!(next, Some('+' | '-')) => self.other = true,
            'y' | 'e' => self.year = true,
            'm' => self.month_or_minute = true,
            'd' => self.day = true,
            'h' | 's' => self.time = true,
            '%' => self.percent = true,
            '/' if self.digits => self.other = true,
            '.' if self.decimals.is_none() => self.decimals = Some((0, true)),
            '0' | '#' | '?' => self.digit(c),
            ',' => self.scaled = self.digits,
            _ => {}
        }
    }

    fn digit(&mut self, c: char) {
        self.digits = true;
        self.scaled = false;
        if let Some((places, forced)) = &mut self.decimals {
            *places = places.saturating_add(1);
            *forced &= c == '0';
        }
    }
}

fn sections(code: &str) -> Vec<Tokens> {
    let mut sections = vec![Tokens::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let tokens = sections.last_mut().expect("there is always a section");
        match c {
            '"' => rest = after(rest, '"'),
            '\\' | '_' | '*' | '!' => rest = rest.chars().next().map_or("", |skipped| &rest[skipped.len_utf8()..]),
            '[' => rest = bracket(tokens, rest),
            ';' => sections.push(Tokens::default()),
            'a' | 'A' if starts_with_any(rest, &["m/pm", "/p"]).is_some() => {
                tokens.time = true;
                rest = &rest[starts_with_any(rest, &["m/pm", "/p"]).unwrap_or(0)..];
            }
            'a' | 'A' if starts_with_any(rest, &["aa"]).is_some() => tokens.day = true,
            'g' | 'G' if starts_with_any(rest, &["eneral"]).is_some() => {
                tokens.other = true;
                rest = &rest["eneral".len()..];
            }
            c => tokens.take(c, rest.chars().next()),
        }
    }
    sections
}

/// The length of whichever word the text starts with, upper case or lower.
fn starts_with_any(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().map(|w| w.len()).zip(words).find_map(|(n, w)| text.get(..n)?.eq_ignore_ascii_case(w).then_some(n))
}

fn after(text: &str, end: char) -> &str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// `[h]` and the like are elapsed time; colours, conditions and locales say nothing.
fn bracket<'a>(tokens: &mut Tokens, rest: &'a str) -> &'a str {
    let inside = rest.split(']').next().unwrap_or_default();
    let mut letters = inside.chars().map(|c| c.to_ascii_lowercase());
    let first = letters.next();
    if matches!(first, Some('h' | 'm' | 's')) && letters.all(|c| Some(c) == first) {
        tokens.time = true;
    }
    after(rest, ']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_departments_use_them() {
        for (code, shown) in [
            ("General", Shown::Plain),
            ("G/通用格式", Shown::Plain),
            ("@", Shown::Plain),
            ("0", Shown::Decimals(0)),
            ("0.00", Shown::Decimals(2)),
            ("0.00_ ", Shown::Decimals(2)),
            ("#,##0.0_);[Red]\\(#,##0.0\\)", Shown::Decimals(1)),
            ("0.##", Shown::Plain),
            ("0.00E+00", Shown::Plain),
            ("# ?/?", Shown::Plain),
            ("0%", Shown::Percent),
            ("0.00%;[Red]-0.00%", Shown::Percent),
            ("0.0\"%\"", Shown::Decimals(1)),
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Day),
            ("yyyy\"年\"m\"月\";@", Shown::Month),
            ("yyyy年m月", Shown::Month),
            ("[$-804]yyyy\\-mm;@", Shown::Month),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shown::Day),
            ("yyyy.mm", Shown::Month),
            ("mmm-yy", Shown::Month),
            ("yyyy", Shown::Year),
            ("yyyy\"年\"", Shown::Year),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"", Shown::Month),
            ("m/d/yy h:mm", Shown::Day),
            ("h:mm AM/PM", Shown::Day),
            ("[h]:mm:ss", Shown::Day),
            ("[Red]0.0", Shown::Decimals(1)),
            ("\"完成\"0.0", Shown::Decimals(1)),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", Shown::Decimals(2)),
            ("aaaa", Shown::Day),
            ("", Shown::Plain),
        ] {
            assert_eq!(of_code(code), shown, "{code}");
        }
    }

    #[test]
    fn scaling_is_told_from_grouping() {
        let scaled = ["0.00,", "0!.0,", "#,##0,,\"百万\"", "0!.0,\"万元\";-0!.0,"].map(scales);
        assert_eq!(scaled, [true; 4]);
        let plain = ["#,##0.00", "General", "0.00", "yyyy,mm", "#,##0_ ;[Red]-#,##0"].map(scales);
        assert_eq!(plain, [false; 5]);
    }

    #[test]
    fn built_in_formats() {
        assert_eq!([14, 27, 31, 57, 58, 22].map(of_builtin).map(is_date), [true; 6]);
        assert_eq!([27, 57, 17].map(of_builtin), [Shown::Month; 3]);
        assert_eq!([0, 9, 10, 2, 49].map(of_builtin).map(is_date), [false; 5]);
        assert_eq!([9, 10].map(of_builtin), [Shown::Percent; 2]);
    }
}
