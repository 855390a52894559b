//! What stands around a table: who reports, in which unit of money.

use std::sync::LazyLock;

use regex::Regex;

use super::heading::money_unit;
use super::sheet::{Sheet, text_of};
use crate::text::{canonical, label};
use crate::value::MoneyUnit;

static MONEY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:单位|金额|计量单位|货币单位)[:]?(?:[个项户家宗处人、,/%]*)(?:人民币)?(亿元|百万元|万元|千元|元)")
});
static REPORTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:填报单位|报送单位|上报单位|填表单位|编制单位|汇报单位|制表单位|报表单位|申报单位|单位名称|单位\s*[（(]\s*(?:盖|公|签)?章\s*[)）]|填报部门|报送部门)\s*(?:[（(]\s*(?:盖|公|签)?章\s*[)）])?\s*[:：]\s*([^:：]*)",
    )
});
static BARE_REPORTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*单位\s*[:：]\s*([^:：]*)"));
static SEAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"[（(]\s*(?:盖|公|签|加盖公)?章\s*[)）]"));
static NEXT_ITEM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s{2,}|\u{3000}{2,}|填报|填表|日期|时间|单位[:：]|报告期|联系"));
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    // 委 ends an office's name only from the third character on: 县卫健委, but not 县委督查室.
    pattern(
        r"[\u{4e00}-\u{9fa5}]{2,6}?委(?:员会|会)?|[\u{4e00}-\u{9fa5}]{1,18}?(?:街道办事处|街道|开发区管委会|园区管委会|管委会|管理委员会|人民政府|办公室|督查室|服务中心|事务中心|中心|分局|总局|集团|公司|开发区|园区|支队|大队|医院|学校|委员会|[局办镇乡院部社厅馆队行])",
    )
});

static IN_BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[（(]([^（()）]{3,20})[）)]$"));
static PERIOD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:20\d{2}年度?)?(?:\d{1,2}[-—～~至])?\d{1,2}月(?:份|底)?|20\d{2}年度?|附件\d*"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// The unit of money that the rows above a header state.
pub(super) fn money_above(sheet: &Sheet, header_row: u32) -> Option<MoneyUnit> {
    texts_above(sheet, header_row).find_map(|text| {
        let text = label(&text);
        let found = MONEY.captures(&text).and_then(|parts| money_unit(&parts[1]));
        found.or(match text.as_str() {
            "(万元)" | "万元" => Some(MoneyUnit::Wan),
            "(亿元)" | "亿元" => Some(MoneyUnit::Yi),
            "(元)" => Some(MoneyUnit::Yuan),
            "(千元)" => Some(MoneyUnit::Qian),
            _ => None,
        })
    })
}

/// Who reports, from a caption such as `填报单位（盖章）：城关镇`.
pub(super) fn reporter_above(sheet: &Sheet, before_row: u32) -> Option<String> {
    let with_neighbour: Vec<String> = rows_above(sheet, before_row)
        .flat_map(|row| {
            let texts = sheet.texts(row);
            let next = |at: usize| texts.get(at + 1).map_or(String::new(), |(_, text)| text.to_string());
            // 填报单位： in one cell and the name in the next.
            texts
                .iter()
                .enumerate()
                .map(|(at, (_, text))| {
                    if text.trim_end().ends_with([':', '：']) {
                        format!("{text}{}", next(at))
                    } else {
                        text.to_string()
                    }
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let stated = with_neighbour.iter().find_map(|text| REPORTER.captures(text).and_then(|parts| reporter(&parts[1])));
    stated.or_else(|| {
        with_neighbour.iter().find_map(|text| BARE_REPORTER.captures(text).and_then(|parts| reporter(&parts[1])))
    })
}

/// Who reports, from a title such as `城关镇2026年重点项目月报表`: the office it begins with.
pub(super) fn reporter_in_title(sheet: &Sheet, header_row: u32) -> Option<String> {
    texts_above(sheet, header_row).find_map(|text| {
        let text = canonical(&text);
        if let Some(parts) = IN_BRACKETS.captures(&text)
            && OFFICE.find(&parts[1]).is_some_and(|found| found.start() == 0 && found.end() == parts[1].len())
            && !is_no_office(&parts[1])
        {
            return Some(parts[1].to_owned());
        }
        let found = OFFICE.find(&text).filter(|found| found.start() == 0)?;
        let rest = &text[found.end()..];
        rest.starts_with(|c: char| c.is_ascii_digit() || "重前招谋储堵领项主“".contains(c))
            .then(|| found.as_str().to_owned())
    })
}

/// Who reports, from a file's name such as `重点项目进度表_新城街道_202610.csv`.
pub(super) fn reporter_in_name(file: &str) -> Option<String> {
    let stem = file.rsplit('/').next().unwrap_or(file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let stem = PERIOD.replace_all(stem, "_");
    let parts: Vec<&str> = stem.split(['_', '-', '(', ')', '（', '）', ' ', '—', '【', '】', '+', '、']).collect();
    let whole = |part: &&str| {
        OFFICE.find(part).is_some_and(|found| found.start() == 0 && found.end() == part.len() && !is_no_office(part))
    };
    let inside = |part: &&str| {
        OFFICE.find_iter(part).map(|found| found.as_str()).find(|name| !is_no_office(name)).map(str::to_owned)
    };
    parts.iter().copied().find(|part| whole(part)).map(str::to_owned).or_else(|| parts.iter().find_map(inside))
}

/// Endings that make a word look like an office though it is none: 全县, 项目部, 进展表.
fn is_no_office(name: &str) -> bool {
    name.chars().count() < 3
        || ["全部", "项目部", "工作部", "执行", "进行", "各乡", "各镇", "运行"].iter().any(|word| name.ends_with(word))
}

fn reporter(text: &str) -> Option<String> {
    let text = SEAL.replace_all(text, "");
    let text = text.trim_start();
    let text = NEXT_ITEM.find(text).map_or(text, |next| &text[..next.start()]);
    let name = canonical(text).trim_matches(['(', ')', '（', '）', '_', ' ', '。', '，']).to_owned();
    let is_money = money_unit(&label(&name)).is_some() || MONEY.is_match(&format!("单位:{}", label(&name)));
    (!name.is_empty() && !is_money && name.chars().count() >= 2).then_some(name)
}

fn rows_above<'a>(sheet: &'a Sheet, before_row: u32) -> impl Iterator<Item = &'a crate::collect::Row> {
    sheet.grid.rows.iter().take_while(move |row| row.number < before_row).take(60)
}

fn texts_above(sheet: &Sheet, before_row: u32) -> impl Iterator<Item = String> {
    rows_above(sheet, before_row).flat_map(|row| row.cells.iter().filter_map(text_of)).map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_tell_their_office() {
        for (file, office) in [
            ("001_2026年重点项目调度表(县城投公司).xlsx", "县城投公司"),
            ("inbox/重点项目进度表_新城街道_202610.csv", "新城街道"),
            ("019_双河镇重点项目进度(修改版).xlsx", "双河镇"),
            ("县招商服务中心1-10月招商引资月报.xlsx", "县招商服务中心"),
            ("附件1重点项目推进情况表-县发改局.ods", "县发改局"),
            ("云山经开区管委会2026年10月招商引资.xlsx", "云山经开区管委会"),
            ("10月份重点项目进度(终稿)青竹乡.xlsx", "青竹乡"),
            ("2026年5月北门街道项目调度.xlsx", "北门街道"),
            ("县委督查室联系事项推进情况表.csv", "县委督查室"),
        ] {
            assert_eq!(reporter_in_name(file).as_deref(), Some(office), "{file}");
        }
    }

    #[test]
    fn captions_tell_their_reporter() {
        for (text, name) in [
            ("填报单位（盖章）：城关镇人民政府", Some("城关镇人民政府")),
            ("单位（盖章）:双河镇人民政府          填报时间：2026.11.3", Some("双河镇人民政府")),
            ("填报单位：和平乡(盖章)", Some("和平乡")),
            ("填报单位:", None),
        ] {
            let found = REPORTER.captures(text).and_then(|parts| reporter(&parts[1]));
            assert_eq!(found.as_deref(), name, "{text}");
        }
        assert_eq!(reporter("万元"), None);
    }
}
