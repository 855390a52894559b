//! Workspace: where an office keeps its inbox, profile, settings, ledger and results.
//!
//! Takes a folder, gives a [`Workspace`]: with `wuzhang.toml` as that says; any other folder is
//! taken for the inbox itself, so that a new office sees its first ranking before it has set
//! anything up. [`Workspace::init`] makes a new one. What is written is written whole
//! ([`write_whole`], [`WholeFolder`]), by one at a time ([`Workspace::hold`]).

mod doing;
mod held;
mod init;
mod limits;
mod lock;
mod mail;
mod stop;
mod whole;

use std::io;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

pub use doing::Doing;
pub use held::Held;
pub use limits::Limits;
pub use lock::{Holder, Lock};
pub use mail::{Imap, Mail, Mailbox, Security, Server};
pub use stop::{Found, Passing, STOP, Stop, Stopped};
use whole::clear_leftovers;
pub use whole::{WholeFolder, clear_making, write_whole};

use crate::lang;
use crate::period::Period;
use crate::profile::{Fault, Profile, ProfileErrors, read_toml};
use crate::say;
use crate::text;

/// The file that makes a folder a workspace.
pub const CONFIG: &str = "wuzhang.toml";
/// The office's own workbook in a workspace.
pub const SETTINGS: &str = "settings.xlsx";
/// The folder of blank forms in a workspace.
const FORMS: &str = "forms";
/// What was read in earlier runs; safe to delete.
const CACHE: &str = ".wuzhang.cache";
/// What the office decided about layouts that were in doubt.
pub const LAYOUTS: &str = "layouts.toml";

/// The folders of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// The folder that was opened.
    pub root: PathBuf,
    /// The county's name for titles, where it is told.
    pub county: Option<String>,
    /// Whether departments report to it, or counties.
    pub level: Level,
    /// For a higher office: the counties that it expects.
    pub counties: Vec<String>,
    /// The folder of the office's own TOML files, where there is one.
    pub profile: Option<PathBuf>,
    /// The settings workbook, where there is one.
    pub settings: Option<PathBuf>,
    /// The decisions about layouts, whether the file is there or not.
    pub layouts: PathBuf,
    /// Merged periods.
    pub ledger: PathBuf,
    /// How much of a file is read before it is taken for hostile.
    pub limits: Limits,
    /// What was read in earlier runs; `None` where nothing is to be kept, as for a bare folder.
    pub cache: Option<CacheFolder>,
    /// What was sent by mail, a file a period; it outlives `out/`.
    pub sent: PathBuf,
    /// The office's mail, where `wuzhang.toml` speaks of it.
    pub mail: Option<Mail>,
    inbox: PathBuf,
    out: PathBuf,
    forms: PathBuf,
    bare: bool,
    /// Whether a run leaves out the returns: a quick look at the ranking while corrections come in.
    pub quick: bool,
}

/// Who reports to an office.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Departments and towns: their workbooks.
    #[default]
    County,
    /// Counties: what this program made of theirs.
    City,
}

/// Why a workspace cannot be opened or made.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceError {
    /// No such folder.
    #[error("{}", say!("workspace-not-found", path = _0.display()))]
    NotFound(PathBuf),
    /// A file where a folder should be.
    #[error("{}", say!("workspace-not-folder", path = _0.display()))]
    NotFolder(PathBuf),
    /// A bare folder whose results would fall into itself.
    #[error("{}", say!("workspace-name-taken", path = _0.display()))]
    NameTaken(PathBuf),
    /// Faults in `wuzhang.toml`.
    #[error(transparent)]
    Config(#[from] ProfileErrors),
    /// Files that a new workspace would overwrite.
    #[error("{}", say!("workspace-exists", files = list(_0)))]
    Exists(Vec<PathBuf>),
    /// Another run holds it.
    #[error("{}", busy(holder.as_deref()))]
    Busy {
        /// Who, and since when, where it has said so.
        holder: Option<String>,
    },
    /// The file system refused.
    #[error("{}", say!("workspace-io", action = action, path = path.display(), source = source))]
    Io {
        /// What was tried.
        action: Doing,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn list(paths: &[PathBuf]) -> String {
    lang::list(&paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>())
}

/// Where what was read of the inbox's files is kept for the next run, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheFolder {
    /// The folder; it may be deleted at any time.
    pub path: PathBuf,
    /// How many bytes it may take.
    pub bytes: u64,
}

/// `[cache]` of `wuzhang.toml`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CacheConfig {
    /// How much may be kept, in MiB; 0 keeps nothing.
    mib: u64,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { mib: 1024 }
    }
}

/// What `wuzhang.toml` states.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(default)]
    county: String,
    #[serde(default)]
    level: Level,
    #[serde(default)]
    counties: Vec<String>,
    #[serde(default = "Config::profile")]
    profile: PathBuf,
    #[serde(default = "Config::inbox")]
    inbox: PathBuf,
    #[serde(default = "Config::ledger")]
    ledger: PathBuf,
    #[serde(default = "Config::out")]
    out: PathBuf,
    #[serde(default)]
    limits: Limits,
    #[serde(default)]
    cache: CacheConfig,
    #[serde(default = "Config::sent")]
    sent: PathBuf,
    mail: Option<mail::RawMail>,
}

impl Config {
    fn profile() -> PathBuf {
        "profile".into()
    }
    fn inbox() -> PathBuf {
        "inbox".into()
    }
    fn ledger() -> PathBuf {
        "ledger".into()
    }
    fn out() -> PathBuf {
        "out".into()
    }
    fn sent() -> PathBuf {
        "sent".into()
    }
}

impl Workspace {
    /// Opens a workspace, or any folder of workbooks as an inbox.
    ///
    /// # Errors
    ///
    /// No such folder; faults in `wuzhang.toml`, all of them.
    pub fn open(path: &Path) -> Result<Self, WorkspaceError> {
        if !path.exists() {
            return Err(WorkspaceError::NotFound(path.to_owned()));
        }
        if !path.is_dir() {
            return Err(WorkspaceError::NotFolder(path.to_owned()));
        }
        // Paths stay as the operator typed them: what is printed is the same on every machine.
        let root = path.to_owned();
        if root.join(CONFIG).is_file() { Self::configured(root) } else { Self::bare(root) }
    }

    fn configured(root: PathBuf) -> Result<Self, WorkspaceError> {
        let path = root.join(CONFIG);
        let text = text::of_file(&path).map_err(|source| WorkspaceError::Io {
            action: Doing::Reading,
            path: path.clone(),
            source,
        })?;
        let shown = path.display().to_string();
        let read = read_toml::<Config>(&shown, &text);
        let Some(config) = &read.value else { return Err(ProfileErrors(read.faults).into()) };
        let mail = config.mail.as_ref().map(|raw| mail::checked(raw, &root, &read)).transpose();
        let mail = mail.map_err(ProfileErrors)?;
        let config = config.clone();
        let profile = root.join(&config.profile);
        if config.profile != Config::profile() && !profile.is_dir() {
            let fault = Fault::of_file(shown, say!("workspace-no-profile", folder = profile.display()));
            return Err(ProfileErrors(vec![fault]).into());
        }
        let misfits = config.limits.misfits();
        if !misfits.is_empty() {
            let told = misfits.into_iter().map(|told| Fault::of_file(shown.clone(), told));
            return Err(ProfileErrors(told.collect()).into());
        }
        Ok(Self {
            limits: config.limits,
            cache: (config.cache.mib > 0)
                .then(|| CacheFolder { path: root.join(CACHE), bytes: config.cache.mib.saturating_mul(1 << 20) }),
            level: config.level,
            counties: config.counties,
            county: Some(config.county.trim().to_owned()).filter(|county| !county.is_empty()),
            profile: Some(profile).filter(|folder| folder.is_dir()),
            settings: Some(root.join(SETTINGS)).filter(|file| file.is_file()),
            layouts: root.join(LAYOUTS),
            ledger: root.join(config.ledger),
            sent: root.join(config.sent),
            mail,
            inbox: root.join(config.inbox),
            out: root.join(config.out),
            forms: root.join(FORMS),
            bare: false,
            quick: false,
            root,
        })
    }

    /// A folder of workbooks; results go beside it and never into it.
    fn bare(root: PathBuf) -> Result<Self, WorkspaceError> {
        let real = root.canonicalize().map_err(|_| WorkspaceError::NotFound(root.clone()))?;
        let beside = beside(&root);
        let (layouts, ledger, out) = (beside.join(LAYOUTS), beside.join("ledger"), beside.join("out"));
        let forms = beside.join(FORMS);
        // The folder of all folders has nothing beside it.
        if real.file_name().is_none_or(|name| name == "ledger" || name == "out" || name == FORMS) {
            return Err(WorkspaceError::NameTaken(root));
        }
        let inbox = root.clone();
        let (level, counties) = (Level::County, Vec::new());
        Ok(Self {
            limits: Limits::default(),
            cache: None,
            level,
            counties,
            county: None,
            profile: None,
            settings: None,
            layouts,
            ledger,
            sent: beside.join("sent"),
            mail: None,
            inbox,
            out,
            forms,
            bare: true,
            quick: false,
            root,
        })
    }

    /// The workspace that a file lies in, where one of the folders above it has a `wuzhang.toml`.
    ///
    /// # Errors
    ///
    /// Faults in that `wuzhang.toml`.
    pub fn around(file: &Path) -> Result<Option<Self>, WorkspaceError> {
        let Ok(file) = std::path::absolute(file) else { return Ok(None) };
        file.ancestors().skip(1).find(|folder| folder.join(CONFIG).is_file()).map(Self::open).transpose()
    }

    /// The profile of its level, with its own files over it.
    ///
    /// # Errors
    ///
    /// As [`Profile::load`].
    pub fn load_profile(&self) -> Result<Profile, ProfileErrors> {
        match self.level {
            Level::County => Profile::load(self.profile.as_deref()),
            Level::City => Profile::load_city(self.profile.as_deref()),
        }
    }

    /// Whether the folder has no `wuzhang.toml` and is itself the inbox.
    pub fn is_bare(&self) -> bool {
        self.bare
    }

    /// What the departments sent for a period.
    pub fn inbox(&self, period: Period) -> PathBuf {
        if self.bare { self.inbox.clone() } else { self.inbox.join(period.to_string()) }
    }

    /// Where the inboxes of all periods stand; of a bare folder it is the inbox itself.
    pub fn inboxes(&self) -> &Path {
        &self.inbox
    }

    /// The period whose inbox a file lies in.
    pub fn period_of(&self, file: &Path) -> Option<Period> {
        let file = file.canonicalize().ok()?;
        let inbox = self.inbox.canonicalize().ok().filter(|_| !self.bare)?;
        let below = file.strip_prefix(inbox).ok()?;
        below.iter().next()?.to_str()?.parse().ok()
    }

    /// Where a period's results stand.
    pub fn out(&self, period: Period) -> PathBuf {
        self.out.join(period.to_string())
    }

    /// Where a period's blank forms stand.
    pub fn forms(&self, period: Period) -> PathBuf {
        self.forms.join(period.to_string())
    }

    /// Whether a file is one that we made, so that no run reads its own results.
    pub fn is_own(&self, path: &Path) -> bool {
        [&self.out, &self.ledger, &self.sent, &self.forms].into_iter().any(|own| path.starts_with(own))
    }
}

/// The folder that a folder stands in, as typed: `报表` stands in the empty path, `.` in `..`.
fn beside(folder: &Path) -> PathBuf {
    match folder.components().next_back() {
        Some(Component::Normal(_)) => folder.parent().map_or_else(PathBuf::new, Path::to_path_buf),
        Some(Component::CurDir) | None => "..".into(),
        _ => folder.join(".."),
    }
}

fn busy(holder: Option<&str>) -> String {
    match holder {
        Some(holder) => say!("workspace-busy", holder = holder),
        None => say!("workspace-busy-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn october() -> Period {
        "2026-10".parse().unwrap()
    }

    #[test]
    fn a_bare_folder_is_an_inbox_with_results_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("十月报表");
        fs::create_dir(&folder).unwrap();
        let workspace = Workspace::open(&folder).unwrap();
        let beside = root.path();
        assert_eq!(workspace.inbox(october()), beside.join("十月报表"));
        assert_eq!(workspace.out(october()), beside.join("out/2026-10"));
        assert!(workspace.is_bare() && workspace.profile.is_none() && workspace.settings.is_none());
        assert!(workspace.is_own(&beside.join("out/2026-10/x.xlsx")));
        assert!(!workspace.is_own(&beside.join("十月报表/x.xlsx")));
    }

    #[test]
    fn paths_stay_as_they_were_typed() {
        for (typed, expected) in [("报表", ""), ("a/报表", "a"), ("a/报表/", "a"), (".", ".."), ("..", "../..")] {
            assert_eq!(beside(Path::new(typed)), Path::new(expected), "{typed}");
        }
        let workspace = Workspace::open(Path::new("sample-data/yunshan")).unwrap();
        assert_eq!(workspace.out(october()), Path::new("sample-data/yunshan/out/2026-10"));
    }

    #[test]
    fn a_folder_named_like_the_results_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("out")).unwrap();
        assert!(matches!(Workspace::open(&root.path().join("out")), Err(WorkspaceError::NameTaken(_))));
        assert!(matches!(Workspace::open(&root.path().join("none")), Err(WorkspaceError::NotFound(_))));
    }

    #[test]
    fn wuzhang_toml_says_where_things_are() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(CONFIG), "county = \"云山县\"\ninbox = \"收件\"\n").unwrap();
        let workspace = Workspace::open(root.path()).unwrap();
        assert_eq!(workspace.county.as_deref(), Some("云山县"));
        assert!(workspace.inbox(october()).ends_with("收件/2026-10"));
        assert!(workspace.out(october()).ends_with("out/2026-10"));
        assert!(workspace.profile.is_none(), "there is no folder profile/");
    }

    #[test]
    fn a_file_knows_its_workspace_and_its_period() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("inbox/2026-10/各镇/城关镇.csv");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "").unwrap();
        assert_eq!(Workspace::around(&file).unwrap(), None);
        fs::write(root.path().join(CONFIG), "").unwrap();
        let workspace = Workspace::around(&file).unwrap().unwrap();
        assert_eq!(workspace.period_of(&file), Some(october()));
        assert_eq!(workspace.period_of(&root.path().join(CONFIG)), None);
    }

    #[test]
    fn unknown_keys_are_told_with_their_line() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(CONFIG), "county = \"云山县\"\ninbx = \"a\"\noutput = \"b\"\n").unwrap();
        let told = Workspace::open(root.path()).unwrap_err().to_string();
        assert!(told.contains("第2行第1列") && told.contains("`inbox`") && told.contains("第3行第1列"), "{told}");
    }
}
