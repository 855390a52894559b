//! 退改单 through the whole program: each file of the sample county comes back as it was but for its marks, and what
//! the units send back is read as what they sent first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::Value as Json;
use wuzhang::collect::{self, Form, Grid, Limits, Original, Shown, SourceFile, Value};
use wuzhang::finding::Level;
use wuzhang::history::Projects;
use wuzhang::merge::Facts;
use wuzhang::package::Package;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::profile::Profile;
use wuzhang::publish::ReturnStatus;
use wuzhang::workspace::Workspace;

use crate::s003::county;

/// A run of a county with its inbox and its returns.
pub(crate) struct Month {
    pub(crate) workspace: Workspace,
    pub(crate) outcome: Outcome,
    inbox: PathBuf,
    out: PathBuf,
}

impl Month {
    pub(crate) fn of(folder: &Path, period: &str) -> Self {
        let workspace = Workspace::open(folder).expect("a workspace");
        let outcome = run(&workspace, period.parse().expect("a period"), &|_| {}).expect("a run");
        Self { inbox: folder.join("inbox").join(period), out: folder.join("out").join(period), workspace, outcome }
    }

    /// Each return with the file that it was made from, and its own bytes.
    pub(crate) fn returns(&self) -> Vec<(&wuzhang::pipeline::Return, Option<Original>, Vec<u8>)> {
        let listed = collect::list_inbox(&self.inbox).expect("an inbox");
        let originals = listed.iter().flat_map(|(name, path)| collect::originals(path, name, &Limits::default(), &[]));
        let originals: BTreeMap<String, Original> = originals.map(|one| (one.name.to_string(), one)).collect();
        let with_bytes =
            |made: &'_ wuzhang::pipeline::Return| std::fs::read(self.out.join(&made.name)).expect("a return");
        self.outcome.returns.iter().map(|made| (made, originals.get(&*made.file).cloned(), with_bytes(made))).collect()
    }
}

pub(crate) fn read(bytes: &[u8]) -> SourceFile {
    collect::read_bytes(bytes.to_vec(), "甲.xlsx", &Limits::default())
}

/// A grid without what a copy cannot keep: formulas, stated widths.
fn plain(grid: &Grid) -> Grid {
    let mut plain = grid.clone();
    plain.widths.clear();
    for cell in plain.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.formula = false;
        // What a text file says in digits is a number in its copy.
        let number = match &cell.value {
            Value::Text(text) => text.parse::<f64>().ok().filter(|_| text.len() < 16 && !text.starts_with("00")),
            _ => None,
        };
        if let Some(number) = number {
            (cell.value, cell.shown) = (Value::Number(number), Shown::Plain);
        } else if matches!(cell.shown, Shown::Decimals(_)) {
            cell.shown = Shown::Plain;
        }
    }
    plain
}

/// A sheet's part without what a mark may change.
fn unmarked(text: &str) -> String {
    let marks = [
        r#" s="\d+""#,
        r#"<c r="[A-Z]+\d+"/>"#,
        r#"<row r="\d+"></row>"#,
        r#"<legacyDrawing [^>]*/>"#,
        r#" tabSelected="[01]""#,
    ];
    marks.iter().fold(text.to_owned(), |text, mark| {
        Regex::new(mark).expect("a fixed pattern").replace_all(&text, "").into_owned()
    })
}

/// How many parts a return has as its file has them, and how many it changed; panics at a change that is none of ours.
fn compare_parts(file: &str, before: &[u8], after: &[u8]) -> (usize, usize) {
    let (before, after) =
        (Package::open(before.to_vec()).expect("a package"), Package::open(after.to_vec()).expect("a package"));
    let (mut same, mut changed) = (0, 0);
    for name in before.names() {
        let was = before.part(name).expect("a part");
        let now = after.part(name).expect("a part").unwrap_or_else(|| panic!("{file}: {name} is gone"));
        if was == Some(now) {
            same += 1;
            continue;
        }
        changed += 1;
        let text = |package: &Package| package.text(name).expect("text").expect("a part");
        let known = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"];
        let listed = ["xl/comments", "xl/drawings/vmlDrawing", "xl/worksheets/_rels/"];
        if name.starts_with("xl/worksheets/sheet") {
            assert_eq!(unmarked(&text(&before)), unmarked(&text(&after)), "{file}: {name}");
        } else {
            assert!(known.contains(&name) || listed.iter().any(|start| name.starts_with(start)), "{file}: {name}");
        }
    }
    (same, changed)
}

#[test]
fn each_file_of_the_sample_comes_back_as_it_was_but_for_its_marks() {
    for period in ["2026-05", "2026-09"] {
        let folder = tempfile::tempdir().unwrap();
        county(folder.path());
        let month = Month::of(folder.path(), period);
        let files = month.outcome.files.len();
        let (mut same, mut changed, mut spliced, mut copied, mut marks) = (0, 0, 0, 0, 0);
        let returns = month.returns();
        assert_eq!(returns.len(), files, "every file goes back");
        for (made, original, bytes) in &returns {
            let original = original.as_ref().unwrap();
            let back = read(bytes);
            let names: Vec<&str> = back.grids.iter().map(|grid| &*grid.sheet).collect();
            assert_eq!((names[0], names[names.len() - 1]), ("需修改事项", "回执"), "{}", made.file);
            let sheets = &back.grids[1..names.len() - 1];
            let first = collect::read_bytes(original.bytes.clone(), &made.file, &Limits::default());
            assert_eq!(sheets.len(), first.grids.len(), "{}", made.file);
            let expected: Vec<Grid> = first.grids.iter().map(plain).collect();
            if original.form == Form::Workbook && first.opened() {
                let (kept, other) = compare_parts(&made.file, &original.bytes, bytes);
                (same, changed, spliced) = (same + kept, changed + other, spliced + 1);
                assert_eq!(sheets, first.grids, "{}", made.file);
            } else if !first.grids.is_empty() {
                copied += 1;
                for (sheet, first) in sheets.iter().zip(&expected) {
                    let renamed = Grid { sheet: first.sheet.clone(), ..plain(sheet) };
                    assert_eq!(renamed, *first, "{}", made.file);
                }
            }
            marks +=
                Package::open(bytes.clone()).unwrap().names().filter(|name| name.starts_with("xl/comments")).count();
        }
        println!(
            "{period}: {spliced} spliced ({same} parts as they were, {changed} changed), {copied} copied, {marks} with notes"
        );
        assert!(spliced > 15 && copied > 10 && marks > 5);
    }
}

#[test]
fn run_json_and_the_folder_agree() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path());
    let month = Month::of(folder.path(), "2026-05");
    let stated: Json = serde_json::from_slice(&std::fs::read(month.out.join("run.json")).unwrap()).unwrap();
    let stated = stated["returns"].as_array().unwrap();
    let on_disk: BTreeSet<String> = std::fs::read_dir(month.out.join("returns"))
        .unwrap()
        .map(|entry| format!("returns/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    let named: BTreeSet<String> = stated.iter().map(|one| one["return"].as_str().unwrap().to_owned()).collect();
    assert_eq!((on_disk.len(), &named), (stated.len(), &on_disk));
    let of = |file: &str| stated.iter().find(|one| one["file"] == file).unwrap();
    assert_eq!(of("2026年5月县教育局项目调度.xls")["status"], "correct", "总投资“正在核算”");
    assert_eq!(of("2026年5月县教育局项目调度.xls")["unit"], "县教育局");
    assert_eq!(of("和平乡重点项目进展情况.csv")["status"], "query", "done over plan");
    assert_eq!(of("云溪镇重点项目进度(修改版).xlsx")["status"], "accepted");
    for made in &month.outcome.returns {
        let open =
            |level: Level| {
                month.outcome.findings.iter().any(|finding| {
                    finding.place.file == made.file && finding.level == level && finding.answer().is_none()
                })
            };
        let expected = match (open(Level::Error), open(Level::Query)) {
            (true, _) => ReturnStatus::Correct,
            (false, true) => ReturnStatus::Query,
            _ => ReturnStatus::Accepted,
        };
        assert_eq!(made.status, expected, "{}", made.file);
    }
    let again = run(&month.workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
    assert!(!again.committed.unwrap().is_new, "the same inputs give the same returns");
}

/// A book's rows without where they stand.
fn rows(facts: &Facts) -> BTreeSet<String> {
    let frame = wuzhang::check::in_full(&facts.frame).unwrap();
    let names: Vec<String> = frame.get_column_names().iter().map(|name| name.to_string()).collect();
    let told = |row: usize| {
        let values = names.iter().filter(|name| !["file", "sheet", "row", "sources"].contains(&name.as_str()));
        values
            .map(|name| format!("{name}={:?}", frame.column(name).unwrap().get(row).unwrap()))
            .collect::<Vec<_>>()
            .join("|")
    };
    (0..facts.height()).map(told).collect()
}

#[test]
fn an_inbox_of_nothing_but_returns_comes_to_the_same_figures() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path());
    let first = Month::of(folder.path(), "2026-05");
    let returns: Vec<(String, Vec<u8>)> =
        first.returns().into_iter().map(|(made, _, bytes)| (made.name.clone(), bytes)).collect();
    std::fs::remove_dir_all(&first.inbox).unwrap();
    std::fs::remove_dir_all(folder.path().join("ledger")).unwrap();
    for (name, bytes) in &returns {
        let path = first.inbox.join(name.strip_prefix("returns/").unwrap());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let second = Month::of(folder.path(), "2026-05");
    for (book, facts) in &first.outcome.merged.facts {
        // Which file came from whom, and whether one was a copy or a correction, is another matter.
        if book != "reports" {
            assert_eq!(rows(facts), rows(&second.outcome.merged.facts[book]), "{book}");
        }
    }
    let (was, now) = (&first.outcome.county, &second.outcome.county);
    assert_eq!(
        was.iter().map(|(_, figure)| figure.value).collect::<Vec<_>>(),
        now.iter().map(|(_, figure)| figure.value).collect::<Vec<_>>()
    );
    let profile = Profile::load(None).unwrap();
    let reads = |outcome: &Outcome| -> Vec<(String, Option<std::sync::Arc<str>>)> {
        let of_rows =
            |rule: &str| !rule.starts_with("file.") && !rule.starts_with("sheet.") && !rule.starts_with("report.");
        let projects = Projects::of(&profile, &outcome.merged);
        outcome
            .findings
            .iter()
            .filter(|finding| finding.level != Level::Info && of_rows(&finding.rule))
            .map(|finding| (finding.rule.to_string(), projects.about(finding)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    };
    assert_eq!(reads(&first.outcome), reads(&second.outcome), "the same things are asked again");
    // Returns of returns carry the two sheets once, and only this round's marks.
    for (made, _, bytes) in second.returns() {
        let names: Vec<String> = read(&bytes).grids.iter().map(|grid| grid.sheet.to_string()).collect();
        assert_eq!(
            names.iter().filter(|name| name.starts_with("需修改事项") || name.starts_with("回执")).count(),
            2,
            "{} {names:?}",
            made.file
        );
    }
}

/// A return with something written in its 说明 column, in the line of a rule.
fn explained(bytes: &[u8], rule: &str, words: &str) -> Vec<u8> {
    let grid = &read(bytes).grids[0];
    let says = |value: &Value| matches!(value, Value::Text(text) if &**text == rule);
    let row =
        grid.rows.iter().find(|row| row.cells.iter().any(|cell| says(&cell.value))).expect("the rule's line").number;
    let mut package = Package::open(bytes.to_vec()).unwrap();
    let sheets: Vec<String> =
        package.names().filter(|name| name.starts_with("xl/worksheets/sheet")).map(str::to_owned).collect();
    let cell = Regex::new(&format!(r#"<c r="G{row}" s="(\d+)"/>"#)).unwrap();
    let own = |part: &&String| {
        let text = package.text(part).unwrap().unwrap();
        text.contains("需修改事项") && cell.is_match(&text)
    };
    let part = sheets.iter().find(own).expect("the first sheet").clone();
    let text = package.text(&part).unwrap().unwrap();
    let filled = format!("<c r=\"G{row}\" s=\"$1\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    package.set_part(&part, cell.replace(&text, filled.as_str()).into_owned());
    package.save().unwrap()
}

#[test]
fn what_a_unit_explains_in_its_return_is_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    county(folder.path());
    let first = Month::of(folder.path(), "2026-05");
    let name = "县交通运输局重点项目进展情况.xlsx";
    let (_, _, bytes) = first.returns().into_iter().find(|(made, _, _)| &*made.file == name).unwrap();
    let filled = explained(&bytes, "total.mismatch", "合计含上年结转100万元");
    // It lies beside the file that it was made from, under the name that the office gave it.
    std::fs::write(first.inbox.join("县交通运输局退改单.xlsx"), &filled).unwrap();
    let second = Month::of(folder.path(), "2026-05");
    let outcome = &second.outcome;
    let of_unit: Vec<_> =
        outcome.findings.iter().filter(|finding| finding.place.file.contains("县交通运输局")).collect();
    let answered: Vec<_> =
        of_unit.iter().filter_map(|finding| Some((&*finding.rule, &*finding.answer()?.text))).collect();
    assert_eq!(answered, [("total.mismatch", "合计含上年结转100万元")]);
    let replaced: BTreeSet<&str> =
        of_unit.iter().filter(|one| &*one.rule == "report.replaced").map(|one| &*one.place.file).collect();
    assert_eq!(replaced, BTreeSet::from([name]), "the return is the later one, for each of its books");
    assert_eq!(first.outcome.merged.facts["key_projects"].height(), outcome.merged.facts["key_projects"].height());
    let sheets = &outcome.files.iter().find(|file| &*file.name == "县交通运输局退改单.xlsx").unwrap().sheets;
    let passed: Vec<_> =
        sheets.iter().filter(|sheet| sheet.of_return).map(|sheet| (&*sheet.name, sheet.reason.unwrap())).collect();
    assert_eq!(passed, [("需修改事项", "退改单"), ("回执", "回执")]);
    // And the return of that says so, with the explanation kept.
    let returns = second.returns();
    let (_, _, bytes) = returns.iter().find(|(made, _, _)| &*made.file == "县交通运输局退改单.xlsx").unwrap();
    let list = format!("{:?}", read(bytes).grids[0].rows);
    assert!(list.contains("已说明") && list.contains("合计含上年结转100万元"), "{list}");
}
