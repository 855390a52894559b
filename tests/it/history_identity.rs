//! Identity over time through the whole program: who may be whom is asked about, and kept once decided.

use wuzhang::finding::Finding;
use wuzhang::pipeline::Outcome;

use crate::county_months::{County, rules, words};

const LINKS: &str = "账册|原名称|原账册|现名称|现代码|关系|生效时间|依据文件";

fn keys(outcome: &Outcome, book: &str) -> Vec<(String, String)> {
    let facts = &outcome.merged.facts[book];
    let text = |column: &str, row| facts.text(column, row).unwrap_or_default().to_owned();
    (0..facts.height()).map(|row| (text("key", row), text("name", row))).collect()
}

/// April with two projects, May with the first under another name.
fn renamed() -> County {
    let county = County::new();
    let market = "农贸市场改造,,800,600,50,200,2026-02,2026-11,装修,无,";
    county.report("2026-04", "城关镇", &["污水处理厂扩建,,5000,1000,100,400,2025-03,2027-12,主体施工,无,", market]);
    county.run("2026-04");
    let market = "农贸市场改造,,800,600,50,250,2026-02,2026-11,装修,无,";
    county.report(
        "2026-05",
        "城关镇",
        &["城关镇第二污水厂建设工程,,5000,1000,100,500,2025-03,2027-12,主体施工,无,", market],
    );
    county
}

#[test]
fn a_rename_is_asked_about_with_its_evidence_and_kept_once_decided() {
    let county = renamed();
    let findings = county.told("2026-05");
    assert_eq!(rules(&findings), ["project.renamed"], "neither gone nor new beside it: {findings:#?}");
    let said = words(&findings, "project.renamed");
    for evidence in
        ["2026年4月的“污水处理厂扩建”", "“城关镇第二污水厂建设工程”", "总投资、年度计划投资", "实际开工时间"]
    {
        assert!(said.contains(evidence), "{evidence}: {said}");
    }
    county.settings(&[(
        "认定",
        &[LINKS, "重点建设项目|污水处理厂扩建||城关镇第二污水厂建设工程||更名|2026-05|云山发改〔2026〕12号"],
    )]);
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), [""; 0], "{:#?}", may.findings);
    let renamed = ("污水处理厂扩建@城关镇".to_owned(), "城关镇第二污水厂建设工程".to_owned());
    assert!(keys(&may, "key_projects").contains(&renamed), "{:?}", keys(&may, "key_projects"));
    assert_eq!(may.merged.links.len(), 1);
    // In June the ledger knows both names; a figure that falls is held against the old name's month.
    county.report(
        "2026-06",
        "城关镇",
        &[
            "城关镇第二污水厂建设工程,,5000,1000,0,450,2025-03,2027-12,主体施工,资金,",
            "农贸市场改造,,800,600,50,300,2026-02,2026-11,装修,无,",
        ],
    );
    let june = county.run("2026-06");
    assert_eq!(rules(&june.findings), ["done.fallen"], "{:#?}", june.findings);
    assert!(keys(&june, "key_projects").contains(&renamed));
}

#[test]
fn a_project_that_gets_its_code_keeps_its_key() {
    let county = County::new();
    county.report("2026-04", "城关镇", &["污水处理厂扩建,,5000,1000,100,400,2025-03,2027-12,主体施工,无,"]);
    county.run("2026-04");
    county.report(
        "2026-05",
        "城关镇",
        &["污水处理厂扩建,2026-411500-46-01-000123,5000,1000,100,500,2025-03,2027-12,主体施工,无,"],
    );
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), [""; 0], "{:#?}", may.findings);
    assert_eq!(keys(&may, "key_projects")[0].0, "污水处理厂扩建@城关镇");
    // The code then carries another name as well.
    county.report(
        "2026-06",
        "城关镇",
        &["城北净水厂,2026-411500-46-01-000123,5000,1000,100,600,2025-03,2027-12,主体施工,无,"],
    );
    let june = county.run("2026-06");
    assert_eq!(keys(&june, "key_projects")[0].0, "污水处理厂扩建@城关镇");
    assert_eq!(rules(&june.findings), [""; 0], "{:#?}", june.findings);
}

#[test]
fn a_split_is_known_by_its_sum() {
    let county = County::new();
    county.report("2026-04", "城关镇", &["城区道路改造工程,,5000,1000,100,400,2025-03,2027-12,主体施工,无,"]);
    county.run("2026-04");
    county.report(
        "2026-05",
        "城关镇",
        &[
            "城区道路改造工程（东街）,,3000,600,60,300,2025-03,2027-12,施工,无,",
            "城区道路改造工程（西街）,,2000,400,40,200,2025-03,2027-12,施工,无,",
        ],
    );
    let findings = county.told("2026-05");
    assert_eq!(rules(&findings), ["project.split"], "{findings:#?}");
    county.settings(&[(
        "认定",
        &[
            LINKS,
            "重点建设项目|城区道路改造工程||城区道路改造工程（东街）||拆分|2026-05|文1",
            "重点建设项目|城区道路改造工程||城区道路改造工程（西街）||拆分|2026-05|文1",
        ],
    )]);
    let may = county.run("2026-05");
    assert_eq!(rules(&may.findings), [""; 0], "{:#?}", may.findings);
    assert_eq!(may.merged.links.len(), 2);
}

#[test]
fn decisions_about_nothing_and_against_the_data_are_told() {
    let county = renamed();
    county.settings(&[(
        "认定",
        &[
            LINKS,
            "重点建设项目|环城北路||环城大道||更名|2026-05|文1",
            "重点建设项目|污水处理厂扩建||农贸市场改造||更名|2026-05|文2",
            "重点建设项目|农贸市场改造||城关镇第二污水厂建设工程||更名|2026-05|文3",
        ],
    )]);
    let findings = county.told("2026-05");
    let of = |rule: &str| -> Vec<&Finding> { findings.iter().filter(|finding| &*finding.rule == rule).collect() };
    assert_eq!(of("link.stale").len(), 1, "{findings:#?}");
    assert!(
        of("link.both_reported")[0].message.contains("“农贸市场改造”更名为“城关镇第二污水厂建设工程”"),
        "{findings:#?}"
    );
}

#[test]
fn what_moves_from_one_book_to_another_is_suggested() {
    let county = County::new();
    let reserve = |month: &str, lines: &[&str]| {
        let text = format!(
            "城关镇2026年{month}月谋划储备项目（单位：万元）\n填报单位：城关镇\n序号,项目名称,建设内容及规模,总投资,谋划阶段,备注\n{}",
            lines.join("\n")
        );
        county.file(&format!("2026-0{month}"), "城关镇储备项目.csv", text.as_bytes());
    };
    reserve("4", &["1,柳河大桥,新建大桥一座,3000,可研,", "2,滨河公园,公园,900,谋划,"]);
    county.report("2026-04", "城关镇", &["污水处理厂扩建,,5000,1000,100,400,2025-03,2027-12,主体施工,无,"]);
    let april = county.run("2026-04");
    assert_eq!(april.merged.facts["reserve"].height(), 2, "{:#?}", april.findings);
    reserve("5", &["1,滨河公园,公园,900,谋划,"]);
    county.report(
        "2026-05",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,100,500,2025-03,2027-12,主体施工,无,",
            "柳河大桥,,3000,600,260,260,2026-05,2027-12,施工,无,",
        ],
    );
    let findings = county.told("2026-05");
    let told: Vec<&str> = rules(&findings).into_iter().filter(|rule| rule.starts_with("project.")).collect();
    assert_eq!(told, ["project.moved"], "{findings:#?}");
    county.settings(&[("认定", &[LINKS, "重点建设项目|柳河大桥|谋划储备项目|柳河大桥||转入|2026-05|文1"])]);
    let may = county.run("2026-05");
    assert!(!rules(&may.findings).iter().any(|rule| rule.starts_with("project.")), "{:#?}", may.findings);
}
