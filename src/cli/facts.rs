//! `dbkeel facts`: the catalogue of facts.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::shared::{self, Context};
use super::{CliError, ExitStatus};
use crate::facts::{CATALOGUE, FactDef, api_members, find};

#[derive(Args, Debug)]
pub(super) struct FactsArgs {
    /// Show only the facts whose name contains this text
    filter: Option<String>,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: FactsFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FactsFormat {
    /// For people
    Table,
    /// For programs
    Json,
    /// The page of the documentation
    Markdown,
}

pub(super) fn run(args: FactsArgs, context: &Context) -> Result<ExitStatus, CliError> {
    let filter = args.filter.unwrap_or_default();
    let chosen: Vec<&FactDef> = CATALOGUE.iter().filter(|def| def.name.contains(&filter)).collect();
    if chosen.is_empty() {
        return Err(CliError::Usage {
            message: format!("no fact's name contains `{filter}`"),
            help: "`dbkeel facts` lists them all".into(),
        });
    }
    let text = match args.format {
        FactsFormat::Table => table(&chosen),
        FactsFormat::Json => shared::json(&chosen.iter().map(|def| Row { def, api: members(def) }).collect::<Vec<_>>()),
        FactsFormat::Markdown => crate::facts::markdown(&chosen),
    };
    context.print(text.as_bytes())?;
    Ok(ExitStatus::Clean)
}

/// One fact, for programs.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    def: &'a FactDef,
    /// The members of the provider's API behind it.
    api: Vec<&'static str>,
}

fn members(def: &FactDef) -> Vec<&'static str> {
    find(def.name).map(api_members).unwrap_or_default()
}

fn table(facts: &[&FactDef]) -> String {
    let mut text = String::new();
    for def in facts {
        let unit = def.unit.map(|unit| format!(", {unit}")).unwrap_or_default();
        let kinds: Vec<&str> = def.kinds.iter().map(|kind| kind.as_str()).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{} ({}{unit})\n    {}\n    of: {}",
            def.name,
            def.ty.as_str(),
            def.meaning,
            kinds.join(", ")
        );
        for (resource_type, attribute) in def.terraform {
            let _ = writeln!(text, "    {resource_type}.{attribute}");
        }
        for member in members(def) {
            let _ = writeln!(text, "    AWS API: {member}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_the_documentation_is_the_catalogue() {
        let all: Vec<&FactDef> = CATALOGUE.iter().collect();
        let page = crate::facts::markdown(&all);
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/facts.md");
        if std::env::var_os("DBKEEL_WRITE_DOCS").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        // Not `assert_eq`, which would print both pages.
        assert!(written == page, "docs/facts.md is stale; `DBKEEL_WRITE_DOCS=1 cargo test the_page_of` writes it");
    }
}
