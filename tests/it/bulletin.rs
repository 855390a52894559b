//! 督查通报.docx through the whole program: what it says, and that each of its figures stands in a workbook.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, DataType, Reader, Xlsx};
use quick_xml::events::Event;
use regex::Regex;
use wuzhang::pipeline::{Outcome, run};
use wuzhang::publish::BULLETIN;
use wuzhang::workspace::Workspace;

use crate::county_months::County;

/// A document as a reader of its XML sees it.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The paragraphs outside tables, in order; the masthead first.
    pub(crate) paragraphs: Vec<String>,
    /// The tables' rows of cells, without the imprint.
    pub(crate) tables: Vec<Vec<Vec<String>>>,
}

impl Document {
    pub(crate) fn read(path: &Path) -> Self {
        Self::of(&part(&fs::read(path).unwrap(), "word/document.xml"))
    }

    fn of(xml: &str) -> Self {
        let (mut document, mut text, mut in_table, mut in_text) = (Self::default(), String::new(), false, false);
        let mut reader = quick_xml::Reader::from_str(xml);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => match tag.name().as_ref() {
                    "w:tbl" => {
                        in_table = true;
                        document.tables.push(Vec::new());
                    }
                    "w:tr" => document.tables.last_mut().unwrap().push(Vec::new()),
                    "w:t" => in_text = true,
                    _ => {}
                },
                Event::Text(piece) if in_text => text += &piece,
                Event::GeneralRef(name) if in_text => text += &format!("&{};", &*name),
                Event::End(tag) => match tag.name().as_ref() {
                    "w:t" => in_text = false,
                    "w:tbl" => in_table = false,
                    "w:p" if in_table => {
                        document.tables.last_mut().unwrap().last_mut().unwrap().push(std::mem::take(&mut text));
                    }
                    "w:p" => document.paragraphs.push(std::mem::take(&mut text)),
                    _ => {}
                },
                Event::Eof => {
                    document.tables.retain(|table| !table.iter().flatten().any(|cell| cell.ends_with("印发")));
                    return document;
                }
                _ => {}
            }
        }
    }

    pub(crate) fn text(&self) -> String {
        self.paragraphs.join("\n")
    }

    /// The table whose header has a heading.
    fn table(&self, heading: &str) -> Option<&Vec<Vec<String>>> {
        self.tables.iter().find(|table| table[0].iter().any(|cell| cell == heading))
    }
}

/// A part of a package as text.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

pub(crate) fn bulletin(workspace: &Workspace, period: &str) -> Document {
    Document::read(&workspace.root.join("out").join(period).join(BULLETIN))
}

/// All rows of all workbooks of a period that rank something.
fn workbook_rows(workspace: &Workspace, period: &str) -> Vec<Vec<Data>> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(workspace.root.join("out").join(period)).unwrap().map(Result::unwrap) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !(name.ends_with("排名.xlsx") || name == "核验报告.xlsx") {
            continue;
        }
        let mut book: Xlsx<_> = calamine::open_workbook(entry.path()).unwrap();
        for sheet in book.sheet_names() {
            rows.extend(book.worksheet_range(&sheet).unwrap().rows().map(<[Data]>::to_vec));
        }
    }
    rows
}

/// What a number of the bulletin is multiplied by to stand as in a workbook's cell, by its unit.
fn scales(unit: &str) -> &'static [f64] {
    match unit {
        "亿元" => &[10_000.0],
        "%" => &[0.01],
        _ => &[1.0],
    }
}

/// Whether some number is what was printed, which was rounded once.
fn stands(printed: &str, unit: &str, numbers: &[f64]) -> bool {
    let digits = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len() as i32);
    // A whole amount in 亿元 has lost its zeros, not its decimals.
    let digits = if unit == "亿元" { 2 } else { digits };
    let value: f64 = printed.parse().unwrap();
    scales(unit).iter().any(|scale| {
        let half = 0.5 * 10f64.powi(-digits) * scale + 1e-7;
        numbers.iter().any(|number| (number.abs() - value * scale).abs() <= half)
    })
}

fn sample_month(period: &str) -> (tempfile::TempDir, Workspace, Outcome) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = crate::s003::county(folder.path());
    let outcome = run(&workspace, period.parse().unwrap(), &|_| {}).unwrap();
    (folder, workspace, outcome)
}

#[test]
fn the_speech_comes_out_as_a_sentence_of_the_field() {
    let (_folder, workspace, outcome) = sample_month("2026-05");
    let text = bulletin(&workspace, "2026-05").text();
    let sentence =
        "前5个月完成投资11亿元，完成年度投资计划的35.6%，比去年同期下降11.7个百分点，比序时进度慢6.1个百分点";
    assert!(text.contains(sentence), "{text}");
    // S003: 29 linked projects at 30.1%, 20 of them behind; (12 + 6) of 44 in preparation.
    assert!(text.contains("县领导联系项目29个") && text.contains("完成率30.1%"), "{text}");
    assert!(text.contains("前期项目44个，已转化12个"), "{text}");
    assert!(!text.contains("增长-") && !text.contains("下降-") && !text.contains("none"), "{text}");
    let made = outcome.bulletin.unwrap();
    assert!(made.notices.is_empty() && made.characters > 500 && made.characters < 4000, "{}", made.characters);

    figures_stand_in_workbooks(&workspace, "2026-05");
    ranked_rows_are_the_workbooks(&workspace, "2026-05");
}

#[test]
fn a_week_of_the_campaign_is_a_bulletin_of_its_own() {
    let (_folder, workspace, _) = sample_month("2026-W38");
    let document = bulletin(&workspace, "2026-W38");
    let text = document.text();
    assert!(text.contains("云督周〔2026〕1号") && text.contains("第38周"), "{text}");
    assert!(text.contains("截至9月20日完成投资") && text.contains("完成百日投资计划的15.0%"), "{text}");
    assert!(document.table("乡镇（街道）").is_some());
    figures_stand_in_workbooks(&workspace, "2026-W38");
    ranked_rows_are_the_workbooks(&workspace, "2026-W38");
}

/// Every number with a unit that the text states is in some cell of a workbook.
fn figures_stand_in_workbooks(workspace: &Workspace, period: &str) {
    let document = bulletin(workspace, period);
    let rows = workbook_rows(workspace, period);
    let number = |cell: &Data| match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    };
    let mut numbers: Vec<f64> = rows.iter().flatten().filter_map(number).collect();
    // How many rows a list or a ranking has is no cell of its own; the sums under 报送情况 stand in its notes.
    let said: String = rows.iter().flatten().filter_map(|cell| cell.get_string()).collect();
    let counted = Regex::new(r"(\d+)(?:份|个|位)").unwrap();
    numbers.extend(counted.captures_iter(&said).filter_map(|found| found[1].parse::<f64>().ok()));
    let named = Regex::new(r"(?:共|有|的|前|后|列出|单位|其余)(\d+)(?:个|位|份)").unwrap();
    let figure = Regex::new(r"(\d+(?:\.\d+)?)(亿元|万元|个百分点|%|个|份|天)").unwrap();
    let mut checked = 0;
    for paragraph in &document.paragraphs {
        // 前5个月 counts months; 前3位 and the like count what stands in the same sentence.
        let paragraph = paragraph.replace("个月", "月").replace("1亿元以上", "");
        let counts: Vec<usize> = named.captures_iter(&paragraph).map(|found| found.get(1).unwrap().start()).collect();
        for found in figure.captures_iter(&paragraph) {
            let (at, value, unit) = (found.get(1).unwrap().start(), &found[1], &found[2]);
            if counts.contains(&at) {
                continue;
            }
            assert!(stands(value, unit, &numbers), "{period}: {value}{unit} in “{paragraph}”");
            checked += 1;
        }
    }
    assert!(checked > 10, "{period}: {checked} figures");
    assert!(
        !stands("35.9", "%", &[0.356]) && stands("35.6", "%", &[0.35551]) && !stands("11.01", "亿元", &[110_000.0])
    );
}

/// Each row of a ranking's table, figure by figure, is in one row of a workbook with the same name.
fn ranked_rows_are_the_workbooks(workspace: &Workspace, period: &str) {
    let rows = workbook_rows(workspace, period);
    let mut by_name: BTreeMap<String, Vec<&Vec<Data>>> = BTreeMap::new();
    for row in &rows {
        for name in row.iter().filter_map(|cell| cell.get_string()) {
            by_name.entry(name.to_owned()).or_default().push(row);
        }
    }
    let mut compared = 0;
    let document = bulletin(workspace, period);
    for table in document.tables.iter().filter(|table| table[0][0] == "名次") {
        for row in &table[1..] {
            let numbers = |row: &&&Vec<Data>| -> Vec<f64> { row.iter().filter_map(Data::get_float).collect() };
            let named: Vec<Vec<f64>> = by_name.get(&row[1]).expect(&row[1]).iter().map(|row| numbers(&row)).collect();
            let figures: Vec<(&str, &str)> = table[0].iter().zip(row).skip(2).filter_map(figure_of).collect();
            let all_in = |numbers: &Vec<f64>| figures.iter().all(|(value, unit)| stands(value, unit, numbers));
            assert!(named.iter().any(all_in), "{period} {row:?}: {named:?}");
            compared += figures.len();
        }
    }
    assert!(compared > 60, "{period}: {compared} figures");
}

/// The number and unit of a table's cell; `None` for words.
fn figure_of<'t>((heading, cell): (&'t String, &'t String)) -> Option<(&'t str, &'t str)> {
    let unit = heading.rsplit_once('（')?.1.trim_end_matches('）');
    let value = cell.trim_start_matches(['快', '慢', '升', '降', '增']);
    value.parse::<f64>().ok()?;
    Some((value, if unit == "百分点" { "个百分点" } else { unit }))
}

/// Projects of one town, of which none has done anything.
fn idle(count: usize) -> Vec<String> {
    (1..=count).map(|at| format!("项目{at}号,2026-360000-{at:06},1000,600,0,0,,2027-12,未开工,征迁未完成,")).collect()
}

fn as_lines(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

#[test]
fn two_thousand_projects_behind_are_cut_and_referred_to_the_workbook() {
    let county = County::new();
    let lines = idle(2000);
    county.report("2026-05", "城关镇", &as_lines(&lines));
    let made = county.run("2026-05").bulletin.unwrap();
    let document = bulletin(&county.workspace(), "2026-05");
    let text = document.text();
    assert!(text.contains("未达序时项目2000个") && text.contains("其余1990个见《2026年5月重点项目排名》"), "{text}");
    assert!(document.tables.iter().all(|table| table.len() <= 21), "tables fit a page or two");
    assert!(made.characters < 4000, "{}", made.characters);
}

#[test]
fn one_unit_with_a_long_name_and_no_plan_reads_right() {
    let county = County::new();
    let name = "很长的单位名称".repeat(28);
    let report = format!(
        "2026年1-5月重点项目完成情况（单位：万元）\n项目名称,责任单位,年度计划投资,1-5月完成投资\n甲项目,{name},,0\n"
    );
    county.file("2026-05", "重点项目.csv", report.as_bytes());
    county.run("2026-05");
    let document = bulletin(&county.workspace(), "2026-05");
    let text = document.text();
    assert!(text.contains("进展情况督查通报") && text.contains("云山县统计局"), "{text}");
    for wrong in ["—%", "NaN", "inf", "none", "，，", "。。", "，。", "：。", "《》"] {
        assert!(!text.contains(wrong), "{wrong}: {text}");
    }
    let cells: Vec<&String> = document.tables.iter().flatten().flatten().collect();
    assert!(cells.iter().all(|cell| cell.chars().count() <= 40), "{cells:?}");
}

#[test]
fn a_month_without_anything_to_merge_says_so() {
    let county = County::new();
    county.file("2026-05", "城关镇.csv", "通知\n请按时报送\n".as_bytes());
    county.run("2026-05");
    let document = bulletin(&county.workspace(), "2026-05");
    assert!(document.text().contains("2026年5月没有收到可以汇总的报表"), "{}", document.text());
    assert!(document.text().contains("云督〔2026〕1号") && document.tables.is_empty());
}

#[test]
fn what_a_department_wrote_stays_text() {
    let county = County::new();
    let line =
        "\"# 甲|乙 <w:p> & **丙** {{ county }}\",2026-360000-000001,1000,600,0,0,,2027-12,未开工,\"> 问题\n+ 附件\",";
    county.report("2026-05", "城关镇", &[line]);
    county.run("2026-05");
    let document = bulletin(&county.workspace(), "2026-05");
    let cells: Vec<&String> = document.tables.iter().flatten().flatten().collect();
    let name = "# 甲|乙 &lt;w:p&gt; &amp; **丙** {{ county }}";
    assert!(cells.iter().any(|cell| *cell == name), "{cells:?}");
    assert!(cells.iter().any(|cell| cell.contains("&gt; 问题 + 附件")), "{cells:?}");
}

fn number(county: &County, period: &str) -> String {
    let text = bulletin(&county.workspace(), period).text();
    Regex::new(r"云督\S*〔\d+〕\d+号").unwrap().find(&text).unwrap().as_str().to_owned()
}

#[test]
fn issues_are_numbered_on_and_never_two_alike() {
    let county = County::new();
    let line = "甲项目,2026-360000-000001,1000,600,50,250,2025-03,2027-12,主体施工,,";
    let go = |period: &str| {
        county.run(period);
        number(&county, period)
    };
    for period in ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04"] {
        county.report(period, "城关镇", &[line]);
    }
    fs::create_dir_all(county.path().join("inbox/2026-W10")).unwrap();
    fs::copy(
        county.path().join("inbox/2026-03/城关镇重点项目.csv"),
        county.path().join("inbox/2026-W10/城关镇重点项目.csv"),
    )
    .unwrap();
    assert_eq!(go("2025-12"), "云督〔2025〕1号");
    assert_eq!(go("2026-01"), "云督〔2026〕1号");
    assert_eq!(go("2026-02"), "云督〔2026〕2号");
    assert_eq!(go("2026-W10"), "云督周〔2026〕1号");
    assert_eq!(go("2026-04"), "云督〔2026〕3号");
    assert_eq!(go("2026-03"), "云督〔2026〕4号", "a month that comes late takes no number that another bears");
    assert_eq!(go("2026-02"), "云督〔2026〕2号", "a month that is run again keeps its number");

    let profile = county.path().join("profile");
    fs::create_dir_all(&profile).unwrap();
    let stated =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/county/county.toml")).unwrap();
    let stated = stated.replacen("first = 1\n", "first = 1\nmark = \"云重办\"\nnumbers = { \"2026-01\" = 11 }\n", 1);
    fs::write(profile.join("county.toml"), stated).unwrap();
    county.run("2026-01");
    assert!(bulletin(&county.workspace(), "2026-01").text().contains("云重办〔2026〕11号"));
}

#[test]
fn an_offices_own_template_is_used_kept_and_held_to_its_lines() {
    let county = County::new();
    county.report("2026-05", "城关镇", &["甲项目,2026-360000-000001,1000,600,50,250,2025-03,2027-12,主体施工,,"]);
    let profile = county.path().join("profile");
    fs::create_dir_all(&profile).unwrap();
    let template = profile.join("bulletin.md.j2");
    fs::write(&template, "# 简报\n{{ county }}{{ main.f.completion.phrase }}，{{ main.f.lag.phrase }}。\n").unwrap();
    county.run("2026-05");
    let text = bulletin(&county.workspace(), "2026-05").text();
    assert!(text.contains("\n云山县完成率41.7%，与序时进度持平。\n"), "{text}");
    let runs = county.path().join("ledger/runs/period=2026-05");
    let kept = fs::read_dir(runs).unwrap().map(|entry| entry.unwrap().path().join("profile/bulletin.md.j2"));
    assert_eq!(kept.filter(|path| path.is_file()).count(), 1, "the record has what the run was made with");

    let fails = |text: &str| {
        fs::write(&template, text).unwrap();
        let error = run(&county.workspace(), "2026-05".parse().unwrap(), &|_| {}).unwrap_err();
        assert!(error.is_wrong_use(), "{error}");
        error.to_string()
    };
    let error = fails("# 简报\n{{ main.f.completoin.words }}\n{{ mian }}\n");
    assert!(error.contains("bulletin.md.j2 第2行") && error.contains("completion"), "{error}");
    assert!(error.contains("bulletin.md.j2 第3行") && error.contains("“mian”"), "{error}");
    let error = fails("正文\n");
    assert!(error.contains("没有标题"), "{error}");
    assert!(bulletin(&county.workspace(), "2026-05").text().contains("简报"), "the last good one stands");
}

#[test]
fn a_bulletin_that_is_too_long_is_told() {
    let county = County::new();
    county.report("2026-05", "城关镇", &["甲项目,2026-360000-000001,1000,600,50,250,2025-03,2027-12,主体施工,,"]);
    let profile = county.path().join("profile");
    fs::create_dir_all(&profile).unwrap();
    fs::write(profile.join("bulletin.md.j2"), format!("# 题\n{}\n", "字".repeat(4001))).unwrap();
    let made = county.run("2026-05").bulletin.unwrap();
    assert_eq!(made.characters, 4002);
    assert!(made.notices.len() == 1 && made.notices[0].contains("4002字，超过4000字"), "{:?}", made.notices);
}
