//! What a run prints: what was read, where every row went, what is to be asked, what was made.
//!
//! Takes a [`RunSummary`] of plain data, gives text or JSON.

use serde_json::{Value, json};

use super::aligned::{Side, aligned};
use super::words::{figure, figure_in, period};
use crate::finding::Level;
use crate::lang::{self, Language, term};
use crate::layout::RowKind;
use crate::ledger::Committed;
use crate::measure::{Figure, ScheduleUsed};
use crate::period::Period;
use crate::pipeline::{Outcome, RETURNS, SheetSource};
use crate::publish::ReturnStatus;
use crate::register;
use crate::say;
use crate::settings::Decision;

/// What findings that a unit explained are called among the others.
const ANSWERED: &str = "已作说明";

/// A run in figures; what is named here is named as documents name it.
#[derive(Debug, Clone, PartialEq)]
pub struct RunSummary {
    /// The period.
    pub period: Period,
    /// Files that were read.
    pub files: usize,
    /// Files that could not be opened.
    pub unopened: usize,
    /// Sheets in them.
    pub sheets: usize,
    /// Rows that became or joined a merged row.
    pub merged: usize,
    /// Rows set aside with a finding.
    pub set_aside: usize,
    /// Rows that a decision of the office took off the list.
    pub taken_off: usize,
    /// Rows passed over for a named reason: the reason and how many.
    pub passed_over: Vec<(String, usize)>,
    /// Merged rows by book: its title and how many.
    pub books: Vec<(String, usize)>,
    /// Findings by level, in the order of [`Level::ALL`].
    pub findings: Vec<(Level, usize)>,
    /// Decisions of the office that took effect, by what they decide, but for projects taken off.
    pub decisions: Vec<(String, usize)>,
    /// Findings that were explained, not among these.
    pub answered: usize,
    /// The reports that were owed, by state: its title and how many.
    pub reporting: Vec<(String, usize)>,
    /// Sheets whose layout is in doubt.
    pub doubtful: usize,
    /// Rules that were held, and those of them that could not be evaluated for some row.
    pub rules: (usize, usize),
    /// The files that go back, by what became of them: its words and how many.
    pub returns: Vec<(String, usize)>,
    /// The documents made, as paths.
    pub documents: Vec<String>,
    /// The schedules that figures are held against: what for, how far each has come, how it is reckoned.
    pub schedules: Vec<[String; 3]>,
    /// The run as the ledger recorded it: its number and digest, and whether it is new.
    pub recorded: Option<Committed>,
    /// What the operator should know of the documents, a sentence each.
    pub notices: Vec<String>,
    /// The county's figures with their titles.
    pub county: Vec<(String, Figure)>,
}

impl RunSummary {
    /// The figures of a run's outcome.
    pub fn of(outcome: &Outcome) -> Self {
        let sources: Vec<SheetSource> = outcome.sources().collect();
        let sum = |count: fn(&SheetSource) -> usize| sources.iter().map(count).sum::<usize>();
        let books = outcome.books.iter().map(|(title, rows)| (title.clone(), *rows));
        Self {
            period: outcome.period,
            files: outcome.files.len(),
            unopened: outcome.unopened(),
            sheets: outcome.files.iter().map(|file| file.sheets.len()).sum(),
            merged: sum(|source| source.merged + source.joined),
            set_aside: sum(|source| source.set_aside),
            taken_off: sum(|source| source.taken_off),
            passed_over: passed_over(&sources),
            books: books.collect(),
            findings: outcome.count_levels(),
            decisions: decisions(outcome),
            answered: outcome.answered(),
            reporting: reporting(outcome),
            doubtful: outcome.doubtful_sheets(),
            rules: outcome.rules(),
            returns: returns(outcome),
            documents: outcome.documents.iter().map(|path| path.display().to_string()).collect(),
            schedules: outcome.schedules.iter().map(schedule).collect(),
            recorded: outcome.committed.clone(),
            notices: (outcome.bulletin.iter().flat_map(|made| &made.notices))
                .chain(&outcome.notices)
                .cloned()
                .collect(),
            county: outcome.county.clone(),
        }
    }

    /// How many findings of a level there are.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|(of, _)| *of == level).map(|(_, count)| count).sum()
    }

    fn passed(&self) -> usize {
        self.passed_over.iter().map(|(_, count)| count).sum()
    }
}

/// How many decisions of each kind took effect; projects taken off stand with the rows.
fn decisions(outcome: &Outcome) -> Vec<(String, usize)> {
    let merged = &outcome.merged;
    let on = merged.decisions.iter().filter(|one| one.decision == Decision::In).count();
    let all = [
        ("调入", on),
        ("计划调整", merged.replanned.len()),
        ("更正", merged.revised.len()),
        ("认定", merged.links.len()),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).map(|(what, count)| (what.to_owned(), count)).collect()
}

/// How many of the reports that were owed are in each state.
fn reporting(outcome: &Outcome) -> Vec<(String, usize)> {
    let shares = register::by_report(&outcome.reporting.register.reports);
    shares.into_iter().filter(|share| share.count > 0).map(|share| (share.title.to_owned(), share.count)).collect()
}

/// How many files go back with each status, the gravest first.
fn returns(outcome: &Outcome) -> Vec<(String, usize)> {
    let count = |status: ReturnStatus| outcome.returns.iter().filter(|made| made.status == status).count();
    let all = [ReturnStatus::Correct, ReturnStatus::Query, ReturnStatus::Accepted];
    all.into_iter().map(|status| (status.title().to_owned(), count(status))).filter(|(_, count)| *count > 0).collect()
}

fn schedule(used: &ScheduleUsed) -> [String; 3] {
    [lang::list_in(Language::Zh, &used.used_by), used.share_in_words(), used.words.clone()]
}

/// For people.
pub fn print_run(run: &RunSummary) -> String {
    let mut text = say!("report-done", period = period(run.period)) + "\n\n";
    text += &line(&say!("report-read", files = run.files, unopened = run.unopened, sheets = run.sheets));
    text += &line(&rows(run));
    text += &owed(run);
    text += &checked(run);
    text += &counted(&say!("report-books"), &run.books, |count| say!("report-books-of", count = count));
    text += &counted(&say!("report-decisions"), &run.decisions, |count| say!("report-decisions-of", count = count));
    text += &counted(&say!("report-findings"), &findings(run), |count| say!("report-findings-of", count = count));
    let county = run.county.iter().map(|(title, of)| vec![title.clone(), figure(of)]);
    text += &section(&say!("report-county"), &county.collect::<Vec<_>>());
    text += &schedules(run);
    text += &section(&say!("report-documents"), &documents(run));
    text += &recorded(run);
    for notice in &run.notices {
        text += &apart(&say!("report-notice", notice = notice));
    }
    if run.merged == 0 {
        text += &apart(&say!("report-nothing"));
    }
    if run.count(Level::Error) > 0 {
        text += &apart(&say!("report-errors"));
    }
    text
}

fn line(text: &str) -> String {
    format!("{text}\n")
}

/// A line with an empty one before it.
fn apart(text: &str) -> String {
    format!("\n{text}\n")
}

/// Findings by level, and those that were explained.
fn findings(run: &RunSummary) -> Vec<(String, usize)> {
    let by_level = run.findings.iter().map(|(level, count)| (level.title().to_owned(), *count));
    by_level.chain((run.answered > 0).then(|| (ANSWERED.to_owned(), run.answered))).collect()
}

/// The documents; the returns, one a file, in one line.
fn documents(run: &RunSummary) -> Vec<Vec<String>> {
    let folder = |path: &str| {
        let (folder, _) = path.rsplit_once(['/', '\\'])?;
        folder.ends_with(RETURNS).then(|| folder.to_owned())
    };
    let mut lines: Vec<Vec<String>> = Vec::new();
    for path in &run.documents {
        match folder(path) {
            None => lines.push(vec![path.clone()]),
            Some(folder) => {
                let each: Vec<String> = (run.returns.iter())
                    .map(|(status, count)| say!("report-returns-of", status = term(status), count = count))
                    .collect();
                let count: usize = run.returns.iter().map(|(_, count)| count).sum();
                let each = lang::statements(&each);
                let line = vec![say!("report-returns", folder = folder, count = count, each = each)];
                if lines.last() != Some(&line) {
                    lines.push(line);
                }
            }
        }
    }
    lines
}

/// What was owed by the units, and how it came.
fn owed(run: &RunSummary) -> String {
    if run.reporting.is_empty() {
        return String::new();
    }
    let all: usize = run.reporting.iter().map(|(_, count)| count).sum();
    let of = |(state, count): &(String, usize)| say!("report-owed-of", state = term(state), count = count);
    let each: Vec<String> = run.reporting.iter().map(of).collect();
    line(&say!("report-owed", all = all, each = lang::clauses(&each)))
}

/// What reading and rules leave open; the check report says where.
fn checked(run: &RunSummary) -> String {
    let mut text = String::new();
    if run.doubtful > 0 {
        text += &line(&say!("report-doubtful", count = run.doubtful));
    }
    let (all, silent) = run.rules;
    if all > 0 {
        text += &line(&say!("report-rules", all = all, silent = silent));
    }
    text
}

/// What the ledger made of the run.
fn recorded(run: &RunSummary) -> String {
    let Some(recorded) = &run.recorded else { return String::new() };
    match recorded.is_new {
        true => apart(&say!("report-recorded", number = recorded.number)),
        false => apart(&say!("report-same", number = recorded.number)),
    }
}

/// Rows that are no records, by what they are.
fn passed_over(sources: &[SheetSource]) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut add = |what: &str, count: usize| match counts.iter_mut().find(|(known, _)| known == what) {
        Some((_, sum)) => *sum += count,
        None => counts.push((what.to_owned(), count)),
    };
    for kind in RowKind::ALL.into_iter().filter(|kind| *kind != RowKind::Data) {
        let kinds = sources.iter().flat_map(|source| &source.kinds);
        let count = kinds.filter(|(of, _)| *of == kind).map(|(_, count)| count).sum();
        if count > 0 {
            add(kind.title(), count);
        }
    }
    for (reason, count) in sources.iter().filter_map(|source| source.passed_over) {
        add(reason, count);
    }
    counts
}

fn rows(run: &RunSummary) -> String {
    let (merged, aside, off, passed) = (run.merged, run.set_aside, run.taken_off, run.passed());
    let all = merged + aside + off + passed;
    if run.passed_over.is_empty() {
        return say!("report-rows", all = all, merged = merged, aside = aside, off = off, passed = passed);
    }
    let of = |(what, count): &(String, usize)| say!("report-rows-of", what = term(what), count = count);
    let why = lang::list(&run.passed_over.iter().map(of).collect::<Vec<_>>());
    say!("report-rows-why", all = all, merged = merged, aside = aside, off = off, passed = passed, why = why)
}

fn counted(title: &str, counts: &[(String, usize)], of: impl Fn(usize) -> String) -> String {
    let lines: Vec<Vec<String>> = counts.iter().map(|(what, count)| vec![term(what), of(*count)]).collect();
    section(title, &lines)
}

fn schedules(run: &RunSummary) -> String {
    let lines: Vec<Vec<String>> = run.schedules.iter().map(|line| line.to_vec()).collect();
    if lines.is_empty() {
        return String::new();
    }
    apart(&say!("report-schedules")) + &aligned("  ", &[Side::Left, Side::Left, Side::Left], &lines)
}

fn section(title: &str, lines: &[Vec<String>]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    apart(title) + &aligned("  ", &[Side::Left, Side::Right], lines)
}

/// For programs.
pub fn run_json(run: &RunSummary) -> Value {
    let counts = |counts: &[(String, usize)]| -> Value {
        counts.iter().map(|(what, count)| (what.clone(), json!(count))).collect::<serde_json::Map<_, _>>().into()
    };
    let levels: Vec<(String, usize)> =
        run.findings.iter().map(|(level, count)| (level.id().to_owned(), *count)).collect();
    let county = run.county.iter().map(|(what, of)| (what.clone(), json!(figure_in(Language::Zh, of))));
    json!({
        "period": run.period.in_words(),
        "files": run.files,
        "unopened": run.unopened,
        "sheets": run.sheets,
        "rows": {"merged": run.merged, "set_aside": run.set_aside, "taken_off": run.taken_off, "passed_over": counts(&run.passed_over)},
        "books": counts(&run.books),
        "findings": counts(&levels),
        "answered": run.answered,
        "reporting": run.reporting.iter().map(|(state, count)| (state.clone(), json!(count))).collect::<serde_json::Map<_, _>>(),
        "doubtful_sheets": run.doubtful,
        "rules": {"held": run.rules.0, "not_all_evaluated": run.rules.1},
        "decisions": counts(&run.decisions),
        "returns": run.returns.iter().map(|(status, count)| (status.clone(), json!(count))).collect::<serde_json::Map<_, _>>(),
        "documents": run.documents,
        "notices": run.notices,
        "schedules": run.schedules.iter().map(|[for_what, share, words]| json!({"used_by": for_what, "share": share, "words": words})).collect::<Vec<_>>(),
        "run": run.recorded.as_ref().map(|run| json!({"number": run.number, "digest": run.digest, "new": run.is_new})),
        "county": county.collect::<serde_json::Map<_, _>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::MeasuredIn;

    fn completion() -> Figure {
        let value = crate::amount::fraction(356, 1000);
        Figure { measure: "c".into(), measured_in: MeasuredIn::Fraction, value, numerator: None, denominator: None }
    }

    fn summary() -> RunSummary {
        RunSummary {
            period: "2026-05".parse().unwrap(),
            files: 40,
            unopened: 1,
            sheets: 52,
            merged: 109,
            set_aside: 2,
            taken_off: 1,
            passed_over: vec![("标题".into(), 40), ("小计".into(), 12)],
            books: vec![("重点建设项目".into(), 109), ("谋划储备项目".into(), 574)],
            findings: vec![(Level::Error, 3), (Level::Query, 12)],
            decisions: vec![("更正".into(), 2)],
            answered: 0,
            reporting: vec![("按时".into(), 3), ("未报".into(), 1)],
            doubtful: 2,
            rules: (78, 12),
            returns: vec![("请修改".into(), 1), ("已采用".into(), 2)],
            documents: vec!["out/2026-05/2026年5月重点项目排名.xlsx".into()],
            schedules: vec![["重点建设项目".into(), "5/12＝41.7%".into(), "已过月数÷12".into()]],
            recorded: None,
            notices: vec!["督查通报.docx 共4321字".into()],
            county: vec![("完成率".into(), completion())],
        }
    }

    #[test]
    fn people_see_where_every_row_went() {
        let text = print_run(&summary());
        assert!(text.contains("共164行：汇总109行，搁置2行，按决定移出1行，略过52行（标题40、小计12）"), "{text}");
        assert!(text.contains("40个文件，其中1个打不开，52张工作表"), "{text}");
        assert!(text.contains("  完成率  35.6%\n") && text.contains("强制性   3条"), "{text}");
        assert!(text.contains("\n序时进度\n  重点建设项目  5/12＝41.7%  已过月数÷12\n"), "{text}");
        assert!(text.contains("版式    2张工作表存疑"), "{text}");
        assert!(text.contains("规则    核验78条，其中12条有无法判断的行"), "{text}");
        assert!(text.contains("退回有关单位") && text.contains("\n督查通报.docx 共4321字。\n"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn programs_see_the_same() {
        let value = run_json(&summary());
        assert_eq!(value["rows"]["passed_over"]["小计"], 12);
        assert_eq!(value["findings"]["error"], 3);
        assert_eq!((&value["answered"], &value["decisions"]["更正"]), (&json!(0), &json!(2)));
    }
}
