//! Checks across months through the whole program: what each month's reports say against the last.

use crate::county_months::{County, rules, words};

/// Two sound months of one town.
fn april_and(may: &[&str]) -> County {
    let county = County::new();
    county.report(
        "2026-04",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,100,400,2025-03,2027-12,主体施工,无,",
            "农贸市场改造,,800,600,50,200,2026-02,2026-11,装修,无,",
        ],
    );
    assert_eq!(rules(&county.told("2026-04")), [""; 0], "the first month has nothing to be held against");
    county.report("2026-05", "城关镇", may);
    county
}

const PLANT: &str = "污水处理厂扩建,,5000,1000,100,500,2025-03,2027-12,主体施工,无,";
const MARKET: &str = "农贸市场改造,,800,600,50,250,2026-02,2026-11,装修,无,";

#[test]
fn a_clean_month_after_a_clean_month_has_no_findings() {
    let county = april_and(&[PLANT, MARKET]);
    let outcome = county.run("2026-05");
    assert_eq!(rules(&outcome.findings), [""; 0], "{:#?}", outcome.findings);
    let counts = &outcome.checks["key_projects"].rules;
    let fallen = counts.iter().find(|count| count.rule == "done.fallen").unwrap();
    assert_eq!((fallen.held, fallen.failed, fallen.not_evaluated), (2, 0, 0));
}

#[test]
fn each_fault_across_months_is_told_once() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "污水处理厂扩建,,5000,1000,0,350,2025-03,2027-12,主体施工,无,",
            "done.fallen",
            "350万元，小于2026年4月报的累计400万元",
        ),
        (
            "污水处理厂扩建,,5000,1000,100,520,2025-03,2027-12,主体施工,无,",
            "done.not_sum",
            "400万元加本月100万元，不等于本期累计520万元",
        ),
        (
            "污水处理厂扩建,,5000,1200,100,500,2025-03,2027-12,主体施工,无,",
            "plan.changed",
            "1200万元，2026年4月为1000万元",
        ),
        ("污水处理厂扩建,,6100,1000,100,500,2025-03,2027-12,主体施工,无,", "total.changed_far", "变动超过20%"),
        (
            "污水处理厂扩建,,5000,1000,100,500,2025-09,2027-12,主体施工,无,",
            "start.moved",
            "2025年9月，2026年4月报的是2025年3月",
        ),
        ("污水处理厂扩建,,5000,1000,100,500,,2027-12,主体施工,无,", "start.withdrawn", "报的是2025年3月"),
        (
            "污水处理厂扩建,,5000,1000,100,500,2025-03,2028-06,主体施工,无,",
            "finish.postponed",
            "由2027年12月推迟到2028年6月",
        ),
        ("污水处理厂扩建,,5000,1000,100,500,2025-03-18,2027-12,主体施工,无,", "", ""),
        ("污水处理厂扩建,,6100,1000,100,500,2025-03,2027-12,主体施工,无,初设批复调增", "", ""),
    ];
    for (line, rule, said) in cases {
        let findings = april_and(&[line, MARKET]).told("2026-05");
        let expected: Vec<&str> = [*rule].into_iter().filter(|rule| !rule.is_empty()).collect();
        assert_eq!(rules(&findings), expected, "{line}: {findings:#?}");
        if !rule.is_empty() {
            assert!(words(&findings, rule).contains(said), "{}", words(&findings, rule));
        }
    }
}

#[test]
fn a_unit_mistaken_is_told_and_not_its_consequences() {
    // 万元 under a heading of 万元, but typed in 元: everything of the row is 10,000 times as much.
    let county = april_and(&["污水处理厂扩建,,50000000,10000000,1000000,5000000,2025-03,2027-12,主体施工,无,", MARKET]);
    let findings = county.told("2026-05");
    let told: Vec<&str> = rules(&findings).into_iter().filter(|rule| !rule.starts_with("leader")).collect();
    assert_eq!(told, ["amount.unit_changed"; 4], "{findings:#?}");
}

#[test]
fn the_year_begins_anew() {
    let county = County::new();
    county.report(
        "2026-12",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,100,1000,2025-03,2027-12,主体施工,无,",
            "农贸市场改造,,800,600,50,600,2026-02,2026-11,已竣工,无,",
        ],
    );
    county.run("2026-12");
    county.report(
        "2027-01",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1500,200,200,2025-03,2027-12,主体施工,无,",
            "文化中心,,3000,800,70,70,2027-01,2028-11,基础施工,无,",
        ],
    );
    let findings = county.told("2027-01");
    assert_eq!(rules(&findings), [""; 0], "{findings:#?}");
}

#[test]
fn the_same_figure_for_months_is_asked_about_from_the_third_on() {
    let county = april_and(&["污水处理厂扩建,,5000,1000,0,400,2025-03,2027-12,主体施工,无,", MARKET]);
    assert_eq!(rules(&county.told("2026-05")), [""; 0]);
    county.report(
        "2026-06",
        "城关镇",
        &[
            "污水处理厂扩建,,5000,1000,0,400,2025-03,2027-12,主体施工,征迁未完成,",
            "农贸市场改造,,800,600,50,300,2026-02,2026-11,装修,无,",
        ],
    );
    let findings = county.told("2026-06");
    assert!(words(&findings, "done.unmoved").contains("与前2期相同"), "{findings:#?}");
    assert_eq!(rules(&findings), ["done.unmoved"]);
}

#[test]
fn who_is_gone_who_is_new_and_who_is_silent() {
    let county = april_and(&[PLANT, "文化中心,,3000,800,350,350,2026-05,2027-11,基础施工,无,"]);
    county.report("2026-04", "柳河乡", &["柳河大桥,,2000,500,50,200,2026-01,2026-12,施工,无,"]);
    county.run("2026-04");
    let findings = county.told("2026-05");
    assert_eq!(rules(&findings), ["project.new", "project.vanished", "unit.silent"], "{findings:#?}");
    assert!(words(&findings, "project.vanished").contains("“农贸市场改造”"));
    assert!(words(&findings, "project.new").contains("“文化中心”"));
    let silent = findings.iter().find(|finding| &*finding.rule == "unit.silent").unwrap();
    assert_eq!(&*silent.place.file, "柳河乡");
}

#[test]
fn what_two_books_or_a_packed_project_say_twice_is_asked_about() {
    let county = County::new();
    county.report(
        "2026-05",
        "城关镇",
        &[
            "智能装备产业园,,8000,2000,200,1000,2025-09,2027-12,主体施工,无,",
            "老旧小区改造,,500,500,50,300,2026-02,2026-11,施工,无,",
            "老旧小区改造东街片区,,300,300,30,200,2026-02,2026-11,施工,无,",
            "老旧小区改造西街片区,,200,200,20,100,2026-02,2026-11,施工,无,",
        ],
    );
    let text = "城关镇2026年1-5月招商引资项目情况表（单位：万元）\n填报单位：城关镇\n序号,项目名称,投资方,签约时间,协议投资额,到位资金,开工时间\n1,智能装备产业园,云海集团,2025-06,8000,1000,2026-01";
    county.file("2026-05", "城关镇招商引资.csv", text.as_bytes());
    let findings = county.told("2026-05");
    assert_eq!(rules(&findings), ["books.differ", "project.packed"], "{findings:#?}");
    let said = words(&findings, "books.differ");
    assert!(said.contains("开工时间") && said.contains("2025-09") && said.contains("2026-01"), "{said}");
    assert!(words(&findings, "project.packed").starts_with("“老旧小区改造”"));
}
