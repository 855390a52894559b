//! What is wrong with an office's template: file, line, and what to do.

use std::collections::BTreeSet;
use std::fmt;

use minijinja::{Environment, Error, ErrorKind, Template, Value};

use crate::{lang, say};

/// One fault of a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// The file, as the operator finds it.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to do, in one sentence.
    pub message: String,
}

impl TemplateFault {
    /// A fault of a whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, message: message.into() }
    }
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => f.write_str(&say!("template-fault-at", file = self.file, line = line, fault = self.message)),
            None => f.write_str(&say!("template-fault", file = self.file, fault = self.message)),
        }
    }
}

/// All faults of the templates that were asked for; nothing has been written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TemplateErrors(pub Vec<TemplateFault>);

impl fmt::Display for TemplateErrors {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&say!("template-faults", count = self.0.len()))?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

/// An error of the engine; `shown` says how the operator finds a template.
pub(super) fn of_error(error: &Error, shown: &dyn Fn(&str) -> String) -> TemplateFault {
    // The outermost error only says that an included template failed.
    let inner = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Error>());
    if let Some(inner) = inner.filter(|_| matches!(error.kind(), ErrorKind::BadInclude | ErrorKind::EvalBlock)) {
        return of_error(inner, shown);
    }
    TemplateFault { file: shown(error.name().unwrap_or_default()), line: error.line(), message: in_words(error) }
}

fn in_words(error: &Error) -> String {
    let written = error.range().and_then(|range| error.template_source()?.get(range)).map(str::trim);
    let written = written.filter(|text| !text.is_empty()).map_or(String::new(), |text| format!("“{text}”"));
    let detail = error.detail().map_or(String::new(), |detail| say!("template-detail", detail = detail));
    match error.kind() {
        ErrorKind::UndefinedError => say!("template-no-data", written = written),
        ErrorKind::SyntaxError => say!("template-syntax", detail = detail),
        ErrorKind::UnknownFilter => say!("template-no-filter", written = written, detail = detail),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
            say!("template-no-function", written = written, detail = detail)
        }
        ErrorKind::TemplateNotFound => say!("template-no-template", detail = detail),
        ErrorKind::TooManyArguments | ErrorKind::MissingArgument => {
            say!("template-arguments", written = written, detail = detail)
        }
        _ => say!("template-wrong", written = written, detail = detail),
    }
}

/// The names of a template that the context has no data for, each where it first stands.
pub(super) fn unknown_names(
    template: &Template,
    environment: &Environment,
    context: &Value,
    shown: &dyn Fn(&str) -> String,
) -> Vec<TemplateFault> {
    let globals: BTreeSet<&str> = environment.globals().map(|(name, _)| name).collect();
    let mut names: Vec<String> = template.undeclared_variables(true).into_iter().collect();
    names.retain(|name| !globals.contains(name.split('.').next().unwrap_or(name)));
    let fault = |name: &String| {
        let (missing, known) = missing(context, name)?;
        let line = line_of(template.source(), name);
        let message = match known.is_empty() {
            true => say!("template-missing", name = missing),
            false => say!("template-missing-known", name = missing, known = lang::list(&known)),
        };
        Some(TemplateFault { file: shown(template.name()), line, message })
    };
    let faults: BTreeSet<TemplateFault> = names.iter().filter_map(fault).collect();
    faults.into_iter().collect()
}

/// The first part of a dotted name that there is nothing for, and what there is beside it.
fn missing(context: &Value, name: &str) -> Option<(String, Vec<String>)> {
    let mut here = context.clone();
    let mut path = String::new();
    for part in name.split('.') {
        // What is empty this month has no parts that could be compared, nor has a text.
        if here.kind() != minijinja::value::ValueKind::Map {
            return None;
        }
        path = if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
        let next = here.get_attr(part).ok().filter(|value| !value.is_undefined());
        match next {
            Some(next) => here = next,
            None => {
                let mut known: Vec<String> = here.try_iter().into_iter().flatten().map(|key| key.to_string()).collect();
                known.sort();
                return Some((path, known));
            }
        }
    }
    None
}

/// The line on which a name first stands as a whole.
fn line_of(source: &str, name: &str) -> Option<usize> {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let stands = |line: &str| {
        line.match_indices(name).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + name.len()..].chars().next();
            !before.is_some_and(part_of_name) && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    };
    source.lines().position(stands).map(|at| at + 1)
}
