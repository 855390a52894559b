//! When a report came, and what tells so.

use serde::{Deserialize, Serialize};

use crate::value::Moment;

/// What tells when a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The office's sheet 收文.
    Settings,
    /// The mail that brought it.
    Mail,
    /// The file's own time when it was first seen; only where the county says that it counts.
    File,
}

impl Evidence {
    /// As the office calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Settings => "收文登记",
            Self::Mail => "邮件时间",
            Self::File => "文件时间",
        }
    }
}

/// When a report came, by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// When.
    pub at: Moment,
    /// Who says so.
    pub by: Evidence,
}
