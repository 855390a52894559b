//! The month that a workbook is of, and its words: the forms are written for May 2026, every other month's are made from them.

use chrono::{Datelike, Days};

use super::date::{Day, day};

/// A month of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// 2026
    pub year: i32,
    /// 1 to 12
    pub month: u32,
}

impl Month {
    /// The month that the forms are written for.
    pub const MAY: Self = Self::of_2026(5);

    /// A month of the year that the history is of.
    pub const fn of_2026(month: u32) -> Self {
        Self { year: 2026, month }
    }

    /// The folder of its reports: `2026-05`.
    pub fn folder(self) -> String {
        format!("{}-{:02}", self.year, self.month)
    }

    /// Its last day.
    pub fn last_day(self) -> Day {
        let next = self.next();
        day(next.year, next.month, 1) - Days::new(1)
    }

    /// The month in which its reports are filed.
    pub fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            _ => Self { month: self.month + 1, ..self },
        }
    }

    /// Words that were written for May 2026 and filed in June, for this month: `1-5月` becomes `1-9月`, `2026.6.2` `2026.10.2`.
    pub fn in_words(self, of_may: &str) -> String {
        let Self { year, month } = self;
        let Self { year: filed_year, month: filed } = self.next();
        // Whatever is filed first, under a mark of its own: else April's filing month would be taken for the form's May.
        of_may
            .replace("2026年6月", &format!("{filed_year}年\u{1}月"))
            .replace("2026.6.", &format!("{filed_year}.\u{1}."))
            .replace("2026/6/", &format!("{filed_year}/\u{1}/"))
            .replace("2026-06-", &format!("{filed_year}-\u{2}-"))
            .replace("0602", "\u{2}02")
            .replace("6月", "\u{1}月")
            .replace("5月31日", &format!("{month}月{}日", self.last_day().day()))
            .replace("202605", &self.folder().replace('-', ""))
            .replace("5月", &format!("{month}月"))
            .replace("2026年", &format!("{year}年"))
            .replace('\u{1}', &filed.to_string())
            .replace('\u{2}', &format!("{filed:02}"))
    }
}
