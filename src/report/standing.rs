//! What every format makes of failures that stood before the change that was judged.

use super::testing::{everything, render};
use crate::model::{Results, Standing, Stood, Verdict};

/// The canonical results, of a plan that found the first failure, made the second worse, and brought the others.
fn changed() -> Results {
    let mut results = everything();
    let failures: Vec<(usize, u32)> = results.findings(&[Verdict::Fail]).map(|finding| finding.indices()).collect();
    let standing: Standing = failures.into_iter().zip([Stood::Before, Stood::Worse]).collect();
    results.standing = Some(standing);
    results
}

#[test]
fn people_read_what_is_new_or_worse_and_then_what_stood() {
    insta::assert_snapshot!("table", render("table", &changed()));
    insta::assert_snapshot!("comment", render("pr-comment", &changed()));
}

#[test]
fn a_page_folds_what_stood() {
    let page = render("html", &changed());
    let (_, folded) = page.split_once("<details class=\"stood\">").unwrap();
    assert!(folded.contains("1 failure stood before: this change makes none of them worse"));
    assert!(page.contains(super::summary::WORSE));
    assert!(!render("html", &everything()).contains("class=\"stood\""));
}

#[test]
fn programs_read_it_of_every_failure() {
    let count = |text: &str, what: &str| text.matches(what).count();
    let failures = changed().counts().fail;
    let json = render("json", &changed());
    assert_eq!((count(&json, "\"stood_before\""), count(&json, "\"standing\":\"worse\"")), (1, 1), "{json}");
    let csv = render("csv", &changed());
    let last = |word: &str| csv.lines().filter(|line| line.ends_with(&format!(",{word}"))).count();
    assert_eq!((last("stood_before"), last("worse"), last("new")), (1, 1, failures - 2));
    let sarif = render("sarif-full", &changed());
    let states = ["unchanged", "updated", "new"].map(|state| count(&sarif, &format!("\"baselineState\": \"{state}\"")));
    assert_eq!(states, [1, 1, failures - 2], "{sarif}");
    let ocsf = render("ocsf", &changed());
    let states = ["stood_before", "worse", "new"].map(|word| count(&ocsf, &format!("\"status_detail\":\"{word}\"")));
    assert_eq!(states, [1, 1, failures - 2], "{ocsf}");
    let oscal = render("oscal", &changed());
    let property = |word: &str| format!("\"name\":\"standing\",\"ns\":\"urn:dbkeel:oscal\",\"value\":\"{word}\"");
    let states = ["stood_before", "worse", "new"].map(|word| count(&oscal, &property(word)));
    assert_eq!(states, [1, 1, failures - 2]);
    let junit = render("junit", &changed());
    assert_eq!(count(&junit, "stood before this change, which makes it no worse: "), 1);
}

#[test]
fn a_run_that_nobody_asked_about_the_change_says_nothing_of_it() {
    for format in ["table", "json", "markdown", "sarif-full", "junit", "ocsf", "asff"] {
        let text = render(format, &everything());
        assert!(
            !text.contains("stood") && !text.contains("baselineState") && !text.contains("\"status_detail\""),
            "{format}: {text}"
        );
    }
}
