//! The rankings that units get by mail: workbooks without anyone's projects, and how each stands, for `run.json`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::documents::Documents;
use super::{Office, Outcome, RunError};
use crate::profile::WHOLE;
use crate::publish::{self, ExtractRequest, Standing};
use crate::rank::Ranking;
use crate::workspace::Workspace;

/// The folder of the workbooks in `out/`.
const FOLDER: &str = "groups";

/// Puts the workbooks; gives the standings of units, leaders and the whole.
pub(super) fn groups(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    documents: &mut Documents,
) -> Result<Value, RunError> {
    let units: BTreeSet<String> = office.settings.units.iter().map(|unit| unit.name.clone()).collect();
    let leaders: BTreeSet<String> = office.settings.leaders.iter().map(|leader| leader.name.clone()).collect();
    let request = ExtractRequest {
        profile: &office.profile,
        period: office.period,
        county: workspace.county.as_deref().unwrap_or_default(),
        rankings: &outcome.rankings,
        units: &units,
    };
    let extracts = publish::extracts(request)?;
    let mut listed = Vec::new();
    for ranking in &outcome.rankings {
        let known_by = (ranking.book.clone(), ranking.id.clone());
        let extract = extracts.iter().find(|extract| extract.rankings.contains(&known_by));
        let of_leaders = ranking.rows.iter().any(|row| leaders.contains(&row.group));
        let of = match (extract, of_leaders, is_whole(office, ranking)) {
            (Some(_), ..) => "unit",
            (None, true, _) => "leader",
            (None, false, true) => "whole",
            _ => continue,
        };
        let file = extract.map(|extract| format!("{FOLDER}/{}", extract.file));
        let rows: Value = publish::standings(&office.profile, ranking).iter().map(standing).collect();
        listed.push(json!({
            "of": of, "book": ranking.book, "ranking": ranking.id, "title": ranking.title, "file": file, "rows": rows,
        }));
    }
    for extract in &extracts {
        documents.put(format!("{FOLDER}/{}", extract.file), &extract.bytes)?;
    }
    Ok(listed.into())
}

fn is_whole(office: &Office, ranking: &Ranking) -> bool {
    let mut plans = office.profile.county.rankings.iter();
    let plan = plans.find(|plan| plan.id == ranking.id && plan.book == ranking.book);
    ranking.id == "county" && plan.is_some_and(|plan| plan.group == WHOLE)
}

fn standing(of: &Standing) -> Value {
    let figures: Map<String, Value> = of.figures.iter().map(|(title, value)| (title.clone(), json!(value))).collect();
    json!({
        "name": of.name,
        "place": of.place,
        "of": of.of,
        "movement": of.movement,
        "within": of.within.as_ref().map(|(group, place, of)| json!({"group": group, "place": place, "of": of})),
        "unranked": of.unranked,
        "figures": figures,
    })
}
