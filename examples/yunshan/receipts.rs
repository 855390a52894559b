//! The register of what came in: sheets 收文 and 报送 of the settings, for the third quarter.

use super::forms::later;
use super::inbox;
use super::month::Month;
use super::planted::{EMPTY, LATE, MISSING};
use super::settings::{Put, table};
use super::sheet::Sheet;
use super::truth::Truth;

/// The months whose receipts are registered.
pub const REGISTERED: [u32; 3] = [7, 8, 9];
/// Who was late by how many days, in which month, beside the one whose mail tells.
pub const LATE_BY: [(&str, u32, u32); 2] = [("白沙镇", 8, 3), ("县文旅局", 9, 4)];
/// Whose report was returned how often, in which month.
pub const RETURNED: (&str, u32, i64) = ("石桥镇", 9, 2);

/// Sheet 收文: every unit's report of a month, on one of its first five days but for the late ones.
pub fn arrivals() -> Sheet {
    use Put::{Number, Owned, Words};
    let mut rows = Vec::new();
    for month in REGISTERED.map(Month::of_2026) {
        for (at, unit) in reporters(month).into_iter().enumerate() {
            let late = LATE_BY.iter().find(|(known, of, _)| (*known, *of) == (unit, month.month));
            let day = late.map_or(1 + at as u32 % 5, |(.., days)| 5 + days);
            let filed = month.next();
            let time = format!("{}-{:02}-{day:02} {:02}:{:02}", filed.year, filed.month, 8 + at % 9, at * 7 % 60);
            let returned = (unit, month.month) == (RETURNED.0, RETURNED.1);
            let times = if returned { Number(RETURNED.2) } else { Words("") };
            let note = if late.is_some() { "电话催报后报送" } else { "" };
            rows.push(vec![Owned(month.folder()), Words(unit), Words(""), Owned(time), times, Words(note)]);
        }
    }
    table("收文", &["报告期", "文件或单位", "账册", "收到时间", "退改次数", "说明"], rows)
}

/// Who sent something in a month; the one whose mail tells when is not registered.
fn reporters(month: Month) -> Vec<&'static str> {
    let truth = Truth::of(month);
    let is = |unit: &str, (known, of): (&str, u32)| (unit, month) == (known, Month::of_2026(of));
    let mut units = Vec::new();
    for submission in inbox::submissions(month) {
        let unit = submission.unit;
        let sends = later::forms(submission, month).iter().any(|form| !truth.reported(form.book, unit).is_empty());
        let told = is(unit, (LATE.0, LATE.1)) || is(unit, MISSING) || is(unit, EMPTY);
        if sends && !told && !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Sheet 报送: the reserve list was asked for once, in May; two departments only answer for what others report.
pub fn obligations() -> Sheet {
    use Put::Words;
    let row = |unit: &'static str, book: &'static str| [unit, book, "不报", "2026-06", ""].map(Words).into();
    let rows = vec![row("全部", "谋划储备项目"), row("县委组织部", "全部"), row("县行政审批局", "全部")];
    table("报送", &["单位", "账册", "是否应报", "启用时间", "停用时间"], rows)
}
