//! What is wrong with the settings workbook, cell by cell; all of it at once.

use std::fmt;

use crate::finding::Place;

/// One fault in `settings.xlsx`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SettingsFault {
    /// Sheet and cell.
    pub place: Place,
    /// What is wrong and what to do.
    pub message: String,
}

/// All faults of the settings workbook; the run stops before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct SettingsErrors(pub Vec<SettingsFault>);

impl fmt::Display for SettingsErrors {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "设置表有{}处错误，改正后再运行：", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {}：{}", fault.place.in_words(), fault.message))
    }
}
