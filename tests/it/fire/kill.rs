//! `kill -9` at any moment of a run: the last good results stay, and the next run completes.
//!
//! Short by default; `WUZHANG_KILLS=500` strikes a living run 500 times: a quarter anywhere while it reads and
//! reckons, a quarter anywhere while it writes, half aimed at the moments of the commit: just behind the one file or
//! folder whose change tells that a step is done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::office::{Files, after, below, command, copied, differing, office, run, sound, state};

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// What stands under a final name is of the run before or of this one, and results are of one run.
fn holds(now: &Files, before: &Files, after: &Files) -> Result<(), String> {
    let out = below(now, "out/2026-05");
    if out != below(before, "out/2026-05") && out != below(after, "out/2026-05") {
        return Err(format!("out/2026-05 is neither: {:?}", differing(&out, &below(before, "out/2026-05"))));
    }
    for (path, bytes) in now.iter().filter(|(path, _)| !is_passing(path)) {
        if before.get(path) != Some(bytes) && after.get(path) != Some(bytes) {
            return Err(format!("{} is neither of the run before nor of this one", path.display()));
        }
    }
    let lost: Vec<_> = before.keys().filter(|path| !now.contains_key(*path) && after.contains_key(*path)).collect();
    if lost.is_empty() { Ok(()) } else { Err(format!("lost: {lost:?}")) }
}

/// In the making, or the note of a commit under way.
fn is_passing(path: &Path) -> bool {
    path.ends_with("journal.json") || path.iter().any(|part| part.to_string_lossy().starts_with('.'))
}

/// A moment of a run that shows from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A record is begun: the run writes from here on.
    Record,
    /// The documents are begun beside those that stand.
    Documents,
    /// The commit is announced.
    Journal,
    /// The switch: the new run stands.
    Current,
    /// A book's part for other engines.
    Part,
    /// The documents change places.
    Exchange,
    /// The announcement is gone: the commit is done.
    Closed,
}

const MARKS: [Mark; 7] =
    [Mark::Record, Mark::Documents, Mark::Journal, Mark::Current, Mark::Part, Mark::Exchange, Mark::Closed];

/// What shows a moment, as it is now; it has come when this is another.
fn sign(mark: Mark, root: &Path) -> Option<u64> {
    let made = |folder: PathBuf| {
        let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|entry| entry.file_name().to_string_lossy().contains(".making-")).then_some(1)
    };
    let journal = || fs::metadata(root.join("ledger/journal.json")).ok().map(|_| 1);
    match mark {
        Mark::Record => made(root.join("ledger/runs/period=2026-05")),
        Mark::Documents => made(root.join("out")),
        Mark::Journal | Mark::Closed => journal(),
        Mark::Current => number(&root.join("ledger/runs/period=2026-05/current.json")),
        Mark::Part => number(&root.join("ledger/book=key_projects/period=2026-05/part.parquet")),
        Mark::Exchange => number(&root.join("out/2026-05")),
    }
}

/// What a file or folder is known by: another one of the same name has another number.
#[cfg(unix)]
fn number(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|data| data.ino())
}

#[cfg(not(unix))]
fn number(path: &Path) -> Option<u64> {
    let changed = fs::metadata(path).ok()?.modified().ok()?;
    changed.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_nanos() as u64)
}

/// How often a run is looked at: who sleeps between two looks is woken at once on a loaded machine, who does not waits
/// for its turn. A step of the commit takes about a millisecond.
const GLANCE: Duration = Duration::from_micros(50);

/// Waits for a moment, or until the run has ended.
fn until(mark: Mark, root: &Path, child: &mut Child) {
    let before = sign(mark, root);
    if mark == Mark::Closed {
        until(Mark::Journal, root, child);
        while sign(mark, root).is_some() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(GLANCE);
        }
        return;
    }
    while sign(mark, root) == before && child.try_wait().unwrap().is_none() {
        std::thread::sleep(GLANCE);
    }
}

/// A run that gives way to who watches it: on a loaded machine it would else be over before it is struck.
fn begun(root: &Path) -> Child {
    let child = command(root, "2026-05").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Pid, setpriority_process};
        let _ = setpriority_process(Pid::from_raw(i32::try_from(child.id()).unwrap()), 5);
    }
    child
}

/// How long a run takes until it writes, and from there to its end.
fn times(root: &Path) -> (Duration, Duration) {
    let clock = Instant::now();
    let mut child = begun(root);
    until(Mark::Record, root, &mut child);
    let reads = clock.elapsed();
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
    (reads, clock.elapsed() - reads)
}

/// How far a killed run had come.
fn stage(root: &Path, now: &Files, before: &Files, after: &Files) -> &'static str {
    let same = |folder: &str, other: &Files| below(now, folder) == below(other, folder);
    let current = Path::new("ledger/runs/period=2026-05/current.json");
    let is_switched = now.get(current) == after.get(current);
    match () {
        () if is_switched && same("out/2026-05", after) && sign(Mark::Journal, root).is_none() => "提交之后",
        () if is_switched => "提交之中（已切换，成果未全部放好）",
        () if sign(Mark::Journal, root).is_some() => "提交之中（已登记，未切换）",
        () if now == before && sign(Mark::Documents, root).is_none() => "读取和计算",
        () => "写出成果",
    }
}

#[test]
fn a_kill_at_any_moment_leaves_the_last_good_results_and_the_next_run_completes() {
    let wanted: u32 = std::env::var("WUZHANG_KILLS").ok().and_then(|wanted| wanted.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let (sound_one, whole) = (folder.path().join("office"), folder.path().join("whole"));
    office(&sound_one);
    let (before, after) = (state(&sound_one), after());
    copied(&sound_one, &whole);
    let (mut reads, mut writes) = times(&whole);
    assert_ne!(below(&before, "out"), below(&after, "out"), "the corrected reports count");
    let (mut dice, mut killed, mut struck) = (Dice(20_260_531), 0, BTreeMap::new());
    let mut round = 0;
    while killed < wanted && round < 10 * wanted {
        let at = folder.path().join("killed");
        copied(&sound_one, &at);
        let mut child = begun(&at);
        let (share, mark) = (dice.roll(), MARKS[round as usize / 4 * 2 % MARKS.len()]);
        match round % 4 {
            0 => std::thread::sleep(reads.mul_f64(share)),
            1 => {
                until(Mark::Record, &at, &mut child);
                std::thread::sleep(writes.mul_f64(share));
            }
            odd => {
                let mark = if odd == 2 { mark } else { MARKS[(round as usize / 4 * 2 + 1) % MARKS.len()] };
                until(mark, &at, &mut child);
                // Some at once, most within the next two milliseconds: a step of the commit takes about one.
                std::thread::sleep(
                    Duration::from_micros((share * 2_000.0) as u64).saturating_sub(Duration::from_micros(400)),
                );
            }
        }
        child.kill().unwrap();
        let is_killed = child.wait().unwrap().code().is_none();
        // The first run may have been the slowest: what came too late comes sooner the next time.
        match round % 4 {
            0 if !is_killed => reads = reads.mul_f64(0.85),
            1 if !is_killed => writes = writes.mul_f64(0.85),
            _ => {}
        }
        round += 1;
        let now = state(&at);
        holds(&now, &before, &after).unwrap_or_else(|fault| panic!("round {round}, {share:.3}: {fault}"));
        if is_killed {
            killed += 1;
            *struck.entry(stage(&at, &now, &before, &after)).or_insert(0u32) += 1;
        }
        // A run from the very state that stood before it is what the first one was.
        if now != before || sign(Mark::Documents, &at).is_some() {
            sound(&run(&at, "2026-05"));
            let done = state(&at);
            assert_eq!(differing(&done, &after), Vec::<PathBuf>::new(), "round {round}, {share:.3}");
        }
        fs::remove_dir_all(&at).unwrap();
        if round % 50 == 0 {
            println!("{round}轮，杀死{killed}次……");
        }
    }
    println!("{round}轮，杀死{killed}次：{struck:?}；上一次的成果都完好，再运行都完成");
    assert!(killed >= wanted, "only {killed} of {round} rounds struck a run that lives");
}
