//! All that a workspace's commands made, down to the parts of packages and of mails.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders, PartType};

/// A part of an output.
pub(super) struct Piece {
    /// The file, and what it is within: `a.eml › b.xlsx › xl/workbook.xml`.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Piece {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Every file below the folders, packages and mails also by their parts.
pub(super) fn outputs(root: &Path, folders: &[&str]) -> Vec<Piece> {
    let mut open: Vec<_> = folders.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()).collect();
    let mut pieces = Vec::new();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false => taken_apart(
                    path.strip_prefix(root).unwrap().to_string_lossy().into_owned(),
                    fs::read(&path).unwrap(),
                    &mut pieces,
                ),
            }
        }
    }
    pieces.sort_by(|a, b| a.name.cmp(&b.name));
    pieces
}

fn taken_apart(name: String, bytes: Vec<u8>, pieces: &mut Vec<Piece>) {
    let within = |part: &str| format!("{name} › {part}");
    if bytes.starts_with(b"PK\x03\x04") {
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for at in 0..zip.len() {
            let mut part = Vec::new();
            let mut file = zip.by_index(at).unwrap();
            file.read_to_end(&mut part).unwrap();
            let inner = within(&file.name().unwrap());
            taken_apart(inner, part, pieces);
        }
    } else if name.ends_with(".eml") {
        let mail = MessageParser::default().parse(&bytes).unwrap();
        for (nth, part) in mail.parts.iter().enumerate() {
            let kind = part.content_type().map(|kind| kind.subtype().unwrap_or_default().to_owned());
            let inner =
                part.attachment_name().map_or_else(|| format!("{nth}.{}", kind.unwrap_or_default()), str::to_owned);
            match &part.body {
                PartType::Multipart(_) => {}
                _ => taken_apart(within(&inner), part.contents().to_vec(), pieces),
            }
        }
    }
    pieces.push(Piece { name, bytes });
}
