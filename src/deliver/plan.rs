//! The plan: every letter of a period, what the log knows of each, and what nobody gets; as files and as a workbook.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveTime};

use super::DeliverError;
use super::letter::{Kind, Letter};
use super::log::{History, Known};
use super::message::{Sender, message};
use crate::period::Period;
use crate::publish::{MAIL_PLAN, MailLine, MailPlanView, mail_plan};
use crate::workspace::Doing;
use crate::workspace::{Mail, WholeFolder};

/// Beijing's offset from UTC, in seconds.
const BEIJING: i32 = 8 * 3600;
/// Places of a digest that `--resend` must give, at least.
const SHORTEST_DIGEST: usize = 8;

/// What nobody gets by mail, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose it is.
    pub whom: String,
    /// What it is.
    pub what: String,
    /// Why, and what to do.
    pub advice: String,
}

/// The letters of a period.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What kind of mail.
    pub kind: Kind,
    /// The period.
    pub period: Period,
    /// The letters, units first, in the order of the roster.
    pub letters: Vec<Letter>,
    /// What nobody gets.
    pub left_out: Vec<LeftOut>,
    /// Lines of the log that cannot be read.
    pub torn: Vec<usize>,
    /// The office's mail.
    pub mail: Mail,
}

impl Plan {
    /// Who writes.
    ///
    /// # Errors
    ///
    /// `wuzhang.toml` does not say.
    pub fn sender(&self) -> Result<Sender<'_>, DeliverError> {
        let from = self.mail.from.as_ref().ok_or(DeliverError::NoSender)?;
        Ok(Sender { from, reply_to: self.mail.reply_to.as_ref() })
    }

    /// The letters with what a newer log knows of them.
    pub fn known_by(&mut self, history: &History) {
        for letter in &mut self.letters {
            letter.known = history.known(&letter.digest);
        }
    }

    /// How many letters would be sent.
    pub fn to_send(&self) -> usize {
        self.letters.iter().filter(|letter| matches!(letter.known, Known::New | Known::Refused(_))).count()
    }

    /// The letters that `--resend` names, by the beginnings of their digests.
    ///
    /// # Errors
    ///
    /// A beginning that is too short, or that no letter has.
    pub fn named(&self, digests: &[String]) -> Result<Vec<String>, DeliverError> {
        let mut named = Vec::new();
        for wanted in digests {
            let lower = wanted.to_lowercase();
            let letters = self.letters.iter().filter(|letter| letter.digest.starts_with(&lower));
            let before = named.len();
            named.extend(letters.filter(|_| lower.len() >= SHORTEST_DIGEST).map(|letter| letter.digest.clone()));
            if named.len() == before {
                return Err(DeliverError::NoDigest(wanted.clone()));
            }
        }
        Ok(named)
    }

    /// Writes the messages and the plan into a folder, which appears whole; gives their paths, the plan first.
    /// The messages bear the noon of the period's last day, so that the same plan is the same bytes; what is sent
    /// bears the hour of sending.
    ///
    /// # Errors
    ///
    /// What cannot be written as mail; what the file system says.
    pub fn write(&self, folder: &Path) -> Result<Vec<PathBuf>, DeliverError> {
        let (sender, at) = (self.sender()?, self.noon());
        let mut lines = Vec::new();
        let whole = WholeFolder::begin(folder).map_err(DeliverError::io(Doing::Making, folder))?;
        for (number, letter) in self.letters.iter().enumerate() {
            let bytes = message(letter, sender, at)?;
            let name = file_name(number + 1, letter);
            let path = whole.path().join(&name);
            fs::write(&path, &bytes).map_err(DeliverError::io(Doing::Writing, folder.join(&name)))?;
            lines.push(line(letter, bytes.len() as u64, name));
        }
        let names: Vec<String> = lines.iter().map(|line| line.file.clone()).collect();
        let left_out = self.left_out.iter().map(|one| [&one.whom, &one.what, &one.advice].map(String::clone));
        let view = MailPlanView {
            title: self.kind.title().to_owned(),
            period: self.period,
            lines,
            left_out: left_out.collect(),
        };
        let path = whole.path().join(MAIL_PLAN);
        fs::write(&path, mail_plan(&view)?).map_err(DeliverError::io(Doing::Writing, folder.join(MAIL_PLAN)))?;
        whole.commit().map_err(DeliverError::io(Doing::Replacing, folder))?;
        Ok([MAIL_PLAN.to_owned()].into_iter().chain(names).map(|name| folder.join(name)).collect())
    }

    fn noon(&self) -> DateTime<FixedOffset> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon is an hour");
        let beijing = FixedOffset::east_opt(BEIJING).expect("eight hours are less than a day");
        let local = self.period.last_day().and_time(noon).and_local_timezone(beijing);
        local.single().expect("a fixed offset skips no hour")
    }
}

fn line(letter: &Letter, bytes: u64, file: String) -> MailLine {
    let of = |each: fn(&super::letter::Attachment) -> &str| {
        letter.attachments.iter().map(each).collect::<Vec<_>>().join("\n")
    };
    let why = of(|one| &one.why);
    MailLine {
        whom: letter.whom.clone(),
        name: letter.name.clone().unwrap_or_default(),
        roles: letter.roles.join("、"),
        address: letter.address.clone(),
        subject: letter.subject.clone(),
        attachments: of(|one| &one.name),
        why: [why, letter.why.clone()].into_iter().filter(|why| !why.is_empty()).collect::<Vec<_>>().join("\n"),
        bytes,
        state: letter.state(),
        file,
        digest: letter.short_digest().to_owned(),
    }
}

/// Characters of a name that a file's name repeats.
const NAMED: usize = 40;

/// `001-城关镇-填报人.eml`; the number keeps names apart, and from being one that Windows reserves.
fn file_name(number: usize, letter: &Letter) -> String {
    let allowed = |text: &str| -> String {
        let clean = text.chars().map(|c| if "<>:\"/\\|?*".contains(c) || c.is_control() { '_' } else { c });
        clean.take(NAMED).collect()
    };
    format!("{number:03}-{}-{}.eml", allowed(&letter.whom), allowed(&letter.roles.join("、")))
}
