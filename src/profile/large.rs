//! What is done where a month has more than a workbook should carry.

use serde::Deserialize;

use super::County;
use super::misfit::Misfit;
use super::reading::Step;
use crate::say;

/// What `[large]` of `county.toml` states; each key may be left out.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LargePlan {
    /// Projects that a ranking workbook lists one by one; of more it has their sums by group, and the projects stand in a
    /// CSV beside it.
    pub projects: usize,
    /// Rows of each list (behind schedule, not started, bottlenecks, by month) in a workbook with sums.
    pub listed: usize,
    /// Findings that the check report lists, and stated figures; of more the rest stands in a CSV beside it, but for data
    /// rows' figures that are reproduced: these are only counted.
    pub findings: usize,
    /// Groups that a ranking's sheet lists; of more it has both ends, and all stand in a CSV beside the workbook.
    pub groups: usize,
    /// How many of each end.
    pub ends: usize,
}

impl LargePlan {
    /// Whether a ranking of so many groups is shown by its ends: only where that leaves anything out.
    pub fn by_ends(&self, groups: usize) -> bool {
        groups > self.groups.max(self.ends.saturating_mul(2))
    }
}

impl Default for LargePlan {
    fn default() -> Self {
        Self { projects: 20_000, listed: 500, findings: 10_000, groups: 1_000, ends: 100 }
    }
}

/// Excel ends at 1,048,576 rows; titles, headings and remarks stand around.
const MOST: usize = 1_000_000;

/// Bounds that list nothing, or more than a sheet holds.
pub(super) fn of_large(county: &County) -> Vec<Misfit> {
    let LargePlan { projects, listed, findings, groups, ends } = county.large;
    let stated =
        [("projects", projects), ("listed", listed), ("findings", findings), ("groups", groups), ("ends", ends)];
    let odd = stated.into_iter().filter(|(_, rows)| !(1..=MOST).contains(rows));
    odd.map(|(key, rows)| Misfit {
        path: vec![Step::Key("large".into()), Step::Key(key.into())],
        message: say!("profile-large", key = key, rows = rows, most = MOST),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    #[test]
    fn bounds_that_list_nothing_are_told() {
        let mut county = Profile::built_in().county;
        assert!(of_large(&county).is_empty());
        county.large = LargePlan { projects: 0, listed: 5, findings: 2_000_000, ..LargePlan::default() };
        let told: Vec<String> = of_large(&county).into_iter().map(|misfit| misfit.message).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("projects = 0") && told[1].contains("1到1000000"), "{told:?}");
    }
}
