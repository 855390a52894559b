//! What the office decided about doubtful layouts: kept in the workspace's `layouts.toml`.
//!
//! Takes a workspace, a file and a [`Decision`], gives the [`ConfirmedLayout`] that every later run
//! reads the same layout by.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::RunError;
use crate::collect::{self, SourceFile};
use crate::layout::{Confirmed, ConfirmedLayout, Layout, Reader, Signature, Vocabulary};
use crate::origin::column_letters;
use crate::period::Period;
use crate::profile::{Book, Profile, ProfileErrors};
use crate::workspace::{Workspace, write_whole};

/// What is to hold for a sheet from now on; what is left out is taken as it was read.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The sheet; may be left out where only one can be meant.
    pub sheet: Option<String>,
    /// The book, by id or title; `-` where the sheet is none.
    pub book: Option<String>,
    /// Columns by letters and their fields by id or title; `-` for a column that is not read.
    pub columns: Vec<(String, String)>,
    /// 元, 万元 or 亿元, where the sheet does not say.
    pub money: Option<String>,
    /// Who decides.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The period the file reports, where neither its folder nor its titles say.
    pub period: Option<Period>,
}

/// Why a decision cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// Faults in the profile or in `layouts.toml`.
    #[error(transparent)]
    Profile(#[from] ProfileErrors),
    /// The file cannot be opened.
    #[error("打不开 {0}：请用 wuzhang inspect 查看原因")]
    Unopened(PathBuf),
    /// None or several sheets could be meant.
    #[error("要用 --sheet 写明是哪张工作表：{}", .0.join("、"))]
    WhichSheet(Vec<String>),
    /// Nothing to remember the sheet by.
    #[error("工作表“{0}”里没有找到表头，不能确认版式")]
    NoHeader(String),
    /// The sheet was read as no book, and none was named.
    #[error("工作表“{0}”不是任何一本账册的表：如果是，请用 --book 写明是哪一本")]
    NoBook(String),
    /// A word of the decision that means nothing.
    #[error("没有{what}“{given}”：应是 {} 之一", .known.join("、"))]
    Unknown {
        /// What it should have been.
        what: &'static str,
        /// What was written.
        given: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Two columns for one field.
    #[error("字段“{0}”给了两列：一个字段只能取自一列")]
    Twice(String),
    /// The book's rows would have no name.
    #[error("没有一列是“{0}”，这张表的行无从认起：请用 --column 写明是哪一列")]
    NoSubject(String),
    /// `layouts.toml` cannot be read or written.
    #[error("读写 {path} 失败：{source}。请检查权限和磁盘空间")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The decisions of a workspace; none where there is no `layouts.toml`.
///
/// # Errors
///
/// Faults in the file, each with its line; a file that cannot be read.
pub fn confirmed(workspace: &Workspace, profile: &Profile) -> Result<Confirmed, MemoryError> {
    let path = &workspace.layouts;
    match crate::text::of_file(path) {
        Ok(text) => Ok(Confirmed::parse(&path.display().to_string(), &text, profile)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Confirmed::default()),
        Err(source) => Err(MemoryError::Io { path: path.clone(), source }),
    }
}

/// Decides about a sheet's layout and keeps the decision.
///
/// # Errors
///
/// A sheet, book, column or field that is not there; faults in profile or `layouts.toml`.
pub fn confirm(
    workspace: &Workspace,
    path: &Path,
    decision: &Decision,
    otherwise: Period,
) -> Result<ConfirmedLayout, MemoryError> {
    let profile = Profile::load(workspace.profile.as_deref())?;
    let mut kept = confirmed(workspace, &profile)?;
    let file = collect::read_file(path, &path.to_string_lossy().replace('\\', "/"), &workspace.limits);
    if !file.opened() {
        return Err(MemoryError::Unopened(path.to_owned()));
    }
    let period = decision.period.or_else(|| period_of(Some(workspace), path, &file)).unwrap_or(otherwise);
    let layout = decide(&file, decision, &profile, period)?;
    kept.add(layout.clone());
    keep(workspace, &kept)?;
    Ok(layout)
}

/// Forgets the decision about a layout; `None` where there is none.
///
/// # Errors
///
/// As [`confirmed`]; a file that cannot be written.
pub fn forget(workspace: &Workspace, fingerprint: &str) -> Result<Option<ConfirmedLayout>, MemoryError> {
    let profile = Profile::load(workspace.profile.as_deref())?;
    let mut kept = confirmed(workspace, &profile)?;
    let forgotten = kept.remove(fingerprint);
    if forgotten.is_some() {
        keep(workspace, &kept)?;
    }
    Ok(forgotten)
}

/// The period that a file reports: by the inbox it lies in, else by its own words.
pub(super) fn period_of(workspace: Option<&Workspace>, path: &Path, file: &SourceFile) -> Option<Period> {
    workspace.and_then(|workspace| workspace.period_of(path)).or_else(|| crate::layout::period_of(file))
}

fn keep(workspace: &Workspace, kept: &Confirmed) -> Result<(), MemoryError> {
    let path = &workspace.layouts;
    write_whole(path, kept.to_toml().as_bytes()).map_err(|source| MemoryError::Io { path: path.clone(), source })
}

/// A sheet as it is read before anything is decided about it.
struct Seen {
    sheet: String,
    layout: Layout,
    signature: Option<Signature>,
}

fn decide(
    file: &SourceFile,
    decision: &Decision,
    profile: &Profile,
    period: Period,
) -> Result<ConfirmedLayout, MemoryError> {
    let vocabulary = Vocabulary::new(profile);
    let seen = |confirmed: &Confirmed| -> Vec<Seen> {
        let reader = Reader { profile, vocabulary: &vocabulary, period, confirmed };
        let of = |grid: &collect::Grid| Seen {
            sheet: grid.sheet.to_string(),
            layout: reader.layout(file, grid),
            signature: reader.signature(file, grid),
        };
        file.grids.iter().map(of).collect()
    };
    let sheet = pick(seen(Confirmed::NONE), decision.sheet.as_deref())?;
    let signature = sheet.signature.ok_or_else(|| MemoryError::NoHeader(sheet.sheet.clone()))?;
    let kept = ConfirmedLayout {
        fingerprint: signature.fingerprint,
        unit: signature.unit,
        by: decision.by.clone(),
        reason: decision.reason.clone(),
        headings: signature.headings,
        ..ConfirmedLayout::default()
    };
    let book = match &decision.book {
        Some(none) if none == "-" => return Ok(kept),
        Some(named) => book_named(profile, named)?,
        None => {
            let read = sheet.layout.book.as_deref().and_then(|id| profile.book(id));
            read.ok_or_else(|| MemoryError::NoBook(sheet.sheet.clone()))?
        }
    };
    // Read once more as the decided book: its columns may differ from those of the book guessed.
    let mut provisional = Confirmed::default();
    provisional.add(ConfirmedLayout { book: book.id.clone(), ..kept.clone() });
    let read = pick(seen(&provisional), Some(&sheet.sheet))?;
    Ok(ConfirmedLayout {
        book: book.id.clone(),
        money: money(decision, &read.layout)?,
        stale: signature.stale,
        columns: columns(&read.layout, book, decision)?,
        ..kept
    })
}

/// The sheet that is meant: the one named, the only one of a book, the only one in doubt.
fn pick(mut seen: Vec<Seen>, named: Option<&str>) -> Result<Seen, MemoryError> {
    let names: Vec<String> = seen.iter().map(|sheet| sheet.sheet.clone()).collect();
    match named {
        Some(name) => seen.retain(|sheet| sheet.sheet == name),
        None => {
            let narrow = |seen: &mut Vec<Seen>, keep: &dyn Fn(&Seen) -> bool| {
                if seen.len() > 1 && seen.iter().any(keep) {
                    seen.retain(keep);
                }
            };
            narrow(&mut seen, &|sheet| sheet.layout.book.is_some());
            narrow(&mut seen, &|sheet| sheet.layout.in_doubt().next().is_some());
        }
    }
    match (seen.len(), seen.pop()) {
        (1, Some(sheet)) => Ok(sheet),
        _ => Err(MemoryError::WhichSheet(names)),
    }
}

fn book_named<'p>(profile: &'p Profile, named: &str) -> Result<&'p Book, MemoryError> {
    let found = profile.books.iter().find(|book| book.id == named || book.title == named);
    found.ok_or_else(|| MemoryError::Unknown {
        what: "账册",
        given: named.to_owned(),
        known: profile.books.iter().map(|book| book.id.clone()).collect(),
    })
}

/// The unit of amounts, where it had to be assumed or is given.
fn money(decision: &Decision, layout: &Layout) -> Result<String, MemoryError> {
    let known = ["元", "万元", "亿元"];
    match &decision.money {
        Some(given) if !known.contains(&given.as_str()) => Err(MemoryError::Unknown {
            what: "金额单位",
            given: given.clone(),
            known: known.map(str::to_owned).to_vec(),
        }),
        Some(given) => Ok(given.clone()),
        None if layout.in_doubt().any(|finding| &*finding.rule == "amount.no_unit") => Ok("万元".to_owned()),
        None => Ok(String::new()),
    }
}

/// The columns as they were read, with those of the decision over them.
fn columns(layout: &Layout, book: &Book, decision: &Decision) -> Result<BTreeMap<String, String>, MemoryError> {
    let letters: Vec<String> = layout.columns.iter().map(|column| column_letters(column.column)).collect();
    let mut given: BTreeMap<String, Option<String>> = BTreeMap::new();
    for (column, field) in &decision.columns {
        let column = column.to_ascii_uppercase();
        if !letters.contains(&column) {
            return Err(MemoryError::Unknown { what: "列", given: column, known: letters });
        }
        let field = field_named(book, field)?;
        if field.is_some() && given.values().any(|known| *known == field) {
            return Err(MemoryError::Twice(field.unwrap_or_default()));
        }
        given.insert(column, field);
    }
    let is_free = |letter: &String, field: &String| {
        !given.contains_key(letter) && !given.values().flatten().any(|known| known == field)
    };
    let read =
        letters.iter().zip(&layout.columns).filter_map(|(letter, column)| Some((letter, column.field.as_ref()?)));
    let mut columns: BTreeMap<String, String> = read
        .filter(|(letter, field)| is_free(letter, field))
        .map(|(letter, field)| (letter.clone(), field.clone()))
        .collect();
    columns.extend(given.into_iter().filter_map(|(letter, field)| Some((letter, field?))));
    if !columns.values().any(|field| *field == book.subject) {
        let title = book.field(&book.subject).map_or(&book.subject, |field| &field.title);
        return Err(MemoryError::NoSubject(title.clone()));
    }
    Ok(columns)
}

/// A field by id or title; `None` for a column that is not to be read.
fn field_named(book: &Book, named: &str) -> Result<Option<String>, MemoryError> {
    if named.is_empty() || named == "-" {
        return Ok(None);
    }
    let found = book.fields.iter().find(|field| field.id == named || field.title == named);
    found.map(|field| Some(field.id.clone())).ok_or_else(|| MemoryError::Unknown {
        what: "字段",
        given: named.to_owned(),
        known: book.fields.iter().map(|field| format!("{}（{}）", field.id, field.title)).collect(),
    })
}

impl From<MemoryError> for RunError {
    fn from(error: MemoryError) -> Self {
        match error {
            MemoryError::Profile(faults) => Self::Profile(faults),
            other => Self::Memory(other),
        }
    }
}
