//! 退改单: a unit's own file given back, its doubtful cells marked, with what is to be done on a first sheet and a
//! receipt on a last one.
//!
//! Takes the file as it came and what is to be said of it, gives a workbook. Of an .xlsx or .xlsm only the parts
//! that must change do, and every other part is copied byte for byte; what cannot be marked in its own
//! form is carried over into an .xlsx, and one that cannot be read at all gives the two sheets alone.

#[cfg(test)]
mod bent;
mod book;
mod copy;
mod expected;
mod file_name;
mod looks;
mod marks;
mod notes;
mod pages;
mod sheet;
mod splice;
mod styles;
#[cfg(test)]
mod tests;
mod written;

use std::sync::Arc;

pub use expected::expected;
pub use file_name::{ReturnNames, safe as file_name};

use super::PublishError;
use crate::collect::{Form, Limits, Original, read_bytes, unharmed};
use crate::finding::Level;
use crate::package::{Inflation, Package, PackageError};
use crate::period::Period;

/// What became of a file, as its sender is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnStatus {
    /// Nothing is left to ask.
    Accepted,
    /// It is used, and something in it is to be confirmed.
    Query,
    /// Something in it must be mended.
    Correct,
}

impl ReturnStatus {
    /// By what is still to be answered.
    pub fn of(lines: &[ReturnLine]) -> Self {
        let open = |level: Level| lines.iter().any(|line| line.level == level && line.explanation.is_none());
        match (open(Level::Error), open(Level::Query)) {
            (true, _) => Self::Correct,
            (false, true) => Self::Query,
            (false, false) => Self::Accepted,
        }
    }

    /// The word in `run.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Query => "query",
            Self::Correct => "correct",
        }
    }

    /// As clerks read it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Accepted => "已采用",
            Self::Query => "已采用，有核实事项",
            Self::Correct => "请修改",
        }
    }
}

/// Lines of one return: more than these nobody answers one by one.
pub const MOST_LINES: usize = 5_000;

/// Bytes of the largest part, inflated, of a file that is given back whole: beyond it, only what is to be said is.
const LARGEST: u64 = 64 << 20;

/// One thing that a return says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReturnLine {
    /// What it asks for.
    pub level: Level,
    /// The sheet it is about; `None` where it is about the file.
    pub sheet: Option<Arc<str>>,
    /// The row, from 1.
    pub row: Option<u32>,
    /// The column, A is 1.
    pub column: Option<u32>,
    /// What readers call the field; empty where there is none.
    pub field: String,
    /// The project, as reported.
    pub project: Option<Arc<str>>,
    /// What was found.
    pub problem: String,
    /// What was expected.
    pub expected: String,
    /// What to do.
    pub advice: String,
    /// What the unit has said to it already, and the office accepts.
    pub explanation: Option<Arc<str>>,
    /// The rule, by which an explanation finds its way back.
    pub rule: Arc<str>,
}

/// What was read of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReadSheet {
    /// Its name.
    pub sheet: Arc<str>,
    /// The title of the book it was read as.
    pub book: Option<String>,
    /// Data rows that went into the month's figures.
    pub used: usize,
    /// Data rows that did not.
    pub unused: usize,
    /// Why rows were not read or not used.
    pub remark: String,
}

/// A file and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReturnReport {
    /// Who sent it, where that is known.
    pub unit: Option<String>,
    /// The period it reports.
    pub period: Period,
    /// The file's name below the inbox.
    pub file: Arc<str>,
    /// SHA-256 of its bytes; empty where it could not be read at all.
    pub digest: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it came, and what tells so.
    pub received: Option<String>,
    /// What was read of it.
    pub sheets: Vec<ReadSheet>,
    /// What is to be said, the gravest first; at most [`MOST_LINES`].
    pub lines: Vec<ReturnLine>,
    /// How many more there are, none graver.
    pub left_out: usize,
    /// The sheets that an earlier return added, where the file is one that came back.
    pub earlier: Vec<Arc<str>>,
}

impl ReturnReport {
    /// What became of the file.
    pub fn status(&self) -> ReturnStatus {
        ReturnStatus::of(&self.lines)
    }

    /// Whether the file as a whole could not be read: what could not be opened once is not opened again to be marked.
    fn is_unread(&self) -> bool {
        let of_file = |line: &&ReturnLine| line.sheet.is_none() && line.level == Level::Error;
        self.lines.iter().filter(of_file).any(|line| line.rule.starts_with("file.") && &*line.rule != "file.copy")
    }
}

/// A return that is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How its name ends: `xlsx`, or `xlsm` where the file has macros.
    pub ending: &'static str,
}

/// Makes a return; `original` is `None` where the file's bytes are not to be had. What a file may inflate to
/// while it is marked, and how large a copy of it may grow, follow from the limits that it was read within.
///
/// # Errors
///
/// Where not even the two sheets can be written.
pub fn return_workbook(
    report: &ReturnReport,
    original: Option<&Original>,
    limits: &Limits,
) -> Result<ReturnFile, PublishError> {
    let original = original.filter(|original| original.form != Form::Other && !report.is_unread());
    let why = match original.map(|original| marked(report, original, limits)) {
        Some(Ok(made)) => return Ok(made),
        Some(Err(Unmarked::TooLarge)) => "原文件过大，不能在上面标注",
        Some(Err(Unmarked::Unfit)) | None => "原文件无法读取",
    };
    let why = format!("{why}，退改单中只有本表和回执。");
    let remarks: Vec<String> = [why].into_iter().chain(left_out(report)).collect();
    splice::spliced(copy::blank(), report, &remarks).map_err(PublishError::Return)
}

/// What is said of the lines that a return has no room for.
fn left_out(report: &ReturnReport) -> Option<String> {
    let (listed, more) = (report.lines.len(), report.left_out);
    (more > 0).then(|| format!("问题太多：这里按级别列前{listed}条，其余{more}条请向统计局索取。"))
}

/// Why a file comes back without its sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unmarked {
    /// Marking it would take more memory than one file may.
    TooLarge,
    /// It is not what it would have to be.
    Unfit,
}

/// The file with its marks: in its own parts, or else carried over.
fn marked(report: &ReturnReport, original: &Original, limits: &Limits) -> Result<ReturnFile, Unmarked> {
    let open = "原文件设有打开密码，退改单没有加密，请注意保管。".to_owned();
    let remarks: Vec<String> = original.unlocked.then_some(open).into_iter().chain(left_out(report)).collect();
    if original.form == Form::Workbook {
        let marked = || {
            let package = Package::open_within(original.bytes.clone(), inflation(original, limits))?;
            if package.largest() > LARGEST {
                return Err(PackageError::TooLarge(original.name.to_string()));
            }
            splice::spliced(package, report, &remarks)
        };
        // A file that nobody foresaw costs its marks, not the run.
        match unharmed(marked) {
            Some(Ok(made)) => return Ok(made),
            Some(Err(PackageError::TooLarge(_))) => return Err(Unmarked::TooLarge),
            Some(Err(_)) | None => {}
        }
    }
    unharmed(|| carried_over(report, original, (limits, remarks))).unwrap_or(Err(Unmarked::Unfit))
}

/// Of the memory that reading a file may take, the share that one part may: marking it holds it twice, with its
/// changes, beside the packed file; and several files are marked side by side.
const SHARE: u64 = 8;

/// How far a file's parts may inflate here. Some are looked at twice.
fn inflation(original: &Original, limits: &Limits) -> Inflation {
    let whole = limits.unpacked_of(original.bytes.len() as u64).saturating_mul(2);
    Inflation { part: limits.memory_mib.saturating_mul(1 << 20) / SHARE, whole, parts: limits.entries }
}

/// The file's sheets in an .xlsx of our own, marked.
fn carried_over(
    report: &ReturnReport,
    original: &Original,
    (limits, mut remarks): (&Limits, Vec<String>),
) -> Result<ReturnFile, Unmarked> {
    let mut grids = read_bytes(original.bytes.clone(), &original.name, limits).grids;
    if grids.is_empty() {
        return Err(Unmarked::Unfit);
    }
    if copy::cells(&grids) > copy::most_cells(limits) {
        return Err(Unmarked::TooLarge);
    }
    if original.form == Form::TEXT {
        copy::with_numbers(&mut grids);
    }
    let form = match original.form {
        Form::Table(form) => form,
        _ => "不规范的工作簿",
    };
    remarks.push(format!(
        "原文件是{form}，不能在原文件上标注：各表的数值、合并单元格和数字格式已转到本工作簿（.xlsx），\
         公式只保留结果，字体、颜色、有效性和图表等没有带过来。请在本工作簿上修改，或改好原文件后另存为 .xlsx 报送。"
    ));
    let (bytes, renamed) = copy::workbook(&grids, report.period).map_err(|_| Unmarked::Unfit)?;
    let mut report = report.clone();
    let name =
        |sheet: &Arc<str>| renamed.iter().find(|(before, _)| before == sheet).map(|(_, after)| after.as_str().into());
    for line in &mut report.lines {
        line.sheet = line.sheet.as_ref().map(|sheet| name(sheet).unwrap_or_else(|| sheet.clone()));
    }
    report.earlier = report.earlier.iter().map(|sheet| name(sheet).unwrap_or_else(|| sheet.clone())).collect();
    let package = Package::open(bytes);
    package.and_then(|package| splice::spliced(package, &report, &remarks)).map_err(|_| Unmarked::Unfit)
}

/// Why a return could not be made.
pub(super) type ReturnError = PackageError;
