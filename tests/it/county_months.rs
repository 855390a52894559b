//! A small county month by month: CSV reports as units send them, run one after the other.

use std::path::Path;

use rust_xlsxwriter::Workbook;
use wuzhang::finding::Finding;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

/// The headings of a unit's report of key projects.
const HEADINGS: &str = "项目名称,项目代码,总投资,年度计划投资,本月完成投资,1-{m}月完成投资,实际开工时间,计划竣工时间,形象进度,存在问题,备注";

/// An office in a folder of its own.
pub(crate) struct County {
    root: tempfile::TempDir,
}

impl County {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
        Self { root }
    }

    pub(crate) fn path(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn workspace(&self) -> Workspace {
        Workspace::open(self.root.path()).unwrap()
    }

    /// A unit's report of key projects; the lines follow the headings above, amounts in 万元.
    pub(crate) fn report(&self, period: &str, unit: &str, lines: &[&str]) -> &Self {
        let (year, month) = period.split_once('-').unwrap();
        let month = month.trim_start_matches('0');
        let mut text = format!("{unit}{year}年1-{month}月重点项目完成情况（单位：万元）\n填报单位：{unit}\n");
        text += &HEADINGS.replace("{m}", month);
        for line in lines {
            text += &format!("\n{line}");
        }
        self.file(period, &format!("{unit}重点项目.csv"), text.as_bytes())
    }

    /// Any file of the inbox.
    pub(crate) fn file(&self, period: &str, name: &str, bytes: &[u8]) -> &Self {
        let inbox = self.root.path().join("inbox").join(period);
        std::fs::create_dir_all(&inbox).unwrap();
        std::fs::write(inbox.join(name), bytes).unwrap();
        self
    }

    /// The settings: each sheet with its rows of cells separated by `|`, headings first.
    pub(crate) fn settings(&self, sheets: &[(&str, &[&str])]) -> &Self {
        let mut workbook = Workbook::new();
        for (name, lines) in sheets {
            let sheet = workbook.add_worksheet().set_name(*name).unwrap();
            for (row, line) in (0u32..).zip(*lines) {
                for (column, cell) in (0u16..).zip(line.split('|')) {
                    sheet.write_string(row, column, cell.trim()).unwrap();
                }
            }
        }
        workbook.save(self.root.path().join("settings.xlsx")).unwrap();
        self
    }

    pub(crate) fn run(&self, period: &str) -> Outcome {
        run(&self.workspace(), period.parse().unwrap(), &|_| {}).unwrap_or_else(|error| panic!("{period}: {error}"))
    }

    /// Runs, and gives the findings' rules with the words they hold, in order.
    pub(crate) fn told(&self, period: &str) -> Vec<Finding> {
        self.run(period).findings
    }
}

/// The rules of findings, in order, each as often as it speaks.
pub(crate) fn rules(findings: &[Finding]) -> Vec<&str> {
    let mut rules: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules
}

/// The words of a rule's only finding.
#[track_caller]
pub(crate) fn words<'f>(findings: &'f [Finding], rule: &str) -> &'f str {
    let found: Vec<&Finding> = findings.iter().filter(|finding| &*finding.rule == rule).collect();
    assert_eq!(found.len(), 1, "{rule}: {findings:#?}");
    &found[0].message
}
