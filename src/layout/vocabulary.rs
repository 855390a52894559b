//! The books' spellings, prepared for matching headings against them.
//!
//! Takes a profile, gives a [`Vocabulary`]; asked for a heading, it says how well each field of a
//! book is meant by it.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::heading::{Heading, Words, spelling};
use super::wording::stem;
use crate::period::Period;
use crate::profile::{Book, Profile};
use crate::text::{TextMap, TextSet, label};

/// How well a heading fits: 1 is a spelling to the letter.
pub(super) type Fit = f64;

/// A fit below this is no evidence.
pub(super) const LEAST_FIT: Fit = 0.62;
/// The fit of a spelling that other columns share.
const SHARED: Fit = 0.78;
/// The fit of a spelling found to the letter once the group is set aside.
const WITHOUT_GROUP: Fit = 0.97;
/// The fit of another wording of a spelling.
const SAME_STEM: Fit = 0.93;

/// What a spelling stands for in its book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The field of this index.
    Field(usize),
    /// A column that is none of the fields.
    Ignored,
}

/// All spellings of all books.
#[derive(Debug)]
pub struct Vocabulary {
    books: Vec<BookWords>,
    recalled: Recalled<(usize, String, String), (Meaning, Fit)>,
    /// Every spelling of every book: for asking all of them at once.
    exact: TextMap<String, Vec<(usize, Meaning, Fit)>>,
    /// The same of spellings in a group, by group and own words with a line between.
    grouped: TextMap<String, Vec<(usize, Meaning)>>,
    /// Headers' cells and columns' headings as they are compared, of one period.
    compared: Mutex<Compared>,
    /// The words that speak for each book, and how clearly.
    spoken: Vec<Vec<(String, Fit)>>,
    /// Every plain spelling of any field of any book, for telling a row of names at a glance.
    names: TextSet<String>,
}

/// Answers by what was asked: a heading's group and its own words, perhaps in one book.
type Recalled<Asked, Answer> = Mutex<TextMap<Asked, Arc<[Answer]>>>;

#[derive(Debug)]
struct BookWords {
    exact: TextMap<String, Vec<(Meaning, Fit)>>,
    grouped: TextMap<(String, String), Meaning>,
    stems: TextMap<String, Vec<(Meaning, Fit)>>,
    all: Vec<(Vec<char>, Meaning, Fit)>,
}

impl Vocabulary {
    /// The vocabulary of a profile's books, in their order.
    pub fn new(profile: &Profile) -> Self {
        let spellings =
            profile.books.iter().flat_map(|book| &book.fields).flat_map(|f| f.spellings.iter().chain(&f.shared));
        let spellings = spellings.chain(profile.books.iter().flat_map(|book| &book.ignored));
        let names = spellings.filter(|text| !text.contains(['|', '{'])).map(|text| spelling(text).0);
        let names = names.filter(|name| name.chars().count() >= 2).collect();
        let books: Vec<BookWords> = profile.books.iter().map(BookWords::new).collect();
        let (exact, grouped) = of_all(&books);
        Self {
            books,
            exact,
            grouped,
            recalled: Mutex::default(),
            compared: Mutex::default(),
            spoken: profile.books.iter().map(words_of).collect(),
            names,
        }
    }

    /// A header's cell as it is compared; brought to that form only once, since departments word alike.
    pub(super) fn words(&self, text: &str, period: Period) -> Arc<Words> {
        if let Some(words) = self.compared(period).words.get(text) {
            return words.clone();
        }
        let words = Arc::new(Words::new(text, period));
        self.compared(period).words.insert(text.to_owned(), words.clone());
        words
    }

    /// The heading of a column by its levels; made out only once, as its words are.
    pub(super) fn named(&self, levels: &[Arc<Words>], period: Period) -> Arc<Named> {
        let written: Vec<&str> = levels.iter().map(|level| level.written.as_str()).collect();
        let written = written.join("\n");
        if let Some(named) = self.compared(period).headings.get(&written) {
            return named.clone();
        }
        let heading = Heading::of(levels);
        let named = Arc::new(Named { exact: self.exact_in_each(&heading), heading: Arc::new(heading) });
        self.compared(period).headings.insert(written, named.clone());
        named
    }

    /// What was compared for a period; what was for another is forgotten, and so is all where it is too much.
    fn compared(&self, period: Period) -> MutexGuard<'_, Compared> {
        let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if compared.period != Some(period) || compared.words.len() + compared.headings.len() >= MOST_WORDS {
            *compared = Compared { period: Some(period), ..Compared::default() };
        }
        compared
    }

    /// How clearly words speak for a book: the longest of its words found, from 0 to about 2.
    pub(super) fn spoken_for(&self, book: usize, words: &str) -> Fit {
        let found = self.spoken[book].iter().filter(|(word, _)| words.contains(word.as_str()));
        found.map(|(_, clearly)| *clearly).fold(0.0, f64::max)
    }

    /// Whether some book names a column just so.
    pub(super) fn is_name(&self, words: &str) -> bool {
        self.names.contains(words)
    }

    /// Exact meanings of a heading in a book: quick, for finding the header.
    pub(super) fn exact(&self, book: usize, heading: &Heading) -> Option<(Meaning, Fit)> {
        self.books[book].exact(heading)
    }

    /// What a heading means in a book, where that is beyond doubt: spelt so, or another wording.
    pub(super) fn sure(&self, book: usize, heading: &Heading) -> Option<Meaning> {
        let words = &self.books[book];
        let mut found = words.all_exact(heading);
        if found.is_empty() {
            words.same_stem(heading, &mut found);
        }
        found.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(meaning, _)| meaning)
    }

    /// Whether a book spells a field just as a heading does, and not merely in shared words.
    pub(super) fn spells(&self, book: usize, heading: &Heading, field: Option<usize>) -> bool {
        self.exact(book, heading).is_some_and(|(meaning, fit)| Some(meaning) == field.map(Meaning::Field) && fit > 0.9)
    }

    /// Every meaning of a heading in a book with its best fit, exact or alike.
    pub(super) fn meanings(&self, book: usize, heading: &Heading) -> Vec<(Meaning, Fit)> {
        let words = &self.books[book];
        let mut found: Vec<(Meaning, Fit)> = words.all_exact(heading);
        if found.iter().all(|(_, fit)| *fit < WITHOUT_GROUP) {
            words.same_stem(heading, &mut found);
            words.alike(heading, &mut found);
        }
        found
    }
}

impl Vocabulary {
    /// As [`Self::meanings`], asked only once for each wording: departments word alike.
    pub(super) fn recalled(&self, book: usize, heading: &Heading) -> Arc<[(Meaning, Fit)]> {
        let asked = (book, heading.group.clone(), heading.own.clone());
        recall(&self.recalled, asked, || self.meanings(book, heading))
    }

    /// The exact meaning of a heading in each book, in their order.
    fn exact_in_each(&self, heading: &Heading) -> Vec<Option<(Meaning, Fit)>> {
        let mut best: Vec<Option<(Meaning, Fit)>> = vec![None; self.books.len()];
        let mut found = |book: usize, meaning: Meaning, fit: Fit| {
            // Of equals the last one found, as `Iterator::max_by` has it.
            if best[book].is_none_or(|(_, known)| fit.total_cmp(&known).is_ge()) {
                best[book] = Some((meaning, fit));
            }
        };
        if !heading.group.is_empty() {
            self.exact_in_group(heading, &mut found);
        }
        let own_fit = if heading.group.is_empty() { 1.0 } else { WITHOUT_GROUP };
        for &(book, meaning, fit) in self.exact.get(&heading.own).into_iter().flatten() {
            found(book, meaning, fit * own_fit);
        }
        best
    }

    fn exact_in_group(&self, heading: &Heading, found: &mut impl FnMut(usize, Meaning, Fit)) {
        for &(book, meaning) in self.grouped.get(&in_group(&heading.group, &heading.own)).into_iter().flatten() {
            found(book, meaning, 1.0);
        }
        for (at, joined) in heading.joins().iter().enumerate() {
            let fit = if at == 0 { 1.0 } else { WITHOUT_GROUP };
            for &(book, meaning, known) in self.exact.get(joined).into_iter().flatten() {
                found(book, meaning, known * fit);
            }
            if let Some((group, own)) = heading.lower_group(at) {
                for &(book, meaning) in self.grouped.get(&in_group(&group, &own)).into_iter().flatten() {
                    found(book, meaning, fit);
                }
            }
        }
    }
}

fn in_group(group: &str, own: &str) -> String {
    [group, "\n", own].concat()
}

/// Spellings of all books, by the words.
type OfAll<T> = TextMap<String, Vec<T>>;

/// Those to the letter, and those in a group.
type Spelled = (OfAll<(usize, Meaning, Fit)>, OfAll<(usize, Meaning)>);

fn of_all(books: &[BookWords]) -> Spelled {
    let (mut exact, mut grouped) = (OfAll::default(), OfAll::default());
    for (book, words) in books.iter().enumerate() {
        for (own, meanings) in &words.exact {
            let known: &mut Vec<_> = exact.entry(own.clone()).or_default();
            known.extend(meanings.iter().map(|&(meaning, fit)| (book, meaning, fit)));
        }
        for ((group, own), &meaning) in &words.grouped {
            grouped.entry(in_group(group, own)).or_default().push((book, meaning));
        }
    }
    (exact, grouped)
}

/// What was compared for a period, by what was written.
#[derive(Debug, Default)]
struct Compared {
    period: Option<Period>,
    words: TextMap<String, Arc<Words>>,
    headings: TextMap<String, Arc<Named>>,
}

/// A heading, and what it means to the letter in each book.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) heading: Arc<Heading>,
    pub(super) exact: Vec<Option<(Meaning, Fit)>>,
}

/// After so many words and headings all are forgotten.
const MOST_WORDS: usize = 20_000;

fn words_of(book: &Book) -> Vec<(String, Fit)> {
    let clearly = |word: &String| 0.8 + 0.2 * word.chars().count() as f64;
    book.words.iter().map(|word| (label(word), clearly(word))).collect()
}

fn recall<Asked: Eq + Hash, Answer>(
    known: &Recalled<Asked, Answer>,
    asked: Asked,
    answer: impl FnOnce() -> Vec<Answer>,
) -> Arc<[Answer]> {
    // A thread that panicked left no half-written answer behind.
    let known = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(answer) = known().get(&asked) {
        return answer.clone();
    }
    let answer: Arc<[Answer]> = answer().into();
    known().insert(asked, answer.clone());
    answer
}

impl BookWords {
    fn new(book: &Book) -> Self {
        let mut words =
            Self { exact: TextMap::default(), grouped: TextMap::default(), stems: TextMap::default(), all: Vec::new() };
        for (index, field) in book.fields.iter().enumerate() {
            for text in &field.spellings {
                words.learn(text, Meaning::Field(index), 1.0);
            }
            for text in &field.shared {
                words.learn(text, Meaning::Field(index), SHARED);
            }
        }
        for text in &book.ignored {
            words.learn(text, Meaning::Ignored, 1.0);
        }
        words.keep_plain_stems();
        words
    }

    fn learn(&mut self, text: &str, meaning: Meaning, fit: Fit) {
        let (own, group) = spelling(text);
        let stems = self.stems.entry(stem(&format!("{group}{own}"))).or_default();
        if !stems.iter().any(|(known, known_fit)| *known == meaning && *known_fit >= fit) {
            stems.push((meaning, fit));
        }
        if group.is_empty() {
            self.all.push((own.chars().collect(), meaning, fit));
            self.exact.entry(own).or_default().push((meaning, fit));
        } else {
            self.all.push((format!("{group}{own}").chars().collect(), meaning, fit * WITHOUT_GROUP));
            self.grouped.insert((group, own), meaning);
        }
    }

    /// A stem that is itself a spelling means what the spelling means, and nothing else.
    fn keep_plain_stems(&mut self) {
        for (stem, meanings) in &mut self.stems {
            if let Some(spelt) = self.exact.get(stem) {
                meanings.retain(|(meaning, _)| spelt.iter().any(|(known, _)| known == meaning));
            }
        }
    }

    fn exact(&self, heading: &Heading) -> Option<(Meaning, Fit)> {
        self.all_exact(heading).into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn all_exact(&self, heading: &Heading) -> Vec<(Meaning, Fit)> {
        let mut found = Vec::new();
        if let Some(&meaning) = self.grouped.get(&(heading.group.clone(), heading.own.clone())) {
            found.push((meaning, 1.0));
        }
        for (at, joined) in heading.joins().iter().enumerate() {
            let fit = if at == 0 { 1.0 } else { WITHOUT_GROUP };
            found.extend(self.exact.get(joined).into_iter().flatten().map(|&(meaning, known)| (meaning, known * fit)));
            if let Some((group, own)) = heading.lower_group(at) {
                found.extend(self.grouped.get(&(group, own)).map(|&meaning| (meaning, fit)));
            }
        }
        let own_fit = if heading.group.is_empty() { 1.0 } else { WITHOUT_GROUP };
        let own = self.exact.get(&heading.own).into_iter().flatten();
        found.extend(own.map(|&(meaning, fit)| (meaning, fit * own_fit)));
        found
    }

    /// Spellings of another wording but the same stem, with the group's words or without.
    fn same_stem(&self, heading: &Heading, found: &mut Vec<(Meaning, Fit)>) {
        let mut weight = SAME_STEM;
        for words in heading.joins().into_iter().chain([heading.own.clone()]) {
            for &(meaning, fit) in self.stems.get(&stem(&words)).into_iter().flatten() {
                merge(found, meaning, fit * weight);
            }
            weight *= 0.99;
        }
    }

    fn alike(&self, heading: &Heading, found: &mut Vec<(Meaning, Fit)>) {
        let own: Vec<char> = heading.own.chars().collect();
        let joined: Vec<char> = heading.joined().chars().collect();
        for (spelling, meaning, weight) in &self.all {
            let fit = likeness(&own, spelling).max(if joined.len() == own.len() {
                0.0
            } else {
                likeness(&joined, spelling) * 0.97
            });
            let fit = fit * weight;
            if fit < LEAST_FIT {
                continue;
            }
            merge(found, *meaning, fit);
        }
    }
}

/// Adds a meaning, or betters its fit.
fn merge(found: &mut Vec<(Meaning, Fit)>, meaning: Meaning, fit: Fit) {
    match found.iter_mut().find(|(known, _)| *known == meaning) {
        Some((_, best)) => *best = best.max(fit),
        None => found.push((meaning, fit)),
    }
}

/// How alike two wordings are: 0 to 0.95; equality is the caller's business.
fn likeness(heading: &[char], spelling: &[char]) -> Fit {
    let (long, short) = if heading.len() >= spelling.len() { (heading, spelling) } else { (spelling, heading) };
    // Two characters of a longer spelling say little: 完成 is no 完成率.
    let says_little = heading.len() == 2 && spelling.len() > 2;
    if short.len() < 2 || long.len() > short.len() * 4 || says_little || is_hopeless(short, long) {
        return 0.0;
    }
    let share = short.len() as f64 / long.len() as f64;
    let within = if is_within(short, long) { 0.55 + 0.38 * share } else { 0.0 };
    let alike = if share < 0.5 { 0.0 } else { pairs_in_common(long, short) * 0.9 };
    let typo = if short.len() >= 4 && one_apart(long, short) { 0.86 } else { 0.0 };
    let shortened =
        if short.len() >= 4 && share >= 0.6 && is_shortened(short, long) { 0.5 + 0.35 * share } else { 0.0 };
    within.max(alike).max(typo).max(shortened)
}

/// Whether leaving characters out of the longer gives the shorter, both ends kept: 前期深度 for 前期工作深度.
fn is_shortened(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.first() == long.first() && short.last() == long.last() && short.iter().all(|c| rest.any(|other| other == c))
}

/// Whether too many characters of the shorter are strange to the longer for a fit that counts: each
/// spoils a pair, and more than three pairs in ten may not be spoilt. Quick, for most are.
fn is_hopeless(short: &[char], long: &[char]) -> bool {
    let bits = |word: &[char]| word.iter().fold(0u64, |bits, &c| bits | 1 << (c as u32 % 64));
    let strange = (bits(short) & !bits(long)).count_ones();
    strange > 1 && f64::from(strange) > (1.0 - LEAST_FIT / 0.9) * (short.len() - 1) as f64
}

fn is_within(short: &[char], long: &[char]) -> bool {
    long.windows(short.len()).any(|window| window == short)
}

/// Dice's coefficient over neighbouring characters.
fn pairs_in_common(a: &[char], b: &[char]) -> f64 {
    let mut rest: Vec<&[char]> = b.windows(2).collect();
    let total = (a.len() - 1 + rest.len()) as f64;
    let mut common = 0;
    for pair in a.windows(2) {
        if let Some(at) = rest.iter().position(|other| *other == pair) {
            rest.swap_remove(at);
            common += 1;
        }
    }
    2.0 * f64::from(common) / total
}

/// Characters of which one in another's place says something else.
const TURNING: &str = "上本下去今明前后季年月旬未已实计拟预强进增减县市省国乡镇";

/// Whether one changed, added or missing character tells two wordings apart.
fn one_apart(long: &[char], short: &[char]) -> bool {
    let head = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let tail = long.iter().rev().zip(short.iter().rev()).take_while(|(a, b)| a == b).count();
    // Characters that turn a meaning round are no slip of the pen: 上月 is not 本月.
    let turned = long.len() == short.len()
        && long.get(head).zip(short.get(head)).is_some_and(|(a, b)| TURNING.contains(*a) && TURNING.contains(*b));
    !turned && long.len() - short.len() <= 1 && head + tail + 1 >= long.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(a: &str, b: &str) -> Fit {
        likeness(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn likeness_orders_what_a_reader_would_order() {
        assert!(fit("项目建设总投资额", "项目总投资额") > fit("项目建设总投资额", "计划投资"));
        assert!(fit("责任蛋位名称", "责任单位名称") > 0.8);
        assert!(fit("联系电话", "联系领导") < LEAST_FIT);
        assert!(fit("上月完成投资", "本月完成投资") < fit("本月完成投贷", "本月完成投资"));
        assert!(fit("前期深度", "前期工作深度") > LEAST_FIT);
        assert!(fit("度前期深", "前期工作深度") < LEAST_FIT);
        assert!(fit("备注", "项目名称") == 0.0);
        assert!(fit("年度计划", "年度计划") > fit("年度计划", "年度计划数"));
    }
}
