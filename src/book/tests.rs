use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::baseline::{EMBEDDED, load};
use crate::facts::catalogue::SERVERLESS_V1;
use crate::model::Rule;
use crate::policy::samples::{BACKUP_RETENTION, file};

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn generated() -> Vec<Page> {
    let policies = crate::policy::load_embedded().unwrap();
    let rules: Vec<std::sync::Arc<Rule>> = policies.iter().map(|policy| policy.rule.clone()).collect();
    let nowhere = |_: &str| Err(std::io::ErrorKind::NotFound.into());
    let baselines: Vec<Baseline> = EMBEDDED.iter().map(|(name, _)| load(name, &nowhere, &rules).unwrap()).collect();
    pages(&policies, &baselines)
}

/// Every page of the book by its path in `docs`, the written and the generated ones.
fn book() -> BTreeMap<String, String> {
    let written = fs::read_dir(docs()).unwrap().map(|entry| entry.unwrap().path());
    let written = written.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let written = written.map(|path| (name(&path), fs::read_to_string(&path).unwrap()));
    written.chain(generated().into_iter().map(|page| (page.path, page.text))).collect()
}

/// The targets of the links of a page, outside of code.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        }
        if in_block {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("code");
        for (at, _) in prose.match_indices("](") {
            let rest = &prose[at + 2..];
            links.extend(rest.find(')').map(|end| rest[..end].to_owned()));
        }
    }
    links
}

/// The anchors of a page's headings, as mdbook and code hosts make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let slug = |heading: &str| -> String {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|char| char.is_alphanumeric() || matches!(char, ' ' | '-' | '_'));
        kept.map(|char| if char == ' ' { '-' } else { char }).collect()
    };
    headings.map(slug).collect()
}

/// The path that a link leads to from a page: `../facts/engine.md` from `rules/a.md`.
fn resolved(page: &str, target: &str) -> String {
    let mut steps: Vec<&str> = page.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[test]
fn every_link_of_the_book_leads_somewhere() {
    let book = book();
    let mut broken = Vec::new();
    for (path, text) in &book {
        for link in links(text).iter().filter(|link| !link.contains("://")) {
            let (target, anchor) =
                link.split_once('#').map_or((link.as_str(), None), |(to, anchor)| (to, Some(anchor)));
            let target = if target.is_empty() { path.clone() } else { resolved(path, target) };
            let is_there = match (book.get(&target), anchor) {
                (Some(text), Some(anchor)) => anchors(text).contains(anchor),
                (Some(_), None) => true,
                // Schemas, and what else lies in the folder.
                (None, _) => docs().join(&target).is_file(),
            };
            if !is_there {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    assert_eq!(broken, [""; 0]);
}

#[test]
fn every_written_page_is_in_the_table_of_contents_once() {
    let summary = fs::read_to_string(docs().join("SUMMARY.md")).unwrap();
    let mut listed = links(&summary);
    listed.sort();
    let written: Vec<String> = book().into_keys().filter(|path| !path.contains('/')).collect();
    let written: Vec<String> =
        written.into_iter().filter(|path| !matches!(path.as_str(), "SUMMARY.md" | "generated.md")).collect();
    assert_eq!(listed, written);
    assert_eq!(summary.lines().filter(|line| line.contains("puts the generated pages here")).count(), 1);
}

#[test]
fn what_a_page_includes_is_there() {
    let mut included = 0;
    for (path, text) in book() {
        for (at, _) in text.match_indices("{{#include ") {
            let rest = &text[at + "{{#include ".len()..];
            let file = rest.split(['}', ':']).next().unwrap_or_default();
            assert!(docs().join(file).is_file(), "{path}: {file}");
            included += 1;
        }
    }
    assert!(included >= 2);
}

#[test]
fn the_generated_pages_are_the_same_each_time_and_each_once() {
    let pages = generated();
    assert_eq!(pages, generated());
    let paths: BTreeSet<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths.len(), pages.len());
    let rules = pages.iter().filter(|page| page.path.starts_with("rules/")).count();
    assert_eq!(rules, crate::policy::load_embedded().unwrap().iter().count() + 1);
    assert_eq!(pages.iter().filter(|page| page.path.starts_with("facts/")).count(), FactId::all().count() + 1);
}

#[test]
fn the_pages_read_well() {
    let path = "policies/retention/backup_retention.rego";
    let policies = crate::policy::load(&[file(path, BACKUP_RETENTION)]).unwrap();
    let policy = policies.iter().next().unwrap();
    let text = "name: strict\ntiers: {tier-1: {parameters: {min_backup_retention_days: 35}}, tier-2: {}}\n\
                assign: [{tier: tier-1, tags: {tier: one}}, {tier: tier-2, default: true}]\n";
    let baseline = crate::baseline::parse("strict.yaml", text, std::slice::from_ref(&policy.rule)).unwrap();
    insta::assert_snapshot!("rule", rule_page(policy, &[baseline], Reader::Book));
    insta::assert_snapshot!("fact", fact::page(SERVERLESS_V1, &policies));
}

#[test]
fn a_page_at_the_terminal_has_the_same_words_without_links() {
    let policies = crate::policy::load_embedded().unwrap();
    for policy in policies.iter() {
        let (book, terminal) = (rule_page(policy, &[], Reader::Book), rule_page(policy, &[], Reader::Terminal));
        assert_eq!(links(&terminal), [""; 0], "{}", policy.rule.id);
        assert_eq!(book.lines().count(), terminal.lines().count());
    }
}
