//! A command run and what it took: processor time and memory of the program and of all that it starts.
//!
//! Runs in a process of its own for each command, so that the system's account of "all children" is that of
//! this command alone. Children that outlive the program (it reads tables in processes of their own) come
//! to this process and are counted too.

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::Outcome;

/// The command and where to write what it took.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Where to write what it took, as JSON
    #[arg(long)]
    to: PathBuf,
    /// Where to write what the command prints
    #[arg(long)]
    log: PathBuf,
    /// The program and its arguments
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

/// What a command took.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Took {
    /// Processor time of all its processes in seconds, user and system.
    pub(crate) cpu: f64,
    /// Resident memory of its largest process at its highest, in MiB.
    pub(crate) largest: f64,
    /// Resident memory of all its processes together at its highest, in MiB; looked at every 20 ms, so a
    /// lower bound, and pages that processes share are counted in each.
    pub(crate) together: f64,
    /// Time by the clock in seconds.
    pub(crate) wall: f64,
    /// Its exit status; none where a signal ended it.
    pub(crate) status: Option<i32>,
}

/// `cargo xtask measured`
#[cfg(target_os = "linux")]
pub(crate) fn measured(wanted: &Wanted) -> Outcome {
    let took = linux::run(&wanted.command, &wanted.log)?;
    std::fs::write(&wanted.to, serde_json::to_vec(&took)?)?;
    Ok(())
}

/// `cargo xtask measured`
#[cfg(not(target_os = "linux"))]
pub(crate) fn measured(_: &Wanted) -> Outcome {
    Err("processor time and memory of a program's processes are only measured on Linux".into())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::fs::{self, File};
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
    use std::thread::JoinHandle;
    use std::time::{Duration, Instant};

    use nix::errno::Errno;
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::wait::{WaitStatus, wait};

    use super::Took;
    use crate::Outcome;

    const GLANCE: Duration = Duration::from_millis(20);

    pub(super) fn run(command: &[String], log: &Path) -> Outcome<Took> {
        nix::sys::prctl::set_child_subreaper(true)?;
        let log = File::create(log)?;
        let (program, arguments) = command.split_first().ok_or("no command")?;
        let begun = Instant::now();
        let mut asked = Command::new(program);
        asked.args(arguments).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = asked.spawn().map_err(|error| format!("{program}: {error}"))?;
        let (stop, highest) = watch(child.id());
        let (mut status, mut wall) = (None, 0.0);
        loop {
            match wait() {
                Ok(WaitStatus::Exited(pid, code)) if pid.as_raw().unsigned_abs() == child.id() => {
                    (status, wall) = (Some(code), begun.elapsed().as_secs_f64());
                }
                Ok(WaitStatus::Signaled(pid, ..)) if pid.as_raw().unsigned_abs() == child.id() => {
                    wall = begun.elapsed().as_secs_f64();
                }
                Ok(_) => {}
                Err(Errno::ECHILD) => break,
                Err(error) => return Err(error.into()),
            }
        }
        drop(stop);
        let together = highest.join().map_err(|_| "the watch ended")?;
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
        // The kernel counts the largest of all processes that were waited for, in KiB.
        let largest = usage.max_rss() as f64 / 1024.0;
        Ok(Took { cpu, largest, together: mib(together).max(largest), wall, status })
    }

    fn mib(bytes: u64) -> f64 {
        bytes as f64 / f64::from(1 << 20)
    }

    /// Looks at the memory of a process and all below it until its end is dropped.
    fn watch(root: u32) -> (Sender<()>, JoinHandle<u64>) {
        let (stop, stopped) = channel();
        let watch = std::thread::spawn(move || {
            let mut highest = 0;
            while stopped.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
                highest = highest.max(memory_below(root));
            }
            highest
        });
        (stop, watch)
    }

    /// Resident memory in bytes of a process and of all below it.
    fn memory_below(root: u32) -> u64 {
        let mut processes: BTreeMap<u32, (u32, u64)> = BTreeMap::new();
        for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            processes.extend(of_process(id).map(|found| (id, found)));
        }
        let mut total = 0;
        let mut ahead = vec![root];
        while let Some(id) = ahead.pop() {
            total += processes.get(&id).map_or(0, |(_, memory)| *memory);
            ahead.extend(processes.iter().filter(|(_, (parent, _))| *parent == id).map(|(child, _)| *child));
        }
        total
    }

    /// A process's parent and its resident memory in bytes.
    fn of_process(id: u32) -> Option<(u32, u64)> {
        let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let value = |key: &str| status.lines().find_map(|line| line.strip_prefix(key)).map(str::trim);
        let memory = value("VmRSS:").and_then(|text| text.strip_suffix("kB")?.trim().parse::<u64>().ok());
        Some((value("PPid:")?.parse().ok()?, memory.unwrap_or(0) << 10))
    }
}
