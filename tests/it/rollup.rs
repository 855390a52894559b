//! A city of three counties through the whole program: each county's run, what it hands up, the city's run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::ledger::{put, run, told};
use crate::trees::tree;

/// Each county's projects of its one town, plans of 1,000 万元 each.
const COUNTIES: [(&str, &str, &[f64]); 3] = [
    ("云山县", "城关镇", &[500.0, 300.0]),
    ("清溪县", "城关镇", &[900.0]),
    ("石门区", "石门镇", &[100.0, 200.0, 450.5]),
];

/// The counties' offices in folders of their own, their May run; and the city's office, with nothing in its inbox.
fn city(folder: &Path) {
    for (county, town, done) in COUNTIES {
        let office = folder.join(county);
        fs::create_dir_all(&office).unwrap();
        fs::write(office.join("wuzhang.toml"), format!("county = \"{county}\"\n")).unwrap();
        let names = ["水厂扩建", "滨河路", "中心小学"];
        let projects: Vec<(&str, f64)> = names.into_iter().zip(done.iter().copied()).collect();
        put(&office, 5, town, &projects);
        run(&office, 5);
    }
    let office = folder.join("云州市");
    fs::create_dir_all(office.join("inbox/2026-05")).unwrap();
    let counties = COUNTIES.map(|(county, ..)| format!("\"{county}\"")).join(", ");
    let config = format!("county = \"云州市\"\nlevel = \"city\"\ncounties = [{counties}]\n");
    fs::write(office.join("wuzhang.toml"), config).unwrap();
}

fn inbox(folder: &Path, county: &str) -> std::path::PathBuf {
    let inbox = folder.join("云州市/inbox/2026-05").join(county);
    fs::create_dir_all(&inbox).unwrap();
    inbox
}

fn send_workbook(folder: &Path, county: &str) {
    let made = folder.join(county).join("out/2026-05/汇总上报表.xlsx");
    fs::copy(made, inbox(folder, county).join("汇总上报表.xlsx")).unwrap();
}

fn send_ledger(folder: &Path, county: &str) {
    let to = inbox(folder, county).join("ledger");
    for (name, bytes) in tree(&folder.join(county).join("ledger")) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The city's measures: by ranking, group and measure.
fn measures(folder: &Path) -> BTreeMap<(String, String, String), Value> {
    let said = told(&folder.join("云州市"), 0, &["measures", ".", "--period", "2026-05", "--json"]);
    let lines = said.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let lines = lines.filter(|line| line["book"] == "key_projects");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    lines.map(|line| ((text(&line["ranking"]), text(&line["group"]), text(&line["measure"])), line)).collect()
}

#[test]
fn three_counties_become_a_city() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    city(at);
    send_workbook(at, "云山县");
    send_ledger(at, "清溪县");
    send_workbook(at, "石门区");
    let office = at.join("云州市");
    let said = told(&office, 0, &["run", ".", "--period", "2026-05"]);
    assert!(said.contains("汇总上报表.xlsx"), "the city hands up in its turn: {said}");

    let measured = measures(at);
    let of = |ranking: &str, group: &str, measure: &str| {
        measured
            .get(&(ranking.to_owned(), group.to_owned(), measure.to_owned()))
            .unwrap_or_else(|| panic!("{group} {measure}"))
    };
    // 500 + 300 + 900 + 100 + 200 + 450.5 万元 of six plans of 1,000.
    assert_eq!(of("county", "全市", "done")["value"].to_string(), "2450.5");
    assert_eq!(of("county", "全市", "plan")["value"].to_string(), "6000");
    for (place, county, done, plan) in
        [(1, "清溪县", 900.0, 1000), (2, "云山县", 800.0, 2000), (3, "石门区", 750.5, 3000)]
    {
        assert_eq!(of("counties", county, "completion")["place"], place);
        assert_eq!(of("counties", county, "done")["value"].as_f64(), Some(done));
        assert_eq!(of("counties", county, "plan")["value"].as_f64(), Some(f64::from(plan)));
    }
    // Two towns of one name are two.
    assert_eq!(of("towns", "云山县·城关镇", "done")["value"].as_f64(), Some(800.0));
    assert_eq!(of("towns", "清溪县·城关镇", "done")["value"].as_f64(), Some(900.0));

    // Down to the department's cell, for the counties' parts add up to the city's.
    let sql = "SELECT county_group, SUM(done) AS done FROM key_projects GROUP BY county_group ORDER BY done DESC";
    let csv = told(&office, 0, &["query", ".", sql, "--csv"]);
    assert_eq!(csv.lines().skip(1).collect::<Vec<_>>(), ["清溪县,9000000", "云山县,8000000", "石门区,7505000"]);
    let rows = "SELECT file, sheet, row, done FROM key_projects WHERE county_group = '石门区' AND name = '中心小学'";
    assert_eq!(
        told(&office, 0, &["query", ".", rows, "--csv"]).lines().nth(1),
        Some("石门区/石门镇.xlsx,Sheet1,5,4505000")
    );

    let before = tree(&office);
    run(&office, 5);
    assert!(tree(&office) == before, "the same submissions give the same bytes");
}

#[test]
fn a_corrected_county_changes_the_city_and_the_diff_names_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    city(at);
    for (county, ..) in COUNTIES {
        send_workbook(at, county);
    }
    let office = at.join("云州市");
    run(&office, 5);
    put(&at.join("石门区"), 5, "石门镇", &[("水厂扩建", 990.0), ("滨河路", 990.0), ("中心小学", 950.5)]);
    run(&at.join("石门区"), 5);
    send_workbook(at, "石门区");
    run(&office, 5);
    let diff: Value = serde_json::from_str(&told(&office, 0, &["diff", ".", "--period", "2026-05", "--json"])).unwrap();
    assert_eq!(diff["files"][0]["file"], "石门区/汇总上报表.xlsx");
    let values = diff["values"].as_array().unwrap();
    let changed = values.iter().find(|value| value["name"] == "水厂扩建" && value["column"] == "done").unwrap();
    assert_eq!(changed["place"], "石门区/石门镇.xlsx › Sheet1 › D3");
    let place = diff["places"]
        .as_array()
        .unwrap()
        .iter()
        .find(|p| p["ranking"] == "counties" && p["group"] == "石门区")
        .unwrap();
    assert_eq!((&place["before"]["place"], &place["after"]["place"]), (&Value::from(3), &Value::from(1)));
}

#[test]
fn what_is_missing_or_foreign_is_told_and_the_others_count() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    city(at);
    send_workbook(at, "云山县");
    fs::copy(at.join("清溪县/inbox/2026-05/城关镇.xlsx"), inbox(at, "清溪县").join("城关镇.xlsx")).unwrap();
    let office = at.join("云州市");
    let said = told(&office, 1, &["run", ".", "--period", "2026-05", "--json"]);
    let run: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(run["findings"]["error"], 2, "two counties are missing: {said}");
    assert_eq!(run["findings"]["note"], 1, "a department's workbook is nothing to a city");
    let manifest: Value =
        serde_json::from_str(&fs::read_to_string(office.join("out/2026-05/run.json")).unwrap()).unwrap();
    assert_eq!(manifest["findings"]["error"]["rules"]["rollup.missing"], 2);
    assert_eq!(measures(at)[&("counties".into(), "云山县".into(), "done".into())]["value"].as_f64(), Some(800.0));
}
