//! Values of tables and the figures that sheets state, as bytes and back.

use num_rational::Ratio;
use rust_decimal::Decimal;

use super::codec::{read_kind, write_kind};
use super::wire::{Reader, Writer};
use crate::amount::Fraction;
use crate::record::{Date, Numbers, StatedColumn, StatedFigure, Texts, Values};
use crate::stated::Verdict;

/// Verdicts, in the order of the bytes that stand for them.
const VERDICTS: [Verdict; 6] = [
    Verdict::Reproduced,
    Verdict::FromRounded,
    Verdict::Truncated,
    Verdict::WithinRounding,
    Verdict::NotReproduced,
    Verdict::NotCheckable,
];

/// The byte of an empty cell, whatever its column's kind.
const EMPTY: u8 = 0;

/// Writes a column's values: its kind, then cell by cell.
pub(super) fn write_values<'t>(out: &mut Writer<'t>, values: &'t Values) {
    match values {
        Values::Amount(cells) => write_cells(out, 0, cells, write_whole),
        Values::Number(cells) => write_cells(out, 1, cells, |out, number| out.u64(number.to_bits())),
        Values::Count(cells) => write_cells(out, 2, cells, write_whole),
        Values::Date(cells) => {
            out.byte(3);
            out.all(cells, |out, cell| match cell {
                Some(date) => write_date(out, *date),
                None => out.byte(EMPTY),
            });
        }
        Values::Text(cells) => {
            out.byte(4);
            write_texts(out, cells);
        }
    }
}

/// Writes texts, cell by cell.
pub(super) fn write_texts<'t>(out: &mut Writer<'t>, texts: &'t Texts) {
    out.count(texts.len());
    texts.iter().for_each(|cell| out.option(cell.map(AsRef::as_ref), Writer::text));
}

/// Reads what [`write_texts`] wrote.
pub(super) fn read_texts(from: &mut Reader) -> Option<Texts> {
    Some(from.all(|from| from.option(Reader::text))?.into_iter().collect())
}

fn write_cells<T: Copy + Default>(out: &mut Writer, kind: u8, cells: &Numbers<T>, one: fn(&mut Writer, T)) {
    out.byte(kind);
    out.count(cells.len());
    cells.iter().for_each(|cell| out.option(cell, one));
}

fn write_whole(out: &mut Writer, whole: i64) {
    out.bytes(&whole.to_le_bytes());
}

/// Reads what [`write_values`] wrote.
pub(super) fn read_values(from: &mut Reader) -> Option<Values> {
    let whole = |from: &mut Reader| from.option(|from| Some(i64::from_le_bytes(from.array()?)));
    let real = |from: &mut Reader| from.option(|from| Some(f64::from_bits(from.u64()?)));
    Some(match from.byte()? {
        0 => Values::Amount(from.all(whole)?.into_iter().collect()),
        1 => Values::Number(from.all(real)?.into_iter().collect()),
        2 => Values::Count(from.all(whole)?.into_iter().collect()),
        3 => Values::Date(from.all(read_date)?),
        4 => Values::Text(read_texts(from)?),
        _ => return None,
    })
}

fn write_date(out: &mut Writer, date: Date) {
    let (kind, year, parts) = match date {
        Date::Day(year, month, day) => (1, year, vec![month, day]),
        Date::Month(year, month) => (2, year, vec![month]),
        Date::Quarter(year, quarter) => (3, year, vec![quarter]),
        Date::Half(year, half) => (4, year, vec![half]),
        Date::Year(year) => (5, year, Vec::new()),
    };
    out.byte(kind);
    out.bytes(&year.to_le_bytes());
    for part in parts {
        out.byte(part);
    }
}

/// A cell of a date column; one that is no date, such as the 13th month, is damage.
fn read_date(from: &mut Reader) -> Option<Option<Date>> {
    let kind = from.byte()?;
    if kind == EMPTY {
        return Some(None);
    }
    let year = i32::from_le_bytes(from.array()?);
    let mut part = || from.byte();
    let date = match kind {
        1 => Date::Day(year, part()?, part()?),
        2 => Date::Month(year, part()?),
        3 => Date::Quarter(year, part()?),
        4 => Date::Half(year, part()?),
        5 => Date::Year(year),
        _ => return None,
    };
    Some(Some(date))
}

/// Writes a stated column.
pub(super) fn write_stated<'t>(out: &mut Writer<'t>, column: &'t StatedColumn) {
    let StatedColumn { field, figures, reproduced } = column;
    out.text(field);
    out.u64(*reproduced as u64);
    out.all(figures, |out, figure| {
        let StatedFigure { row, column, field, of, stated, recomputed, verdict } = figure;
        out.u32(*row);
        out.u32(*column);
        out.text(field);
        write_kind(out, *of);
        out.bytes(&stated.serialize());
        out.option(*recomputed, |out, value| {
            out.bytes(&value.numer().to_le_bytes());
            out.bytes(&value.denom().to_le_bytes());
        });
        out.byte(VERDICTS.iter().position(|known| known == verdict).expect("all verdicts are listed") as u8);
    });
}

/// Reads what [`write_stated`] wrote.
pub(super) fn read_stated(from: &mut Reader) -> Option<StatedColumn> {
    let (field, reproduced) = (from.string()?, usize::try_from(from.u64()?).ok()?);
    let figures = from.all(|from| {
        Some(StatedFigure {
            row: from.u32()?,
            column: from.u32()?,
            field: from.string()?,
            of: read_kind(from)?,
            stated: Decimal::deserialize(from.array()?),
            recomputed: from.option(read_fraction)?,
            verdict: *VERDICTS.get(usize::from(from.byte()?))?,
        })
    })?;
    Some(StatedColumn { field, figures, reproduced })
}

fn read_fraction(from: &mut Reader) -> Option<Fraction> {
    let (above, below) = (i128::from_le_bytes(from.array()?), i128::from_le_bytes(from.array()?));
    // Written in lowest terms, it is read as it is.
    (below > 0).then(|| Ratio::new_raw(above, below))
}
