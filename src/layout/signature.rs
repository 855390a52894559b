//! By what a layout is known again next month.
//!
//! Takes a header and who reports, gives a [`Signature`]: the wording and place of every heading
//! with the period's numbers taken out, and a fingerprint of them. No book has a part in it.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::header::Header;
use super::heading::Heading;
use crate::origin::column_letters;
use crate::period::Period;
use crate::text::label;

/// What a layout looks like, apart from the month and the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// 16 hex digits that stand for all of it.
    pub fingerprint: String,
    /// Who reports; empty where nothing tells.
    pub unit: String,
    /// Each heading with its column: `G 投资情况|1-{m}月累计(万元)`.
    pub headings: Vec<String>,
    /// Periods in headings that are not the reported one, as written. They change by neglect, not
    /// by design, and have no part in the fingerprint.
    pub stale: Vec<String>,
}

impl Signature {
    /// The signature of a header that a unit uses.
    pub(super) fn of(header: &Header, unit: Option<&str>, period: Period) -> Self {
        let unit = unit.unwrap_or_default().to_owned();
        let named = |(column, heading): &(u32, Arc<Heading>)| {
            format!("{} {}", column_letters(*column), wording(heading, period))
        };
        let headings: Vec<String> = header.headings.iter().map(named).collect();
        let depth = header.last_row - header.first_row + 1;
        let evidence = format!("{}\n{depth}\n{}", label(&unit), headings.join("\n"));
        let digest = Sha256::digest(evidence.as_bytes());
        let fingerprint = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let stale = header.headings.iter().filter_map(|(_, heading)| heading.stale.clone()).collect();
        Self { fingerprint, unit, headings, stale }
    }
}

/// The columns' wordings that one signature has and another has not, without their places.
pub(super) fn missing_from<'a>(headings: &'a [String], other: &[String]) -> Vec<&'a str> {
    let bare = |heading: &'a String| heading.split_once(' ').map_or(heading.as_str(), |(_, words)| words);
    let known: Vec<&str> = other.iter().map(|heading| heading.split_once(' ').map_or(&**heading, |(_, w)| w)).collect();
    headings.iter().map(bare).filter(|words| !known.contains(words)).collect()
}

/// A heading with its unit (完成情况(万元) beside 完成情况(%)), last month as `{pm}`.
fn wording(heading: &Heading, period: Period) -> String {
    let group = if heading.group.is_empty() { String::new() } else { format!("{}|", heading.group) };
    let unit = heading.unit.map_or(String::new(), |unit| format!("({})", unit.title()));
    let percent = if heading.percent { "(%)" } else { "" };
    with_last_month(&format!("{group}{}{unit}{percent}", heading.own), period.whole_month().previous().month())
}

fn with_last_month(text: &str, month: u32) -> String {
    let written = format!("{month}月");
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(&written) {
        let whole = !rest[..at].ends_with(|c: char| c.is_ascii_digit() || c == '-');
        out += &rest[..at];
        out += if whole { "{pm}月" } else { &written };
        rest = &rest[at + written.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(period: &str, headings: &[&[&str]]) -> Signature {
        let period: Period = period.parse().unwrap();
        let headings =
            (1..).zip(headings).map(|(column, levels)| (column, Arc::new(Heading::new(levels, period)))).collect();
        Signature::of(&Header { first_row: 3, last_row: 4, headings, scores: Vec::new() }, Some("城关镇"), period)
    }

    #[test]
    fn the_month_makes_no_difference_and_the_wording_does() {
        let september =
            signature("2026-09", &[&["项目名称"], &["2026年投资（万元）", "1—9月完成"], &["上月末（8月）累计"]]);
        let october =
            signature("2026-10", &[&["项目名称"], &["2026年投资(万元)", "1-10月\n完成"], &["上月末(9月)累计"]]);
        assert_eq!((&september.fingerprint, &september.headings), (&october.fingerprint, &october.headings));
        assert_eq!(october.headings[1], "B {y}年投资|1-{m}月完成(万元)");
        let moved = signature("2026-10", &[&["项目名称"], &["上月末(9月)累计"], &["2026年投资(万元)", "1-10月完成"]]);
        let reworded = signature("2026-10", &[&["项目名称"], &["2026年投资(元)", "1-10月完成"], &["上月末(9月)累计"]]);
        assert_ne!(moved.fingerprint, october.fingerprint);
        assert_eq!(missing_from(&moved.headings, &october.headings), [""; 0]);
        assert_eq!(missing_from(&reworded.headings, &october.headings), ["{y}年投资|1-{m}月完成(元)"]);
    }

    #[test]
    fn a_forgotten_month_is_no_other_layout() {
        let current = signature("2026-10", &[&["项目名称"], &["1-10月完成投资"]]);
        let forgotten = signature("2026-10", &[&["项目名称"], &["1-9月完成投资"]]);
        assert_eq!(current.fingerprint, forgotten.fingerprint);
        assert_eq!((current.stale.len(), forgotten.stale), (0, vec!["1-9月".to_owned()]));
    }

    #[test]
    fn only_a_whole_month_is_the_last_one() {
        assert_eq!(with_last_month("1月完成,11月计划,1-1月", 1), "{pm}月完成,11月计划,1-1月");
    }
}
