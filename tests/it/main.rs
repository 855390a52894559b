//! Whole-program tests: one binary, because every binary links polars again.

mod publish;
mod publish_recalc;
mod publish_report;
