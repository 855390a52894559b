//! What a run hands to the ledger.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::LedgerError;
use super::manifest::{FORMAT, Input, RunManifest};
use super::run::{self, DOCUMENTS, STATE};
use super::staging::Staging;
use crate::merge::Facts;
use crate::period::Period;

/// Files by their names, `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a run hands to the ledger, to be kept whole or not at all.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    /// The period.
    pub period: Period,
    /// The merged rows of each book.
    pub facts: &'a BTreeMap<String, Facts>,
    /// Whose ledger it is.
    pub office: Option<String>,
    /// What lay in the inbox.
    pub inputs: Vec<Input>,
    kept: Files,
}

impl<'a> Record<'a> {
    /// The record of a period's facts, without inputs or other files.
    pub fn new(period: Period, facts: &'a BTreeMap<String, Facts>) -> Self {
        Self { period, facts, office: None, inputs: Vec::new(), kept: Files::new() }
    }

    /// Keeps a file with the run: `places.json`, `origins/key_projects.parquet`. It is read back by
    /// [`Run::file`](super::Run::file) under the same name.
    pub fn keep(&mut self, name: impl Into<String>, bytes: Vec<u8>) {
        self.kept.insert(name.into(), bytes);
    }

    /// The name in a run of a document, for one that is staged.
    pub fn document_name(name: &str) -> String {
        format!("{DOCUMENTS}/{name}")
    }

    /// Hands over a document: kept with the run and put into the period's `out/`.
    pub fn document(&mut self, name: impl AsRef<str>, bytes: Vec<u8>) {
        self.keep(Self::document_name(name.as_ref()), bytes);
    }

    /// Hands over a file of the ledger itself, by its name below the ledger's folder
    /// (`receipts/period=2026-05.json`): it changes with this commit, and is kept with the run as it was.
    pub fn state(&mut self, name: impl AsRef<str>, bytes: Vec<u8>) {
        self.keep(format!("{STATE}/{}", name.as_ref()), bytes);
    }

    /// Puts what is kept here and the facts with what was staged already; gives what the run states of all of it.
    pub(super) fn complete(
        &self,
        staging: &Staging,
        earlier: BTreeMap<Period, String>,
    ) -> Result<RunManifest, LedgerError> {
        for (name, bytes) in &self.kept {
            staging.put(name, bytes)?;
        }
        for (book, facts) in self.facts {
            let name = run::facts_name(book);
            super::part::write(&facts.frame, &PathBuf::from(&name), staging.begin(&name)?)?.finish()?;
        }
        let mut inputs = self.inputs.clone();
        inputs.sort();
        Ok(RunManifest {
            format: FORMAT,
            program: concat!("wuzhang ", env!("CARGO_PKG_VERSION")).to_owned(),
            office: self.office.clone(),
            period: self.period,
            inputs,
            earlier,
            rows: self.facts.iter().map(|(book, facts)| (book.clone(), facts.height())).collect(),
            files: staging.digests(),
        })
    }
}
