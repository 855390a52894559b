//! Whom each record counts for: its town, its department, its category, its leaders.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::{self, Attribution, Cell, Source, Tables};
use super::names;
use super::units::{Roster, first_unit};
use crate::check::Origins;
use crate::finding::{Finding, Level};
use crate::record::Values;
use crate::text::TextMap;

/// Names that nobody knows: told once a sheet and name, not once a row.
#[derive(Debug, Default)]
pub(crate) struct Unknown {
    /// By table, rule, field and name: the first record and how many there are.
    seen: BTreeMap<(u32, &'static str, &'static str, String), (Source, usize)>,
}

impl Unknown {
    fn note(&mut self, rule: &'static str, field: &'static str, name: &str, source: Source) {
        let seen = self.seen.entry((source.table, rule, field, name.to_owned())).or_insert((source, 0));
        seen.1 += 1;
    }

    /// The findings, in order.
    pub(crate) fn findings(self, tables: &Tables, origins: &Origins) -> Vec<Finding> {
        let finding = |((_, rule, field, name), (source, count)): ((u32, &str, &str, String), (Source, usize))| {
            let place = origins.cell(&tables.place(source), field);
            let rows = if count > 1 { format!("（本表共{count}行）") } else { String::new() };
            let (message, advice) = match rule {
                "leader.unknown" => {
                    (format!("领导名单中没有“{name}”{rows}"), "请核对姓名，或在设置表“领导”中补上；暂按所填姓名统计")
                }
                "town.several" => (format!("涉及几个乡镇：{name}{rows}，按第一个统计"), "请核实项目归哪个乡镇统计"),
                _ if field == "town" => (
                    format!("单位名单中没有这个乡镇：“{name}”{rows}"),
                    "请核对名称，或在设置表“单位”中补上名称或别名；暂不计入所填乡镇",
                ),
                _ => (
                    format!("单位名单中没有“{name}”{rows}"),
                    "请核对名称，或在设置表“单位”中补上名称或别名；暂按所填名称统计",
                ),
            };
            Finding::new(Level::Query, rule, place, message, advice)
        };
        self.seen.into_iter().map(finding).collect()
    }
}

/// What of a record tells whom it counts for: its unit, town, category and leader as written.
type Told<'a> = [Option<&'a str>; 4];

/// Whom the records of each table count for: most rows of a table say the same.
pub(crate) struct Attributes<'t, 'a> {
    tables: &'t Tables<'a>,
    roster: &'t Roster,
    columns: [Vec<Option<&'a Values>>; 4],
    of_table: Option<u32>,
    known: TextMap<Told<'a>, (Arc<Attribution>, Vec<Note>)>,
}

/// A name that nobody knows: the rule, the field, the name.
type Note = (&'static str, &'static str, String);

impl<'t, 'a> Attributes<'t, 'a> {
    /// Of the tables of a book.
    pub(crate) fn of(tables: &'t Tables<'a>, roster: &'t Roster) -> Self {
        let columns = ["unit", "town", "category", "leader"].map(|field| tables.column(field));
        Self { tables, roster, columns, of_table: None, known: TextMap::default() }
    }

    /// Whom a record counts for; names that nobody knows are noted.
    pub(crate) fn attribute(&mut self, source: Source, unknown: &mut Unknown) -> Arc<Attribution> {
        if self.of_table.replace(source.table) != Some(source.table) {
            self.known.clear();
        }
        let told = self.told(source);
        let (tables, roster) = (self.tables, self.roster);
        let (who, notes) = self.known.entry(told).or_insert_with(|| {
            let mut notes = Vec::new();
            (Arc::new(attribute(tables, roster, (source, told), &mut notes)), notes)
        });
        for (rule, field, name) in notes.iter() {
            unknown.note(rule, field, name, source);
        }
        who.clone()
    }

    fn told(&self, source: Source) -> Told<'a> {
        let table = self.tables.table(source);
        let text = |column: &Vec<Option<&'a Values>>| match entry::cell_of(column[source.table()]?, source.at())? {
            Cell::Text(text) => Some(text),
            _ => None,
        };
        let [unit, town, category, leader] = &self.columns;
        // Where the sheet has no such column, the section that the record stands under.
        let category = match category[source.table()] {
            Some(_) => text(category),
            None => table.sections.get(source.at()),
        };
        [text(unit), text(town), category, text(leader)]
    }
}

/// Whom a record counts for.
fn attribute(
    tables: &Tables,
    roster: &Roster,
    (source, [unit, town, category, leader]): (Source, Told),
    notes: &mut Vec<Note>,
) -> Attribution {
    let somebody = |text: Option<&'_ str>| text.filter(|text| !names::is_nobody(text)).map(str::to_owned);
    let reporting = roster.find_or_as_written(&tables.table(source).reporting_unit);
    let responsible = somebody(unit).map(|text| {
        let known = roster.find(&text).or_else(|| roster.find(first_unit(&text))).cloned();
        known.unwrap_or_else(|| {
            if roster.given {
                notes.push(("unit.unknown", "unit", text.clone()));
            }
            roster.find_or_as_written(first_unit(&text))
        })
    });
    let named = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
    let by_itself = |town: bool| if reporting.town == town { named(&reporting.name) } else { None };
    let in_charge = |town: bool| responsible.as_ref().filter(|unit| unit.town == town).map(|unit| unit.name.clone());
    Attribution {
        town: somebody(town)
            .and_then(|text| town_of(&text, roster, notes))
            .or_else(|| by_itself(true))
            .or_else(|| in_charge(true)),
        department: in_charge(false).or_else(|| by_itself(false)),
        category: category.map(super::units::tidy).filter(|text| !text.is_empty()),
        leaders: leader.and_then(|text| leaders_of(text, roster, notes)),
        shares: None,
        // Who is untold is taken for one unit a file, so that two of them are never mixed up.
        unit: responsible
            .map(|unit| unit.name)
            .or_else(|| named(&reporting.name))
            .unwrap_or_else(|| tables.table(source).file.to_string()),
        reporting,
    }
}

/// The town that a record's own cell names.
fn town_of(text: &str, roster: &Roster, notes: &mut Vec<Note>) -> Option<String> {
    let towns = roster.towns_in(text);
    match towns.len() {
        0 if roster.given => notes.push(("unit.unknown", "town", text.to_owned())),
        0 | 1 => {}
        _ => notes.push(("town.several", "town", towns.join("、"))),
    }
    towns.into_iter().next()
}

/// The leaders of a record, joined with `、`.
fn leaders_of(text: &str, roster: &Roster, notes: &mut Vec<Note>) -> Option<String> {
    let (leaders, strangers) = roster.leaders_in(text);
    notes.extend(strangers.into_iter().map(|stranger| ("leader.unknown", "leader", stranger)));
    (!leaders.is_empty()).then(|| leaders.join("、"))
}
