//! The generated fleet is what the benchmark and the other tests believe it to be.

use serde_json::Value;

use super::fleet::Fleet;

fn plan(databases: usize, seed: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    Fleet { databases, seed }.write(&mut bytes).expect("a vector takes every byte");
    bytes
}

#[test]
fn a_fleet_has_as_many_databases_as_asked_for() {
    for databases in [0, 1, 2, 3, 50, 401] {
        let plan: Value = serde_json::from_slice(&plan(databases, 7)).expect("the plan is JSON");
        let is_database = |change: &&Value| {
            matches!(change["type"].as_str(), Some("aws_db_instance" | "aws_rds_cluster" | "aws_rds_cluster_instance"))
        };
        let changes = plan["resource_changes"].as_array().expect("a list of changes");
        assert_eq!(changes.iter().filter(is_database).count(), databases);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    assert_eq!(plan(60, 1), plan(60, 1));
    assert_ne!(plan(60, 1), plan(60, 2));
}

#[test]
fn a_database_takes_about_four_kilobytes() {
    let each = plan(2_000, 20_261_122).len() / 2_000;
    assert!((3_600..4_600).contains(&each), "{each} bytes for each database");
}

#[test]
fn every_address_is_planned_once_and_changed_once() {
    let plan: Value = serde_json::from_slice(&plan(300, 3)).expect("the plan is JSON");
    let mut changed: Vec<&str> = plan["resource_changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["address"].as_str())
        .collect();
    let root = &plan["planned_values"]["root_module"];
    let modules = std::iter::once(root).chain(root["child_modules"].as_array().expect("modules"));
    let mut planned: Vec<&str> = modules
        .flat_map(|module| module["resources"].as_array().expect("resources"))
        .filter_map(|resource| resource["address"].as_str())
        .collect();
    changed.sort_unstable();
    planned.sort_unstable();
    assert_eq!(changed, planned);
    changed.dedup();
    assert_eq!(changed.len(), planned.len());
}
