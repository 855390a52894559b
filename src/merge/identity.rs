//! Which rows are one project: by platform code, else by name within unit or town.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::clusters::{Cluster, clusters};
use super::entry::{Attribution, Cell, Entry, Source, Tables, cell_of};
use super::{names, words};
use crate::check::Origins;
use crate::finding::{Finding, Level};
use crate::profile::{LastWord, Side};
use crate::record::Values;
use crate::text::TextMap;

/// Names of one unit with the same total and plan that are at least this alike may be one project.
const ALIKE: f64 = 0.7;

/// Of projects alike in unit and amounts, a name is held against no more than this many before it.
const COMPARED: usize = 200;

/// What became of the entries of a book.
#[derive(Debug, Default)]
pub(crate) struct Unified<'a> {
    /// One a project, sorted by key.
    pub(crate) entries: Vec<Entry<'a>>,
    /// Rows set aside because their own unit reports the project twice.
    pub(crate) duplicates: Vec<Source>,
    /// What was joined, set aside or looks alike.
    pub(crate) findings: Vec<Finding>,
}

/// One entry a project.
pub(crate) fn unify<'a>(
    tables: &Tables<'a>,
    entries: Vec<Entry<'a>>,
    last_word: &LastWord,
    origins: &Origins,
) -> Unified<'a> {
    let mut unified = Unified::default();
    unified.entries.reserve(entries.len());
    for members in clusters(entries) {
        let entry = match members {
            Cluster::One(entry) => entry,
            Cluster::Several(mut members) => {
                members.sort_by_key(|entry| entry.source);
                let single = set_duplicates_aside(tables, members, origins, &mut unified);
                join(tables, single, last_word, origins, &mut unified.findings)
            }
        };
        unified.entries.push(entry);
    }
    give_keys(&mut unified.entries);
    unified.findings.extend(alike(tables, &unified.entries, origins));
    unified.findings.extend(namesakes(tables, &unified.entries, origins));
    unified
}

/// Leaves one entry a reporting unit; its later rows are set aside.
fn set_duplicates_aside<'a>(
    tables: &Tables<'a>,
    members: Vec<Entry<'a>>,
    origins: &Origins,
    unified: &mut Unified<'a>,
) -> Vec<Entry<'a>> {
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
fn join<'a>(
    tables: &Tables<'a>,
    mut members: Vec<Entry<'a>>,
    last_word: &LastWord,
    origins: &Origins,
    findings: &mut Vec<Finding>,
) -> Entry<'a> {
    if members.len() == 1 {
        return members.remove(0);
    }
    let in_order = |side: Side| {
        let mut order: Vec<&Entry> = members.iter().collect();
        order.sort_by_key(|entry| {
            let own = entry.who.unit == entry.who.reporting.name;
            (entry.who.reporting.town != (side == Side::Town), !own, entry.who.reporting.name.clone(), entry.source)
        });
        order
    };
    let order = in_order(last_word.otherwise);
    let mut entry = order[0].clone();
    for field in &tables.book.fields {
        let given =
            in_order(last_word.side(&field.id)).into_iter().find(|one| tables.cell(one.source, &field.id).is_some());
        if let Some(given) = given.filter(|given| given.source != entry.source) {
            entry.more_mut().taken.insert(field.id.clone(), given.source);
        }
    }
    let first = |of: fn(&Attribution) -> &Option<String>| order.iter().find_map(|one| of(&one.who).clone());
    let by_town = in_order(last_word.side("town"));
    entry.who = Arc::new(Attribution {
        town: by_town.iter().find_map(|one| one.who.town.clone()),
        department: first(|who| &who.department),
        category: first(|who| &who.category),
        leaders: first(|who| &who.leaders),
        ..(*entry.who).clone()
    });
    entry.code = order.iter().find_map(|one| one.code.clone());
    entry.more_mut().joined = order[1..].iter().map(|one| one.source).collect();
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
    let mut count: TextMap<(&str, &str), u32> = TextMap::default();
    if entries.iter().any(|entry| entry.code.is_none()) {
        for entry in entries.iter() {
            *count.entry((&entry.name, &entry.who.unit)).or_default() += 1;
        }
    }
    let named = |entry: &Entry| {
        let town = entry.who.town.as_deref().filter(|_| count[&(&*entry.name, &*entry.who.unit)] > 1);
        match town {
            Some(town) => format!("{}@{}@{town}", entry.name, entry.who.unit),
            None => format!("{}@{}", entry.name, entry.who.unit),
        }
    };
    let made: Vec<Option<String>> = entries.iter().map(|entry| entry.code.is_none().then(|| named(entry))).collect();
    for (entry, made) in entries.iter_mut().zip(made) {
        entry.key = match (&entry.code, made) {
            (Some(code), _) => code.clone(),
            (None, made) => Cow::Owned(made.unwrap_or_default()),
        };
    }
    entries.sort_by(|a, b| (&a.key, a.source).cmp(&(&b.key, b.source)));
}

/// Projects of one unit with like names and the same amounts: maybe one project renamed.
fn alike(tables: &Tables, entries: &[Entry], origins: &Origins) -> Vec<Finding> {
    let columns = ["total", "plan"].map(|field| (field, tables.column(field)));
    let amount = |entry: &Entry, (field, column): &(&str, Vec<Option<&Values>>)| {
        let source = entry.source_of(field);
        match cell_of(column[source.table()]?, source.at())? {
            Cell::Whole(yuan) if yuan != 0 => Some(yuan),
            _ => None,
        }
    };
    let known = |(at, entry): (usize, &Entry)| Some((amount(entry, &columns[0])?, amount(entry, &columns[1])?, at));
    let mut like: Vec<(i64, i64, usize)> = entries.iter().enumerate().filter_map(known).collect();
    like.sort_unstable_by(|a, b| {
        let unit = |at: usize| &entries[at].who.unit;
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| unit(a.2).cmp(unit(b.2))).then(a.2.cmp(&b.2))
    });
    let mut findings = Vec::new();
    let one = |a: &(i64, i64, usize), b: &(i64, i64, usize)| {
        (a.0, a.1) == (b.0, b.1) && entries[a.2].who.unit == entries[b.2].who.unit
    };
    for group in like.chunk_by(one) {
        for (at, later) in group.iter().enumerate().skip(1) {
            let later = &entries[later.2];
            let before = group[at.saturating_sub(COMPARED)..at].iter().map(|&(_, _, at)| &entries[at]);
            let nearest = { before }.find(|first| strsim::normalized_levenshtein(&first.name, &later.name) >= ALIKE);
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
    // Two platform codes are two projects: of names that only coded projects have there is nothing to ask.
    let without_code = entries.iter().filter(|entry| entry.code.is_none());
    let mut named: TextMap<&str, Vec<&Entry>> = without_code.map(|entry| (&*entry.name, Vec::new())).collect();
    for entry in entries {
        if let Some(group) = named.get_mut(&*entry.name) {
            group.push(entry);
        }
    }
    let mut named: BTreeMap<&str, Vec<&Entry>> = named.into_iter().filter(|(_, group)| group.len() > 1).collect();
    let mut findings = Vec::new();
    for group in named.values_mut() {
        group.sort_by_key(|entry| entry.source);
        let without_code: Vec<&Entry> = group.iter().copied().filter(|entry| entry.code.is_none()).collect();
        for later in &group[1..] {
            // Who lists a name twice tells them apart by town.
            let before = if later.code.is_none() { &*group } else { &without_code };
            let maybe_one = |first: &&&Entry| !one_reporter(tables, first, later);
            let Some(first) = before.iter().take_while(|one| one.source < later.source).find(maybe_one) else {
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
