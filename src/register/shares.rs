//! How many reports and how many units are in each state, in shares that add up to 100%.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::state::{Report, State};
use crate::period::Period;
use crate::settings::Settings;

/// What a unit is called that owes nothing.
const OWES_NOTHING: &str = "无报送任务";

/// A state with how many are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The state as the office calls it.
    pub title: &'static str,
    /// How many.
    pub count: usize,
    /// Their share in tenths of a percent; all shares of a list are 1000 together.
    pub tenths: u32,
}

impl Share {
    /// As a reader sees it: 97.5%.
    pub fn percent(&self) -> String {
        format!("{}.{}%", self.tenths / 10, self.tenths % 10)
    }
}

/// A unit by the gravest state among its reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitState {
    /// The unit.
    pub unit: String,
    /// The state; `None` where it owes nothing.
    pub state: Option<State>,
    /// How many reports it owes.
    pub owed: usize,
}

/// The reports that were owed, by state.
pub fn by_report(reports: &[Report]) -> Vec<Share> {
    let states: Vec<State> = reports.iter().filter(|report| report.owed).map(|report| report.state).collect();
    let count = |state: State| (state.title(), states.iter().filter(|known| **known == state).count());
    shared(State::ALL.into_iter().rev().map(count).collect())
}

/// The units of the roster, by the gravest state of each.
pub fn by_unit(units: &[UnitState]) -> Vec<Share> {
    let count = |state: Option<State>| {
        let title = state.map_or(OWES_NOTHING, State::title);
        (title, units.iter().filter(|unit| unit.state == state).count())
    };
    let mut counts: Vec<_> = State::ALL.into_iter().rev().map(|state| count(Some(state))).collect();
    counts.extend(Some(count(None)).filter(|(_, count)| *count > 0));
    shared(counts)
}

/// The units that report for a period, each with the gravest state of its reports: those of the roster,
/// else those that owe a report.
pub fn units(reports: &[Report], settings: &Settings, period: Period) -> Vec<UnitState> {
    let open = settings.units.iter().filter(|unit| unit.is_open(period)).map(|unit| &unit.name);
    let mut names: Vec<&String> = open.collect();
    if settings.units.is_empty() {
        names = reports.iter().filter(|report| report.owed).map(|report| &report.unit).collect();
        names.dedup();
    }
    let mut by_unit: HashMap<&String, Vec<State>> = HashMap::new();
    for report in reports.iter().filter(|report| report.owed) {
        by_unit.entry(&report.unit).or_default().push(report.state);
    }
    let state = |unit: &String| {
        let own = by_unit.get(unit).map_or(&[][..], Vec::as_slice);
        UnitState { unit: unit.clone(), state: own.iter().min().copied(), owed: own.len() }
    };
    names.into_iter().map(state).collect()
}

/// Shares by largest remainder: rounded down, and what is missing to the whole given to those that lost most.
fn shared(counts: Vec<(&'static str, usize)>) -> Vec<Share> {
    let total: usize = counts.iter().map(|(_, count)| count).sum();
    let mut shares: Vec<Share> = counts.into_iter().map(|(title, count)| Share { title, count, tenths: 0 }).collect();
    if total == 0 {
        return shares;
    }
    for share in &mut shares {
        share.tenths = (share.count * 1000 / total) as u32;
    }
    let given: u32 = shares.iter().map(|share| share.tenths).sum();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(shares[at].count * 1000 % total), at));
    for at in order.into_iter().take(1000 - given as usize) {
        shares[at].tenths += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_a_hundred_together() {
        for counts in [vec![1, 1, 1], vec![2, 76, 1], vec![0, 7, 13, 39], vec![1; 7], vec![5]] {
            let shares = shared(counts.iter().map(|&count| ("", count)).collect());
            assert_eq!(shares.iter().map(|share| share.tenths).sum::<u32>(), 1000, "{counts:?}");
            let total: usize = counts.iter().sum();
            for share in &shares {
                let off = (f64::from(share.tenths) - share.count as f64 * 1000.0 / total as f64).abs();
                assert!(off < 1.0, "{counts:?}: {share:?}");
            }
        }
        // A third each: the first takes what rounding leaves over.
        let thirds: Vec<String> = shared(vec![("", 1), ("", 1), ("", 1)]).iter().map(Share::percent).collect();
        assert_eq!(thirds, ["33.4%", "33.3%", "33.3%"]);
        assert!(shared(vec![("", 0)])[0].tenths == 0);
    }
}
