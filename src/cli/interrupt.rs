//! Ctrl-C: within a second the program has ended and what stands is as it was.
//!
//! Asks the work to stop and gives it a moment to remove what it was building; work that does not come to a
//! place where it can stop is left where it is, since nothing that stands is touched before the run is
//! handed over. What was reached is told in one sentence, and the exit status is 130 as shells have it.

use std::io::{IsTerminal, Write, stderr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use super::{Exit, complain};
use crate::say;
use crate::workspace::{Found, STOP, clear_making};

/// How long work may take to stop by itself.
const MOMENT: Duration = Duration::from_millis(600);

/// What says that a run is under way, to be removed where its owner cannot any longer.
static RUNNING: Mutex<Option<PathBuf>> = Mutex::new(None);
/// Whether the end has been told.
static TOLD: AtomicBool = AtomicBool::new(false);

/// From here on Ctrl-C ends the program in order.
pub(super) fn arrange() {
    // Where the system has no such signal, or it is taken, Ctrl-C ends the program as a kill does.
    let _ = ctrlc::set_handler(interrupted);
}

/// Keeps in mind what a held workspace says of its holder.
pub(super) fn remember(running: PathBuf) {
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
}

/// How a command ends that stopped because it was asked to.
pub(super) fn stopped() -> Exit {
    tell(&say!("progress-stopped"));
    Exit::Interrupted
}

fn interrupted() {
    let found = STOP.ask();
    sleep(MOMENT);
    match found {
        Found::Working => {
            clear_making();
            stopped();
        }
        Found::Passed => tell(&say!("progress-passed")),
    }
    if let Some(running) = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = std::fs::remove_file(running);
    }
    std::process::exit(i32::from(Exit::Interrupted.status()));
}

/// Says how it ended, once, whoever comes first.
fn tell(text: &str) {
    if !TOLD.swap(true, Ordering::SeqCst) {
        if stderr().is_terminal() {
            // Below the bar that stands there, and the ^C that the terminal wrote.
            let _ = writeln!(stderr().lock());
        }
        complain(text);
    }
}
