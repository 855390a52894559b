//! What the office decided about layouts that were in doubt.
//!
//! Takes the text of `layouts.toml` and the profile, gives [`Confirmed`] or every fault in it; a
//! sheet's [`Signature`] finds the decision that holds for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::heading::money_unit;
use super::signature::{Signature, missing_from};
use crate::profile::{Fault, Profile, ProfileErrors, read_toml};
use crate::value::MoneyUnit;

/// All decisions, by unit, book and fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    layouts: Vec<ConfirmedLayout>,
}

/// A decision about one layout of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ConfirmedLayout {
    /// The layout, as [`Signature::fingerprint`] has it.
    pub fingerprint: String,
    /// Who uses it.
    pub unit: String,
    /// The book's id; empty where the sheet is none.
    pub book: String,
    /// Who decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why, or by which document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// 元, 万元 or 亿元, where the sheet itself does not say; empty where it is not decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub money: String,
    /// Periods in headings that are taken for the reported one though they are not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<String>,
    /// The headings, to tell later what has changed.
    pub headings: Vec<String>,
    /// The field of each column that is read, by letters; none where only the book is decided.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
}

/// `layouts.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    layout: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    fingerprint: String,
    book: Spanned<String>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    reason: String,
    money: Option<Spanned<String>>,
    #[serde(default)]
    stale: Vec<String>,
    #[serde(default)]
    headings: Vec<String>,
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
}

const OPENING: &str = "\
# 版式存疑时统计局所作的决定，由 wuzhang layout confirm 写入，wuzhang layout forget 删除。
# 版式（各列的名称和位置）相同的表以后都照此读取；版式变了会再问。
";

impl Confirmed {
    /// Nothing decided.
    pub const NONE: &'static Self = &Self { layouts: Vec::new() };

    /// Reads `layouts.toml`; `file` is how its faults call it.
    ///
    /// # Errors
    ///
    /// Every fault: unknown keys, books and fields that the profile does not have.
    pub fn parse(file: &str, text: &str, profile: &Profile) -> Result<Self, ProfileErrors> {
        let text = text.trim_start_matches('\u{feff}');
        let read = read_toml::<File>(file, text);
        let Some(stated) = read.value else { return Err(ProfileErrors(read.faults)) };
        let at = |(byte, message)| Fault::at_byte(file, text, byte, message);
        let faults: Vec<Fault> = stated.layout.iter().flat_map(|entry| entry.misfits(profile)).map(at).collect();
        if !faults.is_empty() {
            return Err(ProfileErrors(faults));
        }
        let mut confirmed = Self::default();
        stated.layout.into_iter().for_each(|entry| confirmed.add(entry.into()));
        Ok(confirmed)
    }

    /// The text of `layouts.toml`.
    pub fn to_toml(&self) -> String {
        let file = BTreeMap::from([("layout", &self.layouts)]);
        let text = toml::to_string(&file).expect("strings, lists and a table of strings are TOML");
        if self.layouts.is_empty() { OPENING.to_owned() } else { format!("{OPENING}\n{text}") }
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &ConfirmedLayout> {
        self.layouts.iter()
    }

    /// Takes a decision in, in place of an earlier one about the same layout.
    pub fn add(&mut self, layout: ConfirmedLayout) {
        self.layouts.retain(|known| known.fingerprint != layout.fingerprint);
        self.layouts.push(layout);
        self.layouts.sort_by(|a, b| (&a.unit, &a.book, &a.fingerprint).cmp(&(&b.unit, &b.book, &b.fingerprint)));
    }

    /// Takes out the decision about a layout.
    pub fn remove(&mut self, fingerprint: &str) -> Option<ConfirmedLayout> {
        let at = self.layouts.iter().position(|known| known.fingerprint == fingerprint)?;
        Some(self.layouts.remove(at))
    }

    /// The decision about a layout.
    pub fn of(&self, signature: &Signature) -> Option<&ConfirmedLayout> {
        self.layouts.iter().find(|known| known.fingerprint == signature.fingerprint)
    }

    /// What distinguishes a layout from the one that the same unit had confirmed for the same book:
    /// the decision and the change in words. A sheet that shares less than half its headings is
    /// another table, not a changed one.
    pub(super) fn changed(&self, signature: &Signature, book: &str) -> Option<(&ConfirmedLayout, String)> {
        let same_use = |known: &&ConfirmedLayout| known.unit == signature.unit && known.book == book;
        let strange = |known: &ConfirmedLayout| missing_from(&signature.headings, &known.headings).len();
        let before = self.layouts.iter().filter(same_use).min_by_key(|known| strange(known))?;
        (strange(before) * 2 <= signature.headings.len()).then(|| (before, change(signature, before)))
    }
}

fn change(now: &Signature, before: &ConfirmedLayout) -> String {
    let quoted = |headings: Vec<&str>| headings.iter().map(|words| format!("“{words}”")).collect::<Vec<_>>().join("、");
    let added = quoted(missing_from(&now.headings, &before.headings));
    let removed = quoted(missing_from(&before.headings, &now.headings));
    match (added.is_empty(), removed.is_empty()) {
        (true, true) => "列的位置或表头的行数变了".to_owned(),
        (false, true) => format!("新增了列{added}"),
        (true, false) => format!("少了列{removed}"),
        (false, false) => format!("新增了列{added}，少了列{removed}"),
    }
}

impl ConfirmedLayout {
    /// The unit of money that it decides.
    pub(super) fn money(&self) -> Option<MoneyUnit> {
        money_unit(&self.money)
    }

    /// Who decided and why, for readers.
    pub(super) fn in_words(&self) -> String {
        let by = if self.by.is_empty() { "统计局" } else { &self.by };
        let reason = if self.reason.is_empty() { String::new() } else { format!("（{}）", self.reason) };
        format!("{by}{reason}")
    }
}

impl Entry {
    /// What does not fit the profile: where, and what is wrong.
    fn misfits(&self, profile: &Profile) -> Vec<(usize, String)> {
        if self.book.get_ref().is_empty() {
            return Vec::new();
        }
        let Some(book) = profile.book(self.book.get_ref()) else {
            return vec![(self.book.span().start, format!("没有账册“{}”", self.book.get_ref()))];
        };
        let unknown = self.columns.values().filter(|field| book.field(field.get_ref()).is_none());
        let unknown =
            unknown.map(|field| (field.span().start, format!("账册“{}”没有字段“{}”", book.title, field.get_ref())));
        let money =
            self.money.iter().filter(|money| !money.get_ref().is_empty() && money_unit(money.get_ref()).is_none());
        let money = money.map(|money| (money.span().start, "应为 元、万元 或 亿元".to_owned()));
        unknown.chain(money).collect()
    }
}

impl From<Entry> for ConfirmedLayout {
    fn from(entry: Entry) -> Self {
        Self {
            fingerprint: entry.fingerprint,
            unit: entry.unit,
            book: entry.book.into_inner(),
            by: entry.by,
            reason: entry.reason,
            money: entry.money.map_or(String::new(), Spanned::into_inner),
            stale: entry.stale,
            headings: entry.headings,
            columns: entry.columns.into_iter().map(|(column, field)| (column, field.into_inner())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided() -> ConfirmedLayout {
        ConfirmedLayout {
            fingerprint: "0123456789abcdef".into(),
            unit: "城关镇".into(),
            book: "key_projects".into(),
            by: "周某".into(),
            reason: "电话核实".into(),
            headings: ["A 项目名称", "B 年度计划(万元)", "C 累计完成(万元)", "D 备注"].map(str::to_owned).to_vec(),
            columns: BTreeMap::from([("A".into(), "name".into()), ("C".into(), "done".into())]),
            ..ConfirmedLayout::default()
        }
    }

    fn signature(headings: &[&str]) -> Signature {
        let headings = headings.iter().map(|&heading| heading.to_owned()).collect();
        Signature { fingerprint: "other".into(), unit: "城关镇".into(), headings, stale: Vec::new() }
    }

    #[test]
    fn what_is_written_reads_back() {
        let mut confirmed = Confirmed::default();
        confirmed.add(ConfirmedLayout { unit: "龙潭镇".into(), fingerprint: "ff".into(), ..decided() });
        confirmed.add(decided());
        let text = confirmed.to_toml();
        assert_eq!(Confirmed::parse("layouts.toml", &text, &Profile::built_in()).unwrap(), confirmed, "{text}");
        assert_eq!(Confirmed::parse("layouts.toml", "", &Profile::built_in()).unwrap(), Confirmed::default());
    }

    #[test]
    fn faults_are_told_with_their_lines() {
        let text = "[[layout]]\nfingerprint = \"ab\"\nbook = \"key_projects\"\nreson = \"?\"\n";
        let told = Confirmed::parse("layouts.toml", text, &Profile::built_in()).unwrap_err().to_string();
        assert!(told.contains("第4行第1列") && told.contains("`reason`"), "{told}");
        let text = "[[layout]]\nfingerprint = \"ab\"\nbook = \"key_projects\"\nmoney = \"元整\"\n[layout.columns]\nG = \"dnoe\"\n";
        let told = Confirmed::parse("layouts.toml", text, &Profile::built_in()).unwrap_err().to_string();
        assert!(told.contains("第4行第9列") && told.contains("第6行第5列：账册“重点建设项目”没有字段“dnoe”"), "{told}");
        let told = Confirmed::parse("l", &text.replace("key_", "keys_"), &Profile::built_in()).unwrap_err().to_string();
        assert!(told.contains("第3行第8列：没有账册“keys_projects”"), "{told}");
    }

    #[test]
    fn a_change_is_told_by_its_columns() {
        let mut confirmed = Confirmed::default();
        confirmed.add(decided());
        let change =
            |headings: &[&str]| confirmed.changed(&signature(headings), "key_projects").map(|(_, change)| change);
        let grown = ["A 项目名称", "B 年度计划(万元)", "C 本月完成(万元)", "D 累计完成(万元)", "E 备注"];
        assert_eq!(change(&grown).as_deref(), Some("新增了列“本月完成(万元)”"));
        assert_eq!(change(&grown[..2]).as_deref(), Some("少了列“累计完成(万元)”、“备注”"));
        assert_eq!(change(&["B 项目名称", "C 年度计划(万元)"]).unwrap().chars().next(), Some('少'));
        assert_eq!(change(&["A 项目名称", "B 隐患", "C 措施"]), None, "another table");
        assert_eq!(confirmed.changed(&signature(&grown), "investment"), None);
    }
}
