//! Workbooks with a password to open.
//!
//! Takes an OLE file and the passwords that the office lists, gives the workbook inside; passwords
//! are tried in the order of the list. The crate does not hold a password against the file and
//! hands out garbage for a wrong one, so what comes out must open as a package.

use std::io::Cursor;

use super::fault::{Fault, Lock, guarded};
use super::package::Package;
use super::password::Password;
use crate::workspace::Limits;

/// What Excel itself locks a workbook with whose structure is protected: it opens without asking.
const EXCELS_OWN: &str = "VelvetSweatshop";

/// The package in a locked file; `None` where the file is no locked package.
pub(super) fn unlocked(bytes: &[u8], passwords: &[Password], limits: &Limits) -> Result<Option<Vec<u8>>, Fault> {
    let is_locked = cfb::CompoundFile::open(Cursor::new(bytes)).is_ok_and(|ole| ole.exists("/EncryptedPackage"));
    if !is_locked {
        return Ok(None);
    }
    for word in std::iter::once(EXCELS_OWN).chain(passwords.iter().map(Password::word)) {
        let tried = guarded(|| Ok(office_crypto::decrypt_from_bytes(bytes.to_vec(), word)));
        let Ok(Ok(package)) = tried else { return Err(Fault::Encrypted(Lock::NotHere("文件"))) };
        if opens(&package, limits) {
            return Ok(Some(package));
        }
    }
    Err(Fault::Encrypted(Lock::NoneFits(passwords.len())))
}

/// Whether bytes are a package whose list of contents inflates: no garbage does.
fn opens(bytes: &[u8], limits: &Limits) -> bool {
    let listed = || Package::open(bytes, limits)?.bytes("[Content_Types].xml");
    bytes.starts_with(b"PK") && guarded(listed).is_ok_and(|part| part.is_some())
}
