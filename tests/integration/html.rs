//! HTML reports as the binary writes them: the page's headline and the exit status say the same, and a folder of pages is
//! written whole or not at all.

use std::fs;

use super::command::{AS_OF, dbkeel, dbkeel_reading, root};
use super::inputs::{SAMPLE, sample};

const DRIFT: [&str; 6] = [
    "drift",
    "--declared",
    "testdata/drift/sample",
    "testdata/drift/sample/state.tfstate",
    "--running",
    "testdata/drift/sample/running.json",
];

/// The words of the headline that an exit status stands for.
fn headline(status: i32) -> &'static str {
    match status {
        0 => "The gate passed</p>",
        1 => "The gate failed</p>",
        _ => "Not proven</p>",
    }
}

#[test]
fn the_headline_and_the_exit_status_say_the_same() {
    let mut plan = sample();
    let nothing = serde_json::json!([]);
    plan["resource_changes"] = nothing.clone();
    plan["planned_values"] = serde_json::json!({"root_module": {"resources": nothing}});
    let mut seen = Vec::new();
    for threshold in ["low", "high", "critical"] {
        let words = ["scan", SAMPLE, "--as-of", AS_OF, "--fail-on", threshold, "--output", "html"];
        seen.push(dbkeel(words).judged());
    }
    seen.push(
        dbkeel_reading(["scan", "-", "--as-of", AS_OF, "--output", "html"], plan.to_string().as_bytes()).judged(),
    );
    for more in [&[][..], &["--fail-on-drift", "missing"], &["--fail-on-drift", "replaced"]] {
        seen.push(dbkeel(DRIFT.iter().chain(&["--as-of", AS_OF, "--output", "html"]).chain(more)).judged());
    }
    for ran in &seen {
        assert!(ran.text().contains(headline(ran.status)), "status {}: {}", ran.status, ran.stderr);
    }
    let statuses: std::collections::BTreeSet<i32> = seen.iter().map(|ran| ran.status).collect();
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), [0, 1, 3]);
}

#[test]
fn a_folder_gets_an_index_and_a_page_for_each_account() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report");
    let output = format!("html={}/", report.display());
    let ran = dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", &output]).judged();
    assert!(ran.stderr.contains("wrote "), "{}", ran.stderr);
    let index = fs::read_to_string(report.join("index.html")).expect("an index");
    for entry in fs::read_dir(&report).expect("readable") {
        let name = entry.expect("readable").file_name().into_string().expect("plain");
        assert!(name == "index.html" || index.contains(&format!("href=\"{name}\"")), "{name}");
    }
    // Again, without the slash: what is there is a folder.
    let output = format!("html={}", report.display());
    dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--output", &output]).judged();
    assert_eq!(fs::read_to_string(report.join("index.html")).expect("an index"), index, "the same bytes");
    assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_with_files_of_others_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("thesis.html"), "years of work").expect("written");
    let output = format!("html={}/", folder.path().display());
    let ran = dbkeel(["scan", SAMPLE, "--output", &output]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("holds `thesis.html`, which is not of a report"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("thesis.html")).expect("there"), "years of work");
}

#[test]
fn only_html_is_written_to_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = dbkeel(["scan", SAMPLE, "--output", &format!("csv={}", folder.path().display())]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
}

#[test]
fn a_page_asks_for_nothing() {
    let text = dbkeel(DRIFT.iter().chain(&["--as-of", AS_OF, "--output", "html"])).judged().text();
    for start in ["src=\"", "srcset=\"", "url(", "@import", "<script", "<img", "<iframe", "<object", "<embed", "<form"]
    {
        assert!(!text.contains(start), "{start}");
    }
    let links = text.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    assert!(links.into_iter().all(|link| link.starts_with('#') || link == "data:,"));
}

#[test]
fn the_page_of_the_documentation_names_every_part() {
    let page = fs::read_to_string(root().join("docs/html.md")).expect("docs/html.md");
    let text =
        dbkeel(["scan", SAMPLE, "--as-of", AS_OF, "--framework", "pci-dss-4.0", "--output", "html"]).judged().text();
    let titles = text.split("<h2 ").skip(1).map(|rest| {
        let title = rest.split("<bdi>").nth(1).unwrap_or_default();
        title.split('<').next().unwrap_or_default().to_owned()
    });
    for title in titles.filter(|title| !title.starts_with("PCI")) {
        assert!(page.contains(&format!("**{title}**")), "{title}");
    }
}
