//! What the system holds a reading process to.
//!
//! On Linux the process binds itself before it looks at a file: address space, processor time, no
//! core file, and its caller's death is its own. On Windows its caller holds it in a job that ends
//! with the caller, and looks at its memory. Elsewhere time by the clock is all.

#[cfg(target_os = "linux")]
pub(super) use linux::{Bounds, Custody};
#[cfg(not(target_os = "linux"))]
pub(super) use other::Bounds;
#[cfg(not(any(target_os = "linux", windows)))]
pub(super) use other::Custody;
#[cfg(windows)]
pub(super) use windows::Custody;

/// What a process that reads is held to by itself.
pub(super) trait Bound {
    /// Gives the next file its memory, in MiB, and its processor time, in seconds.
    fn begin(&self, memory_mib: u64, seconds: u64);
    /// Whether what was read before leaves the next file, which may take as much, far less than that.
    fn has_grown(&self, memory_mib: u64) -> bool;
}

/// A process that binds itself in nothing: where the system offers no way, and in tests.
#[cfg(any(test, not(target_os = "linux")))]
pub(super) struct Unbound;

#[cfg(any(test, not(target_os = "linux")))]
impl Bound for Unbound {
    fn begin(&self, _: u64, _: u64) {}

    fn has_grown(&self, _: u64) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::process::Child;

    use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};

    use super::Bound;

    /// The bounds that a process sets itself.
    pub(in super::super) struct Bounds {
        /// Address space in bytes before any file was read: the program itself.
        base: u64,
    }

    impl Bounds {
        /// Those of the process that calls.
        pub(in super::super) fn of_this_process() -> Self {
            let _ = set_parent_process_death_signal(Some(Signal::KILL));
            // What a department sent does not stay behind in a core file.
            set(Resource::Core, 0);
            Self { base: address_space().unwrap_or(0) }
        }
    }

    impl Bound for Bounds {
        fn begin(&self, memory_mib: u64, seconds: u64) {
            set(Resource::As, self.base.saturating_add(memory_mib.saturating_mul(1 << 20)));
            set(Resource::Cpu, seconds_used().unwrap_or(0).saturating_add(seconds).saturating_add(1));
        }

        fn has_grown(&self, memory_mib: u64) -> bool {
            let kept = address_space().unwrap_or(0).saturating_sub(self.base);
            kept > memory_mib.saturating_mul(1 << 20) / 4
        }
    }

    /// Sets a limit as far as the system lets it be raised.
    fn set(resource: Resource, most: u64) {
        let maximum = getrlimit(resource).maximum;
        let current = Some(maximum.map_or(most, |maximum| most.min(maximum)));
        let _ = setrlimit(resource, Rlimit { current, maximum });
    }

    /// What this process maps, in bytes.
    fn address_space() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
        Some(size.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
    }

    /// Processor time that this process has taken, in whole seconds.
    fn seconds_used() -> Option<u64> {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // The name may hold spaces and brackets: what follows the last bracket does not.
        let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
        let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
        Some((user + system) / TICKS_A_SECOND)
    }

    /// What the kernel counts processor time in for programs, on every machine that this runs on.
    const TICKS_A_SECOND: u64 = 100;

    /// What a caller holds of a process that binds itself: nothing.
    pub(in super::super) struct Custody;

    impl Custody {
        pub(in super::super) const NEEDS_WATCHING: bool = false;

        pub(in super::super) fn of(_: &Child) -> Self {
            Self
        }

        pub(in super::super) fn takes_more_than(&self, _: u64) -> bool {
            false
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use super::Unbound;

    /// What a process sets itself where the system offers no way.
    pub(in super::super) struct Bounds;

    impl Bounds {
        pub(in super::super) fn of_this_process() -> Unbound {
            Unbound
        }
    }

    /// What a caller holds of a process where nothing can be held.
    #[cfg(not(windows))]
    pub(in super::super) struct Custody;

    #[cfg(not(windows))]
    impl Custody {
        pub(in super::super) const NEEDS_WATCHING: bool = false;

        pub(in super::super) fn of(_: &std::process::Child) -> Self {
            Self
        }

        pub(in super::super) fn takes_more_than(&self, _: u64) -> bool {
            false
        }
    }
}

#[cfg(windows)]
mod windows {
    use std::os::windows::io::AsRawHandle;
    use std::process::Child;

    use win32job::utils::get_process_memory_info;
    use win32job::{ExtendedLimitInfo, Job};

    /// A process held in a job, which ends with the caller.
    pub(in super::super) struct Custody {
        process: isize,
    }

    impl Custody {
        pub(in super::super) const NEEDS_WATCHING: bool = true;

        pub(in super::super) fn of(child: &Child) -> Self {
            let process = child.as_raw_handle() as isize;
            let mut limits = ExtendedLimitInfo::new();
            limits.limit_kill_on_job_close();
            if let Ok(job) = Job::create_with_limit_info(&limits) {
                let _ = job.assign_process(process);
                // Never closed by us: the system closes it, and ends what is in it, when we end.
                let _ = job.into_handle();
            }
            Self { process }
        }

        /// Whether the process has taken more bytes of memory than these.
        pub(in super::super) fn takes_more_than(&self, bytes: u64) -> bool {
            get_process_memory_info(self.process).is_ok_and(|memory| memory.private_usage as u64 > bytes)
        }
    }
}
