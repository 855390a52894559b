//! 督查通报.docx as a page: the measures of GB/T 9704-2012 in its XML, and that LibreOffice lays it out as that says.

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use wuzhang::publish::BULLETIN;

use crate::bulletin::part;
use crate::county_months::County;

/// A month of enough projects for tables that run over pages.
fn month() -> (County, Vec<u8>) {
    let county = County::new();
    for town in 1..=24 {
        let lines: Vec<String> = (1..=3)
            .map(|at| {
                let done = if at == 1 { 0 } else { 20 * town };
                format!("{town}镇项目{at}号,2026-360000-{town:03}{at:03},1000,600,0,{done},,2027-12,施工,征迁未完成,")
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        county.report("2026-05", &format!("第{town}镇"), &lines);
    }
    county.run("2026-05");
    let bytes = fs::read(county.path().join("out/2026-05").join(BULLETIN)).unwrap();
    (county, bytes)
}

/// Millimetres of a number of twips.
fn millimetres(twips: &str) -> f64 {
    twips.parse::<f64>().unwrap() / 1440.0 * 25.4
}

fn attribute<'x>(xml: &'x str, element: &str, name: &str) -> &'x str {
    let tag = xml.split(&format!("<{element} ")).nth(1).unwrap_or_else(|| panic!("no {element}"));
    let tag = &tag[..tag.find('>').unwrap()];
    tag.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("no {name}")).split('"').next().unwrap()
}

#[test]
fn the_page_has_the_measures_of_the_standard() {
    let (_county, bytes) = month();
    let document = part(&bytes, "word/document.xml");
    let margin = |side: &str| millimetres(attribute(&document, "w:pgMar", &format!("w:{side}")));
    let size = |side: &str| millimetres(attribute(&document, "w:pgSz", &format!("w:{side}")));
    let near = |value: f64, wanted: f64| assert!((value - wanted).abs() < 0.1, "{value} mm, not {wanted}");
    near(margin("top"), 37.0);
    near(margin("left"), 28.0);
    near(size("w") - margin("left") - margin("right"), 156.0);
    near(size("h") - margin("top") - margin("bottom"), 225.0);

    let styles = part(&bytes, "word/styles.xml");
    let style =
        |id: &str| styles.split(&format!("w:styleId=\"{id}\"")).nth(1).unwrap().split("</w:style>").next().unwrap();
    let has = |id: &str, font: &str, half_points: &str| {
        let style = style(id);
        assert_eq!(
            (attribute(style, "w:rFonts", "w:eastAsia"), attribute(style, "w:sz", "w:val")),
            (font, half_points),
            "{id}"
        );
    };
    has("Normal", "仿宋_GB2312", "32");
    has("Title", "方正小标宋简体", "44");
    has("Heading1", "黑体", "32");
    has("Heading2", "楷体_GB2312", "32");
    has("PageNumber", "宋体", "28");
    let line: f64 = attribute(style("Normal"), "w:spacing", "w:line").parse().unwrap();
    let (width, height) = (156.0 / 25.4 * 1440.0, 225.0 / 25.4 * 1440.0);
    assert_eq!((height / line).floor(), 22.0, "22 lines a page");
    let tighter: f64 =
        Regex::new(r#"<w:spacing w:val="(-?\d+)"/>"#).unwrap().captures(style("Normal")).unwrap()[1].parse().unwrap();
    assert_eq!((width / (16.0 * 20.0 + tighter)).floor(), 28.0, "28 characters a line");
    for font in ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"] {
        assert!(part(&bytes, "word/fontTable.xml").contains(&format!("w:name=\"{font}\"><w:altName ")), "{font}");
    }
}

#[test]
fn tables_repeat_their_header_and_no_row_breaks() {
    let (_county, bytes) = month();
    let document = part(&bytes, "word/document.xml");
    let tables: Vec<&str> =
        document.split("<w:tbl>").skip(1).map(|table| table.split("</w:tbl>").next().unwrap()).collect();
    let (imprint, tables) = tables.split_last().unwrap();
    assert!(imprint.contains("印发") && tables.len() >= 2, "{}", tables.len());
    for table in tables {
        let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
        assert!(rows[0].contains("<w:tblHeader/>") && !rows[1].contains("<w:tblHeader/>"));
        assert!(rows.iter().all(|row| row.contains("<w:cantSplit/>")));
    }
}

#[test]
fn page_numbers_stand_outside_and_the_date_is_the_periods() {
    let (_county, bytes) = month();
    assert!(part(&bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert_eq!(attribute(&part(&bytes, "word/footer1.xml"), "w:jc", "w:val"), "right");
    assert_eq!(attribute(&part(&bytes, "word/footer2.xml"), "w:jc", "w:val"), "left");
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("2026-06-05T00:00:00Z") && core.contains("云山县统计局"), "{core}");
}

/// The document as LibreOffice lays it out; `None` without it.
fn laid_out(docx: &Path, folder: &Path) -> Option<Vec<u8>> {
    let done = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(docx)
        .output()
        .ok()?;
    let path = folder.join("督查通报.pdf");
    assert!(path.exists(), "LibreOffice: {}", String::from_utf8_lossy(&done.stderr));
    Some(fs::read(path).unwrap())
}

/// The pages' text, with the vertical place of each line.
fn pages(pdf: &Path) -> Option<String> {
    let done = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&done.stdout).into_owned())
}

#[test]
fn libreoffice_lays_it_out() {
    let (county, _) = month();
    let folder = tempfile::tempdir().unwrap();
    let docx = county.path().join("out/2026-05").join(BULLETIN);
    if laid_out(&docx, folder.path()).is_none() {
        println!("without LibreOffice the bulletin is not laid out");
        return;
    }
    let Some(text) = pages(&folder.path().join("督查通报.pdf")) else {
        println!("without pdftotext the bulletin's pages are not read");
        return;
    };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() >= 3, "{text}");
    for (at, page) in pages.iter().enumerate() {
        let squeezed: String = page.split_whitespace().collect();
        assert!(squeezed.contains(&format!("—{}—", at + 1)), "page {} has its number: {page}", at + 1);
    }
    let last: String = pages.last().unwrap().split_whitespace().collect();
    assert!(last.contains("2026年6月5日印发") && last.contains("抄送：县委办公室"), "{last}");
    assert!(last.contains("2026年6月5日"), "the date does not stand on a page without its imprint: {last}");
    let headers = pages.iter().filter(|page| page.contains("名次")).count();
    assert!(headers >= 2, "the ranking's header is repeated where it runs over: {text}");
}
