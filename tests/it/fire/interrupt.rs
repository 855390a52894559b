//! Ctrl-C at any moment of a run: it ends within a second, says so, and what stands is as it was.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::office::{after, command, copied, differing, office, program, run, sound, state, told};

/// What a run may still work after Ctrl-C: a second of each of two threads. Processor time says it on a machine that
/// does other things beside.
const LONGEST: Duration = Duration::from_secs(2);
/// What is a hang, however loaded the machine is.
const HANGS: Duration = Duration::from_secs(30);
/// How Linux counts a process's time.
const TICK: Duration = Duration::from_millis(10);

/// What became of a run that was interrupted: what it said, and how long it went on working and at all.
struct Interrupted {
    output: Output,
    worked: Duration,
    took: Duration,
}

impl Interrupted {
    fn was_soon(&self) -> bool {
        self.worked < LONGEST && self.took < HANGS
    }
}

fn begun(root: &Path) -> Child {
    let mut command = command(root, "2026-05");
    command
        .env("RAYON_NUM_THREADS", "2")
        .env("POLARS_MAX_THREADS", "2")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn interrupted(mut child: Child) -> Interrupted {
    let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    // One that has ended meanwhile hears nothing.
    let _ = kill_process(id, Signal::INT);
    let (asked, before) = (Instant::now(), worked(&child));
    let mut out = child.stdout.take().unwrap();
    let stdout = std::thread::spawn(move || {
        let mut stdout = Vec::new();
        out.read_to_end(&mut stdout).map(|_| stdout)
    });
    let mut stderr = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut stderr).unwrap();
    let stdout = stdout.join().unwrap().unwrap();
    // What has ended can be asked until it is waited for.
    let worked = worked(&child) - before;
    let status = child.wait().unwrap();
    Interrupted { output: Output { status, stdout, stderr }, worked, took: asked.elapsed() }
}

/// The processor time of a process and all its threads: the 14th and 15th number of its line, behind the name.
fn worked(child: &Child) -> Duration {
    let line = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let numbers = line.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2);
    TICK * numbers.map(|ticks| ticks.parse::<u32>().unwrap()).sum()
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
    let mut long = clock.elapsed();
    let mut stopped = 0;
    for moment in 0..10 {
        let at = root.join("interrupted");
        copied(&sound_one, &at);
        let child = begun(&at);
        std::thread::sleep(long.mul_f64(f64::from(moment) / 10.0) + Duration::from_millis(30));
        let ended = interrupted(child);
        let (output, words) = (&ended.output, told(&ended.output));
        assert!(ended.was_soon(), "{moment}: {:?} of work in {:?} {words}", ended.worked, ended.took);
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
            // It was done before it heard: a run takes less than the first one did.
            code => {
                assert!(matches!(code, Some(0 | 1)), "{moment}: {code:?} {words}");
                long /= 2;
            }
        }
        assert_eq!(differing(&state(&at), &after), Vec::<PathBuf>::new(), "{moment}");
        fs::remove_dir_all(&at).unwrap();
    }
    assert!(stopped >= 4, "most moments hit a run that works: {stopped} of 10");
}

#[test]
fn ctrl_c_does_not_wait_for_a_large_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    office(&root);
    let line = "某项目,城关镇,1\n";
    let large = format!("项目名称,责任单位,累计完成投资(万元)\n{}", line.repeat(150_000));
    fs::write(root.join("inbox/2026-05/大表.csv"), large).unwrap();
    let clock = Instant::now();
    sound(&Command::new(program()).current_dir(&root).args(["inspect", "inbox/2026-05/大表.csv"]).output().unwrap());
    let (reading, before, stood) = (clock.elapsed(), state(&root), standing(&root));
    let (child, clock) = (begun(&root), Instant::now());
    // The large file is being read when a reader is at work beside the program.
    while at_work(&root).len() < 2 && clock.elapsed() < HANGS {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(100));
    let ended = interrupted(child);
    assert_eq!(ended.output.status.code(), Some(130), "{}", told(&ended.output));
    // The program only waits for its reader: its own work would not tell.
    assert!(ended.was_soon() && ended.took < reading / 2, "{:?} of {reading:?}", ended.took);
    assert_eq!(differing(&state(&root), &before), Vec::<PathBuf>::new());
    assert_eq!(standing(&root), stood);
    no_reader_is_left(&root);
}
