//! The whole of `wuzhang run` measured: against a bare reader and a peer, in turn, over sets of workbooks.
//!
//! Takes folders with workbooks and their truth, gives a table of medians and ratios, perhaps a record and a
//! chart. Each run has a workspace of its own and is held against the truth; a wrong figure ends the
//! measuring. Times of a busy machine differ from run to run: the programs take turns, so that ratios hold.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use tempfile::TempDir;

use crate::measured::Took;
use crate::report::{Line, Report, Subject};
use crate::sets::variants;
use crate::truth::Truth;
use crate::yardstick::workbooks;
use crate::{Outcome, chart};

/// What to measure.
#[derive(Debug, Args)]
pub(crate) struct Wanted {
    /// Folders made by `cargo xtask bench-data`
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// The program; `cargo build --release` makes it
    #[arg(long, default_value = "target/release/wuzhang")]
    binary: PathBuf,
    /// The bare reader to measure against, with {dir} and {threads} in it; `cargo xtask yardstick` if not given
    #[arg(long)]
    yardstick: Option<String>,
    /// A program that does a fixed-layout version of the job, with {dir}, {threads} and {out} in it
    #[arg(long)]
    peer: Option<String>,
    /// How often each is run
    #[arg(long, default_value_t = 3)]
    times: usize,
    /// How many threads the yardstick and the peer may use; as many as there are processors if not given
    #[arg(long)]
    threads: Option<usize>,
    /// Also measure each set with so many unused styles in every workbook (4000 is common in offices' files)
    #[arg(long, value_name = "COUNT")]
    styles: Option<usize>,
    /// Also measure runs that make no returns (`run --quick`)
    #[arg(long)]
    quick: bool,
    /// Also correct one workbook of each set and run again
    #[arg(long)]
    again: bool,
    /// The set that --styles and --again are for, such as city; every set where not given
    #[arg(long, value_name = "SET")]
    variants_of: Option<String>,
    /// Also measure how long the program takes to start: `--version`, and `status` of the first set
    #[arg(long)]
    startup: bool,
    /// Write the tables to a Markdown file, with machine and date
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Draw cost against size, over all sets, into an SVG file
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

/// The month of all sets.
const PERIOD: &str = "2026-10";
/// A start is short and is looked at more often.
const STARTS: usize = 20;

/// `cargo xtask bench`
pub(crate) fn bench(wanted: &Wanted) -> Outcome {
    if wanted.times == 0 {
        return Err("--times must be at least 1".into());
    }
    let binary = wanted.binary.canonicalize().map_err(|error| {
        format!(
            "{}: {error}; build it with cargo build --release, or name another with --binary",
            wanted.binary.display()
        )
    })?;
    let bench = Bench { wanted, binary, threads: threads(wanted) };
    let mut report = Report::default();
    for set in &wanted.sets {
        bench.set(set, &mut report)?;
    }
    if wanted.startup {
        bench.startup(&wanted.sets[0], &mut report)?;
    }
    print!("\n{}", report.tables());
    if let Some(path) = &wanted.chart {
        write(path, &chart::drawn(&report))?;
    }
    if let Some(path) = &wanted.record {
        let picture = wanted.chart.as_ref().and_then(|chart| chart.to_str());
        write(path, &report.record(picture, bench.threads)?)?;
    }
    Ok(())
}

/// Writes a file, in a folder that need not be there yet.
fn write(path: &Path, text: &str) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()).into())
}

fn threads(wanted: &Wanted) -> usize {
    wanted.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

struct Bench<'w> {
    wanted: &'w Wanted,
    binary: PathBuf,
    threads: usize,
}

impl Bench<'_> {
    /// Measures a set and its variants: each in turn, as often as asked for.
    fn set(&self, set: &Path, report: &mut Report) -> Outcome {
        let truth = Truth::of(set)?;
        let name = if truth.set.is_empty() { "set".to_owned() } else { truth.set.clone() };
        let (files, rows) = (workbooks(set)?.len(), truth.rows());
        // Beside the set, where files can be linked instead of copied.
        let work = tempfile::Builder::new().prefix(".bench-").tempdir_in(set.parent().unwrap_or(Path::new(".")))?;
        let varied = self.wanted.variants_of.as_ref().is_none_or(|only| *only == name);
        let styled = self.wanted.styles.filter(|_| varied).map(|count| -> Outcome<PathBuf> {
            let to = work.path().join("styled");
            variants::with_styles(set, &to, count)?;
            Ok(to)
        });
        let styled = styled.transpose()?;
        for turn in 1..=self.wanted.times {
            let mut add = |subject, took: Took| {
                println!("{name} {turn}/{}: {subject:?} {:.3} s of processor time", self.wanted.times, took.cpu);
                report.add((&name, files, rows), subject, took);
            };
            add(Subject::Yardstick, self.yardstick(set, work.path())?);
            let workspace = self.workspace(set, work.path())?;
            add(Subject::Run, self.run(&workspace, &truth)?);
            if self.wanted.quick {
                add(Subject::Quick, self.run_quick(&self.workspace(set, work.path())?, &truth)?);
            }
            if self.wanted.again && varied {
                let corrected = self.correct(&workspace, &truth)?;
                add(Subject::Again, self.run(&workspace, &corrected)?);
            }
            drop(workspace);
            if let Some(styled) = &styled {
                let workspace = self.workspace(styled, work.path())?;
                add(Subject::Styled, self.run(&workspace, &truth)?);
                if self.wanted.quick {
                    add(Subject::StyledQuick, self.run_quick(&self.workspace(styled, work.path())?, &truth)?);
                }
            }
            if let Some(peer) = &self.wanted.peer {
                add(Subject::Peer, self.told(peer, set, work.path())?);
            }
        }
        Ok(())
    }

    fn startup(&self, set: &Path, report: &mut Report) -> Outcome {
        let truth = Truth::of(set)?;
        let (files, rows) = (workbooks(set)?.len(), truth.rows());
        let work = tempfile::Builder::new().prefix(".bench-").tempdir_in(set.parent().unwrap_or(Path::new(".")))?;
        let workspace = self.workspace(set, work.path())?;
        self.run(&workspace, &truth)?;
        let program = self.binary.display().to_string();
        let folder = workspace.path().display().to_string();
        for _ in 0..STARTS {
            let version = took(&[&program, "--version"], work.path(), &[0])?;
            report.add((&truth.set, files, rows), Subject::Version, version);
            let status = took(&[&program, "status", &folder, "--period", PERIOD], work.path(), &[0])?;
            report.add((&truth.set, files, rows), Subject::Status, status);
        }
        Ok(())
    }

    fn workspace(&self, set: &Path, work: &Path) -> Outcome<TempDir> {
        let root = tempfile::Builder::new().prefix("workspace-").tempdir_in(work)?;
        variants::workspace(set, root.path(), PERIOD)?;
        Ok(root)
    }

    /// Runs the month and holds what it gave against the truth.
    fn run(&self, workspace: &TempDir, truth: &Truth) -> Outcome<Took> {
        self.run_with(&[], workspace, truth)
    }

    /// The same without returns.
    fn run_quick(&self, workspace: &TempDir, truth: &Truth) -> Outcome<Took> {
        self.run_with(&["--quick"], workspace, truth)
    }

    fn run_with(&self, more: &[&str], workspace: &TempDir, truth: &Truth) -> Outcome<Took> {
        let program = self.binary.display().to_string();
        let folder = workspace.path().display().to_string();
        let command = [&[program.as_str(), "run", &folder, "--period", PERIOD, "--quiet"], more].concat();
        // 1 says that something is to be asked of the departments.
        let took = took(&command, workspace.path(), &[0, 1])?;
        truth.check(workspace.path(), PERIOD)?;
        Ok(took)
    }

    /// Corrects the first workbook; the truth after it.
    fn correct(&self, workspace: &TempDir, truth: &Truth) -> Outcome<Truth> {
        let inbox = workspace.path().join("inbox").join(PERIOD);
        let first = workbooks(&inbox)?.swap_remove(0);
        let stem = first.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let more = variants::corrected(&first)?;
        let mut truth = truth.clone();
        // The workbook of one unit names it; that of all begins with the first unit.
        let named = stem.split('_').nth(1).filter(|unit| truth.units.contains_key(*unit)).map(str::to_owned);
        let unit = match named {
            Some(unit) => unit,
            None => first_unit(&first)?,
        };
        truth.units.get_mut(&unit).ok_or_else(|| format!("{unit} is no unit of the set"))?.done_fen += more;
        Ok(truth)
    }

    fn yardstick(&self, set: &Path, work: &Path) -> Outcome<Took> {
        match &self.wanted.yardstick {
            Some(command) => self.told(command, set, work),
            None => {
                let own = std::env::current_exe()?.display().to_string();
                let (dir, threads) = (set.display().to_string(), self.threads.to_string());
                took(&[&own, "yardstick", &dir, "--threads", &threads], work, &[0])
            }
        }
    }

    /// A command that was told on the command line.
    fn told(&self, command: &str, set: &Path, work: &Path) -> Outcome<Took> {
        let (dir, threads) = (set.display().to_string(), self.threads.to_string());
        let out = work.join("peer.xlsx").display().to_string();
        let filled = |word: &str| word.replace("{dir}", &dir).replace("{threads}", &threads).replace("{out}", &out);
        let words: Vec<String> = command.split_whitespace().map(filled).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        took(&words, work, &[0])
    }
}

/// The unit of the first project of a workbook.
fn first_unit(path: &Path) -> Outcome<String> {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path)?;
    let mut cells = workbook.worksheet_cells_reader("重点项目")?;
    while let Some(cell) = cells.next_cell()? {
        if cell.get_position() == (5, 4) {
            return Ok(calamine::Data::from(cell.get_value().clone()).to_string());
        }
    }
    Err(format!("{}: no project in its sixth row", path.display()).into())
}

/// Runs a command in a process of its own that counts what it takes.
fn took(command: &[&str], work: &Path, good: &[i32]) -> Outcome<Took> {
    let (to, log) = (work.join("took.json"), work.join("log"));
    let mut measured = Command::new(std::env::current_exe()?);
    measured.arg("measured").arg("--to").arg(&to).arg("--log").arg(&log).arg("--").args(command);
    if !measured.status()?.success() {
        return Err(format!("{} could not be measured", command.join(" ")).into());
    }
    let took: Took = serde_json::from_slice(&std::fs::read(to)?)?;
    match took.status {
        Some(status) if good.contains(&status) => Ok(took),
        status => {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            let status = status.map_or_else(|| "a signal".to_owned(), |status| format!("status {status}"));
            Err(format!("{} ended with {status}:\n{said}", command.join(" ")).into())
        }
    }
}

/// The lines of a report by set and subject, in the order in which they were measured.
pub(crate) fn find<'r>(report: &'r Report, set: &str, subject: Subject) -> Option<&'r Line> {
    report.lines.iter().find(|line| line.set == set && line.subject == subject)
}
