//! Rules without tests, and tests without rules.

use std::collections::BTreeMap;

use super::draft::package_name;
use super::files::PolicyFile;
use super::syntax::{self, Parsed};
use super::testing::test_rules;
use super::text::Places;
use crate::diagnostic::Diagnostic;

/// Checks that every rule and every library has a test beside it, and every test something to test.
pub(super) fn check(files: &[PolicyFile]) -> Vec<Diagnostic> {
    let by_path: BTreeMap<&str, &PolicyFile> = files.iter().map(|file| (file.path.as_ref(), file)).collect();
    let mut problems = Vec::new();
    for file in files {
        if !file.is_test() {
            problems.extend(untested(file, &by_path));
            continue;
        }
        match syntax::parse(file) {
            Ok(parsed) => problems.extend(test_file(file, &parsed, &by_path)),
            Err(problem) => problems.push(*problem),
        }
    }
    problems
}

fn untested(file: &PolicyFile, by_path: &BTreeMap<&str, &PolicyFile>) -> Option<Diagnostic> {
    let test = format!("{}_test.rego", file.path.strip_suffix(".rego")?);
    if by_path.contains_key(test.as_str()) {
        return None;
    }
    let what = if file.folder_and_stem().0 == "lib" { "library" } else { "rule" };
    let name = file.folder_and_stem().1;
    let problem = Places::new(file).whole(format!("the {what} `{name}` has no test"));
    Some(problem.help(format!("write rules `test_…` in {test}")))
}

fn test_file(file: &PolicyFile, parsed: &Parsed, by_path: &BTreeMap<&str, &PolicyFile>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let places = &parsed.places;
    let tested = file.path.strip_suffix("_test.rego").map(|stem| format!("{stem}.rego")).unwrap_or_default();
    if !by_path.contains_key(tested.as_str()) {
        problems.push(places.whole(format!("there is no `{tested}` to test")));
    }
    let (folder, stem) = file.folder_and_stem();
    let (package, expected) = (package_name(&parsed.module), format!("dbkeel.{folder}.{stem}"));
    if package != expected {
        let title = format!("the package is `{package}`, but the path says `{expected}`");
        problems.push(places.error(parsed.module.package.refr.span(), title));
    }
    let tests = test_rules(parsed);
    if tests.is_empty() {
        problems.push(
            places.whole("there is no rule `test_…` in it").help("a test is a rule whose name begins with `test_`"),
        );
    } else if let Some(tested) = by_path.get(tested.as_str()).filter(|file| file.folder_and_stem().0 != "lib") {
        problems.extend(one_sided(tested, &tests, places));
    }
    problems
}

/// A rule whose tests never see it fail, pass, or have no meaning, may be one that never does.
fn one_sided(rule: &PolicyFile, tests: &[(String, u32)], places: &Places) -> Vec<Diagnostic> {
    let says_not_applicable = rule.text.lines().any(|line| line.starts_with("not_applicable "));
    let outcomes = [("fails", true), ("passes", true), ("not_applicable", says_not_applicable)];
    let lacking = outcomes.into_iter().filter(|(outcome, is_needed)| {
        let prefix = format!("test_{outcome}_");
        *is_needed && !tests.iter().any(|(name, _)| name.starts_with(&prefix))
    });
    let problem = |(outcome, _): (&str, bool)| {
        let problem = places.whole(format!("no test is named `test_{outcome}_…`"));
        problem.help("a rule is tested where it fails, where it passes, at the boundary and where it is not applicable")
    };
    lacking.map(problem).collect()
}
