//! Projects that units share: whom they count for, and by which part.
//!
//! Takes the entries of a book and the settings' sheet 分摊; the towns and departments among the sharers
//! take the place of the one that the project would count for. The parts stand beside them in the
//! column `unit_shares`: `城关镇=1/2、柳河乡=1/2`.

use std::sync::Arc;

use super::entry::{Entry, Tables};
use super::units::Roster;
use crate::amount::Fraction;
use crate::finding::{Finding, Level, Place};
use crate::settings::{ProjectShares, Settings};

/// The shares that were applied, in the order of the sheet, and what was found out about the others.
pub(crate) fn share(
    tables: &Tables,
    entries: &mut [Entry],
    roster: &Roster,
    settings: &Settings,
) -> (Vec<ProjectShares>, Vec<Finding>) {
    let (mut applied, mut findings) = (Vec::new(), Vec::new());
    for shares in settings.shares.iter().filter(|shares| shares.book == tables.book.id) {
        let is_meant = |entry: &Entry| entry.is_called(tables, &shares.project, shares.code.as_deref());
        let meant: Vec<usize> = (0..entries.len()).filter(|&at| is_meant(&entries[at])).collect();
        match meant.as_slice() {
            &[at] => {
                attribute(&mut entries[at], shares, roster);
                applied.push(shares.clone());
            }
            _ => findings.push(unmatched(shares, meant.len())),
        }
    }
    (applied, findings)
}

/// Sets whom a project counts for; where no town, or no department, shares it, that one stays.
fn attribute(entry: &mut Entry, shares: &ProjectShares, roster: &Roster) {
    let named = |town: bool| {
        let of_kind =
            shares.parts.iter().map(|(unit, _)| unit).filter(|unit| roster.find_or_as_written(unit).town == town);
        let names: Vec<&str> = of_kind.map(String::as_str).collect();
        (!names.is_empty()).then(|| names.join("、"))
    };
    let who = Arc::make_mut(&mut entry.who);
    who.town = named(true).or_else(|| who.town.take());
    who.department = named(false).or_else(|| who.department.take());
    who.shares = Some(in_column(&shares.parts));
}

/// The parts as the facts keep them.
fn in_column(parts: &[(String, Fraction)]) -> String {
    let part = |(unit, share): &(String, Fraction)| format!("{unit}={}/{}", share.numer(), share.denom());
    parts.iter().map(part).collect::<Vec<_>>().join("、")
}

/// The parts that a cell of the column `unit_shares` states; what is none of ours states nothing.
pub fn shares_of(cell: &str) -> Vec<(String, Fraction)> {
    let part = |text: &str| {
        let (unit, share) = text.rsplit_once('=')?;
        let (above, below) = share.split_once('/')?;
        let below = below.parse().ok().filter(|below| *below != 0i128)?;
        Some((unit.to_owned(), Fraction::new(above.parse().ok()?, below)))
    };
    cell.split('、').map(part).collect::<Option<_>>().unwrap_or_default()
}

/// That shares were not applied, because they mean no project or several.
fn unmatched(shares: &ProjectShares, found: usize) -> Finding {
    let place = Place::sheet(&"settings.xlsx".into(), &"分摊".into());
    let what = format!("分摊“{}”（{}）", shares.project, shares.document);
    if found == 0 {
        let message = format!("{what}本期没有对应的项目，未生效");
        return Finding::new(Level::Note, "share.stale", place, message, "请核对项目名称、代码，或删去已不需要的分摊");
    }
    let message = format!("{what}对应{found}个项目，未生效，仍按原单位统计");
    Finding::new(Level::Query, "share.ambiguous", place, message, "请填写项目代码，以便认定是哪一个")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;

    #[test]
    fn parts_are_read_as_they_were_written() {
        let parts =
            vec![("城关镇".to_owned(), fraction(1, 3).unwrap()), ("A=B公司".to_owned(), fraction(2, 3).unwrap())];
        assert_eq!(shares_of(&in_column(&parts)), parts);
        assert_eq!(shares_of("城关镇=1/0"), []);
        assert_eq!(shares_of(""), []);
    }
}
