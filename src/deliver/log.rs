//! The log of what was sent: a line before each message leaves and a line after the server answered, never changed.
//!
//! `sent/2026-05.jsonl`, one JSON object a line. A line is on the disk before what it speaks of happens, so that
//! after a kill or a power cut a message is either known to have been taken, known not to have left, or named as one
//! that nobody can know about; the last is not sent again by itself.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::DeliverError;
use super::letter::{Kind, Letter};
use crate::period::Period;
use crate::workspace::{Doing, Held};

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When, by the office's clock: `2026-06-08T10:00:05+08:00`.
    pub at: String,
    /// What happened.
    pub event: Event,
    /// The message's digest.
    pub digest: String,
    /// What kind of mail.
    pub kind: Kind,
    /// The unit or leader.
    pub whom: String,
    /// The address.
    pub to: String,
    /// The subject; before sending only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The attachments; before sending only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attached>,
    /// What the server answered, or what happened instead; after sending only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The message's text is about to leave.
    Sending,
    /// The server took it.
    Accepted,
    /// The server will not take it.
    Refused,
    /// The server will not take it now.
    Later,
    /// The line broke before the message had left.
    NotSent,
    /// The message had left, and no answer came.
    Unknown,
}

/// An attachment that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub sha256: String,
}

/// What is known of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It never left, as far as the log goes.
    New,
    /// The server took it, at that time.
    Sent(String),
    /// It left, or may have; nobody answered.
    Unknown(String),
    /// The server refused it, with these words.
    Refused(String),
}

/// The lines of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    lines: Vec<Line>,
    /// Lines that cannot be read, from 1: half a line that a kill left, or an edit.
    pub torn: Vec<usize>,
}

impl History {
    /// What was sent for a period so far; nothing where there is no log.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn read(folder: &Path, period: Period) -> Result<Self, DeliverError> {
        let path = path_of(folder, period);
        match fs::read(&path) {
            Ok(bytes) => Ok(Self::of(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(DeliverError::io(Doing::Reading, path)(error)),
        }
    }

    /// What was sent for all other periods.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn of_others(folder: &Path, period: Period) -> Result<Self, DeliverError> {
        let mut names = Vec::new();
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(DeliverError::io(Doing::Reading, folder)(error)),
        };
        for entry in entries {
            names.push(
                entry.map_err(DeliverError::io(Doing::Reading, folder))?.file_name().to_string_lossy().into_owned(),
            );
        }
        names.sort();
        let mut others = Self::default();
        for name in names.iter().filter_map(|name| name.strip_suffix(".jsonl")) {
            if let Some(other) = name.parse().ok().filter(|other| *other != period) {
                others.lines.extend(Self::read(folder, other)?.lines);
            }
        }
        Ok(others)
    }

    fn of(text: &str) -> Self {
        let mut history = Self::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(line) => history.lines.push(line),
                Err(_) => history.torn.push(at + 1),
            }
        }
        history
    }

    /// What is known of the message of a digest. Once taken it stays taken, whatever a later attempt came to.
    pub fn known(&self, digest: &str) -> Known {
        let mut known = Known::New;
        for line in self.lines.iter().filter(|line| line.digest == digest) {
            let answer = || line.answer.clone().unwrap_or_default();
            known = match (line.event, known) {
                (Event::Accepted, _) => Known::Sent(shown(&line.at)),
                (_, Known::Sent(at)) => Known::Sent(at),
                (Event::Sending | Event::Unknown, _) => Known::Unknown(shown(&line.at)),
                (Event::Refused, _) => Known::Refused(answer()),
                (Event::Later | Event::NotSent, _) => Known::New,
            };
        }
        known
    }

    /// How many messages with documents a server took.
    pub fn sent_documents(&self) -> usize {
        let taken = self.lines.iter().filter(|line| line.kind == Kind::Documents && line.event == Event::Accepted);
        taken.map(|line| line.digest.as_str()).collect::<BTreeSet<_>>().len()
    }

    /// The last message to an address that is another than those of some digests, was taken or may have been, with
    /// what was attached.
    pub fn earlier(&self, kind: Kind, whom: &str, to: &str, but: &[String]) -> Option<&Line> {
        let same = |line: &&Line| {
            line.kind == kind && line.whom == whom && line.to.eq_ignore_ascii_case(to) && line.event == Event::Sending
        };
        let left = |line: &&Line| matches!(self.known(&line.digest), Known::Sent(_) | Known::Unknown(_));
        self.lines.iter().rev().filter(same).filter(|line| !but.contains(&line.digest)).find(left)
    }

    /// When a document first reached a unit: the day on which a server first took a message with it.
    pub fn reached(&self, whom: &str, sha256: &str) -> Option<NaiveDate> {
        self.taken(whom, sha256).filter_map(|line| day_of(&line.at)).min()
    }

    fn taken<'a>(&'a self, whom: &'a str, sha256: &'a str) -> impl Iterator<Item = &'a Line> {
        let with = move |line: &&Line| line.attachments.iter().any(|one| one.sha256 == sha256);
        let of = self.lines.iter().filter(move |line| line.event == Event::Sending && line.whom == whom).filter(with);
        of.filter(|line| matches!(self.known(&line.digest), Known::Sent(_)))
    }

    /// Whether an address of a unit was reminded on a day, or may have been.
    pub fn was_reminded(&self, whom: &str, to: &str, day: NaiveDate) -> bool {
        let same = |line: &&Line| {
            line.kind == Kind::Reminder
                && line.whom == whom
                && line.to.eq_ignore_ascii_case(to)
                && day_of(&line.at) == Some(day)
        };
        let mut lines = self.lines.iter().filter(same);
        lines.any(|line| matches!(self.known(&line.digest), Known::Sent(_) | Known::Unknown(_)))
    }
}

fn day_of(at: &str) -> Option<NaiveDate> {
    DateTime::parse_from_rfc3339(at).ok().map(|at| at.date_naive())
}

/// `2026-06-08 10:00`
fn shown(at: &str) -> String {
    DateTime::parse_from_rfc3339(at).map_or_else(|_| at.to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string())
}

fn path_of(folder: &Path, period: Period) -> PathBuf {
    folder.join(format!("{period}.jsonl"))
}

/// The log while it is written; one process at a time.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    file: File,
    /// What it said when it was opened, and what was added.
    pub history: History,
    _lock: Held,
}

impl Log {
    /// Opens the log of a period, and keeps other processes out of all periods' until it is dropped.
    ///
    /// # Errors
    ///
    /// Another process has it; what the file system says.
    pub fn open(folder: &Path, period: Period) -> Result<Self, DeliverError> {
        fs::create_dir_all(folder).map_err(DeliverError::io(Doing::Making, folder))?;
        let lock = lock(folder)?;
        let path = path_of(folder, period);
        let is_new = !path.exists();
        let options = File::options().create(true).append(true).read(true).open(&path);
        let mut file = options.map_err(DeliverError::io(Doing::Opening, &path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(DeliverError::io(Doing::Reading, &path))?;
        // Half a line that a kill left must not swallow the next one.
        if bytes.last().is_some_and(|last| *last != b'\n') {
            file.write_all(b"\n").and_then(|()| file.sync_data()).map_err(DeliverError::io(Doing::Writing, &path))?;
        }
        if is_new {
            sync_folder(folder);
        }
        Ok(Self { path, file, history: History::of(&String::from_utf8_lossy(&bytes)), _lock: lock })
    }

    /// Notes that a message is about to leave; it is on the disk when this returns.
    ///
    /// # Errors
    ///
    /// What the file system says; the message must then not leave.
    pub fn sending(&mut self, letter: &Letter, at: DateTime<FixedOffset>) -> Result<(), DeliverError> {
        let attached = letter.attachments.iter();
        let attached = attached.map(|one| Attached { name: one.name.clone(), sha256: one.sha256.clone() });
        let line = line(letter, at, Event::Sending);
        self.add(Line { subject: Some(letter.subject.clone()), attachments: attached.collect(), ..line })
    }

    /// Notes what came of it.
    ///
    /// # Errors
    ///
    /// What the file system says; the message then counts as one that nobody knows about.
    pub fn outcome(
        &mut self,
        letter: &Letter,
        at: DateTime<FixedOffset>,
        (event, answer): (Event, &str),
    ) -> Result<(), DeliverError> {
        self.add(Line { answer: Some(answer.to_owned()), ..line(letter, at, event) })
    }

    fn add(&mut self, line: Line) -> Result<(), DeliverError> {
        let mut text = serde_json::to_string(&line)
            .map_err(|fault| DeliverError::Damaged { path: self.path.clone(), fault: fault.to_string() })?;
        text.push('\n');
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_data());
        written.map_err(DeliverError::io(Doing::Writing, &self.path))?;
        self.history.lines.push(line);
        Ok(())
    }
}

fn line(letter: &Letter, at: DateTime<FixedOffset>, event: Event) -> Line {
    Line {
        at: at.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        event,
        digest: letter.digest.clone(),
        kind: letter.kind,
        whom: letter.whom.clone(),
        to: letter.address.clone(),
        subject: None,
        attachments: Vec::new(),
        answer: None,
    }
}

fn lock(folder: &Path) -> Result<Held, DeliverError> {
    let path = folder.join(".lock");
    let options = File::options().create(true).truncate(false).write(true).open(&path);
    let file = options.map_err(DeliverError::io(Doing::Opening, &path))?;
    let held = Held::now(file).map_err(DeliverError::io(Doing::Locking, &path))?;
    held.map_err(|_| DeliverError::Busy(path))
}

/// That a file is new must outlive a power cut too; where folders cannot be synced, the system sees to it.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests;
