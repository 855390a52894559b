//! Why a file or a sheet could not be read, and what its department is told.
//!
//! Takes a cause, gives a [`Finding`]: readers stop with a [`Fault`], which never leaves `collect`.

use std::cell::Cell;
use std::sync::{Arc, Once};

use crate::finding::{Finding, Level, Place};

/// Why reading stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// A file of no bytes, or of white space only.
    Empty,
    /// Needs a password that we do not have, or a way of opening that we do not have.
    Encrypted(Lock),
    /// Beyond a limit; says which.
    TooLarge(String),
    /// No table format we read; says what it is.
    UnknownFormat(String),
    /// Tables in a format that office programs read and we do not; says which.
    ForeignFormat(String),
    /// An archive or a mail that holds no file; says what it holds.
    NoFiles(String),
    /// A container that only Outlook opens; says which.
    Outlook(String),
    /// An archive of a kind that we do not open; says which.
    ForeignArchive(String),
    /// A table format, but damaged; says where it broke.
    Unreadable(String),
    /// The operating system would not give the bytes.
    Inaccessible(String),
    /// Someone wrote to the file while we read it.
    Changing,
    /// Its reader was ended, or ended by itself; says why.
    Stopped(String),
    /// No reader could be started; says what the system said.
    NoReader(String),
    /// A reader in another process has told already.
    Told(Box<Finding>),
}

/// Why a locked file stays shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lock {
    /// None of this many passwords fits.
    NoneFits(usize),
    /// This kind of lock cannot be opened here, whatever the password.
    NotHere(&'static str),
}

impl Fault {
    /// A fault of a damaged part, from a reader's own words.
    pub(super) fn unreadable(cause: impl std::fmt::Display) -> Self {
        Self::Unreadable(cause.to_string())
    }

    /// What is said about a file that could not be opened.
    pub(super) fn of_file(&self, file: &Arc<str>) -> Finding {
        self.finding("file", "文件", Place::file(file))
    }

    /// What is said about a sheet that could not be read in a file that could.
    pub(super) fn of_sheet(&self, file: &Arc<str>, sheet: &Arc<str>) -> Finding {
        self.finding("sheet", "工作表", Place::sheet(file, sheet))
    }

    fn finding(&self, scope: &str, thing: &str, place: Place) -> Finding {
        if let Self::Told(finding) = self {
            return Finding::clone(finding);
        }
        let (rule, message, advice) = match self {
            Self::Empty => ("empty", format!("{thing}是空的，没有任何内容"), "请确认发送的是填好的表格，重新报送"),
            Self::Encrypted(Lock::NoneFits(0)) => (
                "encrypted",
                format!("{thing}设有打开密码，无法读取"),
                "请取消打开密码后重新报送，或由汇总单位把密码填入设置表的“密码”工作表",
            ),
            Self::Encrypted(Lock::NoneFits(tried)) => (
                "encrypted",
                format!("{thing}设有打开密码，设置表中的{tried}个密码都打不开"),
                "请取消打开密码后重新报送，或由汇总单位把正确的密码填入设置表的“密码”工作表",
            ),
            Self::Encrypted(Lock::NotHere(what)) => (
                "encrypted",
                format!("{thing}设有打开密码，{what}的加密方式无法在此打开"),
                "请取消打开密码后另存为 .xlsx，重新报送",
            ),
            Self::TooLarge(what) => (
                "too_large",
                format!("{thing}过大：{what}，整个{thing}未读取"),
                "请删除表格外多余的行、列和图片，只保留数据后重新报送",
            ),
            Self::UnknownFormat(what) => (
                "unknown_format",
                format!("{what}，不是可以读取的表格"),
                "请用 .xlsx（或 .xls、.et、.ods、.csv）格式报送表格本身",
            ),
            Self::ForeignFormat(what) => {
                ("foreign_format", format!("{what}，不能直接读取"), "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送")
            }
            Self::NoFiles(what) => ("no_files", what.clone(), "请确认表格已经放入，重新报送"),
            Self::Outlook(what) => (
                "outlook",
                format!("{what}，里面的表格取不出来"),
                "请发件人把邮件格式改为 HTML 或纯文本、直接附上表格后重新发送",
            ),
            Self::ForeignArchive(what) => {
                ("archive", format!("{what}，无法打开"), "请解压后直接报送其中的表格，或改用 .zip 压缩")
            }
            Self::Unreadable(cause) => (
                "unreadable",
                format!("{thing}已损坏，无法读取（{cause}）"),
                "请用 Excel 或 WPS 打开确认，另存为 .xlsx 后重新报送",
            ),
            Self::Inaccessible(cause) => {
                ("unreadable", format!("{thing}打不开（{cause}）"), "请检查文件是否仍在收件目录、是否有读取权限")
            }
            Self::Changing => (
                "changing",
                format!("{thing}在读取时正被改动，内容可能不全，未读取"),
                "请等文件复制或保存完毕、关闭正在编辑的程序后，重新运行",
            ),
            Self::Stopped(cause) => (
                "stopped",
                format!("{thing}无法读取：{cause}，读取已中止"),
                "请用 Excel 或 WPS 打开确认，删除多余的行、列和图片，另存为 .xlsx 后重新报送",
            ),
            Self::NoReader(cause) => (
                "unread",
                format!("{thing}未读取：读取程序启动失败（{cause}）"),
                "请汇总单位检查内存和程序文件后重新运行；文件本身不必重新报送",
            ),
            Self::Told(finding) => ("told", finding.message.to_string(), &*finding.advice),
        };
        Finding::new(Level::Error, format!("{scope}.{rule}"), place, message, advice)
    }
}

/// Runs a reader of untrusted bytes so that its panic becomes a fault like any other, and is not
/// printed: whoever runs the program is told by the finding.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    quiet_hook();
    let before = GUARDED.replace(true);
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    GUARDED.set(before);
    read.unwrap_or_else(|_| Err(Fault::Unreadable("文件结构异常".into())))
}

/// Runs what looks at untrusted bytes; `None` where it panics, which is not printed. For what changes
/// files that departments sent: the file is told of as one that could not be changed.
pub fn unharmed<T>(look: impl FnOnce() -> T) -> Option<T> {
    guarded(|| Ok(look())).ok()
}

thread_local! {
    /// Whether this thread is inside a reader.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Puts a hook before the program's own that keeps the panics of guarded readers to itself.
fn quiet_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let outer = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !GUARDED.get() {
                outer(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_says_what_to_do() {
        let file: Arc<str> = "甲.xlsx".into();
        let cause = || "x".to_owned();
        for fault in [
            Fault::Empty,
            Fault::Encrypted(Lock::NoneFits(0)),
            Fault::Encrypted(Lock::NoneFits(2)),
            Fault::Encrypted(Lock::NotHere(".xls")),
            Fault::ForeignFormat(cause()),
            Fault::ForeignArchive(cause()),
            Fault::Outlook(cause()),
            Fault::NoFiles(cause()),
            Fault::Changing,
            Fault::Stopped(cause()),
            Fault::NoReader(cause()),
            Fault::TooLarge(cause()),
            Fault::UnknownFormat(cause()),
            Fault::Unreadable(cause()),
            Fault::Inaccessible(cause()),
        ] {
            let finding = fault.of_file(&file);
            assert!(finding.rule.starts_with("file.") && finding.level == Level::Error);
            assert!(finding.advice.starts_with('请'), "{}", finding.advice);
            assert_eq!(fault.of_sheet(&file, &"表".into()).place.sheet.as_deref(), Some("表"));
        }
    }

    #[test]
    fn a_panic_becomes_a_fault() {
        assert!(matches!(guarded::<()>(|| panic!("broken")), Err(Fault::Unreadable(_))));
    }
}
