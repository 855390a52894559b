//! Text as departments type it, brought to forms that can be compared.
//!
//! Takes any string, gives a [`label`] (for matching headers, names, words) or a [`canonical`]
//! value (for the ledger and JSON). Neither adds anything that was not there.

use unicode_normalization::UnicodeNormalization;

/// Characters that Taiwan, Hong Kong and old typewriters write another way, in headers and labels.
const TRADITIONAL: &str = "項项總总資资計计劃划開开單单責责領领導导進进問问題题備备註注稱称設设業业類类別别屬属鄉乡鎮镇縣县時时間间際际狀状態态況况決决銷销號号賬账額额萬万億亿產产來来協协議议簽签約约實实規规內内標标經经濟济聯联繫系掛挂預预應应對对節节點点報报編编碼码運运務务費费積积現现狀状電电話话續续竣竣階阶";

/// A form for matching: NFKC, simplified, lower case, no white space, one kind of dash and quote.
///
/// ```
/// assert_eq!(wuzhang::text::label("１—10月\n 完成投資（萬元）"), "1-10月完成投资(万元)");
/// ```
pub fn label(text: &str) -> String {
    text.nfkc().filter(|c| !is_white(*c)).filter_map(plain_char).flat_map(char::to_lowercase).collect()
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

fn simplified(c: char) -> char {
    let mut pairs = TRADITIONAL.chars();
    while let (Some(old), Some(new)) = (pairs.next(), pairs.next()) {
        if old == c {
            return new;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn values_keep_their_punctuation() {
        assert_eq!(canonical("　完成Ａ１楼，\r\n 正在封顶（三层） "), "完成A1楼， 正在封顶（三层）");
        assert_eq!(canonical("\u{200b} \n"), "");
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
}
