//! `dbkeel man`: the manual as man pages, a page for each command.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory as _, ValueHint};
use clap_mangen::Man;

use super::shared::Context;
use super::{Cli, CliError, ExitStatus};
use crate::file::write_whole;
use crate::report::text::count;

#[derive(Args, Debug)]
pub(super) struct ManArgs {
    /// The folder to write the pages into, such as `/usr/local/share/man/man1`; without it the first page is printed
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

pub(super) fn run(args: &ManArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(dir) = &args.dir else {
        let (_, page) = page(command).map_err(|error| CliError::Output { place: "stdout".into(), error })?;
        return context.print(&page).map(|()| ExitStatus::Clean);
    };
    let mut pages = Vec::new();
    let failed = |error| CliError::Output { place: format!("`{}`", dir.display()), error };
    collect(command, &mut pages).map_err(failed)?;
    for (name, page) in &pages {
        let path = dir.join(name);
        write_whole(&path, |out| out.write_all(page))
            .map_err(|error| CliError::Output { place: format!("`{}`", path.display()), error })?;
    }
    context.note(&format!("wrote {} into {}", count(pages.len(), "page"), dir.display()));
    Ok(ExitStatus::Clean)
}

/// The page of a command and those of the commands below it.
fn collect(command: Command, pages: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    let below: Vec<Command> = command.get_subcommands().filter(|one| !one.is_hide_set()).cloned().collect();
    pages.push(page(command)?);
    below.into_iter().try_for_each(|one| collect(one, pages))
}

fn page(command: Command) -> std::io::Result<(String, Vec<u8>)> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let man = Man::new(command).title(name).source(concat!("dbkeel ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok((man.get_filename(), page))
}
