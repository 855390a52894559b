//! One project in two books: what must agree between them, and who came from one into the other.

use std::borrow::Cow;
use std::hash::BuildHasher;

use super::Now;
use crate::amount;
use crate::finding::{Finding, Level};
use crate::merge::{Cells, Facts, Merged, project_name, project_name_in};
use crate::period::Period;
use crate::profile::{Book, Kind, Profile};
use crate::text::{TextHashing, TextMap};

/// The rule that a project came from another book.
pub(super) const MOVED: &str = "project.moved";

/// The projects of the period by their names as they compare: in which books they stand, and where.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// The books that stand beside others, in the profile's order.
    books: Vec<Stands<'a>>,
    /// Each row by its name's hash, the name's rows in the order of books and rows: half a million names would take
    /// three times as much by themselves.
    rows: Vec<Named>,
    hashing: TextHashing,
}

/// A book with the names of its rows.
struct Stands<'a> {
    book: &'a Book,
    facts: &'a Facts,
    subjects: Cells<'a>,
}

impl<'a> Stands<'a> {
    fn name(&self, row: u32) -> Cow<'a, str> {
        project_name_in(self.subjects.text(row as usize).unwrap_or_default())
    }
}

/// A row of a book, by the hash of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    name: u64,
    book: u32,
    row: u32,
}

impl<'a> Names<'a> {
    pub(super) fn of(profile: &'a Profile, merged: &'a Merged) -> Self {
        let mut names = Self::default();
        let of_projects = |book: &&Book| book.told_by.is_empty() && !book.internal && !book.only_named;
        // What tells rows apart beside the subject is no name of a project; a campaign's task is about a
        // project that stands in its own book too, and no place to which that could have gone.
        let with_projects = profile.books.iter().filter(of_projects);
        let stands = with_projects.filter_map(|book| {
            let facts = merged.facts.get(&book.id)?;
            Some(Stands { book, facts, subjects: facts.cells(&book.subject) })
        });
        let books: Vec<Stands> = stands.collect();
        // What stands in one book stands in no other.
        if books.len() < 2 {
            return names;
        }
        names.rows.reserve_exact(books.iter().map(|stands| stands.facts.height()).sum());
        for (book, stands) in (0..).zip(&books) {
            let rows = 0..u32::try_from(stands.facts.height()).expect("no book has four thousand million rows");
            names.rows.extend(rows.map(|row| Named { name: names.hashing.hash_one(stands.name(row)), book, row }));
        }
        names.rows.sort_unstable();
        Self { books, ..names }
    }

    /// The rows of a name, in the profile's order of books.
    fn rows_of<'s>(&'s self, name: Cow<'s, str>) -> impl Iterator<Item = (&'s Stands<'a>, usize)> {
        let hash = self.hashing.hash_one(&*name);
        let first = self.rows.partition_point(|named| named.name < hash);
        let alike = self.rows[first..].iter().take_while(move |named| named.name == hash);
        let found = alike.map(|named| (&self.books[named.book as usize], named.row));
        found.filter(move |(stands, row)| stands.name(*row) == name).map(|(stands, row)| (stands, row as usize))
    }

    /// Whether there are projects of books before this one.
    fn follow_others(&self, book: &Book) -> bool {
        let mut filled = self.books.iter().filter(|stands| stands.facts.height() > 0);
        filled.next().is_some_and(|first| first.book.id != book.id)
    }

    /// Whether a name stands in a book other than this one.
    pub(super) fn stands_elsewhere(&self, book: &str, name: &str) -> bool {
        self.rows_of(name.into()).any(|(stands, _)| stands.book.id != book)
    }

    /// Rows of the books before this one, in the profile's order, that may be a row's project: the same
    /// name, and a unit or town in common.
    fn in_books_before<'s>(
        &'s self,
        now: Now<'s>,
        row: usize,
    ) -> impl Iterator<Item = (&'a Book, &'a Facts, usize)> + use<'a, 's> {
        let rows = self.rows_of(project_name_in(now.subject(row)));
        rows.map(|(stands, row)| (stands.book, stands.facts, row))
            .take_while(move |(book, ..)| book.id != now.book.id)
            .filter(move |(_, facts, other)| share_unit(facts, *other, now.facts, row))
    }
}

fn share_unit(a: &Facts, a_row: usize, b: &Facts, b_row: usize) -> bool {
    ["town_group", "department_group", "reporting_unit"].iter().any(|column| {
        let here = a.text(column, a_row);
        here.is_some() && here == b.text(column, b_row)
    })
}

/// What two books say differently of one project, and who came from another book.
pub(super) fn across_books(now: Now) -> Vec<Finding> {
    // The first book has none before it, and without earlier periods nobody came from another.
    let alone = !now.names.follow_others(now.book) && now.together.periods.is_empty();
    if !now.book.told_by.is_empty() || alone {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let others = if now.together.periods.is_empty() { Vec::new() } else { Old::of_others(now) };
    for row in 0..now.facts.height() {
        for (book, facts, other) in now.names.in_books_before(now, row) {
            findings.extend(differ(now, row, (book, facts, other)));
        }
        if now.together.last(row).is_none() && !now.together.periods.is_empty() {
            findings.extend(moved(now, row, &others));
        }
    }
    findings
}

/// That two books give one project different values of the fields that must agree.
fn differ(now: Now, row: usize, (book, facts, other): (&Book, &Facts, usize)) -> Option<Finding> {
    let fields = now.plan().agree.iter().filter_map(|id| Some((now.book.field(id)?, book.field(id)?)));
    let differing: Vec<(&str, String)> = fields
        .filter(|(here, there)| here.kind == there.kind)
        .filter_map(|(field, _)| {
            let (ours, theirs) = values(field.kind, &field.id, (now.facts, row), (facts, other))?;
            Some((field.id.as_str(), format!("{}：“{}”{theirs}、“{}”{ours}", field.title, book.title, now.book.title)))
        })
        .collect();
    let (field, _) = differing.first()?;
    let place = now.cell(row, field);
    let name = now.subject(row);
    let at = super::place_of(facts, other);
    let there = crate::finding::Place::sheet(&at.file, &at.sheet).at_row(at.row).in_words();
    let said: Vec<&str> = differing.iter().map(|(_, said)| said.as_str()).collect();
    let message = format!("“{name}”在两本账册里不一致（另见 {there}）：{}", said.join("；"));
    Some(Finding::new(Level::Query, "books.differ", place, message, "请两家核对后统一口径").about(name))
}

/// Two values in words, where they contradict: amounts by more than 1%, dates that cannot be one day.
fn values(kind: Kind, id: &str, (a, a_row): (&Facts, usize), (b, b_row): (&Facts, usize)) -> Option<(String, String)> {
    match kind {
        Kind::Amount => {
            let (ours, theirs) = (a.whole(id, a_row)?, b.whole(id, b_row)?);
            let apart = (i128::from(ours) - i128::from(theirs)).abs() * 100;
            let words = |yuan| format!("{}万元", amount::wan(yuan));
            (apart > i128::from(ours).abs()).then(|| (words(ours), words(theirs)))
        }
        Kind::Date => {
            let end = |facts: &Facts, end: &str, row| facts.text(&format!("{id}_{end}"), row).map(str::to_owned);
            let meets =
                end(a, "first", a_row)? <= end(b, "last", b_row)? && end(b, "first", b_row)? <= end(a, "last", a_row)?;
            let (ours, theirs) = (a.text(id, a_row)?, b.text(id, b_row)?);
            (!meets).then(|| (ours.to_owned(), theirs.to_owned()))
        }
        _ => None,
    }
}

/// Another book's rows in its latest earlier period, by what a project is known again.
struct Old<'a> {
    book: &'a Book,
    period: Period,
    facts: &'a Facts,
    by_code: TextMap<&'a str, Vec<usize>>,
    by_name: TextMap<Cow<'a, str>, Vec<usize>>,
}

impl<'a> Old<'a> {
    /// Those of the books beside this one.
    fn of_others(now: Now<'a>) -> Vec<Self> {
        let others = now.past.profile.books.iter().filter(|book| book.id != now.book.id && book.told_by.is_empty());
        others.filter_map(|book| Some(Self::of(book, now.past.earlier.of_book(&book.id).next()?))).collect()
    }

    fn of(book: &'a Book, (period, facts): (Period, &'a Facts)) -> Self {
        let (mut by_code, mut by_name) = (TextMap::<_, Vec<_>>::default(), TextMap::<_, Vec<_>>::default());
        for row in 0..facts.height() {
            if let Some(code) = facts.text("code", row) {
                by_code.entry(code).or_default().push(row);
            }
            let name = project_name_in(facts.text(&book.subject, row).unwrap_or_default());
            by_name.entry(name).or_default().push(row);
        }
        Self { book, period, facts, by_code, by_name }
    }

    /// The first row that has the code, or the name and a unit in common with a row of the period.
    fn row(&self, now: Now, row: usize, (name, code): (&str, Option<&str>)) -> Option<usize> {
        let coded = code.and_then(|code| self.by_code.get(code)?.first()).copied();
        let mut named = self.by_name.get(name).into_iter().flatten().copied();
        let named = named.find(|old| share_unit(self.facts, *old, now.facts, row));
        [coded, named].into_iter().flatten().min()
    }
}

/// That a new project stood in another book before: by its code, or by its name within its unit.
fn moved(now: Now, row: usize, others: &[Old]) -> Option<Finding> {
    let key = now.facts.text("key", row);
    let (name, code) = (project_name(now.subject(row)), now.facts.text("code", row));
    if now.merged.links.iter().any(|link| Some(link.key.as_str()) == key) {
        return None;
    }
    let (other, old) = others.iter().find_map(|other| Some((other, other.row(now, row, (&name, code))?)))?;
    let (book, period, facts) = (other.book, other.period, other.facts);
    let old_name = facts.text(&book.subject, old).unwrap_or_default();
    let by =
        if code.is_some() && facts.text("code", old) == code { "项目代码相同" } else { "名称、单位相同" };
    let total = facts.whole("total", old).filter(|yuan| now.facts.whole("total", row) == Some(*yuan));
    let by = if total.is_some() { format!("{by}，总投资相同") } else { by.to_owned() };
    let still = match now.names.stands_elsewhere(&now.book.id, &name) {
        true => "，两本账册本期都有",
        false => "",
    };
    let message = format!(
        "“{}”以前在“{}”里（{}），本期新列入本账册：{by}{still}",
        now.subject(row),
        book.title,
        period.in_words()
    );
    let advice = format!(
        "是转入的，请在设置表“认定”登记：原账册“{}”、原名称“{old_name}”、关系“转入”，以前各期即可接续",
        book.title
    );
    let place = now.cell(row, &now.book.subject);
    Some(Finding::new(Level::Note, MOVED, place, message, advice).about(now.subject(row)))
}
