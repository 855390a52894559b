//! What the parts of a run cost: `cargo bench --bench parts`; `cargo test --bench parts` runs each once.
//!
//! Takes no files: the workbooks are made in memory. For the whole of a run see `cargo xtask bench`.

// A benchmark that cannot be set up has nothing to measure, and the macros write no documentation.
#![allow(clippy::unwrap_used, missing_docs)]

mod month;
mod reading;
mod sheets;

use criterion::{criterion_group, criterion_main};

criterion_group!(benches, reading::stages, reading::values, month::month);
criterion_main!(benches);
