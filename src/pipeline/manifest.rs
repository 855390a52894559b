//! `run.json`: what a run was made from, what became of every row, what it made.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{Office, Outcome, SheetSource, scores};
use crate::finding::Level;
use crate::layout::RowKind;
use crate::ledger::sha256;
use crate::measure::ScheduleUsed;
use crate::profile::{Band, Book};
use crate::settings::Decision;

/// The manifest's name in `out/`.
pub(super) const NAME: &str = "run.json";

/// The manifest as text: inputs with their digests and row accounts, documents, findings by level
/// and rule, how every rule went, the definitions in force. No clock and no path of a machine.
pub(super) fn manifest(
    office: &Office,
    outcome: &Outcome,
    documents: &[String],
    (groups, notices, quick): (Value, Vec<String>, bool),
) -> String {
    let manifest = json!({
        "program": concat!("wuzhang ", env!("CARGO_PKG_VERSION")),
        "period": outcome.period.to_string(),
        "stated": stated(office),
        "inputs": inputs(outcome),
        "rows": totals(outcome),
        "documents": documents,
        "returns": returns(outcome),
        "groups": groups,
        "notices": notices,
        "quick": quick,
        "bulletin": outcome.bulletin.as_ref().map(|made| json!({"issue": made.issue, "number": made.number, "characters": made.characters})),
        "findings": findings(outcome),
        "rules": rules(outcome),
        "decisions": decisions(outcome),
        "score_entries": scores::entries(&outcome.rankings),
        "definitions": definitions(office, outcome),
    });
    format!("{manifest:#}\n")
}

/// The settings, layouts and profile that the run was made with, by their digests.
fn stated(office: &Office) -> Value {
    office.stated.iter().map(|(name, bytes)| (name.clone(), json!(sha256(bytes)))).collect::<Map<_, _>>().into()
}

fn inputs(outcome: &Outcome) -> Value {
    let sources: Vec<SheetSource> = outcome.sources().collect();
    // In the order of the files.
    let mut by_file: HashMap<&str, Vec<&SheetSource>> = HashMap::new();
    for source in sources.iter().filter(|source| source.sheet.is_some()) {
        by_file.entry(&source.file).or_default().push(source);
    }
    let of_file = |name: &str| -> Value {
        by_file
            .get(name)
            .into_iter()
            .flatten()
            .map(|source| {
                json!({
                    "sheet": source.sheet,
                    "book": source.book,
                    "rows": kinds(&source.kinds),
                    "merged": source.merged,
                    "joined": source.joined,
                    "set_aside": source.set_aside,
                    "taken_off": source.taken_off,
                    "passed_over": source.passed_over.map(|(reason, rows)| json!({"reason": reason, "rows": rows})),
                    "replaced_by": source.replaced_by,
                })
            })
            .collect()
    };
    outcome
        .files
        .iter()
        .map(|file| {
            json!({
                "file": file.name,
                "sha256": file.digest,
                "bytes": file.size,
                "opened": file.opened,
                "sheets": of_file(&file.name),
            })
        })
        .collect()
}

fn returns(outcome: &Outcome) -> Value {
    let made = outcome.returns.iter().map(|made| {
        json!({
            "unit": made.unit,
            "file": made.file,
            "return": made.name,
            "status": made.status.id(),
            "findings": made.findings,
        })
    });
    made.collect()
}

fn kinds(kinds: &[(RowKind, usize)]) -> Value {
    kinds
        .iter()
        .map(|(kind, count)| {
            (
                serde_json::to_value(kind)
                    .map_or_else(|_| String::new(), |kind| kind.as_str().unwrap_or("").to_owned()),
                json!(count),
            )
        })
        .collect::<Map<_, _>>()
        .into()
}

fn totals(outcome: &Outcome) -> Value {
    let sum = |count: fn(&crate::merge::SheetAccount) -> usize| outcome.merged.account.iter().map(count).sum::<usize>();
    json!({
        "data": sum(|account| account.data()),
        "merged": sum(|account| account.merged),
        "joined": sum(|account| account.joined),
        "set_aside": sum(|account| account.set_aside),
        "taken_off": sum(|account| account.taken_off),
    })
}

fn findings(outcome: &Outcome) -> Value {
    let by_level = |level: Level| -> Value {
        let mut rules: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        let mut answered = 0;
        for finding in outcome.findings.iter().filter(|finding| finding.level == level) {
            match finding.answer() {
                Some(_) => answered += 1,
                None => *rules.entry(&*finding.rule).or_default() += 1,
            }
        }
        json!({"count": rules.values().sum::<usize>(), "rules": rules, "answered": answered})
    };
    Level::ALL.into_iter().map(|level| (level.id().to_owned(), by_level(level))).collect::<Map<_, _>>().into()
}

fn rules(outcome: &Outcome) -> Value {
    outcome.checks.iter().map(|(book, check)| (book.clone(), json!(check.rules))).collect::<Map<_, _>>().into()
}

fn decisions(outcome: &Outcome) -> Value {
    let off = outcome.merged.taken_off.iter().map(|off| {
        json!({
            "decision": "移出",
            "book": off.book,
            "project": off.name,
            "document": off.document,
            "reason": off.reason,
        })
    });
    let replanned = outcome.merged.replanned.iter().map(|plan| {
        json!({
            "decision": "计划调整",
            "book": plan.book,
            "project": plan.name,
            "reported_yuan": plan.reported,
            "decided_yuan": plan.plan,
            "document": plan.document,
            "reason": plan.reason,
        })
    });
    let revised = outcome.merged.revised.iter().map(|one| {
        json!({
            "decision": "更正",
            "book": one.decision.book,
            "project": one.name,
            "field": one.decision.field,
            "reported": one.reported,
            "decided": one.decided,
            "document": one.decision.document,
            "reason": one.decision.reason,
        })
    });
    let on = outcome.merged.decisions.iter().filter(|one| one.decision == Decision::In).map(|one| {
        json!({
            "decision": "调入",
            "book": one.book,
            "project": one.project,
            "document": one.document,
            "reason": one.reason,
        })
    });
    let links = outcome.merged.links.iter().map(|one| {
        json!({
            "decision": one.link.relation.title(),
            "book": one.link.book,
            "from_book": one.link.from_book,
            "project": one.link.new,
            "before": one.link.old,
            "document": one.link.document,
        })
    });
    off.chain(on).chain(replanned).chain(revised).chain(links).collect()
}

/// The definitions in force: schedules, rounding, marks, rankings, scores, and the SQL of every book.
pub(super) fn definitions(office: &Office, outcome: &Outcome) -> Value {
    let county = &office.profile.county;
    let bands = |bands: &[Band]| -> Value {
        let band = |band: &Band| {
            let end = band.ends().first().map(|(basis, end)| (basis.key(), end.to_string()));
            json!({"name": band.name, "by": end.as_ref().map(|(key, _)| key), "from": end.as_ref().map(|(_, end)| end), "open": band.open})
        };
        bands.iter().map(band).collect()
    };
    let rankings: Value = county
        .rankings
        .iter()
        .map(|plan| {
            json!({
                "id": plan.id,
                "title": plan.title,
                "book": plan.book,
                "group": plan.group,
                "filter": plan.filter,
                "measures": plan.measures,
                "by": plan.by,
                "then": plan.then,
                "ties": plan.tie_words,
            })
        })
        .collect();
    let books: Map<String, Value> = office.profile.books.iter().map(|book| (book.id.clone(), sql(book))).collect();
    json!({
        "schedules": schedules(outcome),
        "rounding": "金额以元为单位的整数计算；比率由未舍入的金额计算，显示时四舍五入一次",
        "grades": bands(&county.grades),
        "lights": bands(&county.lights),
        "last_word": {
            "otherwise": county.last_word.otherwise.id(),
            "town": county.last_word.town,
            "department": county.last_word.department,
        },
        "rankings": rankings,
        "scores": scores::definitions(&office.profile),
        "books": books,
    })
}

/// The schedules that figures are held against; one of the plan's own figures has no single value.
fn schedules(outcome: &Outcome) -> Value {
    let schedule = |used: &ScheduleUsed| {
        json!({
            "id": used.id,
            "kind": used.kind.id(),
            "words": used.words,
            "value": used.share.map(|share| format!("{}/{}", share.numerator, share.denominator)),
            "used_by": used.used_by,
        })
    };
    outcome.schedules.iter().map(schedule).collect()
}

/// The derived columns, rules and measures of a book as its file states them.
fn sql(book: &Book) -> Value {
    let derived = book.derived.iter().map(|derived| (derived.id.clone(), json!(derived.sql)));
    let rules = book.rules.iter().map(|rule| (rule.id.clone(), json!({"level": rule.level, "holds": rule.holds})));
    let measures = book.measures.iter().map(|measure| {
        let stated = json!({
            "title": measure.title,
            "words": measure.words,
            "numerator": Some(&measure.numerator).filter(|text| !text.is_empty()),
            "denominator": measure.denominator,
            "filter": measure.filter,
            "of": measure.of,
        });
        (measure.id.clone(), stated)
    });
    json!({
        "derived": derived.collect::<Map<_, _>>(),
        "rules": rules.collect::<Map<_, _>>(),
        "measures": measures.collect::<Map<_, _>>(),
    })
}
