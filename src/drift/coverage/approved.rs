//! The sources of modules that a baseline approves.
//!
//! One module has many spellings: Terraform writes `github.com/acme/rds` into a plan as
//! `git::https://github.com/acme/rds.git`, and `registry.terraform.io/acme/rds/aws` is `acme/rds/aws`. So a source and a
//! pattern are both stripped of how the module is fetched before they are held against each other.

use crate::selection::{Case, Patterns};
use crate::yaml::At;
use crate::yaml::problems::Problems;

/// Registries whose name a source may leave out.
const DEFAULT_REGISTRIES: [&str; 2] = ["registry.terraform.io/", "registry.opentofu.org/"];

/// The sources of modules that a baseline approves: globs.
#[derive(Debug, Default)]
pub struct ApprovedModules {
    /// Those of each baseline file that says some.
    patterns: Vec<Patterns>,
    texts: Vec<String>,
}

impl ApprovedModules {
    pub(crate) fn new(texts: Vec<At<String>>, problems: &mut Problems) -> Self {
        let stripped = |text: &At<String>| At { place: text.place, value: stripped(&text.value) };
        let patterns: Vec<At<String>> = texts.iter().map(stripped).collect();
        Self {
            patterns: vec![Patterns::new(&patterns, Case::Matters, problems)],
            texts: texts.into_iter().map(|text| text.value).collect(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Adds those of another baseline.
    pub(crate) fn join(&mut self, other: Self) {
        self.patterns.extend(other.patterns);
        self.texts.extend(other.texts);
    }

    /// The globs as they are written.
    pub fn texts(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }

    /// Whether a source is one of them: as it is written, or without its `?ref=…`, its `//folder`, its `.git`.
    pub fn approves(&self, source: &str) -> bool {
        let forms = if self.patterns.is_empty() { Vec::new() } else { forms(source) };
        self.patterns.iter().any(|patterns| forms.iter().any(|form| patterns.matches(form)))
    }
}

/// Every way to write a source that names the same module or more.
fn forms(source: &str) -> Vec<String> {
    let source = stripped(source);
    let (whole, query) = source.split_at(source.find('?').unwrap_or(source.len()));
    let (package, folder) = whole.split_at(whole.find("//").unwrap_or(whole.len()));
    let other = package.strip_suffix(".git").map_or_else(|| format!("{package}.git"), str::to_owned);
    let mut forms = Vec::with_capacity(8);
    for package in [package, &other] {
        for folder in [folder, ""] {
            forms.extend([query, ""].map(|query| format!("{package}{folder}{query}")));
        }
    }
    forms
}

/// A source without how it is fetched: `git::https://`, `git@…:`, the name of the default registry.
fn stripped(source: &str) -> String {
    let is_word = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric());
    let getter = source.split_once("::").filter(|(getter, _)| is_word(getter));
    let source = getter.map_or(source, |(_, rest)| rest);
    let url = source.split_once("://").filter(|(scheme, _)| is_word(scheme)).map(|(_, rest)| rest);
    let place = url.unwrap_or(source);
    let host = place.find('/').unwrap_or(place.len());
    let user = place.get(..host).and_then(|host| host.rfind('@'));
    let bare = user.and_then(|at| place.get(at + 1..)).unwrap_or(place);
    let registry = DEFAULT_REGISTRIES.iter().find_map(|registry| bare.strip_prefix(registry));
    match (registry, bare.split_once(':')) {
        (Some(module), _) => module.to_owned(),
        // `git@github.com:acme/rds.git`, in which the colon is no port's.
        (None, Some((host, path))) if url.is_none() && user.is_some() => format!("{host}/{path}"),
        (None, _) => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approves(pattern: &str, source: &str) -> bool {
        let mut problems = Problems::new("b.yaml", pattern);
        let approved = ApprovedModules::new(vec![At { place: (1, 1), value: pattern.to_owned() }], &mut problems);
        assert_eq!(problems.into_diagnostics(), []);
        approved.approves(source)
    }

    #[test]
    fn how_a_module_is_fetched_does_not_matter() {
        let spellings = [
            "github.com/acme/rds",
            "git::https://github.com/acme/rds.git",
            "git::https://bot@github.com/acme/rds.git?ref=v1.2",
            "git::ssh://git@github.com/acme/rds.git//modules/a?ref=v1&depth=1",
            "git@github.com:acme/rds.git",
        ];
        for source in spellings {
            for pattern in ["github.com/acme/rds", "git::https://github.com/acme/rds.git", "git@github.com:acme/rds"] {
                assert!(approves(pattern, source), "{pattern} {source}");
            }
            assert!(approves("git::https://github.com/acme/rds.git*", source), "{source}");
            assert!(!approves("github.com/acme/rd", source), "{source}");
        }
        assert!(!approves("github.com/acme/rds", "github.com/acme/rds-fork"));
        assert!(!approves("git::https://github.com/acme/rds.git*", "github.com/acme/rds-fork"));
    }

    #[test]
    fn the_default_registry_needs_no_name_and_others_do() {
        assert!(approves("acme/rds/aws", "registry.terraform.io/acme/rds/aws"));
        assert!(approves("registry.terraform.io/acme/rds/aws", "acme/rds/aws//modules/cluster"));
        assert!(approves("app.terraform.io/acme/*", "app.terraform.io/acme/rds/aws"));
        assert!(!approves("acme/rds/aws", "app.terraform.io/acme/rds/aws"));
    }

    #[test]
    fn a_pattern_may_ask_for_a_release_or_a_folder() {
        assert!(approves("github.com/acme/rds?ref=v2*", "git::https://github.com/acme/rds.git//a?ref=v2.1"));
        assert!(!approves("github.com/acme/rds?ref=v2*", "git::https://github.com/acme/rds.git?ref=v1.9"));
        assert!(!approves("github.com/acme/rds?ref=v2*", "git::https://github.com/acme/rds.git"));
        assert!(approves("acme/rds/aws//modules/cluster", "acme/rds/aws//modules/cluster"));
        assert!(!approves("acme/rds/aws//modules/cluster", "acme/rds/aws"));
    }

    #[test]
    fn folders_are_as_their_callers_write_them() {
        assert!(approves("./modules/*", "./modules/database"));
        assert!(approves("../*/modules/*", "../../modules/database"));
        assert!(!approves("./modules/*", "../modules/database"));
        assert!(!approves("./modules/a", "./modules/a/b"));
    }
}
