//! Files and folders that appear whole or not at all, so that a kill or a full disk leaves the last
//! good result in place.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, TempDir};

use super::{Held, STOP};

/// Writes a file beside its place and moves it there, in one step for whoever looks.
///
/// # Errors
///
/// What the file system says; the file that was there is then untouched.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    // A temporary file is private by default; an office's output is for the whole office.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.prefix(".wuzhang-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A folder that is built beside its place and takes it when it is complete.
#[derive(Debug)]
pub struct WholeFolder {
    making: TempDir,
    /// Held while building, so that another run tells a folder in the making from a dead one.
    _claim: Option<Held>,
    _known: Known,
    target: PathBuf,
}

/// The folders that this process has in the making, for one who ends it without dropping them.
static MAKING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A folder's place among those in the making.
#[derive(Debug)]
struct Known(PathBuf);

impl Known {
    fn of(making: &Path) -> Self {
        making_now().insert(making.to_owned());
        Self(making.to_owned())
    }
}

impl Drop for Known {
    fn drop(&mut self) {
        making_now().remove(&self.0);
    }
}

fn making_now() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    MAKING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what this process has in the making; only for one who ends it at once, after a stop was asked for.
pub fn clear_making() {
    let folders: Vec<PathBuf> = making_now().iter().cloned().collect();
    for folder in folders {
        // Whoever builds it may write one more file meanwhile.
        for _ in 0..3 {
            if fs::remove_dir_all(&folder).is_ok() || !folder.exists() {
                break;
            }
        }
    }
}

impl WholeFolder {
    /// Starts a folder that will stand at `target`; clears what a killed run left beside it.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn begin(target: &Path) -> io::Result<Self> {
        let target = std::path::absolute(target)?;
        let parent = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(parent)?;
        let prefix = prefix_of(&target, "making");
        restore(&target)?;
        clear_dead(parent, &prefix)?;
        let making = Builder::new().prefix(&prefix).tempdir_in(parent)?;
        let (claim, known) = (claim(making.path()), Known::of(making.path()));
        Ok(Self { making, _claim: claim, _known: known, target })
    }

    /// Where to write meanwhile.
    pub fn path(&self) -> &Path {
        self.making.path()
    }

    /// The same folder, to stand elsewhere beside `target`: for one whose name depends on what is in it.
    ///
    /// # Errors
    ///
    /// What the file system says.
    pub fn to_stand_at(self, target: &Path) -> io::Result<Self> {
        let target = std::path::absolute(target)?;
        fs::create_dir_all(target.parent().ok_or(io::ErrorKind::InvalidInput)?)?;
        Ok(Self { target, ..self })
    }

    /// Puts the folder in its place; one that stood there before is removed.
    ///
    /// # Errors
    ///
    /// What the file system says; the folder that was there is then still there.
    pub fn commit(self) -> io::Result<()> {
        sync(self.making.path())?;
        if self.target.exists() {
            replace(self.making, &self.target)
        } else {
            let making = self.making.keep();
            fs::rename(&making, &self.target).inspect_err(|_| drop(fs::remove_dir_all(&making)))
        }
    }
}

/// More files than these are not brought to the disk one by one.
const MANY: usize = 64;

/// Brings a folder to the disk: file by file, or the whole file system at once where the folder has many files and
/// the system can; a thousand returns would each wait for the disk.
fn sync(folder: &Path) -> io::Result<()> {
    if count(folder)? > MANY && sync_file_system(folder) {
        return Ok(());
    }
    sync_all(folder)
}

fn count(folder: &Path) -> io::Result<usize> {
    let mut found = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        found += if entry.file_type()?.is_dir() { count(&entry.path())? } else { 1 };
    }
    Ok(found)
}

/// Whether the system brought all of a folder's file system to the disk.
#[cfg(target_os = "linux")]
fn sync_file_system(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(&folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_: &Path) -> bool {
    false
}

/// `.2026-10.making-`
fn prefix_of(target: &Path, role: &str) -> OsString {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{role}-"));
    name
}

/// Where the folder that stood there waits while it is replaced without an exchange.
fn waiting(target: &Path) -> PathBuf {
    target.with_file_name(prefix_of(target, "last"))
}

/// After a kill between the two steps of [`replace`], the last good folder takes its place again.
fn restore(target: &Path) -> io::Result<()> {
    let last = waiting(target);
    match (last.exists(), target.exists()) {
        (true, false) => fs::rename(last, target),
        (true, true) => fs::remove_dir_all(last),
        (false, _) => Ok(()),
    }
}

fn replace(making: TempDir, target: &Path) -> io::Result<()> {
    if exchange(making.path(), target) {
        // What is dropped now is the folder that stood there before.
        return making.close();
    }
    let last = waiting(target);
    fs::rename(target, &last)?;
    let making = making.keep();
    if let Err(error) = fs::rename(&making, target) {
        fs::rename(&last, target)?;
        fs::remove_dir_all(&making)?;
        return Err(error);
    }
    fs::remove_dir_all(last)
}

/// Clears what killed runs left in a folder: folders in the making, scratch files, and folders that waited
/// while they were replaced, which take their places again. Only for one who holds the workspace.
pub(super) fn clear_leftovers(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let hidden = name.strip_prefix('.').unwrap_or_default();
        if let (Some(target), true) = (hidden.strip_suffix(".last-"), path.is_dir()) {
            restore(&folder.join(target))?;
        } else if hidden.contains(".making-") && path.is_dir() && claim(&path).is_some() {
            fs::remove_dir_all(&path)?;
        } else if hidden.starts_with("wuzhang-") && path.is_file() {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Swaps two folders in one step, where the system can; whether it did.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// The lock on a folder in the making; `None` where folders cannot be locked.
fn claim(folder: &Path) -> Option<Held> {
    let held = Held::now(File::open(folder).ok()?).ok()?.ok()?;
    held.is_real().then_some(held)
}

/// Removes folders in the making that nobody holds any longer.
fn clear_dead(parent: &Path, prefix: &OsString) -> io::Result<()> {
    let prefix = prefix.to_string_lossy();
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&*prefix) && claim(&entry.path()).is_some() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        STOP.go_on()?;
        let path = entry?.path();
        if path.is_dir() {
            sync_all(&path)?;
        } else {
            // Windows flushes only files that are open for writing.
            fs::OpenOptions::new().append(true).open(&path)?.sync_all()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.json");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["run.json"]);
        assert!(write_whole(&folder.path().join("none/run.json"), b"x").is_err());
    }

    #[test]
    fn a_folder_appears_only_when_committed() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("out/2026-10");
        for text in ["first", "second"] {
            let folder = WholeFolder::begin(&target).unwrap();
            fs::write(folder.path().join("a.txt"), text).unwrap();
            assert_eq!(target.exists(), text == "second");
            folder.commit().unwrap();
            assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), text);
        }
        drop(WholeFolder::begin(&target).unwrap());
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "second");
        assert_eq!(names(&root.path().join("out")), ["2026-10"]);
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_and_what_is_alive_is_not() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("2026-10");
        let alive = WholeFolder::begin(&target).unwrap();
        fs::create_dir(root.path().join(".2026-10.making-dead")).unwrap();
        fs::create_dir(root.path().join(".2026-10.last-")).unwrap();
        let second = WholeFolder::begin(&target).unwrap();
        assert!(alive.path().exists() && second.path().exists());
        assert!(!root.path().join(".2026-10.making-dead").exists());
        assert!(target.exists(), "the last good folder is back");
    }

    #[test]
    fn what_is_in_the_making_is_known_until_it_stands() {
        let root = tempfile::tempdir().unwrap();
        let folder = WholeFolder::begin(&root.path().join("2026-10")).unwrap();
        fs::write(folder.path().join("a.txt"), "half").unwrap();
        // Not `clear_making`, which would clear the folders of other tests of this process.
        assert!(making_now().contains(folder.path()));
        let path = folder.path().to_owned();
        folder.commit().unwrap();
        assert!(!making_now().contains(&path), "what stands is not in the making");
    }
}
