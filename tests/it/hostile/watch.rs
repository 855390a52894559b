//! How much memory the program's processes take while something is done.

use std::fs;
use std::io;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// What a program gives, and the most memory in MiB that it, or a process that it began, had meanwhile; 0 where the
/// system does not say.
pub(super) fn watched(command: &mut Command) -> io::Result<(Output, u64)> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (program, ended, peak) = (child.id(), AtomicBool::new(false), AtomicU64::new(0));
    let output = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::SeqCst) {
                for process in children(program).into_iter().chain([program]) {
                    peak.fetch_max(most_of(process), Ordering::SeqCst);
                }
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let output = child.wait_with_output();
        ended.store(true, Ordering::SeqCst);
        output
    })?;
    Ok((output, peak.load(Ordering::SeqCst) >> 10))
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
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok()).unwrap_or(0)
}
