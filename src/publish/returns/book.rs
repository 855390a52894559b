//! The workbook part: its list of sheets, and where each one stands.
//!
//! Takes a package, gives its sheets and parts; sheets are put first and last and taken out, and what counts
//! sheets by their position (names of one sheet, the sheet that opens) is counted anew.

use std::ops::Range;

use crate::package::{ContentTypes, Edits, Package, PackageError, Relations, TagKind, Tags, escape_attribute};

use super::styles::set;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

/// Sheets that a workbook may list; what looks for each of them in other lists grows with their square.
const SHEETS: usize = 4_000;

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    /// The part that holds it.
    pub(super) part: String,
    /// Whether it is a sheet of cells.
    pub(super) cells: bool,
    id: String,
    whole: Range<usize>,
}

/// A workbook part.
pub(super) struct Book {
    /// Its name in the package.
    pub(super) part: String,
    text: String,
    pub(super) relations: Relations,
    pub(super) sheets: Vec<SheetEntry>,
}

impl Book {
    pub(super) fn of(package: &Package) -> Result<Self, PackageError> {
        let root = Relations::of(package, "")?;
        // A package that does not say what it is opens nowhere, with our marks or without them.
        let main = root.first("officeDocument").ok_or_else(|| PackageError::Missing("_rels/.rels".to_owned()))?;
        let part = main.target.clone();
        let text = package.text(&part)?.ok_or_else(|| PackageError::Missing(part.clone()))?;
        let relations = Relations::of(package, &part)?;
        let (mut sheets, mut from) = (Vec::new(), 0);
        for tag in Tags::of(&text) {
            let tag = tag?;
            // A package of the strict form names all things otherwise; parts of ours would not fit into it.
            if tag.depth == 0 && tag.begins() && !tag.attributes().any(|(_, value)| text[value] == *MAIN) {
                return Err(PackageError::Unexpected(part));
            }
            if tag.local() != "sheet" || tag.depth != 2 {
                continue;
            }
            if tag.begins() {
                if sheets.len() == SHEETS {
                    return Err(PackageError::TooLarge(format!("“{part}”列出的工作表")));
                }
                from = tag.range.start;
                let id = tag.attribute("r:id").or_else(|| tag.attribute("id")).unwrap_or_default().into_owned();
                let relation = relations.iter().find(|relation| relation.id == id);
                sheets.push(SheetEntry {
                    name: tag.attribute("name").unwrap_or_default().into_owned(),
                    part: relation.map(|relation| relation.target.clone()).unwrap_or_default(),
                    cells: relation.is_some_and(|relation| relation.kind == "worksheet"),
                    id,
                    whole: tag.range.clone(),
                });
            }
            if let Some(last) = sheets.last_mut().filter(|_| tag.kind != TagKind::Open) {
                last.whole = from..tag.range.end;
            }
        }
        Ok(Self { part, text, relations, sheets })
    }

    /// The folder that its parts stand in, with a slash behind it.
    pub(super) fn folder(&self) -> String {
        self.part.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
    }

    /// The first name with a number that no part has: `xl/worksheets/sheet7.xml`.
    pub(super) fn new_part(&self, package: &Package, stem: &str, ending: &str) -> String {
        let name = |n: usize| format!("{}{stem}{n}.{ending}", self.folder());
        let free = (1..).map(name).find(|name| !package.has(name));
        free.expect("one of endlessly many numbers is free")
    }

    /// Writes the workbook with sheets taken out, one put first and one put last; names, whole parts.
    pub(super) fn rearranged(
        mut self,
        package: &mut Package,
        types: &mut ContentTypes,
        gone: &[String],
        (first, last): ((&str, String), (&str, String)),
    ) -> Result<(), PackageError> {
        let is_gone = |sheet: &SheetEntry| gone.contains(&sheet.name);
        let titles = titles(first.0);
        let mut ids = Vec::new();
        for text in [first.1, last.1] {
            let part = self.new_part(package, "worksheets/sheet", "xml");
            package.set_part(&part, text);
            types.add(&part, SHEET_TYPE)?;
            ids.push(self.relations.add(&format!("{RELATIONS}/worksheet"), &part)?);
        }
        let mut edits = Edits::new();
        self.list(&mut edits, (first.0, last.0), &ids, &is_gone)?;
        self.positions(&mut edits, &is_gone, &titles)?;
        for sheet in self.sheets.iter().filter(|sheet| is_gone(sheet)) {
            self.relations.remove(&sheet.id)?;
            drop_part(package, types, &sheet.part)?;
        }
        package.set_part(&self.part, edits.apply(&self.text));
        self.relations.write(package);
        Ok(())
    }

    /// The list of sheets.
    fn list(
        &self,
        edits: &mut Edits,
        (first, last): (&str, &str),
        ids: &[String],
        is_gone: &dyn Fn(&SheetEntry) -> bool,
    ) -> Result<(), PackageError> {
        let highest = Tags::of(&self.text).flatten().filter(|tag| tag.local() == "sheet" && tag.depth == 2);
        let highest = highest.filter_map(|tag| tag.attribute("sheetId")?.parse::<u32>().ok()).max().unwrap_or(0);
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            if tag.local() != "sheets" || tag.depth != 1 {
                continue;
            }
            let prefix = tag.prefix();
            let entry = |name: &str, at: usize| {
                format!(
                    "<{prefix}sheet xmlns:r=\"{RELATIONS}\" name=\"{}\" sheetId=\"{}\" r:id=\"{}\"/>",
                    escape_attribute(name),
                    highest + 1 + at as u32,
                    ids[at]
                )
            };
            match tag.kind {
                TagKind::Open => edits.insert(tag.range.end, entry(first, 0)),
                TagKind::Close => edits.insert(tag.range.start, entry(last, 1)),
                TagKind::Empty => {
                    let both = format!(">{}{}</{}>", entry(first, 0), entry(last, 1), tag.name);
                    edits.replace(tag.range.end - 2..tag.range.end, both);
                }
            }
        }
        for sheet in self.sheets.iter().filter(|sheet| is_gone(sheet)) {
            edits.replace(sheet.whole.clone(), "");
        }
        Ok(())
    }

    /// What counts sheets by position: names of a sheet, the sheet that opens.
    fn positions(
        &self,
        edits: &mut Edits,
        is_gone: &dyn Fn(&SheetEntry) -> bool,
        titles: &str,
    ) -> Result<(), PackageError> {
        // One more before each, one less for every sheet before it that is gone.
        let moved =
            |at: usize| at + 1 - self.sheets[..at.min(self.sheets.len())].iter().filter(|one| is_gone(one)).count();
        let (mut from, mut own, mut named) = (0, None, false);
        let has_names = self.text.contains("definedNames>");
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let at = tag
                .attribute_range("localSheetId")
                .and_then(|range| Some((range.clone(), self.text.get(range)?.parse::<usize>().ok()?)));
            match (tag.local(), tag.kind) {
                ("workbookView", TagKind::Open | TagKind::Empty) => {
                    set(edits, &tag, "activeTab", "0");
                    if tag.attribute("firstSheet").is_some() {
                        set(edits, &tag, "firstSheet", "0");
                    }
                }
                ("definedName", TagKind::Open) => {
                    (from, own) = (tag.range.start, at);
                }
                ("definedName", TagKind::Close) => match own.take() {
                    Some((_, at)) if self.sheets.get(at).is_some_and(is_gone) => {
                        edits.replace(from..tag.range.end, "");
                    }
                    Some((range, at)) => edits.replace(range, moved(at).to_string()),
                    None => {}
                },
                ("definedNames", TagKind::Close) => {
                    edits.insert(tag.range.start, super::styles::prefixed(titles, tag.prefix()));
                    named = true;
                }
                // Names stand between the sheets and the calculation.
                ("sheets", TagKind::Close | TagKind::Empty) if !named && !has_names => {
                    let prefix = tag.prefix();
                    let names = super::styles::prefixed(&format!("<definedNames>{titles}</definedNames>"), prefix);
                    let place = self.names_place(tag.range.end)?;
                    edits.insert(place, names);
                    named = true;
                }
                _ => {}
            }
        }
        match named {
            true => Ok(()),
            false => Err(PackageError::Unexpected(self.part.clone())),
        }
    }

    /// Where a list of names goes: behind the sheets, the function groups and the links to other workbooks.
    fn names_place(&self, behind_sheets: usize) -> Result<usize, PackageError> {
        let mut place = behind_sheets;
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let before_names = ["functionGroups", "externalReferences"].contains(&tag.local());
            if tag.depth == 1 && before_names && tag.kind != TagKind::Open {
                place = tag.range.end;
            }
        }
        Ok(place)
    }
}

/// The heading of the first sheet repeats on every printed page.
fn titles(first: &str) -> String {
    let row = super::pages::HEADER_ROW;
    format!("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'{first}'!${row}:${row}</definedName>")
}

/// Takes out a sheet's part with what belongs to it alone.
fn drop_part(package: &mut Package, types: &mut ContentTypes, part: &str) -> Result<(), PackageError> {
    let own = Relations::of(package, part)?;
    for relation in own.iter().filter(|one| ["comments", "vmlDrawing", "printerSettings"].contains(&one.kind.as_str()))
    {
        types.remove(&relation.target)?;
        package.remove(&relation.target);
    }
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    package.remove(&format!("{folder}/_rels/{file}.rels"));
    types.remove(part)?;
    package.remove(part);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(workbook: &str) -> Package {
        let mut package = Package::new();
        package.set_part(
            "_rels/.rels",
            "<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        );
        package.set_part("xl/workbook.xml", workbook);
        let relation =
            |n: usize| format!("<Relationship Id='r{n}' Type='x/worksheet' Target='worksheets/sheet{n}.xml'/>");
        let all = format!("<Relationships>{}{}{}</Relationships>", relation(1), relation(2), relation(3));
        package.set_part("xl/_rels/workbook.xml.rels", all);
        for n in 1..=3 {
            package.set_part(&format!("xl/worksheets/sheet{n}.xml"), "<worksheet/>");
        }
        package
    }

    const THREE: &str = "<sheet name='旧' sheetId='4' r:id='r3'/><sheet name='甲' sheetId='1' r:id='r1'/>\
                         <sheet name='乙' sheetId='9' r:id='r2'></sheet>";

    fn rearranged(body: &str, gone: &[String]) -> (Package, String) {
        let text = format!("<workbook xmlns='{MAIN}'>{body}</workbook>");
        let mut package = package(&text);
        let mut types = ContentTypes::of(&package).unwrap();
        let book = Book::of(&package).unwrap();
        let sheets = (("需修改事项", "<a/>".to_owned()), ("回执", "<b/>".to_owned()));
        book.rearranged(&mut package, &mut types, gone, sheets).unwrap();
        let text = package.text("xl/workbook.xml").unwrap().unwrap();
        (package, text)
    }

    #[test]
    fn sheets_come_first_and_last_and_names_follow_theirs() {
        let body = format!(
            "<bookViews><workbookView activeTab='2' firstSheet='1'/></bookViews><sheets>{THREE}</sheets><definedNames>\
             <definedName name='全'>甲!A1</definedName><definedName name='_xlnm.Print_Area' localSheetId='2'>乙!A1</definedName>\
             <definedName name='旧名' localSheetId='0'>旧!A1</definedName></definedNames>"
        );
        let (package, text) = rearranged(&body, &["旧".to_owned()]);
        let after = Book::of(&package).unwrap();
        let names: Vec<_> = after.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.part.as_str())).collect();
        let expected = [
            ("需修改事项", "xl/worksheets/sheet4.xml"),
            ("甲", "xl/worksheets/sheet1.xml"),
            ("乙", "xl/worksheets/sheet2.xml"),
            ("回执", "xl/worksheets/sheet5.xml"),
        ];
        assert_eq!(names, expected);
        assert!(text.contains("activeTab='0' firstSheet='0'"));
        assert!(text.contains("localSheetId='2'>乙!A1") && !text.contains("旧名"), "{text}");
        assert!(text.contains("sheetId=\"10\"") && !package.has("xl/worksheets/sheet3.xml"));
    }

    #[test]
    fn a_book_without_names_or_views_gets_its_titles_in_the_right_place() {
        let (_, text) = rearranged(&format!("<sheets>{THREE}</sheets><externalReferences/><calcPr/>"), &[]);
        let names = text.find("<definedNames><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">").unwrap();
        assert!(text.find("<externalReferences/>").unwrap() < names && names < text.find("<calcPr/>").unwrap());
        let (package, _) = rearranged("<sheets/>", &[]);
        assert_eq!(Book::of(&package).unwrap().sheets.len(), 2);
    }

    #[test]
    fn a_strict_package_is_refused() {
        let strict = package("<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'><sheets/></workbook>");
        assert!(matches!(Book::of(&strict), Err(PackageError::Unexpected(_))));
    }
}
