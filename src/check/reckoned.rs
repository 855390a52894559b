//! Whether the measures that no SQL can say are stated so that they can be reckoned.

use crate::profile::{Book, Measure, MeasuredIn, Reckoning};
use crate::say;

/// What is wrong with a measure that is reckoned from another.
pub(super) fn faults(measure: &Measure, book: &Book) -> Vec<String> {
    let mut faults = Vec::new();
    if !measure.numerator.is_empty() || measure.denominator.is_some() || measure.filter.is_some() {
        faults.push(say!("check-reckoned-sql"));
    }
    if measure.until.is_some() != (measure.kind == Reckoning::Due) {
        faults.push(say!("check-reckoned-until"));
    }
    let of = measure.of.as_deref().and_then(|of| book.measures.iter().find(|other| other.id == of));
    match of {
        _ if matches!(measure.kind, Reckoning::Schedule | Reckoning::Score) => {}
        Some(of) if of.kind == Reckoning::Sql => faults.extend(of_sql(measure, of)),
        // A rate against a target is held against the schedule like any other.
        Some(of) if of.kind == Reckoning::OfTarget && measure.kind == Reckoning::Lag => {}
        _ => faults.push(say!("check-reckoned-of")),
    }
    faults
}

/// What is wrong with a measure given the SQL measure that it is reckoned from.
fn of_sql(measure: &Measure, of: &Measure) -> Vec<String> {
    let mut faults = Vec::new();
    let share = of.denominator.is_some();
    if matches!(measure.kind, Reckoning::Lag | Reckoning::CatchUp | Reckoning::Due) && !share {
        faults.push(say!("check-reckoned-rate", of = of.id));
    }
    let of_amount = measure.kind.needs_target() || matches!(measure.kind, Reckoning::Step | Reckoning::Share);
    if of_amount && share {
        faults.push(say!("check-reckoned-amount", of = of.id));
    }
    let expected = match measure.kind {
        Reckoning::OfTarget | Reckoning::Share => Some(MeasuredIn::Fraction),
        Reckoning::Target | Reckoning::Left | Reckoning::Pace | Reckoning::Step => Some(of.measured_in),
        Reckoning::Due => Some(MeasuredIn::Yuan),
        _ => None,
    };
    if expected.is_some_and(|expected| expected != measure.measured_in) && !share {
        faults.push(say!("check-reckoned-unit"));
    }
    faults
}
