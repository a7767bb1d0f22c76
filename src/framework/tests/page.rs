//! `docs/coverage.md`: every control of the catalogue, the rules that answer it, from which sources, and with how many tests;
//! or why there is no rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::catalogue::{Catalogue, Known, Uncovered, Why, catalogue, path, yaml};
use super::*;
use crate::facts::reach::{self, SOURCES};

/// Services by the beginnings of ids, in the order of the page: provider, name, beginnings.
const SERVICES: &[(&str, &str, &[&str])] = &[
    ("aws", "RDS and Aurora", &["rds-", "aurora-", "sg-", "guardduty-"]),
    ("aws", "DocumentDB", &["docdb-"]),
    ("aws", "Neptune", &["neptune-"]),
    ("aws", "DynamoDB and DAX", &["dynamodb-", "dax-"]),
    ("aws", "ElastiCache and MemoryDB", &["elasticache-", "memorydb-"]),
    ("aws", "Redshift", &["redshift-"]),
    ("aws", "DMS", &["dms-"]),
    ("aws", "AWS Backup", &["backup-"]),
    ("aws", "KMS and Secrets Manager", &["kms-", "secret-"]),
    ("aws", "other AWS databases", &[""]),
    ("azure", "Azure", &[""]),
    ("gcp", "Google Cloud", &[""]),
    ("self-managed", "PostgreSQL", &["pg-", "pgaudit", "postgres"]),
    ("self-managed", "MySQL and MariaDB", &["my-", "mysql", "mariadb"]),
    ("self-managed", "other servers", &[""]),
];

/// A control with everything that the page says of it.
struct Entry<'a> {
    known: &'a Known,
    rules: Vec<&'a Arc<Rule>>,
    sources: BTreeSet<usize>,
    tests: usize,
    why: Option<(Why, &'a str)>,
}

impl Entry<'_> {
    /// Whether a rule answers it from a source that there is today.
    fn is_answered(&self) -> bool {
        !self.rules.is_empty() && !self.sources.is_empty()
    }

    /// Whether it can be asked of what dbkeel's sources know of a provider that they read.
    fn can_be_asked(&self) -> bool {
        self.why.is_none_or(|(why, _)| why == Why::Work)
    }

    fn row(&self) -> String {
        let Known { id, title, .. } = self.known;
        if let Some((_, reason)) = self.why {
            return format!("| `{id}`<br>{title} | – | {reason} | |");
        }
        let rules: Vec<String> = self.rules.iter().map(|rule| format!("`{}` {}", rule.id, rule.name)).collect();
        let sources: Vec<&str> = self.sources.iter().map(|source| SOURCES[*source]).collect();
        let sources = match sources.as_slice() {
            [] => "waits for a source of this provider".to_owned(),
            all if all.len() == SOURCES.len() => "all".to_owned(),
            some => some.join(", "),
        };
        format!("| `{id}`<br>{title} | {} | {sources} | {} |", rules.join("<br>"), self.tests)
    }
}

/// How many tests each rule has, by its path.
fn tests() -> BTreeMap<String, usize> {
    let files = policy::embedded();
    let tests = files.iter().filter(|file| file.is_test());
    let count = |text: &str| text.lines().filter(|line| line.starts_with("test_")).count();
    tests.map(|file| (file.path.replace("_test.rego", ".rego"), count(&file.text))).collect()
}

fn entries<'a>(catalogue: &'a Catalogue, uncovered: &'a Uncovered, rules: &'a [Arc<Rule>]) -> Vec<Entry<'a>> {
    let tests = tests();
    let why: BTreeMap<&str, (Why, &str)> = uncovered
        .groups
        .iter()
        .flat_map(|group| group.controls.iter().map(|id| (id.as_str(), (group.kind, group.reason.trim()))))
        .collect();
    let entry = |known: &'a Known| {
        let rules: Vec<&Arc<Rule>> =
            rules.iter().filter(|rule| rule.covers.iter().any(|id| **id == *known.id)).collect();
        let is_read = known.provider == "aws";
        let sources =
            rules.iter().filter(|_| is_read).flat_map(|rule| reach::sources(rule, &known.terraform)).collect();
        let tests = rules.iter().filter_map(|rule| tests.get(&*rule.path)).sum();
        Entry { known, rules, sources, tests, why: why.get(known.id.as_str()).copied() }
    };
    catalogue.controls.iter().map(entry).collect()
}

/// The entries of each service; every control is of one.
fn by_service<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<(&'static str, &'static str, Vec<&'e Entry<'a>>)> {
    let service = |known: &Known| {
        let is_it = |(provider, _, beginnings): &&(&str, &str, &[&str])| {
            *provider == known.provider && beginnings.iter().any(|beginning| known.id.starts_with(beginning))
        };
        SERVICES.iter().find(is_it).map(|(_, name, _)| *name)
    };
    SERVICES
        .iter()
        .map(|(provider, name, _)| {
            (*provider, *name, entries.iter().filter(|entry| service(entry.known) == Some(*name)).collect::<Vec<_>>())
        })
        .filter(|(_, _, entries)| !entries.is_empty())
        .collect()
}

const HEAD: &str = "\
# Coverage of the control catalogue

Each control below is a question that at least one other tool, a cloud provider or a benchmark asks of a database; titles
are our own words. A control is answered when a rule covers it and a source gives the facts that the rule reads. `plan`,
`state` and `HCL` are Terraform's; `live` is a collection from the provider's API, `import` replies of the same calls that
somebody saved; `all` is all five. Tests are the Rego tests of these rules. This page is generated:
`DBKEEL_WRITE_DOCS=1 cargo test --lib the_page_on_coverage` writes it, from `baselines/controls.json`, the rules, the
mappings of facts and `baselines/uncovered.yaml`.

";

fn page(entries: &[Entry<'_>]) -> String {
    let mut page = HEAD.to_owned();
    totals(&mut page, entries);
    peers(&mut page, entries);
    for (_, name, entries) in by_service(entries) {
        writeln!(page, "\n## {name}\n\n| control | rules | answered by | tests |\n| --- | --- | --- | --- |").unwrap();
        entries.iter().for_each(|entry| writeln!(page, "{}", entry.row()).unwrap());
    }
    page
}

fn totals(page: &mut String, entries: &[Entry<'_>]) {
    page.push_str("| | controls | answered | of those that can be asked | plan | state | HCL | live | import | not yet | cannot |\n");
    page.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    let all: Vec<&Entry<'_>> = entries.iter().collect();
    for (provider, name, entries) in by_service(entries) {
        let label = if provider == "aws" { format!("AWS: {name}") } else { name.to_owned() };
        total(page, &label, &entries);
    }
    let of_aws: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.known.provider == "aws").collect();
    total(page, "**AWS**", &of_aws);
    total(page, "**everything**", &all);
    page.push_str(
        "\n`not yet` waits for a source that reads the provider, or is being written; `cannot` asks what none of these sources can \
         know, or of\nwhat is no more.\n",
    );
}

fn total(page: &mut String, label: &str, entries: &[&Entry<'_>]) {
    let answered = entries.iter().filter(|entry| entry.is_answered()).count();
    let askable = entries.iter().filter(|entry| entry.known.provider == "aws" && entry.can_be_asked()).count();
    let share = (answered * 100).checked_div(askable).map_or("–".to_owned(), |percent| format!("{percent} %"));
    let by_source =
        (0..SOURCES.len()).map(|source| entries.iter().filter(|entry| entry.sources.contains(&source)).count());
    let by_source: Vec<String> = by_source.map(|count| count.to_string()).collect();
    let cannot = |entry: &&&Entry<'_>| entry.why.is_some_and(|(why, _)| matches!(why, Why::Retired | Why::Unknowable));
    let cannot = entries.iter().filter(cannot).count();
    let later = entries.len() - answered - cannot;
    let by_source = by_source.join(" | ");
    writeln!(page, "| {label} | {} | {answered} | {share} | {by_source} | {later} | {cannot} |", entries.len())
        .unwrap();
}

/// How many of the checks of others, on AWS databases, rules answer.
fn peers(page: &mut String, entries: &[Entry<'_>]) {
    let mut by_peer: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.known.provider == "aws") {
        for (peer, ids) in &entry.known.peers {
            let (all, answered) = by_peer.entry(peer).or_default();
            all.extend(ids.iter().map(String::as_str));
            if entry.is_answered() {
                answered.extend(ids.iter().map(String::as_str));
            }
        }
    }
    page.push_str(
        "\n## Checks of others on AWS databases\n\nHow many of their checks a rule answers, by their own ids.\n\n",
    );
    page.push_str("| | checks | answered |\n| --- | ---: | ---: |\n");
    for (peer, (all, answered)) in by_peer {
        writeln!(page, "| {peer} | {} | {} |", all.len(), answered.len()).unwrap();
    }
}

#[test]
fn every_control_has_a_rule_or_a_reason_and_never_both() {
    let (catalogue, uncovered, rules) = (catalogue(), yaml::<Uncovered>("uncovered.yaml"), rules());
    let reasons: Vec<&str> = uncovered.groups.iter().flat_map(|group| &group.controls).map(String::as_str).collect();
    let distinct: BTreeSet<&str> = reasons.iter().copied().collect();
    assert_eq!(distinct.len(), reasons.len(), "a control has two reasons");
    let known: BTreeSet<&str> = catalogue.controls.iter().map(|known| known.id.as_str()).collect();
    let covered: BTreeSet<&str> = rules.iter().flat_map(|rule| &rule.covers).map(AsRef::as_ref).collect();
    assert_eq!(known.len(), 484);
    let list = |ids: BTreeSet<&str>| ids.into_iter().collect::<Vec<_>>().join(", ");
    let invented: BTreeSet<&str> = covered.union(&distinct).filter(|id| !known.contains(*id)).copied().collect();
    assert!(invented.is_empty(), "no such control: {}", list(invented));
    let forgotten = known.iter().filter(|id| !covered.contains(*id) && !distinct.contains(*id)).copied().collect();
    assert_eq!(list(forgotten), "", "no rule covers these, and baselines/uncovered.yaml gives no reason");
    if std::env::var_os("DBKEEL_WRITE_DOCS").is_some() {
        return take_away(&covered);
    }
    let both = covered.intersection(&distinct).copied().collect();
    assert_eq!(
        list(both),
        "",
        "a rule covers these: take them out of baselines/uncovered.yaml (`DBKEEL_WRITE_DOCS=1` does)"
    );
}

/// Takes the controls that rules cover out of the list of those that none does, and groups that are empty then.
fn take_away(covered: &BTreeSet<&str>) {
    let path = path("uncovered.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let kept = text.lines().filter(|line| line.strip_prefix("      - ").is_none_or(|id| !covered.contains(id)));
    let mut kept: String = kept.map(|line| format!("{line}\n")).collect();
    let groups: Vec<&str> = kept.split("  - kind: ").collect();
    let full: Vec<&str> = groups.into_iter().filter(|group| !group.ends_with("    controls:\n")).collect();
    kept = full.join("  - kind: ");
    if kept != text {
        std::fs::write(&path, kept).unwrap();
    }
}

#[test]
fn the_page_on_coverage_is_fresh() {
    let (catalogue, uncovered, rules) = (catalogue(), yaml::<Uncovered>("uncovered.yaml"), rules());
    let page = page(&entries(&catalogue, &uncovered, &rules));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/coverage.md");
    if std::env::var_os("DBKEEL_WRITE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    // Not `assert_eq`, which would print both pages.
    assert!(
        written == page,
        "docs/coverage.md is stale; `DBKEEL_WRITE_DOCS=1 cargo test --lib the_page_on_coverage` writes it"
    );
}

#[test]
fn a_rule_that_covers_a_control_of_aws_is_answered_by_a_source() {
    let (catalogue, uncovered, rules) = (catalogue(), yaml::<Uncovered>("uncovered.yaml"), rules());
    for entry in entries(&catalogue, &uncovered, &rules) {
        let waits = entry.known.provider != "aws" || entry.rules.is_empty();
        assert!(waits || !entry.sources.is_empty(), "no source can answer {}", entry.known.id);
        assert!(entry.rules.is_empty() || entry.tests > 0, "no test of {}", entry.known.id);
        assert!(!entry.known.engines.is_empty(), "{}", entry.known.id);
    }
}
