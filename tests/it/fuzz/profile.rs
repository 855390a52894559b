//! The office's own TOML: taken, or every fault told with its file.

use std::path::Path;

use wuzhang::profile::{Profile, ProfileFile};

use super::{Change, Count, bent};

/// The built-in files, which are what an office begins from.
fn built_in() -> Vec<ProfileFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/county");
    let mut files: Vec<ProfileFile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            ProfileFile { shown: name.clone(), name, text: std::fs::read_to_string(path).unwrap() }
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

#[test]
fn a_changed_profile_is_taken_or_its_faults_are_told() {
    let files = built_in();
    assert!(Profile::of_files(&files).is_ok());
    let count = Count::of("profile");
    bolero::check!().with_iterations(12).with_type::<(u8, Vec<Change>)>().for_each(|(which, changes)| {
        count.one();
        let which = usize::from(*which) % files.len();
        let mut changed: Vec<ProfileFile> = files
            .iter()
            .map(|file| ProfileFile { name: file.name.clone(), shown: file.shown.clone(), text: file.text.clone() })
            .collect();
        changed[which].text = String::from_utf8_lossy(&bent(files[which].text.as_bytes(), changes)).into_owned();
        if let Err(faults) = Profile::of_files(&changed) {
            assert!(!faults.0.is_empty());
            let told = faults.to_string();
            assert!(told.contains(".toml"), "{told}");
        }
    });
}
