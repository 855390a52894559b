//! Which figure is meant: a ranking, a group and a measure as the office calls them.

use super::{Asked, TraceError, Tracer};
use crate::lang;
use crate::profile::{Book, RankingPlan, SCORE, advice};
use crate::rank::Ranking;
use crate::say;

/// A figure as somebody asks for it: ids or titles.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// The book, where several have such a ranking.
    pub book: Option<&'w str>,
    /// `towns`, 乡镇, or the ranking's title.
    pub ranking: &'w str,
    /// The group's name.
    pub group: &'w str,
    /// `done` or 累计完成投资.
    pub measure: &'w str,
}

impl<'a> Tracer<'a> {
    /// The figure that is meant.
    ///
    /// # Errors
    ///
    /// That there is none, with the nearest there is; that there are several, with their books.
    pub fn find(&self, wanted: Wanted) -> Result<Asked<'a>, TraceError> {
        let rankings = self.rankings(wanted)?;
        let titled: Vec<(&'a Ranking, Vec<(&'a str, String)>)> =
            rankings.into_iter().map(|ranking| (ranking, self.measures(ranking))).collect();
        let measure_of = |measures: &[(&'a str, String)]| {
            let found = measures.iter().find(|(id, title)| *id == wanted.measure || title == wanted.measure);
            found.map(|(id, _)| *id)
        };
        let known = titled.iter().flat_map(|(_, measures)| measures).map(|(id, title)| format!("{title}（{id}）"));
        let known: Vec<String> = known.collect();
        let with_measure: Vec<(&Ranking, &str)> =
            titled.iter().filter_map(|(ranking, measures)| Some((*ranking, measure_of(measures)?))).collect();
        if with_measure.is_empty() {
            let (ranking, name, advice) = (wanted.ranking, wanted.measure, advice(wanted.measure, &known));
            return Err(unknown(say!("trace-no-measure", ranking = ranking, name = name, advice = advice)));
        }
        let with_group: Vec<Asked<'a>> = with_measure
            .iter()
            .filter_map(|(ranking, measure)| {
                let row = ranking.rows.iter().find(|row| row.group == wanted.group)?;
                Some(Asked { book: &ranking.book, ranking: &ranking.id, group: &row.group, measure })
            })
            .collect();
        match with_group.as_slice() {
            [one] => Ok(*one),
            [] => {
                let groups = with_measure.iter().flat_map(|(ranking, _)| &ranking.rows);
                let groups: Vec<String> = groups.map(|row| row.group.clone()).collect();
                let (ranking, name, advice) = (wanted.ranking, wanted.group, advice(wanted.group, &groups));
                Err(unknown(say!("trace-no-group", ranking = ranking, name = name, advice = advice)))
            }
            several => {
                let books: Vec<&str> = several.iter().map(|one| one.book).collect();
                Err(unknown(say!("trace-several", count = books.len(), books = lang::list(&books))))
            }
        }
    }

    /// The rankings of the month that are called so.
    fn rankings(&self, wanted: Wanted) -> Result<Vec<&'a Ranking>, TraceError> {
        let of = |ranking: &Ranking| {
            let mut plans = self.of.profile.county.rankings.iter();
            let plan = plans.find(|plan| plan.book == ranking.book && plan.id == ranking.id);
            plan.zip(self.of.profile.book(&ranking.book))
        };
        let called = |name: &str, plan: &RankingPlan| {
            plan.id == name || plan.title == name || plan.basis.as_deref() == Some(name)
        };
        let is_book = |book: &Book| wanted.book.is_none_or(|name| book.id == name || book.title == name);
        let all: Vec<(&Ranking, &RankingPlan, &Book)> = self
            .of
            .rankings
            .iter()
            .filter_map(|ranking| of(ranking).map(|(plan, book)| (ranking, plan, book)))
            .collect();
        if let Some(name) = wanted.book.filter(|_| !all.iter().any(|(_, _, book)| is_book(book))) {
            let mut books: Vec<String> = all.iter().map(|(_, _, book)| book.id.clone()).collect();
            books.dedup();
            return Err(unknown(say!("trace-no-book", name = name, advice = advice(name, &books))));
        }
        let found: Vec<&Ranking> = all
            .iter()
            .filter(|(_, plan, book)| is_book(book) && called(wanted.ranking, plan))
            .map(|(ranking, _, _)| *ranking)
            .collect();
        if found.is_empty() {
            let known = all.iter().filter(|(_, _, book)| is_book(book));
            let mut known: Vec<String> = known.map(|(_, plan, _)| plan.id.clone()).collect();
            known.sort();
            known.dedup();
            let (name, advice) = (wanted.ranking, advice(wanted.ranking, &known));
            return Err(unknown(say!("trace-no-ranking", name = name, advice = advice)));
        }
        Ok(found)
    }

    /// The measures of a ranking's figures, by id and title.
    fn measures(&self, ranking: &'a Ranking) -> Vec<(&'a str, String)> {
        let county = &self.of.profile.county;
        let title = |id: &str| {
            if id == SCORE {
                return county.score_of(&ranking.book, &ranking.id).map(|score| score.title.clone());
            }
            let book = self.of.profile.book(&ranking.book)?;
            book.measures.iter().find(|known| known.id == id).map(|known| known.title.clone())
        };
        let mut found: Vec<(&str, String)> = Vec::new();
        for measure in ranking.rows.iter().flat_map(|row| row.figures.measures()) {
            if !found.iter().any(|(id, _)| *id == measure) {
                found.push((measure, title(measure).unwrap_or_else(|| measure.to_owned())));
            }
        }
        found
    }
}

fn unknown(message: String) -> TraceError {
    TraceError::Unknown(message)
}
