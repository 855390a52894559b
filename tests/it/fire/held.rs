//! Two runs at once, and files that others have open or change meanwhile.

use std::fs;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use wuzhang::collect::{Limits, read_file};
use wuzhang::pipeline::{Stage, Step};
use wuzhang::workspace::{Holder, Workspace};

use super::office::{after, command, differing, leftovers, office, run, sound, state, told};

fn first() -> Holder {
    Holder { process: 4711, since: Duration::ZERO, command: "run 2026-05".into() }
}

#[test]
fn a_second_run_stops_and_names_the_first_or_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    office(root);
    let before = state(root);
    let held = Workspace::open(root).unwrap().hold(&first(), &|_| false).unwrap();
    let second = run(root, "2026-05");
    let words = told(&second);
    assert_eq!(second.status.code(), Some(3), "{words}");
    assert!(words.contains("进程 4711（wuzhang run 2026-05") && words.contains("--wait"), "{words}");
    assert_eq!(differing(&state(root), &before), Vec::<std::path::PathBuf>::new());
    let mut waiting = command(root, "2026-05").arg("--wait").spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits");
    drop(held);
    assert!(matches!(waiting.wait().unwrap().code(), Some(0 | 1)));
    assert_ne!(state(root), before);
}

#[test]
fn runs_begun_together_end_as_one_after_the_other_would() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    let together: Vec<_> = (0..3)
        .map(|_| command(folder.path(), "2026-05").stderr(std::process::Stdio::piped()).spawn().unwrap())
        .collect();
    let mut done = 0;
    for child in together {
        let output = child.wait_with_output().unwrap();
        match output.status.code() {
            Some(0 | 1) => done += 1,
            _ => assert!(told(&output).contains("正由另一个程序使用"), "{}", told(&output)),
        }
    }
    assert!(done >= 1);
    let now = state(folder.path());
    assert_eq!(differing(&now, &after()), Vec::<std::path::PathBuf>::new());
    assert!(leftovers(&now).is_empty());
}

#[test]
fn the_lock_of_a_dead_run_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    office(root);
    fs::write(root.join(".wuzhang.running"), "4711\n0\nrun 2026-05\n").unwrap();
    let output = run(root, "2026-05");
    sound(&output);
    assert!(told(&output).contains("进程 4711") && told(&output).contains("没有正常结束"), "{}", told(&output));
    assert!(!told(&run(root, "2026-05")).contains("没有正常结束"), "it is told once");
}

#[test]
fn a_reader_of_the_last_results_keeps_them_while_a_run_replaces_them() {
    let folder = tempfile::tempdir().unwrap();
    office(folder.path());
    let path = folder.path().join("out/2026-05/run.json");
    let (mut open, before) = (fs::File::open(&path).unwrap(), fs::read(&path).unwrap());
    sound(&run(folder.path(), "2026-05"));
    let mut kept = Vec::new();
    open.read_to_end(&mut kept).unwrap();
    assert_eq!(kept, before);
    assert_ne!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_that_changes_or_goes_between_its_reading_and_its_return_stops_the_run() {
    for goes in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        office(root);
        let (before, report) = (state(root), root.join("inbox/2026-05/城关镇.csv"));
        let disturb = |step: Step| {
            if step == Step::Begun(Stage::Checking) {
                if goes { fs::remove_file(&report) } else { fs::write(&report, "项目名称\n") }.unwrap();
            }
        };
        let workspace = Workspace::open(root).unwrap();
        let told = wuzhang::pipeline::run(&workspace, "2026-05".parse().unwrap(), &disturb).unwrap_err().to_string();
        assert!(told.contains("城关镇.csv"), "{told}");
        let now = state(root);
        assert_eq!(differing(&now, &before), Vec::<std::path::PathBuf>::new());
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_read_by_halves() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("城关镇.csv");
    fs::write(&path, "项目,金额\n".repeat(200_000)).unwrap();
    let ended = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            while !ended.load(Ordering::SeqCst) {
                file.write_all("水厂,1\n".as_bytes()).unwrap();
            }
        });
        // Whether a write falls between two looks is chance: a few tries are enough.
        let seen = (0..100).any(|_| {
            let read = read_file(&path, "城关镇.csv", &Limits { cells: 1, ..Limits::default() });
            read.findings.iter().any(|finding| &*finding.rule == "file.changing")
        });
        ended.store(true, Ordering::SeqCst);
        seen
    });
    assert!(seen);
}
