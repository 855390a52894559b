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
    /// Needs a password.
    Encrypted,
    /// Beyond a limit; says which.
    TooLarge(String),
    /// No table format we read; says what it is.
    UnknownFormat(String),
    /// A table format, but damaged; says where it broke.
    Unreadable(String),
    /// The operating system would not give the bytes.
    Inaccessible(String),
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
        let (rule, message, advice) = match self {
            Self::Empty => ("empty", format!("{thing}是空的,没有任何内容"), "请确认发送的是填好的表格,重新报送"),
            Self::Encrypted => ("encrypted", format!("{thing}设有打开密码,无法读取"), "请取消打开密码后另存,重新报送"),
            Self::TooLarge(what) => (
                "too_large",
                format!("{thing}过大:{what},整个{thing}未读取"),
                "请删除表格外多余的行、列和图片,只保留数据后重新报送",
            ),
            Self::UnknownFormat(what) => (
                "unknown_format",
                format!("{what},不是可以读取的表格"),
                "请用 .xlsx(或 .xls、.et、.ods、.csv)格式报送表格本身",
            ),
            Self::Unreadable(cause) => (
                "unreadable",
                format!("{thing}已损坏,无法读取({cause})"),
                "请用 Excel 或 WPS 打开确认,另存为 .xlsx 后重新报送",
            ),
            Self::Inaccessible(cause) => {
                ("unreadable", format!("{thing}打不开({cause})"), "请检查文件是否仍在收件目录、是否有读取权限")
            }
        };
        Finding::new(Level::Error, &format!("{scope}.{rule}"), place, message, advice)
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
            Fault::Encrypted,
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
