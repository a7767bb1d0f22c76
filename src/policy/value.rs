//! Facts and baselines as Rego sees them: `input` and `data`.

use std::collections::BTreeMap;

use regorus::Value as Rego;

use crate::model::{FactPath, Tier, Value};

/// What a rule sees as `data` for one tier.
#[derive(Clone, Debug)]
pub struct Data(pub(super) Rego);

impl Data {
    /// `data` for each tier: its parameters and name, the baseline's name, the instant that is now, the engines' lifecycles.
    pub fn for_tiers(tiers: &[Tier], baseline: &str, now: &str, engines: &serde_json::Value) -> Vec<Self> {
        let engines = Rego::from(engines.clone());
        tiers.iter().map(|tier| Self::for_tier(tier, baseline, now, engines.clone())).collect()
    }

    /// All of it, as JSON.
    #[cfg(test)]
    pub(crate) fn all(&self) -> serde_json::Value {
        serde_json::to_value(&self.0).unwrap_or_default()
    }

    /// All of it but the engines' lifecycles, as JSON.
    pub fn without_engines(&self) -> serde_json::Value {
        let mut json = serde_json::to_value(&self.0).unwrap_or_default();
        if let Some(fields) = json.as_object_mut() {
            fields.remove("engines");
        }
        json
    }

    fn for_tier(tier: &Tier, baseline: &str, now: &str, engines: Rego) -> Self {
        let parameters = tier.parameters.iter().map(|(name, value)| (name.as_ref(), value_to_rego(value)));
        Self(object([
            ("parameters", object(parameters)),
            ("baseline", object([("name", Rego::from(baseline)), ("tier", Rego::from(tier.name.as_ref()))])),
            ("now", Rego::from(now)),
            ("engines", engines),
        ]))
    }
}

pub(super) fn object<'a>(entries: impl IntoIterator<Item = (&'a str, Rego)>) -> Rego {
    Rego::from(entries.into_iter().map(|(key, value)| (Rego::from(key), value)).collect::<BTreeMap<_, _>>())
}

pub(super) fn value_to_rego(value: &Value) -> Rego {
    match value {
        Value::Bool(value) => Rego::from(*value),
        Value::Integer(value) => Rego::from(*value),
        Value::String(text) => Rego::String(text.clone()),
        Value::List(values) => Rego::from(values.iter().map(value_to_rego).collect::<Vec<_>>()),
        Value::Map(values) => object(values.iter().map(|(key, value)| (key.as_ref(), value_to_rego(value)))),
    }
}

/// `input`, with just the facts given. A map that is read by key is there even when none of its keys is.
pub(super) fn input<'a>(facts: impl IntoIterator<Item = (&'a FactPath, Option<&'a Value>)>) -> Rego {
    let mut now = Branch::default();
    let mut before = Branch::default();
    for (path, value) in facts {
        let branch = if path.before { &mut before } else { &mut now };
        branch.add(path, value);
    }
    let mut input = now.into_map();
    if !before.scalars.is_empty() || !before.maps.is_empty() {
        input.insert(Rego::from("before"), Rego::from(before.into_map()));
    }
    Rego::from(input)
}

#[derive(Default)]
struct Branch<'a> {
    scalars: BTreeMap<&'static str, Rego>,
    maps: BTreeMap<&'static str, BTreeMap<&'a str, Rego>>,
}

impl<'a> Branch<'a> {
    fn add(&mut self, path: &'a FactPath, value: Option<&Value>) {
        let name = path.fact.def().name;
        match &path.key {
            Some(key) => {
                let map = self.maps.entry(name).or_default();
                map.extend(value.map(|value| (key.as_ref(), value_to_rego(value))));
            }
            None => self.scalars.extend(value.map(|value| (name, value_to_rego(value)))),
        }
    }

    fn into_map(self) -> BTreeMap<Rego, Rego> {
        let maps = self.maps.into_iter().map(|(name, entries)| (Rego::from(name), object(entries)));
        // A map that is read whole has its keys already, and stands in place of the keys read one by one.
        maps.chain(self.scalars.into_iter().map(|(name, value)| (Rego::from(name), value))).collect()
    }
}
