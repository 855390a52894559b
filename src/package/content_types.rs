//! The list of what each part of a package is.

use super::{Edits, Package, PackageError, TagKind, Tags, escape_attribute};

const PART: &str = "[Content_Types].xml";
const BLANK: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";

/// The content types of a package.
#[derive(Debug, Clone)]
pub struct ContentTypes {
    text: String,
}

impl ContentTypes {
    /// Those of a package; an empty list where it has none.
    ///
    /// # Errors
    ///
    /// A list that is no text.
    pub fn of(package: &Package) -> Result<Self, PackageError> {
        Ok(Self { text: package.text(PART)?.unwrap_or_else(|| BLANK.to_owned()) })
    }

    /// What a part is said to be, by its name or else by its ending.
    ///
    /// # Errors
    ///
    /// A list that is no well-formed XML.
    pub fn of_part(&self, part: &str) -> Result<Option<String>, PackageError> {
        let ending = part.rsplit('.').next().unwrap_or_default();
        let mut by_ending = None;
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let is = |name: &str, value: &str| {
                tag.attribute(name).is_some_and(|known| known.trim_start_matches('/').eq_ignore_ascii_case(value))
            };
            let said = || tag.attribute("ContentType").map(|said| said.into_owned());
            match tag.local() {
                "Override" if is("PartName", part.trim_start_matches('/')) => return Ok(said()),
                "Default" if is("Extension", ending) => by_ending = said(),
                _ => {}
            }
        }
        Ok(by_ending)
    }

    /// Says what a part is, unless its ending says so already.
    ///
    /// # Errors
    ///
    /// As [`ContentTypes::of_part`].
    pub fn add(&mut self, part: &str, content_type: &str) -> Result<(), PackageError> {
        if self.of_part(part)?.as_deref() == Some(content_type) {
            return Ok(());
        }
        let name = escape_attribute(part);
        self.put(false, &format!("Override PartName=\"/{name}\" ContentType=\"{content_type}\""))
    }

    /// Says what all parts of an ending are.
    ///
    /// # Errors
    ///
    /// As [`ContentTypes::of_part`].
    pub fn add_ending(&mut self, ending: &str, content_type: &str) -> Result<(), PackageError> {
        match self.of_part(&format!("any.{ending}"))? {
            Some(_) => Ok(()),
            None => self.put(true, &format!("Default Extension=\"{ending}\" ContentType=\"{content_type}\"")),
        }
    }

    /// Says nothing of a part any longer.
    ///
    /// # Errors
    ///
    /// As [`ContentTypes::of_part`].
    pub fn remove(&mut self, part: &str) -> Result<(), PackageError> {
        let mut edits = Edits::new();
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let named = tag.attribute("PartName");
            let same = named.is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part));
            if tag.kind == TagKind::Empty && tag.local() == "Override" && same {
                edits.replace(tag.range.clone(), "");
            }
        }
        self.text = edits.apply(&self.text);
        Ok(())
    }

    /// Puts them back into the package.
    pub fn write(self, package: &mut Package) {
        package.set_part(PART, self.text);
    }

    /// Endings stand first, as the programs write them.
    fn put(&mut self, first: bool, said: &str) -> Result<(), PackageError> {
        let mut edits = Edits::new();
        for tag in Tags::of(&self.text) {
            let tag = tag?;
            let one = format!("<{}{said}/>", tag.prefix());
            match tag.kind {
                _ if tag.local() != "Types" => {}
                TagKind::Open if first => edits.insert(tag.range.end, one),
                TagKind::Close if !first => edits.insert(tag.range.start, one),
                TagKind::Empty => {
                    edits.replace(tag.range.end - 2..tag.range.end, format!(">{one}</{}>", tag.name));
                }
                _ => {}
            }
        }
        if edits.is_empty() {
            return Err(PackageError::Unexpected(PART.to_owned()));
        }
        self.text = edits.apply(&self.text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_by_name_and_by_ending() {
        let mut types = ContentTypes::of(&Package::new()).unwrap();
        types.add("xl/worksheets/sheet1.xml", "sheet").unwrap();
        types.add_ending("vml", "drawing").unwrap();
        types.add_ending("vml", "something else").unwrap();
        types.add("xl/drawings/a.vml", "drawing").unwrap();
        assert_eq!(types.of_part("/xl/worksheets/Sheet1.xml").unwrap().as_deref(), Some("sheet"));
        assert_eq!(types.of_part("xl/drawings/a.vml").unwrap().as_deref(), Some("drawing"));
        assert_eq!(types.text.matches("<Override").count(), 1, "an ending that says it is enough");
        types.remove("xl/worksheets/sheet1.xml").unwrap();
        assert_eq!(types.of_part("xl/worksheets/sheet1.xml").unwrap(), None);
    }
}
