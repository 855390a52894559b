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
use crate::say;
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
    #[error("{}", say!("run-formulas", count = _0.len(), faults = _0.join("\n  ")))]
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
    /// Two books whose workbooks would have one name.
    #[error("{}", say!("run-same-file", one = one, other = other, file = file))]
    SameFile {
        /// The first book's id.
        one: String,
        /// The other's.
        other: String,
        /// The name.
        file: String,
    },
    /// A question about departments, to an office that only counties report to.
    #[error("{}", say!("run-no-departments"))]
    NoDepartments,
    /// No folder for the period.
    #[error("{}", say!("run-no-inbox", path = _0.display()))]
    NoInbox(PathBuf),
    /// Nothing in it.
    #[error("{}", say!("run-empty-inbox", path = _0.display()))]
    EmptyInbox(PathBuf),
    /// A folder that cannot be listed.
    #[error("{}", say!("run-reading", path = path.display(), source = source))]
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
    #[error("{}", say!("run-changed", file = _0))]
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
