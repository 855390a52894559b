//! Names of files within one folder, no two alike.

use std::collections::BTreeSet;

use crate::publish::file_name;

/// Names given out within one folder.
#[derive(Debug, Default)]
pub(super) struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A file's name for a name, with its ending (`.xlsx`, or nothing for a folder); the second of two alike
    /// becomes `城关镇(2)`. Case makes no difference to Windows.
    pub(super) fn unique(&mut self, name: &str, ending: &str) -> String {
        let name = file_name(name);
        let numbered = |n: usize| if n == 1 { format!("{name}{ending}") } else { format!("{name}({n}){ending}") };
        let free = (1..).map(numbered).find(|name| self.0.insert(name.to_lowercase()));
        free.expect("one of endlessly many numbers is free")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_alike_whatever_their_case() {
        let mut names = FileNames::default();
        let given: Vec<String> =
            ["A镇", "a镇", "a?镇", "a*镇"].iter().map(|name| names.unique(name, ".xlsx")).collect();
        assert_eq!(given, ["A镇.xlsx", "a镇(2).xlsx", "a_镇.xlsx", "a_镇(2).xlsx"]);
    }
}
