//! One writer at a time: the workspace held while a command writes to it.

use std::fmt::Display;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{CommandError, complain, interrupt};
use crate::workspace::{Holder, Lock, Workspace};

/// Holds a workspace for a command; where another holds it, waits if it is to.
pub(super) fn hold(workspace: &Workspace, command: impl Display, wait: bool) -> Result<Lock, CommandError> {
    let me = Holder { process: std::process::id(), since: now(), command: command.to_string() };
    let waiting = |holder: Option<&Holder>| {
        if wait {
            let who = holder.map_or_else(|| "另一个程序".to_owned(), |holder| holder.in_words(now()));
            complain(&format!("等待{who}结束…"));
        }
        wait
    };
    let lock = workspace.hold(&me, &waiting)?;
    interrupt::remember(lock.told_in().to_owned());
    if let Some(dead) = &lock.dead {
        complain(&format!("{}没有正常结束，已清理它留下的半成品，上一次的成果不受影响", dead.in_words(now())));
    }
    Ok(lock)
}

/// The machine's clock.
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
