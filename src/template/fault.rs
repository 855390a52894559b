//! What is wrong with an office's template: file, line, and what to do.

use std::collections::BTreeSet;
use std::fmt;

use minijinja::{Environment, Error, ErrorKind, Template, Value};

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
            Some(line) => write!(f, "{} 第{line}行：{}", self.file, self.message),
            None => write!(f, "{}：{}", self.file, self.message),
        }
    }
}

/// All faults of the templates that were asked for; nothing has been written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct TemplateErrors(pub Vec<TemplateFault>);

impl fmt::Display for TemplateErrors {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "模板有{}处错误，改正后再运行（把 profile 里的这个文件移走，就用回内置的模板）：", self.0.len())?;
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
    let detail = error.detail().map_or(String::new(), |detail| format!("（{detail}）"));
    match error.kind() {
        ErrorKind::UndefinedError => format!("{written}没有这个数据：请对照内置模板开头的说明，改用其中列出的名称"),
        ErrorKind::SyntaxError => {
            format!("写法有误{detail}：请检查 {{{{ }}}}、{{% %}} 是否成对，if、for 是否有对应的 endif、endfor")
        }
        ErrorKind::UnknownFilter => format!("{written}用了没有的过滤器{detail}：请检查“|”后面的名称"),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
            format!("{written}用了没有的函数{detail}：请检查名称")
        }
        ErrorKind::TemplateNotFound => format!("没有要引用的模板{detail}：只能引用内置名称的模板"),
        ErrorKind::TooManyArguments | ErrorKind::MissingArgument => {
            format!("{written}参数个数不对{detail}：请对照内置模板改正")
        }
        _ => format!("{written}不能这样用{detail}：请对照内置模板改正"),
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
        let known = if known.is_empty() { String::new() } else { format!("（有：{}）", known.join("、")) };
        let message = format!("没有“{missing}”这个数据：请改用有的名称{known}");
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
