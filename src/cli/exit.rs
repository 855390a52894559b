//! The exit status, decided here and nowhere else.

use std::process::ExitCode;

use crate::deliver::NotKept;
use crate::ledger::{LedgerError, QueryError};
use crate::pipeline::memory::MemoryError;
use crate::pipeline::{DraftError, FetchingError, FormsError, MailError, RunError};
use crate::profile::ProfileErrors;
use crate::publish::{FormError, PublishError};
use crate::trace::TraceError;
use crate::workspace::WorkspaceError;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done, nothing to complain of.
    Clean,
    /// 1: done, with findings that departments must mend, or a file that could not be opened.
    ErrorFindings,
    /// 2: wrong use, or faults in settings or profile; nothing was written.
    WrongUse,
    /// 3: could not finish; the last good result is in place.
    Unfinished,
    /// 130: stopped by Ctrl-C, as shells count it; nothing was changed.
    Interrupted,
}

impl Exit {
    /// Done, with this many error findings.
    pub fn done(errors: usize) -> Self {
        if errors == 0 { Self::Clean } else { Self::ErrorFindings }
    }

    /// The number that the shell sees.
    pub fn status(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::ErrorFindings => 1,
            Self::WrongUse => 2,
            Self::Unfinished => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The folder.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// The profile.
    #[error(transparent)]
    Profile(#[from] ProfileErrors),
    /// The run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Mail that was to be fetched.
    #[error(transparent)]
    Fetching(#[from] FetchingError),
    /// A decision about a layout.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// A book that could not be drafted.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// Forms that could not be issued.
    #[error(transparent)]
    Forms(#[from] FormsError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A question that has no answer.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A figure that there is not.
    #[error(transparent)]
    Trace(#[from] TraceError),
    /// An answer that cannot be written.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// Where something was to be put, something stands.
    #[error("{0} 里已有文件，不覆盖：请换一个空文件夹")]
    Taken(std::path::PathBuf),
    /// The blank settings workbook could not be made.
    #[error(transparent)]
    Form(#[from] FormError),
    /// Mail.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// No account whose password could be kept.
    #[error("wuzhang.toml 的 [mail] 里没有 user：先写明登录的帐号，再存密码")]
    NoUser,
    /// No password to keep.
    #[error("没有要存的密码：请先设环境变量 WUZHANG_MAIL_PASSWORD，再运行")]
    NothingToKeep,
    /// The keyring.
    #[error(transparent)]
    NotKept(#[from] NotKept),
    /// No project of that name.
    #[error("台账里没有名称含有“{0}”或代码为“{0}”的项目：请核对写法，并先用 wuzhang run 处理过有关的报告期")]
    NoProject(String),
    /// Nobody takes what we print.
    #[error("写不到标准输出：{0}")]
    Output(#[from] std::io::Error),
}

impl CommandError {
    /// The exit that it leads to.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Workspace(WorkspaceError::Io { .. } | WorkspaceError::Busy { .. })
            | Self::Form(_)
            | Self::Memory(MemoryError::Io { .. }) => Exit::Unfinished,
            Self::NoProject(_) | Self::Workspace(_) | Self::Profile(_) | Self::Memory(_) | Self::Taken(_) => {
                Exit::WrongUse
            }
            Self::Ledger(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::Fetching(FetchingError::Fetch(error)) if error.is_wrong_use() => Exit::WrongUse,
            Self::Fetching(FetchingError::Office(error)) if error.is_wrong_use() => Exit::WrongUse,
            Self::Fetching(_) => Exit::Unfinished,
            Self::Draft(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::Draft(_) => Exit::Unfinished,
            Self::Forms(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::Forms(_) => Exit::Unfinished,
            Self::Trace(TraceError::Unknown(_)) => Exit::WrongUse,
            Self::Trace(_) => Exit::Unfinished,
            Self::Query(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::Publish(PublishError::TooManyRows(_)) => Exit::WrongUse,
            Self::Ledger(_) | Self::Query(_) | Self::Publish(_) => Exit::Unfinished,
            Self::Run(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::Mail(error) if error.is_wrong_use() => Exit::WrongUse,
            Self::NoUser | Self::NothingToKeep => Exit::WrongUse,
            Self::Mail(_) | Self::NotKept(_) => Exit::Unfinished,
            Self::Run(_) => Exit::Unfinished,
            // `wuzhang … | head` is no failure.
            Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Clean,
            Self::Output(_) => Exit::Unfinished,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_has_its_status() {
        assert_eq!(Exit::done(0).status(), 0);
        assert_eq!(Exit::done(7).status(), 1);
        assert_eq!(CommandError::from(WorkspaceError::NotFound("x".into())).exit().status(), 2);
        assert_eq!(CommandError::from(ProfileErrors(Vec::new())).exit().status(), 2);
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let full = WorkspaceError::Io { action: "写入", path: "x".into(), source: full };
        assert_eq!(CommandError::from(full).exit().status(), 3);
    }
}
