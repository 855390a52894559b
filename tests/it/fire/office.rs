//! A small office for runs that end badly: two months, the second of them reported twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

const HEADER: &str = "项目名称,责任单位,累计完成投资(万元)\n";

/// A month's reports, with so much done.
fn reports(root: &Path, period: &str, done: u32) {
    let inbox = root.join("inbox").join(period);
    fs::create_dir_all(&inbox).unwrap();
    for (unit, nth) in [("城关镇", 1), ("柳河乡", 2)] {
        let lines: String =
            (1..=8).map(|project| format!("{unit}项目{project},{unit},{}\n", done + 10 * nth + project)).collect();
        fs::write(inbox.join(format!("{unit}.csv")), format!("{HEADER}{lines}")).unwrap();
    }
}

/// An office that has run April and May, and got corrected reports for May since: a copy of the one
/// that all tests share.
pub(super) fn office(root: &Path) {
    static MADE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let made = tempfile::tempdir().unwrap();
        make(made.path());
        made
    });
    copied(MADE.path(), root);
}

/// What the corrected reports come to, where nothing happens to the run.
pub(super) fn after() -> Files {
    static AFTER: LazyLock<Files> = LazyLock::new(|| {
        let whole = tempfile::tempdir().unwrap();
        office(whole.path());
        sound(&run(whole.path(), "2026-05"));
        state(whole.path())
    });
    AFTER.clone()
}

/// A folder with all that is in it.
pub(super) fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// The books that are not used here, each with no more than a name.
const OTHERS: [&str; 7] =
    ["bottlenecks", "campaign", "indicators", "initiatives", "investment", "preliminary", "reserve"];

/// A profile of one measure: what a run takes long for is not what is tested here.
pub(super) fn small_profile(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for id in OTHERS {
        let head =
            format!("id = \"{id}\"\ntitle = \"{id}\"\nrow = \"一行\"\nsubject = \"name\"\nwords = [\"账册{id}\"]\n");
        let field = format!(
            "[[field]]\nid = \"name\"\ntitle = \"名称\"\nkind = \"text\"\nrequired = true\nspellings = [\"{id}名称\"]\n"
        );
        fs::write(folder.join(format!("{id}.toml")), head + &field).unwrap();
    }
    fs::write(folder.join("key_projects.toml"), include_str!("../../data/fire/key_projects.toml")).unwrap();
    fs::write(folder.join("county.toml"), include_str!("../../data/fire/county.toml")).unwrap();
}

fn make(root: &Path) {
    small_profile(&root.join("profile"));
    fs::write(root.join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    reports(root, "2026-04", 300);
    reports(root, "2026-05", 400);
    for period in ["2026-04", "2026-05"] {
        sound(&run(root, period));
    }
    reports(root, "2026-05", 500);
}

/// `wuzhang run` of a month.
pub(super) fn run(root: &Path, period: &str) -> Output {
    command(root, period).output().unwrap()
}

/// The program; `WUZHANG_PROGRAM` names another build of it, since hundreds of runs of an unoptimised one take hours.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("WUZHANG_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_wuzhang").into(), PathBuf::from)
}

pub(super) fn command(root: &Path, period: &str) -> Command {
    let mut command = Command::new(program());
    command.current_dir(root).args(["run", ".", "--period", period, "--quiet"]);
    command
}

/// A run that came to its end.
pub(super) fn sound(output: &Output) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?} {told}", output.status);
}

/// What a run says to the operator.
pub(super) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Every file below `out` and `ledger`, by its path from the office.
pub(super) fn state(root: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![root.join("out"), root.join("ledger")];
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files.retain(|path, _| !path.ends_with("ledger/.lock"));
    files
}

/// The part of a state below a folder.
pub(super) fn below(state: &Files, folder: &str) -> Files {
    state
        .iter()
        .filter(|(path, _)| path.starts_with(folder))
        .map(|(path, bytes)| (path.clone(), bytes.clone()))
        .collect()
}

/// A state's paths that no run leaves when it ends: in the making, waiting, scratch.
pub(super) fn leftovers(state: &Files) -> Vec<&PathBuf> {
    let hidden = |path: &&PathBuf| path.iter().any(|part| part.to_string_lossy().starts_with('.'));
    state.keys().filter(hidden).collect()
}

/// How two states differ, for the message of a test.
pub(super) fn differing(one: &Files, other: &Files) -> Vec<PathBuf> {
    let names: std::collections::BTreeSet<&PathBuf> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}
