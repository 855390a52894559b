//! Stated: figures that departments state, recomputed from the figures printed beside them.
//!
//! Takes what is printed (a rate, a share, a gap, a total and its operands), gives a [`Verdict`]:
//! which convention reproduces the stated figure, or that none does. A printed operand is itself
//! rounded, so every recomputation carries the interval in which the true result must lie.

mod printed;
mod recompute;
#[cfg(test)]
mod tests;

pub use printed::{Interval, Printed};
pub use recompute::{Recomputed, Verdict};
