//! What became of each report that was owed: 按时, 迟报, 未报, 空表, 退改 or 已收.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::due::Owed;
use super::receipt::{Entry, Receipt};
use super::received::Received;
use super::revision;
use crate::period::{Grain, Period};
use crate::profile::Reporting;
use crate::value::Moment;

/// The state of a report; each has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 未报: nothing came that could be read.
    Missing,
    /// 空表: what came has no row.
    Empty,
    /// 退改: it came, and a corrected one replaced it.
    Returned,
    /// 迟报: it came after the day it was due.
    Late,
    /// 按时: it came by the day it was due.
    OnTime,
    /// 已收: it came; nothing tells when.
    Received,
}

impl State {
    /// All states, the gravest first.
    pub const ALL: [Self; 6] = [Self::Missing, Self::Empty, Self::Returned, Self::Late, Self::OnTime, Self::Received];

    /// As the office calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Missing => "未报",
            Self::Empty => "空表",
            Self::Returned => "退改",
            Self::Late => "迟报",
            Self::OnTime => "按时",
            Self::Received => "已收",
        }
    }
}

/// A unit's report of a book for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The unit.
    pub unit: String,
    /// The book's id; `None` for a unit that owes whatever it has.
    pub book: Option<String>,
    /// Whether it was owed; what came beyond that is shown and not counted.
    pub owed: bool,
    /// Its state.
    pub state: State,
    /// The last day on which it was on time.
    pub due: Moment,
    /// When it first came.
    pub received: Option<Received>,
    /// Days after the day it was due; 0 where on time, `None` where unknown.
    pub days_late: Option<i64>,
    /// How often it was corrected.
    pub returns: u32,
    /// Rows of the files that count.
    pub rows: usize,
    /// The files that count, by name.
    pub files: Vec<Arc<str>>,
    /// Files that others replaced.
    pub replaced: Vec<Arc<str>>,
    /// What else is to be said.
    pub note: String,
}

impl Report {
    /// As a reader sees the state: 迟报2天, 退改1次.
    pub fn in_words(&self) -> String {
        match self.state {
            State::Late => format!("迟报{}天", self.days_late.unwrap_or_default()),
            State::Returned => format!("退改{}次", self.returns),
            other => other.title().to_owned(),
        }
    }
}

/// The last day on which a book's report of a period is on time. Cut-offs within a month leave less time.
pub fn due_day_of(rules: &Reporting, book: Option<&str>, period: Period) -> NaiveDate {
    let own = book.and_then(|book| rules.due.get(book)).copied();
    let days = if period.grain() == Grain::Month { own.unwrap_or(rules.due_day) } else { rules.due_day_within_month };
    period.last_day().checked_add_days(Days::new(days.into())).expect("a period is of a year before 3000")
}

/// The last day on which reports of a period are on time, but for books that have a day of their own.
pub fn due_day(rules: &Reporting, period: Period) -> NaiveDate {
    due_day_of(rules, None, period)
}

/// The reports of a period: those owed with their state, then what came beyond them.
pub(super) fn reports(owed: &[Owed], receipts: &[Receipt], rules: &Reporting, period: Period) -> Vec<Report> {
    let by_unit = by_unit(receipts);
    let reckon = |owed: &Owed| {
        let due = due_day_of(rules, owed.book.as_deref(), period);
        let own = by_unit.get(owed.unit.as_str()).map_or(&[][..], Vec::as_slice);
        Gathered::of(owed, own).report(owed, due)
    };
    owed.iter().map(reckon).collect()
}

/// The receipts of each unit, in their order.
fn by_unit(receipts: &[Receipt]) -> HashMap<&str, Vec<&Receipt>> {
    let mut by_unit: HashMap<&str, Vec<&Receipt>> = HashMap::new();
    for receipt in receipts {
        let own = receipt.unit.iter().filter(|_| receipt.entries.is_empty()).map(String::as_str);
        let units: BTreeSet<&str> = own.chain(receipt.entries.iter().map(|entry| entry.unit.as_str())).collect();
        for unit in units {
            by_unit.entry(unit).or_default().push(receipt);
        }
    }
    by_unit
}

/// What came of a report.
#[derive(Default)]
struct Gathered<'r> {
    standing: Vec<(&'r Receipt, &'r Entry)>,
    replaced: Vec<(&'r Receipt, &'r Entry)>,
    unread: Vec<&'r Receipt>,
    blank: Vec<&'r Receipt>,
}

impl<'r> Gathered<'r> {
    fn of(owed: &Owed, own: &[&'r Receipt]) -> Self {
        let mut gathered = Self::default();
        for &receipt in own.iter().filter(|receipt| receipt.copy_of.is_none()) {
            match (receipt.opened, receipt.entries.is_empty()) {
                (false, _) => gathered.unread.push(receipt),
                (true, true) if receipt.blank => gathered.blank.push(receipt),
                (true, true) => {}
                _ => gathered.take(owed, receipt),
            }
        }
        if !gathered.standing.is_empty() {
            gathered.leave_others(owed, own);
        }
        gathered
    }

    /// Of files that say nothing about their book, leaves those that were this book's by their name, or all
    /// where the unit reports no other book.
    fn leave_others(&mut self, owed: &Owed, own: &[&Receipt]) {
        let books = own.iter().flat_map(|receipt| &receipt.entries).filter(|entry| entry.unit == owed.unit);
        let books: BTreeSet<&str> = books.map(|entry| entry.book.as_str()).collect();
        let cores: BTreeSet<String> = self.standing.iter().map(|(receipt, _)| revision::core(&receipt.file)).collect();
        let is_own = |receipt: &&Receipt| books.len() == 1 || cores.contains(&revision::core(&receipt.file));
        self.unread.retain(is_own);
        self.blank.retain(is_own);
    }

    fn take(&mut self, owed: &Owed, receipt: &'r Receipt) {
        let of_book = |entry: &&Entry| owed.book.as_ref().is_none_or(|book| *book == entry.book);
        for entry in receipt.entries.iter().filter(|entry| entry.unit == owed.unit).filter(of_book) {
            match entry.replaced_by {
                Some(_) if entry.replaced == entry.rows => self.replaced.push((receipt, entry)),
                Some(_) => {
                    self.replaced.push((receipt, entry));
                    self.standing.push((receipt, entry));
                }
                None => self.standing.push((receipt, entry)),
            }
        }
    }

    fn report(&self, owed: &Owed, due: NaiveDate) -> Report {
        let standing = || self.standing.iter().map(|(receipt, _)| *receipt);
        let blank = || self.blank.iter().copied();
        let rows = self.standing.iter().map(|(_, entry)| entry.rows - entry.replaced).sum();
        let all = standing().chain(self.replaced.iter().map(|(receipt, _)| *receipt)).chain(blank());
        let received = owed.received.or_else(|| first(all, due));
        let days_late = received.map(|received| (received.at.day - due).num_days().max(0));
        let returns = owed.returns.unwrap_or_else(|| self.corrections());
        let state = self.state(owed, rows, returns, days_late);
        let came = state != State::Missing;
        Report {
            unit: owed.unit.clone(),
            book: owed.book.clone(),
            owed: owed.counts,
            state,
            due: Moment::of_day(due),
            received: received.filter(|_| came),
            days_late: days_late.filter(|_| came),
            returns,
            rows,
            files: if self.standing.is_empty() { names(blank()) } else { names(standing()) },
            replaced: self.replaced_names(),
            note: self.note(owed),
        }
    }

    fn state(&self, owed: &Owed, rows: usize, returns: u32, days_late: Option<i64>) -> State {
        let nothing = self.standing.is_empty() && self.blank.is_empty();
        let by_time = match days_late {
            Some(0) => State::OnTime,
            Some(_) => State::Late,
            None => State::Received,
        };
        match rows {
            // What the office took on paper came, though nothing of it lies in the inbox.
            0 if nothing => {
                if owed.on_paper {
                    by_time
                } else {
                    State::Missing
                }
            }
            0 => State::Empty,
            _ if returns > 0 => State::Returned,
            _ => by_time,
        }
    }

    /// Each file that was replaced is a return; so is one that could not be opened or held nothing, once a good
    /// one came.
    fn corrections(&self) -> u32 {
        let bad = if self.standing.is_empty() { 0 } else { self.unread.len() + self.blank.len() };
        (self.replaced_names().len() + bad) as u32
    }

    fn replaced_names(&self) -> Vec<Arc<str>> {
        names(self.replaced.iter().map(|(receipt, _)| *receipt))
    }

    fn note(&self, owed: &Owed) -> String {
        let mut notes = Vec::new();
        if !self.unread.is_empty() {
            notes.push(format!("打不开：{}", names(self.unread.iter().copied()).join("、")));
        }
        if !self.blank.is_empty() && !self.standing.is_empty() {
            notes.push(format!("空白：{}", names(self.blank.iter().copied()).join("、")));
        }
        if !self.replaced.is_empty() {
            notes.push(format!("已被代替：{}", self.replaced_names().join("、")));
        }
        if owed.on_paper && self.standing.is_empty() && self.blank.is_empty() {
            notes.push("收件箱里没有文件".to_owned());
        }
        notes.extend(owed.note.clone());
        notes.join("；")
    }
}

/// The earliest time of several files. A file whose time is unknown may have come before all others:
/// then only a time within the day it was due tells anything.
fn first<'r>(came: impl Iterator<Item = &'r Receipt>, due: NaiveDate) -> Option<Received> {
    let times: Vec<Option<Received>> = came.map(|receipt| receipt.received).collect();
    let earliest = times.iter().flatten().copied().min_by_key(|received| (received.at.day, received.at.time))?;
    (earliest.at.day <= due || times.iter().all(Option::is_some)).then_some(earliest)
}

fn names<'r>(receipts: impl Iterator<Item = &'r Receipt>) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = receipts.map(|receipt| receipt.file.clone()).collect();
    names.sort();
    names.dedup();
    names
}
