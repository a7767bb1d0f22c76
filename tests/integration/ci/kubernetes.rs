//! The manifests for Kubernetes: their containers' arguments, run in the order of a night.

use serde_json::Value;

use super::super::audit::{aws, fleet};
use super::super::collect::{Proxy, moto};
use super::super::command::{AS_OF, list, run, text};
use super::yaml;

/// The pods of a file, by the name of what makes them.
fn pods(file: &str) -> Vec<(String, Value)> {
    let jobs = yaml(file).into_iter().filter(|document| document["kind"] == "CronJob");
    jobs.map(|job| {
        let name = text(&job["metadata"]["name"]).to_owned();
        (name, job["spec"]["jobTemplate"]["spec"].clone())
    })
    .collect()
}

fn containers(job: &Value) -> Vec<&Value> {
    let pod = &job["template"]["spec"];
    list(&pod["initContainers"]).iter().chain(list(&pod["containers"])).collect()
}

#[test]
fn every_pod_runs_as_nobody_on_a_file_system_that_it_cannot_write() {
    let mut seen = 0;
    for file in ["ci/kubernetes/cronjob.yaml", "ci/kubernetes/indexed-job.yaml"] {
        for (name, job) in pods(file) {
            let pod = &job["template"]["spec"];
            assert_eq!(pod["securityContext"]["runAsNonRoot"], true, "{name}");
            assert_eq!(pod["automountServiceAccountToken"], false, "{name}");
            assert_eq!(pod["restartPolicy"], "Never", "{name}: what a policy for failures needs");
            for container in containers(&job) {
                let security = &container["securityContext"];
                assert_eq!(security["readOnlyRootFilesystem"], true, "{name}");
                assert_eq!(security["allowPrivilegeEscalation"], false, "{name}");
                assert_eq!(security["capabilities"]["drop"][0], "ALL", "{name}");
                assert!(container.get("command").is_none(), "{name}: the image has no shell");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn a_night_of_the_indexed_job_and_one_of_the_cron_job_end_alike() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let fleet_file = fleet(folder.path(), moto, "");
    std::fs::write(folder.path().join("waivers.yaml"), "waivers: []\n").unwrap();
    let place = folder.path().display().to_string();
    // What a pod mounts, and what Kubernetes puts in.
    let words = |container: &Value, index: u64| -> Vec<String> {
        let word = |word: &Value| {
            let word = text(word).replace("$(JOB_COMPLETION_INDEX)", &index.to_string());
            word.replace("/etc/dbkeel/fleet.yaml", &fleet_file)
                .replace("/etc/dbkeel/", &format!("{place}/"))
                .replace("/work/", &format!("{place}/"))
        };
        list(&container["args"]).iter().map(word).collect()
    };
    let indexed = pods("ci/kubernetes/indexed-job.yaml");
    let [(_, collect), (_, audit)] = indexed.try_into().unwrap();
    let shards = collect["completions"].as_u64().unwrap();
    assert_eq!(collect["completionMode"], "Indexed");
    for index in 0..shards {
        let ran = run(aws(&proxy, words(containers(&collect)[0], index)), b"");
        assert_eq!(ran.status, 0, "{}", ran.stderr);
    }
    let merge = run(aws(&proxy, words(containers(&audit)[0], 0)), b"");
    assert_eq!(merge.status, 0, "{}", merge.stderr);
    assert!(merge.stderr.contains(&format!("{shards} of {shards} shards")), "{}", merge.stderr);
    let asked = proxy.log().len();
    let judge = |container: &Value| {
        let mut words = words(container, 0);
        words.extend(["--as-of".to_owned(), AS_OF.to_owned()]);
        let ran = run(aws(&proxy, words), b"").judged();
        let file = format!("{place}/night.json");
        let document: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        (ran.status, document["summary"].clone())
    };
    let in_shards = judge(containers(&audit)[1]);
    assert_eq!(proxy.log().len(), asked, "the pod that judges has no credentials");
    std::fs::remove_file(format!("{place}/night.jsonl.zst")).unwrap();
    std::fs::remove_file(format!("{place}/fleet.history.sqlite")).unwrap();
    let (_, whole) = pods("ci/kubernetes/cronjob.yaml").remove(0);
    assert_eq!(in_shards, judge(containers(&whole)[0]));
    assert!(folder.path().join("html").is_dir());
}
