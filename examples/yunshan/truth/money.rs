//! The key projects' money, dealt out so that the sums are S003's to the yuan.

use super::super::dice::{Dice, split};
use super::kinds::INFRASTRUCTURE;
use super::projects::Draft;
use super::{Row, WAN};

/// What the projects of one kind add up to, in 万元.
struct Share {
    linked: bool,
    infrastructure: bool,
    plan: i64,
    done: i64,
}

/// The four shares: 11 亿元 done of 30.9 亿元 planned (35.6%), the linked ones 4.3 of 14.28 (30.1%),
/// infrastructure 4.1 亿元 of that.
const SHARES: [Share; 4] = [
    Share { linked: true, infrastructure: true, plan: 56_400, done: 17_000 },
    Share { linked: true, infrastructure: false, plan: 86_400, done: 26_000 },
    Share { linked: false, infrastructure: true, plan: 62_000, done: 24_000 },
    Share { linked: false, infrastructure: false, plan: 104_200, done: 43_000 },
];
/// What infrastructure had done in the same months of last year: 4.1 亿元 is 10.3% less.
const INFRASTRUCTURE_LAST_YEAR: i64 = 45_708;
/// How many linked projects keep up with the schedule: 29 less the 20 behind.
const LINKED_ON_TIME: usize = 9;
/// The least rate in per mille of a project that keeps up: 5/12 and a little.
const ON_TIME_RATE: i64 = 430;
/// How many projects have not begun: with a leader, and without.
const NOT_BEGUN: (usize, usize) = (2, 8);

/// A project's amounts, in yuan.
#[derive(Clone, Default)]
pub struct Money {
    /// 年度计划投资
    pub plan: i64,
    /// 1-5月完成投资
    pub done: i64,
    /// 5月完成投资
    pub month: i64,
    /// 上年同期完成投资
    pub last_year: i64,
    /// 至上年底累计完成投资
    pub before: i64,
    /// 总投资
    pub total: i64,
    /// Whether it was begun before this year.
    pub continued: bool,
}

impl Money {
    /// Behind 5/12 of the year's plan.
    pub fn behind(&self) -> bool {
        self.done * 12 < self.plan * 5
    }

    /// The amounts as fields of a row.
    pub fn write(&self, row: Row) -> Row {
        let mut row = row
            .yuan("total", self.total)
            .yuan("done_before", self.before)
            .yuan("plan", self.plan)
            .yuan("done_month", self.month)
            .yuan("done", self.done)
            .yuan("done_last_year", self.last_year);
        row.values.insert("rate", super::Value::Rate(self.done, self.plan));
        row
    }
}

/// Deals out all amounts.
pub fn deal(drafts: &mut [Draft], dice: &mut Dice) {
    let rates = rates(drafts, dice);
    for share in &SHARES {
        let members: Vec<usize> = (0..drafts.len())
            .filter(|at| {
                let draft = &drafts[*at];
                draft.linked == share.linked && (draft.kind.category == INFRASTRUCTURE) == share.infrastructure
            })
            .collect();
        plans(drafts, &members, share.plan * WAN, dice);
        completions(drafts, &members, share.done * WAN, &rates);
        odd_yuan(drafts, &members, dice);
        if !share.linked && !share.infrastructure {
            over_plan(drafts, &members);
        }
    }
    for draft in drafts.iter_mut() {
        before_and_after(&mut draft.money, dice);
    }
    last_year(drafts, dice);
}

/// How far each project gets, in per mille of its plan, before the sums are brought in.
fn rates(drafts: &[Draft], dice: &mut Dice) -> Vec<i64> {
    let mut rates: Vec<i64> = drafts.iter().map(|draft| 3 * draft.town.pace + dice.between(-90, 110)).collect();
    for linked in [true, false] {
        let mut order: Vec<usize> = (0..drafts.len()).filter(|at| drafts[*at].linked == linked).collect();
        order.sort_by_key(|at| (-rates[*at], *at));
        if linked {
            for (place, at) in order.iter().enumerate() {
                let on_time = place < LINKED_ON_TIME;
                rates[*at] = if on_time { dice.between(ON_TIME_RATE, 610) } else { 130 + rates[*at] * 3 / 10 };
            }
        }
        let idle = if linked { NOT_BEGUN.0 } else { NOT_BEGUN.1 };
        order.iter().rev().take(idle).for_each(|at| rates[*at] = 0);
    }
    rates
}

fn plans(drafts: &mut [Draft], members: &[usize], sum: i64, dice: &mut Dice) {
    let weights: Vec<i64> = members.iter().map(|at| drafts[*at].kind.size * dice.between(60, 140)).collect();
    for (at, plan) in members.iter().zip(split(sum, &weights, 50 * WAN)) {
        drafts[*at].money.plan = plan;
    }
}

/// Linked projects that keep up have their rate as it is; the others share what is left of the sum.
fn completions(drafts: &mut [Draft], members: &[usize], sum: i64, rates: &[i64]) {
    let (settled, open): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|at| drafts[**at].linked && rates[**at] >= ON_TIME_RATE);
    for at in &settled {
        drafts[*at].money.done = drafts[*at].money.plan * rates[*at] / 1000 / (10 * WAN) * (10 * WAN);
    }
    let left = sum - settled.iter().map(|at| drafts[*at].money.done).sum::<i64>();
    let weights: Vec<i64> = open.iter().map(|at| drafts[*at].money.plan / WAN * rates[*at]).collect();
    for (at, done) in open.iter().zip(split(left, &weights, 10 * WAN)) {
        drafts[*at].money.done = done;
    }
}

/// A few amounts have odd yuan, taken from the neighbour so that the sums stay.
fn odd_yuan(drafts: &mut [Draft], members: &[usize], dice: &mut Dice) {
    let begun: Vec<usize> = members.iter().copied().filter(|at| drafts[*at].money.done > 20 * WAN).collect();
    for pair in begun.chunks_exact(2).step_by(2) {
        let (plan, done) = (dice.between(100, 900) * 100, dice.between(100, 900) * 100);
        drafts[pair[0]].money.plan += plan;
        drafts[pair[1]].money.plan -= plan;
        drafts[pair[0]].money.done += done;
        drafts[pair[1]].money.done -= done;
    }
}

/// A deliberate fault: one project has done 4% more than its plan. What its plan loses, the largest one gains.
fn over_plan(drafts: &mut [Draft], members: &[usize]) {
    let rate = |at: &usize| drafts[*at].money.done * 1000 / drafts[*at].money.plan;
    let best = *members.iter().max_by_key(|at| (rate(at), **at)).expect("the share has members");
    let largest = *members.iter().max_by_key(|at| (drafts[**at].money.plan, **at)).expect("the share has members");
    let surplus = drafts[best].money.plan - drafts[best].money.done * 25 / 26 / WAN * WAN;
    drafts[best].money.plan -= surplus;
    drafts[largest].money.plan += surplus;
}

fn before_and_after(money: &mut Money, dice: &mut Dice) {
    money.continued = money.done > 0 && dice.chance(62);
    let part = |percent: i64, step: i64| money.plan * percent / 100 / step * step;
    money.before = if money.continued { part(dice.between(60, 190), 10 * WAN) } else { 0 };
    money.total = money.before + part(dice.between(115, 290), 100 * WAN) + 100 * WAN;
    money.month = money.done * dice.between(12, 28) / 100 / WAN * WAN;
}

fn last_year(drafts: &mut [Draft], dice: &mut Dice) {
    let members: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].money.continued && drafts[*at].kind.category == INFRASTRUCTURE)
        .collect();
    let weights: Vec<i64> = members.iter().map(|at| drafts[*at].money.before / WAN).collect();
    for (at, amount) in members.iter().zip(split(INFRASTRUCTURE_LAST_YEAR * WAN, &weights, 10 * WAN)) {
        drafts[*at].money.last_year = amount;
    }
    for draft in drafts.iter_mut().filter(|d| d.money.continued && d.kind.category != INFRASTRUCTURE) {
        draft.money.last_year = draft.money.before * dice.between(15, 45) / 100 / (10 * WAN) * (10 * WAN);
    }
}
