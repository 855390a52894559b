//! Package: a zip package of XML parts (.xlsx, .docx) opened, changed in a few parts and saved, every
//! other part byte for byte as it was.
//!
//! Takes a package's bytes, or nothing for a new one; gives its parts by name and the bytes of the
//! changed package. Parts that were not set are copied with their packed bytes; the same parts give the
//! same bytes, since parts that were set carry no time. [`Tags`] and [`Edits`] change a part's XML in
//! place: where each tag stands, and what is put there instead.

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
    #[error("文件包读写失败：{0}")]
    Zip(#[from] zip::result::ZipError),
    /// A part's bytes cannot be read or written.
    #[error("文件包中的部件读写失败：{0}")]
    Io(#[from] std::io::Error),
    /// A part, or all together, inflate beyond what is allowed; or there are too many.
    #[error("文件包过大：{0}超出允许的大小")]
    TooLarge(String),
    /// A part is not written in UTF-8.
    #[error("文件包中的“{0}”不是 UTF-8 编码")]
    NotText(String),
    /// A part that must be there is not.
    #[error("文件包中缺少“{0}”")]
    Missing(String),
    /// A part is no well-formed XML.
    #[error("文件包中的XML有误：{0}")]
    Xml(#[from] quick_xml::Error),
    /// A part's XML is well formed, but not what it must be.
    #[error("文件包中的“{0}”与规定的格式不符")]
    Unexpected(String),
}
