//! What every command needs: where to print, whether in colour, what time it is.

use std::io::{self, Write as _};

use super::{CliError, ColorChoice, Environment, GlobalArgs};

/// The surroundings of a command.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) now: jiff::Timestamp,
    pub(super) color: bool,
    pub(super) stderr_color: bool,
    pub(super) quiet: bool,
    pub(super) github_actions: bool,
}

impl Context {
    pub(super) fn new(args: &GlobalArgs, environment: &Environment) -> Self {
        let choose = |detected: bool| match args.color {
            ColorChoice::Auto => detected,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        Self {
            now: environment.now,
            color: choose(environment.stdout_color),
            stderr_color: choose(environment.stderr_color),
            quiet: args.quiet,
            github_actions: environment.github_actions,
        }
    }

    /// Writes to stdout. A reader that went away (`dbkeel facts | head`) is no error.
    pub(super) fn print(&self, bytes: &[u8]) -> Result<(), CliError> {
        let mut stdout = io::stdout().lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output { place: "stdout".into(), error }),
            _ => Ok(()),
        }
    }

    /// Says something to the person at the terminal, unless `--quiet`.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            anstream::eprintln!("{text}");
        }
    }
}
