//! What the bulletin's template knows: every name that it can use, listed at the head of the built-in template.

use chrono::Datelike;
use serde::Serialize;

use super::BulletinReport;
use super::figures::{self, Figures};
use super::letter::{Letter, in_words};
use super::projects::{self, Listed};
use super::tables::{self, Tabled, shortened};
use crate::period::{Grain, Period};
use crate::profile::{Book, MeasuredIn, WHOLE};
use crate::publish::report::TOTALS;
use crate::publish::words;
use crate::rank::Ranked;
use crate::register::{self, Report, State};

/// The book that a bulletin is about, where the month has it.
const MAIN: &str = "key_projects";
/// The book of bottlenecks, whose overdue ones are listed.
const BOTTLENECKS: &str = "bottlenecks";
/// How many figures of another book a sentence tells.
const MOST_FIGURES: usize = 8;
/// How many units a sentence names.
const MOST_UNITS: usize = 20;

/// The whole context.
#[derive(Debug, Serialize)]
pub(super) struct Context {
    county: String,
    whole: String,
    period: Dates,
    number: String,
    issuer: String,
    date: String,
    main: Option<BookSaid>,
    others: Vec<BookSaid>,
    tables: Vec<Tabled>,
    behind: Listed,
    not_started: Listed,
    bottlenecks: Option<BookSaid>,
    overdue: Listed,
    reporting: ReportingSaid,
    workbook: String,
    attachments: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Dates {
    words: String,
    title: String,
    span: String,
    months: String,
    as_of: String,
    kind: &'static str,
    year: i32,
    last_day: String,
    next: String,
    next_due: String,
}

/// A book with the figures of its whole.
#[derive(Debug, Serialize)]
struct BookSaid {
    id: String,
    title: String,
    f: Figures,
    /// Other wholes of the book: 县领导联系项目.
    wholes: Vec<WholeSaid>,
    /// Why projects are behind, those with any.
    causes: Vec<String>,
    /// Its first figures in a sentence, without a full stop.
    sentence: String,
}

#[derive(Debug, Serialize)]
struct WholeSaid {
    name: String,
    f: Figures,
}

#[derive(Debug, Default, Serialize)]
struct ReportingSaid {
    due: usize,
    missing: Vec<String>,
    missing_count: usize,
    late: Vec<String>,
    empty: Vec<String>,
    returned: Vec<String>,
}

impl Context {
    /// The context of a report in its frame.
    pub(super) fn new(report: &BulletinReport, letter: &Letter) -> Self {
        let main = main(report);
        let bulletin = &report.profile.county.bulletin;
        let list = |of: fn(&Book, &crate::merge::Facts, usize) -> Listed, book: Option<&Book>| {
            let facts = book.and_then(|book| Some((book, report.facts.get(&book.id)?)));
            facts.map_or_else(Listed::default, |(book, facts)| of(book, facts, bulletin.most_projects))
        };
        let bottlenecks = report.profile.book(BOTTLENECKS).filter(|book| has_facts(report, book));
        Self {
            county: report.county.to_owned(),
            whole: report.profile.county.whole.clone(),
            period: dates(report),
            number: letter.number.clone(),
            issuer: letter.issuer.clone(),
            date: letter.dated(),
            others: others(report, main),
            tables: tables::tables(report, main.map(|book| book.id.as_str())),
            behind: list(projects::behind, main),
            not_started: list(projects::not_started, main),
            overdue: list(projects::overdue, bottlenecks),
            bottlenecks: bottlenecks.map(|book| said(report, book)),
            reporting: reporting(report),
            workbook: report.attachments.first().cloned().unwrap_or_default(),
            attachments: report.attachments.to_vec(),
            main: main.map(|book| said(report, book)),
        }
    }
}

fn has_facts(report: &BulletinReport, book: &Book) -> bool {
    !book.internal && report.facts.get(&book.id).is_some_and(|facts| facts.height() > 0)
}

/// The key projects; in a week of a campaign, the first book that came and that rankings compare.
fn main<'a>(report: &BulletinReport<'a>) -> Option<&'a Book> {
    let came = || report.profile.books.iter().filter(|book| has_facts(report, book));
    let compared =
        |book: &&Book| report.profile.county.rankings.iter().any(|plan| plan.book == book.id && plan.group != WHOLE);
    came().find(|book| book.id == MAIN).or_else(|| came().find(compared)).or_else(|| came().next())
}

fn dates(report: &BulletinReport) -> Dates {
    let period = report.period;
    let month = period.grain() == Grain::Month;
    let span = match (month, period.month()) {
        (true, 12) => format!("{}年", period.year()),
        (true, 2..) => format!("{}年1—{}月", period.year(), period.month()),
        _ => period.in_words(),
    };
    let title = period.in_words();
    Dates {
        // 第38周（截至9月20日） is too long for a title.
        title: title.split('（').next().unwrap_or(&title).to_owned(),
        words: title.clone(),
        span,
        months: words::months(period),
        as_of: period.as_of(),
        kind: match period.grain() {
            Grain::Month => "month",
            Grain::Week => "week",
            Grain::Day => "day",
        },
        year: period.year(),
        last_day: in_words(period.last_day()),
        next: next(period).map_or(String::new(), |next| next.in_words()),
        next_due: next(period)
            .map_or(String::new(), |next| in_words(register::due_day(&report.profile.county.reports, next))),
    }
}

/// The next period of the same kind; of cut-off days nobody knows.
fn next(period: Period) -> Option<Period> {
    let after = period.last_day().succ_opt()?;
    match period.grain() {
        Grain::Month => Period::new(after.year(), after.month()),
        Grain::Week => Period::week(after.iso_week().year(), after.iso_week().week()),
        Grain::Day => None,
    }
}

/// The rows of a book's whole, the fullest first.
fn wholes<'a>(report: &BulletinReport<'a>, book: &Book) -> Vec<&'a Ranked> {
    let of = |id: &str| report.rankings.iter().find(|it| it.book == book.id && it.id == id)?.rows.first();
    [TOTALS, "county"].into_iter().filter_map(of).collect()
}

fn said(report: &BulletinReport, book: &Book) -> BookSaid {
    let rows = wholes(report, book);
    BookSaid {
        id: book.id.clone(),
        title: book.title.clone(),
        f: figures::figures(book, &rows),
        wholes: other_wholes(report, book),
        causes: causes(book, &rows),
        sentence: sentence(report, book),
    }
}

/// 县领导联系项目 and the like: rankings of one group beside the book's own whole.
fn other_wholes(report: &BulletinReport, book: &Book) -> Vec<WholeSaid> {
    let plans = report.profile.county.rankings.iter().filter(|plan| plan.book == book.id && plan.group == WHOLE);
    let others = plans.filter(|plan| plan.id != "county" && plan.id != TOTALS);
    let row = |plan: &crate::profile::RankingPlan| {
        report.rankings.iter().find(|it| it.book == plan.book && it.id == plan.id)?.rows.first()
    };
    others.filter_map(row).map(|row| WholeSaid { name: row.group.clone(), f: figures::figures(book, &[row]) }).collect()
}

/// 受征迁影响10个, for each cause with any.
fn causes(book: &Book, rows: &[&Ranked]) -> Vec<String> {
    let cause = |id: &str| id.starts_with("delayed_by_") || id.contains("_delayed_by_");
    let of = |measure: &crate::profile::Measure| {
        let value = rows.iter().find_map(|row| row.figure(&measure.id))?.value?;
        let told = words::phrase(measure, value).replace("项目", "");
        (value > 0.into()).then_some(told)
    };
    book.measures.iter().filter(|measure| cause(&measure.id)).filter_map(of).collect()
}

fn others(report: &BulletinReport, main: Option<&Book>) -> Vec<BookSaid> {
    let others = report.profile.books.iter().filter(|book| has_facts(report, book));
    let others = others.filter(|book| main.is_none_or(|main| main.id != book.id));
    others.map(|book| said(report, book)).filter(|book| !book.sentence.is_empty()).collect()
}

/// The few figures of a book that every run prints: 引进项目26个，其中结转12个、新签14个，协议投资16.1亿元.
fn sentence(report: &BulletinReport, book: &Book) -> String {
    let rows = wholes(report, book);
    // Where every run prints no more than a count, the totals say more.
    let Some(row) = rows.iter().rev().find(|row| row.figures.len() > 1).or(rows.last()) else { return String::new() };
    let mut sentence = String::new();
    let mut among = false;
    let told = row.figures.iter().filter_map(|figure| {
        let measure = figures::measure(report.profile, &book.id, &figure.measure)?;
        // Of a book that is told in passing, what is measured against others is left to its own workbook.
        (measure.measured_in != MeasuredIn::Points).then_some(())?;
        let value = figure.value?;
        // 未达到0个 says nothing in a sentence; a zero that matters stands in the book's own workbook.
        (measure.measured_in != MeasuredIn::Count || value > 0.into()).then(|| words::phrase(measure, value))
    });
    for phrase in told.take(MOST_FIGURES) {
        let rest = phrase.strip_prefix("其中").filter(|_| among);
        among = phrase.starts_with("其中");
        match (sentence.is_empty(), rest) {
            (true, _) => sentence = phrase,
            (false, Some(rest)) => sentence += &format!("、{rest}"),
            (false, None) => sentence += &format!("，{phrase}"),
        }
    }
    sentence
}

fn reporting(report: &BulletinReport) -> ReportingSaid {
    let owed = || report.reports.iter().filter(|one| one.owed);
    let (missing, missing_count) = units(report, State::Missing, |_| String::new());
    let late = |one: &Report| one.days_late.map_or(String::new(), |days| format!("{days}天"));
    ReportingSaid {
        due: owed().count(),
        missing,
        missing_count,
        late: units(report, State::Late, late).0,
        empty: units(report, State::Empty, |_| String::new()).0,
        returned: units(report, State::Returned, |one| format!("{}次", one.returns)).0,
    }
}

/// The units with a report in a state, each once with its books, and how many there are.
fn units(report: &BulletinReport, state: State, more: impl Fn(&Report) -> String) -> (Vec<String>, usize) {
    let mut by_unit: Vec<(&str, Vec<String>)> = Vec::new();
    for one in report.reports.iter().filter(|one| one.owed && one.state == state) {
        let book = one.book.as_ref().map_or(String::new(), |_| register::title(one, report.profile).to_owned());
        let told = format!("{book}{}", more(one));
        match by_unit.iter_mut().find(|(unit, _)| *unit == one.unit) {
            Some((_, books)) => books.push(told),
            None => by_unit.push((&one.unit, vec![told])),
        }
    }
    let count = by_unit.len();
    let told = by_unit.into_iter().take(MOST_UNITS).map(|(unit, mut books)| {
        books.retain(|book| !book.is_empty());
        let books = if books.is_empty() { String::new() } else { format!("（{}）", books.join("、")) };
        format!("{}{books}", shortened(unit))
    });
    (told.collect(), count)
}
