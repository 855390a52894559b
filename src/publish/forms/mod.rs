//! Forms: the blank workbook of a unit and a book, its projects filled in from the ledger.
//!
//! Takes an [`IssuedForm`], gives a workbook: the table to be filled in, with what is known locked, lists to
//! choose from, checks while typing; notes how to fill it in; and a stamp in the document's properties by
//! which [`layout`](crate::layout) knows it when it returns.

mod cells;
mod checks;
mod columns;
mod formula;
mod guide;
mod inputs;
mod known;
mod sheet;
mod sql;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

pub use known::{Known, KnownRow};

use super::{PublishError, names, style};
use crate::layout::Stamp;
use crate::period::Period;
use crate::profile::{Book, FormPlan, Share};
use columns::Columns;

/// The sheet with notes.
const GUIDE: &str = "填表说明";
/// The hidden sheet with the lists.
const LISTS: &str = "选项";

/// What a form is made from.
#[derive(Debug, Clone)]
pub struct IssuedForm<'a> {
    /// Whose office issues it; empty where that is not told.
    pub county: &'a str,
    /// To whom.
    pub unit: &'a str,
    /// The book.
    pub book: &'a Book,
    /// For which period.
    pub period: Period,
    /// The last day on which it is on time.
    pub due: NaiveDate,
    /// The unit's projects in the order in which it reported them, as the ledger's latest earlier period has them.
    pub rows: Vec<KnownRow>,
    /// That period; `None` where the ledger has none.
    pub last: Option<Period>,
    /// How far the book's schedule has come at the period's end.
    pub schedule: Option<Share>,
    /// Words to choose from, by field; others may be written too.
    pub lists: BTreeMap<String, Vec<String>>,
}

impl IssuedForm<'_> {
    /// The plan of its columns: last figures only where they are of the same year.
    fn plan(&self) -> FormPlan {
        let mut plan = self.book.form_plan();
        if !self.is_in_year() {
            plan.last.clear();
        }
        plan
    }

    /// Whether the last period is of the same year, so that its cumulative figures go on.
    fn is_in_year(&self) -> bool {
        self.last.is_some_and(|last| last.year() == self.period.year())
    }
}

/// The workbook's bytes.
///
/// # Errors
///
/// What the writer of workbooks refuses.
pub fn form_workbook(form: &IssuedForm) -> Result<Vec<u8>, PublishError> {
    let plan = form.plan();
    let columns = Columns::of(form, &plan);
    let name = names::sheet_names([form.book.title.as_str()].into_iter()).swap_remove(0);
    let mut workbook = Workbook::new();
    let checks = checks::Checks::of(form, &columns);
    let lists = inputs::Lists::of(form, &columns);
    let mut table = Worksheet::new();
    table.set_name(&name)?;
    sheet::write(&mut table, form, &columns, &checks, &lists)?;
    workbook.push_worksheet(table);
    workbook.push_worksheet(guide::write(form, &columns, &checks)?);
    workbook.push_worksheet(lists.write()?);
    let stamp = Stamp {
        county: form.county.to_owned(),
        unit: form.unit.to_owned(),
        book: form.book.id.clone(),
        period: form.period,
        sheet: name,
        beside: vec![GUIDE.to_owned(), LISTS.to_owned()],
        headings: Stamp::digest(columns.all.iter().map(|column| column.heading.as_str())),
        columns: columns.stamped(),
    };
    workbook.set_properties(&properties(form, &stamp)?);
    Ok(workbook.save_to_buffer()?)
}

fn title(form: &IssuedForm) -> String {
    format!("{}{}{}报表", form.county, form.period.in_words(), form.book.title)
}

/// Dated on the period's last day: the clock would make bytes differ.
fn properties(form: &IssuedForm, stamp: &Stamp) -> Result<DocProperties, XlsxError> {
    let named = style::properties(&title(form), form.period)?.set_subject(format!("发给{}填报", form.unit));
    Ok(stamp.properties().into_iter().fold(named, |named, (name, text)| named.set_custom_property(name, text.as_str())))
}
