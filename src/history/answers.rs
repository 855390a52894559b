//! Explanations that the office accepts, put to the findings that they explain.
//!
//! They come from the settings sheet 核实说明 and from returns that departments send back with their 说明
//! column filled in ([`Returned`]). An explained finding stays listed, counted apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Returned;
use crate::finding::{Answer, Finding, Level, Place};
use crate::merge::{Merged, project_name};
use crate::period::Period;
use crate::profile::Profile;
use crate::settings::{Explanation, Settings};
use crate::text::canonical;

/// The projects that rows of a sheet are about, as far as they are known.
type NamesByRow = HashMap<i64, Option<Arc<str>>>;

/// Names the project of every finding that points to a merged row.
pub fn name_projects(findings: &mut [Finding], profile: &Profile, merged: &Merged) {
    let nameless = |one: &Finding| one.project.is_none() && one.place.row.is_some();
    let rows: Vec<Place> = findings.iter().filter(|one| nameless(one)).map(|one| one.place.clone()).collect();
    let mut wanted: HashMap<(&str, &str), NamesByRow> = HashMap::new();
    for place in &rows {
        let (sheet, row) = spot(place);
        wanted.entry(sheet).or_default().insert(row, None);
    }
    for (id, facts) in &merged.facts {
        let Some(book) = profile.book(id) else { continue };
        let (file, sheet, subject) = (facts.cells("file"), facts.cells("sheet"), facts.cells(&book.subject));
        let (numbers, height) = (facts.cells("row"), facts.height());
        let stands = |row: usize| (file.text(row).unwrap_or_default(), sheet.text(row).unwrap_or_default());
        let mut row = 0;
        // Rows of a sheet mostly follow one another, so that it is looked up once for them.
        while row < height {
            let sheet = stands(row);
            let end = (row + 1..height).find(|row| stands(*row) != sheet).unwrap_or(height);
            if let Some(of_sheet) = wanted.get_mut(&sheet) {
                for row in row..end {
                    if let Some(name) = of_sheet.get_mut(&numbers.whole(row).unwrap_or_default()) {
                        *name = subject.text(row).map(Into::into);
                    }
                }
            }
            row = end;
        }
    }
    for finding in findings.iter_mut().filter(|one| nameless(one)) {
        let (sheet, row) = spot(&finding.place);
        finding.project = wanted.get(&sheet).and_then(|of_sheet| of_sheet.get(&row)).cloned().flatten();
    }
}

/// The sheet of a place, by file and name, and its row.
fn spot(place: &Place) -> ((&str, &str), i64) {
    ((&place.file, place.sheet.as_deref().unwrap_or_default()), place.row.map_or(0, i64::from))
}

/// Puts the explanations in force to the findings; those that explain nothing, or what must be mended, are told.
pub fn answer(
    findings: &mut Vec<Finding>,
    returned: &[Returned],
    (settings, profile, merged): (&Settings, &Profile, &Merged),
    period: Period,
) {
    let explanations: Vec<&Explanation> = settings.explanations.iter().filter(|one| one.holds(period)).collect();
    let mut by_rule: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        by_rule.entry(finding.rule.to_string()).or_default().push(at);
    }
    let mut told = Vec::new();
    for one in explanations {
        let names = names_of(one, profile, merged);
        let about =
            |finding: &Finding| finding.project.as_deref().is_some_and(|name| names.contains(&project_name(name)));
        let answer = Answer { text: one.text.as_str().into(), from: one.place.in_words().into() };
        let explained = explain(findings, by_rule.get(&one.rule), &about, &answer);
        told.extend(explained.told(&one.place, &format!("“{}”的说明（{}）", one.project, one.rule), Level::Note));
    }
    for one in returned {
        let same_name = |name: &str| one.project.as_deref().is_some_and(|own| project_name(own) == project_name(name));
        let same_words =
            |finding: &Finding| one.problem.as_ref().is_some_and(|problem| *problem == canonical(&finding.message));
        let about = |finding: &Finding| match (&one.project, &finding.project) {
            (Some(_), Some(name)) => same_name(name),
            _ => same_words(finding),
        };
        let answer = Answer { text: one.text.as_str().into(), from: one.place.in_words().into() };
        let explained = explain(findings, by_rule.get(&one.rule), &about, &answer);
        told.extend(explained.told(&one.place, &format!("退回的说明（{}）", one.rule), Level::Info));
    }
    findings.extend(told);
    findings.sort();
}

/// How many findings an explanation was put to, and how many it could not be.
#[derive(Default)]
struct Explained {
    answered: usize,
    refused: usize,
}

impl Explained {
    /// What is to be told of an explanation that did not do what it was meant to.
    fn told(&self, place: &Place, what: &str, unused: Level) -> Option<Finding> {
        if self.refused > 0 {
            let message = format!("{what}：这是强制性问题，须由单位改正，不能以说明代替");
            let advice = "请退回单位改正；查实须由本单位改的，写在“更正”表";
            return Some(Finding::new(Level::Query, "answer.refused", place.clone(), message, advice));
        }
        let message = format!("{what}：本期没有这个问题");
        let advice = "问题已经消除的，可以写上有效期或删去这项说明";
        (self.answered == 0).then(|| Finding::new(unused, "answer.unused", place.clone(), message, advice))
    }
}

fn explain(
    findings: &mut [Finding],
    of_rule: Option<&Vec<usize>>,
    about: &dyn Fn(&Finding) -> bool,
    answer: &Answer,
) -> Explained {
    let mut explained = Explained::default();
    for &at in of_rule.into_iter().flatten() {
        let finding = &mut findings[at];
        match finding.level {
            _ if !about(finding) => {}
            Level::Error => explained.refused += 1,
            _ => {
                explained.answered += 1;
                finding.answer.get_or_insert_with(|| answer.clone());
            }
        }
    }
    explained
}

/// The names that an explanation's project goes by in the period.
fn names_of(one: &Explanation, profile: &Profile, merged: &Merged) -> BTreeSet<String> {
    let mut names = BTreeSet::from([project_name(&one.project)]);
    let (Some(code), Some(book), Some(facts)) = (&one.code, profile.book(&one.book), merged.facts.get(&one.book))
    else {
        return names;
    };
    let coded = (0..facts.height()).filter(|&row| facts.text("code", row) == Some(code));
    names.extend(coded.filter_map(|row| facts.text(&book.subject, row)).map(project_name));
    names
}
