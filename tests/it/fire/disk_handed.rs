//! A full disk under what is handed out and taken in: blank forms, mails, fetched reports. Each is whole or not there,
//! and the next call completes it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

use super::disk::Small;
use super::office::{copied, told};
use super::outputs::outputs;
use crate::county_months::County;
use crate::mail_servers::{ImapServer, PASSWORD, USER};

fn wuzhang(root: &Path, command: &str) -> Output {
    let mut wuzhang = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    wuzhang.current_dir(root).args([command, ".", "--period", "2026-05"]).env("WUZHANG_IMAP_PASSWORD", PASSWORD);
    wuzhang.output().unwrap()
}

/// A county of two units that has run May.
fn county() -> County {
    let county = County::new();
    let mail = "county = \"云山县\"\n[mail]\nfrom = \"云山县统计局 <tjj@yunshan.example>\"\n";
    fs::write(county.path().join("wuzhang.toml"), mail).unwrap();
    county.settings(&[
        ("单位", &["单位名称|类别|邮箱", "城关镇|乡镇|cg@yunshan.example", "和平乡|乡镇|hp@yunshan.example"]),
        ("报送", &["单位|账册|是否应报", "全部|重点建设项目|应报"]),
    ]);
    county.report("2026-05", "城关镇", &["老城桥,P1,5000,3000,100,1500,2026-01,2027-01,主体施工,,"]);
    county.run("2026-05");
    county
}

/// What stands below folders: workbooks and mails open (or this panics); scratch files begin with a dot.
fn standing(root: &Path, folders: &[&str]) -> Vec<(String, Vec<u8>)> {
    let hidden = |name: &str| name.split('/').any(|part| part.starts_with('.'));
    outputs(root, folders)
        .into_iter()
        .filter(|piece| !hidden(&piece.name))
        .map(|piece| (piece.name, piece.bytes))
        .collect()
}

#[test]
fn forms_and_mails_on_a_full_disk_are_whole_or_not_there() {
    let Some(small) = Small::mounted("32m") else { return };
    let (whole, root) = (county(), small.path().join("office"));
    copied(whole.path(), &root);
    let before = standing(&root, &["out", "forms"]);
    for command in ["forms", "send"] {
        let plain = wuzhang(whole.path(), command);
        assert!(matches!(plain.status.code(), Some(0 | 1)), "{}", told(&plain));
        let mut full = 0;
        for room in [0, 8, 24, 48] {
            small.fill(room << 10);
            let output = wuzhang(&root, command);
            fs::remove_file(small.path().join("filler")).unwrap();
            if output.status.code() == Some(3) {
                full += 1;
                assert!(told(&output).contains("磁盘") && !told(&output).contains("很抱歉"), "{}", told(&output));
            } else {
                assert!(matches!(output.status.code(), Some(0 | 1)), "{}", told(&output));
            }
            let now = standing(&root, &["out", "forms"]);
            let after = standing(whole.path(), &["out", "forms"]);
            for piece in &now {
                assert!(before.contains(piece) || after.contains(piece), "{command}, {room} KiB: {}", piece.0);
            }
        }
        assert!(full >= 1, "{command}: no room was too small");
        let output = wuzhang(&root, command);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", told(&output));
        let names = |root: &Path| standing(root, &["out", "forms"]);
        assert_eq!(names(&root), names(whole.path()), "{command} is completed");
    }
}

#[test]
fn reports_fetched_onto_a_full_disk_are_whole_or_not_there() {
    let Some(small) = Small::mounted("16m") else { return };
    let Some(server) = ImapServer::start(None) else { return };
    for nth in 0..6u64 {
        let body = format!("项目名称,累计完成投资(万元)\r\n{}", format!("水厂{nth},500\r\n").repeat(4_000));
        let head = format!("From: cg@yunshan.example\r\nTo: {USER}\r\nSubject: {nth}\r\nMIME-Version: 1.0\r\n");
        let kind = "Content-Type: text/csv; name=report.csv\r\nContent-Disposition: attachment\r\n\r\n";
        let came = SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_624_800 + nth);
        server.deliver(&format!("{nth}.a.host"), format!("{head}{kind}{body}").as_bytes(), came);
    }
    let root = small.path().join("office");
    fs::create_dir_all(&root).unwrap();
    let port = format!("port = {}\nsecurity = \"none\"\ntimeout_seconds = 20\n", server.port);
    let text = format!("county = \"云山县\"\n[mail.imap]\nuser = \"{USER}\"\nserver = \"localhost\"\n{port}");
    fs::write(root.join("wuzhang.toml"), text).unwrap();
    let before = server.mailbox();
    let mails = || standing(&root, &["inbox"]).iter().filter(|(name, _)| name.ends_with(".eml")).count();
    let mut counts = Vec::new();
    for room in [0, 96, 160] {
        small.fill(room << 10);
        let output = wuzhang(&root, "fetch");
        fs::remove_file(small.path().join("filler")).unwrap();
        assert_eq!(output.status.code(), Some(3), "{room} KiB: {}", told(&output));
        assert!(told(&output).contains("磁盘") && !told(&output).contains("很抱歉"), "{}", told(&output));
        for (name, bytes) in standing(&root, &["inbox"]).iter().filter(|(name, _)| name.ends_with(".eml")) {
            assert!(before.values().any(|mail| mail == bytes), "{room} KiB: {name} is cut");
        }
        counts.push(mails());
    }
    let output = wuzhang(&root, "fetch");
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert_eq!(mails(), 6, "{counts:?} before");
    assert_eq!(server.mailbox(), before);
}
