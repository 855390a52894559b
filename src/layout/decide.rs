//! Puts the evidence together: book, header, columns, rows, reporter.

use std::cell::OnceCell;
use std::sync::Arc;

use super::caption;
use super::columns::{Assigned, assign};
use super::confirmed::{Confirmed, ConfirmedLayout};
use super::contents::{Sample, sample};
use super::doubts;
use super::header::{self, Header};
use super::issued::Issued;
use super::parts;
use super::rows::Table;
use super::sheet::Sheet;
use super::signature::Signature;
use super::stated;
use super::vocabulary::Vocabulary;
use super::{Column, Layout, RowKind};
use crate::collect::{Grid, SourceFile};
use crate::finding::{Finding, Level, Place};
use crate::origin::column_letters;
use crate::period::Period;
use crate::profile::{Book, Kind, Profile};
use crate::text::label;
use crate::value::MoneyUnit;

/// Less than two named fields, title included, is no table of a book.
const LEAST_EVIDENCE: f64 = 1.9;

/// What a sheet is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The books.
    pub profile: &'a Profile,
    /// Their spellings, prepared once.
    pub vocabulary: &'a Vocabulary,
    /// The period that is reported.
    pub period: Period,
    /// What the office decided about layouts that were in doubt.
    pub confirmed: &'a Confirmed,
}

/// A sheet of a file with the header found on it.
struct Sighting<'a> {
    file: &'a SourceFile,
    grid: &'a Grid,
    sheet: Sheet<'a>,
    header: Header,
    place: Place,
    reporter: Option<String>,
    signature: Signature,
    /// What the office decided about this layout.
    decided: Option<&'a ConfirmedLayout>,
}

impl<'a> Sighting<'a> {
    /// What stands below each heading.
    fn samples(&self) -> Vec<Sample<'a>> {
        sample(&self.sheet, self.header.last_row, self.header.headings.iter().map(|(column, _)| *column))
    }
}

impl Reader<'_> {
    /// A file with the tables of each sheet apart: two below or beside each other become two grids.
    pub fn with_tables_apart(&self, mut file: SourceFile) -> SourceFile {
        let grids = std::mem::take(&mut file.grids);
        let apart = |grid| match self.is_of_form(&file, &grid) {
            true => vec![grid],
            false => parts::take_apart(grid, self.vocabulary),
        };
        let parts = grids.into_iter().flat_map(apart).collect();
        file.grids = parts;
        file
    }

    /// Reads how one sheet of a file is laid out; doubts are findings of the layout.
    pub fn layout(&self, file: &SourceFile, grid: &Grid) -> Layout {
        let sheet = Sheet::new(grid);
        let place = Place::sheet(&file.name, &grid.sheet);
        if grid.rows.is_empty() {
            return no_book(None, Finding::new(Level::Info, "sheet.empty", place, "工作表是空的", ""));
        }
        match self.issued(file, grid, &sheet, &place) {
            Issued::Laid(layout) => layout,
            Issued::No => self.by_evidence(file, grid, sheet, place),
            Issued::Changed(unit, finding) => {
                let mut layout = self.by_evidence(file, grid, sheet, place);
                layout.reporting_unit = layout.reporting_unit.or(unit);
                layout.findings.push(finding);
                layout
            }
        }
    }

    /// How a sheet is laid out that no stamp tells about.
    fn by_evidence(&self, file: &SourceFile, grid: &Grid, sheet: Sheet, place: Place) -> Layout {
        let header = header::find(&sheet, self.vocabulary, self.profile.books.len(), self.period);
        let in_table = header.as_ref().map_or(0.0, |header| header.scores.iter().copied().fold(0.0, f64::max));
        if let Some(layout) = self.card(file, grid, &sheet, &place, in_table) {
            return layout;
        }
        let Some(header) = header else {
            let message = "工作表里没有找到账册的表头，按封面、说明或选项表处理";
            return no_book(None, Finding::new(Level::Info, "sheet.no_table", place, message, ""));
        };
        let reporter = reporter(file, &sheet, header.first_row);
        let signature = Signature::of(&header, reporter.as_deref(), self.period);
        let decided = self.confirmed.of(&signature);
        let seen = Sighting { file, grid, sheet, header, place, reporter, signature, decided };
        if let Some(decided) = decided.filter(|decided| decided.book.is_empty()) {
            let message = format!("已由{}确认不是账册的表", decided.in_words());
            let finding = Finding::new(Level::Info, "layout.confirmed", seen.place, message, "");
            return no_book(Some(&seen.header), finding);
        }
        match self.as_decided(&seen).or_else(|| self.choose_book(&seen)) {
            Some((book, columns)) => self.lay_out(seen, book, columns),
            None => {
                let message = format!("第{}行像表头，但不是任何一本账册的表", seen.header.first_row);
                let advice = "如果这是应报的表，请核对表名和列名；需要新账册请联系统计局";
                no_book(Some(&seen.header), Finding::new(Level::Note, "sheet.no_book", seen.place, message, advice))
            }
        }
    }

    /// The book whose words and title the sheet meets best, with its columns assigned.
    fn choose_book(&self, seen: &Sighting) -> Option<(usize, Vec<Assigned>)> {
        let above = seen.grid.rows.iter().take_while(|row| row.number < seen.header.first_row);
        let title: Vec<String> = above.flat_map(|row| seen.sheet.texts(row)).map(|(_, text)| label(&text)).collect();
        let (title, name, file_name) = (title.join("\n"), label(&seen.grid.sheet), label(&seen.file.name));
        // A second table on a sheet is not what the sheet is named for.
        let name = if first_table(seen.file, seen.grid).is_some() { String::new() } else { name };
        let mut best: Option<(f64, usize, Vec<Assigned>)> = None;
        let samples = OnceCell::new();
        for (index, book) in self.profile.books.iter().enumerate() {
            let spoken_for = |words: &str| self.vocabulary.spoken_for(index, words);
            let spoken = spoken_for(&title) * 1.6 + spoken_for(&name) * 1.4 + spoken_for(&file_name) * 0.5;
            if seen.header.scores[index] + spoken < LEAST_EVIDENCE || book.only_named && spoken <= 0.0 {
                continue;
            }
            let samples = samples.get_or_init(|| seen.samples());
            let columns = assign(&seen.header.headings, samples, self.vocabulary, index, book);
            let score = matched(book, &columns) + spoken - missing(book, &columns);
            if is_usable(book, &columns) && best.as_ref().is_none_or(|(known, ..)| score > *known) {
                best = Some((score, index, columns));
            }
        }
        best.map(|(_, index, columns)| (index, columns))
    }

    /// By what a sheet's layout is known again; `None` where it has no header.
    pub fn signature(&self, file: &SourceFile, grid: &Grid) -> Option<Signature> {
        let sheet = Sheet::new(grid);
        let header = header::find(&sheet, self.vocabulary, self.profile.books.len(), self.period)?;
        let reporter = reporter(file, &sheet, header.first_row);
        Some(Signature::of(&header, reporter.as_deref(), self.period))
    }

    /// The book and the columns as the office decided; the columns by evidence where only the book
    /// is decided.
    fn as_decided(&self, seen: &Sighting) -> Option<(usize, Vec<Assigned>)> {
        let decided = seen.decided?;
        let index = self.profile.books.iter().position(|book| book.id == decided.book)?;
        let book = &self.profile.books[index];
        let mut columns = assign(&seen.header.headings, &seen.samples(), self.vocabulary, index, book);
        for assigned in &mut columns {
            Arc::make_mut(&mut assigned.heading).stale.take_if(|stale| decided.stale.contains(stale));
            if !decided.columns.is_empty() {
                let field = decided.columns.get(&column_letters(assigned.column));
                assigned.field = field.and_then(|id| book.fields.iter().position(|field| field.id == *id));
                (assigned.fit, assigned.rival) = (1.0, None);
            }
        }
        Some((index, columns))
    }

    /// What memory has to say: by whom the layout was confirmed, or how it differs from one that was.
    fn remembered(&self, seen: &Sighting, book: &Book) -> Option<Finding> {
        let place = seen.place.clone().at_row(seen.header.first_row);
        if let Some(decided) = seen.decided {
            let message = format!("版式已由{}确认，按确认的读法读取", decided.in_words());
            return Some(Finding::new(Level::Info, "layout.confirmed", place, message, ""));
        }
        let (before, change) = self.confirmed.changed(&seen.signature, &book.id)?;
        let message = format!("版式与{}确认过的不同：{change}，重新按表头判读", before.in_words());
        let advice = "请核对各列的读法，由统计局重新确认版式";
        Some(Finding::new(Level::Query, "layout.changed", place, message, advice))
    }

    fn lay_out(&self, seen: Sighting, book_index: usize, mut columns: Vec<Assigned>) -> Layout {
        let book = &self.profile.books[book_index];
        let span = (seen.header.first_row, seen.header.last_row);
        let is_spelled = |assigned: &Assigned| self.vocabulary.spells(book_index, &assigned.heading, assigned.field);
        let mut findings: Vec<Finding> = self.remembered(&seen, book).into_iter().collect();
        if seen.decided.is_none_or(|decided| decided.columns.is_empty()) {
            findings.extend(doubts::settle_shared(&seen.sheet, span.1, &mut columns, book, is_spelled, &seen.place));
        }
        findings.extend(doubts::set_foreign_aside(span.1, &mut columns, book, &seen.place));
        let said = findings.iter().filter_map(|finding: &Finding| finding.place.column()).collect();
        findings.extend(doubts::about_columns(span.1, &columns, book, &seen.place, &said));
        let (first_row, rows) = Table::new(&seen.sheet, span, &columns, book).classify();
        if !rows.contains(&RowKind::Data) {
            let advice = "如本期没有内容可报，请在表中注明";
            findings.push(Finding::new(Level::Note, "sheet.no_rows", seen.place.clone(), "表头下面没有数据行", advice));
        }
        let titles: Vec<u32> =
            (first_row..span.0).zip(&rows).filter(|(_, kind)| **kind == RowKind::Title).map(|(row, _)| row).collect();
        let stated_period = stated::stated(seen.grid, &seen.sheet, &titles, self.period);
        if let Some(other) = stated_period.filter(|stated| *stated != self.period.whole_month()) {
            let message = format!("表名或标题写的是{}，本期是{}", other.in_words(), self.period.in_words());
            let advice = "请核对是否报错了月份；数据是本期的，请更正标题";
            findings.push(Finding::new(Level::Error, "period.mismatch", seen.place.clone(), message, advice));
        }
        let above = caption::money_above(&seen.sheet, span.0)
            .or_else(|| first_table(seen.file, seen.grid).and_then(|first| caption::money_above(&first, span.0)))
            .or(seen.decided.and_then(ConfirmedLayout::money));
        let is_amount =
            |assigned: &Assigned| assigned.field.is_some_and(|field| book.fields[field].kind == Kind::Amount);
        if above.is_none() && columns.iter().any(|c| is_amount(c) && c.heading.unit.is_none()) {
            let message = "表中没有写明金额单位，按万元读取";
            let advice = "请在表头或表名下写明“单位：万元”等";
            findings.push(Finding::new(Level::Query, "amount.no_unit", seen.place.clone(), message, advice));
        }
        let column = |assigned: &Assigned| Column {
            column: assigned.column,
            field: assigned.field.map(|field| book.fields[field].id.clone()),
            header: assigned.heading.written.clone(),
            row: None,
            measured_in: is_amount(assigned).then(|| assigned.heading.unit.or(above).unwrap_or(MoneyUnit::Wan)),
        };
        Layout {
            book: Some(book.id.clone()),
            reporting_unit: seen.reporter,
            stated_period,
            header: Some(span),
            columns: columns.iter().map(column).collect(),
            rows,
            first_row,
            findings,
        }
    }
}

/// Who reports: the caption, the title, the file's name, the file's other sheets (a cover).
fn reporter(file: &SourceFile, sheet: &Sheet, header_row: u32) -> Option<String> {
    let on_cover = || {
        let mut others = file.grids.iter().filter(|other| other.sheet != sheet.grid.sheet && other.rows.len() < 30);
        others.find_map(|other| caption::reporter_above(&Sheet::new(other), u32::MAX))
    };
    let with_first = || {
        first_table(file, sheet.grid).and_then(|first| {
            caption::reporter_above(&first, header_row).or_else(|| caption::reporter_in_title(&first, header_row))
        })
    };
    caption::reporter_above(sheet, header_row)
        .or_else(|| caption::reporter_in_title(sheet, header_row))
        .or_else(with_first)
        .or_else(|| caption::reporter_in_name(&file.name))
        .or_else(on_cover)
}

/// The first table of the same sheet, where this is a later one: its caption speaks for both.
fn first_table<'a>(file: &'a SourceFile, own: &Grid) -> Option<Sheet<'a>> {
    let first = file.grids.iter().find(|grid| grid.sheet == own.sheet)?;
    (!std::ptr::eq(first, own)).then(|| Sheet::new(first))
}

fn matched(book: &Book, columns: &[Assigned]) -> f64 {
    let subject = columns.iter().any(|c| c.field.is_some_and(|field| book.fields[field].id == book.subject));
    columns.iter().filter(|c| c.field.is_some()).map(|c| c.fit).sum::<f64>() + if subject { 0.5 } else { 0.0 }
}

/// What a book cannot do without and the sheet has not speaks against it.
fn missing(book: &Book, columns: &[Assigned]) -> f64 {
    let has = |index: usize| columns.iter().any(|c| c.field == Some(index));
    book.fields.iter().enumerate().filter(|(index, field)| field.required && !has(*index)).count() as f64
}

/// A sheet is a book's only if it names the subject and two fields more.
fn is_usable(book: &Book, columns: &[Assigned]) -> bool {
    // A column of counts (项目个数) names nothing: the sheet is a summary.
    let names = |c: &Assigned| c.fit > 0.95 || !c.contents.is_mostly_figures();
    let subject =
        columns.iter().any(|c| c.field.is_some_and(|field| book.fields[field].id == book.subject) && names(c));
    let others = columns.iter().filter(|c| c.field.is_some() && c.fit > 0.7).count();
    let filled = columns.iter().any(|c| c.field.is_some() && c.contents.filled > 0);
    subject && others >= 3 && filled
}

pub(super) fn no_book(header: Option<&Header>, finding: Finding) -> Layout {
    Layout {
        book: None,
        reporting_unit: None,
        stated_period: None,
        header: header.map(|header| (header.first_row, header.last_row)),
        columns: Vec::new(),
        rows: Vec::new(),
        first_row: 1,
        findings: vec![finding],
    }
}
