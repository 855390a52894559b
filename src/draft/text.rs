//! The text of a drafted book file, with remarks for whoever reads it through.

use super::{Draft, DraftField};
use crate::profile::Kind;

/// What a table is called, from its title: without county, period, unit and 表.
pub(super) fn title_of(title: &str) -> String {
    let bare = title.split(['(', '（']).next().unwrap_or_default();
    let behind = bare.rsplit(['年', '月']).find(|part| !part.trim_start_matches('度').is_empty()).unwrap_or(bare);
    let behind = behind.trim_start_matches('度').trim_start_matches("份");
    let name = behind.trim_end_matches("统计表").trim_end_matches("汇总表").trim_end_matches('表').trim();
    if name.is_empty() { "自定义台账".to_owned() } else { name.to_owned() }
}

/// The file.
pub(super) fn toml(draft: &Draft, words: &str) -> String {
    let mut text = format!(
        "# {}：由一张报表起草，请逐项核对后使用。\n\
         # kind：amount 金额、rate 比率、count 个数、number 数值、date 日期、text 文字；spellings 可以列出各单位的不同写法。\n\
         id = {}\ntitle = {}\nrow = {}\nsubject = {}\nwords = [{}]\nignored = [\"序号\", \"编号\"]\n",
        draft.title.replace(['\n', '\r'], " "),
        quoted(&draft.id),
        quoted(&draft.title),
        quoted("一行"),
        quoted(&draft.subject),
        quoted(words),
    );
    for field in &draft.fields {
        text += &field_text(field, draft);
    }
    text += &measures(draft);
    text + &ranking(draft)
}

fn field_text(field: &DraftField, draft: &Draft) -> String {
    let required = if field.id == draft.subject { "required = true\n" } else { "" };
    format!(
        "\n[[field]]\nid = {}\ntitle = {}\nkind = \"{}\"\n{required}spellings = [{}]\n",
        quoted(&field.id),
        quoted(&field.title),
        kind(field.kind),
        quoted(&field.spelling),
    )
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Amount => "amount",
        Kind::Rate => "rate",
        Kind::Count => "count",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Choice => "choice",
        Kind::Text => "text",
    }
}

/// The number of rows, and the sum of every column that can be summed exactly.
fn measures(draft: &Draft) -> String {
    let mut text = measure(&measure_id(draft, "count"), "行数", "count", "COUNT(*)", "合并去重后的行数");
    for field in summed(draft) {
        let measured_in = if field.kind == Kind::Amount { "yuan" } else { "count" };
        let words = format!("各行{}之和", field.title);
        let id = measure_id(draft, &field.id);
        text += &measure(&id, &field.title, measured_in, &format!("SUM({})", field.id), &words);
    }
    text
}

fn summed(draft: &Draft) -> impl Iterator<Item = &DraftField> {
    draft.fields.iter().filter(|field| matches!(field.kind, Kind::Amount | Kind::Count))
}

fn measure_id(draft: &Draft, of: &str) -> String {
    format!("{}_{of}", draft.id)
}

fn measure(id: &str, title: &str, measured_in: &str, sql: &str, words: &str) -> String {
    format!(
        "\n[[measure]]\nid = {}\ntitle = {}\nmeasured_in = \"{measured_in}\"\nnumerator = {}\nwords = {}\n",
        quoted(id),
        quoted(title),
        quoted(sql),
        quoted(words),
    )
}

/// The whole county's line; groups are for the office to add.
fn ranking(draft: &Draft) -> String {
    let ids = summed(draft).map(|field| measure_id(draft, &field.id));
    let ids: Vec<String> = [measure_id(draft, "count")].into_iter().chain(ids).map(|id| quoted(&id)).collect();
    format!(
        "\n# 全县合计；要按乡镇或部门排名，另写一个 [[ranking]]，group 写 town_group 或 department_group。\n\
         [[ranking]]\nid = \"county\"\ntitle = {}\ngroup_title = \"范围\"\ngroup = \"whole\"\nmeasures = [{}]\nby = {}\ntie_words = \"全县合计，不排名\"\n",
        quoted(&draft.title),
        ids.join(", "),
        ids[0],
    )
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
