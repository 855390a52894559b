//! 得分依据 as CSV, where a ranking has more groups than its sheets list: every term and entry of every group.

use std::io::Write;
use std::ops::Range;

use super::PublishError;
use super::lines::{self, Line};
use super::report::Report;
use super::scores::{EVIDENCE, evidence_of, scored};
use crate::profile::ScorePlan;
use crate::rank::Ranking;
use crate::score::Scored;

/// The scores of a ranking of which the workbook takes apart both ends, for a file of its own.
pub struct ScoreCsv<'a> {
    file: String,
    plan: &'a ScorePlan,
    scores: Vec<&'a Scored>,
}

/// The files of a report's scores, where its workbook takes only both ends apart.
pub fn score_csvs<'a>(report: &Report<'a>) -> Vec<ScoreCsv<'a>> {
    let of = |(ranking, plan): (&'a Ranking, &'a ScorePlan)| {
        let file = report.by_ends().find(|by_ends| std::ptr::eq(by_ends.ranking, ranking))?.evidence?;
        Some(ScoreCsv { file, plan, scores: ranking.rows.iter().filter_map(|row| row.score.as_ref()).collect() })
    };
    scored(report).filter_map(of).collect()
}

impl ScoreCsv<'_> {
    /// The files by name, each with the groups it has.
    pub fn parts(&self) -> Vec<(String, Range<usize>)> {
        // As many as [`evidence_of`] gives.
        lines::parts_of(&self.file, self.scores.iter().map(|scored| scored.terms.len() + scored.entries.len()))
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
