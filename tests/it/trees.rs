//! Folders as tests look at them: all files below one, a copy of one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file below a folder, by its name from there, with `/`.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// Copies a folder but for what is called by some names.
pub(crate) fn copy(from: &Path, to: &Path, but: &[&str]) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_name().to_str() {
            Some(name) if but.contains(&name) => {}
            _ if entry.path().is_dir() => copy(&entry.path(), &target, but),
            _ => drop(fs::copy(entry.path(), &target).unwrap()),
        }
    }
}
