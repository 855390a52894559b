//! How much of a file is read before it is taken for hostile.
//!
//! Takes nothing, gives the bounds that every reader keeps: a file beyond them costs a finding
//! and not the machine.

use serde::Deserialize;

/// The bounds on one file. The defaults leave a wide margin over any department's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
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
            bytes: 256 << 20,
            bytes_unpacked: 1 << 30,
            ratio: 200,
            entries: 10_000,
            cells: 20_000_000,
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

impl Limits {
    /// How far a package of this many bytes may inflate.
    pub(super) fn unpacked_of(&self, packed: u64) -> u64 {
        packed.saturating_mul(self.ratio).max(RATIO_FREE).min(self.bytes_unpacked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_may_name_some_bounds_only() {
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
}
