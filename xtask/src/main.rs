//! `cargo xtask`: what engineers do with this repository.
//!
//! Takes a command, runs it from the root of the repository, exits with 1 where it failed. Nothing here is
//! part of the program; nothing here knows its inside but for what it writes.

mod bench;
mod chart;
mod check;
mod code;
mod measured;
mod report;
mod sets;
mod sizes;
mod truth;
mod yardstick;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a command comes to; what went wrong is told in one line.
type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "What engineers do with this repository")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run every check that a reviewer would
    Check(check::Wanted),
    /// Tell how long files and functions are, and which are the longest
    Sizes(sizes::Wanted),
    /// Make a set of workbooks to measure with, and the figures that they add up to
    BenchData(sets::Wanted),
    /// Measure the program against a bare reader and a peer, in turn, and hold what it gives against the truth
    Bench(bench::Wanted),
    /// Read every cell of a folder's workbooks and count them: what any reader must at least do
    Yardstick {
        /// A folder of .xlsx workbooks
        dir: PathBuf,
        /// How many files are read side by side; as many as there are processors where not given
        #[arg(long)]
        threads: Option<usize>,
    },
    /// Run a command and write what it took; for `bench`, which needs a process of its own for each
    #[command(hide = true)]
    Measured(measured::Wanted),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Check(wanted) => check::check(&wanted),
        Command::Sizes(wanted) => sizes::sizes(&wanted),
        Command::BenchData(wanted) => sets::make(&wanted),
        Command::Bench(wanted) => bench::bench(&wanted),
        Command::Yardstick { dir, threads } => yardstick::yardstick(&dir, threads),
        Command::Measured(wanted) => measured::measured(&wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
