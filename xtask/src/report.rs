//! What was measured, as tables: medians, ratios, and what of it was to be reached.

use std::fmt::Write;
use std::process::Command;

use crate::Outcome;
use crate::bench::find;
use crate::measured::Took;

/// All that was measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// A line a set and subject, in the order in which they were first measured.
    pub(crate) lines: Vec<Line>,
}

/// A subject over a set.
#[derive(Debug)]
pub(crate) struct Line {
    /// The set's name.
    pub(crate) set: String,
    /// How many workbooks it has.
    pub(crate) files: usize,
    /// How many projects.
    pub(crate) rows: i64,
    /// What was measured over it.
    pub(crate) subject: Subject,
    /// What each run took.
    pub(crate) took: Vec<Took>,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The bare reader, A.
    Yardstick,
    /// The whole of `run`.
    Run,
    /// `run --quick`, which makes no returns.
    Quick,
    /// `run` after one workbook was corrected.
    Again,
    /// `run` over the set with unused styles.
    Styled,
    /// `run --quick` over them.
    StyledQuick,
    /// A program that does a fixed-layout version of the job.
    Peer,
    /// `--version`
    Version,
    /// `status` after a run.
    Status,
}

impl Subject {
    fn title(self) -> &'static str {
        match self {
            Self::Yardstick => "A, the bare reader",
            Self::Run => "wuzhang run",
            Self::Quick => "wuzhang run --quick, without returns",
            Self::Again => "wuzhang run, again after one correction",
            Self::Styled => "wuzhang run, unused styles in every workbook",
            Self::StyledQuick => "wuzhang run --quick, unused styles in every workbook",
            Self::Peer => "the peer",
            Self::Version => "wuzhang --version",
            Self::Status => "wuzhang status",
        }
    }
}

impl Line {
    /// The median of something that was measured.
    pub(crate) fn median(&self, of: impl Fn(&Took) -> f64) -> f64 {
        let mut all: Vec<f64> = self.took.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        let middle = all.len() / 2;
        if all.len().is_multiple_of(2) { (all[middle - 1] + all[middle]) / 2.0 } else { all[middle] }
    }

    /// Processor time in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        self.median(|took| took.cpu)
    }
}

/// What is to be reached, and what was.
struct Bar {
    what: &'static str,
    bar: f64,
    aim: f64,
    unit: &'static str,
    measured: Option<f64>,
}

impl Report {
    /// Adds what a run took.
    pub(crate) fn add(&mut self, (set, files, rows): (&str, usize, i64), subject: Subject, took: Took) {
        match self.lines.iter_mut().find(|line| line.set == set && line.subject == subject && line.files == files) {
            Some(line) => line.took.push(took),
            None => self.lines.push(Line { set: set.to_owned(), files, rows, subject, took: vec![took] }),
        }
    }

    /// The tables in Markdown.
    pub(crate) fn tables(&self) -> String {
        let mut text = String::from(
            "| set | files | projects | what | processor time s | against A | per file ms | largest process MiB | all processes MiB | clock s | each run s |\n\
             |---|--:|--:|---|--:|--:|--:|--:|--:|--:|---|\n",
        );
        for line in &self.lines {
            let yardstick = self.lines.iter().find(|other| {
                other.set == line.set && other.files == line.files && other.subject == Subject::Yardstick
            });
            // A start reads no set: neither its size nor the bare reader says anything of it.
            let starts = matches!(line.subject, Subject::Version | Subject::Status);
            let told = |value: f64| if starts { String::new() } else { format!("{value:.2}") };
            let against = yardstick.map_or_else(String::new, |a| told(line.cpu() / a.cpu()));
            let per_file = told(line.cpu() * 1_000.0 / line.files.max(1) as f64);
            let each: Vec<String> = line.took.iter().map(|took| format!("{:.3}", took.cpu)).collect();
            let each = if each.len() > 5 { format!("{} runs", each.len()) } else { each.join(" ") };
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {:.3} | {against} | {per_file} | {:.0} | {:.0} | {:.3} | {each} |",
                line.set,
                line.files,
                line.rows,
                line.subject.title(),
                line.cpu(),
                line.median(|took| took.largest),
                line.median(|took| took.together),
                line.median(|took| took.wall),
            );
        }
        let bars = self.bars(Subject::Run, Subject::Styled).into_iter().chain(self.other_bars());
        write_bars(&mut text, bars);
        if self.lines.iter().any(|line| line.subject == Subject::Quick) {
            let _ = write!(text, "\nThe same of {}:\n", Subject::Quick.title());
            write_bars(&mut text, self.bars(Subject::Quick, Subject::StyledQuick).into_iter());
        }
        text
    }

    /// What is to be reached by runs without and with unused styles, from the project's issue on speed.
    fn bars(&self, run: Subject, styled: Subject) -> Vec<Bar> {
        let line = |set, subject| find(self, set, subject);
        let ratio = |set, over, under| Some(line(set, over)?.cpu() / line(set, under)?.cpu());
        let together = |set| Some(line(set, run)?.median(|took| took.together));
        let per_file = |set| line(set, run).map(|line| line.cpu() / line.files as f64);
        let growth = per_file("province").zip(per_file("county")).map(|(most, least)| most / least);
        use Subject::{Peer, Yardstick};
        vec![
            bar("city: processor time against A", (1.5, 0.6), "", ratio("city", run, Yardstick)),
            bar("city: with unused styles, against without", (1.2, 1.05), "", ratio("city", styled, run)),
            bar("city: processor time against the peer", (1.0, 0.5), "", ratio("city", run, Peer)),
            bar("one big workbook: processor time against A", (1.5, 0.8), "", ratio("one-big", run, Yardstick)),
            bar("one big workbook: memory of all processes", (800.0, 400.0), " MiB", together("one-big")),
            bar("province: memory of all processes", (600.0, 300.0), " MiB", together("province")),
            bar("processor time per file, province against county", (1.0, 1.0), "", growth),
        ]
    }

    /// What is to be reached besides.
    fn other_bars(&self) -> Vec<Bar> {
        let start = |subject| {
            let line = self.lines.iter().find(|line| line.subject == subject)?;
            Some(line.median(|took| took.wall) * 1_000.0)
        };
        let cpu = |subject| Some(find(self, "city", subject)?.cpu());
        use Subject::{Again, Run, Status, Version};
        let again = cpu(Again).zip(cpu(Run)).map(|(again, first)| again / first);
        vec![
            bar("city: again after one correction, against the first run", (0.15, 0.05), "", again),
            bar("start: --version, by the clock", (30.0, 10.0), " ms", start(Version)),
            bar("start: status, by the clock", (100.0, 50.0), " ms", start(Status)),
        ]
    }

    /// The tables with machine and date, and the chart if there is one.
    pub(crate) fn record(&self, picture: Option<&str>, threads: usize) -> Outcome<String> {
        let of_file = |path: &str, key: &str| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            text.lines()
                .find_map(|line| line.strip_prefix(key)?.split_once(':').map(|(_, value)| value.trim().to_owned()))
        };
        let processor = of_file("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
        let memory = of_file("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
        let memory = memory.map_or_else(String::new, |kib| format!(", {} GiB of memory", kib.div_ceil(1 << 20)));
        let said = |program: &str, arguments: &[&str]| -> Outcome<String> {
            let output = Command::new(program).args(arguments).output()?;
            Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
        };
        let (date, commit) = (said("date", &["-u", "+%F"])?, said("git", &["rev-parse", "--short", "HEAD"])?);
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let chart = picture.map_or_else(String::new, |name| format!("\n![cost against size]({name})\n"));
        Ok(format!(
            "# Benchmarks\n\n\
             Written by `cargo xtask bench` on {date}, commit {commit}: {processor}, {cores} processors{memory}; \
             the yardstick and the peer with {threads} threads.\n\n\
             Processor time is user + system of the program and of all that it starts; medians of runs taken in \
             turn with A, a bare calamine reader that counts cells; every run's figures were held against the \
             set's truth to the yuan. Memory of all processes counts shared pages in each. \
             CONTRIBUTING.md says how to repeat it.\n\n{}{chart}",
            self.tables()
        ))
    }
}

fn bar(what: &'static str, (bar, aim): (f64, f64), unit: &'static str, measured: Option<f64>) -> Bar {
    Bar { what, bar, aim, unit, measured }
}

/// The table of what is to be reached, as far as it was measured.
fn write_bars(text: &mut String, bars: impl Iterator<Item = Bar>) {
    *text += "\n| what is to be reached | bar | aim | measured | |\n|---|--:|--:|--:|---|\n";
    for bar in bars {
        let Some(measured) = bar.measured else { continue };
        let verdict = match measured {
            reached if reached <= bar.aim => "aim reached",
            held if held <= bar.bar => "bar held",
            _ => "**missed**",
        };
        let digits = if bar.unit.is_empty() { 2 } else { 0 };
        let shown = |value: f64| format!("{value:.digits$}{}", bar.unit);
        let (least, aim) = (shown(bar.bar), shown(bar.aim));
        let _ = writeln!(text, "| {} | {least} | {aim} | {} | {verdict} |", bar.what, shown(measured));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn took(cpu: f64) -> Took {
        Took { cpu, largest: 100.0, together: 250.0, wall: cpu, status: Some(0) }
    }

    fn report() -> Report {
        let mut report = Report::default();
        for cpu in [2.0, 1.0, 9.0] {
            report.add(("city", 1_000, 120_000), Subject::Yardstick, took(cpu));
            report.add(("city", 1_000, 120_000), Subject::Run, took(cpu * 1.4));
        }
        report
    }

    #[test]
    fn medians_and_not_means() {
        assert_eq!(report().lines[0].cpu(), 2.0);
        let mut even = report();
        even.add(("city", 1_000, 120_000), Subject::Yardstick, took(4.0));
        assert_eq!(even.lines[0].cpu(), 3.0);
    }

    #[test]
    fn only_what_was_measured_is_judged() {
        let told = report().tables();
        assert!(told.contains("| city: processor time against A | 1.50 | 0.60 | 1.40 | bar held |"), "{told}");
        assert!(!told.contains("province"), "{told}");
        let mut late = report();
        late.add(("city", 1_000, 120_000), Subject::Again, took(1.0));
        assert!(late.tables().contains("| 0.15 | 0.05 | 0.36 | **missed** |"));
    }

    #[test]
    fn runs_without_returns_are_judged_besides_and_not_in_their_place() {
        let mut quick = report();
        quick.add(("city", 1_000, 120_000), Subject::Quick, took(1.0));
        quick.add(("city", 1_000, 120_000), Subject::StyledQuick, took(1.1));
        let told = quick.tables();
        let (whole, without) = told.split_once("The same of wuzhang run --quick").unwrap();
        assert!(whole.contains("| city: processor time against A | 1.50 | 0.60 | 1.40 | bar held |"), "{told}");
        assert!(!whole.contains("| city: with unused styles, against without |"), "{told}");
        assert!(without.contains("| city: processor time against A | 1.50 | 0.60 | 0.50 | aim reached |"), "{told}");
        assert!(without.contains("| 1.20 | 1.05 | 1.10 | bar held |"), "{told}");
    }
}
