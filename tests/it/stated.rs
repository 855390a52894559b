//! Figures that departments state about their own columns, recomputed through the whole program.

use std::fs;

use wuzhang::finding::Finding;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::stated::Verdict;
use wuzhang::workspace::Workspace;

/// A form that none of the built-in books knows: attraction by industry, with shares of the whole.
const SUMMARY: &str = r#"
id = "by_industry"
title = "招商引资分产业"
row = "一类产业"
subject = "industry"
words = ["分产业", "占比"]
[[field]]
id = "industry"
title = "产业"
kind = "text"
required = true
spellings = ["产业"]
[[field]]
id = "count"
title = "项目个数"
kind = "count"
spellings = ["签约个数"]
[[field]]
id = "count_share"
title = "个数占比"
kind = "rate"
spellings = ["占总数比重"]
[[field]]
id = "contract"
title = "合同额"
kind = "amount"
spellings = ["引资合同额"]
[[field]]
id = "contract_share"
title = "合同额占比"
kind = "rate"
spellings = ["占合同额比重"]
[[stated]]
field = "count_share"
part = "count"
whole_of = "count"
[[stated]]
field = "contract_share"
part = "contract"
whole_of = "contract"
[[measure]]
id = "by_industry_count"
title = "项目个数"
measured_in = "count"
numerator = "SUM(count)"
words = "各产业项目个数之和"
"#;

/// S001: 59 of 74 projects and 45.89 of 77.64 亿元 are industrial, stated as 79.7% and 59.2%.
const STATED: &str = "招商引资项目分产业占比情况（单位：亿元）,,,,\n\
    产业,签约个数,占总数比重,引资合同额,占合同额比重\n\
    工业,59,79.7%,45.89,59.2%\n\
    三产,15,20.3%,31.75,40.9%\n\
    合计,74,100%,77.64,100%\n";

fn run_with(files: &[(&str, &str)]) -> (tempfile::TempDir, Outcome) {
    let root = tempfile::tempdir().unwrap();
    let inbox = root.path().join("inbox/2026-09");
    fs::create_dir_all(&inbox).unwrap();
    fs::create_dir(root.path().join("profile")).unwrap();
    fs::write(root.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    fs::write(root.path().join("profile/by_industry.toml"), SUMMARY).unwrap();
    for (name, text) in files {
        fs::write(inbox.join(name), text).unwrap();
    }
    let outcome = run(&Workspace::open(root.path()).unwrap(), "2026-09".parse().unwrap(), &|_| {}).unwrap();
    (root, outcome)
}

fn told(outcome: &Outcome) -> Vec<(Option<u32>, Option<u32>, &str)> {
    let stated = |finding: &&Finding| &*finding.rule == "stated.unlike";
    let findings = outcome.findings.iter().filter(stated);
    findings.map(|finding| (finding.place.row(), finding.place.column(), &*finding.message)).collect()
}

#[test]
fn a_share_that_no_rounding_gives_is_asked_about() {
    let (_root, outcome) = run_with(&[("招商局.csv", STATED)]);
    let expected = "合同额占比：填报59.2%，按表中的数复算为59.1%";
    assert_eq!(told(&outcome), [(Some(3), Some(5), expected)]);
    // The other two shares of data rows are right as they stand, and so are the totals.
    assert_eq!(outcome.stated.reproduced, 3);
    let verdicts: Vec<Verdict> = outcome.stated.lines.iter().map(|line| line.verdict).collect();
    assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::NotReproduced).count(), 1);
    assert_eq!(verdicts.len(), 4, "the share that is wrong, two shares of 100%, the total of the contracts");
}

#[test]
fn a_total_s_own_rate_is_recomputed_too() {
    let sheet = "城关镇2026年9月重点项目（单位：万元）,,,,\n\
        项目名称,总投资,年度计划投资,1-9月完成投资,完成率\n\
        滨水公园,3000,1000,600,60.0\n\
        二小扩建,4000,2000,700,35.0\n\
        合计,7000,3000,1300,45.0\n";
    let (_root, outcome) = run_with(&[("城关镇.csv", sheet)]);
    assert_eq!(told(&outcome), [(Some(5), Some(5), "完成率：填报45.0%，按表中的数复算为43.3%")]);
    assert_eq!(outcome.stated.reproduced, 2);
}

#[test]
fn a_share_without_a_whole_is_not_checkable_and_no_panic() {
    let sheet = STATED.replace(",77.64,", ",0,").replace(",74,", ",0,").replace("45.89", "9".repeat(40).as_str());
    let (_root, outcome) = run_with(&[("招商局.csv", &sheet)]);
    let shares = outcome.stated.lines.iter().filter(|line| line.title.ends_with("占比"));
    assert!(shares.clone().count() > 0);
    assert!(shares.clone().all(|line| line.verdict == Verdict::NotCheckable), "{:?}", shares.collect::<Vec<_>>());
}
