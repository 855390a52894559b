//! The stamp of a form that the office issued, in the document's own properties.
//!
//! Takes what a form is ([`Stamp`]), gives names and texts, and takes those back. By it a form is known
//! when it returns, whatever it is called and by whichever program it was saved.

use sha2::{Digest, Sha256};

use crate::collect::Properties;
use crate::period::Period;
use crate::text::label;

/// The form of the stamp that this program writes.
const FORM: u32 = 1;
/// Longer texts Excel does not keep in a property.
const LONGEST: usize = 240;

const MARK: &str = "wuzhang.form";
const COUNTY: &str = "wuzhang.county";
const UNIT: &str = "wuzhang.unit";
const BOOK: &str = "wuzhang.book";
const PERIOD: &str = "wuzhang.period";
const SHEET: &str = "wuzhang.sheet";
const BESIDE: &str = "wuzhang.beside";
const HEADINGS: &str = "wuzhang.headings";
const COLUMNS: &str = "wuzhang.columns";

/// What an issued form is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Whose office issued it; empty where that is not told.
    pub county: String,
    /// The unit that it was issued to.
    pub unit: String,
    /// The book's id.
    pub book: String,
    /// The period that it is for.
    pub period: Period,
    /// The sheet that is filled in.
    pub sheet: String,
    /// The sheets beside it, which hold no data.
    pub beside: Vec<String>,
    /// Its columns from A on.
    pub columns: Vec<FormColumn>,
    /// The digest of the columns' headings.
    pub headings: String,
}

/// A column of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumn {
    /// The field that it holds; of a serial number or a remark of ours `None`.
    pub field: Option<String>,
    /// Who fills it in.
    pub filled: Filled,
}

/// Who fills a column of a form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// The office, for the reader alone.
    Beside,
    /// The office, for good.
    Fixed,
    /// The office, and the unit may change it.
    Kept,
    /// The unit.
    Asked,
}

impl Filled {
    /// The mark behind the field in the stamp.
    fn mark(self) -> char {
        match self {
            Self::Beside => '-',
            Self::Fixed => '!',
            Self::Kept => '~',
            Self::Asked => '?',
        }
    }

    fn of(mark: char) -> Option<Self> {
        [Self::Beside, Self::Fixed, Self::Kept, Self::Asked].into_iter().find(|filled| filled.mark() == mark)
    }
}

impl FormColumn {
    fn written(&self) -> String {
        format!("{}{}", self.field.as_deref().unwrap_or_default(), self.filled.mark())
    }

    fn of(text: &str) -> Option<Self> {
        let filled = Filled::of(text.chars().next_back()?)?;
        let field = Some(&text[..text.len() - 1]).filter(|field| !field.is_empty()).map(str::to_owned);
        (field.is_some() == (filled != Filled::Beside)).then_some(Self { field, filled })
    }
}

impl Stamp {
    /// The properties that a document of this stamp carries, in order.
    pub fn properties(&self) -> Vec<(String, String)> {
        let texts = [
            (MARK, FORM.to_string()),
            (COUNTY, self.county.clone()),
            (UNIT, self.unit.clone()),
            (BOOK, self.book.clone()),
            (PERIOD, self.period.to_string()),
            (SHEET, self.sheet.clone()),
            (BESIDE, self.beside.join("/")),
            (HEADINGS, self.headings.clone()),
        ];
        let columns: Vec<String> = self.columns.iter().map(FormColumn::written).collect();
        let parts = (1..).zip(in_parts(&columns)).map(|(nth, part)| (format!("{COLUMNS}.{nth}"), part));
        texts.into_iter().map(|(name, text)| (name.to_owned(), text)).chain(parts).collect()
    }

    /// The stamp that a document carries: `None` where it is no form, and why it cannot be used where it
    /// is damaged or of a later program.
    pub(super) fn of(properties: &Properties) -> Option<Result<Self, &'static str>> {
        let form: Option<u32> = properties.get(MARK)?.trim().parse().ok();
        if form.is_some_and(|form| form > FORM) {
            return Some(Err("表单是更新版本的程序发出的"));
        }
        Some(form.and_then(|_| Self::read(properties)).ok_or("表单的标记不完整"))
    }

    fn read(properties: &Properties) -> Option<Self> {
        let text = |name: &str| properties.get(name).map(|text| text.trim().to_owned());
        let parts: Vec<String> = (1..).map_while(|nth| text(&format!("{COLUMNS}.{nth}"))).collect();
        let columns: Option<Vec<FormColumn>> = parts.join(",").split(',').map(FormColumn::of).collect();
        Some(Self {
            county: text(COUNTY).unwrap_or_default(),
            unit: text(UNIT)?,
            book: text(BOOK)?,
            period: text(PERIOD)?.parse().ok()?,
            sheet: text(SHEET)?,
            beside: text(BESIDE).unwrap_or_default().split('/').map(str::to_owned).collect(),
            columns: columns?,
            headings: text(HEADINGS)?,
        })
    }

    /// The digest of headings from column A on, however they are spaced and whatever width their marks have.
    pub fn digest<'t>(headings: impl Iterator<Item = &'t str>) -> String {
        let words: Vec<String> = headings.map(label).collect();
        Sha256::digest(words.join("\n")).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The columns, as many in a text as it may hold.
fn in_parts(columns: &[String]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for column in columns {
        match parts.last_mut().filter(|part| part.len() + column.len() < LONGEST) {
            Some(part) => *part = format!("{part},{column}"),
            None => parts.push(column.clone()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        let column =
            |field: &str, filled| FormColumn { field: Some(field.to_owned()).filter(|f| !f.is_empty()), filled };
        let mut columns =
            vec![column("", Filled::Beside), column("name", Filled::Fixed), column("actual_start", Filled::Kept)];
        columns.extend((0..60).map(|nth| column(&format!("field_{nth}"), Filled::Asked)));
        Stamp {
            county: "云山县".into(),
            unit: "城关镇".into(),
            book: "key_projects".into(),
            period: "2026-W20".parse().unwrap(),
            sheet: "重点建设项目".into(),
            beside: vec!["填表说明".into(), "选项".into()],
            headings: Stamp::digest(["序号", "项目名称"].into_iter()),
            columns,
        }
    }

    #[test]
    fn a_stamp_comes_back_as_it_was_and_fits_into_properties() {
        let written = stamp().properties();
        assert!(written.iter().all(|(_, text)| text.chars().count() <= 255), "{written:?}");
        assert!(written.iter().any(|(name, _)| name == "wuzhang.columns.3"));
        assert_eq!(Stamp::of(&written.into_iter().collect()), Some(Ok(stamp())));
    }

    #[test]
    fn what_is_no_stamp_or_half_of_one_is_told() {
        assert_eq!(Stamp::of(&Properties::new()), None);
        let without =
            |name: &str| Stamp::of(&stamp().properties().into_iter().filter(|(known, _)| known != name).collect());
        for name in [UNIT, BOOK, PERIOD, SHEET, HEADINGS, "wuzhang.columns.1"] {
            assert_eq!(without(name), Some(Err("表单的标记不完整")), "{name}");
        }
        assert!(without(COUNTY).unwrap().is_ok());
        let newer = [(MARK.to_owned(), "2".to_owned())].into_iter().collect();
        assert_eq!(Stamp::of(&newer), Some(Err("表单是更新版本的程序发出的")));
    }

    #[test]
    fn headings_are_the_same_whatever_their_spaces() {
        let one = Stamp::digest(["本月完成投资\n（万元）", "备注"].into_iter());
        assert_eq!(one, Stamp::digest(["本月完成投资 (万元)", " 备 注 "].into_iter()));
        assert_ne!(one, Stamp::digest(["备注", "本月完成投资(万元)"].into_iter()));
    }
}
