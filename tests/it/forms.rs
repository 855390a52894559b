//! Blank forms: issued from the ledger, filled in, known again by their stamp however they come back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use wuzhang::collect::{Limits, SourceFile, read_bytes};
use wuzhang::finding::{Finding, Level};
use wuzhang::layout::{Confirmed, Layout, Reader, RowKind, Vocabulary};
use wuzhang::pipeline::{FormRequest, FormsError, Issued, Outcome, forms};
use wuzhang::profile::{Kind, Profile};
use zip::write::SimpleFileOptions;

use crate::county_months::{County, rules, words};
use crate::trees::copy;

const ROSTER: (&str, &[&str]) = (
    "单位",
    &["单位名称|类别|别名", "城关镇|乡镇|城关", "龙潭镇|乡镇|", "县水利局|部门|", "县/住建:局|部门|", "CON|部门|"],
);

/// 龙潭镇 owes every book; the two departments have names that are no file's name.
const DUTIES: (&str, &[&str]) = (
    "报送",
    &[
        "单位|账册|是否应报|启用时间|停用时间",
        "龙潭镇|全部|应报||",
        "县/住建:局|重点建设项目|应报||",
        "CON|重点建设项目|应报||",
    ],
);

/// A county whose towns reported key projects in April, with May's forms; made once, since each run takes its time.
fn county() -> County {
    static APRIL: OnceLock<County> = OnceLock::new();
    let april = APRIL.get_or_init(|| {
        let county = County::new();
        county.settings(&[ROSTER, DUTIES]);
        let lines = [
            "★城关镇污水处理厂（一期）,2025-411522-77-01-000001,30000,12000,800,3000.5,2026年2月,2027年12月,主体施工,无,",
            "东街老旧小区改造,2025-411522-47-01-000002,5000,2400,,0,,2026-11-30,前期准备,征迁未完成,",
        ];
        county.report("2026-04", "城关镇", &lines);
        county.report("2026-04", "龙潭镇", &["龙潭水厂,,8000,4000,500,1500,2025-09,2026-12,安装设备,无,"]);
        county.run("2026-04");
        issued(&county, "2026-05");
        county
    });
    let county = County::new();
    copy(april.path(), county.path(), &[]);
    county
}

fn issued(county: &County, period: &str) -> Issued {
    forms(&county.workspace(), period.parse().unwrap(), FormRequest::default()).unwrap()
}

fn form(county: &County, period: &str, file: &str) -> Vec<u8> {
    std::fs::read(county.path().join("forms").join(period).join(file)).unwrap()
}

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let length = zip.len();
    let part = |at| {
        let mut part = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), content)
    };
    (0..length).map(part).collect()
}

fn part(bytes: &[u8], wanted: &str) -> String {
    let (_, content) = parts(bytes).into_iter().find(|(name, _)| name == wanted).unwrap();
    String::from_utf8(content).unwrap()
}

/// The workbook with a part of it written anew.
fn with_part(bytes: &[u8], wanted: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut content) in parts(bytes) {
        if name == wanted {
            content = change(std::str::from_utf8(&content).unwrap()).into_bytes();
        }
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

const TABLE: &str = "xl/worksheets/sheet1.xml";

/// The columns of a form by their headings.
fn columns(bytes: &[u8]) -> BTreeMap<String, String> {
    let file = read_bytes(bytes.to_vec(), "x.xlsx", &Limits::default());
    let header = file.grids[0].row(4).unwrap();
    let of = |cell: &wuzhang::collect::Cell| match &cell.value {
        wuzhang::collect::Value::Text(text) => (text.to_string(), wuzhang::origin::column_letters(cell.column)),
        other => panic!("{other:?}"),
    };
    header.cells.iter().map(of).collect()
}

/// What a clerk types: the row from 1, the heading, the text or number.
type Typed<'t> = (u32, &'t str, &'t str);

/// The form with cells filled in, as a spreadsheet would store them.
fn filled(bytes: &[u8], typed: &[Typed]) -> Vec<u8> {
    let columns = columns(bytes);
    with_part(bytes, TABLE, |sheet| {
        typed.iter().fold(sheet.to_owned(), |sheet, (row, heading, value)| {
            let at = format!("{}{row}", columns.get(*heading).unwrap_or_else(|| panic!("{heading}: {columns:?}")));
            put(&sheet, &at, value)
        })
    })
}

fn put(sheet: &str, at: &str, value: &str) -> String {
    let start = sheet.find(&format!("<c r=\"{at}\"")).unwrap_or_else(|| panic!("{at} has no cell"));
    let end = start + sheet[start..].find("/>").unwrap();
    let open = sheet[start..end].trim_end_matches('/');
    assert!(!open.contains('>'), "{at} is empty: {open}");
    let cell = match value.parse::<f64>() {
        Ok(_) => format!("{open}><v>{value}</v></c>"),
        Err(_) => format!("{open} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
    };
    format!("{}{cell}{}", &sheet[..start], &sheet[end + 2..])
}

/// A row's values of an outcome's key projects, by name.
fn value(outcome: &Outcome, name: &str, field: &str) -> Option<i64> {
    let facts = &outcome.merged.facts["key_projects"];
    let row = (0..facts.height()).find(|row| facts.text("name", *row) == Some(name)).unwrap_or_else(|| {
        panic!("{name}: {:?}", (0..facts.height()).map(|row| facts.text("name", row)).collect::<Vec<_>>())
    });
    facts.whole(field, row)
}

fn text(outcome: &Outcome, name: &str, field: &str) -> Option<String> {
    let facts = &outcome.merged.facts["key_projects"];
    let row =
        (0..facts.height()).find(|row| facts.text("name", *row) == Some(name)).unwrap_or_else(|| panic!("{name}"));
    facts.text(field, row).map(str::to_owned)
}

const SEWAGE: &str = "城关镇污水处理厂（一期）";
const STREET: &str = "东街老旧小区改造";

/// What the tests type into the form of 城关镇: two known projects and a new one.
const TYPED: &[Typed] = &[
    (6, "本月完成投资", "1200.25"),
    (6, "1-5月完成投资", "4200.75"),
    (6, "形象进度", "设备安装"),
    (6, "存在问题", "无"),
    (7, "本月完成投资", "0"),
    (7, "1-5月完成投资", "0"),
    (7, "形象进度", "前期准备"),
    (7, "存在问题", "征迁未完成，还差3户"),
    (8, "项目名称", "西河综合治理"),
    (8, "项目代码", "2026-411522-76-01-000009"),
    (8, "总投资", "9000"),
    (8, "年度计划投资", "3000"),
    (8, "本月完成投资", "100"),
    (8, "1-5月完成投资", "100"),
    (8, "形象进度", "进场施工"),
    (8, "备注", "5月新增"),
];

fn hold_typed(outcome: &Outcome, what: &str) {
    let yuan = |name, field| value(outcome, name, field);
    assert_eq!(yuan(SEWAGE, "done"), Some(42_007_500), "{what}");
    assert_eq!(yuan(SEWAGE, "done_month"), Some(12_002_500), "{what}");
    assert_eq!((yuan(SEWAGE, "plan"), yuan(SEWAGE, "total")), (Some(120_000_000), Some(300_000_000)), "{what}");
    assert_eq!(text(outcome, SEWAGE, "code").as_deref(), Some("2025-411522-77-01-000001"), "{what}");
    assert_eq!(
        text(outcome, SEWAGE, "actual_start").as_deref(),
        Some("2026-02"),
        "{what}: no more precise than reported"
    );
    assert_eq!(text(outcome, STREET, "planned_finish").as_deref(), Some("2026-11-30"), "{what}");
    assert_eq!(text(outcome, STREET, "problem").as_deref(), Some("征迁未完成，还差3户"), "{what}");
    assert_eq!((yuan(STREET, "done"), yuan(STREET, "done_before")), (Some(0), None), "{what}");
    let new = "西河综合治理";
    assert_eq!(
        (yuan(new, "total"), yuan(new, "plan"), yuan(new, "done")),
        (Some(90_000_000), Some(30_000_000), Some(1_000_000)),
        "{what}"
    );
    assert_eq!(text(outcome, new, "reporting_unit").as_deref(), Some("城关镇"), "{what}");
    assert_eq!(outcome.merged.facts["key_projects"].height(), 3, "{what}");
}

fn of_rule<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| &*finding.rule == rule).collect()
}

#[test]
fn forms_come_from_the_ledger_and_a_second_time_with_the_same_bytes() {
    let county = county();
    let made = issued(&county, "2026-05");
    let listed: Vec<(&str, &str, usize)> =
        made.forms.iter().map(|form| (form.file.as_str(), form.book.as_str(), form.rows)).collect();
    assert!(listed.contains(&("城关镇/重点建设项目.xlsx", "key_projects", 2)), "{listed:?}");
    assert!(listed.contains(&("龙潭镇/重点建设项目.xlsx", "key_projects", 1)), "{listed:?}");
    let first = form(&county, "2026-05", "城关镇/重点建设项目.xlsx");
    issued(&county, "2026-05");
    assert_eq!(first, form(&county, "2026-05", "城关镇/重点建设项目.xlsx"));
    let file = read_bytes(first.clone(), "x.xlsx", &Limits::default());
    assert_eq!(file.findings, []);
    let cell = |at: &str| {
        let (row, column) = wuzhang::origin::parse_address(at).unwrap();
        file.grids[0].cell(row, column).map(|cell| cell.value.clone())
    };
    let columns = columns(&first);
    let at = |heading: &str, row: u32| cell(&format!("{}{row}", columns[heading]));
    let number = |number: f64| Some(wuzhang::collect::Value::Number(number));
    assert_eq!((at("年度计划投资", 6), at("上期累计完成投资", 6)), (number(12000.0), number(3000.5)));
    assert_eq!((at("年度计划投资", 5), at("上期累计完成投资", 5)), (number(14400.0), number(3000.5)), "sums");
    assert_eq!((at("1-5月完成投资", 6), at("完成率", 6), at("形象进度", 6)), (None, None, None), "asked anew");
    let sheet = part(&first, TABLE);
    for needed in [
        "<sheetProtection",
        "<dataValidations",
        "<conditionalFormatting",
        "orientation=\"landscape\"",
        "paperSize=\"8\"",
    ] {
        assert!(sheet.contains(needed), "{needed}");
    }
    let narrow = form(&county, "2026-05", "龙潭镇/谋划储备项目.xlsx");
    assert!(part(&narrow, TABLE).contains("paperSize=\"9\""), "A4 where that can be read");
    assert!(part(&first, "docProps/custom.xml").contains("wuzhang.unit"));
}

#[test]
fn a_filled_form_is_read_by_its_stamp_whatever_it_is_called() {
    let county = county();
    let bytes = filled(&form(&county, "2026-05", "城关镇/重点建设项目.xlsx"), TYPED);
    county.file("2026-05", "龙潭镇前期项目3月.xlsx", &bytes);
    let outcome = county.run("2026-05");
    hold_typed(&outcome, "as it was");
    assert!(words(&outcome.findings, "form.recognised").contains("发给城关镇"));
    let about_reading: Vec<&Finding> = outcome
        .findings
        .iter()
        .filter(|f| f.rule.starts_with("header.") || f.rule.starts_with("column.") || f.rule.starts_with("amount."))
        .collect();
    assert!(about_reading.is_empty(), "{about_reading:#?}");
    // April's 3000.5 and 1200.25 in May make 4200.75.
    assert_eq!(of_rule(&outcome.findings, "done.not_sum").len(), 0);
}

#[test]
fn a_form_with_moved_columns_is_read_by_its_headings_and_said_so() {
    let county = county();
    let form = form(&county, "2026-05", "城关镇/重点建设项目.xlsx");
    let bytes = filled(&form, TYPED);
    // Another word in a heading: the stamp no longer speaks of this sheet.
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(strings.contains(">形象进度<"));
    let bytes = with_part(&bytes, "xl/sharedStrings.xml", |text| text.replace(">形象进度<", ">工程形象进度<"));
    county.file("2026-05", "x.xlsx", &bytes);
    let outcome = county.run("2026-05");
    assert!(words(&outcome.findings, "form.changed").contains("改按表头判读"));
    assert!(of_rule(&outcome.findings, "form.recognised").is_empty());
    hold_typed(&outcome, "by evidence");
    assert_eq!(
        of_rule(&outcome.findings, "column.unknown").len(),
        0,
        "{:#?}",
        of_rule(&outcome.findings, "column.unknown")
    );
}

#[test]
fn blank_stale_and_lent_forms_are_told() {
    let county = county();
    let form = form(&county, "2026-05", "城关镇/重点建设项目.xlsx");
    county.file("2026-05", "没填.xlsx", &form);
    let outcome = county.run("2026-05");
    assert!(words(&outcome.findings, "form.blank").contains("预先填好的2行"));
    assert!(outcome.merged.facts.get("key_projects").is_none_or(|facts| facts.height() == 0));

    let county = self::county();
    county.file("2026-06", "六月.xlsx", &filled(&form, TYPED));
    let findings = county.told("2026-06");
    assert!(words(&findings, "period.mismatch").contains("2026年5月的表单"));
    assert_eq!(of_rule(&findings, "period.mismatch")[0].level, Level::Error);

    let lent = with_part(&filled(&form, TYPED), "xl/sharedStrings.xml", |text| {
        text.replace("填报单位：城关镇", "填报单位：龙潭镇")
    });
    let county = self::county();
    county.file("2026-05", "借用.xlsx", &lent);
    let outcome = county.run("2026-05");
    assert!(words(&outcome.findings, "form.unit").contains("发给城关镇"));
    assert_eq!(text(&outcome, SEWAGE, "reporting_unit").as_deref(), Some("龙潭镇"), "as the sheet says");
}

#[test]
fn rows_and_columns_that_were_added_are_read_or_said() {
    let county = county();
    let form = form(&county, "2026-05", "城关镇/重点建设项目.xlsx");
    let last = columns(&form)["核对提示"].clone();
    let beyond = wuzhang::origin::column_letters(wuzhang::origin::parse_address(&format!("{last}1")).unwrap().1 + 1);
    let bytes = with_part(&filled(&form, TYPED), TABLE, |sheet| {
        let row = sheet.find("<row r=\"6\"").unwrap();
        let end = row + sheet[row..].find("</row>").unwrap();
        let cell = format!("<c r=\"{beyond}6\" t=\"inlineStr\"><is><t>详见附件</t></is></c>");
        format!("{}{cell}{}", &sheet[..end], &sheet[end..])
    });
    county.file("2026-05", "x.xlsx", &bytes);
    let outcome = county.run("2026-05");
    hold_typed(&outcome, "with a remark beside");
    let extra = of_rule(&outcome.findings, "form.extra");
    assert_eq!(extra.len(), 1, "{:?}", rules(&outcome.findings));
}

#[test]
fn decisions_of_the_office_are_in_the_next_form() {
    let county = county();
    let heading = "账册|项目名称|项目代码|调整类型|调整后年度计划(万元)|生效时间|依据文件|原因";
    let off = format!("重点建设项目|{STREET}||移出||2026-05|云政办〔2026〕9号|并入其他项目");
    let replanned = format!("重点建设项目|{SEWAGE}||计划调整|15000|2026-05|云政办〔2026〕9号|提前");
    county.settings(&[ROSTER, DUTIES, ("调整", &[heading, &off, &replanned])]);
    issued(&county, "2026-05");
    let bytes = form(&county, "2026-05", "城关镇/重点建设项目.xlsx");
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(strings.contains("污水处理厂") && !strings.contains("东街老旧小区"), "off the list");
    assert!(part(&bytes, TABLE).contains("<v>15000</v>") && !part(&bytes, TABLE).contains("<v>12000</v>"));
}

#[test]
fn a_new_year_asks_for_its_plans_again() {
    let county = county();
    issued(&county, "2027-01");
    let bytes = form(&county, "2027-01", "城关镇/重点建设项目.xlsx");
    let columns = columns(&bytes);
    assert!(!columns.contains_key("上期累计完成投资"), "{columns:?}");
    let file = read_bytes(bytes, "x.xlsx", &Limits::default());
    let cell = |heading: &str| {
        file.grids[0]
            .row(6)
            .unwrap()
            .cell(wuzhang::origin::parse_address(&format!("{}6", columns[heading])).unwrap().1)
            .is_some()
    };
    assert!(cell("项目名称") && cell("总投资") && !cell("年度计划投资"));
}

#[test]
fn what_somebody_began_to_fill_in_is_not_overwritten() {
    let county = county();
    let path = county.path().join("forms/2026-05/城关镇/重点建设项目.xlsx");
    let begun = filled(&std::fs::read(&path).unwrap(), TYPED);
    std::fs::write(&path, &begun).unwrap();
    // A decision that changes the other forms too.
    county.settings(&[ROSTER, DUTIES, ("领导", &["姓名|职务|邮箱", "赵某|县长|"])]);
    let refused = forms(&county.workspace(), "2026-05".parse().unwrap(), FormRequest::default()).unwrap_err();
    assert!(matches!(&refused, FormsError::Changed { files, .. } if files.len() == 1), "{refused}");
    assert!(refused.to_string().contains("城关镇/重点建设项目.xlsx") && refused.is_wrong_use(), "{refused}");
    assert_eq!(std::fs::read(&path).unwrap(), begun);
    let one = FormRequest { unit: Some("龙潭镇"), book: None };
    assert!(forms(&county.workspace(), "2026-05".parse().unwrap(), one).is_ok());
    assert_eq!(std::fs::read(&path).unwrap(), begun);
}

#[test]
fn names_that_are_none_are_told_with_the_nearest_and_files_fit_windows() {
    let county = county();
    let ask = |unit, book| forms(&county.workspace(), "2026-05".parse().unwrap(), FormRequest { unit, book });
    let told = ask(Some("城官镇"), None).unwrap_err().to_string();
    assert!(told.contains("没有单位“城官镇”") && told.contains("城关镇"), "{told}");
    let told = ask(None, Some("重点建设项木")).unwrap_err().to_string();
    assert!(told.contains("没有账册") && told.contains("重点建设项目"), "{told}");
    for folder in ["县_住建_局", "_CON", "城关镇"] {
        assert!(county.path().join("forms/2026-05").join(folder).join("重点建设项目.xlsx").is_file(), "{folder}");
    }
    let made = ask(Some("城关"), Some("招商引资项目")).unwrap();
    assert_eq!(made.forms[0].file, "城关镇/招商引资项目.xlsx", "by another name, and though nobody owes it");
}

#[test]
fn every_book_of_the_profile_has_a_form_that_reads_back_as_itself() {
    let county = county();
    let profile = Profile::built_in();
    let (vocabulary, period) = (Vocabulary::new(&profile), "2026-05".parse().unwrap());
    let reader = Reader { profile: &profile, vocabulary: &vocabulary, period, confirmed: Confirmed::NONE };
    for book in profile.books.iter().filter(|book| !book.internal) {
        let bytes = form(&county, "2026-05", &format!("龙潭镇/{}.xlsx", book.title));
        let file = |bytes: Vec<u8>| read_bytes(bytes, "无题.xlsx", &Limits::default());
        let blank = file(bytes.clone());
        let stamped = reader.layout(&blank, &blank.grids[0]);
        let fields = |layout: &Layout| -> Vec<String> {
            layout.columns.iter().filter_map(|column| column.field.clone()).collect()
        };
        let plan = book.form_plan();
        let expected: Vec<String> = plan.fields().cloned().collect();
        assert_eq!((stamped.book.as_deref(), fields(&stamped)), (Some(book.id.as_str()), expected.clone()));
        // The first of the spare rows.
        let row = if book.id == "key_projects" { 7 } else { 6 };
        let rate = book.stated.iter().map(|stated| &stated.field).collect::<Vec<_>>();
        let typed: Vec<Typed> = (stamped.columns.iter())
            .filter_map(|column| Some((column, column.field.as_ref()?)))
            .filter(|(_, field)| !rate.contains(field))
            .map(|(column, field)| match book.field(field).unwrap().kind {
                Kind::Text | Kind::Choice => (row, column.header.as_str(), "已完成"),
                Kind::Date => (row, column.header.as_str(), "2026-03"),
                _ => (row, column.header.as_str(), "1"),
            })
            .collect();
        let filled = reader.with_tables_apart(file(filled(&bytes, &typed)));
        let layout = reader.layout(&filled, &filled.grids[0]);
        assert_eq!(layout.kind(row), Some(RowKind::Data), "{}", book.id);
        assert_eq!(layout.findings.len(), 1, "{}: {:#?}", book.id, layout.findings);
        // The same without the stamp: the headings speak for themselves.
        let bare = SourceFile { properties: BTreeMap::new(), ..filled };
        let layout = reader.layout(&bare, &bare.grids[0]);
        assert_eq!(layout.book.as_deref(), Some(book.id.as_str()), "{}: {:#?}", book.id, layout.findings);
        assert_eq!(fields(&layout), expected, "{} by its headings", book.id);
    }
}

/// The file as LibreOffice saves it in another format; `None` where there is no LibreOffice.
fn saved_as(bytes: &[u8], ending: &str, folder: &Path) -> Option<Vec<u8>> {
    let source: PathBuf = folder.join("in.xlsx");
    std::fs::write(&source, bytes).unwrap();
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .arg(folder.join("out"))
        .arg(&source)
        .output()
        .ok()?;
    let made = folder.join("out").join(format!("in.{ending}"));
    assert!(made.exists(), "LibreOffice: {}", String::from_utf8_lossy(&done.stderr));
    Some(std::fs::read(made).unwrap())
}

#[test]
fn a_form_saved_by_libreoffice_gives_what_was_typed() {
    for ending in ["xlsx", "ods", "xls"] {
        let county = county();
        let bytes = filled(&form(&county, "2026-05", "城关镇/重点建设项目.xlsx"), TYPED);
        let folder = tempfile::tempdir().unwrap();
        let Some(saved) = saved_as(&bytes, ending, folder.path()) else {
            println!("left out: LibreOffice is not installed, no form was saved by it");
            return;
        };
        county.file("2026-05", &format!("无题1.{ending}"), &saved);
        let outcome = county.run("2026-05");
        assert!(words(&outcome.findings, "form.recognised").contains("发给城关镇"), "{ending}");
        hold_typed(&outcome, ending);
        // LibreOffice has reckoned the rate of what was typed: 4200.75 of 12000.
        let facts = &outcome.merged.facts["key_projects"];
        let row = (0..facts.height()).find(|row| facts.text("name", *row) == Some(SEWAGE)).unwrap();
        let rate = facts.number("rate", row).unwrap();
        assert!((rate - 4200.75 / 12000.0).abs() < 1e-9, "{ending}: {rate}");
    }
}
