//! How long a text is, counted as Word and WPS count 字数: each Chinese character and mark one, each run of
//! letters and digits one.

/// The count of a text.
pub(super) fn characters(text: &str) -> usize {
    let (mut count, mut in_word) = (0, false);
    for c in text.chars() {
        let alone = !c.is_ascii() && !c.is_whitespace();
        let of_word = c.is_ascii() && !c.is_whitespace();
        if alone || (of_word && !in_word) {
            count += 1;
        }
        in_word = of_word;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_once() {
        assert_eq!(characters("完成率35.6%，慢6.1个百分点"), 3 + 1 + 1 + 1 + 1 + 4);
        assert_eq!((characters(""), characters(" a b\n")), (0, 2));
    }
}
