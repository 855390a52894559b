//! Columns of text in which few texts differ: each text once, and a cell its number in as few bytes as there are texts.
//!
//! Facts are kept so, a row in a third of the memory. SQL ([`spoken`](super::sql::spoken)), readers of cells and files
//! ([`in_full`]) have text all the same.

use std::fmt;

use polars::prelude::{
    CatNative, Categorical8Chunked, Categorical8Type, Categorical16Chunked, Categorical16Type, Categorical32Chunked,
    Categorical32Type, CategoricalChunked, CategoricalPhysical, ChunkedArray, Column, DataFrame, DataType,
    FrozenCategories, IdxSize, IntoColumn, IntoSeries, PolarsCategoricalType, PolarsResult,
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

/// A column of texts by their numbers among those known, of which none is there twice.
pub(crate) fn few(name: &str, known: &[&str], at: impl Iterator<Item = Option<IdxSize>>) -> Column {
    let categories = FrozenCategories::new(known.iter().copied()).expect("no text is known twice");
    let physical = categories.physical();
    let dtype = DataType::from_frozen_categories(categories);
    match physical {
        CategoricalPhysical::U8 => numbered::<Categorical8Type>(name, dtype, at).into_column(),
        CategoricalPhysical::U16 => numbered::<Categorical16Type>(name, dtype, at).into_column(),
        CategoricalPhysical::U32 => numbered::<Categorical32Type>(name, dtype, at).into_column(),
    }
}

fn numbered<T: PolarsCategoricalType>(
    name: &str,
    dtype: DataType,
    at: impl Iterator<Item = Option<IdxSize>>,
) -> polars::prelude::Series
where
    CategoricalChunked<T>: IntoSeries,
{
    let cells: ChunkedArray<T::PolarsPhysical> = at.map(|at| at.map(T::Native::from_cat)).collect();
    CategoricalChunked::<T>::from_cats_and_dtype(cells.with_name(name.into()), dtype).into_series()
}

/// A column of text as one of few, if it is.
pub(crate) fn fewer(column: &Column) -> Option<Column> {
    let cells = column.as_series()?.str().ok()?;
    let (mut known, mut numbers) = (Vec::new(), TextMap::<&str, IdxSize>::default());
    let mut at = Vec::with_capacity(cells.len());
    for cell in cells.iter() {
        at.push(cell.map(|text| {
            *numbers.entry(text).or_insert_with(|| {
                known.push(text);
                (known.len() - 1) as IdxSize
            })
        }));
        if known.len() > MOST {
            return None;
        }
    }
    Some(few(column.name(), &known, at.into_iter()))
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
    use polars::prelude::{IntoLazy, NamedFrom, Series};

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
        for (different, bytes) in [(1, 1), (200, 1), (300, 2)] {
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
