//! Why a county's submission cannot be taken, in the words of the finding that says so.

use crate::finding::{Finding, Level, Place};
use crate::period::Period;

/// Why a submission is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is not what its stamp states.
    Altered(String),
    /// Made by a newer program.
    Newer {
        /// The form that it states.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// It does not say whose it is.
    Nameless,
    /// It is another period's.
    OtherPeriod(Period),
    /// Nobody by that name reports here.
    Unknown(String),
    /// The county has two, and they differ.
    Twice(String),
    /// The ledger folder cannot be read.
    Unreadable(String),
}

impl Refusal {
    /// What is told about the file.
    pub(super) fn finding(&self, file: &str, period: Period) -> Finding {
        let (rule, message, advice) = match self {
            Self::Altered(fault) => (
                "rollup.altered",
                format!("汇总上报表与生成时不一致：{fault}；整县未计入"),
                "请该县不要改动汇总上报表，重新运行后把生成的文件原样上报",
            ),
            Self::Newer { found, known } => (
                "rollup.newer",
                format!("由更新版本的程序生成（格式{found}，本程序只认识到{known}）；整县未计入"),
                "请升级本级的程序后重新运行",
            ),
            Self::Nameless => (
                "rollup.nameless",
                "没有写明是哪个县（市、区）；整县未计入".to_owned(),
                "请该县在 wuzhang.toml 的 county 中写明县名，重新运行后上报",
            ),
            Self::OtherPeriod(other) => (
                "rollup.period",
                format!("是{}的数据，本期是{}；整县未计入", other.in_words(), period.in_words()),
                "请该县上报本期的汇总",
            ),
            Self::Unknown(advice) => (
                "rollup.unknown",
                format!("不在 wuzhang.toml 的 counties 名单中{advice}；未计入"),
                "请核对县名，或把它补进名单",
            ),
            Self::Twice(other) => (
                "rollup.twice",
                format!("与“{other}”是同一个县的两份不同的汇总，不知以哪份为准；两份都未计入"),
                "请与该县核实，只留下正确的一份",
            ),
            Self::Unreadable(fault) => (
                "rollup.unreadable",
                format!("台账读不出来：{fault}；整县未计入"),
                "请该县重新复制完整的 ledger 文件夹，或改报汇总上报表",
            ),
        };
        Finding::new(Level::Error, rule, Place::file(&file.into()), message, advice)
    }
}
