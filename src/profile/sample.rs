//! A county of one book and one ranking, as small as a profile can be, for tests of what may be wrong with one.

use super::{Profile, ProfileErrors, ProfileFile};

/// The book.
pub(crate) const BOOK: &str = r#"
id = "roads"
title = "道路"
row = "一条路"
words = ["道路"]
subject = "name"
[[field]]
id = "name"
title = "名称"
kind = "text"
spellings = ["名称"]
[[measure]]
id = "count"
title = "个数"
measured_in = "count"
numerator = "COUNT(*)"
words = "个数"
"#;

/// The county's choices.
pub(crate) const COUNTY: &str = r#"
whole = "全县"
[[schedule]]
id = "year"
kind = "months"
words = "已过月数÷12"
[[grade]]
name = "优"
from = 0.0
colour = "92D050"
[[grade]]
name = "差"
colour = "FF0000"
[[light]]
name = "绿"
colour = "92D050"
[[ranking]]
id = "towns"
title = "乡镇排名"
group_title = "乡镇"
book = "roads"
group = "town_group"
measures = ["count"]
by = "count"
tie_words = "并列"
"#;

/// The profile of both, or what is wrong.
pub(crate) fn load(book: &str, county: &str) -> Result<Profile, ProfileErrors> {
    load_all(&[("roads.toml", book), ("county.toml", county)])
}

/// The profile of files by name.
pub(crate) fn load_all(files: &[(&str, &str)]) -> Result<Profile, ProfileErrors> {
    let file = |(name, text): &(&str, &str)| ProfileFile {
        name: (*name).to_owned(),
        shown: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    Profile::of_files(&files.iter().map(file).collect::<Vec<_>>())
}
