//! Which rows are one project: by platform code, else by name within unit or town.

use std::collections::BTreeMap;

use super::entry::{Cell, Entry, Source, Tables};
use super::{names, words};
use crate::check::Origins;
use crate::finding::{Finding, Level};
use crate::profile::{LastWord, Side};

/// Names of one unit with the same total and plan that are at least this alike may be one project.
const ALIKE: f64 = 0.7;

/// What became of the entries of a book.
#[derive(Debug, Default)]
pub(crate) struct Unified {
    /// One a project, sorted by key.
    pub(crate) entries: Vec<Entry>,
    /// Rows set aside because their own unit reports the project twice.
    pub(crate) duplicates: Vec<Source>,
    /// What was joined, set aside or looks alike.
    pub(crate) findings: Vec<Finding>,
}

/// One entry a project.
pub(crate) fn unify(tables: &Tables, entries: Vec<Entry>, last_word: &LastWord, origins: &Origins) -> Unified {
    let mut unified = Unified::default();
    for mut members in clusters(entries) {
        members.sort_by_key(|entry| entry.source);
        let single = set_duplicates_aside(tables, members, origins, &mut unified);
        let entry = join(tables, single, last_word, origins, &mut unified.findings);
        unified.entries.push(entry);
    }
    give_keys(&mut unified.entries);
    unified.findings.extend(alike(tables, &unified.entries, origins));
    unified.findings.extend(namesakes(tables, &unified.entries, origins));
    unified
}

/// Entries that are one project, together; those with a code first, so that it decides.
fn clusters(mut entries: Vec<Entry>) -> Vec<Vec<Entry>> {
    entries.sort_by_key(|entry| (entry.code.is_none(), entry.source));
    let mut clusters: Vec<Vec<Entry>> = Vec::new();
    let mut by_code: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for entry in entries {
        let coded = entry.code.as_ref().and_then(|code| by_code.get(code)).copied();
        let named = || by_name.get(&entry.name)?.iter().copied().find(|&at| belongs(&entry, &clusters[at]));
        let at = coded.or_else(named).unwrap_or(clusters.len());
        if at == clusters.len() {
            clusters.push(Vec::new());
        }
        if let Some(code) = &entry.code {
            by_code.insert(code.clone(), at);
        }
        let known = by_name.entry(entry.name.clone()).or_default();
        if !known.contains(&at) {
            known.push(at);
        }
        clusters[at].push(entry);
    }
    clusters
}

/// Whether an entry of the same name is a cluster's project: not by another code or in another town.
fn belongs(entry: &Entry, cluster: &[Entry]) -> bool {
    let differ = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let other_code = cluster.iter().any(|other| differ(&entry.code, &other.code));
    let other_town = cluster.iter().any(|other| differ(&entry.who.town, &other.who.town));
    !other_code && !other_town && cluster.iter().any(|other| near(entry, other))
}

/// Whether two entries of one name have their town or unit in common, or one's is the other's reporter.
fn near(a: &Entry, b: &Entry) -> bool {
    let reports = |a: &Entry, b: &Entry| {
        let reporter = &a.who.reporting.name;
        [&b.who.town, &b.who.department].into_iter().flatten().any(|group| group == reporter)
    };
    (a.who.town.is_some() && a.who.town == b.who.town) || a.who.unit == b.who.unit || reports(a, b) || reports(b, a)
}

/// Leaves one entry a reporting unit; its later rows are set aside.
fn set_duplicates_aside(tables: &Tables, members: Vec<Entry>, origins: &Origins, unified: &mut Unified) -> Vec<Entry> {
    let mut single: Vec<Entry> = Vec::new();
    for entry in members {
        match single.iter().find(|first| one_reporter(tables, first, &entry)) {
            None => single.push(entry),
            Some(first) => {
                unified.findings.push(duplicate(tables, first, &entry, origins));
                unified.duplicates.push(entry.source);
            }
        }
    }
    single
}

/// Whether two entries come from one unit; sheets that do not tell who reports, by their file.
fn one_reporter(tables: &Tables, a: &Entry, b: &Entry) -> bool {
    let told = !a.who.reporting.name.is_empty();
    a.who.reporting == b.who.reporting && (told || tables.table(a.source).file == tables.table(b.source).file)
}

/// That a unit reports a project twice.
fn duplicate(tables: &Tables, first: &Entry, later: &Entry, origins: &Origins) -> Finding {
    let by_code = first.name != later.name;
    let field = if by_code { "code" } else { &tables.book.subject };
    let what = match (&later.code, by_code) {
        (Some(code), true) => format!(
            "项目代码{code}重复，名称却不同（“{}”“{}”）",
            tables.subject(first.source),
            tables.subject(later.source)
        ),
        _ => format!("“{}”重复填报", tables.subject(later.source)),
    };
    let message =
        format!("{what}：{} 与 {}；只汇总前一行", tables.in_words(first.source), tables.in_words(later.source));
    let place = origins.cell(&tables.place(later.source), field);
    // Two files of one unit are mostly a report and its correction: only the office can tell which is which.
    let advice = match tables.table(first.source).file == tables.table(later.source).file {
        true => "请删去重复的一行；确为两个项目的，请写清各自的名称和代码",
        false => {
            "后报的是更正的，请在设置表“收文”中登记两份各自的收到时间，或从收件箱移走作废的那份再运行；确为两个项目的，请写清各自的名称和代码"
        }
    };
    Finding::new(Level::Error, "project.duplicate", place, message, advice)
}

/// One entry of several units' entries, each field from the one who has the last word on it.
fn join(
    tables: &Tables,
    members: Vec<Entry>,
    last_word: &LastWord,
    origins: &Origins,
    findings: &mut Vec<Finding>,
) -> Entry {
    let in_order = |side: Side| {
        let mut order: Vec<&Entry> = members.iter().collect();
        order.sort_by_key(|entry| {
            let own = entry.who.unit == entry.who.reporting.name;
            (entry.who.reporting.town != (side == Side::Town), !own, &entry.who.reporting.name, entry.source)
        });
        order
    };
    let order = in_order(last_word.otherwise);
    let mut entry = order[0].clone();
    for field in &tables.book.fields {
        let given =
            in_order(last_word.side(&field.id)).into_iter().find(|one| tables.cell(one.source, &field.id).is_some());
        if let Some(given) = given.filter(|given| given.source != entry.source) {
            entry.taken.insert(field.id.clone(), given.source);
        }
    }
    let first = |of: fn(&Entry) -> &Option<String>| order.iter().find_map(|one| of(one).clone());
    let by_town = in_order(last_word.side("town"));
    entry.who.town = by_town.iter().find_map(|one| one.who.town.clone());
    entry.who.department = first(|one| &one.who.department);
    entry.who.category = first(|one| &one.who.category);
    entry.who.leaders = first(|one| &one.who.leaders);
    entry.code = first(|one| &one.code);
    entry.joined = order[1..].iter().map(|one| one.source).collect();
    findings.extend(order[1..].iter().map(|other| reported_twice(tables, &entry, (order[0], other), origins)));
    entry
}

/// That two units report one project, with what they report differently.
fn reported_twice(tables: &Tables, joined: &Entry, (stands, other): (&Entry, &Entry), origins: &Origins) -> Finding {
    let differing: Vec<(&str, String)> = tables
        .book
        .fields
        .iter()
        .filter_map(|field| {
            let (a, b) = (tables.cell(stands.source, &field.id)?, tables.cell(other.source, &field.id)?);
            let (a_words, b_words) = (words::cell(a, field.kind), words::cell(b, field.kind));
            let taken = [stands, other].into_iter().find(|one| one.source == joined.source_of(&field.id));
            let taken = taken.map_or(String::new(), |one| format!("（采用{}）", one.who.reporting.name));
            let said = format!(
                "{}：{}填{a_words}、{}填{b_words}{taken}",
                field.title, stands.who.reporting.name, other.who.reporting.name
            );
            (!equal(a, b)).then_some((field.id.as_str(), said))
        })
        .collect();
    let rows = format!("{} 与 {}", tables.in_words(stands.source), tables.in_words(other.source));
    let field = differing.first().map_or(tables.book.subject.as_str(), |(field, _)| field);
    let place = origins.cell(&tables.place(other.source), field);
    let both = format!(
        "“{}”由{}和{}都填报了（{rows}），已合并为一个",
        tables.subject(stands.source),
        stands.who.reporting.name,
        other.who.reporting.name
    );
    if differing.is_empty() {
        return Finding::new(Level::Note, "project.reported_twice", place, format!("{both}，两处数据一致"), "无须处理");
    }
    let differing: Vec<String> = differing.into_iter().map(|(_, said)| said).collect();
    let message = format!("{both}；不一致的有：{}", differing.join("；"));
    Finding::new(Level::Query, "project.reported_twice", place, message, "请两家核对后统一口径")
}

/// Whether two values say the same.
fn equal(a: Cell, b: Cell) -> bool {
    match (a, b) {
        // 2026-03 and 2026-03-15 may be one day.
        (Cell::Date(a), Cell::Date(b)) => a.first_day() <= b.last_day() && b.first_day() <= a.last_day(),
        (Cell::Text(a), Cell::Text(b)) => names::project(a) == names::project(b) || names::unit(a) == names::unit(b),
        (a, b) => a == b,
    }
}

/// Keys: the code, else the name within its unit; with the town where that is not enough.
pub(crate) fn give_keys(entries: &mut [Entry]) {
    let by_name = |entry: &Entry| format!("{}@{}", entry.name, entry.who.unit);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter() {
        *count.entry(by_name(entry)).or_default() += 1;
    }
    for entry in entries.iter_mut() {
        let named = by_name(entry);
        let town = entry.who.town.as_deref().filter(|_| count[&named] > 1);
        entry.key = match (&entry.code, town) {
            (Some(code), _) => code.clone(),
            (None, Some(town)) => format!("{named}@{town}"),
            (None, None) => named,
        };
    }
    entries.sort_by(|a, b| (&a.key, a.source).cmp(&(&b.key, b.source)));
}

/// Projects of one unit with like names and the same amounts: maybe one project renamed.
fn alike(tables: &Tables, entries: &[Entry], origins: &Origins) -> Vec<Finding> {
    let mut like: BTreeMap<(&str, i64, i64), Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        let amount = |field: &str| match tables.cell(entry.source_of(field), field) {
            Some(Cell::Whole(yuan)) if yuan != 0 => Some(yuan),
            _ => None,
        };
        if let (Some(total), Some(plan)) = (amount("total"), amount("plan")) {
            like.entry((&entry.who.unit, total, plan)).or_default().push(entry);
        }
    }
    let mut findings = Vec::new();
    for group in like.values() {
        for (at, later) in group.iter().enumerate() {
            let nearest =
                group[..at].iter().find(|first| strsim::normalized_levenshtein(&first.name, &later.name) >= ALIKE);
            findings.extend(nearest.map(|first| {
                let message = format!(
                    "“{}”与“{}”（{}）名称相近，总投资和年度计划相同",
                    tables.subject(later.source),
                    tables.subject(first.source),
                    tables.in_words(first.source)
                );
                let place = origins.cell(&tables.place(later.source), &tables.book.subject);
                Finding::new(Level::Query, "project.similar", place, message, "请核实是否同一项目；两行都已汇总")
            }));
        }
    }
    findings
}

/// Projects of one name that different units report, all of which count: maybe one project.
fn namesakes(tables: &Tables, entries: &[Entry], origins: &Origins) -> Vec<Finding> {
    let mut named: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        named.entry(&entry.name).or_default().push(entry);
    }
    let mut findings = Vec::new();
    for group in named.values_mut() {
        group.sort_by_key(|entry| entry.source);
        for later in &group[1..] {
            // Two platform codes are two projects, and who lists a name twice tells them apart by town.
            let maybe_one =
                |first: &&&Entry| (first.code.is_none() || later.code.is_none()) && !one_reporter(tables, first, later);
            let Some(first) = group.iter().take_while(|one| one.source < later.source).find(maybe_one) else {
                continue;
            };
            let message = format!(
                "“{}”与另一单位填报的项目同名：{} 与 {}；分别汇总，没有合并",
                tables.subject(later.source),
                tables.in_words(first.source),
                tables.in_words(later.source)
            );
            let place = origins.cell(&tables.place(later.source), &tables.book.subject);
            let advice = "请核实是否同一项目；是的，请两家填写相同的项目代码，或只由一家填报";
            findings.push(Finding::new(Level::Query, "project.same_name", place, message, advice));
        }
    }
    findings
}
