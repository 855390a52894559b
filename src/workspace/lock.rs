//! One run at a time: the lock on a workspace, who holds it, and what a killed holder left.
//!
//! Takes a workspace and who asks, gives a [`Lock`] until it is dropped. The system's own lock on
//! `.wuzhang.lock` decides, so that a killed holder holds nothing; `.wuzhang.running` beside it only
//! says who holds it, in a file of its own because Windows lets nobody read a locked one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Doing, Held, Workspace, WorkspaceError, clear_leftovers, write_whole};
use crate::say;

const LOCK: &str = ".wuzhang.lock";
const RUNNING: &str = ".wuzhang.running";

/// A run that holds a workspace, as it introduced itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process.
    pub process: u32,
    /// When it began, as time since 1970 by the machine's clock.
    pub since: Duration,
    /// What it was asked to do: `run 2026-05`.
    pub command: String,
}

impl Holder {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.process, self.since.as_secs(), self.command.replace('\n', " "))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let process = lines.next()?.parse().ok()?;
        let since = Duration::from_secs(lines.next()?.parse().ok()?);
        Some(Self { process, since, command: lines.next()?.to_owned() })
    }

    /// Who it is, seen at a time: `进程 4711（wuzhang run 2026-05，3分20秒前开始）`.
    pub fn in_words(&self, now: Duration) -> String {
        let ago = now.saturating_sub(self.since).as_secs();
        let ago = match (ago / 3600, ago / 60 % 60, ago % 60) {
            (0, 0, seconds) => say!("workspace-seconds", seconds = seconds),
            (0, minutes, seconds) => say!("workspace-minutes", minutes = minutes, seconds = seconds),
            (hours, minutes, _) => say!("workspace-hours", hours = hours, minutes = minutes),
        };
        say!("workspace-holder", process = self.process, command = self.command, ago = ago)
    }
}

/// A workspace held; let go when dropped.
#[derive(Debug)]
pub struct Lock {
    _held: Held,
    running: PathBuf,
    /// The run that ended without letting go: killed, or its machine switched off.
    pub dead: Option<Holder>,
}

impl Lock {
    /// The file that says who holds the workspace, for one who ends the process without dropping this.
    pub fn told_in(&self) -> &Path {
        &self.running
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.running);
    }
}

impl Workspace {
    /// Holds the workspace's ledger and results for one who writes to them, and clears what a killed
    /// holder left half made. `waiting` is called once where another holds it, and says whether to wait.
    ///
    /// # Errors
    ///
    /// Another that holds it and is not waited for; what the file system says.
    pub fn hold(&self, me: &Holder, waiting: &dyn Fn(Option<&Holder>) -> bool) -> Result<Lock, WorkspaceError> {
        let folder = self.beside_ledger();
        let (path, running) = (folder.join(LOCK), folder.join(RUNNING));
        let io = |action| {
            let path = path.clone();
            move |source| WorkspaceError::Io { action, path, source }
        };
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io(Doing::Writing))?;
        let held = match Held::now(file).map_err(io(Doing::Locking))? {
            Ok(held) => held,
            Err(file) => {
                let holder = read(&running);
                if !waiting(holder.as_ref()) {
                    return Err(WorkspaceError::Busy { holder: holder.map(|holder| holder.in_words(me.since)) });
                }
                Held::wait(file).map_err(io(Doing::Locking))?
            }
        };
        let dead = if held.is_real() { read(&running) } else { None };
        write_whole(&running, me.text().as_bytes()).map_err(io(Doing::Writing))?;
        let lock = Lock { _held: held, running, dead };
        self.clear_dead(&folder)?;
        Ok(lock)
    }

    /// Where the folder of the ledger stands.
    fn beside_ledger(&self) -> PathBuf {
        let folder = self.ledger.parent().filter(|folder| folder.is_dir() || folder.as_os_str().is_empty());
        match folder {
            Some(folder) if folder.as_os_str().is_empty() => ".".into(),
            Some(folder) => folder.to_owned(),
            None => self.root.clone(),
        }
    }

    /// What killed runs left beside results and records, of whatever period.
    fn clear_dead(&self, folder: &Path) -> Result<(), WorkspaceError> {
        let told = |path: PathBuf| |source| WorkspaceError::Io { action: Doing::Clearing, path, source };
        // Books, runs, receipts and forms; in each, the periods, and in forms the units.
        let mut folders = vec![folder.to_owned(), self.out.clone()];
        for top in [&self.ledger, &self.forms] {
            for one in below(top).map_err(told(top.clone()))? {
                folders.extend(below(&one).map_err(told(one.clone()))?);
                folders.push(one);
            }
            folders.push(top.clone());
        }
        // Of the inbox only where mails are fetched to.
        if !self.bare {
            folders.extend(below(&self.inbox).map_err(told(self.inbox.clone()))?);
        }
        folders.into_iter().try_for_each(|folder| clear_leftovers(&folder).map_err(told(folder)))
    }
}

/// The folders in a folder.
fn below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
            Ok(paths.into_iter().filter(|path| path.is_dir()).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn read(running: &Path) -> Option<Holder> {
    Holder::parse(&fs::read_to_string(running).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, Workspace) {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("wuzhang.toml"), "").unwrap();
        let workspace = Workspace::open(root.path()).unwrap();
        (root, workspace)
    }

    fn me(process: u32) -> Holder {
        Holder { process, since: Duration::from_secs(10_000 + u64::from(process)), command: "run 2026-05".into() }
    }

    #[test]
    fn a_second_one_is_told_who_the_first_is() {
        let (_root, workspace) = workspace();
        let first = workspace.hold(&me(1), &|_| panic!("nobody holds it")).unwrap();
        assert_eq!(first.dead, None);
        let told = workspace.hold(&me(201), &|holder| holder != Some(&me(1))).unwrap_err().to_string();
        assert!(told.contains("进程 1（wuzhang run 2026-05，3分20秒前开始）") && told.contains("--wait"), "{told}");
        drop(first);
        assert!(workspace.hold(&me(3), &|_| false).is_ok());
    }

    #[test]
    fn a_dead_holder_holds_nothing_and_its_leftovers_go() {
        let (root, workspace) = workspace();
        let at = |name: &str| root.path().join(name);
        fs::write(at(RUNNING), me(7).text()).unwrap();
        fs::write(at(".wuzhang-abc"), "half").unwrap();
        fs::create_dir_all(at("out/2026-04")).unwrap();
        fs::create_dir_all(at("out/.2026-04.making-x")).unwrap();
        fs::create_dir_all(at("out/.2026-03.last-")).unwrap();
        fs::create_dir_all(at("ledger/runs/period=2026-03/.1-ab.making-y")).unwrap();
        let scratch = ["ledger/receipts", "ledger/book=a/period=2026-03", "forms/2026-03/城关镇", "inbox/2026-03"];
        for folder in scratch {
            fs::create_dir_all(at(folder)).unwrap();
            fs::write(at(folder).join(".wuzhang-half"), "half").unwrap();
        }
        let lock = workspace.hold(&me(8), &|_| false).unwrap();
        assert_eq!(lock.dead, Some(me(7)));
        for gone in
            [".wuzhang-abc", "out/.2026-04.making-x", "out/.2026-03.last-", "ledger/runs/period=2026-03/.1-ab.making-y"]
        {
            assert!(!at(gone).exists(), "{gone}");
        }
        assert!(scratch.iter().all(|folder| !at(folder).join(".wuzhang-half").exists()));
        assert!(at("out/2026-04").exists() && at("out/2026-03").exists(), "the last good folder is back");
        drop(lock);
        assert!(!at(RUNNING).exists());
    }

    #[test]
    fn who_waits_gets_it_when_the_first_lets_go() {
        let (_root, workspace) = workspace();
        let first = workspace.hold(&me(1), &|_| false).unwrap();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| workspace.hold(&me(2), &|_| true).unwrap().dead.clone());
            std::thread::sleep(Duration::from_millis(50));
            assert!(!second.is_finished());
            drop(first);
            assert_eq!(second.join().unwrap(), None);
        });
    }

    #[test]
    fn a_file_that_makes_no_sense_names_nobody() {
        assert_eq!(Holder::parse(""), None);
        assert_eq!(Holder::parse("x\n1\nrun\n"), None);
        assert_eq!(Holder::parse(&me(5).text()), Some(me(5)));
    }
}
