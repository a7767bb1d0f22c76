//! The `dbkeel` command: parses the command line, calls one command, maps its outcome to an exit status.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use dbkeel::cli::{Cli, CliError, Environment, ExitStatus, version};

// A scan makes millions of small things on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // The digest of the rules takes a moment that no other command should pay for.
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            return ExitCode::from(print(&version(), &environment) as u8);
        }
        Err(error) if !error.use_stderr() => return ExitCode::from(help(&error, &environment) as u8),
        Err(error) => error.exit(),
    };
    let status = cli.run(&environment).unwrap_or_else(|error| failed(&error, &environment));
    ExitCode::from(status as u8)
}

fn print(text: &str, environment: &Environment) -> ExitStatus {
    match dbkeel::cli::print(text.as_bytes()) {
        Ok(()) => ExitStatus::Clean,
        Err(error) => failed(&error, environment),
    }
}

/// Prints help as clap does, in colour on a terminal. Clap itself keeps silent when that fails.
fn help(text: &clap::Error, environment: &Environment) -> ExitStatus {
    match text.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            failed(&CliError::Output { place: "stdout".into(), error }, environment)
        }
        _ => ExitStatus::Clean,
    }
}

fn failed(error: &CliError, environment: &Environment) -> ExitStatus {
    // Nothing more can be done where not even this can be written.
    let _ = write!(anstream::stderr(), "{}", error.render(environment.stderr_color));
    ExitStatus::CouldNotRun
}
