//! What our mappings claim of published ones is true, none is forgotten, and new rules are in.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use globset::Glob;
use serde::Deserialize;

use super::catalogue::{Catalogue, Known, catalogue, path, yaml};
use super::*;
use crate::model::Domain;

/// `baselines/topics.yaml`.
#[derive(Deserialize)]
struct Topics {
    topics: BTreeMap<String, Topic>,
    none: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Topic {
    meaning: String,
    /// The domains of its rules; all, when there are none.
    #[serde(default)]
    domains: Vec<Domain>,
    catalogue: Vec<String>,
    #[serde(default)]
    rules: Vec<String>,
}

impl Topics {
    /// The topics of each control of the catalogue.
    fn of_controls(&self, catalogue: &Catalogue) -> BTreeMap<String, BTreeSet<String>> {
        let mut of_controls: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, topic) in &self.topics {
            for pattern in &topic.catalogue {
                let glob = Glob::new(pattern).unwrap().compile_matcher();
                let mut matching = catalogue.controls.iter().filter(|known| glob.is_match(&known.id)).peekable();
                assert!(matching.peek().is_some(), "topic `{name}`: no control is called `{pattern}`");
                for known in matching {
                    of_controls.entry(known.id.clone()).or_default().insert(name.clone());
                }
            }
        }
        of_controls
    }
}

/// Everything that decides what is evidence.
struct Published {
    rules: Vec<Arc<Rule>>,
    catalogue: Catalogue,
    topics: Topics,
    of_controls: BTreeMap<String, BTreeSet<String>>,
}

impl Published {
    fn new() -> Self {
        let (catalogue, topics): (_, Topics) = (catalogue(), yaml("topics.yaml"));
        Self { rules: rules(), of_controls: topics.of_controls(&catalogue), catalogue, topics }
    }

    /// The controls of the catalogue that a rule covers.
    fn covered<'a>(&'a self, rule: &'a Rule) -> impl Iterator<Item = &'a Known> {
        self.catalogue.controls.iter().filter(|known| rule.covers.iter().any(|id| **id == *known.id))
    }

    /// The sources that attach a number to what a rule covers, of controls that are about one of the topics.
    fn sources(&self, framework: &str, number: &str, rule: &Rule, topics: Option<&[Arc<str>]>) -> BTreeSet<String> {
        let is_about = |known: &&Known| {
            let own = self.of_controls.get(&known.id);
            topics.is_none_or(|topics| own.is_some_and(|own| topics.iter().any(|topic| own.contains(&**topic))))
        };
        let attached = self.covered(rule).filter(is_about).filter_map(|known| known.frameworks.get(framework));
        let by = attached.flatten().filter(|(_, numbers)| numbers.contains(number));
        by.map(|(source, _)| source.clone()).collect()
    }

    /// Whether a rule is about one of the topics.
    fn is_about(&self, rule: &Rule, topics: &[Arc<str>]) -> bool {
        let of_rule = |name: &Arc<str>| {
            let Some(topic) = self.topics.topics.get(&**name) else { return false };
            let is_of = |known: &Known| self.of_controls.get(&known.id).is_some_and(|own| own.contains(&**name));
            let fits = topic.domains.is_empty() || topic.domains.contains(&rule.domain);
            topic.rules.iter().any(|id| **id == *rule.id) || (fits && self.covered(rule).any(is_of))
        };
        !self.topics.none.contains_key(&*rule.id) && topics.iter().any(of_rule)
    }

    /// The evidence that follows from a control's topics: rules by their sources.
    fn evidence(&self, framework: &str, control: &Control) -> BTreeMap<Vec<String>, Vec<&str>> {
        let mut evidence: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
        for rule in self.rules.iter().filter(|rule| self.is_about(rule, &control.topics)) {
            let sources = self.sources(framework, &control.id, rule, Some(&control.topics));
            let sources = if sources.is_empty() { BTreeSet::from(["dbkeel".to_owned()]) } else { sources };
            evidence.entry(sources.into_iter().collect()).or_default().push(&rule.id);
        }
        evidence
    }
}

/// The lines of a control's evidence.
fn lines(evidence: &BTreeMap<Vec<String>, Vec<&str>>) -> String {
    let mut text = String::new();
    if !evidence.is_empty() {
        text.push_str("    evidence:\n");
    }
    for (sources, rules) in evidence {
        writeln!(text, "      - sources: [{}]", sources.join(", ")).unwrap();
        let mut line = "        rules: [".to_owned();
        for (position, rule) in rules.iter().enumerate() {
            let end = if position + 1 == rules.len() { "]" } else { ", " };
            if line.len() + rule.len() + end.trim_end().len() > 120 {
                writeln!(text, "{}", line.trim_end()).unwrap();
                line = "          ".to_owned();
            }
            line.push_str(rule);
            line.push_str(end);
        }
        writeln!(text, "{line}").unwrap();
    }
    text
}

/// The text of a framework with the evidence that follows from topics. A control that was tested by nothing so far is
/// `partial` from the day on which a rule tests a part of it.
fn rewritten(published: &Published, framework: &Framework, text: &str) -> String {
    let mut out = String::new();
    let mut current: Option<&Control> = None;
    let mut in_evidence = false;
    let finish = |out: &mut String, control: Option<&Control>| {
        if let Some(control) = control.filter(|control| !control.topics.is_empty()) {
            out.push_str(&lines(&published.evidence(&framework.id, control)));
        }
    };
    for line in text.lines() {
        if line.starts_with("  - id:") || (!line.starts_with(' ') && !line.starts_with('#')) {
            finish(&mut out, current.take());
            in_evidence = false;
        }
        if let Some(id) = line.strip_prefix("  - id:") {
            let id = id.trim().trim_matches('"');
            current = framework.controls.iter().find(|control| *control.id == *id);
        }
        let derived = current.filter(|control| !control.topics.is_empty());
        in_evidence = derived.is_some() && (line == "    evidence:" || (in_evidence && line.starts_with("      ")));
        if in_evidence {
            continue;
        }
        let is_tested = derived.is_some_and(|control| !published.evidence(&framework.id, control).is_empty());
        let line = if line == "    assessment: manual" && is_tested { "    assessment: partial" } else { line };
        out.push_str(line);
        out.push('\n');
    }
    finish(&mut out, current);
    out
}

/// A framework without its evidence, which may name rules that are no more.
fn skeleton(id: &str, text: &str) -> Framework {
    let kept: String = without_evidence(text);
    parse(&format!("{id}.yaml"), &kept, &rules()).unwrap_or_else(|found| panic!("{id}: {}", found[0]))
}

/// The text without the evidence that is derived and without what only evidence makes right.
fn without_evidence(text: &str) -> String {
    let mut kept = String::new();
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|of| indent > of) {
            continue;
        }
        block = None;
        if matches!(line, "    evidence:" | "    requires:" | "requires:" | "sources:") {
            block = Some(indent);
            if line == "sources:" {
                kept.push_str("sources: {}\n");
            }
            continue;
        }
        let line = if line.starts_with("    assessment:") { "    assessment: manual" } else { line };
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

#[test]
fn the_frameworks_name_all_rules_that_their_topics_ask_for() {
    let published = Published::new();
    for (id, _) in EMBEDDED {
        let path = path(&format!("frameworks/{id}.yaml"));
        let text = std::fs::read_to_string(&path).unwrap();
        let wanted = rewritten(&published, &skeleton(id, &text), &text);
        if std::env::var_os("DBKEEL_WRITE_FRAMEWORKS").is_some() {
            std::fs::write(&path, &wanted).unwrap();
        } else {
            // Not `assert_eq`, which would print both files.
            assert!(
                wanted == text,
                "{id}.yaml is stale; `DBKEEL_WRITE_FRAMEWORKS=1 cargo test --lib the_frameworks_name` writes it"
            );
        }
    }
}

fn sound(id: &str, text: &str, rules: &[Arc<Rule>]) -> Framework {
    parse(&format!("{id}.yaml"), text, rules).unwrap_or_else(|found| panic!("{id}: {}", found[0]))
}

#[test]
fn every_source_that_a_mapping_names_published_it() {
    let published = Published::new();
    for (id, text) in EMBEDDED {
        let framework = sound(id, text, &published.rules);
        for control in &framework.controls {
            for (rule, sources) in &control.evidence {
                let rule = published.rules.iter().find(|known| known.id == *rule).unwrap();
                let by = published.sources(id, &control.id, rule, None);
                for source in sources.iter().filter(|source| &***source != "dbkeel") {
                    assert!(by.contains(&**source), "{id} {}: {source} does not attach {} to it", control.id, rule.id);
                }
            }
        }
    }
}

/// The numbers that sources attach to controls of AWS.
fn numbers<'a>(catalogue: &'a Catalogue, framework: &str) -> BTreeSet<&'a str> {
    let of_aws = catalogue.controls.iter().filter(|known| known.provider == "aws");
    let attached = of_aws.filter_map(|known| known.frameworks.get(framework));
    attached.flatten().flat_map(|(_, numbers)| numbers).map(String::as_str).collect()
}

#[test]
fn every_published_number_is_a_control_or_was_set_aside_for_a_reason() {
    let published = Published::new();
    for (id, text) in EMBEDDED {
        let framework = sound(id, text, &published.rules);
        let numbers = numbers(&published.catalogue, id);
        let kept: BTreeSet<&str> = framework.controls.iter().map(|control| &*control.id).collect();
        let aside: BTreeSet<&str> =
            framework.set_aside.iter().flat_map(|aside| &aside.ids).map(AsRef::as_ref).collect();
        let undecided: Vec<_> =
            numbers.iter().filter(|number| !kept.contains(*number) && !aside.contains(*number)).collect();
        assert!(undecided.is_empty(), "{id}: neither a control nor set aside: {undecided:?}");
        let invented: Vec<_> = aside.difference(&numbers).collect();
        assert!(invented.is_empty(), "{id}: set aside, though nobody published it: {invented:?}");
        let missing = numbers.iter().filter(|number| framework.numbering.problem(number).is_some());
        let kept_anyway: Vec<_> = missing.filter(|number| !aside.contains(*number)).collect();
        assert!(kept_anyway.is_empty(), "{id}: {kept_anyway:?}");
    }
}

#[test]
fn every_topic_that_a_control_names_exists_and_every_rule_and_control_of_aws_has_one() {
    let published = Published::new();
    let names: BTreeSet<&str> = published.topics.topics.keys().map(String::as_str).collect();
    for (id, text) in EMBEDDED {
        for control in sound(id, text, &published.rules).controls {
            for topic in &control.topics {
                assert!(names.contains(&**topic), "{id} {}: there is no topic `{topic}`", control.id);
            }
        }
    }
    let all: Vec<Arc<str>> = names.iter().map(|name| Arc::from(*name)).collect();
    for rule in &published.rules {
        let has_one = published.is_about(rule, &all) || published.topics.none.contains_key(&*rule.id);
        assert!(has_one, "rule {} ({}) is about no topic: name it in baselines/topics.yaml", rule.id, rule.name);
    }
    for known in published.catalogue.controls.iter().filter(|known| known.provider == "aws") {
        assert!(published.of_controls.contains_key(&known.id), "{} is about no topic", known.id);
    }
    let ids: BTreeSet<&str> = published.rules.iter().map(|rule| &*rule.id).collect();
    let named = published.topics.topics.values().flat_map(|topic| &topic.rules).chain(published.topics.none.keys());
    let gone: Vec<_> = named.filter(|id| !ids.contains(id.as_str())).collect();
    assert!(gone.is_empty(), "no such rules: {gone:?}");
    assert!(published.topics.topics.values().all(|topic| !topic.meaning.is_empty()));
}
