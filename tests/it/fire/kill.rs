//! `kill -9` at any moment of a run: the last good results stay, and the next run completes.
//!
//! Short by default; `WUZHANG_KILLS=500` kills at 500 points of the run's time, half of them in its
//! last third, where it writes.

use std::path::Path;
use std::process::Stdio;
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

#[test]
fn a_kill_at_any_moment_leaves_the_last_good_results_and_the_next_run_completes() {
    let rounds: u32 = std::env::var("WUZHANG_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12);
    let folder = tempfile::tempdir().unwrap();
    let (sound_one, whole) = (folder.path().join("office"), folder.path().join("whole"));
    office(&sound_one);
    let (before, after) = (state(&sound_one), after());
    copied(&sound_one, &whole);
    let begun = Instant::now();
    sound(&run(&whole, "2026-05"));
    let takes = begun.elapsed();
    assert_ne!(below(&before, "out"), below(&after, "out"), "the corrected reports count");
    let (mut dice, mut killed, mut half_made) = (Dice(20_260_531), 0, 0);
    for round in 0..rounds {
        let at = folder.path().join("killed");
        copied(&sound_one, &at);
        let share = (f64::from(round) + dice.roll()) / f64::from(rounds);
        let share = if round % 2 == 0 { share } else { 0.6 + 0.45 * share };
        let mut child = command(&at, "2026-05").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(takes.as_secs_f64() * share));
        child.kill().unwrap();
        killed += u32::from(child.wait().unwrap().code().is_none());
        let now = state(&at);
        half_made += u32::from(now != before && now != after);
        holds(&now, &before, &after).unwrap_or_else(|fault| panic!("round {round} at {share:.3}: {fault}"));
        sound(&run(&at, "2026-05"));
        let done = state(&at);
        assert_eq!(differing(&done, &after), Vec::<std::path::PathBuf>::new(), "round {round} at {share:.3}");
        std::fs::remove_dir_all(&at).unwrap();
    }
    println!("杀死{killed}次（共{rounds}轮，其余已自行结束），其中{half_made}次正写到一半；全部恢复");
    assert!(killed * 2 >= rounds, "most rounds must hit a run that lives: {killed} of {rounds}");
}
