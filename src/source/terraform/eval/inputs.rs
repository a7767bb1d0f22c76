//! What a root module is given from outside: variables, the workspace.
//!
//! Reading it is the caller's business. <https://developer.hashicorp.com/terraform/language/values/variables>

use std::collections::BTreeMap;
use std::sync::Arc;

/// What a root module is given. Of several values for a variable, the last one counts: environment, files, single ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inputs {
    /// The environment; only `TF_VAR_*` is looked at.
    pub(crate) environment: BTreeMap<String, String>,
    /// `terraform.tfvars`, `terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` by name, then those of
    /// `--var-file`, in this order.
    pub(crate) var_files: Vec<VariableFile>,
    /// Those of `--var NAME=TEXT`, in this order.
    pub(crate) vars: Vec<(String, String)>,
    /// `terraform.workspace`; `default` unless it is given.
    pub(crate) workspace: Option<Arc<str>>,
}

/// A file of values for variables.
#[derive(Clone, Debug)]
pub(crate) struct VariableFile {
    /// As messages name it. With the ending `.json` it is JSON.
    pub(crate) name: Arc<str>,
    /// What it holds, or why it cannot be read.
    pub(crate) text: Result<Arc<str>, Arc<str>>,
}

/// Whether Terraform reads a file of a root module's folder by itself, and how early: files are read in this order.
pub(crate) fn automatic_rank(file_name: &str) -> Option<(u8, &str)> {
    match file_name {
        "terraform.tfvars" => Some((0, file_name)),
        "terraform.tfvars.json" => Some((1, file_name)),
        name if name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json") => Some((2, name)),
        _ => None,
    }
}
