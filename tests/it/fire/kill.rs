//! `kill -9` at any moment of a run: the last good results stay, and the next run completes.
//!
//! Short by default; `WUZHANG_KILLS=500` kills at 500 points, a third of them anywhere in the run, the
//! others after it has begun to write.

use std::path::Path;
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

/// Waits until a run writes its first file, or has ended.
fn until_it_writes(root: &Path, child: &mut Child) {
    let runs = root.join("ledger/runs/period=2026-05");
    let in_the_making = |folder: &Path| {
        let mut entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.any(|entry| entry.file_name().to_string_lossy().contains(".making-"))
    };
    while !in_the_making(&runs) && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// How long a run takes until it writes, and from there to its end.
fn times(root: &Path) -> (Duration, Duration) {
    let begun = Instant::now();
    let mut child = command(root, "2026-05").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until_it_writes(root, &mut child);
    let reads = begun.elapsed();
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
    (reads, begun.elapsed() - reads)
}

/// In the making, or the note of a commit under way.
fn is_passing(path: &Path) -> bool {
    path.ends_with("journal.json") || path.iter().any(|part| part.to_string_lossy().starts_with('.'))
}

#[test]
fn a_kill_at_any_moment_leaves_the_last_good_results_and_the_next_run_completes() {
    let rounds: u32 = std::env::var("WUZHANG_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let (sound_one, whole) = (folder.path().join("office"), folder.path().join("whole"));
    office(&sound_one);
    let (before, after) = (state(&sound_one), after());
    copied(&sound_one, &whole);
    let (reads, writes) = times(&whole);
    assert_ne!(below(&before, "out"), below(&after, "out"), "the corrected reports count");
    let (mut dice, mut killed, mut half_made) = (Dice(20_260_531), 0, 0);
    for round in 0..rounds {
        let at = folder.path().join("killed");
        copied(&sound_one, &at);
        let mut child = command(&at, "2026-05").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let share = dice.roll();
        if round % 3 == 0 {
            std::thread::sleep(reads.mul_f64(share));
        } else {
            until_it_writes(&at, &mut child);
            std::thread::sleep(writes.mul_f64(share));
        }
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let now = state(&at);
        half_made += u32::from(now != before && now != after);
        holds(&now, &before, &after).unwrap_or_else(|fault| panic!("round {round}, {share:.3}: {fault}"));
        // A run from the very state that stood before it is what the first one was.
        if now == before {
            std::fs::remove_dir_all(&at).unwrap();
            continue;
        }
        sound(&run(&at, "2026-05"));
        let done = state(&at);
        assert_eq!(differing(&done, &after), Vec::<std::path::PathBuf>::new(), "round {round}, {share:.3}");
        std::fs::remove_dir_all(&at).unwrap();
    }
    println!("杀死{killed}次（共{rounds}轮，其余已自行结束），其中{half_made}次正写到一半；全部恢复");
    assert!(killed * 2 >= rounds, "most rounds must hit a run that lives: {killed} of {rounds}");
}
