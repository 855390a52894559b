//! What would have been right, for findings of the program's own rules; a book's rules say it themselves.

/// In a few words, by the rule; empty where the finding's own words say all there is to say.
pub fn expected(rule: &str) -> &'static str {
    match rule {
        "amount.unreadable" | "amount.interpreted" | "amount.approximate" => "一个数字，如1200或1200.5，不带单位和说明",
        "amount.impossible" | "amount.too_large" => "按列名的单位填写的金额",
        "amount.no_unit" => "表头或表名写明金额单位",
        "amount.unit_changed" => "各期用同一金额单位",
        "rate.unreadable" | "rate.interpreted" => "百分数，如35.6%",
        "date.unreadable" | "date.interpreted" => "日期，如2026-05或2026-05-20",
        "count.unreadable" | "count.interpreted" => "整数，如3",
        "column.unknown" => "账册的列名",
        "column.missing" | "column.required" => "必报的列齐全",
        "unit.unknown" => "单位名单中的名称",
        "leader.unknown" => "领导名单中的姓名",
        "town.several" => "一个乡镇（街道）",
        "subject.missing" => "填写项目名称",
        "total.mismatch" => "合计数等于各行相加",
        "count.mismatch" => "所写个数等于实有行数",
        "stated.unlike" => "与按金额计算的结果一致",
        "cell.unreadable" | "cell.error" => "数值，不是公式错误",
        "cell.scaled" => "不用按千、按万显示的格式",
        "cell.outside" => "在工作表范围以内",
        "file.unreadable" | "file.unknown_format" | "file.encrypted" | "file.empty" => "能打开的.xlsx工作簿",
        "file.copy" => "每份报表只报一次",
        "header.ambiguous" | "header.unusual" => "账册的列名，一列一项",
        "header.stale_period" | "period.mismatch" => "本报告期的表",
        "project.duplicate" => "一个项目一行",
        "project.vanished" => "上期的项目仍在，或写明去向",
        "project.renamed" | "project.similar" | "project.same_name" => "同一项目各期用同一名称和代码",
        "sheet.empty" | "sheet.no_rows" => "填好的表，无项目的写明",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::expected;

    #[test]
    fn known_rules_say_it_and_others_nothing() {
        assert!(expected("amount.unreadable").contains("1200"));
        assert_eq!(expected("done.over_plan"), "", "a book's rule says it in its file");
    }
}
