//! `wuzhang fetch` against Dovecot: what is taken, what is left, and what a broken line or a kill leaves behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use wuzhang::collect::digest;
use wuzhang::deliver::Secret;
use wuzhang::deliver::fetch::{self, Fetch, FetchError, Fetched, Why, Window};
use wuzhang::pipeline::{FetchRequest, FetchingError, fetch_mail};
use wuzhang::workspace::Workspace;

use crate::mail_servers::{Authority, Fault, ImapServer, PASSWORD, Proxy, Side, USER, parsed};

/// The moment of a day and hour of June 2026 by UTC.
fn june(day: u64, hour: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_272_000 + (day - 1) * 86_400 + hour * 3_600)
}

/// A mail with a file attached; `kind` is its type.
fn mail(from: &str, subject: &str, kind: &str, name: &str, content: &str) -> Vec<u8> {
    format!(
        "From: {from}\r\nTo: {USER}\r\nSubject: {subject}\r\nDate: Fri, 05 Jun 2026 09:30:00 +0800\r\n\
         Message-ID: <{subject}@yunshan.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n请查收\r\n\
         --b\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn report(from: &str, project: &str) -> Vec<u8> {
    let table = format!("项目名称,总投资(万元),年度计划投资(万元),累计完成投资(万元)\r\n{project},9000,1000,500");
    mail(from, project, "text/csv; charset=utf-8", "report.csv", &table)
}

fn letter(from: &str, subject: &str, text: &str) -> Vec<u8> {
    format!("From: {from}\r\nTo: {USER}\r\nSubject: {subject}\r\n\r\n{text}\r\n").into_bytes()
}

/// An office whose roster has two units with addresses; `[mail.imap]` says what stands there.
fn office(imap: &str) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("单位").unwrap();
    let rows = [
        ["单位名称", "类别", "邮箱"],
        ["县水利局", "部门", "slj@yunshan.example"],
        ["城关镇", "乡镇", "cgz@yunshan.example"],
    ];
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    Workspace::init(folder.path(), &workbook.save_to_buffer().unwrap()).unwrap();
    let text = format!("county = \"云山县\"\n\n[mail.imap]\nuser = \"{USER}\"\nserver = \"localhost\"\n{imap}");
    std::fs::write(folder.path().join("wuzhang.toml"), text).unwrap();
    let workspace = Workspace::open(folder.path()).unwrap();
    (folder, workspace)
}

fn plain(port: u16) -> String {
    format!("port = {port}\nsecurity = \"none\"\ntimeout_seconds = 90\n")
}

fn request() -> FetchRequest {
    FetchRequest { password: Some(PASSWORD.into()), ..FetchRequest::default() }
}

/// A fetch of May 2026, in this process.
fn fetch(workspace: &Workspace) -> Result<Fetched, FetchingError> {
    fetch_mail(workspace, "2026-05".parse().unwrap(), request(), &|_, _| {}).map(|(_, fetched)| fetched)
}

/// The same without reading the settings again: broken lines are tried by the hundred.
fn fetch_only(workspace: &Workspace) -> Result<Fetched, FetchError> {
    let period = "2026-05".parse().unwrap();
    let imap = workspace.mail.as_ref().unwrap().imap.as_ref().unwrap();
    let inbox = workspace.inbox(period);
    let nobody = BTreeSet::new();
    let secret = Secret::new(PASSWORD.into());
    let (window, known, own) = (Window::of(period, None, None), &nobody, &nobody);
    let limits = &workspace.limits;
    fetch::fetch(&Fetch { imap, secret, inbox: &inbox, window, known, own, again: false, limits }, &|_, _| {})
}

/// A workspace that only knows its mail server.
fn bare_office(imap: &str) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = with_imap(folder.path(), imap);
    (folder, workspace)
}

fn with_imap(folder: &Path, imap: &str) -> Workspace {
    let text = format!("[mail.imap]\nuser = \"{USER}\"\nserver = \"localhost\"\n{imap}");
    std::fs::write(folder.join("wuzhang.toml"), text).unwrap();
    Workspace::open(folder).unwrap()
}

/// The same by the program itself.
fn program(workspace: &Path, password: &str, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    program.arg("fetch").arg(workspace).args(["--period", "2026-05"]).args(more);
    program.env_remove("WUZHANG_MAIL_PASSWORD").env("WUZHANG_IMAP_PASSWORD", password).output().unwrap()
}

/// What lies in the inbox of May, by name; half-written files begin with a dot and count for nothing.
fn inbox(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    let folder = workspace.inbox("2026-05".parse().unwrap());
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    let named = files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    named.filter(|(name, _)| !name.starts_with('.')).map(|(name, path)| (name, std::fs::read(path).unwrap())).collect()
}

/// How the program calls a mail that came on a day.
fn called(day: &str, message: &[u8]) -> String {
    format!("{day}-{}.eml", &digest(message)[..12])
}

#[test]
fn reports_are_taken_once_and_the_mailbox_stays_as_it_is() {
    let authority = Authority::for_localhost();
    let Some(server) = ImapServer::start(Some(&authority)) else { return };
    let reports = [report("SLJ@yunshan.example", "qsh"), report("clerk@elsewhere.example", "ysdd")];
    server.deliver("01.a.host", &reports[0], june(4, 17));
    server.deliver("02.a.host", &reports[1], june(5, 1));
    let scan = mail("cgz@yunshan.example", "scan", "application/pdf", "scan.pdf", "%PDF-1.7 scan");
    server.deliver("03.a.host", &scan, june(5, 2));
    let pdf = mail("shop@elsewhere.example", "offer", "application/pdf", "offer.pdf", "%PDF-1.7 offer");
    server.deliver("04.a.host", &pdf, june(5, 3));
    server.deliver("05.a.host", &letter("cgz@yunshan.example", "forgot", "see attachment"), june(5, 4));
    server.deliver("06.a.host", &letter("cgz@yunshan.example", "big", "从QQ邮箱发来的超大附件"), june(5, 5));
    let bounce = letter("MAILER-DAEMON@yunshan.example", "failed", "x");
    let bounce = [b"X-Failed-Recipients: a@b.example\r\n", &bounce[..]].concat();
    server.deliver("07.a.host", &bounce, june(5, 6));
    let own = [b"X-Wuzhang: 0123\r\n", &report(USER, "own")[..]].concat();
    server.deliver("08.a.host", &own, june(5, 7));
    let large = mail("cgz@yunshan.example", "large", "text/csv", "l.csv", &"x,1\r\n".repeat(40_000));
    server.deliver("09.a.host", &large, june(5, 8));
    // Before the window by Beijing's clock, and after it.
    server.deliver("10.a.host", &report("cgz@yunshan.example", "early"), june(1, 0) - Duration::from_secs(40 * 3600));
    server.deliver("11.a.host", &report("cgz@yunshan.example", "late"), june(30, 1));
    let before = server.mailbox();
    let imap = format!(
        "port = {}\nsecurity = \"starttls\"\nmax_bytes = 100000\nca_file = '{}'\n",
        server.port,
        authority.ca.display()
    );
    let (_folder, workspace) = office(&imap);
    let first = fetch(&workspace).unwrap();
    let expected = [
        // 17 o'clock UTC is the next day in Beijing.
        (called("2026-06-05", &reports[0]), reports[0].clone()),
        (called("2026-06-05", &reports[1]), reports[1].clone()),
        (called("2026-06-05", &scan), scan.clone()),
    ];
    assert_eq!(inbox(&workspace), expected.into(), "the bytes of the mails, and no others");
    assert_eq!(
        (first.taken.len(), first.already, first.taken[0].sender.as_deref()),
        (3, 0, Some("slj@yunshan.example"))
    );
    let left: BTreeMap<_, _> = first.left.iter().map(|left| (left.subject.as_deref().unwrap(), left.why)).collect();
    let size = large.len() as u64;
    let told = [
        ("offer", Why::NoTable),
        ("forgot", Why::NoFiles),
        ("big", Why::LinkOnly),
        ("failed", Why::Bounce),
        ("own", Why::Own),
        ("large", Why::TooLarge(size)),
    ];
    assert_eq!(left, told.into());
    let second = fetch(&workspace).unwrap();
    assert_eq!((second.taken.len(), second.already, second.left.len()), (0, 3, 6));
    assert_eq!(inbox(&workspace).len(), 3);
    assert_eq!(server.mailbox(), before, "nothing moved, marked or removed");
    what_python_finds(&workspace, &["report.csv", "report.csv", "scan.pdf"]);
}

/// The fetched mails as another library reads them.
fn what_python_finds(workspace: &Workspace, names: &[&str]) {
    let folder = workspace.inbox("2026-05".parse().unwrap());
    let files: Vec<PathBuf> = inbox(workspace).keys().map(|name| folder.join(name)).collect();
    let found = parsed(&files).unwrap();
    let attachments = found.iter().flat_map(|mail| mail["attachments"].as_array().unwrap());
    let mut seen: Vec<&str> = attachments.map(|file| file["name"].as_str().unwrap()).collect();
    seen.sort_unstable();
    assert_eq!(seen, names);
    assert!(found.iter().all(|mail| mail["defects"].as_array().unwrap().is_empty()), "{found:?}");
}

#[test]
fn what_was_moved_away_or_saved_by_hand_is_not_fetched_twice() {
    let Some(server) = ImapServer::start(None) else { return };
    let (one, two) = (report("slj@yunshan.example", "one"), report("cgz@yunshan.example", "two"));
    server.deliver("1.a.host", &one, june(5, 1));
    server.deliver("2.a.host", &two, june(5, 2));
    // The same mail a second time, as a mailing list may bring it.
    server.deliver("3.a.host", &two, june(5, 3));
    let (_folder, workspace) = office(&plain(server.port));
    let folder = workspace.inbox("2026-05".parse().unwrap());
    std::fs::create_dir_all(folder.join("水利局")).unwrap();
    std::fs::write(folder.join("水利局/存下的.eml"), &one).unwrap();
    let fetched = fetch(&workspace).unwrap();
    assert_eq!((fetched.taken.len(), fetched.already), (1, 2));
    std::fs::remove_file(folder.join(&fetched.taken[0].file)).unwrap();
    let fetched = fetch(&workspace).unwrap();
    assert_eq!(
        (fetched.taken.len(), fetched.already, fetched.removed),
        (0, 1, 2),
        "what the office took out stays out"
    );
    let again = FetchRequest { again: true, ..request() };
    let (_, fetched) = fetch_mail(&workspace, "2026-05".parse().unwrap(), again, &|_, _| {}).unwrap();
    assert_eq!((fetched.taken.len(), fetched.removed), (1, 0));
    server.remove("1.a.host");
    assert_eq!(fetch(&workspace).unwrap().taken.len(), 0, "a mail that another client removed");
}

#[test]
fn folders_have_chinese_names_and_a_wrong_one_is_told_with_those_that_there_are() {
    let Some(server) = ImapServer::start(None) else { return };
    // 报送 as servers write it.
    server.deliver_into(".&YqWQAQ-", "1.a.host", &report("slj@yunshan.example", "one"), june(5, 1));
    let (_folder, workspace) = office(&format!("folder = \"报送\"\n{}", plain(server.port)));
    assert_eq!(fetch(&workspace).unwrap().taken.len(), 1);
    let (folder, workspace) = office(&format!("folder = \"报表\"\n{}", plain(server.port)));
    let told = fetch(&workspace).unwrap_err().to_string();
    assert!(told.contains("没有文件夹“报表”") && told.contains("报送") && told.contains("INBOX"), "{told}");
    assert_eq!(program(folder.path(), PASSWORD, &[]).status.code(), Some(2));
}

#[test]
fn a_certificate_is_checked_however_the_line_is_encrypted() {
    let authority = Authority::for_localhost();
    let stranger = Authority::for_names(&["mail.elsewhere.example"]);
    let Some(server) = ImapServer::start(Some(&authority)) else { return };
    let Some(impostor) = ImapServer::start(Some(&stranger)) else { return };
    server.deliver("1.a.host", &report("slj@yunshan.example", "one"), june(5, 1));
    let with = |server: &ImapServer, security: &str, ca: &Path| {
        let port = if security == "tls" { server.tls_port } else { server.port };
        let ca = if ca.as_os_str().is_empty() { String::new() } else { format!("ca_file = '{}'\n", ca.display()) };
        let (_folder, workspace) = office(&format!("port = {port}\nsecurity = \"{security}\"\n{ca}"));
        fetch(&workspace).map(|fetched| fetched.taken.len()).map_err(|error| error.to_string())
    };
    for security in ["tls", "starttls"] {
        assert_eq!(with(&server, security, &authority.ca), Ok(1), "{security}");
        let unknown = with(&server, security, Path::new("")).unwrap_err();
        assert!(unknown.contains("不是可信机构签发的") && unknown.contains("ca_file"), "{unknown}");
        let other = with(&impostor, security, &stranger.ca).unwrap_err();
        assert!(other.contains("不是发给“localhost”的"), "{other}");
        assert_eq!(impostor.log().matches("Login:").count(), 0, "no password for a stranger");
    }
    let missing = with(&server, "tls", Path::new("/no/such/ca.pem")).unwrap_err();
    assert!(missing.contains("ca_file"), "{missing}");
    let swapped = {
        let (_folder, workspace) =
            office(&format!("port = {}\nsecurity = \"tls\"\ntimeout_seconds = 60\n", server.port));
        fetch(&workspace).unwrap_err().to_string()
    };
    assert!(swapped.contains("不讲 TLS") && swapped.contains("993"), "{swapped}");
}

#[test]
fn nothing_is_said_in_plain_text_where_encryption_was_asked_for() {
    let Some(server) = ImapServer::start(None) else { return };
    let (folder, workspace) = office(&format!("port = {}\nsecurity = \"starttls\"\n", server.port));
    let told = fetch(&workspace).unwrap_err().to_string();
    assert!(told.contains("不肯转为加密连接"), "{told}");
    assert_eq!(server.log().matches("Login:").count() + server.log().matches("auth failed").count(), 0);
    assert_eq!(program(folder.path(), PASSWORD, &[]).status.code(), Some(3));
}

#[test]
fn a_refused_login_tells_what_to_do_and_not_the_password() {
    let Some(server) = ImapServer::start(None) else { return };
    let (folder, _) = office(&plain(server.port));
    for wrong in ["wrong-secret-42", "密码不对四十二"] {
        let output = program(folder.path(), wrong, &[]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(USER) && told.contains("授权码"), "{told}");
        assert!(!told.contains(wrong), "{told}");
    }
    let all = [folder.path().join("inbox"), folder.path().join("wuzhang.toml")];
    assert!(all.iter().all(|path| path.exists()));
}

#[test]
fn the_program_says_what_it_did() {
    let Some(server) = ImapServer::start(None) else { return };
    let one = report("slj@yunshan.example", "one");
    server.deliver("1.a.host", &one, june(5, 1));
    server.deliver("2.a.host", &letter("cgz@yunshan.example", "big", "云附件"), june(5, 5));
    let (folder, workspace) = office(&plain(server.port));
    let output = program(folder.path(), PASSWORD, &[]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "a mail that somebody must look at: {told}");
    let file = called("2026-06-05", &one);
    for part in ["2026-05-31至2026-06-29", "新取1封", &file, "slj@yunshan.example《one》：report.csv", "超大附件"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let output = program(folder.path(), PASSWORD, &["--json", "--since", "2026-06-01", "--until", "2026-06-05"]);
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((told["already"].as_u64(), told["from"].as_str()), (Some(1), Some("2026-06-01")));
    assert_eq!(told["left"][0]["why"], "link_only");
    // What was fetched is read as it came: the sender tells the unit.
    let outcome = wuzhang::pipeline::run(&workspace, "2026-05".parse().unwrap(), &|_| {}).unwrap();
    let facts = &outcome.merged.facts["key_projects"];
    assert_eq!((facts.text("name", 0), facts.text("reporting_unit", 0)), (Some("one"), Some("县水利局")));
}

/// Three reports in a mailbox, and their names in the inbox.
fn three(server: &ImapServer) -> BTreeMap<String, Vec<u8>> {
    let messages = ["one", "two", "three"].map(|project| report("slj@yunshan.example", project));
    for (message, nth) in messages.iter().zip(1..) {
        server.deliver(&format!("{nth}.a.host"), message, june(5, nth));
    }
    messages.into_iter().map(|message| (called("2026-06-05", &message), message)).collect()
}

/// Fetches over a broken line, then over a whole one: what the first left is whole, and the second completes it.
fn broken_then_whole(server: &ImapServer, fault: Fault, whole: &BTreeMap<String, Vec<u8>>, seconds: u64) -> String {
    let proxy = Proxy::start(server.port, fault.clone(), 1);
    let imap = format!("port = {}\nsecurity = \"none\"\ntimeout_seconds = {seconds}\n", proxy.port);
    let (folder, workspace) = bare_office(&imap);
    let told = match fetch_only(&workspace) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    let after = inbox(&workspace);
    // The whole line has all the time that a loaded machine takes.
    let workspace = with_imap(folder.path(), &plain(proxy.port));
    assert!(after.iter().all(|(name, bytes)| whole.get(name) == Some(bytes)), "{fault:?}: a file is not whole");
    let fetched = fetch_only(&workspace).unwrap_or_else(|error| panic!("{fault:?}, again: {error}"));
    assert_eq!(fetched.taken.len() + fetched.already, 3, "{fault:?}");
    assert_eq!(fetched.taken.len() + after.len(), 3, "{fault:?}: taken twice");
    assert_eq!(&inbox(&workspace), whole, "{fault:?}");
    told
}

#[test]
fn a_line_cut_at_any_step_loses_nothing_and_doubles_nothing() {
    let Some(server) = ImapServer::start(None) else { return };
    let whole = three(&server);
    let before = server.mailbox();
    let counted = Proxy::start(server.port, Fault::None, 0);
    let (_folder, workspace) = bare_office(&plain(counted.port));
    assert_eq!(fetch_only(&workspace).unwrap().taken.len(), 3);
    let mut told = BTreeSet::new();
    for side in [Side::Server, Side::Client] {
        let lines = counted.lines(side);
        // The last words are about taking leave: without them everything was fetched.
        for nth in 1..=lines {
            told.insert(broken_then_whole(&server, Fault::Cut(side, nth), &whole, 90));
            told.insert(broken_then_whole(&server, Fault::CutAfter(side, nth), &whole, 90));
        }
        eprintln!("cut before and after each of {lines} lines of the {side:?}");
    }
    assert_eq!(server.mailbox(), before);
    for step in ["等待服务器应答", "登录", "询问服务器功能", "打开邮件文件夹", "查找邮件", "读取邮件清单", "读取邮件"]
    {
        let at_step = format!("连接在“{step}”时中断");
        assert!(told.iter().any(|told| told.contains(&at_step)), "no cut at {step}: {told:#?}");
    }
    assert!(told.iter().any(|told| told.contains("已取到2封") && told.contains("不会重复")), "{told:#?}");
}

#[test]
fn an_encrypted_line_cut_anywhere_loses_nothing_and_doubles_nothing() {
    let authority = Authority::for_localhost();
    let Some(server) = ImapServer::start(Some(&authority)) else { return };
    let whole = three(&server);
    for bytes in (0..9_000).step_by(600) {
        let proxy = Proxy::start(server.tls_port, Fault::CutBytes(Side::Server, bytes), 1);
        let (_folder, workspace) = bare_office(&format!(
            "port = {}\nsecurity = \"tls\"\nca_file = '{}'\n",
            proxy.port,
            authority.ca.display()
        ));
        let first = fetch_only(&workspace).map_or(0, |fetched| fetched.taken.len());
        let after = inbox(&workspace);
        assert!(after.iter().all(|(name, bytes)| whole.get(name) == Some(bytes)) && after.len() >= first);
        assert_eq!(fetch_only(&workspace).unwrap().taken.len() + after.len(), 3, "after {bytes} bytes");
        assert_eq!(inbox(&workspace), whole);
    }
}

#[test]
fn silence_and_nonsense_are_told_and_cost_nothing() {
    let Some(server) = ImapServer::start(None) else { return };
    let whole = three(&server);
    for (nth, step) in [(1, "等待服务器应答"), (2, "登录"), (3, "询问服务器功能")] {
        // A server on a loaded machine may keep silent before it is made to: then it is given longer.
        let told = [2, 10, 40].map(|seconds| (seconds, format!("在“{step}”时超过{seconds}秒没有应答")));
        let is_told = told.into_iter().any(|(seconds, told)| {
            broken_then_whole(&server, Fault::Silence(Side::Server, nth), &whole, seconds).contains(&told)
        });
        assert!(is_told, "silence at {step}");
        let nonsense = b"HTTP/1.1 400 Bad Request\r\n".to_vec();
        let told = broken_then_whole(&server, Fault::Instead(nth, nonsense), &whole, 60);
        assert!(told.contains("不合 IMAP 规范") && told.contains("HTTP/1.1"), "{told}");
        let noise = (0..=255).cycle().take(5000).chain(*b"\r\n").collect();
        let told = broken_then_whole(&server, Fault::Instead(nth, noise), &whole, 2);
        assert!(!told.is_empty() && told.chars().count() < 600, "{told}");
    }
    let bye = b"* BYE server is going down for maintenance\r\n".to_vec();
    let told = broken_then_whole(&server, Fault::Instead(1, bye), &whole, 60);
    assert!(told.contains("going down for maintenance"), "{told}");
}

#[test]
fn nobody_there_is_told_with_the_port() {
    let (folder, _) = office("port = 1\nsecurity = \"none\"\n");
    let output = program(folder.path(), "x", &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("localhost:1") && told.contains("没有程序在这个端口上应答"), "{told}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    let output = program(folder.path(), "x", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("[mail.imap]"));
}

#[test]
fn a_fetch_killed_at_any_moment_is_finished_by_the_next() {
    let Some(server) = ImapServer::start(None) else { return };
    let messages: Vec<Vec<u8>> = (0..30)
        .map(|nth| mail("slj@yunshan.example", &format!("m{nth}"), "text/csv", "a.csv", &"x,1\r\n".repeat(20_000)))
        .collect();
    for (message, nth) in messages.iter().zip(1..) {
        server.deliver(&format!("{nth:02}.a.host"), message, june(5, 1));
    }
    let whole: BTreeMap<_, _> =
        messages.iter().map(|message| (called("2026-06-05", message), message.clone())).collect();
    let (folder, workspace) = office(&plain(server.port));
    let mut kills = 0;
    for nth in 0..5_u64 {
        let there = inbox(&workspace).len();
        let mut program = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
        program.arg("fetch").arg(folder.path()).args(["--period", "2026-05"]).env("WUZHANG_IMAP_PASSWORD", PASSWORD);
        let mut process = program.stdout(std::process::Stdio::null()).spawn().unwrap();
        // Killed when another mail has come, a little later each time.
        while inbox(&workspace).len() == there && process.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(nth * 6));
        kills += usize::from(process.try_wait().unwrap().is_none());
        let _ = process.kill();
        let _ = process.wait();
        let after = inbox(&workspace);
        assert!(after.iter().all(|(name, bytes)| whole.get(name) == Some(bytes)), "a file is not whole");
    }
    eprintln!("{kills} of 5 kills while fetching");
    assert!(kills >= 1);
    assert_eq!(program(folder.path(), PASSWORD, &[]).status.code(), Some(0));
    assert_eq!(inbox(&workspace), whole);
}
