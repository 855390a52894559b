//! The same inputs give the same bytes with 1, 2 and 8 threads, in another folder, time zone, language
//! and on another day; and nothing of the machine stands in them.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::office::{after, command, copied, differing, office, sound, state};

#[test]
fn threads_folders_zones_languages_and_days_change_no_byte() {
    let made = tempfile::tempdir().unwrap();
    let cases = [
        ("1", "UTC", "C", "一/云山县"),
        ("2", "Asia/Shanghai", "zh_CN.UTF-8", "two"),
        ("8", "America/Anchorage", "tr_TR.UTF-8", "eight/eight"),
    ];
    for (nth, (threads, zone, language, folder)) in cases.into_iter().enumerate() {
        let root = made.path().join(folder);
        fs::create_dir_all(&root).unwrap();
        office(&root);
        // Another day: the files are as old as files can be.
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 5_000 * (nth as u64 + 1));
        for file in walk(&root.join("inbox")) {
            fs::File::options().append(true).open(file).unwrap().set_modified(day).unwrap();
        }
        let mut run = command(&root, "2026-05");
        run.envs([
            ("RAYON_NUM_THREADS", threads),
            ("POLARS_MAX_THREADS", threads),
            ("TZ", zone),
            ("LANG", language),
            ("LC_ALL", language),
        ]);
        run.envs([("HOME", "/home/someone-else"), ("USER", "someone-else")]);
        sound(&run.output().unwrap());
        let made = state(&root);
        assert_eq!(
            differing(&made, &after()),
            Vec::<std::path::PathBuf>::new(),
            "{threads} threads, {zone}, {language}"
        );
        let here = made_path(&root);
        for (path, bytes) in &made {
            for word in [here.as_str(), "someone-else"] {
                let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!found, "{} names {word}", path.display());
            }
        }
    }
}

/// A part of the path that could only come from there.
fn made_path(root: &Path) -> String {
    root.to_string_lossy().into_owned()
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// Only the command line knows a clock; what waits for a process may look how long it waits, and what
/// takes leave of files asks them for their times.
#[test]
fn no_stage_knows_the_time() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let asks = |text: &str| ["SystemTime::now", "Utc::now", "Local::now"].iter().any(|clock| text.contains(clock));
    let offenders: Vec<_> = walk(&source)
        .into_iter()
        .filter(|path| !path.starts_with(source.join("cli")))
        .filter(|path| asks(&fs::read_to_string(path).unwrap()))
        .collect();
    assert_eq!(offenders, Vec::<std::path::PathBuf>::new());
}

#[test]
fn a_run_that_is_repeated_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (once, twice) = (folder.path().join("once"), folder.path().join("twice"));
    office(&once);
    sound(&command(&once, "2026-05").output().unwrap());
    copied(&once, &twice);
    sound(&command(&twice, "2026-05").output().unwrap());
    assert_eq!(differing(&state(&once), &state(&twice)), Vec::<std::path::PathBuf>::new());
}
