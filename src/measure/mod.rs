//! Measure: numerators and denominators by group, exact, by polars from the SQL of the books.
//!
//! Takes the facts of a book and the profile, gives a [`Figure`] a group and measure.

use crate::amount::Fraction;
use crate::profile::MeasuredIn;

/// A measure of one group, with what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The measure's id.
    pub measure: String,
    /// What its value is counted in.
    pub measured_in: MeasuredIn,
    /// The value: yuan, a count, or a fraction; `None` where it cannot be computed.
    pub value: Option<Fraction>,
    /// Above the line, in yuan or as a count.
    pub numerator: Option<i64>,
    /// Below the line; `None` for sums and counts.
    pub denominator: Option<i64>,
}
