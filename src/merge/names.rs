//! Names as they compare: projects, units and leaders, however they are spelled.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Marks that flag a project and are no part of its name.
const MARKS: &[char] = &['★', '☆', '●', '○', '▲', '△', '◆', '◇', '■', '□', '※', '*', '#'];

/// Words at the end of a leader's post, to tell it from a name.
const POSTS: &[&str] = &[
    "书记",
    "县长",
    "区长",
    "市长",
    "镇长",
    "乡长",
    "局长",
    "部长",
    "主任",
    "主席",
    "常委",
    "会长",
    "院长",
    "检察长",
    "政委",
    "组长",
    "同志",
];

/// Words that stand where there is nobody to name.
const NOBODY: &[&str] = &["无", "暂无", "没有", "待定", "未定", "空缺", "/", "-", "--"];

/// Whether a cell says in words that there is nobody to name.
pub(crate) fn is_nobody(text: &str) -> bool {
    NOBODY.contains(&&*squeezed_in(text))
}

/// Whether a text compares as it stands: nothing in it is wide, white, large or of another form.
fn is_squeezed(text: &str) -> bool {
    let is_own = |c| matches!(c, '0'..='9' | 'a'..='z' | '(' | ')' | '-' | '.' | ',' | '/' | '%' | '+' | '_' | '、' | '\u{4E00}'..='\u{9FFF}');
    text.chars().all(is_own)
}

/// Text without white space, full width made half, brackets and dashes of one form; nearly always as it stands.
pub(crate) fn squeezed_in(text: &str) -> Cow<'_, str> {
    if is_squeezed(text) {
        return Cow::Borrowed(text);
    }
    let plain = text.nfkc().filter(|c| !c.is_whitespace() && !c.is_control());
    let one_form = plain.map(|c| match c {
        '【' | '〔' | '[' | '{' => '(',
        '】' | '〕' | ']' | '}' => ')',
        '—' | '–' | '－' | '―' => '-',
        '“' | '”' | '「' | '」' | '《' | '》' => '"',
        other => other,
    });
    Cow::Owned(one_form.flat_map(char::to_lowercase).collect())
}

/// The same, as a text of its own.
pub(crate) fn squeezed(text: &str) -> String {
    squeezed_in(text).into_owned()
}

/// A project's name as it compares: squeezed, without leading marks.
pub(crate) fn project_in(name: &str) -> Cow<'_, str> {
    match squeezed_in(name) {
        Cow::Borrowed(name) => Cow::Borrowed(name.trim_start_matches(MARKS)),
        Cow::Owned(name) => Cow::Owned(name.trim_start_matches(MARKS).to_owned()),
    }
}

/// The same, as a text of its own.
pub(crate) fn project(name: &str) -> String {
    project_in(name).into_owned()
}

/// A platform code as it compares; `None` for words that stand where a code is missing.
pub(crate) fn code_in(text: &str) -> Option<Cow<'_, str>> {
    let mut code = squeezed_in(text);
    if code.chars().any(char::is_lowercase) {
        code = Cow::Owned(code.to_uppercase());
    }
    // Codes of the approval platform have 24 characters; older ones are shorter, 无 and 待办 none.
    (code.chars().filter(char::is_ascii_digit).count() >= 6).then_some(code)
}

/// The same, as a text of its own.
pub(crate) fn code(text: &str) -> Option<String> {
    code_in(text).map(Cow::into_owned)
}

/// A unit's name as it compares: without 盖章, the county's name before it, 人民政府 after it.
pub(crate) fn unit(name: &str) -> String {
    let text = squeezed(name);
    let text = text.split('(').next().filter(|head| !head.is_empty()).unwrap_or(&text);
    let text = without_county(text);
    for (long, short) in [
        ("镇人民政府", "镇"),
        ("镇政府", "镇"),
        ("乡人民政府", "乡"),
        ("乡政府", "乡"),
        ("街道办事处", "街道"),
        ("街道办", "街道"),
    ] {
        if let Some(stem) = text.strip_suffix(long) {
            return format!("{stem}{short}");
        }
    }
    text.to_owned()
}

/// The county that stands before a unit's name, where [`unit`] leaves it out: 云山县 of 云山县发改局.
pub(crate) fn county(name: &str) -> Option<String> {
    let text = squeezed(name);
    let text = text.split('(').next().filter(|head| !head.is_empty()).unwrap_or(&text);
    let bare = without_county(text);
    let county = &text[..text.len() - bare.len()];
    (county.chars().count() > 1).then(|| county.to_owned())
}

/// 云山县发改局 and 县发改局 as 发改局; what would leave less than two characters stays.
fn without_county(text: &str) -> &str {
    let long_enough = |rest: &&str| rest.chars().count() >= 2;
    let bare = text.char_indices().take(4).find(|(_, c)| *c == '县').map(|(at, c)| &text[at + c.len_utf8()..]);
    bare.filter(long_enough).unwrap_or(text)
}

/// Whether a unit is a town or a subdistrict by its name.
pub(crate) fn is_town(name: &str) -> bool {
    let name = unit(name);
    name.chars().count() >= 2 && ["镇", "乡", "街道"].iter().any(|end| name.ends_with(end))
}

/// The town that free text starts with or names: 城关镇 of 城关镇东街社区.
pub(crate) fn town_in(text: &str) -> Option<String> {
    let text = squeezed(text);
    let text = without_county(&text);
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.find_map(leading_town)
}

/// The shortest town's name (at most five characters and its kind) that a word starts with.
fn leading_town(word: &str) -> Option<String> {
    let ends = word.char_indices().skip(1).take(6);
    ends.map(|(at, _)| at).find_map(|at| {
        let kind = ["街道", "镇", "乡"].into_iter().find(|kind| word[at..].starts_with(kind))?;
        Some(word[..at + kind.len()].to_owned())
    })
}

/// The leaders that a cell names, each once, in its order.
pub(crate) fn leaders(text: &str) -> Vec<String> {
    let plain: String = text.nfkc().collect();
    let mut names: Vec<String> = Vec::new();
    for part in plain.split(['、', ',', ';', '/', '|', '\n', '\r']) {
        // A bracket holds a post or a remark.
        let part = part.split('(').next().filter(|part| !is_nobody(part)).unwrap_or_default();
        names.extend(people(part));
    }
    let unique: Vec<String> = names
        .iter()
        .enumerate()
        .filter(|(at, name)| !names[..*at].contains(name))
        .map(|(_, name)| name.clone())
        .collect();
    let is_post = |name: &String| POSTS.iter().any(|post| name.ends_with(post));
    match unique.iter().all(is_post) {
        true => unique,
        false => unique.into_iter().filter(|name| !is_post(name)).collect(),
    }
}

/// The people of a part that has no separator but white space.
fn people(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let is_name = |word: &&str| (2..=4).contains(&word.chars().count());
    match words.len() {
        0 => vec![],
        _ if words.iter().all(is_name) => words.iter().map(|word| (*word).to_owned()).collect(),
        // 甲 一: a name of two characters set wide.
        _ => vec![words.concat()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_compare_without_marks_and_widths() {
        assert_eq!(project("★ 城关镇污水处理厂（一期）"), project("城关镇污水处理厂【一期】"));
        assert_ne!(project("污水处理厂（一期）"), project("污水处理厂（二期）"));
        assert_eq!(code("2020－411522－48－01－012345"), Some("2020-411522-48-01-012345".into()));
        assert_eq!(code("待办"), None);
    }

    #[test]
    fn what_stands_as_it_compares_is_found_so_the_long_way_too() {
        let long_way =
            |c: char| c.nfkc().filter(|c| !c.is_whitespace() && !c.is_control()).flat_map(char::to_lowercase);
        for c in ('\0'..='\u{FFFF}').filter(|c| is_squeezed(c.encode_utf8(&mut [0; 4]))) {
            assert!(long_way(c).eq([c]), "{c:?}");
            assert!(!MARKS.contains(&c) && squeezed_in(&format!("{c} ")) == c.to_string(), "{c:?}");
        }
    }

    #[test]
    fn units_compare_without_the_county() {
        for spelled in ["云山县发改局", "县发改局", "发改局", "发改局（盖章）", " 发 改 局 "] {
            assert_eq!(unit(spelled), "发改局", "{spelled}");
        }
        assert_eq!(unit("云山县城关镇人民政府"), "城关镇");
        assert_eq!(unit("东城街道办事处"), "东城街道");
        assert!(is_town("柳河乡") && is_town("东城街道办事处") && !is_town("县乡村振兴局"));
    }

    #[test]
    fn a_town_is_found_in_free_text() {
        assert_eq!(town_in("城关镇东街社区").as_deref(), Some("城关镇"));
        assert_eq!(town_in("云山县柳河乡三道沟村").as_deref(), Some("柳河乡"));
        assert_eq!(town_in("东城街道").as_deref(), Some("东城街道"));
        assert_eq!(town_in("县域").as_deref(), None);
        assert_eq!(town_in("镇区").as_deref(), None);
    }

    #[test]
    fn leaders_come_one_by_one() {
        for text in
            ["甲一、乙二三", "甲一，乙二三", "甲一 乙二三", "甲一（县长）；乙二三", "甲一/乙二三", "县长 甲一\n乙二三"]
        {
            assert_eq!(leaders(text), ["甲一", "乙二三"], "{text}");
        }
        assert_eq!(leaders("甲 一"), ["甲一"]);
        assert_eq!(leaders("县长"), ["县长"]);
        for nobody in [" ", "无", "暂 无", "—", "／"] {
            assert_eq!(leaders(nobody), [""; 0], "{nobody}");
        }
    }
}
