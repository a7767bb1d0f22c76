//! The `dbkeel` command: parses the command line, calls one command, maps its outcome to an exit status.

use std::process::ExitCode;

use clap::Parser as _;
use dbkeel::cli::{Cli, Environment, ExitStatus};

// musl's own has one lock, at which the threads of a scan would queue.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let status = Cli::parse().run(&environment).unwrap_or_else(|error| {
        anstream::eprint!("{}", error.render(environment.stderr_color));
        ExitStatus::CouldNotRun
    });
    ExitCode::from(status as u8)
}
