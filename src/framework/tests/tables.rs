//! `docs/framework-tables.md`: the controls of every framework, the rules that give evidence, and what no rule tests.

use std::fmt::Write as _;

use super::*;
use crate::baseline::{self, Baseline};

const HEAD: &str = "\
# Frameworks, control by control

What rules of dbkeel give evidence for, and what is left to a person. [frameworks.md](frameworks.md) says where the mappings
come from, and what `automated`, `partial` and `manual` mean. Rules in bold are evidence by a published mapping, the others by our
own reading. This page is generated: `DBKEEL_WRITE_DOCS=1 cargo test --lib the_tables_of_frameworks` writes it.

";

fn loaded() -> Vec<Framework> {
    EMBEDDED.iter().map(|(id, _)| load(id, &|_| unreachable!(), &rules()).unwrap()).collect()
}

fn baselines() -> Vec<Baseline> {
    let load = |name: &str| baseline::load(name, &|_| unreachable!(), &rules()).unwrap();
    baseline::EMBEDDED.iter().map(|(name, _)| load(name)).collect()
}

fn page() -> String {
    let (frameworks, baselines) = (loaded(), baselines());
    let mut page = HEAD.to_owned();
    summary(&mut page, &frameworks, &baselines);
    for framework in &frameworks {
        let Framework { id, name, edition, publisher, source, .. } = framework;
        writeln!(page, "\n## {name} {edition}\n\n`{id}`, published by {publisher}: {source}.\n").unwrap();
        page.push_str("| control | what it asks | assessed | rules | not tested |\n| --- | --- | --- | --- | --- |\n");
        framework.controls.iter().for_each(|control| writeln!(page, "{}", row(control)).unwrap());
        for SetAside { ids, reason } in &framework.set_aside {
            let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            let lead = if std::ptr::eq(reason, &framework.set_aside[0].reason) { "\nSet aside:\n\n" } else { "" };
            writeln!(page, "{lead}- {}: {reason}", ids.join(", ")).unwrap();
        }
    }
    page
}

/// How much of each framework rules test, and of how many controls each baseline gives evidence away in a tier.
fn summary(page: &mut String, frameworks: &[Framework], baselines: &[Baseline]) {
    let rules = rules();
    let names: String =
        baselines.iter().map(|baseline| format!(" `{}` loses evidence for |", baseline.name())).collect();
    writeln!(page, "| framework | automated | partial | manual | rules |{names}").unwrap();
    writeln!(page, "| --- | ---: | ---: | ---: | ---: |{}", " ---: |".repeat(baselines.len())).unwrap();
    for framework in frameworks {
        let Row { name, edition, automated, partial, manual, rules: by, .. } = Row::from(framework);
        write!(page, "| {name} {edition} | {automated} | {partial} | {manual} | {by} |").unwrap();
        for baseline in baselines {
            let loses = |control: &&Control| !framework.lost(control, baseline, "2026-11-22", &rules).is_empty();
            write!(page, " {} |", framework.controls.iter().filter(loses).count()).unwrap();
        }
        page.push('\n');
    }
}

fn row(control: &Control) -> String {
    let is_ours = |sources: &[Arc<str>]| sources.iter().all(|source| &**source == "dbkeel");
    let rules: Vec<String> = control
        .evidence
        .iter()
        .map(|(id, sources)| if is_ours(sources) { id.to_string() } else { format!("**{id}**") })
        .collect();
    let remainder = control.remainder.as_deref().unwrap_or("–");
    format!("| {} | {} | {} | {} | {remainder} |", control.id, control.title, control.assessment, rules.join(", "))
}

#[test]
fn the_tables_of_frameworks_are_fresh() {
    let page = page();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/framework-tables.md");
    if std::env::var_os("DBKEEL_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    // Not `assert_eq`, which would print both pages.
    let help = "`DBKEEL_WRITE_DOCS=1 cargo test --lib the_tables_of_frameworks` writes it";
    assert!(written == page, "docs/framework-tables.md is stale; {help}");
}
