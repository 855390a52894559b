//! `wuzhang forms`: the blank forms of a period, a folder a unit, a workbook a book.
//!
//! Takes a workspace and a period, writes `forms/2026-05/城关镇/重点建设项目.xlsx` … and a list of what was
//! issued. A form that somebody has begun to fill in there is never overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file_names::FileNames;
use super::form_rows::{known_rows, word_lists};
use super::{Office, RunError};
use crate::collect;
use crate::history::Earlier;
use crate::merge::Roster;
use crate::period::Period;
use crate::profile::{Book, advice};
use crate::publish::{IssuedForm, PublishError, form_workbook};
use crate::register::{self, Before, Report};
use crate::say;
use crate::workspace::{Level, Workspace, write_whole};

/// What was issued into a folder.
const ISSUED: &str = "forms.json";

/// Which forms are wanted: all that are owed, or those of a unit, a book.
#[derive(Debug, Clone, Copy, Default)]
pub struct FormRequest<'a> {
    /// The unit, by any of its names.
    pub unit: Option<&'a str>,
    /// The book, by id or title.
    pub book: Option<&'a str>,
}

/// The forms of a period as they were issued.
#[derive(Debug)]
pub struct Issued {
    /// Where they stand.
    pub folder: PathBuf,
    /// Each of them, in the order of the roster and of the books.
    pub forms: Vec<IssuedFile>,
    /// Units that owe no book of which it is told.
    pub without: Vec<String>,
    /// Forms issued before that nobody owes any longer; they were removed.
    pub removed: Vec<String>,
}

/// A form that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedFile {
    /// To whom.
    pub unit: String,
    /// The book's id.
    pub book: String,
    /// Its name below the folder.
    pub file: String,
    /// The digest of its bytes.
    pub sha256: String,
    /// How many projects are filled in.
    pub rows: usize,
    /// From which period of the ledger.
    pub last: Option<Period>,
}

/// Why no forms were issued; what was issued before stands.
#[derive(Debug, thiserror::Error)]
pub enum FormsError {
    /// Profile, settings, ledger.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A form that cannot be made.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// No such unit.
    #[error("{}", say!("forms-no-unit", name = _0, advice = _1))]
    NoUnit(String, String),
    /// No such book.
    #[error("{}", say!("forms-no-book", name = _0, advice = _1))]
    NoBook(String, String),
    /// Nobody to issue to.
    #[error("{}", say!("forms-nobody"))]
    Nobody,
    /// Forms that were changed where they stand.
    #[error("{}", say!("forms-changed", inbox = inbox, files = files.join("\n  ")))]
    Changed {
        /// Which.
        files: Vec<String>,
        /// Where filled forms belong.
        inbox: String,
    },
    /// The file system refused.
    #[error("{}", say!("forms-io", path = path.display(), source = source))]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FormsError {
    /// Whether the operator can do better, rather than the machine.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Run(error) => error.is_wrong_use(),
            Self::NoUnit(..) | Self::NoBook(..) | Self::Nobody | Self::Changed { .. } => true,
            Self::Publish(_) | Self::Io { .. } => false,
        }
    }
}

/// Issues the forms of a period.
///
/// # Errors
///
/// Faults in profile or settings; a unit or book that there is not; a form that somebody has changed where
/// it stands; a folder that cannot be written.
pub fn forms(workspace: &Workspace, period: Period, request: FormRequest) -> Result<Issued, FormsError> {
    if workspace.level == Level::City {
        return Err(RunError::NoDepartments.into());
    }
    let office = Office::open(workspace, period)?;
    let remember = office.profile.county.reports.remember;
    let before = Before::read(&workspace.ledger, period, remember).map_err(RunError::from)?;
    let roster = Roster::of(&office.settings, &[]);
    let by = (&office.profile, &office.settings, period);
    let owed = register::reports(&[], &before.reported, &roster, by);
    let (wanted, without) = wanted(&office, &roster, owed, request)?;
    let earlier = Earlier::read(&workspace.ledger, &office.profile, period).map_err(RunError::from)?;
    let making = Making { workspace, office: &office, roster: &roster, earlier: &earlier };
    let made = making.all(&wanted)?;
    let folder = workspace.forms(period);
    let removed = keep(&folder, &made, request, &workspace.inbox(period))?;
    Ok(Issued { folder, forms: made.into_iter().map(|(form, _)| form).collect(), without, removed })
}

/// A form that is to be made: whose, of which book, until when.
struct Wanted<'o> {
    unit: String,
    book: &'o Book,
    due: chrono::NaiveDate,
}

/// The forms that are owed and asked for, and the units of which no book is told.
fn wanted<'o>(
    office: &'o Office,
    roster: &Roster,
    owed: Vec<Report>,
    request: FormRequest,
) -> Result<(Vec<Wanted<'o>>, Vec<String>), FormsError> {
    let unit = request.unit.map(|named| unit_named(named, office, roster, &owed)).transpose()?;
    let book = request.book.map(|named| book_named(named, office)).transpose()?;
    let mine = |report: &&Report| unit.as_ref().is_none_or(|unit| report.unit == *unit);
    let reports: Vec<&Report> = owed.iter().filter(|report| report.owed).filter(mine).collect();
    let due = |book: &Book| register::due_day_of(&office.profile.county.reports, Some(&book.id), office.period);
    let of = |report: &&Report| {
        let owed = office.profile.book(report.book.as_deref()?)?;
        let is_it = book.is_none_or(|book| book.id == owed.id);
        is_it.then(|| Wanted { unit: report.unit.clone(), book: owed, due: due(owed) })
    };
    let mut wanted: Vec<Wanted> = reports.iter().filter_map(of).collect();
    // What is asked for by both names is issued though nobody owes it.
    if let (Some(unit), Some(book), true) = (&unit, book, wanted.is_empty()) {
        wanted.push(Wanted { unit: unit.clone(), book, due: due(book) });
    }
    if wanted.is_empty() {
        return Err(FormsError::Nobody);
    }
    let has: BTreeSet<&String> =
        reports.iter().filter(|report| report.book.is_some()).map(|report| &report.unit).collect();
    let without = reports.iter().filter(|report| report.book.is_none() && !has.contains(&report.unit));
    let without = without.filter(|_| request.book.is_none()).map(|report| report.unit.clone()).collect();
    Ok((wanted, without))
}

fn unit_named(named: &str, office: &Office, roster: &Roster, owed: &[Report]) -> Result<String, FormsError> {
    if let Some(known) = roster.find(named) {
        return Ok(known.name.clone());
    }
    let of_settings = office.settings.units.iter().map(|unit| unit.name.as_str());
    let names: BTreeSet<&str> = of_settings.chain(owed.iter().map(|report| report.unit.as_str())).collect();
    match names.get(named) {
        Some(name) => Ok((*name).to_owned()),
        None => Err(FormsError::NoUnit(named.to_owned(), advice(named, &names.into_iter().collect::<Vec<_>>()))),
    }
}

fn book_named<'o>(named: &str, office: &'o Office) -> Result<&'o Book, FormsError> {
    let mut books = office.profile.books.iter().filter(|book| !book.internal);
    let titles: Vec<&str> = books.clone().map(|book| book.title.as_str()).collect();
    let found = books.find(|book| book.id == named || book.title == named || book.short() == named);
    found.ok_or_else(|| FormsError::NoBook(named.to_owned(), advice(named, &titles)))
}

/// What forms are made from.
struct Making<'m> {
    workspace: &'m Workspace,
    office: &'m Office,
    roster: &'m Roster,
    earlier: &'m Earlier,
}

impl Making<'_> {
    fn all(&self, wanted: &[Wanted]) -> Result<Vec<(IssuedFile, Vec<u8>)>, FormsError> {
        let mut folders: BTreeMap<&str, (String, FileNames)> = BTreeMap::new();
        let mut units = FileNames::default();
        let mut made = Vec::new();
        for wanted in wanted {
            let new = || (units.unique(&wanted.unit, ""), FileNames::default());
            let (folder, names) = folders.entry(&wanted.unit).or_insert_with(new);
            let file = format!("{folder}/{}", names.unique(&wanted.book.title, ".xlsx"));
            made.push(self.one(wanted, file)?);
        }
        Ok(made)
    }

    fn one(&self, wanted: &Wanted, file: String) -> Result<(IssuedFile, Vec<u8>), FormsError> {
        let (office, book) = (self.office, wanted.book);
        let known = known_rows(office, self.roster, self.earlier, book, &wanted.unit);
        let (last, rows) = known.map_or((None, Vec::new()), |(period, rows)| (Some(period), rows));
        let county = &office.profile.county;
        let form = IssuedForm {
            county: self.workspace.county.as_deref().unwrap_or_default(),
            unit: &wanted.unit,
            book,
            period: office.period,
            due: wanted.due,
            schedule: county.share(county.schedule(book, None, None), office.period),
            lists: word_lists(office, self.earlier, book),
            last,
            rows,
        };
        let bytes = form_workbook(&form)?;
        let issued = IssuedFile {
            unit: wanted.unit.clone(),
            book: book.id.clone(),
            file,
            sha256: collect::digest(&bytes),
            rows: form.rows.len(),
            last,
        };
        Ok((issued, bytes))
    }
}

/// The list of what was issued.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    forms: Vec<IssuedFile>,
}

/// Writes the forms and the list of them; forms that nobody owes any longer go, unless only some were asked for.
fn keep(
    folder: &Path,
    made: &[(IssuedFile, Vec<u8>)],
    request: FormRequest,
    inbox: &Path,
) -> Result<Vec<String>, FormsError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| FormsError::Io { path, source }
    };
    let path = folder.join(ISSUED);
    let before: List = match fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => List::default(),
        Err(error) => return Err(at(&path)(error)),
    };
    let is_made = |file: &str| made.iter().any(|(form, _)| form.file == file);
    let only_some = request.unit.is_some() || request.book.is_some();
    let gone: Vec<&IssuedFile> = before.forms.iter().filter(|form| !only_some && !is_made(&form.file)).collect();
    let changed = changed(folder, &before, made, &gone);
    if !changed.is_empty() {
        return Err(FormsError::Changed { files: changed, inbox: inbox.display().to_string() });
    }
    for (form, bytes) in made {
        let path = folder.join(&form.file);
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(at(&path))?;
        write_whole(&path, bytes).map_err(at(&path))?;
    }
    for form in &gone {
        let path = folder.join(&form.file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path)(error)),
            _ => drop(path.parent().map(fs::remove_dir)),
        }
    }
    let stays = before.forms.iter().filter(|form| only_some && !is_made(&form.file));
    let mut forms: Vec<IssuedFile> = made.iter().map(|(form, _)| form).chain(stays).cloned().collect();
    forms.sort_by(|a, b| a.file.cmp(&b.file));
    let text = serde_json::to_string_pretty(&List { forms }).expect("a list of texts and numbers is JSON");
    write_whole(&path, format!("{text}\n").as_bytes()).map_err(at(&path))?;
    Ok(gone.into_iter().map(|form| form.file.clone()).collect())
}

/// Forms in the folder that are neither as they were issued nor as they are issued now.
fn changed(folder: &Path, before: &List, made: &[(IssuedFile, Vec<u8>)], gone: &[&IssuedFile]) -> Vec<String> {
    let files = made.iter().map(|(form, _)| &form.file).chain(gone.iter().map(|form| &form.file));
    let is_known = |file: &str, digest: &str| {
        let of = |form: &IssuedFile| form.file == file && form.sha256 == digest;
        before.forms.iter().any(of) || made.iter().any(|(form, _)| of(form))
    };
    let is_changed = |file: &&String| {
        // What is not there is not changed; what cannot be read is not to be overwritten either.
        let path = folder.join(file);
        path.exists() && collect::digest_of_file(&path).map_or(true, |digest| !is_known(file, &digest))
    };
    files.filter(is_changed).map(|file| folder.join(file).display().to_string()).collect()
}
