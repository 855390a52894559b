//! Everything that is tested from outside, in one binary: each would link polars again.

mod architecture;
mod collect;
