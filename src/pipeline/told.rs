//! All findings of a month in one list, each told once.

use std::collections::{BTreeMap, BTreeSet};

use super::TakenFile;
use crate::check::CheckOutcome;
use crate::finding::{Finding, Level, Place};
use crate::merge::Merged;

/// What reading, merging and checking found, by place; it stands nowhere else then: there may be half a million.
pub(super) fn all(
    read: Vec<Finding>,
    files: &mut [TakenFile],
    merged: &mut Merged,
    checks: &mut BTreeMap<String, CheckOutcome>,
) -> Vec<Finding> {
    let of_files = files.iter_mut().map(|file| &mut file.findings);
    let of_books = checks.values_mut().map(|check| &mut check.findings);
    let mut lists: Vec<Vec<Finding>> =
        of_files.chain([&mut merged.findings]).chain(of_books).map(std::mem::take).collect();
    lists.push(read);
    // The longest takes the others, and each is let go of as it is taken.
    lists.sort_by_key(Vec::len);
    let mut findings = lists.pop().unwrap_or_default();
    findings.reserve_exact(lists.iter().map(Vec::len).sum());
    lists.into_iter().for_each(|mut list| findings.append(&mut list));
    findings.sort_unstable();
    findings.dedup();
    told_once(&mut findings);
    findings
}

/// Leaves out what another finding says better: that a sheet lacks a required column, where merging
/// tells it with the rows it cost; that a cell is empty, where reading tells why nothing was taken from it.
fn told_once(findings: &mut Vec<Finding>) {
    let sheet = |finding: &Finding| finding.place.whole_sheet();
    let costly: BTreeSet<Place> =
        findings.iter().filter(|finding| &*finding.rule == "column.required").map(sheet).collect();
    let only_empty = |finding: &Finding| finding.rule.ends_with(".missing") && &*finding.rule != "subject.missing";
    let is_unread = |one: &&Finding| one.level == Level::Error && one.place.column().is_some() && !only_empty(one);
    let unread: BTreeSet<&Place> = findings.iter().filter(is_unread).map(|finding| &finding.place).collect();
    let is_better_said = |finding: &Finding| match &*finding.rule {
        "column.missing" => costly.contains(&sheet(finding)),
        _ => only_empty(finding) && unread.contains(&finding.place),
    };
    let mut better_said = findings.iter().map(is_better_said).collect::<Vec<bool>>().into_iter();
    findings.retain(|_| !better_said.next().unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_twice() {
        let sheet = Place::sheet(&"甲.xlsx".into(), &"表".into());
        let cell = |row: u32| sheet.clone().at_row(row).at_column(6).of_field("plan");
        let find = |level, rule: &str, place: Place| Finding::new(level, rule, place, "", "");
        let mut findings = vec![
            find(Level::Error, "amount.unreadable", cell(5)),
            find(Level::Error, "plan.missing", cell(5)),
            find(Level::Error, "plan.missing", cell(6)),
            find(Level::Error, "subject.missing", cell(5)),
            find(Level::Error, "column.missing", sheet.clone()),
            find(Level::Error, "column.missing", Place::sheet(&"甲.xlsx".into(), &"另一张".into())),
            find(Level::Error, "column.required", sheet.clone()),
        ];
        told_once(&mut findings);
        let left: Vec<_> = findings.iter().map(|finding| (&*finding.rule, finding.place.row())).collect();
        let expected = [
            ("amount.unreadable", Some(5)),
            ("plan.missing", Some(6)),
            ("subject.missing", Some(5)),
            ("column.missing", None),
            ("column.required", None),
        ];
        assert_eq!(left, expected);
    }

    #[test]
    fn all_stand_in_one_list_by_place() {
        let find =
            |row| Finding::new(Level::Query, "done.over_plan", Place::file(&"甲.xlsx".into()).at_row(row), "", "");
        let check = CheckOutcome { findings: vec![find(9), find(2), find(5)], rules: Vec::new() };
        let mut checks = BTreeMap::from([("key_projects".to_owned(), check)]);
        let mut merged = Merged { findings: vec![find(5), find(1)], ..Merged::default() };
        let told = all(vec![find(7)], &mut [], &mut merged, &mut checks);
        let rows: Vec<_> = told.iter().filter_map(|finding| finding.place.row()).collect();
        assert_eq!(rows, [1, 2, 5, 7, 9]);
        assert!(merged.findings.is_empty() && checks["key_projects"].findings.is_empty());
    }
}
