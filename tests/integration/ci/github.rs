//! The composite action and the workflow for GitHub.

use serde_json::{Value, json};

use super::super::command::{list, text};
use super::step::{self, Use};
use super::{Scratch, yaml};

const PLAN: &str = "infra/prod/plan.json";
const CATEGORY: &str = "plan/infra/prod";
const MARKER: &str = "<!-- dbkeel:plan/infra/prod -->";

fn event(scratch: &Scratch, from: &str) {
    let event = json!({"action": "synchronize", "number": 7, "pull_request": {"number": 7,
        "title": "$(touch /tmp/pwned) `id` ${{ secrets.TOKEN }}",
        "head": {"repo": {"full_name": from}, "ref": "main;rm -rf ."}, "base": {"repo": {"full_name": "acme/shop"}}}});
    scratch.write("event.json", &event.to_string());
}

fn judged<'s>(scratch: &'s Scratch, more: &[(&str, &str)]) -> Use<'s> {
    let given: Vec<(&str, &str)> = [("paths", PLAN), ("category", CATEGORY), ("arguments", "--source=infra/prod\n")]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let mut usage = Use::new(scratch, &given);
    let found = usage.step("Find or build dbkeel");
    assert_eq!(found.status, 0, "{}", found.stderr);
    let ran = usage.step("Judge");
    assert_eq!(ran.status, 0, "judging is no gate: {}", ran.stderr);
    usage
}

fn body(scratch: &Scratch) -> String {
    let body: Value = serde_json::from_str(&scratch.read("fake/body.json")).unwrap();
    text(&body["body"]).to_owned()
}

#[test]
fn a_pull_request_is_judged_commented_on_and_gated() {
    let scratch = Scratch::new();
    event(&scratch, "acme/shop");
    let mut usage = judged(&scratch, &[]);
    assert_eq!(usage.output("steps.scan.outputs.status"), Some("1"));
    assert!(scratch.has_argument("--gate", "delta") && scratch.has_argument("--fail-on", "high"));
    assert!(scratch.read("summary.md").starts_with("## dbkeel: ✗ "), "{}", scratch.read("summary.md"));
    let sarif = std::fs::read(usage.output("steps.scan.outputs.sarif").unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&sarif).unwrap()["version"], "2.1.0");

    let ran = usage.step("Comment on the pull request");
    assert_eq!((ran.status, ran.text().trim()), (0, "commented"), "{}", ran.stderr);
    let calls = scratch.read("fake/gh.calls");
    let calls: Vec<&str> = calls.lines().collect();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0], "api --paginate repos/acme/shop/issues/7/comments?per_page=100");
    assert!(calls[1].starts_with("api --method POST repos/acme/shop/issues/7/comments --input "), "{}", calls[1]);
    assert!(body(&scratch).starts_with(MARKER) && body(&scratch).len() < 60_000);

    let gate = usage.step("Gate");
    assert_eq!(gate.status, 1);
    assert!(gate.text().starts_with("::error title=dbkeel::the gate failed"), "{}", gate.text());
}

#[test]
fn the_comment_of_an_earlier_run_is_brought_up_to_date_and_no_one_elses() {
    let scratch = Scratch::new();
    event(&scratch, "acme/shop");
    let ours = "github-actions[bot]";
    let comment = |id: u64, author: &str, body: &str| json!({"id": id, "user": {"login": author}, "body": body});
    // Two pages, as `gh api --paginate` prints them: one document after the other.
    let first = json!([
        comment(1, "mallory", &format!("{MARKER}\n## dbkeel: ✓ nothing failed")),
        comment(2, ours, "<!-- dbkeel:plan/infra/dev -->\n## dbkeel"),
        comment(3, ours, &format!("what does {MARKER} mean?")),
    ]);
    let second = json!([comment(4, ours, &format!("{MARKER}\nold")), comment(5, ours, &format!("{MARKER}\ndouble"))]);
    scratch.write("fake/comments.json", &format!("{first}{second}"));
    let ran = judged(&scratch, &[]).step("Comment on the pull request");
    assert_eq!((ran.status, ran.text().trim()), (0, "brought comment 4 up to date"), "{}", ran.stderr);
    let calls = scratch.read("fake/gh.calls");
    let last = calls.lines().last().unwrap();
    assert!(last.starts_with("api --method PATCH repos/acme/shop/issues/comments/4 --input "), "{last}");
    assert!(body(&scratch).starts_with(MARKER));
    assert!(!calls.contains("POST"));
}

#[test]
fn a_comment_that_may_not_be_written_is_a_word_and_no_failure() {
    for (refused, from, told) in [
        (
            "POST",
            "mallory/shop",
            "::notice title=dbkeel::no comment: the token of a pull request from a fork may only read",
        ),
        (
            "POST",
            "acme/shop",
            "::warning title=dbkeel::no comment could be written (gh: Resource not accessible by integration (HTTP 403)). Give the job `permissions: pull-requests: write`",
        ),
        ("GET", "acme/shop", "::warning title=dbkeel::no comment could be looked for"),
    ] {
        let scratch = Scratch::new();
        event(&scratch, from);
        scratch.write("fake/gh.refuses", &format!("{refused}\n"));
        let mut usage = judged(&scratch, &[]);
        let ran = usage.step("Comment on the pull request");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert!(ran.text().starts_with(told), "{}", ran.text());
        assert_eq!(usage.step("Gate").status, 1, "the gate is what it was");
        assert_eq!(std::fs::read_dir(scratch.path("tmp")).unwrap().count(), 0, "nothing lies about");
    }
    // A fork that is deleted meanwhile.
    let scratch = Scratch::new();
    scratch.write(
        "event.json",
        r#"{"pull_request": {"number": 7, "head": {"repo": null}, "base": {"repo": {"full_name": "acme/shop"}}}}"#,
    );
    scratch.write("fake/gh.refuses", "POST\n");
    let ran = judged(&scratch, &[]).step("Comment on the pull request");
    assert!(ran.status == 0 && ran.text().starts_with("::notice"), "{}", ran.text());
}

#[test]
fn a_push_has_nothing_to_comment_on() {
    let scratch = Scratch::new();
    scratch.write("event.json", r#"{"ref": "refs/heads/main", "after": "0"}"#);
    let ran = judged(&scratch, &[("gate", "all")]).step("Comment on the pull request");
    assert_eq!((ran.status, scratch.read("fake/gh.calls").as_str()), (0, ""), "{}", ran.stderr);
    assert!(scratch.has_argument("--gate", "all"));
}

#[test]
fn what_could_not_run_fails_with_a_word_that_takes_the_place_of_an_earlier_report() {
    let scratch = Scratch::new();
    event(&scratch, "acme/shop");
    scratch.write("repository/infra/prod/plan.json", "{");
    let mut usage = judged(&scratch, &[]);
    assert_eq!(usage.output("steps.scan.outputs.status"), Some("2"));
    let comment = std::fs::read_to_string(usage.output("steps.scan.outputs.comment").unwrap()).unwrap();
    assert_eq!(comment.lines().next(), Some(format!("<!-- dbkeel:{CATEGORY} -->").as_str()));
    assert!(comment.contains("nothing is known of this commit"), "{comment}");
    assert_eq!(usage.output("steps.scan.outputs.sarif"), None);
    assert!(scratch.read("summary.md").starts_with("## dbkeel could not run"));
    let gate = usage.step("Gate");
    assert!(gate.status == 2 && gate.text().contains("could not run"), "{}", gate.text());
}

#[test]
fn a_plan_without_a_database_is_not_proven_and_says_so() {
    let scratch = Scratch::new();
    event(&scratch, "acme/shop");
    let plan = json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": {"root_module": {}},
        "resource_changes": [], "configuration": {"root_module": {}}});
    scratch.write("repository/infra/prod/plan.json", &plan.to_string());
    let mut usage = judged(&scratch, &[]);
    let gate = usage.step("Gate");
    assert!(gate.status == 3 && gate.text().contains("not proven"), "{}", gate.text());
}

#[test]
fn inputs_are_words_and_never_commands() {
    let scratch = Scratch::new();
    event(&scratch, "acme/shop");
    let hostile = "$(touch pwned)`touch pwned`;touch pwned";
    scratch.write(&format!("repository/{hostile} x.json"), &scratch.read("repository/infra/prod/plan.json"));
    let usage = judged(
        &scratch,
        &[
            ("paths", &format!("\n  \n{hostile} x.json\n")),
            ("category", hostile),
            ("arguments", "--source=infra/prod\n--allow-partial"),
        ],
    );
    assert_eq!(usage.output("steps.scan.outputs.status"), Some("1"));
    assert_eq!(scratch.arguments().last().unwrap(), &format!("{hostile} x.json"));
    assert!(!scratch.path("repository/pwned").exists());
    let mut nothing = Use::new(&scratch, &[("paths", " \n")]);
    nothing.step("Find or build dbkeel");
    let ran = nothing.step("Judge");
    assert!(ran.status == 2 && ran.stderr.contains("`paths` names nothing to judge"), "{}", ran.stderr);
}

#[test]
fn dbkeel_is_the_one_that_is_named_or_on_the_path_or_built_of_the_actions_source() {
    let scratch = Scratch::new();
    let mut usage = Use::new(&scratch, &[("paths", PLAN), ("dbkeel", "no-such-dbkeel")]);
    let ran = usage.step("Find or build dbkeel");
    assert!(ran.status == 2 && ran.stderr.contains("there is no `no-such-dbkeel` on this runner"), "{}", ran.stderr);
    let mut usage = Use::new(&scratch, &[("paths", PLAN)]);
    usage.step("Find or build dbkeel");
    assert_eq!(usage.output("steps.dbkeel.outputs.path"), Some(scratch.text("bin/dbkeel").as_str()));

    std::fs::rename(scratch.path("bin/dbkeel"), scratch.path("dbkeel")).unwrap();
    let mut usage = Use::new(&scratch, &[("paths", PLAN)]);
    let ran = usage.step("Find or build dbkeel");
    assert!(ran.status == 2 && ran.stderr.contains("its source is not beside this action"), "{}", ran.stderr);
    scratch.write("repository/Cargo.toml", "");
    scratch.program("cargo", "#!/bin/sh\nprintf '%s\\n' \"$*\" >\"$FAKE/cargo.calls\"\nmkdir -p \"$RUNNER_TEMP/dbkeel/bin\"\ncp \"$FAKE/../dbkeel\" \"$RUNNER_TEMP/dbkeel/bin/dbkeel\"\n");
    let mut usage = Use::new(&scratch, &[("paths", PLAN)]);
    let ran = usage.step("Find or build dbkeel");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(usage.output("steps.dbkeel.outputs.path"), Some(scratch.text("temp/dbkeel/bin/dbkeel").as_str()));
    assert!(scratch.read("fake/cargo.calls").starts_with("install --locked "));
}

#[test]
fn no_text_of_others_is_put_into_a_script_and_no_job_may_more_than_it_needs() {
    for file in ["ci/github/action.yml", "ci/github/workflow.yml"] {
        let document = yaml(file).remove(0);
        let steps = step::all(&document);
        assert!(steps.len() >= 5, "{file}");
        for step in steps {
            let run = step["run"].as_str().unwrap_or_default();
            assert!(!run.contains("${{"), "{file}: {run}");
            assert!(run.lines().count() <= 5, "{file}: what is longer is a script with a test: {run}");
            if let Some(uses) = step["uses"].as_str() {
                let (_, version) = uses.split_once('@').unwrap();
                assert!(version.starts_with('v') && version[1..].parse::<u32>().is_ok(), "{uses}");
            }
        }
    }
    let workflow = yaml("ci/github/workflow.yml").remove(0);
    let on = workflow.get("on").unwrap();
    assert!(on.get("pull_request").is_some() && on.get("pull_request_target").is_none());
    assert_eq!(workflow["permissions"], json!({}));
    let jobs = workflow["jobs"].as_object().unwrap();
    let plan = json!({"contents": "read", "id-token": "write", "pull-requests": "write", "security-events": "write"});
    assert_eq!(jobs["plan"]["permissions"], plan);
    assert_eq!(jobs["configuration"]["permissions"], json!({"contents": "read"}));
    let last = list(&jobs["plan"]["steps"]).last().unwrap();
    assert_eq!((text(&last["if"]), text(&last["name"])), ("always()", "Remove the plan"));
}

#[test]
fn the_workflows_own_steps_plan_and_remove_the_plan() {
    let scratch = Scratch::new();
    let workflow = yaml("ci/github/workflow.yml").remove(0);
    let steps = list(&workflow["jobs"]["plan"]["steps"]);
    let run = |name: &str| {
        let step = steps.iter().find(|step| step["name"] == name).unwrap();
        scratch.bash(text(&step["run"]), &[("ROOT", "infra/prod"), ("RUNNER_TEMP", &scratch.text("temp"))])
    };
    let ran = run("Plan");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(!ran.text().contains("hunter2"), "what a plan prints may hold secrets");
    let plan = scratch.path("temp/tfplan.json");
    assert_eq!(std::fs::read(&plan).unwrap(), std::fs::read(scratch.path("repository/infra/prod/plan.json")).unwrap());
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(plan.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(run("Remove the plan").status, 0);
    assert_eq!(std::fs::read_dir(scratch.path("temp")).unwrap().count(), 0);
}
