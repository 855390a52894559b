//! The figures of a group, in the few bytes that a hundred thousand groups leave for each.
//!
//! Takes [`Figure`]s, gives them back as they were. What they are figures of stands once for all groups of a ranking,
//! and of a sum, a count or a rate its whole numbers are kept and its value is made from them again.

use std::sync::Arc;

use super::Figure;
use crate::amount::{Fraction, Kept, fraction};
use crate::profile::MeasuredIn;

/// What a figure is of: a measure's id, and what its values are counted in.
pub(crate) type Of = (Arc<str>, MeasuredIn);

/// The figures of a group in the ranking's order of measures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Shared by the groups of a ranking.
    of: Arc<[Of]>,
    numbers: Box<[Numbers]>,
}

/// The numbers of one figure: each form has one meaning, and a figure one form.
#[derive(Debug, Clone, PartialEq)]
enum Numbers {
    /// A sum or a count: the value is the numerator.
    Whole(i64),
    /// A part of a positive whole: the value is their quotient.
    Part(i64, i64),
    /// A value, or none, that is made of other figures.
    Value(Kept),
    /// Anything else: no value though a side is there, or a value beside other sides.
    Other(Box<(Option<Fraction>, Option<i64>, Option<i64>)>),
}

impl Figures {
    /// Figures of what all groups of a ranking have figures of.
    ///
    /// # Panics
    ///
    /// Where there are not as many of them.
    pub(crate) fn new(of: &Arc<[Of]>, made: impl ExactSizeIterator<Item = Sides>) -> Self {
        assert_eq!(of.len(), made.len(), "every group of a ranking has all of its figures");
        Self { of: of.clone(), numbers: made.map(Numbers::of).collect() }
    }

    /// The figure of a measure.
    pub fn get(&self, measure: &str) -> Option<Figure> {
        self.at(self.place(measure)?)
    }

    /// The value of a measure's figure.
    pub fn value(&self, measure: &str) -> Option<Fraction> {
        self.numbers[self.place(measure)?].sides().0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Figure> {
        let figure = |((measure, measured_in), numbers): (&Of, &Numbers)| figure(measure, *measured_in, numbers);
        self.of.iter().zip(&self.numbers).map(figure)
    }

    /// The ids of the measures that they are figures of.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        self.of.iter().map(|(measure, _)| &**measure)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// What the figures are of, with one more measure, where it is not among them.
    pub(crate) fn of_with(&self, measure: &str, measured_in: MeasuredIn) -> Option<Arc<[Of]>> {
        let more = || self.of.iter().cloned().chain([(measure.into(), measured_in)]).collect();
        self.place(measure).is_none().then(more)
    }

    /// Sets the value of a measure's figure; `of` is what the figures are of then, where the measure joins them.
    pub(crate) fn set(&mut self, measure: &str, value: Option<Fraction>, of: Option<&Arc<[Of]>>) {
        match (self.place(measure), of) {
            (Some(at), _) => {
                let (_, numerator, denominator) = self.numbers[at].sides();
                self.numbers[at] = Numbers::of((value, numerator, denominator));
            }
            (None, Some(of)) => {
                let more = [Numbers::Value(value.into())];
                self.numbers = std::mem::take(&mut self.numbers).into_iter().chain(more).collect();
                self.of = of.clone();
            }
            (None, None) => {}
        }
    }

    fn place(&self, measure: &str) -> Option<usize> {
        self.of.iter().position(|(known, _)| **known == *measure)
    }

    fn at(&self, at: usize) -> Option<Figure> {
        let (measure, measured_in) = self.of.get(at)?;
        Some(figure(measure, *measured_in, self.numbers.get(at)?))
    }
}

impl FromIterator<Figure> for Figures {
    fn from_iter<I: IntoIterator<Item = Figure>>(figures: I) -> Self {
        let split = |figure: Figure| {
            let numbers = Numbers::of((figure.value, figure.numerator, figure.denominator));
            ((figure.measure, figure.measured_in), numbers)
        };
        let (of, numbers): (Vec<Of>, Vec<Numbers>) = figures.into_iter().map(split).unzip();
        Self { of: of.into(), numbers: numbers.into() }
    }
}

impl<const N: usize> From<[Figure; N]> for Figures {
    fn from(figures: [Figure; N]) -> Self {
        figures.into_iter().collect()
    }
}

/// Value, numerator and denominator of a figure.
pub(crate) type Sides = (Option<Fraction>, Option<i64>, Option<i64>);

fn figure(measure: &Arc<str>, measured_in: MeasuredIn, numbers: &Numbers) -> Figure {
    let (value, numerator, denominator) = numbers.sides();
    Figure { measure: measure.clone(), measured_in, value, numerator, denominator }
}

impl Numbers {
    fn of((value, numerator, denominator): Sides) -> Self {
        match (numerator, denominator) {
            (Some(whole), None) if value == Some(Fraction::from_integer(whole.into())) => Self::Whole(whole),
            (Some(part), Some(whole)) if whole > 0 && value == fraction(part, whole) => Self::Part(part, whole),
            (None, None) => Self::Value(value.into()),
            _ => Self::Other(Box::new((value, numerator, denominator))),
        }
    }

    fn sides(&self) -> Sides {
        match self {
            Self::Whole(whole) => (Some(Fraction::from_integer((*whole).into())), Some(*whole), None),
            Self::Part(part, whole) => (fraction(*part, *whole), Some(*part), Some(*whole)),
            Self::Value(value) => (value.get(), None, None),
            Self::Other(sides) => **sides,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A figure takes three words, whichever form it has.
    const _: () = assert!(size_of::<Numbers>() == 24);

    proptest::proptest! {
        #[test]
        fn figures_come_back_as_they_were(
            value: Option<(i64, i64)>, numerator: Option<i64>, denominator: Option<i64>, large: i128, kind in 0..5
        ) {
            let value = match kind {
                0 => numerator.map(|whole| Fraction::from_integer(whole.into())),
                1 => numerator.zip(denominator).and_then(|(part, whole)| fraction(part, whole)),
                2 => Some(Fraction::new(large, 7)),
                3 => None,
                _ => value.and_then(|(above, below)| fraction(above, below)),
            };
            let one = Figure { measure: "m".into(), measured_in: MeasuredIn::Yuan, value, numerator, denominator };
            let kept = Figures::from([one.clone(), one.clone()]);
            proptest::prop_assert_eq!(kept.get("m"), Some(one.clone()));
            proptest::prop_assert_eq!(kept.value("m"), value);
            proptest::prop_assert!(kept.iter().all(|figure| figure == one) && kept.len() == 2);
        }
    }

    #[test]
    fn a_value_is_set_and_a_measure_joins_once() {
        let one = |measure: &str, value| Figure {
            measure: measure.into(),
            measured_in: MeasuredIn::Score,
            value,
            numerator: None,
            denominator: None,
        };
        let mut figures = Figures::from([one("done", fraction(1, 2))]);
        assert_eq!(figures.of_with("done", MeasuredIn::Score), None);
        let of = figures.of_with("score", MeasuredIn::Score);
        figures.set("score", fraction(9, 10), of.as_ref());
        figures.set("done", None, None);
        figures.set("unheard of", fraction(1, 1), None);
        assert_eq!(figures.measures().collect::<Vec<_>>(), ["done", "score"]);
        assert_eq!((figures.value("done"), figures.value("score")), (None, fraction(9, 10)));
    }
}
