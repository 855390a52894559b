//! What a return is called: by its unit, as Windows allows it, and no two alike.

use std::collections::BTreeSet;

use crate::collect::digest;

/// Characters of a unit's name that a file's name takes in; Linux ends at 255 bytes, Windows' dialogs earlier.
const LONGEST: usize = 48;
/// Names of devices, which no file on Windows may have, whatever its ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Names for returns, in the order in which they are asked for.
#[derive(Debug, Default)]
pub struct ReturnNames {
    taken: BTreeSet<String>,
}

impl ReturnNames {
    /// The name, without its ending, of the next return of a unit: 城关镇退改单, then 城关镇退改单-2.
    ///
    /// `of` is the unit's name, or that of the file where no unit is known.
    pub fn next(&mut self, of: &str) -> String {
        let stem = format!("{}退改单", safe(of));
        let numbered = |n: usize| if n == 1 { stem.clone() } else { format!("{stem}-{n}") };
        let name = (1..).map(numbered).find(|name| !self.taken.contains(&name.to_lowercase()));
        let name = name.expect("one of endlessly many numbers is free");
        self.taken.insert(name.to_lowercase());
        name
    }
}

/// A name that a file or a folder may have on every system; of a longer one the beginning with the first digits of
/// its digest.
pub fn safe(name: &str) -> String {
    let odd = |c: char| c.is_control() || "<>:\"/\\|?*\u{200b}\u{200e}\u{200f}\u{202e}\u{feff}".contains(c);
    let clean: String = name.chars().map(|c| if odd(c) { '_' } else { c }).collect();
    let clean = clean.trim().trim_matches('.').trim();
    let device = clean.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = (device.starts_with("com") || device.starts_with("lpt")) && device.chars().count() == 4;
    let clean = match () {
        () if clean.is_empty() => "未知单位".to_owned(),
        () if DEVICES.contains(&device.as_str()) || numbered => format!("_{clean}"),
        () => clean.to_owned(),
    };
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    // Two long names that begin alike are told apart by what they are.
    let beginning: String = clean.chars().take(LONGEST - 9).collect();
    format!("{beginning}-{}", &digest(name.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_system_takes_and_no_two_alike() {
        let mut names = ReturnNames::default();
        assert_eq!(names.next("城关镇"), "城关镇退改单");
        assert_eq!(names.next("城关镇"), "城关镇退改单-2");
        assert_eq!(names.next("CON"), "_CON退改单");
        assert_eq!(names.next("com1.县局"), "_com1.县局退改单");
        assert_eq!(names.next("a/b:c*"), "a_b_c_退改单");
        assert_eq!(names.next("A?B|C<"), "A_B_C_退改单-2", "Windows does not tell cases apart");
        assert_eq!(names.next(" . "), "未知单位退改单");
        let long = "很长的单位名称".repeat(40);
        let (one, other) = (names.next(&format!("{long}甲")), names.next(&format!("{long}乙")));
        assert!(one != other && one.len() < 200, "{one} {other}");
    }
}
