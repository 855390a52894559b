//! From the settings workbook's grids to [`Settings`], or every fault in it.

use std::path::Path;

use super::Settings;
use super::cell::compared;
use super::decisions::{adjustments, last_year, targets};
use super::entries::entries;
use super::explanations::{EXPLANATIONS, explanations};
use super::fault::{SettingsErrors, SettingsFault};
use super::form::{
    ADJUSTMENTS, ARRIVALS, ENTRIES, FORMS, Form, LAST_YEAR, LEADERS, OBLIGATIONS, PASSWORDS, REMARKS, SHARES, TARGETS,
    UNITS,
};
use super::links::{LINKS, links};
use super::overrides::{OVERRIDES, overrides};
use super::passwords::passwords;
use super::people::{leaders, units};
use super::receipts::{arrivals, obligations};
use super::recipients::{RECIPIENTS, recipients};
use super::shares::shares;
use super::sheet::Sheet;
use crate::collect::{self, Grid, Limits, SourceFile};
use crate::finding::{Level, Place};
use crate::profile::{Profile, nearest};
use crate::say;

/// Reads a settings workbook, within the limits that any workbook is read within: it goes from hand to hand by
/// mail like the others.
///
/// # Errors
///
/// Every fault in it, with sheet and cell.
pub fn read(path: &Path, profile: &Profile, limits: &Limits) -> Result<Settings, SettingsErrors> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    of_file(&collect::read_file(path, &name, limits), profile)
}

/// What a file that was read states as settings.
///
/// # Errors
///
/// As [`read`].
pub fn of_file(file: &SourceFile, profile: &Profile) -> Result<Settings, SettingsErrors> {
    let mut faults = unread(file);
    faults.extend(unknown_sheets(file));
    let units = rows(file, &UNITS, &mut faults, units);
    let leaders = rows(file, &LEADERS, &mut faults, leaders);
    let people =
        |sheet: &Sheet, faults: &mut Vec<SettingsFault>| recipients(sheet, profile, (&units, &leaders), faults);
    let settings = Settings {
        recipients: rows(file, &RECIPIENTS, &mut faults, people),
        targets: rows(file, &TARGETS, &mut faults, |sheet, faults| targets(sheet, profile, &units, faults)),
        adjustments: rows(file, &ADJUSTMENTS, &mut faults, |sheet, faults| adjustments(sheet, profile, faults)),
        overrides: rows(file, &OVERRIDES, &mut faults, |sheet, faults| overrides(sheet, profile, faults)),
        links: rows(file, &LINKS, &mut faults, |sheet, faults| links(sheet, profile, faults)),
        explanations: rows(file, &EXPLANATIONS, &mut faults, |sheet, faults| explanations(sheet, profile, faults)),
        shares: rows(file, &SHARES, &mut faults, |sheet, faults| shares(sheet, profile, &units, faults)),
        last_year: rows(file, &LAST_YEAR, &mut faults, |sheet, faults| last_year(sheet, profile, faults)),
        arrivals: rows(file, &ARRIVALS, &mut faults, |sheet, faults| arrivals(sheet, profile, &units, faults)),
        obligations: rows(file, &OBLIGATIONS, &mut faults, |sheet, faults| obligations(sheet, profile, &units, faults)),
        entries: rows(file, &ENTRIES, &mut faults, |sheet, faults| entries(sheet, profile, &units, faults)),
        passwords: rows(file, &PASSWORDS, &mut faults, passwords),
        leaders,
        units,
    };
    faults.sort();
    faults.dedup();
    if faults.is_empty() { Ok(settings) } else { Err(SettingsErrors(faults)) }
}

/// What a form's sheet states; nothing where the workbook has none.
fn rows<T>(
    file: &SourceFile,
    form: &Form,
    faults: &mut Vec<SettingsFault>,
    read: impl FnOnce(&Sheet, &mut Vec<SettingsFault>) -> Vec<T>,
) -> Vec<T> {
    sheet_of(file, form, faults).map(|sheet| read(&sheet, faults)).unwrap_or_default()
}

/// What collecting had to say about the workbook; advice does not stop a run.
fn unread(file: &SourceFile) -> Vec<SettingsFault> {
    let errors = file.findings.iter().filter(|finding| finding.level == Level::Error);
    errors.map(|finding| SettingsFault { place: finding.place.clone(), message: finding.in_words() }).collect()
}

fn is_form(grid: &Grid, form: &Form) -> bool {
    let name = compared(&grid.sheet);
    name == form.sheet || form.others.contains(&name.as_str())
}

fn sheet_of<'g>(file: &'g SourceFile, form: &Form, faults: &mut Vec<SettingsFault>) -> Option<Sheet<'g>> {
    let mut grids = file.grids.iter().filter(|grid| is_form(grid, form));
    let first = grids.next()?;
    for again in grids {
        let message = say!("settings-sheet-twice", again = again.sheet, first = first.sheet);
        faults.push(SettingsFault { place: Place::sheet(&file.name, &again.sheet), message });
    }
    Sheet::find(&file.name, first, form, faults)
}

/// Sheets that would otherwise be passed over in silence.
fn unknown_sheets(file: &SourceFile) -> Vec<SettingsFault> {
    let known = |grid: &&Grid| {
        grid.rows.is_empty()
            || REMARKS.contains(&compared(&grid.sheet).as_str())
            || FORMS.iter().any(|form| is_form(grid, form))
    };
    let names: Vec<&str> = FORMS.iter().map(|form| form.sheet).collect();
    let unknown = file.grids.iter().filter(|grid| !known(grid));
    unknown
        .map(|grid| {
            let nearest = nearest(&grid.sheet, &names).unwrap_or_default();
            let message = say!("settings-no-sheet", nearest = nearest);
            SettingsFault { place: Place::sheet(&file.name, &grid.sheet), message }
        })
        .collect()
}
