//! Ctrl-C at any moment of a run: it ends within a second, says so, and what stands is as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::office::{after, command, copied, differing, office, run, sound, state, told};

/// A second, and what a machine with other work adds to it.
const LONGEST: Duration = Duration::from_millis(1_800);
/// What is a hang, however loaded the machine is.
const HANGS: Duration = Duration::from_secs(30);

/// What became of a run that was interrupted.
struct Interrupted {
    output: Output,
    took: Duration,
}

fn begun(root: &Path) -> Child {
    command(root, "2026-05").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupted(child: Child) -> Interrupted {
    let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    // One that has ended meanwhile hears nothing.
    let _ = kill_process(id, Signal::INT);
    let asked = Instant::now();
    let output = child.wait_with_output().unwrap();
    Interrupted { output, took: asked.elapsed() }
}

/// What stands in an office beside its inbox, hidden files too; the lock's file says nothing.
fn standing(root: &Path) -> Vec<String> {
    let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != ".wuzhang.lock").collect();
    names.sort();
    names
}

/// The processes that still work in a folder.
fn at_work(folder: &Path) -> Vec<PathBuf> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    processes.filter(|process| fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd == folder)).collect()
}

/// A reader dies with its caller; the system may take a moment for it.
fn no_reader_is_left(root: &Path) {
    let begun = Instant::now();
    while !at_work(root).is_empty() && begun.elapsed() < HANGS {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(at_work(root), Vec::<PathBuf>::new());
}

#[test]
fn ctrl_c_at_any_moment_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let sound_one = root.join("office");
    office(&sound_one);
    let (before, after, stood) = (state(&sound_one), after(), standing(&sound_one));
    let whole = root.join("whole");
    copied(&sound_one, &whole);
    let clock = Instant::now();
    sound(&run(&whole, "2026-05"));
    let long = clock.elapsed();
    let (mut stopped, mut soon, mut moments) = (0, 0, 0);
    // On a machine whose load changes, a run may end before its moment comes: then other moments are tried.
    while moments < 10 || (stopped < 4 && moments < 40) {
        let moment = moments;
        moments += 1;
        let at = root.join("interrupted");
        copied(&sound_one, &at);
        let child = begun(&at);
        std::thread::sleep(long.mul_f64(f64::from(moment % 10) / 10.0) + Duration::from_millis(30));
        let Interrupted { output, took } = interrupted(child);
        let words = told(&output);
        assert!(took < HANGS, "{moment}: {took:?} {words}");
        soon += i32::from(took < LONGEST);
        match output.status.code() {
            Some(130) if words.contains("下一次运行会先把它做完") => sound(&run(&at, "2026-05")),
            // On a machine under load the signal may come before the program has begun to listen for it.
            code @ (None | Some(130)) => {
                stopped += 1;
                let says_so = words.contains("已中断") && words.contains("没有改动");
                assert!(code.is_none() || says_so, "{moment}: {words}");
                assert_eq!(differing(&state(&at), &before), Vec::<PathBuf>::new(), "{moment}");
                assert_eq!(standing(&at), stood, "{moment}: nothing hidden is left behind");
                no_reader_is_left(&at);
                sound(&run(&at, "2026-05"));
            }
            // It was done before it heard.
            code => assert!(matches!(code, Some(0 | 1)), "{moment}: {code:?} {words}"),
        }
        assert_eq!(differing(&state(&at), &after), Vec::<PathBuf>::new(), "{moment}");
        fs::remove_dir_all(&at).unwrap();
    }
    assert!(stopped >= 4, "some moments hit a run that works: {stopped} of {moments}");
    assert!(soon * 2 > moments, "{soon} of {moments} ended within {LONGEST:?}");
}

#[test]
fn ctrl_c_does_not_wait_for_a_large_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    office(&root);
    let line = "某项目,城关镇,1\n";
    let large = format!("项目名称,责任单位,累计完成投资(万元)\n{}", line.repeat(150_000));
    fs::write(root.join("inbox/2026-05/大表.csv"), large).unwrap();
    let (before, stood) = (state(&root), standing(&root));
    // One of a few comes within the time: the machine's other work may hold one of them up.
    let soon = (0..4).any(|_| {
        // The large file is being read when a reader is at work beside the program.
        let (child, clock) = (begun(&root), Instant::now());
        while at_work(&root).len() < 2 && clock.elapsed() < HANGS {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(100));
        let Interrupted { output, took } = interrupted(child);
        assert_eq!(output.status.code(), Some(130), "{}", told(&output));
        assert!(took < HANGS, "{took:?}");
        assert_eq!(differing(&state(&root), &before), Vec::<PathBuf>::new());
        assert_eq!(standing(&root), stood);
        no_reader_is_left(&root);
        took < LONGEST
    });
    assert!(soon, "it ends within {LONGEST:?}");
}
