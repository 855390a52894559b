//! Which project of earlier periods each entry goes on: by decision, by code, by name within its unit.
//!
//! A project keeps the key under which the ledger first knew it, whatever code or name it gets later.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, Tables};
use super::known::{Identity, KnownProjects};
use super::names;
use crate::finding::{Finding, Level};
use crate::period::Period;
use crate::settings::{Link, Relation};

/// A decision of the sheet 认定 that found its project.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedLink {
    /// The decision.
    pub link: Link,
    /// The key of the project now.
    pub key: String,
    /// The key that the old project has in the ledger, where it is known.
    pub old_key: Option<String>,
}

/// What became of the decisions.
#[derive(Debug, Default)]
pub(crate) struct Continued {
    /// Those that found their project.
    pub(crate) links: Vec<AppliedLink>,
    /// Those that did not, or that contradict the data or one another.
    pub(crate) findings: Vec<Finding>,
}

/// Gives each entry the key of the earlier project that it is; the entries stay sorted by key.
pub(crate) fn go_on(
    tables: &Tables,
    entries: &mut [Entry],
    links: &[Link],
    known: &KnownProjects,
    period: Period,
) -> Continued {
    let mut continued = Continued::default();
    let mut settled: BTreeMap<usize, (String, &Link)> = BTreeMap::new();
    let mut of_book: Vec<&Link> =
        links.iter().filter(|link| link.book == tables.book.id && link.holds(period)).collect();
    of_book.sort_by_key(|link| link.from);
    for link in of_book {
        match entries_of(tables, entries, link).as_slice() {
            [] => continued.findings.extend(stale(link, known)),
            &[at] => settle(tables, entries, at, link, known, &mut settled, &mut continued),
            several => continued.findings.push(ambiguous(link, several.len())),
        }
    }
    let mut taken: BTreeSet<String> = settled.values().map(|(key, _)| key.clone()).collect();
    let own: Vec<usize> = (0..entries.len()).filter(|at| !settled.contains_key(at)).collect();
    for (at, (key, _)) in settled {
        entries[at].key = Cow::Owned(key);
    }
    keep_known(tables, entries, &own, known, &mut taken);
    make_unique(entries, &own, period);
    for applied in &mut continued.links {
        let now = entries.iter().find(|entry| entry.more().links.contains(&applied.link.place));
        applied.key = now.map(|entry| entry.key.clone().into_owned()).unwrap_or_default();
    }
    entries.sort_by(|a, b| (&a.key, a.source).cmp(&(&b.key, b.source)));
    continued
}

/// The entries that a decision calls the new project.
fn entries_of(tables: &Tables, entries: &[Entry], link: &Link) -> Vec<usize> {
    let name = names::project(&link.new);
    let code = link.new_code.as_deref().and_then(names::code_in);
    let is_meant = |entry: &Entry| match (&code, &entry.code) {
        (Some(code), Some(own)) => code == own,
        _ => entry.goes_by(tables, &name),
    };
    (0..entries.len()).filter(|&at| is_meant(&entries[at])).collect()
}

/// Applies a decision to the entry that it means.
fn settle<'l>(
    tables: &Tables,
    entries: &mut [Entry],
    at: usize,
    link: &'l Link,
    known: &KnownProjects,
    settled: &mut BTreeMap<usize, (String, &'l Link)>,
    continued: &mut Continued,
) {
    let old_key = old_key(link, &entries[at], known);
    if let Some(other) = still_reported(tables, entries, at, link) {
        continued.findings.push(both_reported(tables, link, &entries[other]));
        if link.relation == Relation::Renamed {
            return;
        }
    }
    let carries_on = matches!(link.relation, Relation::Renamed | Relation::Moved | Relation::Joined);
    if let Some(key) = old_key.clone().filter(|_| carries_on) {
        match settled.get(&at) {
            Some((known, first)) if *known != key && link.relation != Relation::Joined => {
                continued.findings.push(contradiction(first, link));
                let place = first.place.clone();
                continued.links.retain(|applied| applied.link.place != place);
                entries[at].more_mut().links.retain(|applied| *applied != place);
                settled.remove(&at);
                return;
            }
            Some(_) => {}
            None => drop(settled.insert(at, (key, link))),
        }
    }
    let entry = entries[at].more_mut();
    entry.formers.push(names::project(&link.old));
    entry.links.push(link.place.clone());
    entry.said.push(format!("{}：原为“{}”（{}）", link.relation.title(), link.old, link.document));
    continued.links.push(AppliedLink { link: link.clone(), key: String::new(), old_key });
}

/// The key of the old project: as the ledger knows it, else as merging would have given it.
fn old_key(link: &Link, entry: &Entry, known: &KnownProjects) -> Option<String> {
    let code = link.old_code.as_deref().and_then(names::code);
    let name = names::project(&link.old);
    let is_old = |identity: &Identity| match (&code, &identity.code) {
        (Some(code), Some(own)) => code == own,
        _ => identity.names.iter().any(|known| *known == name || known.split('/').next() == Some(&name)),
    };
    let mut candidates: Vec<(bool, &str)> = known
        .of_book(&link.from_book)
        .filter(|(_, identity)| is_old(identity))
        .map(|(key, identity)| (!shares_unit(entry, identity), key))
        .collect();
    candidates.sort_unstable();
    match candidates.first() {
        Some((_, key)) => Some((*key).to_owned()),
        None if code.is_some() => code,
        None => entry.code.is_none().then(|| format!("{name}@{}", entry.who.unit)),
    }
}

/// Whether somebody of an entry had to do with an earlier project.
fn shares_unit(entry: &Entry, identity: &Identity) -> bool {
    let who = &entry.who;
    let own = [&who.town, &who.department].into_iter().flatten().chain([&who.unit, &who.reporting.name]);
    own.into_iter().any(|unit| identity.units.contains(unit))
}

/// The entry that still goes by the old name in the same book.
fn still_reported(tables: &Tables, entries: &[Entry], at: usize, link: &Link) -> Option<usize> {
    let old = names::project(&link.old);
    if link.from_book != link.book || old == names::project(&link.new) {
        return None;
    }
    let near = |other: &Entry| other.who.unit == entries[at].who.unit || other.who.town == entries[at].who.town;
    (0..entries.len()).find(|&other| other != at && entries[other].goes_by(tables, &old) && near(&entries[other]))
}

/// Entries that the ledger knows keep the key that it knows them by.
fn keep_known(
    tables: &Tables,
    entries: &mut [Entry],
    own: &[usize],
    known: &KnownProjects,
    taken: &mut BTreeSet<String>,
) {
    let book = &tables.book.id;
    if known.of_book(book).next().is_none() {
        return;
    }
    let mut left: Vec<usize> = Vec::new();
    for &at in own {
        match known.has(book, &entries[at].key) && !taken.contains(&*entries[at].key) {
            true => drop(taken.insert(entries[at].key.clone().into_owned())),
            false => left.push(at),
        }
    }
    let (mut by_code, mut by_name) = (BTreeMap::<&str, Vec<_>>::new(), BTreeMap::<&str, Vec<_>>::new());
    for (key, identity) in known.of_book(book).filter(|(key, _)| !taken.contains(*key)) {
        if let Some(code) = &identity.code {
            by_code.entry(code).or_default().push((key, identity));
        }
        for name in &identity.names {
            by_name.entry(name).or_default().push((key, identity));
        }
    }
    for at in left {
        let entry = &entries[at];
        let coded = entry.code.as_deref().and_then(|code| by_code.get(code)).into_iter().flatten();
        let one_code = |identity: &Identity| match (&entry.code, &identity.code) {
            (Some(own), Some(code)) => own == code,
            _ => true,
        };
        let named = by_name.get(&*entry.name).into_iter().flatten();
        let near = named.filter(|(_, identity)| one_code(identity) && shares_unit(entry, identity));
        let mut free = coded.chain(near).map(|(key, _)| *key).filter(|key| !taken.contains(*key));
        if let Some(key) = free.next() {
            let key = key.to_owned();
            taken.insert(key.clone());
            entries[at].key = Cow::Owned(key);
        }
    }
}

/// Where a new project would get a key that a decision gave to another, its period tells it apart.
fn make_unique(entries: &mut [Entry], own: &[usize], period: Period) {
    // Nearly in order already.
    let mut by_key: Vec<usize> = (0..entries.len()).collect();
    by_key.sort_by(|a, b| entries[*a].key.cmp(&entries[*b].key));
    let alike = by_key.chunk_by(|a, b| entries[*a].key == entries[*b].key).filter(|alike| alike.len() > 1);
    let twice: Vec<usize> = alike.flatten().copied().filter(|at| own.binary_search(at).is_ok()).collect();
    for at in twice {
        entries[at].key = Cow::Owned(format!("{}@{period}", entries[at].key));
    }
}

fn told(link: &Link) -> String {
    format!("认定“{}”{}为“{}”（{}）", link.old, link.relation.title(), link.new, link.document)
}

/// That neither the period nor an earlier one has the project; a project that left the list since is no fault.
fn stale(link: &Link, known: &KnownProjects) -> Option<Finding> {
    let name = names::project(&link.new);
    let mut projects = known.of_book(&link.book);
    if projects.any(|(_, identity)| identity.names.contains(&name)) {
        return None;
    }
    let message = format!("{}：本期和以前各期都没有“{}”，未生效", told(link), link.new);
    let advice = "请核对名称、代码，或删去已不需要的认定";
    Some(Finding::new(Level::Note, "link.stale", link.place.clone(), message, advice))
}

fn ambiguous(link: &Link, found: usize) -> Finding {
    let message = format!("{}：本期有{found}个项目叫“{}”，未生效", told(link), link.new);
    Finding::new(Level::Query, "link.ambiguous", link.place.clone(), message, "请填写现代码，以便认定是哪一个")
}

fn contradiction(first: &Link, second: &Link) -> Finding {
    let message =
        format!("{}与第{}行的{}矛盾，两项都未生效", told(second), first.place.row().unwrap_or_default(), told(first));
    Finding::new(Level::Error, "link.contradict", second.place.clone(), message, "一个项目只能有一个来历，请只留一项")
}

/// That the old name is still reported beside the new one.
fn both_reported(tables: &Tables, link: &Link, other: &Entry) -> Finding {
    let row = tables.in_words(other.source);
    let (message, advice) = match link.relation {
        Relation::Renamed => (
            format!("{}，但两个名称本期都在报（{row}），未生效", told(link)),
            "请核实是否两个项目：是的，请删去这项认定；不是的，请单位删去原名称一行",
        ),
        _ => (
            format!("{}，但“{}”本期还在报（{row}），可能重复统计", told(link), link.old),
            "请核实：已由新项目代替的，请单位删去原项目一行",
        ),
    };
    Finding::new(Level::Query, "link.both_reported", link.place.clone(), message, advice)
}
