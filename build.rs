//! A new file under `policies/` or `baselines/` is embedded by the next build: `include_dir` alone would notice changed files only.
//! A release build also learns which commit it is of, for `dbkeel --version`. Other builds do not, or each commit would compile
//! everything again.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=policies");
    println!("cargo::rerun-if-changed=baselines");
    println!("cargo::rerun-if-env-changed=DBKEEL_COMMIT");
    let given = std::env::var("DBKEEL_COMMIT").ok().filter(|commit| !commit.is_empty());
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let found = given.or_else(|| is_release.then(commit).flatten());
    if let Some(commit) = found {
        println!("cargo::rustc-env=DBKEEL_COMMIT={}", commit.trim());
    }
}

/// The commit of a clone of the project, or the one that a package was made of.
fn commit() -> Option<String> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    packaged(&root).or_else(|| cloned(&root))
}

/// What `cargo package` writes beside the sources.
fn packaged(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    let sha = rest.split('"').nth(1)?;
    let is_changed =
        text.split_once("\"dirty\"").is_some_and(|(_, rest)| rest.trim_start_matches([':', ' ']).starts_with("true"));
    Some(if is_changed { format!("{sha}-changed") } else { sha.to_owned() })
}

fn cloned(root: &Path) -> Option<String> {
    // A copy within somebody else's repository is not of that repository's commit.
    let top = PathBuf::from(git(root, &["rev-parse", "--show-toplevel"])?);
    if top.canonicalize().ok()? != root.canonicalize().ok()? {
        return None;
    }
    for name in ["HEAD", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", git(root, &["rev-parse", "--git-path", name])?);
    }
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let commit = git(root, &["rev-parse", "HEAD"])?;
    // Rules that nobody has added yet are embedded, too.
    let changed =
        git(root, &["status", "--porcelain", "--", "src", "policies", "baselines", "ci", "Cargo.toml", "Cargo.lock"])?;
    Some(if changed.is_empty() { commit } else { format!("{commit}-changed") })
}

fn git(root: &Path, words: &[&str]) -> Option<String> {
    let ran = Command::new("git").arg("-C").arg(root).args(words).output().ok()?;
    let text = String::from_utf8(ran.stdout).ok()?;
    ran.status.success().then(|| text.trim().to_owned())
}
