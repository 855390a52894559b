//! Chance that repeats: the same seed always gives the same throws.

/// A splitmix64 generator.
pub struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number, both ends included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.throw() % (high - low + 1) as u64) as i64
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of a list, which must not be empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.between(0, list.len() as i64 - 1) as usize]
    }

    /// The list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.between(0, at as i64) as usize);
        }
    }
}

/// Splits a sum over weights, each part a multiple of `step`; the largest takes what is left over.
pub fn split(sum: i64, weights: &[i64], step: i64) -> Vec<i64> {
    let whole: i64 = weights.iter().sum();
    let mut parts: Vec<i64> =
        weights.iter().map(|w| (i128::from(sum) * i128::from(*w) / i128::from(whole)) as i64 / step * step).collect();
    let largest = (0..parts.len()).max_by_key(|at| (parts[*at], *at)).expect("there is something to split over");
    parts[largest] += sum - parts.iter().sum::<i64>();
    parts
}
