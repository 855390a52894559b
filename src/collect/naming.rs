//! How a file inside another file is called.
//!
//! Takes names as archives and mails write them, in any encoding and of any shape, gives names that
//! can stand in a report: no way out of the container, no control characters, of a length that a
//! person reads, and no two alike. Nothing is ever written to disk under such a name.

use std::collections::BTreeSet;

use encoding_rs::GB18030;

/// Characters of a name that are kept; of a longer one its beginning and its end.
const LONGEST: usize = 120;
/// How many of them are the end, which says what kind of file it is.
const END: usize = 30;

/// A name's text: UTF-8 where it can be, else GBK, which Chinese Windows writes into archives.
pub(super) fn decoded(raw: &[u8]) -> String {
    let gbk = || GB18030.decode_without_bom_handling_and_without_replacement(raw).map(|text| text.into_owned());
    match std::str::from_utf8(raw) {
        // GBK may pass for UTF-8, but then as letters that no Chinese name has.
        Ok(text) if text.chars().all(is_of_a_name) => text.to_owned(),
        Ok(text) => gbk().filter(|text| text.chars().all(is_of_a_name)).unwrap_or_else(|| text.to_owned()),
        Err(_) => gbk().unwrap_or_else(|| String::from_utf8_lossy(raw).into_owned()),
    }
}

fn is_of_a_name(c: char) -> bool {
    !('\u{80}'..'\u{2000}').contains(&c) || c == '·'
}

/// A name that can be shown: relative, without control or reversing characters, not too long.
pub(super) fn shown(name: &str) -> String {
    let parts = name.split(['/', '\\']).map(without_controls);
    let parts: Vec<String> = parts.filter(|part| !matches!(part.as_str(), "" | "." | "..")).collect();
    match parts.is_empty() {
        true => "未命名".to_owned(),
        false => shortened(&parts.join("/")),
    }
}

/// A file's name on disk, fit to be shown: one that holds no line break or the like is as it is.
pub(super) fn of_file(name: String) -> String {
    if name.chars().any(is_control) { name.chars().map(visible).collect() } else { name }
}

fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn visible(c: char) -> char {
    if is_control(c) { '\u{FFFD}' } else { c }
}

fn without_controls(part: &str) -> String {
    let plain: String = part.chars().map(visible).collect();
    plain.trim().to_owned()
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let begin: String = name.chars().take(LONGEST - END - 1).collect();
    let end: String = name.chars().skip(length - END).collect();
    format!("{begin}…{end}")
}

/// The names given out so far: two files of one name must not share an account.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name itself, or with a number before its extension where it is taken.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let (stem, extension) = match name.rfind('.').filter(|&at| at > name.rfind('/').unwrap_or(0)) {
            Some(at) => name.split_at(at),
            None => (name, ""),
        };
        let numbered = (2..).map(|nth| format!("{stem}({nth}){extension}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !self.0.contains(name));
        let free = free.expect("there are always more numbers than names");
        self.0.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_both_encodings() {
        for name in ["城关镇.xlsx", "10月/县住建局—重点项目（定）.xls", "plain.xlsx", "乡·镇.csv"] {
            assert_eq!(decoded(name.as_bytes()), name);
            assert_eq!(decoded(&GB18030.encode(name).0), name);
        }
        // These two syllables in GBK are valid UTF-8 as well.
        assert_eq!(decoded(&[0xC4, 0xA3, 0xD0, 0xA1]), "模小");
        assert!(decoded(&[0xFF, 0xFF, b'a']).ends_with('a'));
    }

    #[test]
    fn no_name_leads_out_or_hides_what_it_is() {
        for (name, expected) in [
            ("../../etc/城关镇.xlsx", "etc/城关镇.xlsx"),
            ("/root/甲.xlsx", "root/甲.xlsx"),
            ("C:\\表\\..\\甲.xlsx", "C:/表/甲.xlsx"),
            ("甲\u{0}\n\u{1B}[31m.xlsx", "甲\u{FFFD}\u{FFFD}\u{FFFD}[31m.xlsx"),
            ("甲\u{202E}xslx.exe", "甲\u{FFFD}xslx.exe"),
            ("../..", "未命名"),
            ("", "未命名"),
        ] {
            assert_eq!(shown(name), expected, "{name:?}");
        }
        let long = shown(&format!("{}.xlsx", "长".repeat(10_000)));
        assert!(long.chars().count() == LONGEST && long.ends_with(".xlsx"), "{long}");
    }

    #[test]
    fn no_two_files_share_a_name() {
        let mut names = Names::default();
        let given = ["a.zip/甲.xlsx", "a.zip/甲.xlsx", "a.zip/甲.xlsx", "a.zip/无"].map(|name| names.unique(name));
        assert_eq!(given, ["a.zip/甲.xlsx", "a.zip/甲(2).xlsx", "a.zip/甲(3).xlsx", "a.zip/无"]);
    }
}
