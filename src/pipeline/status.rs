//! `status`: what each unit owed and reported, from the register where that is current, else from the inbox.

use super::{Office, RunError, reporting, take_in};
use crate::collect;
use crate::period::Period;
use crate::profile::Profile;
use crate::register::{self, Before, Receipt, Register, Report, UnitState};
use crate::settings::Settings;
use crate::workspace::Workspace;

/// How a month's reporting stands.
#[derive(Debug)]
pub struct Status {
    /// The books' titles.
    pub profile: Profile,
    /// The month.
    pub period: Period,
    /// What was owed and what came, in the order of the roster.
    pub reports: Vec<Report>,
    /// The units with the gravest state of each.
    pub units: Vec<UnitState>,
    /// Files that stood in the inbox once and no longer do.
    pub former: Vec<Receipt>,
    /// Files of which nobody can tell whose they are.
    pub unknown: Vec<String>,
    /// Whether there is an inbox for the month.
    pub inbox: bool,
}

/// How a month's reporting stands now; what is new is registered, nothing else is written.
///
/// # Errors
///
/// Faults in profile or settings; a folder that cannot be read; a register that cannot be read or written.
pub fn status(workspace: &Workspace, period: Period) -> Result<Status, RunError> {
    let office = Office::open(workspace, period)?;
    let before = Before::read(&workspace.ledger, period, office.profile.county.reports.remember)?;
    let inbox = workspace.inbox(period).is_dir();
    let basis = basis(workspace, &office, &before)?;
    let register = match before.own.clone().filter(|own| own.basis == basis) {
        Some(current) => current,
        None => {
            let (mut files, tables) = match take_in(workspace, &office) {
                // Before the first report comes, all that are owed are missing.
                Err(RunError::NoInbox(_) | RunError::EmptyInbox(_)) => Default::default(),
                other => other?,
            };
            let register = reporting::reckon(&office, &mut files, tables, (&before, basis))?.0.register;
            if inbox {
                register.write(&workspace.ledger)?;
            }
            register
        }
    };
    Ok(of_register(register, office.profile, &office.settings, inbox))
}

fn of_register(register: Register, profile: Profile, settings: &Settings, inbox: bool) -> Status {
    let nobodys = |receipt: &&Receipt| match receipt.entries.as_slice() {
        [] => receipt.unit.is_none() && receipt.copy_of.is_none(),
        entries => entries.iter().any(|entry| entry.unit.is_empty()),
    };
    Status {
        units: register::units(&register.reports, settings, register.period),
        unknown: register.receipts.iter().filter(nobodys).map(|receipt| receipt.file.to_string()).collect(),
        profile,
        period: register.period,
        reports: register.reports,
        former: register.former,
        inbox,
    }
}

/// The digest of all that the states are decided from: program, profile, settings, decisions about layouts, what
/// was reported before, the inbox.
pub(super) fn basis(workspace: &Workspace, office: &Office, before: &Before) -> Result<String, RunError> {
    let digest = |path: &std::path::Path| collect::digest_of_file(path).unwrap_or_default();
    let mut lines = vec![concat!("wuzhang ", env!("CARGO_PKG_VERSION")).to_owned()];
    lines.push(collect::digest(format!("{:?}", office.profile).as_bytes()));
    lines.extend(workspace.settings.iter().chain([&workspace.layouts]).map(|path| digest(path)));
    lines.extend(before.reported.iter().map(|(unit, book)| format!("{unit} {book}")));
    let inbox = workspace.inbox(office.period);
    if inbox.is_dir() {
        let listed = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox, source })?;
        let own = |path: &std::path::PathBuf| workspace.is_own(path);
        let files = listed.into_iter().filter(|(_, path)| !own(path));
        lines.extend(files.map(|(name, path)| format!("{} {name}", digest(&path))));
    }
    Ok(collect::digest(lines.join("\n").as_bytes()))
}
