//! Deliver: what a run made reaches the people it is for, each with only what it should see, once.
//!
//! [`plan_documents`] takes what a run made ([`Made`]), the settings and the log, gives a [`Plan`]: a letter for each
//! person, which [`Plan::write`] puts into `out/P/mail`. [`send`] carries a plan's letters to a server by a
//! [`Carrier`], with a line in the [`Log`] before each leaves and one after the server answered.
//! [`fetch`] goes the other way: reports that came by mail, into the inbox.
//! The clock, the environment and the terminal are the command line's.

mod documents;
mod drafting;
mod fault;
pub mod fetch;
mod letter;
mod log;
mod made;
mod message;
mod people;
mod plan;
mod reminders;
mod secret;
mod sending;
mod smtp;
mod tls;
mod wording;

pub use fault::DeliverError;
pub use letter::{Attachment, Kind, Letter};
pub use log::{Event, History, Known, Line, Log};
pub use made::Made;
pub use message::{Sender, message};
pub use people::{Person, people};
pub use plan::{LeftOut, Plan};
pub use reminders::{Owing, plan_reminders};
pub use secret::{NoPassword, NotKept, Secret, keep_password, password};
pub use sending::{Carried, Carrier, Clock, NoLine, Outcome, Pace, Sent, Step, send};
pub use smtp::Smtp;

use crate::period::Period;
use crate::profile::{Profile, nearest};
use crate::settings::Settings;
use crate::template::Templates;
use crate::workspace::Mail;
use drafting::Drafting;

/// What plans are made from besides documents.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// Who gets what.
    pub profile: &'a Profile,
    /// Who there is.
    pub settings: &'a Settings,
    /// The wording.
    pub templates: &'a Templates,
    /// Who writes, and how large messages may be.
    pub mail: &'a Mail,
    /// The county's name; may be empty.
    pub county: &'a str,
    /// The period.
    pub period: Period,
    /// What was sent.
    pub history: &'a History,
    /// The only unit or leader that letters are for, by any of its names.
    pub only: Option<&'a str>,
}

impl<'a> Office<'a> {
    fn drafting(&self) -> Result<Drafting<'a>, DeliverError> {
        let mut people = people(self.profile, self.settings, self.period);
        let only = self.only.map(|only| self.called(only, &people)).transpose()?;
        people.retain(|person| only.is_none_or(|only| person.whom == only));
        let Self { profile, settings, templates, mail, county, period, history, .. } = *self;
        Ok(Drafting {
            profile,
            settings,
            period,
            templates,
            mail,
            county,
            history,
            only,
            people,
            shelf: Default::default(),
        })
    }

    /// The unit or leader that a name means.
    fn called(&self, written: &str, people: &[Person]) -> Result<&'a str, DeliverError> {
        let units = self.settings.units.iter();
        let unit = units.clone().find(|unit| unit.name == written || unit.aliases.iter().any(|alias| alias == written));
        let leaders = self.settings.leaders.iter().map(|leader| leader.name.as_str());
        let others = self.settings.recipients.iter().map(|one| one.whom.as_str());
        let known: Vec<&'a str> = units.map(|unit| unit.name.as_str()).chain(leaders).chain(others).collect();
        let found = unit.map(|unit| unit.name.as_str()).or_else(|| known.iter().copied().find(|name| *name == written));
        found.ok_or_else(|| {
            let names: Vec<&str> = people.iter().map(|person| person.whom.as_str()).collect();
            DeliverError::Nobody {
                name: written.to_owned(),
                nearest: nearest(written, &names).unwrap_or_default().to_owned(),
            }
        })
    }
}

/// The letters of a period's documents.
///
/// # Errors
///
/// A name that nobody has; templates with faults; documents that cannot be read.
pub fn plan_documents(office: Office, made: &Made) -> Result<Plan, DeliverError> {
    let (letters, left_out) = documents::letters(&mut office.drafting()?, made)?;
    let torn = office.history.torn.clone();
    Ok(Plan { kind: Kind::Documents, period: office.period, letters, left_out, torn, mail: office.mail.clone() })
}
