//! `wuzhang project`: a project's whole life, each figure with its cell.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::aligned::{Side, aligned, shortened};
use super::args::ProjectArgs;
use super::words::period;
use super::{CommandError, Exit, Said};
use crate::history::{Life, Moment};
use crate::lang::term;
use crate::pipeline;
use crate::profile::Kind;
use crate::say;
use crate::settings::Link;

/// More projects than this are only named.
const SHOWN: usize = 5;
/// How much of a long text is shown.
const PLACES: usize = 60;

/// `wuzhang project`
pub(super) fn project(args: &ProjectArgs) -> Result<Said, CommandError> {
    let workspace = args.at.open()?;
    let lives = pipeline::project(&workspace, &args.project)?;
    if lives.is_empty() {
        return Err(CommandError::NoProject(args.project.clone()));
    }
    let text = match args.json {
        true => lives.iter().map(|life| format!("{}\n", line(life))).collect(),
        false if lives.len() > SHOWN => named(&lives, &args.project),
        false => lives.iter().map(account).collect::<Vec<_>>().join("\n"),
    };
    Ok(Said { text, exit: Exit::Clean })
}

/// The names of too many projects.
fn named(lives: &[Life], wanted: &str) -> String {
    let mut text = say!("project-several", count = lives.len(), wanted = wanted) + "\n";
    for life in lives {
        let unit = life.periods.last().map_or("", |moment| &moment.unit);
        let code = life.code.as_deref().unwrap_or_default();
        let _ = writeln!(text, "  {}", say!("project-several-of", name = life.name, unit = unit, code = code));
    }
    text
}

/// A project for people: a block a period, texts only where they changed.
fn account(life: &Life) -> String {
    let mut text = format!("{}\n", life.name);
    let _ = match &life.code {
        Some(code) => writeln!(text, "{}", say!("project-key-code", key = life.key, code = code)),
        None => writeln!(text, "{}", say!("project-key", key = life.key)),
    };
    for link in &life.links {
        let _ = writeln!(text, "{}", told(link));
    }
    for (at, moment) in life.periods.iter().enumerate() {
        let before = life.periods[..at].iter().rfind(|before| before.book == moment.book);
        let at = say!(
            "project-moment",
            period = period(moment.period),
            book = moment.title,
            unit = moment.unit,
            file = moment.file,
            sheet = moment.sheet,
            row = moment.row,
        );
        let _ = writeln!(text, "\n{at}");
        text += &aligned("  ", &[Side::Left, Side::Right, Side::Left, Side::Left], &values(moment, before));
        for decision in moment.decisions.iter().flat_map(|all| all.split('；')) {
            let _ = writeln!(text, "  {}", say!("project-decision", decision = decision));
        }
    }
    text
}

/// How the project came by its name.
fn told(link: &Link) -> String {
    let (relation, old, new, document) = (term(link.relation.title()), &link.old, &link.new, &link.document);
    match link.from.map(period) {
        Some(from) => {
            say!("project-link-from", relation = relation, old = old, new = new, document = document, from = from)
        }
        None => say!("project-link", relation = relation, old = old, new = new, document = document),
    }
}

/// A moment's values; of texts those that are new since the book's period before.
fn values(moment: &Moment, before: Option<&Moment>) -> Vec<Vec<String>> {
    let known = |said: &&crate::history::SaidValue| {
        let figure = matches!(said.kind, Kind::Amount | Kind::Count | Kind::Rate | Kind::Number);
        let same = |old: &crate::history::SaidValue| old.field == said.field && old.value == said.value;
        !figure && said.reported.is_none() && before.is_some_and(|before| before.values.iter().any(same))
    };
    let shown = moment.values.iter().filter(|said| !known(said));
    let counted = |kind: Kind, value: &str| match kind {
        Kind::Amount => say!("figure-yuan", value = value),
        _ => value.to_owned(),
    };
    shown
        .map(|said| {
            let reported = said.reported.as_ref();
            vec![
                said.title.clone(),
                shortened(&counted(said.kind, &said.value), PLACES),
                said.cell.clone(),
                reported.map_or(String::new(), |old| say!("project-reported", value = counted(said.kind, old))),
            ]
        })
        .collect()
}

/// A project for programs.
fn line(life: &Life) -> Value {
    let links = life.links.iter().map(|link| {
        json!({
            "relation": link.relation.title(),
            "old": link.old,
            "new": link.new,
            "book": link.book,
            "from_book": link.from_book,
            "from": link.from.map(|from| from.to_string()),
            "document": link.document,
        })
    });
    json!({
        "key": life.key,
        "name": life.name,
        "code": life.code,
        "links": links.collect::<Vec<_>>(),
        "periods": life.periods.iter().map(at_period).collect::<Vec<_>>(),
    })
}

fn at_period(moment: &Moment) -> Value {
    let figures: Map<String, Value> = moment
        .values
        .iter()
        .map(|said| {
            let mut figure = json!({"title": said.title, "value": number(said.kind, &said.value), "cell": said.cell});
            if let Some(reported) = &said.reported {
                figure["reported"] = number(said.kind, reported);
            }
            (said.field.clone(), figure)
        })
        .collect();
    json!({
        "period": moment.period.to_string(),
        "book": moment.book,
        "name": moment.name,
        "unit": moment.unit,
        "source": {"file": moment.file, "sheet": moment.sheet, "row": moment.row},
        "figures": figures,
        "decisions": moment.decisions,
    })
}

/// Amounts, counts and numbers as numbers, exactly as they are written; all else as text.
fn number(kind: Kind, value: &str) -> Value {
    match kind {
        Kind::Amount | Kind::Count | Kind::Number => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        _ => json!(value),
    }
}
