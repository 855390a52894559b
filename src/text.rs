//! Text as departments type it, brought to forms that can be compared.
//!
//! Takes any string, gives a [`label`] (for matching headers, names, words) or a [`canonical`]
//! value (for the ledger and JSON). Neither adds anything that was not there.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result as IoResult};
use std::path::Path;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// A text that many cells share: one pointer wide, where an `Arc<str>` is two, which makes a cell a quarter smaller.
pub use arcstr::ArcStr as SharedText;

/// A map for what a month looks up a million times, mostly by text. Its order says nothing.
pub type TextMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;
/// A set of the same.
pub type TextSet<K> = HashSet<K, foldhash::fast::RandomState>;
/// How they take the hash of a text.
pub type TextHashing = foldhash::fast::RandomState;

/// Characters that Taiwan, Hong Kong and old typewriters write another way, in headers and labels.
const TRADITIONAL: &str = "項项總总資资計计劃划開开單单責责領领導导進进問问題题備备註注稱称設设業业類类別别屬属鄉乡鎮镇縣县時时間间際际狀状態态況况決决銷销號号賬账額额萬万億亿產产來来協协議议簽签約约實实規规內内標标經经濟济聯联繫系掛挂預预應应對对節节點点報报編编碼码運运務务費费積积現现狀状電电話话續续竣竣階阶";

/// Bytes of a text that an office writes itself, a hundred times those of the longest one that is built in. It does
/// not come from `[limits]`: what states the limits is such a text.
const OWN: u64 = 4 << 20;

/// The text of a file that an office writes itself: profile, wording, decisions. Windows editors put a byte order
/// mark in front, which is none of it.
///
/// # Errors
///
/// What the file system says; what is no file, or not UTF-8; a file that is longer than any such text.
pub fn of_file(path: &Path) -> IoResult<String> {
    // Looked at before it is opened: opening a pipe would wait for someone to write to it.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "不是文件，而是文件夹或设备"));
    }
    let mut text = Vec::new();
    File::open(path)?.take(OWN + 1).read_to_end(&mut text)?;
    if text.len() as u64 > OWN {
        return Err(Error::new(ErrorKind::FileTooLarge, format!("超过{}MiB，不会是手写的设置", OWN >> 20)));
    }
    let text = String::from_utf8(text).map_err(|_| Error::new(ErrorKind::InvalidData, "不是 UTF-8 编码的文本"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A form for matching: NFKC, simplified, lower case, no white space, one kind of dash and quote.
///
/// ```
/// assert_eq!(wuzhang::text::label("１—10月\n 完成投資（萬元）"), "1-10月完成投资(万元)");
/// ```
pub fn label(text: &str) -> String {
    // Nearly every cell is of characters that normalise one by one; the tables of NFKC are for the rest.
    if text.chars().all(is_alone) {
        let mut out = String::with_capacity(text.len());
        out.extend(text.chars().map(half_of).filter(|c| !is_white(*c)).filter_map(plain_char).map(lower));
        return out;
    }
    normalised(text)
}

fn normalised(text: &str) -> String {
    text.nfkc().filter(|c| !is_white(*c)).filter_map(plain_char).flat_map(char::to_lowercase).collect()
}

/// Whether a character's NFKC form is itself or its half-width sibling, whatever stands beside it.
fn is_alone(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{4e00}'..='\u{9fa5}' | '\u{ff01}'..='\u{ff5e}' | '\u{3000}'..='\u{3002}'
        | '—' | '–' | '“' | '”' | '‘' | '’' | '《' | '》' | '【' | '】' | '★' | '●' | '△' | '▲' | '☆' | '※')
}

fn half_of(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Lower case of a character that is alone: only ASCII letters have one.
fn lower(c: char) -> char {
    c.to_ascii_lowercase()
}

/// A value's form: trimmed, inner line breaks as one space, full-width letters and digits half-width.
pub fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split(['\n', '\r', '\t']).map(|line| line.trim_matches(is_white)).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(line.chars().filter(|c| !is_invisible(*c)).map(half_width));
    }
    out
}

/// Whether a text is in [`canonical`] form for certain: asked of every cell, and nearly all are.
pub fn is_canonical(text: &str) -> bool {
    // Each of these begins a character that may have to change; the rest cannot.
    let is_odd = |byte: &u8| *byte < 0x20 || matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF);
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
    let bytes = text.as_bytes();
    if ends(bytes.first()) || ends(bytes.last()) {
        return bytes.is_empty();
    }
    !bytes.iter().any(is_odd) || is_canonical_by_characters(text)
}

fn is_canonical_by_characters(text: &str) -> bool {
    let changes = |c: char| matches!(c, '\n' | '\r' | '\t') || is_invisible(c) || half_width(c) != c;
    !text.starts_with(is_white) && !text.ends_with(is_white) && !text.contains(changes)
}

/// White space in the widest sense, including what cannot be seen at all.
pub fn is_white(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_white)
}

/// Whether a cell says that there is nothing to say: `-`, `/`, `—`, `无` is not among them.
pub fn is_placeholder(text: &str) -> bool {
    let mut seen = false;
    for c in text.chars().filter(|c| !is_white(*c)) {
        if !matches!(c, '-' | '—' | '–' | '－' | '/' | '／' | '\\' | '＼' | '─' | '_' | '―' | '一' | '*' | '…')
        {
            return false;
        }
        if c == '一' && seen {
            return false;
        }
        seen = true;
    }
    seen && label(text) != "一"
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\0'..='\u{8}' | '\u{e}'..='\u{1f}')
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

fn plain_char(c: char) -> Option<char> {
    match c {
        '—' | '–' | '―' | '─' | '‐' | '‑' | '−' | '~' | '∼' | '〜' | '﹣' => Some('-'),
        '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」' | '《' | '》' => None,
        '【' | '[' | '〔' | '﹝' => Some('('),
        '】' | ']' | '〕' | '﹞' => Some(')'),
        '∶' => Some(':'),
        c if (c as u32) < 0x2e80 => Some(c),
        c => Some(simplified(c)),
    }
}

/// Where the ideographs begin among which all of [`TRADITIONAL`] are, and how many there are.
const IDEOGRAPHS: (u32, usize) = (0x4e00, 0x5200);

/// Each ideograph as it is compared: by the pairs of [`TRADITIONAL`], else itself. Every label of every cell asks.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let (first, many) = IDEOGRAPHS;
    let mut simplified: Vec<char> = (first..).take(many).filter_map(char::from_u32).collect();
    let chars: Vec<char> = TRADITIONAL.chars().collect();
    // Of one that is there twice the first counts.
    for pair in chars.chunks_exact(2).rev() {
        simplified[(pair[0] as u32 - first) as usize] = pair[1];
    }
    simplified
});

fn simplified(c: char) -> char {
    let at = (c as u32).wrapping_sub(IDEOGRAPHS.0) as usize;
    SIMPLIFIED.get(at).copied().unwrap_or(c)
}

/// Whether text is a mail address as far as its form tells: ASCII, one `@`, a domain of several parts.
pub fn is_mail_address(text: &str) -> bool {
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(&b));
    // A dot at an end or two in a row cannot be written without quotes, and no office has such a box.
    let dotted = |s: &str| s.split('.').all(|part| !part.is_empty());
    let domain = |s: &str| s.contains('.') && dotted(s) && !s.contains(['%', '+', '_']);
    text.split_once('@').is_some_and(|(user, host)| plain(user) && dotted(user) && plain(host) && domain(host))
}

/// A number as headings count: 1 is 一, 12 is 十二, 20 is 二十; 0 and what is over 99 in digits.
pub fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((number / 10) as usize, (number % 10) as usize);
    match tens {
        _ if number == 0 || tens > 9 => number.to_string(),
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_offices_own_is_read_within_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("county.toml");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            of_file(&path).map_err(|error| error.kind())
        };
        assert_eq!(read("\u{feff}甲 = 1".as_bytes()), Ok("甲 = 1".to_owned()));
        assert_eq!(read(b"\xBC\xD7"), Err(ErrorKind::InvalidData));
        assert_eq!(read(&vec![b'#'; (OWN + 1) as usize]), Err(ErrorKind::FileTooLarge));
        assert_eq!(of_file(folder.path()).map_err(|error| error.kind()), Err(ErrorKind::InvalidInput));
    }

    #[test]
    fn labels_compare_what_departments_write_differently() {
        for written in [
            "1-10月完成投资(万元)",
            "１—１０月 完成投资（万元）",
            "1～10月\n完成投資（萬元）",
            "1 – 10 月完成投资(万元)",
        ] {
            assert_eq!(label(written), "1-10月完成投资(万元)", "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_to_a_label_is_the_normal_one(text in "[一-龥！-～ -~　、。—–“”‘’《》【】★●△▲☆※\u{301}①㎡\n]{0,12}") {
            proptest::prop_assert_eq!(label(&text), normalised(&text));
        }
    }

    #[test]
    fn the_quick_way_holds_for_every_character_it_takes() {
        for c in ('\0'..='\u{ffff}').filter(|c| is_alone(*c)).map(String::from) {
            assert_eq!(label(&c), normalised(&c), "{c}");
        }
    }

    #[test]
    fn values_keep_their_punctuation() {
        assert_eq!(canonical("　完成Ａ１楼，\r\n 正在封顶（三层） "), "完成A1楼， 正在封顶（三层）");
        assert_eq!(canonical("\u{200b} \n"), "");
    }

    proptest::proptest! {
        #[test]
        fn what_is_called_canonical_is_left_as_it_is(text in "[一-龥！-～ -~　、。Ａ２\u{a0}\u{ad}\u{200b}\u{feff}\u{2003}\u{1680}\u{85}\u{7f}\n\t\u{1}é]{0,9}") {
            if is_canonical(&text) {
                proptest::prop_assert_eq!(canonical(&text), text);
            }
        }
    }

    #[test]
    fn usual_texts_are_canonical_at_a_glance() {
        for text in
            ["", "城关镇", "2026-000001-000001", "完成主体工程的80%,正在装修", "产业园（一期）", "a b", "三、水厂"]
        {
            assert!(is_canonical(text), "{text}");
        }
        for text in [" a", "a ", "a\nb", "Ａ", "a\u{3000}b", "\u{3000}", "a\u{200b}"] {
            assert!(!is_canonical(text), "{text}");
        }
    }

    #[test]
    fn placeholders_are_marks_only() {
        for text in ["-", "——", " / ", "\\", "－"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["", "0", "无", "一", "-1", "一一", "1-2"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn numerals_count_as_headings_do() {
        let told = [1, 9, 10, 11, 20, 35, 99, 100].map(numeral);
        assert_eq!(told, ["一", "九", "十", "十一", "二十", "三十五", "九十九", "100"]);
    }
}
