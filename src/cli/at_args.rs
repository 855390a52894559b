//! What nearly every command takes: the workspace it looks at, and the month.

use std::path::PathBuf;

use clap::Args;

use super::CommandError;
use crate::period::Period;
use crate::workspace::Workspace;

/// A workspace, whatever the month.
#[derive(Debug, Args)]
pub(super) struct InWorkspace {
    /// WORKSPACE.
    workspace: PathBuf,
}

/// One month of a workspace.
#[derive(Debug, Args)]
pub(super) struct OfMonth {
    /// A workspace, or any folder with reports.
    workspace: PathBuf,
    /// The period, such as 2026-10.
    #[arg(long)]
    pub(super) period: Period,
}

/// One month of a workspace, for people or for programs.
#[derive(Debug, Args)]
pub(super) struct MonthArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// Answer in JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl InWorkspace {
    /// The workspace that was named.
    pub(super) fn open(&self) -> Result<Workspace, CommandError> {
        Ok(Workspace::open(&self.workspace)?)
    }
}

impl OfMonth {
    /// The workspace that was named.
    pub(super) fn open(&self) -> Result<Workspace, CommandError> {
        Ok(Workspace::open(&self.workspace)?)
    }
}
