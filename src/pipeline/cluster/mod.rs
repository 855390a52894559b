//! A month on a cluster: what its workers do with files, and what becomes of the sums that come back.
//!
//! A job goes: [`plan`] (what to read, what to ask), [`read`] on the workers a list of files at a time, Spark's
//! statements, [`settle`] on the workers an office at a time for what several files report, Spark's statements,
//! [`rank`]. A [`Post`] is an office whose files are read, for itself or for a higher one.

mod fault;
mod plan;
mod rank;
mod read;
mod receipts;
mod settle;

use std::fs;
use std::path::{Path, PathBuf};

pub use fault::ClusterFault;
pub use plan::{Cut, Plan, Task, plan};
pub use rank::{Ranked, rank};
pub use read::read;
pub use settle::{Meant, settle};

use super::{Office, RunError};
use crate::cluster::Part;
use crate::ledger::sha256;
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::Profile;
use crate::rollup;
use crate::workspace::{Level, Workspace, write_whole};

/// What a task came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Done {
    /// Files read.
    pub files: usize,
    /// Of them, files that could not be opened.
    pub unopened: usize,
    /// Data rows in them.
    pub rows: usize,
    /// Findings.
    pub findings: usize,
    /// Bytes written.
    pub written: usize,
}

/// An office at work on the cluster.
#[derive(Debug)]
pub struct Post {
    workspace: Workspace,
    office: Office,
    name: String,
    /// The books of the higher office that is worked for.
    above: Option<Profile>,
}

impl Post {
    /// Opens an office, for itself or for a higher one.
    ///
    /// # Errors
    ///
    /// As [`run`](super::run); an office without a roster, whose names would be taken differently by each worker.
    pub fn open(workspace: Workspace, above: Option<&Workspace>, period: Period) -> Result<Self, RunError> {
        if workspace.level == Level::City {
            return Err(ClusterFault::NotCounty(workspace.root).into());
        }
        let office = Office::open(&workspace, period)?;
        if office.settings.units.is_empty() {
            return Err(ClusterFault::NoRoster(workspace.root).into());
        }
        let name = workspace.county.clone().unwrap_or_default();
        let above = above.filter(|above| above.root != workspace.root);
        if let Some(above) = above {
            if name.is_empty() {
                return Err(ClusterFault::Nameless(workspace.root).into());
            }
            if !above.counties.is_empty() && !above.counties.contains(&name) {
                return Err(ClusterFault::Unknown { name, known: above.counties.join("、") }.into());
            }
        }
        let above = above.map(Workspace::load_profile).transpose()?;
        Ok(Self { workspace, office, name, above })
    }

    /// Rows as they are written: a higher office has its own columns and names.
    fn as_written(&self, facts: &Facts) -> Result<Option<Facts>, RunError> {
        let Some(above) = &self.above else { return Ok(Some(facts.clone())) };
        let Some(book) = above.book(&facts.book) else { return Ok(None) };
        let fault = |_| ClusterFault::OtherColumns { name: self.name.clone(), book: facts.book.clone() };
        let frame = rollup::aligned(book, &facts.frame, &self.name).map_err(fault)?;
        Ok(Some(Facts { book: facts.book.clone(), frame }))
    }

    /// Writes a part, whole and over what an earlier try has left; gives its size.
    fn write(&self, to: &Path, name: &str, part: Part) -> Result<usize, RunError> {
        self.write_bytes(to, name, &part.parquet(&self.name, Path::new(name))?)
    }

    fn write_bytes(&self, to: &Path, name: &str, bytes: &[u8]) -> Result<usize, RunError> {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap_or(to)).map_err(ClusterFault::at(&path))?;
        write_whole(&path, bytes).map_err(ClusterFault::at(&path))?;
        Ok(bytes.len())
    }

    /// The folder of a book's rows in the ledger's layout.
    fn book_folder(&self, kind: &str, book: &str) -> PathBuf {
        PathBuf::from(kind).join(format!("book={book}")).join(format!("period={}", self.office.period))
    }
}

/// What an office's own files are called in the job's folder, whatever characters its name has.
fn own_name(post: &Post) -> String {
    sha256(post.name.as_bytes()).chars().take(16).collect()
}
