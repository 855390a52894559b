//! What a part of a package leads to: its relations, read, added to and taken from.

use super::{Edits, Package, PackageError, TagKind, Tags, escape_attribute};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A relation of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its id, by which the part names it.
    pub id: String,
    /// The last word of its type: `worksheet`, `comments`, `styles`.
    pub kind: String,
    /// The part that it leads to, from the package's root; of what lies outside the target as written.
    pub target: String,
}

/// The relations of a part of a package.
#[derive(Debug, Clone)]
pub struct Relations {
    /// The part that holds them.
    part: String,
    text: String,
    list: Vec<Relation>,
}

impl Relations {
    /// Those of a part; of the package itself where the part's name is empty. None where it has none.
    ///
    /// # Errors
    ///
    /// A list of relations that cannot be read.
    pub fn of(package: &Package, part: &str) -> Result<Self, PackageError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{slash}_rels/{file}.rels");
        let blank = || {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{NAMESPACE}\"></Relationships>"
            )
        };
        let text = package.text(&own)?.unwrap_or_else(blank);
        let mut list = Vec::new();
        for tag in Tags::of(&text) {
            let tag = tag?;
            if !tag.begins() || tag.local() != "Relationship" {
                continue;
            }
            let said = |name: &str| tag.attribute(name).unwrap_or_default().into_owned();
            let outside = said("TargetMode") == "External";
            let target = if outside { said("Target") } else { resolved(folder, &said("Target")) };
            let kind = said("Type").rsplit('/').next().unwrap_or_default().to_owned();
            list.push(Relation { id: said("Id"), kind, target });
        }
        Ok(Self { part: own, text, list })
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = &Relation> {
        self.list.iter()
    }

    /// The first of a kind.
    pub fn first(&self, kind: &str) -> Option<&Relation> {
        self.list.iter().find(|relation| relation.kind == kind)
    }

    /// The part that an id leads to.
    pub fn target(&self, id: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.id == id).map(|relation| relation.target.as_str())
    }

    /// Adds one to a part, `kind` being the whole type; gives its id.
    ///
    /// # Errors
    ///
    /// A list of relations that is no well-formed XML.
    pub fn add(&mut self, kind: &str, target: &str) -> Result<String, PackageError> {
        let taken = |id: &str| self.list.iter().any(|relation| relation.id.eq_ignore_ascii_case(id));
        let id = (self.list.len() + 1..).map(|n| format!("rId{n}")).find(|id| !taken(id)).unwrap_or_default();
        let (mut edits, mut placed) = (Edits::new(), false);
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let prefix = tag.prefix();
            let one =
                format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{}\"/>", escape_attribute(target));
            match tag.kind {
                TagKind::Close if tag.local() == "Relationships" => edits.insert(tag.range.start, one),
                TagKind::Empty if tag.local() == "Relationships" => {
                    edits.replace(tag.range.end - 2..tag.range.end, format!(">{one}</{}>", tag.name));
                }
                _ => continue,
            }
            placed = true;
        }
        if !placed {
            return Err(PackageError::Unexpected(self.part.clone()));
        }
        self.text = edits.apply(&self.text);
        let short = kind.rsplit('/').next().unwrap_or_default().to_owned();
        self.list.push(Relation { id: id.clone(), kind: short, target: target.to_owned() });
        Ok(id)
    }

    /// Takes one away, where it is there.
    ///
    /// # Errors
    ///
    /// As [`Relations::add`].
    pub fn remove(&mut self, id: &str) -> Result<(), PackageError> {
        let mut edits = Edits::new();
        let mut open = None;
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            match (tag.kind, open.take()) {
                (TagKind::Close, Some(from)) => edits.replace(from..tag.range.end, ""),
                _ if tag.local() != "Relationship" || tag.attribute("Id").as_deref() != Some(id) => {}
                (TagKind::Empty, _) => edits.replace(tag.range.clone(), ""),
                _ => open = Some(tag.range.start),
            }
        }
        self.text = edits.apply(&self.text);
        self.list.retain(|relation| relation.id != id);
        Ok(())
    }

    /// Puts them back into the package.
    pub fn write(self, package: &mut Package) {
        package.set_part(&self.part, self.text);
    }
}

/// A target as the package's root sees it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(from_root) = target.strip_prefix('/') {
        return from_root.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(relations: &str) -> Package {
        let mut package = Package::new();
        package.set_part("xl/worksheets/_rels/sheet1.xml.rels", relations);
        package
    }

    #[test]
    fn targets_are_resolved_and_new_ones_are_found_again() {
        let mut package = package(
            "<Relationships><Relationship Id='rId2' Type='http://x/comments' Target='../comments1.xml'/>\
             <Relationship Id='h' Type='http://x/hyperlink' Target='http://y/' TargetMode='External'></Relationship>\
             </Relationships>",
        );
        let mut relations = Relations::of(&package, "xl/worksheets/sheet1.xml").unwrap();
        assert_eq!(relations.first("comments").unwrap().target, "xl/comments1.xml");
        assert_eq!(relations.target("h"), Some("http://y/"));
        let id = relations.add("http://x/vmlDrawing", "xl/drawings/vmlDrawing1.vml").unwrap();
        assert_eq!(id, "rId3");
        relations.remove("h").unwrap();
        relations.write(&mut package);
        let again = Relations::of(&package, "xl/worksheets/sheet1.xml").unwrap();
        let seen: Vec<_> = again.iter().map(|one| (one.id.as_str(), one.target.as_str())).collect();
        assert_eq!(seen, [("rId2", "xl/comments1.xml"), ("rId3", "xl/drawings/vmlDrawing1.vml")]);
    }

    #[test]
    fn a_part_without_relations_gets_them() {
        let mut package = package("<Relationships/>");
        for part in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", ""] {
            let mut relations = Relations::of(&package, part).unwrap();
            assert_eq!(relations.iter().count(), 0);
            assert_eq!(relations.add("http://x/worksheet", "a b.xml").unwrap(), "rId1");
            relations.write(&mut package);
            assert_eq!(Relations::of(&package, part).unwrap().target("rId1"), Some("a b.xml"));
        }
        assert!(package.has("_rels/.rels"));
    }
}
