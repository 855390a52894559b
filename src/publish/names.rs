//! Names of files and sheets: what Windows and Excel allow, and no two alike.

use crate::period::Period;
use crate::profile::Book;

/// The overview.
pub(super) const OVERVIEW: &str = "总览";
/// All projects.
pub(super) const DETAIL: &str = "项目明细";
/// What stands for the projects where they are too many.
pub(super) const SUMMARY: &str = "汇总底表";
/// Projects behind schedule.
pub(super) const BEHIND: &str = "未达序时进度项目";
/// Projects not started.
pub(super) const NOT_STARTED: &str = "未开工项目";
/// Projects by month.
pub(super) const WALL: &str = "挂图作战";
/// The projects of each group.
pub(super) const MEMBERS: &str = "分组项目";
/// Bottlenecks that are not closed.
pub(super) const BOTTLENECKS: &str = "未销号堵点";
/// How each figure is made.
pub(super) const DEFINITIONS: &str = "口径说明";
/// Where each row came from.
pub(super) const SOURCES: &str = "数据来源";

/// The whole's figures of a book.
pub(super) const FIGURES: &str = "主要指标";
/// A score taken apart.
pub(super) const SCORES: &str = "得分构成";
/// How each term of each score came about.
pub(super) const EVIDENCE: &str = "得分依据";

/// Bytes of a file's name that every file system takes.
const FILE_BYTES: usize = 255;
/// Bytes that a name leaves to the part of a file that is in several.
const PART_BYTES: usize = 40;

const FIXED: &[&str] = &[
    OVERVIEW,
    DETAIL,
    SUMMARY,
    BEHIND,
    NOT_STARTED,
    DEFINITIONS,
    SOURCES,
    FIGURES,
    SCORES,
    EVIDENCE,
    WALL,
    MEMBERS,
    BOTTLENECKS,
];

/// What a book's ranking workbook is called: `2026年5月重点项目排名.xlsx`.
pub fn ranking_file_name(book: &Book, period: Period) -> String {
    format!("{}{}排名.xlsx", period.in_words(), allowed(book.short()).replace(['"', '<', '>', '|'], " "))
}

/// What the file of a book's projects is called, where they are too many for its workbook: `2026年5月重点项目明细.csv`.
pub fn detail_file_name(book: &Book, period: Period) -> String {
    ranking_file_name(book, period).replace("排名.xlsx", "明细.csv")
}

/// What the files of a book's rankings are called, where they have more groups than its workbook lists, and those of
/// their scores' evidence: `2026年5月重点项目排名（县领导联系项目排名）.csv` and `…排名得分依据）.csv`; no two alike.
pub(super) fn ranking_csv_names(book: &Book, period: Period, titles: &[&str]) -> Vec<(String, String)> {
    let workbook = ranking_file_name(book, period);
    let stem = workbook.trim_end_matches(".xlsx");
    let mut used: Vec<String> = Vec::new();
    let mut named = |title: &&str, suffix: &str| {
        let clean = clean(title).replace(['"', '<', '>', '|'], " ");
        let numbered = |n: usize| {
            let number = if n == 1 { String::new() } else { format!("({n})") };
            let end = format!("{number}{suffix}）.csv");
            let room = FILE_BYTES.saturating_sub(PART_BYTES + stem.len() + "（".len() + end.len());
            format!("{stem}（{}{end}", &clean[..clean.floor_char_boundary(room)])
        };
        let free = |name: &String| used.iter().all(|other| other.to_lowercase() != name.to_lowercase());
        let name = (1usize..).map(numbered).find(free).expect("one of endlessly many numbers is free");
        used.push(name.clone());
        name
    };
    let files: Vec<String> = titles.iter().map(|title| named(title, "")).collect();
    let evidence: Vec<String> = titles.iter().map(|title| named(title, EVIDENCE)).collect();
    files.into_iter().zip(evidence).collect()
}

/// Sheet names for the titles, in order: at most 31 characters, none forbidden, none twice.
pub(super) fn sheet_names<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for title in titles {
        let allowed = allowed(title);
        let taken = |name: &str| {
            let same = |other: &str| other.to_lowercase() == name.to_lowercase();
            FIXED.iter().any(|fixed| same(fixed)) || names.iter().any(|other| same(other))
        };
        let name = (1usize..)
            .map(|n| match n {
                1 => allowed.clone(),
                n => format!("{}({n})", shortened(&allowed, 26)),
            })
            .find(|name| !taken(name))
            .expect("one of endlessly many numbers is free");
        names.push(name);
    }
    names
}

/// Names of sheets that are carried over: as they are where that is allowed, and no two alike.
pub(super) fn allowed_names<'t>(titles: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for title in titles {
        let plain = allowed(title);
        let taken = |name: &str| names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let numbered = |n: usize| if n == 1 { plain.clone() } else { format!("{}({n})", shortened(&plain, 26)) };
        let name = (1usize..).map(numbered).find(|name| !taken(name));
        names.push(name.expect("one of endlessly many numbers is free"));
    }
    names
}

/// A sheet name for a title that is none of those used already.
pub(super) fn sheet_name_beside(title: &str, used: &[String]) -> String {
    let titles = used.iter().map(String::as_str).chain([title]);
    sheet_names(titles).pop().unwrap_or_default()
}

/// Sheet names for the scores of some rankings: one alone is [`SCORES`].
pub(super) fn score_sheets(rankings: &[&str]) -> Vec<String> {
    match rankings {
        [_] => vec![SCORES.to_owned()],
        _ => {
            let titles: Vec<String> = rankings.iter().map(|title| format!("{SCORES} {title}")).collect();
            sheet_names(titles.iter().map(String::as_str))
        }
    }
}

fn allowed(title: &str) -> String {
    shortened(&clean(title), 31).trim().to_owned()
}

/// A title without what Excel or file systems forbid, however long; never empty.
fn clean(title: &str) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    match clean.trim() {
        "" => "排名".to_owned(),
        name => name.to_owned(),
    }
}

/// Excel counts UTF-16 units, so a rare character counts as two.
fn shortened(text: &str, units: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= units
        })
        .collect()
}

/// A sheet's name as formulas write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_what_excel_allows() {
        let long = "很".repeat(40);
        let titles = ["乡镇/街道[排名]", "总览", "总览", &long, &long, "", "'甲'"];
        let names = sheet_names(titles.into_iter());
        assert_eq!(names[..3], ["乡镇 街道 排名", "总览(2)", "总览(3)"]);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= 31));
        assert!(names.iter().all(|name| !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\''])));
        assert_eq!((names[4].ends_with("(2)"), names[5].as_str(), names[6].as_str()), (true, "排名", "甲"));
    }

    #[test]
    fn files_of_rankings_and_of_their_evidence_are_never_one() {
        let profile = crate::profile::Profile::built_in();
        let period = Period::new(2026, 5).unwrap();
        let titles: Vec<String> = [27, 28, 30, 31, 40, 120, 121].map(|length| "名".repeat(length)).into();
        let mut titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        titles.extend(["总览", "乡镇|排名", "乡镇 排名", "乡镇|排名得分依据"]);
        let names = ranking_csv_names(&profile.books[0], period, &titles);
        let all: Vec<&String> = names.iter().flat_map(|(file, evidence)| [file, evidence]).collect();
        let distinct: std::collections::BTreeSet<&&String> = all.iter().collect();
        assert_eq!(distinct.len(), 2 * titles.len(), "{names:?}");
        assert!(names.iter().all(|(_, evidence)| evidence.ends_with("得分依据）.csv")), "{names:?}");
        assert!(all.iter().all(|name| name.len() + PART_BYTES <= FILE_BYTES), "{names:?}");
        assert!(names[4].0.contains(titles[4]) && names[4].1.contains(titles[4]), "no sheet bounds a file's name");
        assert!(names[7].0.ends_with("（总览）.csv"), "{names:?}");
    }
}
