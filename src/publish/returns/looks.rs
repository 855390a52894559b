//! How the cells of the added sheets look, as formats of the workbook that they are added to.

use std::collections::BTreeMap;

use super::styles::{Kind, Styles, colour};
use crate::finding::Level;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// The title over a sheet.
    Title,
    /// A sentence over or under a table.
    Sentence,
    /// A sentence that must not be passed over.
    Strong,
    /// The same where nothing has to be mended.
    Calm,
    /// A column's name.
    Header,
    /// A row's name.
    Label,
    /// Text in a table.
    Text,
    /// Short text in a table.
    Centre,
    /// Small text in a table.
    Small,
    /// A level's word on its colour.
    Level(Level),
    /// Text that leads to a cell.
    Link,
    /// What the unit fills in.
    Answer,
}

const ALL: [Look; 14] = [
    Look::Title,
    Look::Sentence,
    Look::Strong,
    Look::Calm,
    Look::Header,
    Look::Label,
    Look::Text,
    Look::Centre,
    Look::Small,
    Look::Level(Level::Error),
    Look::Level(Level::Query),
    Look::Level(Level::Note),
    Look::Link,
    Look::Answer,
];

/// The formats of all looks in one workbook.
#[derive(Debug)]
pub(super) struct Looks(BTreeMap<Look, usize>);

impl Looks {
    /// Adds the formats to a workbook's styles.
    pub(super) fn add(styles: &mut Styles) -> Self {
        let side = |name: &str| format!("<{name} style=\"thin\"><color rgb=\"FF7F7F7F\"/></{name}>");
        let sides: String = ["left", "right", "top", "bottom"].into_iter().map(side).collect();
        let framed = styles.add(Kind::Border, &format!("<border>{sides}<diagonal/></border>"));
        let bare = styles.add(Kind::Border, "<border><left/><right/><top/><bottom/><diagonal/></border>");
        let format = |look: Look| {
            let font = styles.add(Kind::Font, &font(look));
            let fill = fill(look).map_or(0, |colour| {
                let pattern = format!("<fgColor rgb=\"{colour}\"/><bgColor indexed=\"64\"/>");
                styles.add(
                    Kind::Fill,
                    &format!("<fill><patternFill patternType=\"solid\">{pattern}</patternFill></fill>"),
                )
            });
            let in_table = !matches!(look, Look::Title | Look::Sentence | Look::Strong | Look::Calm);
            let border = if in_table { framed } else { bare };
            let (across, indent) = match look {
                Look::Title | Look::Header | Look::Centre | Look::Level(_) => ("center", 0),
                Look::Text | Look::Link | Look::Answer | Look::Label => ("left", 1),
                _ => ("left", 0),
            };
            let down = if look == Look::Sentence { "top" } else { "center" };
            let xml = format!(
                "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" \
                 applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\"><alignment horizontal=\"{across}\" \
                 vertical=\"{down}\" wrapText=\"1\" indent=\"{indent}\"/></xf>"
            );
            (look, styles.add(Kind::Format, &xml))
        };
        Self(ALL.into_iter().map(format).collect())
    }

    /// The format of a look.
    pub(super) fn format(&self, look: Look) -> usize {
        self.0.get(&look).copied().unwrap_or(0)
    }
}

fn font(look: Look) -> String {
    let (bold, size, colour, name) = match look {
        Look::Title => ("<b/>", 16, "FF000000", "宋体"),
        Look::Strong => ("<b/>", 11, "FF9C0006", "宋体"),
        Look::Calm => ("<b/>", 11, "FF1F4E9E", "宋体"),
        Look::Sentence => ("", 10, "FF000000", "宋体"),
        Look::Header | Look::Label => ("", 10, "FF000000", "黑体"),
        Look::Small => ("", 8, "FF7F7F7F", "宋体"),
        Look::Link => ("<u/>", 10, "FF1F4E9E", "宋体"),
        Look::Text | Look::Centre | Look::Level(_) | Look::Answer => ("", 10, "FF000000", "宋体"),
    };
    format!(
        "<font>{bold}<sz val=\"{size}\"/><color rgb=\"{colour}\"/><name val=\"{name}\"/><family val=\"3\"/><charset val=\"134\"/></font>"
    )
}

fn fill(look: Look) -> Option<&'static str> {
    match look {
        Look::Header | Look::Label => Some("FFDCE6F1"),
        Look::Level(level) => Some(colour(level)),
        Look::Answer => Some("FFFFFFF0"),
        _ => None,
    }
}
