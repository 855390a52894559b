//! A file of the inbox as it came, for a document that gives it back.
//!
//! Takes a file's bytes, gives them with what they are; a locked workbook is opened with the passwords
//! that the office knows, since what is given back has to be read by those who sent it.

use std::sync::Arc;

use super::apart;
use super::fault::{Fault, guarded};
use super::locked;
use super::open::{Kind, digest, kind};
use super::package::Package;
use super::password::Password;
use super::sniff::{Format, sniff};
use crate::workspace::Limits;

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its name, as [`SourceFile`](super::SourceFile) has it.
    pub name: Arc<str>,
    /// SHA-256 of the bytes that came.
    pub digest: String,
    /// Its bytes; of a locked workbook those of the workbook inside.
    pub bytes: Vec<u8>,
    /// Whether it was locked.
    pub unlocked: bool,
    /// What it is.
    pub form: Form,
}

/// What a file is, as far as that decides how it can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An .xlsx or .xlsm package, whose parts can be changed one by one.
    Workbook,
    /// Another kind of table, as clerks call it.
    Table(&'static str),
    /// No table.
    Other,
}

impl Form {
    /// A text file, whose cells have no types of their own.
    pub const TEXT: Self = Self::Table("文本表格（.csv）");
}

impl Original {
    /// A file with its form.
    pub(super) fn of(bytes: Vec<u8>, name: &str, limits: &Limits, passwords: &[Password]) -> Self {
        let digest = digest(&bytes);
        let within = |bytes: &[u8]| bytes.len() as u64 <= limits.bytes;
        let inside = match sniff(&bytes) {
            Format::Ole if within(&bytes) => unlocked(&bytes, passwords, limits).ok().flatten(),
            _ => None,
        };
        let (unlocked, bytes) = (inside.is_some(), inside.unwrap_or(bytes));
        let form = form(&bytes, limits);
        Self { name: name.into(), digest, bytes, unlocked, form }
    }
}

/// The workbook in a locked one, opened where tables are read.
fn unlocked(bytes: &[u8], passwords: &[Password], limits: &Limits) -> Result<Option<Vec<u8>>, Fault> {
    match apart::readers() {
        Some(readers) => readers.unlocked(bytes, passwords, limits),
        None => guarded(|| locked::unlocked(bytes, passwords, limits)),
    }
}

fn form(bytes: &[u8], limits: &Limits) -> Form {
    match sniff(bytes) {
        Format::Zip => match guarded(|| kind(&mut Package::open(bytes, limits)?)) {
            Ok(Kind::Xlsx) => Form::Workbook,
            Ok(Kind::Xlsb) => Form::Table("二进制工作簿（.xlsb）"),
            Ok(Kind::Ods) => Form::Table("OpenDocument 表格（.ods）"),
            _ => Form::Other,
        },
        Format::Ole => Form::Table("旧版工作簿（.xls、.et）"),
        Format::Html => Form::Table("网页格式的表格"),
        Format::SpreadsheetXml => Form::Table("XML 格式的表格"),
        Format::Text => Form::TEXT,
        _ => Form::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::tests::zipped;

    #[test]
    fn what_can_be_given_back_as_it_is_and_what_cannot() {
        let form = |bytes: Vec<u8>| Original::of(bytes, "甲", &Limits::default(), &[]).form;
        assert_eq!(form(zipped(&[("xl/workbook.xml", "<workbook/>")])), Form::Workbook);
        assert!(matches!(form("项目,金额\n甲,1\n".into()), Form::Table(words) if words.contains(".csv")));
        assert!(matches!(form(zipped(&[("content.xml", "<a/>")])), Form::Table(words) if words.contains(".ods")));
        assert_eq!(form(b"%PDF-1.7".to_vec()), Form::Other);
        assert_eq!(form(b"PK\x03\x04broken".to_vec()), Form::Other);
    }

    #[test]
    fn the_files_of_a_container_are_called_as_their_readings_are() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("报送.zip");
        let zip = zipped(&[("城关镇.csv", "项目,金额\n甲,1\n"), ("里/城关镇.csv", "项目,金额\n乙,2\n")]);
        std::fs::write(&path, zip).unwrap();
        let limits = Limits::default();
        let originals = crate::collect::originals(&path, "报送.zip", &limits, &[]);
        let read = crate::collect::read_all(&path, "报送.zip", &limits, &[]);
        let of_read: Vec<_> = read.iter().map(|file| (file.name.clone(), file.digest.clone())).collect();
        let of_originals: Vec<_> = originals.iter().map(|file| (file.name.clone(), file.digest.clone())).collect();
        assert_eq!((of_originals.len(), of_originals), (2, of_read));
    }
}
