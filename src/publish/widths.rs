//! Column widths and row heights for Chinese text: a full-width character is as wide as two digits.
//!
//! The writer's own autofit counts every Chinese character as eight pixels, about half of what it needs.

use unicode_width::UnicodeWidthStr;

/// Points that a line of body text takes.
const LINE: f64 = 14.0;
/// What indent and edges take of a column, in digits.
pub(super) const PAD: f64 = 3.0;
/// Excel's highest row.
const HIGHEST: f64 = 409.0;

/// How many digits wide the widest line of a text is.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width_cjk).max().unwrap_or(0)
}

/// How many lines a text takes in a column of that width.
pub(super) fn lines(text: &str, column: f64) -> usize {
    // A Chinese character is never split, so a line may end one digit early; padding takes another.
    let room = (column - PAD).max(2.0) as usize;
    // No character is wider than it has bytes.
    if text.len() <= room && !text.contains('\n') {
        return 1;
    }
    text.lines().map(|line| UnicodeWidthStr::width_cjk(line).div_ceil(room).max(1)).sum::<usize>().max(1)
}

/// The height of a row whose fullest cell takes so many lines.
pub(super) fn height(lines: usize, least: f64) -> f64 {
    (lines as f64 * LINE + 4.0).max(least).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_is_as_wide_as_two_digits() {
        assert_eq!(width("完成率(%)"), 9);
        assert_eq!(width("县（市、区）"), 12);
        assert_eq!(width("长\n短短短"), 6);
    }

    #[test]
    fn no_character_is_wider_than_it_has_bytes() {
        let all = ('\0'..=char::MAX).filter(|c| !matches!(c, '\n' | '\r'));
        let wide: Vec<char> = all.filter(|c| width(c.encode_utf8(&mut [0; 4])) > c.len_utf8()).collect();
        assert!(wide.is_empty(), "{wide:?}");
    }

    #[test]
    fn a_name_of_two_hundred_characters_is_given_its_lines() {
        let name = "很".repeat(200);
        assert_eq!(lines(&name, 43.0), 10);
        assert_eq!(height(10, 18.0), 144.0);
        assert_eq!(height(100, 18.0), 409.0);
        assert_eq!(lines("", 10.0), 1);
    }
}
