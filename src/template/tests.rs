//! Templates of an office: filled in, replaced, and told what is wrong with them.

use std::fs;

use serde_json::json;

use super::*;

fn told(error: TemplateErrors) -> Vec<String> {
    error.0.iter().map(TemplateFault::to_string).collect()
}

fn rendered(text: &str, context: serde_json::Value) -> Result<String, TemplateErrors> {
    Templates::built_in().with(BULLETIN, text)?.render(BULLETIN, &context)
}

#[test]
fn the_built_in_templates_are_without_fault() {
    assert_eq!(Templates::load(None), Ok(Templates::built_in()));
}

#[test]
fn blocks_leave_no_lines_behind_and_nothing_prints_as_none() {
    let text = "甲\n  {% for n in list %}\n{{ n }}。{{ gone }}\n  {% endfor %}\n乙{{ 12|numeral }}\n";
    let text = rendered(text, json!({"list": [1, 2], "gone": null})).unwrap();
    assert_eq!(text, "甲\n1。\n2。\n乙十二");
}

#[test]
fn what_a_department_wrote_is_neither_a_mark_nor_a_line() {
    let context = json!({"name": "# 标题|二\n> *三*", "list": ["a|b", "c"]});
    let text = rendered("{{ name }} {{ list|join('、') }}", context).unwrap();
    assert_eq!(text, "\\# 标题\\|二 \\> \\*三\\* a\\|b、c");
}

#[test]
fn unknown_names_are_told_all_at_once_with_their_lines_also_where_nobody_goes() {
    let text = "头\n{{ whole.words }}\n{% if false %}\n{{ whole.wrods }}{{ nothing }}\n{% endif %}\n";
    let found = told(rendered(text, json!({"whole": {"words": "好", "rate": "1"}})).unwrap_err());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|fault| fault.contains("第4行")), "{found:?}");
    assert!(found.iter().any(|fault| fault.contains("“whole.wrods”") && fault.contains("rate、words")), "{found:?}");
}

#[test]
fn a_name_within_a_loop_is_told_with_its_line_and_expression() {
    let text = "头\n{% for row in rows %}\n{{ row.nmae }}\n{% endfor %}\n";
    let found = told(rendered(text, json!({"rows": [{"name": "甲"}]})).unwrap_err());
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("第3行") && found[0].contains("row.nmae"), "{found:?}");
}

#[test]
fn an_office_replaces_a_template_and_hears_of_every_fault() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put("county.toml", b"whole = 3");
    put(BULLETIN, "\u{feff}# {{ title }}\r\n本月\r\n".as_bytes());
    let templates = Templates::load(Some(folder.path())).unwrap();
    let text = templates.render(BULLETIN, &json!({"title": "通报"})).unwrap();
    assert_eq!(text, "# 通报\n本月");

    put(BULLETIN, "一\n{% if x %}\n".as_bytes());
    put("buletin.md.j2", b"");
    put(".bulletin.md.j2.swp.j2", b"");
    let found = told(Templates::load(Some(folder.path())).unwrap_err());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("buletin.md.j2：没有") && found[0].contains(BULLETIN), "{found:?}");
    assert!(found[1].contains(&format!("{BULLETIN} 第")) && found[1].contains("endif"), "{found:?}");

    // 通报 in GBK.
    put(BULLETIN, &[0xcd, 0xa8, 0xb1, 0xa8]);
    let found = told(Templates::load(Some(folder.path())).unwrap_err());
    assert!(found.iter().any(|fault| fault.contains("UTF-8")), "{found:?}");
}

#[test]
fn filters_and_operations_that_do_not_exist_are_told() {
    for (text, says) in
        [("一\n{{ 'x'|rouned }}", "过滤器"), ("一\n{{ 'x' / 2 }}", "不能这样用"), ("一\n{{ f(1) }}", "“f”")]
    {
        let found = told(rendered(text, json!({"a": 1})).unwrap_err());
        assert!(found[0].contains("第2行") && found[0].contains(says), "{found:?}");
    }
}
