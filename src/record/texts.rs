//! The texts of a column: what many of its cells share is held once, and a cell is its number.

use crate::text::SharedText;

/// A column's texts, one a record; `None` is empty.
#[derive(Clone, Default)]
pub struct Texts {
    each: Vec<SharedText>,
    at: Vec<u32>,
}

/// The number of an empty cell.
const NONE: u32 = u32::MAX;

/// So many texts that came before are looked at again, by the place in memory that cells share.
const REMEMBERED: usize = 1 << 14;

impl Texts {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.at.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// The text of a record; `None` where empty or beyond the last.
    pub fn get(&self, record: usize) -> Option<&str> {
        self.shared(*self.at.get(record)?).map(AsRef::as_ref)
    }

    /// All cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&SharedText>> {
        self.at.iter().map(|at| self.shared(*at))
    }

    /// Leaves out the cells of records that are gone.
    pub(super) fn keep(&mut self, gone: &[bool]) {
        super::keep(&mut self.at, gone);
    }

    fn shared(&self, at: u32) -> Option<&SharedText> {
        self.each.get(at as usize)
    }
}

impl FromIterator<Option<SharedText>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<SharedText>>>(cells: I) -> Self {
        let cells = cells.into_iter();
        let (least, _) = cells.size_hint();
        let mut known: Vec<u32> = vec![NONE; least.next_power_of_two().min(REMEMBERED)];
        let mut texts = Self { each: Vec::new(), at: Vec::with_capacity(least) };
        for cell in cells {
            let at = cell.map_or(NONE, |text| texts.number(text, &mut known));
            texts.at.push(at);
        }
        texts.each.shrink_to_fit();
        texts
    }
}

impl Texts {
    /// The number of a text, a new one unless it is remembered.
    fn number(&mut self, text: SharedText, known: &mut [u32]) -> u32 {
        // Places in memory differ above the lowest four bits.
        let place = text.as_ptr().addr() >> 4;
        let slot = (place ^ (place >> 14)) & (known.len() - 1);
        if self.shared(known[slot]).is_some_and(|before| SharedText::ptr_eq(before, &text)) {
            return known[slot];
        }
        known[slot] = u32::try_from(self.each.len()).expect("no sheet has as many rows");
        self.each.push(text);
        known[slot]
    }
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cells_share_is_held_once_and_all_come_back() {
        let shared: Vec<SharedText> = (0..50_000).map(|at| format!("第{at}个").into()).collect();
        let cells: Vec<Option<SharedText>> = (0..200_000)
            .map(|at: usize| (at % 7 != 3).then(|| shared[at * at % (at % 5 * 9_999 + 1)].clone()))
            .collect();
        let mut texts: Texts = cells.iter().cloned().collect();
        assert_eq!((texts.len(), texts.is_empty()), (cells.len(), false));
        assert!(texts.iter().eq(cells.iter().map(Option::as_ref)));
        assert!((0..cells.len()).all(|at| texts.get(at) == cells[at].as_deref()));
        assert!(texts.get(cells.len()).is_none() && texts.each.len() < cells.len() / 2, "{}", texts.each.len());
        texts.keep(&(0..cells.len()).map(|at| at > 1).collect::<Vec<_>>());
        assert!(texts.iter().eq(cells[..2].iter().map(Option::as_ref)));
        assert_eq!(Texts::default().len(), 0);
    }
}
