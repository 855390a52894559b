//! Draft: a book file for a form that no book knows, from one workbook that uses it.
//!
//! Takes a grid with its [`UnknownTable`] and the profile, gives a [`Draft`]: the text of a TOML file
//! that an office reads through, mends and keeps in its `profile/`. Headings that other books know
//! keep the id they have there; the others are named by their column.

mod kinds;
mod text;

use std::collections::BTreeMap;

use crate::collect::Grid;
use crate::layout::{UnknownColumn, UnknownTable};
use crate::profile::{Kind, Profile};

/// A book file to be read through.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The book's id, which is its file's name too.
    pub id: String,
    /// The book's title.
    pub title: String,
    /// The fields, in the order of the sheet.
    pub fields: Vec<DraftField>,
    /// The field that names what a row is about.
    pub subject: String,
    /// The file's text.
    pub text: String,
}

/// A field of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftField {
    /// Its id.
    pub id: String,
    /// Its title: the heading, without group, period and unit.
    pub title: String,
    /// How its cells are typed, by what they hold.
    pub kind: Kind,
    /// How the heading is spelt in a book file.
    pub spelling: String,
    /// The sheet's column, A is 1.
    pub column: u32,
}

/// Drafts the book of a table; `title` is what the office calls it, if it says.
pub fn draft(grid: &Grid, table: &UnknownTable, profile: &Profile, id: &str, title: Option<&str>) -> Draft {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let columns = table.columns.iter().filter(|column| !column.own.is_empty() && !is_serial(column));
    let fields: Vec<DraftField> = columns
        .map(|column| {
            let kind = kinds::kind(grid, table, column);
            let id = field_id(column, kind, profile, &mut taken);
            DraftField { id, title: called(column), kind, spelling: spelling(column), column: column.column }
        })
        .collect();
    let subject = subject(grid, table, &fields);
    let title = title.map_or_else(|| text::title_of(&table.title), str::to_owned);
    let mut draft = Draft { id: id.to_owned(), title, subject, fields, text: String::new() };
    draft.text = text::toml(&draft, &text::title_of(&table.title));
    draft
}

/// 序号 is no field of any book.
fn is_serial(column: &UnknownColumn) -> bool {
    ["序号", "编号", "No", "NO"].contains(&column.own.as_str())
}

/// How a book file spells a heading.
fn spelling(column: &UnknownColumn) -> String {
    match column.group.is_empty() {
        true => column.own.clone(),
        false => format!("{}|{}", column.group, column.own),
    }
}

/// What readers call a column: its heading, behind its group's unless that says it already.
fn called(column: &UnknownColumn) -> String {
    let own = spoken(&column.own);
    match column.group.rsplit('|').next().map(spoken) {
        Some(group) if column.group.is_empty() || own.contains(&group) => own,
        Some(group) if group.contains(&own) => group,
        Some(group) => format!("{group}{own}"),
        None => own,
    }
}

/// A heading without the marks of the period.
fn spoken(own: &str) -> String {
    let bare = own.replace("1-{m}月", "").replace("{y}年", "").replace("{m}月", "本月").replace("{ly}年", "上年");
    if bare.is_empty() { "数值".to_owned() } else { bare }
}

/// The id that other books give to this heading for the same kind of cells, else one by its column.
fn field_id(column: &UnknownColumn, kind: Kind, profile: &Profile, taken: &mut BTreeMap<String, usize>) -> String {
    let fields = profile.books.iter().flat_map(|book| &book.fields);
    let mut known = fields.filter(|field| field.kind == kind && field.spellings.contains(&spelling(column)));
    let id = known.next().map_or_else(|| format!("c{}", column.column), |field| field.id.clone());
    let count = taken.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 { id } else { format!("c{}", column.column) }
}

/// The first text column that tells its rows apart and calls itself a name; else the one that does so best.
fn subject(grid: &Grid, table: &UnknownTable, fields: &[DraftField]) -> String {
    let texts = || fields.iter().filter(|field| field.kind == Kind::Text);
    let apart = |field: &&DraftField| kinds::distinct(grid, table, field.column) * 10 >= table.rows.len() * 9;
    let is_name =
        |field: &&DraftField| ["名称", "项目", "事项", "指标", "企业"].iter().any(|w| field.title.contains(w));
    let named = texts().filter(apart).find(is_name).or_else(|| texts().find(apart)).or_else(|| texts().next());
    named.or(fields.first()).map_or_else(String::new, |field| field.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::{self, Limits};
    use crate::layout::unknown_table;
    use crate::profile::ProfileFile;

    const SHEET: &str = "云山县2026年9月老旧小区改造情况表（单位：万元）,,,,,,\n\
        序号,小区名称,户数,改造投资概算,1-9月改造支出,开工日期,满意率\n\
        1,城南小区,320,1200,600.5,2026.3,95.5%\n\
        2,河西小区,150,800,,2026年5月,88%\n\
        合计,,470,2000,600.5,,\n";

    fn drafted(lines: &str) -> Draft {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("表.csv");
        std::fs::write(&path, lines).unwrap();
        let file = collect::read_file(&path, "表.csv", &Limits::default());
        let table = unknown_table(&file.grids[0], "2026-09".parse().unwrap()).unwrap();
        draft(&file.grids[0], &table, &Profile::built_in(), "estates", None)
    }

    #[test]
    fn headings_and_contents_make_the_fields() {
        let draft = drafted(SHEET);
        let fields: Vec<(&str, Kind)> = draft.fields.iter().map(|f| (f.title.as_str(), f.kind)).collect();
        let expected = [
            ("小区名称", Kind::Text),
            ("户数", Kind::Count),
            ("改造投资概算", Kind::Amount),
            ("改造支出", Kind::Amount),
            ("开工日期", Kind::Date),
            ("满意率", Kind::Rate),
        ];
        assert_eq!(fields, expected);
        assert_eq!((draft.title.as_str(), draft.subject.as_str()), ("老旧小区改造情况", "c2"));
        assert_eq!(draft.fields[4].id, "actual_start", "a heading that a book knows keeps its id");
        assert_eq!(draft.fields[3].spelling, "1-{m}月改造支出", "the period is taken out");
    }

    #[test]
    fn a_draft_is_a_sound_book_file() {
        let draft = drafted(SHEET);
        let choices = "whole = \"全县\"\n[[schedule]]\nid = \"year\"\nkind = \"months\"\nwords = \"月数\"\n\
                       [[grade]]\nname = \"优\"\ncolour = \"92D050\"\n[[light]]\nname = \"绿\"\ncolour = \"92D050\"\n\
                       [[ranking]]\nid = \"x\"\ntitle = \"x\"\ngroup_title = \"x\"\nbook = \"estates\"\ngroup = \"whole\"\n\
                       measures = [\"estates_count\"]\nby = \"estates_count\"\ntie_words = \"x\"\n";
        let county = ProfileFile { name: "county.toml".into(), shown: "county.toml".into(), text: choices.into() };
        let file = ProfileFile { name: "estates.toml".into(), shown: "estates.toml".into(), text: draft.text.clone() };
        let profile = Profile::of_files(&[file, county]).unwrap_or_else(|errors| panic!("{errors}\n{}", draft.text));
        assert_eq!(profile.books[0].fields.len(), 6);
        assert_eq!(crate::check::validate(&profile.books[0]), Vec::<String>::new());
        assert!(profile.county.rankings.iter().any(|ranking| ranking.book == "estates" && ranking.id == "county"));
    }

    #[test]
    fn quotes_and_backslashes_stay_text() {
        let draft = drafted("甲\\\"表\",\n名称,\"“特别\"\"说明\\n”\"\n一,甲\n二,乙\n");
        assert!(toml::from_str::<toml::Table>(&draft.text).is_ok(), "{}", draft.text);
    }
}
