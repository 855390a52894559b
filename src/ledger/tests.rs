//! The ledger: what is committed comes back, whole or not at all, wherever a run is stopped.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::commit::Step;
use super::*;
use crate::check::sample;
use crate::workspace::CONFIG;

fn facts(projects: &[&'static str]) -> BTreeMap<String, Facts> {
    let book = sample::key_projects();
    let rows: Vec<_> = projects.iter().map(|name| sample::Project { name, ..sample::sound() }).collect();
    let (frame, _) = sample::frame(&book, &rows);
    BTreeMap::from([(book.id.clone(), Facts { book: book.id, frame })])
}

fn may() -> Period {
    Period::new(2026, 5).unwrap()
}

/// A workspace in a folder.
fn office(folder: &Path) -> Workspace {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(CONFIG), "county = \"云山县\"\n").unwrap();
    Workspace::open(folder).unwrap()
}

/// A record with every kind of file, told apart by `word`.
fn record<'a>(facts: &'a BTreeMap<String, Facts>, word: &str) -> Record<'a> {
    let mut record = Record::new(may(), facts);
    record.inputs = vec![Input { file: "甲.xlsx".into(), sha256: sha256(word.as_bytes()) }];
    record.keep("settings.xlsx", format!("settings {word}").into());
    record.document("排名.xlsx", format!("ranking {word}").into());
    record.state("receipts/period=2026-05.json", format!("receipts {word}").into());
    record
}

/// Every file below a folder by its name from there.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(
                    path.strip_prefix(folder).unwrap().to_string_lossy().into_owned(),
                    fs::read(&path).unwrap(),
                );
            }
        }
    }
    files
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn names(facts: &Facts) -> Vec<String> {
    (0..facts.height()).map(|row| facts.text("name", row).unwrap().to_owned()).collect()
}

#[test]
fn what_is_committed_comes_back() {
    let root = tempfile::tempdir().unwrap();
    let facts = facts(&["滨河路改造", "水厂"]);
    assert!(read_period(root.path(), "key_projects", may()).unwrap().is_none());
    commit(root.path(), may(), &facts).unwrap();
    let back = read_period(root.path(), "key_projects", may()).unwrap().unwrap();
    assert!(back.frame.equals_missing(&facts["key_projects"].frame));
    assert_eq!(back.frame.schema(), facts["key_projects"].frame.schema());
    assert!(root.path().join("book=key_projects/period=2026-05/part.parquet").is_file());
    let ledger = Ledger::at(root.path());
    assert_eq!(ledger.periods().unwrap(), [may()]);
    assert_eq!(ledger.books(may()).unwrap(), ["key_projects"]);
}

#[test]
fn the_same_run_adds_nothing_and_changes_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::of(&office(folder.path()));
    let facts = facts(&["水厂"]);
    let first = ledger.commit(&record(&facts, "一")).unwrap();
    let before = tree(folder.path());
    let again = ledger.commit(&record(&facts, "一")).unwrap();
    assert!(first.is_new && !again.is_new);
    assert_eq!((again.number, again.digest), (1, first.digest));
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_book_that_is_gone_leaves_the_period_but_not_its_earlier_run() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::at(root.path());
    commit(root.path(), may(), &facts(&["水厂"])).unwrap();
    commit(root.path(), may().previous(), &facts(&["水厂"])).unwrap();
    commit(root.path(), may(), &BTreeMap::new()).unwrap();
    assert!(read_period(root.path(), "key_projects", may()).unwrap().is_none());
    assert!(!part(root.path(), "key_projects", may()).exists());
    assert!(read_period(root.path(), "key_projects", may().previous()).unwrap().is_some());
    let first = ledger.run(may(), "1").unwrap();
    assert_eq!(names(&first.facts("key_projects").unwrap().unwrap()), ["水厂"]);
    assert_eq!(ledger.runs(may()).unwrap().len(), 2);
}

#[test]
fn a_run_rests_on_the_earlier_periods_that_stood() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::at(root.path());
    let commit = |period, names: &[&'static str]| ledger.commit(&Record::new(period, &facts(names))).unwrap();
    let april = commit(may().previous(), &["水厂"]);
    commit(may(), &["水厂"]);
    assert_eq!(ledger.current(may()).unwrap().unwrap().manifest.earlier[&may().previous()], april.digest);
    // April is corrected: May's same facts are another run, since they were reckoned on something else.
    commit(may().previous(), &["净水厂"]);
    assert!(commit(may(), &["水厂"]).is_new);
    assert!(!commit(may(), &["水厂"]).is_new);
}

/// Commits a first run, then a second one that is stopped after each step in turn: the disk as a kill would leave it.
fn stopped_at_every_step(folder: &Path) -> Vec<(Step, PathBuf)> {
    let here = folder.join("here");
    let ledger = Ledger::of(&office(&here));
    ledger.commit(&record(&facts(&["水厂"]), "旧")).unwrap();
    let stops = RefCell::new(Vec::new());
    let watch = |step: Step| {
        let there = folder.join(format!("stop-{}", stops.borrow().len()));
        copy(&here, &there);
        stops.borrow_mut().push((step, there));
    };
    ledger.commit_watched(&record(&facts(&["净水厂", "北路"]), "新"), None, &watch).unwrap();
    stops.into_inner()
}

#[test]
fn a_kill_between_any_two_steps_leaves_one_run_or_the_other_and_is_mended() {
    let folder = tempfile::tempdir().unwrap();
    let stops = stopped_at_every_step(folder.path());
    let finished = tree(&folder.path().join("here"));
    assert_eq!(stops.len(), 10, "one part: every step once");
    for (step, at) in stops {
        let ledger = Ledger::of(&Workspace::open(&at).unwrap());
        let committed = !matches!(step, Step::Cleared | Step::Staged | Step::Recorded | Step::Journalled);
        // Even before anything is mended, a period is one run's wholly.
        let read = names(&ledger.facts("key_projects", may()).unwrap().unwrap());
        assert_eq!(read.len(), if committed { 2 } else { 1 }, "{step:?}");
        ledger.recover().unwrap();
        let word = if committed { "新" } else { "旧" };
        let out = fs::read_to_string(at.join("out/2026-05/排名.xlsx")).unwrap();
        assert_eq!(out, format!("ranking {word}"), "{step:?}");
        let receipts = fs::read_to_string(at.join("ledger/receipts/period=2026-05.json")).unwrap();
        assert_eq!(receipts, format!("receipts {word}"), "{step:?}");
        let part = fs::read(part(ledger.root(), "key_projects", may())).unwrap();
        assert_eq!(names(&Facts { book: String::new(), frame: frame(part, &at).unwrap() }).len(), read.len());
        assert!(!at.join("ledger/journal.json").exists());
        // The second run of the operator comes to what an undisturbed one leaves, to the byte.
        ledger.commit(&record(&facts(&["净水厂", "北路"]), "新")).unwrap();
        assert_eq!(tree(&at).keys().collect::<Vec<_>>(), finished.keys().collect::<Vec<_>>(), "{step:?}");
        assert_eq!(tree(&at), finished, "{step:?}");
    }
}

#[test]
fn damage_is_told_where_no_whole_copy_stands_and_mended_by_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::of(&office(folder.path()));
    let facts = facts(&["水厂"]);
    ledger.commit(&record(&facts, "一")).unwrap();
    let whole = tree(folder.path());
    let run = ledger.current(may()).unwrap().unwrap();
    fs::write(run.folder.join("facts/key_projects.parquet"), "no parquet").unwrap();
    let copy = ledger.facts("key_projects", may()).unwrap().unwrap();
    assert_eq!(names(&copy), ["水厂"], "the part beside it is whole");
    fs::write(part(ledger.root(), "key_projects", may()), "nor this").unwrap();
    let told = ledger.facts("key_projects", may()).unwrap_err().to_string();
    assert!(told.contains("key_projects.parquet") && told.contains("重新运行该报告期"), "{told}");
    ledger.commit(&record(&facts, "一")).unwrap();
    assert_eq!(tree(folder.path()), whole);
}

#[test]
fn a_manifest_that_does_not_match_is_told_and_the_other_runs_stay_readable() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::of(&office(folder.path()));
    let (one, other) = (facts(&["水厂"]), facts(&["北路"]));
    ledger.commit(&record(&one, "一")).unwrap();
    ledger.commit(&record(&other, "二")).unwrap();
    let path = ledger.current(may()).unwrap().unwrap().folder.join(MANIFEST);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"key_projects\": 1", "\"key_projects\": 2")).unwrap();
    let told = ledger.current(may()).unwrap_err();
    assert!(matches!(told, LedgerError::Damaged { .. }), "{told}");
    assert_eq!(names(&ledger.run(may(), "1").unwrap().facts("key_projects").unwrap().unwrap()), ["水厂"]);
    let list = ledger.runs(may()).unwrap();
    assert!(list[0].is_ok() && list[1].is_err());
    // The list itself: a run puts it together again from the records.
    fs::write(folder.path().join("ledger/runs/period=2026-05/current.json"), "{").unwrap();
    assert!(ledger.current(may()).is_err());
    fs::write(&path, text).unwrap();
    let again = ledger.commit(&record(&other, "二")).unwrap();
    assert_eq!((again.number, again.is_new), (2, false));
}

#[test]
fn a_ledger_of_a_newer_program_is_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::of(&office(folder.path()));
    let facts = facts(&["水厂"]);
    ledger.commit(&record(&facts, "一")).unwrap();
    fs::write(ledger.root().join(LEDGER), "{\"format\": 3, \"kept\": \"otherwise\"}").unwrap();
    let before = tree(folder.path());
    for told in [
        ledger.commit(&record(&facts, "二")).map(drop).unwrap_err(),
        ledger.facts("key_projects", may()).map(drop).unwrap_err(),
        ledger.recover().unwrap_err(),
    ] {
        assert!(matches!(told, LedgerError::Newer { found: 3, known: FORMAT, .. }), "{told}");
        assert!(told.to_string().contains("升级程序"), "{told}");
    }
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_ledger_without_runs_is_read_as_before() {
    let root = tempfile::tempdir().unwrap();
    let path = part(root.path(), "key_projects", may());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, parquet(&facts(&["水厂"])["key_projects"].frame, &path).unwrap()).unwrap();
    let ledger = Ledger::at(root.path());
    assert_eq!(names(&ledger.facts("key_projects", may()).unwrap().unwrap()), ["水厂"]);
    assert_eq!(ledger.books(may()).unwrap(), ["key_projects"]);
    assert!(matches!(ledger.run(may(), "1"), Err(LedgerError::NoRun(_))));
    fs::write(&path, "no parquet").unwrap();
    let error = ledger.facts("key_projects", may()).unwrap_err();
    assert!(error.to_string().contains("part.parquet"), "{error}");
}

#[test]
fn a_run_is_asked_for_by_number_name_or_digest() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::at(root.path());
    let one = ledger.commit(&Record::new(may(), &facts(&["水厂"]))).unwrap();
    let two = ledger.commit(&Record::new(may(), &facts(&["北路"]))).unwrap();
    let digest = |given: &str| ledger.run(may(), given).map(|run| run.digest);
    assert_eq!(digest("1").unwrap(), one.digest);
    assert_eq!(digest(&two.digest[..8]).unwrap(), two.digest);
    assert_eq!(digest(&ledger.run(may(), "2").unwrap().name()).unwrap(), two.digest);
    let told = digest("7").unwrap_err().to_string();
    assert!(told.contains("2-") && told.contains("第 7 次"), "{told}");
}

#[test]
fn a_diff_says_what_changed_and_which_file_brought_it() {
    let root = tempfile::tempdir().unwrap();
    let ledger = Ledger::at(root.path());
    let project = |name: &'static str, done| sample::Project { name, done: Some(done), ..sample::sound() };
    let facts = |rows: &[sample::Project]| {
        let book = sample::key_projects();
        let (frame, _) = sample::frame(&book, rows);
        BTreeMap::from([(book.id.clone(), Facts { book: book.id, frame })])
    };
    let row = |group: &str, place, value: &str| RecordedRow {
        group: group.into(),
        place: Some(place),
        grade: None,
        figures: vec![RecordedFigure {
            measure: "completion".into(),
            numerator: None,
            denominator: None,
            value: Some(value.into()),
        }],
    };
    let places = |rows| {
        places_file(&[RecordedRanking {
            id: "towns".into(), book: "key_projects".into(), title: "乡镇".into(), rows
        }])
    };
    let input = |file: &str, text: &str| Input { file: file.into(), sha256: sha256(text.as_bytes()) };

    let (old, new) =
        (facts(&[project("水厂", 500), project("北路", 100)]), facts(&[project("水厂", 700), project("南桥", 50)]));
    let mut record = Record::new(may(), &old);
    record.inputs = vec![input("甲.xlsx", "旧"), input("乙.xlsx", "同")];
    record.keep("settings.xlsx", "旧".into());
    record.keep(PLACES, places(vec![row("城关镇", 1, "1/2"), row("东乡", 2, "1/3")]));
    ledger.commit(&record).unwrap();
    let mut record = Record::new(may(), &new);
    record.inputs = vec![input("甲.xlsx", "新"), input("乙.xlsx", "同"), input("丙.xlsx", "又")];
    record.keep("settings.xlsx", "新".into());
    record.keep(PLACES, places(vec![row("东乡", 1, "1/3"), row("城关镇", 2, "1/4")]));
    ledger.commit(&record).unwrap();

    let found = diff(&ledger.run(may(), "1").unwrap(), &ledger.run(may(), "2").unwrap()).unwrap();
    let files: Vec<_> = found.files.iter().map(|change| (change.file.as_str(), change.became)).collect();
    assert_eq!(files, [("丙.xlsx", Became::New), ("甲.xlsx", Became::Changed)]);
    assert_eq!(found.others, ["settings.xlsx"]);
    let named = |rows: &[RowAt]| rows.iter().map(|row| row.texts["name"].clone()).collect::<Vec<_>>();
    assert_eq!((named(&found.added), named(&found.gone)), (vec!["南桥".to_owned()], vec!["北路".to_owned()]));
    let done: Vec<_> = found.values.iter().filter(|change| change.column == "done").collect();
    assert_eq!(done.len(), 1);
    assert_eq!((&done[0].before, &done[0].after), (&Value::Whole(5_000_000), &Value::Whole(7_000_000)));
    assert_eq!(done[0].at.became, Some(Became::Changed), "the sample's rows stand in 甲.xlsx");
    let moved: Vec<_> = found
        .places
        .iter()
        .map(|change| {
            let place = |row: &Option<RecordedRow>| row.as_ref().and_then(|row| row.place);
            (change.group.as_str(), place(&change.before), place(&change.after), change.figures().len())
        })
        .collect();
    assert_eq!(moved, [("东乡", Some(2), Some(1), 0), ("城关镇", Some(1), Some(2), 1)]);
    let same = ledger.run(may(), "2").unwrap();
    assert_eq!(diff(&same, &same).unwrap(), RunDiff::default());
}
