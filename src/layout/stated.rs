//! The period that a sheet itself speaks of: in its name, its title, its file's name.

use std::sync::LazyLock;

use regex::Regex;

use super::sheet::Sheet;
use crate::collect::{Grid, SourceFile};
use crate::period::Period;
use crate::text::label;

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20\d{2})(?:年|[.-]?(?:1[0-2]|0[1-9])(?:\D|$))"));
static MONTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)(?:1月?[-至到])?(1[0-2]|0?[1-9])月(?:份|底|末|报)?(?:\D|$)"));
static COMPACT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20\d{2})[.-]?(1[0-2]|0[1-9])(?:\D|$)"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// The month that a text speaks of, and its year where it names one.
fn spoken_of(text: &str) -> Option<(Option<i32>, u32)> {
    let text = label(text);
    let year = YEAR.captures(&text).and_then(|parts| parts[1].parse().ok());
    let month = MONTH.captures(&text).and_then(|parts| parts[1].parse().ok());
    match month {
        Some(month) => Some((year, month)),
        None => COMPACT.captures(&text).and_then(|parts| Some((parts[1].parse().ok(), parts[2].parse().ok()?))),
    }
}

/// The period that a sheet's name, else a text above its header, speaks of; a year that is not
/// named is the reported one's.
pub(super) fn stated(grid: &Grid, sheet: &Sheet, titles: &[u32], period: Period) -> Option<Period> {
    let whole = |(year, month): (Option<i32>, u32)| Period::new(year.unwrap_or(period.year()), month);
    let in_titles = || {
        let rows = grid.rows.iter().filter(|row| titles.contains(&row.number));
        rows.flat_map(|row| sheet.texts(row)).find_map(|(_, text)| spoken_of(&text))
    };
    spoken_of(&grid.sheet).or_else(in_titles).and_then(whole)
}

/// The period that a file speaks of in its name, its sheets' names or its first rows.
pub fn period_of(file: &SourceFile) -> Option<Period> {
    let own = file.name.rsplit('/').next().unwrap_or(&file.name).to_owned();
    let names = file.grids.iter().map(|grid| grid.sheet.to_string());
    let first_rows = file.grids.iter().flat_map(|grid| {
        let sheet = Sheet::new(grid);
        grid.rows.iter().take(4).flat_map(|row| sheet.texts(row)).map(|(_, text)| text.into_owned()).collect::<Vec<_>>()
    });
    let spoken: Vec<(Option<i32>, u32)> =
        std::iter::once(own).chain(names).chain(first_rows).filter_map(|text| spoken_of(&text)).collect();
    let month = spoken.first()?.1;
    let year = spoken.iter().find_map(|(year, _)| *year)?;
    Period::new(year, month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_speak_of_their_month() {
        for (text, spoken) in [
            ("云山县2026年1—10月重点项目投资完成情况", Some((Some(2026), 10))),
            ("（10月份）", Some((None, 10))),
            ("2026年10月", Some((Some(2026), 10))),
            ("重点项目进度表_新城街道_202610", Some((Some(2026), 10))),
            ("2026年重点项目", None),
            ("填报说明", None),
            ("2026年11月2日", None),
        ] {
            assert_eq!(spoken_of(text), spoken, "{text}");
        }
    }
}
