//! Why a run stops: for the operator, with what to do next.

use std::io;
use std::path::PathBuf;

use super::cluster::ClusterFault;
use super::memory::MemoryError;
use crate::check::CheckError;
use crate::ledger::LedgerError;
use crate::measure::MeasureError;
use crate::merge::MergeError;
use crate::profile::ProfileErrors;
use crate::publish::PublishError;
use crate::register::RegisterError;
use crate::settings::SettingsErrors;
use crate::template::TemplateErrors;
use crate::workspace::Stopped;

/// Why a run stopped; the last good results are where they were.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Faults in the profile.
    #[error(transparent)]
    Profile(#[from] ProfileErrors),
    /// Rules, measures or rankings of the profile that cannot be computed.
    #[error("配置文件有{}处错误，改正后再运行：\n  {}", .0.len(), .0.join("\n  "))]
    Formulas(Vec<String>),
    /// Faults in the settings workbook.
    #[error(transparent)]
    Settings(#[from] SettingsErrors),
    /// Faults in the office's own templates.
    #[error(transparent)]
    Templates(#[from] TemplateErrors),
    /// The decisions about layouts.
    #[error(transparent)]
    Memory(MemoryError),
    /// A question about departments, to an office that only counties report to.
    #[error("市级工作区没有部门的报送情况：哪些县没有报来，看 wuzhang run 做出的核验报告")]
    NoDepartments,
    /// No folder for the period.
    #[error("收件箱 {0} 不存在：请建立这个文件夹，把各单位报来的表放进去，再重新运行")]
    NoInbox(PathBuf),
    /// Nothing in it.
    #[error("收件箱 {0} 里没有文件：请把各单位报来的表放进去，再重新运行")]
    EmptyInbox(PathBuf),
    /// A folder that cannot be listed.
    #[error("读不了 {path}：{source}。请检查权限后重新运行")]
    Reading {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Rows that got lost, or another fault of the program.
    #[error(transparent)]
    Merge(#[from] MergeError),
    /// A rule that cannot be evaluated.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The register of receipts.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A measure that cannot be computed.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// A file that is not what it was when it was read.
    #[error("“{0}”在运行过程中被改动：请关闭正在编辑它的程序，等它存好后重新运行；上次的成果未被改动")]
    Changed(String),
    /// A month on a cluster.
    #[error(transparent)]
    Cluster(#[from] ClusterFault),
    /// A document that cannot be made.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A stop that was asked for.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

impl RunError {
    /// Whether the operator gave us something wrong (as against a run that failed).
    pub fn is_wrong_use(&self) -> bool {
        matches!(
            self,
            Self::Profile(_)
                | Self::Formulas(_)
                | Self::Settings(_)
                | Self::Templates(_)
                | Self::NoInbox(_)
                | Self::EmptyInbox(_)
                | Self::NoDepartments
        ) || matches!(self, Self::Ledger(error) if error.is_wrong_use())
            || matches!(self, Self::Cluster(fault) if fault.is_wrong_use())
            || matches!(self, Self::Publish(error) if error.is_wrong_use())
    }
}
