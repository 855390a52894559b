//! The README's first command prints what the README says it prints.
//!
//! `WUZHANG_BLESS=1 cargo test --test it readme` writes what is printed now into the README.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh-CN.md");

/// The block of a README behind the marker that names this test.
fn shown(readme: &str) -> &str {
    let after = readme.split_once("tests/it/readme.rs").unwrap().1;
    after.split_once("```text\n").unwrap().1.split_once("```").unwrap().0
}

#[test]
fn the_first_command_prints_what_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let county = folder.path().join("sample-data/yunshan");
    super::s003::county(&county);
    for (readme, language) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let run = Command::new(env!("CARGO_BIN_EXE_wuzhang"))
            .args(["run", "sample-data/yunshan", "--period", "2026-05", "--lang", language])
            .current_dir(folder.path())
            .output()
            .unwrap();
        for made in ["out", "ledger"] {
            std::fs::remove_dir_all(county.join(made)).unwrap();
        }
        assert_eq!(run.status.code(), Some(1), "the sample has error findings put in on purpose");
        let printed = String::from_utf8(run.stdout).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
        let text = std::fs::read_to_string(&path).unwrap();
        if std::env::var_os("WUZHANG_BLESS").is_some() {
            std::fs::write(&path, text.replacen(shown(&text), &printed, 1)).unwrap();
            continue;
        }
        assert_eq!(printed, shown(&text), "{readme}");
    }
}

#[test]
fn every_file_that_the_readmes_link_to_is_there() {
    for readme in [README, CHINESE] {
        links_are_there(readme);
    }
}

fn links_are_there(readme: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = readme.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let missing: Vec<&str> = targets.filter(|target| !target.contains("://") && !root.join(target).exists()).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(readme.lines().count() <= 200);
}
