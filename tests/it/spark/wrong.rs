//! What an engineer of the cluster is told of wrong paths, lists and programs.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::standalone::{Standalone, python};
use super::{PERIOD, alone, job, program, qingling, told};
use crate::trees::copy;

#[test]
fn wrong_paths_are_told_before_the_cluster_is_asked() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    let county = qingling(folder.path());
    let refused = |workspace: &Path, work: &Path, binary: &Path, more: &[&str]| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("cluster/wuzhang_spark.py");
        let output = Command::new(&python).arg(script).args(job(workspace, work, binary, more)).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("wuzhang_spark: ") && !said.contains("Traceback"), "{said}");
        said
    };
    let (work, nothing) = (folder.path().join("work"), folder.path().join("nothing"));
    assert!(refused(&county, &work, &nothing, &[]).contains("nothing does not run on"));
    assert!(refused(&nothing, &work, &program(), &[]).contains("nothing"));
    assert!(refused(&county, &county, &program(), &[]).contains("give an empty folder"));
    assert!(refused(&county, &county.join("wuzhang.toml"), &program(), &[]).contains("cannot be worked in"));
    let other = folder.path().join("临溪县");
    copy(&county, &other, &[]);
    let said = refused(&county, &work, &program(), &["--office", other.to_str().unwrap()]);
    assert!(said.contains("不是市级工作区"), "{said}");
}

#[test]
fn what_goes_wrong_on_a_worker_is_told_in_a_line() {
    let Some(python) = python() else { return };
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let (county, work) = (qingling(folder.path()), folder.path().join("work"));
    let cluster = Standalone::start(&python);
    // A program that gives the plan, and then does something else.
    let plan = folder.path().join("plan");
    fs::write(&plan, told(&["cluster", "plan", county.to_str().unwrap(), "--period", PERIOD])).unwrap();
    let refused = |name: &str, then: &str, why: &str| {
        let binary = folder.path().join(name);
        let text = format!("#!/bin/sh\nif [ $2 = plan ]; then cat '{}'; fi\n{then}\n", plan.display());
        fs::write(&binary, text).unwrap();
        fs::set_permissions(&binary, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let said = cluster.refused(cluster.submit("wuzhang_spark.py", &job(&county, &work, &binary, &[])));
        assert!(said.contains(why) && !said.contains("Traceback"), "{said}");
        assert!(said.lines().count() <= 2, "{said}");
    };
    refused("gone", "rm $0", "gone does not run on ");
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let full = format!("wuzhang cluster read on {}: 磁盘满了", host.trim());
    refused("failing", "if [ $2 = read ]; then echo '磁盘满了' >&2; exit 3; fi", &full);
    // A folder that is not the same on all machines.
    refused("elsewhere", "if [ $2 = read ]; then echo '{}'; fi", "one folder for all machines");
}

#[test]
fn wrong_use_is_told_to_the_engineer() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/yunzhou");
    let refused = |workspace: &Path, list: &str, more: &[&str]| {
        let path = folder.path().join("list");
        fs::write(&path, list).unwrap();
        let to = folder.path().join("work");
        let mut command = Command::new(env!("CARGO_BIN_EXE_wuzhang"));
        command.args(["cluster", "read"]).arg(workspace).args(["--period", PERIOD, "--list"]).arg(&path).arg("--to");
        let output = command.arg(&to).args(more).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(!to.exists(), "nothing is written");
        String::from_utf8(output.stderr).unwrap()
    };
    let qingling = sample.join("qingling");
    assert!(refused(&qingling, "没有这个文件.xlsx", &[]).contains("没有这个文件.xlsx"));
    assert!(refused(&qingling, "\n", &[]).contains("清单是空的"));
    assert!(refused(&sample, "x", &[]).contains("市级工作区"));
    let city = folder.path().join("别的市");
    fs::create_dir_all(&city).unwrap();
    fs::write(city.join("wuzhang.toml"), "county = \"别的市\"\nlevel = \"city\"\ncounties = [\"云山县\"]\n").unwrap();
    assert!(refused(&qingling, "x", &["--for", city.to_str().unwrap()]).contains("青岭县"));
    fs::remove_dir_all(&city).unwrap();
    let bare = folder.path().join("inbox");
    copy(&qingling.join("inbox").join(PERIOD), &bare, &[]);
    assert!(refused(&bare, "x", &[]).contains("没有单位名单"));
}
