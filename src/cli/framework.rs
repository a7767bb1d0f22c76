//! `dbkeel framework`: which frameworks there are, what gives evidence for their controls, and what a baseline loses of it.

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::policy::PolicyDirs;
use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::framework::{self, EMBEDDED, Framework, Row};
use crate::model::Rule;
use crate::policy::Policies;

#[derive(Debug, Subcommand)]
pub(super) enum FrameworkCommand {
    /// List the frameworks, and how much of each rules test
    List(ListArgs),
    /// Show a framework: its controls, the rules that give evidence, and the evidence that a baseline gives away
    Show(ShowArgs),
    /// Check frameworks: rules, parameters and numbers that do not exist, claims that rules do not bear out
    Lint(LintArgs),
}

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The id of a framework in the binary, or a YAML file
    #[arg(value_name = "ID|FILE")]
    framework: String,
    /// Also show the evidence that this baseline gives away: the name of an embedded one, or a YAML file
    #[arg(long, value_name = "NAME|FILE")]
    baseline: Option<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct LintArgs {
    /// Ids of frameworks in the binary, or YAML files (default: all in the binary)
    #[arg(value_name = "ID|FILE")]
    frameworks: Vec<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
}

pub(super) fn run(command: FrameworkCommand, context: &Context) -> Result<ExitStatus, CliError> {
    let text = match command {
        FrameworkCommand::List(args) => list(&args)?,
        FrameworkCommand::Show(args) => show(&args, context)?,
        FrameworkCommand::Lint(args) => lint(&args)?,
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// The frameworks of these ids and files, or everything that is wrong with them.
pub(super) fn load(names: &[String], policies: &Policies) -> Result<Vec<Framework>, CliError> {
    let rules = rules(policies);
    let (mut frameworks, mut problems) = (Vec::new(), Vec::new());
    for name in names {
        match framework::load(name, &|path| std::fs::read(path), &rules) {
            Ok(framework) => frameworks.push(framework),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(frameworks) } else { Err(problems.into()) }
}

fn rules(policies: &Policies) -> Vec<Arc<Rule>> {
    policies.iter().map(|policy| Arc::clone(&policy.rule)).collect()
}

fn in_the_binary() -> Vec<String> {
    EMBEDDED.iter().map(|(id, _)| (*id).to_owned()).collect()
}

fn list(args: &ListArgs) -> Result<String, CliError> {
    let frameworks = load(&in_the_binary(), &shared::policies(&[])?)?;
    let rows: Vec<Row<'_>> = frameworks.iter().map(Row::from).collect();
    Ok(if args.json { shared::json(&rows) } else { framework::table(&rows) })
}

fn show(args: &ShowArgs, context: &Context) -> Result<String, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let baseline = args.baseline.as_ref().map(|name| shared::baseline(name, &policies)).transpose()?;
    let frameworks = load(std::slice::from_ref(&args.framework), &policies)?;
    let rules = rules(&policies);
    let now = shared::rfc3339(context.now);
    let baseline = baseline.as_ref().map(|baseline| (baseline, now.as_str()));
    let described = frameworks.iter().map(|framework| framework.describe(baseline, &rules));
    let pages = described.map(|description| if args.json { shared::json(&description) } else { description.page() });
    Ok(pages.collect())
}

fn lint(args: &LintArgs) -> Result<String, CliError> {
    let names = if args.frameworks.is_empty() { in_the_binary() } else { args.frameworks.clone() };
    let frameworks = load(&names, &shared::policies(&args.dirs.dirs)?)?;
    let controls: usize = frameworks.iter().map(|framework| framework.controls.len()).sum();
    Ok(format!("{} frameworks with {controls} controls checked, nothing found\n", frameworks.len()))
}
