//! What may happen to a run while it runs: a kill, a full disk, another run, a clock and a machine that differ.

mod account;
mod disk;
mod disk_handed;
mod held;
mod kill;
mod office;
mod outputs;
mod same;
mod text;
