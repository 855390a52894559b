//! 得分依据 as CSV, where a ranking has more groups than its sheets list: every term and entry of every group.

use std::io::Write;
use std::ops::Range;

use super::PublishError;
use super::lines::{self, Line};
use super::names::ranking_csv_names;
use super::report::Report;
use super::scores::{EVIDENCE, evidence_of, scored};
use crate::profile::ScorePlan;
use crate::score::Scored;

/// The scores of a ranking of which the workbook takes apart both ends, for a file of its own.
pub struct ScoreCsv<'a> {
    file: String,
    plan: &'a ScorePlan,
    scores: Vec<&'a Scored>,
}

/// The files of a report's scores, where its workbook takes only both ends apart.
pub fn score_csvs<'a>(report: &Report<'a>) -> Vec<ScoreCsv<'a>> {
    let Some(book) = report.book() else { return Vec::new() };
    let large = &report.profile.county.large;
    let found: Vec<_> = scored(report).filter(|(ranking, _)| large.by_ends(ranking.rows.len())).collect();
    let titles: Vec<String> = found.iter().map(|(ranking, _)| format!("{}得分依据", ranking.title)).collect();
    let files = ranking_csv_names(book, report.period, titles.iter().map(String::as_str));
    let of = |((ranking, plan), file): ((&'a crate::rank::Ranking, &'a ScorePlan), String)| {
        let scores = ranking.rows.iter().filter_map(|row| row.score.as_ref()).collect();
        ScoreCsv { file, plan, scores }
    };
    found.into_iter().zip(files).map(of).collect()
}

impl ScoreCsv<'_> {
    /// The files by name, each with the groups it has.
    pub fn parts(&self) -> Vec<(String, Range<usize>)> {
        lines::parts(&self.file, self.scores.len())
    }

    /// Writes the lines of some groups.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&self, part: Range<usize>, to: &mut dyn Write) -> Result<(), PublishError> {
        let of = |at: usize, line: &mut Line| {
            for (row, cells) in evidence_of(self.plan, self.scores[at]).iter().enumerate() {
                if row > 0 {
                    line.end();
                }
                cells.iter().for_each(|cell| line.cell(cell));
            }
        };
        lines::write(EVIDENCE.into_iter(), part, of, to).map_err(|error| PublishError::Csv(error.into()))
    }
}
