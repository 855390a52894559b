//! Each file goes back to whoever sent it, with what is to be said of it.
//!
//! The files are opened again, side by side, since a run lets go of each once its tables are taken from it.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::documents::{Documents, MadeFrom};
use super::progress::weight_of;
use super::{Office, Outcome, Progress, RunError, SheetSource, Step, TakenFile};
use crate::collect::{self, Original};
use crate::finding::{Finding, Level};
use crate::history::Projects;
use crate::layout::RowKind;
use crate::ledger::Record;
use crate::publish::{
    self, MOST_LINES, ReadSheet, ReturnLine, ReturnNames, ReturnReport, ReturnStatus, return_workbook,
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

/// Makes the returns of a run, in the order of their files; none of an office that counties report to, whose rows were
/// checked where their departments can be asked. Those of files about which there is nothing else to say than in the
/// run that stands are taken over from it.
///
/// # Errors
///
/// A file that was changed while the run was under way.
pub(super) fn make(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    (documents, progress): (&mut Documents, &Progress<'_>),
) -> Result<Vec<Return>, RunError> {
    if workspace.level == OfficeLevel::City {
        return Ok(Vec::new());
    }
    let told = Told::of(office, outcome);
    let files: Vec<&TakenFile> = outcome.files.iter().filter(|file| !told.is_companion(file)).collect();
    let mut names = ReturnNames::default();
    let stems = files.iter().map(|file| format!("{RETURNS}/{}", names.next(&told.sender_of(file))));
    let asked: Vec<Asked> = files.iter().zip(stems).map(|(file, stem)| Asked { file, stem }).collect();
    let maker = Maker { workspace, office, told: &told, documents };
    let ahead = by_path(workspace, office, &asked)?;
    let weight = |of: &OfPath| weight_of(&of.0.1);
    progress(Step::Ahead { parts: ahead.len(), weight: ahead.iter().map(weight).sum() });
    let of_path = |of: OfPath| {
        STOP.go_on()?;
        let weight = weight(&of);
        let made = maker.of_path(of);
        progress(Step::Done { weight, rows: 0 });
        made
    };
    // Of several that cannot be made the first is told.
    let made: Vec<Result<Vec<Made>, RunError>> = ahead.into_par_iter().map(of_path).collect();
    let mut made: Vec<Made> = made.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    made.sort_by(|a, b| a.note.file.cmp(&b.note.file));
    Ok(made
        .into_iter()
        .map(|made| {
            documents.note(made.note.name.clone(), made.from);
            made.note
        })
        .collect())
}

/// A file that goes back.
struct Asked<'a> {
    file: &'a TakenFile,
    /// What its return is called, without the ending.
    stem: String,
}

/// A path of the inbox by its name, and its files: of an archive or a mail, those in it, which are taken out of it
/// together.
type OfPath<'a> = ((String, PathBuf), Vec<&'a Asked<'a>>);

fn by_path<'a>(workspace: &Workspace, office: &Office, asked: &'a [Asked]) -> Result<Vec<OfPath<'a>>, RunError> {
    let inbox = workspace.inbox(office.period);
    let listed = collect::list_inbox(&inbox).map_err(|source| RunError::Reading { path: inbox.clone(), source })?;
    let listed: HashMap<String, PathBuf> = listed.into_iter().collect();
    let mut found: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for one in asked {
        let mut of = Some(&*one.file.name);
        while let Some(name) = of.filter(|name| !listed.contains_key(*name)) {
            of = name.rsplit_once('/').map(|(container, _)| container);
        }
        let gone = || RunError::Changed(one.file.name.to_string());
        found.entry(of.ok_or_else(gone)?).or_default().push(one);
    }
    let at = |name: &str| (name.to_owned(), listed[name].clone());
    Ok(found.into_iter().map(|(name, of_path)| (at(name), of_path)).collect())
}

/// A return that stands in the staging folder.
struct Made {
    note: Return,
    /// What it was made from, where it may be taken over.
    from: Option<MadeFrom>,
}

/// What makes returns.
struct Maker<'a> {
    workspace: &'a Workspace,
    office: &'a Office,
    told: &'a Told<'a>,
    documents: &'a Documents,
}

impl Maker<'_> {
    /// The returns of the files in one path of the inbox, which is only opened where one of them is to be made anew.
    fn of_path(&self, ((name, path), asked): OfPath) -> Result<Vec<Made>, RunError> {
        let mut made = Vec::new();
        let mut anew: Vec<(&Asked, ReturnReport, MadeFrom)> = Vec::new();
        for asked in asked {
            let report = self.told.report(asked.file);
            let from = MadeFrom::of(&(&report, &self.workspace.limits));
            match self.taken_over(asked, &from)? {
                Some(name) => made.push(noted(&report, name, Some(from))),
                None => anew.push((asked, report, from)),
            }
        }
        let (limits, passwords) = (&self.workspace.limits, &self.office.settings.passwords);
        let originals = match anew.is_empty() {
            true => Vec::new(),
            false => collect::originals(&path, &name, limits, passwords),
        };
        let by_name: HashMap<&str, &Original> = originals.iter().map(|original| (&*original.name, original)).collect();
        for (asked, report, from) in anew {
            let original = by_name.get(&*report.file).copied();
            if original.is_some_and(|original| original.digest != report.digest) {
                return Err(RunError::Changed(report.file.to_string()));
            }
            let file = return_workbook(&report, original, &self.workspace.limits)?;
            let name = format!("{}.{}", asked.stem, file.ending);
            self.documents.staging().put(&Record::document_name(&name), &file.bytes)?;
            // What a locked file is like inside depends on the passwords too.
            let from = original.filter(|original| !original.unlocked).map(|_| from);
            made.push(noted(&report, name, from));
        }
        Ok(made)
    }

    /// The name of a return that was taken over; `None` where it is to be made.
    fn taken_over(&self, asked: &Asked, from: &MadeFrom) -> Result<Option<String>, RunError> {
        let Some(known) = self.documents.known(from) else { return Ok(None) };
        let ending = known.rsplit_once('.').map_or("xlsx", |(_, ending)| ending);
        let name = format!("{}.{ending}", asked.stem);
        Ok(self.documents.take_over(known, &name)?.then_some(name))
    }
}

fn noted(report: &ReturnReport, name: String, from: Option<MadeFrom>) -> Made {
    let note = Return {
        unit: report.unit.clone(),
        file: report.file.clone(),
        name,
        status: report.status(),
        findings: report.lines.len() + report.left_out,
    };
    Made { note, from }
}

/// What is to be said of each file, looked up once.
struct Told<'a> {
    office: &'a Office,
    outcome: &'a Outcome,
    findings: HashMap<&'a str, &'a [Finding]>,
    projects: Projects<'a>,
    sources: HashMap<Arc<str>, Vec<SheetSource>>,
    receipts: HashMap<&'a str, &'a Receipt>,
    expected: BTreeMap<&'a str, &'a str>,
}

impl<'a> Told<'a> {
    fn of(office: &'a Office, outcome: &'a Outcome) -> Self {
        // Findings come by place: those of a file are a run of them.
        let of_files = outcome.findings.chunk_by(|a, b| a.place.file == b.place.file);
        let findings = of_files.map(|run| (&*run[0].place.file, run)).collect();
        let projects = Projects::of(&office.profile, &outcome.merged);
        let mut sources: HashMap<Arc<str>, Vec<SheetSource>> = HashMap::new();
        for source in outcome.sources() {
            sources.entry(source.file.clone()).or_default().push(source);
        }
        let receipts = outcome.reporting.register.receipts.iter().map(|receipt| (&*receipt.file, receipt)).collect();
        Self { office, outcome, findings, projects, sources, receipts, expected: expectations(office) }
    }

    fn findings(&self, file: &TakenFile) -> impl Iterator<Item = &'a Finding> + use<'a> {
        let of_file = self.findings.get(&*file.name).copied().unwrap_or_default();
        of_file.iter().filter(|finding| finding.level != Level::Info)
    }

    /// A stamped scan or a letter beside the workbook is no report, and nothing is to be said of it.
    fn is_companion(&self, file: &TakenFile) -> bool {
        file.sheets.is_empty() && !self.findings(file).any(|one| one.level < Level::Note)
    }

    fn unit(&self, file: &TakenFile) -> Option<String> {
        self.receipts.get(&*file.name).and_then(|receipt| unit(receipt))
    }

    /// Whose return it is: the unit's, or by the file's name where none is known.
    fn sender_of(&self, file: &TakenFile) -> String {
        let name = || file.name.rsplit('/').next().unwrap_or(&file.name);
        self.unit(file).unwrap_or_else(|| name().rsplit_once('.').map_or(name(), |(stem, _)| stem).to_owned())
    }

    /// What is to be said of a file.
    fn report(&self, file: &TakenFile) -> ReturnReport {
        let receipt = self.receipts.get(&*file.name).copied();
        let mut told: Vec<&Finding> = self.findings(file).collect();
        // The sort is stable: findings come by place.
        told.sort_by_key(|finding| (finding.answer().is_some(), finding.level));
        let listed = &told[..told.len().min(MOST_LINES)];
        let line = |finding: &&Finding| line(finding, file, self);
        let lines: Vec<ReturnLine> = listed.iter().map(line).collect();
        let read = self.sources.get(&file.name).map_or(&[][..], Vec::as_slice);
        ReturnReport {
            unit: receipt.and_then(unit),
            period: self.office.period,
            file: file.name.clone(),
            digest: file.digest.clone(),
            size: file.size,
            received: receipt
                .and_then(|receipt| receipt.received.as_ref())
                .map(|received| format!("{}（{}）", received.at, received.by.title())),
            sheets: read.iter().filter_map(|source| sheet(source, self.office)).collect(),
            left_out: told.len() - lines.len(),
            lines,
            earlier: file.sheets.iter().filter(|sheet| sheet.of_return).map(|sheet| sheet.name.clone()).collect(),
        }
    }
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

fn line(finding: &Finding, file: &TakenFile, Told { office, outcome, projects, expected, .. }: &Told) -> ReturnLine {
    let place = &finding.place;
    // A column as a whole is shown at its heading.
    let heading =
        || file.sheets.iter().find(|sheet| Some(&sheet.name) == place.sheet.as_ref())?.header.map(|(_, last)| last);
    let own = expected.get(&*finding.rule).copied().filter(|text| !text.is_empty());
    ReturnLine {
        level: finding.level,
        sheet: place.sheet.clone(),
        row: place.row().or_else(|| place.column().and_then(|_| heading())),
        column: place.column(),
        field: outcome.field_title(&office.profile, place).or(place.field.as_deref()).unwrap_or_default().to_owned(),
        project: projects.about(finding),
        problem: finding.message.to_string(),
        expected: own.unwrap_or_else(|| publish::expected(&finding.rule)).to_owned(),
        advice: finding.advice.to_string(),
        explanation: finding.answer().map(|answer| answer.text.clone()),
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
