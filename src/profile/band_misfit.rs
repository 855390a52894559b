//! Sets of grades or lights that leave a gap, overlap, or look at several things at once.

use std::cmp::Ordering;

use super::misfit::Misfit;
use super::reading::Step;
use super::{Band, Basis};
use crate::amount::{self, Fraction};
use crate::say;

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
            found.push(self.misfit(at, "colour", say!("profile-colour", colour = band.colour)));
        }
        if self.bands[..at].iter().any(|other| other.name == band.name) {
            found.push(self.misfit(at, "name", say!("profile-name-taken", name = band.name)));
        }
        found
    }

    fn lower_end(&self, at: usize) -> Vec<Misfit> {
        let band = &self.bands[at];
        let last = at + 1 == self.bands.len();
        match band.ends().as_slice() {
            [] if last && band.open => vec![self.misfit(at, "open", say!("profile-last-open"))],
            [] if last => Vec::new(),
            [] => {
                let message = say!("profile-band-end", name = band.name);
                vec![self.misfit(at, "name", message)]
            }
            [(basis, _)] if last => {
                vec![self.misfit(at, basis.key(), say!("profile-last-end", key = basis.key()))]
            }
            [(basis, _)] if Some(*basis) != self.basis => {
                let known = self.basis.map_or("", Basis::key);
                vec![self.misfit(at, basis.key(), say!("profile-one-basis", known = known))]
            }
            [(Basis::Share, share)] => self.share(at, *share),
            [(basis, end)] => self.descending(at, *basis, *end).into_iter().collect(),
            [_, (basis, _), ..] => vec![self.misfit(at, basis.key(), say!("profile-one-end"))],
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
                fault(say!("profile-descending", name = name))
            }
            _ => None,
        }
    }

    fn share(&self, at: usize, share: Fraction) -> Vec<Misfit> {
        let (band, mut found) = (&self.bands[at], Vec::new());
        if !is_part(share) {
            found.push(self.misfit(at, "share", say!("profile-share", name = band.name)));
        }
        if band.open {
            found.push(self.misfit(at, "open", say!("profile-share-open")));
        }
        found
    }

    fn whole_shares(&self) -> Option<Misfit> {
        let shares = || self.bands.iter().map(|band| band.share.map(|share| share.0).filter(|share| is_part(*share)));
        let last = shares().rposition(|share| share.is_some())?;
        let sum: Fraction = shares().flatten().sum();
        let whole = sum >= Fraction::from_integer(1);
        whole.then(|| self.misfit(last, "share", say!("profile-shares-whole")))
    }

    /// An upper end that is written must be the lower end of the band above.
    fn upper_end(&self, at: usize) -> Option<Misfit> {
        let band = &self.bands[at];
        let (key, end, included) = match (band.up_to, band.below) {
            (None, None) => return None,
            (Some(_), Some(_)) => {
                return Some(self.misfit(at, "below", say!("profile-up-or-below")));
            }
            (Some(end), None) => ("up_to", end.0, true),
            (None, Some(end)) => ("below", end.0, false),
        };
        let name = &band.name;
        let Some(before) = at.checked_sub(1).map(|before| &self.bands[before]) else {
            return Some(self.misfit(at, key, say!("profile-first-end", name = name, key = key)));
        };
        let Some(floor) = before.end().filter(|_| self.basis != Some(Basis::Share)) else {
            return Some(self.misfit(at, key, say!("profile-no-floor", key = key)));
        };
        let (written, known) = (shown(end), shown(floor));
        let which = match end.cmp(&floor) {
            Ordering::Equal if included == before.open => return None,
            Ordering::Equal if included => {
                say!("profile-bands-both", other = before.name, name = name, written = written)
            }
            Ordering::Equal => say!("profile-bands-neither", other = before.name, name = name, written = written),
            Ordering::Less => {
                say!("profile-bands-gap", other = before.name, name = name, written = written, known = known)
            }
            Ordering::Greater => {
                say!("profile-bands-overlap", other = before.name, name = name, known = known, written = written)
            }
        };
        Some(self.misfit(at, key, say!("profile-mend", which = which)))
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
