//! Whom each record counts for: its town, its department, its category, its leaders.

use std::collections::BTreeMap;

use super::entry::{Attribution, Source, Tables};
use super::names;
use super::units::{Roster, first_unit};
use crate::check::Origins;
use crate::finding::{Finding, Level};

/// Names that nobody knows: told once a sheet and name, not once a row.
#[derive(Debug, Default)]
pub(crate) struct Unknown {
    /// By table, rule, field and name: the first record and how many there are.
    seen: BTreeMap<(usize, &'static str, &'static str, String), (Source, usize)>,
}

impl Unknown {
    fn note(&mut self, rule: &'static str, field: &'static str, name: &str, source: Source) {
        let seen = self.seen.entry((source.table, rule, field, name.to_owned())).or_insert((source, 0));
        seen.1 += 1;
    }

    /// The findings, in order.
    pub(crate) fn findings(self, tables: &Tables, origins: &Origins) -> Vec<Finding> {
        let finding = |((_, rule, field, name), (source, count)): ((usize, &str, &str, String), (Source, usize))| {
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

/// Whom a record counts for.
pub(crate) fn attribute(tables: &Tables, roster: &Roster, source: Source, unknown: &mut Unknown) -> Attribution {
    let reporting = roster.find_or_as_written(&tables.table(source).reporting_unit);
    let responsible = somebody(tables, source, "unit").map(|text| {
        let known = roster.find(text).or_else(|| roster.find(first_unit(text))).cloned();
        known.unwrap_or_else(|| {
            if roster.given {
                unknown.note("unit.unknown", "unit", text, source);
            }
            roster.find_or_as_written(first_unit(text))
        })
    });
    let named = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
    let by_itself = |town: bool| if reporting.town == town { named(&reporting.name) } else { None };
    let in_charge = |town: bool| responsible.as_ref().filter(|unit| unit.town == town).map(|unit| unit.name.clone());
    Attribution {
        town: town(tables, roster, source, unknown).or_else(|| by_itself(true)).or_else(|| in_charge(true)),
        department: in_charge(false).or_else(|| by_itself(false)),
        category: category(tables, source),
        leaders: leaders(tables, roster, source, unknown),
        shares: None,
        // Who is untold is taken for one unit a file, so that two of them are never mixed up.
        unit: responsible
            .map(|unit| unit.name)
            .or_else(|| named(&reporting.name))
            .unwrap_or_else(|| tables.table(source).file.to_string()),
        reporting,
    }
}

/// The text of a field that names somebody.
fn somebody<'a>(tables: &Tables<'a>, source: Source, field: &str) -> Option<&'a str> {
    tables.text(source, field).filter(|text| !names::is_nobody(text))
}

/// The town that a record's own cell names.
fn town(tables: &Tables, roster: &Roster, source: Source, unknown: &mut Unknown) -> Option<String> {
    let text = somebody(tables, source, "town")?;
    let towns = roster.towns_in(text);
    match towns.len() {
        0 if roster.given => unknown.note("unit.unknown", "town", text, source),
        0 | 1 => {}
        _ => unknown.note("town.several", "town", &towns.join("、"), source),
    }
    towns.into_iter().next()
}

/// The category of a record; where its sheet has no such column, the section it stands under.
fn category(tables: &Tables, source: Source) -> Option<String> {
    let table = tables.table(source);
    let text = match table.column("category") {
        Some(_) => tables.text(source, "category"),
        None => table.sections.get(source.at).and_then(Option::as_deref),
    };
    text.map(super::units::tidy).filter(|text| !text.is_empty())
}

/// The leaders of a record, joined with `、`.
fn leaders(tables: &Tables, roster: &Roster, source: Source, unknown: &mut Unknown) -> Option<String> {
    let (leaders, strangers) = roster.leaders_in(tables.text(source, "leader")?);
    for stranger in strangers {
        unknown.note("leader.unknown", "leader", &stranger, source);
    }
    (!leaders.is_empty()).then(|| leaders.join("、"))
}
