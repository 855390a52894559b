//! The order of a series: names by the numbers in them, months and quarters as the calendar has them.

/// A piece of a name: a number by its size before text by its letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Piece {
    /// Digits, or a Chinese number.
    Number(u64),
    /// Anything else.
    Text(String),
}

/// What names compare by in a series: 2月 before 10月, 一季度 before 二季度, 上半年 before 下半年.
pub(crate) fn in_series(name: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let number = number_at(rest);
        let taken = number.map_or(first.len_utf8(), |(_, length)| length);
        match (number, pieces.last_mut()) {
            (Some((number, _)), _) => pieces.push(Piece::Number(number)),
            (None, Some(Piece::Text(text))) => text.push(first),
            (None, _) => pieces.push(Piece::Text(first.to_string())),
        }
        rest = &rest[taken..];
    }
    pieces
}

/// The number that a text begins with, and how many bytes it takes.
fn number_at(text: &str) -> Option<(u64, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, digits));
    }
    let halves = [("上半年", 1), ("下半年", 2), ("上旬", 1), ("中旬", 2), ("下旬", 3)];
    if let Some((word, number)) = halves.iter().find(|(word, _)| text.starts_with(word)) {
        return Some((*number, word.chars().next()?.len_utf8()));
    }
    chinese_at(text)
}

/// A Chinese number up to 99, only where it counts something: 三季度, 十一月, 第二批.
fn chinese_at(text: &str) -> Option<(u64, usize)> {
    const DIGITS: &str = "一二三四五六七八九";
    let digit = |c: char| DIGITS.chars().position(|known| known == c).map(|at| at as u64 + 1);
    let written: String = text.chars().take_while(|c| digit(*c).is_some() || *c == '十').collect();
    let counted = ["季度", "月", "批", "期", "类", "组", "、", "年", "旬"];
    if written.is_empty() || !counted.iter().any(|word| text[written.len()..].starts_with(word)) {
        return None;
    }
    let one = |part: &str, missing| match part.chars().collect::<Vec<_>>().as_slice() {
        [] => Some(missing),
        [only] => digit(*only),
        _ => None,
    };
    let number = match written.split_once('十') {
        Some((tens, ones)) => one(tens, 1)? * 10 + one(ones, 0)?,
        None => one(&written, 0)?,
    };
    Some((number, written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.reverse();
        names.sort_by_key(|name| in_series(name));
        names
    }

    #[test]
    fn series_follow_the_calendar() {
        for series in [
            &["2025年四季度", "2026年一季度", "2026年二季度", "2026年三季度", "2026年四季度"][..],
            &["2026-02", "2026-10"],
            &["2月", "10月", "11月"],
            &["九月", "十月", "十一月", "十二月", "二十一月"],
            &["2026年上半年", "2026年下半年"],
            &["9月上旬", "9月中旬", "9月下旬"],
            &["一类", "二类", "三类"],
        ] {
            assert_eq!(sorted(series), series);
        }
    }

    #[test]
    fn a_numeral_in_a_name_is_no_number() {
        assert_eq!(in_series("三里镇"), [Piece::Text("三里镇".into())]);
        assert_eq!(in_series("99999999999999999999"), in_series("99999999999999999999"), "too long to count");
    }
}
