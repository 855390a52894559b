//! Grades and lights by the lead over the schedule.

use crate::amount::{self, Fraction};
use crate::profile::Band;

/// The first band that a lead reaches, its lower end included; `None` without a lead.
pub(crate) fn mark(bands: &[Band], lead: Option<Fraction>) -> Option<String> {
    let points = lead? * Fraction::from_integer(100);
    let reached = |band: &&Band| band.from.is_none_or(|from| amount::exact(from).is_some_and(|from| points >= from));
    bands.iter().find(reached).map(|band| band.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;

    #[test]
    fn lower_ends_belong_to_their_band() {
        let band = |name: &str, from| Band { name: name.into(), from, colour: String::new() };
        let bands = [band("优", Some(0.0)), band("中", Some(-5.0)), band("差", None)];
        let of = |thousandths| mark(&bands, fraction(thousandths, 1000));
        assert_eq!([of(0), of(-1), of(-50), of(-51)].map(Option::unwrap), ["优", "中", "中", "差"]);
        assert_eq!(mark(&bands, None), None);
        // 5/12 − 0.05 has no end in binary or decimal: only exact arithmetic meets the line.
        let lead = fraction(11, 30).unwrap() - fraction(5, 12).unwrap();
        assert_eq!(mark(&bands, Some(lead)).as_deref(), Some("中"));
    }
}
