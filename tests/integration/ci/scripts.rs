//! `plan-and-scan.sh`, which GitLab, Jenkins and Azure Pipelines run.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::Scratch;

const SCRIPT: &str = "bash ci/plan-and-scan.sh";

#[test]
fn a_root_module_is_planned_judged_and_nothing_is_left_of_the_plan() {
    let scratch = Scratch::new();
    let ran = scratch.bash(&format!("{SCRIPT} infra/prod --output json=out.json"), &[]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert!(!(ran.stderr + &String::from_utf8_lossy(&ran.stdout)).contains("hunter2"));
    assert!(scratch.has_argument("--gate", "delta") && scratch.has_argument("--category", "plan/infra/prod"));
    assert!(scratch.has_argument("--source", "infra/prod"));
    assert!(scratch.read("repository/out.json").contains("dbkeel.results/v1"));
    assert_eq!(std::fs::read_dir(scratch.path("tmp")).unwrap().count(), 0);
    let calls = scratch.read("fake/terraform.calls");
    let verbs: Vec<&str> = calls.lines().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(verbs, ["init", "plan", "show"]);
    assert!(calls.contains("-lock=false"));
    let ran = scratch.bash(&format!("{SCRIPT} infra/prod --fail-on critical"), &[("DBKEEL_GATE", "all")]);
    assert!(scratch.has_argument("--gate", "all") && matches!(ran.status, 0 | 1), "{}", ran.stderr);
}

#[test]
fn what_prevents_a_plan_is_told_and_is_no_verdict() {
    for verb in ["init", "plan", "show"] {
        let scratch = Scratch::new();
        scratch.write("fake/terraform.fails", verb);
        let ran = scratch.bash(&format!("{SCRIPT} infra/prod"), &[]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("error: `terraform {verb}` failed")), "{}", ran.stderr);
        assert_eq!((scratch.arguments().len(), std::fs::read_dir(scratch.path("tmp")).unwrap().count()), (0, 0));
    }
    let scratch = Scratch::new();
    let refused = |words: &str, environment: &[(&str, &str)], told: &str| {
        let ran = scratch.bash(&format!("{SCRIPT} {words}"), environment);
        assert!(ran.status != 0 && ran.stderr.contains(told), "{} {}", ran.status, ran.stderr);
    };
    refused("", &[], "usage: plan-and-scan.sh ROOT");
    refused("no/such", &[], "`no/such` is no folder");
    refused("infra/prod", &[("TERRAFORM", "no-such-tofu")], "`no-such-tofu` is not on this machine");
}

#[test]
fn a_job_that_is_cancelled_leaves_nothing_of_the_plan() {
    let scratch = Scratch::new();
    scratch.write("fake/terraform.hangs", "");
    let mut child = scratch
        .command(&format!("exec {SCRIPT} infra/prod"), &[])
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let is_planned = || {
        let mut folders = std::fs::read_dir(scratch.path("tmp")).unwrap();
        folders.next().is_some_and(|folder| folder.unwrap().path().join("tfplan").exists())
    };
    let start = Instant::now();
    while !is_planned() && start.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(is_planned());
    // A runner ends the whole group; here the shell waits for the program that it runs before it obeys.
    let kill = |pid: &str| std::process::Command::new("kill").args(["-TERM", pid]).status().unwrap();
    let pid = child.id().to_string();
    let children = std::process::Command::new("ps").args(["--ppid", &pid, "-o", "pid="]).output().unwrap();
    kill(&pid);
    String::from_utf8_lossy(&children.stdout)
        .split_whitespace()
        .for_each(|child| assert!(kill(child).code().is_some()));
    assert!(!child.wait().unwrap().success());
    assert_eq!(std::fs::read_dir(scratch.path("tmp")).unwrap().count(), 0);
}
