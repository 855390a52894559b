//! Settings: what the office changes month by month, in its own workbook `settings.xlsx`.
//!
//! [`read`] takes the workbook and the profile and gives [`Settings`], or every fault with its sheet
//! and cell; faults stop the run before anything is written. The sheets and columns stand in
//! [`FORMS`], which the blank workbook is made from too.

mod cell;
mod decisions;
mod entries;
mod explanations;
mod fault;
mod form;
mod links;
mod overrides;
mod passwords;
mod people;
mod read;
mod receipts;
mod recipients;
mod shares;
mod sheet;
#[cfg(test)]
mod tests;

pub use explanations::Explanation;
pub use fault::{SettingsErrors, SettingsFault};
pub use form::{FORMS, Form, Heading};
pub use links::{Link, Relation};
pub use overrides::{Corrected, Override};
pub use read::{of_file, read};
pub use receipts::{Arrival, Obligation, Whom};
pub use recipients::Recipient;
pub use shares::ProjectShares;

use crate::amount::Fraction;
use crate::collect::Password;
use crate::finding::Place;
use crate::period::Period;

/// What `settings.xlsx` says; all empty where there is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Sheet 单位: the roster.
    pub units: Vec<Unit>,
    /// Sheet 领导.
    pub leaders: Vec<Leader>,
    /// Sheet 目标.
    pub targets: Vec<Target>,
    /// Sheet 调整: named decisions about projects.
    pub adjustments: Vec<Adjustment>,
    /// Sheet 更正: values that the office uses in place of reported ones.
    pub overrides: Vec<Override>,
    /// Sheet 认定: which projects of earlier periods go on under another name or in another book.
    pub links: Vec<Link>,
    /// Sheet 核实说明: explanations of findings that the office accepts.
    pub explanations: Vec<Explanation>,
    /// Sheet 分摊: projects that units share.
    pub shares: Vec<ProjectShares>,
    /// Sheet 上年同期: last year's plan and completed investment, for year on year.
    pub last_year: Vec<LastYear>,
    /// Sheet 收文: when reports came, by the office's own register.
    pub arrivals: Vec<Arrival>,
    /// Sheet 报送: who owes which book.
    pub obligations: Vec<Obligation>,
    /// Sheet 加减分: bonus and penalty entries to scores.
    pub entries: Vec<ScoreEntry>,
    /// Sheet 收件人: who gets mail, in which role.
    pub recipients: Vec<Recipient>,
    /// Sheet 密码: what locked workbooks are opened with, in the order of the sheet.
    pub passwords: Vec<Password>,
}

/// A reporting office. Columns 单位名称, 别名, 类别, 分组, 邮箱, 启用时间, 停用时间.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unit {
    /// Its canonical name: 县住房和城乡建设局.
    pub name: String,
    /// Other ways it is written, from one cell, separated by 、 or ；.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: UnitKind,
    /// Its group among its like, for grouped rankings.
    pub group: Option<String>,
    /// Its mail addresses.
    pub mail: Vec<String>,
    /// First period it reports for.
    pub from: Option<Period>,
    /// Last period it reports for.
    pub to: Option<Period>,
}

impl Unit {
    /// Whether it reports for a period: not before it was opened nor after it was closed.
    pub fn is_open(&self, period: Period) -> bool {
        is_within(period, self.from, self.to)
    }
}

/// Whether a period lies within months, both included, as far as they are told.
pub(crate) fn is_within(period: Period, from: Option<Period>, to: Option<Period>) -> bool {
    // A week of the month in which something begins is later than its beginning.
    let month = period.whole_month();
    from.is_none_or(|from| from.whole_month() <= month) && to.is_none_or(|to| month <= to.whole_month())
}

/// 乡镇 (towns and subdistricts), 部门 (departments, also companies), 园区 (parks).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// 乡镇, 街道
    Town,
    /// 部门, 县属企业
    #[default]
    Department,
    /// 园区, ranked among the departments
    Park,
}

/// A leader. Columns 姓名, 职务, 邮箱.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Leader {
    /// 姓名
    pub name: String,
    /// 职务
    pub post: Option<String>,
    /// 邮箱
    pub mail: Vec<String>,
}

/// A target. Columns 账册, 单位, 指标, 目标值, 计量单位.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Target {
    /// The book's id.
    pub book: String,
    /// The unit's canonical name, or the whole county.
    pub unit: String,
    /// The measure's id or title.
    pub measure: String,
    /// Yuan for amounts, else the number itself.
    pub value: i64,
    /// Where it stands in the workbook.
    pub at: Place,
}

/// A named decision. Columns 账册, 项目名称, 项目代码, 调整类型, 调整后年度计划(万元), 生效时间, 依据文件, 原因.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Adjustment {
    /// The book's id.
    pub book: String,
    /// The project's name as reported.
    pub project: String,
    /// Its platform code, where it has one.
    pub code: Option<String>,
    /// What is decided.
    pub decision: Decision,
    /// First period it holds for.
    pub from: Option<Period>,
    /// The document that decides.
    pub document: String,
    /// Why.
    pub reason: String,
    /// Where it stands in the settings.
    pub place: Place,
}

/// What an adjustment decides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decision {
    /// 移出: off the list.
    #[default]
    Out,
    /// 调入: on the list from then on, also after it was off.
    In,
    /// 计划调整: another plan for the year, in yuan.
    Replan(i64),
}

/// Last year's figures of a group. Columns 统计口径, 名称, 年度计划(万元), 完成投资(万元), 报告期.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LastYear {
    /// The ranking's id (`towns`, `departments`, `leaders`, `categories`, `county` …).
    pub ranking: String,
    /// The group's name.
    pub group: String,
    /// Last year's plan for the year, in yuan.
    pub plan: Option<i64>,
    /// Completed in the same months of last year, in yuan.
    pub done: Option<i64>,
    /// The only period of this year that it is for; `None` for whichever is run.
    pub period: Option<Period>,
    /// Where the plan stands in the workbook.
    pub plan_at: Place,
    /// Where what was completed stands.
    pub done_at: Place,
}

impl LastYear {
    /// Whether it tells what stood against a group of a ranking in a period.
    pub fn is_of(&self, ranking: &str, group: &str, period: Period) -> bool {
        self.ranking == ranking && self.group == group && self.period.is_none_or(|only| only == period)
    }
}

/// A bonus, a penalty or a veto for one group of a score. Columns 得分, 名称, 类型, 分值, 事由, 依据文件, 生效时间.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreEntry {
    /// The score's id.
    pub score: String,
    /// The group's name; of a unit on the roster, its canonical one.
    pub group: String,
    /// What it does.
    pub kind: EntryKind,
    /// Points, above 0; 0 for what has none.
    pub points: Fraction,
    /// 事由
    pub reason: String,
    /// 依据文件
    pub document: String,
    /// The month from which it counts; the score says how long.
    pub from: Period,
    /// Its row in the workbook.
    pub place: Place,
}

/// What an entry does to a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// 加分
    Bonus,
    /// 减分
    Penalty,
    /// 一票否决: neither place nor grade.
    Veto,
    /// 升一档
    GradeUp,
    /// 降一档
    GradeDown,
}

impl EntryKind {
    /// As the sheet writes it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Bonus => "加分",
            Self::Penalty => "减分",
            Self::Veto => "一票否决",
            Self::GradeUp => "升一档",
            Self::GradeDown => "降一档",
        }
    }
}
