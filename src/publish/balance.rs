//! 舍位平衡: amounts as shown made to add up to their total as shown.
//!
//! Takes the rows of a column and its total, in 万元; what rounding leaves over goes to one addend. Where the
//! unrounded parts do not add up to the total (a project counted for two leaders), nothing is changed.

use super::table::{Cell, Value};
use crate::profile::Balance;

/// Balances a column of rows against its total.
pub(super) fn column(rows: &mut [Vec<Cell>], total: &Cell, column: usize, balance: Balance) {
    let amount = |cell: &Cell| match cell.value {
        Value::Number(wan) => Some(wan),
        _ => None,
    };
    let addends: Vec<(usize, f64)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, amount(&row[column])?))).collect();
    let Some(total) = amount(total) else { return };
    // 万元 have four decimals: as whole yuan they add up without error.
    let yuan = |wan: f64| (wan * 10_000.0).round() as i128;
    if addends.iter().map(|(_, wan)| yuan(*wan)).sum::<i128>() != yuan(total) {
        return;
    }
    let shown: i128 = addends.iter().map(|(_, wan)| wan.round() as i128).sum();
    let left = total.round() as i128 - shown;
    let largest = || addends.iter().rev().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let bearer = match balance {
        Balance::Largest => largest(),
        Balance::Last => addends.last(),
    };
    if let (Some((at, wan)), true) = (bearer, left != 0) {
        rows[*at][column] = Cell::number(wan.round() + left as f64);
    }
}

/// The remark under a balanced table.
pub(super) fn in_words(balance: Balance) -> &'static str {
    match balance {
        Balance::Largest => "金额列按舍位平衡显示：分项取整后与合计的尾差，计入该列数额最大的一行。",
        Balance::Last => "金额列按舍位平衡显示：分项取整后与合计的尾差，计入该列最后一行。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balanced(addends: &[f64], total: f64, balance: Balance) -> Vec<i64> {
        let mut rows: Vec<Vec<Cell>> = addends.iter().map(|wan| vec![Cell::number(*wan).by("=1")]).collect();
        column(&mut rows, &Cell::number(total), 0, balance);
        let shown = |row: &Vec<Cell>| match row[0].value {
            Value::Number(wan) => wan.round() as i64,
            _ => 0,
        };
        rows.iter().map(shown).collect()
    }

    #[test]
    fn shown_parts_add_up_to_the_shown_total() {
        // 1.4 + 2.4 + 3.4 = 7.2: shown 1, 2, 3 and 7.
        assert_eq!(balanced(&[1.4, 3.4, 2.4], 7.2, Balance::Largest), [1, 4, 2]);
        assert_eq!(balanced(&[1.4, 3.4, 2.4], 7.2, Balance::Last), [1, 3, 3]);
        assert_eq!(balanced(&[1.5, 1.5, 2.5], 5.5, Balance::Last), [2, 2, 2], "7 as shown, 6 in all");
        assert_eq!(balanced(&[1.4, 1.4], 1.4, Balance::Last), [1, 1], "counted twice: not parts of the total");
    }
}
