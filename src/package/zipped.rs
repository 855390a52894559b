//! The zip archive of a package: parts by name, in their order.
//!
//! Takes bytes, gives parts; parts that were set or removed are kept beside the original bytes until
//! [`Package::save`] writes both.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::PackageError;

/// How far a package may inflate while it is changed, whatever it claims about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inflation {
    /// Bytes of one part.
    pub part: u64,
    /// Bytes of all parts that are asked for, together; one that is asked for twice counts twice.
    pub whole: u64,
    /// How many parts there may be.
    pub parts: usize,
}

impl Default for Inflation {
    /// For packages of our own.
    fn default() -> Self {
        Self { part: 1 << 30, whole: u64::MAX, parts: usize::MAX }
    }
}

/// How hard parts are packed: a return's notes pack nearly as well in a quarter of the time.
const LEVEL: i64 = 1;

/// A package whose parts can be looked at, set and removed.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// `None` for a package made from nothing.
    archive: Option<ZipArchive<Cursor<Shared>>>,
    /// Parts as written in the archive, in its order, and behind them those that were added.
    names: Vec<String>,
    /// How many of the names stand in the archive.
    archived: usize,
    /// Where the part of a name stands in `names`, by [`folded`] name.
    places: BTreeMap<String, usize>,
    /// The parts that were set, or removed (`None`), by their place.
    changed: BTreeMap<usize, Option<Vec<u8>>>,
    /// What one part may inflate to.
    most: u64,
    /// What all together may still inflate to.
    left: Cell<u64>,
}

/// Bytes that copies of an archive's reader share.
#[derive(Debug, Clone)]
struct Shared(Arc<Vec<u8>>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Package {
    /// A package without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens a package; nothing is inflated yet.
    ///
    /// # Errors
    ///
    /// Bytes that are no zip archive, or an archive whose list of contents is damaged.
    pub fn open(bytes: Vec<u8>) -> Result<Self, PackageError> {
        Self::open_within(bytes, Inflation::default())
    }

    /// Opens a package that others made, of which no more than so much is ever inflated.
    ///
    /// # Errors
    ///
    /// As [`Package::open`]; more parts than are allowed.
    pub fn open_within(bytes: Vec<u8>, inflation: Inflation) -> Result<Self, PackageError> {
        let archive = ZipArchive::new(Cursor::new(Shared(Arc::new(bytes))))?;
        if archive.len() > inflation.parts {
            return Err(PackageError::TooLarge(format!("{}个部件", archive.len())));
        }
        let name = |at| -> Result<String, PackageError> {
            let name = archive.name_for_index(at).ok_or_else(|| PackageError::Missing(at.to_string()))?;
            Ok(name?.into_owned())
        };
        let names = (0..archive.len()).map(name).collect::<Result<Vec<String>, _>>()?;
        let places = names.iter().enumerate().map(|(at, name)| (folded(name), at)).collect();
        let (archived, archive, changed) = (names.len(), Some(archive), BTreeMap::new());
        Ok(Self { archived, archive, names, places, changed, most: inflation.part, left: Cell::new(inflation.whole) })
    }

    /// The names of the parts, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let there = |at: &usize| !matches!(self.changed.get(at), Some(None));
        self.names.iter().enumerate().filter(move |(at, _)| there(at)).map(|(_, name)| name.as_str())
    }

    /// Whether there is a part of this name, whatever its case and slashes.
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// A part's bytes; `None` where there is none.
    ///
    /// # Errors
    ///
    /// A part that cannot be inflated, or inflates beyond what is allowed.
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, PackageError> {
        let Some(at) = self.place(name) else { return Ok(None) };
        if let Some(Some(bytes)) = self.changed.get(&at) {
            return Ok(Some(bytes.clone()));
        }
        // A copy of an archive shares its list of contents and its bytes; its reader is a place in them.
        let Some(mut archive) = self.archive.clone() else { return Ok(None) };
        let (mut bytes, most) = (Vec::new(), self.most.min(self.left.get()));
        archive.by_index(at)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        match most.checked_sub(bytes.len() as u64) {
            Some(_) => self.left.set(self.left.get() - bytes.len() as u64),
            None => return Err(PackageError::TooLarge(format!("“{name}”"))),
        }
        Ok(Some(bytes))
    }

    /// How large the largest part says it is, inflated.
    pub fn largest(&self) -> u64 {
        let Some(mut archive) = self.archive.clone() else { return 0 };
        let sizes = (0..archive.len()).filter_map(|at| archive.by_index_raw(at).ok().map(|part| part.size()));
        sizes.max().unwrap_or(0)
    }

    /// A part as text, without a byte order mark; `None` where there is none.
    ///
    /// # Errors
    ///
    /// As [`Package::part`]; a part that is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<String>, PackageError> {
        let Some(bytes) = self.part(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| PackageError::NotText(name.to_owned()))?;
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    /// Sets a part: one that is there keeps its place and spelling, a new one comes last.
    pub fn set_part(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        let at = self.places.get(&folded(name)).copied().unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.places.insert(folded(name), self.names.len() - 1);
            self.names.len() - 1
        });
        self.changed.insert(at, Some(bytes.into()));
    }

    /// Removes a part, where it is there.
    pub fn remove(&mut self, name: &str) {
        if let Some(at) = self.place(name) {
            self.changed.insert(at, None);
        }
    }

    /// The package's bytes: untouched parts as they were packed, in the order of the parts.
    ///
    /// # Errors
    ///
    /// A part whose packed bytes cannot be found in the archive.
    pub fn save(self) -> Result<Vec<u8>, PackageError> {
        let Self { mut archive, names, archived, mut changed, .. } = self;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // The time of a part that was set is the zip format's first: no clock comes into a package.
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(LEVEL));
        for (at, name) in names.iter().enumerate() {
            match (changed.remove(&at), &mut archive) {
                (Some(None), _) => {}
                (Some(Some(bytes)), _) => {
                    zip.start_file(name.as_str(), options)?;
                    zip.write_all(&bytes)?;
                }
                (None, Some(archive)) if at < archived => zip.raw_copy_file(archive.by_index_raw(at)?)?,
                (None, _) => {}
            }
        }
        Ok(zip.finish()?.into_inner())
    }

    fn place(&self, name: &str) -> Option<usize> {
        let at = *self.places.get(&folded(name))?;
        (!matches!(self.changed.get(&at), Some(None))).then_some(at)
    }
}

/// A part's name without what programs spell differently: case, slashes, a slash before it.
fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package() -> Vec<u8> {
        let mut package = Package::new();
        package.set_part("[Content_Types].xml", "<Types/>");
        package.set_part("xl/media/image1.png", vec![7; 5000]);
        package.set_part("xl/workbook.xml", "\u{feff}<workbook/>");
        package.save().unwrap()
    }

    fn packed(bytes: &[u8], name: &str) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let at = archive.index_for_name(name).unwrap();
        let mut packed = Vec::new();
        archive.by_index_raw(at).unwrap().read_to_end(&mut packed).unwrap();
        packed
    }

    #[test]
    fn what_is_not_set_is_copied_as_it_was_packed() {
        let before = package();
        let mut package = Package::open(before.clone()).unwrap();
        package.set_part("XL/Workbook.xml", "<workbook a='1'/>");
        package.set_part("xl/comments1.xml", "<comments/>");
        let after = package.save().unwrap();
        let reopened = Package::open(after.clone()).unwrap();
        let names: Vec<&str> = reopened.names().collect();
        assert_eq!(names, ["[Content_Types].xml", "xl/media/image1.png", "xl/workbook.xml", "xl/comments1.xml"]);
        assert_eq!(reopened.part("xl/workbook.xml").unwrap().unwrap(), b"<workbook a='1'/>");
        assert_eq!(packed(&before, "xl/media/image1.png"), packed(&after, "xl/media/image1.png"));
        assert!(packed(&after, "xl/media/image1.png").len() < 100, "packed, not stored");
    }

    #[test]
    fn removed_parts_are_gone_and_may_come_again() {
        let mut package = Package::open(package()).unwrap();
        package.remove("xl/workbook.xml");
        assert!(!package.has("xl/workbook.xml") && package.part("xl/workbook.xml").unwrap().is_none());
        let mut package = Package::open(package.save().unwrap()).unwrap();
        assert!(!package.has("xl/workbook.xml"));
        package.set_part("xl/workbook.xml", "<workbook/>");
        assert_eq!(package.text("/xl/workbook.xml").unwrap().unwrap(), "<workbook/>");
    }

    #[test]
    fn no_more_is_inflated_than_is_allowed() {
        let mut package = Package::new();
        for name in ["a.xml", "b.xml", "c.xml"] {
            package.set_part(name, " ".repeat(1000));
        }
        let bytes = package.save().unwrap();
        let within = |part, whole, parts| Package::open_within(bytes.clone(), Inflation { part, whole, parts });
        let is_large = |part: Result<_, PackageError>| matches!(part, Err(PackageError::TooLarge(_)));
        assert!(is_large(within(1000, 9000, 2).map(|_| ())));
        assert!(is_large(within(999, 9000, 3).unwrap().part("a.xml").map(|_| ())));
        let package = within(1000, 2500, 3).unwrap();
        assert_eq!(package.part("a.xml").unwrap().map(|part| part.len()), Some(1000));
        assert!(package.part("a.xml").is_ok() && is_large(package.part("b.xml").map(|_| ())));
    }

    #[test]
    fn text_is_told_from_what_is_none() {
        let package = Package::open(package()).unwrap();
        assert_eq!(package.text("xl/workbook.xml").unwrap().unwrap(), "<workbook/>", "no byte order mark");
        assert!(package.text("xl/none.xml").unwrap().is_none());
        assert!(matches!(Package::open(b"PK but no zip".to_vec()), Err(PackageError::Zip(_))));
        let mut package = package;
        package.set_part("a.xml", vec![0xff, 0xfe, 0x3c]);
        assert!(matches!(package.text("a.xml"), Err(PackageError::NotText(_))));
    }

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        assert_eq!(package(), package());
        let untouched = Package::open(package()).unwrap().save().unwrap();
        assert_eq!(untouched, package(), "opened and saved, nothing changes");
    }
}
