//! What of a book depends on its schedule.

use super::{Book, Measure, Reckoning};

/// The columns that a schedule fills.
const COLUMNS: [&str; 2] = ["schedule_num", "schedule_den"];

impl Book {
    /// Whether a measure depends on a schedule: it is reckoned with one, or its rows are judged by one.
    pub fn is_held(&self, measure: &Measure) -> bool {
        let texts = [Some(&measure.numerator), measure.denominator.as_ref(), measure.filter.as_ref()];
        match measure.kind {
            Reckoning::Schedule | Reckoning::Lag => true,
            _ => texts.into_iter().flatten().any(|text| mentions_any(text, &self.judged_columns())),
        }
    }

    /// Whether a row is judged by the book's schedule: a derived column or a rule asks how far it has come.
    pub fn is_judged(&self) -> bool {
        let columns = self.judged_columns();
        columns.len() > COLUMNS.len() || self.rules.iter().any(|rule| mentions_any(&rule.holds, &columns))
    }

    /// The schedule's columns and those derived from them.
    fn judged_columns(&self) -> Vec<&str> {
        let mut columns = COLUMNS.to_vec();
        for derived in &self.derived {
            if mentions_any(&derived.sql, &columns) {
                columns.push(&derived.id);
            }
        }
        columns
    }
}

fn mentions_any(sql: &str, names: &[&str]) -> bool {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| names.contains(&word))
}
