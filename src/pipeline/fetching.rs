//! Fetching a period's reports by mail: the settings tell whom they come from, `deliver` gets them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Office, RunError};
use crate::deliver::fetch::{self, Fetch, FetchError, Fetched, Window};
use crate::deliver::{self, Secret};
use crate::period::Period;
use crate::settings::Settings;
use crate::workspace::Workspace;

/// Why no mail was fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchingError {
    /// The workspace's settings.
    #[error(transparent)]
    Office(#[from] RunError),
    /// The server, the line, the inbox.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// What the officer asked for.
#[derive(Debug, Clone, Default)]
pub struct FetchRequest {
    /// The first day, where it is not the period's last.
    pub since: Option<NaiveDate>,
    /// The last day, where it is not the one before the next period's end.
    pub until: Option<NaiveDate>,
    /// Whether mails that were fetched before and no longer lie in the inbox are fetched again.
    pub again: bool,
    /// The password, where the environment gives one.
    pub password: Option<String>,
}

/// Fetches mails into the inbox of a period; also gives the days that were looked at.
///
/// # Errors
///
/// Faults in the settings; as [`fetch::fetch`].
pub fn fetch_mail(
    workspace: &Workspace,
    period: Period,
    request: FetchRequest,
    progress: &dyn Fn(usize, usize),
) -> Result<(Window, Fetched), FetchingError> {
    let mail = workspace.mail.as_ref();
    let imap = mail.and_then(|mail| mail.imap.as_ref()).ok_or(FetchError::NoServer)?;
    let office = Office::open(workspace, period)?;
    let window = Window::of(period, request.since, request.until);
    let secret: Secret =
        deliver::password(request.password, &imap.user, "WUZHANG_IMAP_PASSWORD").map_err(FetchError::from)?;
    let from = mail.and_then(|mail| mail.from.as_ref()).map(|from| from.address.to_lowercase());
    let own: BTreeSet<String> = from.into_iter().chain([imap.user.to_lowercase()]).collect();
    let what = Fetch {
        imap,
        secret,
        inbox: &workspace.inbox(period),
        window,
        known: &addresses(&office.settings),
        own: &own,
        again: request.again,
        limits: &workspace.limits,
    };
    Ok((window, fetch::fetch(&what, progress)?))
}

/// The addresses of the roster's units, and of those who get mail for them.
fn addresses(settings: &Settings) -> BTreeSet<String> {
    let of_units = settings.units.iter().flat_map(|unit| &unit.mail);
    let of_people = settings.recipients.iter().map(|recipient| &recipient.mail);
    of_units.chain(of_people).map(|address| address.to_lowercase()).collect()
}
