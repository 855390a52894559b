//! Mails and mailboxes opened to the files that they bring.
//!
//! Takes messages, gives the source files in them through [`Unpacking`]; what is no report (mails without a
//! file, returned mail, our own) is told in one finding of the mailbox and read no further.

use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

use super::SourceFile;
use super::fault::Fault;
use super::mail::{self, Mail, MailKind};
use super::mailbox::{MailboxFile, Messages, Piece};
use super::maildir;
use super::naming;
use super::open::{digest, digest_of_file, failed};
use super::unpack::{Letter, Unpacking};
use crate::finding::{Finding, Level, Place};

/// Characters of a mail's subject in its name.
const SUBJECT: usize = 60;
/// Mails that a finding names one by one.
const NAMED: usize = 20;

impl Unpacking<'_> {
    /// A mail that is a file of its own.
    pub(super) fn mail(&mut self, bytes: &[u8], name: &str, depth: usize) -> Result<(), Fault> {
        let mail = mail::read_within(bytes, name, &self.limits)?;
        let no_report = match mail.kind {
            MailKind::Letter if !mail.files.is_empty() => return self.enclosed(mail, name, depth),
            MailKind::Letter if !maildir::is_message(name) => return Err(Fault::NoFiles("邮件没有附件".into())),
            MailKind::Letter => "邮件没有附件",
            MailKind::Bounce => "邮件是退信（没有送到的通知），不是报表",
            MailKind::Own => "邮件是本程序发出的，不是报表",
        };
        let message = format!("{no_report}，没有读取");
        let advice = "请看一下这封邮件：如应是报表，请发件人附上表格重新发送";
        self.tell(name, (digest(bytes), bytes.len() as u64), "mail.no_report", message, advice);
        Ok(())
    }

    /// The files of a mail.
    fn enclosed(&mut self, mail: Mail, name: &str, depth: usize) -> Result<(), Fault> {
        let letter = Letter { sender: mail.sender, sent: mail.sent };
        for file in mail.files {
            self.count_file()?;
            self.open(file.bytes, &format!("{name}/{}", file.name), depth + 1, &letter);
        }
        Ok(())
    }

    /// A mailbox that is a file on disk: read as a stream, whatever its size.
    pub(super) fn mailbox_file(&mut self, mailbox: MailboxFile, path: &Path, name: &str) {
        let (before, size) = (mailbox.metadata(), mailbox.size());
        let digest = digest_of_file(path).unwrap_or_default();
        let name = self.names.unique(name);
        let messages = Messages::new(mailbox.file, self.limits.bytes);
        let read = self.mailbox(messages, &name, 0, (digest, size));
        let changed = MailboxFile::has_changed(&before, path).then_some(Fault::Changing);
        if let Some(fault) = read.err().or(changed) {
            self.read.push(failed(&name, size, &fault));
        }
    }

    /// Each mail of a mailbox, called by its day and its subject. Every mail has an allowance of its own, as if it
    /// had been saved as a file; the cells of all count together.
    pub(super) fn mailbox<R: BufRead + Read>(
        &mut self,
        messages: Messages<R>,
        name: &str,
        depth: usize,
        whole: (String, u64),
    ) -> Result<(), Fault> {
        let mut told = Told::default();
        let mut messages = messages.peekable();
        while let Some(piece) = messages.next() {
            let piece = piece.map_err(|error| Fault::Inaccessible(error.to_string()))?;
            let alone = told.all == 0 && messages.peek().is_none();
            told.all += 1;
            if alone && !piece.is_deleted() && !piece.cut {
                // One message under a line `From …` is what some clients save a mail as.
                return self.mail(&piece.bytes, name, depth);
            }
            self.message(&piece, name, depth, &mut told);
        }
        match told.read {
            0 => Err(Fault::NoFiles(format!("邮箱文件中有{}封邮件，都没有附上报表", told.all))),
            _ if told.is_empty() => Ok(()),
            _ => {
                let advice = "请核对其中有没有应附报表而漏附的；如有，请发件人重新发送";
                self.tell(name, whole, "mail.no_report", told.in_words(), advice);
                Ok(())
            }
        }
    }

    fn message(&mut self, piece: &Piece, name: &str, depth: usize, told: &mut Told) {
        if piece.is_deleted() {
            told.deleted += 1;
            return;
        }
        let begun = self.read.len();
        (self.allowed, self.files) = (self.limits.unpacked_of(piece.bytes.len() as u64), self.limits.files);
        let mail = match piece.cut {
            true => Err(Fault::TooLarge(format!("邮件超过{}字节", self.limits.bytes))),
            false => mail::read_within(&piece.bytes, &format!("{name}/第{}封.eml", told.all), &self.limits),
        };
        let (called, opened) = match mail {
            Err(fault) => (format!("{name}/第{}封.eml", told.all), Err(fault)),
            Ok(mail) => {
                let called = called(&mail);
                if let Some(list) = told.list(&mail) {
                    list.add(called);
                    return;
                }
                let called = self.names.unique(&format!("{name}/{called}.eml"));
                (called.clone(), self.enclosed(mail, &called, depth))
            }
        };
        told.read += 1;
        self.excuse_companions(begun);
        if let Err(fault) = opened {
            let size = piece.bytes.len() as u64;
            let called = self.names.unique(&called);
            self.read.push(failed(&called, size, &fault));
        }
    }

    /// Says something about a container that is no fault of its files.
    fn tell(&mut self, name: &str, (digest, size): (String, u64), rule: &str, message: String, advice: &str) {
        let name: Arc<str> = name.into();
        let findings = vec![Finding::new(Level::Note, rule, Place::file(&name), message, advice)];
        self.keep(SourceFile { name, digest, size, findings, ..SourceFile::default() }, &Letter::default());
    }
}

/// `2026-06-05 5月报表`
fn called(mail: &Mail) -> String {
    let day = mail.day.as_deref().unwrap_or("无日期");
    let what = mail.subject.as_deref().or(mail.sender.as_deref()).unwrap_or("无主题");
    let what: String = what.replace(['/', '\\'], "_").chars().take(SUBJECT).collect();
    naming::shown(&format!("{day} {}", what.trim()))
}

/// What a mailbox held besides reports.
#[derive(Default)]
struct Told {
    all: usize,
    /// Mails of which files were taken.
    read: usize,
    without_files: Listed,
    bounces: Listed,
    own: Listed,
    deleted: usize,
}

/// Mails that are told together: the first of them by name, since a mailbox may hold millions.
#[derive(Default)]
struct Listed {
    all: usize,
    first: Vec<String>,
}

impl Listed {
    fn add(&mut self, called: String) {
        self.all += 1;
        if self.first.len() < NAMED {
            self.first.push(called);
        }
    }
}

impl Told {
    /// Where a mail is listed that brings no report.
    fn list(&mut self, mail: &Mail) -> Option<&mut Listed> {
        match mail.kind {
            MailKind::Bounce => Some(&mut self.bounces),
            MailKind::Own => Some(&mut self.own),
            MailKind::Letter if mail.files.is_empty() => Some(&mut self.without_files),
            MailKind::Letter => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.read == self.all
    }

    fn in_words(&self) -> String {
        let listed = [("没有附件", &self.without_files), ("是退信", &self.bounces), ("是本程序发出的", &self.own)];
        let mut words: Vec<String> = listed
            .into_iter()
            .filter(|(_, mails)| mails.all > 0)
            .map(|(what, mails)| {
                let names: Vec<String> = mails.first.iter().map(|mail| format!("《{mail}》")).collect();
                let more = if mails.all > NAMED { "等" } else { "" };
                format!("{}封{what}：{}{more}", mails.all, names.join("、"))
            })
            .collect();
        if self.deleted > 0 {
            words.push(format!("{}封已删除", self.deleted));
        }
        format!("邮箱文件中有{}封邮件，读取了{}封的附件，其余没有读取：{}", self.all, self.read, words.join("；"))
    }
}
