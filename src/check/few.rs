//! Columns of text in which few texts differ: each text once, and a cell its number in as few bytes as there are texts.
//!
//! Facts are kept so, a row in a third of the memory. SQL ([`spoken`](super::sql::spoken)), readers of cells and files
//! ([`in_full`]) have text all the same.

use std::borrow::Cow;
use std::fmt;

use polars::prelude::{
    CatNative, Categorical8Chunked, Categorical8Type, Categorical16Chunked, Categorical16Type, Categorical32Chunked,
    Categorical32Type, CategoricalChunked, CategoricalPhysical, ChunkedArray, Column, DataFrame, DataType,
    FrozenCategories, IdxSize, IntoColumn, IntoSeries, NamedFrom, PolarsCategoricalType, PolarsResult, Series,
};

use crate::text::TextMap;

/// Of more different texts in a column that is looked through for them, a number would save little.
const MOST: usize = u16::MAX as usize;

/// The cells of such a column.
#[derive(Clone, Copy)]
pub enum FewTexts<'f> {
    /// Of up to 255 texts.
    Byte(&'f Categorical8Chunked),
    /// Of up to 65,535.
    Short(&'f Categorical16Chunked),
    /// Of more.
    Long(&'f Categorical32Chunked),
}

impl fmt::Debug for FewTexts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("FewTexts")
    }
}

impl<'f> FewTexts<'f> {
    /// The cells of a column, if it is one.
    pub fn of(column: &'f Column) -> Option<Self> {
        let DataType::Enum(categories, _) = column.dtype() else { return None };
        let cells = column.as_materialized_series();
        match categories.physical() {
            CategoricalPhysical::U8 => cells.cat8().ok().map(Self::Byte),
            CategoricalPhysical::U16 => cells.cat16().ok().map(Self::Short),
            CategoricalPhysical::U32 => cells.cat32().ok().map(Self::Long),
        }
    }

    /// The text of a row.
    pub fn get(self, row: usize) -> Option<&'f str> {
        match self {
            Self::Byte(cells) => text(cells, row),
            Self::Short(cells) => text(cells, row),
            Self::Long(cells) => text(cells, row),
        }
    }

    /// The number of each row's text among all of the column's, another where there is none.
    pub(super) fn numbers(self, none: IdxSize) -> Vec<IdxSize> {
        match self {
            Self::Byte(cells) => numbers(cells, none),
            Self::Short(cells) => numbers(cells, none),
            Self::Long(cells) => numbers(cells, none),
        }
    }

    /// Whether any row says anything.
    pub fn any(self) -> bool {
        let says = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        match self {
            Self::Byte(cells) => cells.iter_str().any(says),
            Self::Short(cells) => cells.iter_str().any(says),
            Self::Long(cells) => cells.iter_str().any(says),
        }
    }
}

fn text<T: PolarsCategoricalType>(cells: &CategoricalChunked<T>, row: usize) -> Option<&str> {
    cells.get_mapping().cat_to_str(cells.physical().get(row)?.as_cat())
}

fn numbers<T: PolarsCategoricalType>(cells: &CategoricalChunked<T>, none: IdxSize) -> Vec<IdxSize> {
    cells.physical().iter().map(|number| number.map_or(none, |number| number.as_cat())).collect()
}

/// Different texts, each with a number.
#[derive(Default)]
pub(crate) struct KnownTexts<'t>(TextMap<Cow<'t, str>, IdxSize>);

impl<'t> KnownTexts<'t> {
    /// The number of a text, a new one unless it is known.
    pub(crate) fn number(&mut self, text: Cow<'t, str>) -> IdxSize {
        let next = self.0.len() as IdxSize;
        *self.0.entry(text).or_insert(next)
    }

    /// A column of cells by their numbers; where all are the same it is one cell.
    pub(crate) fn column(&self, name: &str, at: impl ExactSizeIterator<Item = Option<IdxSize>> + Clone) -> Column {
        let mut known: Vec<&str> = vec![""; self.0.len()];
        for (text, at) in &self.0 {
            known[*at as usize] = text;
        }
        let empty = || usize::from(at.clone().any(|at| at.is_none()));
        if known.len() > 1 || known.len() + empty() > 1 {
            return few(name, &known, at);
        }
        same(name, known.first().copied(), at.len())
    }
}

/// A column of which all cells are the same.
pub(crate) fn same(name: &str, text: Option<&str>, height: usize) -> Column {
    match text {
        Some(text) => Column::from(Series::new(name.into(), [text])).new_from_index(0, height),
        None => Column::full_null(name.into(), height, &DataType::String),
    }
}

/// A column of texts by their numbers among those known, of which none is there twice.
fn few(name: &str, known: &[&str], at: impl Iterator<Item = Option<IdxSize>>) -> Column {
    let categories = FrozenCategories::new(known.iter().copied()).expect("no text is known twice");
    let physical = categories.physical();
    let dtype = DataType::from_frozen_categories(categories);
    match physical {
        CategoricalPhysical::U8 => numbered::<Categorical8Type>(name, dtype, at).into_column(),
        CategoricalPhysical::U16 => numbered::<Categorical16Type>(name, dtype, at).into_column(),
        CategoricalPhysical::U32 => numbered::<Categorical32Type>(name, dtype, at).into_column(),
    }
}

fn numbered<T: PolarsCategoricalType>(name: &str, dtype: DataType, at: impl Iterator<Item = Option<IdxSize>>) -> Series
where
    CategoricalChunked<T>: IntoSeries,
{
    let cells: ChunkedArray<T::PolarsPhysical> = at.map(|at| at.map(T::Native::from_cat)).collect();
    CategoricalChunked::<T>::from_cats_and_dtype(cells.with_name(name.into()), dtype).into_series()
}

/// A column of text as one of few, if it is.
pub(crate) fn fewer(column: &Column) -> Option<Column> {
    let cells = column.as_series()?.str().ok()?;
    few_of(column.name(), cells.iter().map(|cell| cell.map(Cow::Borrowed)), MOST)
}

/// A column of cells of which not more differ than that; `None` as soon as more do.
pub(crate) fn few_of<'t>(
    name: &str,
    cells: impl ExactSizeIterator<Item = Option<Cow<'t, str>>>,
    most: usize,
) -> Option<Column> {
    let mut numbers = KnownTexts::default();
    let mut at = Vec::with_capacity(cells.len());
    for cell in cells {
        at.push(cell.map(|text| numbers.number(text)));
        if numbers.0.len() > most.min(MOST) {
            return None;
        }
    }
    Some(numbers.column(name, at.into_iter()))
}

/// A frame with all its texts in full, as files and other engines have them.
///
/// # Errors
///
/// What polars says.
pub fn in_full(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let text = |column: &Column| match column.dtype() {
        DataType::Enum(..) => column.cast(&DataType::String),
        _ => Ok(column.clone()),
    };
    DataFrame::new(frame.height(), frame.columns().iter().map(text).collect::<PolarsResult<_>>()?)
}

#[cfg(test)]
mod tests {
    use polars::prelude::IntoLazy;

    use super::*;
    use crate::check::sql;

    fn column(different: usize) -> (Column, Column) {
        let texts: Vec<Option<String>> =
            (0..2 * different).map(|at| (at % 7 != 3).then(|| format!("第{}个", at % different))).collect();
        let full = Column::from(Series::new("text".into(), texts));
        (fewer(&full).unwrap_or_else(|| full.clone()), full)
    }

    #[test]
    fn what_is_kept_by_number_is_read_as_text() {
        for (different, bytes) in [(2, 1), (200, 1), (300, 2)] {
            let (kept, full) = column(different);
            let cells = FewTexts::of(&kept).unwrap();
            let of_full = full.str().unwrap();
            assert!((0..full.len()).all(|row| cells.get(row) == of_full.get(row)));
            assert_eq!(matches!(cells, FewTexts::Byte(_)), bytes == 1);
            assert!(cells.any() && FewTexts::of(&full).is_none());
            let frame = DataFrame::new(kept.len(), vec![kept]).unwrap();
            assert!(in_full(&frame).unwrap().columns()[0].equals_missing(&full));
        }
        assert!(FewTexts::of(&column(MOST + 1).0).is_none(), "too many to be few");
        assert!(matches!(column(1).0, Column::Scalar(_)), "all the same is one cell");
        let cells = ["甲", "乙", "丙"].map(|text| Some(Cow::Borrowed(text)));
        assert!(few_of("text", cells.clone().into_iter(), 2).is_none());
        assert!(few_of("text", cells.into_iter(), 3).is_some());
    }

    #[test]
    fn sql_sees_text() {
        let (kept, full) = column(300);
        let ask = |column: &Column, text: &str| {
            let frame = DataFrame::new(column.len(), vec![column.clone()]).unwrap();
            let texts = [text.to_owned()];
            let frame = sql::with_searches(&frame, texts.iter()).unwrap();
            let expr = sql::over(text, frame.schema()).unwrap();
            frame.lazy().select([expr.alias("it")]).collect().unwrap().columns()[0].clone()
        };
        for text in [
            "text LIKE '%21%'",
            "text < '第3个' OR text IS NULL",
            "text IN ('第7个', '没有的')",
            "COALESCE(text, '无')",
            "CASE WHEN text = '第1个' THEN text ELSE '别的' END",
            "COUNT(DISTINCT text)",
            "MAX(text)",
        ] {
            let (of_kept, of_full) = (ask(&kept, text), ask(&full, text));
            assert_eq!(of_kept.dtype(), of_full.dtype(), "{text}");
            assert!(of_kept.equals_missing(&of_full), "{text}");
        }
    }
}
