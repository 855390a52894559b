//! Mail out, as far as no server is needed: who gets what and nothing else, what is left out, once, corrected, reminded.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use mail_parser::{Message, MessageParser, MimeHeaders};
use wuzhang::collect::{self, Limits, Value};
use wuzhang::deliver::{Carried, Carrier, Clock, DeliverError, Known, NoLine, Outcome, Pace, Plan, Sent};
use wuzhang::period::Period;
use wuzhang::pipeline::{self, plan_mail, plan_reminders, send_mail};
use wuzhang::workspace::Workspace;

use crate::county_months::County;

const MAIL: &str = "county = \"云山县\"\n[mail]\nfrom = \"云山县统计局 <tjj@yunshan.example>\"\n";

fn may() -> Period {
    "2026-05".parse().unwrap()
}

/// A county of three units, two of which report; who gets mail stands on the sheets.
fn county() -> County {
    let county = County::new();
    std::fs::write(county.path().join("wuzhang.toml"), MAIL).unwrap();
    county.settings(&[
        (
            "单位",
            &[
                "单位名称|类别|邮箱",
                "城关镇|乡镇|cg@yunshan.example",
                "和平乡|乡镇|hp@yunshan.example",
                "县水利局|部门|",
            ],
        ),
        ("领导", &["姓名|邮箱", "余立新|yu@yunshan.example"]),
        (
            "收件人",
            &[
                "单位或领导|姓名|角色|邮箱|停用",
                "城关镇|周某|单位负责人|cg.fzr@yunshan.example|",
                "和平乡||抄送|hp.old@yunshan.example|是",
                "县统计局||统计局|zhk@yunshan.example|",
            ],
        ),
        ("报送", &["单位|账册|是否应报", "全部|重点建设项目|应报"]),
    ]);
    county.report(
        "2026-05",
        "城关镇",
        &[
            "老城桥,P1,5000,3000,100,1500,2026-01,2027-01,主体施工,,",
            "城南路,P2,2000,1000,50,400,2026-02,2026-12,路基,,",
        ],
    );
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,300,2026-03,2026-11,土方,,"]);
    county.run("2026-05");
    county
}

fn planned(county: &County) -> Plan {
    plan_mail(&county.workspace(), may(), None).unwrap()
}

/// A server that takes everything, and notes whom it was for.
#[derive(Default)]
struct Takes(Vec<String>);

impl Carrier for Takes {
    fn connect(&mut self) -> Result<(), NoLine> {
        Ok(())
    }
    fn carry(
        &mut self,
        (_, to): (&str, &str),
        _: &[u8],
        before: &mut dyn FnMut() -> Result<(), DeliverError>,
    ) -> Result<Carried, DeliverError> {
        before()?;
        self.0.push(to.to_owned());
        Ok(Carried::Accepted("250 ok".into()))
    }
    fn hang_up(&mut self) {}
}

struct At(&'static str);

impl Clock for At {
    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(&format!("{}:00+08:00", self.0)).unwrap()
    }
    fn wait(&self, _: Duration) {}
}

/// Sends a plan at an hour; gives what came of it and whom the server had mail for.
fn sent(workspace: &Workspace, plan: &mut Plan, at: &'static str) -> (Sent, Vec<String>) {
    let mut server = Takes::default();
    let pace = Pace { between: Duration::ZERO, again: Vec::new() };
    let sent = send_mail(workspace, plan, (&mut server, &At(at)), (&pace, &[]), &mut |_| {}).unwrap();
    (sent, server.0)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap()))
        .collect()
}

/// All that a message says: headers, bodies, and every part of its attachments, which are zip packages.
fn said(message: &Message) -> String {
    let mut said = message.subject().unwrap().to_owned();
    said += &message.body_text(0).unwrap();
    said += &message.body_html(0).unwrap();
    for attachment in message.attachments() {
        said += attachment.attachment_name().unwrap();
        let mut package = zip::ZipArchive::new(Cursor::new(attachment.contents())).unwrap();
        for at in 0..package.len() {
            let mut bytes = Vec::new();
            package.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
            said += &String::from_utf8_lossy(&bytes);
        }
    }
    said
}

/// The texts of the cells of each file that units sent.
fn texts(workspace: &Workspace) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, path) in collect::list_inbox(&workspace.inbox(may())).unwrap() {
        for file in collect::read_all(&path, &name, &Limits::default(), &[]) {
            let cells = file.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
            let of = texts.entry(file.name.to_string()).or_default();
            of.extend(cells.filter_map(|cell| match &cell.value {
                Value::Text(text) => Some(text.trim().to_owned()),
                _ => None,
            }));
        }
    }
    texts
}

/// The promise of the mail: of the whole sample county, no message for a unit holds the name of a project that only
/// others report, nor of a file that others sent, wherever in the message one looks.
#[test]
fn no_unit_gets_another_units_projects_findings_or_files() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = super::s003::county(folder.path());
    let outcome = pipeline::run(&workspace, may(), &|_| {}).unwrap();
    let plan = plan_mail(&workspace, may(), None).unwrap();
    plan.write(&workspace.out(may()).join("mail")).unwrap();
    let texts = texts(&workspace);
    let mut projects: BTreeSet<String> = BTreeSet::new();
    for facts in outcome.merged.facts.values().filter(|facts| facts.book != "indicators" && facts.book != "reports") {
        let subject = &outcome_subject(&facts.book);
        projects.extend((0..facts.height()).filter_map(|row| facts.text(subject, row)).map(str::to_owned));
    }
    // Names short enough to be a place's or a word's are told by other means too.
    projects.retain(|name| name.chars().count() >= 5);
    assert!(projects.len() > 600, "{}", projects.len());
    let receipts = &outcome.reporting.register.receipts;
    let mails: Vec<(String, Vec<u8>)> =
        files(&workspace.out(may()).join("mail")).into_iter().filter(|(name, _)| name.ends_with(".eml")).collect();
    assert_eq!(mails.len(), plan.letters.len());
    // The longest first: a name within a longer one that is the unit's own is the unit's own.
    let mut longest: Vec<String> = projects.iter().map(|name| regex::escape(name)).collect();
    longest.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
    let any = regex::Regex::new(&longest.join("|")).unwrap();
    let (mut units, mut own_seen) = (0, 0);
    for (letter, (name, bytes)) in plan.letters.iter().zip(&mails) {
        if letter.roles.iter().any(|role| role == "县领导" || role == "统计局") {
            continue;
        }
        units += 1;
        let said = said(&MessageParser::default().parse(bytes).unwrap());
        let own: BTreeSet<&str> = receipts.iter().filter(|one| one.is_of(&letter.whom)).map(|one| &*one.file).collect();
        let own_text: String = own.iter().filter_map(|file| texts.get(*file)).flatten().cloned().collect();
        let named: BTreeSet<&str> = any.find_iter(&said).map(|found| found.as_str()).collect();
        let (own_named, others): (Vec<&str>, Vec<&str>) = named.iter().partition(|name| own_text.contains(**name));
        assert!(others.is_empty(), "{name} holds {others:?}");
        own_seen += own_named.len();
        // A project that two units report is asked about with both files; those of nobody else are named.
        let own_projects: BTreeSet<&String> = projects.iter().filter(|name| own_text.contains(name.as_str())).collect();
        let shares =
            |file: &str| texts.get(file).is_some_and(|texts| texts.iter().any(|text| own_projects.contains(text)));
        let files = receipts.iter().map(|one| &*one.file).filter(|file| !own.contains(file) && !shares(file));
        let seen: Vec<_> = files.filter(|file| said.contains(file.rsplit('/').next().unwrap())).collect();
        assert!(seen.is_empty(), "{name} names {seen:?}");
    }
    println!("{units} messages to units, {own_seen} projects of their own named in them");
    assert!(units > 40);
    // What is looked for is found where it is: the leaders' workbooks name nearly all key projects.
    let leaders = plan.letters.iter().position(|letter| letter.roles == ["县领导"]).unwrap();
    let said = said(&MessageParser::default().parse(&mails[leaders].1).unwrap());
    assert!(any.find_iter(&said).map(|found| found.as_str()).collect::<BTreeSet<_>>().len() > 100);
}

fn outcome_subject(book: &str) -> String {
    wuzhang::profile::Profile::built_in().book(book).unwrap().subject.clone()
}

#[test]
fn everyone_gets_what_the_role_gets_and_the_plan_says_who_gets_nothing() {
    let county = county();
    let plan = planned(&county);
    let told: Vec<(&str, &str, Vec<&str>)> = plan
        .letters
        .iter()
        .map(|letter| {
            let attached =
                letter.attachments.iter().map(|one| one.name.as_str()).filter(|name| !name.contains("退改单"));
            (letter.whom.as_str(), letter.address.as_str(), attached.collect())
        })
        .collect();
    let ranking = "2026年5月乡镇（街道）排名.xlsx";
    assert_eq!(told[0], ("城关镇", "cg@yunshan.example", vec![ranking]));
    assert_eq!(told[1], ("城关镇", "cg.fzr@yunshan.example", vec![ranking]));
    assert_eq!(told[2], ("和平乡", "hp@yunshan.example", vec![ranking]));
    assert_eq!((told[3].0, told[4].0, told.len()), ("余立新", "县统计局", 5));
    assert!(told[3].2.contains(&"2026年5月重点项目排名.xlsx") && !told[3].2.contains(&"核验报告.xlsx"), "{told:?}");
    assert!(told[4].2.contains(&"核验报告.xlsx"), "{told:?}");
    // The department has no box; it stands in the ranking of reports.
    let left: Vec<&str> = plan.left_out.iter().map(|one| one.whom.as_str()).collect();
    assert_eq!(left, ["县水利局"]);
    let text = &plan.letters[0].text;
    assert!(text.contains("完成率47.5%") && text.contains("同时发给：单位负责人周某"), "{text}");
}

#[test]
fn the_same_plan_is_the_same_bytes_and_reads_as_mail() {
    let county = county();
    let folder = county.workspace().out(may()).join("mail");
    planned(&county).write(&folder).unwrap();
    let first = files(&folder);
    assert!(first.contains_key("001-城关镇-填报人.eml") && first.contains_key("plan.xlsx"), "{:?}", first.keys());
    planned(&county).write(&folder).unwrap();
    assert!(first == files(&folder));
    for bytes in first.iter().filter(|(name, _)| name.ends_with(".eml")).map(|(_, bytes)| bytes) {
        let message = MessageParser::default().parse(bytes).unwrap();
        assert_eq!(message.date().unwrap().to_rfc3339(), "2026-05-31T12:00:00+08:00");
        assert!(message.attachment_count() > 0 && bytes.is_ascii());
    }
    let mut plan = super::publish::open(&first["plan.xlsx"]);
    let sheet = calamine::Reader::worksheet_range(&mut plan, "发送计划").unwrap();
    let row: Vec<String> = sheet.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(row[1..5], ["城关镇", "", "填报人", "cg@yunshan.example"]);
    assert_eq!((row[9].as_str(), row[10].as_str()), ("待发送", "001-城关镇-填报人.eml"));
}

#[test]
fn what_was_sent_is_not_sent_again_and_a_corrected_document_says_so() {
    let county = county();
    let workspace = county.workspace();
    let (first, to) = sent(&workspace, &mut planned(&county), "2026-06-08T10:00");
    assert_eq!((first.count(|one| matches!(one, Outcome::Sent(_))), to.len()), (5, 5));
    county.run("2026-05");
    let (again, to) = sent(&workspace, &mut planned(&county), "2026-06-08T11:00");
    assert_eq!((again.count(|one| matches!(one, Outcome::Before(_))), to.len()), (5, 0), "the same run, the same mail");
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,330,2026-03,2026-11,土方,,"]);
    county.run("2026-05");
    let mut plan = planned(&county);
    let letter = plan.letters[0].clone();
    assert!(letter.corrects && letter.subject.starts_with("【更正】"), "{}", letter.subject);
    assert!(
        letter.text.contains("更正2026-06-08发出的")
            && letter.text.contains("有变化的附件：2026年5月乡镇（街道）排名.xlsx"),
        "{}",
        letter.text
    );
    let (third, to) = sent(&workspace, &mut plan, "2026-06-09T09:00");
    assert_eq!((third.count(|one| matches!(one, Outcome::Sent(_))), to.len()), (5, 5));
    let log = std::fs::read_to_string(workspace.sent.join("2026-05.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 20, "a line before and a line after each of ten");
    // A return to the first figures is what was sent first, and is known as such.
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,300,2026-03,2026-11,土方,,"]);
    county.run("2026-05");
    assert!(planned(&county).letters.iter().all(|letter| matches!(letter.known, Known::Sent(_))));
}

#[test]
fn what_is_too_large_for_the_server_is_parted_or_left_out_with_advice() {
    let county = county();
    let whole = planned(&county);
    let bureau = whole.letters.last().unwrap();
    assert!(bureau.attachments.len() > 1);
    let weight = |name: &str| bureau.attachments.iter().find(|one| one.name == name).unwrap().weight();
    let largest = bureau.attachments.iter().map(|one| one.weight()).max().unwrap();
    let room = |bytes: u64| {
        std::fs::write(county.path().join("wuzhang.toml"), format!("{MAIL}max_bytes = {bytes}\n")).unwrap();
    };
    // Room for the largest alone.
    room((largest + 50_000).max(100_000));
    if weight("核验报告.xlsx") + largest > largest + 1_000 {
        let plan = planned(&county);
        let parts: Vec<&str> =
            plan.letters.iter().filter(|one| one.whom == "县统计局").map(|one| one.subject.as_str()).collect();
        let attached: usize =
            plan.letters.iter().filter(|one| one.whom == "县统计局").map(|one| one.attachments.len()).sum();
        assert_eq!(attached, bureau.attachments.len(), "nothing is lost: {parts:?}");
        assert!(plan.left_out.iter().all(|one| one.whom == "县水利局"), "{:?}", plan.left_out);
    }
}

#[test]
fn faults_of_the_recipients_are_told_with_their_cells() {
    let county = county();
    county.settings(&[
        ("单位", &["单位名称|类别|邮箱", "城关镇|乡镇|cg@yunshan\n.example", "和平乡|乡镇|hp@yunshan.example"]),
        (
            "收件人",
            &[
                "单位或领导|姓名|角色|邮箱|停用",
                "城关镇||书记|a@yunshan.example|",
                "石桥镇||填报人|a@yunshan.example|",
                "城关镇||填报人|a@yunshan.example;b@yunshan.example|",
                "城关镇||填报人|a@yunshan|",
                "全县||填报人|a@yunshan.example|",
                "城关镇||填报人|c@yunshan.example|也许",
                "城关镇||抄送|d@yunshan.example|",
                "城关镇||抄送|D@yunshan.example|",
                "城关镇||抄送||",
            ],
        ),
    ]);
    let told = plan_mail(&county.workspace(), may(), None).unwrap_err().to_string();
    for part in [
        "C2",
        "A3",
        "没有角色“书记”",
        "石桥镇",
        "一行只写一个邮箱",
        "D5",
        "不是单位",
        "E7",
        "与第8行相同",
        "“邮箱”没有填",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

fn wuzhang(county: &County, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    command.args(arguments).env_remove("WUZHANG_MAIL_PASSWORD").current_dir(county.path());
    command.output().unwrap()
}

#[test]
fn the_command_plans_and_says_what_it_needs() {
    let county = county();
    let told = |arguments: &[&str]| {
        let output = wuzhang(&county, arguments);
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (code, text) = told(&["send", ".", "--period", "2026-05"]);
    // A unit without a box is something to look at.
    assert!(
        code == 1 && text.contains("待发送5封") && text.contains("县水利局") && text.contains("--confirm"),
        "{text}"
    );
    let (code, text) = told(&["send", ".", "--period", "2026-05", "--only", "城关镇", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, json["letters"].as_array().unwrap().len(), json["sent"].as_bool()), (0, 2, Some(false)));
    let wrong: [(&[&str], &str); 4] = [
        (&["send", ".", "--period", "2026-05", "--only", "城关村"], "最接近的是“城关镇”"),
        (&["send", ".", "--period", "2026-04"], "先运行 wuzhang run"),
        (&["send", ".", "--period", "2026-05", "--confirm"], "没有写发信服务器"),
        (&["send", ".", "--period", "2026-05", "--resend", "0123456789"], "--confirm"),
    ];
    for (arguments, part) in wrong {
        let (code, text) = told(arguments);
        assert!(code == 2 && text.contains(part), "{arguments:?}: {code} {text}");
    }
    std::fs::write(county.path().join("wuzhang.toml"), "county = \"云山县\"\n").unwrap();
    let (code, text) = told(&["send", ".", "--period", "2026-05"]);
    assert!(code == 2 && text.contains("没有写发件人"), "{text}");
    std::fs::write(county.path().join("wuzhang.toml"), format!("{MAIL}password = \"geheim\"\n")).unwrap();
    let (code, text) = told(&["send", ".", "--period", "2026-05"]);
    assert!(code == 2 && text.contains("第4行") && !text.contains("geheim"), "{text}");
}

#[test]
fn an_office_changes_the_wording_and_is_told_of_faults_in_it() {
    let county = county();
    let folder = county.path().join("profile/mail");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("unit.txt.j2"), "主题：{{ whom }}的{{ period }}\n\n请查收。\n").unwrap();
    let plan = planned(&county);
    assert_eq!((plan.letters[0].subject.as_str(), plan.letters[0].text.as_str()), ("城关镇的2026年5月", "请查收。\n"));
    std::fs::write(folder.join("unit.txt.j2"), "主题：{{ unit }}\n").unwrap();
    let told = plan_mail(&county.workspace(), may(), None).unwrap_err().to_string();
    assert!(told.contains("unit.txt.j2 第1行") && told.contains("whom"), "{told}");
}

#[test]
fn units_that_owe_are_reminded_once_a_day() {
    let county = county();
    let workspace = county.workspace();
    let day = |text: &str| text.parse().unwrap();
    let plan = |today: &str| plan_reminders(&workspace, may(), (day(today), None)).unwrap();
    // The department that owes has no box: it is named, and nobody else is written to.
    let none = plan("2026-06-03");
    assert_eq!((none.letters.len(), none.left_out.len()), (0, 1), "{:?}", none.left_out);
    std::fs::remove_file(county.path().join("inbox/2026-05/和平乡重点项目.csv")).unwrap();
    let early = plan("2026-06-03");
    assert_eq!(early.letters.len(), 1);
    let letter = &early.letters[0];
    assert!(letter.address == "hp@yunshan.example" && letter.subject == "2026年5月报表催报——和平乡", "{letter:?}");
    assert!(letter.text.contains("重点建设项目，报送期限2026-06-05，还剩2天"), "{}", letter.text);
    assert!(plan("2026-06-05").letters[0].text.contains("今天到期"));
    let mut late = plan("2026-06-08");
    assert!(late.letters[0].html.contains("已逾期3天"), "{}", late.letters[0].html);
    assert_eq!(sent(&workspace, &mut late, "2026-06-08T10:00").1, ["hp@yunshan.example"]);
    assert!(sent(&workspace, &mut plan("2026-06-08"), "2026-06-08T17:00").1.is_empty(), "once a day");
    // Not for another period either.
    let june = plan_reminders(&workspace, "2026-06".parse().unwrap(), (day("2026-06-08"), Some("和平乡"))).unwrap();
    assert!(june.letters.is_empty() && june.left_out.iter().any(|one| one.advice.contains("一天只催一次")), "{june:?}");
    assert_eq!(sent(&workspace, &mut plan("2026-06-09"), "2026-06-09T10:00").1, ["hp@yunshan.example"]);
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,300,2026-03,2026-11,土方,,"]);
    assert!(plan("2026-06-10").letters.is_empty(), "what came is not asked for");
}

/// A return that was sent and asks for a correction is reminded of, from the day it arrived, until something new comes.
#[test]
fn units_that_do_not_answer_a_return_are_reminded() {
    let county = county();
    let workspace = county.workspace();
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,三百左右,2026-03,2026-11,土方,,"]);
    county.run("2026-05");
    let plan = |today: &str| plan_reminders(&workspace, may(), (today.parse().unwrap(), Some("和平乡"))).unwrap();
    assert!(plan("2026-06-08").letters.is_empty(), "what was not sent cannot be answered");
    let mut mail = planned(&county);
    let letter = mail.letters.iter().find(|letter| letter.whom == "和平乡").unwrap();
    assert!(letter.text.contains("请修改") && letter.text.contains("3日内回复"), "{}", letter.text);
    sent(&workspace, &mut mail, "2026-06-08T10:00");
    let early = plan("2026-06-09");
    assert_eq!(early.letters.len(), 1);
    let text = &early.letters[0].text;
    assert!(text.contains("2026-06-08发出，应于2026-06-11前回复，还剩2天"), "{text}");
    assert!(early.letters[0].subject.contains("退改单催办"), "{}", early.letters[0].subject);
    assert!(plan("2026-06-12").letters[0].text.contains("已逾期1天"));
    county.report("2026-05", "和平乡", &["和平渠,P3,800,600,30,300,2026-03,2026-11,土方,,"]);
    assert!(plan("2026-06-12").letters.is_empty(), "an answer came, though no run has read it yet");
}
