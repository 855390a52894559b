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

    /// Every row is looked at twice, so that nothing but two bytes stands in memory for each: what is stated and what it
    /// comes to are exact fractions of some hundred bytes.
    fn column(&self) -> Option<StatedColumn> {
        let whole = self.spec.whole_of.as_ref().map(|_| self.whole_of_column());
        let glances: Vec<Glance> = self.rows().map(|(row, kind)| self.glance(row, kind, whole)).collect();
        let votes = |percent: bool| glances.iter().filter(|glance| glance.vote == Some(percent)).count();
        let bare_is_percent = votes(true) >= votes(false);
        let mut column = StatedColumn { field: self.spec.field.clone(), figures: Vec::new(), reproduced: 0 };
        for ((row, kind), glance) in self.rows().zip(&glances) {
            if glance.reproduced && glance.vote.is_none_or(|percent| percent == bare_is_percent) {
                column.reproduced += 1;
                continue;
            }
            match self.figure(row, kind, whole, bare_is_percent) {
                Some(figure) if kind == RowKind::Data && figure.verdict == Verdict::Reproduced => {
                    column.reproduced += 1;
                }
                figure => column.figures.extend(figure),
            }
        }
        (column.reproduced > 0 || !column.figures.is_empty()).then_some(column)
    }

    /// What a row says for its column, and whether that holds by itself.
    fn glance(&self, row: &'a Row, kind: RowKind, whole: Option<Option<Printed>>) -> Glance {
        let Some(written) = self.written(row) else { return Glance::default() };
        let Some(recomputed) = self.recomputed(row, whole) else { return Glance::default() };
        let vote = match written {
            Written::Percent(_) => None,
            Written::Bare(number) => Some(is_nearer_as_percent(number, &recomputed)),
        };
        let stated = written.percent(vote.unwrap_or_default());
        let holds = recomputed.verdict(Printed::rounded(stated)) == Verdict::Reproduced;
        Glance { vote, reproduced: kind == RowKind::Data && holds }
    }

    /// A row's stated figure, once it is known what the column's bare numbers are.
    fn figure(
        &self,
        row: &'a Row,
        kind: RowKind,
        whole: Option<Option<Printed>>,
        bare_is_percent: bool,
    ) -> Option<StatedFigure> {
        let stated = self.written(row)?.percent(bare_is_percent);
        let recomputed = self.recomputed(row, whole);
        Some(StatedFigure {
            row: row.number,
            column: self.rate.column,
            field: self.spec.field.clone(),
            of: kind,
            stated,
            recomputed: recomputed.map(|recomputed| recomputed.value),
            verdict: recomputed.map_or(Verdict::NotCheckable, |r| r.verdict(Printed::rounded(stated))),
        })
    }

    fn written(&self, row: &'a Row) -> Option<Written> {
        written(self.sheet.data_cell(row, self.rate.column)?)
    }

    /// A row's rate from what is printed beside it; `whole` is the column's, where the rate is a share of that.
    fn recomputed(&self, row: &'a Row, whole: Option<Option<Printed>>) -> Option<Recomputed> {
        let whole = whole.unwrap_or_else(|| self.number(row, self.whole))?;
        Recomputed::percent(self.number(row, self.part)?, whole)
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

/// What a row says before its column is known.
#[derive(Debug, Clone, Copy, Default)]
struct Glance {
    /// Whether its bare number is a percentage, by what it is made from; `None` where nothing tells.
    vote: Option<bool>,
    /// Whether it is a data row that is reproduced, its number taken as the vote says.
    reproduced: bool,
}

/// Whether a bare number fits what it is made from better as a percentage than as a fraction.
fn is_nearer_as_percent(number: Decimal, recomputed: &Recomputed) -> bool {
    let number = Printed::rounded(number).value();
    let off =
        |value: Fraction| if value > recomputed.value { value - recomputed.value } else { recomputed.value - value };
    off(number) <= off(number * Fraction::from_integer(100))
}
