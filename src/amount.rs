//! Money in whole yuan and exact fractions; rounding happens here and nowhere else.
//!
//! Amounts are `i64` yuan from the cell to the sum. Rates are [`Fraction`]s of unrounded amounts,
//! rounded once, half up (away from zero), where they are shown.

use std::cmp::Reverse;
use std::num::NonZeroI64;

use num_rational::Ratio;
use num_traits::CheckedMul;
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// An exact rate: 5/12 stays 5/12.
pub type Fraction = Ratio<i128>;

/// An exact fraction of any size: products and means of several rates outgrow a [`Fraction`].
pub type Exact = num_rational::BigRational;

/// A fraction, or none, in the sixteen bytes that are kept of it where there are very many: its two numbers where
/// they are 64 bits long, as nearly all are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept(Form);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// Numerator and denominator, which is positive.
    Short(i64, NonZeroI64),
    /// Anything else.
    Long(Option<Box<Fraction>>),
}

impl Kept {
    /// The fraction.
    pub fn get(&self) -> Option<Fraction> {
        match &self.0 {
            Form::Short(above, below) => Some(Fraction::new_raw((*above).into(), below.get().into())),
            Form::Long(value) => value.as_ref().map(|value| **value),
        }
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !matches!(self.0, Form::Long(None))
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self(Form::Long(None))
    }
}

impl From<Option<Fraction>> for Kept {
    fn from(value: Option<Fraction>) -> Self {
        let Some(value) = value else { return Self::default() };
        let short = i64::try_from(*value.numer()).ok().zip(i64::try_from(*value.denom()).ok());
        let short = short.and_then(|(above, below)| Some(Form::Short(above, NonZeroI64::new(below)?)));
        Self(short.unwrap_or_else(|| Form::Long(Some(Box::new(value)))))
    }
}

/// Yuan in one 万元.
pub const YUAN_PER_WAN: i64 = 10_000;

/// The fraction of two whole numbers; `None` where the denominator is 0.
pub fn fraction(numerator: i64, denominator: i64) -> Option<Fraction> {
    // What both have in common is found several times sooner in 64 bits; only the least number has no opposite there.
    let short = numerator != i64::MIN && denominator != i64::MIN;
    (denominator != 0).then(|| match short {
        true => {
            let (numerator, denominator) = Ratio::new(numerator, denominator).into_raw();
            Fraction::new_raw(numerator.into(), denominator.into())
        }
        false => Fraction::new(numerator.into(), denominator.into()),
    })
}

/// A fraction multiplied by `scale` (100 for percent) and rounded half up to `digits` decimals.
///
/// Where it does not fit a decimal (beyond 28 digits), `None`.
pub fn rounded(value: Fraction, scale: i64, digits: u32) -> Option<Decimal> {
    let by = 10i128.checked_pow(digits)?.checked_mul(i128::from(scale))?;
    let scaled = match scaled(value, by) {
        Some(scaled) => scaled,
        // Ratio::round is half away from zero.
        None => value.checked_mul(&Fraction::from_integer(by))?.round().to_integer(),
    };
    Decimal::try_from_i128_with_scale(scaled, digits).ok()
}

/// A fraction so many times over, rounded half away from zero, where nothing on the way is too large.
///
/// A division and its remainder tell it; a product of fractions would be reduced before it is rounded.
fn scaled(value: Fraction, by: i128) -> Option<i128> {
    let (above, below) = (value.numer().checked_mul(&by)?, *value.denom());
    let whole = above / below;
    let rest = above - whole * below;
    let up = rest.unsigned_abs() >= below.unsigned_abs().div_ceil(2);
    Some(whole + if up { above.signum() } else { 0 })
}

/// The same number without a limit to its size.
pub fn widened(value: Fraction) -> Exact {
    let whole = |n: i128| Exact::from_i128(n).expect("a whole number is a fraction");
    whole(*value.numer()) / whole(*value.denom())
}

/// A number rounded half up (away from zero) to `digits` decimals; `None` where it is out of range.
pub fn narrowed(value: &Exact, digits: u32) -> Option<Fraction> {
    let power = 10i128.checked_pow(digits)?;
    let scaled = (value * widened(Fraction::from_integer(power))).round().to_integer().to_i128()?;
    Some(Fraction::new(scaled, power))
}

/// The nearest `f64` of a fraction, for engines and files that know no other number.
pub fn to_f64(value: Fraction) -> f64 {
    // 15 decimals are more than an f64 of a rate keeps; larger values fall back to plain division.
    rounded(value, 1, 15).and_then(|d| d.to_f64()).unwrap_or(*value.numer() as f64 / *value.denom() as f64)
}

/// The decimal number that a spreadsheet's `f64` was written from: its shortest form.
/// `None` for infinities, NaN, and what exceeds 28 digits.
pub fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_f64(number).map(|d| d.normalize())
}

/// A spreadsheet's number as an exact fraction: 0.1 is 1/10. `None` as for [`decimal`].
pub fn exact(number: f64) -> Option<Fraction> {
    decimal(number).map(exact_decimal)
}

/// A decimal number as an exact fraction.
pub fn exact_decimal(number: Decimal) -> Fraction {
    Fraction::new(number.mantissa(), 10i128.pow(number.scale()))
}

/// A decimal number of a money unit (`yuan_per_unit`: 1, 10,000 or 100,000,000) in whole yuan,
/// half up; `None` where it does not fit.
pub fn yuan(number: Decimal, yuan_per_unit: i64) -> Option<i64> {
    number
        .checked_mul(Decimal::from(yuan_per_unit))?
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
        .to_i64()
}

/// A spreadsheet's number of a money unit in whole yuan: as [`yuan`] of its [`decimal`].
///
/// Nearly every amount is of at most four decimals and fifteen digits. Such a number is the one that its
/// ten-thousandth parts, divided, give again; then they are exact, and no decimal needs to be made of it.
pub fn yuan_of(number: f64, yuan_per_unit: i64) -> Option<i64> {
    const PARTS: f64 = 10_000.0;
    let parts = (number * PARTS).round();
    if parts.abs() < 1e15 && parts / PARTS == number && yuan_per_unit % YUAN_PER_WAN == 0 {
        return (parts as i64).checked_mul(yuan_per_unit / YUAN_PER_WAN);
    }
    yuan(decimal(number)?, yuan_per_unit)
}

/// An amount in whole yuan by shares that sum to 1: each its part rounded down, then one yuan more for
/// those with the largest remainders, the first of equals first, so that the parts add up to the amount.
pub fn split(amount: i64, shares: &[Fraction]) -> Vec<i64> {
    let exact: Vec<Fraction> = shares.iter().map(|share| share * Fraction::from_integer(amount.into())).collect();
    let mut parts: Vec<i128> = exact.iter().map(|part| part.floor().to_integer()).collect();
    let missing = i128::from(amount) - parts.iter().sum::<i128>();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&at| (Reverse(exact[at] - exact[at].floor()), at));
    for &at in order.iter().take(usize::try_from(missing).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).expect("a part of an amount is no larger than it")).collect()
}

/// Yuan as 万元, exact to four decimals.
pub fn wan(yuan: i64) -> Decimal {
    // As [`Decimal::normalize`] does, which divides longer numbers.
    let (mut parts, mut digits) = (yuan, 4);
    while digits > 0 && parts % 10 == 0 {
        (parts, digits) = (parts / 10, digits - 1);
    }
    Decimal::new(parts, digits)
}

/// Yuan as 亿元 with two decimals, half up, for sentences and overviews.
pub fn yi(yuan: i64) -> Decimal {
    Decimal::new(yuan, 8).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_once_and_half_up() {
        // S003: 5/12 − 35.6% is 6.1 百分点 behind.
        let lag = fraction(5, 12).unwrap() - fraction(356, 1000).unwrap();
        assert_eq!(rounded(lag, 100, 1).unwrap().to_string(), "6.1");
        // 江门 1–10月 is only right from unrounded amounts: 97.158 − 83.333 = 13.8, not 13.9.
        let ahead = fraction(6290, 6474).unwrap() - fraction(10, 12).unwrap();
        assert_eq!(rounded(ahead, 100, 1).unwrap().to_string(), "13.8");
        assert_eq!(rounded(fraction(-5, 1000).unwrap(), 100, 0).unwrap().to_string(), "-1");
        assert_eq!(rounded(fraction(125, 1000).unwrap(), 1, 2).unwrap().to_string(), "0.13");
    }

    #[test]
    fn what_is_too_large_for_a_decimal_is_none_and_no_other_number() {
        let huge = Fraction::new(i128::MAX / 5, 3);
        assert_eq!(rounded(huge, 100, 2), None);
        assert!((to_f64(huge) / (i128::MAX as f64 / 15.0) - 1.0).abs() < 1e-12, "{}", to_f64(huge));
    }

    #[test]
    fn wide_numbers_come_back_rounded_once() {
        // The mean of twelve rates of large amounts has a denominator beyond an i128.
        let rates = (1..=12).map(|n| fraction(999_999_999_999 - n, 1_000_000_000_039 + 2 * n).unwrap());
        let sum = rates.fold(widened(fraction(0, 1).unwrap()), |sum, rate| sum + widened(rate));
        let mean = sum / widened(fraction(12, 1).unwrap());
        assert_eq!(narrowed(&mean, 4), fraction(1, 1));
        assert_eq!(narrowed(&widened(fraction(-125, 1000).unwrap()), 2), fraction(-13, 100));
        assert_eq!(narrowed(&widened(Fraction::from_integer(i128::MAX)), 4), None);
    }

    const _: () = assert!(size_of::<Kept>() == 16);

    proptest::proptest! {
        #[test]
        fn a_kept_fraction_is_the_same(above: i128, below: i64, cut in 0u32..127) {
            for value in [None, Some(Fraction::new(above >> cut, i128::from(below).max(1))), fraction(below, 7)] {
                let kept = Kept::from(value);
                proptest::prop_assert_eq!((kept.get(), kept.is_some()), (value, value.is_some()));
            }
        }

        #[test]
        fn the_quick_ways_to_a_fraction_and_a_decimal_are_the_exact_ones(above: i64, below: i64, large: i128, digits in 0u32..30, cut in 0u32..127) {
            let ends = [i64::MIN, i64::MIN + 1, -5, -1, 0, 1, 2, 5, 1000, i64::MAX];
            let pairs = ends.iter().flat_map(|one| ends.iter().map(move |other| (*one, *other)));
            for (above, below) in pairs.chain([(above, below), (above >> (cut / 2), below >> (cut / 3))]) {
                let exact = (below != 0).then(|| Fraction::new(above.into(), below.into()));
                proptest::prop_assert_eq!(fraction(above, below), exact, "{}/{}", above, below);
                for value in exact.into_iter().chain([Fraction::new(large >> cut, 2i128.max(below.into()))]) {
                    for (scale, digits) in [(1, 0), (100, 1), (1, 15), (10_000, digits), (-100, 2)] {
                        let by = 10i128.checked_pow(digits).and_then(|by| by.checked_mul(scale.into()));
                        let exact = by.and_then(|by| value.checked_mul(&Fraction::from_integer(by)));
                        let exact = exact.and_then(|it| Decimal::try_from_i128_with_scale(it.round().to_integer(), digits).ok());
                        proptest::prop_assert_eq!(rounded(value, scale, digits), exact, "{} by {} to {}", value, scale, digits);
                    }
                }
            }
        }

        #[test]
        fn yuan_in_wan_have_the_digits_that_they_need(yuan: i64, zeros in 0u32..8) {
            for yuan in [yuan, yuan >> 40, yuan / 10i64.pow(zeros) * 10i64.pow(zeros), 0, i64::MIN] {
                let exact = Decimal::new(yuan, 4).normalize();
                proptest::prop_assert_eq!((wan(yuan), wan(yuan).to_string()), (exact, exact.to_string()));
            }
        }

        #[test]
        fn the_quick_way_to_yuan_is_the_exact_one(number: f64, parts in -2_000_000_000_000_000i64..2_000_000_000_000_000, digits in 0u32..9) {
            let decimals = parts as f64 / 10f64.powi(digits as i32);
            for number in [number, decimals, number % 1e9] {
                for unit in [1, 1_000, YUAN_PER_WAN, 100_000_000] {
                    let exact = decimal(number).and_then(|number| yuan(number, unit));
                    proptest::prop_assert_eq!(yuan_of(number, unit), exact, "{} of {}", number, unit);
                }
            }
        }
    }

    #[test]
    fn parts_of_an_amount_add_up_to_it() {
        let shares = |parts: &[(i64, i64)]| parts.iter().map(|(n, d)| fraction(*n, *d).unwrap()).collect::<Vec<_>>();
        assert_eq!(split(100, &shares(&[(1, 3), (1, 3), (1, 3)])), [34, 33, 33]);
        assert_eq!(split(101, &shares(&[(1, 3), (2, 3)])), [34, 67]);
        assert_eq!(split(-100, &shares(&[(1, 3), (1, 3), (1, 3)])), [-33, -33, -34]);
        assert_eq!(split(10, &shares(&[(1, 2), (1, 4), (1, 4)])), [5, 3, 2]);
        assert_eq!(split(0, &shares(&[(1, 2), (1, 2)])), [0, 0]);
        assert_eq!(split(7, &[]), [0i64; 0]);
    }

    #[test]
    fn cells_become_whole_yuan() {
        assert_eq!(yuan(decimal(8844.86).unwrap(), YUAN_PER_WAN), Some(88_448_600));
        assert_eq!(yuan(decimal(0.1 + 0.2).unwrap(), YUAN_PER_WAN), Some(3_000));
        assert_eq!(yuan(decimal(1.5).unwrap(), 100_000_000), Some(150_000_000));
        assert_eq!(decimal(f64::NAN), None);
        assert_eq!(yuan(decimal(1e20).unwrap(), YUAN_PER_WAN), None);
        assert_eq!(wan(88_448_600).to_string(), "8844.86");
    }
}
