//! A number as a sheet prints it, and the interval in which the number behind it lies.

use rust_decimal::Decimal;

use crate::amount::Fraction;

/// A printed number: its value, and how exactly it says what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    value: Fraction,
    decimals: u32,
    /// Half a unit of its last decimal; 0 for what was never rounded.
    half: Fraction,
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
        let power = 10i128.pow(number.scale());
        let value = Fraction::new(number.mantissa(), power);
        Self { value, decimals: number.scale(), half: Fraction::new(1, 2 * power) }
    }

    /// A number that was never rounded: a count of projects, a target.
    pub fn exact(number: Decimal) -> Self {
        Self { half: Fraction::from_integer(0), ..Self::rounded(number) }
    }

    /// The same in another unit: 1.5 亿元 are 15,000 万元, known to 500.
    pub fn times(self, factor: i64) -> Self {
        let factor = Fraction::from_integer(factor.into());
        Self { value: self.value * factor, half: self.half * factor, ..self }
    }

    /// Its value.
    pub fn value(&self) -> Fraction {
        self.value
    }

    /// The decimals it is written with.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Where the number behind it lies: half a unit of its last decimal to either side.
    pub fn interval(&self) -> Interval {
        Interval { low: self.value - self.half, high: self.value + self.half }
    }
}

impl std::ops::Add for Printed {
    type Output = Self;

    /// The sum of two, known as exactly as both together.
    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            decimals: self.decimals.max(other.decimals),
            half: self.half + other.half,
        }
    }
}

impl Interval {
    /// One number alone.
    pub fn point(value: Fraction) -> Self {
        Self { low: value, high: value }
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
