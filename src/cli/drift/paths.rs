//! Which files are on which side of a comparison.

use std::path::Path;

use super::SideArgs;
use crate::cli::CliError;
use crate::diagnostic::Diagnostic;
use crate::model::{Against, Inventory, SourceKind};
use crate::source::aws::s3::is_uri;

/// The files of both sides.
pub(super) struct Sides {
    pub(super) against: Against,
    /// What is declared, or was, or the environment that serves as the measure.
    pub(super) first: Vec<String>,
    /// What runs.
    pub(super) second: Vec<String>,
}

/// The files that the command line names.
pub(super) fn sides(args: &SideArgs) -> Result<Sides, CliError> {
    let (against, first, second) = match (&args.from, &args.to, args.compare.as_slice()) {
        (Some(from), Some(to), _) => (Against::Earlier, vec![from.clone()], vec![to.clone()]),
        (_, _, [one, other]) => (Against::Environment, vec![one.clone()], vec![other.clone()]),
        _ => (Against::Declared, expand(&args.declared)?, expand(&args.running)?),
    };
    Ok(Sides { against, first, second })
}

/// Names that a shell did not expand, because they stood in quotes or in a file. In order, each once.
pub(in crate::cli) fn expand(patterns: &[String]) -> Result<Vec<String>, CliError> {
    let mut paths: Vec<String> = Vec::new();
    for pattern in patterns {
        // A file may have such a name, and in S3 it stands for itself.
        if !pattern.contains(['*', '?', '[']) || is_uri(pattern) || Path::new(pattern).exists() {
            paths.push(pattern.clone());
            continue;
        }
        let found = matches(pattern)?;
        if found.is_empty() {
            return Err(Diagnostic::new(format!("no file matches `{pattern}`"))
                .help("give a path, or a glob that matches: `*` stands for names, `**` for folders")
                .into());
        }
        paths.extend(found);
    }
    let mut seen = std::collections::BTreeSet::new();
    paths.retain(|path| seen.insert(Path::new(path).canonicalize().unwrap_or_else(|_| path.into())));
    Ok(paths)
}

fn matches(pattern: &str) -> Result<Vec<String>, CliError> {
    let bad = |why: String| {
        Diagnostic::new(format!("glob `{pattern}`: {why}")).help("`*` stands for names, `**` for folders")
    };
    let found = glob::glob(pattern).map_err(|error| bad(error.to_string()))?;
    let mut paths = Vec::new();
    for path in found {
        let path = path.map_err(|error| bad(error.to_string()))?;
        paths.push(path.to_string_lossy().into_owned());
    }
    Ok(paths)
}

/// Whether each side is of the right kind: comparing a state with a state says nothing of what runs.
pub(super) fn check(sides: &Sides, first: &Inventory, second: &Inventory) -> Result<(), CliError> {
    let mut errors = Vec::new();
    let wrong = |inventory: &Inventory, is_right: fn(SourceKind) -> bool, what: &str, help: &'static str| {
        let of = inventory.sources.iter().filter(|source| !is_right(source.kind));
        of.map(|source| Diagnostic::new(format!("`{}` is {}, not {what}", source.path, words(source.kind))).help(help))
            .collect::<Vec<_>>()
    };
    let inventory = "give an inventory that `dbkeel collect` wrote, or a reply that the AWS CLI printed";
    let runs = |kind| kind == SourceKind::Inventory;
    if sides.against == Against::Declared {
        let help =
            "give `--declared` plans, states or folders of configuration; `--from` and `--to` compare two inventories";
        errors.extend(wrong(first, |kind| kind != SourceKind::Inventory, "a declaration", help));
    } else {
        errors.extend(wrong(first, runs, "an inventory", inventory));
    }
    errors.extend(wrong(second, runs, "an inventory", inventory));
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

fn words(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::TerraformPlan => "a plan",
        SourceKind::TerraformState => "a state",
        SourceKind::TerraformConfiguration => "a folder of configuration",
        SourceKind::Inventory => "an inventory",
    }
}
