//! Decides which column is which field, all columns together.
//!
//! Takes a header's headings and a sample of what stands below each, gives an assignment: the fits of
//! words and of contents multiplied, best total first (Hungarian method), never one by one.

use std::sync::Arc;

use pathfinding::prelude::{Matrix, kuhn_munkres};

use super::contents::{Contents, Sample};
use super::heading::Heading;
use super::vocabulary::{Fit, LEAST_FIT, Meaning, Vocabulary};
use crate::profile::{Book, Kind};

/// What was decided about one column.
#[derive(Debug, Clone)]
pub(super) struct Assigned {
    pub(super) column: u32,
    pub(super) heading: Arc<Heading>,
    /// The field's index in its book.
    pub(super) field: Option<usize>,
    /// The fit of the decision.
    pub(super) fit: Fit,
    /// Whether the book knows the heading as none of its fields.
    pub(super) stranger: bool,
    /// Another field that fits nearly as well.
    pub(super) rival: Option<usize>,
    pub(super) contents: Contents,
}

/// Two fits closer than this leave a doubt.
const TOO_CLOSE: Fit = 0.04;

/// Assigns the columns below a header to the fields of a book.
pub(super) fn assign(
    headings: &[(u32, Arc<Heading>)],
    samples: &[Sample],
    vocabulary: &Vocabulary,
    book_index: usize,
    book: &Book,
) -> Vec<Assigned> {
    let fits: Vec<Vec<(Meaning, Fit)>> = headings
        .iter()
        .zip(samples)
        .map(|((_, heading), sample)| weighed(&vocabulary.recalled(book_index, heading), heading, sample, book))
        .collect();
    let chosen = best_together(&fits, book.fields.len());
    headings
        .iter()
        .zip(samples)
        .zip(fits.iter().zip(&chosen))
        .map(|(((column, heading), sample), (fits, &field))| {
            let fit = field.map_or(0.0, |field| fit_of(fits, Meaning::Field(field)));
            let rival = fits.iter().filter(|(_, other)| fit > 0.0 && fit < 0.95 && fit - other < TOO_CLOSE).find_map(
                |(meaning, _)| match meaning {
                    Meaning::Field(other) if Some(*other) != field && !chosen.contains(&Some(*other)) => Some(*other),
                    _ => None,
                },
            );
            let stranger = fit_of(fits, Meaning::Ignored) >= LEAST_FIT || is_serial(&heading.own);
            let heading = heading.clone();
            Assigned { column: *column, heading, field, fit, stranger, rival, contents: sample.contents }
        })
        .collect()
}

/// The fits of words, each multiplied with how well the contents suit the field.
fn weighed(meanings: &[(Meaning, Fit)], heading: &Heading, sample: &Sample, book: &Book) -> Vec<(Meaning, Fit)> {
    meanings
        .iter()
        .map(|&(meaning, fit)| match meaning {
            Meaning::Field(index) => {
                let kind = book.fields[index].kind;
                let words = if heading.unit.is_some() && kind != Kind::Amount || heading.percent && kind == Kind::Amount
                {
                    0.8
                } else {
                    1.0
                };
                // What is spelt to the letter is believed even where its contents are odd: they get findings.
                let suit = match (fit > 0.95, kind) {
                    (true, _) => sample.suit(kind).max(0.7),
                    // Words that are merely alike name no text where figures stand.
                    (false, Kind::Text | Kind::Choice) if fit < 0.9 && sample.contents.is_mostly_figures() => 0.6,
                    (false, _) => sample.suit(kind),
                };
                // A column of another month stands back behind one of the month reported.
                let timely = if heading.stale.is_some() { 0.85 } else { 1.0 };
                (meaning, fit * suit * words * timely)
            }
            Meaning::Ignored => (meaning, fit),
        })
        .filter(|(_, fit)| *fit >= LEAST_FIT * 0.8)
        .collect()
}

/// 序号 and its like, which every table may have.
fn is_serial(words: &str) -> bool {
    words.is_empty() || words.starts_with('序') || ["编号", "no", "no.", "号"].contains(&words)
}

fn fit_of(fits: &[(Meaning, Fit)], meaning: Meaning) -> Fit {
    fits.iter().filter(|(known, _)| *known == meaning).map(|(_, fit)| *fit).fold(0.0, f64::max)
}

/// The field of each column such that the sum of all fits is greatest; `None` for strangers.
fn best_together(fits: &[Vec<(Meaning, Fit)>], fields: usize) -> Vec<Option<usize>> {
    let weighed: Vec<Vec<(Meaning, i64)>> = fits.iter().map(|fits| weights(fits)).collect();
    best_apart(&weighed).unwrap_or_else(|| {
        // Each column may also be left out: a place of its own behind the fields, worth its fit as a
        // known stranger.
        let mut weights = Matrix::new(fits.len(), fields + fits.len(), 0i64);
        for (at, weighed) in weighed.iter().enumerate() {
            for (meaning, weight) in weighed {
                let place = match meaning {
                    Meaning::Field(field) => *field,
                    Meaning::Ignored => fields + at,
                };
                weights[(at, place)] = *weight;
            }
        }
        let (_, places) = kuhn_munkres(&weights);
        let is_evidence = |at: usize, place: usize| weights[(at, place)] > 0;
        let field = |(at, &place)| (place < fields && is_evidence(at, place)).then_some(place);
        places.iter().enumerate().map(field).collect()
    })
}

/// What each meaning weighs, by its best fit; meanings that weigh nothing are left out.
fn weights(fits: &[(Meaning, Fit)]) -> Vec<(Meaning, i64)> {
    let mut weights: Vec<(Meaning, i64)> = Vec::with_capacity(fits.len());
    for (meaning, fit) in fits {
        let weight = (fit * fit * 1e6) as i64;
        match weights.iter_mut().find(|(known, _)| known == meaning) {
            Some((_, known)) => *known = weight.max(*known),
            None if weight > 0 => weights.push((*meaning, weight)),
            None => {}
        }
    }
    weights
}

/// Each column's best, where no two columns have the same and none has two of them: no other choice adds up to as
/// much. Most headers are such.
fn best_apart(weighed: &[Vec<(Meaning, i64)>]) -> Option<Vec<Option<usize>>> {
    let mut chosen = Vec::with_capacity(weighed.len());
    for weights in weighed {
        let Some((best, most)) = weights.iter().copied().max_by_key(|(_, weight)| *weight) else {
            chosen.push(None);
            continue;
        };
        let field = match best {
            Meaning::Field(field) => Some(field),
            Meaning::Ignored => None,
        };
        let is_taken = field.is_some() && chosen.contains(&field);
        if is_taken || weights.iter().filter(|(_, weight)| *weight == most).count() > 1 {
            return None;
        }
        chosen.push(field);
    }
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// What is chosen at a glance adds up to what the Hungarian method finds.
        #[test]
        fn the_best_apart_is_the_best_together(
            rows in proptest::collection::vec(proptest::collection::vec((0usize..6, 0.0f64..1.0), 0..5), 1..6)
        ) {
            let meaning = |at: usize| if at == 5 { Meaning::Ignored } else { Meaning::Field(at) };
            let fits: Vec<Vec<(Meaning, Fit)>> =
                rows.iter().map(|row| row.iter().map(|&(at, fit)| (meaning(at), fit)).collect()).collect();
            let weighed: Vec<_> = fits.iter().map(|fits| weights(fits)).collect();
            if let Some(apart) = best_apart(&weighed) {
                // Two more columns that want one field keep the short way from being taken.
                let mut hard = fits.clone();
                hard.extend(vec![vec![(Meaning::Field(6), 1.0)]; 2]);
                proptest::prop_assert_eq!(&best_together(&hard, 7)[..fits.len()], &apart[..]);
            }
        }
    }
}
