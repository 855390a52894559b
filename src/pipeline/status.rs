//! `status`: what each unit owed and reported, from the register where that is current, else from the inbox.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::{Office, Progress, RunError, TakenIn, office, reporting, take_in};
use crate::collect;
use crate::ledger::Files;
use crate::period::Period;
use crate::profile::Profile;
use crate::register::{Before, Receipt, Register, Report, UnitState};
use crate::workspace::{Level, Workspace};

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
    /// What lies in the inbox, by name.
    pub receipts: Vec<Receipt>,
    /// Files that stood in the inbox once and no longer do.
    pub former: Vec<Receipt>,
    /// Files of which nobody can tell whose they are.
    pub unknown: Vec<String>,
    /// Files that sheet 收文 registers and that do not lie in the inbox.
    pub absent: Vec<String>,
    /// Whether there is an inbox for the month.
    pub inbox: bool,
}

/// How a month's reporting stands now; what is new is registered, nothing else is written.
///
/// # Errors
///
/// Faults in profile or settings; a folder that cannot be read; a register that cannot be read or written.
pub fn status(workspace: &Workspace, period: Period, progress: &Progress<'_>) -> Result<Status, RunError> {
    if workspace.level == Level::City {
        return Err(RunError::NoDepartments);
    }
    let profile = Profile::load(workspace.profile.as_deref())?;
    let before = Before::read(&workspace.ledger, period, profile.county.reports.remember)?;
    let inbox = workspace.inbox(period).is_dir();
    let basis = basis(workspace, (&profile, period), (&office::stated(workspace)?, &before), &BTreeMap::new())?;
    if let Some(current) = before.own.as_ref().filter(|own| own.basis == basis) {
        return Ok(of_register(current.clone(), profile, inbox));
    }
    let office = Office::open(workspace, period)?;
    let TakenIn { mut files, tables, .. } = match take_in(workspace, &office, progress) {
        // Before the first report comes, all that are owed are missing.
        Err(RunError::NoInbox(_) | RunError::EmptyInbox(_)) => TakenIn::default(),
        other => other?,
    };
    let register = reporting::reckon(&office, &mut files, tables, (&before, basis))?.0.register;
    if inbox {
        register.write(&workspace.ledger)?;
    }
    Ok(of_register(register, profile, inbox))
}

fn of_register(register: Register, profile: Profile, inbox: bool) -> Status {
    let nobodys = |receipt: &&Receipt| match receipt.entries.as_slice() {
        [] => receipt.unit.is_none() && receipt.copy_of.is_none(),
        entries => entries.iter().any(|entry| entry.unit.is_empty()),
    };
    Status {
        units: register.units,
        unknown: register.receipts.iter().filter(nobodys).map(|receipt| receipt.file.to_string()).collect(),
        profile,
        period: register.period,
        reports: register.reports,
        former: register.former,
        absent: register.absent,
        receipts: register.receipts,
        inbox,
    }
}

/// The digest of all that the states are decided from: program, profile, what the office states, what was
/// reported before, the inbox. `digests` are those of files of the inbox that are known already.
pub(super) fn basis(
    workspace: &Workspace,
    (profile, period): (&Profile, Period),
    (stated, before): (&Files, &Before),
    digests: &BTreeMap<String, String>,
) -> Result<String, RunError> {
    let mut lines = vec![concat!("wuzhang ", env!("CARGO_PKG_VERSION")).to_owned()];
    // Its own form may change between versions, and only asks for another look at the inbox then.
    lines.push(collect::digest(format!("{profile:?}").as_bytes()));
    lines.extend(stated.iter().map(|(name, bytes)| format!("{} {name}", collect::digest(bytes))));
    lines.extend(before.reported.iter().map(|(unit, book)| format!("{unit} {book}")));
    let inbox = workspace.inbox(period);
    if inbox.is_dir() {
        let listed = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox, source })?;
        let listed: Vec<_> = listed.into_iter().filter(|(_, path)| !workspace.is_own(path)).collect();
        let digest = |(name, path): &(String, PathBuf)| {
            let known = digests.get(name).cloned();
            format!("{} {name}", known.unwrap_or_else(|| collect::digest_of_file(path).unwrap_or_default()))
        };
        lines.par_extend(listed.par_iter().map(digest));
    }
    Ok(collect::digest(lines.join("\n").as_bytes()))
}
