//! The numbers of a column: the values one behind the other, and a bit for each that is there.

use std::fmt;

/// A column's numbers, one a record; `None` is empty.
#[derive(Clone, Default, PartialEq)]
pub struct Numbers<T> {
    /// What stands in the cells; in empty ones the number that is nothing.
    each: Vec<T>,
    /// Whether something stands in the cells, 64 to a word, from the lowest bit on; beyond the last cell nothing.
    there: Vec<u64>,
}

impl<T: Copy + Default> Numbers<T> {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.each.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// The number of a record; `None` where empty or beyond the last.
    pub fn get(&self, record: usize) -> Option<T> {
        let is_there = self.there.get(record / 64)? >> (record % 64) & 1 == 1;
        is_there.then(|| self.each[record])
    }

    /// All cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> {
        (0..self.len()).map(|record| self.get(record))
    }

    /// Empties the cell of a record, if there is one.
    pub fn clear(&mut self, record: usize) {
        if let Some(number) = self.each.get_mut(record) {
            *number = T::default();
            self.there[record / 64] &= !(1 << (record % 64));
        }
    }

    /// Leaves out the cells of records that are gone.
    pub(super) fn keep(&mut self, gone: &[bool]) {
        *self = self.iter().zip(gone).filter(|(_, gone)| !**gone).map(|(cell, _)| cell).collect();
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Numbers<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(cells: I) -> Self {
        let cells = cells.into_iter();
        let (least, _) = cells.size_hint();
        let mut numbers = Self { each: Vec::with_capacity(least), there: Vec::with_capacity(least.div_ceil(64)) };
        for cell in cells {
            let record = numbers.each.len();
            if record.is_multiple_of(64) {
                numbers.there.push(0);
            }
            numbers.there[record / 64] |= u64::from(cell.is_some()) << (record % 64);
            numbers.each.push(cell.unwrap_or_default());
        }
        numbers
    }
}

impl<T: Copy + Default + fmt::Debug> fmt::Debug for Numbers<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_come_back_are_emptied_and_left_out(
            cells in proptest::collection::vec((proptest::option::of(-2i64..3), any::<bool>()), 0..200),
            emptied in 0usize..220,
        ) {
            let (mut cells, gone): (Vec<Option<i64>>, Vec<bool>) = cells.into_iter().unzip();
            let mut numbers: Numbers<i64> = cells.iter().copied().collect();
            prop_assert_eq!((numbers.len(), numbers.is_empty()), (cells.len(), cells.is_empty()));
            if let Some(cell) = cells.get_mut(emptied) {
                *cell = None;
            }
            numbers.clear(emptied);
            prop_assert_eq!(numbers.get(cells.len()), None);
            prop_assert!((0..cells.len()).all(|at| numbers.get(at) == cells[at]));
            prop_assert!(numbers.iter().eq(cells.iter().copied()));
            prop_assert_eq!(&numbers, &cells.iter().copied().collect::<Numbers<i64>>());
            numbers.keep(&gone);
            let kept: Vec<_> = cells.into_iter().zip(gone).filter(|(_, gone)| !gone).map(|(cell, _)| cell).collect();
            prop_assert_eq!(&numbers, &kept.into_iter().collect::<Numbers<i64>>());
        }
    }
}
