//! What nearly every command takes: the workspace it looks at, and the month.

use std::path::PathBuf;

use clap::Args;

use super::CommandError;
use crate::period::Period;
use crate::workspace::Workspace;

/// A workspace, whatever the month.
#[derive(Debug, Args)]
pub(super) struct InWorkspace {
    /// 工作区
    #[arg(value_name = "工作区", help_heading = "参数")]
    workspace: PathBuf,
}

/// One month of a workspace.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct OfMonth {
    /// 工作区，或任何放着报表的文件夹
    #[arg(value_name = "工作区", help_heading = "参数")]
    workspace: PathBuf,
    /// 报告期，如 2026-10
    #[arg(long, value_name = "报告期")]
    pub(super) period: Period,
}

/// One month of a workspace, for people or for programs.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct MonthArgs {
    #[command(flatten)]
    pub(super) at: OfMonth,
    /// 结果以 JSON 输出
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
