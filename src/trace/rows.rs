//! A measure of SQL: its rows, and that they come to the figure.

use super::cells::Reported;
use super::{Basis, Rows, Seat, Traced, Tracer};
use crate::amount::{Fraction, fraction};
use crate::measure::{Contribution, Contributions, Figure, MeasureError, used};
use crate::profile::Measure;

impl Tracer<'_> {
    /// A measure of SQL over the rows of a period. Over no rows a sum is 0 or not there.
    pub(super) fn rows(
        &self,
        seat: Seat,
        measure: &Measure,
        of: Reported,
        figure: &Figure,
    ) -> Result<Traced, MeasureError> {
        let found = self.contributions(seat, measure, (of.period, of.facts))?;
        let given = found.of(&seat.row.group);
        let used = used(&self.of.profile.county, seat.book, seat.plan, measure);
        let rows = given.rows.iter().map(|gives| self.row(seat, of, gives, &used)).collect();
        let (above, fault_above) = side("分子", given, figure.numerator, |gives| gives.numerator, |all| all.numerator);
        let (below, fault_below) =
            side("分母", given, figure.denominator, |gives| gives.denominator, |all| all.denominator);
        let fault = fault_above.or(fault_below).or_else(|| value_fault(measure, figure));
        Ok(Traced {
            title: measure.title.clone(),
            words: measure.words.clone(),
            group: seat.row.group.clone(),
            period: of.period,
            figure: figure.clone(),
            basis: Basis::Rows(Rows { rows, adds_above: above, adds_below: below }),
            fault,
        })
    }
}

/// Whether the rows add up to one side of a figure, and what is wrong where they do not come to it.
fn side(
    name: &str,
    given: &Contributions,
    figure: Option<i64>,
    each: fn(&Contribution) -> Option<i64>,
    all: fn(&Contributions) -> Option<i64>,
) -> (bool, Option<String>) {
    let values: Vec<i64> = given.rows.iter().filter_map(each).collect();
    let sum: i128 = values.iter().map(|value| i128::from(*value)).sum();
    let adds = match figure {
        Some(figure) => i128::from(figure) == sum,
        None => values.is_empty(),
    };
    let by_formula = all(given) == figure;
    let words = |number: Option<i64>| number.map_or_else(|| "空".to_owned(), |number| number.to_string());
    let wrong = (!by_formula).then(|| {
        let rows = given.rows.len();
        format!("{name}为{}，所列{rows}行按同一公式算得{}", words(figure), words(all(given)))
    });
    (adds, wrong)
}

/// That a value is not what its own two sides say.
fn value_fault(measure: &Measure, figure: &Figure) -> Option<String> {
    let says: Option<Fraction> = match (measure.denominator.is_some(), figure.numerator, figure.denominator) {
        (false, numerator, _) => numerator.and_then(|numerator| fraction(numerator, 1)),
        (true, Some(above), Some(below)) if below > 0 => fraction(above, below),
        _ => None,
    };
    (says != figure.value).then(|| "数值与分子、分母不一致".to_owned())
}
