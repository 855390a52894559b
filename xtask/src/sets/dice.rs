//! Numbers that look thrown and are the same each time: SplitMix64, which every machine computes alike.

/// A sequence of numbers known by its seed.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The sequence of a seed and of what it is for, so that files do not depend on one another.
    pub(super) fn of(seed: u64, of_what: u64) -> Self {
        let mut dice = Self(seed ^ of_what.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.throw();
        dice
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from the first to the last.
    pub(super) fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = (last - first + 1).unsigned_abs();
        first + (self.throw() % span) as i64
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn in_hundred(&mut self, times: i64) -> bool {
        self.between(1, 100) <= times
    }

    /// One of several.
    pub(super) fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.between(0, words.len() as i64 - 1) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_within_bounds() {
        let throws = |seed| {
            let mut dice = Dice::of(seed, 7);
            (0..1_000).map(|_| dice.between(-3, 9)).collect::<Vec<_>>()
        };
        assert_eq!(throws(1), throws(1));
        assert_ne!(throws(1), throws(2));
        assert_eq!((throws(1).iter().min(), throws(1).iter().max()), (Some(&-3), Some(&9)));
    }
}
