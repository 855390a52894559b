//! The catalogues: Fluent files that are part of the program, each read when it is first asked.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Message};
use fluent_syntax::parser;
use unic_langid::LanguageIdentifier;

use super::Language;

/// A file of each language, Chinese first.
macro_rules! file {
    ($name:literal) => {
        ($name, [include_str!(concat!("zh/", $name, ".ftl")), include_str!(concat!("en/", $name, ".ftl"))])
    };
}

/// The catalogues: the first word of an id names the file.
pub(super) const FILES: [(&str, [&str; 2]); 37] = [
    file!("book"),
    file!("check"),
    file!("cli"),
    file!("cluster"),
    file!("diff"),
    file!("draft"),
    file!("explain"),
    file!("fetch"),
    file!("figure"),
    file!("forms"),
    file!("help"),
    file!("init"),
    file!("inspect"),
    file!("layout"),
    file!("ledger"),
    file!("mail"),
    file!("package"),
    file!("period"),
    file!("profile"),
    file!("progress"),
    file!("project"),
    file!("publish"),
    file!("query"),
    file!("register"),
    file!("report"),
    file!("rule"),
    file!("run"),
    file!("runs"),
    file!("scores"),
    file!("send"),
    file!("settings"),
    file!("status"),
    file!("stands"),
    file!("template"),
    file!("term"),
    file!("trace"),
    file!("workspace"),
];

type Bundle = FluentBundle<FluentResource>;
/// Each file of each language, read when it is first asked; `None` where it cannot be.
type Bundles = BTreeMap<(Language, &'static str), OnceLock<Option<Bundle>>>;

/// A message's text, or an attribute's: `id.attribute`.
pub(super) fn text(language: Language, id: &str, arguments: &FluentArgs) -> Option<String> {
    let (file, _) = id.split_once('-')?;
    let bundle = bundle(language, file)?;
    let (id, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut faults = Vec::new();
    let text = bundle.format_pattern(pattern, Some(arguments), &mut faults).into_owned();
    faults.is_empty().then_some(text)
}

/// The ids of a file's messages in their order, such as all of `rule`.
pub fn entries(file: &str) -> Vec<String> {
    let messages = source(Language::Zh, file).map_or_else(Vec::new, messages);
    messages.into_iter().map(|message| message.id.name.to_owned()).collect()
}

/// What the English glossary calls a term of the office; `None` for what is no such term.
pub(super) fn translated(office: &str) -> Option<String> {
    let none = FluentArgs::new();
    let is_it = |id: &String| text(Language::Zh, id, &none).is_some_and(|term| term == office);
    entries("term").into_iter().find(is_it).and_then(|id| text(Language::En, &id, &none))
}

/// The messages of a catalogue as they are written there; none of one that cannot be read, which a test finds.
pub(super) fn messages(source: &str) -> Vec<Message<&str>> {
    let Ok(resource) = parser::parse(source) else { return Vec::new() };
    let message = |entry| if let Entry::Message(message) = entry { Some(message) } else { None };
    resource.body.into_iter().filter_map(message).collect()
}

fn source(language: Language, file: &str) -> Option<&'static str> {
    let (_, texts) = FILES.iter().find(|(name, _)| *name == file)?;
    Some(texts[language as usize])
}

fn bundle(language: Language, file: &str) -> Option<&'static Bundle> {
    static READ: OnceLock<Bundles> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let of = |language| FILES.iter().map(move |(name, _)| ((language, *name), OnceLock::new()));
        Language::ALL.into_iter().flat_map(of).collect()
    });
    let (key, slot) = read.iter().find(|((of, name), _)| *of == language && *name == file)?;
    slot.get_or_init(|| read_bundle(language, source(language, key.1)?)).as_ref()
}

fn read_bundle(language: Language, source: &str) -> Option<Bundle> {
    let locale: LanguageIdentifier = match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
    .parse()
    .ok()?;
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // The marks that keep right-to-left text apart are noise in a terminal, a pipe and a test.
    bundle.set_use_isolating(false);
    bundle.add_resource(FluentResource::try_new(source.to_owned()).ok()?).ok()?;
    Some(bundle)
}
