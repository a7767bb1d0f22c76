//! The `dbkeel` command: parses the command line, calls one command, maps its outcome to an exit status.

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;
use dbkeel::cli::{Cli, Environment, ExitStatus, version};

// A scan makes millions of small things on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // The digest of the rules takes a moment that no other command should pay for.
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            anstream::print!("{}", version());
            return ExitCode::SUCCESS;
        }
        Err(error) => error.exit(),
    };
    let status = cli.run(&environment).unwrap_or_else(|error| {
        anstream::eprint!("{}", error.render(environment.stderr_color));
        ExitStatus::CouldNotRun
    });
    ExitCode::from(status as u8)
}
