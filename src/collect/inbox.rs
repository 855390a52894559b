//! All files of an inbox.
//!
//! Takes a folder, gives a [`SourceFile`] for each file below it, by name; what the operating system
//! and office programs leave lying about is passed over.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::SourceFile;
use super::maildir;
use super::naming::{self, Names};
use super::unpack::read_all;
use crate::workspace::Limits;

/// Every file below a folder with its name from there, in the order of the names.
///
/// # Errors
///
/// A folder that cannot be listed.
pub fn list_inbox(dir: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    list(dir, "", &mut files)?;
    files.sort();
    // Two names that differ in what nobody sees are told apart.
    let mut names = Names::default();
    Ok(files.into_iter().map(|(name, path)| (names.unique(&naming::of_file(name)), path)).collect())
}

/// Reads every file below a folder, and the files within archives and mails, side by side, in the
/// order of their names.
///
/// # Errors
///
/// A folder that cannot be listed; a file that cannot be read is told by its findings.
pub fn read_inbox(dir: &Path, limits: &Limits) -> io::Result<Vec<SourceFile>> {
    Ok(list_inbox(dir)?.par_iter().flat_map(|(name, path)| read_all(path, name, limits, &[])).collect())
}

/// Adds every file below a folder, with its name from there.
fn list(dir: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if maildir::is_maildir(dir) {
        return maildir::list(dir, prefix, files);
    }
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_left_over(&name) || maildir::is_indexed_without_reports(&entry.path()) {
            continue;
        }
        // Links are followed to files but not to folders, which may lead back here.
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), files)?;
        } else if std::fs::metadata(entry.path()).map_or(true, |target| target.is_file()) {
            files.push((format!("{prefix}{name}"), entry.path()));
        }
    }
    Ok(())
}

/// Lock files of office programs, folder settings of operating systems, Thunderbird's indexes: nobody's report.
pub(super) fn is_left_over(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_index =
        lower.ends_with(".msf") || matches!(&*lower, "msgfilterrules.dat" | "filterlog.html" | "popstate.dat");
    let is_settings = matches!(&*lower, "thumbs.db" | "desktop.ini" | "__macosx");
    name.starts_with("~$") || name.starts_with('.') || is_index || is_settings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_by_name_and_nothing_else() {
        let inbox = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| {
            let path = inbox.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        for name in [
            "乙.csv",
            "sub/甲.csv",
            "~$乙.xlsx",
            ".hidden",
            "Thumbs.db",
            "sub/desktop.ini",
            "Inbox.msf",
            "Sent",
            "Sent.msf",
        ] {
            put(name, "项目,金额\n甲,1\n");
        }
        put("说明.pdf", "%PDF-1.7");
        let sources = read_inbox(inbox.path(), &Limits::default()).unwrap();
        let names: Vec<_> = sources.iter().map(|s| (&*s.name, s.opened())).collect();
        assert_eq!(names, [("sub/甲.csv", true), ("乙.csv", true), ("说明.pdf", false)]);
    }

    #[test]
    fn a_missing_inbox_is_an_error_of_the_run() {
        assert!(read_inbox(Path::new("does/not/exist"), &Limits::default()).is_err());
    }
}
