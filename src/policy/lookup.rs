//! Maps that a rule only looks into: `object.get(input.tags, tag, "")` for the tags that a parameter names.
//!
//! Nearly every database has tags of its own, if only its name, so that a rule which is given all of them would be evaluated once
//! for each database. When its syntax tree shows that it looks nowhere but at keys that are known beforehand, then what it says
//! depends on the values of these alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::usage::{Sought, Usage};
use crate::model::{FactPath, ParameterSpec, ParameterType, Tier, Value};

/// A map that a rule reads as a whole, but looks into only at some keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lookup {
    /// The map.
    pub path: FactPath,
    /// The keys that stand in the rule.
    keys: Vec<Arc<str>>,
    /// The parameters that hold the others.
    parameters: Vec<Arc<str>>,
}

impl Lookup {
    /// The keys that matter in a tier.
    pub fn keys<'a>(&'a self, tier: &'a Tier) -> impl Iterator<Item = &'a str> {
        let of_tier = self.parameters.iter().filter_map(|name| tier.parameters.get(name)).flat_map(|value| {
            let elements = value.as_list().unwrap_or_default();
            value.as_str().into_iter().chain(elements.iter().filter_map(Value::as_str))
        });
        self.keys.iter().map(AsRef::as_ref).chain(of_tier)
    }
}

/// The maps that a rule only looks into, of those that it reads as a whole.
pub(super) fn lookups(usage: &Usage, parameters: &BTreeMap<Arc<str>, ParameterSpec>) -> Vec<Lookup> {
    let read = usage.definitions.iter().flat_map(|definition| &definition.facts).map(|(path, _)| path);
    let mut times: BTreeMap<&FactPath, usize> = BTreeMap::new();
    read.filter(|path| path.is_whole_map()).for_each(|path| *times.entry(path).or_default() += 1);
    let only = |(path, times): (&FactPath, usize)| {
        let sought: Vec<&Sought> = usage.definitions.iter().flat_map(|definition| definition.sought(path)).collect();
        let mut lookup = Lookup { path: path.clone(), keys: Vec::new(), parameters: Vec::new() };
        for key in &sought {
            let (name, ty, known) = match key {
                Sought::Literal(key) => (key, None, &mut lookup.keys),
                Sought::Parameter(name) => (name, Some(ParameterType::String), &mut lookup.parameters),
                Sought::Element(name) => (name, Some(ParameterType::Strings), &mut lookup.parameters),
            };
            // Text is a key; a list in its place would be a path through several maps.
            if ty.is_some() && parameters.get(name.as_str()).map(|spec| spec.ty) != ty {
                return None;
            }
            known.push(name.as_str().into());
        }
        (sought.len() == times).then_some(lookup)
    };
    times.into_iter().filter_map(only).collect()
}

#[cfg(test)]
mod tests {
    use super::super::PolicyFile;
    use super::super::samples::file;
    use super::super::{load, load_embedded};
    use super::*;

    /// What a rule with this body looks into: the map, the keys that stand in it, the parameters.
    fn looked_up(body: &str) -> Vec<(String, String, String)> {
        looked_up_with(&[], body)
    }

    fn looked_up_with(libraries: &[PolicyFile], body: &str) -> Vec<(String, String, String)> {
        let text = format!(
            "# METADATA\n# title: A title\n# description: Why.\n# custom:\n#   id: DBK-OWN-050\n#   severity: low\n#   remediation: {{text: Mend it.}}\n#   parameters:\n\
             #     wanted: {{type: strings, default: [owner]}}\n#     one: {{type: string, default: owner}}\n\
             package dbkeel.ownership.sample\n{body}\n\
             used contains x if {{ some x in data.parameters.wanted; x != data.parameters.one; input.is_replica }}\n"
        );
        let policies = load(&[libraries, &[file("policies/ownership/sample.rego", &text)]].concat()).unwrap();
        let policy = policies.find("DBK-OWN-050").unwrap();
        let shown = |lookup: &Lookup| (lookup.path.to_string(), lookup.keys.join(" "), lookup.parameters.join(" "));
        policy.lookups.iter().map(shown).collect()
    }

    fn violation(body: &str) -> Vec<(String, String, String)> {
        looked_up(&format!("violations contains \"no\" if {{ {body} }}"))
    }

    fn tags(keys: &str, parameters: &str) -> Vec<(String, String, String)> {
        vec![("tags".into(), keys.into(), parameters.into())]
    }

    #[test]
    fn keys_may_stand_in_the_rule_or_in_its_parameters() {
        assert_eq!(violation("object.get(input.tags, \"owner\", \"\") == \"\""), tags("owner", ""));
        assert_eq!(violation("object.get(input.tags, data.parameters.one, \"\") == \"\""), tags("", "one"));
        let each = "some tag in data.parameters.wanted; trim_space(object.get(input.tags, tag, \"\")) == \"\"";
        assert_eq!(violation(each), tags("", "wanted"));
        let inside = "some tag in data.parameters.wanted; count([1 | object.get(input.tags, tag, \"\") == \"\"]) == 1";
        assert_eq!(violation(inside), tags("", "wanted"));
        let both = "some tag in data.parameters.wanted; object.get(input.tags, tag, \"\") == object.get(input.tags, \"x\", \"\")";
        assert_eq!(violation(both), tags("x", "wanted"));
        let before = "object.get(input.before.tags, \"owner\", \"\") == \"\"";
        assert_eq!(violation(before), [("before.tags".to_owned(), "owner".to_owned(), String::new())]);
    }

    #[test]
    fn one_other_look_at_the_map_is_enough_for_all_of_it_to_matter() {
        let known = "object.get(input.tags, \"owner\", \"\") == \"\"";
        assert_eq!(violation(known).len(), 1);
        for other in [
            "count(input.tags) == 1",
            "some key, _ in input.tags; key != \"x\"",
            "x := input.tags; count(x) == 1",
            "input.tags[data.parameters.one] == \"x\"",
            "object.get(input.tags, concat(\"\", [\"a\", \"b\"]), \"\") == \"\"",
            "object.get(input.tags, [data.parameters.one], \"\") == \"\"",
            "object.get(input.tags, data.parameters.wanted, \"\") == \"\"",
            "object.get(input.tags, data.baseline.tier, \"\") == \"\"",
            "object.get(input.tags, input.engine, \"\") == \"\"",
            "some tag in [\"a\"]; object.get(input.tags, tag, \"\") == \"\"",
            "some tag, _ in data.parameters.wanted; object.get(input.tags, tag, \"\") == \"\"",
            "some tag in data.parameters.one; object.get(input.tags, tag, \"\") == \"\"",
            "tag := \"a\"; object.get(input.tags, tag, \"\") == \"\"",
            "every tag in data.parameters.wanted { object.get(input.tags, tag, \"\") == \"\" }",
            "count([1 | some tag in [\"a\"]; object.get(input.tags, tag, \"\") == \"\"]) == 1; some tag in data.parameters.wanted; tag != \"\"",
        ] {
            assert_eq!(violation(&format!("{known}; {other}")), [], "{other}");
        }
    }

    #[test]
    fn a_name_counts_only_where_it_is_bound_to_the_parameter() {
        let elsewhere = "tag := \"a\"\n\
             violations contains \"no\" if { object.get(input.tags, tag, \"\") == \"\" }";
        assert_eq!(looked_up(elsewhere), []);
        let function = "is_empty(tag) if object.get(input.tags, tag, \"\") == \"\"\n\
             violations contains \"no\" if { some tag in data.parameters.wanted; is_empty(tag) }";
        assert_eq!(looked_up(function), []);
    }

    #[test]
    fn another_get_is_not_known_to_look_nowhere_else() {
        let library =
            file("policies/lib/object.rego", "package dbkeel.lib.object\nget(all, key, other) := count(all)\n");
        let body = "import data.dbkeel.lib.object\n\
             violations contains \"no\" if { object.get(input.tags, \"x\", \"\") == 1 }";
        assert_eq!(looked_up_with(&[library], body), []);
    }

    #[test]
    fn the_rules_in_the_binary_that_read_tags_only_look_into_them() {
        let policies = load_embedded().unwrap();
        let reads_all = policies.iter().filter(|policy| policy.rule.reads.iter().any(FactPath::is_whole_map));
        let ids: Vec<(&str, usize)> = reads_all.map(|policy| (&*policy.rule.id, policy.lookups.len())).collect();
        assert_eq!(ids, [("DBK-OWN-001", 1), ("DBK-OWN-002", 1), ("DBK-OWN-003", 1)]);
    }
}
