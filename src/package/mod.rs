//! Package: a zip package of XML parts (.xlsx, .docx) opened, changed in a few parts and saved, every
//! other part byte for byte as it was.
//!
//! Takes a package's bytes, or nothing for a new one; gives its parts by name and the bytes of the
//! changed package. Parts that were not set are copied with their packed bytes; the same parts give the
//! same bytes, since parts that were set carry no time. [`Tags`] and [`Edits`] change a part's XML in
//! place: where each tag stands, and what is put there instead.

use crate::say;
mod content_types;
mod edits;
mod escape;
mod relations;
mod tags;
mod zipped;

pub use content_types::ContentTypes;
pub use edits::Edits;
pub use escape::{escape_attribute, escape_text};
pub use relations::{Relation, Relations};
pub use tags::{Tag, TagKind, Tags};
pub use zipped::{Inflation, Package};

/// A package that cannot be changed: it is not one, or one of its parts is not what it must be.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The zip archive itself is broken, locked, or cannot be written.
    #[error("{}", say!("package-zip", fault = _0))]
    Zip(#[from] zip::result::ZipError),
    /// A part's bytes cannot be read or written.
    #[error("{}", say!("package-io", fault = _0))]
    Io(#[from] std::io::Error),
    /// A part, or all together, inflate beyond what is allowed; or there are too many.
    #[error("{}", say!("package-too-large", part = _0))]
    TooLarge(String),
    /// A part is not written in UTF-8.
    #[error("{}", say!("package-not-text", part = _0))]
    NotText(String),
    /// A part that must be there is not.
    #[error("{}", say!("package-missing", part = _0))]
    Missing(String),
    /// A part is no well-formed XML.
    #[error("{}", say!("package-xml", fault = _0))]
    Xml(#[from] quick_xml::Error),
    /// A part's XML is well formed, but not what it must be.
    #[error("{}", say!("package-unexpected", part = _0))]
    Unexpected(String),
}
