//! 督查通报.docx: the month as an official document after GB/T 9704-2012.
//!
//! Takes a [`BulletinReport`], gives a [`Bulletin`]. The wording comes from the office's template, the figures from
//! the same measures as the workbooks, in phrases that [`words`](super::words) makes; the frame around it
//! (masthead, number, addressees, date, imprint) from `[bulletin]` of `county.toml`.
//!
//! The same report gives the same bytes: it is dated by its period and not by a clock.

mod body;
mod context;
mod count;
mod docx;
mod figures;
mod frame;
mod letter;
mod markup;
mod measures;
mod projects;
mod styles;
mod tables;
mod widths;
mod xml;

use std::collections::BTreeMap;

use self::context::Context;
use self::letter::Letter;
use self::markup::Block;
use super::PublishError;
use crate::merge::Facts;
use crate::period::Period;
use crate::profile::Profile;
use crate::rank::Ranking;
use crate::register::Report;
use crate::template::{BULLETIN as TEMPLATE, Templates};

/// The document's name in `out/`.
pub const BULLETIN: &str = "督查通报.docx";

/// What a bulletin is made from.
#[derive(Debug, Clone, Copy)]
pub struct BulletinReport<'a> {
    /// Titles, measures, what the county states of its bulletin.
    pub profile: &'a Profile,
    /// The office's wording.
    pub templates: &'a Templates,
    /// The period.
    pub period: Period,
    /// The county: 云山县; empty where the office has not said.
    pub county: &'a str,
    /// The merged rows of all books.
    pub facts: &'a BTreeMap<String, Facts>,
    /// All rankings.
    pub rankings: &'a [Ranking],
    /// What the units owed and how it came; empty where no units report.
    pub reports: &'a [Report],
    /// What goes with it: the names of the ranking workbooks, without their ending, the main one first.
    pub attachments: &'a [String],
    /// The issue's number in its series of the year.
    pub issue: u32,
}

/// The document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulletin {
    /// The .docx.
    pub bytes: Vec<u8>,
    /// Its number in its series of the year.
    pub issue: u32,
    /// That as it is written: 云督〔2026〕5号.
    pub number: String,
    /// How many characters its text has, tables included, as Word counts them.
    pub characters: usize,
    /// What the operator should know of it, a sentence each.
    pub notices: Vec<String>,
}

/// Makes the bulletin.
///
/// # Errors
///
/// A template that asks for what is not there, or gives what is no document; each with what to do.
pub fn bulletin(report: &BulletinReport) -> Result<Bulletin, PublishError> {
    let plan = &report.profile.county.bulletin;
    let by = (report.period, report.issue);
    let letter = Letter::new(plan, &report.profile.county.reports, report.county, by);
    let text = report.templates.render(TEMPLATE, &Context::new(report, &letter))?;
    let blocks = markup::blocks(&text).map_err(|fault| {
        PublishError::Markup(format!("{} 填好数据后的{fault}", report.templates.shown_as(TEMPLATE)))
    })?;
    let characters = blocks.iter().map(length).sum();
    let title =
        blocks.iter().find_map(|block| if let Block::Title(lines) = block { Some(lines.concat()) } else { None });
    let bytes = docx::docx(&title.unwrap_or_default(), &body::body(&blocks, &letter), &letter)?;
    let mut notices = Vec::new();
    if characters > plan.most_characters {
        notices.push(format!(
            "{BULLETIN} 共{characters}字，超过{}字：可在 county.toml 的 [bulletin] 中减少列表或调小 most_rows，或删改模板",
            plan.most_characters
        ));
    }
    Ok(Bulletin { bytes, issue: report.issue, number: letter.number, characters, notices })
}

fn length(block: &Block) -> usize {
    match block {
        Block::Title(lines) => lines.iter().map(|line| count::characters(line)).sum(),
        Block::Heading(_, text) | Block::Paragraph(text) | Block::Note(text) => count::characters(&text.plain()),
        Block::Attachment(name) => count::characters(name),
        Block::Table(table) => {
            let cells = table.caption.iter().chain(&table.header).chain(table.rows.iter().flatten());
            cells.map(|cell| count::characters(cell)).sum()
        }
    }
}
