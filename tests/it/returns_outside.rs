//! Returns as other programs see them (openpyxl, LibreOffice), and returns of files that no sample county would send.
//!
//! Where Python with openpyxl or LibreOffice is not there, the test says what it left out and passes.

use std::path::{Path, PathBuf};
use std::process::Command;

use rust_xlsxwriter::{Chart, ChartType, DataValidation, Format, Image, Note, Workbook};
use wuzhang::collect::{self, Form, Grid, Limits, Value};
use wuzhang::package::Package;
use wuzhang::publish::ReturnStatus;

use crate::county_months::County;
use crate::returns::{Month, read};
use crate::s003::county;

/// Holds a return against its file as openpyxl reads both, and tells what it compared.
const COMPARE: &str = r#"
import sys, warnings
import openpyxl
warnings.simplefilter("ignore")
cells = marks = notes = validations = 0
for line in sys.stdin.read().splitlines():
    before, after = line.split("\t")
    was, now = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    assert now.sheetnames == ["需修改事项"] + was.sheetnames + ["回执"], (after, now.sheetnames)
    assert sorted(was.defined_names) == sorted(now.defined_names), after
    for name in was.sheetnames:
        a, b = was[name], now[name]
        assert sorted(map(str, a.merged_cells.ranges)) == sorted(map(str, b.merged_cells.ranges)), (after, name)
        rules = lambda s: sorted((str(v.sqref), v.type, v.formula1, v.formula2) for v in s.data_validations.dataValidation)
        assert rules(a) == rules(b), (after, name)
        validations += len(rules(a))
        assert len(list(a.conditional_formatting)) == len(list(b.conditional_formatting)), (after, name)
        assert (a.freeze_panes, a.print_area, a.print_title_rows) == (b.freeze_panes, b.print_area, b.print_title_rows), (after, name)
        assert (a.page_setup.orientation, a.page_setup.paperSize) == (b.page_setup.orientation, b.page_setup.paperSize)
        assert (a.sheet_state, a.protection.sheet) == (b.sheet_state, b.protection.sheet), (after, name)
        assert (len(a._charts), len(a._images)) == (len(b._charts), len(b._images)), (after, name)
        widths = lambda s: {k: (d.width, d.hidden) for k, d in s.column_dimensions.items()}
        heights = lambda s: {k: (d.height, d.hidden) for k, d in s.row_dimensions.items() if d.height or d.hidden}
        assert widths(a) == widths(b) and heights(a) == heights(b), (after, name)
        for row in b.iter_rows():
            for cell in row:
                old = a[cell.coordinate]
                look = lambda c: (c.value, c.number_format, repr(c.font), repr(c.border), repr(c.alignment), repr(c.protection))
                assert look(old) == look(cell), (after, name, cell.coordinate)
                cells += 1
                marks += repr(old.fill) != repr(cell.fill)
                if cell.comment:
                    notes += 1
                    assert not old.comment or cell.comment.text.startswith(old.comment.text), (after, name)
print(f"{cells} cells, {marks} marked, {notes} notes, {validations} validations")
"#;

/// The pairs of files for another program: each spliced return beside its file, in a folder.
fn pairs(month: &Month, folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut pairs = Vec::new();
    for (made, original, bytes) in month.returns() {
        let Some(original) = original.filter(|one| one.form == Form::Workbook) else { continue };
        if !read(&original.bytes).opened() {
            continue;
        }
        let name = made.name.rsplit('/').next().unwrap();
        let (before, after) = (folder.join(format!("before-{name}")), folder.join(format!("after-{name}")));
        std::fs::write(&before, &original.bytes).unwrap();
        std::fs::write(&after, bytes).unwrap();
        pairs.push((before, after));
    }
    pairs
}

fn openpyxl(pairs: &[(PathBuf, PathBuf)]) -> Option<String> {
    let there = Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !there.is_ok_and(|done| done.status.success()) {
        println!("left out: python3 with openpyxl is not there");
        return None;
    }
    let lines: Vec<String> = pairs.iter().map(|(a, b)| format!("{}\t{}", a.display(), b.display())).collect();
    let list = pairs[0].0.with_file_name("pairs.txt");
    std::fs::write(&list, lines.join("\n")).unwrap();
    let done = Command::new("python3")
        .args(["-c", COMPARE])
        .env("PYTHONUTF8", "1")
        .stdin(std::fs::File::open(list).unwrap())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Some(String::from_utf8(done.stdout).unwrap())
}

/// The returns as LibreOffice writes them again; `None` without LibreOffice.
fn libreoffice(pairs: &[(PathBuf, PathBuf)], folder: &Path) -> Option<Vec<Vec<u8>>> {
    let out = folder.join("out");
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .args(pairs.iter().map(|(_, after)| after))
        .output();
    if done.is_err() {
        println!("left out: LibreOffice is not there");
        return None;
    }
    let written = pairs.iter().map(|(_, after)| std::fs::read(out.join(after.file_name().unwrap())));
    Some(written.map(|bytes| bytes.expect("LibreOffice opened the return")).collect())
}

/// The values and merged regions of a sheet, as far as every program keeps them.
fn values(grid: &Grid) -> (Vec<(u32, u32, String)>, Vec<collect::Merge>) {
    let told = |value: &Value| match value {
        Value::Number(number) | Value::Date(number) => format!("{number:.9}"),
        Value::Text(text) => text.replace('\r', ""),
        other => format!("{other:?}"),
    };
    let cells =
        grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.number, cell.column, told(&cell.value))));
    (cells.collect(), grid.merges.clone())
}

/// A month of the sample county and one workbook with all that other programs could lose.
fn month(folder: &Path) -> Month {
    county(folder);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("附表").unwrap();
    let head = Format::new().set_bold().set_text_wrap();
    sheet.merge_range(0, 0, 0, 4, "云溪镇2026年5月重点项目补充表（单位：万元）", &head).unwrap();
    for (column, title) in ["项目名称", "总投资", "年度计划投资", "1-5月完成投资", "存在问题"].iter().enumerate()
    {
        sheet.write_with_format(1, column as u16, *title, &head).unwrap();
    }
    for (row, (name, done)) in [("云溪老街改造", 900.0), ("云溪污水管网", -5.0)].iter().enumerate() {
        let row = row as u32 + 2;
        sheet.write(row, 0, *name).unwrap().write(row, 1, 3000.0).unwrap().write(row, 2, 800.0).unwrap();
        sheet.write(row, 3, *done).unwrap();
    }
    sheet.insert_note(2, 3, &Note::new("原有批注").set_author("填报人")).unwrap();
    let limits = DataValidation::new().allow_list_strings(&["用地", "资金"]).unwrap();
    sheet.add_data_validation(2, 4, 9, 4, &limits).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("='附表'!$D$3:$D$4");
    sheet.insert_chart(6, 0, &chart).unwrap();
    // The smallest picture there is: one grey pixel.
    let pixel = [
        0x42u8, 0x4D, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0,
        0, 4, 0, 0, 0, 19, 11, 0, 0, 19, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 128, 128, 0,
    ];
    sheet.insert_image(6, 8, &Image::new_from_buffer(&pixel).unwrap()).unwrap();
    sheet.set_print_area(0, 0, 9, 4).unwrap().set_repeat_rows(0, 1).unwrap().set_freeze_panes(2, 0).unwrap().protect();
    workbook.save(folder.join("inbox/2026-05/云溪镇补充表.xlsx")).unwrap();
    Month::of(folder, "2026-05")
}

#[test]
fn openpyxl_and_libreoffice_find_all_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let month = month(&folder.path().join("county"));
    let pairs = pairs(&month, folder.path());
    assert!(pairs.len() > 20);
    let asked = month.outcome.returns.iter().find(|made| &*made.file == "云溪镇补充表.xlsx").unwrap();
    assert_eq!(asked.status, ReturnStatus::Correct, "a negative amount");
    if let Some(told) = openpyxl(&pairs) {
        println!("openpyxl, {} returns: {told}", pairs.len());
    }
    let Some(written) = libreoffice(&pairs, folder.path()) else { return };
    let mut compared = 0;
    for ((before, after), again) in pairs.iter().zip(written) {
        let (first, made) = (read(&std::fs::read(before).unwrap()), read(&again));
        let names: Vec<&str> = made.grids.iter().map(|grid| &*grid.sheet).collect();
        assert_eq!((names[0], names.last().copied()), ("需修改事项", Some("回执")), "{after:?}");
        for (was, now) in first.grids.iter().zip(&made.grids[1..]) {
            let (was, now) = (values(was), values(now));
            // LibreOffice reckons formulas that have no stored value; what had one has the same.
            let open = |cell: &&(u32, u32, String)| cell.2 != "Uncalculated";
            assert!(was.0.iter().filter(open).all(|cell| now.0.contains(cell)), "{after:?}");
            assert_eq!(was.1, now.1, "{after:?}");
            compared += was.0.len();
        }
    }
    println!("LibreOffice, {} returns: {compared} values and all merged regions are the same", pairs.len());
    assert!(compared > 4_000);
}

#[test]
fn files_that_nobody_should_send_go_back_all_the_same() {
    let (long, office) = ("云山县特别长名称的重点项目建设领导小组".repeat(10), County::new());
    let units =
        [format!("{long}甲|部门|"), format!("{long}乙|部门|"), "CON|部门|".to_owned(), "县a/b局|部门|".to_owned()];
    let mut roster: Vec<&str> = vec!["单位名称|类别|邮箱"];
    roster.extend(units.iter().map(String::as_str));
    office.settings(&[("单位", &roster), ("密码", &["密码", "Yunshan2026"])]);
    for (name, unit) in [
        ("a.csv", format!("{long}甲")),
        ("b.csv", format!("{long}乙")),
        ("c.csv", "CON".into()),
        ("d.csv", "县a/b局".into()),
    ] {
        let text = format!(
            "{unit}2026年1-5月重点项目完成情况（单位：万元）\n填报单位：{unit}\n项目名称,总投资,年度计划投资,1-5月完成投资\n{name}工程,3000,800,900\n"
        );
        office.file("2026-05", name, text.as_bytes());
    }
    office.file("2026-05", "坏的.xlsx", b"PK\x03\x04broken");
    office.file("2026-05", "空的.xls", b"");
    office.file("2026-05", "扫描件.pdf", b"%PDF-1.7");
    office.file("2026-05", "有密码.xlsx", include_bytes!("../data/locked_agile.xlsx"));
    let outcome = office.run("2026-05");
    let out = office.path().join("out/2026-05");
    let mut names: Vec<&str> = outcome.returns.iter().map(|made| made.name.strip_prefix("returns/").unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names.len(), 8, "{names:?}");
    assert!(names.contains(&"_CON退改单.xlsx") && names.contains(&"县a_b局退改单.xlsx"), "{names:?}");
    assert!(
        names.iter().all(|name| name.len() < 200 && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])),
        "{names:?}"
    );
    for made in &outcome.returns {
        let bytes = std::fs::read(out.join(&made.name)).unwrap();
        let grids = read(&bytes).grids;
        let told = format!("{:?}{:?}", grids[0].rows, grids.last().unwrap().rows);
        assert!(told.contains(&*made.file) && told.contains(made.status.title()), "{}", made.file);
        let sheets: Vec<&str> = grids.iter().map(|grid| &*grid.sheet).collect();
        match &*made.file {
            "有密码.xlsx" => {
                assert!(sheets.len() > 2 && told.contains("没有加密"), "{sheets:?}");
                assert!(!told.contains("Yunshan2026"));
                let package = Package::open(bytes).unwrap();
                assert!(package.has("xl/workbook.xml"), "it opens without a password");
            }
            "坏的.xlsx" | "空的.xls" | "扫描件.pdf" => {
                assert_eq!((sheets.as_slice(), made.status), (&["需修改事项", "回执"][..], ReturnStatus::Correct));
            }
            _ => assert_eq!((sheets.len(), made.status), (3, ReturnStatus::Query), "{}", made.file),
        }
    }
    let again = collect::list_inbox(&out.join("returns")).unwrap();
    assert!(again.iter().all(|(_, path)| collect::read_file(path, "a", &Limits::default()).opened()));
}
