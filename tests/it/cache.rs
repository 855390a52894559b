//! What was read in earlier runs changes no byte of a run: neither where it stands, nor damaged, nor in part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wuzhang::period::Period;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::{CacheFolder, Workspace};

use crate::s003::county;
use crate::trees::tree;

/// How many files of the month lie in the inbox: enough for several formats, a mail and an archive among them.
const FILES: usize = 12;

fn may() -> Period {
    "2026-05".parse().unwrap()
}

/// The sample county with some of a month's files.
fn some_of_a_month(folder: &Path) -> Workspace {
    let workspace = county(folder);
    let files: Vec<PathBuf> =
        tree(&workspace.inbox(may())).into_keys().map(|name| workspace.inbox(may()).join(name)).collect();
    assert!(files.len() > FILES, "{}", files.len());
    for file in &files[FILES..] {
        fs::remove_file(file).unwrap();
    }
    workspace
}

/// What a run makes from nothing but the inbox and, maybe, the cache.
fn made(workspace: &Workspace) -> (Outcome, BTreeMap<String, Vec<u8>>) {
    for folder in ["out", "ledger"] {
        let _ = fs::remove_dir_all(workspace.root.join(folder));
    }
    let outcome = run(workspace, may(), &|_| {}).unwrap();
    let mut files = tree(&workspace.root.join("out"));
    files.extend(tree(&workspace.root.join("ledger")));
    (outcome, files)
}

fn without(workspace: &Workspace) -> Workspace {
    let mut without = workspace.clone();
    without.cache = None;
    without
}

fn entries(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    tree(&workspace.cache.as_ref().unwrap().path)
}

#[track_caller]
fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

#[test]
fn what_was_read_before_gives_the_same_bytes_whole_damaged_or_outdated() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = some_of_a_month(folder.path());
    let (_, plain) = made(&without(&workspace));
    assert!(!workspace.cache.as_ref().unwrap().path.exists(), "a run without a cache keeps nothing");
    same(&made(&workspace).1, &plain);
    let kept = entries(&workspace);
    assert!(kept.len() >= FILES / 2, "{}", kept.len());
    same(&made(&workspace).1, &plain);
    assert_eq!(entries(&workspace), kept, "everything was known, nothing is added");

    // Every entry damaged in its own way: cut, turned in one bit, emptied.
    for (at, (name, bytes)) in kept.iter().enumerate() {
        let mut bent = bytes.clone();
        match at % 3 {
            0 => bent.truncate(bytes.len() / 2),
            1 => bent[bytes.len() / 2] ^= 1,
            _ => bent.clear(),
        }
        fs::write(workspace.cache.as_ref().unwrap().path.join(name), bent).unwrap();
    }
    same(&made(&workspace).1, &plain);
    assert_eq!(entries(&workspace), kept, "made again");

    // What reading depends on has changed: none of it counts any more.
    let mut narrower = workspace.clone();
    narrower.limits.cells -= 1;
    same(&made(&narrower).1, &plain);
    assert_eq!(entries(&workspace).len(), kept.len() * 2);
}

#[test]
fn after_one_file_changed_the_others_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = some_of_a_month(folder.path());
    made(&workspace);
    let kept = entries(&workspace);
    let inbox = workspace.inbox(may());
    let mut names: Vec<String> = tree(&inbox).into_keys().filter(|name| name.ends_with(".xlsx")).collect();
    let (gone, changed) = (names.remove(0), names.remove(0));
    // Another department's report under this one's name: a file of other content.
    fs::rename(inbox.join(gone), inbox.join(changed)).unwrap();
    let (_, with_cache) = made(&workspace);
    assert_eq!(entries(&workspace).len(), kept.len() + 1);
    same(&with_cache, &made(&without(&workspace)).1);
}

#[test]
fn a_cache_that_cannot_be_written_costs_a_notice_and_one_that_is_full_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = some_of_a_month(folder.path());
    let (_, plain) = made(&without(&workspace));
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    workspace.cache = Some(CacheFolder { path: file.join("cache"), bytes: 1 << 30 });
    let (outcome, files) = made(&workspace);
    assert!(outcome.notices.iter().any(|notice| notice.contains("不影响本次结果")), "{:?}", outcome.notices);
    same(&files, &plain);

    workspace.cache = Some(CacheFolder { path: folder.path().join("kept"), bytes: 1 << 30 });
    made(&workspace);
    let all: usize = entries(&workspace).values().map(Vec::len).sum();
    // Others of another time are there: they go first, and this run's stay within the bound.
    let most = all as u64 + 100;
    workspace.cache = Some(CacheFolder { path: folder.path().join("kept"), bytes: most });
    fs::write(folder.path().join("kept/0"), vec![0; 1000]).unwrap();
    let (outcome, files) = made(&workspace);
    assert_eq!(outcome.notices, [""; 0]);
    same(&files, &plain);
    let left = entries(&workspace);
    assert!(!left.contains_key("0") && left.values().map(Vec::len).sum::<usize>() == all);
}
