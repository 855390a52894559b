//! One writer at a time: the workspace held while a command writes to it.

use std::fmt::Display;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{CommandError, complain, interrupt};
use crate::say;
use crate::workspace::{Holder, Lock, Workspace};

/// Holds a workspace for a command; where another holds it, waits if it is to.
pub(super) fn hold(workspace: &Workspace, command: impl Display, wait: bool) -> Result<Lock, CommandError> {
    let me = Holder { process: std::process::id(), since: now(), command: command.to_string() };
    let waiting = |holder: Option<&Holder>| {
        if wait {
            complain(&match holder {
                Some(holder) => say!("progress-waiting", holder = holder.in_words(now())),
                None => say!("progress-waiting-unknown"),
            });
        }
        wait
    };
    let lock = workspace.hold(&me, &waiting)?;
    interrupt::remember(lock.told_in().to_owned());
    if let Some(dead) = &lock.dead {
        complain(&say!("progress-cleared", holder = dead.in_words(now())));
    }
    Ok(lock)
}

/// The machine's clock.
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
