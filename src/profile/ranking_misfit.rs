//! Rankings that name what there is not, or ask for what does not go together.

use super::band_misfit::of_bands;
use super::misfit::{Misfit, misfit};
use super::reading::Step;
use super::wording::advice;
use super::{Basis, Book, Joined, Measure, MeasuredIn, Number, RankingPlan, Reckoning, RosterOf, Sort, WHOLE};
use crate::say;

/// What is wrong with the ranking at a place of the county's list.
pub(super) fn of_ranking(at: usize, ranking: &RankingPlan, books: &[Book]) -> Vec<Misfit> {
    let Some(book) = books.iter().find(|book| book.id == ranking.book) else {
        let ids: Vec<&str> = books.iter().map(|book| book.id.as_str()).collect();
        let message = say!(
            "profile-ranking-no-book",
            ranking = ranking.id,
            book = ranking.book,
            advice = advice(&ranking.book, &ids)
        );
        return vec![misfit("ranking", at, "book", message)];
    };
    let plan = Plan { at, ranking, book };
    let mut found = plan.unknown_measures();
    found.extend(plan.minimums());
    found.extend(plan.groups());
    found.extend(plan.series());
    for (key, bands) in [("grade", &ranking.grades), ("light", &ranking.lights)] {
        let path = [Step::Key("ranking".into()), Step::At(at), Step::Key(key.into())];
        found.extend(of_bands(&path, bands));
        found.extend(plan.basis(key, Basis::of(bands)));
    }
    found
}

struct Plan<'p> {
    at: usize,
    ranking: &'p RankingPlan,
    book: &'p Book,
}

impl Plan<'_> {
    fn misfit(&self, key: &str, message: impl AsRef<str>) -> Misfit {
        misfit(
            "ranking",
            self.at,
            key,
            say!("profile-ranking-fault", ranking = self.ranking.id, fault = message.as_ref()),
        )
    }

    fn measure(&self, id: &str) -> Option<&Measure> {
        self.book.measures.iter().find(|measure| measure.id == id)
    }

    fn unknown_measures(&self) -> Vec<Misfit> {
        let ranking = self.ranking;
        let known: Vec<&str> = self.book.measures.iter().map(|measure| measure.id.as_str()).collect();
        let shown = ranking.measures.iter().map(|id| ("measures", id));
        let deciding = [("by", &ranking.by)].into_iter().chain(ranking.then.iter().map(|id| ("then", id)));
        let looked_at = ranking.minimum.iter().map(|minimum| ("minimum", &minimum.measure));
        let named = shown.chain(deciding).chain(looked_at).chain(ranking.marked_by.iter().map(|id| ("marked_by", id)));
        named
            .filter(|(_, id)| !known.contains(&id.as_str()))
            .map(|(key, id)| {
                self.misfit(
                    key,
                    say!("profile-book-no-measure", book = self.book.id, advice = advice(id, &known), id = id),
                )
            })
            .collect()
    }

    fn minimums(&self) -> Vec<Misfit> {
        let rate = |measure: &&Measure| !matches!(measure.measured_in, MeasuredIn::Yuan | MeasuredIn::Count);
        let of_minimum = |minimum: &super::Minimum| {
            if minimum.at_least <= Number::whole(0) {
                return Some(self.misfit("minimum", say!("profile-minimum")));
            }
            let measure = self.measure(&minimum.measure).filter(rate)?;
            Some(self.misfit("minimum", say!("profile-minimum-rate", measure = measure.title)))
        };
        self.ranking.minimum.iter().filter_map(of_minimum).collect()
    }

    /// Lists and groups of units, where the ranking's groups are units.
    fn groups(&self) -> Vec<Misfit> {
        let RankingPlan { group, roster, within, leaders, .. } = self.ranking;
        let whole = group == WHOLE;
        let mut found = Vec::new();
        if whole && roster.is_some() {
            found.push(self.misfit("roster", say!("profile-whole-roster")));
        }
        if whole && *leaders != Joined::Each {
            found.push(self.misfit("leaders", say!("profile-whole-leaders")));
        }
        if within.is_some() && (whole || group == "leader_group" || *roster == Some(RosterOf::Leaders)) {
            found.push(self.misfit("within", say!("profile-within")));
        }
        let fits: &[RosterOf] = match group.as_str() {
            "town_group" => &[RosterOf::Towns, RosterOf::All],
            "department_group" => &[RosterOf::Departments, RosterOf::Parks, RosterOf::All],
            "leader_group" => &[RosterOf::Leaders],
            _ => return found,
        };
        if roster.is_some_and(|roster| !fits.contains(&roster)) {
            found.push(self.misfit("roster", say!("profile-roster", group = group)));
        }
        found
    }

    /// A series has no places, so nothing that rests on them.
    fn series(&self) -> Vec<Misfit> {
        if self.ranking.sort == Sort::Place {
            return Vec::new();
        }
        let by_share = |bands: &[super::Band]| Basis::of(bands) == Some(Basis::Share);
        let rests = [
            ("within", self.ranking.within.is_some()),
            ("minimum", !self.ranking.minimum.is_empty()),
            ("grade", by_share(&self.ranking.grades)),
            ("light", by_share(&self.ranking.lights)),
        ];
        let stated = rests.into_iter().filter(|(_, stated)| *stated);
        stated.map(|(key, _)| self.misfit(key, say!("profile-unranked", key = key))).collect()
    }

    /// Whether there is what the ranking's own bands look at.
    fn basis(&self, key: &str, basis: Option<Basis>) -> Option<Misfit> {
        let lag = |measure: &Measure| measure.kind == Reckoning::Lag;
        let marked = self.ranking.marked_by.as_deref().map(|id| self.measure(id));
        let message = match (basis?, marked) {
            (Basis::Value, None) if !self.book.measures.iter().any(lag) => {
                say!("profile-no-lag", book = self.book.id)
            }
            (Basis::Relative, None) if !self.book.measures.iter().any(lag) => {
                say!("profile-no-lag-relative", book = self.book.id)
            }
            (Basis::Relative, Some(Some(measure))) if !lag(measure) => {
                say!("profile-relative", measure = measure.title)
            }
            _ => return None,
        };
        Some(self.misfit(key, message))
    }
}
