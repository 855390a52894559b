//! An SMTP server of the test's own: aiosmtpd behind a port of its own, told how to behave.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::certificates::Authority;
use super::python::{python_with, script};
use super::skipped;

/// A running server; dies with this value.
pub struct SmtpServer {
    process: Child,
    folder: TempDir,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
}

impl SmtpServer {
    /// Starts a server without TLS or login; `None` where aiosmtpd is missing.
    ///
    /// `behaviour` holds what `smtp_server.py` reads: `user` and `password`, `refuse_rcpt` (address to answer),
    /// `temporary_rcpt` (address to how often), `refuse_data`, `refuse_data_to`, `temporary_data`, `size`,
    /// `slow`, `slow_data`, `slow_answer` (seconds).
    pub fn plain(behaviour: Value) -> Option<Self> {
        Self::start("none", behaviour, None)
    }

    /// As [`Self::plain`], with TLS from the first byte.
    pub fn implicit(authority: &Authority, behaviour: Value) -> Option<Self> {
        Self::start("implicit", behaviour, Some(authority))
    }

    /// As [`Self::plain`], with STARTTLS, without which it takes nothing.
    pub fn starttls(authority: &Authority, behaviour: Value) -> Option<Self> {
        Self::start("starttls", behaviour, Some(authority))
    }

    fn start(tls: &str, mut behaviour: Value, authority: Option<&Authority>) -> Option<Self> {
        let Some(python) = python_with("aiosmtpd.smtp") else {
            skipped("aiosmtpd");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        behaviour["folder"] = json!(folder.path());
        behaviour["tls"] = json!(tls);
        if let Some(authority) = authority {
            behaviour["certificate"] = json!(authority.certificate);
            behaviour["key"] = json!(authority.key);
        }
        let mut server = Command::new(python);
        server.arg(script("smtp_server.py")).arg(behaviour.to_string()).env("PYTHONUTF8", "1");
        let mut process = server.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        Some(Self { process, folder, port: port.trim().parse().expect("the server prints its port") })
    }

    /// What happened, in order: `hello`, `login`, `recipient`, `refused`, `accepted`.
    pub fn events(&self, kind: &str) -> Vec<Value> {
        let log = std::fs::read_to_string(self.folder.path().join("events.jsonl")).unwrap_or_default();
        let events = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        events.filter(|event| event["event"] == kind).collect()
    }

    /// The messages that were taken, each with its recipients and its file.
    pub fn accepted(&self) -> Vec<(Vec<String>, PathBuf)> {
        let of = |event: Value| {
            let to = event["to"].as_array().unwrap().iter().map(|address| address.as_str().unwrap().to_owned());
            (to.collect(), self.file(event["file"].as_str().unwrap()))
        };
        self.events("accepted").into_iter().map(of).collect()
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
