//! The variables that the command line and the environment give to configuration without a plan.

use std::sync::Arc;

use clap::{Args, ValueHint};

use super::{CliError, SOURCE};
use crate::cli::shared::Context;
use crate::diagnostic::Diagnostic;
use crate::source::terraform::{Given, VariableFile};

/// What configuration without a plan is given on the command line.
#[derive(Args, Debug)]
#[command(next_help_heading = SOURCE)]
pub(in crate::cli) struct VariableArgs {
    /// A value for a variable of configuration that is judged without a plan (repeatable). `TF_VAR_name`, `TF_WORKSPACE`,
    /// `terraform.tfvars` and `*.auto.tfvars` count too, as they do for Terraform
    #[arg(long = "var", value_name = "NAME=VALUE", value_parser = parse)]
    vars: Vec<(String, String)>,
    /// A file of values for such variables, `.tfvars` or `.tfvars.json` (repeatable)
    #[arg(long = "var-file", value_name = "FILE", value_hint = ValueHint::FilePath)]
    var_files: Vec<String>,
}

/// What every root module is given; an error for a file that cannot be read.
pub(in crate::cli) fn given(args: &VariableArgs, context: &Context) -> Result<Given, CliError> {
    let mut var_files = Vec::new();
    for path in &args.var_files {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Diagnostic::new(format!("the variables of `{path}` cannot be read: {error}"))
                .help("give `--var-file` a `.tfvars` or `.tfvars.json` file that you may read")
        })?;
        var_files.push(VariableFile { name: path.as_str().into(), text: Ok(text.into()) });
    }
    Ok(Given { var_files, vars: args.vars.clone(), ..of_environment(context) })
}

/// What the environment alone gives.
pub(in crate::cli) fn of_environment(context: &Context) -> Given {
    Given { environment: context.terraform.clone(), var_files: Vec::new(), vars: Vec::new(), texts: Arc::default() }
}

/// `NAME=VALUE`, as Terraform's `-var` takes it.
fn parse(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write `NAME=VALUE`".to_owned()),
    }
}
