//! The quarters, months and years that a series' groups are named for: `2026年三季度`, `2026-09`, `2026`.

/// How the quarters are written.
const QUARTERS: [&str; 4] = ["一季度", "二季度", "三季度", "四季度"];

/// A span of the calendar that a group is named for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    year: i32,
    /// From 1; a year has only the one.
    part: u32,
    /// How many of them a year has: 4, 12 or 1.
    parts: u32,
}

impl Span {
    /// The span that a group's name says; `None` for every other name.
    pub(super) fn of(name: &str) -> Option<Self> {
        if let Some((year, quarter)) = name.split_once('年') {
            let at = QUARTERS.iter().position(|known| *known == quarter)?;
            return Some(Self { year: year_of(year)?, part: at as u32 + 1, parts: 4 });
        }
        match name.split_once('-') {
            None => Some(Self { year: year_of(name)?, part: 1, parts: 1 }),
            Some((year, month)) if month.len() == 2 => {
                let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
                Some(Self { year: year_of(year)?, part: month, parts: 12 })
            }
            Some(_) => None,
        }
    }

    /// The span just before.
    pub(super) fn before(self) -> Self {
        match self.part {
            1 => Self { year: self.year - 1, part: self.parts, ..self },
            part => Self { part: part - 1, ..self },
        }
    }

    /// Its name.
    pub(super) fn name(self) -> String {
        match self.parts {
            1 => format!("{:04}", self.year),
            4 => format!("{:04}年{}", self.year, QUARTERS[self.part as usize - 1]),
            _ => format!("{:04}-{:02}", self.year, self.part),
        }
    }

    /// Whether another span is of the same length and earlier.
    pub(super) fn comes_after(self, other: Self) -> bool {
        self.parts == other.parts && self > other
    }
}

fn year_of(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_the_name_before() {
        let before = |name: &str| Span::of(name).map(|span| span.before().name());
        let cases = [
            ("2026年三季度", "2026年二季度"),
            ("2026年一季度", "2025年四季度"),
            ("2026-10", "2026-09"),
            ("2026-01", "2025-12"),
            ("2026", "2025"),
        ];
        for (name, expected) in cases {
            assert_eq!(before(name).as_deref(), Some(expected));
            assert_eq!(Span::of(name).unwrap().name(), name);
        }
        for other in ["工业", "2026-13", "2026年五季度", "2026-1-1", "一季度"] {
            assert_eq!(before(other), None, "{other}");
        }
        assert!(Span::of("2026年三季度").unwrap().comes_after(Span::of("2026年二季度").unwrap()));
        assert!(!Span::of("2026-10").unwrap().comes_after(Span::of("2026年二季度").unwrap()));
    }
}
