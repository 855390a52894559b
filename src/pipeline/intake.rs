//! Intake: the inbox's files read side by side, each let go once its tables are taken from it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rayon::prelude::*;

use super::cache::{Cache, Read};
use super::progress::weight_of;
use super::{Office, Progress, RunError, Step};
use crate::collect::{self, Cell, Grid, Loaded, Value};
use crate::finding::{Finding, Level, Place};
use crate::history::{self, Returned};
use crate::layout::{Layout, RowKind};
use crate::period::Period;
use crate::record::{self, Table};
use crate::workspace::{STOP, Workspace};

/// A file of the inbox after reading.
#[derive(Debug, Clone)]
pub struct TakenFile {
    /// Its name below the inbox.
    pub name: Arc<str>,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it could be opened.
    pub opened: bool,
    /// The one unit of the roster that has the address it was mailed from.
    pub sender: Option<String>,
    /// When it was mailed, as the mail says.
    pub sent: Option<String>,
    /// When the file in the inbox was last written; only where the county says that this counts.
    pub modified: Option<SystemTime>,
    /// The file with the same content that counts in its place.
    pub copy_of: Option<Arc<str>>,
    /// Its sheets in order.
    pub sheets: Vec<TakenSheet>,
    /// What is to be said about the file and its layouts.
    pub findings: Vec<Finding>,
    /// What the unit says to findings, where the file is a return that came back.
    pub returned: Vec<Returned>,
    /// SHA-256 of the file that the return was made from, where it says so.
    pub return_of: Option<String>,
}

/// A sheet after reading.
#[derive(Debug, Clone)]
pub struct TakenSheet {
    /// Its name.
    pub name: Arc<str>,
    /// The book it was read as.
    pub book: Option<String>,
    /// How many rows of each kind it has; without a book its rows are passed over as such.
    pub kinds: Vec<(RowKind, usize)>,
    /// How many used rows were passed over because the sheet is no book or is there twice.
    pub passed_over: usize,
    /// Why they were.
    pub reason: Option<&'static str>,
    /// Whether nothing is filled in below its heading.
    pub blank: bool,
    /// The file whose report took the place of its rows, or of some of them.
    pub replaced_by: Option<Arc<str>>,
    /// First and last row of its header.
    pub header: Option<(u32, u32)>,
    /// Whether a return added it to the unit's file.
    pub of_return: bool,
}

/// Why sheets that a return added are passed over.
pub(super) const IS_OF_RETURN: [&str; 2] = ["退改单", "回执"];
/// Why a month's sheet beside the reported one is.
const OF_ANOTHER_PERIOD: &str = "其他报告期的工作表";
/// Why a sheet is that no book fits.
const NO_BOOK: &str = "不是账册的工作表";
/// Every reason for which a sheet is passed over as it is read.
pub(super) const REASONS: [&str; 4] = [IS_OF_RETURN[0], IS_OF_RETURN[1], OF_ANOTHER_PERIOD, NO_BOOK];

/// Reads the inbox of the period: each file's account and the tables found in it.
///
/// # Errors
///
/// No inbox, nothing in it, or one that cannot be listed.
pub fn take_in(workspace: &Workspace, office: &Office, progress: &Progress<'_>) -> Result<TakenIn, RunError> {
    let paths = listed(workspace, office.period)?;
    let weights: Vec<u64> = paths.iter().map(|(_, path)| weight_of(path)).collect();
    progress(Step::Ahead { parts: paths.len(), weight: weights.iter().sum() });
    let intake = Intake { workspace, office, senders: senders(office), cache: Cache::of(workspace, office) };
    let read: Vec<OnceLock<(Option<String>, Read)>> = paths.iter().map(|_| OnceLock::new()).collect();
    by_size(&weights).into_iter().par_bridge().for_each(|at| {
        if STOP.is_asked() {
            return;
        }
        let (name, path) = &paths[at];
        let one = intake.read(name, path);
        progress(Step::Done { weight: weights[at], rows: rows_of(&one.1) });
        let _ = read[at].set(one);
    });
    STOP.go_on()?;
    let (mut all, mut digests): (Read, _) = (Vec::new(), BTreeMap::new());
    for ((name, _), read) in paths.into_iter().zip(read) {
        let (digest, read) = read.into_inner().unwrap_or_default();
        all.extend(read);
        digests.extend(digest.map(|digest| (name, digest)));
    }
    all.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    let notice = intake.cache.and_then(Cache::close);
    let (files, tables) = without_copies(all);
    Ok(TakenIn { files, tables, digests, notice })
}

/// The files of a period's inbox, sorted by name; some at least.
pub(super) fn listed(workspace: &Workspace, period: Period) -> Result<Vec<(String, PathBuf)>, RunError> {
    let inbox = workspace.inbox(period);
    if !inbox.is_dir() {
        return Err(RunError::NoInbox(inbox));
    }
    let listed = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox.clone(), source })?;
    let paths: Vec<_> = listed.into_iter().filter(|(_, path)| !workspace.is_own(path)).collect();
    if paths.is_empty() { Err(RunError::EmptyInbox(inbox)) } else { Ok(paths) }
}

/// Some of the inbox's files, each with its account and its tables, by name; the same content twice is there twice.
/// No cache: on a cluster a file is read on any machine.
pub(super) fn read_each(workspace: &Workspace, office: &Office, paths: &[(String, PathBuf)]) -> Read {
    let intake = Intake { workspace, office, senders: senders(office), cache: None };
    let mut read: Read = paths.par_iter().flat_map_iter(|(name, path)| intake.read(name, path).1).collect();
    read.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    read
}

/// How many rows were used of what was read.
fn rows_of(read: &Read) -> usize {
    let of = |sheet: &TakenSheet| sheet.passed_over + sheet.kinds.iter().map(|(_, count)| count).sum::<usize>();
    read.iter().flat_map(|(file, _)| &file.sheets).map(of).sum()
}

/// What was taken in.
#[derive(Debug, Default)]
pub struct TakenIn {
    /// Each file's account, by name.
    pub files: Vec<TakenFile>,
    /// The tables found in them, in the same order.
    pub tables: Vec<Table>,
    /// SHA-256 of the inbox's files, as far as it was told.
    pub digests: BTreeMap<String, String>,
    /// What the operator should know of the reading itself.
    pub notice: Option<String>,
}

/// What the files are read with.
struct Intake<'a> {
    workspace: &'a Workspace,
    office: &'a Office,
    senders: BTreeMap<String, &'a str>,
    cache: Option<Cache<'a>>,
}

/// The numbers of the files, the largest first: one that takes long shall not be begun last.
fn by_size(sizes: &[u64]) -> Vec<usize> {
    let mut sized: Vec<(Reverse<u64>, usize)> =
        sizes.iter().enumerate().map(|(at, size)| (Reverse(*size), at)).collect();
    sized.sort_unstable();
    sized.into_iter().map(|(_, at)| at).collect()
}

impl Intake<'_> {
    /// What a file of the inbox holds: as an earlier run read it, where nothing that reading depends on has changed.
    /// With the digest of that file, where it was made.
    fn read(&self, name: &str, path: &Path) -> (Option<String>, Read) {
        let modified = modified(path, self.office);
        let (digest, mut read) = self.read_or_known(name, path);
        read.iter_mut().for_each(|(file, _)| file.modified = modified);
        (digest, read)
    }

    fn read_or_known(&self, name: &str, path: &Path) -> (Option<String>, Read) {
        let (limits, passwords) = (&self.workspace.limits, &self.office.settings.passwords);
        let loaded = self.cache.as_ref().and_then(|cache| Some((cache, Loaded::of(path, limits)?)));
        let Some((cache, loaded)) = loaded else {
            return (None, self.take_all(collect::read_all(path, name, limits, passwords)));
        };
        if let Some(known) = cache.look_up(name, &loaded.digest) {
            return (Some(loaded.digest), known);
        }
        let (digest, is_package) = (loaded.digest.clone(), loaded.is_package());
        let read = self.take_all(loaded.read(name, limits, passwords));
        let is_plain = is_package && matches!(&read[..], [(file, _)] if *file.name == *name);
        cache.keep(name, &digest, is_plain, &read);
        (Some(digest), read)
    }

    fn take_all(&self, files: Vec<collect::SourceFile>) -> Read {
        files.into_iter().map(|file| take(file, self.office, &self.senders)).collect()
    }
}

/// A file's own time, where the county says that it counts.
fn modified(path: &Path, office: &Office) -> Option<SystemTime> {
    let counts = office.profile.county.reports.file_times;
    std::fs::metadata(path).ok().filter(|_| counts)?.modified().ok()
}

/// Each mail address of the roster with the one unit that has it; an address that two units share
/// tells nothing.
pub(super) fn senders(office: &Office) -> BTreeMap<String, &str> {
    let mut units: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for unit in &office.settings.units {
        for mail in &unit.mail {
            let known = units.entry(mail.to_lowercase()).or_insert(Some(&unit.name));
            *known = known.filter(|name| *name == unit.name);
        }
    }
    units.into_iter().filter_map(|(mail, unit)| Some((mail, unit?))).collect()
}

impl TakenSheet {
    /// A sheet whose rows count for nothing, and why.
    fn passed_over(grid: &Grid, reason: &'static str) -> Self {
        Self {
            name: grid.sheet.clone(),
            book: None,
            kinds: Vec::new(),
            passed_over: grid.rows.len(),
            reason: Some(reason),
            replaced_by: None,
            blank: false,
            header: None,
            of_return: IS_OF_RETURN.contains(&reason),
        }
    }
}

fn take(file: collect::SourceFile, office: &Office, senders: &BTreeMap<String, &str>) -> (TakenFile, Vec<Table>) {
    let reader = office.reader();
    let file = reader.with_tables_apart(file);
    let (mut sheets, mut tables) = (Vec::new(), Vec::new());
    let mut findings = file.findings.clone();
    let sender = file.sender.as_deref().and_then(|sender| senders.get(sender)).copied();
    let layout = |grid| {
        let mut layout = reader.layout(&file, grid);
        if layout.book.is_some() && layout.reporting_unit.is_none() {
            layout.reporting_unit = sender.map(str::to_owned);
        }
        layout
    };
    // A list of findings is no book, whatever its words are about.
    let returns: Vec<Option<Vec<Returned>>> = file.grids.iter().map(|grid| history::read_return(&file, grid)).collect();
    let is_return = returns.iter().any(Option::is_some);
    let (mut grids, mut return_of): (Vec<&Grid>, _) = (Vec::new(), None);
    for (grid, returned) in file.grids.iter().zip(&returns) {
        let receipt = || history::receipt_of(grid).filter(|_| is_return);
        match returned {
            Some(_) => sheets.push(TakenSheet::passed_over(grid, IS_OF_RETURN[0])),
            None => match receipt() {
                Some(digest) => {
                    return_of = Some(digest).filter(|digest| !digest.is_empty());
                    sheets.push(TakenSheet::passed_over(grid, IS_OF_RETURN[1]));
                }
                None => grids.push(grid),
            },
        }
    }
    let returned = returns.into_iter().flatten().flatten().collect();
    let layouts: Vec<Layout> = grids.iter().copied().map(layout).collect();
    for (grid, layout) in grids.into_iter().zip(&layouts) {
        if is_of_another_period(layout, &layouts, office.period) {
            sheets.push(TakenSheet::passed_over(grid, OF_ANOTHER_PERIOD));
            continue;
        }
        findings.extend(layout.findings.iter().cloned());
        let book = layout.book.as_deref().and_then(|id| office.profile.book(id));
        sheets.push(TakenSheet {
            name: grid.sheet.clone(),
            book: layout.book.clone(),
            kinds: layout.count_kinds(),
            passed_over: if book.is_some() { 0 } else { grid.rows.len() },
            reason: (book.is_none() && !grid.rows.is_empty()).then_some(NO_BOOK),
            blank: is_blank(grid, layout) || layout.findings.iter().any(|finding| &*finding.rule == "form.blank"),
            replaced_by: None,
            header: layout.header,
            of_return: false,
        });
        tables.extend(book.map(|book| record::read(&file, grid, layout, book, office.period)));
    }
    let taken = TakenFile {
        opened: file.opened(),
        sender: sender.map(str::to_owned),
        sent: file.sent,
        modified: None,
        copy_of: None,
        name: file.name,
        digest: file.digest,
        size: file.size,
        sheets,
        findings,
        returned,
        return_of,
    };
    (taken, tables)
}

/// A form sent back as it was issued: under its heading no row says more than a number or a remark.
fn is_blank(grid: &Grid, layout: &Layout) -> bool {
    let says = |cell: &&Cell| !matches!(&cell.value, Value::Text(text) if text.trim().is_empty());
    let below = grid.rows.iter().filter(|row| layout.header.is_none_or(|(_, last)| row.number > last));
    below.into_iter().all(|row| row.cells.iter().filter(says).count() <= 1)
}

/// Months kept as sheets of one file: of a book that has a sheet for the reported month, only that
/// one counts.
fn is_of_another_period(layout: &Layout, all: &[Layout], period: Period) -> bool {
    let is_reported = |other: &Layout| other.book == layout.book && other.stated_period == Some(period);
    layout.book.is_some() && layout.stated_period.is_some_and(|stated| stated != period) && all.iter().any(is_reported)
}

/// The same file under two names counts once: the first by name.
fn without_copies(read: Vec<(TakenFile, Vec<Table>)>) -> (Vec<TakenFile>, Vec<Table>) {
    let mut first: HashMap<String, Arc<str>> = HashMap::new();
    let (mut files, mut tables) = (Vec::new(), Vec::new());
    for (mut file, found) in read {
        match first.get(&file.digest) {
            Some(original) if !found.is_empty() => set_aside_copy(&mut file, original),
            _ => {
                first.insert(file.digest.clone(), file.name.clone());
                tables.extend(found);
            }
        }
        files.push(file);
    }
    (files, tables)
}

fn set_aside_copy(file: &mut TakenFile, original: &Arc<str>) {
    file.copy_of = Some(original.clone());
    let message = format!("与“{original}”内容完全相同，没有重复计入");
    let advice = "如应是另一份报表，请重新报送正确的文件";
    file.findings = vec![Finding::new(Level::Query, "file.copy", Place::file(&file.name), message, advice)];
    for sheet in &mut file.sheets {
        sheet.pass_over("重复的文件");
    }
}

impl TakenSheet {
    /// Passes over all its rows for a reason.
    pub(super) fn pass_over(&mut self, reason: &'static str) {
        self.passed_over += self.kinds.iter().map(|(_, count)| count).sum::<usize>();
        self.kinds.clear();
        self.reason = Some(reason);
    }

    /// Passes over some of its data rows for a reason.
    pub(super) fn pass_over_rows(&mut self, rows: usize, reason: &'static str) {
        for (_, count) in self.kinds.iter_mut().filter(|(kind, _)| *kind == RowKind::Data) {
            *count = count.saturating_sub(rows);
        }
        self.passed_over += rows;
        self.reason = Some(reason);
    }

    /// Whether rows of it were taken as a book's.
    pub(super) fn stands(&self) -> bool {
        self.book.is_some() && !self.kinds.is_empty()
    }
}
