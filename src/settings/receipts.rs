//! Sheets 收文 and 报送: when reports came, and who owes which.

use std::collections::BTreeSet;

use super::cell::compared;
use super::decisions::{book_named, unit};
use super::fault::SettingsFault;
use super::people::kind_of;
use super::sheet::{Sheet, SheetRow};
use super::{Unit, UnitKind};
use crate::period::{Grain, Period};
use crate::profile::{Profile, advice};
use crate::say;
use crate::value::Moment;

/// Ends of names that are files and no units.
const FILE_ENDS: [&str; 11] =
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".txt", ".zip", ".eml", ".html"];

/// That a report came. Columns 报告期, 文件或单位, 账册, 收到时间, 退改次数, 说明.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The period that it is a report for.
    pub period: Period,
    /// The unit's canonical name, where the row names a unit.
    pub unit: Option<String>,
    /// The file's name below the inbox, where it names a file.
    pub file: Option<String>,
    /// The book's id; `None` for all of them.
    pub book: Option<String>,
    /// When it came.
    pub at: Option<Moment>,
    /// How often it was returned.
    pub returns: Option<u32>,
    /// What the office says of it.
    pub note: Option<String>,
}

impl Arrival {
    /// Whether it is for a period; a month's last day means the month too.
    pub fn is_for(&self, period: Period) -> bool {
        let ends_with = period.grain() == Grain::Month && self.period.grain() == Grain::Day;
        self.period == period || (ends_with && self.period.last_day() == period.last_day())
    }
}

/// Who owes a book. Columns 单位, 账册, 是否应报, 启用时间, 停用时间.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// Whom it binds.
    pub whom: Whom,
    /// The books' ids.
    pub books: Vec<String>,
    /// 应报; else 不报: excused from what it would otherwise owe.
    pub owed: bool,
    /// First period it holds for.
    pub from: Option<Period>,
    /// Last period it holds for.
    pub to: Option<Period>,
}

/// Whom an obligation binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// 全部单位.
    All,
    /// All units of a kind.
    Kind(UnitKind),
    /// One unit, by its canonical name.
    Unit(String),
}

/// What sheet 收文 states.
pub(super) fn arrivals(
    sheet: &Sheet,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Vec<Arrival> {
    let mut seen = BTreeSet::new();
    let mut arrivals = Vec::new();
    for row in sheet.rows() {
        let Some(arrival) = arrival(&row, profile, units, faults) else { continue };
        let key = (arrival.period, arrival.unit.clone(), arrival.file.clone(), arrival.book.clone());
        if seen.insert(key) {
            arrivals.push(arrival);
        } else {
            faults.push(row.fault("文件或单位", say!("settings-receipt-twice")));
        }
    }
    arrivals
}

fn arrival(row: &SheetRow, profile: &Profile, units: &[Unit], faults: &mut Vec<SettingsFault>) -> Option<Arrival> {
    let before = faults.len();
    row.needed("报告期", faults);
    let period = row.reported("报告期", faults);
    let written = row.needed("文件或单位", faults);
    let is_file = written.as_deref().is_some_and(is_file);
    let name = written.as_ref().filter(|_| !is_file);
    let unit = name.and_then(|name| unit(row, "文件或单位", name, profile, units, faults));
    let book = row.text("账册", faults);
    let book = book.and_then(|written| Some(owable(row, &written, profile, faults)?.to_owned()));
    let at = row.moment("收到时间", faults);
    let returns = row.times("退改次数", faults);
    let note = row.text("说明", faults);
    if before == faults.len() && at.is_none() && returns.is_none() {
        faults.push(row.fault("收到时间", say!("settings-receipt-empty")));
    }
    if let (Some(_), true) = (returns, is_file) {
        faults.push(row.fault("退改次数", say!("settings-returns-unit")));
    }
    let file = written.filter(|_| is_file);
    (unit.is_some() || file.is_some()).then_some(Arrival { period: period?, unit, file, book, at, returns, note })
}

fn is_file(written: &str) -> bool {
    let lower = written.to_lowercase();
    FILE_ENDS.iter().any(|end| lower.ends_with(end))
}

/// The id of a book that units can report.
fn owable<'p>(row: &SheetRow, written: &str, profile: &'p Profile, faults: &mut Vec<SettingsFault>) -> Option<&'p str> {
    let book = book_named(row, "账册", written, profile, faults)?;
    if book.internal {
        faults.push(row.fault("账册", say!("settings-made", written = written)));
        return None;
    }
    Some(&book.id)
}

/// What sheet 报送 states.
pub(super) fn obligations(
    sheet: &Sheet,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Vec<Obligation> {
    sheet.rows().filter_map(|row| obligation(&row, profile, units, faults)).collect()
}

fn obligation(
    row: &SheetRow,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Option<Obligation> {
    let whom = row.needed("单位", faults).and_then(|written| whom(row, &written, profile, units, faults));
    row.needed("账册", faults);
    let written = row.list("账册", faults);
    let mut books = Vec::new();
    for written in &written {
        if is_all(written) {
            books.extend(profile.books.iter().filter(|book| !book.internal).map(|book| book.id.clone()));
        } else {
            books.extend(owable(row, written, profile, faults).map(str::to_owned));
        }
    }
    let owed = owed(row, faults);
    let from = row.period("启用时间", faults);
    let to = row.period("停用时间", faults);
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        faults.push(row.fault("停用时间", say!("settings-closed-before")));
    }
    Some(Obligation { whom: whom?, books, owed: owed?, from, to })
}

fn whom(
    row: &SheetRow,
    written: &str,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Option<Whom> {
    if is_all(written) {
        return Some(Whom::All);
    }
    match kind_of(written) {
        Some(kind) => Some(Whom::Kind(kind)),
        None => unit(row, "单位", written, profile, units, faults).map(Whom::Unit),
    }
}

fn is_all(written: &str) -> bool {
    matches!(
        compared(written).as_str(),
        "全部" | "所有" | "全部单位" | "所有单位" | "全部账册" | "所有账册" | "全部报表"
    )
}

/// 应报 unless it says otherwise; `None` where it says neither.
fn owed(row: &SheetRow, faults: &mut Vec<SettingsFault>) -> Option<bool> {
    let written = row.text("是否应报", faults).unwrap_or_else(|| "应报".to_owned());
    match compared(&written).as_str() {
        "应报" | "是" | "报" | "报送" => Some(true),
        "不报" | "否" | "免报" | "不应报" => Some(false),
        _ => {
            let message = say!("settings-owed", advice = advice(&written, &["应报", "不报"]), written = written);
            faults.push(row.fault("是否应报", message));
            None
        }
    }
}
