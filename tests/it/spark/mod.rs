//! A month on a real Spark cluster against the same month on this machine, to the yuan.
//!
//! The cluster is started by the test (`standalone`); without Java or pyspark it says so and passes.
//! `WUZHANG_SPARK_ROWS=200000` makes the large county as large, `WUZHANG_PROGRAM` names an optimised binary for it.

mod made;
mod standalone;
mod wrong;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::trees::{copy, tree};
use standalone::{Standalone, python};

const PERIOD: &str = "2026-05";
/// The three counties of the sample city, and the folders that they lie in.
const COUNTIES: [(&str, &str); 3] =
    [("云山县", "yunshan"), ("临溪县", "yunzhou/linxi"), ("青岭县", "yunzhou/qingling")];

/// The program that is tested.
fn program() -> PathBuf {
    std::env::var_os("WUZHANG_PROGRAM").map_or_else(|| env!("CARGO_BIN_EXE_wuzhang").into(), PathBuf::from)
}

/// One cluster at a time: each takes half a gigabyte and both cores.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn told(words: &[&str]) -> String {
    let output = Command::new(program()).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{words:?}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// Measures by line.
fn measures(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// That the cluster's figures are this machine's, with the places that they come to.
fn assert_same(cluster: &Path, single: &str) {
    let cluster = measures(&fs::read_to_string(cluster.join("measures.jsonl")).unwrap());
    let single = measures(single);
    let figures = |lines: &[Value]| lines.iter().filter(|line| !line["numerator"].is_null()).count();
    assert!(figures(&single) > 50, "there is something to compare");
    for (theirs, ours) in cluster.iter().zip(&single) {
        assert_eq!(theirs, ours);
    }
    assert_eq!(cluster.len(), single.len());
    let of = |what: fn(&Value) -> bool| single.iter().filter(|line| what(line)).count();
    println!(
        "{} lines are equal, {} with a figure, {} of how units report, {} scores",
        single.len(),
        figures(&single),
        of(|line| line["book"] == "reports"),
        of(|line| line["measure"] == "score"),
    );
}

/// Has a job done, with a worker killed when a third of the tasks has ended; what it said.
fn with_a_worker_killed(cluster: &mut Standalone, work: &Path, words: &[&str]) -> String {
    let begun = Instant::now();
    let child = cluster.submit("wuzhang_spark.py", words);
    let tasks = || -> Option<usize> {
        let job: Value = serde_json::from_str(&fs::read_to_string(work.join("job.json")).ok()?).ok()?;
        Some(job["tasks"].as_array()?.len())
    };
    let done = || fs::read_dir(work.join("files")).map_or(0, |entries| entries.count());
    while tasks().is_none_or(|tasks| done() < tasks / 3) {
        assert!(begun.elapsed() < Duration::from_secs(600), "no task ended");
        sleep(Duration::from_millis(20));
    }
    let (half, tasks) = (done(), tasks().unwrap());
    cluster.kill_worker(0);
    let said = cluster.ended(child);
    assert!(cluster.lost() >= 1, "the master has noticed");
    assert!(half < tasks, "it was killed half way: {half} tasks of {tasks} were done");
    println!("a worker killed after {half} of {tasks} tasks, {:.1} s in all: {said}", begun.elapsed().as_secs_f64());
    said
}

/// A job of the cluster, its words after the program's.
fn job<'w>(workspace: &'w Path, work: &'w Path, binary: &'w Path, more: &[&'w str]) -> Vec<&'w str> {
    let text = |path: &'w Path| path.to_str().unwrap();
    let mut words = vec!["--wuzhang", text(binary), "--workspace", text(workspace), "--period", PERIOD];
    words.extend(["--work", text(work)]);
    words.extend(more);
    words
}

fn copied(folder: &Path) -> PathBuf {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for (name, from) in COUNTIES {
        copy(&samples.join(from), &folder.join(name), crate::s003::MADE);
    }
    let city = folder.join("云州市");
    fs::create_dir_all(&city).unwrap();
    fs::copy(samples.join("yunzhou/wuzhang.toml"), city.join("wuzhang.toml")).unwrap();
    city
}

/// The sample city on this machine: each county's run, its ledger handed up, the city's measures.
fn single_city(folder: &Path, city: &Path) -> String {
    for (name, _) in COUNTIES {
        told(&["run", folder.join(name).to_str().unwrap(), "--period", PERIOD, "--quiet"]);
        copy(&folder.join(name).join("ledger"), &city.join("inbox").join(PERIOD).join(name).join("ledger"), &[]);
    }
    told(&["measures", city.to_str().unwrap(), "--period", PERIOD, "--json"])
}

#[test]
fn the_sample_city_on_a_cluster_comes_to_what_this_machine_makes_of_it() {
    let Some(python) = python() else { return };
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let city = copied(folder.path());
    let (work, out, program) = (folder.path().join("work"), folder.path().join("out"), program());
    let mut cluster = Standalone::start(&python);
    let offices: Vec<String> = COUNTIES.map(|(name, _)| folder.path().join(name).display().to_string()).into();
    let mut more: Vec<&str> = offices.iter().flat_map(|office| ["--office", office.as_str()]).collect();
    more.extend(["--files-per-task", "12", "--out", out.to_str().unwrap()]);
    with_a_worker_killed(&mut cluster, &work, &job(&city, &work, &program, &more));
    assert_same(&work, &single_city(folder.path(), &city));
    // What the README of the sample city says, so that both are not wrong together.
    let lines = measures(&fs::read_to_string(work.join("measures.jsonl")).unwrap());
    let done = lines.iter().find(|line| line["ranking"] == "county" && line["measure"] == "done").unwrap();
    assert_eq!(done["numerator"], 1_746_580_000_i64, "174,658 万元");
    let documents: Vec<String> = tree(&out).into_keys().collect();
    assert!(documents.iter().any(|name| name.contains("重点") && name.ends_with(".xlsx")), "{documents:?}");

    // A county by itself has rankings of its own, and rules whose counts both engines have to agree on.
    let county = folder.path().join("云山县");
    let alone = folder.path().join("work of one");
    cluster.start_worker();
    let child = cluster.submit("wuzhang_spark.py", &job(&county, &alone, &program, &["--files-per-task", "15"]));
    cluster.ended(child);
    assert_same(&alone, &told(&["measures", county.to_str().unwrap(), "--period", PERIOD, "--json"]));
    assert_rules(&alone, &county);
}

/// That each rule held, failed and could not be evaluated as often there as here.
fn assert_rules(work: &Path, county: &Path) {
    let run: Value =
        serde_json::from_str(&fs::read_to_string(county.join("out").join(PERIOD).join("run.json")).unwrap()).unwrap();
    let answers = fs::read_to_string(work.join("answers.jsonl")).unwrap();
    let answers: Vec<Value> = answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut compared = 0;
    for (book, rules) in run["rules"].as_object().expect("the run tells how its rules went") {
        let name = format!("rules/{book}");
        let Some(answer) = answers.iter().find(|answer| answer["output"] == name.as_str()) else { continue };
        for rule in rules.as_array().unwrap() {
            let id = rule["rule"].as_str().unwrap();
            let theirs = |what: &str| &answer["rows"][0][format!("{id}/{what}")];
            if theirs("held").is_null() {
                continue;
            }
            for what in ["held", "failed", "not_evaluated"] {
                assert_eq!(theirs(what), &rule[what], "{book}: {id} {what}");
            }
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared} rules were compared");
}

#[test]
fn a_county_survives_the_death_of_a_worker() {
    let Some(python) = python() else { return };
    let _alone = alone();
    let rows = std::env::var("WUZHANG_SPARK_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(3_000);
    let folder = tempfile::tempdir().unwrap();
    let (county, work, program) = (folder.path().join("云山县"), folder.path().join("work"), program());
    made::county(&county, rows);
    let mut cluster = Standalone::start(&python);
    let cut = fs::read_dir(county.join("inbox").join(PERIOD)).unwrap().count().div_ceil(12).to_string();
    with_a_worker_killed(&mut cluster, &work, &job(&county, &work, &program, &["--files-per-task", &cut]));
    let begun = Instant::now();
    let single = told(&["measures", county.to_str().unwrap(), "--period", PERIOD, "--json"]);
    println!("one machine: {:.1} s", begun.elapsed().as_secs_f64());
    assert_same(&work, &single);
    let summary: Value = serde_json::from_str(&fs::read_to_string(work.join("summary.json")).unwrap()).unwrap();
    for (what, least) in [("copies", made::PROJECTS), ("joined", 1), ("replaced", 1), ("settled_set_aside", 1)] {
        assert!(summary["account"][what].as_u64() >= Some(least as u64), "{what}: {summary}");
    }
    assert!(summary["account"]["data"].as_u64() >= Some(rows as u64), "{summary}");
}

#[test]
fn both_engines_hold_every_case_of_the_sql_that_books_may_use() {
    let Some(python) = python() else { return };
    let _alone = alone();
    let cluster = Standalone::start(&python);
    let child = cluster.submit("sql_cases.py", &[]);
    let said = cluster.ended(child);
    assert!(said.contains("cases hold"), "{said}");
}

/// The smallest county of the sample city, by itself.
fn qingling(folder: &Path) -> PathBuf {
    let county = folder.join("青岭县");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunzhou/qingling"), &county, crate::s003::MADE);
    county
}

#[test]
fn a_task_done_again_writes_the_same_bytes_over_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (county, work) = (qingling(folder.path()), folder.path().join("work"));
    let inbox: Vec<String> = tree(&county.join("inbox").join(PERIOD)).into_keys().collect();
    let read = |files: &[String]| {
        let list = folder.path().join("list");
        fs::write(&list, files.join("\n")).unwrap();
        let at = |path: &Path| path.to_str().unwrap().to_owned();
        told(&["cluster", "read", &at(&county), "--period", PERIOD, "--list", &at(&list), "--to", &at(&work)])
    };
    let said: Value = serde_json::from_str(&read(&inbox[..3])).unwrap();
    assert_eq!(said["files"], 3);
    let first = tree(&work);
    read(&inbox[3..]);
    let both = tree(&work);
    assert_eq!(both.len(), 2 * first.len());
    // In another order, over a half-written file.
    let torn = work.join(first.keys().find(|name| name.starts_with("rows/")).unwrap());
    fs::write(torn, b"PAR1").unwrap();
    let turned: Vec<String> = inbox[..3].iter().rev().cloned().collect();
    read(&turned);
    assert!(tree(&work) == both, "the same bytes, and the other task's untouched");
}
