//! The places that a run gave, kept with it as `places.json`, so that they can be compared later.

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fault::{at, damaged};
use super::{LedgerError, Run};
use crate::amount::{Fraction, to_f64};

/// The file's name in a run.
pub const PLACES: &str = "places.json";

/// A ranking as a run gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRanking {
    /// Its id: `towns`.
    pub id: String,
    /// The book it ranks.
    pub book: String,
    /// Its title.
    pub title: String,
    /// A row a group, in order of place.
    pub rows: Vec<RecordedRow>,
}

/// A group's row in a recorded ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedRow {
    /// The group's name.
    pub group: String,
    /// Its place; none where it could not be ranked.
    pub place: Option<u32>,
    /// 优, 中 or 差.
    pub grade: Option<String>,
    /// Its figures in the ranking's order.
    pub figures: Vec<RecordedFigure>,
}

/// A figure of a recorded ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedFigure {
    /// The measure's id.
    pub measure: String,
    /// Above the line, in yuan or as a count.
    pub numerator: Option<i64>,
    /// Below the line.
    pub denominator: Option<i64>,
    /// The exact value as `356/1000`; none where it could not be computed.
    pub value: Option<String>,
}

impl RecordedFigure {
    /// The value as exactly as it was computed; `None` where it could not be.
    pub fn exact(&self) -> Option<Fraction> {
        let (over, under) = self.value.as_deref()?.split_once('/')?;
        let under = under.parse().ok().filter(|under| *under != 0)?;
        Some(Fraction::new(over.parse().ok()?, under))
    }

    /// The value as the nearest number that engines know.
    pub fn number(&self) -> Option<f64> {
        self.exact().map(to_f64)
    }
}

/// Rankings as the bytes of `places.json`.
pub fn places_file(rankings: &[RecordedRanking]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let parts = rankings.iter().map(|one| ([&*one.id, &*one.book, &*one.title], one.rows.iter().cloned()));
    write_places(parts, &mut bytes).expect("memory takes what is written to it");
    bytes
}

/// Writes rankings as `places.json`, each by its id, book and title: a row a line, one after another, since a province's
/// ten thousand units in ten rankings are a hundred times as many figures.
///
/// # Errors
///
/// What the writer says.
pub fn write_places<'r, R: Iterator<Item = RecordedRow>>(
    rankings: impl Iterator<Item = ([&'r str; 3], R)>,
    to: &mut impl Write,
) -> Result<(), LedgerError> {
    let written = |to: &mut dyn Write| -> io::Result<()> {
        to.write_all(b"[")?;
        let mut line = Vec::new();
        for (at, ([id, book, title], rows)) in rankings.enumerate() {
            let head = json!({"id": id, "book": book, "title": title});
            let head = head.to_string();
            let between = if at == 0 { "\n" } else { ",\n" };
            write!(to, "{between}{},\"rows\":[", head.trim_end_matches('}'))?;
            for (at, row) in rows.enumerate() {
                line.clear();
                line.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
                serde_json::to_writer(&mut line, &row)?;
                to.write_all(&line)?;
            }
            to.write_all(b"]}")?;
        }
        to.write_all(b"]\n")
    };
    written(to).map_err(at(Path::new(PLACES)))
}

impl Run {
    /// The places that the run gave; none where it recorded none.
    ///
    /// # Errors
    ///
    /// As [`Run::file`].
    pub fn places(&self) -> Result<Vec<RecordedRanking>, LedgerError> {
        let Some(bytes) = self.file(PLACES)? else { return Ok(Vec::new()) };
        let path = self.folder.join(Path::new(PLACES));
        serde_json::from_slice(&bytes).map_err(|error| damaged(&path, error.to_string()))
    }
}
