//! A packed project (打包项目) beside its parts: what both are reported of counts twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Now;
use crate::finding::{Finding, Level};
use crate::merge::project_name_in;

/// Of a unit with more projects than this, names are not held against one another.
const MOST: usize = 500;
/// A name shorter than this says too little to begin others.
const SHORTEST: usize = 4;

/// A project's name as it compares, its row and its total in yuan.
type Named<'a> = (Cow<'a, str>, usize, i64);

/// Projects whose name begins those of others of their unit, whose totals make up their own.
pub(super) fn packed(now: Now) -> Vec<Finding> {
    if now.book.field("total").is_none() || !now.book.told_by.is_empty() {
        return Vec::new();
    }
    let mut units: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
    let [totals, reporters, subjects] = ["total", "reporting_unit", &now.book.subject].map(|id| now.facts.cells(id));
    for row in 0..now.facts.height() {
        let Some(total) = totals.whole(row).filter(|yuan| *yuan > 0) else { continue };
        let name = project_name_in(subjects.text(row).unwrap_or_default());
        units.entry(reporters.text(row).unwrap_or_default()).or_default().push((name, row, total));
    }
    let mut small: Vec<Vec<Named>> = units.into_values().filter(|projects| projects.len() <= MOST).collect();
    // Names that one begins stand right behind it.
    small.iter_mut().for_each(|projects| projects.sort());
    small.iter().flat_map(|projects| (0..projects.len()).filter_map(|at| parts_of(now, projects, at))).collect()
}

fn parts_of(now: Now, projects: &[Named], at: usize) -> Option<Finding> {
    let (name, row, total) = &projects[at];
    let first = projects.partition_point(|(part, _, _)| part < name);
    let begun = projects[first..].iter().take_while(|(part, _, _)| part.starts_with(&**name));
    let mut parts: Vec<&Named> = begun.filter(|(_, at, _)| at != row).collect();
    parts.sort_by_key(|(_, row, _)| *row);
    let sum: i128 = parts.iter().map(|(_, _, yuan)| i128::from(*yuan)).sum();
    if name.chars().count() < SHORTEST || parts.len() < 2 || sum != i128::from(*total) {
        return None;
    }
    let named: Vec<String> = parts.iter().map(|(_, at, _)| format!("“{}”", now.subject(*at))).collect();
    let subject = now.subject(*row);
    let message =
        format!("“{subject}”与{}同时填报，总投资正好是它们之和，可能是打包项目和它的子项目", named.join("、"));
    let advice = "请核实：是打包项目的，总的和分的只报一种，以免重复统计";
    let place = now.cell(*row, &now.book.subject);
    Some(Finding::new(Level::Query, "project.packed", place, message, advice).about(subject))
}
