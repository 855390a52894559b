//! What may happen to a run while it runs: a kill, Ctrl-C, a full disk, another run, a clock and a machine that differ.

mod account;
mod disk;
mod disk_handed;
mod held;
#[cfg(target_os = "linux")]
mod interrupt;
mod kill;
#[cfg(unix)]
mod many_files;
pub(crate) mod office;
mod outputs;
mod same;
mod text;
