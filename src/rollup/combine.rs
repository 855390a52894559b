//! Several counties' submissions as one: held against one another, their rows below one another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, DataType, PolarsResult};

use super::fault::Refusal;
use super::find::Received;
use super::{Books, Submission};
use crate::check::{self, Origins, RowPlace};
use crate::finding::{Finding, Level, Place};
use crate::lang::Language;
use crate::merge::Facts;
use crate::origin::parse_address;
use crate::period::Period;
use crate::profile::{Book, Profile, advice_in};

/// Columns that name groups, several joined with 、: those of two counties are not the same.
const GROUPS: [&str; 4] = ["town_group", "department_group", "leader_group", "unit_shares"];

/// What several counties' submissions come to.
#[derive(Debug, Clone, Default)]
pub struct Combined {
    /// The rows of each book.
    pub facts: Books,
    /// The department's cell of every value.
    pub origins: Origins,
    /// What is to be said about the submissions.
    pub findings: Vec<Finding>,
    /// Which files were taken: by name, the county and how many rows of each book.
    pub taken: BTreeMap<String, (String, Vec<(String, usize)>)>,
}

/// Puts submissions together. `counties` are those that are expected; empty where the office has not said.
pub fn roll_up(received: &[Received], profile: &Profile, period: Period, counties: &[String]) -> Combined {
    let mut combined = Combined::default();
    let sound = sound(received, period, counties, &mut combined.findings);
    let chosen = chosen(sound, period, &mut combined.findings);
    missing(&chosen, received, counties, &mut combined.findings);
    comparable(&chosen, &mut combined.findings);
    for (from, submission) in &chosen {
        combined.taken.insert(from.name.clone(), (submission.office.clone(), Vec::new()));
        let unknown = submission.books.iter().filter(|sheet| profile.book(&sheet.id).is_none());
        let unknown: Vec<&str> =
            unknown.map(|sheet| sheet.id.as_str()).chain(from.left_out.iter().map(String::as_str)).collect();
        if !unknown.is_empty() {
            let message = format!("有本级没有的账册：{}，没有汇总", unknown.join("、"));
            combined.findings.push(note(
                &from.name,
                "rollup.book",
                message,
                "如要汇总，请把该县的账册文件放进本级的 profile 文件夹",
            ));
        }
    }
    for book in &profile.books {
        add_book(book, &chosen, &mut combined);
    }
    combined.findings.sort();
    combined
}

type Sound<'a> = (&'a Received, &'a Submission);

/// The submissions that are what they say, of this period and of a known county.
fn sound<'a>(
    received: &'a [Received],
    period: Period,
    counties: &[String],
    findings: &mut Vec<Finding>,
) -> Vec<Sound<'a>> {
    let mut sound = Vec::new();
    for from in received {
        let refusal = match &from.content {
            None => {
                findings.extend(from.findings.iter().cloned());
                let message = "不是汇总上报表，也不是台账，没有汇总";
                let advice = "请县里报送程序生成的汇总上报表或 ledger 文件夹";
                findings.push(note(&from.name, "rollup.other_file", message, advice));
                continue;
            }
            Some(Err(refusal)) => refusal.clone(),
            Some(Ok(submission)) if submission.office.is_empty() => Refusal::Nameless,
            Some(Ok(submission)) if submission.period != period => Refusal::OtherPeriod(submission.period),
            Some(Ok(submission)) if !counties.is_empty() && !counties.contains(&submission.office) => {
                Refusal::Unknown(advice_in(Language::Zh, &submission.office, counties))
            }
            Some(Ok(submission)) => {
                folder_agrees(from, submission, findings);
                sound.push((from, submission));
                continue;
            }
        };
        findings.push(refusal.finding(&from.name, period));
    }
    sound
}

/// The folder that a submission lies in should be called like the county.
fn folder_agrees(from: &Received, submission: &Submission, findings: &mut Vec<Finding>) {
    let folder = from.name.split_once('/').map(|(folder, _)| folder);
    if let Some(folder) = folder.filter(|folder| *folder != submission.office) {
        let message = format!("放在“{folder}”文件夹里，内容写明是{}的；按内容计入", submission.office);
        findings.push(Finding::new(
            Level::Query,
            "rollup.folder",
            Place::file(&from.name.as_str().into()),
            message,
            "请核对是否放错了文件夹",
        ));
    }
}

/// One submission a county. The same twice counts once; of a ledger and a workbook that differ the
/// ledger counts, of two workbooks neither.
fn chosen<'a>(sound: Vec<Sound<'a>>, period: Period, findings: &mut Vec<Finding>) -> Vec<Sound<'a>> {
    let mut by_office: BTreeMap<&str, Vec<Sound<'a>>> = BTreeMap::new();
    for (from, submission) in sound {
        by_office.entry(&submission.office).or_default().push((from, submission));
    }
    let mut chosen = Vec::new();
    for mut ours in by_office.into_values() {
        // The ledger first: it is what the workbook was made from.
        ours.sort_by_key(|(from, _)| (!from.is_ledger, from.name.clone()));
        let (first, rest) = (ours[0], &ours[1..]);
        let differing: Vec<&Sound> = rest.iter().filter(|(_, other)| !same(first.1, other)).collect();
        let settled = first.0.is_ledger && !rest.iter().any(|(from, _)| from.is_ledger);
        if !differing.is_empty() && !settled {
            for (from, _) in &ours {
                let other = ours.iter().find(|(other, _)| other.name != from.name).map_or("", |(other, _)| &other.name);
                findings.push(Refusal::Twice(other.to_owned()).finding(&from.name, period));
            }
            continue;
        }
        for (from, other) in rest {
            let (level, message) = match same(first.1, other) {
                true => (Level::Note, format!("与“{}”内容相同，没有重复计入", first.0.name)),
                false => (Level::Query, format!("与台账“{}”不一致，以台账为准，没有计入", first.0.name)),
            };
            let place = Place::file(&from.name.as_str().into());
            findings.push(Finding::new(level, "rollup.copy", place, message, "请核对是否为最新的上报"));
        }
        chosen.push(first);
    }
    chosen
}

fn same(one: &Submission, other: &Submission) -> bool {
    let digests = |of: &Submission| -> BTreeMap<String, String> {
        of.books.iter().map(|sheet| (sheet.id.clone(), sheet.rows.digest())).collect()
    };
    digests(one) == digests(other)
}

/// Counties that are expected and sent nothing at all.
fn missing(chosen: &[Sound], received: &[Received], counties: &[String], findings: &mut Vec<Finding>) {
    let refused = |county: &str| {
        received.iter().any(|from| match &from.content {
            Some(Ok(submission)) => submission.office == county,
            Some(Err(_)) => from.name.starts_with(&format!("{county}/")),
            None => false,
        })
    };
    for county in counties {
        if !chosen.iter().any(|(_, submission)| submission.office == *county) && !refused(county) {
            let place = Place::file(&county.as_str().into());
            let message = format!("{county}没有报来本期的汇总上报表或台账");
            findings.push(Finding::new(
                Level::Error,
                "rollup.missing",
                place,
                message,
                "请催报；收到后放进收件箱重新运行",
            ));
        }
    }
}

/// Whether figures of different counties may be compared: one program, one schedule.
fn comparable(chosen: &[Sound], findings: &mut Vec<Finding>) {
    let own = concat!("wuzhang ", env!("CARGO_PKG_VERSION"));
    for (from, submission) in chosen.iter().filter(|(_, submission)| submission.program != own) {
        let message = format!("由 {} 生成，本级是 {own}：口径可能不同", submission.program);
        findings.push(query(&from.name, "rollup.program", message, "请统一程序版本后重新上报"));
    }
    let mut schedules: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (_, submission) in chosen {
        for facts in submission.books.iter().filter(|sheet| sheet.id == "key_projects").filter_map(|s| s.rows.frame()) {
            let facts = Facts { book: String::new(), frame: facts };
            let share =
                |row| Some(format!("{}/{}", facts.whole("schedule_num", row)?, facts.whole("schedule_den", row)?));
            let all: BTreeSet<String> = (0..facts.height()).filter_map(share).collect();
            let words = all.into_iter().collect::<Vec<_>>().join("、");
            schedules.entry(words).or_default().insert(&submission.office);
        }
    }
    if schedules.len() > 1 {
        let told = schedules
            .iter()
            .map(|(share, offices)| format!("{}为{share}", offices.iter().copied().collect::<Vec<_>>().join("、")));
        let message = format!(
            "各县的序时进度不同：{}；完成率可以比，超欠序时进度不能直接比",
            told.collect::<Vec<_>>().join("；")
        );
        for (from, _) in chosen {
            findings.push(query(
                &from.name,
                "rollup.schedule",
                message.clone(),
                "请统一序时进度口径，或只按完成率排名",
            ));
        }
    }
}

fn query(file: &str, rule: &str, message: impl Into<Box<str>>, advice: &str) -> Finding {
    Finding::new(Level::Query, rule, Place::file(&file.into()), message, advice)
}

fn note(file: &str, rule: &str, message: impl Into<Box<str>>, advice: &str) -> Finding {
    Finding::new(Level::Note, rule, Place::file(&file.into()), message, advice)
}

/// Adds every county's rows of a book, sorted by key.
fn add_book(book: &Book, chosen: &[Sound], combined: &mut Combined) {
    let mut whole: Option<DataFrame> = None;
    for (from, submission) in chosen {
        let Some(sheet) = submission.books.iter().find(|sheet| sheet.id == book.id) else { continue };
        let extra =
            sheet.rows.columns.iter().map(|(id, _)| id).filter(|id| !knows(book, id)).cloned().collect::<Vec<_>>();
        if !extra.is_empty() {
            let message = format!("“{}”有本级没有的列：{}，没有汇总", sheet.title, extra.join("、"));
            combined.findings.push(note(&from.name, "rollup.column", message, "如要汇总，请统一两级的账册文件"));
        }
        let frame = sheet.rows.frame().and_then(|frame| aligned(book, &frame, &submission.office).ok());
        let Some(frame) = frame else {
            let refusal = Refusal::Altered(format!("“{}”的列与本级的账册不合", sheet.title));
            combined.findings.push(refusal.finding(&from.name, submission.period));
            continue;
        };
        let facts = Facts { book: book.id.clone(), frame };
        note_origins(book, &submission.office, sheet, &facts, &mut combined.origins);
        if let Some((_, books)) = combined.taken.get_mut(&from.name) {
            books.push((book.id.clone(), facts.height()));
        }
        whole = Some(match whole {
            None => facts.frame,
            Some(above) => above.vstack(&facts.frame).expect("every county's rows have the book's columns"),
        });
    }
    let sorted = whole.and_then(|frame| frame.sort(["key"], Default::default()).ok());
    combined.facts.extend(sorted.map(|frame| (book.id.clone(), Facts { book: book.id.clone(), frame })));
}

fn knows(book: &Book, column: &str) -> bool {
    check::empty(book).0.schema().contains(column)
}

/// A county's rows with the columns of a book of the higher office, and the county in them.
///
/// # Errors
///
/// A column of another type than the book's.
pub fn aligned(book: &Book, frame: &DataFrame, office: &str) -> PolarsResult<DataFrame> {
    let (empty, _) = check::empty(book);
    let height = frame.height();
    let mut columns = Vec::new();
    for (name, dtype) in empty.schema().iter() {
        let own = frame.column(name).ok();
        let made = match (name.as_str(), own) {
            ("county_group", _) => Column::new(name.clone(), vec![office; height]),
            (_, None) => Column::full_null(name.clone(), height, dtype),
            ("key", Some(own)) => prefixed(own, &format!("{office}|"))?,
            ("file", Some(own)) => prefixed(own, &format!("{office}/"))?,
            (group, Some(own)) if GROUPS.contains(&group) => each_prefixed(own, &format!("{office}·"))?,
            (_, Some(own)) if own.dtype() == dtype => own.clone(),
            (_, Some(own)) => own.strict_cast(dtype)?,
        };
        columns.push(made);
    }
    DataFrame::new(height, columns)
}

fn prefixed(column: &Column, prefix: &str) -> PolarsResult<Column> {
    changed(column, |text| format!("{prefix}{text}"))
}

fn each_prefixed(column: &Column, prefix: &str) -> PolarsResult<Column> {
    changed(column, |text| {
        text.split('、')
            .filter(|name| !name.is_empty())
            .map(|name| format!("{prefix}{name}"))
            .collect::<Vec<_>>()
            .join("、")
    })
}

fn changed(column: &Column, change: impl Fn(&str) -> String) -> PolarsResult<Column> {
    let column = column.cast(&DataType::String)?;
    let cells: Vec<Option<String>> = column.str()?.iter().map(|cell| cell.map(&change)).collect();
    Ok(Column::new(column.name().clone(), cells))
}

/// Notes the department's cell of every value of a county's rows.
fn note_origins(book: &Book, office: &str, sheet: &super::BookSheet, facts: &Facts, origins: &mut Origins) {
    let own = sheet.rows.frame().map(|frame| Facts { book: book.id.clone(), frame });
    let cells = own.map(|own| sheet.cells(&own)).unwrap_or_default();
    let home: BTreeMap<&str, (&str, &str, i64)> = (0..facts.height())
        .filter_map(|row| {
            let place = (facts.text("file", row)?, facts.text("sheet", row)?, facts.whole("row", row)?);
            Some((facts.text("key", row)?, place))
        })
        .collect();
    for cell in cells {
        let Some((row, column)) = parse_address(&cell.cell) else { continue };
        let (file, name): (Arc<str>, Arc<str>) = (format!("{office}/{}", cell.file).into(), cell.sheet.as_str().into());
        origins.note_column(&file, &name, &cell.field, row..=row, (None, column));
        let key = format!("{office}|{}", cell.key);
        if home.get(key.as_str()) != Some(&(&*file, &*name, i64::from(row))) {
            origins.note_taken(&book.id, &key, &cell.field, RowPlace { file, sheet: name, row });
        }
    }
}
