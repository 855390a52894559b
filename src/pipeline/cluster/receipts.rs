//! Receipts of a month on a cluster: what a task has registered of its files, and all of an office's put together.
//!
//! They go through the job's folder as JSON and never through Spark: there are as many as files, and only the process
//! that settles an office looks at them. Together they tell what every unit reported, as a run's register does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ClusterFault, Post, own_name};
use crate::pipeline::RunError;
use crate::register::Receipt;

/// What a task leaves of the files that it was given.
#[derive(Debug, Serialize, Deserialize)]
struct Registered {
    /// The files of its list, by which it is known whether every task has ended.
    given: Vec<String>,
    /// What was in them; a package gives several.
    receipts: Vec<Receipt>,
}

/// Writes what a task has registered; gives its size.
pub(super) fn write(
    post: &Post,
    (task, given): (&str, &BTreeSet<&str>),
    receipts: Vec<Receipt>,
    to: &Path,
) -> Result<usize, RunError> {
    let given = given.iter().map(ToString::to_string).collect();
    let text = serde_json::to_string(&Registered { given, receipts }).expect("JSON can hold all of a receipt");
    post.write_bytes(to, &format!("receipts/{}/{task}.json", own_name(post)), text.as_bytes())
}

/// What all tasks have registered of an office's files, by name: of files with the same content the first counts.
/// `listed` are the inbox's files.
///
/// # Errors
///
/// A file of the inbox that no task has registered: it must not be told as not reported.
pub(super) fn read(post: &Post, listed: &[&str], to: &Path) -> Result<Vec<Receipt>, RunError> {
    let folder = to.join("receipts").join(own_name(post));
    let (mut given, mut receipts) = (BTreeSet::new(), Vec::new());
    let entries = fs::read_dir(&folder).map_err(ClusterFault::at(&folder))?;
    for entry in entries {
        let path = entry.map_err(ClusterFault::at(&folder))?.path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(ClusterFault::at(&path))?;
        let one: Registered = serde_json::from_str(&text)
            .map_err(|fault| ClusterFault::Registered { path: path.clone(), fault: fault.to_string() })?;
        given.extend(one.given);
        receipts.extend(one.receipts);
    }
    if let Some(file) = listed.iter().find(|name| !given.contains(**name)) {
        return Err(ClusterFault::Unread((*file).to_owned()).into());
    }
    receipts.sort_by(|a, b| a.file.cmp(&b.file));
    set_copies_aside(&mut receipts);
    Ok(receipts)
}

/// As taking in an inbox does: the same file under two names counts once, the first by name.
fn set_copies_aside(receipts: &mut [Receipt]) {
    let mut first: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for receipt in receipts {
        match first.get(&receipt.sha256) {
            Some(original) if !receipt.entries.is_empty() => {
                receipt.copy_of = Some(original.clone());
                receipt.entries.clear();
            }
            _ => {
                first.insert(receipt.sha256.clone(), receipt.file.clone());
            }
        }
    }
}

/// Takes over which reports later ones replace, as it came out where those were held beside one another.
pub(super) fn take_replaced(receipts: &mut [Receipt], settled: &[Receipt]) {
    let by_file: BTreeMap<&str, &Receipt> = settled.iter().map(|receipt| (&*receipt.file, receipt)).collect();
    for receipt in receipts {
        let Some(settled) = by_file.get(&*receipt.file) else { continue };
        for entry in &mut receipt.entries {
            let same = settled.entries.iter().find(|other| other.unit == entry.unit && other.book == entry.book);
            if let Some(same) = same.filter(|same| same.replaced_by.is_some()) {
                (entry.replaced, entry.replaced_by) = (same.replaced, same.replaced_by.clone());
            }
        }
    }
}
