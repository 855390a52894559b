//! Everything that is tested from outside, in one binary: each would link polars again.

mod architecture;
mod collect;
mod publish;
mod publish_recalc;
mod publish_report;
mod sample;
