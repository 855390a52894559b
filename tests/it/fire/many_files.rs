//! More files than a process may have open: they are opened as they are needed, and closed.

use std::fs;
use std::process::Command;

use super::office::{office, sound, told};

/// Few enough that any list of open files is noticed: the reading processes' pipes are among them.
const OPEN_FILES: u32 = 64;
const REPORTS: u32 = 400;

#[test]
fn hundreds_of_files_are_read_with_few_open() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    office(root);
    let inbox = root.join("inbox/2026-05");
    for report in 1..=REPORTS {
        let text = format!("项目名称,责任单位,累计完成投资(万元)\n第{report}号项目,第{report}乡,{report}\n");
        fs::write(inbox.join(format!("第{report}乡.csv")), text).unwrap();
    }
    // The shell's own limit is handed down to the program and to all that it starts.
    let asked = format!("ulimit -n {OPEN_FILES}; exec \"$0\" run . --period 2026-05 --quiet");
    let output =
        Command::new("sh").args(["-c", &asked, env!("CARGO_BIN_EXE_wuzhang")]).current_dir(root).output().unwrap();
    sound(&output);
    let run: serde_json::Value = serde_json::from_slice(&fs::read(root.join("out/2026-05/run.json")).unwrap()).unwrap();
    let opened = run["inputs"].as_array().unwrap().iter().filter(|input| input["opened"] == true).count();
    assert_eq!(opened, REPORTS as usize + 2, "{}", told(&output));
}
