//! Months run again: with what the office states today, or with what a recorded run was made with.
//!
//! Only the settings, the layouts and the office's own profile are taken from the record; the inbox and the
//! earlier periods are as they are now, since a correction is what a month is run again for.

use super::office::PROFILE;
use super::{Outcome, Progress, RunError, run};
use crate::ledger::{Ledger, LedgerError, Run};
use crate::period::Period;
use crate::workspace::{LAYOUTS, SETTINGS, Workspace};

/// Whose settings a month is run with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Known {
    /// What the workspace states today.
    #[default]
    Now,
    /// What the run that stands for the period was made with.
    Then,
    /// What another recorded run of the period was made with: its number, name or digest.
    By(String),
}

impl std::str::FromStr for Known {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "now" => Self::Now,
            "then" => Self::Then,
            other => Self::By(other.to_owned()),
        })
    }
}

/// Runs a month with the settings that are asked for.
///
/// # Errors
///
/// As [`run`]; a period that has no such run, a record that is damaged.
pub fn run_known(
    workspace: &Workspace,
    period: Period,
    known: &Known,
    progress: &Progress<'_>,
) -> Result<Outcome, RunError> {
    let ledger = Ledger::of(workspace);
    let recorded = match known {
        Known::Now => return run(workspace, period, progress),
        Known::Then => ledger.current(period)?.ok_or(LedgerError::NoRun(period))?,
        Known::By(given) => ledger.run(period, given)?,
    };
    run(&as_stated(workspace, &recorded)?, period, progress)
}

/// Runs every period again that the ledger has from one to another, in order, each on what the one before it
/// came to. `progress` hears the steps of each, `done` what each came to.
///
/// # Errors
///
/// As [`run_known`], at the first period that cannot be run; those before it are done.
pub fn rerun(
    workspace: &Workspace,
    (from, to): (Period, Option<Period>),
    known: &Known,
    (progress, done): (&Progress<'_>, &mut dyn FnMut(Period, Outcome)),
) -> Result<(), RunError> {
    let ledger = Ledger::of(workspace);
    let periods: Vec<Period> = ledger.periods()?.into_iter().filter(|period| *period >= from).collect();
    let periods: Vec<Period> = periods.into_iter().filter(|period| to.is_none_or(|to| *period <= to)).collect();
    if periods.is_empty() {
        return Err(LedgerError::NoRun(from).into());
    }
    for period in periods {
        done(period, run_known(workspace, period, known, progress)?);
    }
    Ok(())
}

/// The workspace with what a run was made with in place of what it states today.
fn as_stated(workspace: &Workspace, recorded: &Run) -> Result<Workspace, RunError> {
    let mut stated = workspace.clone();
    let kept = |name: &str| -> Result<bool, RunError> { Ok(recorded.file(name)?.is_some()) };
    stated.settings = kept(SETTINGS)?.then(|| recorded.folder.join(SETTINGS));
    // A file that is not there reads as no decision about any layout.
    kept(LAYOUTS)?;
    stated.layouts = recorded.folder.join(LAYOUTS);
    let profile: Vec<&str> = recorded.names_in("profile/").collect();
    for name in &profile {
        kept(name)?;
    }
    stated.profile = (!profile.is_empty()).then(|| recorded.folder.join(PROFILE));
    Ok(stated)
}
