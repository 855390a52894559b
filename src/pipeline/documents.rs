//! The documents of a run while they are made: each goes to the disk as it is made, and one whose every input is as it
//! was for the run that stands is taken over from there.
//!
//! Takes documents by name; gives the ledger's staging folder, and the names in the order in which they came. What a
//! document was made from is kept with the run as a digest ([`MADE_FROM`]): of the program's own text and of all that
//! goes into the document, so that one taken over has the very bytes that making it again would give.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::RunError;
use crate::ledger::{Ledger, MADE_FROM, Record, Run, Staging};
use crate::period::Period;
use crate::workspace::{STOP, Workspace};

/// What a document was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MadeFrom(String);

impl MadeFrom {
    /// The digest of all inputs, and of the program: what they hash is all that they are.
    pub(super) fn of(inputs: &impl Hash) -> Self {
        let mut digest = Digesting(Sha256::new());
        crate::MADE_FROM.hash(&mut digest);
        inputs.hash(&mut digest);
        Self(digest.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Takes all that a value hashes into a digest, numbers as every machine writes them.
struct Digesting(Sha256);

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn write_u16(&mut self, number: u16) {
        self.write(&number.to_le_bytes());
    }

    fn write_u32(&mut self, number: u32) {
        self.write(&number.to_le_bytes());
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    /// Asked for by nothing: a digest is no number.
    fn finish(&self) -> u64 {
        0
    }
}

/// The documents of a run.
#[derive(Debug)]
pub(super) struct Documents {
    staging: Staging,
    names: Vec<String>,
    made_from: BTreeMap<String, String>,
    standing: Option<Standing>,
}

/// What makes some of the documents while others are made.
pub(super) type Maker<'m> = Box<dyn FnOnce(&mut Part) -> Result<(), RunError> + Send + 'm>;

/// Some of the documents, in the order in which they came: they go to the same folder as all.
#[derive(Debug)]
pub(super) struct Part<'d> {
    staging: &'d Staging,
    names: Vec<String>,
}

/// The last run with such documents, and what they were made from.
#[derive(Debug)]
struct Standing {
    run: Run,
    by_inputs: BTreeMap<String, String>,
}

impl Documents {
    /// Begins the documents of a period's run.
    ///
    /// # Errors
    ///
    /// A ledger that cannot be written.
    pub(super) fn begin(workspace: &Workspace, period: Period) -> Result<Self, RunError> {
        let ledger = Ledger::of(workspace);
        let staging = ledger.stage()?;
        // A run that cannot be read has nothing to give; committing tells of it and mends it.
        let runs = ledger.runs(period).unwrap_or_default().into_iter().rev().flatten();
        // A quick run has none that could be taken over; those of the run before it are as good.
        let standing = runs.filter(|run| run.manifest.files.contains_key(MADE_FROM)).find_map(Standing::of);
        Ok(Self { staging, names: Vec::new(), made_from: BTreeMap::new(), standing })
    }

    /// Puts a document.
    pub(super) fn put(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<(), RunError> {
        let mut part = Part::of(&self.staging);
        part.put(name, bytes)?;
        self.names.append(&mut part.names);
        Ok(())
    }

    /// Makes documents side by side; they are told in the order of their makers.
    pub(super) fn side_by_side(&mut self, makers: Vec<Maker>) -> Result<(), RunError> {
        let staging = &self.staging;
        let made = makers.into_par_iter().map(|maker| {
            STOP.go_on()?;
            let mut part = Part::of(staging);
            maker(&mut part).map(|()| part.names)
        });
        // Of several that fail the first is told, whichever ended first.
        let made: Vec<Result<Vec<String>, RunError>> = made.collect();
        for names in made {
            self.names.append(&mut names?);
        }
        Ok(())
    }

    /// Where documents that are made side by side go; they are [noted](Documents::note) afterwards, in their order.
    pub(super) fn staging(&self) -> &Staging {
        &self.staging
    }

    /// The name that the run which stands gave to a document of the same inputs.
    pub(super) fn known(&self, from: &MadeFrom) -> Option<&str> {
        self.standing.as_ref()?.by_inputs.get(&from.0).map(String::as_str)
    }

    /// Takes a document over under another name, or the same; whether it was there as it was recorded.
    pub(super) fn take_over(&self, known: &str, name: &str) -> Result<bool, RunError> {
        let Some(standing) = &self.standing else { return Ok(false) };
        let (name, known) = (Record::document_name(name), Record::document_name(known));
        Ok(self.staging.take_over(&name, &standing.run, &known)?)
    }

    /// Notes a document that is staged, and what it was made from where it may be taken over.
    pub(super) fn note(&mut self, name: String, from: Option<MadeFrom>) {
        self.made_from.extend(from.map(|from| (name.clone(), from.0)));
        self.names.push(name);
    }

    /// The names so far, in the order in which they came.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The documents themselves, where no run is committed.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub(super) fn taken_out(self) -> Result<Vec<(String, Vec<u8>)>, RunError> {
        let bytes = |name: &String| Ok((name.clone(), self.staging.get(&Record::document_name(name))?));
        self.names.iter().map(bytes).collect()
    }

    /// All of it, for the commit.
    ///
    /// # Errors
    ///
    /// A ledger that cannot be written.
    pub(super) fn into_staging(self) -> Result<Staging, RunError> {
        if !self.made_from.is_empty() {
            let text = serde_json::to_vec(&self.made_from).expect("plain data with text keys");
            self.staging.put(MADE_FROM, &text)?;
        }
        Ok(self.staging)
    }
}

impl<'d> Part<'d> {
    fn of(staging: &'d Staging) -> Self {
        Self { staging, names: Vec::new() }
    }

    /// Documents to be made beside these, and to be told behind them.
    pub(super) fn another(&self) -> Self {
        Self::of(self.staging)
    }

    /// Tells what was made beside these.
    pub(super) fn join(&mut self, mut other: Self) {
        self.names.append(&mut other.names);
    }

    /// Puts a document.
    pub(super) fn put(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<(), RunError> {
        let name = name.into();
        self.staging.put(&Record::document_name(&name), bytes)?;
        self.names.push(name);
        Ok(())
    }

    /// Puts the files of a listing.
    pub(super) fn list(&mut self, listing: &crate::publish::Listing) -> Result<(), RunError> {
        let mut parts = listing.parts().iter();
        parts.try_for_each(|(name, items)| {
            self.stream(name.as_str(), |to| listing.write(items.clone(), to).map(|()| true))
        })
    }

    /// Puts a document that is written as a stream, where there is anything to write: `write` says whether.
    pub(super) fn stream(
        &mut self,
        name: impl Into<String>,
        write: impl FnOnce(&mut dyn std::io::Write) -> Result<bool, crate::publish::PublishError>,
    ) -> Result<(), RunError> {
        let name = name.into();
        let mut file = self.staging.begin(&Record::document_name(&name))?;
        match write(&mut file)? {
            true => {
                file.finish()?;
                self.names.push(name);
            }
            false => file.forget()?,
        }
        Ok(())
    }
}

impl Standing {
    fn of(run: Run) -> Option<Self> {
        let bytes = run.file(MADE_FROM).ok().flatten()?;
        let made_from: BTreeMap<String, String> = serde_json::from_slice(&bytes).ok()?;
        // Of two alike the first by name, whatever the order.
        let by_inputs = made_from.into_iter().rev().map(|(name, from)| (from, name)).collect();
        Some(Self { run, by_inputs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_inputs_are_another_document() {
        let of = |inputs: &(&str, u32)| MadeFrom::of(inputs);
        assert_eq!(of(&("城关镇", 1)), of(&("城关镇", 1)));
        assert!(of(&("城关镇", 1)) != of(&("城关镇", 2)) && of(&("城关镇", 1)) != of(&("东乡镇", 1)));
    }
}
