//! What a job reads and asks: tasks for the workers, statements for Spark.

use std::path::PathBuf;

use serde::Serialize;

use super::{ClusterFault, Post};
use crate::cluster::{Statements, statements};
use crate::measure::Frame;
use crate::period::Period;
use crate::pipeline::intake::listed;
use crate::pipeline::{Office, RunError};
use crate::workspace::{Level, Workspace};

/// How large a task may grow.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    /// Files.
    pub files: usize,
    /// Bytes of files.
    pub bytes: u64,
}

/// A job.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// The month.
    pub period: Period,
    /// The office that ranks.
    pub workspace: PathBuf,
    /// By what its answers are known.
    pub plan: String,
    /// The offices whose files are read, by name.
    pub offices: Vec<(String, PathBuf)>,
    /// What the workers read, the largest first.
    pub tasks: Vec<Task>,
    /// What Spark is asked.
    pub statements: Statements,
}

/// What a worker reads at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The office's name.
    pub office: String,
    /// Its workspace.
    pub workspace: PathBuf,
    /// Files, from the inbox.
    pub files: Vec<String>,
    /// Their bytes.
    pub bytes: u64,
}

/// Plans the month of an office: its own files, or those of `below`, the counties of a higher office.
///
/// # Errors
///
/// Faults in any office's profile or settings, two offices of one name, other offices' files for a county.
pub fn plan(workspace: &Workspace, below: &[Workspace], period: Period, cut: Cut) -> Result<Plan, RunError> {
    let office = Office::open(workspace, period)?;
    let frame = Frame { profile: &office.profile, settings: &office.settings, period };
    let statements = statements(frame)?;
    let above = Some(workspace).filter(|workspace| workspace.level == Level::City);
    if above.is_none() && below.iter().any(|one| one.root != workspace.root) {
        return Err(ClusterFault::NotCity(workspace.root.clone()).into());
    }
    let read: Vec<Workspace> = if below.is_empty() { vec![workspace.clone()] } else { below.to_vec() };
    let (mut offices, mut tasks) = (Vec::new(), Vec::new());
    for one in read {
        let post = Post::open(one, above, period)?;
        if offices.iter().any(|(name, _)| *name == post.name) {
            return Err(ClusterFault::SameName(post.name).into());
        }
        tasks.extend(tasks_of(&post, cut)?);
        offices.push((post.name, post.workspace.root));
    }
    tasks.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| (&a.office, &a.files).cmp(&(&b.office, &b.files))));
    Ok(Plan { period, workspace: workspace.root.clone(), plan: statements.digest(), offices, tasks, statements })
}

/// The files of an office, cut into tasks of like size in the order of their names.
fn tasks_of(post: &Post, cut: Cut) -> Result<Vec<Task>, RunError> {
    let empty =
        || Task { office: post.name.clone(), workspace: post.workspace.root.clone(), files: Vec::new(), bytes: 0 };
    let (mut tasks, mut task) = (Vec::new(), empty());
    for (name, path) in listed(&post.workspace, post.office.period)? {
        let bytes = std::fs::metadata(&path).map_or(0, |data| data.len());
        let full = task.files.len() >= cut.files || task.bytes + bytes > cut.bytes;
        if full && !task.files.is_empty() {
            tasks.push(std::mem::replace(&mut task, empty()));
        }
        task.files.push(name);
        task.bytes += bytes;
    }
    tasks.extend(Some(task).filter(|task| !task.files.is_empty()));
    Ok(tasks)
}
