//! What is known of the rules in the binary before a run: all that loading them would find out, and their programs.
//!
//! Checking and compiling the rules takes longer than judging a small plan. `index.json` holds the outcome, with a digest of
//! what it was made of: when a rule, a library or the catalogue of facts is another one, it counts for nothing and the rules
//! are loaded from their sources. A test keeps it fresh; `DBKEEL_WRITE_INDEX=1 cargo test the_index_of` writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
#[cfg(test)]
use serde::Serialize;

use super::compiled::{Compiled, Trust};
use super::files::PolicyFile;
use super::{Lookup, Policies, Policy, digest};
use crate::facts::CATALOGUE;
use crate::model::Rule;

const INDEX: &str = include_str!("index.json");

/// The rules in the binary.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Serialize))]
struct Index {
    /// The digest of what it was made of.
    made_of: String,
    // INVARIANT: sorted by id.
    rules: Vec<Entry>,
}

/// One rule.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Serialize))]
struct Entry {
    rule: Arc<Rule>,
    reads_tier: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lookups: Vec<Lookup>,
    /// The paths of the libraries that it uses.
    libraries: Vec<String>,
    /// Whose word counts for it.
    trust: Trust,
    program: String,
}

/// The rules of these files, when the index was made of them.
pub(super) fn read(files: &[PolicyFile]) -> Option<Policies> {
    let index: Index = serde_json::from_str(INDEX).ok().filter(|index: &Index| index.made_of == made_of(files))?;
    let by_path: BTreeMap<&str, &PolicyFile> = files.iter().map(|file| (file.path.as_ref(), file)).collect();
    let policies: Option<Vec<Policy>> = index.rules.into_iter().map(|entry| entry.policy(&by_path)).collect();
    policies.map(Policies::new)
}

/// The digest of all that an index depends on, besides the program that made it.
fn made_of(files: &[PolicyFile]) -> String {
    let facts = CATALOGUE.iter().flat_map(|def| {
        let kinds = def.kinds.iter().map(|kind| kind.as_str());
        [def.name, def.ty.as_str()].into_iter().chain(kinds)
    });
    digest(files.iter().flat_map(|file| [file.path.as_ref(), file.text.as_ref()]).chain(facts))
}

impl Entry {
    fn policy(self, by_path: &BTreeMap<&str, &PolicyFile>) -> Option<Policy> {
        let Self { rule, reads_tier, lookups, libraries, trust, program } = self;
        let paths = std::iter::once(rule.path.as_ref()).chain(libraries.iter().map(String::as_str));
        let files: Option<Vec<PolicyFile>> = paths.map(|path| by_path.get(path).copied().cloned()).collect();
        let package = format!("dbkeel.{}.{}", rule.domain, rule.name);
        let compiled = Compiled::read(files?, &package, rule.applicability.is_some(), trust, program);
        Some(Policy { rule, reads_tier, lookups, compiled })
    }
}

#[cfg(test)]
mod tests {
    use super::super::files::embedded_rules;
    use super::super::load;
    use super::*;

    impl Entry {
        fn of(policy: &Policy) -> Self {
            let libraries = policy.compiled.files.iter().skip(1).map(|file| file.path.to_string()).collect();
            let Policy { rule, reads_tier, lookups, compiled } = policy;
            let program = compiled.stored();
            let (rule, lookups, trust) = (rule.clone(), lookups.clone(), compiled.trust);
            Self { rule, reads_tier: *reads_tier, lookups, libraries, trust, program }
        }
    }

    #[test]
    fn the_index_of_the_embedded_rules_is_what_loading_them_finds_out() {
        let files = embedded_rules();
        let policies = load(&files).unwrap();
        let index = Index { made_of: made_of(&files), rules: policies.iter().map(Entry::of).collect() };
        let text = serde_json::to_string_pretty(&index).unwrap() + "\n";
        if std::env::var_os("DBKEEL_WRITE_INDEX").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/policy/index.json");
            return std::fs::write(path, text).unwrap();
        }
        // Not `assert_eq`, which would print both.
        assert!(
            INDEX == text,
            "src/policy/index.json is stale; `DBKEEL_WRITE_INDEX=1 cargo test the_index_of` writes it"
        );
        let read = read(&files).unwrap();
        let of = |policy: &Policy| {
            let Policy { rule, reads_tier, lookups, compiled } = policy;
            (rule.clone(), *reads_tier, lookups.clone(), compiled.files.clone())
        };
        let facts = |policies: &Policies| policies.iter().map(of).collect::<Vec<_>>();
        assert_eq!(facts(&read), facts(&policies));
        assert_eq!(read.sha256(|_| true), policies.sha256(|_| true));
    }

    #[test]
    fn an_index_of_other_files_counts_for_nothing() {
        let mut files = embedded_rules();
        assert!(read(&files).is_some());
        files[7].text = format!("{}\n", files[7].text).into();
        assert!(read(&files).is_none());
        assert!(read(&files[1..]).is_none());
    }
}
