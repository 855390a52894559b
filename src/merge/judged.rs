//! Rows as a schedule judges them: how far each should have come, and the columns derived from that.
//!
//! Takes a frame with all columns but these, or with those of another schedule, gives it with them.

use polars::prelude::{Column, DataFrame, DataType, IntoLazy, NamedFrom, Series, col};

use super::frame::same_whole;
use crate::amount::fraction;
use crate::check::by_text::by_text;
use crate::check::few::fewer;
use crate::check::sql;
use crate::period::Period;
use crate::profile::{Book, County, Kind, Schedule};

/// Room for the whole numbers that book files multiply the two columns with, beside amounts.
const ROOM: i64 = 100;

/// The number of a row while its own plan is summed; no book can have a field of that name.
const ROW: &str = "the row";

/// The columns of the schedule that shares are kept in.
type Columns = (Vec<Option<i64>>, Vec<Option<i64>>);

/// A book's rows with `schedule_num`, `schedule_den` and the derived columns by a schedule.
pub(crate) fn judged(
    mut frame: DataFrame,
    book: &Book,
    county: &County,
    schedule: &Schedule,
    period: Period,
) -> Result<DataFrame, String> {
    let error = |error: polars::prelude::PolarsError| error.to_string();
    let height = frame.height();
    let [num, den] = ["schedule_num", "schedule_den"];
    let columns = match county.share(schedule, period) {
        Some(share) => [same_whole(num, share.numerator, height), same_whole(den, share.denominator, height)],
        None => match own_plans(&frame, book, schedule) {
            Ok((above, below)) => {
                [(num, above), (den, below)].map(|(name, cells)| Series::new(name.into(), cells).into())
            }
            // A book without the plan's columns has no schedule; where it needs one, its profile is refused.
            Err(_) => [num, den].map(|name| Column::full_null(name.into(), height, &DataType::Int64)),
        },
    };
    for column in columns {
        frame.with_column(column).map_err(error)?;
    }
    for derived in &book.derived {
        let expr = sql::over(&derived.sql, frame.schema())?;
        let (asked, exprs) = by_text(&frame, vec![expr.alias(derived.id.as_str())]).map_err(error)?;
        let judged = asked.lazy().with_columns(exprs).collect().map_err(error)?;
        let column = judged.column(&derived.id).map_err(error)?;
        frame.with_column(fewer(column).unwrap_or_else(|| column.clone())).map_err(error)?;
    }
    Ok(frame)
}

/// Each row's own planned share in lowest terms; null where the row does not say it.
fn own_plans(frame: &DataFrame, book: &Book, schedule: &Schedule) -> Result<Columns, String> {
    let error = |error: polars::prelude::PolarsError| error.to_string();
    let sum = |text: &Option<String>, name: &str| {
        let text = text.as_deref().unwrap_or_default();
        sql::over(text, frame.schema()).map(|expr| expr.cast(DataType::Int64).alias(name))
    };
    let sums = [sum(&schedule.numerator, "above")?, sum(&schedule.denominator, "below")?];
    let mut rows = frame.clone();
    let numbers: Vec<i64> = (0..).take(frame.height()).collect();
    rows.with_column(Column::from(Series::new(ROW.into(), numbers))).map_err(error)?;
    let summed = rows.lazy().group_by_stable([col(ROW)]).agg(sums).collect().map_err(error)?;
    let cells = |name: &str| summed.column(name).and_then(|column| column.i64().cloned()).map_err(error);
    let (above, below) = (cells("above")?, cells("below")?);
    let largest = largest_amounts(frame, book);
    let share = |row: usize| -> Option<(i64, i64)> {
        let share = fraction(above.get(row)?, below.get(row)?)?;
        let (above, below) = (i64::try_from(*share.numer()).ok()?, i64::try_from(*share.denom()).ok()?);
        // SQL multiplies in 64 bits: what would not fit there is not judged at all.
        let widest = above.checked_abs()?.max(below).checked_mul(ROOM)?;
        widest.checked_mul(largest[row]).map(|_| (above, below))
    };
    Ok((0..frame.height())
        .map(share)
        .map(|share| (share.map(|(above, _)| above), share.map(|(_, below)| below)))
        .unzip())
}

/// The largest amount of each row, at least 1.
fn largest_amounts(frame: &DataFrame, book: &Book) -> Vec<i64> {
    let mut largest = vec![1i64; frame.height()];
    let amounts = book.fields.iter().filter(|field| field.kind == Kind::Amount);
    for cells in amounts.filter_map(|field| frame.column(&field.id).ok()?.i64().ok()) {
        for (most, cell) in largest.iter_mut().zip(cells.iter()) {
            *most = cell.map_or(*most, |cell| cell.checked_abs().map_or(i64::MAX, |cell| cell.max(*most)));
        }
    }
    largest
}
