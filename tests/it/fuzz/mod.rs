//! Fuzz targets on stable Rust: each runs a short while with `cargo test`, and as long as wanted with
//! `BOLERO_RANDOM_ITERATIONS=1000000` or `BOLERO_RANDOM_TEST_TIME_MS=600000`; a finding prints the seed
//! (`BOLERO_RANDOM_SEED`) that brings it back. Seeds of inputs are made here or stand in `tests/data`.

mod grammar;
mod intake;
mod profile;
mod settings;

use std::sync::atomic::{AtomicUsize, Ordering};

/// A change to bytes or to text: where, how, with what.
type Change = (u32, u8, u8);

/// Bytes with changes: set, bent, cut out, repeated, made extreme, cut off.
fn bent(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for &(at, how, with) in changes.iter().take(12) {
        if bytes.is_empty() {
            break;
        }
        let at = at as usize % bytes.len();
        let run = at..(at + 1 + usize::from(with)).min(bytes.len());
        match how % 16 {
            0..=4 => bytes[at] = with,
            5..=8 => bytes[at] ^= 1 << (with % 8),
            9 | 10 => drop(bytes.drain(run)),
            11 | 12 => {
                let again = bytes[run].to_vec();
                bytes.splice(at..at, again);
            }
            13 | 14 => {
                let extreme = [u32::MAX, 0, 0x7FFF_FFFF, 0x8000_0000][usize::from(with % 4)].to_le_bytes();
                let end = (at + 4).min(bytes.len());
                bytes[at..end].copy_from_slice(&extreme[..end - at]);
            }
            _ if with > 200 => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}

/// Counts executions, and prints the count when the target is done.
struct Count(&'static str, AtomicUsize);

impl Count {
    fn of(target: &'static str) -> Self {
        Self(target, AtomicUsize::new(0))
    }

    fn one(&self) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Count {
    fn drop(&mut self) {
        println!("{}: {} executions", self.0, self.1.load(Ordering::Relaxed));
    }
}
