//! Demands: how high the bar of a rule has to be for its verdicts to be evidence.
//!
//! Every form is monotone: what fails a lower bar fails the demanded one too. So a failure stays evidence under any bar, and
//! only what passed under a lower one says nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::model::{ParameterSpec, ParameterType, Value};

/// A demand on a parameter of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Demand {
    /// What is demanded.
    #[serde(flatten)]
    pub bar: Bar,
    /// Which of the framework's sources says so.
    pub source: Arc<str>,
    /// Why.
    pub why: Arc<str>,
}

/// The least that a parameter has to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar {
    /// This number, or a greater one.
    Minimum(i64),
    /// This number, or a smaller one.
    Maximum(i64),
    /// Just this.
    Equals(bool),
    /// All of these texts.
    Contains(BTreeSet<Arc<str>>),
    /// None but these texts, and at least one.
    Within(BTreeSet<Arc<str>>),
}

impl Bar {
    /// The key that stands for it in a file.
    pub(super) const fn key(&self) -> &'static str {
        match self {
            Self::Minimum(_) => "minimum",
            Self::Maximum(_) => "maximum",
            Self::Equals(_) => "equals",
            Self::Contains(_) => "contains",
            Self::Within(_) => "within",
        }
    }

    /// Whether a value asks at least that much.
    pub fn is_met_by(&self, value: &Value) -> bool {
        match self {
            Self::Minimum(least) => value.as_integer().is_some_and(|value| value >= *least),
            Self::Maximum(most) => value.as_integer().is_some_and(|value| value <= *most),
            Self::Equals(wanted) => value.as_bool() == Some(*wanted),
            Self::Contains(wanted) => {
                texts(value).is_some_and(|texts| wanted.iter().all(|text| texts.contains(&**text)))
            }
            Self::Within(allowed) => {
                texts(value).is_some_and(|texts| !texts.is_empty() && texts.iter().all(|text| allowed.contains(*text)))
            }
        }
    }

    /// Why it cannot be demanded of a parameter of this kind.
    pub(super) fn misfit(&self, spec: &ParameterSpec) -> Option<String> {
        let wanted = match self {
            Self::Minimum(_) | Self::Maximum(_) => ParameterType::Integer,
            Self::Equals(_) => ParameterType::Boolean,
            Self::Contains(_) | Self::Within(_) => ParameterType::Strings,
        };
        if spec.ty != wanted {
            return Some(format!(
                "`{}` is for a parameter of type {wanted}, and this one is of type {}",
                self.key(),
                spec.ty
            ));
        }
        match self {
            Self::Minimum(value) | Self::Maximum(value) => beyond(*value, spec),
            _ => None,
        }
    }
}

fn beyond(value: i64, spec: &ParameterSpec) -> Option<String> {
    let (least, most) = (spec.minimum.unwrap_or(i64::MIN), spec.maximum.unwrap_or(i64::MAX));
    (!(least..=most).contains(&value)).then(|| format!("no baseline can set {value}: the rule takes {least} to {most}"))
}

fn texts(value: &Value) -> Option<BTreeSet<&str>> {
    value.as_list()?.iter().map(Value::as_str).collect()
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |texts: &BTreeSet<Arc<str>>| texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
        match self {
            Self::Minimum(value) => write!(f, "at least {value}"),
            Self::Maximum(value) => write!(f, "at most {value}"),
            Self::Equals(value) => write!(f, "{value}"),
            Self::Contains(texts) => write!(f, "{}", listed(texts)),
            Self::Within(texts) => write!(f, "some of {} and nothing else", listed(texts)),
        }
    }
}

impl Serialize for Bar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Minimum(value) | Self::Maximum(value) => map.serialize_entry(self.key(), value)?,
            Self::Equals(value) => map.serialize_entry(self.key(), value)?,
            Self::Contains(texts) | Self::Within(texts) => map.serialize_entry(self.key(), texts)?,
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str]) -> BTreeSet<Arc<str>> {
        texts.iter().map(|text| Arc::from(*text)).collect()
    }

    fn list(texts: &[&str]) -> Value {
        Value::List(texts.iter().map(|text| Value::from(*text)).collect())
    }

    #[test]
    fn a_bar_is_met_at_its_boundary_and_beyond() {
        let met = |bar: Bar, values: &[Value]| values.iter().map(|value| bar.is_met_by(value)).collect::<Vec<_>>();
        let days = [29.into(), 30.into(), 31.into(), Value::from("30")];
        assert_eq!(met(Bar::Minimum(30), &days), [false, true, true, false]);
        assert_eq!(met(Bar::Maximum(30), &days), [true, true, false, false]);
        assert_eq!(met(Bar::Equals(true), &[true.into(), false.into(), 1.into()]), [true, false, false]);
        let lists = [list(&[]), list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"]), list(&["c"])];
        assert_eq!(met(Bar::Contains(set(&["a", "b"])), &lists), [false, false, true, true, false]);
        assert_eq!(met(Bar::Within(set(&["a", "b"])), &lists), [false, true, true, false, false]);
    }

    #[test]
    fn a_bar_reads_as_a_person_would_say_it() {
        let said = [
            Bar::Minimum(30).to_string(),
            Bar::Maximum(30).to_string(),
            Bar::Equals(true).to_string(),
            Bar::Contains(set(&["b", "a"])).to_string(),
            Bar::Within(set(&["a", "b"])).to_string(),
        ];
        assert_eq!(said, ["at least 30", "at most 30", "true", "a, b", "some of a, b and nothing else"]);
    }
}
