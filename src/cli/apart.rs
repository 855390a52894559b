//! The reading process: this program again, called by itself.

use std::path::PathBuf;

use super::Exit;
use crate::collect;

/// The subcommand, which no help shows.
const COMMAND: &[&str] = &["read-apart"];

/// Has this process's files read by others of this program.
pub(super) fn arrange() {
    if let Some(program) = own_program() {
        collect::read_apart_by(program, COMMAND);
    }
}

/// This program: on Linux the very file that runs, though another has taken its name since.
fn own_program() -> Option<PathBuf> {
    let running = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() { Some(running) } else { std::env::current_exe().ok() }
}

/// Reads what the caller asks for.
pub(super) fn serve() -> Exit {
    match collect::serve(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => Exit::Clean,
        Err(_) => Exit::Unfinished,
    }
}
