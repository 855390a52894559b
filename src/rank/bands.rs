//! Grades and lights: which band of a set a group reaches.

use std::sync::Arc;

use crate::amount::{Fraction, YUAN_PER_WAN};
use crate::measure::Group;
use crate::profile::{Band, Basis, MeasuredIn, RankingPlan, Reckoning, Rounds, SCORE};

/// What the bands of a set may look at in a group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Standing {
    /// The lead in 百分点, or the marked measure's value as shown: percent, 万元, 个.
    pub(crate) value: Option<Fraction>,
    /// The lead as percent of what the schedule expects.
    pub(crate) relative: Option<Fraction>,
    /// The score.
    pub(crate) score: Option<Fraction>,
    /// The place, and how many have one.
    pub(crate) place: Option<(u32, u32)>,
}

impl Standing {
    /// How a group stands in a ranking; `place` as of all that have one.
    pub(super) fn of(plan: &RankingPlan, group: &Group, kind: Option<Reckoning>, place: Option<(u32, u32)>) -> Self {
        let hundred = Fraction::from_integer(100);
        let marked = plan.marked_by.as_deref().filter(|_| kind != Some(Reckoning::Lag));
        let expected = group.expected.filter(|expected| *expected > Fraction::from_integer(0));
        Self {
            value: match marked {
                Some(measure) => {
                    group.figure(measure).and_then(|figure| Some(as_shown(figure.value?, figure.measured_in)))
                }
                None => group.lead.map(|lead| lead * hundred),
            },
            relative: group.lead.zip(expected).map(|(lead, expected)| lead / expected * hundred),
            score: group.figures.value(SCORE),
            place,
        }
    }

    fn of_basis(&self, basis: Basis) -> Option<Fraction> {
        match basis {
            Basis::Value => self.value,
            Basis::Relative => self.relative,
            Basis::Score => self.score,
            Basis::Share => self.place.map(|(place, _)| Fraction::from_integer(place.into())),
        }
    }
}

/// A value in the unit in which a profile states the ends of bands.
pub(crate) fn as_shown(value: Fraction, measured_in: MeasuredIn) -> Fraction {
    match measured_in {
        MeasuredIn::Fraction | MeasuredIn::Points => value * Fraction::from_integer(100),
        MeasuredIn::Yuan => value / Fraction::from_integer(YUAN_PER_WAN.into()),
        _ => value,
    }
}

/// Names of bands, each text once for all the rows that have it.
#[derive(Default)]
pub(super) struct Names(Vec<Arc<str>>);

impl Names {
    /// A name as it is shared.
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        match self.0.iter().find(|known| ***known == *name) {
            Some(known) => known.clone(),
            None => {
                self.0.push(name.into());
                self.0[self.0.len() - 1].clone()
            }
        }
    }
}

/// The first band that a group reaches; `None` where it has not what they look at.
pub(crate) fn mark<'b>(bands: &'b [Band], standing: &Standing) -> Option<&'b str> {
    let Some(basis) = Basis::of(bands) else { return bands.first().map(|band| &*band.name) };
    let value = standing.of_basis(basis)?;
    let at = match standing.place.filter(|_| basis == Basis::Share) {
        Some((_, of)) => last_places(bands, of).iter().position(|last| value <= Fraction::from_integer((*last).into())),
        None => bands.iter().position(|band| reaches(band, value)),
    };
    at.map(|at| &*bands[at].name)
}

fn reaches(band: &Band, value: Fraction) -> bool {
    let Some(end) = band.end() else { return true };
    value > end || (value == end && !band.open)
}

/// The last place of each band of a set by shares, of so many places; those that share a place stay together.
pub(crate) fn last_places(bands: &[Band], of: u32) -> Vec<u32> {
    let mut so_far = Fraction::from_integer(0);
    let last = |band: &Band| {
        let Some(share) = band.share else { return of };
        so_far += share.0;
        let exact = so_far * Fraction::from_integer(of.into());
        let whole = match band.rounds {
            Rounds::Nearest => exact.round(),
            Rounds::Up => exact.ceil(),
            Rounds::Down => exact.floor(),
        };
        u32::try_from(whole.to_integer()).unwrap_or(of).min(of)
    };
    bands.iter().map(last).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::profile::Number;

    fn bands(ends: [(&str, Option<i64>); 3]) -> Vec<Band> {
        ends.map(|(name, from)| Band { name: name.into(), from: from.map(Number::whole), ..Band::default() }).to_vec()
    }

    fn value(value: Option<Fraction>) -> Standing {
        Standing { value, ..Standing::default() }
    }

    #[test]
    fn lower_ends_belong_to_their_band_unless_open() {
        let mut bands = bands([("优", Some(0)), ("中", Some(-5)), ("差", None)]);
        let of = |bands: &[Band], tenths| mark(bands, &value(fraction(tenths, 10))).unwrap().to_owned();
        assert_eq!([0, -1, -50, -51].map(|tenths| of(&bands, tenths)), ["优", "中", "中", "差"]);
        assert_eq!(mark(&bands, &Standing::default()), None);
        // 5/12 − 0.05 has no end in binary or decimal: only exact arithmetic meets the line.
        let lead = (fraction(11, 30).unwrap() - fraction(5, 12).unwrap()) * Fraction::from_integer(100);
        assert_eq!(mark(&bands, &value(Some(lead))), Some("中"));
        bands[1].open = true;
        assert_eq!([0, -49, -50].map(|tenths| of(&bands, tenths)), ["优", "中", "差"]);
    }

    #[test]
    fn a_relative_shortfall_is_of_what_is_expected() {
        // 三亚: yellow up to half of the scheduled amount missing, itself included; red beyond.
        let mut bands = bands([("绿", None), ("黄", None), ("红", None)]);
        (bands[0].relative, bands[1].relative) = (Some(Number::whole(0)), Some(Number::whole(-50)));
        let of = |percent| mark(&bands, &Standing { relative: fraction(percent, 1), ..Standing::default() }).unwrap();
        assert_eq!([3, 0, -1, -50, -51].map(of), ["绿", "绿", "黄", "黄", "红"]);
    }

    #[test]
    fn shares_are_of_those_that_have_a_place() {
        let mut bands = bands([("优", None), ("中", None), ("差", None)]);
        let share = |tenths| fraction(tenths, 10).map(Number);
        (bands[0].share, bands[1].share) = (share(3), share(5));
        // 15 towns: 4.5 and 12 of them.
        assert_eq!(last_places(&bands, 15), [5, 12, 15]);
        bands[0].rounds = Rounds::Down;
        assert_eq!(last_places(&bands, 15), [4, 12, 15]);
        bands[0].rounds = Rounds::Up;
        assert_eq!(last_places(&bands, 11), [4, 9, 11]);
        let of = |place| mark(&bands, &Standing { place: Some((place, 15)), ..Standing::default() }).unwrap();
        assert_eq!([1, 5, 6, 12, 13, 15].map(of), ["优", "优", "中", "中", "差", "差"]);
    }
}
