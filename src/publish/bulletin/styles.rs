//! styles.xml, fontTable.xml and settings.xml: the type of each part of an official document.

use super::measures::*;
use super::xml::fonts;

/// The namespace of all parts.
pub(super) const MAIN: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A style of paragraphs.
struct Style {
    id: &'static str,
    name: &'static str,
    font: &'static str,
    /// In half points.
    size: u32,
    /// Properties of the paragraph, in the order that the schema wants.
    paragraph: String,
    /// Properties of its runs between fonts and size.
    run: &'static str,
}

/// The styles.
pub(super) fn styles() -> String {
    let all: String = all().iter().map(written).collect();
    let (font, latin) = (fonts(FANGSONG), r#"<w:lang w:val="en-US" w:eastAsia="zh-CN"/>"#);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="{SIZE_3}"/><w:szCs w:val="{SIZE_3}"/>{latin}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{all}<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#
    )
}

fn written(style: &Style) -> String {
    let Style { id, name, font, size, paragraph, run } = style;
    let (default, based) = match *id {
        "Normal" => (r#" w:default="1""#, ""),
        _ => ("", r#"<w:basedOn w:val="Normal"/>"#),
    };
    let fonts = fonts(font);
    format!(
        r#"<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>"#
    )
}

/// Lines of a fixed pitch, so many twips before the first.
fn lines(before: u32, pitch: u32) -> String {
    format!(r#"<w:spacing w:before="{before}" w:after="0" w:line="{pitch}" w:lineRule="exact"/>"#)
}

/// The first line in by two characters of 3号.
fn indented() -> String {
    format!(r#"<w:ind w:firstLineChars="200" w:firstLine="{}"/>"#, 2 * CHARACTER)
}

fn flush() -> &'static str {
    r#"<w:ind w:firstLineChars="0" w:firstLine="0"/>"#
}

fn all() -> Vec<Style> {
    let style = |id, name, font, size, paragraph: String| Style { id, name, font, size, paragraph, run: "" };
    // Between Chinese characters and digits official documents leave no gap.
    let body = |before| {
        let together = r#"<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>"#;
        format!("{together}{}", lines(before, LINE))
    };
    let heading = |level: u32, font, id, name| {
        let paragraph = format!(
            r#"<w:keepNext/>{}{}<w:jc w:val="both"/><w:outlineLvl w:val="{}"/>"#,
            body(0),
            indented(),
            level - 1
        );
        Style { run: TIGHT, ..style(id, name, font, SIZE_3, paragraph) }
    };
    let centred = |before, pitch| format!("{}{}<w:jc w:val=\"center\"/>", lines(before, pitch), flush());
    let table = |jc: &str| format!("{}{}<w:jc w:val=\"{jc}\"/>", lines(0, 300), flush());
    let masthead = format!("<w:keepNext/>{}", centred(ABOVE_MASTHEAD, 1200));
    vec![
        Style {
            run: TIGHT,
            ..style("Normal", "Normal", FANGSONG, SIZE_3, format!(r#"{}{}<w:jc w:val="both"/>"#, body(0), indented()))
        },
        Style { run: RED, ..style("Masthead", "发文机关标志", XIAOBIAOSONG, 100, masthead) },
        style(
            "Number",
            "发文字号",
            FANGSONG,
            SIZE_3,
            format!("{RULE}{}{}<w:jc w:val=\"center\"/>", lines(2 * LINE, LINE), flush()),
        ),
        style("Title", "Title", XIAOBIAOSONG, SIZE_2, centred(0, 680)),
        Style { run: TIGHT, ..style("To", "主送机关", FANGSONG, SIZE_3, format!("{}{}", body(LINE), flush())) },
        heading(1, HEITI, "Heading1", "heading 1"),
        heading(2, KAITI, "Heading2", "heading 2"),
        heading(3, FANGSONG, "Heading3", "heading 3"),
        style("Caption", "表题", HEITI, SIZE_SMALL_4, format!("<w:keepNext/>{}", centred(120, 480))),
        style("TableHead", "表头", HEITI, SIZE_5, table("center")),
        style("TableText", "表内文字", SONGTI, SIZE_5, table("left")),
        style("TableFigure", "表内数字", SONGTI, SIZE_5, table("center")),
        style("Note", "表注", SONGTI, SIZE_5, format!("{}{}", lines(40, 320), flush())),
        style("AfterTable", "表后", SONGTI, SIZE_5, format!("{}{}", lines(0, 160), flush())),
        Style { run: TIGHT, ..style("Attachment", "附件说明", FANGSONG, SIZE_3, body(0)) },
        style(
            "Signature",
            "发文机关署名",
            FANGSONG,
            SIZE_3,
            format!("<w:keepNext/><w:keepLines/>{}{}<w:jc w:val=\"right\"/>", body(0), flush()),
        ),
        style("Imprint", "版记", FANGSONG, SIZE_4, format!("{}{}<w:jc w:val=\"left\"/>", lines(0, 480), flush())),
        style("PageNumber", "页码", SONGTI, SIZE_4, format!("{}{}", lines(0, 320), flush())),
    ]
}

/// What a character of 3号 gives up so that 28 of them fill a line of 156 mm: 16 pt become 15.75 pt.
const TIGHT: &str = r#"<w:spacing w:val="-5"/>"#;
const RED: &str = r#"<w:color w:val="FF0000"/>"#;
/// The red rule 4 mm below the number; a line of fixed pitch already holds some of them below its characters.
const RULE: &str = r#"<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="7" w:color="FF0000"/></w:pBdr>"#;

/// The fonts, with what stands in for each where it is not installed: Windows, macOS, 银河麒麟 and Linux.
pub(super) fn font_table() -> String {
    let fonts: String = [
        (XIAOBIAOSONG, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,Noto Serif CJK SC,宋体", "02010601030101010101", "roman"),
        (FANGSONG, "仿宋,FangSong,华文仿宋,STFangsong,方正仿宋_GBK,FandolFang,Noto Serif CJK SC", "02010609030101010101", "roman"),
        (KAITI, "楷体,KaiTi,华文楷体,STKaiti,方正楷体_GBK,FandolKai,Noto Serif CJK SC", "02010609030101010101", "roman"),
        (HEITI, "SimHei,华文黑体,STHeiti,方正黑体_GBK,Noto Sans CJK SC", "02010609060101010101", "swiss"),
        (SONGTI, "SimSun,华文宋体,STSong,方正书宋_GBK,Noto Serif CJK SC", "02010600030101010101", "roman"),
    ]
    .iter()
    .map(|(name, others, panose, family)| {
        format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>"#
        )
    })
    .collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:fonts {MAIN}>{fonts}</w:fonts>")
}

/// Page numbers right and left by turns, Chinese line breaking.
pub(super) fn settings() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:settings {MAIN}><w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}
