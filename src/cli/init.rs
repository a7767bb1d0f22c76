//! `dbkeel init`: puts a baseline, waivers, a fleet file and a pipeline into a repository, after looking at what is there.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum, ValueHint};

use super::shared::Context;
use super::{CliError, ExitStatus};
use crate::diagnostic::Diagnostic;
use crate::file::create_whole;
use crate::report::text::{clean, count};
use crate::source::terraform::root_modules;

mod pipelines;

#[derive(Args, Debug)]
pub(super) struct InitArgs {
    /// The repository
    #[arg(value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    dir: PathBuf,
    /// Whose pipeline to write (repeatable; default: those that the repository has files of, or else GitHub's)
    #[arg(long, value_name = "NAME", value_enum)]
    ci: Vec<Ci>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What runs pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ci {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
    /// Jenkins
    Jenkins,
    /// Azure Pipelines
    Azure,
    /// No pipeline
    None,
}

/// A file to write.
struct Planned {
    /// From the repository's folder, with slashes.
    path: &'static str,
    text: String,
    is_script: bool,
    about: &'static str,
}

impl Planned {
    fn new(path: &'static str, text: impl Into<String>, about: &'static str) -> Self {
        Self { path, text: text.into(), is_script: false, about }
    }
}

pub(super) fn run(args: &InitArgs, context: &Context) -> Result<ExitStatus, CliError> {
    if !args.dir.is_dir() {
        let title = format!("`{}` is no folder", args.dir.display());
        return Err(Diagnostic::new(title).help("name the folder of the repository, or go there").into());
    }
    let found = Found::look(&args.dir);
    let planned = planned(args, &found);
    let mut text = found.told();
    for file in &planned {
        let written = write(args, file)?;
        // Writing to a String cannot fail.
        let _ = match written {
            true => writeln!(text, "+ {:<34} {}", file.path, file.about),
            false => writeln!(text, "= {:<34} is there, and stays as it is", file.path),
        };
    }
    text.push_str(&next_steps(args, &found));
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// Writes a file unless something is there; whether it did, or would.
fn write(args: &InitArgs, file: &Planned) -> Result<bool, CliError> {
    let path = args.dir.join(file.path);
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    if args.dry_run {
        return Ok(true);
    }
    let failed = |error| CliError::Output { place: format!("`{}`", path.display()), error };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => in_the_way(folder),
            _ => failed(error),
        })?;
    }
    match create_whole(&path, file.text.as_bytes(), file.is_script) {
        Ok(()) => Ok(true),
        // Somebody else was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn in_the_way(folder: &Path) -> CliError {
    let title = format!("something that is no folder is where `{}` has to be", folder.display());
    Diagnostic::new(title).help("move it away, and run `dbkeel init` again: what it has written stays").into()
}

/// What a repository has.
struct Found {
    /// Root modules, from the repository's folder.
    roots: Vec<String>,
    ci: Vec<Ci>,
}

impl Found {
    fn look(dir: &Path) -> Self {
        let has = |name: &str| dir.join(name).symlink_metadata().is_ok();
        let signs = [
            (Ci::Github, ".github"),
            (Ci::Gitlab, ".gitlab-ci.yml"),
            (Ci::Jenkins, "Jenkinsfile"),
            (Ci::Azure, "azure-pipelines.yml"),
        ];
        let ci = signs.into_iter().filter(|(_, sign)| has(sign)).map(|(ci, _)| ci).collect();
        Self { roots: root_modules(dir), ci }
    }

    /// The root module that the pipeline begins with: production's, where one says that it is.
    fn root(&self) -> Option<&str> {
        let is_production =
            |root: &&String| root.split(['/', '-', '_']).any(|word| matches!(word, "prod" | "production"));
        self.roots.iter().find(is_production).or_else(|| self.roots.first()).map(String::as_str)
    }

    fn told(&self) -> String {
        match self.roots.as_slice() {
            [] => "no Terraform configuration is here; the pipeline names `infra/prod`, change it there\n".to_owned(),
            roots => {
                let named: Vec<_> = roots.iter().take(5).map(|root| clean(root).into_owned()).collect();
                let more = if roots.len() > 5 { ", …" } else { "" };
                format!("found {}: {}{more}\n", count(roots.len(), "root module"), named.join(", "))
            }
        }
    }
}

fn planned(args: &InitArgs, found: &Found) -> Vec<Planned> {
    let mut planned = vec![
        Planned::new("dbkeel/baseline.yaml", include_str!("init/baseline.yaml"), "what is asked of which databases"),
        Planned::new("dbkeel/waivers.yaml", include_str!("init/waivers.yaml"), "failures that somebody accepted"),
        Planned::new("dbkeel/fleet.yaml", include_str!("init/fleet.yaml"), "the accounts of the nightly audit"),
    ];
    let ci = match (args.ci.as_slice(), found.ci.as_slice()) {
        ([], []) => &[Ci::Github],
        ([], found) => found,
        (asked, _) => asked,
    };
    for one in ci {
        for file in pipelines::of(*one, found.root()) {
            if planned.iter().all(|other| other.path != file.path) {
                planned.push(file);
            }
        }
    }
    planned
}

fn next_steps(args: &InitArgs, found: &Found) -> String {
    let root = found.root().map(clean).unwrap_or("infra/prod".into());
    let written = if args.dry_run { "nothing was written\n" } else { "" };
    format!(
        "{written}\nnext:\n  change what is marked with `yours`\n  \
         dbkeel doctor {root} --baseline dbkeel/baseline.yaml --waivers dbkeel/waivers.yaml\n  \
         dbkeel scan {root} --baseline dbkeel/baseline.yaml --waivers dbkeel/waivers.yaml\n"
    )
}
