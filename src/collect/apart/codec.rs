//! What a reader and its caller write to one another.
//!
//! Takes sheets and findings, gives bytes, and the other way round. Both ends are the same program;
//! even so what is read is not trusted: a count reserves nothing, and no text is longer than a bound.

use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::collect::grid::{Cell, Grid, Merge, Row, Shown, Value};
use crate::collect::mail::Mail;
use crate::collect::reading::Sheets;
use crate::finding::{Finding, Level, Place};

/// No text of a cell, a name or a finding is longer; the text of all cells has its own limit.
const LONGEST_TEXT: u32 = 1 << 30;

/// Writes what was read of a file.
pub(super) fn write_sheets(out: &mut impl Write, sheets: &Sheets) -> io::Result<()> {
    write_all(out, &sheets.grids, write_grid)?;
    write_all(out, &sheets.findings, write_finding)?;
    let properties: Vec<(&String, &String)> = sheets.properties.iter().collect();
    write_all(out, &properties, |out, (name, text)| {
        write_text(out, name)?;
        write_text(out, text)
    })
}

/// Reads what [`write_sheets`] wrote.
pub(super) fn read_sheets(from: &mut impl Read) -> io::Result<Sheets> {
    let (grids, findings) = (read_all(from, read_grid)?, read_all(from, read_finding)?);
    let properties = read_all(from, |from| Ok((read_text(from)?, read_text(from)?)))?;
    Ok(Sheets { grids, findings, properties: properties.into_iter().collect() })
}

/// Writes the workbook in a locked one, if there is one.
pub(super) fn write_package(out: &mut impl Write, package: Option<&[u8]>) -> io::Result<()> {
    write_option(out, package, write_bytes)
}

/// Reads what [`write_package`] wrote.
pub(super) fn read_package(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    read_option(from, read_bytes)
}

/// Writes what a mail says, and the files that it brings, or why it was not read.
pub(super) fn write_mail(out: &mut impl Write, read: Result<&Mail, &Finding>) -> io::Result<()> {
    out.write_all(&[u8::from(read.is_ok())])?;
    match read {
        Ok(mail) => {
            write_text(out, &serde_json::to_string(mail)?)?;
            mail.files.iter().try_for_each(|file| write_bytes(out, &file.bytes))
        }
        Err(finding) => write_finding(out, finding),
    }
}

/// Reads what [`write_mail`] wrote.
pub(super) fn read_mail(from: &mut impl Read) -> io::Result<Result<Mail, Finding>> {
    if !read_bool(from)? {
        return Ok(Err(read_finding(from)?));
    }
    let mut mail: Mail = serde_json::from_str(&read_text(from)?)?;
    for file in &mut mail.files {
        file.bytes = read_bytes(from)?;
    }
    Ok(Ok(mail))
}

fn write_bytes(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    write_u32(out, u32::try_from(bytes.len()).map_err(|_| broken())?)?;
    out.write_all(bytes)
}

fn read_bytes(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = read_u32(from)?;
    let mut bytes = Vec::new();
    from.take(length.into()).read_to_end(&mut bytes)?;
    if bytes.len() == length as usize { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// What makes no sense where it stands.
fn broken() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn write_all<W: Write, T>(out: &mut W, all: &[T], one: impl Fn(&mut W, &T) -> io::Result<()>) -> io::Result<()> {
    write_u32(out, u32::try_from(all.len()).map_err(|_| broken())?)?;
    all.iter().try_for_each(|each| one(out, each))
}

fn read_all<R: Read, T>(from: &mut R, one: impl Fn(&mut R) -> io::Result<T>) -> io::Result<Vec<T>> {
    let count = read_u32(from)?;
    let mut all = Vec::with_capacity(count.min(64) as usize);
    for _ in 0..count {
        all.push(one(from)?);
    }
    Ok(all)
}

fn write_u32(out: &mut impl Write, number: u32) -> io::Result<()> {
    out.write_all(&number.to_le_bytes())
}

fn read_u32(from: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    from.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_f64(from: &mut impl Read) -> io::Result<f64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    Ok(f64::from_le_bytes(bytes))
}

/// A byte.
pub(super) fn read_u8(from: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    from.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn read_bool(from: &mut impl Read) -> io::Result<bool> {
    Ok(read_u8(from)? != 0)
}

fn write_text(out: &mut impl Write, text: &str) -> io::Result<()> {
    let length = u32::try_from(text.len()).ok().filter(|length| *length <= LONGEST_TEXT).ok_or_else(broken)?;
    write_u32(out, length)?;
    out.write_all(text.as_bytes())
}

fn read_text(from: &mut impl Read) -> io::Result<String> {
    let length = read_u32(from)?;
    if length > LONGEST_TEXT {
        return Err(broken());
    }
    let mut bytes = Vec::with_capacity(length.min(1 << 16) as usize);
    from.take(length.into()).read_to_end(&mut bytes)?;
    match bytes.len() == length as usize {
        true => String::from_utf8(bytes).map_err(|_| broken()),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn read_name(from: &mut impl Read) -> io::Result<Arc<str>> {
    Ok(read_text(from)?.into())
}

fn write_option<W: Write, T>(
    out: &mut W,
    value: Option<T>,
    one: impl Fn(&mut W, T) -> io::Result<()>,
) -> io::Result<()> {
    out.write_all(&[u8::from(value.is_some())])?;
    value.map_or(Ok(()), |value| one(out, value))
}

fn read_option<R: Read, T>(from: &mut R, one: impl Fn(&mut R) -> io::Result<T>) -> io::Result<Option<T>> {
    read_bool(from)?.then(|| one(from)).transpose()
}

fn write_grid(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    // Taken apart whole, so that a part that is added cannot be forgotten here.
    let Grid { sheet, hidden, rows, merges, hidden_rows, hidden_columns, widths } = grid;
    write_text(out, sheet)?;
    out.write_all(&[u8::from(*hidden)])?;
    write_all(out, rows, |out, row| {
        write_u32(out, row.number)?;
        write_all(out, &row.cells, write_cell)
    })?;
    write_all(out, merges, |out, merge| {
        [merge.top, merge.left, merge.bottom, merge.right].iter().try_for_each(|number| write_u32(out, *number))
    })?;
    for hidden in [hidden_rows, hidden_columns] {
        let numbers: Vec<u32> = hidden.iter().copied().collect();
        write_all(out, &numbers, |out, number| write_u32(out, *number))?;
    }
    write_all(out, widths, |out, (first, last, width)| {
        write_u32(out, *first)?;
        write_u32(out, *last)?;
        out.write_all(&width.to_le_bytes())
    })
}

fn read_grid(from: &mut impl Read) -> io::Result<Grid> {
    Ok(Grid {
        sheet: read_name(from)?,
        hidden: read_bool(from)?,
        rows: read_all(from, |from| Ok(Row { number: read_u32(from)?, cells: read_all(from, read_cell)? }))?,
        merges: read_all(from, |from| {
            let [top, left, bottom, right] = [read_u32(from)?, read_u32(from)?, read_u32(from)?, read_u32(from)?];
            Ok(Merge { top, left, bottom, right })
        })?,
        hidden_rows: read_all(from, read_u32)?.into_iter().collect(),
        hidden_columns: read_all(from, read_u32)?.into_iter().collect(),
        widths: read_all(from, |from| Ok((read_u32(from)?, read_u32(from)?, read_f64(from)?)))?,
    })
}

/// The kinds of values, by the byte that stands for each.
mod kind {
    pub(super) const TEXT: u8 = 0;
    pub(super) const NUMBER: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const TRUE: u8 = 3;
    pub(super) const DATE: u8 = 4;
    pub(super) const ERROR: u8 = 5;
    pub(super) const UNCALCULATED: u8 = 6;
}

fn write_cell(out: &mut impl Write, cell: &Cell) -> io::Result<()> {
    write_u32(out, cell.column)?;
    let (shown, decimals) = match cell.shown {
        Shown::Plain => (0, 0),
        Shown::Percent => (1, 0),
        Shown::Day => (2, 0),
        Shown::Month => (3, 0),
        Shown::Year => (4, 0),
        Shown::Decimals(decimals) => (5, decimals),
    };
    let kind = match &cell.value {
        Value::Text(_) => kind::TEXT,
        Value::Number(_) => kind::NUMBER,
        Value::Bool(false) => kind::FALSE,
        Value::Bool(true) => kind::TRUE,
        Value::Date(_) => kind::DATE,
        Value::Error(_) => kind::ERROR,
        Value::Uncalculated => kind::UNCALCULATED,
    };
    out.write_all(&[kind, shown, decimals, u8::from(cell.formula)])?;
    match &cell.value {
        Value::Text(text) | Value::Error(text) => write_text(out, text),
        Value::Number(number) | Value::Date(number) => out.write_all(&number.to_le_bytes()),
        Value::Bool(_) | Value::Uncalculated => Ok(()),
    }
}

fn read_cell(from: &mut impl Read) -> io::Result<Cell> {
    let column = read_u32(from)?;
    let mut head = [0; 4];
    from.read_exact(&mut head)?;
    let [kind, shown, decimals, formula] = head;
    let shown = match shown {
        0 => Shown::Plain,
        1 => Shown::Percent,
        2 => Shown::Day,
        3 => Shown::Month,
        4 => Shown::Year,
        5 => Shown::Decimals(decimals),
        _ => return Err(broken()),
    };
    let value = match kind {
        kind::TEXT => Value::Text(read_text(from)?.into()),
        kind::NUMBER => Value::Number(read_f64(from)?),
        kind::FALSE => Value::Bool(false),
        kind::TRUE => Value::Bool(true),
        kind::DATE => Value::Date(read_f64(from)?),
        kind::ERROR => Value::Error(read_text(from)?.into()),
        kind::UNCALCULATED => Value::Uncalculated,
        _ => return Err(broken()),
    };
    Ok(Cell { column, value, shown, formula: formula != 0 })
}

/// What a reader says of a file has no answer yet.
fn write_finding(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let place = &finding.place;
    write_text(out, &place.file)?;
    write_option(out, place.sheet.as_deref(), |out, text| write_text(out, text))?;
    write_option(out, place.row(), |out, row| write_u32(out, row))?;
    write_option(out, place.column(), |out, column| write_u32(out, column))?;
    write_option(out, place.field.as_deref(), |out, text| write_text(out, text))?;
    let level = Level::ALL.iter().position(|level| *level == finding.level).unwrap_or_default();
    out.write_all(&[level as u8])?;
    write_text(out, &finding.rule)?;
    write_text(out, &finding.message)?;
    write_text(out, &finding.advice)?;
    write_option(out, finding.project().map(|project| &**project), |out, text| write_text(out, text))
}

fn read_finding(from: &mut impl Read) -> io::Result<Finding> {
    let place = Place::within_file(read_name(from)?, read_option(from, read_name)?);
    let place = place.within(read_option(from, read_u32)?, read_option(from, read_u32)?);
    let place = place.with_field(read_option(from, read_name)?);
    let level = *Level::ALL.get(usize::from(read_u8(from)?)).ok_or_else(broken)?;
    let (rule, message, advice) = (read_text(from)?, read_text(from)?, read_text(from)?);
    let project = read_option(from, read_name)?;
    Ok(Finding::new(level, rule, place, message, advice).about(project.as_deref().unwrap_or_default()))
}
