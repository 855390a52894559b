//! Every workbook of the sample county's May, made after its April: no cell shows ####, links lead somewhere,
//! LibreOffice reckons the same, openpyxl reads them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Reader};
use regex::Regex;
use wuzhang::pipeline::run;

use crate::publish::open;
use crate::publish_recalc::compare;
use crate::s003::county;

/// Workbooks by name.
type Books = Vec<(String, Vec<u8>)>;

/// The workbooks of April, and those of May with April in the ledger.
fn made() -> &'static (Books, Books) {
    static MADE: OnceLock<(Books, Books)> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let workspace = county(folder.path());
        let month = |period: &str| {
            run(&workspace, period.parse().unwrap(), &|_| {}).unwrap();
            let mut books: Books = std::fs::read_dir(folder.path().join("out").join(period))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "xlsx"))
                .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
                .collect();
            books.sort();
            books
        };
        (month("2026-04"), month("2026-05"))
    })
}

/// The workbooks of May.
fn workbooks() -> &'static Books {
    &made().1
}

/// A sheet of a workbook as its cells' values.
fn cells(books: &Books, name: &str, sheet: &str) -> Vec<Vec<Data>> {
    let (_, bytes) = books.iter().find(|(known, _)| known.contains(name)).unwrap();
    let range = open(bytes).worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The parts of a package that hold text.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        if part.read_to_string(&mut text).is_ok() {
            parts.insert(name, text);
        }
    }
    parts
}

fn found<'t>(pattern: &str, text: &'t str) -> Vec<regex::Captures<'t>> {
    Regex::new(pattern).unwrap().captures_iter(text).collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&apos;", "'").replace("&amp;", "&")
}

/// How a cell looks: the number format's code, the height of its letters, the indent.
struct Face {
    code: String,
    points: f64,
    indent: f64,
}

/// The faces by style index.
fn faces(styles: &str) -> Vec<Face> {
    let codes: BTreeMap<u32, String> = found(r#"<numFmt numFmtId="(\d+)" formatCode="([^"]*)""#, styles)
        .iter()
        .map(|at| (at[1].parse().unwrap(), unescaped(&at[2])))
        .collect();
    let fonts = &found(r"(?s)<fonts.*?</fonts>", styles)[0][0];
    let sizes: Vec<f64> =
        found(r#"(?s)<font>.*?<sz val="([\d.]+)"/>"#, fonts).iter().map(|at| at[1].parse().unwrap()).collect();
    let cells = &found(r"(?s)<cellXfs.*?</cellXfs>", styles)[0][0];
    let builtin = |id: u32| match id {
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        _ => "General",
    };
    let face = |at: &regex::Captures| {
        let id: u32 = at[1].parse().unwrap();
        let code = codes.get(&id).cloned().unwrap_or_else(|| builtin(id).to_owned());
        let indent = found(r#"indent="(\d+)""#, &at[0]).first().map_or(0.0, |at| at[1].parse().unwrap());
        Face { code, points: sizes[at[2].parse::<usize>().unwrap()], indent }
    };
    found(r#"(?s)<xf numFmtId="(\d+)" fontId="(\d+)"[^>]*?(?:/>|>.*?</xf>)"#, cells).iter().map(face).collect()
}

/// A number as a format of ours shows it.
fn shown(code: &str, number: f64) -> String {
    let mut sections = vec![String::new()];
    let mut quoted = false;
    for c in code.chars() {
        quoted ^= c == '"';
        match c {
            ';' if !quoted => sections.push(String::new()),
            c => sections.last_mut().unwrap().push(c),
        }
    }
    let negative = number < 0.0;
    let at = if negative { 1 } else { usize::from(number == 0.0) * 2 };
    let (section, signed) = match sections.get(at) {
        Some(section) => (section, false),
        None => (&sections[0], negative),
    };
    if section == "General" {
        return format!("{:.0}", number.abs().trunc()) + if signed { "-" } else { "" };
    }
    let section = Regex::new(r"\[[^\]]*\]").unwrap().replace_all(section, "").into_owned();
    let (mut literal, mut pattern, mut quoted) = (String::new(), String::new(), false);
    for c in section.chars() {
        match c {
            '"' => quoted = !quoted,
            c if quoted => literal.push(c),
            c if "#0,.%".contains(c) => pattern.push(c),
            c => literal.push(c),
        }
    }
    if pattern.is_empty() {
        return literal;
    }
    let percent = pattern.contains('%');
    let digits = pattern.split_once('.').map_or(0, |(_, rest)| rest.trim_end_matches('%').len());
    let plain = format!("{:.digits$}", number.abs() * if percent { 100.0 } else { 1.0 });
    let whole = plain.split('.').next().unwrap().len();
    let commas = if pattern.contains(',') { (whole - 1) / 3 } else { 0 };
    format!("{}{literal}{plain}{}{}", if signed { "-" } else { "" }, ",".repeat(commas), if percent { "%" } else { "" })
}

/// What a text of so many points takes in pixels: a Chinese character is as wide as it is high, a digit half.
fn pixels(text: &str, points: f64) -> f64 {
    let halves: f64 = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
    halves * points * 96.0 / 72.0 / 2.0
}

fn column_of(address: &str) -> u32 {
    address
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .fold(0, |number, letter| number * 26 + u32::from(letter - b'A') + 1)
}

/// The cells of a sheet that would show ####, and how many numbers there are.
fn too_narrow(sheet: &str, faces: &[Face]) -> (usize, Vec<String>) {
    let mut widths: BTreeMap<u32, f64> = BTreeMap::new();
    for at in found(r#"<col min="(\d+)" max="(\d+)" width="([\d.]+)""#, sheet) {
        for column in at[1].parse::<u32>().unwrap()..=at[2].parse().unwrap() {
            widths.insert(column, at[3].parse::<f64>().unwrap() * 7.0);
        }
    }
    let width = |column: u32| widths.get(&column).copied().unwrap_or(64.0);
    let merged: BTreeMap<&str, f64> = found(r#"<mergeCell ref="([A-Z]+)(\d+):([A-Z]+)\d+""#, sheet)
        .iter()
        .map(|at| {
            let all = (column_of(&at[1])..=column_of(&at[3])).map(width).sum();
            let first = at.get(1).unwrap().start();
            let end = at.get(2).unwrap().end();
            (&sheet[first..end], all)
        })
        .collect();
    let (mut numbers, mut narrow) = (0, Vec::new());
    for at in found(r#"<c r="([A-Z]+\d+)" s="(\d+)"( t="[a-z]+")?>(?:<f>[^<]*</f>)?<v>([^<]*)</v>"#, sheet) {
        let Ok(number) = at[4].parse::<f64>() else { continue };
        if at.get(3).is_some() {
            continue;
        }
        numbers += 1;
        let face = &faces[at[2].parse::<usize>().unwrap()];
        let text = shown(&face.code, number);
        let needed = pixels(&text, face.points) + 4.0 + face.indent * 9.0;
        let room = merged.get(&at[1]).copied().unwrap_or_else(|| width(column_of(&at[1])));
        if needed > room {
            narrow.push(format!("{} {text} needs {needed:.0} of {room:.0}", &at[1]));
        }
    }
    (numbers, narrow)
}

#[test]
fn no_cell_of_any_workbook_shows_hashes() {
    let (mut numbers, mut narrow) = (0, Vec::new());
    for (name, bytes) in workbooks() {
        let parts = parts(bytes);
        let faces = faces(&parts["xl/styles.xml"]);
        for (part, sheet) in parts.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            let (count, cells) = too_narrow(sheet, &faces);
            numbers += count;
            narrow.extend(cells.into_iter().map(|cell| format!("{name} {part} {cell}")));
        }
    }
    assert!(numbers > 10_000, "{numbers} numbers looked at");
    assert!(narrow.is_empty(), "{} of {numbers}: {:#?}", narrow.len(), &narrow[..narrow.len().min(20)]);
}

#[test]
fn the_measure_of_widths_knows_what_does_not_fit() {
    let faces = [Face { code: "\"快\"0.0;\"慢\"0.0;\"持平\"".into(), points: 10.0, indent: 0.0 }];
    let sheet = |width: f64| {
        format!(r#"<cols><col min="1" max="1" width="{width}"/></cols><c r="A1" s="0"><f>1</f><v>-12.34</v></c>"#)
    };
    assert_eq!(too_narrow(&sheet(4.0), &faces).1, ["A1 慢12.3 needs 44 of 28"]);
    assert!(too_narrow(&sheet(7.0), &faces).1.is_empty());
    assert_eq!(shown("#,##0.00", 1_234_567.891), "1234567.89,,");
    assert_eq!((shown("0.0%", 0.5), shown("\"↑\"0;\"↓\"0;\"—\"", 0.0)), ("50.0%".into(), "—".into()));
}

#[test]
fn links_within_a_workbook_lead_to_cells_that_are_there() {
    let mut followed = 0;
    for (name, bytes) in workbooks() {
        let parts = parts(bytes);
        let ids: Vec<String> =
            found(r#"<sheet name="([^"]*)" "#, &parts["xl/workbook.xml"]).iter().map(|at| unescaped(&at[1])).collect();
        for (part, sheet) in parts.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            for link in found(r#"<hyperlink ref="[^"]*" location="([^"]*)""#, sheet) {
                let location = unescaped(&link[1]);
                let (target, address) = location.rsplit_once('!').unwrap();
                let target = target.trim_matches('\'').replace("''", "'");
                let at = ids.iter().position(|id| *id == target);
                let at = at.unwrap_or_else(|| panic!("{name} {part}: no sheet {target}"));
                let there = &parts[&format!("xl/worksheets/sheet{}.xml", at + 1)];
                assert!(there.contains(&format!("<c r=\"{address}\"")), "{name} {part}: nothing at {location}");
                followed += 1;
            }
        }
    }
    assert!(followed > 500, "{followed} links");
}

#[test]
fn libreoffice_reckons_every_workbook_as_it_is_stored() {
    let books = workbooks();
    match compare(books) {
        Some(counts) => {
            let told = books.iter().zip(&counts).map(|((name, _), count)| format!("{name} {count}"));
            println!("recalculated, no difference: {}", told.collect::<Vec<_>>().join("，"));
            assert!(counts.iter().sum::<usize>() > 3_000, "{counts:?}");
        }
        None => println!("left out: LibreOffice is not installed, stored values were not compared"),
    }
}

#[test]
fn openpyxl_reads_every_workbook() {
    const SCRIPT: &str = "import sys, warnings, openpyxl\nwarnings.simplefilter('ignore')\n\
        for path in sys.argv[1:]:\n    book = openpyxl.load_workbook(path)\n    \
        print(len(book.sheetnames), sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None))";
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("python3");
    command.args(["-c", SCRIPT]);
    for (name, bytes) in workbooks() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        command.arg(path);
    }
    let done = match command.output() {
        Ok(done) if done.status.success() => String::from_utf8(done.stdout).unwrap(),
        Ok(done) if !String::from_utf8_lossy(&done.stderr).contains("No module named") => {
            panic!("{}", String::from_utf8_lossy(&done.stderr))
        }
        _ => return println!("left out: Python with openpyxl is not installed, workbooks were not read by it"),
    };
    assert_eq!(done.lines().count(), workbooks().len(), "{done}");
    let counted = |line: &str| line.split(' ').map(|n| n.parse::<usize>().unwrap()).all(|n| n > 0);
    assert!(done.lines().all(counted), "{done}");
}

#[test]
fn the_overview_tells_what_has_changed_since_last_month() {
    let (april, may) = made();
    let figures = |books: &Books| -> BTreeMap<String, (Option<f64>, Option<f64>)> {
        let rows = cells(books, "重点项目排名", "总览");
        let at = rows.iter().position(|row| row[0] == "二、主要指标").unwrap();
        let head: Vec<String> = rows[at + 1].iter().map(Data::to_string).collect();
        let column = |title: &str| head.iter().position(|known| known == title);
        let (whole, change) = (column("全县").unwrap(), column("比上期"));
        let number = |row: &[Data], at: usize| match row[at] {
            Data::Float(number) => Some(number),
            _ => None,
        };
        let figures = rows[at + 2..].iter().take_while(|row| row[0] != "三、其他台账");
        figures.map(|row| (row[0].to_string(), (number(row, whole), change.and_then(|at| number(row, at))))).collect()
    };
    let (before, now) = (figures(april), figures(may));
    assert!(before.values().all(|(_, change)| change.is_none()), "nothing stands before April");
    for (title, scale) in [("项目个数", 1.0), ("累计完成投资", 1.0), ("完成率", 100.0), ("未达序时项目数", 1.0)]
    {
        let (Some(then), (Some(today), Some(change))) = (before[title].0, now[title]) else { panic!("{title}") };
        assert!(((today - then) * scale - change).abs() < 1e-9, "{title}: {today} - {then} is not {change}");
    }
}

#[test]
fn the_wall_chart_remembers_what_last_month_said() {
    let (april, may) = made();
    let detail = cells(april, "重点项目排名", "项目明细");
    let head: Vec<String> = detail[3].iter().map(Data::to_string).collect();
    let rate = head.iter().position(|title| title == "完成率").unwrap();
    let then: BTreeMap<String, &Data> = detail[4..].iter().map(|row| (row[1].to_string(), &row[rate])).collect();
    let wall = cells(may, "重点项目排名", "挂图作战");
    let column = wall[2].iter().position(|month| *month == "4月").unwrap();
    let mut compared = 0;
    for project in wall[4..].chunks(2).filter(|rows| rows.len() == 2) {
        let Some(Data::Float(stated)) = then.get(&project[0][1].to_string()) else { continue };
        let Data::Float(shown) = project[1][column] else { panic!("{} has no April", project[0][1]) };
        assert!((stated - shown).abs() < 1e-12, "{}", project[0][1]);
        compared += 1;
    }
    assert!(compared > 100, "{compared} projects have an April");
}

/// The figures are those of the README's run.
#[test]
fn the_check_report_accounts_for_every_row_and_every_finding() {
    let may = workbooks();
    let last = |sheet: &str, row: usize| -> Vec<String> {
        cells(may, "核验报告", sheet)[row].iter().map(Data::to_string).collect()
    };
    let units = last("按单位汇总", 3);
    assert_eq!(units[3..7], ["3", "5", "29", "37"]);
    let files = cells(may, "核验报告", "行数核对");
    let head: Vec<String> = files[2].iter().map(Data::to_string).collect();
    let at = |title: &str| head.iter().position(|known| known == title).unwrap();
    let total: Vec<String> = files[3].iter().map(Data::to_string).collect();
    let sums: Vec<&str> = ["总行数", "数据行", "汇总", "按决定移出"].map(|title| total[at(title)].as_str()).to_vec();
    assert_eq!(sums, ["1381", "797", "796", "1"]);
    let balanced = files[4..45].iter().all(|row| row[at("差额")] == Data::Float(0.0));
    assert!(balanced && files[44][0] == Data::Float(41.0), "41 files, each balanced");
    let rules = cells(may, "核验报告", "规则执行");
    let silent = |row: &&Vec<Data>| matches!(row[8], Data::Float(rows) if rows > 0.0);
    assert!(rules[3..].iter().filter(silent).count() > 10, "rules that could not be evaluated are told");
    assert!(rules[1][0].to_string().contains("条有无法判断的行"));
}
