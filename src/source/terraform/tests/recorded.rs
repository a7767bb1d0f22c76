//! What Terraform itself wrote: see `testdata/terraform/recorded/README.md`.

use std::collections::BTreeMap;

use super::*;

const CREATE: &[u8] = include_bytes!("../../../../testdata/terraform/recorded/create.json");
const CHANGE: &[u8] = include_bytes!("../../../../testdata/terraform/recorded/change.json");
const STATE: &[u8] = include_bytes!("../../../../testdata/terraform/recorded/state.json");
const RAW_STATE: &[u8] = include_bytes!("../../../../testdata/terraform/recorded/raw_state.json");

type ByAddress = BTreeMap<String, TerraformResource>;

fn resources(bytes: &[u8]) -> ByAddress {
    let read = read("recorded.json", bytes, Digests::Taken, &|ty| ty == "terraform_data", |resource| resource).unwrap();
    assert_eq!(read.gaps, []);
    assert_eq!(read.resources.len(), read.resources_seen);
    assert_eq!(read.source.tool_version.as_deref(), Some("1.11.4"));
    read.resources.into_iter().map(|resource| (resource.address.to_string(), resource)).collect()
}

/// What an attribute refers to: addresses, resources, instances, others.
fn references(resources: &ByAddress, address: &str, attribute: &str) -> [String; 4] {
    let after = resources[address].after.as_ref().unwrap();
    let found = after.references(attribute).unwrap();
    [&*found.addresses, &found.led.resources, &found.led.instances, &found.led.others].map(|list| list.join(" "))
}

#[test]
fn references_are_followed_out_of_modules_and_into_them() {
    let plan = resources(CREATE);
    let root = "terraform_data.root";
    assert_eq!(
        references(&plan, r#"module.store["a"].module.shelf[0].terraform_data.item"#, "input"),
        ["var.key", root, "", "count.index"]
    );
    assert_eq!(
        references(&plan, r#"module.store["b.c"].terraform_data.box[1]"#, "input"),
        ["var.settings.kms var.settings var.defaulted", "terraform_data.create_first", "", ""]
    );
    assert_eq!(
        references(&plan, "terraform_data.refers", "input"),
        [
            "module.store.shelf_ids module.store terraform_data.keys.id terraform_data.keys",
            "module.store.module.shelf.terraform_data.item terraform_data.keys terraform_data.root",
            r#"terraform_data.keys["eu.west"]"#,
            "count.index module.store module.store.module.shelf",
        ]
    );
    assert_eq!(
        references(&plan, "terraform_data.refers", "triggers_replace"),
        ["terraform_data.keys.id terraform_data.keys", "terraform_data.keys", r#"terraform_data.keys["quo\"te"]"#, ""]
    );
    assert_eq!(
        references(&plan, r#"terraform_data.each_value["x"]"#, "input"),
        ["each.value.id each.value", root, "", ""]
    );
}

#[test]
fn null_and_unset_optional_variables_count_as_omitted() {
    let plan = resources(CREATE);
    let sets = |address: &str| -> Vec<String> {
        let after = plan[address].after.as_ref().unwrap();
        after.expressions().unwrap().names().map(ToString::to_string).collect()
    };
    // `triggers_replace = var.optional`, through two modules, both of which leave it out.
    assert_eq!(sets(r#"module.store["a"].module.shelf[1].terraform_data.item"#), ["input"]);
    assert_eq!(sets(r#"module.store["a"].terraform_data.box[0]"#), ["input"]);
    // `input = null`, and a variable that the caller sets to null.
    assert!(sets(r#"module.store["a"].terraform_data.null"#).is_empty());
}

#[test]
fn what_an_unknown_attribute_rests_on_is_told() {
    let plan = resources(CREATE);
    let after = plan["terraform_data.only_known"].after.as_ref().unwrap();
    assert!(after.references("input").unwrap().is_known_while_planning());
    // `timestamp()` refers to nothing, and is unknown all the same.
    assert!(!after.references("triggers_replace").unwrap().is_known_while_planning());
    assert!(matches!(after.get("triggers_replace"), Attribute::Referenced(_)));
    assert!(matches!(after.get("id"), Attribute::Computed));
    let refers = plan["terraform_data.refers"].after.as_ref().unwrap();
    assert!(!refers.references("input").unwrap().is_known_while_planning());
    assert!(refers.is_unknown_inside("input"));
}

#[test]
fn every_action_is_read() {
    let plan = resources(CHANGE);
    let told = |address: &str| {
        let change = plan[address].change.as_ref().unwrap();
        let list = |list: &[Arc<str>]| texts(list).join(" ");
        format!(
            "{} [{}] [{}] {}",
            change.action,
            list(&change.changed_attributes),
            list(&change.replace_attributes),
            change.reason.as_deref().unwrap_or("-")
        )
    };
    assert_eq!(told("terraform_data.root"), "update [input] [] -");
    assert_eq!(
        told("terraform_data.nested_secret"),
        "delete-then-create [input triggers_replace] [triggers_replace] replace_because_cannot_update"
    );
    assert_eq!(
        told("terraform_data.create_first"),
        "create-then-delete [triggers_replace] [triggers_replace] replace_because_cannot_update"
    );
    assert_eq!(told("terraform_data.deleted"), "delete [] [] delete_because_no_resource_config");
    assert_eq!(told("terraform_data.forgotten"), "forget [] [] delete_because_no_resource_config");
    assert_eq!(told("terraform_data.after_move"), "no-op [] [] -");
    let change = |address: &str| plan[address].change.as_ref().unwrap();
    assert_eq!(change("terraform_data.after_move").previous_address.as_deref(), Some("terraform_data.before_move"));
    assert!(change("terraform_data.imported").importing);
    assert!(!change("terraform_data.root").importing);
    for address in ["terraform_data.deleted", "terraform_data.forgotten"] {
        assert!(plan[address].after.is_none() && plan[address].before.is_some());
    }
}

#[test]
fn marked_values_are_gone_and_their_neighbours_stay() {
    let shown = |attributes: &Attributes| attributes.value("input").unwrap().to_string();
    let plan = resources(CHANGE);
    let secret = &plan["terraform_data.nested_secret"];
    assert_eq!(shown(secret.before.as_ref().unwrap()), r#"{"a":null,"b":"shown","c":[null,"shown"]}"#);
    assert_eq!(shown(secret.after.as_ref().unwrap()), r#"{"a":null,"b":"changed","c":[null,"shown"]}"#);
    assert_eq!(*secret.after.as_ref().unwrap().sensitive_in("input"), json!({"a": true, "c": [true]}));
    for state in [resources(STATE), resources(RAW_STATE)] {
        // (terraform_data copies its input to its output without the mark.)
        let after = state["terraform_data.nested_secret"].after.as_ref().unwrap();
        assert!(!shown(after).contains("hunter2"), "{}", shown(after));
    }
}

#[test]
fn plan_and_both_states_agree_on_addresses() {
    let identities = |resources: &ByAddress| -> Vec<String> {
        let identity = |resource: &TerraformResource| {
            let index = resource.index.as_deref().unwrap_or("-");
            format!("{} | {} | {} | {index}", resource.address, resource.module_address, resource.name)
        };
        resources.values().map(identity).collect()
    };
    let plan = identities(&resources(CREATE));
    assert_eq!(plan, identities(&resources(STATE)));
    assert_eq!(plan, identities(&resources(RAW_STATE)));
    assert!(plan.contains(&r#"terraform_data.keys["$${x}"] |  | keys | "${x}""#.to_owned()), "{plan:#?}");
}

#[test]
fn without_the_changes_the_planned_values_are_read() {
    let mut document: serde_json::Value = serde_json::from_slice(CREATE).unwrap();
    let whole = resources(CREATE);
    document.as_object_mut().unwrap().remove("resource_changes");
    let planned = resources(document.to_string().as_bytes());
    assert_eq!(planned.keys().collect::<Vec<_>>(), whole.keys().collect::<Vec<_>>());
    for (address, resource) in &planned {
        let (after, of_change) = (resource.after.as_ref().unwrap(), whole[address].after.as_ref().unwrap());
        assert!(resource.change.is_none() && resource.before.is_none());
        for attribute in ["id", "input", "triggers_replace"] {
            let (one, other) = (after.get(attribute), of_change.get(attribute));
            assert_eq!(format!("{one:?}"), format!("{other:?}"), "{address} {attribute}");
        }
    }
}
