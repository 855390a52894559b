//! Who gets mail besides the boxes of units and leaders: heads of towns, copies, the bureau itself. All boxes are of
//! a domain that is reserved for examples; nobody is named.

use super::settings::{Put, table};
use super::sheet::Sheet;
use super::truth::county::TOWNS;

/// Units whose head gets the same as the clerk.
const HEADS: usize = 6;

/// Sheet 收件人.
pub fn recipients() -> Sheet {
    use Put::{Owned, Words};
    let line = |whom: &'static str, role: &'static str, address: String, stopped: &'static str| {
        vec![Words(whom), Words(""), Words(role), Owned(address), Words(stopped)]
    };
    let box_of = |name: &str| format!("{name}@yunshan.example");
    let heads = TOWNS.iter().take(HEADS);
    let mut rows: Vec<Vec<Put>> =
        heads.map(|town| line(town.name, "单位负责人", box_of(&format!("{}.fzr", town.mail)), "")).collect();
    rows.push(line("县发改局", "单位负责人", box_of("fagai.fzr"), ""));
    rows.push(line("县发改局", "抄送", box_of("fagai.bgs"), ""));
    rows.push(line("县住建局", "抄送", box_of("zhujian.old"), "是"));
    rows.push(line("县统计局", "统计局", box_of("tongji.zhk"), ""));
    table("收件人", &["单位或领导", "姓名", "角色", "邮箱", "停用"], rows)
}
