//! How wide text and columns are: a Chinese character two halves, a Latin one a half.

use unicode_width::UnicodeWidthStr;

use super::markup::Table;
use super::measures::WIDTH;

/// The width of a text in halves of a character.
pub(super) fn halves(text: &str) -> usize {
    // Dashes and quotation marks are as wide as Chinese characters in Chinese fonts.
    text.width_cjk()
}

/// A half of a character of 五号, in twips, with some slack for fonts that stand in and are wider.
const HALF: u32 = 108;
/// What the borders and margins of a cell take.
const PADDING: u32 = 140;
/// Halves from which on a column's text may wrap.
const WRAPS: usize = 18;
/// Halves that a wrapping column gets at least.
const LEAST_WRAPPED: usize = 12;

/// The columns' widths, in twips; together the type area's.
pub(super) fn columns(table: &Table) -> Vec<u32> {
    let count = table.header.len();
    let widest =
        |at: usize| table.rows.iter().filter_map(|row| row.get(at)).map(|cell| halves(cell)).max().unwrap_or(0);
    let wanted = |header: fn(&str) -> usize| -> Vec<usize> {
        (0..count).map(|at| widest(at).max(header(&table.header[at]))).collect()
    };
    // Headings on one line if the page has room for that.
    let whole = wanted(unwrapped);
    let wanted = if needed(&whole) <= WIDTH { whole } else { wanted(wrapped) };
    let long: Vec<usize> = wanted.iter().copied().filter(|halves| *halves > WRAPS).collect();
    let least = long.len() as u32 * width(LEAST_WRAPPED);
    let rest = (WIDTH + least).saturating_sub(needed(&wanted));
    let shares: Vec<u32> = match long.is_empty() || rest < least {
        // Nothing wraps: all grow or shrink alike.
        true => wanted.iter().map(|halves| width((*halves).min(2 * WRAPS))).collect(),
        false => {
            let sum: usize = long.iter().map(|halves| (*halves).min(60)).sum();
            let part = |halves: usize| (rest * halves.min(60) as u32 / sum as u32).max(width(LEAST_WRAPPED));
            wanted.iter().map(|halves| if *halves > WRAPS { part(*halves) } else { width(*halves) }).collect()
        }
    };
    to_the_whole(&shares)
}

/// What columns need at least.
fn needed(wanted: &[usize]) -> u32 {
    wanted.iter().map(|halves| width(if *halves > WRAPS { LEAST_WRAPPED } else { *halves })).sum()
}

fn width(halves: usize) -> u32 {
    halves.max(4) as u32 * HALF + PADDING
}

/// A heading breaks before its unit.
fn unwrapped(heading: &str) -> usize {
    let (words, unit) = of_unit(heading);
    halves(words).max(halves(unit)).max(4)
}

/// In the middle too where it is long, but not the name of what is ranked.
fn wrapped(heading: &str) -> usize {
    let (words, unit) = of_unit(heading);
    if unit.is_empty() {
        return unwrapped(heading).min(WRAPS);
    }
    let words = halves(words);
    let words = if words > 8 { words.div_ceil(4) * 2 } else { words };
    words.max(halves(unit)).max(4)
}

/// A heading's words, and its unit in brackets where it ends with one.
pub(super) fn of_unit(heading: &str) -> (&str, &str) {
    let Some((words, unit)) = heading.rsplit_once('（') else { return (heading, "") };
    let inner = unit.trim_end_matches('）');
    let is_unit = ["万元", "亿元", "百分点"].contains(&inner) || inner.chars().count() == 1;
    if is_unit { heading.split_at(words.len()) } else { (heading, "") }
}

/// Widths scaled to the type area's, the last taking what rounding leaves.
fn to_the_whole(shares: &[u32]) -> Vec<u32> {
    let sum: u64 = shares.iter().map(|share| u64::from(*share)).sum::<u64>().max(1);
    let scaled = |share: &u32| (u64::from(*share) * u64::from(WIDTH) / sum) as u32;
    let mut widths: Vec<u32> = shares.iter().map(scaled).collect();
    let missing = WIDTH - widths.iter().sum::<u32>();
    if let Some(last) = widths.last_mut() {
        *last += missing;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(header: &[&str], row: &[&str]) -> Table {
        let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        Table { caption: None, header: texts(header), rows: vec![texts(row)] }
    }

    #[test]
    fn columns_fill_the_type_area_and_long_text_takes_what_is_left() {
        let long = "征迁".repeat(20);
        for (header, row) in [
            (&["名次", "乡镇（街道）", "完成率（%）"][..], &["1", "城关镇", "35.6"][..]),
            (&["项目", "责任单位", "完成率（%）", "存在问题"], &["某某项目一期", "县住建局", "3.1", &long]),
            (&["甲"], &["1"]),
        ] {
            let widths = columns(&table(header, row));
            assert_eq!((widths.len(), widths.iter().sum::<u32>()), (header.len(), WIDTH));
        }
        let widths = columns(&table(&["项目", "完成率（%）", "存在问题"], &["某项目", "3.1", &long]));
        assert!(widths[2] > WIDTH / 2, "{widths:?}");
    }
}
