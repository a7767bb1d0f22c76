//! `scan --fix` edits what is certain, keeps everything else, and the configuration judges better afterwards.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::command::{AS_OF, Ran, dbkeel};

const FOLDER: &str = "testdata/fix";

/// A repository of its own with the fixture in it.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("made");
    copy(Path::new(FOLDER), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("made");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

fn scan(folder: &Path, more: &[&str]) -> Ran {
    let path = folder.to_string_lossy();
    let words = ["scan", path.as_ref(), "--as-of", AS_OF, "--excerpts", "none"];
    dbkeel(words.iter().chain(more).copied())
}

fn texts(folder: &Path) -> Vec<(String, String)> {
    let names = ["main.tf", "ledger.tf.json", "modules/database/main.tf", "windows/main.tf"];
    let downloaded = ".terraform/modules/downloaded/main.tf";
    let read = |name: &str| (name.to_owned(), fs::read_to_string(folder.join(name)).expect("text"));
    names.into_iter().chain([downloaded]).map(read).collect()
}

fn count(folder: &Path, verdict: &str) -> u64 {
    let ran = scan(folder, &["--output", "json"]).judged();
    let document: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    document["summary"]["total"][verdict].as_u64().expect("a count")
}

#[test]
fn what_would_change_is_printed_and_nothing_is_written() {
    let folder = repository();
    let before = texts(folder.path());
    let ran = scan(folder.path(), &["--fix", "--dry-run"]).judged();
    let text = ran.text();
    let (fixes, _) = text.split_once("\njudged ").expect("the report comes after the fixes");
    insta::assert_snapshot!(fixes);
    assert_eq!(texts(folder.path()), before);
}

#[test]
fn edited_configuration_judges_better_and_is_edited_once() {
    let folder = repository();
    let (before, failed) = (texts(folder.path()), count(folder.path(), "fail"));
    let ran = scan(folder.path(), &["--fix"]).judged();
    assert!(ran.stderr.contains("fixed ") && ran.stderr.contains(" in 4 files"), "{}", ran.stderr);
    let after = texts(folder.path());
    assert!(count(folder.path(), "fail") < failed);
    let text = |name: &str| &after.iter().find(|(file, _)| file == name).expect("the file").1;
    for (name, old) in &before {
        let new = text(name);
        let is_comment = |line: &&str| line.trim_start().starts_with('#');
        assert!(old.lines().filter(is_comment).eq(new.lines().filter(is_comment)), "{name}");
        assert_eq!(old == new, name.contains(".terraform"), "{name}");
    }
    assert!(text("main.tf").contains("backup_retention_period = 35   # days\n"));
    assert!(!text("windows/main.tf").replace("\r\n", "").contains('\n'));
    // A second time there is nothing to do.
    let again = scan(folder.path(), &["--fix"]).judged();
    assert!(!again.text().contains("--- a/"), "{}", again.text());
    assert_eq!(texts(folder.path()), after);
}

#[test]
fn the_status_is_that_of_the_scan_afterwards() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "resource \"aws_kms_key\" \"k\" {\n  enable_key_rotation = false\n}\n";
    fs::write(folder.path().join("main.tf"), text).expect("written");
    let status = |more: &[&str]| scan(folder.path(), &[&["--fail-on", "low"], more].concat()).status;
    let (plain, dry) = (status(&[]), status(&["--fix", "--dry-run"]));
    assert_eq!(plain, dry);
    status(&["--fix"]);
    assert_eq!(status(&[]), status(&["--fix", "--dry-run"]));
}

#[test]
fn edited_files_are_as_well_laid_out_as_before() {
    let folder = repository();
    let is_laid_out = || {
        let mut terraform = Command::new("terraform");
        let output = terraform.args(["fmt", "-check", "-recursive"]).current_dir(folder.path()).output().ok()?;
        Some((output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned()))
    };
    let Some((before, _)) = is_laid_out() else {
        eprintln!("SKIPPED: terraform is not installed, so nobody says how files are laid out");
        return;
    };
    assert!(before, "the fixture is laid out as terraform does it");
    scan(folder.path(), &["--fix"]).judged();
    assert_eq!(is_laid_out(), Some((true, String::new())));
}

#[test]
fn a_plan_is_fixed_in_its_source() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("made");
    copy(Path::new("testdata/locate"), folder.path());
    let source = folder.path().to_string_lossy();
    let words = ["scan", "testdata/locate/tfplan.json", "--source", &source, "--as-of", AS_OF, "--fix"];
    let ran = dbkeel(words.iter().copied().chain(["--excerpts", "none"])).judged();
    let text = ran.text();
    assert!(text.contains("+++ b/reports_override.tf"), "{text}");
    assert!(text.contains("+  publicly_accessible = false"), "{text}");
    let edited = fs::read_to_string(folder.path().join("reports_override.tf")).expect("text");
    assert!(edited.contains("publicly_accessible = false"), "{edited}");
    for name in ["main.tf", "modules/instance/main.tf"] {
        let of = |root: &Path| fs::read_to_string(root.join(".terraform/modules/archive").join(name)).expect("text");
        assert_eq!(of(folder.path()), of(Path::new("testdata/locate")));
    }
}

#[test]
fn a_log_carries_the_edits_that_make_its_results_pass() {
    let folder = repository();
    let ran = scan(folder.path(), &["--output", "sarif-full"]).judged();
    let log: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let with_fix: Vec<&Value> = results.iter().filter(|result| result.get("fixes").is_some()).collect();
    assert!(with_fix.len() > 20);
    for result in with_fix {
        let mut by_file: Vec<(String, String)> = Vec::new();
        for change in result["fixes"][0]["artifactChanges"].as_array().expect("changes") {
            let name = change["artifactLocation"]["uri"].as_str().expect("a URI").to_owned();
            let mut text = fs::read_to_string(folder.path().join(&name)).expect("text");
            for replacement in change["replacements"].as_array().expect("replacements").iter().rev() {
                let (start, end) = bytes(&text, &replacement["deletedRegion"]);
                text.replace_range(start..end, replacement["insertedContent"]["text"].as_str().expect("text"));
            }
            by_file.push((name, text));
        }
        assert!(
            by_file
                .iter()
                .all(|(name, text)| texts(folder.path()).iter().all(|(other, old)| name != other || text != old))
        );
    }
    let ran = scan(folder.path(), &["--output", "sarif-github"]).judged();
    assert!(!ran.text().contains("\"fixes\""));
}

fn bytes(text: &str, region: &Value) -> (usize, usize) {
    let number = |name: &str| region[name].as_u64().expect("a number") as usize;
    let at = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    (at(number("startLine"), number("startColumn")), at(number("endLine"), number("endColumn")))
}
