use super::*;
use crate::baseline::diff::diff;
use crate::model::{Results, Verdict};
use crate::report::testing::{HOSTILE, everything, nothing};

/// The same run by a baseline that waives nothing, and takes one rule less seriously in the first tier.
fn changed() -> Results {
    let mut results = everything();
    results.tiers[0].severity.insert("DBK-RET-001".into(), Severity::Low);
    results.coming.clear();
    for of_rule in &mut results.verdicts {
        for outcome in &mut of_rule.outcomes {
            outcome.verdict = match outcome.verdict {
                Verdict::Waived => Verdict::Fail,
                Verdict::Fail if of_rule.rule == 0 => Verdict::Pass,
                other => other,
            };
        }
    }
    results
}

#[test]
fn a_change_is_told_by_tier_and_owner() {
    let (old, new) = (everything(), changed());
    let diff = diff(&old, &new, "Owner");
    insta::assert_snapshot!("table", table(&diff));
    insta::assert_snapshot!("markdown", markdown(&diff));
    insta::assert_snapshot!("json", json(&diff));
    let (old, new) = (changed(), everything());
    insta::assert_snapshot!("table_back", table(&crate::baseline::diff::diff(&old, &new, "owner")));
}

#[test]
fn the_document_conforms_to_the_published_schema() {
    let schema = serde_json::from_str(include_str!("../../../docs/schema/baseline-diff-v1.json")).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for (old, new) in [(everything(), changed()), (changed(), everything()), (nothing(), nothing())] {
        let document = serde_json::from_str(&json(&diff(&old, &new, "owner"))).unwrap();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn a_baseline_differs_in_nothing_from_itself() {
    for results in [everything(), nothing()] {
        let diff = diff(&results, &results, "owner");
        assert!(diff.changes.is_empty() && !diff.fails(Severity::Info));
    }
}

#[test]
fn the_way_back_mirrors_the_way_there() {
    let (old, new) = (everything(), changed());
    let there = diff(&old, &new, "owner").counts();
    let back = diff(&new, &old, "owner").counts();
    assert_eq!((there.newly_fails, there.graver), (back.no_longer_fails, back.milder));
    assert_eq!((there.no_longer_fails, there.milder), (back.newly_fails, back.graver));
    assert!(there.newly_fails > 0 && there.milder > 0 && there.no_longer_fails > 0);
}

#[test]
fn only_what_is_grave_enough_fails() {
    let (old, new) = (changed(), everything());
    let diff = diff(&old, &new, "owner");
    assert!(diff.fails(Severity::Critical) && diff.fails(Severity::Info));
    let same = crate::baseline::diff::diff(&new, &old, "owner");
    assert!(!same.fails(Severity::Critical));
}

#[test]
fn hostile_text_has_no_meaning_in_markdown_and_no_control_characters_anywhere() {
    let (mut old, new) = (everything(), changed());
    old.run.baseline = HOSTILE.into();
    let diff = diff(&old, &new, "owner");
    let mut page = markdown(&diff);
    for tag in ["<code>", "</code>", "<br>", "<details open>", "</details>", "<summary>", "</summary>", "->"] {
        page = page.replace(tag, "");
    }
    assert!(!page.contains(['<', '>', '@', '\u{1b}', '\u{202e}']), "{page}");
    assert!(!table(&diff).contains(['\u{1b}', '\u{202e}']));
}
