//! Maildirs: mailboxes that are folders, a file a message, as servers and some mail clients keep them.
//!
//! Takes a folder, gives its messages: those in `cur` and `new` that nobody threw away. The server's own lists
//! beside them, half-written messages in `tmp`, and the folders of what was sent or thrown away are no reports.

use std::io;
use std::path::{Path, PathBuf};

/// Folders below a Maildir (Maildir++: `.报送`, `.INBOX.Sent`) that hold no reports, in lower case.
const NO_REPORTS: [&str; 17] = [
    "sent",
    "sent items",
    "sent messages",
    "drafts",
    "draft",
    "templates",
    "trash",
    "deleted items",
    "deleted messages",
    "junk",
    "spam",
    "junk e-mail",
    // As servers write Chinese names, in modified UTF-7: 已发送, 已删除, 草稿箱, 垃圾邮件, 广告邮件.
    "&xfjt0zab-",
    "&xfjsyjzk-",
    "&g0l6p3ux-",
    "&v4nxppcutvy-",
    "&xn9uspcutvy-",
];

/// Whether a folder is a Maildir.
pub(super) fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() && folder.join("new").is_dir()
}

/// Whether a file is what Thunderbird keeps sent or thrown away mails in: its index stands beside it.
pub(super) fn is_indexed_without_reports(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    NO_REPORTS.contains(&name.to_lowercase().as_str()) && file.with_file_name(format!("{name}.msf")).is_file()
}

/// Whether a file of this name below the inbox is a message of a Maildir.
pub(super) fn is_message(name: &str) -> bool {
    let folder = name.rsplit('/').nth(1);
    matches!(folder, Some("cur" | "new"))
}

/// Adds the messages of a Maildir and of the Maildirs below it, with their names from the inbox.
pub(super) fn list(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for part in ["cur", "new"] {
        for (name, path) in entries(&folder.join(part))? {
            let is_file = std::fs::metadata(&path).map_or(true, |target| target.is_file());
            if is_file && !name.starts_with('.') && !is_thrown_away(&name) {
                files.push((format!("{prefix}{part}/{name}"), path));
            }
        }
    }
    for (name, path) in entries(folder)? {
        let is_below = path.is_dir() && !matches!(name.as_str(), "cur" | "new" | "tmp");
        let last = name.rsplit('.').next().unwrap_or(&name).to_lowercase();
        if is_below && is_maildir(&path) && !NO_REPORTS.contains(&last.as_str()) {
            list(&path, &format!("{prefix}{name}/"), files)?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entry = |entry: io::Result<std::fs::DirEntry>| {
        entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))
    };
    std::fs::read_dir(folder)?.map(entry).collect()
}

/// `1780624800.M1P1.host:2,ST`: flags stand behind `2,`, and `T` and `D` say deleted and draft. Windows has no
/// colon in names; programs there write `;` or `!`.
fn is_thrown_away(name: &str) -> bool {
    let flags = [":2,", ";2,", "!2,"].into_iter().find_map(|mark| name.rsplit_once(mark));
    flags.is_some_and(|(_, flags)| flags.contains(['T', 'D']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_nothing_else() {
        let inbox = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let path = inbox.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "Subject: a\n\n").unwrap();
        };
        for name in [
            "cur/1.a:2,S",
            "cur/2.a:2,ST",
            "cur/3.a;2,D",
            "new/4.a",
            "tmp/5.a",
            "dovecot-uidlist",
            ".报送/cur/6.a",
            ".报送/new/7.a",
            ".INBOX.Sent/cur/8.a",
            ".INBOX.Sent/new/9.a",
            "二科/cur/x",
            "二科/new/y",
        ] {
            put(name);
        }
        let mut files = Vec::new();
        assert!(is_maildir(inbox.path()));
        list(inbox.path(), "邮箱/", &mut files).unwrap();
        files.sort();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "邮箱/.报送/cur/6.a",
            "邮箱/.报送/new/7.a",
            "邮箱/cur/1.a:2,S",
            "邮箱/new/4.a",
            "邮箱/二科/cur/x",
            "邮箱/二科/new/y",
        ];
        assert_eq!(names, expected);
        assert!(names.iter().all(|name| is_message(name)) && !is_message("邮箱/4.a"));
    }
}
