//! Which of a ranking's groups its sheet lists: all, or of very many both ends.

use super::RankingSheet;
use crate::publish::table::Cell;
use crate::rank::Ranking;

/// The rows of a sheet by their place in the ranking; `None` stands for those between both ends.
pub(super) type Listed = Vec<Option<usize>>;

/// What a sheet lists: everyone, or so many of each end of those with a place, or of all where nobody has one.
pub(super) fn listed(ranking: &Ranking, ends: Option<usize>) -> Listed {
    let all = ranking.rows.len();
    let Some(ends) = ends else { return (0..all).map(Some).collect() };
    let placed = match ranking.rows.iter().filter(|row| row.place.is_some()).count() {
        0 => all,
        placed => placed,
    };
    let first = ends.min(placed);
    let last = placed.saturating_sub(ends).max(first)..placed;
    let between = (last.start > first).then_some(None);
    (0..first).map(Some).chain(between).chain(last.map(Some)).collect()
}

impl RankingSheet<'_, '_> {
    /// Whether it lists both ends and not all of its groups.
    pub(in crate::publish) fn is_by_ends(&self) -> bool {
        self.file.is_some()
    }

    /// Where a group of the ranking stands among the rows.
    pub(in crate::publish) fn row_of(&self, group: usize) -> Option<usize> {
        match self.is_by_ends() {
            true => self.listed.iter().position(|listed| *listed == Some(group)),
            false => Some(group),
        }
    }

    /// How many groups stand one below the other from the first on.
    pub(in crate::publish) fn first_rows(&self) -> u32 {
        self.ends().0 as u32
    }

    /// How many of each end there are.
    fn ends(&self) -> (usize, usize) {
        let all = self.listed.iter().flatten().count();
        let first = self.listed.iter().position(Option::is_none).unwrap_or(all);
        (first, all - first)
    }

    /// Both ends in words: 前100名、后100名; of a series 前100个、后100个.
    pub(super) fn ends_in_words(&self) -> String {
        let (first, last) = self.ends();
        let one = if self.placed > 0 { "名" } else { "个" };
        match last {
            0 => format!("前{first}{one}"),
            _ => format!("前{first}{one}、后{last}{one}"),
        }
    }

    /// What stands for those between both ends.
    pub(super) fn between(&self) -> Vec<Cell> {
        let (first, last) = self.ends();
        let all = if self.placed > 0 { self.placed } else { self.ranking.rows.len() };
        let words = format!("略{}个", all - first - last);
        let cell = |column| match column {
            column if Some(column) == self.group_column() => Cell::text(&words).strong(),
            column if Some(column) == self.place_column() => Cell::text("…").strong(),
            _ => Cell::blank().strong(),
        };
        (0..self.parts.len()).map(cell).collect()
    }

    /// What is said of the groups that are not listed.
    pub(super) fn ends_note(&self) -> Option<String> {
        let (file, all) = (self.file.as_ref()?, self.ranking.rows.len());
        let (first, last) = self.ends();
        let unranked = if self.placed > 0 { all - self.placed } else { 0 };
        let unranked = if unranked > 0 { format!("（其中{unranked}个不参与排名）") } else { String::new() };
        let within = self.ranking.rows.iter().any(|row| row.within.is_some());
        let within = if within { "，各组内的名次也见该文件" } else { "" };
        Some(format!(
            "本表共{all}个对象{unranked}，只列{}，其余{}个不在本表；全部见同一文件夹的“{}”{within}。名次、个数和金额为数值，不随明细重算。",
            self.ends_in_words(),
            all - first - last,
            file,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::Ranked;

    fn ranking(placed: u32, unplaced: usize) -> Ranking {
        let placed = (1..=placed).map(|place| Ranked { place: Some(place), ..Ranked::default() });
        Ranking { rows: placed.chain((0..unplaced).map(|_| Ranked::default())).collect(), ..Ranking::default() }
    }

    #[test]
    fn both_ends_are_of_those_with_a_place() {
        let of = |placed, unplaced| listed(&ranking(placed, unplaced), Some(2));
        assert_eq!(of(6, 1), [Some(0), Some(1), None, Some(4), Some(5)]);
        assert_eq!(of(3, 4), [Some(0), Some(1), Some(2)], "nobody stands at both ends");
        assert_eq!(of(1, 9), [Some(0)]);
        assert_eq!(of(0, 6), [Some(0), Some(1), None, Some(4), Some(5)], "a series has no places");
        assert_eq!(listed(&ranking(2, 1), None), [Some(0), Some(1), Some(2)]);
    }
}
