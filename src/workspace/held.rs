//! A lock that ends when it is dropped, whoever else has a copy of its handle.

use std::fs::{File, TryLockError};
use std::io;

/// A file, or a folder where the system can, locked until this is dropped.
///
/// The lock is taken off, not just closed: a child process that is about to start has copies of all
/// handles of this one for a moment, and would keep it.
#[derive(Debug)]
pub struct Held(Option<File>);

impl Held {
    /// Locks it, waiting for whoever has it. On a share that knows no locks nothing is held: one office at a time uses it.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn wait(file: File) -> io::Result<Self> {
        match file.lock() {
            Ok(()) => Ok(Self(Some(file))),
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }

    /// Locks it where nobody has it; else gives it back. As [`Held::wait`] where locks are not known.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn now(file: File) -> io::Result<Result<Self, File>> {
        match file.try_lock() {
            Ok(()) => Ok(Ok(Self(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(Err(file)),
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(Ok(Self(None))),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Whether the system holds it for us.
    pub fn is_real(&self) -> bool {
        self.0.is_some()
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_the_handle_keeps_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = Held::wait(File::create(&path).unwrap()).unwrap();
        let copy = held.0.as_ref().unwrap().try_clone().unwrap();
        assert!(Held::now(File::open(&path).unwrap()).unwrap().is_err(), "held");
        drop(held);
        assert!(Held::now(File::open(&path).unwrap()).unwrap().is_ok(), "let go, though a copy is open");
        drop(copy);
    }
}
