//! Whom a ranking compares by the settings: its roster, the groups of its units, units not in being.

use std::collections::{BTreeMap, BTreeSet};

use crate::period::Period;
use crate::profile::{RankingPlan, RosterOf, Within};
use crate::settings::{Settings, Unit, UnitKind};

/// What the settings say about the groups of a ranking.
pub(super) struct Roster<'a> {
    plan: &'a RankingPlan,
    units: BTreeMap<&'a str, &'a Unit>,
    /// The groups that appear, rows or not.
    listed: Vec<String>,
    period: Period,
}

impl<'a> Roster<'a> {
    /// The roster of a ranking in a period.
    pub(super) fn of(plan: &'a RankingPlan, settings: &'a Settings, period: Period) -> Self {
        let units: BTreeMap<&str, &Unit> = settings.units.iter().map(|unit| (unit.name.as_str(), unit)).collect();
        let in_being = settings.units.iter().filter(|unit| not_in_being(unit, period).is_none());
        let of_kind = |roster| in_being.filter(|unit| is_on(roster, unit)).map(|unit| unit.name.clone()).collect();
        let listed = match plan.roster {
            None => Vec::new(),
            Some(RosterOf::Leaders) => settings.leaders.iter().map(|leader| leader.name.clone()).collect(),
            Some(roster) => of_kind(roster),
        };
        Self { plan, units, listed, period }
    }

    /// Whether a group of rows belongs to the ranking: a unit of another kind does not, and a name that
    /// nobody knows is asked about elsewhere and stays.
    pub(super) fn allows(&self, name: &str) -> bool {
        match (self.plan.roster, self.units.get(name)) {
            (None | Some(RosterOf::Leaders), _) | (_, None) => true,
            (Some(roster), Some(unit)) => is_on(roster, unit),
        }
    }

    /// The groups of the roster that are not among those with rows.
    pub(super) fn without_rows<'n>(&self, with: impl Iterator<Item = &'n String>) -> Vec<String> {
        let with: BTreeSet<&String> = with.collect();
        self.listed.iter().filter(|name| !with.contains(name)).cloned().collect()
    }

    /// The group of a unit among its like, where the ranking gives places within such groups.
    pub(super) fn within(&self, name: &str) -> Option<String> {
        match self.plan.within? {
            Within::UnitGroup => self.units.get(name)?.group.clone(),
        }
    }

    /// Why a group with rows is not compared: the unit is not in being in the period.
    pub(super) fn apart(&self, name: &str) -> Option<String> {
        not_in_being(self.units.get(name)?, self.period)
    }
}

fn is_on(roster: RosterOf, unit: &Unit) -> bool {
    match roster {
        RosterOf::All => true,
        RosterOf::Towns => unit.kind == UnitKind::Town,
        RosterOf::Departments => unit.kind != UnitKind::Town,
        RosterOf::Parks => unit.kind == UnitKind::Park,
        RosterOf::Leaders => false,
    }
}

/// Why a unit is not in being in a period.
fn not_in_being(unit: &Unit, period: Period) -> Option<String> {
    match (unit.from, unit.to) {
        (Some(from), _) if period < from => Some(format!("单位{}才启用", from.in_words())),
        (_, Some(to)) if period > to => Some(format!("单位已于{}停用", to.in_words())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample;

    fn settings() -> Settings {
        let unit = |name: &str, kind, group: Option<&str>| Unit {
            name: name.into(),
            kind,
            group: group.map(Into::into),
            ..Unit::default()
        };
        let month = |month| Period::new(2026, month);
        let units = vec![
            unit("城关镇", UnitKind::Town, Some("一类")),
            Unit { from: month(6), ..unit("新区街道", UnitKind::Town, None) },
            Unit { to: month(3), ..unit("柳河乡", UnitKind::Town, Some("二类")) },
            unit("县交通局", UnitKind::Department, None),
            unit("云山经开区", UnitKind::Park, None),
        ];
        Settings { units, ..Settings::default() }
    }

    fn plan(roster: RosterOf) -> RankingPlan {
        let plan = sample::profile().county.rankings.into_iter().find(|plan| plan.id == "towns").unwrap();
        RankingPlan { roster: Some(roster), within: Some(Within::UnitGroup), ..plan }
    }

    #[test]
    fn units_appear_by_kind_and_by_the_dates_of_their_being() {
        let (settings, nobody) = (settings(), Vec::new());
        let listed = |roster, month| {
            let plan = plan(roster);
            Roster::of(&plan, &settings, Period::new(2026, month).unwrap()).without_rows(nobody.iter())
        };
        assert_eq!(listed(RosterOf::Towns, 3), ["城关镇", "柳河乡"]);
        assert_eq!(listed(RosterOf::Towns, 6), ["城关镇", "新区街道"]);
        assert_eq!(listed(RosterOf::Departments, 6), ["县交通局", "云山经开区"]);
        assert_eq!(listed(RosterOf::Parks, 6), ["云山经开区"]);
        assert_eq!(listed(RosterOf::All, 4), ["城关镇", "县交通局", "云山经开区"]);
    }

    #[test]
    fn who_reports_though_closed_stands_apart() {
        let (settings, plan) = (settings(), plan(RosterOf::Towns));
        let roster = Roster::of(&plan, &settings, Period::new(2026, 5).unwrap());
        assert_eq!(roster.apart("柳河乡").as_deref(), Some("单位已于2026年3月停用"));
        assert_eq!(roster.apart("新区街道").as_deref(), Some("单位2026年6月才启用"));
        assert_eq!((roster.apart("城关镇"), roster.apart("没人知道的镇")), (None, None));
        assert_eq!((roster.within("城关镇").as_deref(), roster.within("新区街道")), (Some("一类"), None));
        assert!(!roster.allows("县交通局") && roster.allows("没人知道的镇") && roster.allows("柳河乡"));
    }
}
