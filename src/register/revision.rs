//! What a file's name says of its being a correction: 更正, 修改版, 第二次, V2.

use std::sync::LazyLock;

use regex::Regex;

/// Words of a report that takes another's place.
const CORRECTS: [&str; 12] =
    ["更正", "修改", "修订", "订正", "改正", "修正", "重报", "重发", "重新报送", "重新上报", "重新填报", "更新"];
/// Words of a report that comes after another, and may add to it or take its place.
const COMES_LATER: [&str; 6] = ["补报", "补充", "终稿", "定稿", "最终", "最新"];

/// A version's number: 第二次, 第3版, V2, v2.1.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"第([一二三四五六七八九]|\d{1,2})[次稿版]|(?:^|[^a-z])v(\d{1,2})(?:[^0-9a-z]|$)")
        .expect("the pattern is a constant that the tests compile")
});

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Revision {
    /// Its place among the versions: 0 is the first, or says nothing.
    pub(super) ordinal: u32,
    /// Whether it says that it takes another's place.
    pub(super) corrects: bool,
}

impl Revision {
    /// Of a file's name, folders and containers included only as far as they are its own.
    pub(super) fn of(name: &str) -> Self {
        let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let corrects = says(&CORRECTS);
        let number = NUMBERED.captures(&name).and_then(|found| {
            let digits = found.get(1).or(found.get(2))?.as_str();
            digits
                .parse()
                .ok()
                .or_else(|| "一二三四五六七八九".chars().position(|c| digits.starts_with(c)).map(|at| at as u32 + 1))
        });
        // The second correction is the third version; the second version is the first correction.
        let ordinal = match (number, corrects || says(&COMES_LATER)) {
            (Some(number), true) => number,
            (Some(number), false) => number.saturating_sub(1),
            (None, later) => later.into(),
        };
        Self { ordinal, corrects }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_versions_apart() {
        let ordinal = |name| Revision::of(name).ordinal;
        for first in
            ["城关镇重点项目.xlsx", "城关镇重点项目V1.xlsx", "城关镇第一次.xls", "更正/城关镇.xlsx", "VIP2项目.xlsx"]
        {
            assert_eq!(ordinal(first), 0, "{first}");
        }
        for second in
            ["城关镇(更正).xlsx", "城关镇-修改版.xlsx", "城关镇v2.xlsx", "第二次城关镇.xlsx", "城关镇（补报）.xls"]
        {
            assert_eq!(ordinal(second), 1, "{second}");
        }
        assert_eq!(ordinal("城关镇第二次更正.xlsx"), 2);
        assert_eq!(ordinal("城关镇第3版.xlsx"), 2);
    }

    #[test]
    fn an_addition_does_not_say_that_it_corrects() {
        assert!(Revision::of("城关镇（重发）.xls").corrects);
        assert!(!Revision::of("城关镇（补报）.xls").corrects);
        assert!(!Revision::of("城关镇V2.xls").corrects);
    }
}
