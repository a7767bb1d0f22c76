//! One resource of a made-up plan, with its faces: what changes, what is planned, what is configured.

use serde_json::{Map, Value, json};

use super::dice::Dice;

pub(super) const PROVIDER: &str = "registry.terraform.io/hashicorp/aws";

/// One resource of the plan, with its three faces: what changes, what is planned, what is configured.
pub(super) struct Planned {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) index: Option<&'static str>,
    pub(super) actions: &'static [&'static str],
    pub(super) before: Value,
    pub(super) after: Map<String, Value>,
    pub(super) unknown: Map<String, Value>,
    pub(super) expressions: Value,
}

impl Planned {
    pub(super) fn new(kind: &'static str, name: &'static str) -> Self {
        Self {
            kind,
            name,
            index: None,
            actions: &["create"],
            before: Value::Null,
            after: Map::new(),
            unknown: Map::new(),
            expressions: Value::Null,
        }
    }

    pub(super) fn known(mut self, after: Value) -> Self {
        if let Value::Object(after) = after {
            self.after = after;
        }
        self
    }

    pub(super) fn after_apply(mut self, names: &[&str]) -> Self {
        self.unknown = names.iter().map(|name| ((*name).to_owned(), Value::Bool(true))).collect();
        self
    }

    pub(super) fn set_by(mut self, expressions: Value) -> Self {
        self.expressions = expressions;
        self
    }

    /// The resource exists already, and what is known only after apply is known from before.
    pub(super) fn updated(mut self, dice: &mut Dice) -> Self {
        self.actions = &["update"];
        let mut before = self.after.clone();
        before.insert("deletion_protection".into(), true.into());
        before.insert("backup_retention_period".into(), 35.into());
        before.insert("id".into(), format!("db-{:026}", dice.below(u64::MAX)).into());
        for name in std::mem::take(&mut self.unknown).into_iter().map(|(name, _)| name) {
            let value =
                if name == "vpc_security_group_ids" { json!(["sg-0b0b0000000000001"]) } else { Value::from("") };
            before.entry(name.clone()).or_insert_with(|| value.clone());
            let after = before.get(&name).cloned().unwrap_or(value);
            self.after.entry(name).or_insert(after);
        }
        self.before = before.into();
        self
    }
}

impl Planned {
    fn address(&self, module: &str) -> String {
        let dot = if module.is_empty() { "" } else { "." };
        let index = self.index.map(|index| format!("[\"{index}\"]")).unwrap_or_default();
        format!("{module}{dot}{}.{}{index}", self.kind, self.name)
    }

    fn identity(&self, module: &str) -> Map<String, Value> {
        let mut row = Map::new();
        row.insert("address".into(), self.address(module).into());
        row.insert("mode".into(), "managed".into());
        row.insert("type".into(), self.kind.into());
        row.insert("name".into(), self.name.into());
        if let Some(index) = self.index {
            row.insert("index".into(), index.into());
        }
        row.insert("provider_name".into(), PROVIDER.into());
        row
    }

    pub(super) fn planned_value(&self, module: &str) -> Value {
        let mut row = self.identity(module);
        row.insert("schema_version".into(), 2.into());
        row.insert("values".into(), self.after.clone().into());
        row.insert("sensitive_values".into(), self.sensitive());
        row.into()
    }

    pub(super) fn resource_change(&self, module: &str) -> Value {
        let mut row = self.identity(module);
        if !module.is_empty() {
            row.insert("module_address".into(), module.into());
        }
        let before_sensitive = if self.before.is_null() { Value::Bool(false) } else { self.sensitive() };
        row.insert(
            "change".into(),
            json!({
                "actions": self.actions, "before": self.before, "after": self.after, "after_unknown": self.unknown,
                "before_sensitive": before_sensitive, "after_sensitive": self.sensitive(),
            }),
        );
        row.into()
    }

    fn sensitive(&self) -> Value {
        let mut marks = Map::new();
        for (name, value) in &self.after {
            match value {
                Value::Array(_) => drop(marks.insert(name.clone(), json!([]))),
                Value::Object(_) => drop(marks.insert(name.clone(), json!({}))),
                Value::String(_) if name.contains("password") => drop(marks.insert(name.clone(), true.into())),
                _ => {}
            }
        }
        marks.into()
    }

    pub(super) fn configured(&self) -> Value {
        json!({
            "address": format!("{}.{}", self.kind, self.name), "mode": "managed", "type": self.kind, "name": self.name,
            "provider_config_key": "aws", "expressions": self.expressions, "schema_version": 2,
        })
    }
}
