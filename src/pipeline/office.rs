//! What a run knows before it opens a file: profile, settings, period; and looking at one file.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{RunError, memory};
use crate::check;
use crate::collect::{self, Limits, SourceFile};
use crate::layout::{Confirmed, Layout, Reader, Vocabulary};
use crate::ledger::Files;
use crate::period::Period;
use crate::profile::{Book, Profile};
use crate::publish;
use crate::record::{self, Table};
use crate::settings::{self, Settings};
use crate::template::{BULLETIN, Templates};
use crate::workspace::{LAYOUTS, SETTINGS, Workspace};

/// The office's own profile in a run's record.
pub(super) const PROFILE: &str = "profile";

/// The office's choices for a month.
#[derive(Debug)]
pub struct Office {
    /// The books and the county's choices.
    pub profile: Profile,
    /// The settings workbook; empty where there is none.
    pub settings: Settings,
    /// The month.
    pub period: Period,
    /// The wording of its documents.
    pub(super) templates: Templates,
    /// What the office states, as it was read: `settings.xlsx`, `layouts.toml` and its own `profile/`.
    pub(super) stated: Files,
    /// Made when the first sheet is read: not every command reads one.
    vocabulary: OnceLock<Vocabulary>,
    confirmed: Confirmed,
}

impl Office {
    /// Opens an office's profile and settings.
    ///
    /// # Errors
    ///
    /// Every fault in either, before anything else is done.
    pub fn open(workspace: &Workspace, period: Period) -> Result<Self, RunError> {
        let profile = workspace.load_profile()?;
        let faults = check::validate_profile(&profile);
        if !faults.is_empty() {
            return Err(RunError::Formulas(faults));
        }
        told_apart(&profile, period)?;
        let settings = match &workspace.settings {
            Some(path) => settings::read(path, &profile, &workspace.limits)?,
            None => Settings::default(),
        };
        let confirmed = memory::confirmed(workspace, &profile)?;
        let templates = Templates::load(workspace.profile.as_deref())?;
        let stated = stated(workspace)?;
        Ok(Self { vocabulary: OnceLock::new(), profile, settings, period, templates, stated, confirmed })
    }

    /// What sheets are read with.
    pub(super) fn reader(&self) -> Reader<'_> {
        let vocabulary = self.vocabulary.get_or_init(|| Vocabulary::new(&self.profile));
        Reader { profile: &self.profile, vocabulary, period: self.period, confirmed: &self.confirmed }
    }
}

/// Books that are ranked have workbooks of different names: of one name, one would take the other's place.
fn told_apart(profile: &Profile, period: Period) -> Result<(), RunError> {
    let is_ranked = |book: &&Book| profile.county.rankings.iter().any(|plan| plan.book == book.id);
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for book in profile.books.iter().filter(is_ranked) {
        let file = publish::ranking_file_name(book, period);
        if let Some(one) = known.insert(file.clone(), &book.id) {
            return Err(RunError::SameFile { one: one.to_owned(), other: book.id.clone(), file });
        }
    }
    Ok(())
}

/// The files in which an office states its choices, by their names in a workspace.
pub(super) fn stated(workspace: &Workspace) -> Result<Files, RunError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source: io::Error| RunError::Reading { path, source }
    };
    let mut paths: Vec<(String, PathBuf)> = Vec::new();
    paths.extend(workspace.settings.iter().map(|path| (SETTINGS.to_owned(), path.clone())));
    if workspace.layouts.is_file() {
        paths.push((LAYOUTS.to_owned(), workspace.layouts.clone()));
    }
    if let Some(folder) = &workspace.profile {
        for entry in fs::read_dir(folder).map_err(at(folder))? {
            let path = entry.map_err(at(folder))?.path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| name.ends_with(".toml") || *name == BULLETIN);
            paths.extend(name.map(|name| (format!("{PROFILE}/{name}"), path.clone())));
        }
    }
    let read = |(name, path): (String, PathBuf)| Ok((name, fs::read(&path).map_err(at(&path))?));
    paths.into_iter().map(read).collect()
}

/// How one sheet was read, for `inspect`.
#[derive(Debug)]
pub struct InspectedSheet {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The sheet's index in the file and its layout; `None` where the file could not be opened.
    pub read: Option<(usize, Layout)>,
    /// By what the layout is known again, where it has a header.
    pub fingerprint: Option<String>,
    /// Its records, where it is a book.
    pub table: Option<Table>,
}

/// What `inspect` reads files with.
#[derive(Debug)]
pub struct Inspection {
    /// The books.
    pub profile: Profile,
    /// The workspace that the files lie in, whose decisions about layouts hold.
    pub workspace: Option<Workspace>,
    /// The month that headings and dates are read for; where it is not given, the one that each
    /// file's inbox, name or titles speak of.
    pub period: Option<Period>,
    /// The month for files that speak of none.
    pub otherwise: Period,
}

/// Reads files sheet by sheet, in the order of the files and of the sheets in each.
///
/// # Errors
///
/// Faults in the workspace's `layouts.toml`.
pub fn inspect(paths: &[PathBuf], by: &Inspection) -> Result<Vec<InspectedSheet>, RunError> {
    let (profile, workspace) = (&by.profile, by.workspace.as_ref());
    let vocabulary = Vocabulary::new(profile);
    let confirmed = workspace.map_or(Ok(Confirmed::default()), |workspace| memory::confirmed(workspace, profile))?;
    let limits = workspace.map_or_else(Limits::default, |workspace| workspace.limits);
    let mut inspected = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().replace('\\', "/");
        for file in collect::read_all(path, &name, &limits, &[]) {
            let period = by.period.or_else(|| memory::period_of(workspace, path, &file)).unwrap_or(by.otherwise);
            let reader = Reader { profile, vocabulary: &vocabulary, period, confirmed: &confirmed };
            inspect_file(&Arc::new(reader.with_tables_apart(file)), &reader, &mut inspected);
        }
    }
    Ok(inspected)
}

fn inspect_file(file: &Arc<SourceFile>, reader: &Reader, inspected: &mut Vec<InspectedSheet>) {
    if file.grids.is_empty() {
        inspected.push(InspectedSheet { file: file.clone(), read: None, fingerprint: None, table: None });
    }
    for (index, grid) in file.grids.iter().enumerate() {
        let layout = reader.layout(file, grid);
        let book = layout.book.as_deref().and_then(|id| reader.profile.book(id));
        let table = book.map(|book| record::read(file, grid, &layout, book, reader.period));
        let fingerprint = reader.signature(file, grid).map(|signature| signature.fingerprint);
        inspected.push(InspectedSheet { file: file.clone(), read: Some((index, layout)), fingerprint, table });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn books_of_one_name_are_refused_before_anything_is_read() {
        let (mut profile, may) = (Profile::built_in(), Period::new(2026, 5).unwrap());
        told_apart(&profile, may).unwrap();
        let one = profile.book("key_projects").unwrap().short().to_owned();
        profile.books.iter_mut().find(|book| book.id == "investment").unwrap().short = Some(one);
        let error = told_apart(&profile, may).unwrap_err();
        assert!(matches!(&error, RunError::SameFile { one, .. } if one == "key_projects"), "{error}");
    }
}
