//! A number as a sheet prints it, and the interval in which the number behind it lies.

use rust_decimal::Decimal;

use crate::amount::Fraction;

/// A printed number: its value and how many decimals it was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    value: Fraction,
    decimals: u32,
    exact: bool,
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub low: Fraction,
    /// The greatest.
    pub high: Fraction,
}

impl Printed {
    /// A number rounded to the decimals it is written with: 11.0 has one, 30.9 has one.
    pub fn rounded(number: Decimal) -> Self {
        let value = Fraction::new(number.mantissa(), 10i128.pow(number.scale()));
        Self { value, decimals: number.scale(), exact: false }
    }

    /// A number that was never rounded: a count of projects, a target.
    pub fn exact(number: Decimal) -> Self {
        Self { exact: true, ..Self::rounded(number) }
    }

    /// Its value as written.
    pub fn value(&self) -> Fraction {
        self.value
    }

    /// The decimals it is written with.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Where the number behind it lies: half a unit of its last decimal to either side.
    pub fn interval(&self) -> Interval {
        let half = match self.exact {
            true => Fraction::from_integer(0),
            false => Fraction::new(1, 2 * 10i128.pow(self.decimals)),
        };
        Interval { low: self.value - half, high: self.value + half }
    }
}

impl Interval {
    /// One number alone.
    pub fn point(value: Fraction) -> Self {
        Self { low: value, high: value }
    }

    /// The sum of two.
    pub fn plus(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }

    /// The difference of two.
    pub fn minus(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }

    /// A multiple.
    pub fn times(self, factor: Fraction) -> Self {
        let (one, other) = (self.low * factor, self.high * factor);
        Self { low: one.min(other), high: one.max(other) }
    }

    /// The quotient; `None` where the divisor may be 0.
    pub fn over(self, divisor: Self) -> Option<Self> {
        let zero = Fraction::from_integer(0);
        if divisor.low <= zero && divisor.high >= zero {
            return None;
        }
        let corners =
            [self.low / divisor.low, self.low / divisor.high, self.high / divisor.low, self.high / divisor.high];
        Some(Self { low: corners.into_iter().min()?, high: corners.into_iter().max()? })
    }

    /// Whether the two share a number.
    pub fn meets(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}
