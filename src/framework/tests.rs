//! Tests of the whole way from text to what a run shows.

mod catalogue;
mod coverage;
mod errors;
mod page;
mod published;
mod schema;
mod tables;

use std::sync::OnceLock;

use super::*;
use crate::policy;

/// The rules of the binary.
fn rules() -> Vec<Arc<Rule>> {
    static RULES: OnceLock<Vec<Arc<Rule>>> = OnceLock::new();
    let load = || policy::load_embedded().unwrap().iter().map(|policy| Arc::clone(&policy.rule)).collect();
    RULES.get_or_init(load).clone()
}

/// What is wrong with a text, as people read it; `no error` for one that is sound.
fn errors_of(file: &str, text: &str) -> String {
    match parse(file, text, &rules()) {
        Ok(_) => "no error".to_owned(),
        Err(found) => found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

/// A framework without mistakes, for tests that make one.
const GOOD: &str = "\
id: own
name: Own
edition: \"1\"
publisher: Us
numbering: free
source: our handbook
sources:
  handbook: chapter 4
requires:
  min_backup_retention_days: {minimum: 30, source: handbook, why: we promised it}
controls:
  - id: DB-1
    title: Backups are kept
    assessment: partial
    remainder: that they can be restored
    evidence:
      - {rules: [DBK-RET-001, DBK-RET-002], sources: [handbook]}
  - id: DB-2
    title: A standby takes over
    assessment: automated
    types: [aws_db_instance]
    requires:
      require_multi_az: {equals: true, source: handbook, why: we promised it}
    evidence:
      - {rules: [DBK-AVA-002], sources: [handbook]}
  - id: DB-3
    title: People are trained
    assessment: manual
set_aside:
  - {ids: [DB-9], reason: about something else}
";

#[test]
fn every_framework_in_the_binary_is_sound_and_they_are_in_order() {
    let rules = rules();
    for (id, text) in EMBEDDED {
        let framework = load(id, &|_| unreachable!(), &rules);
        assert!(framework.is_ok(), "{id}:\n{}", errors_of(&format!("{id}.yaml"), text));
    }
    assert!(EMBEDDED.is_sorted());
}

#[test]
fn a_framework_that_does_not_exist_names_the_nearest() {
    let error = |name: &str| load(name, &|path| std::fs::read(path), &[]).unwrap_err()[0].to_string();
    assert_eq!(
        error("pci-dss"),
        "no framework is called `pci-dss`\n   = help: did you mean `pci-dss-4.0`? `dbkeel framework list` lists them; a file \
         of your own is given by its path"
    );
    assert!(error("no/such.yaml").starts_with("framework `no/such.yaml` cannot be read: "));
}
