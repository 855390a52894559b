//! How much memory the program's processes take while something is done.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// What a function gives, and the most memory in MiB that a process called `wuzhang` and begun by
/// this one had meanwhile; 0 where the system does not say.
pub(super) fn peak_of<T>(done: impl FnOnce() -> T) -> (T, u64) {
    let (ended, peak) = (AtomicBool::new(false), AtomicU64::new(0));
    let given = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::SeqCst) {
                for process in children(std::process::id()) {
                    peak.fetch_max(most_of(process), Ordering::SeqCst);
                    for reader in children(process) {
                        peak.fetch_max(most_of(reader), Ordering::SeqCst);
                    }
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let given = done();
        ended.store(true, Ordering::SeqCst);
        given
    });
    (given, peak.load(Ordering::SeqCst) >> 10)
}

/// The processes that a process began.
fn children(process: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>()).collect()
}

/// The most memory that a process has had, in KiB.
fn most_of(process: u32) -> u64 {
    let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) else { return 0 };
    if !status.starts_with("Name:\twuzhang") && !status.starts_with("Name:\texe") {
        return 0;
    }
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok()).unwrap_or(0)
}
