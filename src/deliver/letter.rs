//! A message before it is mail: to whom, what it says, what is attached, and the digest that it is known by.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::log::Known;
use crate::ledger::sha256;

/// What kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A period's documents: returns, rankings, the bulletin.
    Documents,
    /// A reminder (催报).
    Reminder,
}

impl Kind {
    /// The folder of its plan in `out/P`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Documents => "mail",
            Self::Reminder => "reminders",
        }
    }

    /// What its plan is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Documents => "发送计划",
            Self::Reminder => "催报计划",
        }
    }
}

/// An attachment.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name as the reader sees it.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Their digest.
    pub sha256: String,
    /// Why it is sent.
    pub why: String,
}

impl Attachment {
    /// Bytes that it takes in a message, at most: base64 in lines of 76, and its headers.
    pub fn weight(&self) -> u64 {
        (self.bytes.len() as u64).div_ceil(57) * 78 + 800 + self.name.len() as u64 * 6
    }
}

/// A message.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What kind of mail.
    pub kind: Kind,
    /// The unit or leader.
    pub whom: String,
    /// The person's name.
    pub name: Option<String>,
    /// The roles' titles.
    pub roles: Vec<String>,
    /// The address.
    pub address: String,
    /// The subject.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
    /// The attachments.
    pub attachments: Vec<Attachment>,
    /// Why it is sent, besides what its attachments say.
    pub why: String,
    /// The digest of what it says and carries, and to whom; not of its wording, nor of the hour.
    pub digest: String,
    /// What the log knows of it.
    pub known: Known,
    /// Whether it takes the place of an earlier one.
    pub corrects: bool,
}

impl Letter {
    /// The first digits of the digest, as plans and commands write it.
    pub fn short_digest(&self) -> &str {
        &self.digest[..12]
    }

    /// What the plan says of it.
    pub fn state(&self) -> String {
        let again = if self.corrects { "（更正）" } else { "" };
        match &self.known {
            Known::New => format!("待发送{again}"),
            Known::Sent(at) => format!("已于{at}发送"),
            Known::Unknown(at) => format!("{at}发出，是否送达不明：不再自动发送"),
            Known::Refused(answer) => format!("待发送{again}；上次被拒收：{answer}"),
        }
    }
}

/// What a digest is of.
#[derive(Debug, Serialize)]
pub(super) struct Content<'a> {
    pub(super) kind: Kind,
    pub(super) period: String,
    pub(super) whom: &'a str,
    pub(super) address: String,
    /// What the body tells: figures, findings; of a reminder the day.
    pub(super) known_by: &'a str,
    /// Names and digests of what is attached.
    pub(super) attachments: Vec<(&'a str, &'a str)>,
    /// Which of how many parts.
    pub(super) part: (usize, usize),
}

impl Content<'_> {
    pub(super) fn digest(&self) -> String {
        let text = serde_json::to_string(self).expect("text and numbers are JSON");
        sha256(text.as_bytes())
    }
}

/// Attachments in as few messages as their size allows, in order, and those that no message can carry.
pub(super) fn parted(attachments: Vec<Attachment>, room: u64) -> (Vec<Vec<Attachment>>, Vec<Attachment>) {
    let (fitting, too_large): (Vec<_>, Vec<_>) = attachments.into_iter().partition(|one| one.weight() <= room);
    let mut parts: Vec<Vec<Attachment>> = vec![Vec::new()];
    let mut used = 0;
    for one in fitting {
        if used + one.weight() > room {
            parts.push(Vec::new());
            used = 0;
        }
        used += one.weight();
        parts.last_mut().expect("there is one from the start").push(one);
    }
    (parts, too_large)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachment(name: &str, bytes: usize) -> Attachment {
        Attachment { name: name.into(), bytes: Arc::new(vec![0; bytes]), sha256: String::new(), why: String::new() }
    }

    #[test]
    fn what_is_too_much_for_one_message_goes_in_several() {
        let of = |sizes: &[usize]| sizes.iter().map(|&size| attachment("a.xlsx", size)).collect::<Vec<_>>();
        let counts = |(parts, large): (Vec<Vec<Attachment>>, Vec<Attachment>)| {
            (parts.iter().map(Vec::len).collect::<Vec<_>>(), large.len())
        };
        assert_eq!(counts(parted(of(&[30_000, 30_000, 30_000]), 100_000)), (vec![2, 1], 0));
        assert_eq!(counts(parted(of(&[30_000, 90_000, 30_000]), 100_000)), (vec![2], 1), "one is over the limit");
        assert_eq!(counts(parted(of(&[]), 100_000)), (vec![0], 0));
        // 57 bytes are a line of 76 characters and its end.
        assert_eq!(attachment("", 570).weight(), 780 + 800);
    }
}
