//! 得分依据 as CSV, where a ranking has more groups than its sheets list: every term and entry of every group.

use super::lines::Listing;
use super::report::Report;
use super::scores::{EVIDENCE, evidence_of, scored};
use crate::profile::ScorePlan;
use crate::rank::Ranking;
use crate::score::Scored;

/// The files of a report's scores, where its workbook takes only both ends apart.
pub fn score_csvs<'a>(report: &Report<'a>) -> Vec<Listing<'a>> {
    let of = |(ranking, plan): (&'a Ranking, &'a ScorePlan)| {
        let file = report.by_ends().find(|by_ends| std::ptr::eq(by_ends.ranking, ranking))?.evidence?;
        let scores: Vec<&Scored> = ranking.rows.iter().filter_map(|row| row.score.as_deref()).collect();
        // As many as [`evidence_of`] gives.
        let lines: Vec<usize> = scores.iter().map(|scored| scored.terms.len() + scored.entries.len()).collect();
        Some(Listing::new(&file, EVIDENCE.into_iter(), lines.into_iter(), move |at, line| {
            for (row, cells) in evidence_of(plan, scores[at]).iter().enumerate() {
                if row > 0 {
                    line.end();
                }
                cells.iter().for_each(|cell| line.cell(cell));
            }
        }))
    };
    scored(report).filter_map(of).collect()
}
