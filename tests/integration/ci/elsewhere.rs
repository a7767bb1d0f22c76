//! GitLab, Jenkins, Azure Pipelines and pre-commit: their shell parts, as they stand in the files.

use serde_json::{Value, json};

use super::super::command::{list, root, text};
use super::{Scratch, yaml};

#[test]
fn the_job_of_gitlab_judges_a_merge_request_and_leaves_its_reports_and_no_plan() {
    let scratch = Scratch::new();
    let template = yaml("ci/gitlab/dbkeel.gitlab-ci.yml").remove(0);
    let job = &template["dbkeel"];
    let of_request = list(&job["rules"]).iter().find(|rule| text(&rule["if"]).contains("merge_request_event")).unwrap();
    assert_eq!(of_request["variables"], json!({"DBKEEL_GATE": "delta"}));
    let script: Vec<&str> = list(&job["script"]).iter().map(text).collect();
    let root = text(&job["variables"]["ROOT"]);
    let ran = scratch.bash(&script.join("\n"), &[("ROOT", root), ("DBKEEL_GATE", "delta")]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let reports = &job["artifacts"]["reports"];
    assert!(scratch.read(&format!("repository/{}", text(&reports["junit"]))).contains("<testsuites"));
    assert!(scratch.read(&format!("repository/{}", text(&reports["codequality"]))).contains("\"fingerprint\""));
    assert!(script[0].contains(&format!("--output gitlab-code-quality={}", text(&reports["codequality"]))));
    assert!(scratch.path("repository/dbkeel.html").exists());
    assert_eq!(text(&job["artifacts"]["when"]), "always");
    let kept = job["artifacts"].to_string();
    assert!(!kept.contains("plan"), "a plan holds secrets: {kept}");
}

#[test]
fn the_steps_of_azure_judge_and_show_the_summary() {
    let scratch = Scratch::new();
    let pipeline = yaml("ci/azure-pipelines.yml").remove(0);
    let steps = list(&pipeline["steps"]);
    let run = |name: &str, reason: &str| {
        let step = steps.iter().find(|step| step["displayName"] == name).unwrap();
        let staging = scratch.text("staging");
        let reports = text(&step["env"]["REPORTS"]).replace("$(Build.ArtifactStagingDirectory)", &staging);
        let root = text(&pipeline["variables"]["ROOT"]);
        scratch.bash(text(&step["bash"]), &[("REPORTS", &reports), ("ROOT", root), ("BUILD_REASON", reason)])
    };
    assert_eq!(run("Summary", "PullRequest").text(), "", "nothing to show before anything was judged");
    for (reason, gate) in [("PullRequest", "delta"), ("IndividualCI", "all")] {
        let ran = run("Judge", reason);
        assert_eq!(ran.status, 1, "{}", ran.stderr);
        assert!(scratch.has_argument("--gate", gate));
    }
    let shown = run("Summary", "PullRequest").text();
    let file = scratch.text("staging/CodeAnalysisLogs/dbkeel.md");
    assert_eq!(shown.trim(), format!("##vso[task.uploadsummary]{file}"));
    for file in ["dbkeel.md", "dbkeel.sarif", "dbkeel.junit.xml"] {
        assert!(!scratch.read(&format!("staging/CodeAnalysisLogs/{file}")).is_empty(), "{file}");
    }
}

/// What stands in single quotes behind `sh` in the Jenkinsfile.
fn shell_steps() -> Vec<String> {
    let file = include_str!("../../../ci/jenkins/Jenkinsfile");
    let steps = file.lines().filter_map(|line| line.trim().strip_prefix("sh '")?.strip_suffix('\''));
    steps.map(str::to_owned).collect()
}

#[test]
fn the_shell_steps_of_jenkins_judge_a_change_and_a_forks_change() {
    let scratch = Scratch::new();
    let [own, fork] = shell_steps().try_into().unwrap();
    let ran = scratch.bash(&own, &[("ROOT", "infra/prod"), ("DBKEEL_GATE", "delta")]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(scratch.has_argument("--gate", "delta"));
    for report in ["dbkeel.junit.xml", "dbkeel.html"] {
        assert!(scratch.path(&format!("repository/{report}")).exists());
        std::fs::remove_file(scratch.path(&format!("repository/{report}"))).unwrap();
    }
    let terraform = scratch.read("fake/terraform.calls");
    let ran = scratch.bash(&fork, &[("ROOT", "infra/prod")]);
    assert!(matches!(ran.status, 0 | 1), "{} {}", ran.status, ran.stderr);
    assert_eq!(scratch.read("fake/terraform.calls"), terraform, "a fork's configuration is judged without a plan");
    assert!(scratch.path("repository/dbkeel.junit.xml").exists());
    let file = include_str!("../../../ci/jenkins/Jenkinsfile");
    assert!(!file.lines().any(|line| line.trim().starts_with("sh \"")), "Groovy puts no text into a script");
    assert_eq!(file.matches('{').count(), file.matches('}').count());
}

/// The hook's command, as pre-commit puts it together: entry, then arguments.
#[test]
fn the_hooks_entry_judges_the_configuration_of_a_repository() {
    let hooks: Value = serde_saphyr::from_str(include_str!("../../../.pre-commit-hooks.yaml")).unwrap();
    let config = yaml("ci/pre-commit/pre-commit-config.yaml").remove(0);
    let example = &config["repos"][0]["hooks"][0];
    let hook = list(&hooks).iter().find(|hook| hook["id"] == example["id"]).unwrap();
    assert_eq!(hook["pass_filenames"], false);
    let scratch = Scratch::new();
    let words: Vec<&str> = text(&hook["entry"]).split(' ').chain(list(&example["args"]).iter().map(text)).collect();
    let ran = scratch.bash(&words.join(" "), &[]);
    assert_eq!(ran.status, 1, "the sample's configuration has a finding at the gate: {}", ran.stderr);
    assert!(ran.text().contains("infra/prod"), "{}", ran.text());
}

/// pre-commit itself, from a clone of a repository that has nothing but our hooks, as it stands in the example.
#[test]
fn pre_commit_stops_a_commit_that_puts_a_finding_in() {
    let program = root().join("target/ci/bin/pre-commit");
    if !program.exists() {
        eprintln!(
            "SKIPPED: pre-commit is not in target/ci, so the hook was only run by its entry; ./run-tests installs it"
        );
        return;
    }
    let scratch = Scratch::new();
    let git = |folder: &str, words: &str| {
        let identity =
            "-c user.name=t -c user.email=t@example.com -c init.defaultBranch=main -c core.hooksPath=/dev/null";
        let ran = scratch.bash(&format!("git -C {folder} {identity} {words}"), &[]);
        assert_eq!(ran.status, 0, "git {words}: {}", ran.stderr);
        ran.text().trim().to_owned()
    };
    let (hooks, repository) = (scratch.text("hooks"), scratch.text("repository"));
    scratch.write("hooks/.pre-commit-hooks.yaml", include_str!("../../../.pre-commit-hooks.yaml"));
    for folder in [&hooks, &repository] {
        git(folder, "init -q");
        git(folder, "add -A");
        git(folder, "commit -q -m start");
    }
    let example = include_str!("../../../ci/pre-commit/pre-commit-config.yaml");
    let example = example.replace("https://github.com/your-organization/dbkeel", &hooks);
    let example = example.replace("v0.1.0", &git(&hooks, "rev-parse HEAD"));
    scratch.write("repository/.pre-commit-config.yaml", &example);
    git(&repository, "add -A");
    let script = format!("{} run --all-files --verbose", program.display());
    let ran = scratch.bash(&script, &[("PRE_COMMIT_HOME", &scratch.text("tmp/pre-commit"))]);
    assert_eq!(ran.status, 1, "{}\n{}", ran.text(), ran.stderr);
    assert!(ran.text().contains("Failed") && ran.text().contains("exit code: 1"), "{}", ran.text());
    assert!(ran.text().contains("infra/prod"), "{}", ran.text());
    // Nothing of Terraform is touched: nothing is judged.
    git(&repository, "rm -rq --cached infra");
    let ran = scratch.bash(&script, &[("PRE_COMMIT_HOME", &scratch.text("tmp/pre-commit"))]);
    assert!(ran.status == 0 && ran.text().contains("no files to check"), "{}", ran.text());
}
