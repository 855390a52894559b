//! Loads the profile: the built-in files, each replaced by the workspace's file of the same name.
//!
//! Takes a folder or nothing, gives a [`Profile`] or every fault in every file.

use std::fs;
use std::path::Path;

use super::fault::{Fault, ProfileErrors};
use super::misfit::{self, Misfit};
use super::reading::{TomlFile, read_toml};
use super::{Book, County, Measure, MeasuredIn, Profile, Reckoning, SCORE};
use crate::say;
use crate::text;

/// The file that states the county's choices; all others are books.
const COUNTY: &str = "county.toml";

/// The built-in files, books in the order of the contract.
const BUILT_IN: [(&str, &str); 10] = [
    ("key_projects.toml", include_str!("../../../templates/county/key_projects.toml")),
    ("preliminary.toml", include_str!("../../../templates/county/preliminary.toml")),
    ("investment.toml", include_str!("../../../templates/county/investment.toml")),
    ("reserve.toml", include_str!("../../../templates/county/reserve.toml")),
    ("bottlenecks.toml", include_str!("../../../templates/county/bottlenecks.toml")),
    ("initiatives.toml", include_str!("../../../templates/county/initiatives.toml")),
    ("indicators.toml", include_str!("../../../templates/county/indicators.toml")),
    ("campaign.toml", include_str!("../../../templates/county/campaign.toml")),
    ("reports.toml", include_str!("../../../templates/county/reports.toml")),
    (COUNTY, include_str!("../../../templates/county/county.toml")),
];

/// The file that states a higher office's choices, in place of [`COUNTY`].
const CITY: &str = "city.toml";
/// What it states where the office has none.
const CITY_BUILT_IN: &str = include_str!("../../../templates/city/city.toml");

/// A file of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFile {
    /// Its name in the folder: `key_projects.toml`.
    pub name: String,
    /// How the operator finds it: its path, or that it is built in.
    pub shown: String,
    /// What it says.
    pub text: String,
}

impl Profile {
    /// The profile that is built into the program.
    pub fn built_in() -> Self {
        Self::of_files(&built_in_files()).expect("a test loads the built-in profile")
    }

    /// The built-in profile with the files of a folder over it: a `.toml` of the same name replaces
    /// the built-in file, any other adds a book.
    ///
    /// # Errors
    ///
    /// Every fault of every file: an unknown or missing key, a value of the wrong type, an id given
    /// twice, a ranking of no book.
    pub fn load(overrides: Option<&Path>) -> Result<Self, ProfileErrors> {
        Self::load_over(built_in_files(), overrides, COUNTY)
    }

    /// The same for a higher office, whose choices stand in `city.toml`.
    ///
    /// # Errors
    ///
    /// As [`Profile::load`].
    pub fn load_city(overrides: Option<&Path>) -> Result<Self, ProfileErrors> {
        let mut files = built_in_files();
        for file in files.iter_mut().filter(|file| file.name == COUNTY) {
            *file = ProfileFile {
                text: CITY_BUILT_IN.to_owned(),
                shown: say!("profile-built-in", name = CITY),
                ..file.clone()
            };
        }
        Self::load_over(files, overrides, CITY)
    }

    /// The files of a folder over others; `choices` is what the folder calls the office's choices.
    fn load_over(mut files: Vec<ProfileFile>, overrides: Option<&Path>, choices: &str) -> Result<Self, ProfileErrors> {
        let mut unread = Vec::new();
        if let Some(folder) = overrides {
            let (own, faults) = files_of(folder);
            unread = faults;
            for mut file in own {
                if file.name == choices {
                    file.name = COUNTY.to_owned();
                } else if file.name == COUNTY || file.name == CITY {
                    unread.push(Fault::of_file(file.shown, say!("profile-wrong-file", choices = choices)));
                    continue;
                }
                match files.iter_mut().find(|known| known.name == file.name) {
                    Some(known) => *known = file,
                    None => files.push(file),
                }
            }
        }
        match Self::of_files(&files) {
            Ok(profile) if unread.is_empty() => Ok(profile),
            Ok(_) => Err(ProfileErrors(unread)),
            Err(ProfileErrors(faults)) => Err(ProfileErrors(unread.into_iter().chain(faults).collect())),
        }
    }

    /// The profile that files state; their order is the order of the books.
    ///
    /// # Errors
    ///
    /// As [`Profile::load`].
    pub fn of_files(files: &[ProfileFile]) -> Result<Self, ProfileErrors> {
        let mut faults = Vec::new();
        let mut books = Vec::new();
        let mut county = None;
        for file in files {
            if file.name == COUNTY {
                let read = read_toml::<County>(&file.shown, &file.text);
                faults.extend(read.faults.iter().cloned());
                county = Some(read);
            } else {
                let read = with_own_rankings(read_toml::<Book>(&file.shown, &file.text));
                faults.extend(read.faults.iter().cloned());
                let misfits = read.value.iter().flat_map(|book| misfit::of_book(book, stem(file)));
                faults.extend(located(&read, misfits.collect()));
                books.push(read);
            }
        }
        match county {
            Some(read) => Self::whole(books, &read, faults),
            None => {
                faults.push(Fault::of_file(COUNTY, say!("profile-no-county")));
                Err(ProfileErrors(faults))
            }
        }
    }

    fn whole(
        read_books: Vec<TomlFile<Book>>,
        read: &TomlFile<County>,
        mut faults: Vec<Fault>,
    ) -> Result<Self, ProfileErrors> {
        let with_score = |mut book: Book| {
            book.measures.extend(score_of(&book.id, read));
            book
        };
        // A ranking of a book that could not be read would be called wrong for no fault of its own.
        if let Some(county) = read.value.as_ref().filter(|_| faults.is_empty()) {
            let books: Vec<Book> = read_books.iter().filter_map(|read| read.value.clone()).map(with_score).collect();
            faults.extend(located(read, misfit::of_county(county, &books)));
            for (read, book) in read_books.iter().zip(&books) {
                faults.extend(located(read, misfit::of_book_in_county(book, county)));
            }
        }
        let books: Vec<Book> = read_books.into_iter().filter_map(|read| read.value).map(with_score).collect();
        match &read.value {
            Some(county) if faults.is_empty() => {
                let mut county = county.clone();
                county.rankings.extend(books.iter().flat_map(|book| book.rankings.iter().cloned()));
                Ok(Self { books, county })
            }
            _ => Err(ProfileErrors(faults)),
        }
    }
}

/// A file's name without its ending, which a book's id repeats.
fn stem(file: &ProfileFile) -> &str {
    file.name.trim_end_matches(".toml")
}

/// Every book has the measure that its rankings' scores give, so that it can be shown and ranked by as any other.
fn score_of(book: &str, read: &TomlFile<County>) -> Option<Measure> {
    let mut scores = read.value.as_ref()?.scores.iter().filter(|score| score.book == book);
    let scored = scores.next()?;
    let title = if scores.next().is_some() { "综合得分" } else { &scored.title };
    Some(Measure {
        id: SCORE.to_owned(),
        title: title.to_owned(),
        measured_in: MeasuredIn::Score,
        kind: Reckoning::Score,
        of: None,
        until: None,
        unit: None,
        numerator: String::new(),
        denominator: None,
        filter: None,
        schedule: None,
        words: scored.words.clone(),
    })
}

/// The rankings of a book's own file are of that book, which goes without saying.
fn with_own_rankings(mut read: TomlFile<Book>) -> TomlFile<Book> {
    if let Some(Book { id, rankings, .. }) = &mut read.value {
        let unsaid = rankings.iter_mut().filter(|ranking| ranking.book.is_empty());
        unsaid.for_each(|ranking| ranking.book.clone_from(id));
    }
    read
}

fn located<T>(read: &TomlFile<T>, misfits: Vec<Misfit>) -> Vec<Fault> {
    misfits.into_iter().map(|misfit| read.fault_at(&misfit.path, misfit.message)).collect()
}

pub(super) fn built_in_files() -> Vec<ProfileFile> {
    let file = |(name, text): (&str, &str)| ProfileFile {
        name: name.to_owned(),
        shown: say!("profile-built-in", name = name),
        text: text.to_owned(),
    };
    BUILT_IN.into_iter().map(file).collect()
}

/// The `.toml` files of a folder by name, and what could not be read.
fn files_of(folder: &Path) -> (Vec<ProfileFile>, Vec<Fault>) {
    let shown = |path: &Path| path.display().to_string();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return (Vec::new(), vec![Fault::of_file(shown(folder), say!("profile-no-folder", error = error))]);
        }
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "toml") && path.is_file());
    paths.sort();
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        match text::of_file(&path) {
            Ok(text) => files.push(ProfileFile { name, shown: shown(&path), text }),
            Err(error) => {
                let message = say!("profile-not-read", error = error);
                faults.push(Fault::of_file(shown(&path), message));
            }
        }
    }
    (files, faults)
}

#[cfg(test)]
mod tests;
