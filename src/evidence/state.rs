//! States of facts as JSON.

use serde::{Deserialize, Serialize};

use crate::model::{FactState, Text, Unknown, Value};

/// Why something is not known: a word that a program can compare, and what it does not say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Why {
    cause: Cause,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Cause {
    KnownAfterApply,
    Denied,
    NotCollected,
    Unresolved,
    Withheld,
    Invalid,
}

impl Why {
    pub(super) fn of(unknown: &Unknown) -> Self {
        let (cause, why) = match unknown {
            Unknown::KnownAfterApply => (Cause::KnownAfterApply, None),
            Unknown::Denied(why) => (Cause::Denied, Some(why)),
            Unknown::NotCollected(why) => (Cause::NotCollected, Some(why)),
            Unknown::Unresolved(why) => (Cause::Unresolved, Some(why)),
            Unknown::Sensitive => (Cause::Withheld, None),
            Unknown::Invalid(why) => (Cause::Invalid, Some(why)),
        };
        Self { cause, why: why.map(ToString::to_string) }
    }

    pub(super) fn unknown(&self) -> Unknown {
        let why = || Text::from(self.why.clone().unwrap_or_default());
        match self.cause {
            Cause::KnownAfterApply => Unknown::KnownAfterApply,
            Cause::Denied => Unknown::Denied(why()),
            Cause::NotCollected => Unknown::NotCollected(why()),
            Cause::Unresolved => Unknown::Unresolved(why()),
            Cause::Withheld => Unknown::Sensitive,
            Cause::Invalid => Unknown::Invalid(why()),
        }
    }
}

/// A state by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Known(Value),
    Partial { value: Value, of: Why },
    Unknown(Why),
    Missing(String),
}

impl State {
    pub(super) fn of(state: &FactState) -> Self {
        match state {
            FactState::Known(value) => Self::Known(value.clone()),
            FactState::Partial(value, why) => Self::Partial { value: value.clone(), of: Why::of(why) },
            FactState::Unknown(why) => Self::Unknown(Why::of(why)),
            FactState::Missing(why) => Self::Missing(why.to_string()),
        }
    }

    pub(super) fn fact_state(self) -> FactState {
        match self {
            Self::Known(value) => FactState::Known(value),
            Self::Partial { value, of } => FactState::Partial(value, of.unknown()),
            Self::Unknown(why) => FactState::Unknown(why.unknown()),
            Self::Missing(why) => FactState::Missing(why.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_as_it_is_written() {
        let text = || Text::from("x".to_owned());
        let unknown = [
            Unknown::KnownAfterApply,
            Unknown::Denied(text()),
            Unknown::NotCollected(text()),
            Unknown::Unresolved(text()),
            Unknown::Sensitive,
            Unknown::Invalid(text()),
        ];
        let list = Value::set(["b".into(), "a".into()]);
        let states = unknown.iter().cloned().map(FactState::Unknown);
        let partial = unknown.iter().cloned().map(|why| FactState::Partial(list.clone(), why));
        let known = [true.into(), 7.into(), "t".into(), list.clone()].map(FactState::Known);
        for state in states.chain(partial).chain(known).chain([FactState::Missing(text())]) {
            let json = serde_json::to_string(&State::of(&state)).unwrap();
            let read: State = serde_json::from_str(&json).unwrap();
            assert_eq!(read.fact_state(), state, "{json}");
        }
    }
}
