//! What the office decided in the course of the year: sheets 认定, 更正 and 核实说明 of the settings.

use super::planted;
use super::settings::{Put, table};
use super::sheet::Sheet;
use super::truth::{WAN, events, history};

const KEY: &str = "重点建设项目";

/// Sheet 认定: which project goes on under another name, in parts, or in another book.
pub fn links() -> Sheet {
    let (old, new) = events::RENAMED;
    let (whole, [(first, _), (last, _)]) = events::SPLIT;
    let (_, moved) = history::MOVED;
    let (prepared, built) = history::MOVED_IN;
    let line = |book, old, from, new, how, month: u32, document| {
        let month = Put::Owned(format!("2026-{month:02}"));
        vec![
            Put::Words(book),
            Put::Words(old),
            Put::Words(from),
            Put::Words(new),
            Put::Words(how),
            month,
            Put::Words(document),
        ]
    };
    let rows = vec![
        line(KEY, old, "", new, "更名", 7, "云重点办〔2026〕14号"),
        line(KEY, whole, "", first, "拆分", events::SPLIT_FROM, "云重点办〔2026〕22号"),
        line(KEY, whole, "", last, "拆分", events::SPLIT_FROM, "云重点办〔2026〕22号"),
        line("重大前期项目", moved, "谋划储备项目", moved, "转入", prepared, "云发改〔2026〕31号"),
        line(KEY, moved, "重大前期项目", moved, "转入", built, "云重点办〔2026〕21号"),
    ];
    table("认定", &["账册", "原名称", "原账册", "现名称", "关系", "生效时间", "依据文件"], rows)
}

/// Sheet 更正: the figure that was written in another unit of money.
pub fn overrides() -> Sheet {
    use Put::{Number, Owned, Words};
    let (project, month) = planted::MISTAKEN;
    let row = vec![
        Words(KEY),
        Words(project),
        Words("累计完成投资"),
        Number(planted::meant() / WAN),
        Owned(format!("2026-{month:02}")),
        Words("县民政局电话核实记录2026-11-06"),
        Words("误按亿元填写"),
    ];
    table("更正", &["账册", "项目名称", "字段", "更正值", "生效时间", "依据文件", "原因"], vec![row])
}

/// Sheet 核实说明: two queries that were answered and accepted.
pub fn explanations() -> Sheet {
    use Put::Words;
    let over = [KEY, "和平农贸市场改造升级项目", "done.over_plan", "追加了乡村振兴资金，已报批", "2026-06", "2026-12"];
    let fallen = [KEY, events::DECLINE.0, "done.fallen", "审计核减300万元，见审计报告", "2026-09", "2026-09"];
    let rows = vec![over.map(Words).into(), fallen.map(Words).into()];
    table("核实说明", &["账册", "项目名称", "规则", "说明", "生效时间", "有效期"], rows)
}
