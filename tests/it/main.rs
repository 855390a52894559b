//! Everything that is tested from outside, in one binary: each would link polars again.

// What tests share between them is no `#[test]` itself, and may fail them all the same.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod adversary;
mod architecture;
mod calendar;
mod city;
mod collect;
mod containers;
mod county_months;
mod determinism;
mod forms;
mod history;
mod history_checks;
mod history_decisions;
mod history_identity;
mod ledger;
mod memory;
mod months;
mod own_book;
mod publish;
mod publish_recalc;
mod publish_report;
mod publish_sample;
mod rankings;
mod reading;
mod readme;
mod reporting;
mod returns;
mod rollup;
mod s000;
mod s001;
mod s002;
mod s003;
mod s004;
mod sample;
mod scores;
mod settings;
mod stated;
mod systems;
mod trace;
mod trees;
