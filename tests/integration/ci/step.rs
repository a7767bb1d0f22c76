//! Steps of the composite action, from its file, as the runner runs them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::command::{Ran, text};
use super::{Scratch, yaml};

/// One use of the action: its inputs, and what its steps have said so far.
pub(super) struct Use<'s> {
    pub(super) scratch: &'s Scratch,
    inputs: BTreeMap<String, String>,
    outputs: BTreeMap<String, String>,
    pub(super) environment: Vec<(String, String)>,
}

impl<'s> Use<'s> {
    /// With these inputs, and the defaults of the others.
    pub(super) fn new(scratch: &'s Scratch, given: &[(&str, &str)]) -> Self {
        let action = yaml("ci/github/action.yml").remove(0);
        let defaults = action["inputs"].as_object().unwrap().iter();
        let mut inputs: BTreeMap<String, String> = defaults
            .map(|(name, input)| (name.clone(), input["default"].as_str().unwrap_or_default().to_owned()))
            .collect();
        for (name, value) in given {
            assert!(inputs.insert((*name).to_owned(), (*value).to_owned()).is_some(), "no input `{name}`");
        }
        let place = |at: &str| scratch.text(at);
        let environment = vec![
            ("GITHUB_ACTIONS".to_owned(), "true".to_owned()),
            ("GITHUB_ACTION_PATH".to_owned(), place("repository/ci/github")),
            ("GITHUB_OUTPUT".to_owned(), place("output")),
            ("GITHUB_STEP_SUMMARY".to_owned(), place("summary.md")),
            ("GITHUB_EVENT_PATH".to_owned(), place("event.json")),
            ("GITHUB_REPOSITORY".to_owned(), "acme/shop".to_owned()),
            ("RUNNER_TEMP".to_owned(), place("temp")),
        ];
        Self { scratch, inputs, outputs: BTreeMap::new(), environment }
    }

    /// Runs a step by its name; what it puts out is there for those after it.
    pub(super) fn step(&mut self, name: &str) -> Ran {
        let action = yaml("ci/github/action.yml").remove(0);
        let steps = action["runs"]["steps"].as_array().unwrap();
        let step = steps.iter().find(|step| step["name"] == name).unwrap_or_else(|| panic!("no step `{name}`"));
        assert_eq!(step["shell"], "bash");
        let mut environment = self.environment.clone();
        for (variable, value) in step["env"].as_object().into_iter().flatten() {
            environment.push((variable.clone(), self.value(text(value))));
        }
        self.scratch.write("output", "");
        let pairs: Vec<(&str, &str)> =
            environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let ran = self.scratch.bash(text(&step["run"]), &pairs);
        for line in self.scratch.read("output").lines() {
            let (output, value) = line.split_once('=').unwrap();
            self.outputs.insert(format!("steps.{}.outputs.{output}", text(&step["id"])), value.to_owned());
        }
        ran
    }

    pub(super) fn output(&self, name: &str) -> Option<&str> {
        self.outputs.get(name).map(String::as_str)
    }

    /// An expression: only these forms are in the action.
    fn value(&self, expression: &str) -> String {
        let Some(inside) = expression.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}")) else {
            assert!(!expression.contains("${{"), "{expression}");
            return expression.to_owned();
        };
        match inside.strip_prefix("inputs.") {
            Some("token") => "ghs_of_the_job".to_owned(),
            Some(input) => self.inputs[input].clone(),
            None => self.outputs.get(inside).cloned().unwrap_or_default(),
        }
    }
}

/// Every step of a workflow or action, wherever it is.
pub(super) fn all(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(members) if members.contains_key("run") || members.contains_key("uses") => vec![value],
        Value::Object(members) => members.values().flat_map(all).collect(),
        Value::Array(items) => items.iter().flat_map(all).collect(),
        _ => Vec::new(),
    }
}
