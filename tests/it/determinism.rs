//! The same inputs give the same bytes, wherever, however parallel, and in whatever zone and language.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::s003::county;
use crate::trees::tree;

/// What a run prints, and what it writes.
fn run(folder: &Path, threads: &str, zone: &str, language: &str) -> (String, BTreeMap<String, Vec<u8>>) {
    county(folder);
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    command.current_dir(folder).args(["run", ".", "--period", "2026-05"]);
    command.envs([("RAYON_NUM_THREADS", threads), ("POLARS_MAX_THREADS", threads), ("TZ", zone), ("LANG", language)]);
    let output = command.output().unwrap();
    // The sample has errors that departments must mend.
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = tree(&folder.join("out"));
    files.extend(tree(&folder.join("ledger")));
    (String::from_utf8(output.stdout).unwrap(), files)
}

#[test]
fn threads_zones_languages_and_folders_change_no_byte() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let one = run(here.path(), "1", "UTC", "C");
    let other = run(&there.path().join("另一处/云山县"), "4", "Asia/Shanghai", "zh_CN.UTF-8");
    assert_eq!(one.0, other.0, "what is printed");
    let names: Vec<&String> = one.1.keys().collect();
    assert_eq!(names, other.1.keys().collect::<Vec<_>>());
    assert!(names.iter().any(|name| name.ends_with("run.json")) && names.iter().any(|name| name.ends_with(".parquet")));
    for (name, bytes) in &one.1 {
        assert!(other.1[name] == *bytes, "{name} differs");
    }
}
