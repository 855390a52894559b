//! Names of files for what the office calls by any name: units, books.
//!
//! Takes names, gives names that Windows, Linux and every mail program take, no two alike.

use std::collections::BTreeSet;

use crate::collect;

/// Characters of a name that are kept; with an ending they stay below the 255 bytes of Linux.
const LONGEST: usize = 60;
/// Names that Windows keeps for devices, whatever ending they have.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name as a file or a folder can have it: what must not stand in one becomes `_`, and of a longer one
/// the beginning stays, with the first digits of its digest.
pub fn file_name(name: &str) -> String {
    let forbidden = |c: char| {
        c.is_control()
            || "<>:\"/\\|?*".contains(c)
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let plain: String = name.trim().chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    let cut = match plain.chars().count() > LONGEST {
        true => {
            let kept: String = plain.chars().take(LONGEST - 9).collect();
            format!("{}~{}", kept.trim_end(), &collect::digest(name.as_bytes())[..8])
        }
        false => plain,
    };
    // Windows takes neither at the end, and hides what begins with a point elsewhere.
    let whole = cut.trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ']);
    match whole {
        "" => "未命名".to_owned(),
        whole if is_device(whole) => format!("_{whole}"),
        whole => whole.to_owned(),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |kind: &str| stem.strip_prefix(kind).is_some_and(|rest| rest.chars().count() == 1 && rest != "0");
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Names given out within one folder.
#[derive(Debug, Default)]
pub struct FileNames(BTreeSet<String>);

impl FileNames {
    /// A file's name for a name, with its ending (`.xlsx`, or nothing for a folder); the second of two alike
    /// becomes `城关镇(2)`. Case and width make no difference to Windows.
    pub fn unique(&mut self, name: &str, ending: &str) -> String {
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
    fn every_name_is_one_that_windows_takes() {
        for (name, expected) in [
            ("城关镇", "城关镇"),
            ("县发改局/粮储局", "县发改局_粮储局"),
            ("CON", "_CON"),
            ("com1.镇", "_com1.镇"),
            ("LPT9 ", "_LPT9"),
            ("common", "common"),
            ("甲镇. . ", "甲镇"),
            ("..", "未命名"),
            ("a\u{202E}b\n", "a_b"),
        ] {
            assert_eq!(file_name(name), expected);
        }
    }

    #[test]
    fn long_names_stay_apart_and_short_enough() {
        let long = "很".repeat(200);
        let (one, other) = (file_name(&long), file_name(&format!("{long}长")));
        assert!(one != other && one.len() < 200 && one.starts_with("很很"), "{one}");
    }

    #[test]
    fn no_two_are_alike_whatever_their_case() {
        let mut names = FileNames::default();
        let given: Vec<String> =
            ["A镇", "a镇", "a?镇", "a*镇"].iter().map(|name| names.unique(name, ".xlsx")).collect();
        assert_eq!(given, ["A镇.xlsx", "a镇(2).xlsx", "a_镇.xlsx", "a_镇(2).xlsx"]);
    }
}
