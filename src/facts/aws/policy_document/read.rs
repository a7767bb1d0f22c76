//! Reads the JSON of a policy document.

use serde_json::{Map, Value as Json};

use super::condition::Condition;
use super::{Actions, Policy, Principal, Principals, Statement};
use crate::source::aws::names::is_account;

/// A document; `None` when it has no statements, or one that says neither whom nor what it is about.
pub(super) fn policy(document: &Json) -> Option<Policy> {
    let statements = match document.get("Statement")? {
        Json::Array(statements) => statements.iter().map(statement).collect::<Option<_>>()?,
        one => vec![statement(one)?],
    };
    Some(Policy { statements })
}

fn statement(json: &Json) -> Option<Statement> {
    let allows = match json.get("Effect")?.as_str()? {
        "Allow" => true,
        "Deny" => false,
        _ => return None,
    };
    let actions = match (json.get("Action"), json.get("NotAction")) {
        (Some(actions), None) => Actions::These(texts(actions)?),
        (None, Some(actions)) => Actions::AllBut(texts(actions)?),
        _ => return None,
    };
    let principals = match (json.get("Principal"), json.get("NotPrincipal")) {
        (Some(who), None) => these(who)?,
        (None, Some(who)) => match these(who)? {
            Principals::These(few) => Principals::EveryoneBut(few),
            // Nobody is left.
            _ => Principals::These(Vec::new()),
        },
        _ => return None,
    };
    let conditions = match json.get("Condition") {
        None => Vec::new(),
        Some(Json::Object(operators)) => conditions(operators)?,
        Some(_) => return None,
    };
    Some(Statement { allows, principals, actions, conditions })
}

/// One text, or a list of them.
fn texts(json: &Json) -> Option<Vec<String>> {
    match json {
        Json::Array(items) => items.iter().map(scalar).collect(),
        one => Some(vec![scalar(one)?]),
    }
}

/// Values of conditions may be written as numbers and booleans.
fn scalar(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// `"*"`, or lists by the kind of principal: `{"AWS": [...], "Service": ...}`.
fn these(json: &Json) -> Option<Principals> {
    let kinds = match json {
        Json::String(text) if text == "*" => return Some(Principals::Everyone),
        Json::Object(kinds) => kinds,
        _ => return None,
    };
    let mut named = Vec::new();
    for (kind, who) in kinds {
        for name in texts(who)? {
            match principal(kind, &name) {
                Some(principal) => named.push(principal),
                None => return Some(Principals::Everyone),
            }
        }
    }
    Some(Principals::These(named))
}

/// A principal; `None` for everyone. AWS takes no wildcard within a name; a document that has one never got there, and is
/// read as it was meant.
fn principal(kind: &str, name: &str) -> Option<Principal> {
    let account = name.split(':').nth(4).filter(|_| name.starts_with("arn:")).unwrap_or(name);
    if name == "*" || account.contains(['*', '?']) {
        return None;
    }
    Some(match kind {
        "AWS" if is_account(account) => Principal::Account(account.to_owned()),
        // `arn:aws:iam::123456789012:saml-provider/corp` is of an account; `accounts.google.com` is not.
        "Federated" if is_account(account) => Principal::Account(account.to_owned()),
        "Federated" => Principal::WebIdentity(name.to_lowercase()),
        _ => Principal::Other,
    })
}

fn conditions(operators: &Map<String, Json>) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    for (operator, keys) in operators {
        for (key, values) in keys.as_object()? {
            conditions.push(Condition::new(operator, key, texts(values)?));
        }
    }
    Some(conditions)
}
