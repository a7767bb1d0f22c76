//! The key of a database's storage: whose it is, whether it is rotated and enabled.

use crate::facts::FactId;
use crate::facts::catalogue::{
    CUSTOMER_MANAGED_KEY, ENCRYPTED_AT_REST, KEY_ENABLED, KEY_POLICY_PUBLIC, KEY_ROTATION,
    PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY,
};
use crate::facts::mapped::{Feed, Relation, Role};
use crate::facts::view::INHERITED;
use crate::model::{FactState, SetBy, Text, Unknown, Value};

use super::{Context, Joined};

const NO_KEY: FactState = FactState::Missing(Text::Static("the storage has no customer managed key"));

pub(super) fn join(context: &Context<'_>, joined: &mut Joined) {
    join_insights(context, joined);
    join_encryption(context, joined);
    let Some(fact) = context.resource.facts.get(CUSTOMER_MANAGED_KEY) else { return };
    if fact.origin.set_by == SetBy::Inherited && fact.state != FactState::Known(Value::Bool(false)) {
        // What its source refers to is joined at the same time, and handed on after that.
        let facts = [CUSTOMER_MANAGED_KEY, KEY_ROTATION, KEY_ENABLED, KEY_POLICY_PUBLIC];
        return joined.leave_to_source(context, &facts);
    }
    let told = &fact.state;
    let found = context.of.relation(Role::Key).map(|relation| find(context, relation));
    let by_key = by_key(context, Role::Key, told, found.as_ref());
    let customers = by_key.as_ref().map_or(told, |(state, _)| state).clone();
    match by_key {
        Some((state, Some(key))) => {
            joined.set_alike(context, (CUSTOMER_MANAGED_KEY, key), |_| {}, || (state, Some(key)));
        }
        Some((state, None)) => joined.set(context, CUSTOMER_MANAGED_KEY, state, None),
        None => {}
    }
    if !context.wants(KEY_ROTATION) {
        return;
    }
    let facts = [KEY_ROTATION, KEY_ENABLED, KEY_POLICY_PUBLIC];
    let states = match (&customers, found) {
        (FactState::Known(Value::Bool(false)), _) => all(&NO_KEY),
        (state, _) if *state == INHERITED => all(&INHERITED),
        (_, Some(Ok(key))) => {
            for fact in facts.into_iter().filter(|fact| context.resource.facts.get(*fact).is_some()) {
                joined.set_alike(context, (fact, key), |_| {}, || (told_by(context, key, fact), Some(key)));
            }
            return;
        }
        (_, Some(Err(reason))) => of_unknown_key(context, reason),
        (FactState::Unknown(reason), None) => all(&FactState::Unknown(reason.clone())),
        (_, None) => all(&FactState::Unknown(Unknown::KnownAfterApply)),
    };
    for (fact, state) in facts.into_iter().zip(states).filter(|(fact, _)| context.resource.facts.get(*fact).is_some()) {
        joined.set(context, fact, state, None);
    }
}

/// What copies a database is encrypted, whatever its source is, where a key is named for it. A reference to a key that the plan does
/// not make, as where its `count` is 0, names none.
fn join_encryption(context: &Context<'_>, joined: &mut Joined) {
    const SWITCHES: [&str; 2] = ["storage_encrypted", "encrypted"];
    let Some(fact) = context.resource.facts.get(ENCRYPTED_AT_REST) else { return };
    let by_its_key = fact.origin.set_by == SetBy::Derived && SWITCHES.contains(&fact.origin.attribute);
    if !by_its_key || fact.state != FactState::Known(Value::Bool(true)) {
        return;
    }
    let key = context.of.relation(Role::Key);
    if let Some(reason) = key.and_then(|relation| context.index.leads_nowhere(context.of, relation)) {
        joined.set(context, ENCRYPTED_AT_REST, FactState::Unknown(reason), None);
    }
}

/// What is known of a key that is not there: that the plan which deletes it leaves the storage without one that can be used. AWS disables
/// a key as soon as its deletion is scheduled (<https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html>).
fn of_unknown_key(context: &Context<'_>, reason: Unknown) -> [FactState; 3] {
    let unknown = FactState::Unknown(reason);
    let enabled = match deletes_its_key(context) {
        true => FactState::Known(Value::Bool(false)),
        false => unknown.clone(),
    };
    [unknown.clone(), enabled, unknown]
}

/// Whether the plan deletes the key that a resource goes on using.
fn deletes_its_key(context: &Context<'_>) -> bool {
    let Some(relation) = context.of.relation(Role::Key) else { return false };
    let [id] = relation.known.as_slice() else { return false };
    let former = relation.targets.iter().find_map(|target| context.index.former(context.of, *target, id));
    former.and_then(|key| context.ties.get(key)).is_some_and(|key| key.is_deleted)
}

/// The same of rotation, of being enabled and of the policy.
fn all(state: &FactState) -> [FactState; 3] {
    [state.clone(), state.clone(), state.clone()]
}

/// Whether the key is the customer's that encrypts something beside the storage of what runs.
pub(super) fn customers_in(context: &Context<'_>, role: Role) -> FactState {
    match context.of.relation(role).map(|relation| find(context, relation)) {
        Some(Ok(key)) => customers(context, key),
        Some(Err(reason)) => FactState::Unknown(reason),
        None => FactState::Unknown(Unknown::NotCollected(Text::Static("the reply does not name the key"))),
    }
}

/// Whether the key is the customer's that a part of a resource names, where the part itself does not know.
pub(super) fn of_part(context: &Context<'_>, part: usize, told: &FactState) -> FactState {
    let part = context.ties.get(part).filter(|_| told.known().is_none());
    let key = part.and_then(|part| Some((part, part.relation(Role::Key)?)));
    match key.map(|(part, relation)| context.index.resolve_one(part, relation)) {
        Some(Ok(key)) => customers(context, key),
        _ => told.clone(),
    }
}

/// The key itself, also when it is called by an alias.
fn find(context: &Context<'_>, relation: &Relation) -> Result<usize, Unknown> {
    let position = context.index.resolve_one(context.of, relation)?;
    let Some(alias) = context.ties.get(position).filter(|key| matches!(key.feed, Some(Feed::KeyAlias))) else {
        return Ok(position);
    };
    match alias.relation(Role::Key) {
        Some(relation) => context.index.resolve_one(alias, relation),
        None => {
            Err(Unknown::Unresolved(format!("`{}` does not say which key it stands for", alias.place.address).into()))
        }
    }
}

/// Whose the key is that encrypts the query load.
fn join_insights(context: &Context<'_>, joined: &mut Joined) {
    const FACT: crate::facts::FactId = PERFORMANCE_INSIGHTS_CUSTOMER_MANAGED_KEY;
    let told = context.resource.facts.get(FACT).map(|fact| &fact.state);
    let Some(told) = told else { return };
    let found = context.of.relation(Role::InsightsKey).map(|relation| find(context, relation));
    if let Some((state, key)) = by_key(context, Role::InsightsKey, told, found.as_ref()) {
        joined.set(context, FACT, state, key);
    }
}

/// Whose a key is, where the resource that uses it does not tell.
fn by_key(
    context: &Context<'_>,
    role: Role,
    told: &FactState,
    found: Option<&Result<usize, Unknown>>,
) -> Option<(FactState, Option<usize>)> {
    match (told, found?) {
        (told, _) if *told == INHERITED => None,
        (FactState::Unknown(_), Ok(key)) => Some((customers(context, *key), Some(*key))),
        // What runs says which key it uses: that the key itself was not seen is why nothing is known of it.
        (FactState::Unknown(_), Err(reason)) if context.of.runs => Some((FactState::Unknown(reason.clone()), None)),
        (FactState::Known(Value::Bool(true)), Err(_)) => {
            let nowhere = context.index.leads_nowhere(context.of, context.of.relation(role)?);
            nowhere.map(|reason| (FactState::Unknown(reason), None))
        }
        _ => None,
    }
}

fn customers(context: &Context<'_>, key: usize) -> FactState {
    match context.ties.get(key).and_then(|key| key.feed.as_ref()) {
        Some(Feed::Key { customers, .. }) => customers.clone(),
        _ => FactState::Known(Value::Bool(true)),
    }
}

/// What a key tells of itself: its rotation, whether it is enabled, its policy.
fn told_by(context: &Context<'_>, key: usize, fact: FactId) -> FactState {
    match context.ties.get(key).and_then(|key| key.feed.as_ref()) {
        Some(Feed::Key { rotation, .. }) if fact == KEY_ROTATION => rotation.clone(),
        Some(Feed::Key { enabled, .. }) if fact == KEY_ENABLED => enabled.clone(),
        Some(Feed::Key { public, .. }) => policy(context, key, public),
        _ => FactState::Unknown(Unknown::Unresolved(Text::Static("an alias stands for another alias"))),
    }
}

/// The policy that is declared apart from a key is the one in force.
fn policy(context: &Context<'_>, key: usize, own: &FactState) -> FactState {
    let told = context.attached.told(context, key, |feed| match feed {
        Feed::KeyPolicy(public) => Some(public),
        _ => None,
    });
    match (told.parts.first(), told.rest) {
        (Some((_, public)), _) => (*public).clone(),
        (None, Some(reason)) => FactState::Unknown(reason),
        (None, None) => own.clone(),
    }
}
