//! Plain text in columns, where a Chinese character is two places wide; no colours, ever.

use unicode_width::UnicodeWidthStr;

/// Which side of its column a cell keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Lines of cells under each other, each behind `indent`; the columns keep to their sides.
pub(super) fn aligned(indent: &str, sides: &[Side], lines: &[Vec<String>]) -> String {
    let width = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..sides.len()).map(width).collect();
    lines.iter().map(|line| format!("{indent}{}\n", one_line(sides, &widths, line))).collect()
}

fn one_line(sides: &[Side], widths: &[usize], line: &[String]) -> String {
    let mut text = String::new();
    for ((cell, side), width) in line.iter().zip(sides).zip(widths) {
        let gap = " ".repeat(width.saturating_sub(cell.width()));
        if !text.is_empty() {
            text += "  ";
        }
        match side {
            Side::Left => text += &format!("{cell}{gap}"),
            Side::Right => text += &format!("{gap}{cell}"),
        }
    }
    text.trim_end().to_owned()
}

/// Text cut to so many places, with … where something is left out.
pub(super) fn shortened(text: &str, places: usize) -> String {
    if text.width() <= places {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + c.to_string().width() + 1 > places {
            break;
        }
        short.push(c);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_places() {
        let lines =
            [["城关镇", "9", "差"], ["经开区管委会", "10000", "优"]].map(|line| line.map(str::to_owned).to_vec());
        let text = aligned("  ", &[Side::Left, Side::Right, Side::Left], &lines);
        assert_eq!(text, "  城关镇            9  差\n  经开区管委会  10000  优\n");
        assert_eq!(shortened("重点建设项目", 7), "重点建…");
        assert_eq!(shortened("重点", 4), "重点");
    }
}
