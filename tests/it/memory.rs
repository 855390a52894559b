//! A doubtful layout is asked about once: confirmed, it is read that way from then on; changed, it
//! is asked about again.

use std::path::{Path, PathBuf};

use wuzhang::layout::ConfirmedLayout;
use wuzhang::period::Period;
use wuzhang::pipeline::memory::{self, Decision, MemoryError};
use wuzhang::pipeline::{InspectedSheet, Inspection, inspect};
use wuzhang::profile::Profile;
use wuzhang::record::Values;
use wuzhang::workspace::Workspace;

/// Neither the unit of money is told nor since when 累计完成投资 counts.
const OCTOBER: &str = "\
2026年重点项目进展情况表,,,,,
填报单位：城关镇,,,,,
序号,项目名称,总投资,年度计划投资,累计完成投资,备注
1,污水处理厂扩建,12000,5000,3100,
2,农贸市场改造,800,800,420,
3,环城北路,36000,9000,8000,
";

struct Office {
    root: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
        Self { root }
    }

    /// Puts a file into the inbox of a month.
    fn file(&self, month: &str, text: &str) -> PathBuf {
        let folder = self.root.path().join("inbox").join(month);
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("重点项目.csv");
        std::fs::write(&path, text).unwrap();
        path
    }

    fn workspace(&self) -> Workspace {
        Workspace::open(self.root.path()).unwrap()
    }

    /// Reads a file as `wuzhang inspect` does, without a period given.
    fn read(&self, path: &Path) -> InspectedSheet {
        let by = Inspection {
            profile: Profile::built_in(),
            workspace: Workspace::around(path).unwrap(),
            period: None,
            otherwise: first(),
        };
        inspect(&[path.to_owned()], &by).unwrap().remove(0)
    }

    fn confirm(&self, path: &Path, decision: &Decision) -> Result<ConfirmedLayout, MemoryError> {
        memory::confirm(&self.workspace(), path, decision, first())
    }
}

fn first() -> Period {
    Period::new(2000, 1).unwrap()
}

/// The layout rules that have something to say, in order.
fn rules(sheet: &InspectedSheet) -> Vec<&str> {
    let (_, layout) = sheet.read.as_ref().unwrap();
    let mut rules: Vec<&str> = layout.findings.iter().map(|finding| &*finding.rule).collect();
    rules.sort_unstable();
    rules
}

/// The field that a heading was read as.
fn field<'s>(sheet: &'s InspectedSheet, heading: &str) -> Option<&'s str> {
    let (_, layout) = sheet.read.as_ref().unwrap();
    layout.columns.iter().find(|column| column.header == heading).unwrap().field.as_deref()
}

fn by(columns: &[(&str, &str)]) -> Decision {
    let columns = columns.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
    Decision { columns, by: "周某".into(), reason: "电话核实".into(), ..Decision::default() }
}

#[test]
fn a_confirmed_layout_is_not_asked_about_again() {
    let office = Office::new();
    let path = office.file("2026-10", OCTOBER);
    assert_eq!(rules(&office.read(&path)), ["amount.no_unit", "header.ambiguous"]);
    let kept = office.confirm(&path, &by(&[])).unwrap();
    assert_eq!((kept.columns["E"].as_str(), kept.money.as_str(), kept.unit.as_str()), ("done", "万元", "城关镇"));

    let again = office.read(&path);
    assert_eq!(rules(&again), ["layout.confirmed"]);
    assert_eq!(again.fingerprint.as_deref(), Some(kept.fingerprint.as_str()));
    // The next month's rows and title are others, its layout is not.
    let november = office.file("2026-11", &OCTOBER.replace("3100", "3600").replace("3,环城北路", "5,南门桥"));
    let november = office.read(&november);
    assert_eq!(rules(&november), ["layout.confirmed"]);
    let message = &november.read.as_ref().unwrap().1.findings[0].message;
    assert!(message.contains("周某（电话核实）"), "{message}");
}

#[test]
fn the_offices_columns_hold_against_the_evidence() {
    let office = Office::new();
    let path = office.file("2026-10", OCTOBER);
    // Since the project's beginning, as the town says: then nothing tells this year's completion.
    office.confirm(&path, &Decision { money: Some("元".into()), ..by(&[("e", "-"), ("F", "problem")]) }).unwrap();
    let sheet = office.read(&path);
    assert_eq!((field(&sheet, "累计完成投资"), field(&sheet, "备注")), (None, Some("problem")));
    let plan = sheet.table.as_ref().unwrap().column("plan").unwrap();
    assert_eq!(plan.values, Values::Amount([Some(5000), Some(800), Some(9000)].into_iter().collect()));
}

#[test]
fn a_changed_layout_is_asked_about_and_says_what_changed() {
    let office = Office::new();
    office.confirm(&office.file("2026-10", OCTOBER), &by(&[])).unwrap();
    let grown = OCTOBER
        .replace("年度计划投资,", "年度计划投资,本月完成投资,")
        .replace("000,", "000,7,")
        .replace("800,8", "800,7,8");
    let sheet = office.read(&office.file("2026-11", &grown));
    assert_eq!(rules(&sheet), ["amount.no_unit", "header.ambiguous", "layout.changed"]);
    let findings = &sheet.read.as_ref().unwrap().1.findings;
    let changed = findings.iter().find(|finding| &*finding.rule == "layout.changed").unwrap();
    assert!(changed.message.contains("新增了列“本月完成投资”"), "{}", changed.message);
    // Another unit's table is no changed one.
    let other = office.read(&office.file("2026-11", &grown.replace("城关镇", "龙潭镇")));
    assert!(!rules(&other).contains(&"layout.changed"));
}

#[test]
fn a_period_left_over_in_a_heading_is_accepted_only_as_it_stood() {
    let office = Office::new();
    let headed = |words: &str| OCTOBER.replace("累计完成投资", words).replace("总投资", "总投资（万元）");
    let current = office.file("2026-10", &headed("1-10月完成投资"));
    office.confirm(&current, &by(&[])).unwrap();
    let forgotten = office.file("2026-11", &headed("1-10月完成投资"));
    assert_eq!(rules(&office.read(&forgotten)), ["header.stale_period", "layout.confirmed"]);
    office.confirm(&forgotten, &by(&[])).unwrap();
    assert_eq!(rules(&office.read(&forgotten)), ["layout.confirmed"]);
    let older = office.file("2026-12", &headed("1-11月完成投资"));
    assert_eq!(rules(&office.read(&older)), ["header.stale_period", "layout.confirmed"]);
}

#[test]
fn what_is_forgotten_is_asked_about_again() {
    let office = Office::new();
    let path = office.file("2026-10", OCTOBER);
    let kept = office.confirm(&path, &by(&[])).unwrap();
    let workspace = office.workspace();
    assert_eq!(memory::forget(&workspace, "0000000000000000").unwrap(), None);
    assert_eq!(memory::forget(&workspace, &kept.fingerprint).unwrap(), Some(kept));
    assert_eq!(rules(&office.read(&path)), ["amount.no_unit", "header.ambiguous"]);
}

#[test]
fn what_is_no_book_is_said_once() {
    let office = Office::new();
    let path = office.file("2026-10", OCTOBER);
    let kept = office.confirm(&path, &Decision { book: Some("-".into()), ..by(&[]) }).unwrap();
    assert_eq!((kept.book.as_str(), kept.columns.len()), ("", 0));
    let sheet = office.read(&path);
    assert_eq!((rules(&sheet), sheet.table.is_none()), (vec!["layout.confirmed"], true));
}

#[test]
fn a_decision_that_means_nothing_is_not_kept() {
    let office = Office::new();
    let path = office.file("2026-10", OCTOBER);
    let told = |decision: Decision| office.confirm(&path, &decision).unwrap_err().to_string();
    assert!(told(by(&[("Z", "done")])).contains("没有列“Z”"));
    assert!(told(by(&[("E", "dnoe")])).contains("没有字段“dnoe”"));
    assert!(told(by(&[("E", "done"), ("F", "done")])).contains("done"));
    assert!(told(by(&[("B", "-")])).contains("项目名称"));
    assert!(told(Decision { book: Some("roads".into()), ..by(&[]) }).contains("没有账册“roads”"));
    assert!(told(Decision { sheet: Some("封面".into()), ..by(&[]) }).contains("重点项目"));
    assert!(!office.workspace().layouts.exists());
}
