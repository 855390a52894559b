//! Grades and lights: formulas over the lead, and colours that follow the cell's word.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Worksheet, XlsxError};

use super::style::mark;
use super::table::Cell;
use crate::amount::Fraction;
use crate::profile::Band;
use crate::rank;

/// The mark of a row as the ranking states it; live where the bands give the same.
pub(super) fn cell(bands: &[Band], stated: Option<&str>, lag: Option<Fraction>, lead_at: Option<&str>) -> Cell {
    let cell = Cell::text(stated.unwrap_or("—"));
    match lead_at {
        Some(at) if lag.is_some() && lead_gives(bands, lag).as_deref() == stated => cell.by(formula(bands, at)),
        _ => cell,
    }
}

fn lead_gives(bands: &[Band], lag: Option<Fraction>) -> Option<String> {
    let value = lag.map(|lag| -lag * Fraction::from_integer(100));
    rank::mark(bands, &rank::Standing { value, ..rank::Standing::default() })
}

fn formula(bands: &[Band], at: &str) -> String {
    let inner = bands.iter().rev().fold("\"—\"".to_owned(), |rest, band| {
        let name = format!("\"{}\"", band.name.replace('"', "\"\""));
        match band.from {
            Some(from) if band.open => format!("IF(ROUND({at},9)>{from},{name},{rest})"),
            Some(from) => format!("IF(ROUND({at},9)>={from},{name},{rest})"),
            None => name,
        }
    });
    format!("=IF(ISNUMBER({at}),{inner},\"—\")")
}

/// Colours a column's cells by their words; rows and columns from 0.
pub(super) fn colour(
    sheet: &mut Worksheet,
    bands: &[Band],
    (first, last): (u32, u32),
    column: u16,
) -> Result<(), XlsxError> {
    for band in bands {
        let Some(format) = mark(&band.colour) else { continue };
        let rule = ConditionalFormatCellRule::EqualTo(band.name.clone());
        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(format);
        sheet.add_conditional_format(first, column, last, column, &rule)?;
    }
    Ok(())
}

/// All that does not reach a lead: 慢5个百分点以上（不含）.
fn below(lead: f64) -> String {
    match lead {
        lead if lead > 0.0 => format!("快不到{lead}个百分点"),
        lead if lead < 0.0 => format!("慢{}个百分点以上（不含）", -lead),
        _ => "比序时进度慢".to_owned(),
    }
}

/// The bands in words: 优：比序时进度快0个百分点及以上.
pub(super) fn in_words(bands: &[Band]) -> String {
    let edge = |from: f64| match from {
        from if from > 0.0 => format!("快{from}个百分点"),
        from if from < 0.0 => format!("慢{}个百分点", -from),
        _ => "持平".to_owned(),
    };
    let mut words = Vec::new();
    let mut above: Option<f64> = None;
    for band in bands {
        words.push(match (band.from, above) {
            (Some(from), None) => format!("{}：比序时进度{}（含）以上", band.name, edge(from)),
            (Some(from), Some(above)) => format!("{}：{}（含）至{}（不含）", band.name, edge(from), edge(above)),
            (None, Some(above)) => format!("{}：{}", band.name, below(above)),
            (None, None) => format!("{}：全部", band.name),
        });
        above = band.from.or(above);
    }
    words.join("；")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands() -> Vec<Band> {
        let band = |name: &str, from| Band { name: name.into(), from, ..Band::default() };
        vec![band("优", Some(0.0)), band("中", Some(-5.0)), band("差", None)]
    }

    #[test]
    fn words_and_formula_state_the_same_edges() {
        assert_eq!(
            in_words(&bands()),
            "优：比序时进度持平（含）以上；中：慢5个百分点（含）至持平（不含）；差：慢5个百分点以上（不含）"
        );
        assert_eq!(
            formula(&bands(), "K5"),
            "=IF(ISNUMBER(K5),IF(ROUND(K5,9)>=0,\"优\",IF(ROUND(K5,9)>=-5,\"中\",\"差\")),\"—\")"
        );
    }

    #[test]
    fn a_grade_that_the_bands_do_not_give_is_no_formula() {
        let five = crate::amount::fraction(5, 100);
        assert!(cell(&bands(), Some("中"), five, Some("K5")).formula.is_some());
        assert!(cell(&bands(), Some("优"), five, Some("K5")).formula.is_none());
    }
}
