//! `dbkeel policy`: list, show, test and check rules.

mod docs;
mod explain;
mod junit;
mod new;
mod test;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::book;
use crate::model::Rule;
use crate::policy;

#[derive(Debug, Subcommand)]
pub(super) enum PolicyCommand {
    /// List the rules
    List(ListArgs),
    /// Show one rule: what it asks, of which facts, what baselines set, and how to mend; its page of the documentation
    Show(ShowArgs),
    /// Say why a rule gave resources their verdicts: tier, parameters, facts and their origins, statement by statement
    Explain(Box<explain::ExplainArgs>),
    /// Write a new rule and its test, ready to be filled in
    New(new::NewArgs),
    /// Run the Rego tests
    Test(TestArgs),
    /// Write the pages of the documentation on rules and facts
    Docs(docs::DocsArgs),
    /// Check the rules: metadata, facts, parameters, forbidden functions, missing tests
    Check(PolicyDirs),
}

/// Which rules.
#[derive(Args, Debug)]
pub(super) struct PolicyDirs {
    /// A folder with rules of your own, beside those in the binary (repeatable)
    #[arg(long = "policy", value_name = "DIR")]
    pub(super) dirs: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ListArgs {
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ShowArgs {
    /// The id, an earlier id, or the name of the rule
    rule: String,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args, Debug)]
pub(super) struct TestArgs {
    /// Run only the tests whose full name contains this text; coverage is told of the rules that they test
    filter: Option<String>,
    #[command(flatten)]
    dirs: PolicyDirs,
    /// Name every test, not only those that fail, and the coverage of every file
    #[arg(long, short)]
    verbose: bool,
    /// Fail when less than this share of the rules' lines was run, in percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100), conflicts_with = "filter")]
    fail_under: Option<u8>,
    /// Write a report to stdout or to FILE besides (repeatable): junit, json
    #[arg(long = "output", short, value_name = "FORMAT[=FILE]", value_parser = test::Output::parse)]
    outputs: Vec<test::Output>,
}

pub(super) fn run(command: PolicyCommand, context: &Context) -> Result<ExitStatus, CliError> {
    match command {
        PolicyCommand::List(args) => list(&args, context),
        PolicyCommand::Show(args) => show(&args, context),
        PolicyCommand::Explain(args) => explain::run(&args, context),
        PolicyCommand::New(args) => new::run(&args, context),
        PolicyCommand::Test(args) => test::run(&args, context),
        PolicyCommand::Docs(args) => docs::run(&args, context),
        PolicyCommand::Check(dirs) => check(&dirs, context),
    }
}

fn list(args: &ListArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let rules: Vec<&Rule> = policies.iter().map(|policy| policy.rule.as_ref()).collect();
    let text = if args.json { shared::json(&rules) } else { table(&rules) };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn table(rules: &[&Rule]) -> String {
    let width = |of: fn(&Rule) -> usize| rules.iter().map(|rule| of(rule)).max().unwrap_or(0);
    let (ids, names) = (width(|rule| rule.id.len()), width(|rule| rule.name.len()));
    let mut text = String::new();
    for rule in rules {
        let Rule { id, severity, domain, name, title, .. } = rule;
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{id:ids$}  {severity:8}  {domain:12}  {name:names$}  {title}");
    }
    let _ = writeln!(text, "{} rules", rules.len());
    text
}

fn show(args: &ShowArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let policies = shared::policies(&args.dirs.dirs)?;
    let policy = shared::policy(&policies, &args.rule)?;
    let text = match args.json {
        true => shared::json(policy.rule.as_ref()),
        false => book::rule_page(policy, &shared::embedded_baselines(&policies)?, book::Reader::Terminal),
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

fn check(dirs: &PolicyDirs, context: &Context) -> Result<ExitStatus, CliError> {
    let files = shared::policy_files(&dirs.dirs)?;
    let problems = policy::check(&files);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let rules = files.iter().filter(|file| !file.is_test()).count();
    context.print(format!("{rules} policy files checked, nothing found\n").as_bytes())?;
    Ok(ExitStatus::Clean)
}
