//! The section that each record stands under.

use std::sync::LazyLock;

use regex::Regex;

use super::Texts;
use crate::collect::{Grid, Value};
use crate::layout::{Layout, RowKind};
use crate::text::{SharedText, canonical};

static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[一二三四五六七八九十]+\s*[、.．,，:：]|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|第[一二三四五六七八九十]+[部分类篇章]+|\d+[、.．])\s*")
        .expect("the pattern is a constant that the tests compile")
});
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(]?\s*共?计?\s*\d+\s*[个项户宗件条类家]\s*[)）]?\s*$")
        .expect("the pattern is a constant that the tests compile")
});

/// The nearest section title above each row, without its numbering and its count.
pub(super) fn above_each(grid: &Grid, layout: &Layout, rows: &[u32]) -> Texts {
    let mut titles: Vec<(u32, Option<SharedText>)> = Vec::new();
    for row in grid.rows.iter().filter(|row| layout.kind(row.number) == Some(RowKind::Section)) {
        let words = row.cells.iter().filter_map(|cell| match &cell.value {
            Value::Text(text) => Some(title(text)),
            _ => None,
        });
        // The longest text: a numeral of its own (一) stands before the section's name.
        let title = words.filter(|word| !word.is_empty()).max_by_key(|word| word.chars().count());
        titles.push((row.number, title.map(Into::into)));
    }
    rows.iter()
        .map(|&number| {
            let above = titles.partition_point(|(row, _)| *row < number);
            above.checked_sub(1).and_then(|at| titles[at].1.clone())
        })
        .collect()
}

fn title(text: &str) -> String {
    let text = canonical(text);
    let text = NUMBERING.replace(&text, "");
    COUNT.replace(&text, "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_and_counts_are_not_the_title() {
        for (text, bare) in [
            ("一、续建项目（23个）", "续建项目"),
            ("（一）工业项目82个", "工业项目"),
            ("产业项目(5项)", "产业项目"),
            ("三、 2025年结转项目", "2025年结转项目"),
        ] {
            assert_eq!(title(text), bare);
        }
    }
}
