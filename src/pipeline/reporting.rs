//! From what was taken in to what each unit reported: receipts, states, and the facts of them.

use super::{Office, RunError, TakenFile, replacing};
use crate::merge::{Facts, Roster};
use crate::profile::Profile;
use crate::publish::ReportingView;
use crate::record::Table;
use crate::register::{self, Before, Entry, Evidence, Receipt, Received, Register, UnitState};
use crate::value::Moment;

/// The reports of the month by unit and book, with what tells of each.
#[derive(Debug, Clone)]
pub struct Reporting {
    /// The files, what was owed and what came, as they go on record.
    pub register: Register,
    /// The units with the gravest state of each.
    pub units: Vec<UnitState>,
    /// What was owed, as facts of the internal book.
    pub facts: Option<Facts>,
}

impl Reporting {
    /// What the sheet 报送情况 shows.
    pub(super) fn view<'a>(&'a self, profile: &'a Profile) -> ReportingView<'a> {
        ReportingView { profile, reports: &self.register.reports, units: &self.units }
    }
}

/// What the units reported, and the tables that stand: those that a later report replaces are left out.
/// `basis` is the digest of all that this is decided from.
///
/// # Errors
///
/// Where the office's own `reports.toml` cannot hold what is reckoned.
pub(super) fn reckon(
    office: &Office,
    files: &mut [TakenFile],
    tables: Vec<Table>,
    (before, basis): (&Before, String),
) -> Result<(Reporting, Vec<Table>), RunError> {
    let roster = Roster::of(&office.settings, &tables);
    let mut receipts: Vec<Receipt> = files.iter().map(|file| receipt(file, &tables, office, &roster, before)).collect();
    let replaced = register::superseded(&tables, &receipts, &roster, &office.profile);
    let tables = replacing::replace(tables, &replaced, files, &mut receipts, &roster);
    let by = (&office.profile, &office.settings, office.period);
    let reports = register::reports(&receipts, &before.reported, &roster, by);
    let facts = register::facts(&reports, &office.profile, &office.settings, office.period)?;
    let units = register::units(&reports, &office.settings, office.period);
    let register = Register::of(office.period, basis, receipts, reports, before);
    Ok((Reporting { register, units, facts }, tables))
}

fn receipt(file: &TakenFile, tables: &[Table], office: &Office, roster: &Roster, before: &Before) -> Receipt {
    let of_file = tables.iter().filter(|table| table.file == file.name);
    let mut entries: Vec<Entry> = Vec::new();
    for table in of_file {
        let unit = canonical(&table.reporting_unit, roster);
        match entries.iter_mut().find(|entry| entry.unit == unit && entry.book == table.book) {
            Some(entry) => entry.rows += table.rows.len(),
            None => entries.push(Entry {
                unit,
                book: table.book.clone(),
                rows: table.rows.len(),
                replaced: 0,
                replaced_by: None,
            }),
        }
    }
    Receipt {
        file: file.name.clone(),
        sha256: file.digest.clone(),
        bytes: file.size,
        opened: file.opened,
        filled: file.sheets.iter().any(|sheet| sheet.passed_over > 0 || !sheet.kinds.is_empty()),
        unit: file.sender.clone().or_else(|| roster.named_in(&file.name)),
        received: received(file, office, before),
        entries,
        copy_of: file.copy_of.clone(),
    }
}

/// The unit's name in every output.
fn canonical(unit: &str, roster: &Roster) -> String {
    let unit = unit.trim();
    if unit.is_empty() { String::new() } else { roster.find_or_as_written(unit).name }
}

/// By sheet 收文 where it names the file, else by the mail, else by the file's own time if that counts, as it was
/// first registered; what 收文 says of a unit comes in with the states.
fn received(file: &TakenFile, office: &Office, before: &Before) -> Option<Received> {
    let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let told = office.settings.arrivals.iter().find(|arrival| {
        let own = file.name.to_lowercase();
        // A container stands for all that is in it.
        let holds = |name: &str| own.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let called = |name: &String| holds(&name.to_lowercase()) || base(name) == base(&own);
        arrival.period == office.period && arrival.file.as_ref().is_some_and(called)
    });
    let by = |by: Evidence| move |at: Moment| Received { at, by };
    let mailed = || file.sent.as_deref().and_then(Moment::of_mail).map(by(Evidence::Mail));
    let registered = || before.own.as_ref()?.first_received(&file.digest).filter(|first| first.by == Evidence::File);
    let told = told.and_then(|told| told.at).map(by(Evidence::Settings));
    told.or_else(mailed).or_else(|| {
        let modified = file.modified?;
        registered().or_else(|| Some(by(Evidence::File)(Moment::of_utc(modified.into()))))
    })
}
