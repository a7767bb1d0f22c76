//! Which secrets are of databases, and whether they are rotated.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::catalogue::{MASTER_PASSWORD_MANAGED, ROTATION_PERIOD_DAYS, SECRET_ROTATION};
use crate::facts::mapped::{Feed, Role, Ties};
use crate::model::{FactState, Kind, Text, Unknown, Value};

use super::index::{Index, is_elsewhere, not_here};
use super::{Context, Joined, Telling};

/// The secrets that are rotated.
pub(super) struct Rotated {
    /// By secret, the rotation and after how many days it comes.
    secrets: FxHashMap<usize, (usize, FactState)>,
    /// Why some rotation may be of any secret.
    doubt: Option<Unknown>,
}

impl Rotated {
    pub(super) fn new(telling: &Telling<'_>, index: &Index<'_>) -> Self {
        let mut rotated = Self { secrets: FxHashMap::default(), doubt: None };
        for (position, rotation) in telling.feeds.iter().copied() {
            let Some(Feed::SecretRotation(days)) = &rotation.feed else { continue };
            let Some(relation) = rotation.relation(Role::Secrets) else { continue };
            match index.resolve_one(rotation, relation) {
                Ok(secret) => drop(rotated.secrets.insert(secret, (position, days.clone()))),
                Err(reason) if is_elsewhere(rotation, &reason) => {}
                Err(reason) => rotated.doubt = Some(reason),
            }
        }
        rotated
    }

    pub(super) fn join(&self, context: &Context<'_>, joined: &mut Joined) {
        if !context.wants(SECRET_ROTATION) {
            return;
        }
        if context.resource.kind == Kind::Proxy {
            return joined.set(context, SECRET_ROTATION, self.all_rotated(context), None);
        }
        let by = self.secrets.get(&context.position);
        let state = self.is_rotated(context, context.position);
        let state = state.unwrap_or(FactState::Unknown(not_here("the secret's rotation may be declared elsewhere")));
        let period = match (by, &state) {
            (Some((_, days)), _) => days.clone(),
            (None, FactState::Known(Value::Bool(false))) => FactState::Missing(Text::Static("it is not rotated")),
            (None, FactState::Known(_)) => FactState::Unknown(not_here("the rotation is declared elsewhere")),
            (None, other) => other.clone(),
        };
        joined.set(context, SECRET_ROTATION, state, by.map(|(rotation, _)| *rotation));
        joined.set(context, ROTATION_PERIOD_DAYS, period, by.map(|(rotation, _)| *rotation));
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
        let is_secret = of.kind == Some(Kind::Secret);
        if let Some(database) = context.facts_of(position).filter(|_| !is_secret) {
            let managed = database.known(MASTER_PASSWORD_MANAGED) == Some(&Value::Bool(true));
            return managed.then_some(FactState::Known(Value::Bool(true)));
        }
        let recorded = match of.feed {
            Some(Feed::Secret { rotated, .. }) => rotated,
            _ => None,
        };
        Some(match (&self.doubt, recorded) {
            _ if self.secrets.contains_key(&position) => FactState::Known(Value::Bool(true)),
            (_, Some(recorded)) => FactState::Known(Value::Bool(recorded)),
            (Some(reason), None) => FactState::Unknown(reason.clone()),
            (None, None) if of.only_here => FactState::Known(Value::Bool(false)),
            (None, None) => FactState::Unknown(not_here("the secret's rotation may be declared elsewhere")),
        })
    }
}

/// The secrets that something logs in to a database with, or that hold what comes of one. Which of the others do, nothing
/// tells: the tokens of other services are none of our business.
pub(super) fn used(ties: &[Box<Ties>], index: &Index<'_>) -> FxHashSet<usize> {
    let is_user = |of: &Ties| of.stays && of.kind.is_some_and(|kind| kind != Kind::Secret);
    let role = |of: &Ties| match of.feed {
        Some(Feed::SecretVersion(true)) => Some(Role::Whole),
        _ if is_user(of) => Some(Role::Secrets),
        _ => None,
    };
    let relations = ties.iter().filter_map(|of| Some((of, of.relation(role(of)?)?)));
    let resolved = relations.map(|(of, relation)| index.resolve(of, relation));
    resolved.flat_map(|resolution| resolution.found.into_iter().chain(resolution.candidates)).collect()
}
