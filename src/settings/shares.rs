//! Sheet 分摊: projects that several units share, with the part of each.

use super::Unit;
use super::cell::{self, Read, compared};
use super::decisions;
use super::fault::SettingsFault;
use super::sheet::{Sheet, SheetRow};
use crate::amount::{self, Fraction};
use crate::collect::Value;
use crate::profile::{Book, Profile};
use crate::say;

/// A project that units share: its amounts count for each by its part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectShares {
    /// The book's id.
    pub book: String,
    /// The project's name as reported.
    pub project: String,
    /// Its platform code, where it has one.
    pub code: Option<String>,
    /// The units' canonical names with their parts, in the order of the sheet; the parts sum to 1.
    pub parts: Vec<(String, Fraction)>,
    /// The document that decides.
    pub document: String,
}

/// A row of the sheet.
struct Part<'r, 'p> {
    row: &'r SheetRow<'r>,
    book: &'p Book,
    project: String,
    code: Option<String>,
    unit: String,
    share: Fraction,
    document: String,
}

/// What sheet 分摊 states; the parts of each project sum to exactly 1, or that is a fault.
pub(super) fn shares(
    sheet: &Sheet,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Vec<ProjectShares> {
    let rows: Vec<SheetRow> = sheet.rows().collect();
    let before = faults.len();
    let parts: Vec<Part> = rows.iter().filter_map(|row| part(row, profile, units, faults)).collect();
    // Parts that could not be read would make a wrong sum of the rest.
    let readable = faults.len() == before;
    let mut projects: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        match projects.iter_mut().find(|project| is_same(&project[0], &part)) {
            Some(project) => project.push(part),
            None => projects.push(vec![part]),
        }
    }
    faults.extend(projects.iter().flat_map(|project| misfits(project, readable)));
    projects.into_iter().map(whole).collect()
}

fn part<'r, 'p>(
    row: &'r SheetRow<'r>,
    profile: &'p Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Option<Part<'r, 'p>> {
    let book = decisions::book(row, profile, faults);
    let project = row.needed("项目名称", faults);
    let code = row.text("项目代码", faults);
    let written = row.needed("单位", faults);
    let unit = written.and_then(|written| decisions::unit(row, "单位", &written, profile, units, faults));
    row.needed("份额", faults)?;
    let share = row.share("份额", faults);
    let document = row.needed("依据文件", faults);
    Some(Part { row, book: book?, project: project?, code, unit: unit?, share: share?, document: document? })
}

/// Whether two rows are about one project: by code where both have one, else by name.
fn is_same(one: &Part, other: &Part) -> bool {
    let same_code = || one.code.as_deref().map(compared) == other.code.as_deref().map(compared);
    let same = match (&one.code, &other.code) {
        (Some(_), Some(_)) => same_code(),
        _ => compared(&one.project) == compared(&other.project),
    };
    one.book.id == other.book.id && same
}

fn misfits(project: &[Part], readable: bool) -> Vec<SettingsFault> {
    let again = (1..project.len()).filter(|&at| project[..at].iter().any(|before| before.unit == project[at].unit));
    let mut found: Vec<SettingsFault> =
        again.map(|at| project[at].row.fault("单位", say!("settings-share-twice", unit = project[at].unit))).collect();
    let sum: Fraction = project.iter().map(|part| part.share).sum();
    if readable && sum != Fraction::from_integer(1) {
        let percent =
            amount::rounded(sum, 100, 4).map_or_else(|| sum.to_string(), |sum| format!("{}%", sum.normalize()));
        let message = say!("settings-shares-sum", project = project[0].project, percent = percent);
        found.push(project[0].row.fault("份额", message));
    }
    found
}

fn whole(project: Vec<Part>) -> ProjectShares {
    let code = project.iter().find_map(|part| part.code.clone());
    let parts = project.iter().map(|part| (part.unit.clone(), part.share)).collect();
    let mut documents: Vec<String> = Vec::new();
    for part in &project {
        if !documents.contains(&part.document) {
            documents.push(part.document.clone());
        }
    }
    let (book, name) =
        project.first().map_or_else(Default::default, |first| (first.book.id.clone(), first.project.clone()));
    ProjectShares { book, project: name, code, parts, document: documents.join("、") }
}

/// A share: 50%, 0.5 or 1/2; more than nothing, at most all.
pub(super) fn share(value: &Value) -> Read<Option<Fraction>> {
    let Some(written) = cell::text(value)? else { return Ok(None) };
    let words = compared(&written);
    let number = |text: &str| text.parse().ok().and_then(amount::exact);
    let share = match (words.strip_suffix('%'), words.split_once('/')) {
        (Some(percent), _) => number(percent).map(|percent| percent / Fraction::from_integer(100)),
        (None, Some((above, below))) => {
            let below = number(below).filter(|below| *below != Fraction::from_integer(0));
            number(above).zip(below).map(|(above, below)| above / below)
        }
        _ => number(&words),
    };
    let (nothing, all) = (Fraction::from_integer(0), Fraction::from_integer(1));
    let fits = share.filter(|share| *share > nothing && *share <= all);
    fits.map(Some).ok_or_else(|| say!("settings-share", written = written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;

    #[test]
    fn shares_are_read_as_offices_write_them() {
        let text = |text: &str| share(&Value::Text(text.into()));
        let half = Ok(fraction(1, 2));
        assert_eq!(
            [text("50%"), text("1/2"), text("０．５"), share(&Value::Number(0.5))],
            [half.clone(), half.clone(), half.clone(), half]
        );
        assert_eq!(text("33.3％"), Ok(fraction(333, 1000)));
        assert_eq!((text("1/3"), text("100%")), (Ok(fraction(1, 3)), Ok(fraction(1, 1))));
        for wrong in ["50", "0", "-10%", "120%", "1/0", "一半", "5:5"] {
            assert!(text(wrong).is_err(), "{wrong}");
        }
    }
}
