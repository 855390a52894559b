//! Sheet 认定: which project of an earlier period goes on under another name, in parts, or in another book.

use std::collections::BTreeMap;

use super::cell::compared;
use super::decisions::{book, book_named};
use super::fault::SettingsFault;
use super::form::{Form, choice, heading, required};
use super::sheet::{Sheet, SheetRow};
use crate::finding::Place;
use crate::period::Period;
use crate::profile::{Profile, advice};
use crate::say;

/// The words of 关系.
const RELATIONS: [&str; 4] = ["更名", "拆分", "合并", "转入"];

/// Sheet 认定.
pub const LINKS: Form = Form {
    sheet: "认定",
    others: &["项目认定", "沿革"],
    columns: &[
        required("账册", &["台账", "账册名称", "现账册"]),
        required("原名称", &["原项目名称", "原项目"]),
        heading("原代码", &["原项目代码"]),
        heading("原账册", &["转出账册"]),
        required("现名称", &["现项目名称", "现项目"]),
        heading("现代码", &["现项目代码"]),
        choice("关系", &["类型", "认定结果"], &RELATIONS),
        heading("生效时间", &["生效", "认定时间"]),
        required("依据文件", &["依据", "文件", "文号"]),
    ],
    note: "项目改名、拆分、合并、从别的账册转入，每项一行，以后各期照此接续。拆分成几个的写几行，原名称相同；几个合并的写几行，现名称相同；\
           转入的要写原账册，账册写转入的那一本。例：重点建设项目｜城关镇污水厂｜｜｜城关镇污水处理厂一期｜｜更名｜2026-04｜云山发改〔2026〕12号",
};

/// How two names belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// 更名: the same project under another name.
    Renamed,
    /// 拆分: a part of the old project.
    Split,
    /// 合并: one of the old projects that became the new one.
    Joined,
    /// 转入: the same project, come from another book.
    Moved,
}

impl Relation {
    /// The word of the settings.
    pub fn title(self) -> &'static str {
        match self {
            Self::Renamed => "更名",
            Self::Split => "拆分",
            Self::Joined => "合并",
            Self::Moved => "转入",
        }
    }
}

/// A row of sheet 认定.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The book in which the project stands now.
    pub book: String,
    /// The book in which it stood: another one for 转入.
    pub from_book: String,
    /// Its old name.
    pub old: String,
    /// Its old platform code, where it had one.
    pub old_code: Option<String>,
    /// Its name now.
    pub new: String,
    /// Its platform code now, where it has one.
    pub new_code: Option<String>,
    /// How the two belong together.
    pub relation: Relation,
    /// First period it holds for.
    pub from: Option<Period>,
    /// The document that decides.
    pub document: String,
    /// Where it stands in the settings.
    pub place: Place,
}

impl Link {
    /// Whether it holds for a period.
    pub fn holds(&self, period: Period) -> bool {
        period.lies_within(self.from, None)
    }
}

/// What sheet 认定 states; what cannot be true together is a fault.
pub(super) fn links(sheet: &Sheet, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut rows = BTreeMap::new();
    for row in sheet.rows() {
        let Some(link) = link(&row, profile, faults) else { continue };
        if let Some(other) = links.iter().find(|other| contradict(other, &link)) {
            let message = say!(
                "settings-links-contradict",
                row = other.place.row().unwrap_or_default(),
                old = link.old,
                one = other.relation.title(),
                first = other.new,
                other = link.relation.title(),
                second = link.new
            );
            faults.push(row.fault("现名称", message));
            continue;
        }
        if rows.insert((link.book.clone(), compared(&link.old), compared(&link.new)), ()).is_some() {
            faults.push(row.fault("现名称", say!("settings-link-twice")));
            continue;
        }
        links.push(link);
    }
    links
}

/// Whether two rows say different things of one project: it cannot be two projects without having been
/// split, nor one project with two origins without having been joined.
fn contradict(a: &Link, b: &Link) -> bool {
    let one_old = a.from_book == b.from_book && compared(&a.old) == compared(&b.old);
    let one_new = a.book == b.book && compared(&a.new) == compared(&b.new);
    let both = |relation: Relation| a.relation == relation && b.relation == relation;
    let at_once = a.from == b.from;
    at_once && ((one_old && !one_new && !both(Relation::Split)) || (one_new && !one_old && !both(Relation::Joined)))
}

fn link(row: &SheetRow, profile: &Profile, faults: &mut Vec<SettingsFault>) -> Option<Link> {
    let book = book(row, profile, faults);
    let (old, new) = (row.needed("原名称", faults), row.needed("现名称", faults));
    let (old_code, new_code) = (row.text("原代码", faults), row.text("现代码", faults));
    let relation = relation(row, faults);
    let named = row.text("原账册", faults);
    let from_book = named.as_deref().and_then(|named| book_named(row, "原账册", named, profile, faults));
    let from = row.period("生效时间", faults);
    let document = row.needed("依据文件", faults);
    let (relation, book) = (relation?, book?);
    if relation == Relation::Moved && named.is_none() {
        faults.push(row.fault("原账册", say!("settings-link-from")));
        return None;
    }
    let from_book = if named.is_some() { from_book? } else { book };
    let (old, new) = (old?, new?);
    let stays = from_book.id == book.id;
    if stays && (relation == Relation::Moved || compared(&old) == compared(&new) && old_code == new_code) {
        let message = say!("settings-link-same");
        faults.push(row.fault("现名称", message));
        return None;
    }
    Some(Link {
        book: book.id.clone(),
        from_book: from_book.id.clone(),
        old,
        old_code,
        new,
        new_code,
        relation,
        from,
        document: document?,
        place: row.place("现名称"),
    })
}

fn relation(row: &SheetRow, faults: &mut Vec<SettingsFault>) -> Option<Relation> {
    let written = row.needed("关系", faults)?;
    match compared(&written).as_str() {
        "更名" | "改名" => Some(Relation::Renamed),
        "拆分" => Some(Relation::Split),
        "合并" | "打包" => Some(Relation::Joined),
        "转入" | "转化" => Some(Relation::Moved),
        _ => {
            faults.push(
                row.fault(
                    "关系",
                    say!("settings-no-relation", advice = advice(&written, &RELATIONS), written = written),
                ),
            );
            None
        }
    }
}
