//! Who is who: the roster's units, or, without one, the units that report.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::names;
use crate::record::{Table, Values};
use crate::settings::{Settings, Unit, UnitKind};

/// A unit by its canonical name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// Its name in every output.
    pub name: String,
    /// Whether rankings set it among the towns.
    pub town: bool,
}

/// The units that names are held against.
#[derive(Debug, Default)]
pub struct Roster {
    /// By the name as it compares.
    units: BTreeMap<String, Known>,
    /// The towns: how they are called, the longest of those that compare alike first.
    towns: Vec<(String, String)>,
    /// Where each stands there, by how it compares.
    town_at: BTreeMap<String, usize>,
    /// The leaders by name; empty where the office lists none.
    leaders: BTreeSet<String>,
    /// Whether units of several counties report, so that a town's name alone does not tell which it is.
    apart: bool,
    /// Whether the office gave a roster: only then is there such a thing as an unknown unit.
    pub given: bool,
}

impl Roster {
    /// The roster of the settings, else the units that report or are named in the tables.
    pub fn of(settings: &Settings, tables: &[Table]) -> Self {
        let mut roster = Self { given: !settings.units.is_empty(), ..Self::default() };
        roster.leaders = settings.leaders.iter().map(|leader| names::squeezed(&leader.name)).collect();
        roster.take_listed(&settings.units);
        if !roster.given {
            let reporting = reporting(tables);
            let counties: BTreeSet<String> = reporting.keys().filter_map(|name| names::county(name)).collect();
            roster.apart = counties.len() > 1;
            roster.take_as_written(reporting);
            roster.take_as_written(named(tables));
        }
        roster.towns = roster
            .units
            .iter()
            .filter(|(_, known)| known.town)
            .map(|(core, known)| (core.clone(), known.name.clone()))
            .collect();
        // The longest first, so that the first that a text holds is its longest match.
        roster.towns.sort_by_key(|(core, name)| (std::cmp::Reverse(core.chars().count()), name.clone()));
        roster.town_at = roster.towns.iter().enumerate().map(|(at, (core, _))| (core.clone(), at)).collect();
        roster
    }

    /// The listed units by every spelling; what would mean two of them means none.
    fn take_listed(&mut self, units: &[Unit]) {
        let mut short: BTreeMap<String, BTreeSet<Known>> = BTreeMap::new();
        for unit in units {
            let known = Known { name: unit.name.clone(), town: unit.kind == UnitKind::Town };
            for spelled in [&unit.name].into_iter().chain(&unit.aliases) {
                // As it is written first: brackets may tell two units apart.
                self.units.entry(names::squeezed(spelled)).or_insert_with(|| known.clone());
                short.entry(names::unit(spelled)).or_default().insert(known.clone());
            }
        }
        for (core, mut known) in short {
            if let (Some(only), true) = (known.pop_first(), known.is_empty()) {
                self.units.entry(core).or_insert(only);
            }
        }
    }

    /// Every spelling is a unit; of several of one unit the most frequent stands, then the longest.
    fn take_as_written(&mut self, spelled: BTreeMap<String, usize>) {
        let mut best: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
        for (name, count) in spelled {
            let rank = (count, name.chars().count(), name.clone());
            let known = best.entry(self.core(&name)).or_insert_with(|| rank.clone());
            if (rank.0, rank.1) > (known.0, known.1) {
                *known = rank;
            }
        }
        for (core, (_, _, name)) in best {
            let town = names::is_town(&name);
            self.units.entry(core).or_insert(Known { name, town });
        }
    }

    /// A unit's name as it compares: without its county, but where units of several counties report.
    fn core(&self, name: &str) -> String {
        let county = names::county(name).filter(|_| self.apart).unwrap_or_default();
        county + &names::unit(name)
    }

    /// The unit that a name means.
    pub fn find(&self, name: &str) -> Option<&Known> {
        self.units.get(&names::squeezed(name)).or_else(|| self.units.get(&self.core(name)))
    }

    /// The unit whose name or alias stands in a text, such as a file's name: that of the longest one.
    pub fn named_in(&self, text: &str) -> Option<String> {
        let text = names::squeezed(text);
        let stands = standing_in(&self.units, &text).into_iter().map(|(core, known)| (core.chars().count(), known));
        let found: Vec<(usize, &Known)> = stands.filter(|(length, _)| *length >= 2).collect();
        let longest = found.iter().map(|(length, _)| *length).max()?;
        let mut best: Vec<&Known> =
            found.into_iter().filter(|(length, _)| *length == longest).map(|(_, known)| known).collect();
        best.dedup();
        Some(best).filter(|best| best.len() == 1).map(|best| best[0].name.clone())
    }

    /// The unit that a name means, else one as it is written.
    pub(crate) fn find_or_as_written(&self, name: &str) -> Known {
        let as_written = || Known { name: tidy(name), town: names::is_town(name) };
        self.find(name).cloned().unwrap_or_else(as_written)
    }

    /// The towns that free text names, the longest match first.
    pub(crate) fn towns_in(&self, text: &str) -> Vec<String> {
        let mut text = names::squeezed(text);
        let mut found: Vec<String> = Vec::new();
        let stands: BTreeSet<usize> = standing_in(&self.town_at, &text).into_values().copied().collect();
        for (core, name) in stands.into_iter().map(|at| &self.towns[at]) {
            if text.contains(core.as_str()) {
                text = text.replace(core.as_str(), "\u{1}");
                if !found.contains(name) {
                    found.push(name.clone());
                }
            }
        }
        if found.is_empty() && !self.given {
            found.extend(names::town_in(&text));
        }
        found
    }

    /// The leaders that a cell names, and those of them that the office does not list.
    pub(crate) fn leaders_in(&self, text: &str) -> (Vec<String>, Vec<String>) {
        let named = names::leaders(text);
        if self.leaders.is_empty() {
            return (named, Vec::new());
        }
        let listed = |name: &String| {
            self.leaders.iter().filter(|known| name.contains(known.as_str())).max_by_key(|known| known.len())
        };
        let unknown = named.iter().filter(|name| listed(name).is_none()).cloned().collect();
        (named.iter().map(|name| listed(name).unwrap_or(name).clone()).collect(), unknown)
    }
}

/// The known names that stand in a text, wherever; its cost does not grow with how many are known.
fn standing_in<'k, V>(known: &'k BTreeMap<String, V>, text: &str) -> BTreeMap<&'k str, &'k V> {
    let mut found = BTreeMap::new();
    for (start, _) in text.char_indices() {
        let rest = &text[start..];
        for end in rest.char_indices().map(|(at, c)| at + c.len_utf8()) {
            let begun = &rest[..end];
            let next = known.range::<str, _>((Bound::Included(begun), Bound::Unbounded)).next();
            let Some((name, value)) = next.filter(|(name, _)| name.starts_with(begun)) else { break };
            if name == begun {
                found.insert(name.as_str(), value);
            }
        }
    }
    found
}

/// A name as written, white space gone.
pub(crate) fn tidy(name: &str) -> String {
    name.split_whitespace().collect()
}

/// How often each spelling reports, by rows.
fn reporting(tables: &[Table]) -> BTreeMap<String, usize> {
    let mut spelled = BTreeMap::new();
    for table in tables.iter().filter(|table| !table.reporting_unit.trim().is_empty()) {
        *spelled.entry(tidy(&table.reporting_unit)).or_default() += table.rows.len();
    }
    spelled
}

/// How often each spelling stands as a row's responsible unit.
fn named(tables: &[Table]) -> BTreeMap<String, usize> {
    let mut spelled = BTreeMap::new();
    for column in tables.iter().filter_map(|table| table.column("unit")) {
        if let Values::Text(cells) = &column.values {
            let mut as_written: BTreeMap<&str, usize> = BTreeMap::new();
            for cell in cells.iter().flatten() {
                *as_written.entry(first_unit(cell)).or_default() += 1;
            }
            for (name, count) in as_written {
                *spelled.entry(tidy(name)).or_default() += count;
            }
        }
    }
    spelled
}

/// The first of several units in a cell: 县住建局、城关镇.
pub(crate) fn first_unit(cell: &str) -> &str {
    cell.split(['、', ',', '，', ';', '；', '/']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let town = |name: &str| Unit { name: name.into(), kind: UnitKind::Town, ..Unit::default() };
        let office =
            Unit { name: "县住房和城乡建设局".into(), aliases: vec!["住建局".into()], ..Unit::default() };
        Settings { units: vec![town("城关镇"), town("新城关镇"), office], ..Settings::default() }
    }

    #[test]
    fn aliases_and_prefixes_lead_to_one_name() {
        let roster = Roster::of(&settings(), &[]);
        for spelled in ["云山县住建局", "县住建局", "住房和城乡建设局（公章）"] {
            assert_eq!(roster.find(spelled).unwrap().name, "县住房和城乡建设局", "{spelled}");
        }
        assert_eq!(roster.find("县交通局"), None);
        assert!(roster.find("城关镇人民政府").unwrap().town);
    }

    #[test]
    fn brackets_tell_units_apart_where_the_roster_does() {
        let unit = |name: &str| Unit { name: name.into(), ..Unit::default() };
        let units = vec![unit("县医院（东院）"), unit("县医院（西院）")];
        let roster = Roster::of(&Settings { units, ..Settings::default() }, &[]);
        assert_eq!(roster.find("县医院(西院)").unwrap().name, "县医院（西院）");
        assert_eq!(roster.find("县医院"), None, "which of the two is not guessed");
    }

    #[test]
    fn towns_of_one_name_in_several_counties_are_several() {
        let spelled = ["安平县城关镇", "永康县城关镇", "永康县城关镇人民政府", "永康县发改局"];
        let spelled = || spelled.into_iter().map(|name| (name.to_owned(), 1)).collect();
        let mut roster = Roster { apart: true, ..Roster::default() };
        roster.take_as_written(spelled());
        let found = |roster: &Roster, name: &str| roster.find(name).map(|known| known.name.clone());
        assert_eq!(found(&roster, "安平县城关镇").as_deref(), Some("安平县城关镇"));
        assert_eq!(found(&roster, "永康县城关镇"), found(&roster, "永康县城关镇人民政府"));
        assert_eq!(found(&roster, "城关镇"), None, "which county's is not guessed");
        let mut of_one = Roster::default();
        of_one.take_as_written(spelled());
        assert_eq!(found(&of_one, "发改局").as_deref(), Some("永康县发改局"));
    }

    #[test]
    fn the_longest_town_of_a_text_stands() {
        let roster = Roster::of(&settings(), &[]);
        assert_eq!(roster.towns_in("新城关镇东街社区"), ["新城关镇"]);
        assert_eq!(roster.towns_in("城关镇、新城关镇"), ["新城关镇", "城关镇"]);
        assert_eq!(roster.towns_in("柳河乡"), [""; 0], "with a roster an unlisted town is unknown");
        assert_eq!(Roster::default().towns_in("柳河乡三道沟村"), ["柳河乡"]);
    }
}
