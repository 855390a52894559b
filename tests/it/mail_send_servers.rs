//! `wuzhang send --confirm` against a real server: what arrives, what a refusal, a broken line or a kill leaves behind.
//!
//! The promise: a message that the server answered for arrives exactly once, whatever breaks and however often the command is
//! repeated; one that nobody can know about is named, and not sent again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};
use wuzhang::deliver::{self, Clock, Log, Outcome, Pace, Plan, Smtp};
use wuzhang::period::Period;
use wuzhang::pipeline::plan_mail;
use wuzhang::workspace::{Security, Server};

use crate::county_months::County;
use crate::mail_servers::{Authority, Fault, Proxy, Side, SmtpServer, parsed};

const USER: &str = "tjj@yunshan.example";
const PASSWORD: &str = "smtp-secret-9";

fn may() -> Period {
    "2026-05".parse().unwrap()
}

/// A county whose month is run and ready to be sent; `[mail]` says what stands there.
fn county(mail: &str) -> County {
    let county = County::new();
    county.settings(&[
        ("单位", &["单位名称|类别|邮箱", "城关镇|乡镇|cg@yunshan.example", "和平乡|乡镇|hp@yunshan.example"]),
        ("领导", &["姓名|邮箱", "余立新|yu@yunshan.example"]),
        ("收件人", &["单位或领导|姓名|角色|邮箱|停用", "城关镇|周某|单位负责人|cg.fzr@yunshan.example|"]),
        ("报送", &["单位|账册|是否应报", "全部|重点建设项目|应报"]),
    ]);
    county.report("2026-05", "城关镇", &["老城桥,P1,5000,3000,100,1500,2026-01,2027-01,主体施工,,"]);
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,300,2026-03,2026-11,土方,,"]);
    set_mail(county.path(), mail);
    county.run("2026-05");
    county
}

fn set_mail(folder: &Path, mail: &str) {
    let text = format!(
        "county = \"云山县\"\n[mail]\nfrom = \"云山县统计局 <{USER}>\"\nserver = \"localhost\"\n\
         per_minute = 6000\nretry_seconds = [1, 1]\ntimeout_seconds = {PATIENCE}\n{mail}"
    );
    std::fs::write(folder.join("wuzhang.toml"), text).unwrap();
}

fn plain(port: u16) -> String {
    format!("port = {port}\nsecurity = \"none\"\n")
}

fn send(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    program.arg("send").arg(folder).args(["--period", "2026-05", "--confirm", "--json"]);
    program.env("WUZHANG_MAIL_PASSWORD", PASSWORD);
    program
}

/// What the program answered, and all that it said.
fn told(output: &Output) -> (Option<i32>, Value, String) {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let all = format!("{out}{err}");
    assert!(!all.contains(PASSWORD), "the password is told: {all}");
    (output.status.code(), serde_json::from_str(&out).unwrap_or_default(), all)
}

/// How many letters came to an end: `sent`, `sent_before`, `refused`, `not_sent`, `unknown`, `unknown_before`.
fn count(answer: &Value, result: &str) -> usize {
    let letters = answer["letters"].as_array().unwrap();
    letters.iter().filter(|letter| letter["outcome"]["result"] == result).count()
}

/// Messages that the server took, by the digest that they bear.
fn taken(messages: &[(Vec<String>, PathBuf)]) -> BTreeMap<String, usize> {
    let mut taken = BTreeMap::new();
    for (_, file) in messages {
        let text = String::from_utf8(std::fs::read(file).unwrap()).unwrap();
        let digest = text.lines().find_map(|line| line.strip_prefix("X-Wuzhang: ")).unwrap();
        *taken.entry(digest.trim().to_owned()).or_default() += 1;
    }
    taken
}

#[test]
fn what_arrives_is_what_was_planned_over_every_kind_of_line() {
    let authority = Authority::for_localhost();
    let behaviour = || json!({"user": USER, "password": PASSWORD});
    let Some(implicit) = SmtpServer::implicit(&authority, behaviour()) else { return };
    let starttls = SmtpServer::starttls(&authority, behaviour()).unwrap();
    let open = SmtpServer::plain(json!({})).unwrap();
    let ca = authority.ca.display();
    let county = county("");
    for (server, security, login) in [(&implicit, "tls", true), (&starttls, "starttls", true), (&open, "none", false)] {
        let user = if login { format!("user = \"{USER}\"\nca_file = '{ca}'\n") } else { String::new() };
        set_mail(county.path(), &format!("port = {}\nsecurity = \"{security}\"\n{user}", server.port));
        let _ = std::fs::remove_dir_all(county.path().join("sent"));
        let plan = plan_mail(&county.workspace(), may(), None).unwrap();
        assert!(plan.letters.len() >= 4, "{} letters", plan.letters.len());
        let (exit, answer, all) = told(&send(county.path()).output().unwrap());
        assert_eq!((exit, count(&answer, "sent")), (Some(0), plan.letters.len()), "{security}: {all}");
        arrived_as_planned(server, &plan);
        let hello = server.events("hello");
        assert!(!login || hello.iter().any(|hello| hello["tls"] == true), "{hello:?}");
        let (exit, answer, all) = told(&send(county.path()).output().unwrap());
        assert_eq!((exit, count(&answer, "sent_before")), (Some(0), plan.letters.len()), "{all}");
        assert_eq!(server.accepted().len(), plan.letters.len(), "nothing is sent twice");
    }
}

/// Python's email library against the plan: addresses, subjects, texts, names and bytes of attachments.
fn arrived_as_planned(server: &SmtpServer, plan: &Plan) {
    let accepted = server.accepted();
    let files: Vec<PathBuf> = accepted.iter().map(|(_, file)| file.clone()).collect();
    let found = parsed(&files).unwrap();
    assert_eq!(found.len(), plan.letters.len());
    for letter in &plan.letters {
        let at =
            accepted.iter().position(|(to, _)| *to == [letter.address.clone()]).expect("a message to each address");
        let mail = &found[at];
        let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
        assert_eq!(mail["from"], json!([USER]));
        assert_eq!(mail["to"], json!([letter.address]));
        assert_eq!(mail["subject"], json!(letter.subject));
        assert_eq!(lines(mail["text"].as_str().unwrap()), lines(&letter.text));
        assert_eq!(lines(mail["html"].as_str().unwrap()), lines(&letter.html));
        assert_eq!(mail["defects"], json!([]));
        let attached = mail["attachments"].as_array().unwrap();
        let seen: Vec<_> =
            attached.iter().map(|one| (one["name"].as_str().unwrap(), one["sha256"].as_str().unwrap())).collect();
        let planned: Vec<_> = letter.attachments.iter().map(|one| (one.name.as_str(), one.sha256.as_str())).collect();
        assert_eq!(seen, planned, "{}", letter.whom);
        assert!(!planned.is_empty() && letter.attachments.iter().all(|one| !one.name.is_ascii()));
    }
}

#[test]
fn whoever_is_not_the_server_gets_no_password_and_no_mail() {
    let authority = Authority::for_localhost();
    let stranger = Authority::for_names(&["mail.elsewhere.example"]);
    let behaviour = || json!({"user": USER, "password": PASSWORD});
    let Some(server) = SmtpServer::implicit(&authority, behaviour()) else { return };
    let impostor = SmtpServer::starttls(&stranger, behaviour()).unwrap();
    let open = SmtpServer::plain(json!({})).unwrap();
    let county = county("");
    let with = |port: u16, security: &str, ca: Option<&Path>| {
        let ca = ca.map_or(String::new(), |ca| format!("ca_file = '{}'\n", ca.display()));
        let mail = format!("port = {port}\nsecurity = \"{security}\"\nuser = \"{USER}\"\n{ca}");
        set_mail(county.path(), &mail);
        told(&send(county.path()).output().unwrap())
    };
    for (server, security, ca, words) in [
        (&server, "tls", None, "ca_file"),
        (&impostor, "starttls", Some(stranger.ca.as_path()), "不是发给这个服务器名的"),
        (&open, "starttls", None, "STARTTLS"),
    ] {
        let (exit, _, all) = with(server.port, security, ca);
        assert!(exit == Some(3) && all.contains(words), "{exit:?}: {all}");
        assert_eq!(server.events("login").len() + server.accepted().len(), 0);
    }
    let missing = with(server.port, "tls", Some(Path::new("/no/such/ca.pem")));
    assert!(missing.0 == Some(2) && missing.2.contains("ca_file"), "{missing:?}");
    // The way through is open once the settings are right: nothing of the above was noted as sent.
    let (exit, answer, all) = with(server.port, "tls", Some(&authority.ca));
    assert_eq!((exit, count(&answer, "sent")), (Some(0), server.accepted().len()), "{all}");
}

#[test]
fn a_refused_login_stops_the_run_and_tells_what_to_do() {
    let Some(server) = SmtpServer::plain(json!({"user": USER, "password": "another"})) else { return };
    let county = county(&format!("{}user = \"{USER}\"\n", plain(server.port)));
    let (exit, _, all) = told(&send(county.path()).output().unwrap());
    assert!(exit == Some(3) && all.contains("登录被拒绝") && all.contains("授权码"), "{exit:?}: {all}");
    assert_eq!((server.accepted().len(), server.events("login").len()), (0, 1), "a wrong password is tried once");
}

#[test]
fn refusals_cost_only_those_whom_they_concern() {
    let behaviour = json!({
        "refuse_rcpt": {"cg.fzr@yunshan.example": "550 5.1.1 no such user"},
        "refuse_data_to": {"yu@yunshan.example": "554 5.7.1 message looks like spam"},
        "temporary_rcpt": {"hp@yunshan.example": 2},
    });
    let Some(server) = SmtpServer::plain(behaviour) else { return };
    let county = county(&plain(server.port));
    let (exit, answer, all) = told(&send(county.path()).output().unwrap());
    assert_eq!(
        (exit, count(&answer, "refused"), count(&answer, "sent")),
        (Some(1), 2, server.accepted().len()),
        "{all}"
    );
    assert!(all.contains("no such user") && all.contains("looks like spam"), "{all}");
    let reached: Vec<String> = server.accepted().into_iter().flat_map(|(to, _)| to).collect();
    assert!(reached.contains(&"hp@yunshan.example".to_owned()), "refused twice for now, then taken: {reached:?}");
    let (exit, answer, _) = told(&send(county.path()).output().unwrap());
    assert_eq!((exit, count(&answer, "refused"), count(&answer, "sent_before")), (Some(1), 2, reached.len()));
    assert!(taken(&server.accepted()).values().all(|times| *times == 1));
}

#[test]
fn a_server_that_is_busy_for_too_long_is_left_for_the_next_run() {
    let Some(server) = SmtpServer::plain(json!({"temporary_rcpt": {"hp@yunshan.example": 4}})) else { return };
    let county = county(&plain(server.port));
    let (exit, answer, all) = told(&send(county.path()).output().unwrap());
    assert_eq!((exit, count(&answer, "not_sent")), (Some(3), 1), "{all}");
    let (exit, answer, all) = told(&send(county.path()).output().unwrap());
    assert_eq!((exit, count(&answer, "sent")), (Some(0), 1), "{all}");
    assert!(taken(&server.accepted()).values().all(|times| *times == 1));
}

/// A server of our own, over a proxy.
fn server(port: u16, timeout: u64) -> Server {
    Server { host: "127.0.0.1".into(), port, security: Security::None, user: None, ca_file: None, timeout }
}

/// A clock that does not wait.
struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-06-08T10:00:00+08:00").unwrap()
    }
    fn wait(&self, _: Duration) {}
}

/// Sends a plan with a log of its own; what came of each letter.
fn sent(plan: &Plan, log: &Path, server: &Server) -> Vec<Outcome> {
    let mut log = Log::open(log, may()).unwrap();
    let mut line = Smtp::new(server, None).unwrap();
    let pace = Pace { between: Duration::ZERO, again: vec![Duration::ZERO; 2] };
    deliver::send(plan, &mut log, (&mut line, &Still), (&pace, &[]), &mut |_| {}).unwrap().outcomes
}

/// Seconds in which a server answers that means to, however loaded the machine.
const PATIENCE: u64 = 90;

/// Sends over a line that breaks once, then again over a whole one: every letter once, or named. Gives how many were named.
fn broken_then_whole(smtp: &SmtpServer, plan: &Plan, fault: Fault, timeout: u64) -> usize {
    let log = tempfile::tempdir().unwrap();
    let before = smtp.accepted().len();
    let proxy = Proxy::start(smtp.port, fault.clone(), 1);
    let first = sent(plan, log.path(), &server(proxy.port, timeout));
    let second = sent(plan, log.path(), &server(smtp.port, PATIENCE));
    let taken = taken(&smtp.accepted()[before..]);
    let mut unknown = 0;
    for ((letter, first), second) in plan.letters.iter().zip(&first).zip(&second) {
        let times = taken.get(letter.short_digest()).copied().unwrap_or(0);
        match (first, second) {
            (Outcome::Sent(_), Outcome::Before(_)) => assert_eq!(times, 1, "{fault:?}: {first:?}"),
            (Outcome::NotSent(_), Outcome::Sent(_)) => assert_eq!(times, 1, "{fault:?}: {first:?}"),
            (Outcome::Unknown(_), Outcome::UnknownBefore(_)) => {
                assert!(times <= 1, "{fault:?}: {times} times");
                unknown += 1;
            }
            other => panic!("{fault:?}: {other:?}, and the server took it {times} times"),
        }
    }
    unknown
}

#[test]
fn a_line_cut_at_any_step_sends_every_message_once_or_names_it() {
    let Some(smtp) = SmtpServer::plain(json!({})) else { return };
    let county = county(&plain(smtp.port));
    let mut plan = plan_mail(&county.workspace(), may(), None).unwrap();
    plan.letters.truncate(3);
    let counted = Proxy::start(smtp.port, Fault::None, 0);
    let log = tempfile::tempdir().unwrap();
    let whole = sent(&plan, log.path(), &server(counted.port, PATIENCE));
    assert!(whole.iter().all(|outcome| matches!(outcome, Outcome::Sent(_))));
    let (answers, words) = (counted.lines(Side::Server), counted.lines(Side::Client));
    let (mut cuts, mut unknown) = (0, 0);
    for nth in 1..=answers {
        for fault in [Fault::Cut(Side::Server, nth), Fault::CutAfter(Side::Server, nth)] {
            unknown += broken_then_whole(&smtp, &plan, fault, PATIENCE);
            cuts += 1;
        }
    }
    // Ours are mostly the lines of the text: all commands at the beginning and at the end, and some between.
    let some = (1..=words).filter(|nth| *nth <= 12 || nth + 8 > words || nth % (words / 25).max(1) == 0);
    for nth in some {
        unknown += broken_then_whole(&smtp, &plan, Fault::Cut(Side::Client, nth), PATIENCE);
        cuts += 1;
    }
    eprintln!(
        "{cuts} cuts over {answers} lines of the server and {words} of ours; {unknown} messages named as unknown"
    );
    assert!(unknown >= 3, "the answer to each text was cut off once");
}

#[test]
fn silence_and_nonsense_at_any_step_are_no_reason_to_send_twice() {
    let Some(smtp) = SmtpServer::plain(json!({})) else { return };
    let county = county(&plain(smtp.port));
    let mut plan = plan_mail(&county.workspace(), may(), None).unwrap();
    plan.letters.truncate(2);
    let counted = Proxy::start(smtp.port, Fault::None, 0);
    let log = tempfile::tempdir().unwrap();
    sent(&plan, log.path(), &server(counted.port, PATIENCE));
    for nth in 1..=counted.lines(Side::Server) {
        broken_then_whole(&smtp, &plan, Fault::Instead(nth, b"HTTP/1.1 400 Bad Request\r\n".to_vec()), 2);
        broken_then_whole(&smtp, &plan, Fault::Instead(nth, b"\xFF\xFE\x00 250\r\n".to_vec()), 2);
        broken_then_whole(&smtp, &plan, Fault::Silence(Side::Server, nth), 1);
    }
}

/// Starts sending, and kills it a while after the server has heard of another recipient; whether it was still running.
fn killed(server: &SmtpServer, folder: &Path, after: Duration) -> bool {
    let heard = server.events("recipient").len();
    let mut process = send(folder).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while server.events("recipient").len() == heard && process.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(after);
    let running = process.try_wait().unwrap().is_none();
    let _ = process.kill();
    let _ = process.wait();
    running
}

/// Kills sending a few times, then lets it end: every message was taken once or is named. How many kills struck, and
/// how many messages are named.
fn killed_and_repeated(server: &SmtpServer, county: &Path, moments: [u64; 3]) -> (usize, usize) {
    let _ = std::fs::remove_dir_all(county.join("sent"));
    let before = server.accepted().len();
    let struck = moments.iter().filter(|moment| killed(server, county, Duration::from_millis(**moment))).count();
    let (exit, answer, all) = told(&send(county).output().unwrap());
    let named = count(&answer, "unknown_before");
    assert_eq!(exit, Some(if named > 0 { 1 } else { 0 }), "{all}");
    assert!(answer["letters"].as_array().unwrap().len() >= 4);
    let taken = taken(&server.accepted()[before..]);
    for letter in answer["letters"].as_array().unwrap() {
        let times = taken.get(&letter["digest"].as_str().unwrap()[..12]).copied().unwrap_or(0);
        match letter["outcome"]["result"].as_str().unwrap() {
            "sent" | "sent_before" => assert_eq!(times, 1, "{letter}"),
            "unknown_before" => assert!(times <= 1, "{letter}"),
            other => panic!("{other}: {letter}"),
        }
    }
    (struck, named)
}

#[test]
fn a_run_killed_at_any_moment_and_repeated_sends_every_message_once_or_names_it() {
    let Some(server) = SmtpServer::plain(json!({"slow": 0.1, "slow_answer": 0.1})) else { return };
    let county = county(&plain(server.port));
    let (mut kills, mut named_in_all, mut rounds) = (0, 0, 0);
    // Soon: while the text leaves or the server has it and has not answered; late: during the next message.
    // Which moment strikes what is the machine's affair: again where it was slow just then.
    for moments in [[0, 60, 130], [20, 200, 100]].into_iter().cycle().take(12) {
        let (struck, named) = killed_and_repeated(&server, county.path(), moments);
        (kills, named_in_all, rounds) = (kills + struck, named_in_all + named, rounds + 1);
        if rounds >= 2 && kills >= 3 && named_in_all >= 1 {
            break;
        }
    }
    eprintln!("{kills} of {} kills while sending; {named_in_all} messages named as unknown", 3 * rounds);
    assert!(kills >= 3 && named_in_all >= 1, "{kills} kills, {named_in_all} named");
}
