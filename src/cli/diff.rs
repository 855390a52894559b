//! `wuzhang diff`: what changed between two runs of a period, for people and for programs.

use serde_json::{Value as Json, json};

use super::aligned::{Side, aligned};
use super::ledger_args::DiffArgs;
use super::{CommandError, Exit, Said, query, words};
use crate::ledger::{
    self, Became, FileChange, Ledger, LedgerError, PlaceChange, RecordedFigure, RowAt, Run, RunDiff, Value, ValueChange,
};
use crate::measure::Figure;
use crate::profile::{Kind, MeasuredIn, Profile};
use crate::say;

/// `wuzhang diff`
pub(super) fn diff(args: &DiffArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let ledger = Ledger::of(&workspace);
    let after = ledger.current(args.at.period)?.ok_or(LedgerError::NoRun(args.at.period))?;
    let before = match (&args.against, after.number) {
        (Some(given), _) => ledger.run(args.at.period, given)?,
        (None, 1) => {
            let text = say!("diff-once", period = words::period(args.at.period)) + "\n";
            return Ok(Said { text: if args.json { String::new() } else { text }, exit: Exit::Clean });
        }
        (None, number) => ledger.run(args.at.period, &(number - 1).to_string())?,
    };
    let found = ledger::diff(&before, &after)?;
    let profile = workspace.load_profile().unwrap_or_else(|_| Profile::built_in());
    let told = Told { profile: &profile, found: &found };
    let text = match args.json {
        true => format!("{:#}\n", told.json(&before, &after)),
        false => told.text(&before, &after),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// A diff with the words for it.
struct Told<'a> {
    profile: &'a Profile,
    found: &'a RunDiff,
}

impl Told<'_> {
    fn text(&self, before: &Run, after: &Run) -> String {
        let found = self.found;
        let period = words::period(after.manifest.period);
        let mut text = say!("diff-title", period = period, before = before.number, after = after.number) + "\n";
        let files = found
            .files
            .iter()
            .map(file_line)
            .chain(found.others.iter().map(|other| vec![say!("diff-changed"), other.clone()]));
        let files: Vec<_> = files.collect();
        let added: Vec<_> = found.added.iter().map(|row| self.row_line(row)).collect();
        let gone: Vec<_> = found.gone.iter().map(|row| self.row_line(row)).collect();
        let values: Vec<_> = found.values.iter().map(|change| self.value_line(change)).collect();
        let places: Vec<_> = found.places.iter().flat_map(|change| self.place_lines(change)).collect();
        text += &section(&say!("diff-inputs", count = files.len()), &files);
        text += &section(&say!("diff-added", count = added.len()), &added);
        text += &section(&say!("diff-gone", count = gone.len()), &gone);
        text += &section(&say!("diff-values", count = values.len()), &values);
        text += &section(&say!("diff-places", count = places.len()), &places);
        if *found == RunDiff::default() {
            text += &format!("\n{}\n", say!("diff-none"));
        }
        text
    }

    fn book(&self, id: &str) -> String {
        self.profile.book(id).map_or(id, |book| &book.title).to_owned()
    }

    fn subject<'r>(&self, row: &'r RowAt) -> &'r str {
        let subject = self.profile.book(&row.book).map(|book| &book.subject);
        subject.and_then(|subject| row.texts.get(subject)).map_or(&row.key, |name| name)
    }

    fn row_line(&self, row: &RowAt) -> Vec<String> {
        vec![self.book(&row.book), self.subject(row).to_owned(), row.place.clone(), self.brought(row.became)]
    }

    fn value_line(&self, change: &ValueChange) -> Vec<String> {
        let (before, after) = (self.value(change, &change.before), self.value(change, &change.after));
        let at = &change.at;
        let column = self.column(&at.book, &change.column);
        let what = say!("diff-value", what = column, before = before, after = after);
        vec![self.book(&at.book), self.subject(at).to_owned(), what, at.place.clone(), self.brought(at.became)]
    }

    /// What brought a change.
    fn brought(&self, became: Option<Became>) -> String {
        match became {
            Some(Became::New) => say!("diff-by-new"),
            Some(Became::Gone) => say!("diff-by-gone"),
            Some(Became::Changed) => say!("diff-by-changed"),
            None if self.found.others.is_empty() => String::new(),
            None => say!("diff-by-others"),
        }
    }

    fn column(&self, book: &str, column: &str) -> String {
        let book = self.profile.book(book);
        let field = book.and_then(|book| book.field(column)).map(|field| field.title.clone());
        let derived = book.and_then(|book| book.derived.iter().find(|derived| derived.id == column));
        let known = match column {
            "reporting_unit" => Some(say!("diff-reporting-unit")),
            "town_group" => Some(say!("diff-town")),
            "department_group" => Some(say!("diff-department")),
            "category_group" => Some(say!("diff-category")),
            "leader_group" => Some(say!("diff-leader")),
            "plan_reported" => Some(say!("diff-plan-reported")),
            _ => None,
        };
        field.or(derived.map(|derived| derived.title.clone())).or(known).unwrap_or_else(|| column.to_owned())
    }

    fn value(&self, change: &ValueChange, value: &Value) -> String {
        let field = self.profile.book(&change.at.book).and_then(|book| book.field(&change.column));
        let is_money = field.is_some_and(|field| field.kind == Kind::Amount) || change.column == "plan_reported";
        match value {
            Value::Missing => say!("diff-empty"),
            Value::Whole(yuan) if is_money => words::yuan(*yuan),
            other => query::shown(other),
        }
    }

    fn place_lines(&self, change: &PlaceChange) -> Vec<Vec<String>> {
        let place = |place: Option<u32>| match place {
            Some(_) => words::place(place),
            None => say!("diff-no-place"),
        };
        let (was, is) = (change.before.as_ref(), change.after.as_ref());
        let named = |what: String| vec![change.title.clone(), change.group.clone(), what];
        let mut lines = Vec::new();
        match (was, is) {
            (Some(was), Some(is)) => {
                if was.place != is.place {
                    lines.push(named(format!("{} → {}", place(was.place), place(is.place))));
                }
                let grade = |grade: &Option<String>| grade.clone().unwrap_or_else(|| "—".to_owned());
                if was.grade != is.grade {
                    lines.push(named(format!("{} → {}", grade(&was.grade), grade(&is.grade))));
                }
            }
            (None, _) => lines.push(named(say!("diff-listed"))),
            (_, None) => return vec![named(say!("diff-unlisted"))],
        }
        lines.extend(change.figures().into_iter().map(|(before, after)| {
            let of = |figure: Option<&RecordedFigure>| {
                figure.map_or_else(
                    || (String::new(), "—".to_owned()),
                    |figure| recorded_figure(self.profile, &change.book, figure),
                )
            };
            let ((title, old), (later, new)) = (of(before), of(after));
            let what = if later.is_empty() { title } else { later };
            named(say!("diff-value", what = what, before = old, after = new))
        }));
        lines
    }

    fn json(&self, before: &Run, after: &Run) -> Json {
        let run = |run: &Run| json!({"run": run.number, "digest": run.digest});
        let row = |row: &RowAt| {
            json!({
                "book": row.book,
                "key": row.key,
                "name": self.subject(row),
                "place": row.place,
                "file": row.became.map(became_id),
            })
        };
        let value = |change: &ValueChange| {
            let mut told = row(&change.at);
            told["column"] = json!(change.column);
            told["before"] = query::json(&change.before);
            told["after"] = query::json(&change.after);
            told
        };
        let place = |change: &PlaceChange| {
            json!({
                "ranking": change.ranking,
                "book": change.book,
                "group": change.group,
                "before": change.before,
                "after": change.after,
            })
        };
        let file = |change: &FileChange| json!({"file": change.file, "became": became_id(change.became), "same_as": change.same_as});
        let found = self.found;
        json!({
            "period": after.manifest.period.to_string(),
            "before": run(before),
            "after": run(after),
            "files": found.files.iter().map(file).collect::<Vec<_>>(),
            "others": found.others,
            "added": found.added.iter().map(row).collect::<Vec<_>>(),
            "gone": found.gone.iter().map(row).collect::<Vec<_>>(),
            "values": found.values.iter().map(value).collect::<Vec<_>>(),
            "places": found.places.iter().map(place).collect::<Vec<_>>(),
        })
    }
}

fn file_line(change: &FileChange) -> Vec<String> {
    let became = match change.became {
        Became::New => say!("diff-file-new"),
        Became::Gone => say!("diff-file-gone"),
        Became::Changed => say!("diff-file-changed"),
    };
    let file = match &change.same_as {
        Some(other) => say!("diff-twin", file = change.file, other = other),
        None => change.file.clone(),
    };
    vec![became, file]
}

fn became_id(became: Became) -> &'static str {
    match became {
        Became::New => "new",
        Became::Gone => "gone",
        Became::Changed => "changed",
    }
}

fn section(title: &str, lines: &[Vec<String>]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let widest = lines.iter().map(Vec::len).max().unwrap_or(0);
    format!("\n{title}\n{}", aligned("  ", &vec![Side::Left; widest], lines))
}

/// A recorded figure's title and value as a reader writes them.
pub(super) fn recorded_figure(profile: &Profile, book: &str, figure: &RecordedFigure) -> (String, String) {
    let measures = profile.book(book).map_or(&[][..], |book| &book.measures);
    let known = measures.iter().find(|known| known.id == figure.measure);
    let title = known.map_or(&figure.measure, |known| &known.title).clone();
    let measured_in = known.map_or(MeasuredIn::Count, |known| known.measured_in);
    let value = figure.exact();
    let (numerator, denominator) = (figure.numerator, figure.denominator);
    (
        title,
        words::figure(&Figure { measure: figure.measure.as_str().into(), measured_in, value, numerator, denominator }),
    )
}
