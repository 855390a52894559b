//! Why the ledger could not be written or read; told to the operator, with what is still whole.

use std::io;
use std::path::{Path, PathBuf};

use polars::prelude::PolarsError;

use crate::period::Period;

/// Why the ledger could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file system refused.
    #[error("台账 {path} 无法读写：{source}；请检查目录权限和磁盘空间后重新运行")]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The documents' folder cannot be written.
    #[error("写不了 {path}：{source}。请检查磁盘空间和权限，关闭已打开的成果文件后重新运行")]
    Documents {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A part that is no Parquet or could not be made into it.
    #[error("台账 {path} 不能作为 Parquet 读写：{source}；如文件已损坏，请重新运行该报告期")]
    Parquet {
        /// Where.
        path: PathBuf,
        /// What polars said.
        source: PolarsError,
    },
    /// Written by a program that knows more than this one.
    #[error(
        "台账 {path} 是更新版本的 wuzhang 写的（格式{found}，本程序只认识到格式{known}）：请升级程序后再运行；台账没有改动"
    )]
    Newer {
        /// The file that says so.
        path: PathBuf,
        /// The format it states.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// A file that is not what the run recorded.
    #[error(
        "台账 {path} 已损坏或被改动：{fault}。其他报告期和其他各次运行不受影响（用 wuzhang runs 查看）；\
         请重新运行该报告期，或从备份恢复这个文件"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How it differs.
        fault: String,
    },
    /// A period without a run.
    #[error("{} 还没有运行记录：请先运行该报告期（wuzhang run 工作区 --period 报告期）", .0.in_words())]
    NoRun(Period),
    /// A run that there is not.
    #[error("{} 没有第 {given} 次运行：有 {known}", .period.in_words())]
    NoSuchRun {
        /// The period.
        period: Period,
        /// What was asked for.
        given: String,
        /// The runs there are, as one writes them.
        known: String,
    },
}

impl LedgerError {
    /// Whether the operator asked for something that there is not (as against a ledger in trouble).
    pub fn is_wrong_use(&self) -> bool {
        matches!(self, Self::NoRun(_) | Self::NoSuchRun { .. })
    }
}

/// What makes a file system's refusal an error that names the place.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let path = path.to_owned();
    move |source| LedgerError::Io { path, source }
}

pub(super) fn damaged(path: &Path, fault: impl Into<String>) -> LedgerError {
    LedgerError::Damaged { path: path.to_owned(), fault: fault.into() }
}

/// The same for the documents' folder, which a reader may hold open.
pub(super) fn at_documents(path: &Path) -> impl FnOnce(io::Error) -> LedgerError {
    let path = path.to_owned();
    move |source| LedgerError::Documents { path, source }
}
