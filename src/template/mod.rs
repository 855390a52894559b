//! Template: the wording of bulletins and mails, which an office may change without the program.
//!
//! Takes the templates that are built in, each replaced by a file of the same name in the office's profile folder,
//! and a context that serde can tell; gives the text. What a template asks for and does not get is an error with
//! file and line, never an empty place; what departments wrote can become neither markup nor another line.

mod escape;
mod fault;
mod known;

use std::path::Path;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

pub use escape::MARKS;
pub use fault::{TemplateErrors, TemplateFault};
pub use known::{BUILT_IN, BULLETIN};

/// The ending of a template's name; what stands before it says how values are escaped: `.html` as HTML, `.md`
/// so that no character of [`MARKS`] counts as a mark, any other not at all.
pub const ENDING: &str = ".j2";

/// A template as it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    /// Its name: `mail/return.html.j2`.
    name: String,
    /// How the operator finds it: its path, or that it is built in.
    shown: String,
    text: String,
}

/// The templates of an office; each can include and import the others by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Templates {
    sources: Vec<Source>,
}

impl Templates {
    /// Those that are built into the program.
    pub fn built_in() -> Self {
        let source = |(name, text): &(&str, &str)| Source {
            name: (*name).to_owned(),
            shown: crate::say!("profile-built-in", name = name),
            text: (*text).to_owned(),
        };
        Self { sources: BUILT_IN.iter().map(source).collect() }
    }

    /// Those that are built in with an office's own over them; `profile` is the folder of its TOML files.
    ///
    /// # Errors
    ///
    /// Every fault of every file: one that is no template of ours, that is not UTF-8 text, that breaks the syntax.
    pub fn load(profile: Option<&Path>) -> Result<Self, TemplateErrors> {
        let mut templates = Self::built_in();
        let mut faults = Vec::new();
        if let Some(folder) = profile {
            for (name, path) in known::files(folder, &mut faults) {
                let shown = path.display().to_string();
                match known::text_of(&path) {
                    Ok(text) => templates.replace(Source { name, shown, text }, &mut faults),
                    Err(message) => faults.push(TemplateFault::of_file(shown, message)),
                }
            }
        }
        faults.extend(templates.broken());
        if faults.is_empty() { Ok(templates) } else { Err(TemplateErrors(faults)) }
    }

    /// The same with another text for one of them; for an office's file that is not on a disk, and for tests.
    ///
    /// # Errors
    ///
    /// A name that is no template of ours; a text that breaks the syntax.
    pub fn with(mut self, name: &str, text: &str) -> Result<Self, TemplateErrors> {
        let mut faults = Vec::new();
        let source = Source { name: name.to_owned(), shown: name.to_owned(), text: known::tidy(text) };
        self.replace(source, &mut faults);
        faults.extend(self.broken());
        if faults.is_empty() { Ok(self) } else { Err(TemplateErrors(faults)) }
    }

    fn replace(&mut self, source: Source, faults: &mut Vec<TemplateFault>) {
        match self.sources.iter_mut().find(|known| known.name == source.name) {
            Some(known) => *known = source,
            None => faults.push(TemplateFault::of_file(source.shown, known::no_such(&source.name))),
        }
    }

    /// A template filled in. Names that the context does not have are told all at once, those in branches
    /// that are not taken included.
    ///
    /// # Errors
    ///
    /// Names or filters that are unknown, operations that their values do not allow, each with its line.
    pub fn render(&self, name: &str, context: &impl Serialize) -> Result<String, TemplateErrors> {
        let one = |error: minijinja::Error| TemplateErrors(vec![fault::of_error(&error, &self.shown())]);
        let environment = self.environment().map_err(TemplateErrors)?;
        let template = environment.get_template(name).map_err(one)?;
        let context = Value::from(Serde(context));
        let unknown = fault::unknown_names(&template, &environment, &context, &self.shown());
        if !unknown.is_empty() {
            return Err(TemplateErrors(unknown));
        }
        template.render(context).map_err(one)
    }

    /// How the operator finds a template: its path, or that it is built in.
    pub fn shown_as(&self, name: &str) -> String {
        self.shown()(name)
    }

    fn shown(&self) -> impl Fn(&str) -> String {
        |name| {
            let known = self.sources.iter().find(|source| source.name == name);
            known.map_or(name, |source| &source.shown).to_owned()
        }
    }

    fn broken(&self) -> Vec<TemplateFault> {
        self.environment().err().unwrap_or_default()
    }

    /// All templates together, or what is wrong with the syntax of each.
    fn environment(&self) -> Result<Environment<'_>, Vec<TemplateFault>> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.expect("the usual delimiters are without fault"));
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // Errors then carry the expression that failed.
        environment.set_debug(true);
        environment.set_auto_escape_callback(escape::of_name);
        environment.set_formatter(escape::write);
        environment.add_filter("numeral", known::numeral);
        let mut faults = Vec::new();
        for source in &self.sources {
            if let Err(error) = environment.add_template(&source.name, &source.text) {
                faults.push(fault::of_error(&error, &self.shown()));
            }
        }
        if faults.is_empty() { Ok(environment) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests;
