//! The Python that has what a script needs, and its email library's view of a message.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Where Debian's packages and where the user's own are found.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];

/// A Python that can import a module.
pub fn python_with(module: &str) -> Option<&'static str> {
    let can = |python: &&str| {
        let mut import = Command::new(python);
        import.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
        import.status().is_ok_and(|status| status.success())
    };
    PYTHONS.into_iter().find(can)
}

/// A script beside this file.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mail_servers").join(name)
}

/// What Python's email library finds in messages, an object a file; `None` without Python.
pub fn parsed(files: &[PathBuf]) -> Option<Vec<Value>> {
    let mut parse = Command::new(python_with("email")?);
    let output = parse.arg(script("parse_mail.py")).args(files).env("PYTHONUTF8", "1").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
