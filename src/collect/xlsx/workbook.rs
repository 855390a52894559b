//! The list of a workbook's sheets and the parts they stand in.
//!
//! Takes the package, gives each worksheet's name, part and visibility, and the file's epoch.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use crate::collect::fault::Fault;
use crate::collect::package::{Package, attribute, is_set, xml_fault};

/// A workbook before its sheets are read.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Workbook {
    /// Worksheets in order; chart sheets are left out.
    pub(super) sheets: Vec<SheetPart>,
    /// Whether day counts start in 1904.
    pub(super) is_1904: bool,
    /// The part of the shared strings.
    pub(super) strings: Option<String>,
    /// The part of the styles.
    pub(super) styles: Option<String>,
}

/// A worksheet and where it stands.
#[derive(Debug, PartialEq)]
pub(super) struct SheetPart {
    pub(super) name: Arc<str>,
    pub(super) part: String,
    pub(super) hidden: bool,
}

/// A relation of a part to another.
struct Relation {
    kind: String,
    target: String,
}

impl Workbook {
    /// Reads the workbook part and its relations.
    pub(super) fn read(package: &mut Package) -> Result<Self, Fault> {
        let root = relations(package, "_rels/.rels", "")?;
        let main = root.values().find(|r| r.kind == "officeDocument").map(|r| r.target.clone());
        let main = main.filter(|part| package.has(part)).unwrap_or_else(|| "xl/workbook.xml".into());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let related = relations(package, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let first = |kind: &str| {
            let mut targets: Vec<_> = related.values().filter(|r| r.kind == kind).map(|r| r.target.clone()).collect();
            targets.sort();
            targets.into_iter().next()
        };
        let mut workbook = Self { strings: first("sharedStrings"), styles: first("styles"), ..Self::default() };
        workbook.read_sheets(package, &main, &related)?;
        Ok(workbook)
    }

    fn read_sheets(
        &mut self,
        package: &mut Package,
        part: &str,
        related: &HashMap<String, Relation>,
    ) -> Result<(), Fault> {
        let mut xml = package.xml(part)?.ok_or_else(|| Fault::Unreadable("缺少工作簿目录".into()))?;
        let mut buf = Vec::new();
        loop {
            buf.clear();
            match xml.read_event_into(&mut buf).map_err(xml_fault)? {
                Event::Start(e) | Event::Empty(e) => match e.local_name().as_ref() {
                    "workbookPr" => self.is_1904 = attribute(&e, "date1904").is_some_and(|v| is_set(&v)),
                    "sheet" => self.sheets.extend(sheet_part(&e, related)),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn sheet_part(element: &BytesStart, related: &HashMap<String, Relation>) -> Option<SheetPart> {
    let relation = related.get(attribute(element, "id")?.as_ref())?;
    (relation.kind == "worksheet").then(|| SheetPart {
        name: attribute(element, "name").unwrap_or_default().as_ref().into(),
        part: relation.target.clone(),
        hidden: attribute(element, "state").is_some_and(|state| state != "visible"),
    })
}

fn relations(package: &mut Package, part: &str, folder: &str) -> Result<HashMap<String, Relation>, Fault> {
    let mut found = HashMap::new();
    let Some(mut xml) = package.xml(part)? else { return Ok(found) };
    let mut buf = Vec::new();
    loop {
        buf.clear();
        match xml.read_event_into(&mut buf).map_err(xml_fault)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "Relationship" => {
                found.extend(relation(&e, folder));
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The parts that a part's relations lead to, by the relations' ids.
pub(in crate::collect) fn relation_targets(
    package: &mut Package,
    part: &str,
    folder: &str,
) -> Result<HashMap<String, String>, Fault> {
    Ok(relations(package, part, folder)?.into_iter().map(|(id, relation)| (id, relation.target)).collect())
}

fn relation(element: &BytesStart, folder: &str) -> Option<(String, Relation)> {
    let kind = attribute(element, "Type")?;
    let kind = kind.rsplit('/').next()?.to_owned();
    let target = joined(folder, &attribute(element, "Target")?);
    Some((attribute(element, "Id")?.into_owned(), Relation { kind, target }))
}

/// A target as a part's name: absolute, or relative to the folder of the part that names it.
fn joined(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::package::tests::zipped;
    use crate::workspace::Limits;

    #[test]
    fn targets_are_joined_as_paths() {
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "../xl/./styles.xml"), "xl/styles.xml");
        assert_eq!(joined("", "xl/workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn chart_sheets_are_left_out_and_very_hidden_is_hidden() {
        let bytes = zipped(&[
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="/xl/wb.xml"/></Relationships>"#,
            ),
            (
                "xl/wb.xml",
                r#"<x:workbook><x:workbookPr date1904="1"/><x:sheets><x:sheet name="甲&amp;乙" sheetId="1" r:id="a"/>
                <x:sheet name="图" r:id="c"/><x:sheet name="底稿" state="veryHidden" r:id="b"/></x:sheets></x:workbook>"#,
            ),
            (
                "xl/_rels/wb.xml.rels",
                r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="s1.xml"/>
                <Relationship Id="b" Type="x/worksheet" Target="s2.xml"/><Relationship Id="c" Type="x/chartsheet" Target="c.xml"/>
                <Relationship Id="d" Type="x/styles" Target="styles.xml"/></Relationships>"#,
            ),
        ]);
        let workbook = Workbook::read(&mut Package::open(&bytes, &Limits::default()).unwrap()).unwrap();
        let sheet = |name: &str, part: &str, hidden| SheetPart { name: name.into(), part: part.into(), hidden };
        assert_eq!(workbook.sheets, [sheet("甲&乙", "xl/s1.xml", false), sheet("底稿", "xl/s2.xml", true)]);
        assert_eq!((workbook.is_1904, workbook.styles.as_deref()), (true, Some("xl/styles.xml")));
    }
}
