//! The sample city: three counties, the two small ones made beside 云山县.

use std::path::Path;

use wuzhang::pipeline::{Outcome, run};
use wuzhang::workspace::Workspace;

use crate::history::whole_of;
use crate::sample::yunshan::city::COUNTIES;

/// What sample-data/yunzhou/README.md says: projects, plan and done in 万元.
const COUNTED: [(&str, i64, i64, i64); 2] = [("临溪县", 34, 79_552, 33_362), ("青岭县", 31, 93_838, 31_296)];

fn county(folder: &str, into: &Path) -> Outcome {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunzhou").join(folder);
    crate::trees::copy(&sample, into, crate::s003::MADE);
    run(&Workspace::open(into).unwrap(), "2026-05".parse().unwrap(), &|_| {}).unwrap()
}

#[test]
fn the_small_counties_add_up_to_what_the_readme_says() {
    let readme = include_str!("../../sample-data/yunzhou/README.md");
    for (made, (name, count, plan, done)) in COUNTIES.iter().zip(COUNTED) {
        assert_eq!(made.name, name);
        let rows = &made.truth().books["key_projects"];
        let sum = |field: &str| rows.iter().map(|row| row.amount(field)).sum::<i64>() / 10_000;
        assert_eq!((rows.len() as i64, sum("plan"), sum("done")), (count, plan, done), "{name}");
        let folder = tempfile::tempdir().unwrap();
        let outcome = county(made.folder, folder.path());
        let whole = |measure: &str| whole_of(&outcome, ("key_projects", "county"), "全县", measure);
        assert_eq!((whole("count"), whole("plan"), whole("done")), (count, plan * 10_000, done * 10_000), "{name}");
        assert!(readme.contains(&format!("| {name} | {count} | ")), "{name}");
        let unknown = outcome.findings.iter().filter(|finding| &*finding.rule == "unit.unknown");
        assert_eq!(unknown.count(), 0, "{name}: its settings know every unit");
    }
}
