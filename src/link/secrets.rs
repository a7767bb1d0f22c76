//! Whether the secrets that a proxy logs in with are rotated.

use rustc_hash::FxHashSet;

use crate::facts::catalogue::{MASTER_PASSWORD_MANAGED, SECRET_ROTATION};
use crate::facts::mapped::{Feed, Role, Ties};
use crate::model::{FactState, Unknown, Value};

use super::index::{Index, is_elsewhere, not_here};
use super::{Context, Joined};

/// The secrets that are rotated.
pub(super) struct Rotated {
    secrets: FxHashSet<usize>,
    /// Why some rotation may be of any secret.
    doubt: Option<Unknown>,
}

impl Rotated {
    pub(super) fn new(ties: &[Ties], index: &Index<'_>) -> Self {
        let mut rotated = Self { secrets: FxHashSet::default(), doubt: None };
        for rotation in ties.iter().filter(|of| matches!(of.feed, Some(Feed::SecretRotation))) {
            let Some(relation) = rotation.relation(Role::Secrets) else { continue };
            match index.resolve_one(rotation, relation) {
                Ok(secret) => drop(rotated.secrets.insert(secret)),
                Err(reason) if is_elsewhere(rotation, &reason) => {}
                Err(reason) => rotated.doubt = Some(reason),
            }
        }
        rotated
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if context.wants(SECRET_ROTATION) {
            joined.set(context, SECRET_ROTATION, self.all_rotated(context), None);
        }
    }

    /// One secret that is not rotated is enough to say no; to say yes, all must be known.
    fn all_rotated(&self, context: &Context<'_>) -> FactState {
        let Some(relation) = context.of.relation(Role::Secrets) else {
            return FactState::Missing("the proxy logs in without secrets".into());
        };
        let resolution = context.index.resolve(context.of, relation);
        let told: Vec<FactState> =
            resolution.found.iter().filter_map(|secret| self.is_rotated(context, *secret)).collect();
        let no = FactState::Known(Value::Bool(false));
        if told.contains(&no) {
            return no;
        }
        let unknown = told.iter().find(|state| state.known().is_none()).cloned();
        match (unknown, resolution.rest) {
            (Some(unknown), _) => unknown,
            (None, Some(reason)) => FactState::Unknown(reason),
            (None, None) if told.is_empty() => {
                FactState::Unknown(not_here("the proxy's secrets are not in this document"))
            }
            (None, None) => FactState::Known(Value::Bool(true)),
        }
    }

    /// A block that logs in with a database's own secret also refers to that database; RDS rotates such a secret. A database
    /// whose password is not managed is there for its name only.
    fn is_rotated(&self, context: &Context<'_>, position: usize) -> Option<FactState> {
        let of = context.ties.get(position)?;
        if let Some(database) = context.facts_of(position) {
            let managed = database.known(MASTER_PASSWORD_MANAGED) == Some(&Value::Bool(true));
            return managed.then_some(FactState::Known(Value::Bool(true)));
        }
        let recorded = match of.feed {
            Some(Feed::Secret(recorded)) => recorded,
            _ => None,
        };
        Some(match (&self.doubt, recorded) {
            _ if self.secrets.contains(&position) => FactState::Known(Value::Bool(true)),
            (_, Some(recorded)) => FactState::Known(Value::Bool(recorded)),
            (Some(reason), None) => FactState::Unknown(reason.clone()),
            (None, None) if of.only_here => FactState::Known(Value::Bool(false)),
            (None, None) => FactState::Unknown(not_here("the secret's rotation may be declared elsewhere")),
        })
    }
}
