//! The `wuzhang` program: see [`wuzhang::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    wuzhang::cli::main()
}
