//! No false drift: what Terraform recorded right after it made a resource, and the API's replies for the same one.
//!
//! Every folder of `testdata/drift/pairs` is a pair: a state, the configuration that it was made by, and the replies as the AWS
//! CLI prints them. The plan that changes nothing is made of the two. None of the three drifts in anything.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use crate::integration::command::{AS_OF, Ran, dbkeel, list, root, text};

/// Types of which a configuration alone does not say which resource it is: their identifier is an id that AWS makes.
const NAMELESS: &[&str] = &["aws_db_instance_automated_backups_replication"];

/// Every type that databases are declared with, each of which has a pair that omits and one that sets what is optional.
const TYPES: &[&str] = &[
    "aws_dax_cluster",
    "aws_db_cluster_snapshot",
    "aws_db_event_subscription",
    "aws_db_instance",
    "aws_db_instance_automated_backups_replication",
    "aws_db_option_group",
    "aws_db_parameter_group",
    "aws_db_proxy",
    "aws_db_snapshot",
    "aws_db_snapshot_copy",
    "aws_db_subnet_group",
    "aws_docdb_cluster",
    "aws_docdb_cluster_instance",
    "aws_docdb_cluster_parameter_group",
    "aws_docdb_subnet_group",
    "aws_elasticache_cluster",
    "aws_elasticache_parameter_group",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
    "aws_elasticache_subnet_group",
    "aws_memorydb_cluster",
    "aws_memorydb_snapshot",
    "aws_memorydb_subnet_group",
    "aws_neptune_cluster",
    "aws_neptune_cluster_instance",
    "aws_neptune_cluster_parameter_group",
    "aws_neptune_parameter_group",
    "aws_neptune_subnet_group",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_rds_cluster_parameter_group",
    "aws_rds_global_cluster",
];

/// A pair, with an inventory of its replies.
struct Pair {
    name: String,
    folder: PathBuf,
    scratch: tempfile::TempDir,
}

impl Pair {
    fn open(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let pair = Self { name, folder, scratch: tempfile::tempdir().unwrap() };
        let replies = pair.folder.join("running");
        let ran = dbkeel([
            "collect",
            "import",
            replies.to_str().unwrap(),
            "--to",
            pair.running().to_str().unwrap(),
            "--as-of",
            AS_OF,
        ]);
        assert_eq!(ran.status, 0, "{}: {}", pair.name, ran.stderr);
        pair
    }

    fn all() -> Vec<Self> {
        let folders = fs::read_dir(root().join("testdata/drift/pairs")).expect("the folder of pairs");
        let mut folders: Vec<PathBuf> =
            folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
        folders.sort();
        assert!(!folders.is_empty(), "there are no pairs: nothing was tested");
        folders.into_iter().map(Self::open).collect()
    }

    fn running(&self) -> PathBuf {
        self.scratch.path().join("running.jsonl")
    }

    fn state(&self) -> Json {
        serde_json::from_slice(&fs::read(self.folder.join("state.json")).unwrap()).unwrap()
    }

    fn compare(&self, declared: &Path) -> Ran {
        let running = self.running();
        let words = ["drift", "--declared", declared.to_str().unwrap(), "--running", running.to_str().unwrap()];
        dbkeel(words.into_iter().chain(["--as-of", AS_OF, "--output", "json"]))
    }

    /// Everything that drifted; `declared` says by what.
    fn drift(&self, declared: &Path) -> Vec<Json> {
        let ran = self.compare(declared);
        let report: Json = serde_json::from_slice(&ran.stdout).unwrap();
        let drift = list(&report["drift"]).to_vec();
        let is_proven = report["comparison"]["joined"].as_u64() > Some(0);
        let told = if is_proven { i32::from(drift.iter().any(can_fail)) } else { 3 };
        assert_eq!(ran.status, told, "{} {}: {}", self.name, declared.display(), ran.stderr);
        drift
    }

    /// The declared resources that were compared with what runs.
    fn joined(&self, declared: &Path) -> u64 {
        let report: Json = serde_json::from_slice(&self.compare(declared).stdout).unwrap();
        report["comparison"]["joined"].as_u64().expect("a number")
    }
}

fn can_fail(drift: &Json) -> bool {
    matches!(text(&drift["class"]), "changed" | "undeclared" | "missing" | "unmanaged" | "replaced")
}

/// One line for each drift.
fn lines(pair: &Pair, source: &str, drift: &[Json]) -> Vec<String> {
    let line = |one: &Json| {
        let value = |member: &str| one.get(member).map_or_else(|| "-".to_owned(), Json::to_string);
        format!(
            "{} ({source}): {} {} {} declared {} running {}: {}",
            pair.name,
            text(&one["resource"]["id"]),
            text(&one["class"]),
            value("fact"),
            value("declared"),
            value("running"),
            value("reason"),
        )
    };
    drift.iter().map(line).collect()
}

#[test]
fn a_state_drifts_in_nothing() {
    let mut drifted = Vec::new();
    for pair in Pair::all() {
        let state = pair.folder.join("state.json");
        drifted.extend(lines(&pair, "state", &pair.drift(&state)));
        let declared: usize = list(&pair.state()["resources"]).iter().map(|of| list(&of["instances"]).len()).sum();
        assert_eq!(pair.joined(&state), declared as u64, "{}: everything was found and compared", pair.name);
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}

#[test]
fn a_state_that_terraform_shows_drifts_in_nothing() {
    let mut drifted = Vec::new();
    for pair in Pair::all() {
        let path = pair.scratch.path().join("shown.json");
        fs::write(&path, plan(&pair)["prior_state"].to_string()).unwrap();
        drifted.extend(lines(&pair, "shown", &pair.drift(&path)));
        assert_eq!(pair.joined(&path), pair.joined(&pair.folder.join("state.json")), "{}", pair.name);
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}

#[test]
fn replies_that_were_never_made_an_inventory_are_put_together() {
    for pair in Pair::all() {
        let (state, replies) = (pair.folder.join("state.json"), pair.folder.join("running"));
        let words = ["drift", "--declared", state.to_str().unwrap(), "--running", replies.to_str().unwrap()];
        let ran = dbkeel(words.into_iter().chain(["--as-of", AS_OF, "--output", "json"]));
        let report: Json = serde_json::from_slice(&ran.stdout).unwrap();
        assert_eq!(lines(&pair, "state and folder", list(&report["drift"])), [] as [String; 0]);
        assert_eq!(report["comparison"]["joined"].as_u64(), Some(pair.joined(&state)), "{}", pair.name);
    }
}

#[test]
fn a_plan_that_changes_nothing_drifts_in_nothing() {
    let mut drifted = Vec::new();
    for pair in Pair::all() {
        let path = pair.scratch.path().join("plan.json");
        fs::write(&path, plan(&pair).to_string()).unwrap();
        drifted.extend(lines(&pair, "plan", &pair.drift(&path)));
        assert_eq!(pair.joined(&path), pair.joined(&pair.folder.join("state.json")), "{}", pair.name);
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}

#[test]
fn configuration_drifts_in_nothing() {
    let mut drifted = Vec::new();
    for pair in Pair::all() {
        let folder = pair.scratch.path().join("configuration");
        fs::create_dir(&folder).unwrap();
        fs::copy(pair.folder.join("main.tf"), folder.join("main.tf")).unwrap();
        // Which resource it is that has a generated identifier, configuration does not say.
        let is_generated = |drift: &Json| {
            text(&drift["class"]) == "unverifiable"
                && (pair.name.contains("generated") || NAMELESS.contains(&text(&drift["resource"]["type"])))
        };
        let drift: Vec<Json> = pair.drift(&folder).into_iter().filter(|drift| !is_generated(drift)).collect();
        drifted.extend(lines(&pair, "configuration", &drift));
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}

#[test]
fn every_type_has_a_pair_that_omits_and_one_that_sets() {
    let mut seen = BTreeSet::new();
    for pair in Pair::all() {
        let how = ["omitted", "set"].into_iter().find(|how| pair.name.ends_with(how));
        for resource in list(&pair.state()["resources"]) {
            seen.extend(how.map(|how| (text(&resource["type"]).to_owned(), how)));
        }
    }
    for resource_type in TYPES {
        for how in ["omitted", "set"] {
            assert!(seen.contains(&((*resource_type).to_owned(), how)), "no pair `…-{how}` has a {resource_type}");
        }
    }
}

/// The plan of a pair: it reads the state, keeps every value, and its configuration has the arguments of `main.tf`.
fn plan(pair: &Pair) -> Json {
    let configured = arguments(&fs::read_to_string(pair.folder.join("main.tf")).unwrap());
    let (mut changes, mut planned, mut configuration) = (Vec::new(), Vec::new(), Vec::new());
    let state = pair.state();
    for resource in list(&state["resources"]) {
        let (kind, name) = (text(&resource["type"]), text(&resource["name"]));
        let values = &resource["instances"][0]["attributes"];
        let mut common = json!({
            "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws",
        });
        let with = |more: Json| {
            let mut all = common.clone();
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            all
        };
        planned.push(with(json!({"schema_version": 0, "values": values, "sensitive_values": {}})));
        changes.push(with(json!({"change": {
            "actions": ["no-op"], "before": values, "after": values, "after_unknown": {},
            "before_sensitive": {}, "after_sensitive": {},
        }})));
        let names = &configured[&format!("{kind}.{name}")];
        let expressions = names.iter().map(|name| (name.clone(), expression(&values[name])));
        let expressions = Json::Object(expressions.collect::<Map<String, Json>>());
        common.as_object_mut().unwrap().remove("provider_name");
        common["provider_config_key"] = json!("aws");
        common["schema_version"] = json!(0);
        common["expressions"] = expressions;
        configuration.push(common);
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.13.4", "applyable": false, "complete": true, "errored": false,
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "prior_state": {"format_version": "1.0", "terraform_version": "1.13.4",
            "values": {"root_module": {"resources": planned}}},
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
                "expressions": {"region": {"constant_value": "eu-west-1"}}}},
            "root_module": {"resources": configuration},
        },
        "timestamp": AS_OF,
    })
}

fn expression(value: &Json) -> Json {
    match value {
        // Blocks have expressions of their own.
        Json::Array(items) if items.iter().any(Json::is_object) => {
            let block = |item: &Json| {
                let members = item.as_object().expect("a block");
                json!(members.iter().map(|(name, value)| (name.clone(), expression(value))).collect::<Map<_, _>>())
            };
            Json::Array(items.iter().map(block).collect())
        }
        value => json!({"constant_value": value}),
    }
}

/// The names of the arguments and blocks of each resource. The pairs are written one argument a line, indented by two.
fn arguments(configuration: &str) -> std::collections::BTreeMap<String, BTreeSet<String>> {
    let mut found = std::collections::BTreeMap::<String, BTreeSet<String>>::new();
    let mut address = None;
    for line in configuration.lines() {
        if let Some(rest) = line.strip_prefix("resource ") {
            let parts: Vec<&str> = rest.split('"').collect();
            let of = format!("{}.{}", parts[1], parts[3]);
            found.entry(of.clone()).or_default();
            address = Some(of);
        } else if line == "}" {
            address = None;
        } else if let (Some(of), Some(argument)) = (&address, line.strip_prefix("  "))
            && argument.starts_with(|c: char| c.is_ascii_lowercase())
        {
            let name = argument.split([' ', '=']).next().unwrap().to_owned();
            found.get_mut(of).unwrap().insert(name);
        }
    }
    found
}
