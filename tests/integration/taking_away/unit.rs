//! A small plan of which every attribute is taken away in turn, each time in a module of its own.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::integration::command::{list, text};

/// A plan whose resources are all in the root module.
pub(super) struct Unit {
    pub(super) rows: Vec<Value>,
    configuration: Vec<Value>,
    provider: Value,
}

/// One change to one attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Edit {
    /// Known only after apply, set by an expression that leads nowhere.
    Unknown,
    /// Known only after apply, and the plan has no configuration of the resource.
    UnknownWithoutConfiguration,
    /// Withheld because it is sensitive.
    Denied,
    /// Not set, and null in the plan.
    Omitted,
    /// Not set, and known only after apply.
    Computed,
    /// Set to another value.
    Value(Value),
}

/// One attribute of one resource, changed.
pub(super) struct Variant {
    pub(super) row: usize,
    pub(super) attribute: String,
    pub(super) edit: Edit,
}

impl Unit {
    pub(super) fn read(path: &Path) -> Self {
        let plan: Value = serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON");
        Self {
            rows: list(&plan["resource_changes"]).to_vec(),
            configuration: list(&plan["configuration"]["root_module"]["resources"]).to_vec(),
            provider: plan["configuration"]["provider_config"].clone(),
        }
    }

    pub(super) fn creates(&self, row: usize) -> bool {
        self.rows[row]["change"]["before"].is_null()
    }

    /// Whether there is a value to withhold, known or not.
    pub(super) fn sets(&self, row: usize, attribute: &str) -> bool {
        let change = &self.rows[row]["change"];
        !change["after"][attribute].is_null() || change["after_unknown"][attribute] == json!(true)
    }

    /// The attributes that a person can set: those with a value, and those set by a reference.
    pub(super) fn attributes(&self, row: usize) -> Vec<String> {
        let after = self.rows[row]["change"]["after"].as_object().expect("values").keys();
        let configured = self.configured(row).and_then(|resource| resource["expressions"].as_object());
        let mut attributes: Vec<String> = after.chain(configured.into_iter().flat_map(Map::keys)).cloned().collect();
        // It follows `tags`.
        attributes.retain(|attribute| attribute != "tags_all");
        attributes.sort();
        attributes.dedup();
        attributes
    }

    fn configured(&self, row: usize) -> Option<&Value> {
        let row = &self.rows[row];
        self.configuration.iter().find(|resource| resource["type"] == row["type"] && resource["name"] == row["name"])
    }

    /// A plan with the untouched unit as module `v0`, and one module more for each variant.
    pub(super) fn plan(&self, variants: &[Variant]) -> String {
        let (mut changes, mut calls) = (String::new(), String::new());
        for number in 0..=variants.len() {
            let variant = number.checked_sub(1).map(|position| &variants[position]);
            self.add_module(number, variant, &mut changes, &mut calls);
        }
        format!(
            r#"{{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{{"root_module":{{}}}},"resource_changes":[{changes}],"configuration":{{"provider_config":{},"root_module":{{"module_calls":{{{calls}}}}}}}}}"#,
            self.provider
        )
    }

    fn add_module(&self, number: usize, variant: Option<&Variant>, changes: &mut String, calls: &mut String) {
        let mut configuration = self.configuration.clone();
        for (position, row) in self.rows.iter().enumerate() {
            // Names that stand for one thing in the provider's account are its own in each module.
            let mut row: Value =
                serde_json::from_str(&row.to_string().replace("\"orders", &format!("\"n{number}"))).expect("JSON");
            row["address"] = format!("module.v{number}.{}", text(&row["address"])).into();
            row["module_address"] = format!("module.v{number}").into();
            if let Some(variant) = variant.filter(|variant| variant.row == position) {
                variant.apply(&mut row, &mut configuration);
            }
            let comma = if changes.is_empty() { "" } else { "," };
            write!(changes, "{comma}{row}").expect("a string takes every byte");
        }
        let call = json!({"source": "./unit", "module": {"resources": configuration}});
        let comma = if calls.is_empty() { "" } else { "," };
        write!(calls, "{comma}\"v{number}\":{call}").expect("a string takes every byte");
    }
}

impl Variant {
    fn apply(&self, row: &mut Value, configuration: &mut Vec<Value>) {
        let is_it = |resource: &Value| resource["type"] == row["type"] && resource["name"] == row["name"];
        let configured = configuration.iter().position(is_it).expect("the unit configures every resource");
        let expressions = &mut configuration[configured]["expressions"];
        let change = &mut row["change"];
        if !change["after_sensitive"].is_object() {
            change["after_sensitive"] = json!({});
        }
        match &self.edit {
            Edit::Unknown => {
                self.hide(change);
                expressions[&self.attribute] = json!({"references": ["local.elsewhere"]});
            }
            Edit::UnknownWithoutConfiguration => {
                self.hide(change);
                configuration.remove(configured);
            }
            Edit::Computed => {
                self.hide(change);
                self.unset(expressions);
            }
            Edit::Omitted => {
                self.set(change, Value::Null);
                self.unset(expressions);
            }
            Edit::Denied => {
                // What is known only after apply has no value that could be withheld yet.
                if change["after"][&self.attribute].is_null() {
                    self.set(change, "withheld".into());
                }
                for attribute in self.with_what_follows() {
                    change["after_sensitive"][attribute] = true.into();
                }
            }
            Edit::Value(value) => {
                self.set(change, value.clone());
                expressions[&self.attribute] = json!({"constant_value": value});
            }
        }
    }

    fn hide(&self, change: &mut Value) {
        for attribute in self.with_what_follows() {
            if let Some(after) = change["after"].as_object_mut() {
                after.remove(attribute);
            }
            change["after_unknown"][attribute] = true.into();
        }
    }

    fn set(&self, change: &mut Value, value: Value) {
        for attribute in self.with_what_follows() {
            change["after"][attribute] = value.clone();
            if let Some(unknown) = change["after_unknown"].as_object_mut() {
                unknown.remove(attribute);
            }
        }
    }

    /// The attribute, and what the provider computes from it: `tags_all` is `tags` where there are no default tags.
    fn with_what_follows(&self) -> Vec<&str> {
        let follows = (self.attribute == "tags").then_some("tags_all");
        std::iter::once(self.attribute.as_str()).chain(follows).collect()
    }

    fn unset(&self, expressions: &mut Value) {
        if let Some(expressions) = expressions.as_object_mut() {
            expressions.remove(&self.attribute);
        }
    }
}
