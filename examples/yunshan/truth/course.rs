//! The course of a key project through the year: what it had completed by the end of each month. May's figures are those of
//! S003 and stay as they are; what came before and comes after is drawn around them.

use chrono::Datelike;

use super::super::dice::{Dice, split};
use super::county::TOWNS;
use super::{Row, Value, WAN};

/// How much is built in a month, January to December: frost, the festival, rain, and the rush to the year's end.
const SEASON: [i64; 12] = [80, 50, 115, 125, 120, 105, 95, 100, 120, 115, 125, 140];
/// The month that is known.
const MAY: usize = 5;

/// What a project had completed since the year's beginning, by the number of months gone, in yuan.
pub struct Course {
    /// `done[9]`: by the end of September.
    pub done: [i64; 13],
    /// The month in which it is begun: 0 if before this year, 13 if not this year.
    pub begun: u32,
}

/// The course that leads through what a row says of May. `at` tells the projects' luck apart.
pub fn of(row: &Row, at: usize) -> Course {
    let mut dice = Dice::new(2026 + at as u64 * 7);
    let (plan, may, month) = (row.amount("plan"), row.amount("done"), row.amount("done_month"));
    let begun = begun(row, at);
    let mut done = [0; 13];
    // Money spent in May's beginning month before May went into preparing the ground, in April.
    let first = if begun == 5 { 4 } else { begun.max(1) as usize };
    spread(&mut done, may - month, first.min(MAY - 1), MAY - 1, &mut dice);
    done[MAY] = may;
    let pace = TOWNS.iter().find(|town| town.name == row.text("town")).map_or(100, |town| town.pace);
    let per_mille = if may > 0 { 690 + pace * 22 / 10 + dice.between(-60, 60) } else { dice.between(350, 720) };
    let rest = (plan / WAN * per_mille.clamp(600, 1030) / 1000 * WAN - may).max(plan / 50 / WAN * WAN);
    let from = (begun.max(6) as usize).max(MAY + 1);
    if from <= 12 {
        spread(&mut done, rest, from, 12, &mut dice);
    }
    Course { done, begun }
}

/// In which month a project is begun. Of those that had not begun in May some begin as planned, some late, some not at all.
fn begun(row: &Row, at: usize) -> u32 {
    let month = |field: &str| match row.values.get(field) {
        Some(Value::Date(day)) if day.year() == 2026 => day.month(),
        Some(Value::Date(_)) => 0,
        _ => 13,
    };
    if row.amount("done") > 0 {
        return month("actual_start").min(5);
    }
    match at % 5 {
        0 => 13,
        1 => month("planned_start") + 2,
        _ => month("planned_start"),
    }
}

/// Adds a sum over the months from `first` to `last`, on top of what stands before the first.
fn spread(done: &mut [i64; 13], sum: i64, first: usize, last: usize, dice: &mut Dice) {
    let weights: Vec<i64> = (first..=last).map(|month| SEASON[month - 1] * dice.between(60, 140)).collect();
    let parts = split(sum, &weights, WAN);
    for (month, part) in (first..=last).zip(parts) {
        done[month] = done[month - 1] + part;
    }
}

impl Course {
    /// Nothing is added in some months; the next one catches up.
    pub fn stand_still(&mut self, after: usize, months: usize) {
        for month in after + 1..=after + months {
            self.done[month] = self.done[after];
        }
    }

    /// An audit takes something off what had been reported by the month before; what follows is added to less.
    pub fn cut_back(&mut self, month: usize, by: i64) {
        let less = self.done[month] - (self.done[month - 1] - by);
        self.done[month..].iter_mut().for_each(|done| *done -= less);
    }
}
