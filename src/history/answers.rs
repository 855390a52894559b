//! Explanations that the office accepts, put to the findings that they explain.
//!
//! They come from the settings sheet 核实说明 and from returns that departments send back with their 说明
//! column filled in ([`Returned`]). An explained finding stays listed, counted apart.

use std::collections::{BTreeMap, BTreeSet};

use super::{Projects, Returned};
use crate::finding::{Answer, Finding, Level, Place};
use crate::merge::{Merged, project_name};
use crate::period::Period;
use crate::profile::Profile;
use crate::settings::{Explanation, Settings};
use crate::text::label;

/// Puts the explanations in force to the findings; those that explain nothing, or what must be mended, are told.
pub fn answer(
    findings: &mut Vec<Finding>,
    returned: &[Returned],
    (settings, profile, merged): (&Settings, &Profile, &Merged),
    period: Period,
) {
    let explanations: Vec<&Explanation> = settings.explanations.iter().filter(|one| one.holds(period)).collect();
    let rules = explanations.iter().map(|one| one.rule.as_str()).chain(returned.iter().map(|one| one.rule.as_str()));
    let mut by_rule: BTreeMap<&str, Vec<Asked>> = rules.map(|rule| (rule, Vec::new())).collect();
    if by_rule.is_empty() {
        return;
    }
    let projects = Projects::of(profile, merged);
    for (at, finding) in findings.iter().enumerate() {
        if let Some(of_rule) = by_rule.get_mut(&*finding.rule) {
            of_rule.push(Asked { at, project: projects.about(finding).map(|name| project_name(&name)) });
        }
    }
    let mut told = Vec::new();
    for one in explanations {
        let names = names_of(one, profile, merged);
        let about = |asked: &Asked, _: &Finding| asked.project.as_ref().is_some_and(|name| names.contains(name));
        let answer = Answer { text: one.text.as_str().into(), from: one.place.in_words().into() };
        let explained = explain(findings, by_rule.get(&*one.rule), &about, &answer);
        told.extend(explained.told(&one.place, &format!("“{}”的说明（{}）", one.project, one.rule), Level::Note));
    }
    for one in returned {
        let own = one.project.as_deref().map(project_name);
        // Departments change marks, and an earlier version may have written others.
        let problem = one.problem.as_deref().map(label);
        let same_words =
            |finding: &Finding| problem.as_ref().is_some_and(|problem| *problem == label(&finding.message));
        let about = |asked: &Asked, finding: &Finding| match (&own, &asked.project) {
            (Some(own), Some(name)) => own == name,
            _ => same_words(finding),
        };
        let answer = Answer { text: one.text.as_str().into(), from: one.place.in_words().into() };
        let explained = explain(findings, by_rule.get(&*one.rule), &about, &answer);
        told.extend(explained.told(&one.place, &format!("退回的说明（{}）", one.rule), Level::Info));
    }
    findings.extend(told);
    findings.sort_unstable();
}

/// A finding of a rule that something explains: where it stands, and its project by the name as it compares.
struct Asked {
    at: usize,
    project: Option<String>,
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
    of_rule: Option<&Vec<Asked>>,
    about: &dyn Fn(&Asked, &Finding) -> bool,
    answer: &Answer,
) -> Explained {
    let mut explained = Explained::default();
    for asked in of_rule.into_iter().flatten() {
        let finding = &mut findings[asked.at];
        match finding.level {
            _ if !about(asked, finding) => {}
            Level::Error => explained.refused += 1,
            _ => {
                explained.answered += 1;
                finding.explain(answer);
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
