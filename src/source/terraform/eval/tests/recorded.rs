//! What Terraform itself plans: `testdata/terraform/eval` and `testdata/terraform/recorded`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::source::terraform::eval::expression::Evaluator;
use crate::source::terraform::eval::functions::tests::console::{print, untyped};
use crate::source::terraform::eval::functions::tests::differences::DIFFERENCES as OF_FUNCTIONS;
use crate::source::terraform::eval::functions::tests::recorded::{Record, records, records_of};
use crate::source::terraform::eval::functions::{Files, tests as functions};
use crate::source::terraform::eval::instance::Instance;
use crate::source::terraform::eval::names::ModuleScope;
use crate::source::terraform::eval::program::Program;
use crate::source::terraform::eval::run::Run;
use crate::source::terraform::eval::value::Val;
use crate::source::terraform::eval::{Evaluated, Inputs, VariableFile, evaluate};
use crate::source::terraform::hcl::Configuration;

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Option<Arc<[u8]>> {
        Some(std::fs::read(self.0.join(path)).ok()?.into())
    }

    fn list(&self, directory: &str) -> Option<Vec<String>> {
        functions::Folder.list(directory)
    }
}

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/terraform").join(name)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn evaluated(folder: &Path, inputs: &Inputs) -> Evaluated {
    let mut configuration = Configuration::new(folder);
    let root = configuration.root(folder).unwrap();
    let tree = configuration.tree(&root);
    evaluate(&configuration, &tree, inputs, &Folder(folder.to_owned()), &|_| true)
}

/// Where what was found differs from what was planned. Secrets are withheld here, and shown by a plan.
fn compare(path: &str, found: &Json, found_unknown: &Json, planned: &Json, open: &Json, out: &mut Vec<String>) {
    match (found, planned) {
        _ if *found_unknown == Json::Bool(true) && *open == Json::Bool(true) => {}
        _ if *found_unknown == Json::Bool(true) => out.push(format!("{path}: unknown, planned {planned}")),
        _ if *open == Json::Bool(true) => out.push(format!("{path}: {found}, unknown in the plan")),
        (Json::Object(a), Json::Object(b)) => {
            let null = Json::Null;
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.extend(open.as_object().into_iter().flat_map(|open| open.keys()));
            names.sort();
            names.dedup();
            for name in names {
                let of = |value: &'_ Json| value.get(name).cloned().unwrap_or(Json::Null);
                let (a, b) = (a.get(name).unwrap_or(&null), b.get(name).unwrap_or(&null));
                compare(&format!("{path}.{name}"), a, &of(found_unknown), b, &of(open), out);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let of = |value: &'_ Json| value.get(index).cloned().unwrap_or(Json::Null);
                compare(&format!("{path}[{index}]"), a, &of(found_unknown), b, &of(open), out);
            }
        }
        _ if found == planned => {}
        _ => out.push(format!("{path}: {found}, planned {planned}")),
    }
}

fn differences(found: &Evaluated, planned: &[(String, Json, Json)]) -> String {
    let mut out = Vec::new();
    for resource in &found.resources {
        if !planned.iter().any(|(address, ..)| address.as_str() == resource.address.as_ref()) {
            out.push(format!("{} is not planned", resource.address));
        }
    }
    for (address, after, unknown) in planned {
        let resource = found.resources.iter().find(|resource| resource.address.as_ref() == address);
        let Some(after_here) = resource.and_then(|resource| resource.after.as_ref()) else {
            out.push(format!("{address} is only planned"));
            continue;
        };
        for name in ["input", "triggers_replace"] {
            let of = |value: &Json| value.get(name).cloned().unwrap_or(Json::Null);
            let here = after_here.value(name).cloned().unwrap_or(Json::Null);
            let path = format!("{address}.{name}");
            compare(&path, &here, after_here.unknown_in(name), &of(after), &of(unknown), &mut out);
        }
    }
    out.join("\n")
}

#[test]
fn values_are_those_that_terraform_plans() {
    let folder = testdata("eval/root");
    let file = |name: &str| VariableFile { name: name.into(), text: Ok(read(&folder.join(name)).into()) };
    let inputs = Inputs {
        environment: [("TF_VAR_from_environment".to_owned(), r#"{ a = 1, b = "2" }"#.to_owned())].into(),
        var_files: ["terraform.tfvars", "a.auto.tfvars.json", "b.auto.tfvars"].map(file).into(),
        vars: vec![("from_flag".to_owned(), "[not an expression]".to_owned())],
        workspace: None,
    };
    let found = evaluated(&folder, &inputs);
    let plan: Vec<Json> = serde_json::from_str(&read(&testdata("eval/plan.json"))).unwrap();
    let planned: Vec<(String, Json, Json)> = plan
        .iter()
        .map(|entry| (entry["address"].as_str().unwrap().to_owned(), entry["after"].clone(), entry["unknown"].clone()))
        .collect();
    assert_eq!(found.problems, []);
    insta::assert_snapshot!(differences(&found, &planned));
}

#[test]
fn the_configurations_of_the_recorded_plans_agree_with_them() {
    for (folder, plan) in [("recorded/first", "recorded/create.json")] {
        let found = evaluated(&testdata(folder), &Inputs::default());
        let plan: Json = serde_json::from_str(&read(&testdata(plan))).unwrap();
        let entries = plan["resource_changes"].as_array().unwrap().iter();
        let made = entries.filter(|entry| !entry["change"]["after"].is_null());
        let planned: Vec<(String, Json, Json)> = made
            .map(|entry| {
                let change = &entry["change"];
                (
                    entry["address"].as_str().unwrap().to_owned(),
                    change["after"].clone(),
                    change["after_unknown"].clone(),
                )
            })
            .collect();
        println!("{:?}", found.problems);
        insta::assert_snapshot!(folder.replace('/', "_"), differences(&found, &planned));
    }
}

const EXPRESSIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/terraform/expressions.txt"));

/// A module with the resource that the recorded expressions refer to.
fn evaluate_all(expressions: &[&str]) -> Vec<Result<Val, String>> {
    let folder = testdata("functions");
    let mut configuration = Configuration::new(&folder);
    let root = configuration.root(&folder).unwrap();
    let tree = configuration.tree(&root);
    let (inputs, files) = (Inputs::default(), Folder(folder));
    let program = Program::new(&configuration, &tree, &inputs, &files);
    let root = Instance::new(&program, &tree.nodes[0], "".into(), None);
    let scope = ModuleScope::of(&program, &root);
    let each = expressions.iter().map(|expression| {
        let body: hcl_edit::structure::Body = format!("x = {expression}\n").parse().map_err(|_| "syntax".to_owned())?;
        let expression = &body.get_attribute("x").unwrap().value;
        Evaluator::new(&scope).value(&mut Run::new(&program.total), expression).map_err(|fault| fault.message)
    });
    each.collect()
}

/// Where expressions are worth something else than Terraform says, and why.
const DIFFERENCES: &[(&str, &[&str])] = &[
    (
        "one side decides alone: whatever the other becomes, the value is this",
        &[
            "false && terraform_data.u.output",
            "terraform_data.u.output && false",
            "terraform_data.u.output || true",
            "true || terraform_data.u.output",
        ],
    ),
    ("an attribute that a resource will have is there", &["can(terraform_data.u.id)"]),
    ("without the provider's schema, any attribute may be one of the resource", &["terraform_data.u.nothing"]),
    ("what is not taken gives nothing away", &["true ? 1 : sensitive(2)"]),
    ("Terraform takes a reference only, lest a literal be meant as a template", &["templatestring(\"x\", {})"]),
];

/// Compares each expression with its recorded answer; those of `listed`, and only those, must differ.
fn compare_all(records: &[Record], listed: &[&str]) {
    let expressions: Vec<&str> = records.iter().map(|record| record.expression).collect();
    let mut wrong = String::new();
    for (Record { expression, answer }, found) in records.iter().zip(evaluate_all(&expressions)) {
        let expected = answer.as_deref().map(untyped);
        let printed = found.as_ref().ok().map(print);
        if (printed == expected) == listed.contains(expression) {
            writeln!(wrong, "{expression}\n  terraform: {expected:?}\n  dbkeel:    {found:?}").unwrap();
        }
    }
    assert!(records.len() > 300);
    assert!(wrong.is_empty(), "{wrong}");
    assert!(listed.iter().all(|expression| expressions.contains(expression)));
}

#[test]
fn expressions_are_worth_what_terraform_says() {
    let listed: Vec<&str> = DIFFERENCES.iter().flat_map(|(_, expressions)| *expressions).copied().collect();
    compare_all(&records_of(EXPRESSIONS), &listed);
}

#[test]
fn functions_in_expressions_answer_what_they_answer_alone() {
    let listed: Vec<&str> = OF_FUNCTIONS.iter().flat_map(|(_, expressions)| *expressions).copied().collect();
    compare_all(&records(), &listed);
}
