//! A stop that was asked for from outside, as by Ctrl-C.
//!
//! A signal means the whole process, so there is one [`STOP`] for it. Whoever works asks [`Stop::go_on`]
//! between the pieces of long work; refused, it returns its error, and what it was building is removed as it
//! is dropped. Work that is about to change what stands takes the [`Stop::pass`] first: a stop that comes
//! later finds it on its way to the end.

use std::io;
use std::sync::atomic::{AtomicU8, Ordering};

/// Whether this process is to stop.
pub static STOP: Stop = Stop::new();

const WORKING: u8 = 0;
const STOPPING: u8 = 1;
const PASSED: u8 = 2;

/// Whether work is to stop.
#[derive(Debug)]
pub struct Stop(AtomicU8);

/// What a stop found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Work that has changed nothing, and now will not.
    Working,
    /// Work that is changing what stands, and goes on to its end.
    Passed,
}

/// Work had to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("已按要求停止")]
pub struct Stopped;

impl From<Stopped> for io::Error {
    fn from(stopped: Stopped) -> Self {
        // Not ErrorKind::Interrupted, after which writers try again by themselves.
        Self::other(stopped)
    }
}

/// The right to change what stands, until dropped.
#[derive(Debug)]
#[must_use = "a stop is held off only while this lives"]
pub struct Passing<'s>(&'s Stop);

impl Stop {
    const fn new() -> Self {
        Self(AtomicU8::new(WORKING))
    }

    /// Asks for a stop.
    pub fn ask(&self) -> Found {
        match self.0.compare_exchange(WORKING, STOPPING, Ordering::SeqCst, Ordering::SeqCst) {
            Err(PASSED) => Found::Passed,
            _ => Found::Working,
        }
    }

    /// Whether one was asked for while it could be followed.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst) == STOPPING
    }

    /// Whether work may go on.
    ///
    /// # Errors
    ///
    /// A stop was asked for.
    pub fn go_on(&self) -> Result<(), Stopped> {
        if self.is_asked() { Err(Stopped) } else { Ok(()) }
    }

    /// Holds stops off while what stands is changed.
    ///
    /// # Errors
    ///
    /// A stop was asked for before.
    pub fn pass(&self) -> Result<Passing<'_>, Stopped> {
        match self.0.compare_exchange(WORKING, PASSED, Ordering::SeqCst, Ordering::SeqCst) {
            Err(STOPPING) => Err(Stopped),
            _ => Ok(Passing(self)),
        }
    }
}

impl Drop for Passing<'_> {
    fn drop(&mut self) {
        self.0.0.store(WORKING, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_goes_on_until_it_is_to_stop() {
        let stop = Stop::new();
        assert_eq!(stop.go_on(), Ok(()));
        assert_eq!(stop.ask(), Found::Working);
        assert_eq!(stop.go_on(), Err(Stopped));
        assert!(stop.pass().is_err(), "nothing is changed after a stop");
        assert_eq!(stop.ask(), Found::Working, "asked twice");
    }

    #[test]
    fn a_stop_that_comes_too_late_finds_work_that_ends() {
        let stop = Stop::new();
        let passing = stop.pass().unwrap();
        assert_eq!(stop.ask(), Found::Passed);
        assert_eq!(stop.go_on(), Ok(()));
        drop(passing);
        assert_eq!(stop.ask(), Found::Working, "the next piece of work can be stopped");
    }
}
