//! Documents taken over from the run that stands: only where nothing has changed, and to the byte what making them
//! again would give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wuzhang::package::Package;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

use crate::s003::county;
use crate::trees::tree;

const PERIOD: &str = "2026-05";

fn month(folder: &Path) -> Outcome {
    let workspace = Workspace::open(folder).expect("a workspace");
    run(&workspace, PERIOD.parse().expect("a period"), &|_| {}).expect("a run")
}

/// The first workbook of the inbox that is a package.
fn a_workbook(folder: &Path) -> PathBuf {
    let inbox = folder.join("inbox").join(PERIOD);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(inbox).expect("an inbox").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let is_workbook = |path: &&PathBuf| {
        let opened = fs::read(path).ok().and_then(|bytes| Package::open(bytes).ok());
        opened.is_some_and(|package| package.has("xl/workbook.xml"))
    };
    paths.iter().find(is_workbook).expect("a workbook").clone()
}

/// Another file of the same figures.
fn touch(path: &Path) {
    let mut package = Package::open(fs::read(path).expect("a file")).expect("a package");
    package.set_part("docProps/seen.xml", "<seen/>");
    fs::write(path, package.save().expect("a package is saved")).expect("a file");
}

fn returns(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    tree(&folder.join("out").join(PERIOD).join("returns"))
}

/// The returns that the last run of two shares with the one before it on the disk.
#[cfg(unix)]
fn shared(folder: &Path) -> usize {
    use std::os::unix::fs::MetadataExt;
    let runs = folder.join("ledger/runs").join(format!("period={PERIOD}"));
    let last = fs::read_dir(runs).expect("runs").map(|entry| entry.expect("an entry").path());
    let last =
        last.into_iter().find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("2-")));
    let made = fs::read_dir(last.expect("a second run").join("documents/returns")).expect("returns");
    made.filter(|entry| entry.as_ref().expect("an entry").metadata().expect("a file").nlink() > 1).count()
}

#[test]
fn what_is_taken_over_is_to_the_byte_what_a_fresh_run_makes() {
    let (again, fresh) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    county(again.path());
    month(again.path());
    let first = returns(again.path());
    touch(&a_workbook(again.path()));
    let outcome = month(again.path());
    county(fresh.path());
    touch(&a_workbook(fresh.path()));
    month(fresh.path());
    let (second, anew) = (returns(again.path()), returns(fresh.path()));
    assert_eq!(second.keys().collect::<Vec<_>>(), anew.keys().collect::<Vec<_>>());
    for (name, bytes) in &anew {
        assert!(second[name] == *bytes, "{name} differs from that of a fresh run");
    }
    let other: Vec<&String> = second.keys().filter(|name| first.get(*name) != second.get(*name)).collect();
    assert!(!other.is_empty() && other.len() < second.len() / 2, "the changed file's return at least: {other:?}");
    assert_eq!(outcome.returns.len(), second.len());
    #[cfg(unix)]
    assert!(shared(again.path()) + other.len() >= second.len(), "{} of {}", shared(again.path()), second.len());
}

#[test]
fn a_damaged_document_is_made_again_and_not_taken_over() {
    let folder = tempfile::tempdir().expect("a folder");
    county(folder.path());
    month(folder.path());
    let first = returns(folder.path());
    let runs = tree(&folder.path().join("ledger/runs"));
    let kept = runs.keys().filter(|name| name.contains("documents/returns/"));
    for name in kept {
        fs::write(folder.path().join("ledger/runs").join(name), "damaged").expect("a file");
    }
    touch(&a_workbook(folder.path()));
    month(folder.path());
    let second = returns(folder.path());
    assert!(second.values().all(|bytes| bytes != b"damaged"));
    let same = first.iter().filter(|(name, bytes)| second.get(*name) == Some(bytes)).count();
    assert!(same * 2 > first.len(), "{same} of {} are as they were", first.len());
}
