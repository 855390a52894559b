//! 核验报告.xlsx put together from an outcome: findings with their units and books, accounts, rules, roster.

use super::documents::Part;
use super::ranking::source_sheet;
use super::{Office, Outcome, RunError};
use crate::finding::Place;
use crate::profile::{Book, REPORTS};
use crate::publish::{self, CheckReport, RuleLine, SourceSheet};
use crate::rank::Ranking;
use crate::register::Receipt;
use crate::text::TextMap;

/// Puts the check report, and where it does not list all findings or stated figures a CSV that does.
pub(super) fn put(office: &Office, outcome: &Outcome, documents: &mut Part) -> Result<(), RunError> {
    let profile = &office.profile;
    let by_file: TextMap<&str, &Receipt> =
        outcome.reporting.register.receipts.iter().map(|receipt| (&*receipt.file, receipt)).collect();
    let title = |place: &Place| outcome.field_title(profile, place);
    let book = |place: &Place| {
        let known = outcome.book_of(place).and_then(|id| profile.book(id));
        known.map_or("", |book| book.title.as_str())
    };
    let unit = |place: &Place| {
        let receipt = by_file.get(&*place.file);
        receipt.map_or("", |receipt| unit_of(receipt, outcome.book_of(place)))
    };
    let title_of = |id: &String| profile.book(id).map(|book| book.title.clone());
    let sources: Vec<SourceSheet> = outcome.sources().map(|source| source_sheet(source, &title_of)).collect();
    let rules: Vec<RuleLine> = profile.books.iter().flat_map(|book| rule_lines(book, outcome)).collect();
    let of_units = |ranking: &&Ranking| ranking.book == REPORTS && ranking.id != "county";
    let by_reporting: Vec<&Ranking> = outcome.rankings.iter().filter(of_units).collect();
    let report = CheckReport {
        findings: &outcome.findings,
        most: profile.county.large.findings,
        period: office.period,
        title: &title,
        unit: &unit,
        book: &book,
        sources: &sources,
        rules: &rules,
        stated: outcome.stated_lines(),
        reporting: outcome.reporting.view(profile, &by_reporting),
    };
    let mut beside = documents.another();
    let (workbook, lists) = rayon::join(|| publish::findings_workbook(report), || lists(&report, &mut beside));
    documents.put(publish::FINDINGS, &workbook?)?;
    lists?;
    documents.join(beside);
    Ok(())
}

/// What the report does not list.
fn lists(report: &CheckReport, documents: &mut Part) -> Result<(), RunError> {
    documents.stream(publish::FINDINGS_CSV, |to| publish::findings_csv(report, to))?;
    publish::stated_csv(report.stated, report.most).map_or(Ok(()), |listing| documents.list(&listing))
}

/// Who reported a book in a file; of several the first.
fn unit_of<'r>(receipt: &'r Receipt, book: Option<&str>) -> &'r str {
    let of_book = book.and_then(|book| receipt.entries.iter().find(|entry| entry.book == book));
    let any = of_book.or(receipt.entries.first()).map(|entry| entry.unit.as_str());
    any.filter(|unit| !unit.is_empty()).or(receipt.unit.as_deref()).unwrap_or_default()
}

/// How a book's rules went, in its order.
fn rule_lines<'o>(book: &'o Book, outcome: &'o Outcome) -> impl Iterator<Item = RuleLine> + 'o {
    let title = |id: &str| book.field(id).map_or(id.to_owned(), |field| field.title.clone());
    let counted = outcome.checks.get(&book.id).into_iter().flat_map(|check| &check.rules);
    counted.map(move |count| {
        let stated = book.rules.iter().find(|rule| rule.id == count.rule);
        let words = stated.map_or_else(String::new, |rule| {
            // The message's places for figures are told by what they are of.
            let named = book.fields.iter().map(|field| (field.id.as_str(), field.title.as_str()));
            let derived = book.derived.iter().map(|derived| (derived.id.as_str(), derived.title.as_str()));
            named.chain(derived).fold(rule.message.clone(), |words, (id, title)| {
                words.replace(&format!("{{{id}}}"), &format!("〔{title}〕"))
            })
        });
        RuleLine {
            book: book.title.clone(),
            rule: count.rule.clone(),
            level: count.level,
            words,
            fields: stated.map_or_else(String::new, |rule| {
                rule.columns.iter().map(|id| title(id)).collect::<Vec<_>>().join("、")
            }),
            held: count.held,
            failed: count.failed,
            not_evaluated: count.not_evaluated,
        }
    })
}
