//! `dbkeel init` in repositories of several sorts.

use std::collections::BTreeMap;
use std::path::Path;

use super::command::{Ran, dbkeel};

const MAIN: &str = "resource \"aws_db_instance\" \"main\" {\n  engine = \"postgres\"\n}\n";

fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Every file below a folder, from it, with what it holds.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false if !path.exists() => {}
                false => {
                    let name = path.strip_prefix(folder).unwrap().display().to_string();
                    found.insert(name, std::fs::read_to_string(&path).unwrap());
                }
            }
        }
    }
    found
}

fn init(folder: &Path, more: &[&str]) -> Ran {
    let folder = folder.display().to_string();
    let ran = dbkeel(["init", &folder].iter().chain(more));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran
}

#[test]
fn what_is_written_is_accepted_by_the_commands_that_read_it() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "infra/prod/main.tf", MAIN);
    init(folder.path(), &[]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (baseline, waivers) = (path("dbkeel/baseline.yaml"), path("dbkeel/waivers.yaml"));
    for words in [
        vec!["baseline", "lint", &baseline],
        vec!["waiver", "lint", &waivers, "--baseline", &baseline],
        vec!["doctor", &path("infra/prod"), "--baseline", &baseline, "--waivers", &waivers],
        vec!["doctor", "--offline", "--fleet", &path("dbkeel/fleet.yaml")],
    ] {
        let ran = dbkeel(&words);
        assert_eq!(ran.status, 0, "{words:?}: {}{}", ran.text(), ran.stderr);
    }
    let ran = dbkeel(["scan", &path("infra/prod"), "--baseline", &baseline, "--waivers", &waivers]);
    assert!(matches!(ran.status, 0 | 1), "{}", ran.stderr);
}

#[test]
fn the_commented_samples_are_accepted_too() {
    let folder = tempfile::tempdir().unwrap();
    init(folder.path(), &["--ci", "none"]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    // A sample follows its mark at once, or is further in; prose has one space before it.
    let uncommented = |name: &str| {
        let text = std::fs::read_to_string(path(name)).unwrap();
        let is_prose = |rest: &str| rest.starts_with(' ') && !rest.starts_with("  ");
        let line = |line: &str| match line.strip_prefix('#').filter(|rest| !is_prose(rest)) {
            Some(sample) => format!("{sample}\n"),
            None => format!("{line}\n"),
        };
        text.lines().map(line).collect::<String>()
    };
    let text = uncommented("dbkeel/baseline.yaml");
    std::fs::write(path("all.yaml"), &text).unwrap();
    let ran = dbkeel(["baseline", "lint", &path("all.yaml")]);
    assert_eq!(ran.status, 0, "{}\n{text}", ran.stderr);
    assert!(text.contains("\nassign:\n") && text.contains("\nupcoming:\n"), "{text}");
    let text = uncommented("dbkeel/waivers.yaml").replace("waivers: []", "waivers:");
    std::fs::write(path("all.yaml"), &text).unwrap();
    let ran = dbkeel(["waiver", "lint", &path("all.yaml"), "--as-of", "2026-11-22"]);
    assert_eq!(ran.status, 0, "{}{}\n{text}", ran.text(), ran.stderr);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "dbkeel/waivers.yaml", "waivers: [] # ours\n");
    put(folder.path(), ".github/workflows/dbkeel.yml", "name: ours\n");
    let first = init(folder.path(), &[]).text();
    assert!(first.contains("= dbkeel/waivers.yaml ") && first.contains("+ dbkeel/baseline.yaml "), "{first}");
    let files_then = files(folder.path());
    assert_eq!(files_then["dbkeel/waivers.yaml"], "waivers: [] # ours\n");
    assert_eq!(files_then[".github/workflows/dbkeel.yml"], "name: ours\n");
    let again = init(folder.path(), &[]).text();
    assert!(!again.contains("\n+ "), "{again}");
    assert_eq!(files(folder.path()), files_then);
}

#[test]
fn the_pipeline_is_the_one_that_the_repository_has_files_of() {
    for (sign, expected) in [
        (".gitlab-ci.yml", "ci/dbkeel.gitlab-ci.yml"),
        ("Jenkinsfile", "ci/Jenkinsfile.dbkeel"),
        ("azure-pipelines.yml", "ci/dbkeel-azure-pipelines.yml"),
        (".github/CODEOWNERS", ".github/workflows/dbkeel.yml"),
        ("README.md", ".github/workflows/dbkeel.yml"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), sign, "");
        put(folder.path(), "stacks/dev/main.tf", MAIN);
        put(folder.path(), "stacks/prod-eu/main.tf", MAIN);
        init(folder.path(), &[]);
        let written = files(folder.path());
        assert!(written.contains_key(expected), "{sign}: {:?}", written.keys());
        assert!(written[expected].contains("stacks/prod-eu"), "{sign}: {}", written[expected]);
        let needs_script = !expected.starts_with(".github");
        assert_eq!(written.contains_key("ci/plan-and-scan.sh"), needs_script, "{sign}");
    }
}

#[test]
fn a_dry_run_writes_nothing_and_a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let ran = init(folder.path(), &["--dry-run", "--ci", "github", "--ci", "jenkins"]);
    assert!(
        ran.text().contains("+ ci/Jenkinsfile.dbkeel ") && ran.text().contains("nothing was written"),
        "{}",
        ran.text()
    );
    assert_eq!(files(folder.path()).len(), 0);
    let missing = folder.path().join("nowhere").display().to_string();
    let ran = dbkeel(["init", &missing]).refused();
    assert!(ran.stderr.contains("is no folder"), "{}", ran.stderr);
    put(folder.path(), "dbkeel", "a file");
    let ran = dbkeel(["init", &folder.path().display().to_string()]).refused();
    assert!(ran.stderr.contains("something that is no folder is where"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_is_not_followed_to_overwrite_something() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "outside.yaml", "mine\n");
    std::fs::create_dir(folder.path().join("dbkeel")).unwrap();
    std::os::unix::fs::symlink("../outside.yaml", folder.path().join("dbkeel/baseline.yaml")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("dbkeel/waivers.yaml")).unwrap();
    init(folder.path(), &["--ci", "none"]);
    assert_eq!(files(folder.path())["outside.yaml"], "mine\n");
    assert!(!folder.path().join("dbkeel/nowhere").exists());
}
