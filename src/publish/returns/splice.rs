//! A workbook's package with its marks, notes and the two added sheets put in.
//!
//! Takes a package and what is to be said, gives the bytes; parts that need no change are copied as they were packed.

use std::collections::BTreeMap;

use super::book::{Book, RELATIONS, SheetEntry};
use super::looks::Looks;
use super::marks::{Marks, mark};
use super::notes::{self, Notes, Said};
use super::pages;
use super::sheet::Sheet;
use super::styles::{self, Styles};
use super::{ReturnError, ReturnFile, ReturnLine, ReturnReport};
use crate::finding::Level;
use crate::origin::cell_address;
use crate::package::{ContentTypes, Edits, Package, PackageError, Relations};

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
/// Notes in one workbook; with more, programs grow slow.
const NOTES: usize = 2_000;
/// Findings that one note tells.
const TOLD: usize = 10;

/// Marks a workbook and adds the two sheets.
pub(super) fn spliced(
    mut package: Package,
    report: &ReturnReport,
    remarks: &[String],
) -> Result<ReturnFile, ReturnError> {
    let mut remarks = remarks.to_vec();
    remarks.extend(without_signatures(&mut package)?);
    let mut book = Book::of(&package)?;
    let mut types = ContentTypes::of(&package)?;
    let ending = ending(&types, &book.part)?;
    let (styles_part, mut styles) = styles_of(&mut package, &mut book, &mut types)?;
    let looks = Looks::add(&mut styles);
    let gone: Vec<String> = report.earlier.iter().map(ToString::to_string).collect();
    let kept: Vec<&SheetEntry> = book.sheets.iter().filter(|sheet| !gone.contains(&sheet.name)).collect();
    let mut shown = vec![None; report.lines.len()];
    let mut left = NOTES;
    for (number, sheet) in kept.iter().enumerate().filter(|(_, sheet)| sheet.cells) {
        let lines: Vec<usize> = of_sheet(report, &sheet.name);
        let mut part =
            Part { package: &mut package, types: &mut types, styles: &mut styles, report, number: number + 1, left };
        left = part.write(sheet, &lines, &mut shown, &book)?;
    }
    if left == 0 {
        remarks.push(format!("问题较多：单元格都已标色，批注只加了前{NOTES}处，其余见下表。"));
    }
    let names: Vec<&str> = kept.iter().map(|sheet| sheet.name.as_str()).collect();
    let (first, last) = (free(pages::FINDINGS, &names), free(pages::RECEIPT, &names));
    let shown: pages::Shown =
        report.lines.iter().zip(&shown).map(|(line, cell)| leading(line, *cell, &names)).collect();
    let findings = pages::findings(report, &shown, &remarks).xml(&looks);
    let receipt = pages::receipt(report).xml(&looks);
    if let Some(changed) = styles.changed() {
        package.set_part(&styles_part, changed);
    }
    book.rearranged(&mut package, &mut types, &gone, ((&first, findings), (&last, receipt)))?;
    types.write(&mut package);
    Ok(ReturnFile { bytes: package.save()?, ending })
}

/// A signature does not hold once a part is changed: it goes, and the unit is told.
fn without_signatures(package: &mut Package) -> Result<Option<String>, PackageError> {
    let mut root = Relations::of(package, "")?;
    let Some(origin) = root.iter().find(|one| one.target.starts_with("_xmlsignatures/")).cloned() else {
        return Ok(None);
    };
    root.remove(&origin.id)?;
    root.write(package);
    let mut types = ContentTypes::of(package)?;
    let parts: Vec<String> =
        package.names().filter(|name| name.starts_with("_xmlsignatures/")).map(str::to_owned).collect();
    for part in &parts {
        types.remove(part)?;
        package.remove(part);
    }
    types.write(package);
    Ok(Some("原文件有数字签名，加了标注后签名不再有效，已去掉。".to_owned()))
}

/// How the file must be called so that Excel opens it.
fn ending(types: &ContentTypes, part: &str) -> Result<&'static str, PackageError> {
    let said = types.of_part(part)?.unwrap_or_default();
    Ok(match (said.contains("template"), said.contains("macroEnabled")) {
        (true, true) => "xltm",
        (true, false) => "xltx",
        (false, true) => "xlsm",
        (false, false) => "xlsx",
    })
}

fn styles_of(
    package: &mut Package,
    book: &mut Book,
    types: &mut ContentTypes,
) -> Result<(String, Styles), PackageError> {
    if let Some(known) = book.relations.first("styles").map(|relation| relation.target.clone()) {
        let text = package.text(&known)?.ok_or_else(|| PackageError::Missing(known.clone()))?;
        return Ok((known, Styles::of(text)?));
    }
    // Some programs look for it by this name alone.
    let usual = format!("{}styles.xml", book.folder());
    let part = if package.has(&usual) { book.new_part(package, "styles", "xml") } else { usual };
    package.set_part(&part, styles::BLANK);
    types.add(&part, STYLES_TYPE)?;
    book.relations.add(&format!("{RELATIONS}/styles"), &part)?;
    Ok((part, Styles::of(styles::BLANK.to_owned())?))
}

/// The numbers of the lines that are about a sheet.
fn of_sheet(report: &ReturnReport, name: &str) -> Vec<usize> {
    let about = |line: &ReturnLine| line.sheet.as_deref() == Some(name);
    (0..report.lines.len()).filter(|&at| about(&report.lines[at])).collect()
}

/// A name that none of the sheets has.
fn free(name: &str, names: &[&str]) -> String {
    let taken = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    let numbered = |n: usize| if n == 1 { name.to_owned() } else { format!("{name}({n})") };
    (1..).map(numbered).find(|name| !taken(name)).expect("one of endlessly many numbers is free")
}

/// A line's place in words and as a link, where its sheet is there.
fn leading(line: &ReturnLine, cell: Option<(u32, u32)>, names: &[&str]) -> (String, Option<String>) {
    let sheet = line.sheet.as_deref().filter(|sheet| names.contains(sheet));
    let (row, column) = cell.unwrap_or((1, 1));
    let link = sheet.map(|sheet| format!("{}!{}", crate::publish::names::quoted(sheet), cell_address(row, column)));
    (pages::place(line, cell), link)
}

/// A worksheet while it is marked.
struct Part<'a> {
    package: &'a mut Package,
    types: &'a mut ContentTypes,
    styles: &'a mut Styles,
    report: &'a ReturnReport,
    number: usize,
    /// Notes that may still be put into the workbook.
    left: usize,
}

impl Part<'_> {
    /// Marks a sheet, says where each of its lines is shown, gives how many notes are left.
    fn write(
        &mut self,
        sheet: &SheetEntry,
        lines: &[usize],
        shown: &mut [Option<(u32, u32)>],
        book: &Book,
    ) -> Result<usize, PackageError> {
        let text = self.package.text(&sheet.part)?.ok_or_else(|| PackageError::Missing(sheet.part.clone()))?;
        let of = |at: &usize| &self.report.lines[*at];
        let rows: Vec<u32> = lines.iter().filter(|at| of(at).column.is_none()).filter_map(|at| of(at).row).collect();
        let known = Sheet::of(&text, &sheet.part, &rows)?;
        for &at in lines {
            let line = &self.report.lines[at];
            let row = line.row.or(line.column.map(|_| 1));
            shown[at] = row.map(|row| known.shown(row, line.column));
        }
        let again = !self.report.earlier.is_empty();
        let marks = marks_of(self.report, lines, shown);
        let notes = notes_of(self.report, lines, shown, self.left);
        let mut edits = Edits::new();
        if again || !marks.is_empty() {
            mark(&text, &known, self.styles, &marks, again, &mut edits)?;
        }
        for chosen in known.chosen.iter().filter(|range| ["1", "true"].contains(&&text[(*range).clone()])) {
            edits.replace(chosen.clone(), "0");
        }
        if again || !notes.is_empty() {
            self.notes(sheet, &known, &notes, again, &mut edits, book)?;
        }
        if !edits.is_empty() {
            self.package.set_part(&sheet.part, edits.apply(&text));
        }
        Ok(self.left - notes.len())
    }

    /// Puts notes on a sheet's cells, and takes those of an earlier return off.
    fn notes(
        &mut self,
        sheet: &SheetEntry,
        known: &Sheet,
        notes: &Notes,
        again: bool,
        edits: &mut Edits,
        book: &Book,
    ) -> Result<(), PackageError> {
        let mut relations = Relations::of(self.package, &sheet.part)?;
        let part = relations.first("comments").map(|relation| relation.target.clone());
        let drawing = known.notes.as_deref().and_then(|id| relations.target(id)).map(str::to_owned);
        let mut comments = part.as_deref().map(|part| self.package.text(part)).transpose()?.flatten();
        let mut boxes = drawing.as_deref().map(|part| self.package.text(part)).transpose()?.flatten();
        if again && let Some(text) = &comments {
            let (without, gone) = notes::without_ours(text)?;
            boxes = boxes.map(|boxes| notes::without_boxes(&boxes, &gone));
            comments = Some(without);
        }
        let mut new = Default::default();
        if !notes.is_empty() {
            let (with, cells) = notes::comments(comments.as_deref(), notes)?;
            (comments, new) = (Some(with), cells);
        }
        if !new.is_empty() {
            boxes = Some(notes::boxes(boxes.as_deref(), notes, &new, known, self.number)?);
        }
        if let Some(text) = comments {
            let part = match part {
                Some(part) => part,
                None => {
                    let part = book.new_part(self.package, "comments", "xml");
                    self.types.add(&part, COMMENTS_TYPE)?;
                    relations.add(&format!("{RELATIONS}/comments"), &part)?;
                    part
                }
            };
            self.package.set_part(&part, text);
        }
        if let Some(text) = boxes {
            let part = match drawing {
                Some(part) => part,
                None => {
                    let part = book.new_part(self.package, "drawings/vmlDrawing", "vml");
                    self.types.add_ending("vml", DRAWING_TYPE)?;
                    let id = relations.add(&format!("{RELATIONS}/vmlDrawing"), &part)?;
                    let named = format!("<{}legacyDrawing xmlns:r=\"{RELATIONS}\" r:id=\"{id}\"/>", known.prefix);
                    edits.insert(known.notes_place, named);
                    part
                }
            };
            self.package.set_part(&part, text);
        }
        relations.write(self.package);
        Ok(())
    }
}

/// The cells of lines that are still open, each with its gravest level.
fn marks_of(report: &ReturnReport, lines: &[usize], shown: &[Option<(u32, u32)>]) -> Marks {
    let mut marks = Marks::new();
    for &at in lines.iter().filter(|at| report.lines[**at].explanation.is_none()) {
        let Some((row, column)) = shown[at] else { continue };
        let level: &mut Level = marks.entry(row).or_default().entry(column).or_insert(report.lines[at].level);
        *level = report.lines[at].level.min(*level);
    }
    marks
}

/// What the notes say, at most so many.
fn notes_of(report: &ReturnReport, lines: &[usize], shown: &[Option<(u32, u32)>], most: usize) -> Notes {
    let mut notes: BTreeMap<(u32, u32), Vec<Said>> = BTreeMap::new();
    for &at in lines.iter().filter(|at| report.lines[**at].explanation.is_none()) {
        let Some(cell) = shown[at] else { continue };
        if notes.len() == most && !notes.contains_key(&cell) {
            continue;
        }
        let said = notes.entry(cell).or_default();
        if said.len() < TOLD {
            said.push(said_of(&report.lines[at]));
        }
    }
    notes
}

fn said_of(line: &ReturnLine) -> Said {
    let parts = [("发现：", &line.problem), ("应为：", &line.expected), ("怎么办：", &line.advice)];
    let parts = parts.into_iter().filter(|(_, text)| !text.is_empty());
    let text = parts.map(|(label, text)| format!("{label}{text}")).collect::<Vec<_>>().join("\n");
    Said { level: line.level.title(), text }
}
