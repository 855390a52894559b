//! Mails and mailboxes in the inbox: what a mail client saved is read as what was attached to it.
//!
//! The mailboxes are written by Python's own library for them, so that not we alone say what one is.

use std::path::Path;
use std::process::Command;

use wuzhang::collect::{Limits, SourceFile, digest, list_inbox, read_all};
use wuzhang::finding::Level;
use wuzhang::workspace::Workspace;

use crate::mail_servers::python_with;

/// Three reports, one mail without a file whose text looks like a mailbox's separator, one that was not delivered.
const MAKE: &str = r#"
import email.message, email.utils, mailbox, sys
folder = sys.argv[1]
def message(sender, subject, day, *files):
    m = email.message.EmailMessage()
    m['From'], m['To'], m['Subject'] = sender, 'tjj@yunshan.example', subject
    m['Date'] = f'Fri, {day:02} Jun 2026 09:30:00 +0800'
    m['Message-ID'] = f'<{subject.encode().hex()}@yunshan.example>'
    m.set_content('请查收。\n\nFrom the office, 09:30:00 in 2026,\nwith regards\n')
    for name, text in files:
        m.add_attachment(text.encode(), maintype='text', subtype='csv', filename=name)
    return m
def table(project, done):
    return f'项目名称,总投资(万元),年度计划投资(万元),累计完成投资(万元)\r\n{project},9000,1000,{done}\r\n'
mails = [
    message('slj@yunshan.example', '水利局5月报表', 4, ('水利局.csv', table('清水河治理', 500))),
    message('cgz@yunshan.example', '5月报表', 5, ('报表.csv', table('云山大道', 700))),
    message('cgz@yunshan.example', '忘了附件', 5),
    message('cgz@yunshan.example', '5月报表', 5, ('报表.csv', table('东门市场', 60)), ('说明.csv', 'a,b\r\n1,2\r\n')),
]
bounce = message('MAILER-DAEMON@yunshan.example', '退信', 6, ('云山县.csv', table('不是报表', 1)))
bounce.replace_header('Content-Type', bounce['Content-Type'].replace('mixed', 'report; report-type=delivery-status'))
mails.append(bounce)
box = mailbox.mbox(folder + '/收件箱')
for m in mails:
    box.add(m)
box.close()
maildir = mailbox.Maildir(folder + '/邮箱', create=True)
for m in mails:
    saved = mailbox.MaildirMessage(m)
    saved.set_subdir('cur' if m is mails[0] else 'new')
    saved.set_flags('S' if m is mails[0] else '')
    maildir.add(saved)
thrown = mailbox.MaildirMessage(message('cgz@yunshan.example', '作废', 3, ('作废.csv', table('作废项目', 9))))
thrown.set_subdir('cur')
thrown.set_flags('ST')
maildir.add(thrown)
for at, m in enumerate(mails[:2] + mails[3:4]):
    open(f'{folder}/单封{at}.eml', 'wb').write(m.as_bytes())
"#;

/// The mailboxes in a folder of their own each: `收件箱` (mbox), `邮箱` (Maildir), `单封*.eml`.
fn made() -> Option<tempfile::TempDir> {
    let Some(python) = python_with("mailbox") else {
        eprintln!("not tested: python3 is not installed");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(python).env("PYTHONUTF8", "1").args(["-c", MAKE]).arg(folder.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Some(folder)
}

/// What is read of everything below a folder whose name begins so.
fn read(folder: &Path, begin: &str) -> Vec<SourceFile> {
    let listed = list_inbox(folder).unwrap();
    let of = listed.iter().filter(|(name, _)| name.starts_with(begin));
    of.flat_map(|(name, path)| read_all(path, name, &Limits::default(), &[])).collect()
}

/// Content, sender and time of every attached file, in the order of the contents.
fn attached(files: &[SourceFile]) -> Vec<(&str, Option<&str>, Option<&str>)> {
    let with_sheets = files.iter().filter(|file| !file.grids.is_empty());
    let mut found: Vec<_> =
        with_sheets.map(|file| (&*file.digest, file.sender.as_deref(), file.sent.as_deref())).collect();
    found.sort_unstable();
    found
}

#[test]
fn a_mailbox_file_and_a_maildir_give_what_single_mails_give() {
    let Some(folder) = made() else { return };
    let (single, mbox, maildir) =
        (read(folder.path(), "单封"), read(folder.path(), "收件箱"), read(folder.path(), "邮箱"));
    let expected = attached(&single);
    assert_eq!(expected.len(), 4);
    assert!(expected.iter().all(|(_, sender, sent)| sender.is_some() && sent.is_some_and(|s| s.contains("Jun 2026"))));
    assert_eq!(attached(&mbox), expected, "mbox");
    assert_eq!(attached(&maildir), expected, "Maildir");
    let table = "项目名称,总投资(万元),年度计划投资(万元),累计完成投资(万元)\r\n清水河治理,9000,1000,500\r\n";
    assert!(expected.iter().any(|(found, ..)| *found == digest(table.as_bytes())), "bytes as they were attached");
    let names: Vec<&str> = mbox.iter().map(|file| &*file.name).collect();
    let called = [
        "收件箱/2026-06-04 水利局5月报表.eml/水利局.csv",
        "收件箱/2026-06-05 5月报表.eml/报表.csv",
        "收件箱/2026-06-05 5月报表(2).eml/报表.csv",
        "收件箱/2026-06-05 5月报表(2).eml/说明.csv",
        "收件箱",
    ];
    assert_eq!(names, called);
}

#[test]
fn what_is_no_report_is_told_once_and_not_read() {
    let Some(folder) = made() else { return };
    let mbox = read(folder.path(), "收件箱");
    let told = mbox.last().unwrap();
    assert_eq!((told.findings.len(), told.findings[0].level), (1, Level::Note));
    let message = &told.findings[0].message;
    for part in ["5封邮件", "读取了3封", "1封没有附件：《2026-06-05 忘了附件》", "1封是退信：《2026-06-06 退信》"]
    {
        assert!(message.contains(part), "{message}");
    }
    assert!(told.opened() && told.size > 0 && told.digest.len() == 64);
    let maildir = read(folder.path(), "邮箱");
    assert!(maildir.iter().flat_map(|file| &file.findings).all(|finding| finding.level == Level::Note));
    assert_eq!(maildir.iter().filter(|file| file.grids.is_empty()).count(), 2, "one without a file, one returned");
    assert!(list_inbox(folder.path()).unwrap().iter().filter(|(name, _)| name.starts_with("邮箱")).count() == 5);
}

#[test]
fn a_run_over_a_mailbox_is_a_run_over_its_mails() {
    let Some(folder) = made() else { return };
    let figures = |wanted: &str| {
        let office = tempfile::tempdir().unwrap();
        std::fs::write(office.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
        let inbox = office.path().join("inbox/2026-05");
        std::fs::create_dir_all(&inbox).unwrap();
        for (name, path) in list_inbox(folder.path()).unwrap().iter().filter(|(name, _)| name.starts_with(wanted)) {
            let to = inbox.join(name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            for part in ["cur", "new"].iter().filter(|_| name.contains('/')) {
                std::fs::create_dir_all(to.parent().unwrap().with_file_name(part)).unwrap();
            }
            std::fs::copy(path, to).unwrap();
        }
        let workspace = Workspace::open(office.path()).unwrap();
        let outcome = wuzhang::pipeline::run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
        let facts = &outcome.merged.facts["key_projects"];
        let mut rows: Vec<_> = (0..facts.height())
            .map(|row| (facts.text("name", row).unwrap().to_owned(), facts.whole("done", row)))
            .collect();
        rows.sort();
        rows
    };
    let expected = figures("单封");
    assert_eq!(expected.len(), 3, "{expected:?}");
    assert_eq!(figures("收件箱"), expected);
    assert_eq!(figures("邮箱"), expected);
}

#[test]
fn a_large_mailbox_is_read_as_a_stream_and_a_zip_may_hold_one() {
    let table = "项目名称,完成投资\r\n云山大道,1200\r\n";
    let mail = |nth: usize| {
        format!(
            "From - Fri Jun 05 09:30:00 2026\r\nX-Mozilla-Status: 0001\r\nFrom: a{nth}@b.example\r\nTo: c@d.example\r\n\
             Date: Fri, 05 Jun 2026 09:30:00 +0800\r\nSubject: s\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n{table}\r\n"
        )
    };
    let mailbox: String = (0..1500).map(mail).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("INBOX");
    std::fs::write(&path, &mailbox).unwrap();
    // More files than one archive may hold, and more bytes than one file may have: each mail has its own bounds.
    let limits = Limits { bytes: 4096, ..Limits::default() };
    let read = read_all(&path, "INBOX", &limits, &[]);
    assert_eq!(read.iter().filter(|file| !file.grids.is_empty()).count(), 1500);
    assert_eq!(
        (&*read[0].name, read[1499].sender.as_deref()),
        ("INBOX/2026-06-05 s.eml/a.csv", Some("a1499@b.example"))
    );
}
