//! `collect aws` and `audit` as a user runs them, against the server that `collect` seeds.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::collect::{Moto, Proxy, moto};
use super::command::{AS_OF, FORMATS, Ran, Scanned, command, list, run, text};

/// The binary in the environment of somebody whose AWS is the proxy.
pub(super) fn aws<S: AsRef<std::ffi::OsStr>>(proxy: &Proxy, words: impl IntoIterator<Item = S>) -> Command {
    let mut command = command(words);
    command
        .env("AWS_ENDPOINT_URL", &proxy.url)
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "x".repeat(40))
        .env("AWS_REGION", "us-east-1")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env_remove("AWS_PROFILE")
        .env_remove("AWS_SESSION_TOKEN");
    command
}

/// A fleet file for both accounts and regions; `more` is added to the first account.
pub(super) fn fleet(folder: &Path, moto: &Moto, more: &str) -> String {
    let [own, other] = &moto.accounts;
    let text = format!(
        "defaults:\n  regions: [us-east-1, eu-west-1]\naccounts:\n  - id: \"{own}\"\n{more}\
         \n  - id: \"{other}\"\n    role: DbkeelReadOnly\n    external_id: nightly\n"
    );
    let file = folder.join("fleet.yaml");
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

fn audited(proxy: &Proxy, fleet: &str, folder: &Path, more: &[&str]) -> Ran {
    let inventory = folder.join("night.jsonl").display().to_string();
    let words = ["audit", "--fleet", fleet, "--inventory", &inventory, "--as-of", AS_OF];
    run(aws(proxy, words.iter().chain(more)), b"").judged()
}

#[test]
fn a_fleet_is_judged_as_its_seed_implies() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let fleet = fleet(folder.path(), moto, "    tier: tier-1\n    name: own\n    owner: team-own");
    let table = folder.path().join("table").display().to_string();
    let ran = audited(&proxy, &fleet, folder.path(), &["--output", "json", "--output", &format!("table={table}")]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let table = std::fs::read_to_string(table).unwrap();
    assert!(table.contains(&format!("  {} own (team-own) ", moto.accounts[0])), "{table}");
    let scanned = Scanned::read(&ran.stdout);
    assert_eq!(list(&scanned.document["gaps"]), [] as [Value; 0]);
    let schema: Value =
        serde_json::from_str(include_str!("../../docs/schema/results-v1.json")).expect("the schema is JSON");
    jsonschema::validate(&schema, &scanned.document).expect("the results are as the schema says");
    let by_account = scanned.document["summary"]["by_account"].as_object().unwrap();
    assert_eq!(by_account.keys().collect::<BTreeSet<_>>(), moto.accounts.iter().collect());
    // What `server.py` makes of the number in a database's name.
    let mut judged = 0;
    let mut check = |rule: &str, fails: fn(usize) -> bool| {
        for (id, verdict) in scanned.of_rule(rule) {
            let Some(number) = id.rsplit_once(":db:db-").and_then(|(_, number)| number.parse().ok()) else { continue };
            let expected = if fails(number) { "fail" } else { "pass" };
            assert_eq!(verdict, expected, "{rule} of {id}");
            judged += 1;
        }
    };
    check("storage_encrypted", |number| number % 3 == 0);
    check("not_publicly_accessible", |number| number % 4 == 0);
    check("backups_enabled", |number| number % 4 == 0);
    check("copy_tags_to_snapshot", |number| number % 2 == 1);
    assert_eq!(judged, 4 * 54, "24 + 12 + 12 + 6 databases");
    let public = scanned.of_rule("snapshot_not_public").filter(|(_, verdict)| *verdict == "fail");
    assert_eq!(public.map(|(id, _)| id.rsplit(':').next().unwrap()).collect::<Vec<_>>(), ["kept-0"; 4]);
    // The clusters have no tags, so the tier of the fleet file counts where it names one.
    let tiers: BTreeSet<(&str, &str)> = list(&scanned.document["resources"])
        .iter()
        .filter(|resource| text(&resource["id"]).ends_with(":cluster:cluster-0"))
        .map(|resource| (text(&resource["tier"]), text(&resource["tier_reason"])))
        .collect();
    let of_fleet = format!("fleet file: account {}", moto.accounts[0]);
    assert_eq!(tiers, [("tier-1", of_fleet.as_str()), ("tier-2", "default tier")].into());
}

#[test]
fn a_denied_call_is_neither_pass_nor_fail_and_the_night_is_not_proven() {
    let Some(moto) = moto() else { return };
    let whole = tempfile::tempdir().unwrap();
    let ran = audited(&Proxy::new(moto.port, &[]), &fleet(whole.path(), moto, ""), whole.path(), &["--output", "json"]);
    let undisturbed = Scanned::read(&ran.stdout);
    let folder = tempfile::tempdir().unwrap();
    let proxy = Proxy::new(moto.port, &["DescribeSecurityGroups@eu-west-1=denied"]);
    let ran = audited(&proxy, &fleet(folder.path(), moto, ""), folder.path(), &["--output", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let denied = Scanned::read(&ran.stdout);
    let mut unknown = 0;
    for (what, verdict) in &denied.verdicts {
        let was = &undisturbed.verdicts[what];
        if verdict != was {
            assert_eq!(verdict, "unknown", "{what:?} was {was}");
            assert!(what.1.contains("eu-west-1") || what.1.contains("global"), "{what:?}");
            unknown += 1;
        }
    }
    assert!(unknown > 20, "{unknown}");
    let gaps = list(&denied.document["gaps"]);
    assert_eq!(gaps.len(), 2, "{gaps:?}");
    assert!(
        gaps.iter().all(|gap| text(&gap["reason"]).contains("grant the IAM permission ec2:DescribeSecurityGroups"))
    );
    let proxy = Proxy::new(moto.port, &["DescribeSecurityGroups@eu-west-1=denied"]);
    let ran = audited(&proxy, &fleet(folder.path(), moto, ""), folder.path(), &["--output", "json", "--allow-partial"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
}

#[test]
fn no_planted_secret_is_in_the_inventory_or_in_any_report() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let outputs = FORMATS.map(|format| format!("{format}={}", folder.path().join(format).display()));
    let more: Vec<&str> = outputs.iter().flat_map(|output| ["--output", output]).collect();
    let ran = audited(&proxy, &fleet(folder.path(), moto, ""), folder.path(), &more);
    assert!(!ran.stderr.contains("Planted"), "{}", ran.stderr);
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        let bytes = std::fs::read(&file).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("Planted"), "{}", file.display());
        files += 1;
    }
    assert_eq!(files, FORMATS.len() + 3, "the reports, the inventory, the fleet file and the history");
}

/// An inventory without what depends on when it was made.
pub(super) fn still(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.retain(|line| line["end"].is_null() && line["seal"].is_null());
    for line in &mut lines {
        for (part, member) in [
            ("inventory", "started_at"),
            ("scope", "collected_at"),
            ("manifest", "finished_at"),
            ("value", "LatestRestorableTime"),
        ] {
            if let Some(part) = line[part].as_object_mut() {
                part.remove(member);
            }
        }
    }
    lines
}

#[test]
fn a_collection_that_is_killed_goes_on_where_it_was_and_ends_like_an_undisturbed_one() {
    let Some(moto) = moto() else { return };
    let folder = tempfile::tempdir().unwrap();
    let fleet = fleet(folder.path(), moto, "");
    let place = |name: &str| folder.path().join(name);
    let collect = |proxy: &Proxy, to: &Path, more: &[&str]| {
        let to = to.display().to_string();
        aws(proxy, ["collect", "aws", "--fleet", &fleet, "--to", &to, "--concurrency", "1"].iter().chain(more))
    };
    let whole = place("whole.jsonl");
    assert_eq!(run(collect(&Proxy::new(moto.port, &[]), &whole, &[]), b"").status, 0);
    // The second region never answers, so the process is killed with some scopes done and one under way.
    let (cut, journal) = (place("cut.jsonl"), place("cut.jsonl.partial"));
    let stuck = Proxy::new(moto.port, &["DescribeDBClusters@*=hang+1"]);
    let mut child = collect(&stuck, &cut, &[]).stderr(Stdio::null()).spawn().unwrap();
    let finished = || std::fs::read_to_string(&journal).unwrap_or_default().matches("{\"end\":").count();
    let start = Instant::now();
    while finished() < 1 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let done = finished();
    assert!((1..4).contains(&done), "{done} scopes were finished");
    // Killed in the middle of a write, too.
    let mut torn = std::fs::read(&journal).unwrap();
    torn.extend(b"{\"scope\":{\"account\":\"1234");
    std::fs::write(&journal, torn).unwrap();

    let refused = run(super::command::command(["scan", &journal.display().to_string()]), b"").refused();
    assert!(refused.stderr.contains("--resume"), "{}", refused.stderr);
    let refused = run(collect(&Proxy::new(moto.port, &[]), &cut, &[]), b"").refused();
    assert!(refused.stderr.contains("--resume"), "{}", refused.stderr);
    let proxy = Proxy::new(moto.port, &[]);
    let ran = run(collect(&proxy, &cut, &["--resume"]), b"");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("of an earlier run are there already"), "{}", ran.stderr);
    assert!(!journal.exists(), "the journal goes when the inventory is there");
    let (cut, whole) = (still(&cut), still(&whole));
    assert_eq!(cut.len(), whole.len());
    for (line, undisturbed) in cut.iter().zip(&whole) {
        assert_eq!(line, undisturbed);
    }
    let asked = proxy.log().iter().filter(|asked| asked.action == "DescribeDBInstances").count();
    assert_eq!(asked, 4 - done, "what was there was not asked again");
}

#[test]
fn what_is_wrong_with_the_files_is_told_before_anything_is_collected() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let cases = [
        ("    tier: tier-9", "has no tier `tier-9`"),
        ("    baseline: nowhere.yaml", "nowhere.yaml"),
        ("    regions: [eu-wset-1]", "eu-wset-1"),
    ];
    for (more, told) in cases {
        let fleet = fleet(folder.path(), moto, more);
        let inventory = folder.path().join("i.jsonl").display().to_string();
        let ran = run(aws(&proxy, ["audit", "--fleet", &fleet, "--inventory", &inventory]), b"").refused();
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
    assert!(proxy.log().is_empty() && std::fs::read_dir(folder.path()).unwrap().count() == 1);
}

#[test]
fn an_account_may_have_a_baseline_of_its_own() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    let own =
        "name: lenient\nrules: {include: [DBK-ENC-001]}\ntiers:\n  any: {}\nassign:\n  - {tier: any, default: true}\n";
    std::fs::write(folder.path().join("lenient.yaml"), own).unwrap();
    let fleet = fleet(folder.path(), moto, "    baseline: ./lenient.yaml");
    let ran = audited(&proxy, &fleet, folder.path(), &["--output", "json"]);
    let scanned = Scanned::read(&ran.stdout);
    let of_own: BTreeSet<&str> = scanned
        .verdicts
        .keys()
        .filter(|(_, id)| id.contains(&moto.accounts[0]))
        .map(|(rule, _)| rule.as_str())
        .collect();
    assert_eq!(of_own, ["storage_encrypted"].into());
    assert_eq!(text(&scanned.document["run"]["baseline"]), "standard + lenient");
}

#[test]
fn credentials_that_are_refused_leave_nothing_behind() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &["GetCallerIdentity@*=denied"]));
    let to = folder.path().join("night.jsonl").display().to_string();
    let ran = run(aws(&proxy, ["collect", "aws", "--region", "eu-west-1", "--to", &to]), b"").refused();
    assert!(ran.stderr.contains("AWS does not accept the credentials"), "{}", ran.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// A state that declares one database, in the first of the account's regions.
fn state_of(folder: &Path, account: &str, name: &str) {
    let arn = format!("arn:aws:rds:eu-west-1:{account}:db:{name}");
    let attributes = serde_json::json!({"arn": arn, "identifier": name, "engine": "postgres", "multi_az": false});
    let state = serde_json::json!({"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "l", "outputs": {},
        "resources": [{"mode": "managed", "type": "aws_db_instance", "name": "main",
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{"schema_version": 2, "attributes": attributes}]}]});
    std::fs::write(folder.join(format!("{name}.tfstate")), state.to_string()).unwrap();
}

#[test]
fn what_the_fleet_file_says_is_declared_is_compared_with_what_runs() {
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    state_of(folder.path(), &moto.accounts[0], "db-01");
    state_of(folder.path(), &moto.accounts[0], "deleted");
    let fleet = fleet(folder.path(), moto, "    declared: [\"*.tfstate\"]");
    let ran = audited(&proxy, &fleet, folder.path(), &["--output", "json"]);
    let document = Scanned::read(&ran.stdout).document;
    let of = |class: &str| {
        let drifts = list(&document["drift"]).iter().filter(|drift| drift["class"] == class);
        drifts.map(|drift| text(&drift["resource"]["id"]).to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(of("missing"), ["aws_db_instance.main".to_owned()].into(), "{document}");
    let declared = format!("arn:aws:rds:eu-west-1:{}:db:db-01", moto.accounts[0]);
    let unmanaged = of("unmanaged");
    assert!(!unmanaged.contains(&declared) && unmanaged.len() > 40, "{unmanaged:?}");
    assert_eq!(document["comparison"]["declared"], 2);
    assert!(list(&document["verdicts"]).len() > 10, "the night is judged too");
    let none = audited(
        &proxy,
        &fleet,
        folder.path(),
        &["--output", "json", "--fail-on-drift", "none", "--fail-on", "critical"],
    );
    assert!(matches!(none.status, 0 | 1), "{}", none.stderr);
}

#[test]
fn a_declared_state_that_cannot_be_read_by_morning_is_a_gap_and_one_that_is_not_there_ends_the_night_before_it_begins()
{
    let Some(moto) = moto() else { return };
    let (folder, proxy) = (tempfile::tempdir().unwrap(), Proxy::new(moto.port, &[]));
    std::fs::write(folder.path().join("broken.tfstate"), "{\"version\": 4, ").unwrap();
    let broken = fleet(folder.path(), moto, "    declared: [broken.tfstate, \"s3://no-such-bucket-here/key\"]");
    let ran = audited(&proxy, &broken, folder.path(), &["--output", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let document = Scanned::read(&ran.stdout).document;
    let places: Vec<&str> = list(&document["gaps"]).iter().map(|gap| text(&gap["place"])).collect();
    assert!(places.iter().any(|place| place.ends_with("broken.tfstate")), "{places:?}");
    assert!(places.contains(&"s3://no-such-bucket-here/key"), "{places:?}");
    let gone = fleet(folder.path(), moto, "    declared: [gone.tfstate]");
    let words = ["audit", "--fleet", &gone, "--inventory", "never.jsonl"];
    let ran = run(aws(&proxy, words), b"").refused();
    assert!(ran.stderr.contains("gone.tfstate") && ran.stderr.contains("which it says is declared"), "{}", ran.stderr);
}
