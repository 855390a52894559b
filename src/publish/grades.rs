//! Grades and lights: in words, as formulas over what they look at, and colours that follow the cell's word.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Worksheet, XlsxError};

use super::style::mark;
use super::table::Cell;
use crate::amount::{Fraction, rounded, to_f64};
use crate::profile::{Band, Basis, Book, County, Measure, MeasuredIn, RankingPlan, Reckoning, Rounds, SCORE, Sort};
use crate::rank::{self, Ranked, Standing};

/// A set of bands with what a ranking has them look at.
#[derive(Clone, Copy)]
pub(super) struct Marks<'m> {
    bands: &'m [Band],
    /// The measure that their ends are of, where they are of one.
    of: Option<&'m Measure>,
}

impl<'m> Marks<'m> {
    /// The grades of a ranking over a book.
    pub(super) fn grades(county: &'m County, plan: &'m RankingPlan, book: &'m Book) -> Self {
        Self::of(county.grades_of(plan), plan, book)
    }

    /// Its lights.
    pub(super) fn lights(county: &'m County, plan: &'m RankingPlan, book: &'m Book) -> Self {
        Self::of(county.lights_of(plan), plan, book)
    }

    fn of(bands: &'m [Band], plan: &RankingPlan, book: &'m Book) -> Self {
        let measure = |id: &str| book.measures.iter().find(|measure| measure.id == id);
        let marked = plan.marked_by.as_deref().and_then(measure);
        let of = match Basis::of(bands) {
            Some(Basis::Score) => measure(SCORE),
            _ => marked.or_else(|| book.measures.iter().find(|measure| measure.kind == Reckoning::Lag)),
        };
        Self { bands, of }
    }

    /// The measure whose column a formula looks at; shares look at the place, and nothing shows a relative lead.
    pub(super) fn column(&self) -> Option<&'m str> {
        let shown = matches!(Basis::of(self.bands), Some(Basis::Value | Basis::Score));
        self.of.filter(|_| shown).map(|measure| measure.id.as_str())
    }

    /// The mark of a row as the ranking states it; live where the bands give the same.
    ///
    /// `at` are the cells of the place and of the measure's column.
    pub(super) fn cell(&self, row: &Ranked, stated: Option<&str>, ranked: u32, at: (&str, Option<&str>)) -> Cell {
        let cell = Cell::text(stated.unwrap_or("—"));
        let given = rank::mark(self.bands, &self.standing(row, ranked));
        match self.formula(ranked, at) {
            Some(formula) if stated.is_some() && given == stated => cell.by(formula),
            _ => cell,
        }
    }

    /// How a row stands by what it shows.
    fn standing(&self, row: &Ranked, ranked: u32) -> Standing {
        let shown = self.of.and_then(|measure| Some(as_shown(measure, row.figure(&measure.id)?.value?)));
        let place = row.place.map(|place| (place, ranked));
        match Basis::of(self.bands) {
            Some(Basis::Score) => Standing { score: shown, place, ..Standing::default() },
            _ => Standing { value: shown, place, ..Standing::default() },
        }
    }

    fn formula(&self, ranked: u32, (place_at, measure_at): (&str, Option<&str>)) -> Option<String> {
        let (at, ends): (&str, Vec<Option<String>>) = match Basis::of(self.bands)? {
            Basis::Share => {
                let last = rank::last_places(self.bands, ranked);
                let test = |last: &u32| format!("{place_at}<={last}");
                (place_at, last.iter().map(|last| Some(test(last))).collect())
            }
            Basis::Value | Basis::Score => {
                let at = measure_at?;
                (at, self.bands.iter().map(|band| self.reached(band, at)).collect())
            }
            Basis::Relative => return None,
        };
        let inner = self.bands.iter().zip(&ends).rev().fold("\"—\"".to_owned(), |rest, (band, test)| {
            let name = format!("\"{}\"", band.name.replace('"', "\"\""));
            match test {
                Some(test) if band.end().is_some() => format!("IF({test},{name},{rest})"),
                _ => name,
            }
        });
        Some(format!("=IF(ISNUMBER({at}),{inner},\"—\")"))
    }

    /// The test of a band's lower end over a cell, which holds rates as fractions.
    fn reached(&self, band: &Band, at: &str) -> Option<String> {
        let end = band.end()?;
        let percent = self.of.is_some_and(|measure| measure.measured_in == MeasuredIn::Fraction);
        let end = if percent { to_f64(end / Fraction::from_integer(100)) } else { to_f64(end) };
        let compared = if band.open { ">" } else { ">=" };
        Some(format!("ROUND({at},9){compared}{end}"))
    }

    /// The bands in words: 优：比序时进度持平（含）以上; nothing where there are none.
    pub(super) fn in_words(&self) -> Option<String> {
        let words = Basis::of(self.bands).map_or_else(Vec::new, |basis| match basis {
            Basis::Share => self.shares(),
            basis => self.ends(basis),
        });
        (!words.is_empty()).then(|| words.join("；"))
    }

    fn ends(&self, basis: Basis) -> Vec<String> {
        let included = |open: bool| if open { "（不含）" } else { "（含）" };
        let word = |band: &Band, above: Option<&Band>| {
            let (end, upper) = (band.end(), above.and_then(|above| Some((above.end()?, above.open))));
            let name = &band.name;
            match (end, upper) {
                (Some(end), None) => {
                    format!("{name}：{}{}{}以上", self.subject(basis), self.edge(basis, end), included(band.open))
                }
                (Some(end), Some((upper, open))) => format!(
                    "{name}：{}{}至{}{}",
                    self.edge(basis, end),
                    included(band.open),
                    self.edge(basis, upper),
                    included(!open)
                ),
                (None, Some((upper, open))) => format!("{name}：{}", self.below(basis, upper, included(!open))),
                (None, None) => format!("{name}：全部"),
            }
        };
        let above = |at: usize| at.checked_sub(1).map(|before| &self.bands[before]);
        self.bands.iter().enumerate().map(|(at, band)| word(band, above(at))).collect()
    }

    /// What the bands are of: 比序时进度, 销号率, 得分.
    fn subject(&self, basis: Basis) -> &str {
        match (basis, self.of) {
            (Basis::Relative, _) => "比序时应完成数",
            (_, Some(measure)) if measure.kind != Reckoning::Lag => &measure.title,
            (Basis::Score, None) => "得分",
            _ => "比序时进度",
        }
    }

    /// Whether the bands are of a distance from the schedule.
    fn is_distance(&self, basis: Basis) -> bool {
        basis == Basis::Relative
            || (basis == Basis::Value && self.of.is_none_or(|measure| measure.kind == Reckoning::Lag))
    }

    fn unit(&self, basis: Basis) -> &'static str {
        match (basis, self.of.map(|measure| measure.measured_in)) {
            (Basis::Relative, _) | (_, Some(MeasuredIn::Fraction)) => "%",
            (_, Some(MeasuredIn::Yuan)) => "万元",
            (_, Some(MeasuredIn::Count)) => "个",
            (Basis::Score, _) => "分",
            _ => "个百分点",
        }
    }

    fn edge(&self, basis: Basis, end: Fraction) -> String {
        let (nothing, unit) = (Fraction::from_integer(0), self.unit(basis));
        let (more, less) = if basis == Basis::Relative { ("多", "少") } else { ("快", "慢") };
        match end {
            end if !self.is_distance(basis) => format!("{}{unit}", plain(end)),
            end if end > nothing => format!("{more}{}{unit}", plain(end)),
            end if end < nothing => format!("{less}{}{unit}", plain(-end)),
            _ => "持平".to_owned(),
        }
    }

    /// All that does not reach the end above: 慢5个百分点以上（不含）.
    fn below(&self, basis: Basis, end: Fraction, included: &str) -> String {
        let nothing = Fraction::from_integer(0);
        match end {
            end if !self.is_distance(basis) => format!("{}以下{included}", self.edge(basis, end)),
            end if end > nothing => format!("{}以下{included}", self.edge(basis, end)),
            end if end < nothing => format!("{}以上{included}", self.edge(basis, end)),
            _ if included == "（不含）" => {
                format!("{}{}", self.subject(basis), if basis == Basis::Relative { "少" } else { "慢" })
            }
            _ => "持平或慢".to_owned(),
        }
    }

    fn shares(&self) -> Vec<String> {
        let rounds = |rounds| match rounds {
            Rounds::Nearest => "四舍五入取整",
            Rounds::Up => "有余数进一",
            Rounds::Down => "去掉尾数",
        };
        let word = |(at, band): (usize, &Band)| match band.share {
            Some(share) => {
                let which = if at == 0 { "名次前" } else { "其后" };
                let percent = plain(share.0 * Fraction::from_integer(100));
                format!("{}：{which}{percent}%（累计个数{}）", band.name, rounds(band.rounds))
            }
            None => format!("{}：其余", band.name),
        };
        let mut words: Vec<String> = self.bands.iter().enumerate().map(word).collect();
        words.push("名次并列的同档".to_owned());
        words
    }

    /// Whether a ranking has what they look at.
    pub(super) fn can_mark(&self, plan: &RankingPlan) -> bool {
        match Basis::of(self.bands) {
            Some(Basis::Share) => plan.sort == Sort::Place,
            _ => self.of.is_some(),
        }
    }

    /// The names of the bands, best first.
    pub(super) fn names(&self) -> impl Iterator<Item = &'m str> {
        self.bands.iter().map(|band| band.name.as_str())
    }

    /// Colours a column's cells by their words; rows and columns from 0.
    pub(super) fn colour(&self, sheet: &mut Worksheet, rows: (u32, u32), column: u16) -> Result<(), XlsxError> {
        colour(sheet, self.bands, rows, column)
    }
}

/// Colours a column's cells by the bands' names; rows and columns from 0.
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

/// A value in the unit in which the ends of bands are stated; of a lag, the lead.
fn as_shown(measure: &Measure, value: Fraction) -> Fraction {
    let value = if measure.kind == Reckoning::Lag { -value } else { value };
    rank::as_shown(value, measure.measured_in)
}

/// A number without needless zeros.
fn plain(number: Fraction) -> String {
    rounded(number, 1, 4).map_or_else(|| number.to_string(), |number| number.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amount::fraction;
    use crate::measure::Figure;
    use crate::profile::{Number, Profile};

    fn bands(ends: &[(&str, Option<i64>)]) -> Vec<Band> {
        let band = |(name, from): &(&str, Option<i64>)| Band {
            name: (*name).into(),
            from: from.map(Number::whole),
            ..Band::default()
        };
        ends.iter().map(band).collect()
    }

    /// What the towns' ranking makes of bands, with another measure to look at or its lag.
    fn with<T>(bands: Vec<Band>, marked_by: Option<&str>, then: impl Fn(Marks) -> T) -> T {
        let profile = Profile::built_in();
        let mut plan = profile.county.rankings.iter().find(|plan| plan.id == "towns").unwrap().clone();
        (plan.grades, plan.marked_by) = (bands, marked_by.map(Into::into));
        let book = profile.book("key_projects").unwrap();
        then(Marks::grades(&profile.county, &plan, book))
    }

    #[test]
    fn words_and_formula_state_the_same_edges() {
        let three = || bands(&[("优", Some(0)), ("中", Some(-5)), ("差", None)]);
        let (words, formula) = with(three(), None, |marks| (marks.in_words(), marks.formula(9, ("A5", Some("K5")))));
        assert_eq!(
            words.unwrap(),
            "优：比序时进度持平（含）以上；中：慢5个百分点（含）至持平（不含）；差：慢5个百分点以上（不含）"
        );
        assert_eq!(
            formula.unwrap(),
            "=IF(ISNUMBER(K5),IF(ROUND(K5,9)>=0,\"优\",IF(ROUND(K5,9)>=-5,\"中\",\"差\")),\"—\")"
        );
        let mut open = three();
        open[1].open = true;
        assert_eq!(
            with(open, None, |marks| marks.in_words()).unwrap(),
            "优：比序时进度持平（含）以上；中：慢5个百分点（不含）至持平（不含）；差：慢5个百分点以上（含）"
        );
    }

    #[test]
    fn other_bases_have_their_own_words() {
        let rate = with(bands(&[("优", Some(90)), ("良", Some(80)), ("差", None)]), Some("completion"), |marks| {
            (marks.in_words().unwrap(), marks.formula(9, ("A5", Some("G5"))).unwrap())
        });
        assert_eq!(rate.0, "优：完成率90%（含）以上；良：80%（含）至90%（不含）；差：80%以下（不含）");
        assert!(rate.1.contains("ROUND(G5,9)>=0.9") && rate.1.contains(">=0.8"), "{}", rate.1);
        let mut relative = bands(&[("绿", None), ("黄", None), ("红", None)]);
        (relative[0].relative, relative[1].relative) = (Some(Number::whole(0)), Some(Number::whole(-50)));
        assert_eq!(
            with(relative, None, |marks| marks.in_words()).unwrap(),
            "绿：比序时应完成数持平（含）以上；黄：少50%（含）至持平（不含）；红：少50%以上（不含）"
        );
        let mut shares = bands(&[("优", None), ("中", None), ("差", None)]);
        (shares[0].share, shares[1].share) = (fraction(3, 10).map(Number), fraction(1, 2).map(Number));
        let shares = with(shares, None, |marks| (marks.in_words().unwrap(), marks.formula(15, ("A5", None)).unwrap()));
        assert_eq!(
            shares.0,
            "优：名次前30%（累计个数四舍五入取整）；中：其后50%（累计个数四舍五入取整）；差：其余；名次并列的同档"
        );
        assert_eq!(shares.1, "=IF(ISNUMBER(A5),IF(A5<=5,\"优\",IF(A5<=12,\"中\",\"差\")),\"—\")");
    }

    #[test]
    fn a_grade_that_the_bands_do_not_give_is_no_formula() {
        let lag = Figure {
            measure: "lag".into(),
            measured_in: MeasuredIn::Points,
            value: fraction(5, 100),
            numerator: None,
            denominator: None,
        };
        let row = Ranked { figures: [lag].into(), ..Ranked::default() };
        let three = || bands(&[("优", Some(0)), ("中", Some(-5)), ("差", None)]);
        let live = |stated: &str| {
            with(three(), None, |marks| marks.cell(&row, Some(stated), 9, ("A5", Some("K5"))).formula().is_some())
        };
        assert!(live("中") && !live("优"));
    }
}
