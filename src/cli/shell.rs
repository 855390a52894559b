//! `wuzhang completions` and `wuzhang man`: what a shell and `man` want to know of the command line.
//!
//! Both are made from the command line as it is parsed, so that they never say anything else.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::help;
use super::{CommandError, Exit, Said};
use crate::say;
use crate::workspace::{Doing, WorkspaceError};

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Which shell: bash, zsh, fish, powershell, elvish.
    #[arg(hide_possible_values = true)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The folder for the pages; it need not exist yet.
    folder: PathBuf,
}

/// `wuzhang completions`
pub(super) fn completions(args: &CompletionsArgs) -> Said {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut shown(), "wuzhang", &mut text);
    Said { text: String::from_utf8_lossy(&text).into_owned(), exit: Exit::Clean }
}

/// `wuzhang man`
pub(super) fn man(args: &ManArgs) -> Result<Said, CommandError> {
    let refused = |source| WorkspaceError::Io { action: Doing::Writing, path: args.folder.clone(), source };
    fs::create_dir_all(&args.folder).map_err(refused)?;
    clap_mangen::generate_to(help::command(), &args.folder).map_err(refused)?;
    let page = args.folder.join("wuzhang.1");
    let text = say!("cli-pages", folder = args.folder.display(), page = page.display()) + "\n";
    Ok(Said { text, exit: Exit::Clean })
}

/// The command line without what the program only calls itself with.
fn shown() -> clap::Command {
    let whole = help::command();
    let hidden: Vec<String> =
        whole.get_subcommands().filter(|one| one.is_hide_set()).map(|one| one.get_name().to_owned()).collect();
    let kept: Vec<clap::Command> =
        whole.get_subcommands().filter(|one| !hidden.contains(&one.get_name().to_owned())).cloned().collect();
    let bare = clap::Command::new("wuzhang").version(env!("CARGO_PKG_VERSION"));
    let about = whole.get_about().cloned().unwrap_or_default();
    let options = whole.get_arguments().cloned();
    bare.about(about)
        .args(options)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommands(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_completes_every_command_and_no_hidden_one() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let text = completions(&CompletionsArgs { shell }).text;
            for command in help::command().get_subcommands().filter(|one| !one.is_hide_set()) {
                assert!(text.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
            assert!(!text.contains("read-apart"), "{shell}");
        }
    }

    #[test]
    fn a_page_for_every_command() {
        let folder = tempfile::tempdir().unwrap();
        man(&ManArgs { folder: folder.path().join("man") }).unwrap();
        let page = |name: &str| fs::read_to_string(folder.path().join("man").join(name)).unwrap();
        assert!(page("wuzhang.1").contains("把各单位报来的项目表汇总成排名"));
        assert!(page("wuzhang-run.1").contains("\\-\\-period"), "{}", page("wuzhang-run.1"));
        assert!(page("wuzhang-layout-confirm.1").contains("confirm"));
        assert!(!folder.path().join("man/wuzhang-read-apart.1").exists());
    }
}
