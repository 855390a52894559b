//! A score: the figures that each term looks at, the points that it gives, the entries of the office.

use super::{Asked, Basis, Seat, Source, TraceError, Traced, Tracer, What};
use crate::measure::Figure;
use crate::score::{ScoredTerm, total_again};
use crate::settings::ScoreEntry;

impl Tracer<'_> {
    /// The score of a group, term by term.
    pub(super) fn score(&self, seat: Seat, figure: &Figure) -> Result<Traced, TraceError> {
        let missing = || TraceError::Unknown("这个排名没有得分".to_owned());
        let plan = self.of.profile.county.score_of(&seat.plan.book, &seat.plan.id).ok_or_else(missing)?;
        let scored = seat.row.score.as_ref().ok_or_else(missing)?;
        let mut sources = Vec::new();
        for term in &scored.terms {
            sources.push(points(term));
            for input in &term.inputs {
                sources.push(self.input(seat, term, input)?);
            }
        }
        sources.extend(scored.entries.iter().map(|entry| self.entry(entry)));
        let again = total_again(plan, scored);
        Ok(Traced {
            title: plan.title.clone(),
            words: plan.words.clone(),
            group: seat.row.group.clone(),
            period: self.of.period,
            figure: figure.clone(),
            basis: Basis::Reckoned(sources),
            fault: (again != figure.value).then(|| "各项得分与加减分合起来，与总分不符".to_owned()),
        })
    }

    /// A figure that a term looks at.
    fn input(&self, seat: Seat, term: &ScoredTerm, input: &crate::score::InputFigure) -> Result<Source, TraceError> {
        let role = format!("{}·{}", term.title, input.title);
        let Some(figure) = &input.figure else {
            return Ok(Source { role, what: What::Missing("没有这个数".to_owned()) });
        };
        let (book, ranking) = input.from.split_once('/').unwrap_or((&seat.plan.book, &seat.plan.id));
        let asked = Asked { book, ranking, group: &seat.row.group, measure: &figure.measure };
        let mut traced = self.trace(asked)?;
        if traced.figure != *figure {
            traced.fault = Some("得分所用的数与排名中的不一致".to_owned());
        }
        Ok(Source { role, what: What::Figure(Box::new(traced)) })
    }

    /// An entry of the settings workbook.
    fn entry(&self, entry: &ScoreEntry) -> Source {
        let place = entry.place.clone().with_field(None);
        let words = format!("{}（{}；{}）", entry.reason, entry.document, place.in_words());
        Source { role: entry.kind.title().to_owned(), what: What::Number { words, value: entry.points } }
    }
}

/// What a term gives.
fn points(term: &ScoredTerm) -> Source {
    let what = match term.points {
        Some(value) => What::Number { words: term.evidence.clone(), value },
        None => What::Missing(term.evidence.clone()),
    };
    Source { role: term.title.clone(), what }
}
