//! What a run gave, held against what its set adds up to, to the yuan.
//!
//! Takes a workspace that was run and the set's `truth.json`; reads the places that the run recorded in the
//! ledger. Every unit of the set must have its count of projects, its plan and what it has done.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::Outcome;

/// What a set adds up to, by unit.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Truth {
    /// The set's name: county, city, province, one-big.
    #[serde(default)]
    pub(crate) set: String,
    /// Of each unit.
    pub(crate) units: BTreeMap<String, Sum>,
}

/// A unit's projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
pub(crate) struct Sum {
    /// How many.
    pub(crate) count: i64,
    /// Plan of the year, in hundredths of 万元 (100 yuan).
    pub(crate) plan_fen: i64,
    /// What is done of it, in hundredths of 万元 (100 yuan).
    pub(crate) done_fen: i64,
}

/// A hundredth of 万元 in yuan.
pub(crate) const FEN: i64 = 100;

impl Truth {
    /// That of a set's folder.
    pub(crate) fn of(set: &Path) -> Outcome<Self> {
        let path = set.join("truth.json");
        let text = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// How many rows its units have together.
    pub(crate) fn rows(&self) -> i64 {
        self.units.values().map(|sum| sum.count).sum()
    }

    /// Holds a run against it.
    ///
    /// # Errors
    ///
    /// The units that are missing or differ: how many, and the first.
    pub(crate) fn check(&self, workspace: &Path, period: &str) -> Outcome {
        let given = given(&places(workspace, period)?);
        let wrong: Vec<String> = self.units.iter().filter_map(|(unit, sum)| difference(unit, *sum, &given)).collect();
        match wrong.first() {
            None => Ok(()),
            Some(first) => {
                Err(format!("{} of {} units are not as the truth has them: {first}", wrong.len(), self.units.len())
                    .into())
            }
        }
    }
}

/// Count, plan and done in yuan of each group of the rankings of projects.
type Given = BTreeMap<String, [i64; 3]>;

fn difference(unit: &str, sum: Sum, given: &Given) -> Option<String> {
    let expected = [sum.count, sum.plan_fen * FEN, sum.done_fen * FEN];
    match given.get(unit) {
        Some(found) if *found == expected => None,
        found => Some(format!("{unit} has {found:?} instead of {expected:?} (projects, plan, done)")),
    }
}

/// The rankings that the standing run of a period recorded.
fn places(workspace: &Path, period: &str) -> Outcome<Value> {
    let runs = workspace.join("ledger/runs").join(format!("period={period}"));
    let read = |path: &Path| -> Outcome<Value> {
        let text = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(serde_json::from_slice(&text)?)
    };
    let current = read(&runs.join("current.json"))?;
    let list = current["runs"].as_array().ok_or("current.json lists no runs")?;
    let digest = list.last().and_then(Value::as_str).and_then(|digest| digest.get(..12)).ok_or("no run stands")?;
    read(&runs.join(format!("{}-{digest}", list.len())).join("places.json"))
}

fn given(places: &Value) -> Given {
    let mut given = Given::new();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for row in list(places).iter().filter(|ranking| ranking["book"] == "key_projects").flat_map(|r| list(&r["rows"])) {
        let figures = list(&row["figures"]);
        let figure = |measure: &str| {
            figures.iter().find(|figure| figure["measure"] == measure).and_then(|figure| figure["numerator"].as_i64())
        };
        if let (Some(group), Some(count), Some(plan), Some(done)) =
            (row["group"].as_str(), figure("count"), figure("plan"), figure("done"))
        {
            given.insert(group.to_owned(), [count, plan, done]);
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: &str = r#"[{"id":"towns","book":"key_projects","rows":[{"group":"城关镇","figures":[
        {"measure":"count","numerator":3},{"measure":"plan","numerator":50000},{"measure":"done","numerator":20000}]}]},
        {"id":"towns","book":"investment","rows":[{"group":"城关镇","figures":[{"measure":"count","numerator":9}]}]}]"#;

    fn truth(done_fen: i64) -> Truth {
        let sum = Sum { count: 3, plan_fen: 500, done_fen };
        Truth { set: "county".into(), units: BTreeMap::from([("城关镇".to_owned(), sum)]) }
    }

    fn run(places: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let runs = root.path().join("ledger/runs/period=2026-10");
        let digest = "0123456789abcdef";
        std::fs::create_dir_all(runs.join("1-0123456789ab")).unwrap();
        std::fs::write(runs.join("current.json"), format!(r#"{{"format":2,"runs":["{digest}"]}}"#)).unwrap();
        std::fs::write(runs.join("1-0123456789ab/places.json"), places).unwrap();
        root
    }

    #[test]
    fn a_run_is_right_to_the_yuan_or_wrong() {
        let run = run(PLACES);
        truth(200).check(run.path(), "2026-10").unwrap();
        let told = truth(201).check(run.path(), "2026-10").unwrap_err().to_string();
        assert!(told.contains("1 of 1 units") && told.contains("20000") && told.contains("20100"), "{told}");
    }

    #[test]
    fn a_unit_that_was_not_ranked_is_wrong() {
        assert!(truth(200).check(run("[]").path(), "2026-10").is_err());
        assert!(truth(200).check(tempfile::tempdir().unwrap().path(), "2026-10").is_err(), "no run at all");
    }
}
