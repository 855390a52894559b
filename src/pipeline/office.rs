//! What a run knows before it opens a file: profile, settings, period; and looking at one file.

use std::path::PathBuf;
use std::sync::Arc;

use super::RunError;
use crate::check;
use crate::collect::{self, Limits, SourceFile};
use crate::layout::{Layout, Reader, Vocabulary};
use crate::period::Period;
use crate::profile::Profile;
use crate::record::{self, Table};
use crate::settings::{self, Settings};
use crate::workspace::Workspace;

/// The office's choices for a month.
#[derive(Debug)]
pub struct Office {
    /// The books and the county's choices.
    pub profile: Profile,
    /// The settings workbook; empty where there is none.
    pub settings: Settings,
    /// The month.
    pub period: Period,
    vocabulary: Vocabulary,
}

impl Office {
    /// Opens an office's profile and settings.
    ///
    /// # Errors
    ///
    /// Every fault in either, before anything else is done.
    pub fn open(workspace: &Workspace, period: Period) -> Result<Self, RunError> {
        let profile = Profile::load(workspace.profile.as_deref())?;
        let faults = check::validate_profile(&profile);
        if !faults.is_empty() {
            return Err(RunError::Formulas(faults));
        }
        let settings = match &workspace.settings {
            Some(path) => settings::read(path, &profile)?,
            None => Settings::default(),
        };
        Ok(Self { vocabulary: Vocabulary::new(&profile), profile, settings, period })
    }

    /// What sheets are read with.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { profile: &self.profile, vocabulary: &self.vocabulary, period: self.period }
    }
}

/// How one sheet was read, for `inspect`.
#[derive(Debug)]
pub struct InspectedSheet {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The sheet's index in the file and its layout; `None` where the file could not be opened.
    pub read: Option<(usize, Layout)>,
    /// Its records, where it is a book.
    pub table: Option<Table>,
}

/// Reads files sheet by sheet, in the order of the files and of the sheets in each.
///
/// `period` is the month that headings and dates are read for; where it is not given, the one that
/// each file's own name and titles speak of, else `otherwise`.
pub fn inspect(paths: &[PathBuf], profile: &Profile, period: Option<Period>, otherwise: Period) -> Vec<InspectedSheet> {
    let vocabulary = Vocabulary::new(profile);
    let mut inspected = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().replace('\\', "/");
        let file = collect::read_file(path, &name, &Limits::default());
        let period = period.or_else(|| crate::layout::period_of(&file)).unwrap_or(otherwise);
        let reader = Reader { profile, vocabulary: &vocabulary, period };
        let file = Arc::new(reader.with_tables_apart(file));
        if file.grids.is_empty() {
            inspected.push(InspectedSheet { file: file.clone(), read: None, table: None });
        }
        for (index, grid) in file.grids.iter().enumerate() {
            let layout = reader.layout(&file, grid);
            let book = layout.book.as_deref().and_then(|id| profile.book(id));
            let table = book.map(|book| record::read(&file, grid, &layout, book, period));
            inspected.push(InspectedSheet { file: file.clone(), read: Some((index, layout)), table });
        }
    }
    inspected
}
