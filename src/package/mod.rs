//! Package: a zip package of XML parts (.xlsx, .docx) opened, changed in a few parts and saved, every
//! other part byte for byte as it was.
