//! What the ledger's earlier periods say beside a month: projects month by month, definitions then and now.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Office, Outcome, RunError, manifest};
use crate::ledger::{self, Ledger};
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::Book;
use crate::publish::{Change, Past, Stage};
use crate::workspace::Workspace;

/// Where a run keeps its manifest.
const MANIFEST: &str = "documents/run.json";

/// The definitions of the period and of the one just before, as far as that was run.
pub(super) struct Definitions {
    now: Value,
    before: Option<(Period, Value)>,
}

impl Definitions {
    /// Those of an outcome, and those that the ledger recorded for the period before.
    pub(super) fn of(workspace: &Workspace, office: &Office, outcome: &Outcome) -> Result<Self, RunError> {
        let before = office.period.previous();
        let recorded = match Ledger::of(workspace).current(before)? {
            Some(run) => run.file(MANIFEST)?,
            None => None,
        };
        let stated = recorded.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        let definitions = stated.and_then(|mut stated| stated.get_mut("definitions").map(Value::take));
        let before = definitions.map(|definitions| (before, definitions));
        Ok(Self { now: manifest::definitions(office, outcome), before })
    }
}

/// The past of a book.
pub(super) fn past(
    workspace: &Workspace,
    office: &Office,
    outcome: &Outcome,
    (book, definitions): (&Book, &Definitions),
) -> Result<Past, RunError> {
    let own = |rankings: &Vec<crate::rank::Ranking>| {
        rankings.iter().filter(|ranking| ranking.book == book.id).cloned().collect::<Vec<_>>()
    };
    let earlier = outcome.earlier.iter().map(|(period, rankings)| (*period, own(rankings)));
    let before = definitions.before.as_ref();
    Ok(Past {
        rankings: earlier.filter(|(_, rankings)| !rankings.is_empty()).collect(),
        months: if book.has_plan() { months(workspace, office, book)? } else { BTreeMap::new() },
        changes: before.map_or_else(Vec::new, |(_, before)| changes(before, &definitions.now, book)),
        compared: before.map(|(period, _)| *period),
    })
}

/// The projects of the year's months before the period's own.
fn months(
    workspace: &Workspace,
    office: &Office,
    book: &Book,
) -> Result<BTreeMap<u32, BTreeMap<String, Stage>>, RunError> {
    let mut months = BTreeMap::new();
    for month in 1..office.period.month() {
        let Some(period) = Period::new(office.period.year(), month) else { continue };
        if let Some(facts) = ledger::read_period(&workspace.ledger, &book.id, period)? {
            months.insert(month, stages(&facts));
        }
    }
    Ok(months)
}

fn stages(facts: &Facts) -> BTreeMap<String, Stage> {
    let stage = |row| {
        let whole = |field: &str| facts.whole(field, row);
        let stage = Stage { plan: whole("plan"), done: whole("done"), plan_to_date: whole("plan_to_date") };
        Some((facts.text("key", row)?.to_owned(), stage))
    };
    (0..facts.height()).filter_map(stage).collect()
}

/// What a book's figures are reckoned by otherwise than before, in words.
fn changes(before: &Value, now: &Value, book: &Book) -> Vec<Change> {
    let mut found = Vec::new();
    let of_book = |all: &Value, part: &str| all["books"][&book.id][part].clone();
    let both = |part: &str| (of_book(before, part), of_book(now, part));
    let (then, today) = both("measures");
    found.extend(named(&then, &today).filter_map(|(id, then, now)| measure(id, then, now)));
    let (then, today) = both("derived");
    found.extend(named(&then, &today).filter_map(|(id, then, now)| {
        let title = book.derived.iter().find(|derived| derived.id == id).map_or(id, |derived| &derived.title);
        Some(change(format!("派生列“{title}”"), formula_words(then?.as_str()?, now?.as_str()?)))
    }));
    let of = |all: &Value| keyed(&all["rankings"], |ranking| ranking["book"] == *book.id);
    found.extend(named(&of(before), &of(now)).filter_map(|(_, then, now)| ranking(then?, now?)));
    for (key, title) in [("grades", "等次划分"), ("lights", "亮灯划分")] {
        if before[key] != now[key] {
            let words = format!("由“{}”改为“{}”", bands(&before[key]), bands(&now[key]));
            found.push(change(title.to_owned(), words));
        }
    }
    let of = |all: &Value| keyed(&all["schedules"], |_| true);
    found.extend(named(&of(before), &of(now)).filter_map(|(_, then, now)| {
        let (then, now) = (then?["words"].as_str()?, now?["words"].as_str()?);
        (then != now).then(|| change("序时进度".to_owned(), format!("由“{then}”改为“{now}”")))
    }));
    let of = |all: &Value| keyed(&all["scores"], |score| score["book"] == *book.id);
    found.extend(named(&of(before), &of(now)).filter_map(|(_, then, now)| score(then, now)));
    found
}

fn change(item: String, words: String) -> Change {
    Change { item, words }
}

fn formula_words(then: &str, now: &str) -> String {
    format!("计算式由“{then}”改为“{now}”")
}

/// What two objects say of each name that either has, where they differ; sorted.
fn named<'v>(then: &'v Value, now: &'v Value) -> impl Iterator<Item = (&'v str, Option<&'v Value>, Option<&'v Value>)> {
    let names = |of: &'v Value| of.as_object().into_iter().flat_map(|all| all.keys().map(String::as_str));
    let all: BTreeSet<&str> = names(then).chain(names(now)).collect();
    let both = all.into_iter().map(|name| (name, then.get(name), now.get(name)));
    both.filter(|(_, then, now)| then != now)
}

/// A list as an object by the ids of its entries.
fn keyed(list: &Value, wanted: impl Fn(&Value) -> bool) -> Value {
    let entries = list.as_array().into_iter().flatten().filter(|entry| wanted(entry));
    let by_id = entries.filter_map(|entry| Some((entry["id"].as_str()?.to_owned(), entry.clone())));
    by_id.collect::<serde_json::Map<_, _>>().into()
}

fn measure(id: &str, then: Option<&Value>, now: Option<&Value>) -> Option<Change> {
    let text = |of: &Value, key: &str| of[key].as_str().unwrap_or_default().to_owned();
    let item = |of: &Value| match of["title"].as_str() {
        Some(title) => format!("指标“{title}”"),
        None => format!("指标“{id}”"),
    };
    let (then, now) = match (then, now) {
        (Some(then), Some(now)) => (then, now),
        (None, Some(now)) => return Some(change(item(now), format!("本期新增：{}", text(now, "words")))),
        (Some(then), None) => return Some(change(item(then), "本期不再使用".to_owned())),
        (None, None) => return None,
    };
    if now["words"] != then["words"] {
        return Some(change(item(now), format!("口径由“{}”改为“{}”", text(then, "words"), text(now, "words"))));
    }
    if now["title"] != then["title"] {
        return Some(change(item(now), format!("原名“{}”", text(then, "title"))));
    }
    let formula = |of: &Value| {
        let parts = ["numerator", "denominator", "filter", "of"].map(|key| text(of, key));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
    };
    Some(change(item(now), formula_words(&formula(then), &formula(now))))
}

fn ranking(then: &Value, now: &Value) -> Option<Change> {
    let title = now["title"].as_str().or(now["id"].as_str())?;
    let list = |of: &Value| match of {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、"),
        Value::String(text) => text.clone(),
        _ => "无".to_owned(),
    };
    let keys = [
        ("by", "排名指标"),
        ("then", "并列时再比"),
        ("ties", "排名办法"),
        ("filter", "范围"),
        ("measures", "列出的指标"),
    ];
    let differing = keys.into_iter().filter(|(key, _)| then[*key] != now[*key]);
    let words: Vec<String> =
        differing.map(|(key, what)| format!("{what}由“{}”改为“{}”", list(&then[key]), list(&now[key]))).collect();
    (!words.is_empty()).then(|| change(format!("排名“{title}”"), words.join("；")))
}

fn bands(of: &Value) -> String {
    let band = |band: &Value| {
        let name = band["name"].as_str()?;
        Some(match band["from"].as_str() {
            Some(from) => format!("{name}：{from}以上"),
            None => format!("{name}：其余"),
        })
    };
    of.as_array().into_iter().flatten().filter_map(band).collect::<Vec<_>>().join("，")
}

fn score(then: Option<&Value>, now: Option<&Value>) -> Option<Change> {
    let title = |of: &Value| format!("得分“{}”", of["title"].as_str().unwrap_or_default());
    let (then, now) = match (then, now) {
        (Some(then), Some(now)) => (then, now),
        (None, Some(now)) => return Some(change(title(now), "本期新增".to_owned())),
        (Some(then), None) => return Some(change(title(then), "本期不再使用".to_owned())),
        (None, None) => return None,
    };
    let rules = |of: &Value| keyed(&of["terms"], |_| true);
    let (before, today) = (rules(then), rules(now));
    let rule = |of: Option<&Value>| of.and_then(|of| of["rule"].as_str()).unwrap_or("无").to_owned();
    let mut words: Vec<String> =
        named(&before, &today).map(|(_, then, now)| format!("计分办法由“{}”改为“{}”", rule(then), rule(now))).collect();
    if words.is_empty() {
        words.push("取整、加减分或否决的规定有改动，现行规定见下".to_owned());
    }
    Some(change(title(now), words.join("；")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::profile::Profile;

    #[test]
    fn what_is_reckoned_otherwise_is_told_in_words() {
        let profile = Profile::built_in();
        let book = profile.book("key_projects").unwrap();
        let stated = |words: &str, sql: &str, from: &str, ties: &str| {
            json!({
                "books": {"key_projects": {
                    "measures": {"done": {"title": "累计完成投资", "words": words, "numerator": sql}},
                    "derived": {"behind": "a < b"},
                }},
                "rankings": [{"id": "towns", "book": "key_projects", "title": "乡镇排名", "by": "done", "ties": ties}],
                "grades": [{"name": "优", "from": from}, {"name": "差"}],
                "lights": [], "schedules": [], "scores": [],
            })
        };
        let before = stated("和", "SUM(done)", "0", "并列");
        let told = |now: Value| -> Vec<String> {
            changes(&before, &now, book).into_iter().map(|it| format!("{}：{}", it.item, it.words)).collect()
        };
        assert!(told(before.clone()).is_empty());
        assert_eq!(
            told(stated("和", "SUM(done_month)", "0", "并列")),
            ["指标“累计完成投资”：计算式由“SUM(done)”改为“SUM(done_month)”"]
        );
        assert_eq!(
            told(stated("总和", "SUM(done)", "2", "再比总量")),
            [
                "指标“累计完成投资”：口径由“和”改为“总和”",
                "排名“乡镇排名”：排名办法由“并列”改为“再比总量”",
                "等次划分：由“优：0以上，差：其余”改为“优：2以上，差：其余”",
            ]
        );
        let mut added = before.clone();
        added["books"]["key_projects"]["measures"]["count"] = json!({"title": "个数", "words": "项目个数"});
        assert_eq!(told(added), ["指标“个数”：本期新增：项目个数"]);
    }
}
