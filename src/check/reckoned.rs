//! Whether the measures that no SQL can say are stated so that they can be reckoned.

use crate::profile::{Book, Measure, MeasuredIn, Reckoning};

/// What is wrong with a measure that is reckoned from another.
pub(super) fn faults(measure: &Measure, book: &Book) -> Vec<String> {
    let mut faults = Vec::new();
    if !measure.numerator.is_empty() || measure.denominator.is_some() || measure.filter.is_some() {
        faults.push("这一类由程序计算，不写 SQL".into());
    }
    if measure.until.is_some() != (measure.kind == Reckoning::Due) {
        faults.push("until 与 kind = \"due\" 必须同时有或同时没有".into());
    }
    let of = measure.of.as_deref().and_then(|of| book.measures.iter().find(|other| other.id == of));
    match of {
        _ if matches!(measure.kind, Reckoning::Schedule | Reckoning::Score) => {}
        Some(of) if of.kind == Reckoning::Sql => faults.extend(of_sql(measure, of)),
        // A rate against a target is held against the schedule like any other.
        Some(of) if of.kind == Reckoning::OfTarget && measure.kind == Reckoning::Lag => {}
        _ => faults.push("of 须指本账册一个用 SQL 计算的 measure".into()),
    }
    faults
}

/// What is wrong with a measure given the SQL measure that it is reckoned from.
fn of_sql(measure: &Measure, of: &Measure) -> Vec<String> {
    let mut faults = Vec::new();
    let share = of.denominator.is_some();
    if matches!(measure.kind, Reckoning::Lag | Reckoning::CatchUp | Reckoning::Due) && !share {
        faults.push(format!("of 指的“{}”不是比率", of.id));
    }
    let of_amount = measure.kind.needs_target() || matches!(measure.kind, Reckoning::Step | Reckoning::Share);
    if of_amount && share {
        faults.push(format!("of 指的“{}”是比率，应指一个金额或个数", of.id));
    }
    let expected = match measure.kind {
        Reckoning::OfTarget | Reckoning::Share => Some(MeasuredIn::Fraction),
        Reckoning::Target | Reckoning::Left | Reckoning::Pace | Reckoning::Step => Some(of.measured_in),
        Reckoning::Due => Some(MeasuredIn::Yuan),
        _ => None,
    };
    if expected.is_some_and(|expected| expected != measure.measured_in) && !share {
        faults.push("measured_in 不对：目标、差额、均需、环比与 of 的单位相同，完成目标比例和占比用 fraction".into());
    }
    faults
}
