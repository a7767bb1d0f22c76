//! What users copy from `ci/`, run as their pipelines run it: the steps as they stand in the files, in a scratch repository,
//! with a `gh`, a `terraform` and a forge's environment that are made up.

mod elsewhere;
mod github;
mod kubernetes;
mod limits;
mod scripts;
mod step;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::command::{Ran, root, run};

/// Everything in `ci/` that is YAML.
const FILES: [&str; 7] = [
    "ci/github/action.yml",
    "ci/github/workflow.yml",
    "ci/gitlab/dbkeel.gitlab-ci.yml",
    "ci/azure-pipelines.yml",
    "ci/pre-commit/pre-commit-config.yaml",
    "ci/kubernetes/cronjob.yaml",
    "ci/kubernetes/indexed-job.yaml",
];

/// A repository somewhere, and the programs that its pipeline finds.
struct Scratch {
    folder: tempfile::TempDir,
}

/// Ends with what it was told to, and writes down what it was asked.
const GH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
method=GET body=
printf '%s\n' "$*" >>"$FAKE/gh.calls"
while [ $# -gt 0 ]; do
	case $1 in
	--method) method=$2 && shift ;;
	--input) body=$2 && shift ;;
	esac
	shift
done
[ -n "${GH_TOKEN:-}" ] || { echo 'gh: no token' >&2; exit 4; }
if [ -f "$FAKE/gh.refuses" ] && grep -qx "$method" "$FAKE/gh.refuses"; then
	echo 'gh: Resource not accessible by integration (HTTP 403)' >&2
	exit 1
fi
case $method in
GET) cat "$FAKE/comments.json" ;;
*) cp "$body" "$FAKE/body.json" ;;
esac
"#;

/// Plans what lies beside the root module.
const TERRAFORM: &str = r#"#!/usr/bin/env bash
set -euo pipefail
printf '%s\n' "$*" >>"$FAKE/terraform.calls"
root=${1#-chdir=} && shift
if [ "$1" = "$(cat "$FAKE/terraform.fails" 2>/dev/null)" ]; then
	echo 'Error: no valid credential sources found' >&2
	exit 1
fi
case $1 in
plan)
	for word in "$@"; do case $word in -out=*) echo secret >"${word#-out=}" ;; esac; done
	echo "+ password = \"hunter2\""
	[ ! -f "$FAKE/terraform.hangs" ] || exec sleep 60
	;;
show) cat "$root/plan.json" ;;
esac
"#;

/// The dbkeel of these tests, which leaves behind what it was given.
const DBKEEL: &str = r#"#!/usr/bin/env bash
set -euo pipefail
printf '%s\n' "$@" >"$FAKE/dbkeel.arguments"
exec "$REAL_DBKEEL" "$@"
"#;

impl Scratch {
    /// A repository with the root module `infra/prod`, of which the plan is the sample's, and with all of `ci/`.
    fn new() -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        for program in [("gh", GH), ("terraform", TERRAFORM), ("dbkeel", DBKEEL)] {
            scratch.program(program.0, program.1);
        }
        scratch.write("fake/comments.json", "[]");
        copy(&root().join("testdata/sample"), &scratch.path("repository/infra/prod"));
        fs::rename(scratch.path("repository/infra/prod/tfplan.json"), scratch.path("repository/infra/prod/plan.json"))
            .unwrap();
        copy(&root().join("ci"), &scratch.path("repository/ci"));
        for folder in ["temp", "tmp"] {
            fs::create_dir(scratch.path(folder)).unwrap();
        }
        scratch
    }

    fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    fn text(&self, place: &str) -> String {
        self.path(place).display().to_string()
    }

    fn read(&self, place: &str) -> String {
        fs::read_to_string(self.path(place)).unwrap_or_default()
    }

    fn write(&self, place: &str, text: &str) {
        let path = self.path(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn program(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        self.write(&format!("bin/{name}"), text);
        fs::set_permissions(self.path(&format!("bin/{name}")), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs what a step's `run` is, in the repository.
    fn bash(&self, script: &str, environment: &[(&str, &str)]) -> Ran {
        run(self.command(script, environment), b"")
    }

    fn command(&self, script: &str, environment: &[(&str, &str)]) -> Command {
        let mut command = Command::new("bash");
        let path = format!("{}:{}", self.text("bin"), std::env::var("PATH").unwrap());
        // As GitHub runs `shell: bash`.
        command
            .args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script])
            .current_dir(self.path("repository"))
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.path("tmp"))
            .env("TMPDIR", self.path("tmp"))
            .env("FAKE", self.path("fake"))
            .env("REAL_DBKEEL", env!("CARGO_BIN_EXE_dbkeel"))
            .env("SOURCE_DATE_EPOCH", "1795305600")
            .envs(environment.iter().copied());
        fs::create_dir_all(self.path("fake")).unwrap();
        command
    }

    /// What the last dbkeel was given.
    fn arguments(&self) -> Vec<String> {
        self.read("fake/dbkeel.arguments").lines().map(str::to_owned).collect()
    }

    fn has_argument(&self, name: &str, value: &str) -> bool {
        self.arguments().windows(2).any(|pair| pair == [name, value])
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// The documents of a YAML file of the project.
fn yaml(file: &str) -> Vec<Value> {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let documents = text.split("\n---\n");
    documents
        .map(|document| serde_saphyr::from_str(document).unwrap_or_else(|error| panic!("{file}: {error}")))
        .collect()
}

#[test]
fn every_file_of_ci_is_yaml_that_says_what_to_change_and_holds_no_digest_of_our_making() {
    for file in FILES {
        assert!(yaml(file).iter().all(Value::is_object), "{file}");
        let text = fs::read_to_string(root().join(file)).unwrap();
        assert!(text.lines().count() <= 220, "{file} is to be read by who copies it");
        assert!(text.starts_with("# "), "{file} begins with what it is for");
        let made_up = text.split(|char: char| !char.is_ascii_hexdigit()).any(|word| word.len() >= 40);
        assert!(!made_up, "{file}");
    }
}
