//! A packed project (打包项目) beside its parts: what both are reported of counts twice.

use std::borrow::Cow;

use super::Now;
use crate::finding::{Finding, Level};
use crate::merge::project_name_in;
use crate::text::TextMap;

/// Of a unit with more projects than this, names are not held against one another.
const MOST: usize = 500;
/// A packed project and two parts.
const FEWEST: usize = 3;
/// A name shorter than this says too little to begin others.
const SHORTEST: usize = 4;

/// A project's name as it compares, its row and its total in yuan.
type Named<'a> = (Cow<'a, str>, usize, i64);

/// Projects whose name begins those of others of their unit, whose totals make up their own.
pub(super) fn packed(now: Now) -> Vec<Finding> {
    if now.book.field("total").is_none() || !now.book.told_by.is_empty() {
        return Vec::new();
    }
    let mut units: TextMap<&str, Vec<u32>> = TextMap::default();
    let [totals, reporters, subjects] = ["total", "reporting_unit", &now.book.subject].map(|id| now.facts.cells(id));
    for (row, at) in (0..now.facts.height()).zip(0..) {
        if totals.whole(row).is_some_and(|yuan| yuan > 0) {
            units.entry(reporters.text(row).unwrap_or_default()).or_default().push(at);
        }
    }
    // The names of one unit at a time: those of all would be as many as a large month has rows.
    let in_unit = |rows: Vec<u32>| {
        let named = rows.into_iter().filter_map(|at| {
            let row = at as usize;
            Some((project_name_in(subjects.text(row).unwrap_or_default()), row, totals.whole(row)?))
        });
        let mut projects: Vec<Named> = named.collect();
        // Names that one begins stand right behind it.
        projects.sort_unstable();
        let found: Vec<Finding> = (0..projects.len()).filter_map(|at| parts_of(now, &projects, at)).collect();
        found
    };
    units.into_values().filter(|rows| (FEWEST..=MOST).contains(&rows.len())).flat_map(in_unit).collect()
}

fn parts_of(now: Now, projects: &[Named], at: usize) -> Option<Finding> {
    let (name, row, total) = &projects[at];
    let alike = projects[..at].iter().rev().take_while(|(other, ..)| other == name).count();
    let begun = || projects[at - alike..].iter().take_while(|(part, ..)| part.starts_with(&**name));
    // Itself among them.
    let sum = || begun().map(|(.., yuan)| i128::from(*yuan)).sum::<i128>();
    // Most begin no other.
    if begun().nth(FEWEST - 1).is_none() || name.chars().count() < SHORTEST || sum() != 2 * i128::from(*total) {
        return None;
    }
    let mut parts: Vec<&Named> = begun().filter(|(_, at, _)| at != row).collect();
    parts.sort_by_key(|(_, row, _)| *row);
    let named: Vec<String> = parts.iter().map(|(_, at, _)| format!("“{}”", now.subject(*at))).collect();
    let subject = now.subject(*row);
    let message =
        format!("“{subject}”与{}同时填报，总投资正好是它们之和，可能是打包项目和它的子项目", named.join("、"));
    let advice = "请核实：是打包项目的，总的和分的只报一种，以免重复统计";
    let place = now.cell(*row, &now.book.subject);
    Some(Finding::new(Level::Query, "project.packed", place, message, advice).about(subject))
}
