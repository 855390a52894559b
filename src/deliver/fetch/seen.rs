//! What was looked at before: so that a second fetch reads only what is new, and takes nothing twice.
//!
//! Kept beside the mails in `.fetched.jsonl`, a line a mail, written after the mail itself: what a kill leaves out is
//! looked at again, and then known by its digest. A line that was cut short is passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Left, Why};
use crate::collect;

const NAME: &str = ".fetched.jsonl";

/// A mail that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Account, server and folder: `tjj@mail.yunshan.example/INBOX`.
    pub(super) mailbox: String,
    /// The folder's own number: another says that all numbers below begin anew.
    pub(super) validity: u32,
    /// The mail's number in the folder.
    pub(super) uid: u32,
    /// Its SHA-256, where it was read.
    pub(super) digest: Option<String>,
    /// Why it was left where it is; `None` where it was taken.
    pub(super) left: Option<Left>,
}

/// The mails that were looked at, and those that lie in the inbox.
pub(super) struct Register {
    path: PathBuf,
    mailbox: String,
    validity: u32,
    seen: BTreeMap<u32, Seen>,
    /// The digests of all mails in the inbox, however they came there.
    pub(super) present: BTreeSet<String>,
    log: Option<File>,
}

impl Register {
    /// What is known of a folder, for an inbox that may not be there yet.
    pub(super) fn open(inbox: &Path, mailbox: &str, validity: u32) -> io::Result<Self> {
        let path = inbox.join(NAME);
        let text = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let lines = text.split(|&b| b == b'\n').filter_map(|line| serde_json::from_slice::<Seen>(line).ok());
        let of_folder = lines.filter(|seen| seen.mailbox == mailbox && seen.validity == validity);
        let seen = of_folder.map(|seen| (seen.uid, seen)).collect();
        Ok(Self { path, mailbox: mailbox.into(), validity, seen, present: present(inbox)?, log: None })
    }

    /// What is known of a mail.
    pub(super) fn of(&self, uid: u32) -> Option<&Seen> {
        self.seen.get(&uid)
    }

    /// Whether a mail need not be read: it was taken before, or left for a reason that still holds.
    pub(super) fn is_settled(&self, uid: u32, limit: u64, known: &BTreeSet<String>) -> bool {
        let Some(seen) = self.seen.get(&uid) else { return false };
        match &seen.left {
            None => true,
            Some(left) => match left.why {
                Why::TooLarge(size) => size > limit,
                Why::NoTable => !left.sender.as_ref().is_some_and(|sender| known.contains(sender)),
                _ => true,
            },
        }
    }

    /// Writes down what became of a mail.
    pub(super) fn note(&mut self, uid: u32, digest: Option<String>, left: Option<Left>) -> io::Result<()> {
        let seen = Seen { mailbox: self.mailbox.clone(), validity: self.validity, uid, digest, left };
        let mut line = serde_json::to_string(&seen)?;
        line.push('\n');
        let log = match &mut self.log {
            Some(log) => log,
            // A line that a kill cut short must not swallow the next.
            None => {
                let cut = std::fs::read(&self.path).is_ok_and(|text| text.last().is_some_and(|last| *last != b'\n'));
                if cut {
                    line.insert(0, '\n');
                }
                self.log.insert(OpenOptions::new().create(true).append(true).open(&self.path)?)
            }
        };
        log.write_all(line.as_bytes())?;
        self.seen.insert(uid, seen);
        Ok(())
    }
}

/// The digests of the mails below an inbox.
fn present(inbox: &Path) -> io::Result<BTreeSet<String>> {
    if !inbox.is_dir() {
        return Ok(BTreeSet::new());
    }
    let listed = collect::list_inbox(inbox)?;
    let mails = listed.into_iter().filter(|(name, _)| name.to_lowercase().ends_with(".eml"));
    Ok(mails.filter_map(|(_, path)| collect::digest_of_file(&path).ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(why: Why) -> Option<Left> {
        Some(Left { day: None, sender: Some("a@b.example".into()), subject: None, why })
    }

    #[test]
    fn what_was_noted_is_known_again_and_of_that_folder_only() {
        let inbox = tempfile::tempdir().unwrap();
        let mut register = Register::open(inbox.path(), "tjj@x/INBOX", 7).unwrap();
        register.note(1, Some("d".into()), None).unwrap();
        register.note(2, None, left(Why::TooLarge(500))).unwrap();
        register.note(3, Some("e".into()), left(Why::NoTable)).unwrap();
        // A kill in the middle of a line.
        std::fs::OpenOptions::new().append(true).open(inbox.path().join(NAME)).unwrap().write_all(b"{\"mail").unwrap();
        let mut again = Register::open(inbox.path(), "tjj@x/INBOX", 7).unwrap();
        again.note(4, None, None).unwrap();
        let again = Register::open(inbox.path(), "tjj@x/INBOX", 7).unwrap();
        let nobody = BTreeSet::new();
        assert!(
            [1, 2, 3, 4].iter().all(|uid| again.is_settled(*uid, 400, &nobody)) && !again.is_settled(5, 400, &nobody)
        );
        assert!(!again.is_settled(2, 600, &nobody), "the limit was raised");
        assert!(!again.is_settled(3, 400, &["a@b.example".to_owned()].into()), "the sender is in the roster now");
        for (mailbox, validity) in [("tjj@x/INBOX", 8), ("tjj@x/其他", 7)] {
            assert!(!Register::open(inbox.path(), mailbox, validity).unwrap().is_settled(1, 400, &nobody));
        }
    }

    #[test]
    fn mails_that_lie_there_are_known_by_their_content() {
        let inbox = tempfile::tempdir().unwrap();
        std::fs::create_dir(inbox.path().join("住建局")).unwrap();
        std::fs::write(inbox.path().join("住建局/存下的.EML"), "abc").unwrap();
        let register = Register::open(inbox.path(), "x", 1).unwrap();
        assert!(register.present.contains(&collect::digest(b"abc")));
        assert!(Register::open(&inbox.path().join("none"), "x", 1).unwrap().present.is_empty());
    }
}
