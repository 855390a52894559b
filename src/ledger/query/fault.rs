//! Why a query has no answer; told to whoever asked, with what he may have meant.

use crate::ledger::LedgerError;
use crate::profile::{advice, nearest};

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Text that is no SQL.
    #[error("读不懂这条查询：{0}。文字用单引号（'城关镇'），列名不用引号")]
    Syntax(String),
    /// Something else than one question.
    #[error("查询只能是一条 SELECT（或 WITH … SELECT）：台账只能查看，不能用查询改动")]
    NotAQuestion,
    /// A table that there is not.
    #[error("台账里没有表“{name}”{advice}")]
    NoTable {
        /// What was written.
        name: String,
        /// What there is.
        advice: String,
    },
    /// A column that no table of the query has.
    #[error("没有列“{name}”，最接近的是“{nearest}”；不写查询语句的 wuzhang query 列出全部表和列。文字要用单引号")]
    NoColumn {
        /// What was written.
        name: String,
        /// What there is.
        nearest: String,
    },
    /// A join that the engine answers wrongly.
    #[error(
        "外连接的 ON 只能写两张表的列相等（a.key = b.key，可用 AND 连接）：其他条件会让引擎丢掉没有对上的行；\
         请把条件写进子查询：LEFT JOIN (SELECT … WHERE …) AS b ON …"
    )]
    OuterJoin,
    /// What the engine refuses.
    #[error("这条查询算不了：{0}")]
    Engine(String),
}

impl QueryError {
    pub(super) fn no_table(name: &str, known: &[String]) -> Self {
        let advice = match known.is_empty() {
            true => "：还没有运行过任何报告期".to_owned(),
            false => advice(name, known),
        };
        Self::NoTable { name: name.to_owned(), advice }
    }

    pub(super) fn no_column(name: &str, known: &[String]) -> Option<Self> {
        Some(Self::NoColumn { name: name.to_owned(), nearest: nearest(name, known)?.to_owned() })
    }

    /// Whether the question is at fault (as against the ledger).
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Ledger(error) => error.is_wrong_use(),
            _ => true,
        }
    }
}
