//! Where a run stands, told to whoever waits for it.
//!
//! Gives the steps of a run as they are done; who hears them decides what to show and knows the clock.
//! Nothing that is told changes what a run gives.

use std::path::Path;

/// Hears the steps of a run, from whichever thread does them.
pub type Progress<'p> = dyn Fn(Step) + Sync + 'p;

/// Something that happened in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A stage has begun; the one before it is done.
    Begun(Stage),
    /// How much the stage has before it: how many parts (files, documents), and how heavy they are together
    /// (bytes, rows: what the time that they take goes with).
    Ahead {
        /// How many parts.
        parts: usize,
        /// How heavy they are together.
        weight: u64,
    },
    /// A part is done.
    Done {
        /// How heavy it was, in the measure of [`Step::Ahead`].
        weight: u64,
        /// How many rows of sheets were read in it.
        rows: usize,
    },
}

/// The stages of a run as its operator knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The inbox is read: parts are files.
    Reading,
    /// What was read is merged and checked.
    Checking,
    /// Figures and places are computed.
    Ranking,
    /// Documents are made: parts are files that go back.
    Writing,
    /// Documents and ledger are put on the disk, then take their places together.
    HandingOver,
}

/// How heavy a file is: its bytes; of one that cannot be asked, nothing.
pub(super) fn weight_of(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |about| about.len())
}
