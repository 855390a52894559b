//! From what was taken in to what each unit reported: receipts, states, and the facts of them.

use std::collections::HashMap;

use super::{Office, RunError, TakenFile, replacing};
use crate::merge::{Facts, Roster};
use crate::period::Period;
use crate::profile::Profile;
use crate::publish::ReportingView;
use crate::rank::Ranking;
use crate::record::Table;
use crate::register::{self, Before, Entry, Evidence, Receipt, Received, Register};
use crate::value::Moment;

/// The reports of the month by unit and book, with what tells of each.
#[derive(Debug, Clone)]
pub struct Reporting {
    /// The files, what was owed and what came, as they go on record.
    pub register: Register,
    /// What was owed, as facts of the internal book.
    pub facts: Option<Facts>,
}

impl Reporting {
    /// Of an office that no departments report to.
    pub(super) fn none(period: Period) -> Self {
        let register = Register::of(period, String::new(), Vec::new(), Default::default(), &Before::default());
        Self { register, facts: None }
    }

    /// What the sheet 报送情况 shows.
    pub(super) fn view<'a>(&'a self, profile: &'a Profile, rankings: &'a [&'a Ranking]) -> ReportingView<'a> {
        ReportingView { profile, reports: &self.register.reports, units: &self.register.units, rankings }
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
    let mut receipts = receipts(office, files, &tables, (&roster, before));
    let tables = replace(office, files, tables, (&roster, &mut receipts));
    Ok((of_receipts(office, receipts, &roster, (before, basis))?, tables))
}

/// The files as they were received, each with what was found in it; nothing is replaced yet.
pub(super) fn receipts(
    office: &Office,
    files: &[TakenFile],
    tables: &[Table],
    (roster, before): (&Roster, &Before),
) -> Vec<Receipt> {
    let mut by_file: HashMap<&str, Vec<&Table>> = HashMap::new();
    for table in tables {
        by_file.entry(&table.file).or_default().push(table);
    }
    let tables_of = |file: &TakenFile| by_file.get(&*file.name).map_or(&[][..], Vec::as_slice);
    files.iter().map(|file| receipt(file, tables_of(file), office, roster, before)).collect()
}

/// The tables without what a later report replaces; files and receipts say by what.
pub(super) fn replace(
    office: &Office,
    files: &mut [TakenFile],
    tables: Vec<Table>,
    (roster, receipts): (&Roster, &mut [Receipt]),
) -> Vec<Table> {
    let replaced = register::superseded(&tables, receipts, roster, &office.profile);
    replacing::replace(tables, &replaced, files, receipts, roster)
}

/// What the units reported, by all receipts of the period.
///
/// # Errors
///
/// Where the office's own `reports.toml` cannot hold what is reckoned.
pub(super) fn of_receipts(
    office: &Office,
    receipts: Vec<Receipt>,
    roster: &Roster,
    (before, basis): (&Before, String),
) -> Result<Reporting, RunError> {
    let by = (&office.profile, &office.settings, office.period);
    let reports = register::reports(&receipts, &before.reported, roster, by);
    let facts = register::facts(&reports, &office.profile, &office.settings, office.period)?;
    let units = register::units(&reports, &office.settings, office.period);
    let absent = absent(office, &receipts);
    let mut register = Register::of(office.period, basis, receipts, (reports, units), before);
    register.absent = absent;
    Ok(Reporting { register, facts })
}

fn receipt(file: &TakenFile, tables: &[&Table], office: &Office, roster: &Roster, before: &Before) -> Receipt {
    let mut entries: Vec<Entry> = Vec::new();
    for table in tables {
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
        blank: file.opened && file.sheets.iter().all(|sheet| sheet.blank),
        unit: file.sender.clone().or_else(|| roster.named_in(&file.name)),
        received: received(file, office, before),
        entries,
        copy_of: file.copy_of.clone(),
        return_of: file.return_of.clone(),
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
    let mut arrivals = office.settings.arrivals.iter().filter(|arrival| arrival.is_for(office.period));
    let told = arrivals.find(|arrival| arrival.file.as_ref().is_some_and(|name| is_called(&file.name, name)));
    let by = |by: Evidence| move |at: Moment| Received { at, by };
    let mailed = || file.sent.as_deref().and_then(Moment::of_mail).map(by(Evidence::Mail));
    let registered = || before.own.as_ref()?.first_received(&file.digest).filter(|first| first.by == Evidence::File);
    let told = told.and_then(|told| told.at).map(by(Evidence::Settings));
    told.or_else(mailed).or_else(|| {
        let modified = file.modified?;
        registered().or_else(|| Some(by(Evidence::File)(Moment::of_utc(modified.into()))))
    })
}

/// Whether a file is what the office writes: its name, with its folder or without, or that of what it came in.
fn is_called(file: &str, written: &str) -> bool {
    let (file, written) = (file.to_lowercase(), written.to_lowercase());
    let base = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
    let holds = file.strip_prefix(&written).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    holds || base(&file) == base(&written)
}

/// Files that sheet 收文 registers for the month and that do not lie in the inbox.
fn absent(office: &Office, receipts: &[Receipt]) -> Vec<String> {
    let registered = office.settings.arrivals.iter().filter(|arrival| arrival.is_for(office.period));
    let named = registered.filter_map(|arrival| arrival.file.as_ref());
    named.filter(|name| !receipts.iter().any(|receipt| is_called(&receipt.file, name))).cloned().collect()
}
