//! The seeded fleet, recorded as Terraform would, drifts in nothing; thirty deviations are exactly thirty drifts.

use std::collections::BTreeSet;

use serde_json::Value;

use super::api::{Account, Api};
use super::declared::{Recorded, Scope, scopes};
use super::deviations::{Calls, DEVIATIONS, Deviation, Made, SETTINGS, TOLD, told};
use super::documents::{configuration, plan, raw_state, shown_state};
use super::world::World;
use crate::integration::audit::{aws, fleet};
use crate::integration::collect::{Moto, Proxy, another};
use crate::integration::command::{AS_OF, Ran, list, run, text};

const DECLARED: [&str; 6] =
    ["here.tfstate", "here-more.tfstate", "here-payments", "west.json", "there-plan.json", "far.tfstate"];

/// The server, and a folder with everything that is declared of it.
struct Stage {
    moto: Moto,
    api: Api,
    world: World,
    folder: tempfile::TempDir,
    scopes: Vec<Scope>,
}

impl Stage {
    fn new() -> Option<Self> {
        let moto = another()?;
        let (api, folder) = (Api::new(&moto), tempfile::tempdir().unwrap());
        let mut stage = Self { moto, api, world: World::default(), folder, scopes: Vec::new() };
        for ((account, region), action, parameters) in SETTINGS {
            stage.api.call(*account, region, action, parameters);
        }
        stage.collect("before.jsonl", &[]);
        stage.scopes = scopes(&std::fs::read_to_string(stage.place("before.jsonl")).unwrap());
        stage.declare();
        Some(stage)
    }

    fn place(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// `collect aws` of both accounts, as this deviates.
    fn collect(&self, to: &str, deviations: &[Deviation]) {
        let accounts = &self.moto.accounts;
        let before = TOLD.iter().map(|(place, of, member, inner)| told(accounts, *place, of, member, inner));
        let told = before.chain(deviations.iter().flat_map(|one| one.told(accounts))).collect();
        let refused = deviations.iter().filter_map(|one| match one.made {
            Made::Refused(rule) => Some(rule),
            _ => None,
        });
        let proxy = Proxy::editing(self.moto.port, &refused.collect::<Vec<_>>(), self.world.edit(told));
        let fleet = fleet(self.folder.path(), &self.moto, "");
        let ran =
            run(aws(&proxy, ["collect", "aws", "--fleet", &fleet, "--services", "rds", "--to", &self.place(to)]), b"");
        let expected = if deviations.is_empty() { 0 } else { 3 };
        assert_eq!(ran.status, expected, "{}", ran.stderr);
    }

    fn scope(&self, (account, region): (Account, &str)) -> &Scope {
        let account = &self.moto.accounts[account as usize];
        let is_it = |scope: &&Scope| scope.account == *account && scope.region == region;
        self.scopes.iter().find(is_it).expect("it was collected")
    }

    /// Writes what Terraform has of the fleet: several states, a plan and a folder.
    fn declare(&self) {
        use Account::{Other, Own};
        let here = self.scope((Own, "us-east-1")).recorded();
        let is_instance = |one: &Recorded| one.kind == "aws_db_instance";
        let between = |one: &Recorded, first: &str, last: &str| (first..=last).contains(&one.key.as_str());
        let of_cluster = |one: &Recorded| one.kind.starts_with("aws_rds_cluster");
        let part = |wanted: &dyn Fn(&Recorded) -> bool| -> Vec<Recorded> {
            here.iter().filter(|one| wanted(one)).cloned().collect()
        };
        let basis = part(&|one| !of_cluster(one) && (!is_instance(one) || between(one, "db-00", "db-11")));
        let more = part(&|one| of_cluster(one) || (is_instance(one) && between(one, "db-12", "db-19")));
        let payments = part(&|one| is_instance(one) && between(one, "db-20", "db-23"));
        self.write("here.tfstate", &raw_state(&basis).to_string());
        self.write("here-more.tfstate", &raw_state(&more).to_string());
        std::fs::create_dir(self.place("here-payments")).unwrap();
        self.write("here-payments/main.tf", &configuration(&payments, &self.moto.accounts[0], "us-east-1"));
        self.write("west.json", &shown_state(&self.scope((Own, "eu-west-1")).recorded()).to_string());
        let without_proxy = |place| -> Vec<Recorded> {
            let wanted = |one: &Recorded| !matches!(one.kind, "aws_db_proxy" | "aws_db_event_subscription");
            self.scope(place).recorded().into_iter().filter(wanted).collect()
        };
        self.write("there-plan.json", &plan(&without_proxy((Other, "us-east-1")), "us-east-1").to_string());
        self.write("far.tfstate", &raw_state(&without_proxy((Other, "eu-west-1"))).to_string());
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.place(name), text).unwrap();
    }

    /// Changes what runs.
    fn deviate(&self, deviation: &Deviation) {
        let Made::Called(calls) = &deviation.made else { return };
        let (account, region) = deviation.place;
        for (action, parameters) in *calls {
            let given = self.given(deviation.place, parameters);
            let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
            self.api.call(account, region, action, &given);
        }
    }

    /// Parameters, with the ids that depend on the run.
    fn given(&self, place: (Account, &str), parameters: Calls) -> Vec<(&'static str, String)> {
        let recorded = self.scope(place).recorded();
        let found = |kind: &str, key: &str, attribute: &str| {
            let one = recorded.iter().find(|one| one.kind == kind && one.key == key).expect("it is in the seed");
            text(&one.values[attribute]).to_owned()
        };
        let value = |name: &str, value: &str| match (name, value) {
            (_, "OPEN") => found("aws_security_group", "open", "id"),
            (_, "CLOSED") => found("aws_security_group", "closed", "id"),
            (_, "UNROTATED") => found("aws_kms_key", "b", "arn"),
            ("ResourceName", end) => format!("arn:aws:rds:{}:{}:{end}", place.1, self.moto.accounts[place.0 as usize]),
            (_, value) => value.to_owned(),
        };
        parameters.iter().map(|(name, given)| (*name, value(name, given))).collect()
    }

    /// A text without the ids that the server makes up.
    fn steady(&self, text: String) -> String {
        let mut text = text.replace(&self.moto.accounts[1], "<other>");
        for scope in &self.scopes {
            for one in scope.recorded() {
                for id in ["aws_security_group", "aws_kms_key"].iter().filter(|kind| **kind == one.kind) {
                    let name = format!("<{} {}>", id.trim_start_matches("aws_"), one.key);
                    text = text.replace(one.values["id"].as_str().unwrap_or_default(), &name);
                }
            }
        }
        text
    }

    fn drift(&self, running: &str, more: &[&str]) -> Ran {
        let running = ["--running", running, "--as-of", AS_OF];
        let words = ["drift", "--declared"].iter().chain(&DECLARED).chain(&running).chain(more);
        let mut command = crate::integration::command::command(words);
        command.current_dir(self.folder.path());
        run(command, b"").judged()
    }
}

fn document(ran: &Ran) -> Value {
    let document: Value = serde_json::from_slice(&ran.stdout).expect("the results are JSON");
    let schema: Value =
        serde_json::from_str(include_str!("../../../docs/schema/results-v1.json")).expect("the schema is JSON");
    jsonschema::validate(&schema, &document).expect("the results are as the schema says");
    document
}

/// Whether a drift is that of a deviation.
fn is_of(drift: &Value, deviation: &Deviation, accounts: &[String; 2]) -> bool {
    let (account, region) = deviation.place;
    let subject = drift["fact"].as_str().unwrap_or_else(|| match text(&drift["rule"]) {
        "DBK-DRIFT-IDENTIFIER" => "identifier",
        _ => "resource",
    });
    let resource = &drift["resource"];
    text(&drift["class"]) == deviation.class
        && subject == deviation.subject
        && resource["account"] == accounts[account as usize].as_str()
        && resource["region"] == region
        && named(resource) == deviation.resource
}

/// Groups and proxies are known by their address alone.
fn named(resource: &Value) -> &str {
    resource["name"].as_str().unwrap_or_else(|| {
        let id = text(&resource["id"]);
        id.split('"').nth(1).unwrap_or(id)
    })
}

/// Drifts in a line each, for whom a test fails.
fn told_of<'v>(drifts: impl IntoIterator<Item = &'v Value>) -> Vec<String> {
    let line = |drift: &Value| {
        let (of, what) = (&drift["resource"], &drift["fact"]);
        format!(
            "{} {} {}/{} {}: {what} {} -> {} {}",
            drift["class"],
            of["id"],
            of["account"],
            of["region"],
            of["name"],
            drift["declared"],
            drift["running"],
            drift["reason"]
        )
    };
    drifts.into_iter().map(line).collect()
}

#[test]
fn a_fleet_that_nobody_touched_drifts_in_nothing_and_thirty_deviations_are_thirty_drifts() {
    let Some(stage) = Stage::new() else { return };
    let undisturbed = stage.drift("before.jsonl", &["--output", "json"]);
    let before = document(&undisturbed);
    assert_eq!(told_of(list(&before["drift"])), [] as [String; 0], "no false drift");
    assert_eq!(list(&before["gaps"]), [] as [Value; 0]);
    assert_eq!(undisturbed.status, 0, "{}", undisturbed.stderr);

    DEVIATIONS.iter().for_each(|deviation| stage.deviate(deviation));
    stage.collect("after.jsonl", &DEVIATIONS);
    let sarif = stage.place("drift.sarif");
    let ran = stage.drift("after.jsonl", &["--output", "json", "--output", &format!("sarif-github={sarif}")]);
    let after = document(&ran);
    thirty(&stage, &after);
    assert!(!String::from_utf8_lossy(&ran.stdout).contains("Planted"), "a secret is in the report");
    insta::assert_snapshot!(golden(&stage, &after));
    located(&serde_json::from_str(&std::fs::read_to_string(sarif).unwrap()).expect("SARIF is JSON"), &after);

    // One call was denied, so nothing is proven; who accepts that hears of the drifts.
    assert_eq!(ran.status, 3, "{}", ran.stderr);
    let status = |more: &[&str]| stage.drift("after.jsonl", &[&["--allow-partial"], more].concat()).status;
    assert_eq!(status(&[]), 1);
    for class in ["changed", "undeclared", "missing", "unmanaged", "replaced"] {
        assert_eq!(status(&["--fail-on-drift", class]), 1, "{class}");
    }
    assert_eq!(status(&["--fail-on-drift", "none"]), 0);
}

/// Each deviation is one drift, and there is no other.
fn thirty(stage: &Stage, document: &Value) {
    let drifts = list(&document["drift"]);
    let mut missed = Vec::new();
    let mut of_deviations = BTreeSet::new();
    for deviation in &DEVIATIONS {
        match drifts.iter().position(|drift| is_of(drift, deviation, &stage.moto.accounts)) {
            Some(at) => drop(of_deviations.insert(at)),
            None => missed.push((deviation.class, deviation.subject, deviation.resource)),
        }
    }
    let others = drifts.iter().enumerate().filter(|(at, _)| !of_deviations.contains(at)).map(|(_, drift)| drift);
    let others = told_of(others);
    assert!(missed.is_empty() && others.is_empty(), "missed {missed:#?}\nfalse {others:#?}");
    assert_eq!(of_deviations.len(), DEVIATIONS.len());
}

/// GitHub takes results with one physical location each (OUTPUTS.md section 1.3); drifts of one rule at one place are one.
fn located(sarif: &Value, document: &Value) {
    let can_fail = |drift: &&Value| !matches!(text(&drift["class"]), "pending" | "expected" | "unverifiable");
    let drifted: BTreeSet<&str> =
        list(&document["drift"]).iter().filter(can_fail).map(|drift| text(&drift["rule"])).collect();
    let results = list(&sarif["runs"][0]["results"]);
    let shown: BTreeSet<&str> = results.iter().map(|result| text(&result["ruleId"])).collect();
    assert_eq!(shown, drifted);
    for result in results {
        let locations = list(&result["locations"]);
        assert_eq!(locations.len(), 1, "{result}");
        assert!(locations[0]["physicalLocation"]["artifactLocation"]["uri"].is_string(), "{result}");
    }
}

/// The drifts in the order of the report, without what every run names anew.
fn golden(stage: &Stage, document: &Value) -> String {
    let mut text = String::new();
    for drift in list(&document["drift"]) {
        let (resource, location) = (&drift["resource"], &drift["location"]);
        let what = drift["fact"].as_str().unwrap_or(text_of(&drift["rule"]));
        text += &format!("{} {what}: {}\n", text_of(&drift["class"]), text_of(&resource["id"]));
        if let Some(running) = resource["running_id"].as_str() {
            text += &format!("  runs: {running}\n");
        }
        for member in ["attribute", "declared", "recorded", "running", "pending", "reason", "moved_by", "severity"] {
            if !drift[member].is_null() {
                text += &format!("  {member}: {}\n", drift[member]);
            }
        }
        for effect in list(&drift["effects"]) {
            let part = |name: &str| text_of(&effect[name]).to_owned();
            text += &format!("  effect: {} {} -> {}\n", part("rule"), part("declared"), part("running"));
        }
        let line = location["region"]["start_line"].as_u64().map(|line| format!(":{line}")).unwrap_or_default();
        text += &format!("  at: {}{line}\n", location["file"].as_str().unwrap_or_default());
    }
    stage.steady(text)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
