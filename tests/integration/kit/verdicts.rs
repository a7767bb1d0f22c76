//! Every world, judged from every source.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dbkeel::source::aws::{OPERATIONS, Per};
use serde_json::{Value, json};

use super::description::{REGION, World};
use super::terraform;
use crate::integration::command::{AS_OF, Scanned, dbkeel, list, text};

/// A baseline that leaves no rule out.
const BASELINE: &str = "testdata/kit/baseline.yaml";

/// The sources, in the order of the lists of verdicts.
pub(super) const SOURCES: [&str; 5] = ["plan", "state", "shown", "folder", "import"];

/// One resource of one world.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    /// The world's number.
    pub(super) world: usize,
    /// The address within it.
    pub(super) address: String,
}

/// Every verdict: by resource and rule, one of each source; `none` where the source has none.
pub(super) struct Verdicts {
    pub(super) of: BTreeMap<Subject, BTreeMap<String, [String; SOURCES.len()]>>,
    pub(super) rules: BTreeSet<String>,
    /// Resources of a source that no world has.
    pub(super) strange: Vec<String>,
}

/// Judges all worlds, with one run of the binary a source.
pub(super) fn judge(worlds: &[World<'_>]) -> Verdicts {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = write(folder.path(), worlds);
    let mut verdicts = Verdicts { of: BTreeMap::new(), rules: BTreeSet::new(), strange: Vec::new() };
    let mut known = BTreeMap::new();
    for (position, path) in paths.iter().enumerate() {
        let words = ["scan", path, "--baseline", BASELINE, "--as-of", AS_OF, "--output", "json", "--quiet"];
        let ran = dbkeel(words).judged();
        let scanned = Scanned::read(&ran.stdout);
        let mut ids = BTreeMap::new();
        for resource in list(&scanned.document["resources"]) {
            let subject = match SOURCES[position] {
                "import" => by_account(worlds, &known, resource),
                _ => by_address(worlds, text(&resource["id"])),
            };
            match subject {
                Some(subject) => {
                    if let (Some(name), "state") = (resource["name"].as_str(), SOURCES[position]) {
                        let (kind, name) = (text(&resource["kind"]).to_owned(), name.to_lowercase());
                        known.insert((subject.world, kind, name), subject.clone());
                    }
                    ids.insert(text(&resource["id"]).to_owned(), subject);
                }
                // AWS's own parameter groups are listed beside those that Terraform made.
                None if resource["name"].as_str().is_some_and(|name| name.starts_with("default.")) => {}
                None if is_brought(worlds, resource) => {}
                None => verdicts.strange.push(format!("{}: {resource}", SOURCES[position])),
            }
        }
        verdicts.rules.extend(list(&scanned.document["rules"]).iter().map(|rule| text(&rule["name"]).to_owned()));
        for ((rule, id), verdict) in scanned.verdicts {
            let Some(subject) = ids.get(&id) else { continue };
            let of_subject = verdicts.of.entry(subject.clone()).or_default();
            let of_rule = of_subject.entry(rule).or_insert_with(|| std::array::from_fn(|_| "none".to_owned()));
            of_rule[position] = verdict;
        }
    }
    verdicts
}

/// `module.db_instance_good.aws_db_instance.main`
fn by_address(worlds: &[World<'_>], id: &str) -> Option<Subject> {
    let (name, address) = id.strip_prefix("module.")?.split_once('.')?;
    let world = worlds.iter().position(|world| world.name == name)?;
    Some(Subject { world, address: address.to_owned() })
}

/// Every world has an account of its own.
fn by_account(
    worlds: &[World<'_>],
    known: &BTreeMap<(usize, String, String), Subject>,
    resource: &Value,
) -> Option<Subject> {
    let world = worlds.iter().position(|world| resource["account"] == json!(world.account))?;
    let named = known.get(&(world, text(&resource["kind"]).to_owned(), text(&resource["name"]).to_lowercase()));
    named.cloned().or_else(|| by_arn(worlds.get(world)?, world, text(&resource["id"])))
}

/// What runs under another name than Terraform's has the ARN that Terraform records.
fn by_arn(world: &World<'_>, number: usize, arn: &str) -> Option<Subject> {
    let has_arn = |address: &&String| world.value(address, "arn").is_some_and(|of| of == arn);
    world.pieces.keys().find(has_arn).map(|address| Subject { world: number, address: address.clone() })
}

/// Whether a resource is listed with one that has a description.
fn is_brought(worlds: &[World<'_>], resource: &Value) -> bool {
    let world = worlds.iter().find(|world| resource["account"] == json!(world.account));
    let mut pieces = world.into_iter().flat_map(|world| world.pieces.values());
    pieces.any(|piece| piece.of.brings.iter().any(|kind| resource["kind"] == kind.as_str()))
}

/// Writes what the sources read; the paths to scan.
fn write(folder: &Path, worlds: &[World<'_>]) -> [String; SOURCES.len()] {
    let path = |name: &str| folder.join(name);
    let document = |name: &str, value: Value| fs::write(path(name), value.to_string()).expect("written");
    document("plan.json", terraform::plan(worlds));
    document("state.json", terraform::state(worlds));
    document("shown.json", terraform::shown(worlds));
    let (main, modules) = terraform::configuration(worlds);
    let file = |name: String, text: String| {
        fs::create_dir_all(path(&name)).expect("a folder");
        fs::write(path(&name).join("main.tf"), text).expect("written");
    };
    file("folder".to_owned(), main);
    modules.into_iter().for_each(|(name, text)| file(format!("folder/{name}"), text));
    let running = path("running.jsonl");
    import(&path("replies"), &running, worlds);
    let text = |name: &str| path(name).to_str().expect("text").to_owned();
    ["plan.json", "state.json", "shown.json", "folder", "running.jsonl"].map(text)
}

/// What `aws … --output json` prints in each account, brought into one inventory.
fn import(replies: &Path, inventory: &Path, worlds: &[World<'_>]) {
    for world in worlds.iter().filter(|world| terraform::is_left(world)) {
        let folder = replies.join(&world.account).join(REGION);
        fs::create_dir_all(&folder).expect("a folder");
        let mut files = world.replies();
        let mut lists: BTreeSet<String> =
            files.values().filter_map(Value::as_object).flat_map(|reply| reply.keys().cloned()).collect();
        // A call that found nothing replies with an empty list.
        for operation in OPERATIONS.iter().filter(|operation| operation.per == Per::Region) {
            // One object for the whole region is no list that could be empty.
            let Some(member) = operation.list else { continue };
            if lists.insert(member.to_owned()) {
                files.insert(format!("{}-{}", operation.service, operation.action), json!({ member: [] }));
            }
        }
        for (name, reply) in files {
            let name = name.replace(['/', ':'], "-");
            fs::write(folder.join(format!("{name}.json")), reply.to_string()).expect("written");
        }
    }
    let words = ["collect", "import", replies.to_str().expect("text"), "--to", inventory.to_str().expect("text")];
    let ran = dbkeel(words.into_iter().chain(["--as-of", AS_OF]));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("not imported"), "{}", ran.stderr);
}
