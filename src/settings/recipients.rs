//! Sheet 收件人: who gets mail, in which role.

use std::collections::BTreeMap;

use super::cell::compared;
use super::decisions::unit;
use super::fault::SettingsFault;
use super::form::{Form, heading, required};
use super::sheet::{Sheet, SheetRow};
use super::{Leader, Unit};
use crate::finding::Place;
use crate::profile::{MailRole, Profile, Whose, advice};
use crate::say;

/// Sheet 收件人.
pub const RECIPIENTS: Form = Form {
    sheet: "收件人",
    others: &["收件人名单", "邮件收件人"],
    columns: &[
        required("单位或领导", &["单位", "单位名称", "领导", "单位(领导)"]),
        heading("姓名", &["收件人", "收件人姓名"]),
        required("角色", &["身份", "收件角色"]),
        required("邮箱", &["电子邮箱", "邮件地址", "邮箱地址"]),
        heading("停用", &["是否停用", "不再发送"]),
    ],
    note: "每人每个角色一行，一行一个邮箱。角色：填报人、单位负责人、抄送（单位的人，只收本单位的退改单和所在的排名），\
           县领导、统计局（收全部排名和通报）；角色和各收什么在 county.toml 的 [[mail_role]] 里定。\
           “单位”“领导”表里已填的邮箱不必重复；不再发的，停用写“是”。例：城关镇｜周某｜单位负责人｜chengguan.zr@yunshan.example｜",
};

/// Someone who gets mail. Columns 单位或领导, 姓名, 角色, 邮箱, 停用.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The unit's canonical name, or the leader or office of the county.
    pub whom: String,
    /// 姓名
    pub name: Option<String>,
    /// The role's id.
    pub role: String,
    /// The address.
    pub mail: String,
    /// Whether nothing is sent there any longer.
    pub stopped: bool,
    /// Its row in the workbook.
    pub place: Place,
}

/// What sheet 收件人 states.
pub(super) fn recipients(
    sheet: &Sheet,
    profile: &Profile,
    (units, leaders): (&[Unit], &[Leader]),
    faults: &mut Vec<SettingsFault>,
) -> Vec<Recipient> {
    let mut seen: BTreeMap<(String, String, String), u32> = BTreeMap::new();
    let mut recipients = Vec::new();
    for row in sheet.rows() {
        let Some(one) = recipient(&row, profile, (units, leaders), faults) else { continue };
        let key = (one.whom.clone(), one.role.clone(), one.mail.to_lowercase());
        let at = one.place.row().unwrap_or_default();
        match seen.get(&key) {
            Some(first) => {
                faults.push(row.fault("邮箱", say!("settings-recipient-twice", first = first)));
            }
            None => {
                seen.insert(key, at);
                recipients.push(one);
            }
        }
    }
    recipients
}

fn recipient(
    row: &SheetRow,
    profile: &Profile,
    (units, leaders): (&[Unit], &[Leader]),
    faults: &mut Vec<SettingsFault>,
) -> Option<Recipient> {
    let written = row.needed("单位或领导", faults);
    let role = row.needed("角色", faults).and_then(|written| role(row, &written, profile, faults));
    let whom = written.zip(role).and_then(|(written, role)| match role.of {
        Whose::Unit => of_unit(row, &written, profile, units, faults),
        Whose::County => Some(leader(&written, leaders)),
    });
    let before = faults.len();
    let mails = row.mail("邮箱", faults);
    if mails.len() > 1 {
        faults.push(row.fault("邮箱", say!("settings-one-address")));
    } else if mails.is_empty() && before == faults.len() {
        row.needed("邮箱", faults);
    }
    let (name, stopped) = (row.text("姓名", faults), stopped(row, faults));
    (before == faults.len() && mails.len() == 1).then_some(())?;
    let mail = mails.into_iter().next()?;
    Some(Recipient { whom: whom?, name, role: role?.id.clone(), mail, stopped: stopped?, place: row.place("邮箱") })
}

fn role<'p>(
    row: &SheetRow,
    written: &str,
    profile: &'p Profile,
    faults: &mut Vec<SettingsFault>,
) -> Option<&'p MailRole> {
    let words = compared(written);
    let roles = &profile.county.mail_roles;
    let called =
        |role: &&MailRole| role.others.iter().chain([&role.title, &role.id]).any(|name| compared(name) == words);
    let found = roles.iter().find(called);
    if found.is_none() {
        let titles: Vec<&str> = roles.iter().map(|role| role.title.as_str()).collect();
        let message = say!("settings-no-role", advice = advice(written, &titles), written = written);
        faults.push(row.fault("角色", message));
    }
    found
}

/// A unit of the roster; the whole county is no unit that mail can be for.
fn of_unit(
    row: &SheetRow,
    written: &str,
    profile: &Profile,
    units: &[Unit],
    faults: &mut Vec<SettingsFault>,
) -> Option<String> {
    let name = unit(row, "单位或领导", written, profile, units, faults)?;
    if compared(&name) == compared(&profile.county.whole) {
        let message = say!("settings-role-unit", name = name);
        faults.push(row.fault("单位或领导", message));
        return None;
    }
    Some(name)
}

/// The leader as sheet 领导 writes the name; others stand as written.
fn leader(written: &str, leaders: &[Leader]) -> String {
    let words = compared(written);
    let known = leaders.iter().find(|leader| compared(&leader.name) == words);
    known.map_or_else(|| written.to_owned(), |leader| leader.name.clone())
}

/// Whether 停用 says so; `None` where it says neither.
fn stopped(row: &SheetRow, faults: &mut Vec<SettingsFault>) -> Option<bool> {
    let Some(written) = row.text("停用", faults) else { return Some(false) };
    match compared(&written).as_str() {
        "是" | "停用" | "已停用" | "√" => Some(true),
        "否" | "未停用" | "在用" => Some(false),
        _ => {
            faults.push(row.fault("停用", say!("settings-stopped", written = written)));
            None
        }
    }
}
