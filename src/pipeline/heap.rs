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

/// What is larger is taken from the system by itself and goes back as it is let go.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ALONE: libc::c_int = 2 << 20;

/// So much may lie free at the end of a heap before it is handed back.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: libc::c_int = 256 << 20;

/// Settles how memory is taken: columns of a large month each by itself, so that none leaves a hole behind.
///
/// The C library would learn from the first that is let go to keep all that are no larger, up to 32 MiB.
pub(super) fn settle() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it takes two numbers and sets how later memory is taken; any thread may call it at any time.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, ALONE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, KEPT);
    }
}
