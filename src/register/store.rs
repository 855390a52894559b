//! The register on disk: `ledger/receipts/period=2026-05.json`, one file a period.
//!
//! It keeps what came, what stood in the inbox once and no longer does, and what was decided, with the digest
//! of what that was decided from, so that asking again needs no workbook to be read. It holds no figure: should
//! it be lost, the next run makes it again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::receipt::Receipt;
use super::received::Received;
use super::shares::UnitState;
use super::state::{Report, State};
use crate::period::Period;
use crate::say;
use crate::workspace::write_whole;

/// The form that this program writes.
const FORMAT: u32 = 1;

/// What is registered of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The form it is written in.
    format: u32,
    /// The period.
    pub period: Period,
    /// The digest of what the reports were decided from.
    pub basis: String,
    /// The files of the inbox by name.
    pub receipts: Vec<Receipt>,
    /// Files that stood there once: removed since, or overwritten.
    pub former: Vec<Receipt>,
    /// Files that the office registered and that do not lie in the inbox.
    #[serde(default)]
    pub absent: Vec<String>,
    /// What was owed and what came.
    pub reports: Vec<Report>,
    /// The units with the gravest state of each.
    pub units: Vec<UnitState>,
}

/// What earlier periods and earlier looks at this one have registered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    /// What each unit reported in the last periods, by unit and book.
    pub reported: BTreeSet<(String, String)>,
    /// This period, as it was registered last.
    pub own: Option<Register>,
}

/// Why the register could not be read or written; told to the operator.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The file system refused.
    #[error("{}", say!("register-io", path = path.display(), source = source))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Not what this program writes.
    #[error("{}", say!("register-damaged", path = path.display(), fault = fault))]
    Damaged {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        fault: String,
    },
    /// From a program to come.
    #[error("{}", say!("register-newer", path = path.display(), format = format, known = FORMAT))]
    Newer {
        /// Where.
        path: PathBuf,
        /// Its form.
        format: u64,
    },
}

impl Register {
    /// A period as it stands now; what stood there before and no longer does stays on record.
    pub fn of(
        period: Period,
        basis: String,
        receipts: Vec<Receipt>,
        (reports, units): (Vec<Report>, Vec<UnitState>),
        before: &Before,
    ) -> Self {
        let here: BTreeSet<&str> = receipts.iter().map(|receipt| receipt.sha256.as_str()).collect();
        let known = before.own.iter().flat_map(|own| own.former.iter().chain(&own.receipts));
        let gone = known.filter(|receipt| !here.contains(receipt.sha256.as_str()));
        // Of a content that stood there under several names the first name stays.
        let mut former: BTreeMap<&str, &Receipt> = BTreeMap::new();
        for receipt in gone {
            former.entry(&receipt.sha256).or_insert(receipt);
        }
        let mut former: Vec<Receipt> = former.into_values().cloned().collect();
        former.sort_by(|a, b| (&a.file, &a.sha256).cmp(&(&b.file, &b.sha256)));
        Self { format: FORMAT, period, basis, receipts, former, absent: Vec::new(), reports, units }
    }

    /// Its name below the ledger's folder, and its bytes.
    pub fn file(&self) -> (String, Vec<u8>) {
        let text = serde_json::to_string_pretty(self).expect("a register has nothing that JSON cannot hold");
        (format!("receipts/period={}.json", self.period), format!("{text}\n").into_bytes())
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn write(&self, ledger: &Path) -> Result<(), RegisterError> {
        let path = path(ledger, self.period);
        let at = |source| RegisterError::Io { path: path.clone(), source };
        fs::create_dir_all(folder(ledger)).map_err(at)?;
        write_whole(&path, &self.file().1).map_err(at)
    }

    /// When a content was first received, as registered.
    pub fn first_received(&self, sha256: &str) -> Option<Received> {
        let all = self.receipts.iter().chain(&self.former);
        all.filter(|receipt| receipt.sha256 == sha256).find_map(|receipt| receipt.received)
    }
}

impl Before {
    /// What the ledger has of this period and of so many before it.
    ///
    /// # Errors
    ///
    /// A register that cannot be read, is damaged or newer.
    pub fn read(ledger: &Path, period: Period, remember: u32) -> Result<Self, RegisterError> {
        let mut earlier = periods(ledger)?;
        earlier.retain(|other| *other < period && other.grain() == period.grain());
        earlier.sort();
        let mut reported = BTreeSet::new();
        for other in earlier.into_iter().rev().take(remember as usize) {
            let register = read(ledger, other)?;
            let came = register.into_iter().flat_map(|register| register.reports);
            reported
                .extend(came.filter(|report| report.state != State::Missing).filter_map(|r| Some((r.unit, r.book?))));
        }
        Ok(Self { reported, own: read(ledger, period)? })
    }
}

fn folder(ledger: &Path) -> PathBuf {
    ledger.join("receipts")
}

fn path(ledger: &Path, period: Period) -> PathBuf {
    folder(ledger).join(format!("period={period}.json"))
}

/// The periods that have a register.
fn periods(ledger: &Path) -> Result<Vec<Period>, RegisterError> {
    let folder = folder(ledger);
    let at = |source| RegisterError::Io { path: folder.clone(), source };
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(error)),
    };
    let mut periods = Vec::new();
    for entry in entries {
        let name = entry.map_err(at)?.file_name();
        let text = name.to_str().and_then(|name| name.strip_prefix("period=")?.strip_suffix(".json"));
        periods.extend(text.and_then(|text| text.parse::<Period>().ok()));
    }
    Ok(periods)
}

/// The register of a period; `None` where there is none.
fn read(ledger: &Path, period: Period) -> Result<Option<Register>, RegisterError> {
    let path = path(ledger, period);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(RegisterError::Damaged { path, fault: "不是文本".into() });
        }
        Err(source) => return Err(RegisterError::Io { path, source }),
    };
    let damaged = |error: serde_json::Error| RegisterError::Damaged { path: path.clone(), fault: error.to_string() };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(damaged)?;
    match value["format"].as_u64() {
        Some(format) if format > u64::from(FORMAT) => return Err(RegisterError::Newer { path, format }),
        _ => {}
    }
    let register: Register = serde_json::from_value(value).map_err(damaged)?;
    if register.period != period {
        let fault = format!("写的是{}", register.period);
        return Err(RegisterError::Damaged { path, fault });
    }
    Ok(Some(register))
}
