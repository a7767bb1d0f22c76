//! The configuration behind the sample plan has the facts that the plan has, or says that it does not know.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::facts::{Document, SharedFacts, is_mapped, map_terraform};
use crate::link::link;
use crate::model::Resource;
use crate::source::Digests;
use crate::source::terraform::eval::{Inputs, evaluate};
use crate::source::terraform::hcl::Configuration;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/sample");

const PLAN_ONLY: &[&str] = &[
    "planned_action",
    "replace_attributes",
    "changed_attributes",
    "apply_immediately",
    "allow_major_version_upgrade",
    "static_parameters_changed",
];

fn document() -> Document {
    Document { file: "tfplan.json".into(), source: 0, shared: SharedFacts::new() }
}

fn of_plan() -> Vec<Resource> {
    let bytes = std::fs::read(format!("{SAMPLE}/tfplan.json")).unwrap();
    let map = |resource| map_terraform(&resource, &document());
    let read = crate::source::terraform::read("tfplan.json", &bytes, Digests::Taken, &is_mapped, map).unwrap();
    link(read.resources.into_iter().flatten().collect(), &SharedFacts::new())
}

fn of_configuration() -> Vec<Resource> {
    let folder = std::path::Path::new(SAMPLE);
    let mut configuration = Configuration::new(folder);
    let root = configuration.root(folder).unwrap();
    let tree = configuration.tree(&root);
    let inputs = Inputs {
        vars: vec![("private_subnet_ids".into(), r#"["subnet-0a11c0ffee0000001", "subnet-0a11c0ffee0000002"]"#.into())],
        ..Inputs::default()
    };
    let found = evaluate(&configuration, &tree, &inputs, &super::modules::NoFiles, &is_mapped);
    let mapped = found.resources.iter().filter_map(|resource| map_terraform(resource, &document()));
    link(mapped.collect(), &SharedFacts::new())
}

/// What a resource has of each fact, but those that only a plan tells.
fn facts(resource: &Resource) -> BTreeMap<&'static str, String> {
    let scalars = resource.facts.scalars().map(|(id, fact)| (id.def().name, format!("{:?}", fact.state)));
    let maps = resource.facts.maps().map(|(id, map)| {
        let entries: Vec<_> = map.entries.iter().map(|(key, fact)| (key, &fact.state)).collect();
        (id.def().name, format!("{entries:?} {:?}", map.rest))
    });
    scalars.chain(maps).filter(|(name, _)| !PLAN_ONLY.contains(name)).collect()
}

#[test]
fn the_facts_are_those_of_the_plan_or_unknown() {
    let (plan, configuration) = (of_plan(), of_configuration());
    let mut differences = String::new();
    for resource in &configuration {
        let planned = plan.iter().find(|planned| planned.id == resource.id).expect("the plan has it");
        let (found, planned) = (facts(resource), facts(planned));
        assert!(found.keys().eq(planned.keys()), "{}: {:?} and {:?}", resource.id, found.keys(), planned.keys());
        for ((name, found), planned) in
            found.iter().zip(planned.values()).filter(|((_, found), planned)| found != planned)
        {
            writeln!(differences, "{} {name}: {found}, planned {planned}", resource.id).unwrap();
        }
    }
    let ids: Vec<&str> = configuration.iter().map(|resource| resource.id.as_ref()).collect();
    insta::assert_snapshot!(format!("{}\n\n{differences}", ids.join("\n")));
}

#[test]
fn default_tags_that_are_not_known_leave_the_tags_open() {
    let tags = |default: &str| {
        let text = format!(
            "variable \"x\" {{}}\nprovider \"aws\" {{\n  default_tags {{\n    tags = {{ owner = {default} }}\n  }}\n}}\n\
             resource \"aws_db_instance\" \"db\" {{\n  tags = {{ env = \"prod\" }}\n}}\n"
        );
        let found = super::modules::main(&text);
        let mapped = found.resources.iter().filter_map(|resource| map_terraform(resource, &document()));
        let resources = link(mapped.collect(), &SharedFacts::new());
        let tags = resources[0].facts.maps().find(|(id, _)| id.def().name == "tags").unwrap().1.clone();
        (tags.entries.keys().map(|key| key.to_string()).collect::<Vec<_>>().join(" "), format!("{:?}", tags.rest))
    };
    let (known, rest) = tags("\"dba\"");
    assert_eq!((known.as_str(), rest.starts_with("Missing")), ("env owner", true));
    let (known, rest) = tags("var.x");
    assert_eq!((known.as_str(), rest.as_str()), ("env", "Unknown(KnownAfterApply)"));
}
