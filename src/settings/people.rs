//! Sheets 单位 and 领导: who reports and who answers.

use std::collections::BTreeMap;

use super::cell::compared;
use super::fault::SettingsFault;
use super::sheet::{Sheet, SheetRow};
use super::{Leader, Unit, UnitKind};
use crate::profile::advice;
use crate::say;

/// What sheet 单位 states.
pub(super) fn units(sheet: &Sheet, faults: &mut Vec<SettingsFault>) -> Vec<Unit> {
    let mut names = Names::default();
    let units = sheet.rows().filter_map(|row| unit(&row, &mut names, faults)).collect();
    faults.extend(names.clashes());
    units
}

fn unit(row: &SheetRow, names: &mut Names, faults: &mut Vec<SettingsFault>) -> Option<Unit> {
    let name = row.needed("单位名称", faults);
    let written = row.needed("类别", faults);
    let kind = written.as_deref().map(kind_of);
    if let (Some(None), Some(written)) = (kind, &written) {
        let known = ["乡镇", "街道", "部门", "县属企业", "园区"];
        faults.push(row.fault("类别", say!("settings-no-kind", advice = advice(written, &known), written = written)));
    }
    let unit = Unit {
        name: name.unwrap_or_default(),
        aliases: row.list("别名", faults),
        kind: kind.flatten().unwrap_or_default(),
        group: row.text("分组", faults),
        mail: row.mail("邮箱", faults),
        from: row.period("启用时间", faults),
        to: row.period("停用时间", faults),
    };
    if unit.from.zip(unit.to).is_some_and(|(from, to)| from > to) {
        faults.push(row.fault("停用时间", say!("settings-closed-before")));
    }
    if unit.name.is_empty() {
        return None;
    }
    names.add(row, &unit);
    Some(unit)
}

pub(super) fn kind_of(written: &str) -> Option<UnitKind> {
    match compared(written).as_str() {
        "乡镇" | "街道" | "乡" | "镇" | "乡镇街道" | "乡镇(街道)" => Some(UnitKind::Town),
        "部门" | "县直部门" | "县直单位" | "单位" | "县属企业" | "县属国企" | "国有企业" | "企业" => {
            Some(UnitKind::Department)
        }
        "园区" | "开发区" | "经开区" => Some(UnitKind::Park),
        _ => None,
    }
}

/// Every way in which a unit is written, so that none leads to two units.
#[derive(Default)]
struct Names {
    /// By what is compared: unit, its fault if it is not the first, whether it is the unit's own name.
    written: BTreeMap<String, Vec<(String, bool, SettingsFault)>>,
}

impl Names {
    fn add(&mut self, row: &SheetRow, unit: &Unit) {
        let own = [(&unit.name, "单位名称")];
        for (written, title) in own.into_iter().chain(unit.aliases.iter().map(|alias| (alias, "别名"))) {
            let fault = row.fault(title, String::new());
            let entry = (unit.name.clone(), title == "单位名称", fault);
            self.written.entry(compared(written)).or_default().push(entry);
        }
    }

    fn clashes(self) -> Vec<SettingsFault> {
        self.written.into_values().flat_map(|uses| clash(&uses)).collect()
    }
}

/// A name that several rows use; that a unit lists its own name among its aliases does no harm.
fn clash(uses: &[(String, bool, SettingsFault)]) -> Vec<SettingsFault> {
    let Some((first, _, at)) = uses.iter().find(|(_, own, _)| *own).or(uses.first()) else { return Vec::new() };
    let others = uses.iter().filter(|(_, _, fault)| fault.place != at.place && fault.place.row() != at.place.row());
    others
        .map(|(unit, own, fault)| {
            let message = match own {
                true => say!("settings-unit-twice", row = at.place.row().unwrap_or_default(), unit = unit),
                false => {
                    say!("settings-alias-taken", row = at.place.row().unwrap_or_default(), first = first)
                }
            };
            SettingsFault { message, ..fault.clone() }
        })
        .collect()
}

/// What sheet 领导 states.
pub(super) fn leaders(sheet: &Sheet, faults: &mut Vec<SettingsFault>) -> Vec<Leader> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut leaders = Vec::new();
    for row in sheet.rows() {
        let name = row.needed("姓名", faults);
        let leader = Leader {
            name: name.clone().unwrap_or_default(),
            post: row.text("职务", faults),
            mail: row.mail("邮箱", faults),
        };
        let Some(name) = name else { continue };
        let place = row.place("姓名").in_words();
        match seen.insert(compared(&name), place) {
            Some(first) => faults.push(row.fault("姓名", say!("settings-name-twice", name = name, first = first))),
            None => leaders.push(leader),
        }
    }
    leaders
}
