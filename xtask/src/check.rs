//! Every check that a reviewer would run, in the order in which they fail fastest.
//!
//! Takes which to leave out, prints each as it begins, stops at the first that fails.

use std::process::{Command, Stdio};

use clap::Args;

use crate::Outcome;

/// What to leave out.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Leave out the tests, which take longest
    #[arg(long)]
    no_tests: bool,
}

/// A check: its cargo command, and what else it needs in the environment.
struct Check {
    arguments: &'static [&'static str],
    environment: Option<(&'static str, &'static str)>,
    is_test: bool,
}

const fn check_of(arguments: &'static [&'static str]) -> Check {
    Check { arguments, environment: None, is_test: false }
}

const fn test_of(arguments: &'static [&'static str]) -> Check {
    Check { arguments, environment: None, is_test: true }
}

// The two packages apart, each with the features that it is built with.
const CHECKS: [Check; 8] = [
    check_of(&["fmt", "--all", "--check"]),
    check_of(&["clippy", "--locked", "--all-targets", "--", "-D", "warnings"]),
    check_of(&["clippy", "--locked", "--package", "xtask", "--all-targets", "--", "-D", "warnings"]),
    Check {
        arguments: &["doc", "--locked", "--no-deps"],
        environment: Some(("RUSTDOCFLAGS", "-D warnings")),
        is_test: false,
    },
    test_of(&["test", "--locked"]),
    test_of(&["test", "--locked", "--package", "xtask"]),
    test_of(&["test", "--locked", "--benches"]),
    // Licences, duplicates, sources and bans; advisories too where their database can be fetched.
    check_of(&["deny", "--locked", "check", "licenses", "bans", "sources"]),
];

/// `cargo xtask check`
pub(crate) fn check(wanted: &Wanted) -> Outcome {
    for check in CHECKS.iter().filter(|check| !(check.is_test && wanted.no_tests)) {
        let said = format!("cargo {}", check.arguments.join(" "));
        if !is_there(check.arguments[0]) {
            println!(
                "\n== {said}: left out, since cargo has no {0} here (cargo install cargo-{0})",
                check.arguments[0]
            );
            continue;
        }
        println!("\n== {said}");
        let mut command = cargo();
        command.args(check.arguments).envs(check.environment);
        if !command.status()?.success() {
            return Err(format!("{said} failed").into());
        }
    }
    println!("\nall checks passed");
    Ok(())
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Whether cargo knows a command: its own, or one that was installed.
fn is_there(command: &str) -> bool {
    let asked = cargo().args([command, "--help"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}
