//! The grammar of values: any text is read as something, and nothing unknown becomes a plain number.

use wuzhang::collect::Shown;
use wuzhang::value::{Reading, read_date, read_date_number, read_date_serial, read_money, read_rate};

use super::Count;

/// Words of the field, numbers and marks, a line each.
const WORDS: &str = include_str!("../../data/fuzz/words.txt");

#[test]
fn any_text_is_read_as_something() {
    let words: Vec<&str> = WORDS.lines().collect();
    let count = Count::of("grammar");
    bolero::check!().with_iterations(400).with_type::<(Vec<u8>, Option<char>, u8)>().for_each(|(chosen, odd, at)| {
        count.one();
        let mut text: Vec<String> =
            chosen.iter().take(12).map(|word| words[usize::from(*word) % words.len()].to_owned()).collect();
        if let Some(odd) = odd {
            text.insert(usize::from(*at) % (text.len() + 1), odd.to_string());
        }
        let text = text.concat();
        let money = read_money(&text);
        assert_eq!(money, read_money(&text), "the same text is read the same");
        let says_number =
            text.chars().any(|c| c.is_numeric() || "零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾".contains(c));
        assert!(says_number || !matches!(money, Reading::Plain(_)), "{text:?} is no number, and not {money:?}");
        let rate = read_rate(&text);
        assert!(says_number || !matches!(rate, Reading::Plain(_)), "{text:?} is no rate, and not {rate:?}");
        let _ = read_date(&text, 2026);
    });
}

#[test]
fn any_number_is_a_date_or_none() {
    let count = Count::of("grammar, dates");
    bolero::check!().with_iterations(4_000).with_type::<(u64, i32, u8)>().for_each(|(bits, small, shown)| {
        count.one();
        let shown = [Shown::Plain, Shown::Day, Shown::Month, Shown::Year, Shown::Percent][usize::from(shown % 5)];
        for number in [f64::from_bits(*bits), f64::from(*small), f64::from(*small) / 100.0] {
            let _ = (read_date_number(number, shown), read_date_serial(number, shown));
        }
    });
}
