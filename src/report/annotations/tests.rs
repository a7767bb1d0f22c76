//! Golden commands, the limits of a step, and that no text of a source becomes a command.

use proptest::prelude::*;

use crate::model::{Results, Verdict};
use crate::report::hostile::{hostile_text, with_text};
use crate::report::testing::{audited, drifted, everything, many, many_drifts, nothing, render, uncompared, undrifted};

#[test]
fn everything_at_once() {
    insta::assert_snapshot!("github", render("github-annotations", &everything()));
    insta::assert_snapshot!("azure", render("azure-annotations", &everything()));
}

#[test]
fn everything_drifted() {
    insta::assert_snapshot!("github_drifted", render("github-annotations", &drifted()));
    insta::assert_snapshot!("azure_drifted", render("azure-annotations", &drifted()));
}

#[test]
fn what_proves_nothing_says_so_and_what_is_well_says_nothing() {
    let warning =
        "::warning title=nothing was evaluated::nothing was evaluated or compared, so this run proves nothing\n";
    assert_eq!(render("github-annotations", &nothing()), warning);
    assert_eq!(render("github-annotations", &uncompared()), warning);
    assert_eq!(render("github-annotations", &undrifted()), "");
    assert_eq!(render("azure-annotations", &undrifted()), "");
}

/// The lines of each sort, given how they begin.
fn of_sorts(text: &str, sorts: &[&str]) -> Vec<usize> {
    let counts = sorts.iter().map(|sort| text.lines().filter(|line| line.starts_with(sort)).count());
    counts.collect()
}

const GITHUB: [&str; 3] = ["::error ", "::warning ", "::notice "];
const AZURE: [&str; 2] = ["##vso[task.logissue type=error", "##vso[task.logissue type=warning"];

#[test]
fn a_step_has_ten_of_each_sort_and_the_last_one_counts_the_rest() {
    let github = render("github-annotations", &many(5_000));
    assert_eq!(of_sorts(&github, &GITHUB), [10, 0, 1]);
    assert!(github.lines().last().unwrap().starts_with("::notice title=dbkeel::4990 findings left out"), "{github}");
    let azure = render("azure-annotations", &many(5_000));
    assert_eq!(of_sorts(&azure, &AZURE), [10, 1]);
    assert!(azure.lines().last().unwrap().contains("]dbkeel: 4990 findings left out"), "{azure}");
    let drifts = render("github-annotations", &many_drifts(5_000));
    assert_eq!(drifts.lines().count(), 11, "{drifts}");
}

#[test]
fn a_crowd_of_every_sort_is_cut_to_ten_of_each() {
    let mut results = many(60);
    let rule = std::sync::Arc::make_mut(&mut results.rules[0]);
    rule.severity = crate::model::Severity::Info;
    assert_eq!(of_sorts(&render("github-annotations", &results), &GITHUB), [0, 0, 10]);
    // Nothing was proven of any, which is told before anything else.
    for outcome in &mut results.verdicts[0].outcomes {
        outcome.verdict = Verdict::Error;
    }
    assert_eq!(of_sorts(&render("github-annotations", &results), &GITHUB), [0, 10, 1]);
}

#[test]
fn the_worst_come_first() {
    let text = render("github-annotations", &audited());
    let severity = |line: &str| {
        ["critical: ", "high: ", "medium: ", "low: ", "info: "].iter().position(|word| line.contains(word))
    };
    let of = |sort: &str| text.lines().filter(|line| line.starts_with(sort)).filter_map(severity).collect::<Vec<_>>();
    for sort in GITHUB {
        assert!(of(sort).is_sorted(), "{text}");
    }
}

fn is_one_command_a_line(results: &Results, format: &str, starts: &[&str]) -> Result<(), TestCaseError> {
    let text = render(format, results);
    let sorts = of_sorts(&text, starts);
    prop_assert_eq!(sorts.iter().sum::<usize>(), text.lines().count(), "{}", text);
    prop_assert!(sorts.iter().all(|sort| *sort <= 10), "{}", text);
    prop_assert!(!text.contains('\r'));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_becomes_a_command_or_a_property(text in hostile_text()) {
        let results = with_text(&text);
        is_one_command_a_line(&results, "github-annotations", &GITHUB)?;
        is_one_command_a_line(&results, "azure-annotations", &AZURE)?;
        for line in render("github-annotations", &results).lines() {
            // Up to the data there are only names and values of ours.
            let (_, command) = line.split_once("::").unwrap();
            let (head, _) = command.split_once("::").unwrap();
            let names = head.split_once(' ').unwrap().1.split(',').map(|one| one.split_once('=').map(|(name, _)| name));
            prop_assert!(names.into_iter().all(|name| matches!(name, Some("file" | "line" | "endLine" | "col" | "title"))), "{line}");
        }
        for line in render("azure-annotations", &results).lines() {
            let (head, _) = line.strip_prefix("##vso[task.logissue ").unwrap().split_once(']').unwrap();
            let names = head.split(';').map(|one| one.split_once('=').map(|(name, _)| name));
            prop_assert!(
                names.into_iter().all(|name| matches!(name, Some("type" | "sourcepath" | "linenumber" | "columnnumber" | "code"))),
                "{line}"
            );
        }
    }
}
