//! Mail: the plan of a period's letters from what its last run made, and sending it.

use std::path::Path;

use chrono::NaiveDate;

use super::{Office, RunError, status};
use crate::deliver::{self, Carrier, Clock, DeliverError, History, Log, Made, Owing, Pace, Plan, Sent, Step};
use crate::period::Period;
use crate::register::{self, Report};
use crate::template::Templates;
use crate::workspace::{Mail, Workspace};

/// Why no mail could be made or sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The profile, the settings, the inbox.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The letters, the log, the server.
    #[error(transparent)]
    Deliver(#[from] DeliverError),
}

impl MailError {
    /// Whether the operator's settings or words are at fault, and not the machine.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Run(error) => error.is_wrong_use(),
            Self::Deliver(error) => error.is_wrong_use(),
        }
    }
}

/// The letters of a period's documents, for everyone or for one unit or leader only, and what was sent of them before.
/// Writes nothing.
///
/// # Errors
///
/// Faults in profile, settings or templates; no run of the period yet; nobody of that name.
pub fn plan_mail(workspace: &Workspace, period: Period, only: Option<&str>) -> Result<Plan, MailError> {
    let office = Office::open(workspace, period)?;
    let made = Made::read(&workspace.out(period), period)?;
    let desk = Desk::open(workspace, period)?;
    Ok(deliver::plan_documents(desk.office(workspace, &office, only), &made)?)
}

/// The reminders of a day: to the units that owe a report, or have not answered a return that was sent to them.
/// Writes nothing but what `status` registers.
///
/// # Errors
///
/// As [`plan_mail`]; that there was no run yet is none.
pub fn plan_reminders(
    workspace: &Workspace,
    period: Period,
    (today, only): (NaiveDate, Option<&str>),
) -> Result<Plan, MailError> {
    let office = Office::open(workspace, period)?;
    let made = match Made::read(&workspace.out(period), period) {
        Err(DeliverError::NotRun(_) | DeliverError::Quick(_)) => None,
        made => Some(made?),
    };
    let desk = Desk::open(workspace, period)?;
    let status = status(workspace, period, &|_| {})?;
    let others = History::of_others(&workspace.sent, period)?;
    let title = |report: &Report| register::title(report, &office.profile).to_owned();
    let owing = Owing { reports: &status.reports, title: &title, receipts: &status.receipts, made: made.as_ref() };
    Ok(deliver::plan_reminders(desk.office(workspace, &office, only), &owing, (today, &others))?)
}

/// Wording, mail settings and log of a workspace.
struct Desk {
    mail: Mail,
    templates: Templates,
    history: History,
}

impl Desk {
    fn open(workspace: &Workspace, period: Period) -> Result<Self, DeliverError> {
        let mail = workspace.mail.clone().filter(|mail| mail.from.is_some()).ok_or(DeliverError::NoSender)?;
        let templates = Templates::load(workspace.profile.as_deref())?;
        Ok(Self { mail, templates, history: History::read(&workspace.sent, period)? })
    }

    fn office<'a>(
        &'a self,
        workspace: &'a Workspace,
        office: &'a Office,
        only: Option<&'a str>,
    ) -> deliver::Office<'a> {
        deliver::Office {
            profile: &office.profile,
            settings: &office.settings,
            templates: &self.templates,
            mail: &self.mail,
            county: workspace.county.as_deref().unwrap_or_default(),
            period: office.period,
            history: &self.history,
            only,
        }
    }
}

/// Sends a plan. The log is opened first, and what it says by then counts.
///
/// # Errors
///
/// Another process that sends; a log that cannot be written; a digest of `resend` that no letter has.
pub fn send_mail(
    workspace: &Workspace,
    plan: &mut Plan,
    by: (&mut dyn Carrier, &dyn Clock),
    (pace, resend): (&Pace, &[String]),
    watch: &mut dyn FnMut(Step),
) -> Result<Sent, MailError> {
    let resend = plan.named(resend)?;
    let mut log = Log::open(&workspace.sent, plan.period)?;
    plan.known_by(&log.history);
    Ok(deliver::send(plan, &mut log, by, (pace, &resend), watch)?)
}

/// Writes a plan again after sending, with what the log knows of each letter by now.
///
/// # Errors
///
/// The log or the folder cannot be read or written.
pub fn settle_plan(workspace: &Workspace, plan: &mut Plan, folder: &Path) -> Result<(), MailError> {
    plan.known_by(&History::read(&workspace.sent, plan.period)?);
    plan.write(folder)?;
    Ok(())
}
