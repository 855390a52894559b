//! Everything that is tested from outside, in one binary: each would link polars again.

// What tests share between them is no `#[test]` itself, and may fail them all the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod adversary;
mod architecture;
mod collect;
mod containers;
mod determinism;
mod ledger;
mod memory;
mod months;
mod publish;
mod publish_recalc;
mod publish_report;
mod reading;
mod readme;
mod s003;
mod sample;
mod scores;
mod settings;
mod stated;
mod systems;
mod trace;
