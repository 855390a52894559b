//! An entry: what reading a file gave, as bytes and back.
//!
//! Structs are taken apart whole, so that a part that is added to one cannot be forgotten here.

use super::Read;
use super::figures::{read_stated, read_texts, read_values, write_stated, write_texts, write_values};
use super::wire::{Reader, Writer};
use crate::finding::{Finding, Level, Place};
use crate::history::Returned;
use crate::layout::RowKind;
use crate::pipeline::intake::{REASONS, TakenFile, TakenSheet};
use crate::record::{Table, TypedColumn};

/// What rows are, in the order of the bytes that stand for them.
const KINDS: [RowKind; 9] = [
    RowKind::Title,
    RowKind::Caption,
    RowKind::Header,
    RowKind::Section,
    RowKind::Data,
    RowKind::Subtotal,
    RowKind::Total,
    RowKind::Note,
    RowKind::Blank,
];

/// The bytes of what reading a file gave; `None` where some of it is not to be kept.
pub(super) fn written(read: &Read) -> Option<Vec<u8>> {
    let mut out = Writer::default();
    out.count(read.len());
    for (file, tables) in read {
        write_file(&mut out, file)?;
        out.count(tables.len());
        tables.iter().try_for_each(|table| write_table(&mut out, table))?;
    }
    Some(out.finish())
}

/// What [`written`] wrote.
pub(super) fn read(bytes: &[u8]) -> Option<Read> {
    let mut from = Reader::of(bytes)?;
    let read = from.all(|from| Some((read_file(from)?, from.all(read_table)?)))?;
    from.is_done().then_some(read)
}

fn write_file<'t>(out: &mut Writer<'t>, file: &'t TakenFile) -> Option<()> {
    let TakenFile { name, digest, size, opened, sender, sent, sheets, findings, returned, return_of, .. } = file;
    // What other files decide, and the file's own time, are not known yet.
    if file.copy_of.is_some() || file.modified.is_some() {
        return None;
    }
    out.text(name);
    out.text(digest);
    out.u64(*size);
    out.byte(u8::from(*opened));
    for text in [sender, sent, return_of] {
        out.option(text.as_deref(), Writer::text);
    }
    out.count(sheets.len());
    sheets.iter().try_for_each(|sheet| write_sheet(out, sheet))?;
    write_findings(out, findings)?;
    out.all(returned, write_returned);
    Some(())
}

fn read_file(from: &mut Reader) -> Option<TakenFile> {
    let (name, digest, size, opened) = (from.name()?, from.string()?, from.u64()?, from.bool()?);
    let mut text = || from.option(Reader::string);
    let (sender, sent, return_of) = (text()?, text()?, text()?);
    Some(TakenFile {
        name,
        digest,
        size,
        opened,
        sender,
        sent,
        modified: None,
        copy_of: None,
        sheets: from.all(read_sheet)?,
        findings: from.all(read_finding)?,
        returned: from.all(read_returned)?,
        return_of,
    })
}

fn write_sheet<'t>(out: &mut Writer<'t>, sheet: &'t TakenSheet) -> Option<()> {
    let TakenSheet { name, book, kinds, passed_over, reason, blank, replaced_by, header, of_return } = sheet;
    if replaced_by.is_some() {
        return None;
    }
    // A reason that is not listed would come back as another.
    let reason = match reason {
        Some(reason) => Some(REASONS.iter().position(|known| known == reason)?),
        None => None,
    };
    out.text(name);
    out.option(book.as_deref(), Writer::text);
    write_kinds(out, kinds);
    out.u64(*passed_over as u64);
    out.option(reason, |out, reason| out.byte(reason as u8));
    out.byte(u8::from(*blank));
    out.option(*header, |out, (first, last)| {
        out.u32(first);
        out.u32(last);
    });
    out.byte(u8::from(*of_return));
    Some(())
}

fn read_sheet(from: &mut Reader) -> Option<TakenSheet> {
    Some(TakenSheet {
        name: from.name()?,
        book: from.option(Reader::string)?,
        kinds: read_kinds(from)?,
        passed_over: usize::try_from(from.u64()?).ok()?,
        reason: from.option(|from| REASONS.get(usize::from(from.byte()?)).copied())?,
        blank: from.bool()?,
        replaced_by: None,
        header: from.option(|from| Some((from.u32()?, from.u32()?)))?,
        of_return: from.bool()?,
    })
}

pub(super) fn write_kind(out: &mut Writer, kind: RowKind) {
    out.byte(KINDS.iter().position(|known| *known == kind).expect("all kinds are listed") as u8);
}

pub(super) fn read_kind(from: &mut Reader) -> Option<RowKind> {
    KINDS.get(usize::from(from.byte()?)).copied()
}

fn write_kinds<'t>(out: &mut Writer<'t>, kinds: &'t [(RowKind, usize)]) {
    out.all(kinds, |out, (kind, count)| {
        write_kind(out, *kind);
        out.u64(*count as u64);
    });
}

fn read_kinds(from: &mut Reader) -> Option<Vec<(RowKind, usize)>> {
    from.all(|from| Some((read_kind(from)?, usize::try_from(from.u64()?).ok()?)))
}

fn write_returned<'t>(out: &mut Writer<'t>, returned: &'t Returned) {
    let Returned { project, rule, problem, text, place } = returned;
    out.option(project.as_deref(), Writer::text);
    out.text(rule);
    out.option(problem.as_deref(), Writer::text);
    out.text(text);
    write_place(out, place);
}

fn read_returned(from: &mut Reader) -> Option<Returned> {
    Some(Returned {
        project: from.option(Reader::string)?,
        rule: from.string()?,
        problem: from.option(Reader::string)?,
        text: from.string()?,
        place: read_place(from)?,
    })
}

fn write_place<'t>(out: &mut Writer<'t>, place: &'t Place) {
    let Place { file, sheet, field, .. } = place;
    out.text(file);
    out.option(sheet.as_deref(), Writer::text);
    out.option(place.row(), Writer::u32);
    out.option(place.column(), Writer::u32);
    out.option(field.as_deref(), Writer::text);
}

fn read_place(from: &mut Reader) -> Option<Place> {
    let place = Place::within_file(from.name()?, from.option(Reader::name)?);
    let place = place.within(from.option(Reader::u32)?, from.option(Reader::u32)?);
    Some(place.with_field(from.option(Reader::name)?))
}

/// What is said of a file as it is read has no answer yet.
fn write_findings<'t>(out: &mut Writer<'t>, findings: &'t [Finding]) -> Option<()> {
    if findings.iter().any(|finding| finding.answer().is_some()) {
        return None;
    }
    out.all(findings, |out, finding| {
        let Finding { place, level, rule, message, advice, .. } = finding;
        write_place(out, place);
        out.byte(Level::ALL.iter().position(|known| known == level).expect("all levels are listed") as u8);
        out.text(rule);
        out.text(message);
        out.text(advice);
        out.option(finding.project().map(|project| &**project), Writer::text);
    });
    Some(())
}

fn read_finding(from: &mut Reader) -> Option<Finding> {
    let place = read_place(from)?;
    let level = *Level::ALL.get(usize::from(from.byte()?))?;
    let (rule, message, advice) = (from.name()?, from.string()?, from.name()?);
    let project = from.option(Reader::name)?;
    Some(Finding::new(level, rule, place, message, advice).about(project.as_deref().unwrap_or_default()))
}

fn write_table<'t>(out: &mut Writer<'t>, table: &'t Table) -> Option<()> {
    let Table { book, file, sheet, reporting_unit, rows, sections, columns, row_kinds, stated, findings } = table;
    for text in [book.as_str(), file, sheet, reporting_unit] {
        out.text(text);
    }
    out.all(rows, |out, row| out.u32(*row));
    write_texts(out, sections);
    out.all(columns, |out, TypedColumn { field, column, row, values }| {
        out.text(field);
        out.u32(*column);
        out.option(*row, Writer::u32);
        write_values(out, values);
    });
    write_kinds(out, row_kinds);
    out.all(stated, write_stated);
    write_findings(out, findings)
}

fn read_table(from: &mut Reader) -> Option<Table> {
    let (book, file, sheet, reporting_unit) = (from.string()?, from.name()?, from.name()?, from.name()?);
    Some(Table {
        book,
        file,
        sheet,
        reporting_unit,
        rows: from.all(Reader::u32)?,
        sections: read_texts(from)?,
        columns: from.all(|from| {
            Some(TypedColumn {
                field: from.string()?,
                column: from.u32()?,
                row: from.option(Reader::u32)?,
                values: read_values(from)?,
            })
        })?,
        row_kinds: read_kinds(from)?,
        stated: from.all(read_stated)?,
        findings: from.all(read_finding)?,
    })
}
