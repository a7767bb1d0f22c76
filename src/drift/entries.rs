//! Compares facts that are read by key: tags, and the parameters of a group.

use std::borrow::Cow;
use std::sync::Arc;

use crate::facts::catalogue::{PARAMETERS, TAGS};
use crate::model::{Against, Drift, DriftClass, Fact, FactMap, FactPath, FactState, SetBy, Text, Unknown, Value};
use crate::source::aws::redact;

use super::classify::known;
use super::differ::{Same, same_parameter};
use super::facts::{Basis, Expected, Found, Sides};
use super::table::{Compare, Row};

/// Two maps of one fact.
pub(super) struct Entries<'s, 'a> {
    pub(super) sides: &'s Sides<'a>,
    pub(super) row: &'s Row,
    pub(super) should: &'a FactMap,
    pub(super) runs: &'a FactMap,
    pub(super) basis: Basis,
}

impl Entries<'_, '_> {
    /// Whether anybody declares any of it.
    pub(super) fn declares(&self) -> bool {
        self.should.entries.values().any(|fact| self.is_declared(fact))
    }

    fn is_declared(&self, fact: &Fact) -> bool {
        self.is_set(fact) && matches!(fact.state, FactState::Known(_))
    }

    /// The engine's own value of a parameter is nobody's declaration.
    fn is_set(&self, fact: &Fact) -> bool {
        self.row.fact == TAGS || !matches!(fact.origin.set_by, SetBy::Default)
    }

    /// Whether somebody declares it, be it with a value that is not known yet.
    fn is_named(&self, fact: &Fact) -> bool {
        self.is_set(fact) && !matches!(fact.state, FactState::Missing(_))
    }

    /// Every key that differs.
    pub(super) fn compare(&self, found: &mut Found) {
        for (key, fact) in &self.should.entries {
            if self.is_declared(fact) && !self.is_providers(key) {
                self.declared(key, fact, found);
            }
        }
        let names_all = matches!(self.should.rest, FactState::Missing(_)) || self.row.fact == PARAMETERS;
        let others = self.runs.entries.iter().filter(|(key, _)| names_all && !self.is_providers(key));
        for (key, fact) in others {
            let declared = self.should.entries.get(key);
            if declared.is_none_or(|declared| !self.is_named(declared)) {
                self.added(key, declared, fact, found);
            }
        }
    }

    /// Tags whose key begins with `aws:` are the provider's (RDS.md section 3.6).
    fn is_providers(&self, key: &str) -> bool {
        self.row.fact == TAGS && key.starts_with("aws:")
    }

    fn declared(&self, key: &Arc<str>, fact: &Fact, found: &mut Found) {
        let FactState::Known(value) = &fact.state else { return };
        let runs = self.runs.entries.get(key).map_or(&self.runs.rest, |fact| &fact.state);
        let path = self.path(key);
        let unverifiable = |why: Text| Drift {
            class: DriftClass::Unverifiable,
            reason: Some(why),
            ..self.drift(path.clone(), Some(value), None)
        };
        match runs {
            FactState::Known(runs) => {
                found.compared += 1;
                match self.same(key, value, runs) {
                    Same::Yes => {}
                    Same::No => found.drifts.push(self.drift(path, Some(value), Some(runs))),
                    Same::Unclear(why) => {
                        found.drifts.push(Drift { running: Some(runs.clone()), ..unverifiable(Text::Static(why)) })
                    }
                }
            }
            FactState::Missing(_) => {
                found.compared += 1;
                found.drifts.push(self.drift(path, Some(value), None));
            }
            // It is there, and what it says is a secret: only that can be compared (RDS.md section 3.7).
            FactState::Unknown(Unknown::Sensitive) => {}
            FactState::Unknown(why) | FactState::Partial(_, why) => {
                found.drifts.push(unverifiable(Text::from(why.to_string())));
            }
        }
    }

    /// Something that nobody declares: a tag that somebody added, a parameter that somebody set.
    fn added(&self, key: &Arc<str>, default: Option<&Fact>, fact: &Fact, found: &mut Found) {
        let FactState::Known(runs) = &fact.state else { return };
        let default = known(default);
        if self.row.fact == PARAMETERS {
            let is_set = fact.origin.set_by != SetBy::Default;
            if !is_set || default.is_some_and(|default| self.same(key, default, runs) == Same::Yes) {
                return;
            }
        }
        found.compared += 1;
        let class = if self.row.fact == PARAMETERS { DriftClass::Undeclared } else { DriftClass::Changed };
        let class = if self.sides.against == Against::Declared { class } else { DriftClass::Changed };
        found.drifts.push(Drift { class, ..self.drift(self.path(key), default, Some(runs)) });
    }

    fn same(&self, key: &str, declared: &Value, runs: &Value) -> Same {
        match (declared.as_str(), runs.as_str(), self.row.compare) {
            (Some(declared), Some(runs), Compare::Parameters) => same_parameter(key, declared, runs),
            _ => (declared == runs).into(),
        }
    }

    fn path(&self, key: &Arc<str>) -> FactPath {
        FactPath { before: false, fact: self.row.fact, key: Some(Arc::clone(key)) }
    }

    /// A drift of one key, or of the map.
    pub(super) fn drift(&self, path: FactPath, declared: Option<&Value>, running: Option<&Value>) -> Drift {
        let entry = path.key.as_ref().and_then(|key| self.should.entries.get(key));
        let attribute = entry.map_or(self.should.origin.attribute, |fact| fact.origin.attribute);
        let empty = Value::set([]);
        let should = Expected {
            value: Cow::Borrowed(declared.unwrap_or(&empty)),
            basis: self.basis,
            attribute: Some(attribute),
        };
        let key = path.key.clone().unwrap_or_default();
        let shown = |value: Option<&Value>| value.map(|value| shown(&key, value));
        let drift = self.sides.drift(path, should.value.as_ref(), &should);
        Drift { declared: shown(declared), running: shown(running), ..drift }
    }
}

/// A value as reports may show it. The collector withholds what a tag or a parameter whose name tells of a secret says, and a
/// source of Terraform's does not.
fn shown(key: &str, value: &Value) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    let mut named = serde_json::json!({"Key": key, "Value": text});
    redact(&mut named);
    named.get("Value").and_then(serde_json::Value::as_str).map_or_else(|| value.clone(), Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tag_says_whose_name_tells_of_a_secret_is_withheld() {
        assert_eq!(shown("api-token", &Value::from("planted")), Value::from("(withheld)"));
        assert_eq!(shown("note", &Value::from("ghp_0123456789abcdef0123456789abcdef0123")), Value::from("(withheld)"));
        assert_eq!(shown("env", &Value::from("prod")), Value::from("prod"));
    }
}
