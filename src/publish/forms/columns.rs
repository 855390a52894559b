//! The columns of a form in their order: serial number, fields, last figures, remarks of the check.

use super::{IssuedForm, Known};
use crate::layout::{Filled, FormColumn};
use crate::origin::column_letters;
use crate::period::Period;
use crate::profile::{Book, Field, FormPlan, Kind};
use crate::publish::widths;
use crate::text::label;

/// What a column is.
#[derive(Clone, Copy)]
pub(super) enum Role<'a> {
    /// 序号
    Serial,
    /// A field that is read back.
    Field(&'a Field, Filled),
    /// A field's figure of the last period.
    Last(&'a Field),
    /// What the form has to say about the row.
    Hints,
}

/// A column of the form.
pub(super) struct FormCol<'a> {
    pub(super) role: Role<'a>,
    pub(super) heading: String,
    /// In characters of the standard font.
    pub(super) width: f64,
    /// A, B …
    pub(super) letters: String,
}

/// All columns.
pub(super) struct Columns<'a> {
    pub(super) all: Vec<FormCol<'a>>,
}

impl<'a> Columns<'a> {
    /// The columns of a form by its plan.
    pub(super) fn of(form: &IssuedForm<'a>, plan: &FormPlan) -> Self {
        let field = |id: &String| form.book.field(id);
        let of = |ids: &[String], role: &dyn Fn(&'a Field) -> Role<'a>| -> Vec<Role<'a>> {
            ids.iter().filter_map(field).map(role).collect()
        };
        let mut roles = vec![Role::Serial];
        roles.extend(of(&plan.fixed, &|field| Role::Field(field, Filled::Fixed)));
        roles.extend(of(&plan.kept, &|field| Role::Field(field, Filled::Kept)));
        roles.extend(of(&plan.last, &Role::Last));
        roles.extend(of(&plan.asked, &|field| Role::Field(field, Filled::Asked)));
        roles.push(Role::Hints);
        let column = |(number, role): (u32, Role<'a>)| {
            let heading = heading(role, form.book, form.period);
            FormCol { role, width: width(role, &heading, form), heading, letters: column_letters(number) }
        };
        Self { all: (1u32..).zip(roles).map(column).collect() }
    }

    /// The column of a field that is read back.
    pub(super) fn of_field(&self, id: &str) -> Option<&FormCol<'a>> {
        self.all.iter().find(|column| matches!(column.role, Role::Field(field, _) if field.id == id))
    }

    /// The columns with their numbers, from 0.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (u16, &FormCol<'a>)> {
        (0u16..).zip(&self.all)
    }

    /// The number of the last column, from 0.
    pub(super) fn last(&self) -> u16 {
        self.numbered().last().map_or(0, |(number, _)| number)
    }

    /// How wide the printed columns are together.
    pub(super) fn across(&self) -> f64 {
        self.all.iter().filter(|column| !matches!(column.role, Role::Hints)).map(|column| column.width).sum()
    }

    /// How far the columns of a title may reach: up to the last that is printed.
    pub(super) fn printed(&self) -> u16 {
        self.last().saturating_sub(1)
    }

    /// As the stamp has them.
    pub(super) fn stamped(&self) -> Vec<FormColumn> {
        let of = |column: &FormCol| match column.role {
            Role::Field(field, filled) => FormColumn { field: Some(field.id.clone()), filled },
            Role::Serial | Role::Last(_) | Role::Hints => FormColumn { field: None, filled: Filled::Beside },
        };
        self.all.iter().map(of).collect()
    }

    /// Cells of the row that are asked and not reckoned: whether any of them is filled in, as a test.
    pub(super) fn begun(&self, book: &Book, row: u32) -> String {
        let asked = self.all.iter().filter(
            |column| matches!(column.role, Role::Field(field, Filled::Asked) if self.stated(book, field).is_none()),
        );
        let cells: Vec<String> = asked.map(|column| format!("${}{row}", column.letters)).collect();
        if cells.is_empty() { "TRUE".to_owned() } else { format!("{}<>\"\"", cells.join("&")) }
    }

    /// The columns that a rate is reckoned from: part and whole.
    pub(super) fn stated(&self, book: &'a Book, field: &Field) -> Option<(&FormCol<'a>, &FormCol<'a>)> {
        let stated = book.stated.iter().find(|stated| stated.field == field.id && stated.whole.is_some())?;
        Some((self.of_field(&stated.part)?, self.of_field(stated.whole.as_deref()?)?))
    }
}

/// A heading that the reader knows as the field's own, should the stamp be lost.
fn heading(role: Role, book: &Book, period: Period) -> String {
    match role {
        Role::Serial => "序号".to_owned(),
        Role::Hints => "核对提示".to_owned(),
        Role::Last(field) => format!("上期{}", field.title),
        Role::Field(field, _) => match is_its_own(book, field) {
            true => field.title.clone(),
            false => spelling(field).map_or(field.title.clone(), |spelling| filled(spelling, period)),
        },
    }
}

/// Whether a field's title is a spelling of that field and of no other.
fn is_its_own(book: &Book, field: &Field) -> bool {
    let title = label(&field.title);
    let spells = |field: &Field| field.spellings.iter().any(|spelling| label(spelling) == title);
    spells(field) && book.fields.iter().filter(|field| spells(field)).count() == 1
}

/// The first spelling of one level.
fn spelling(field: &Field) -> Option<&String> {
    field.spellings.iter().find(|spelling| !spelling.contains('|'))
}

/// A spelling with the period's numbers in it.
fn filled(spelling: &str, period: Period) -> String {
    let next = period.month() % 12 + 1;
    let numbers = [("{y}", period.year().to_string()), ("{ly}", (period.year() - 1).to_string())];
    let months = [("{m}", period.month().to_string()), ("{nm}", next.to_string())];
    numbers.iter().chain(&months).fold(spelling.to_owned(), |text, (mark, number)| text.replace(mark, number))
}

/// Room for what stands in the column and for what is likely to be written there; the heading may wrap.
fn width(role: Role, heading: &str, form: &IssuedForm) -> f64 {
    let (least, most) = match role {
        Role::Serial => return 5.0,
        Role::Hints => return 36.0,
        Role::Last(_) => return 10.0,
        Role::Field(field, _) => match field.kind {
            Kind::Amount | Kind::Count | Kind::Number => (10.0, 12.0),
            Kind::Rate => (9.0, 9.0),
            Kind::Date => (11.5, 11.5),
            Kind::Choice => (9.0, 12.0),
            Kind::Text if field.id == form.book.subject => (20.0, 26.0),
            Kind::Text => (8.0, 15.0),
        },
    };
    let Role::Field(field, filled) = role else { return least };
    let of = |row: &super::KnownRow| match row.values.get(&field.id) {
        Some(Known::Text(text)) => widths::width(text),
        _ => 0,
    };
    let content = form.rows.iter().map(of).max().unwrap_or(0) as f64 + 2.0;
    let asked = if filled == Filled::Asked && field.kind == Kind::Text { most } else { least };
    // A long heading may take three lines.
    let heading = (widths::width(heading) as f64 / 3.0).ceil() + 3.0;
    content.max(asked).max(heading).min(most.max(least))
}
