//! How much of a file is read before it is taken for hostile.
//!
//! Takes `[limits]` of `wuzhang.toml`, gives the bounds that every reader keeps: a file beyond them
//! costs a finding and not the machine.

use crate::say;
use serde::{Deserialize, Serialize};

/// The bounds on one file. The defaults leave a wide margin over any department's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Memory that reading may take, in MiB; held where files are read apart.
    pub memory_mib: u64,
    /// Processor time that reading may take, in seconds; held where files are read apart.
    pub seconds: u64,
    /// Bytes of the file itself.
    pub bytes: u64,
    /// Bytes of all parts of a package together, once inflated.
    pub bytes_unpacked: u64,
    /// How many times its own size a package may inflate to; small ones are not held to it.
    pub ratio: u64,
    /// Parts in a package.
    pub entries: usize,
    /// Used cells of all sheets together.
    pub cells: usize,
    /// Bytes of text in all cells together, shared text counted in each.
    pub text: usize,
    /// Used rows of one sheet.
    pub rows: usize,
    /// Merged regions of one sheet.
    pub merges: usize,
    /// Sheets of one file.
    pub sheets: usize,
    /// Files in an archive or a mail, those in archives inside it counted too.
    pub files: usize,
    /// How deep archives and mails may stand in one another.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_mib: 2048,
            seconds: 60,
            bytes: 256 << 20,
            bytes_unpacked: 1 << 30,
            ratio: 200,
            entries: 10_000,
            cells: 20_000_000,
            text: 512 << 20,
            rows: 2_000_000,
            merges: 200_000,
            sheets: 1_000,
            files: 1_000,
            nesting: 4,
        }
    }
}

/// What any package may inflate to, whatever its ratio: a small sheet of equal rows packs very well.
const RATIO_FREE: u64 = 64 << 20;
/// Less than this, and no workbook at all could be read.
const LEAST_MEMORY_MIB: u64 = 64;

impl Limits {
    /// How far a package of this many bytes may inflate.
    pub fn unpacked_of(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(RATIO_FREE).min(self.bytes_unpacked)
    }

    /// Bounds under which nothing could be read, each with what it must be.
    pub fn misfits(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.memory_mib < LEAST_MEMORY_MIB {
            found.push(say!("workspace-memory", given = self.memory_mib, least_memory_mib = LEAST_MEMORY_MIB));
        }
        let others = [
            ("seconds", self.seconds),
            ("bytes", self.bytes),
            ("bytes_unpacked", self.bytes_unpacked),
            ("ratio", self.ratio),
            ("entries", self.entries as u64),
            ("cells", self.cells as u64),
            ("text", self.text as u64),
            ("rows", self.rows as u64),
            ("sheets", self.sheets as u64),
            ("files", self.files as u64),
        ];
        let zero = others.iter().filter(|(_, value)| *value == 0);
        found.extend(zero.map(|(key, _)| say!("workspace-zero", key = key)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_bounds_may_be_named_only() {
        let limits: Limits = toml::from_str("cells = 5").unwrap();
        assert_eq!(limits, Limits { cells: 5, ..Limits::default() });
        assert!(toml::from_str::<Limits>("cell = 5").is_err());
    }

    #[test]
    fn the_ratio_binds_large_packages_only() {
        let limits = Limits::default();
        assert_eq!(limits.unpacked_of(1_000), RATIO_FREE);
        assert_eq!(limits.unpacked_of(1 << 20), 200 << 20);
        assert_eq!(limits.unpacked_of(1 << 40), limits.bytes_unpacked);
    }

    #[test]
    fn bounds_that_let_nothing_through_are_told_all_at_once() {
        assert_eq!(Limits::default().misfits(), Vec::<String>::new());
        let told = Limits { memory_mib: 1, seconds: 0, cells: 0, ..Limits::default() }.misfits();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("limits.memory_mib") && told[1].contains("limits.seconds"), "{told:?}");
    }
}
