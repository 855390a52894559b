//! From printed operands to a verdict on what was stated of them.

use super::printed::{Interval, Printed};
use crate::amount::Fraction;

/// How a stated figure relates to its printed operands (domain 4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 复算一致: from the operands as printed, rounded once, half up.
    Reproduced,
    /// 按已舍入的数复算一致: only from operands that were themselves rounded to the figure's decimals.
    FromRounded,
    /// 系截尾: the decimals beyond were cut off, not rounded.
    Truncated,
    /// 在舍入误差之内: some operands that print alike give it.
    WithinRounding,
    /// 复算不符: no convention gives it.
    NotReproduced,
    /// 无法复算: an operand is missing, or the divisor may be 0.
    NotCheckable,
}

impl Verdict {
    /// All verdicts, in the order in which they are tried.
    pub const ALL: [Self; 6] = [
        Self::Reproduced,
        Self::FromRounded,
        Self::Truncated,
        Self::WithinRounding,
        Self::NotReproduced,
        Self::NotCheckable,
    ];

    /// The word in code and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reproduced => "reproduced",
            Self::FromRounded => "reproduced_from_rounded",
            Self::Truncated => "truncated",
            Self::WithinRounding => "within_input_rounding",
            Self::NotReproduced => "not_reproduced",
            Self::NotCheckable => "not_checkable",
        }
    }

    /// What readers call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reproduced => "复算一致",
            Self::FromRounded => "按已舍入的数复算一致",
            Self::Truncated => "系截尾，未四舍五入",
            Self::WithinRounding => "在舍入误差之内",
            Self::NotReproduced => "复算不符",
            Self::NotCheckable => "无法复算",
        }
    }
}

/// A figure computed again from what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recomputed {
    /// From the operands as printed, unrounded.
    pub value: Fraction,
    /// Where it must lie, given that the operands were rounded.
    pub range: Interval,
    /// Its operands, for those who round them before they subtract or add; the sign goes with them.
    rounded_terms: [Option<Fraction>; 2],
}

impl Recomputed {
    /// A share or rate in percent: 74 of 100 is 74. `None` where the whole is or may be 0.
    pub fn percent(part: Printed, whole: Printed) -> Option<Self> {
        let hundred = Fraction::from_integer(100);
        let range = part.interval().over(whole.interval())?.times(hundred);
        Some(Self { value: part.value() / whole.value() * hundred, range, rounded_terms: [None; 2] })
    }

    /// The difference of a recomputed rate and another number, in 百分点: a lag or a change.
    pub fn minus(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            range: self.range.minus(other.range),
            rounded_terms: [Some(self.value), Some(-other.value)],
        }
    }

    /// A number that is known to the last digit, such as a schedule in percent.
    pub fn known(value: Fraction) -> Self {
        Self { value, range: Interval::point(value), rounded_terms: [None; 2] }
    }

    /// The sum of printed parts; `None` without any.
    pub fn sum(parts: impl IntoIterator<Item = Printed>) -> Option<Self> {
        let sum = parts.into_iter().reduce(|sum, part| sum + part)?;
        Some(Self { value: sum.value(), range: sum.interval(), rounded_terms: [None; 2] })
    }

    /// What a stated figure is, in the order of the verdicts.
    pub fn verdict(&self, stated: Printed) -> Verdict {
        let (digits, wanted) = (stated.decimals(), stated.value());
        let from_rounded = || match self.rounded_terms {
            [Some(one), Some(other)] => half_up(one, digits) + half_up(other, digits) == wanted,
            _ => false,
        };
        match () {
            () if half_up(self.value, digits) == wanted => Verdict::Reproduced,
            () if from_rounded() => Verdict::FromRounded,
            () if cut(self.value, digits) == wanted => Verdict::Truncated,
            () if self.range.meets(&stated.interval()) => Verdict::WithinRounding,
            () => Verdict::NotReproduced,
        }
    }
}

/// Rounded half up, away from zero, to some decimals.
fn half_up(value: Fraction, digits: u32) -> Fraction {
    let power = Fraction::from_integer(10i128.pow(digits));
    (value * power).round() / power
}

/// Cut off after some decimals, towards zero.
fn cut(value: Fraction, digits: u32) -> Fraction {
    let power = Fraction::from_integer(10i128.pow(digits));
    (value * power).trunc() / power
}
