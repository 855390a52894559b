//! Leaps of amounts: 10,000 times more or less than last period, which is a unit of money mistaken;
//! a month's figure far beyond its earlier months.

use std::collections::{BTreeMap, BTreeSet};

use super::Now;
use crate::amount;
use crate::finding::{Finding, Level, Place};
use crate::profile::{Field, Kind};

/// The field whose months are compared with one another.
const MONTH: &str = "done_month";
/// Of fewer months than this no median says anything.
const MONTHS: usize = 3;
/// From this many rows of one sheet on that leap together, the sheet is asked about and not each row.
const TOGETHER: usize = 3;

/// What leapt.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    /// What is to be said of it.
    pub(super) findings: Vec<Finding>,
    /// The cells that leapt.
    cells: BTreeSet<Place>,
}

impl Jumps {
    /// Whether a finding is about a cell that leapt.
    pub(super) fn explains(&self, finding: &Finding) -> bool {
        self.cells.contains(&finding.place)
    }
}

/// The leaps of a book.
pub(super) fn jumps(now: Now) -> Jumps {
    let mut jumps = Jumps::default();
    if now.together.periods.is_empty() {
        return jumps;
    }
    let mut by_sheet: BTreeMap<(Place, &str), Vec<Finding>> = BTreeMap::new();
    for field in now.book.fields.iter().filter(|field| field.kind == Kind::Amount) {
        for row in 0..now.facts.height() {
            if let Some(finding) = unit_mistaken(now, field, row) {
                let place = &finding.place;
                let sheet = place.whole_sheet();
                jumps.cells.insert(place.clone());
                by_sheet.entry((sheet, &field.id)).or_default().push(finding);
            }
        }
    }
    for ((sheet, field), found) in by_sheet {
        if found.len() < TOGETHER {
            jumps.findings.extend(found);
            continue;
        }
        let title = now.book.field(field).map_or(field, |field| &field.title);
        let message =
            format!("“{title}”有{}行与上期相差约1万倍，如：{}", found.len(), found[0].message.trim_end_matches('。'));
        let advice = "请核对本表的计量单位（元、万元、亿元），改正后重报";
        jumps.findings.push(Finding::new(Level::Error, "amount.unit_changed", sheet.of_field(field), message, advice));
    }
    for row in 0..now.facts.height() {
        jumps.findings.extend(far_beyond(now, row).filter(|finding| !jumps.cells.contains(&finding.place)));
    }
    jumps
}

/// That an amount is about 10,000 times more or less than last period.
fn unit_mistaken(now: Now, field: &Field, row: usize) -> Option<Finding> {
    let (period, last, last_row) = now.together.last(row)?;
    let (here, before) = (now.facts.whole(&field.id, row)?, last.whole(&field.id, last_row)?);
    let (here_size, before_size) = (i128::from(here).abs(), i128::from(before).abs());
    let (less, more) = (here_size.min(before_size), here_size.max(before_size));
    // Also a figure that grew meanwhile, or that was rounded on the way.
    if less == 0 || !(5_000 * less..=30_000 * less).contains(&more) {
        return None;
    }
    let (times, way) = if here_size > before_size { ("1万倍", "大") } else { ("1万倍", "小") };
    let message = format!(
        "{}{}万元，{}为{}万元，约{way}了{times}，疑似计量单位写错",
        field.title,
        amount::wan(here),
        period.in_words(),
        amount::wan(before)
    );
    let place = now.cell(row, &field.id);
    Some(Finding::new(Level::Query, "amount.unit_changed", place, message, "请核对计量单位；属实的请说明原因"))
}

/// That a month's figure is far more than the median of its earlier months of the year.
fn far_beyond(now: Now, row: usize) -> Option<Finding> {
    let here = now.facts.whole(MONTH, row)?;
    let months = now.together.in_year(row).filter_map(|(_, facts, row)| facts.whole(MONTH, row));
    let mut months: Vec<i64> = months.filter(|yuan| *yuan > 0).collect();
    if months.len() < MONTHS {
        return None;
    }
    months.sort_unstable();
    let median = months[months.len() / 2];
    let times = i128::from(now.plan().times_median);
    if i128::from(here) < times * i128::from(median) {
        return None;
    }
    let message = format!(
        "本月完成投资{}万元，是前{}个月中位数{}万元的{times}倍以上",
        amount::wan(here),
        months.len(),
        amount::wan(median)
    );
    let place = now.cell(row, MONTH);
    Some(Finding::new(
        Level::Query,
        "done_month.far_beyond",
        place,
        message,
        "请核实是否集中入账或写错位数；属实的请说明原因",
    ))
}
