//! What tells the reports of one scope from those of another in the same repository.

use sha2::{Digest as _, Sha256};

use super::text::hex;
use super::{ReportOptions, drift, uri};
use crate::model::{Results, SourceKind};

/// The category of a run: `plan/infra/prod`. It is the same for every run over the same scope, or a code-scanning alert
/// would never close and a pull request would collect comments.
pub(super) fn category(results: &Results, options: &ReportOptions) -> String {
    let category = options.category.clone().unwrap_or_else(|| derived(results));
    let category = safe(&category);
    match category.is_empty() {
        true => "all".to_owned(),
        false => category,
    }
}

/// The category of a run, where a run of other inputs must not be taken for the same scope: with a digest of the paths, when
/// they are several, or when [`category`] has only the file name of the one that there is.
pub(super) fn of_inputs(results: &Results, options: &ReportOptions) -> String {
    let category = category(results, options);
    let mut paths: Vec<&str> = results.sources.iter().map(|source| source.path.as_ref()).collect();
    paths.sort_unstable();
    match paths.as_slice() {
        _ if options.category.is_some() => category,
        [] => category,
        [only] if uri::is_told(only) => category,
        _ => format!("{category}-{}", digest(&paths.join("\n"))),
    }
}

/// How much of a digest tells names apart.
const DIGEST: usize = 8;

/// The beginning of a text's digest, for a name that people read.
pub(super) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes())).chars().take(DIGEST).collect()
}

fn derived(results: &Results) -> String {
    let is_plan = results.sources.iter().any(|source| source.kind == SourceKind::TerraformPlan);
    let kind = match is_plan {
        // A comparison must not close the alerts of a scan of the same files.
        _ if drift::is_all(results) => "drift",
        true => "plan",
        false => "state",
    };
    let paths: Vec<Vec<String>> = results.sources.iter().map(|source| segments(&source.path)).collect();
    let scope = match paths.as_slice() {
        [only] => only.join("/"),
        several => common(several).join("/"),
    };
    match scope.is_empty() {
        true => kind.to_owned(),
        false => format!("{kind}/{scope}"),
    }
}

fn segments(path: &str) -> Vec<String> {
    uri::relative(path).split('/').map(str::to_owned).collect()
}

/// The folder that holds them all.
fn common(paths: &[Vec<String>]) -> Vec<String> {
    let Some((first, rest)) = paths.split_first() else { return Vec::new() };
    let alike = |position: &usize| rest.iter().all(|path| path.get(*position) == first.get(*position));
    let shared = (0..first.len().saturating_sub(1)).take_while(alike).count();
    first.iter().take(shared).cloned().collect()
}

/// Letters, digits, `.`, `_`, `-` and `/`, and no two dashes: it stands in an HTML comment and in a URI.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '.' | '_' | '/' => safe.push(character),
            _ if safe.ends_with('-') => {}
            _ => safe.push('-'),
        }
    }
    safe.trim_matches(['/', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::SourceInfo;
    use crate::report::testing::{drifted, everything, nothing};

    #[test]
    fn one_file_is_its_own_category() {
        assert_eq!(category(&nothing(), &ReportOptions::default()), "plan/tfplan.json");
    }

    #[test]
    fn several_files_share_the_folder_that_holds_them() {
        let mut results = everything();
        assert_eq!(category(&results, &ReportOptions::default()), "plan");
        for (source, path) in results.sources.iter_mut().zip(["infra/prod/a.json", "infra/prod/b.json"]) {
            source.path = path.into();
        }
        assert_eq!(category(&results, &ReportOptions::default()), "plan/infra/prod");
    }

    #[test]
    fn inputs_that_the_category_does_not_tell_are_told_by_a_digest() {
        let of = |paths: &[&str], category: Option<&str>| {
            let mut results = nothing();
            let Some(first) = results.sources.pop() else { return String::new() };
            results.sources = paths.iter().map(|path| SourceInfo { path: (*path).into(), ..first.clone() }).collect();
            let options = ReportOptions { category: category.map(str::to_owned), ..ReportOptions::default() };
            of_inputs(&results, &options)
        };
        assert_eq!(of(&["infra/tfplan.json"], None), "plan/infra/tfplan.json");
        assert_eq!(of(&["./infra/tfplan.json"], None), "plan/infra/tfplan.json");
        assert_eq!(of(&["/pa/tfplan.json"], Some("pa")), "pa");
        let all = [
            of(&["tfplan.json"], None),
            of(&["/pa/tfplan.json"], None),
            of(&["/pb/tfplan.json"], None),
            of(&["../pa/tfplan.json"], None),
            of(&["infra/a.json", "infra/b.json"], None),
            of(&["infra/a.json", "infra/c.json"], None),
        ];
        let one: BTreeSet<&String> = all.iter().collect();
        assert_eq!(one.len(), all.len(), "{all:?}");
        assert_eq!(of(&["/a", "/b"], None), of(&["/b", "/a"], None));
    }

    #[test]
    fn a_comparison_is_a_category_of_its_own() {
        assert_eq!(category(&drifted(), &ReportOptions::default()), "drift");
    }

    #[test]
    fn a_hostile_category_cannot_end_a_comment() {
        let options = ReportOptions { category: Some("a --> <b>\n".into()), ..ReportOptions::default() };
        assert_eq!(category(&nothing(), &options), "a-b");
    }
}
