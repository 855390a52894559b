//! Memory that a stage has left, handed back to the system before the next one takes its own.

/// Hands back what is free.
///
/// The C library keeps, for each thread, what was freed between things that are still there: after a large month has
/// been read, as much as all that is held. Where there is another library, nothing is done.
pub(super) fn hand_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it takes nothing but a number and touches no memory that is in use; any thread may call it at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}
