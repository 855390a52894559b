//! From tables to entries: the rows that can be used, and those set aside with a finding.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::attribute::{Attributes, Unknown};
use super::entry::{Cell, Entry, Source, Tables, cell_of};
use super::names;
use super::units::Roster;
use crate::amount;
use crate::check::Origins;
use crate::finding::{Finding, Level, Place};
use crate::record::{Table, Values};

/// 10万亿元: no county's project; beyond it sums of whole yuan could leave an `i64`.
const GREATEST: i64 = 1_000_000_000_000_000;

/// The tables with amounts that no project can have left empty, and a finding for each; only tables with such amounts
/// are copied.
pub(crate) fn plausible(tables: &[Table]) -> (Vec<Cow<'_, Table>>, Vec<Finding>) {
    let mut kept: Vec<Cow<Table>> = tables.iter().map(Cow::Borrowed).collect();
    let mut findings = Vec::new();
    let beyond = |cell: Option<i64>| cell.is_some_and(|yuan| yuan.unsigned_abs() > GREATEST.unsigned_abs());
    for (t, table) in tables.iter().enumerate() {
        for (c, column) in table.columns.iter().enumerate() {
            let (Values::Amount(cells) | Values::Count(cells)) = &column.values else { continue };
            for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| beyond(*cell)) {
                let place = Place::sheet(&table.file, &table.sheet).at_column(column.column).of_field(&column.field);
                let place = table.rows.get(at).map_or(place.clone(), |&row| place.at_row(row));
                let shown = cell.map(amount::wan).unwrap_or_default();
                let message = format!("数值大得不可能：{shown}万元，未采用");
                findings.push(Finding::new(
                    Level::Error,
                    "amount.impossible",
                    place,
                    message,
                    "请核对计量单位和位数后改正",
                ));
                if let Values::Amount(cells) | Values::Count(cells) = &mut kept[t].to_mut().columns[c].values {
                    cells.clear(at);
                }
            }
        }
    }
    (kept, findings)
}

/// What became of the rows of a book.
#[derive(Debug, Default)]
pub(crate) struct Gathered<'a> {
    /// The rows that can be used, in order of file, sheet and row.
    pub(crate) entries: Vec<Entry<'a>>,
    /// How many rows of each table (by its number among the book's) were set aside.
    pub(crate) set_aside: BTreeMap<usize, usize>,
    /// Why, and what else is in doubt.
    pub(crate) findings: Vec<Finding>,
}

/// The rows of a book's tables as entries.
pub(crate) fn gather<'a>(tables: &Tables<'a>, roster: &Roster, origins: &Origins) -> Gathered<'a> {
    let mut gathered = Gathered::default();
    let mut unknown = Unknown::default();
    let mut rows = Rows::of(tables, roster);
    for (number, (_, table)) in tables.tables.iter().enumerate() {
        if let Some(finding) = lacks_required(tables, table) {
            gathered.findings.push(finding);
            gathered.set_aside.insert(number, table.rows.len());
            continue;
        }
        gathered.findings.extend(unknown_reporter(table, roster));
        for at in 0..table.rows.len() {
            let source = Source::of(number, at);
            match rows.entry(source, &mut unknown) {
                Some(entry) => gathered.entries.push(entry),
                None => {
                    gathered.findings.push(nameless(tables, source, origins));
                    *gathered.set_aside.entry(number).or_default() += 1;
                }
            }
        }
    }
    gathered.findings.extend(unknown.findings(tables, origins));
    gathered
}

/// The rows of a book's tables.
struct Rows<'t, 'a> {
    attributes: Attributes<'t, 'a>,
    /// The columns of the subject, of what tells it apart, of the platform code.
    subject: Vec<Option<&'a Values>>,
    told_by: Vec<Vec<Option<&'a Values>>>,
    code: Vec<Option<&'a Values>>,
}

impl<'t, 'a> Rows<'t, 'a> {
    fn of(tables: &'t Tables<'a>, roster: &'t Roster) -> Self {
        Self {
            attributes: Attributes::of(tables, roster),
            subject: tables.column(&tables.book.subject),
            told_by: tables.book.told_by.iter().map(|field| tables.column(field)).collect(),
            code: tables.column("code"),
        }
    }

    /// A row as an entry; `None` where nothing says what it is about.
    fn entry(&mut self, source: Source, unknown: &mut Unknown) -> Option<Entry<'a>> {
        let mut name = Some(names::project_in(text(&self.subject, source)?)).filter(|name| !name.is_empty())?;
        for other in self.told_by.iter().filter_map(|column| text(column, source)) {
            name = Cow::Owned(format!("{name}/{}", names::project_in(other)));
        }
        let code = text(&self.code, source).and_then(names::code_in);
        Some(Entry::new(source, self.attributes.attribute(source, unknown), name, code))
    }
}

/// The text of a record in a column.
fn text<'a>(column: &[Option<&'a Values>], source: Source) -> Option<&'a str> {
    match cell_of(column[source.table()]?, source.at())? {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// That a sheet lacks columns without which its rows cannot be used.
fn lacks_required(tables: &Tables, table: &Table) -> Option<Finding> {
    let missing: Vec<&str> = tables
        .book
        .fields
        .iter()
        .filter(|field| field.required && table.column(&field.id).is_none())
        .map(|field| field.title.as_str())
        .collect();
    if missing.is_empty() || table.rows.is_empty() {
        return None;
    }
    let message = format!("缺少必需的列：{}；本表{}行未汇总", missing.join("、"), table.rows.len());
    let place = Place::sheet(&table.file, &table.sheet);
    Some(Finding::new(Level::Error, "column.required", place, message, "请补上这些列，或核对表头写法后重报"))
}

/// That nobody knows who reported a sheet.
fn unknown_reporter(table: &Table, roster: &Roster) -> Option<Finding> {
    let place = Place::sheet(&table.file, &table.sheet);
    let name = table.reporting_unit.trim();
    if name.is_empty() {
        let advice = "请在表头写明填报单位，或以单位名称命名文件";
        return Some(Finding::new(Level::Query, "unit.untold", place, "看不出填报单位", advice));
    }
    let unknown = roster.given && roster.find(name).is_none();
    let advice = "请核对名称，或在设置表“单位”中补上名称或别名；暂按所填名称统计";
    unknown
        .then(|| Finding::new(Level::Query, "unit.unknown", place, format!("单位名单中没有填报单位“{name}”"), advice))
}

/// That a row does not say what it is about.
fn nameless(tables: &Tables, source: Source, origins: &Origins) -> Finding {
    let subject = &tables.book.subject;
    let title = tables.book.field(subject).map_or(subject.as_str(), |field| field.title.as_str());
    let place = origins.cell(&tables.place(source), subject);
    Finding::new(
        Level::Error,
        "subject.missing",
        place,
        format!("没有{title}，本行未汇总"),
        format!("请补填{title}；不是数据行的请删去"),
    )
}
