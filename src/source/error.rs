//! Why a file could not be read: one error with its place and its remedy.
//!
//! INVARIANT: no message quotes the file. A plan holds passwords, and the line that is broken may be the one with them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::aws::s3::S3Problem;
use crate::diagnostic::{Diagnostic, SourceText};

/// What [`Problem::OtherText`] calls a `.tf` file.
pub(crate) const CONFIGURATION: &str = "Terraform configuration (HCL)";

/// Why a file could not be read, and where in it.
#[derive(Debug, thiserror::Error)]
pub struct SourceError {
    /// The file, as the user named it.
    pub path: Arc<str>,
    /// Line and column, from 1; columns count Unicode code points.
    pub place: Option<(u32, u32)>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The operating system refused.
    #[error("the file cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// What `terraform plan -out` writes.
    #[error("this is a binary plan file")]
    BinaryPlan,
    /// Compressed with gzip.
    #[error("this file is compressed")]
    Compressed,
    /// Bytes that are not text.
    #[error("the file is not text")]
    NotText,
    /// HCL, YAML, or what Terraform prints for people.
    #[error("this is {what}, not JSON")]
    OtherText {
        /// What it looks like.
        what: &'static str,
    },
    /// Something stands before the JSON document.
    #[error("the JSON document starts only at line {line}: other text stands before it")]
    TextBefore {
        /// The first line that looks like the document.
        line: u32,
    },
    /// Something stands after the JSON document.
    #[error("the JSON document has ended, and more text follows it")]
    TextAfter,
    /// `terraform plan -json`, a stream of events.
    #[error("this is the event stream of `terraform plan -json`, which does not hold the plan")]
    EventStream,
    /// The document stops in the middle.
    #[error("the JSON document is cut short")]
    Truncated,
    /// Not JSON.
    #[error("this is not valid JSON: {reason}")]
    Syntax {
        /// The parser's reason, which names no value.
        reason: String,
    },
    /// JSON of another kind.
    #[error("this JSON is neither a Terraform plan nor a state")]
    NotTerraform,
    /// A plan or state inside something else.
    #[error("the plan or state is inside another document, under `{under}`")]
    Nested {
        /// Where it is, as jq would say it.
        under: String,
    },
    /// A plan or state whose parts have other types than Terraform gives them.
    #[error("`{part}` is not laid out as Terraform writes it: {reason}")]
    Layout {
        /// The part.
        part: &'static str,
        /// What was expected.
        reason: String,
    },
    /// A newer major version of the JSON output.
    #[error("the format version `{version}` is not supported; known are 0.1 to 1.x")]
    FormatVersion {
        /// As the file says it.
        version: String,
    },
    /// Something else where an inventory file was to be.
    #[error("this is not an inventory file: {what}")]
    NotInventory {
        /// What shows it.
        what: &'static str,
    },
    /// An inventory file of another version.
    #[error("the inventory has version {version}; only version 1 is supported")]
    InventoryVersion {
        /// As the file says it.
        version: u64,
    },
    /// An inventory file that ends before its seal.
    #[error("the inventory is not sealed; whole accounts and regions in it: {scopes}")]
    Unsealed {
        /// How many accounts and regions are whole.
        scopes: usize,
    },
    /// An inventory file whose digests do not fit.
    #[error("the inventory was changed after it was sealed: {what}")]
    InventoryChanged {
        /// Which part.
        what: String,
    },
    /// A line that does not belong where it is.
    #[error("this line is not laid out as dbkeel writes it: {reason}")]
    InventoryLayout {
        /// What is wrong with it.
        reason: String,
    },
    /// A raw state of another version.
    #[error("the state file has version {version}; only version 4 is supported")]
    StateVersion {
        /// As the file says it.
        version: u64,
    },
    /// An object of S3.
    #[error(transparent)]
    S3(S3Problem),
}

impl SourceError {
    /// An error about a file as a whole.
    pub(crate) fn new(path: &str, problem: Problem) -> Self {
        Self { path: path.into(), place: None, problem }
    }

    /// An error at a place of the file.
    pub(crate) fn at(path: &str, place: (u32, u32), problem: Problem) -> Self {
        Self { path: path.into(), place: Some(place), problem }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl Problem {
    /// What to do about it.
    pub fn help(&self) -> Cow<'static, str> {
        const SHOW: &str =
            "write the plan with `terraform plan -out tfplan`, then `terraform show -json tfplan > tfplan.json`";
        let help = match self {
            Self::Nested { under } => return format!("take it out, for example with `jq '{under}'`").into(),
            Self::S3(problem) => return problem.help(),
            Self::Unreadable(_) => "give the path of a plan, a state or an inventory, or `-` for standard input",
            Self::Empty => {
                "the command that writes it may have failed; run it again: `terraform show -json tfplan > tfplan.json`, \
                 `dbkeel collect`"
            }
            Self::BinaryPlan => "run `terraform show -json` on it: `terraform show -json tfplan > tfplan.json`",
            Self::Compressed => "decompress it first",
            Self::OtherText { what } if *what == CONFIGURATION => {
                "give the folder that it is in, to judge the configuration without a plan; or a plan in JSON"
            }
            Self::NotText | Self::OtherText { .. } | Self::EventStream => SHOW,
            Self::TextBefore { .. } | Self::TextAfter => {
                "keep only what `terraform show -json` writes to standard output; a wrapper of the command may print more"
            }
            Self::Truncated => "the file was not written whole; run `terraform show -json tfplan > tfplan.json` again",
            Self::Syntax { .. } | Self::Layout { .. } => {
                "the file was changed after `terraform show -json` wrote it, or something else wrote it"
            }
            Self::NotTerraform => {
                "give what `terraform show -json` prints, a state file of version 4, an inventory that `dbkeel collect` \
                 wrote, or what `aws rds describe-db-instances` and its like print"
            }
            Self::FormatVersion { .. } => "use a newer dbkeel, or write the plan with an older Terraform",
            Self::NotInventory { .. } => "give a file that `dbkeel collect` wrote",
            Self::InventoryVersion { .. } => "use the dbkeel that wrote it or a newer one, or collect again",
            Self::Unsealed { .. } => {
                "its collection was cut off: run the same `dbkeel collect` again with `--resume`; if the file was copied, copy it again"
            }
            Self::InventoryChanged { .. } | Self::InventoryLayout { .. } => {
                "an inventory is evidence and not to be edited: copy it again from where it was written, or collect again"
            }
            Self::StateVersion { .. } => {
                "let a current Terraform rewrite it, or give what `terraform show -json` prints"
            }
        };
        help.into()
    }
}

impl From<SourceError> for Diagnostic {
    fn from(error: SourceError) -> Self {
        let text = SourceText { name: error.path, text: "".into() };
        let diagnostic = Diagnostic { source: Some(text), ..Diagnostic::new(error.problem.to_string()) };
        Diagnostic { place: error.place, ..diagnostic }.help(error.problem.help())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_shows_the_place_and_the_remedy_but_not_the_line() {
        let error = SourceError::at("plan.json", (3, 14), Problem::Truncated);
        let expected = [
            "error: the JSON document is cut short",
            "--> plan.json:3:14",
            " = help: the file was not written whole; run `terraform show -json tfplan > tfplan.json` again",
        ];
        assert_eq!(Diagnostic::from(error).render(false).lines().collect::<Vec<_>>(), expected);
    }
}
