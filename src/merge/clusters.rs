//! Which entries are one project: by platform code, else by name where town or unit agree.

use std::collections::BTreeSet;

use super::entry::Entry;
use crate::text::{TextMap, TextSet};

/// The entries of one project.
pub(crate) enum Cluster<'a> {
    /// As nearly always.
    One(Entry<'a>),
    /// In no order.
    Several(Vec<Entry<'a>>),
}

/// Entries that are one project, together; those with a code first, so that it decides.
pub(crate) fn clusters<'a>(mut entries: Vec<Entry<'a>>) -> Vec<Cluster<'a>> {
    entries.sort_by_key(|entry| (entry.code.is_none(), entry.source));
    let of = numbers(&entries);
    let mut clusters: Vec<Cluster> = Vec::with_capacity(entries.len());
    for (entry, at) in entries.into_iter().zip(of) {
        if at == clusters.len() {
            clusters.push(Cluster::One(entry));
            continue;
        }
        let before = std::mem::replace(&mut clusters[at], Cluster::Several(Vec::new()));
        clusters[at] = Cluster::Several(match before {
            Cluster::One(first) => vec![first, entry],
            Cluster::Several(mut members) => {
                members.push(entry);
                members
            }
        });
    }
    clusters
}

/// The number of each entry's cluster, in the order in which they begin.
fn numbers(entries: &[Entry]) -> Vec<usize> {
    let coded = entries.partition_point(|entry| entry.code.is_some());
    let mut by_code: TextMap<&str, usize> = TextMap::with_capacity_and_hasher(coded, Default::default());
    let (mut of, mut count) = (Vec::with_capacity(entries.len()), 0);
    for code in entries[..coded].iter().filter_map(|entry| entry.code.as_deref()) {
        // One code is one project whatever it is called, and another code another.
        let at = *by_code.entry(code).or_insert(count);
        count += usize::from(at == count);
        of.push(at);
    }
    let mut named = Named::of(&entries[coded..]);
    for (at, entry) in entries[..coded].iter().enumerate() {
        named.add(entry, at, of[at]);
    }
    for (at, entry) in entries.iter().enumerate().skip(coded) {
        let known = named.candidates(entry).into_iter().find(|cluster| named.belongs(entries, entry, *cluster));
        let cluster = known.unwrap_or(count);
        count += usize::from(known.is_none());
        of.push(cluster);
        named.add(entry, at, cluster);
    }
    of
}

/// By what an entry may be near others of its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    /// Its town.
    Town,
    /// Its unit.
    Unit,
    /// Its town or department, as the reporter of another.
    Group,
    /// Its reporter, as the town or department of another.
    Reporter,
}

/// The clusters that entries without a code may belong to, by name and by whatever two entries must share.
struct Named<'e> {
    /// The names of the entries without a code: no others are looked for.
    names: TextSet<&'e str>,
    by: TextMap<(&'e str, By, &'e str), BTreeSet<usize>>,
    /// The members of those clusters, by their place among the entries.
    members: TextMap<usize, Vec<usize>>,
}

impl<'e> Named<'e> {
    fn of(without_code: &'e [Entry]) -> Self {
        let names = without_code.iter().map(|entry| &*entry.name).collect();
        Self { names, by: TextMap::default(), members: TextMap::default() }
    }

    fn add(&mut self, entry: &'e Entry, at: usize, cluster: usize) {
        let Some(&name) = self.names.get(&*entry.name) else { return };
        let who = &entry.who;
        let groups = [&who.town, &who.department].into_iter().flatten().map(|group| (By::Group, group));
        let own = [(By::Unit, &who.unit), (By::Reporter, &who.reporting.name)];
        let town = who.town.iter().map(|town| (By::Town, town));
        for (by, what) in groups.chain(own).chain(town) {
            self.by.entry((name, by, what.as_str())).or_default().insert(cluster);
        }
        self.members.entry(cluster).or_default().push(at);
    }

    /// The clusters of an entry's name that have its town or unit in common, or one's is the other's reporter; the
    /// first first.
    fn candidates(&self, entry: &Entry) -> BTreeSet<usize> {
        let who = &entry.who;
        let groups = [&who.town, &who.department].into_iter().flatten().map(|group| (By::Reporter, group));
        let own = [(By::Unit, &who.unit), (By::Group, &who.reporting.name)];
        let town = who.town.iter().map(|town| (By::Town, town));
        let all = groups.chain(own).chain(town);
        all.filter_map(|(by, what)| self.by.get(&(&*entry.name, by, what.as_str()))).flatten().copied().collect()
    }

    /// Whether an entry of the same name is a cluster's project: not by another code or in another town.
    fn belongs(&self, entries: &[Entry], entry: &Entry, cluster: usize) -> bool {
        let differ = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let mut members = self.members[&cluster].iter().map(|&at| &entries[at]);
        !members.any(|other| {
            differ(entry.code.as_deref(), other.code.as_deref())
                || differ(entry.who.town.as_deref(), other.who.town.as_deref())
        })
    }
}
