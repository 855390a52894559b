//! A disk that is full and a disk that cannot be written, on a small file system of its own.
//!
//! Only where the test may mount one (root on Linux); elsewhere it says that it was left out.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::office::{after, differing, leftovers, office, run, sound, state, told};

/// A small file system, gone when dropped.
pub(super) struct Small {
    folder: tempfile::TempDir,
}

impl Small {
    /// `None`, with a sentence why, where none can be made.
    pub(super) fn mounted(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size},mode=700"), "tmpfs"])
            .arg(folder.path())
            .output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self { folder });
        }
        println!("left out: no file system of its own can be mounted here (root on Linux can)");
        None
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn remounted(&self, how: &str) {
        let options = format!("remount,{how}");
        let done = Command::new("mount").args(["-o", &options]).arg(self.path()).status().unwrap();
        assert!(done.success(), "{how}");
    }

    /// Takes all room but this many bytes.
    pub(super) fn fill(&self, room: u64) {
        let filler = self.path().join("filler");
        let mut size: u64 = 64 << 20;
        // The most that goes in, by halves.
        let mut file = fs::File::create(&filler).unwrap();
        while size >= 4096 {
            while std::io::Write::write_all(&mut file, &vec![1; size as usize]).is_ok() {}
            size /= 2;
        }
        let taken = file.metadata().unwrap().len();
        file.set_len(taken.saturating_sub(room)).unwrap();
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_last_good_results_and_is_told() {
    let Some(small) = Small::mounted("24m") else { return };
    let root = small.path().join("office");
    office(&root);
    let (before, after) = (state(&root), after());
    let mut full = 0;
    for room in [0, 12, 64, 160] {
        small.fill(room << 10);
        let output = run(&root, "2026-05");
        let words = told(&output);
        fs::remove_file(small.path().join("filler")).unwrap();
        let now = state(&root);
        if output.status.code() == Some(3) {
            full += 1;
            assert!(words.contains("磁盘"), "{room} KiB: {words}");
            assert!(!words.contains("很抱歉"), "{room} KiB: {words}");
            let out = |state| super::office::below(state, "out");
            assert!(
                out(&now) == out(&before) || out(&now) == out(&after),
                "{room} KiB: {:?}",
                differing(&now, &before)
            );
        } else {
            sound(&output);
        }
    }
    assert!(full >= 2, "only {full} of 4 rooms were too small");
    sound(&run(&root, "2026-05"));
    let now = state(&root);
    assert_eq!(differing(&now, &after), Vec::<std::path::PathBuf>::new());
    assert!(leftovers(&now).is_empty());
}

#[test]
fn a_disk_that_cannot_be_written_is_told_and_nothing_changes() {
    let Some(small) = Small::mounted("24m") else { return };
    let root = small.path().join("office");
    office(&root);
    let before = state(&root);
    small.remounted("ro");
    let output = run(&root, "2026-05");
    small.remounted("rw");
    assert_eq!(output.status.code(), Some(3), "{}", told(&output));
    assert!(told(&output).contains("权限"), "{}", told(&output));
    assert_eq!(differing(&state(&root), &before), Vec::<std::path::PathBuf>::new());
    sound(&run(&root, "2026-05"));
}
