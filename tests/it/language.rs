//! One program in two languages: the operator's changes, what is made does not.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn wuzhang(at: &Path, language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
    command.current_dir(at).env_remove("WUZHANG_LANG").args(arguments).args(["--lang", language]).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn what_is_made_does_not_know_the_language() {
    let folder = tempfile::tempdir().unwrap();
    super::s003::county(&folder.path().join("yunshan"));
    let at = folder.path();
    let chinese = said(&wuzhang(at, "zh", &["run", "yunshan", "--period", "2026-05"]));
    assert!(chinese.starts_with("2026年5月 处理完毕\n") && chinese.contains("台账记为本期第1次运行"), "{chinese}");
    let again = wuzhang(at, "en", &["run", "yunshan", "--period", "2026-05"]);
    let english = said(&again);
    assert!(english.starts_with("2026-05 is done\n"), "{english}");
    assert!(english.contains("41 files (1 could not be opened), 106 sheets"), "{english}");
    // Documents, ledger and records are the same bytes: the ledger finds nothing new in them.
    assert!(english.contains("The same in all as this period's run 1"), "{english}");
    assert!(again.stderr.is_ascii() || !String::from_utf8_lossy(&again.stderr).contains("读取"), "{again:?}");
    let trace =
        ["trace", "yunshan", "--period", "2026-05", "--ranking", "towns", "--group", "城关镇", "--measure", "lag"];
    let both: [&[&str]; 5] = [
        &["run", "yunshan", "--period", "2026-05", "--json"],
        &["status", "yunshan", "--period", "2026-05", "--json"],
        &["measures", "yunshan", "--period", "2026-05", "--json"],
        &["runs", "yunshan", "--json"],
        &[&trace[..], &["--book", "key_projects", "--json"]].concat(),
    ];
    for arguments in both {
        let [zh, en] = ["zh", "en"].map(|language| said(&wuzhang(at, language, arguments)));
        assert_eq!(zh, en, "{arguments:?} is for programs");
        assert!(!zh.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_fault_is_told_in_the_operator_s_language() {
    let folder = tempfile::tempdir().unwrap();
    assert!(wuzhang(folder.path(), "en", &["init", "county"]).status.success());
    fs::write(folder.path().join("county/profile/roads.toml"), "idd = \"roads\"\n").unwrap();
    let told = |language: &str| {
        let output = wuzhang(folder.path(), language, &["book", "check", "county"]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(
        told("en").contains("roads.toml line 1, column 1: there is no key `idd`: is `id` meant?"),
        "{}",
        told("en")
    );
    assert!(told("zh").contains("roads.toml 第1行第1列：没有名为 `idd` 的键，是否应为 `id`？"), "{}", told("zh"));
}

#[test]
fn alone_it_says_where_the_month_stands_and_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let outside = wuzhang(folder.path(), "en", &[]);
    assert!(outside.status.success() && said(&outside).contains("wuzhang --help lists all commands"), "{outside:?}");
    assert!(wuzhang(folder.path(), "zh", &["init", "county"]).status.success());
    let county = folder.path().join("county");
    let told = |language: &str| said(&wuzhang(&county, language, &[]));
    assert!(told("zh").contains("收件箱里还没有报表") && told("en").contains("no reports yet"), "{}", told("en"));
    let inbox = county.join("inbox/2026-10");
    fs::create_dir_all(&inbox).unwrap();
    let sheet = "城关镇2026年10月重点项目\n单位：万元\n项目名称,项目类别,总投资,年度计划投资,累计完成投资\n路,基础设施,100,50,20\n";
    fs::write(inbox.join("城关镇.csv"), sheet).unwrap();
    assert!(told("zh").contains("2026年10月：收件箱里有1个文件\n  还没有运行过"), "{}", told("zh"));
    assert!(told("en").contains("wuzhang run . --period 2026-10"), "{}", told("en"));
    wuzhang(&county, "zh", &["run", ".", "--period", "2026-10"]);
    assert!(told("zh").contains("第1次运行之后，收件箱和设置没有变化"), "{}", told("zh"));
    assert!(told("en").contains("wuzhang send . --period 2026-10"), "{}", told("en"));
    fs::write(inbox.join("云溪镇.csv"), sheet.replace("城关", "云溪")).unwrap();
    assert!(told("en").contains("1 file of the inbox came, changed or went since run 1"), "{}", told("en"));
    // From a folder below, the workspace is named.
    let below = said(&wuzhang(&inbox, "en", &[]));
    assert!(below.contains("wuzhang run ") && !below.contains("wuzhang run ."), "{below}");
}
