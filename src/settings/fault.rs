//! What is wrong with the settings workbook, cell by cell; all of it at once.

use std::fmt;

use crate::finding::Place;
use crate::say;

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
        f.write_str(&say!("settings-faults", count = self.0.len()))?;
        let told =
            |fault: &SettingsFault| say!("settings-fault", place = fault.place.in_words(), fault = fault.message);
        self.0.iter().try_for_each(|fault| write!(f, "\n  {}", told(fault)))
    }
}
