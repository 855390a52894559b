//! The rates, shares and totals that a sheet states, recomputed from what is printed beside them.

use rust_decimal::Decimal;

use crate::amount::{self, Fraction};
use crate::collect::{Cell, Row, Shown, Value};
use crate::layout::{Column, Layout, MoneyUnit, RowKind, Sheet};
use crate::profile::{Book, Kind, StatedRate};
use crate::stated::{Printed, Recomputed, Verdict};
use crate::value::{Rate, read_money, read_rate};

/// Decimals beyond these are the residue of a formula, not a statement.
const DECIMALS: u32 = 8;

/// A rate beyond this, in percent, is no rate.
const LARGEST: i64 = 1_000_000_000;

/// A figure that a sheet states, with what recomputing it gave.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigure {
    /// Its cell's row, from 1.
    pub row: u32,
    /// Its cell's column, A is 1.
    pub column: u32,
    /// The field that states it.
    pub field: String,
    /// What its row is: data, subtotal, total.
    pub of: RowKind,
    /// As stated: in percent for rates, in 万元 for totals.
    pub stated: Decimal,
    /// As recomputed, unrounded, in the same unit; `None` where it cannot be.
    pub recomputed: Option<Fraction>,
    /// How the two relate.
    pub verdict: Verdict,
}

/// The stated figures of one column: those that are not plainly right one by one, the others counted.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedColumn {
    /// The field that states them.
    pub field: String,
    /// Every figure of a total or subtotal, and of a data row each that is not reproduced as it stands.
    pub figures: Vec<StatedFigure>,
    /// How many data rows' figures were reproduced as they stand.
    pub reproduced: usize,
}

/// Recomputes the rates and shares that a book's sheets state.
pub(super) fn columns(sheet: &Sheet, layout: &Layout, book: &Book) -> Vec<StatedColumn> {
    book.stated.iter().filter_map(|spec| Reader::new(sheet, layout, book, spec)?.column()).collect()
}

/// A stated column on its way.
struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    layout: &'a Layout,
    spec: &'a StatedRate,
    rate: &'a Column,
    part: (&'a Column, Kind),
    whole: (&'a Column, Kind),
}

impl<'a> Reader<'a> {
    fn new(sheet: &'a Sheet, layout: &'a Layout, book: &'a Book, spec: &'a StatedRate) -> Option<Self> {
        let column = |field: &str| {
            let column = layout.columns.iter().find(|column| column.field.as_deref() == Some(field))?;
            // On a card the cells of a column are no column.
            column.row.is_none().then_some((column, book.field(field)?.kind))
        };
        let whole = column(spec.whole.as_ref().or(spec.whole_of.as_ref())?)?;
        Some(Self { sheet, layout, spec, rate: column(&spec.field)?.0, part: column(&spec.part)?, whole })
    }

    fn column(&self) -> Option<StatedColumn> {
        let stated: Vec<(&Row, RowKind, Written)> = self
            .rows()
            .filter_map(|(row, kind)| Some((row, kind, written(self.sheet.data_cell(row, self.rate.column)?)?)))
            .collect();
        let whole = self.spec.whole_of.as_ref().map(|_| self.whole_of_column());
        let recomputed: Vec<Option<Recomputed>> = stated
            .iter()
            .map(|(row, _, _)| {
                let whole = whole.unwrap_or_else(|| self.number(row, self.whole))?;
                Recomputed::percent(self.number(row, self.part)?, whole)
            })
            .collect();
        let as_percent = bare_is_percent(stated.iter().map(|(_, _, written)| written).zip(&recomputed));
        let mut column = StatedColumn { field: self.spec.field.clone(), figures: Vec::new(), reproduced: 0 };
        for ((row, kind, written), recomputed) in stated.into_iter().zip(recomputed) {
            let stated = written.percent(as_percent);
            let verdict = recomputed.map_or(Verdict::NotCheckable, |r| r.verdict(Printed::rounded(stated)));
            if kind == RowKind::Data && verdict == Verdict::Reproduced {
                column.reproduced += 1;
                continue;
            }
            column.figures.push(StatedFigure {
                row: row.number,
                column: self.rate.column,
                field: self.spec.field.clone(),
                of: kind,
                stated,
                recomputed: recomputed.map(|recomputed| recomputed.value),
                verdict,
            });
        }
        (column.reproduced > 0 || !column.figures.is_empty()).then_some(column)
    }

    fn rows(&self) -> impl Iterator<Item = (&'a Row, RowKind)> {
        let layout = self.layout;
        self.sheet.grid.rows.iter().filter_map(move |row| {
            let kind = layout.kind(row.number)?;
            matches!(kind, RowKind::Data | RowKind::Subtotal | RowKind::Total).then_some((row, kind))
        })
    }

    /// A column's total as printed; where it prints none, the sum of its rows.
    fn whole_of_column(&self) -> Option<Printed> {
        let of = |kind: RowKind| self.rows().filter(move |row| row.1 == kind);
        let total = of(RowKind::Total).find_map(|(row, _)| self.number(row, self.whole));
        total.or_else(|| of(RowKind::Data).filter_map(|(row, _)| self.number(row, self.whole)).reduce(|a, b| a + b))
    }

    /// A row's number in a column, amounts in yuan; counts were never rounded.
    fn number(&self, row: &Row, (column, kind): (&Column, Kind)) -> Option<Printed> {
        let cell = self.sheet.data_cell(row, column.column)?;
        let (number, unit) = match &cell.value {
            Value::Number(number) => (amount::decimal(*number)?, None),
            Value::Text(text) => read_money(text).value().map(|money| (money.number, money.unit))?,
            _ => return None,
        };
        let yuan = unit.or(column.measured_in).unwrap_or(MoneyUnit::Wan).in_yuan();
        // What is too large for money is no number to reckon with, and was told so when it was read.
        amount::yuan(number, yuan)?;
        let number = number.round_dp(DECIMALS);
        match kind {
            Kind::Count => Some(Printed::exact(number)),
            Kind::Amount => Some(Printed::rounded(number).times(yuan)),
            _ => Some(Printed::rounded(number)),
        }
    }
}

/// A rate as its cell has it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    /// 35.6 of `35.6%`, or of 0.356 shown with a percent sign.
    Percent(Decimal),
    /// 35.6 or 0.356: the column decides.
    Bare(Decimal),
}

impl Written {
    fn percent(self, bare_is_percent: bool) -> Decimal {
        let number = match self {
            Self::Percent(number) => number,
            Self::Bare(number) if bare_is_percent => number,
            Self::Bare(number) => hundredfold(number),
        };
        number.round_dp(DECIMALS)
    }
}

fn written(cell: &Cell) -> Option<Written> {
    let possible = |written: &Written| {
        let (Written::Percent(number) | Written::Bare(number)) = written;
        number.abs() < Decimal::from(LARGEST)
    };
    as_it_stands(cell).filter(possible)
}

fn as_it_stands(cell: &Cell) -> Option<Written> {
    match (&cell.value, cell.shown) {
        (Value::Number(number), Shown::Percent) => Some(Written::Percent(hundredfold(amount::decimal(*number)?))),
        (Value::Number(number), _) => Some(Written::Bare(amount::decimal(*number)?)),
        (Value::Text(text), _) => match read_rate(text).value()? {
            Rate::Bare(number) => Some(Written::Bare(number)),
            Rate::Fraction(number) => Some(Written::Percent(hundredfold(number))),
        },
        _ => None,
    }
}

/// 0.3560 is 35.60: the point moves, the decimals written stay.
fn hundredfold(number: Decimal) -> Decimal {
    let mut moved = number;
    match number.scale().checked_sub(2).map(|scale| moved.set_scale(scale)) {
        Some(Ok(())) => moved,
        _ => (number * Decimal::ONE_HUNDRED).normalize(),
    }
}

/// Whether the bare numbers of a column are percentages: as most of them fit what they are made from.
fn bare_is_percent<'a>(column: impl Iterator<Item = (&'a Written, &'a Option<Recomputed>)>) -> bool {
    let hundred = Fraction::from_integer(100);
    let (mut percents, mut fractions) = (0usize, 0usize);
    for (written, recomputed) in column {
        let (Written::Bare(number), Some(recomputed)) = (written, recomputed) else { continue };
        let number = Printed::rounded(*number).value();
        let off = |value: Fraction| {
            if value > recomputed.value { value - recomputed.value } else { recomputed.value - value }
        };
        if off(number) <= off(number * hundred) {
            percents += 1;
        } else {
            fractions += 1;
        }
    }
    percents >= fractions
}
