//! What departments wrote is text in every output: no formula, no markup, no header, no link, no program.

use std::fs;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::outputs::{Piece, outputs};
use crate::county_months::County;

/// What a cell may say, written by one who means harm, or who only likes brackets.
const TEXTS: [&str; 16] = [
    "=HYPERLINK(\"http://x.example/\",\"点\")",
    "=cmd|'/c calc'!A0",
    "+cmd|'/c calc'!A0",
    "@SUM(1+1)*cmd|'/c calc'!A0",
    "-2+3+cmd|'/c calc'!A0",
    "\t=cmd|'/c calc'!A0",
    "\r=cmd|'/c calc'!A0",
    "＝cmd|'/c calc'!A0",
    "<script>alert(1)</script>",
    "</t></si><si><t><b>粗</b>",
    "&lt;b&gt;&amp;amp;]]>",
    "{{ county }}{% for x in y %}",
    "https://x.example/水厂",
    "水厂\r\nBcc: evil@x.example\r\n\r\n<b>粗</b>",
    "# 标题\n| 表 | 格 |\n^右",
    "水\u{b}厂\u{1}\u{fffe}",
];

/// The columns that take text; the others take amounts and dates, into which the same texts are written in turn.
const TEXT_COLUMNS: [&str; 14] = [
    "项目名称",
    "项目类别",
    "建设性质",
    "所在乡镇",
    "责任单位",
    "业主单位",
    "联系领导",
    "建设内容及规模",
    "建设年限",
    "形象进度",
    "存在问题",
    "下步措施",
    "备注",
    "项目代码",
];
const OTHER_COLUMNS: [&str; 6] =
    ["总投资（万元）", "2026年计划投资（万元）", "1-5月完成投资（万元）", "完成率", "计划开工时间", "计划竣工时间"];

/// The cells of a project whose texts are harm; every second one has sound figures.
fn cells(row: usize) -> Vec<String> {
    let text = |at: usize| TEXTS[(row + at) % TEXTS.len()].to_owned();
    let mut cells: Vec<String> = (0..TEXT_COLUMNS.len()).map(|at| format!("{}{row}", text(at))).collect();
    cells[4] = "城关镇".to_owned();
    let sound = ["9000", "1000", &(100 * row).to_string(), "", "2026-01", "2027-01"].map(str::to_owned);
    match row % 2 {
        0 => cells.extend(sound),
        _ => cells.extend((0..OTHER_COLUMNS.len()).map(text)),
    }
    cells
}

/// The report as a workbook and, by another unit, as text.
fn reports(inbox: &Path) {
    let heading: Vec<&str> = TEXT_COLUMNS.into_iter().chain(OTHER_COLUMNS).collect();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    // What the department's own file says of itself comes back with it.
    let made = rust_xlsxwriter::ExcelDateTime::parse_from_str("2026-06-01T09:00:00").unwrap();
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
    let sheet = workbook.add_worksheet().set_name("=重点项目").unwrap();
    sheet.write_row(0, 0, heading.iter().copied()).unwrap();
    let mut csv = format!("{}\n", heading.join(","));
    for row in 1..=TEXTS.len() {
        for (column, text) in (0u16..).zip(cells(row)) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row as u32, column, number).unwrap(),
                Err(_) => sheet.write_string(row as u32, column, &text).unwrap(),
            };
        }
        let quoted =
            cells(row).into_iter().map(|cell| format!("\"{}\"", cell.replace("城关镇", "和平乡").replace('"', "\"\"")));
        csv += &(quoted.collect::<Vec<_>>().join(",") + "\n");
    }
    workbook.save(inbox.join("=城关镇.xlsx")).unwrap();
    // A name that would be another header of a mail, or markup in one.
    let name = if cfg!(unix) { "和平乡<b>粗\r\nBcc: evil@x.example\r\n.csv" } else { "和平乡.csv" };
    fs::write(inbox.join(name), csv).unwrap();
}

/// A county whose departments send such reports; run, planned for mail, and its forms issued.
fn county() -> County {
    let county = County::new();
    let mail = "county = \"云山县\"\n[mail]\nfrom = \"云山县统计局 <tjj@yunshan.example>\"\n";
    fs::write(county.path().join("wuzhang.toml"), mail).unwrap();
    county.settings(&[
        ("单位", &["单位名称|类别|邮箱", "城关镇|乡镇|cg@yunshan.example", "和平乡|乡镇|hp@yunshan.example"]),
        ("收件人", &["单位或领导|姓名|角色|邮箱|停用", "县统计局||统计局|zhk@yunshan.example|"]),
        ("报送", &["单位|账册|是否应报", "全部|重点建设项目|应报"]),
    ]);
    let inbox = county.path().join("inbox/2026-05");
    fs::create_dir_all(&inbox).unwrap();
    reports(&inbox);
    for arguments in [["run", "."], ["send", "."], ["forms", "."], ["remind", "."]] {
        let (status, told) = wuzhang(county.path(), &[&arguments[..], &["--period", "2026-05"]].concat());
        assert!(matches!(status, Some(0 | 1)), "{arguments:?}: {status:?} {told}");
    }
    county
}

fn wuzhang(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    command.current_dir(root).args(arguments).envs([("HOME", "/home/someone-else"), ("USER", "someone-else")]);
    let output = command.output().unwrap();
    let told = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), told.concat())
}

/// The text of every formula of a sheet.
fn formulas(sheet: &str) -> Vec<String> {
    let opened = sheet.split("<f").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    opened.filter_map(|rest| Some(rest.split_once('>')?.1.split_once("</f>")?.0.to_owned())).collect()
}

/// What an XML part may not have, whatever it is of.
fn xml(piece: &Piece) {
    let (name, text) = (&piece.name, std::str::from_utf8(&piece.bytes).unwrap());
    let mut reader = Reader::from_str(text);
    let check = |text: &str| {
        let bad = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
        let at = text.find(bad).map(|at| text[..at].chars().rev().take(60).collect::<Vec<_>>());
        assert!(at.is_none(), "{name}: a character that XML does not have, behind {at:?}");
    };
    check(text);
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{name}: {fault}")) {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let local = tag.local_name();
                let is_ours = !matches!(local.as_ref(), "script" | "fldSimple" | "ddeLink" | "object");
                assert!(is_ours, "{name}: <{}>", local.as_ref());
            }
            _ => {}
        }
    }
    // The one field of a bulletin is the number of its page.
    for field in text.split("<w:instrText").skip(1).filter_map(|rest| rest.split_once('>')) {
        assert!(field.1.trim_start().starts_with("PAGE"), "{name}: {}", &field.1[..field.1.len().min(80)]);
    }
    for formula in formulas(text) {
        let runs = ["cmd|", "HYPERLINK", "WEBSERVICE", "x.example", "alert("].iter().any(|word| formula.contains(word));
        assert!(!runs, "{name}: ={formula}");
    }
    assert!(!(name.ends_with(".rels") && text.contains("x.example")), "{name}: a link that nobody asked for");
    assert!(!text.contains("<b>粗"), "{name}: markup from a cell");
}

/// The headers of a mail, and what its page may not have.
fn mail(piece: &Piece) {
    let text = piece.text();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let known =
        ["From", "To", "Subject", "Message-ID", "X-Wuzhang", "MIME-Version", "Content-Type", "Date", "Reply-To"];
    let mut seen = Vec::new();
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        let (header, _) = line.split_once(':').unwrap_or_else(|| panic!("{}: {line}", piece.name));
        assert!(known.iter().any(|known| header.eq_ignore_ascii_case(known)), "{}: {line}", piece.name);
        assert!(!seen.contains(&header), "{}: {header} twice", piece.name);
        seen.push(header);
    }
}

#[test]
fn text_of_departments_is_text_in_every_document() {
    let county = county();
    let pieces = outputs(county.path(), &["out", "forms"]);
    let mut kinds = std::collections::BTreeMap::new();
    for piece in &pieces {
        assert!(!["externalLink", "vbaProject"].iter().any(|part| piece.name.contains(part)), "{}", piece.name);
        let ending = piece.name.rsplit('.').next().unwrap();
        match ending {
            "xml" | "rels" | "vml" => xml(piece),
            "eml" => mail(piece),
            "html" => {
                let page = piece.text();
                assert!(
                    !["<script", "<b>粗", "javascript:", "href="].iter().any(|markup| page.contains(markup)),
                    "{page}"
                );
            }
            _ => {}
        }
        let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;";
        let is_there = piece.text().contains(escaped) || piece.text().contains("<script>") && ending == "plain";
        let seen: &mut (usize, bool) = kinds.entry(ending.to_owned()).or_default();
        *seen = (seen.0 + 1, seen.1 || is_there);
    }
    println!("{kinds:?}");
    assert!(kinds["xml"].1, "the text itself stands in the documents");
    for kind in ["xml", "eml", "html", "plain", "docx", "xlsx"] {
        assert!(kinds.contains_key(kind), "{kind} was looked through: {kinds:?}");
    }
}

#[test]
fn no_output_names_the_machine_its_user_or_the_day() {
    let county = county();
    let machine = fs::read_to_string("/etc/hostname").unwrap_or_default();
    let here = county.path().to_string_lossy().into_owned();
    let mut words = vec![here, "someone-else".to_owned(), env!("CARGO_MANIFEST_DIR").to_owned()];
    words.extend(Some(machine.trim().to_owned()).filter(|name| name.len() > 4));
    let today = chrono::Local::now().date_naive();
    // In the weeks around the month reported, a date may be one that belongs there.
    if (today - chrono::NaiveDate::from_ymd_opt(2026, 5, 31).unwrap()).num_days().abs() > 60 {
        words.extend(["%Y-%m-%d", "%Y年%-m月%-d日", "%Y/%m/%d"].map(|form| today.format(form).to_string()));
    }
    // The log of what was sent knows its hour; nothing was sent here.
    for piece in outputs(county.path(), &["out", "forms", "ledger"]) {
        // Reminders are of a day: they are no document of the period.
        // And the settings are as the office wrote them, by a clock of its own.
        if piece.name.contains("remind") || piece.name.contains("settings.xlsx") {
            continue;
        }
        for word in &words {
            let found = piece.bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "{} names {word}", piece.name);
        }
    }
}

#[test]
fn text_of_departments_is_text_in_csv() {
    let county = county();
    let columns = "name, problem, measure, note, status, leader";
    let (status, csv) =
        wuzhang(county.path(), &["query", ".", &format!("SELECT {columns} FROM key_projects"), "--csv"]);
    assert_eq!(status, Some(0), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let mut rows = 0;
    for record in reader.records().map(Result::unwrap) {
        rows += 1;
        for cell in &record {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{cell:?}");
        }
    }
    assert!(rows >= TEXTS.len(), "{rows} rows");
}
