//! What a run made, as `run.json` lists it: the documents, whose returns, how each group stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::DeliverError;
use crate::ledger::sha256;
use crate::period::Period;
use crate::publish::ReturnStatus;

/// A run's documents.
#[derive(Debug, Clone, Deserialize)]
pub struct Made {
    /// The files below `out/P`.
    pub documents: Vec<String>,
    /// The returns.
    #[serde(default)]
    pub returns: Vec<MadeReturn>,
    /// The rankings, with how each group stands.
    #[serde(default)]
    pub groups: Vec<MadeGroup>,
    /// What the run read.
    #[serde(default)]
    pub inputs: Vec<MadeInput>,
    /// Whether the run left the returns out.
    #[serde(default)]
    quick: bool,
    #[serde(skip)]
    folder: PathBuf,
}

/// A return (退改单).
#[derive(Debug, Clone, Deserialize)]
pub struct MadeReturn {
    /// The unit's canonical name; `None` where nobody can tell whose the file is.
    pub unit: Option<String>,
    /// The file that the unit sent.
    pub file: String,
    /// The return below `out/P`.
    #[serde(rename = "return")]
    pub document: String,
    /// What became of the file.
    #[serde(deserialize_with = "status")]
    pub status: ReturnStatus,
    /// How many findings it asks about: a number, or numbers by level.
    #[serde(default)]
    findings: Value,
}

impl MadeReturn {
    /// How many findings it asks about.
    pub fn count(&self) -> u64 {
        match &self.findings {
            Value::Object(levels) => levels.values().filter_map(Value::as_u64).sum(),
            Value::Array(findings) => findings.len() as u64,
            other => other.as_u64().unwrap_or_default(),
        }
    }

    /// Whether the unit has to send it in again.
    pub fn must_be_mended(&self) -> bool {
        self.status == ReturnStatus::Correct
    }
}

/// A status by its word in `run.json`.
fn status<'de, D: Deserializer<'de>>(from: D) -> Result<ReturnStatus, D::Error> {
    let word = String::deserialize(from)?;
    let all = [ReturnStatus::Accepted, ReturnStatus::Query, ReturnStatus::Correct];
    let known = all.into_iter().find(|status| status.id() == word);
    known.ok_or_else(|| serde::de::Error::unknown_variant(&word, &["accepted", "query", "correct"]))
}

/// A file that the run read.
#[derive(Debug, Clone, Deserialize)]
pub struct MadeInput {
    /// Its name below the inbox.
    pub file: String,
    /// Its digest.
    pub sha256: String,
}

/// A ranking and how its groups stand.
#[derive(Debug, Clone, Deserialize)]
pub struct MadeGroup {
    /// Who its groups are: `unit`, `leader`, `whole`.
    pub of: String,
    /// The book's id.
    pub book: String,
    /// Its title.
    pub title: String,
    /// The workbook of rankings alone that it stands in.
    pub file: Option<String>,
    /// A row a group.
    pub rows: Vec<MadeStanding>,
}

/// How a group stands.
#[derive(Debug, Clone, Deserialize)]
pub struct MadeStanding {
    /// The group.
    pub name: String,
    /// Its place.
    pub place: Option<u32>,
    /// How many have one.
    pub of: u32,
    /// How many places it rose since the last period.
    pub movement: Option<i64>,
    /// Its place among its like.
    pub within: Option<MadeWithin>,
    /// Titles and values in words.
    pub figures: Map<String, Value>,
}

/// A place among a group's like.
#[derive(Debug, Clone, Deserialize)]
pub struct MadeWithin {
    /// What they are called.
    pub group: String,
    /// The place.
    pub place: u32,
    /// How many have one.
    pub of: u32,
}

/// A document with its bytes.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its name without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Their digest.
    pub sha256: String,
}

impl Made {
    /// What the last run of a period made, from its folder in `out/`.
    ///
    /// # Errors
    ///
    /// No run yet, or one without returns; a `run.json` that is not ours.
    pub fn read(folder: &Path, period: Period) -> Result<Self, DeliverError> {
        let path = folder.join("run.json");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(DeliverError::NotRun(period.to_string()));
            }
            Err(error) => return Err(DeliverError::io("读取", path)(error)),
        };
        let made: Self = serde_json::from_str(&text)
            .map_err(|fault| DeliverError::Damaged { path: path.clone(), fault: fault.to_string() })?;
        match made.quick {
            true => Err(DeliverError::Quick(period.to_string())),
            false => Ok(Self { folder: folder.to_owned(), ..made }),
        }
    }

    /// The documents in `out/P` itself, not in its folders.
    pub fn at_top(&self) -> impl Iterator<Item = &String> {
        self.documents.iter().filter(|name| !name.contains('/'))
    }
}

/// The run's documents, each read once.
#[derive(Debug, Default)]
pub struct Shelf {
    read: BTreeMap<String, Document>,
}

impl Shelf {
    /// A document by its name below `out/P`.
    ///
    /// # Errors
    ///
    /// What the file system says; a name that leads out of the folder.
    pub fn document(&mut self, made: &Made, name: &str) -> Result<Document, DeliverError> {
        if let Some(known) = self.read.get(name) {
            return Ok(known.clone());
        }
        let path = made.folder.join(name);
        let within = Path::new(name).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if !within {
            return Err(DeliverError::Damaged { path, fault: "文件名不能用".to_owned() });
        }
        let bytes = fs::read(&path).map_err(DeliverError::io("读取", &path))?;
        let own = name.rsplit('/').next().unwrap_or(name).to_owned();
        let document = Document { name: own, sha256: sha256(&bytes), bytes: Arc::new(bytes) };
        self.read.insert(name.to_owned(), document.clone());
        Ok(document)
    }
}
