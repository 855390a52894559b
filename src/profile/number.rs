//! Numbers of a TOML file as exact fractions: `0.1` is 1/10, and `"1/3"` is a third.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::amount::{Fraction, exact};

/// A number as it is written, without the error of a binary fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Fraction);

impl Number {
    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(Fraction::from_integer(number.into()))
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl Visitor<'_> for Written {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // `wording` knows this phrase.
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
        Ok(Number::whole(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
        exact(number).map(Number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        quotient(text).map(Number).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// `1/3`, for what has no end as a decimal; sums of such numbers must stay far from what an `i128` holds.
fn quotient(text: &str) -> Option<Fraction> {
    let (above, below) = text.split_once('/')?;
    let whole = |text: &str| text.trim().parse::<i32>().ok();
    let (above, below) = (whole(above)?, whole(below)?);
    (below != 0).then(|| Fraction::new(above.into(), below.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Line {
        n: Number,
    }

    fn read(text: &str) -> Option<Fraction> {
        toml::from_str::<Line>(&format!("n = {text}")).ok().map(|line| line.n.0)
    }

    #[test]
    fn numbers_are_what_is_written() {
        let tenth = Fraction::new(1, 10);
        assert_eq!(read("0.1"), Some(tenth));
        assert_eq!(read("3"), Some(Fraction::from_integer(3)));
        assert_eq!(read("\"-1/3\""), Some(Fraction::new(-1, 3)));
        for wrong in ["nan", "inf", "\"1/0\"", "\"三\"", "true", "[1]"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
