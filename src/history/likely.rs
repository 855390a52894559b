//! Who may be whom: a project that is gone and one that is new, with what speaks for their being one.
//!
//! Nothing is joined on likeness: each is a finding with its evidence, and the office decides in 认定.

use std::collections::BTreeSet;

use super::Now;
use super::presence::{Coming, Gone};
use crate::finding::{Finding, Level};
use crate::merge::{Facts, project_name};
use crate::profile::{Field, Kind};

/// Of more projects than this no sums are tried.
const SUMMED: usize = 8;

/// What may belong together, and which of the gone and the new that accounts for.
#[derive(Debug, Default)]
pub(super) struct Likely {
    pub(super) findings: Vec<Finding>,
    /// By their place among the gone.
    pub(super) gone: BTreeSet<usize>,
    /// By their place among the new.
    pub(super) new: BTreeSet<usize>,
}

/// Renames, splits and joins among the gone and the new of a book.
pub(super) fn likely(now: Now, coming: &Coming) -> Likely {
    let mut likely = Likely::default();
    renames(now, coming, &mut likely);
    for (at, gone) in coming.gone.iter().enumerate() {
        if !likely.gone.contains(&at) {
            split(now, coming, (at, gone), &mut likely);
        }
    }
    for (at, &row) in coming.new.iter().enumerate() {
        if !likely.new.contains(&at) {
            joined(now, coming, (at, row), &mut likely);
        }
    }
    likely
}

/// What two rows have in common.
struct Evidence {
    /// How alike the names are, 0 to 100.
    likeness: u32,
    /// Titles of amounts that agree.
    amounts: Vec<String>,
    /// Titles of dates and texts that agree.
    others: Vec<String>,
}

impl Evidence {
    fn of(now: Now, gone: &Gone, row: usize) -> Self {
        let agrees = |field: &&Field| same(field, gone.facts, gone.row, now.facts, row);
        let telling = |field: &&Field| match field.kind {
            Kind::Amount => true,
            Kind::Date => true,
            _ => ["town", "unit", "owner", "scale", "investor", "years"].contains(&field.id.as_str()),
        };
        let (amounts, others): (Vec<&Field>, Vec<&Field>) =
            now.book.fields.iter().filter(telling).filter(agrees).partition(|field| field.kind == Kind::Amount);
        let titles = |fields: Vec<&Field>| fields.iter().map(|field| field.title.clone()).collect();
        Self { likeness: likeness(gone.name(now), now.subject(row)), amounts: titles(amounts), others: titles(others) }
    }

    /// Whether that is enough to ask.
    fn speaks(&self, least: u32) -> bool {
        let named = self.likeness >= least && !self.amounts.is_empty();
        named || (self.amounts.len() >= 2 && self.amounts.len() + self.others.len() >= 4)
    }

    fn weight(&self) -> u32 {
        self.likeness + 40 * self.amounts.len() as u32 + 10 * self.others.len() as u32
    }

    fn in_words(&self) -> String {
        let same: Vec<&str> = self.amounts.iter().chain(&self.others).map(String::as_str).collect();
        format!("{}相同，名称相似度{}%", same.join("、"), self.likeness)
    }
}

/// How alike two names are, 0 to 100; a name within the other is as alike as can be asked for.
fn likeness(a: &str, b: &str) -> u32 {
    let (a, b) = (project_name(a), project_name(b));
    if a.chars().count().min(b.chars().count()) >= 4 && (a.contains(&b) || b.contains(&a)) {
        return 90;
    }
    (strsim::normalized_levenshtein(&a, &b) * 100.0) as u32
}

/// Whether two rows give a field the same value; nothing and 0 say nothing.
fn same(field: &Field, a: &Facts, a_row: usize, b: &Facts, b_row: usize) -> bool {
    match field.kind {
        Kind::Amount | Kind::Count => {
            matches!((a.whole(&field.id, a_row), b.whole(&field.id, b_row)), (Some(a), Some(b)) if a == b && a != 0)
        }
        Kind::Rate | Kind::Number => false,
        Kind::Date | Kind::Choice | Kind::Text => {
            matches!((a.text(&field.id, a_row), b.text(&field.id, b_row)), (Some(a), Some(b)) if a == b)
        }
    }
}

/// One gone and one new that may be one, the likeliest first.
fn renames(now: Now, coming: &Coming, likely: &mut Likely) {
    let mut pairs = Vec::new();
    for (g, gone) in coming.gone.iter().enumerate() {
        for (n, &row) in coming.new.iter().enumerate().filter(|(_, row)| gone.near(now, **row)) {
            let evidence = Evidence::of(now, gone, row);
            if evidence.speaks(now.plan().likeness) {
                pairs.push((std::cmp::Reverse(evidence.weight()), g, n, evidence));
            }
        }
    }
    pairs.sort_by_key(|(weight, g, n, _)| (*weight, *g, *n));
    for (_, g, n, evidence) in pairs {
        if likely.gone.contains(&g) || likely.new.contains(&n) {
            continue;
        }
        likely.gone.insert(g);
        likely.new.insert(n);
        let (gone, row) = (&coming.gone[g], coming.new[n]);
        let (old, new) = (gone.name(now), now.subject(row));
        let message = format!(
            "{}的“{old}”本期没有，本期新报的“{new}”可能就是它：{}",
            gone.period.in_words(),
            evidence.in_words()
        );
        let advice =
            format!("是改了名称的，请在设置表“认定”登记：原名称“{old}”、现名称“{new}”、关系“更名”；不是的，请分别说明");
        let place = now.cell(row, &now.book.subject);
        likely.findings.push(Finding::new(Level::Query, "project.renamed", place, message, advice).about(new));
    }
}

/// The amount by which parts are held against a whole.
fn summed(facts: &Facts, row: usize) -> Option<i64> {
    ["total", "plan", "contract"].iter().find_map(|field| facts.whole(field, row)).filter(|yuan| *yuan > 0)
}

/// A gone project whose total the new ones of its unit make up.
fn split(now: Now, coming: &Coming, (at, gone): (usize, &Gone), likely: &mut Likely) {
    let Some(whole) = summed(gone.facts, gone.row) else { return };
    let part = |(n, row): (usize, &usize)| {
        let is_part =
            !likely.new.contains(&n) && gone.near(now, *row) && likeness(gone.name(now), now.subject(*row)) >= 30;
        Some((n, summed(now.facts, *row).filter(|_| is_part)?))
    };
    let parts: Vec<(usize, i64)> = coming.new.iter().enumerate().filter_map(part).collect();
    let Some(parts) = making_up(whole, &parts) else { return };
    likely.gone.insert(at);
    likely.new.extend(&parts);
    let names: Vec<String> = parts.iter().map(|&n| format!("“{}”", now.subject(coming.new[n]))).collect();
    let message = format!(
        "{}的“{}”本期没有，本期新报的{}投资额之和与它相同，可能是拆分",
        gone.period.in_words(),
        gone.name(now),
        names.join("、")
    );
    let place = now.cell(coming.new[parts[0]], &now.book.subject);
    let advice = "是拆分的，请在设置表“认定”逐个登记，关系写“拆分”；不是的，请分别说明";
    likely.findings.push(Finding::new(Level::Query, "project.split", place, message, advice).about(gone.name(now)));
}

/// A new project whose total gone ones of its unit make up.
fn joined(now: Now, coming: &Coming, (at, row): (usize, usize), likely: &mut Likely) {
    let Some(whole) = summed(now.facts, row) else { return };
    let part = |(g, gone): (usize, &Gone)| {
        let is_part =
            !likely.gone.contains(&g) && gone.near(now, row) && likeness(gone.name(now), now.subject(row)) >= 30;
        Some((g, summed(gone.facts, gone.row).filter(|_| is_part)?))
    };
    let parts: Vec<(usize, i64)> = coming.gone.iter().enumerate().filter_map(part).collect();
    let Some(parts) = making_up(whole, &parts) else { return };
    likely.new.insert(at);
    likely.gone.extend(&parts);
    let names: Vec<String> = parts.iter().map(|&g| format!("“{}”", coming.gone[g].name(now))).collect();
    let message = format!(
        "以前报的{}本期没有，本期新报的“{}”投资额与它们之和相同，可能是合并（打包）",
        names.join("、"),
        now.subject(row)
    );
    let place = now.cell(row, &now.book.subject);
    let advice = "是合并的，请在设置表“认定”逐个登记，关系写“合并”；不是的，请分别说明";
    likely.findings.push(Finding::new(Level::Query, "project.joined", place, message, advice).about(now.subject(row)));
}

/// The first two or more of some amounts that make up a whole.
fn making_up(whole: i64, parts: &[(usize, i64)]) -> Option<Vec<usize>> {
    if !(2..=SUMMED).contains(&parts.len()) {
        return None;
    }
    let chosen =
        |mask: usize| parts.iter().enumerate().filter(move |(at, _)| mask & (1 << at) != 0).map(|(_, part)| *part);
    let mut masks: Vec<usize> = (1..1 << parts.len()).filter(|mask: &usize| mask.count_ones() >= 2).collect();
    // The most parts first: of a project in three parts two would not make it up.
    masks.sort_by_key(|mask| (std::cmp::Reverse(mask.count_ones()), *mask));
    let mask = masks
        .into_iter()
        .find(|mask| chosen(*mask).map(|(_, yuan)| i128::from(yuan)).sum::<i128>() == i128::from(whole))?;
    Some(chosen(mask).map(|(at, _)| at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_a_whole_or_not() {
        assert_eq!(making_up(100, &[(3, 40), (5, 60), (9, 7)]), Some(vec![3, 5]));
        assert_eq!(making_up(100, &[(3, 40), (5, 50), (9, 10)]), Some(vec![3, 5, 9]));
        assert_eq!(making_up(100, &[(3, 100)]), None, "one is a rename");
        assert_eq!(making_up(100, &[(3, 40), (5, 61)]), None);
    }

    #[test]
    fn names_are_alike_whatever_their_marks() {
        assert_eq!(likeness("★污水处理厂扩建", "污水处理厂扩建工程"), 90);
        assert!(likeness("农贸市场改造", "城北农贸市场提升改造项目") >= 50);
        assert!(likeness("柳河大桥", "文化中心") < 30);
    }
}
