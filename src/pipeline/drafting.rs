//! Drafting a book from a workbook, and trying at once how the workbook is read by it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Inspection, RunError, inspect};
use crate::check;
use crate::collect::{self, Grid, Limits, SourceFile};
use crate::draft::{self, Draft};
use crate::layout::{UnknownTable, unknown_table};
use crate::period::Period;
use crate::profile::{Profile, ProfileErrors};
use crate::say;
use crate::workspace::Workspace;

/// What a book is to be drafted from, and under which name.
#[derive(Debug, Clone, Copy)]
pub struct DraftRequest<'a> {
    /// The workbook.
    pub file: &'a Path,
    /// Its sheet; without it the first that holds a table.
    pub sheet: Option<&'a str>,
    /// The book's id.
    pub id: &'a str,
    /// The book's title; without it as the sheet's title says.
    pub title: Option<&'a str>,
    /// The month that the workbook is of.
    pub period: Period,
}

/// A drafted book and how it was kept.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The book.
    pub draft: Draft,
    /// The sheet that it was drafted from.
    pub sheet: String,
    /// Where it was written.
    pub path: PathBuf,
    /// How many rows of the workbook are read as this book now.
    pub records: usize,
}

/// Why no book was drafted; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// An id that cannot be a file's and a column's name.
    #[error("{}", say!("draft-id", id = _0))]
    Id(String),
    /// A book of that id stands already.
    #[error("{}", say!("draft-taken", id = id, path = path))]
    Taken {
        /// The id.
        id: String,
        /// Its file.
        path: String,
    },
    /// The workspace is a bare folder.
    #[error("{}", say!("draft-bare", path = _0.display()))]
    Bare(PathBuf),
    /// The file or the sheet holds no table.
    #[error("{}", say!("draft-no-table", file = file.display(), why = why))]
    NoTable {
        /// The file.
        file: PathBuf,
        /// What was looked for.
        why: String,
    },
    /// The rest of the profile has faults.
    #[error(transparent)]
    Profile(#[from] ProfileErrors),
    /// The workbook could not be read by the new book.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The file system refused.
    #[error("{}", say!("draft-io", path = path.display(), source = source))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl DraftError {
    /// Whether the user can do better, rather than the machine.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Io { .. } => false,
            Self::Run(error) => error.is_wrong_use(),
            _ => true,
        }
    }
}

/// The text of a drafted book, for a look before it is kept.
///
/// # Errors
///
/// A wrong id, a file without a table, faults in the workspace's profile.
pub fn draft_text(workspace: Option<&Workspace>, request: DraftRequest) -> Result<Draft, DraftError> {
    let profile = Profile::load(workspace.and_then(|workspace| workspace.profile.as_deref()))?;
    let limits = workspace.map_or_else(Limits::default, |workspace| workspace.limits);
    Ok(drafted(&profile, request, &limits)?.0)
}

/// Drafts a book into the workspace's `profile/` and reads the workbook by it.
///
/// # Errors
///
/// As [`draft_text`]; a book of that id; a folder that cannot be written.
pub fn draft_book(workspace: &Workspace, root: &Path, request: DraftRequest) -> Result<Drafted, DraftError> {
    if workspace.is_bare() {
        return Err(DraftError::Bare(root.to_owned()));
    }
    let profile = Profile::load(workspace.profile.as_deref())?;
    let folder = workspace.profile.clone().unwrap_or_else(|| root.join("profile"));
    let path = folder.join(format!("{}.toml", request.id));
    let (draft, sheet) = drafted(&profile, request, &workspace.limits)?;
    if profile.book(request.id).is_some() || path.exists() {
        return Err(DraftError::Taken { id: request.id.to_owned(), path: path.display().to_string() });
    }
    write_new(&path, &draft.text).map_err(|source| DraftError::Io { path: path.clone(), source })?;
    let records = records(workspace, &folder, request)?;
    Ok(Drafted { draft, sheet, path, records })
}

fn drafted(profile: &Profile, request: DraftRequest, limits: &Limits) -> Result<(Draft, String), DraftError> {
    let well_formed = request.id.starts_with(|c: char| c.is_ascii_lowercase())
        && request.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !well_formed {
        return Err(DraftError::Id(request.id.to_owned()));
    }
    let name = request.file.to_string_lossy();
    let files = collect::read_all(request.file, &name, limits, &[]);
    let (grid, table) = table_of(&files, request)?;
    let draft = draft::draft(grid, &table, profile, request.id, request.title);
    Ok((draft, grid.sheet.to_string()))
}

/// The sheet that is asked for, or the first that holds a table.
fn table_of<'f>(files: &'f [SourceFile], request: DraftRequest) -> Result<(&'f Grid, UnknownTable), DraftError> {
    let wanted = |grid: &&Grid| request.sheet.is_none_or(|sheet| *grid.sheet == *sheet);
    let grids = || files.iter().flat_map(|file| &file.grids);
    let mut tables = grids().filter(wanted).filter_map(|grid| Some((grid, unknown_table(grid, request.period)?)));
    tables.next().ok_or_else(|| {
        let names: Vec<&str> = grids().map(|grid| &*grid.sheet).collect();
        let told = files.iter().flat_map(|file| &file.findings).next().map(|finding| finding.message.to_string());
        let why = match (request.sheet, told) {
            (_, Some(told)) if names.is_empty() => told,
            (Some(sheet), _) if !names.contains(&sheet) => {
                format!("没有工作表“{sheet}”，有的是：{}", names.join("、"))
            }
            _ => "没有一行像表头、下面有数据的表；可用 --sheet 指明工作表".to_owned(),
        };
        DraftError::NoTable { file: request.file.to_owned(), why }
    })
}

/// Writes a file that must not be there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

/// How many rows of the workbook are read as the new book.
fn records(workspace: &Workspace, folder: &Path, request: DraftRequest) -> Result<usize, DraftError> {
    let profile = Profile::load(Some(folder))?;
    let faults = check::validate_profile(&profile);
    if !faults.is_empty() {
        return Err(RunError::Formulas(faults).into());
    }
    let workspace = Some(workspace.clone());
    let by = Inspection { profile, workspace, period: Some(request.period), otherwise: request.period };
    let sheets = inspect(&[request.file.to_owned()], &by)?;
    let tables = sheets.iter().filter_map(|sheet| sheet.table.as_ref());
    Ok(tables.filter(|table| table.book == request.id).map(|table| table.rows.len()).sum())
}
