//! Each file goes back to whoever sent it, with what is to be said of it.
//!
//! The files are opened again, side by side, since a run lets go of each once its tables are taken from it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::progress::weight_of;
use super::{Office, Outcome, Progress, RunError, SheetSource, Step, TakenFile};
use crate::collect::{self, Original};
use crate::finding::{Finding, Level};
use crate::layout::RowKind;
use crate::publish::{
    self, ReadSheet, ReturnFile, ReturnLine, ReturnNames, ReturnReport, ReturnStatus, return_workbook,
};
use crate::register::Receipt;
use crate::workspace::{Level as OfficeLevel, STOP, Workspace};

/// The folder of the returns below `out/`.
pub const RETURNS: &str = "returns";

/// A return that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// Whose file it is, where that is known.
    pub unit: Option<String>,
    /// The file below the inbox.
    pub file: Arc<str>,
    /// The return below `out/`.
    pub name: String,
    /// What became of the file.
    pub status: ReturnStatus,
    /// How many things it asks or tells.
    pub findings: usize,
}

/// A return with its bytes.
pub(super) type WithBytes = (Return, Vec<u8>);

/// The returns of a run, in the order of their files; none of an office that counties report to, whose rows were
/// checked where their departments can be asked.
///
/// # Errors
///
/// A file that was changed while the run was under way.
pub(super) fn make(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    progress: &Progress<'_>,
) -> Result<Vec<WithBytes>, RunError> {
    if workspace.level == OfficeLevel::City {
        return Ok(Vec::new());
    }
    let reports = reports(office, outcome);
    let inbox = workspace.inbox(office.period);
    let listed = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox.clone(), source })?;
    progress(Step::Ahead { parts: listed.len(), weight: listed.iter().map(|(_, path)| weight_of(path)).sum() });
    // The files of one archive or mail are taken out of it together.
    let of_path =
        |name: &str| -> Vec<&ReturnReport> { reports.iter().filter(|report| is_in(&report.file, name)).collect() };
    let is_there = |report: &&ReturnReport| listed.iter().any(|(name, _)| is_in(&report.file, name));
    if let Some(gone) = reports.iter().find(|report| !is_there(report)) {
        return Err(RunError::Changed(gone.file.to_string()));
    }
    let made: Vec<Vec<(Arc<str>, ReturnFile)>> = listed
        .par_iter()
        .map(|(name, path)| {
            STOP.go_on()?;
            let made = of_file(&of_path(name), (name, path), (workspace, office));
            progress(Step::Done { weight: weight_of(path), rows: 0 });
            made
        })
        .collect::<Result<_, RunError>>()?;
    let mut made: BTreeMap<Arc<str>, ReturnFile> = made.into_iter().flatten().collect();
    let mut names = ReturnNames::default();
    let named = reports.iter().map(|report| {
        let file = match made.remove(&report.file) {
            Some(file) => file,
            None => return_workbook(report, None, &workspace.limits)?,
        };
        let stem = |name: &str| {
            name.rsplit('/')
                .next()
                .unwrap_or(name)
                .rsplit_once('.')
                .map_or(name.to_owned(), |(stem, _)| stem.to_owned())
        };
        let of = report.unit.clone().unwrap_or_else(|| stem(&report.file));
        let note = Return {
            unit: report.unit.clone(),
            file: report.file.clone(),
            name: format!("{RETURNS}/{}.{}", names.next(&of), file.ending),
            status: report.status(),
            findings: report.lines.len(),
        };
        Ok((note, file.bytes))
    });
    named.collect()
}

/// Whether a file is one of the inbox, or in that archive or mail.
fn is_in(file: &str, name: &str) -> bool {
    file.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The returns of the files in one path of the inbox.
fn of_file(
    reports: &[&ReturnReport],
    (name, path): (&str, &PathBuf),
    (workspace, office): (&Workspace, &Office),
) -> Result<Vec<(Arc<str>, ReturnFile)>, RunError> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let found = collect::originals(path, name, &workspace.limits, &office.settings.passwords);
    let by_name: BTreeMap<&str, &Original> = found.iter().map(|original| (&*original.name, original)).collect();
    let make = |report: &&ReturnReport| {
        let original = by_name.get(&*report.file).copied();
        if original.is_some_and(|original| original.digest != report.digest) {
            return Err(RunError::Changed(report.file.to_string()));
        }
        Ok((report.file.clone(), return_workbook(report, original, &workspace.limits)?))
    };
    reports.iter().map(make).collect()
}

/// What is to be said of each file, in the order of their names.
fn reports(office: &Office, outcome: &Outcome) -> Vec<ReturnReport> {
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in outcome.findings.iter().filter(|finding| finding.level != Level::Info) {
        findings.entry(&finding.place.file).or_default().push(finding);
    }
    let mut sources: BTreeMap<Arc<str>, Vec<SheetSource>> = BTreeMap::new();
    for source in outcome.sources() {
        sources.entry(source.file.clone()).or_default().push(source);
    }
    let receipts: BTreeMap<&str, &Receipt> =
        outcome.reporting.register.receipts.iter().map(|receipt| (&*receipt.file, receipt)).collect();
    let expected = expectations(office);
    let report = |file: &TakenFile| {
        let receipt = receipts.get(&*file.name).copied();
        let of_file = findings.get(&*file.name).map_or(&[][..], Vec::as_slice);
        let mut lines: Vec<ReturnLine> =
            of_file.iter().map(|finding| line(finding, file, (office, outcome), &expected)).collect();
        // The sort is stable: findings come by place.
        lines.sort_by_key(|line| (line.explanation.is_some(), line.level));
        let read = sources.get(&file.name).map_or(&[][..], Vec::as_slice);
        ReturnReport {
            unit: receipt.and_then(unit),
            period: office.period,
            file: file.name.clone(),
            digest: file.digest.clone(),
            size: file.size,
            received: receipt
                .and_then(|receipt| receipt.received)
                .map(|received| format!("{}（{}）", received.at, received.by.title())),
            sheets: read.iter().filter_map(|source| sheet(source, office)).collect(),
            lines,
            earlier: file.sheets.iter().filter(|sheet| sheet.of_return).map(|sheet| sheet.name.clone()).collect(),
        }
    };
    outcome.files.iter().filter(|file| !is_companion(file, &findings)).map(report).collect()
}

/// A stamped scan or a letter beside the workbook is no report, and nothing is to be said of it.
fn is_companion(file: &TakenFile, findings: &BTreeMap<&str, Vec<&Finding>>) -> bool {
    let asked = findings.get(&*file.name).is_some_and(|of_file| of_file.iter().any(|one| one.level < Level::Note));
    file.sheets.is_empty() && !asked
}

/// The one unit whose report it is; of a file that several report in, the one that sent it.
fn unit(receipt: &Receipt) -> Option<String> {
    let mut units: Vec<&str> =
        receipt.entries.iter().map(|entry| entry.unit.as_str()).filter(|unit| !unit.is_empty()).collect();
    units.sort_unstable();
    units.dedup();
    match (units.as_slice(), &receipt.unit) {
        ([only], _) => Some((*only).to_owned()),
        (_, told) => told.clone(),
    }
}

/// What the rules of the books expect, by rule.
fn expectations(office: &Office) -> BTreeMap<&str, &str> {
    let rules = office.profile.books.iter().flat_map(|book| &book.rules);
    rules.map(|rule| (rule.id.as_str(), rule.expected.as_str())).collect()
}

fn line(
    finding: &Finding,
    file: &TakenFile,
    (office, outcome): (&Office, &Outcome),
    expected: &BTreeMap<&str, &str>,
) -> ReturnLine {
    let place = &finding.place;
    // A column as a whole is shown at its heading.
    let heading =
        || file.sheets.iter().find(|sheet| Some(&sheet.name) == place.sheet.as_ref())?.header.map(|(_, last)| last);
    let own = expected.get(&*finding.rule).copied().filter(|text| !text.is_empty());
    ReturnLine {
        level: finding.level,
        sheet: place.sheet.clone(),
        row: place.row.or_else(|| place.column.and_then(|_| heading())),
        column: place.column,
        field: outcome.field_title(&office.profile, place),
        project: finding.project.clone(),
        problem: finding.message.clone(),
        expected: own.unwrap_or_else(|| publish::expected(&finding.rule)).to_owned(),
        advice: finding.advice.clone(),
        explanation: finding.answer.as_ref().map(|answer| answer.text.clone()),
        rule: finding.rule.clone(),
    }
}

/// What the receipt says of a sheet; nothing of those that an earlier return added.
fn sheet(source: &SheetSource, office: &Office) -> Option<ReadSheet> {
    let sheet = source.sheet.clone()?;
    let book = source.book.as_deref().and_then(|id| office.profile.book(id)).map(|book| book.title.clone());
    let mut said = Vec::new();
    if let Some((reason, rows)) = source.passed_over {
        if super::intake::IS_OF_RETURN.contains(&reason) {
            return None;
        }
        said.push(format!("{reason}，略过{rows}行"));
    }
    if let Some(by) = &source.replaced_by {
        said.push(format!("由“{by}”代替"));
    }
    let other: usize = source.kinds.iter().filter(|(kind, _)| *kind != RowKind::Data).map(|(_, count)| count).sum();
    if other > 0 {
        said.push(format!("标题、表头、合计等{other}行"));
    }
    if source.set_aside > 0 {
        said.push(format!("搁置{}行", source.set_aside));
    }
    if source.taken_off > 0 {
        said.push(format!("按决定移出{}行", source.taken_off));
    }
    let (used, unused) = (source.merged + source.joined, source.set_aside + source.taken_off);
    Some(ReadSheet { sheet, book, used, unused, remark: said.join("；") })
}
