//! Fetch: reports that came by mail, from a folder of a mailbox into the inbox.
//!
//! Takes the server, the password, a window of days and the addresses of the roster; gives each mail that may be a
//! report as a whole file `inbox/P/<day>-<digest>.eml`, and tells of every other mail in the window why it was
//! left. The mailbox stays as it is: it is opened for reading only, and mails are not marked as seen.

mod fault;
mod folder_name;
mod line;
mod seen;
mod talk;
mod window;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, ResponseCode, Status};
use serde::{Deserialize, Serialize};

pub use fault::{FetchError, Step, Stop};
pub use window::Window;

use self::seen::Register;
use self::talk::Talk;
use super::secret::Secret;
use crate::collect::{self, Enclosure, Mail, MailKind};
use crate::say;
use crate::workspace::{Doing, Imap, Limits, write_whole};

/// Mails that are asked about in one command.
const TOGETHER: usize = 200;
/// Digits of a digest in a file's name.
const SHORT: usize = 12;

/// What is to be fetched, from where to where.
pub struct Fetch<'a> {
    /// The server and the folder.
    pub imap: &'a Imap,
    /// The password of its account.
    pub secret: Secret,
    /// The inbox of the period.
    pub inbox: &'a Path,
    /// The days on which it came.
    pub window: Window,
    /// The addresses of the roster, in lower case: their mails count even without a table.
    pub known: &'a BTreeSet<String>,
    /// Our own addresses, in lower case: what we wrote is no report.
    pub own: &'a BTreeSet<String>,
    /// Whether mails that were fetched before and no longer lie in the inbox are fetched again.
    pub again: bool,
    /// The bounds that a mail is read within.
    pub limits: &'a Limits,
}

/// What a fetch did.
#[derive(Debug, Default, Serialize)]
pub struct Fetched {
    /// Mails that are in the inbox now and were not before.
    pub taken: Vec<Taken>,
    /// Mails that were there already.
    pub already: usize,
    /// Mails that were fetched before and have been taken out of the inbox since.
    pub removed: usize,
    /// Mails that stay where they are, and why.
    pub left: Vec<Left>,
}

/// A mail that was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Its file's name in the inbox.
    pub file: String,
    /// Who sent it.
    pub sender: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// The names of the files attached to it.
    pub attachments: Vec<String>,
}

/// A mail that was left in the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The day it came, `2026-06-05`.
    pub day: Option<String>,
    /// Who sent it.
    pub sender: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// Why.
    pub why: Why,
}

/// Why a mail is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Nothing is attached.
    NoFiles,
    /// Nothing is attached, and the text speaks of a file kept by the mail service (超大附件).
    LinkOnly,
    /// From an address that the roster does not know, with documents or pictures only.
    NoTable,
    /// A server's word that a mail was not delivered.
    Bounce,
    /// We sent it.
    Own,
    /// Larger than the settings allow; this many bytes.
    TooLarge(u64),
    /// It cannot be read as a mail.
    Unreadable,
    /// It was taken out of the mailbox while we read.
    Gone,
}

impl Why {
    /// Whether somebody ought to look: a report may be in it all the same.
    pub fn needs_a_look(self) -> bool {
        matches!(self, Self::LinkOnly | Self::TooLarge(_) | Self::Unreadable)
    }

    /// As the officer reads it.
    pub fn in_words(self) -> String {
        match self {
            Self::NoFiles => say!("fetch-why-no-files"),
            Self::LinkOnly => say!("fetch-why-link-only"),
            Self::NoTable => say!("fetch-why-no-table"),
            Self::Bounce => say!("fetch-why-bounce"),
            Self::Own => say!("fetch-why-own"),
            Self::TooLarge(size) => say!("fetch-why-too-large", megabytes = format!("{:.1}", size as f64 / 1e6)),
            Self::Unreadable => say!("fetch-why-unreadable"),
            Self::Gone => say!("fetch-why-gone"),
        }
    }
}

/// Fetches what is new; `progress` hears how many of how many mails have been looked at.
///
/// # Errors
///
/// A server that cannot be reached, is not whom it claims, refuses, falls silent or talks nonsense; a folder
/// that cannot be written to. What was fetched until then is whole, and the next call goes on from there.
pub fn fetch(what: &Fetch, progress: &dyn Fn(usize, usize)) -> Result<Fetched, FetchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|source| io(Doing::Connecting, what.inbox)(source))?;
    let mut fetched = Fetched::default();
    let done = runtime.block_on(async {
        let line = line::connect(what.imap).await?;
        let mut talk = talk::log_in(line, what.imap, &what.secret).await?;
        read_folder(&mut talk, what, &mut fetched, progress).await?;
        talk.leave().await;
        Ok(())
    });
    match done {
        Ok(()) => Ok(fetched),
        Err(FetchError::Stopped { stop, .. }) => Err(FetchError::Stopped { stop, taken: fetched.taken.len() }),
        Err(other) => Err(other),
    }
}

fn io(action: Doing, path: &Path) -> impl FnOnce(std::io::Error) -> FetchError {
    let path: PathBuf = path.to_owned();
    move |source| FetchError::Io { action, path, source }
}

async fn read_folder(
    talk: &mut Talk,
    what: &Fetch<'_>,
    fetched: &mut Fetched,
    progress: &dyn Fn(usize, usize),
) -> Result<(), FetchError> {
    introduce(talk).await?;
    let validity = open_folder(talk, &what.imap.folder).await?;
    let mailbox = format!("{}@{}/{}", what.imap.user, what.imap.server, what.imap.folder);
    let mut register = Register::open(what.inbox, &mailbox, validity).map_err(io(Doing::Reading, what.inbox))?;
    let listed = list(talk, &what.window).await?;
    if !listed.is_empty() {
        std::fs::create_dir_all(what.inbox).map_err(io(Doing::Making, what.inbox))?;
    }
    for (at, mail) in listed.iter().enumerate() {
        progress(at, listed.len());
        look_at(talk, mail, &mut register, what, fetched).await?;
    }
    progress(listed.len(), listed.len());
    Ok(())
}

/// Says who we are where the server wants to know: NetEase's refuse to open a folder for anyone else (RFC 2971).
async fn introduce(talk: &mut Talk) -> Result<(), Stop> {
    let mut wants = false;
    talk.ask(Step::Introducing, "CAPABILITY", 0, |response| {
        if let Response::Capabilities(all) = response {
            wants |= all.iter().any(|one| format!("{one:?}").to_uppercase().contains("\"ID\""));
        }
    })
    .await?;
    if wants {
        let who = format!("ID (\"name\" \"wuzhang\" \"version\" \"{}\")", env!("CARGO_PKG_VERSION"));
        match talk.ask(Step::Introducing, &who, 0, |_| {}).await {
            Ok(()) | Err(Stop::Refused { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Opens the folder for reading only; gives its number.
async fn open_folder(talk: &mut Talk, folder: &str) -> Result<u32, FetchError> {
    let mut validity = 0;
    let name = folder_name::encoded(folder).replace('\\', "\\\\").replace('"', "\\\"");
    let command = format!("EXAMINE \"{name}\"");
    let opened = talk.ask(Step::Opening, &command, 0, |response| {
        if let Response::Data { status: Status::Ok, outcome } = response
            && let Some(ResponseCode::UidValidity(number)) = outcome.code
        {
            validity = number;
        }
    });
    match opened.await {
        Ok(()) => Ok(validity),
        Err(stop @ Stop::Refused { .. }) => {
            let known = folders(talk).await?;
            match known.iter().any(|name| name == folder) {
                true => Err(stop.into()),
                false => Err(FetchError::NoFolder { folder: folder.into(), known }),
            }
        }
        Err(other) => Err(other.into()),
    }
}

async fn folders(talk: &mut Talk) -> Result<Vec<String>, Stop> {
    let mut names = BTreeSet::new();
    talk.ask(Step::Opening, "LIST \"\" \"*\"", 0, |response| {
        if let Response::MailboxData(MailboxDatum::List(listed)) = response {
            names.insert(folder_name::decoded(&listed.name));
        }
    })
    .await?;
    Ok(names.into_iter().collect())
}

/// A mail as the server lists it.
#[derive(Debug, Default, Clone)]
struct Listed {
    uid: u32,
    size: u64,
    /// The day it came, in Beijing.
    day: Option<String>,
}

/// The mails that came within the window, the oldest first.
async fn list(talk: &mut Talk, window: &Window) -> Result<Vec<Listed>, Stop> {
    let mut uids = BTreeSet::new();
    let search = format!("UID SEARCH {}", window.as_search());
    talk.ask(Step::Searching, &search, 0, |response| {
        if let Response::MailboxData(MailboxDatum::Search(found)) = response {
            uids.extend(found.iter().copied());
        }
    })
    .await?;
    let uids: Vec<u32> = uids.into_iter().collect();
    let mut listed = Vec::new();
    for some in uids.chunks(TOGETHER) {
        let set: Vec<String> = some.iter().map(u32::to_string).collect();
        let command = format!("UID FETCH {} (UID INTERNALDATE RFC822.SIZE)", set.join(","));
        talk.ask(Step::Listing, &command, 0, |response| listed.extend(listed_in(response, window))).await?;
    }
    listed.sort_by_key(|mail: &Listed| mail.uid);
    listed.dedup_by_key(|mail| mail.uid);
    Ok(listed)
}

/// What a line of the list says; `None` for other lines, and for mails outside the window: servers know days of
/// their own clock only, so they were asked for some more.
fn listed_in(response: &Response, window: &Window) -> Option<Listed> {
    let Response::Fetch(_, values) = response else { return None };
    let mut mail = Listed::default();
    let mut inside = true;
    for value in values {
        match value {
            AttributeValue::Uid(uid) => mail.uid = *uid,
            AttributeValue::Rfc822Size(size) => mail.size = u64::from(*size),
            AttributeValue::InternalDate(came) => {
                let day = window::day_of(came);
                inside = day.is_none_or(|day| window.holds(day));
                mail.day = day.map(|day| day.to_string());
            }
            _ => {}
        }
    }
    (mail.uid > 0 && inside).then_some(mail)
}

async fn look_at(
    talk: &mut Talk,
    mail: &Listed,
    register: &mut Register,
    what: &Fetch<'_>,
    fetched: &mut Fetched,
) -> Result<(), FetchError> {
    if register.is_settled(mail.uid, what.imap.max_bytes, what.known) {
        let seen = register.of(mail.uid).expect("what is settled was seen");
        let lies_there = seen.digest.as_ref().is_some_and(|digest| register.present.contains(digest));
        match &seen.left {
            Some(left) => fetched.left.push(left.clone()),
            None if lies_there => fetched.already += 1,
            None if !what.again => fetched.removed += 1,
            None => return take(talk, mail, register, what, fetched).await,
        }
        return Ok(());
    }
    take(talk, mail, register, what, fetched).await
}

/// Reads a mail, and puts it into the inbox where it may be a report.
async fn take(
    talk: &mut Talk,
    mail: &Listed,
    register: &mut Register,
    what: &Fetch<'_>,
    fetched: &mut Fetched,
) -> Result<(), FetchError> {
    let note = |register: &mut Register, digest, left| {
        register.note(mail.uid, digest, left).map_err(io(Doing::Writing, what.inbox))
    };
    let left = |why, read: Option<&Mail>| Left {
        day: mail.day.clone(),
        sender: read.and_then(|read| read.sender.clone()),
        subject: read.and_then(|read| read.subject.clone()),
        why,
    };
    if mail.size > what.imap.max_bytes {
        let headers = body(talk, mail, "BODY.PEEK[HEADER]").await?.unwrap_or_default();
        let told = left(Why::TooLarge(mail.size), collect::read_mail(&headers, what.limits).as_ref());
        fetched.left.push(told.clone());
        return note(register, None, Some(told));
    }
    let Some(bytes) = body(talk, mail, "BODY.PEEK[]").await? else {
        fetched.left.push(left(Why::Gone, None));
        return Ok(());
    };
    let digest = collect::digest(&bytes);
    let read = collect::read_mail(&bytes, what.limits);
    if let Some(why) = no_report(read.as_ref(), what) {
        let told = left(why, read.as_ref());
        fetched.left.push(told.clone());
        return note(register, Some(digest), Some(told));
    }
    if !register.present.insert(digest.clone()) {
        fetched.already += 1;
        return note(register, Some(digest), None);
    }
    let read = read.unwrap_or_default();
    let day = mail.day.as_deref().or(read.day.as_deref()).unwrap_or("无日期");
    let file = format!("{day}-{}.eml", &digest[..SHORT]);
    let path = what.inbox.join(&file);
    write_whole(&path, &bytes).map_err(io(Doing::Writing, &path))?;
    let attachments = read.files.into_iter().map(|file| file.name).collect();
    fetched.taken.push(Taken { file, sender: read.sender, subject: read.subject, attachments });
    note(register, Some(digest), None)
}

/// A part of a mail; `None` where the mail is no longer there.
async fn body(talk: &mut Talk, mail: &Listed, part: &str) -> Result<Option<Vec<u8>>, Stop> {
    let mut bytes = None;
    let command = format!("UID FETCH {} (UID {part})", mail.uid);
    talk.ask(Step::Reading, &command, mail.size, |response| {
        let Response::Fetch(_, values) = response else { return };
        let found = values.iter().find_map(|value| match value {
            AttributeValue::BodySection { data: Some(data), .. } => Some(data.to_vec()),
            _ => None,
        });
        bytes = found.or(bytes.take());
    })
    .await?;
    Ok(bytes)
}

/// Why a mail is no report, where it is none.
fn no_report(mail: Option<&Mail>, what: &Fetch) -> Option<Why> {
    let Some(mail) = mail else { return Some(Why::Unreadable) };
    let is_among = |addresses: &BTreeSet<String>| mail.sender.as_ref().is_some_and(|sender| addresses.contains(sender));
    let has_table = mail.files.iter().any(|file| file.enclosure() == Enclosure::Report);
    match mail.kind {
        MailKind::Bounce => Some(Why::Bounce),
        MailKind::Own => Some(Why::Own),
        MailKind::Letter if is_among(what.own) => Some(Why::Own),
        MailKind::Letter if mail.files.is_empty() && mail.links_to_files => Some(Why::LinkOnly),
        MailKind::Letter if mail.files.is_empty() => Some(Why::NoFiles),
        MailKind::Letter if !has_table && !is_among(what.known) => Some(Why::NoTable),
        MailKind::Letter => None,
    }
}
