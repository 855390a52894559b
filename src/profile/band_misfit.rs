//! Sets of grades or lights that leave a gap, overlap, or look at several things at once.

use std::cmp::Ordering;

use super::misfit::Misfit;
use super::reading::Step;
use super::{Band, Basis};
use crate::amount::{self, Fraction};

/// What is wrong with a set of bands that stands at a path, best first.
///
/// Together the bands must cover the line once: their lower ends go down step by step, an upper end
/// that is written is the lower end of the band above, and the last band takes all that is left.
pub(super) fn of_bands(path: &[Step], bands: &[Band]) -> Vec<Misfit> {
    let set = Set { path, bands, basis: bands.iter().find_map(|band| band.ends().first().map(|(basis, _)| *basis)) };
    let mut found: Vec<Misfit> = (0..bands.len()).flat_map(|at| set.of_band(at)).collect();
    found.extend(set.whole_shares());
    found
}

struct Set<'s> {
    path: &'s [Step],
    bands: &'s [Band],
    basis: Option<Basis>,
}

impl Set<'_> {
    fn misfit(&self, at: usize, key: &str, message: impl Into<String>) -> Misfit {
        let path = self.path.iter().cloned().chain([Step::At(at), Step::Key(key.into())]).collect();
        Misfit { path, message: message.into() }
    }

    fn of_band(&self, at: usize) -> Vec<Misfit> {
        let band = &self.bands[at];
        let mut found = self.lower_end(at);
        found.extend(self.upper_end(at));
        if band.colour.len() != 6 || !band.colour.bytes().all(|b| b.is_ascii_hexdigit()) {
            found.push(self.misfit(at, "colour", format!("颜色“{}”应写成六位十六进制，如 92D050", band.colour)));
        }
        if self.bands[..at].iter().any(|other| other.name == band.name) {
            found.push(self.misfit(at, "name", format!("“{}”已经用过，请换一个名称", band.name)));
        }
        found
    }

    fn lower_end(&self, at: usize) -> Vec<Misfit> {
        let band = &self.bands[at];
        let last = at + 1 == self.bands.len();
        match band.ends().as_slice() {
            [] if last && band.open => vec![self.misfit(at, "open", "最后一档没有下限，请删去 open")],
            [] if last => Vec::new(),
            [] => {
                let message = format!("“{}”不是最后一档，请写明下限 from（或 relative、score、share）", band.name);
                vec![self.misfit(at, "name", message)]
            }
            [(basis, _)] if last => {
                vec![self.misfit(at, basis.key(), format!("最后一档不设下限，请删去 {}", basis.key()))]
            }
            [(basis, _)] if Some(*basis) != self.basis => {
                let known = self.basis.map_or("", Basis::key);
                vec![self.misfit(at, basis.key(), format!("一套档次只能用一种划法，前面用的是 {known}，请改成一样"))]
            }
            [(Basis::Share, share)] => self.share(at, *share),
            [(basis, end)] => self.descending(at, *basis, *end).into_iter().collect(),
            [_, (basis, _), ..] => vec![self.misfit(at, basis.key(), "from、relative、score、share 只能写一个")],
        }
    }

    /// Whether a lower end is below the one above it.
    fn descending(&self, at: usize, basis: Basis, end: Fraction) -> Option<Misfit> {
        let name = &self.bands[at].name;
        let above =
            at.checked_sub(1).and_then(|before| self.bands[before].end().map(|end| (end, self.bands[before].open)));
        let fault = |message: String| Some(self.misfit(at, basis.key(), message));
        match above {
            // Over 5 and from 5 on are two bands that meet, though nothing but 5 itself is in the second.
            Some((above, open)) if end > above || (end == above && (!open || self.bands[at].open)) => {
                fault(format!("“{name}”的下限应低于上一档"))
            }
            _ => None,
        }
    }

    fn share(&self, at: usize, share: Fraction) -> Vec<Misfit> {
        let (band, mut found) = (&self.bands[at], Vec::new());
        if !is_part(share) {
            found.push(self.misfit(at, "share", format!("“{}”的 share 应在0和1之间，如 0.3", band.name)));
        }
        if band.open {
            found.push(self.misfit(at, "open", "按名次比例划分的档次没有 open，请删去"));
        }
        found
    }

    fn whole_shares(&self) -> Option<Misfit> {
        let shares = || self.bands.iter().map(|band| band.share.map(|share| share.0).filter(|share| is_part(*share)));
        let last = shares().rposition(|share| share.is_some())?;
        let sum: Fraction = shares().flatten().sum();
        let whole = sum >= Fraction::from_integer(1);
        whole.then(|| self.misfit(last, "share", "各档 share 之和应小于1，余下的归最后一档"))
    }

    /// An upper end that is written must be the lower end of the band above.
    fn upper_end(&self, at: usize) -> Option<Misfit> {
        let band = &self.bands[at];
        let (key, end, included) = match (band.up_to, band.below) {
            (None, None) => return None,
            (Some(_), Some(_)) => {
                return Some(self.misfit(at, "below", "up_to（含本数）和 below（不含本数）只能写一个"));
            }
            (Some(end), None) => ("up_to", end.0, true),
            (None, Some(end)) => ("below", end.0, false),
        };
        let name = &band.name;
        let Some(before) = at.checked_sub(1).map(|before| &self.bands[before]) else {
            return Some(self.misfit(at, key, format!("“{name}”是第一档，不设上限，请删去 {key}")));
        };
        let Some(floor) = before.end().filter(|_| self.basis != Some(Basis::Share)) else {
            return Some(self.misfit(at, key, format!("上一档没有下限可对，请删去 {key}")));
        };
        let (written, known) = (shown(end), shown(floor));
        let which = match end.cmp(&floor) {
            Ordering::Equal if included == before.open => return None,
            Ordering::Equal if included => format!("“{name}”与“{}”都含{written}，重叠了", before.name),
            Ordering::Equal => format!("“{name}”与“{}”都不含{written}，缺了这一点", before.name),
            Ordering::Less => format!("“{name}”与“{}”之间缺了{written}至{known}这一段", before.name),
            Ordering::Greater => format!("“{name}”与“{}”重叠：{known}至{written}", before.name),
        };
        Some(self.misfit(at, key, format!("{which}，请改正")))
    }
}

/// Whether a share is some of the whole, neither nothing nor all.
fn is_part(share: Fraction) -> bool {
    share > Fraction::from_integer(0) && share < Fraction::from_integer(1)
}

/// An end as the file has it.
fn shown(end: Fraction) -> String {
    amount::rounded(end, 1, 4).map_or_else(|| end.to_string(), |end| end.normalize().to_string())
}
