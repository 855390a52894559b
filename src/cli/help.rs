//! The command line's help in the language that was chosen: every text of it comes from the catalogues.
//!
//! What stands as documentation in the arguments' own files is for engineers; here each command and argument gets
//! its message by its name: `help-run` with its `usage` and `examples`, `help-run.known` for its argument, and
//! `help-all` for what several commands take.

use clap::{Arg, Command, CommandFactory};

use super::args::Arguments;
use crate::lang::known;

/// The whole command line, in the chosen language.
pub(super) fn command() -> Command {
    told(Arguments::command(), "")
}

/// A command and those below it; `path` names it: `book-new`, nothing for the program.
fn told(command: Command, path: &str) -> Command {
    let id = if path.is_empty() { "help-top".to_owned() } else { format!("help-{path}") };
    let Some(about) = known(&id) else { return command };
    let below: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let arguments: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let mut command = command
        .about(about)
        .help_template(format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}", all("usage")))
        .subcommand_help_heading(all("commands"))
        .subcommand_value_name(all("command-name"));
    if let Some(usage) = known(&format!("{id}.usage")) {
        command = command.override_usage(usage);
    }
    if let Some(examples) = known(&format!("{id}.examples")) {
        command = command.after_help(examples);
    }
    for argument in arguments {
        command = command.mut_arg(&argument, |argument| of_argument(argument, &id));
    }
    for name in below {
        let path = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(&name, |below| told(below, &path));
    }
    command
}

/// An argument with its help, its heading and the name of its value.
fn of_argument(argument: Arg, command: &str) -> Arg {
    let name = argument.get_id().as_str().replace('_', "-");
    let said = |key: &str| known(&format!("{command}.{key}")).or_else(|| known(&format!("help-all.{key}")));
    let heading = if argument.is_positional() { "arguments" } else { "options" };
    let value = said(&format!("{name}-name")).filter(|_| argument.get_action().takes_values());
    let mut argument = argument.help_heading(all(heading));
    if let Some(help) = said(&name) {
        argument = argument.help(help);
    }
    match value {
        Some(value) => argument.value_name(value),
        None => argument,
    }
}

fn all(key: &str) -> String {
    known(&format!("help-all.{key}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Language, known_in};

    fn walk(path: &str, command: &Command, missing: &mut Vec<String>) {
        if command.is_hide_set() {
            return;
        }
        let id = if path.is_empty() { "help-top".to_owned() } else { format!("help-{path}") };
        let is_known = |id: &str| Language::ALL.into_iter().all(|language| known_in(language, id).is_some());
        let mut ask = |id: String, or: String| {
            if !is_known(&id) && !is_known(&or) {
                missing.push(id);
            }
        };
        ask(id.clone(), id.clone());
        ask(format!("{id}.usage"), format!("{id}.usage"));
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let name = argument.get_id().as_str().replace('_', "-");
            ask(format!("{id}.{name}"), format!("help-all.{name}"));
            if argument.get_action().takes_values() {
                ask(format!("{id}.{name}-name"), format!("help-all.{name}-name"));
            }
        }
        for below in command.get_subcommands() {
            let name = below.get_name();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}-{name}") };
            walk(&path, below, missing);
        }
    }

    #[test]
    fn every_command_and_argument_is_told_in_both_languages() {
        let mut missing = Vec::new();
        walk("", &Arguments::command(), &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn the_help_is_the_catalogue_s() {
        let mut told = command();
        told.build();
        let help = told.find_subcommand_mut("run").unwrap().render_help().to_string();
        for part in ["处理一期报表", "用法：wuzhang run", "参数:", "选项:", "--no-cache", "例子："] {
            assert!(help.contains(part), "{part} in {help}");
        }
        assert!(!help.contains("Options:") && !help.contains("[default"), "{help}");
    }
}
