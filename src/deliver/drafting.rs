//! From what a person is to be told to the letters that tell it: parted by size, known by digest, worded by templates.

use serde::Serialize;

use super::letter::{Attachment, Content, Kind, Letter, parted};
use super::log::{Event, History, Line};
use super::made::Shelf;
use super::people::Person;
use super::wording::{Correction, Frame, Part, worded};
use super::{DeliverError, LeftOut};
use crate::period::Period;
use crate::profile::{Profile, Whose};
use crate::settings::Settings;
use crate::template::Templates;
use crate::workspace::Mail;

/// What a message takes besides its attachments, at most: headers and both bodies.
const BODIES: u64 = 48 * 1024;

/// What letters are drafted with.
pub(super) struct Drafting<'a> {
    pub(super) profile: &'a Profile,
    pub(super) settings: &'a Settings,
    pub(super) period: Period,
    pub(super) templates: &'a Templates,
    pub(super) mail: &'a Mail,
    pub(super) county: &'a str,
    pub(super) history: &'a History,
    /// The only unit or leader that letters are for.
    pub(super) only: Option<&'a str>,
    pub(super) people: Vec<Person>,
    pub(super) shelf: Shelf,
}

/// What one person is to be told.
pub(super) struct Draft<'d, S: Serialize> {
    pub(super) kind: Kind,
    /// The templates' name: `unit`.
    pub(super) template: &'d str,
    pub(super) person: &'d Person,
    pub(super) says: &'d S,
    /// What the letter is known by besides its attachments; of documents what they say.
    pub(super) known_by: &'d str,
    pub(super) attachments: Vec<Attachment>,
    pub(super) why: String,
}

impl Drafting<'_> {
    /// Whether letters for a unit or leader are wanted.
    pub(super) fn is_asked_for(&self, whom: &str) -> bool {
        self.only.is_none_or(|only| only == whom)
    }

    /// Whether a unit of the roster reports for the period.
    pub(super) fn is_open(&self, unit: &str) -> bool {
        self.settings.units.iter().any(|one| one.name == unit && one.is_open(self.period))
    }

    /// Why a unit gets no mail, and what to do.
    pub(super) fn no_address(&self, unit: &str) -> String {
        match self.settings.units.iter().find(|one| one.name == unit) {
            None => "单位名单里没有这个单位：请在设置表“单位”里加上，并填邮箱".to_owned(),
            Some(one) if !one.is_open(self.period) => "单位已停用，不发邮件；需要的请人工转交".to_owned(),
            Some(_) => "没有收这些的人：请在设置表“单位”的“邮箱”或“收件人”里填写".to_owned(),
        }
    }

    /// The letters of a draft: one, or as many as its attachments take.
    pub(super) fn letters<S: Serialize>(
        &self,
        draft: Draft<S>,
        left_out: &mut Vec<LeftOut>,
    ) -> Result<Vec<Letter>, DeliverError> {
        let Draft { kind, template, person, says, known_by, attachments, why } = draft;
        let (parts, too_large) = parted(attachments, self.mail.max_bytes.saturating_sub(BODIES));
        left_out.extend(too_large.iter().map(|one| self.too_large(person, one)));
        let content = |at: usize| Content {
            kind,
            period: self.period.to_string(),
            whom: &person.whom,
            address: person.address.to_lowercase(),
            known_by,
            attachments: parts[at].iter().map(|one| (one.name.as_str(), one.sha256.as_str())).collect(),
            part: (at, parts.len()),
        };
        let digests: Vec<String> = (0..parts.len()).map(|at| content(at).digest()).collect();
        let earlier = match kind {
            Kind::Documents => self.history.earlier(kind, &person.whom, &person.address, &digests),
            // A reminder of another day is no correction of the last one.
            Kind::Reminder => None,
        };
        let mut letters = Vec::new();
        for (at, attached) in parts.iter().enumerate() {
            let frame = Frame {
                attachments: attached.iter().map(|one| one.name.clone()).collect(),
                too_large: too_large.iter().map(|one| one.name.clone()).collect(),
                part: (parts.len() > 1).then_some(Part { number: at + 1, of: parts.len() }),
                correction: earlier.map(|earlier| correction(earlier, attached)),
                ..self.frame(person)
            };
            let words = worded(self.templates, template, &frame, says)?;
            letters.push(Letter {
                kind,
                whom: person.whom.clone(),
                name: person.name.clone(),
                roles: person.roles.clone(),
                address: person.address.clone(),
                subject: words.subject,
                text: words.text,
                html: words.html,
                attachments: attached.clone(),
                why: why.clone(),
                digest: digests[at].clone(),
                known: self.history.known(&digests[at]),
                corrects: earlier.is_some(),
            });
        }
        Ok(letters)
    }

    fn frame(&self, person: &Person) -> Frame {
        let from = self.mail.from.as_ref().and_then(|from| from.name.clone());
        let others = self.people.iter().filter(|one| one.whom == person.whom && one.of == person.of);
        let others = others.filter(|one| one.address != person.address && one.of == Whose::Unit);
        Frame {
            county: self.county.to_owned(),
            office: from.unwrap_or_else(|| format!("{}统计局", self.county)),
            period: self.period.in_words(),
            whom: person.whom.clone(),
            name: person.name.clone(),
            also_to: others.map(Person::in_words).collect(),
            attachments: Vec::new(),
            too_large: Vec::new(),
            part: None,
            correction: None,
        }
    }

    fn too_large(&self, person: &Person, one: &Attachment) -> LeftOut {
        let mib = |bytes: u64| format!("{:.1}MB", bytes as f64 / 1_048_576.0);
        LeftOut {
            whom: format!("{}（{}）", person.whom, person.address),
            what: format!("附件 {}（随信约{}）", one.name, mib(one.weight())),
            advice: format!(
                "超过每封{}的上限（wuzhang.toml 的 max_bytes）：邮件里已注明；请用其他办法送达，服务器允许更大的可改 max_bytes",
                mib(self.mail.max_bytes)
            ),
        }
    }
}

fn correction(earlier: &Line, attached: &[Attachment]) -> Correction {
    debug_assert_eq!(earlier.event, Event::Sending, "only what left is taken the place of");
    let same = |one: &&Attachment| earlier.attachments.iter().any(|old| old.sha256 == one.sha256);
    let changed = attached.iter().filter(|one| !same(one)).map(|one| one.name.clone());
    let sent = earlier.at.split('T').next().unwrap_or(&earlier.at).to_owned();
    Correction { sent, changed: changed.collect() }
}
